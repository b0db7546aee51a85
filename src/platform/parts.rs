//! Fetching the parts of the compiled module that load later.
//!
//! A release build cuts them out and adds the script that fetches them (see `xtask/src/split.rs`);
//! in every other build all parts are there from the start.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The part that reads what is stored: whoever comes for the first time has nothing to be read.
pub const STORES: &str = "stores";

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

    use wasm_bindgen::JsValue;
    use wasm_bindgen::closure::Closure;
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen(raw_module = "./parts.js")]
    extern "C" {
        /// Loads a part and calls back, with `true` once it is here.
        fn load(part: &str, done: &JsValue);
    }

    thread_local! {
        static HERE: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
    }

    pub(super) fn has(part: &str) -> bool {
        HERE.with_borrow(|here| here.contains(&part))
    }

    pub(super) fn fetch(part: &'static str, done: impl FnOnce(bool) + 'static) {
        let arrived = move |here: bool| {
            if here {
                HERE.with_borrow_mut(|parts| parts.push(part));
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

/// As [`fetch`], which this does at once, for work that waits for the answer.
pub fn arrives(part: &'static str) -> impl Future<Output = bool> {
    let answer = (!has(part)).then(|| {
        Promise::new(&mut |resolve, _| {
            fetch(part, move |here| {
                // Fails for no answer.
                let _ = resolve.call1(&JsValue::UNDEFINED, &here.into());
            });
        })
    });
    async move {
        match answer {
            Some(answer) => JsFuture::from(answer).await.is_ok_and(|here| here.is_truthy()),
            None => true,
        }
    }
}

/// What a marked function gives, whose part has to be here.
#[cfg(not(feature = "split"))]
#[expect(clippy::unnecessary_wraps, reason = "a build with parts has more to say")]
pub(crate) fn at_once<T>(given: T) -> Option<T> {
    Some(given)
}

/// What a marked function gives, whose part has to be here. The marks make functions asynchronous
/// that wait for their part; there is nothing to wait for.
#[cfg(feature = "split")]
pub(crate) fn at_once<T>(called: impl Future<Output = T>) -> Option<T> {
    use std::task::{Context, Poll, Waker};

    match std::pin::pin!(called).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(given) => Some(given),
        Poll::Pending => None,
    }
}

/// What the marks load by, in place of their crate's own: that one keeps a queue of
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
