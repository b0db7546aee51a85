//! Charts on a canvas, in a browser.

use jalons::charts::Chart;
use jalons::charts::canvas::{palette, show};
use jalons::charts::levels::{LevelsChart, LevelsRow};
use jalons::domain::progress::Progress;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

fn canvas() -> HtmlCanvasElement {
    let document = web_sys::window().and_then(|window| window.document()).expect("a page");
    let canvas = document.create_element("canvas").expect("a canvas");
    canvas.set_attribute("style", "width: 200px; font-size: 16px").expect("a style");
    document.body().expect("a body").append_child(&canvas).expect("a place");
    canvas.unchecked_into()
}

fn chart() -> LevelsChart {
    let progress = Progress { total: 4, reached: 1, not_yet: 1, ..Progress::default() };
    LevelsChart { rows: vec![LevelsRow { title: "Un".into(), progress }] }
}

#[wasm_bindgen_test]
fn the_canvas_has_as_many_pixels_as_the_screen() {
    let canvas = canvas();
    let ratio = web_sys::window().expect("a window").device_pixel_ratio();
    let picture = chart().picture(200, &palette(&canvas));
    show(&canvas, &picture, &palette(&canvas), ratio).expect("a context");
    let pixels = |css: i32| (f64::from(css) * ratio).round().to_string();
    assert_eq!(canvas.width().to_string(), pixels(200));
    assert_eq!(canvas.height().to_string(), pixels(picture.height));
}

#[wasm_bindgen_test]
fn each_level_has_its_colour_where_its_stretch_is() {
    let canvas = canvas();
    let palette = palette(&canvas);
    let ratio = web_sys::window().expect("a window").device_pixel_ratio();
    show(&canvas, &chart().picture(200, &palette), &palette, ratio).expect("a drawing");

    let context = canvas.get_context("2d").ok().flatten().expect("a context");
    let context: CanvasRenderingContext2d = context.unchecked_into();
    let colour = |x: f64, y: f64| {
        let pixel = context.get_image_data(x * ratio, y * ratio, 1.0, 1.0).expect("a pixel");
        let [red, green, blue, _] = pixel.data().0[..] else { panic!("four bytes") };
        [red, green, blue]
    };
    // The bar is below a title of 28 px; a quarter of it is reached, a quarter not yet, half
    // unobserved. The middles are sampled, because text may cover the rest.
    let fill = |at: usize| [palette.states[at].0, palette.states[at].1, palette.states[at].2];
    assert_eq!(colour(4.0, 31.0), fill(0));
    assert_eq!(colour(54.0, 31.0), fill(2));
    assert_eq!(colour(104.0, 31.0), fill(4));
    assert_eq!(colour(196.0, 31.0), fill(4));
}
