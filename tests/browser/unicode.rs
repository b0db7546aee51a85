//! The browser's Unicode tables, which the native tests replace by a crate's.

use jalons::platform::unicode::decomposed;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn texts_are_decomposed_and_in_lower_case() {
    for (text, parts) in [
        ("Nguyễn", "nguye\u{302}\u{303}n"),
        ("ŞAHİN", "s\u{327}ahi\u{307}n"),
        ("ΣΙΣΥΦΟΣ", "σισυφος"),
        ("Чайки", "чаи\u{306}ки"),
        ("eﬃcace", "efficace"),
        ("𝐄Ｅ", "ee"),
        ("한", "\u{1112}\u{1161}\u{11ab}"),
        ("", ""),
    ] {
        assert_eq!(decomposed(text), parts, "{text}");
    }
}
