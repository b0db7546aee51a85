//! Loads the chunks that the compiled module is split into.
//!
//! A release build splits them off and adds the script that fetches them (see
//! `xtask/src/split.rs`); in every other build, all chunks are part of the module.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The chunk that reads and syncs the stores. A first visit does not load it, because nothing is
/// stored.
pub const STORAGE_CHUNK: &str = "storage";

#[cfg(not(feature = "split"))]
mod loader {
    pub(super) fn is_loaded(_: &str) -> bool {
        true
    }

    pub(super) fn fetch(_: &'static str, done: impl FnOnce(bool)) {
        done(true);
    }
}

#[cfg(feature = "split")]
mod loader {
    use std::cell::RefCell;

    use wasm_bindgen::JsValue;
    use wasm_bindgen::closure::Closure;
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen(raw_module = "./chunks.js")]
    extern "C" {
        /// Loads a chunk and calls back with whether it is loaded.
        fn load(chunk: &str, done: &JsValue);
    }

    thread_local! {
        static LOADED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
    }

    pub(super) fn is_loaded(chunk: &str) -> bool {
        LOADED.with_borrow(|loaded| loaded.contains(&chunk))
    }

    pub(super) fn fetch(chunk: &'static str, done: impl FnOnce(bool) + 'static) {
        let ended = move |loaded: bool| {
            if loaded {
                LOADED.with_borrow_mut(|chunks| chunks.push(chunk));
            }
            done(loaded);
        };
        load(chunk, &Closure::once_into_js(ended));
    }
}

/// Whether the functions of a chunk can be called.
#[must_use]
pub fn is_loaded(chunk: &str) -> bool {
    loader::is_loaded(chunk)
}

/// Fetches a chunk and calls back with whether it is loaded. A failed fetch may be repeated.
pub fn fetch(chunk: &'static str, done: impl FnOnce(bool) + 'static) {
    loader::fetch(chunk, done);
}

/// Fetches a chunk like [`fetch`], without waiting for the first poll, and resolves to whether it
/// is loaded.
pub fn load(chunk: &'static str) -> impl Future<Output = bool> {
    let answer = (!is_loaded(chunk)).then(|| {
        Promise::new(&mut |resolve, _| {
            fetch(chunk, move |loaded| {
                // Calling `resolve` cannot fail.
                let _ = resolve.call1(&JsValue::UNDEFINED, &loaded.into());
            });
        })
    });
    async move {
        match answer {
            Some(answer) => JsFuture::from(answer).await.is_ok_and(|loaded| loaded.is_truthy()),
            None => true,
        }
    }
}

/// Calls a split function, whose chunk must be loaded.
#[cfg(not(feature = "split"))]
#[expect(clippy::unnecessary_wraps, reason = "a split build may return `None`")]
pub(crate) fn call_loaded<T>(value: T) -> Option<T> {
    Some(value)
}

/// Calls a split function, whose chunk must be loaded. The splitter makes the function
/// asynchronous, to wait for its chunk; with the chunk loaded the future is ready at its first
/// poll.
#[cfg(feature = "split")]
pub(crate) fn call_loaded<T>(called: impl Future<Output = T>) -> Option<T> {
    use std::task::{Context, Poll, Waker};

    match std::pin::pin!(called).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// The loader that split functions call instead of the splitter's own: that one keeps a queue of
/// futures, which costs the first load more than a kilobyte. It does nothing, because [`fetch`] has
/// loaded the chunk before a split function is called.
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
