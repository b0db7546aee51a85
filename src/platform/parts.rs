//! Fetching the parts of the compiled module that load later.
//!
//! A release build cuts them out and adds the script that fetches them (see `xtask/src/split.rs`);
//! in every other build all parts are there from the start.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

#[cfg(not(feature = "split"))]
mod here {
    pub(super) fn has(_: &str) -> bool {
        true
    }

    pub(super) fn fetch(_: &'static str, done: impl FnOnce(bool)) {
        done(true);
    }
}

#[cfg(feature = "split")]
mod here {
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    use wasm_bindgen::JsValue;
    use wasm_bindgen::closure::Closure;
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen(raw_module = "./parts.js")]
    extern "C" {
        /// Loads a part and calls back, with `true` once it is here.
        fn load(part: &str, done: &JsValue);
    }

    thread_local! {
        static HERE: RefCell<BTreeSet<&'static str>> = const { RefCell::new(BTreeSet::new()) };
    }

    pub(super) fn has(part: &str) -> bool {
        HERE.with_borrow(|here| here.contains(part))
    }

    pub(super) fn fetch(part: &'static str, done: impl FnOnce(bool) + 'static) {
        let arrived = move |here: bool| {
            if here {
                HERE.with_borrow_mut(|parts| parts.insert(part));
            }
            done(here);
        };
        load(part, &Closure::once_into_js(arrived));
    }
}

/// Whether what is in a part can be called.
#[must_use]
pub fn has(part: &str) -> bool {
    here::has(part)
}

/// Fetches a part, and says whether it arrived. After a failure it may be asked for again.
pub fn fetch(part: &'static str, done: impl FnOnce(bool) + 'static) {
    here::fetch(part, done);
}

/// As [`fetch`], for work that waits for its answer.
pub async fn arrives(part: &'static str) -> bool {
    let answer = js_sys::Promise::new(&mut |resolve, _| {
        fetch(part, move |here| {
            // Fails for no answer.
            let _ = resolve.call1(&JsValue::UNDEFINED, &here.into());
        });
    });
    JsFuture::from(answer).await.is_ok_and(|here| here.is_truthy())
}

/// What the marks of `ui/parts.rs` load by, in place of their crate's own: that one keeps a queue of
/// futures, which costs the first load more than a kilobyte. Here parts are fetched by [`fetch`],
/// before a mark is reached.
#[cfg(all(feature = "split", target_arch = "wasm32"))]
pub(crate) mod rt {
    use std::convert::Infallible;
    use std::ffi::c_void;
    use std::pin::Pin;

    pub(crate) type LoadCallbackFn = unsafe extern "C" fn(*const c_void, bool);

    pub(crate) struct LazySplitLoader;

    impl LazySplitLoader {
        pub(crate) const fn new(_: unsafe extern "C" fn(LoadCallbackFn, *const c_void)) -> Self {
            Self
        }
    }

    pub(crate) async fn ensure_loaded(_: Pin<&LazySplitLoader>) -> Result<(), Infallible> {
        Ok(())
    }
}
