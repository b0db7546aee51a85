use super::*;

const PAGE: &str = r#"<!doctype html><html lang=fr><head><meta charset=utf-8><title>J</title>
<link rel=icon href=./icon.svg><link rel="stylesheet" href="./tokens-1.css"/>
<link rel=manifest href=./app.webmanifest><link rel=stylesheet href=./base-2.css>
<link rel=modulepreload href=./jalons-3.js><link rel="license" href="licence.html"></head>
<body><script type=module src=./start.js data-module=./jalons-3.js data-wasm=./jalons-3_bg.wasm></script>
<noscript><img src="noscript.png" alt=""><a href="https://example.org">ailleurs</a></noscript></body></html>"#;

fn message<T>(result: Result<T>) -> Option<String> {
    result.err().map(|error| error.to_string())
}

#[test]
fn every_file_that_the_page_names_is_listed_in_document_order() -> Result<()> {
    assert_eq!(
        files(PAGE)?,
        [
            "icon.svg",
            "tokens-1.css",
            "app.webmanifest",
            "base-2.css",
            "jalons-3.js",
            "licence.html",
            "start.js",
            "jalons-3.js",
            "jalons-3_bg.wasm",
            "noscript.png",
        ]
    );
    assert_eq!(files("<img srcset='small.png 1x, large.png 2x'>")?, ["small.png", "large.png"]);
    assert_eq!(files("<img src='./icon.svg?v=2#dark'><img src=data:x>")?, ["icon.svg"]);
    Ok(())
}

#[test]
fn only_style_sheets_are_listed_as_style_sheets() -> Result<()> {
    assert_eq!(stylesheets(PAGE)?, ["./tokens-1.css", "./base-2.css"]);
    Ok(())
}

#[test]
fn a_file_outside_the_apps_own_folder_is_refused() {
    for address in [
        "https://cdn.example/x.js",
        "//cdn.example/x.js",
        "HTTP://cdn.example/x.js",
        "/x.js",
        "../x.js",
        "blob:x",
    ] {
        let html = format!("<script src=\"{address}\"></script>");
        let expected = format!("<script> refers to a file outside the app's own folder: {address}");
        assert_eq!(message(files(&html)), Some(expected));
    }
    assert!(files("<a href=https://example.org>x</a>").is_ok_and(|found| found.is_empty()));
}

#[test]
fn the_style_takes_the_place_of_all_sheets_and_the_policy_follows_the_charset() -> Result<()> {
    let finished = with_style_and_policy(PAGE, "p{color:red}")?;
    assert!(stylesheets(&finished)?.is_empty());
    assert_eq!(finished.matches("<style>p{color:red}</style>").count(), 1);
    let policy = policy("p{color:red}");
    assert!(policy.contains("style-src 'sha256-p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64='"));
    let behind = format!(
        "<meta charset=utf-8><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"><title>"
    );
    assert!(finished.contains(&behind), "{finished}");
    Ok(())
}

#[test]
fn a_page_without_charset_cannot_take_the_policy() {
    let html = "<head><link rel=stylesheet href=a.css></head>";
    assert!(message(with_style_and_policy(html, "")).is_some_and(|m| m.contains("it has 0")));
}

#[test]
fn a_style_that_ends_its_own_element_is_refused() {
    assert!(with_style_and_policy(PAGE, "p::after{content:'</STYLE>'}").is_err());
}

#[test]
fn a_style_that_loads_a_file_is_refused() {
    for style in ["@import 'a.css';", "p{background:URL(a.svg)}"] {
        let refused = message(with_style_and_policy(PAGE, style));
        assert_eq!(refused.as_deref(), Some("the style sheet loads a file"));
    }
}

#[test]
fn the_icon_goes_into_the_page() -> Result<()> {
    let page = with_icon("<link rel=icon href=icon.svg>", "<path fill=\"#fff\"/>")?;
    assert_eq!(page, "<link rel=icon href=\"data:image/svg+xml,<path fill='%23fff'/>\">");
    assert!(with_icon("<p>", "<svg/>").is_err());
    Ok(())
}

#[test]
fn whatever_the_policy_would_refuse_fails_the_build() {
    for html in [
        "<script>start()</script>",
        "<style>p{}</style>",
        "<p style='color:red'>x</p>",
        "<p onclick='x()'>x</p>",
        "<noscript><p style='color:red'>x</p></noscript>",
    ] {
        assert!(refuse_inline(html).is_err(), "{html}");
    }
}

#[test]
fn a_compact_page_has_neither_comments_nor_indentation() -> Result<()> {
    let page = "<!doctype html>\n<p>\n    un\n  <!-- note -->\n  <b>mot</b>\n</p>\n<pre></pre>\n";
    assert_eq!(compact(page)?, "<!doctype html>\n<p>\nun\n<b>mot</b>\n</p>\n<pre></pre>");
    Ok(())
}

#[test]
fn text_whose_indentation_people_see_is_not_made_compact() {
    assert!(compact("<pre>\n  un\n</pre>").is_err());
}

#[test]
fn another_content_takes_the_place_of_the_app_and_of_nothing_else() {
    let page = "<p>a</p><div id=app><div>old</div><p>older</div><p>b</p>";
    let changed = with_app(page, "<p>new</p>").ok();
    assert_eq!(changed.as_deref(), Some("<p>a</p><div id=app><p>new</p></div><p>b</p>"));
    assert!(with_app("<p>a</p>", "").is_err());
}
