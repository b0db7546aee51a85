//! The mounted app, in a browser.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Document, Element, HtmlElement};

use crate::{NOTE_KEY, empty_storage, note_record};

fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("a page")
}

/// The content of the page's `#app` before the app starts.
fn page() -> &'static str {
    let page = include_str!("../../index.html");
    let (_, rest) = page.split_once("<div id=\"app\">").expect("the app's place");
    rest.split_once("</div>\n    <!-- Until here. -->").expect("its end").0
}

/// Mounts the app at an address and returns its root once the screen is shown.
async fn mount(fragment: &str) -> Element {
    if let Some(former) = document().get_element_by_id("app") {
        former.remove();
    }
    let root = document().create_element("div").expect("an element");
    root.set_id("app");
    root.set_inner_html(page());
    document().body().expect("a body").append_child(&root).expect("a place");
    web_sys::window().expect("a window").location().set_hash(fragment).expect("a fragment");
    let window = web_sys::window().expect("a window");
    let ready = js_sys::Promise::new(&mut |resolve, _| {
        window.add_event_listener_with_callback("jalons:ready", &resolve).expect("an event");
        jalons::app::start();
    });
    wasm_bindgen_futures::JsFuture::from(ready).await.expect("a start");
    root
}

fn first(root: &Element, selector: &str) -> HtmlElement {
    let found = root.query_selector(selector).expect("a selector");
    found.unwrap_or_else(|| panic!("no {selector}")).unchecked_into()
}

/// Waits until pending effects have run.
async fn settle() {
    for _ in 0..3 {
        leptos::task::tick().await;
    }
}

#[wasm_bindgen_test]
async fn a_tap_ticks_and_a_second_takes_it_back() {
    empty_storage();
    let root = mount("#/objectif/1.2.1").await;
    let tick = first(&root, "button[aria-pressed]");
    assert_eq!(tick.get_attribute("aria-pressed").as_deref(), Some("false"));
    tick.click();
    settle().await;
    assert_eq!(tick.get_attribute("aria-pressed").as_deref(), Some("true"));
    tick.click();
    settle().await;
    assert_eq!(tick.get_attribute("aria-pressed").as_deref(), Some("false"));
}

#[wasm_bindgen_test]
async fn what_people_write_is_only_ever_text() {
    let storage = empty_storage();
    let hostile = note_record(1).replace("version 1", "<img src=x onerror=alert(1)>");
    storage.set_item(NOTE_KEY, &hostile).expect("room");
    let root = mount("#/objectif/1.2").await;
    assert!(root.text_content().expect("text").contains("<img src=x onerror=alert(1)>"));
    assert!(root.query_selector("img").expect("a selector").is_none());
}
