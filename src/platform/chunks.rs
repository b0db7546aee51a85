//! Loads the chunks that the compiled module is split into.
//!
//! A release build cuts them out and adds the script that fetches them (see `xtask/src/split.rs`); in
//! every other build a chunk is loaded as soon as it is fetched, so that a call before that is noticed.

use std::cell::RefCell;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The chunk that reads and syncs the stores. A first visit does not load it, because nothing is
/// stored.
pub const STORAGE_CHUNK: &str = "storage";

thread_local! {
    static LOADED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

#[cfg(not(feature = "split"))]
mod loader {
    pub(super) fn load(_: &str, done: impl FnOnce(bool)) {
        done(true);
    }
}

#[cfg(feature = "split")]
mod loader {
    use wasm_bindgen::JsValue;
    use wasm_bindgen::closure::Closure;
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen(raw_module = "./chunks.js")]
    extern "C" {
        /// Loads a chunk and calls back with whether it is loaded.
        #[wasm_bindgen(js_name = load)]
        fn load_files(chunk: &str, done: &JsValue);
    }

    pub(super) fn load(chunk: &str, done: impl FnOnce(bool) + 'static) {
        load_files(chunk, &Closure::once_into_js(done));
    }
}

/// Whether the functions of a chunk can be called.
#[must_use]
pub fn is_loaded(chunk: &str) -> bool {
    LOADED.with_borrow(|loaded| loaded.contains(&chunk))
}

/// Fetches a chunk and calls back with whether it is loaded. A failed fetch may be repeated.
pub fn fetch(chunk: &'static str, done: impl FnOnce(bool) + 'static) {
    loader::load(chunk, move |loaded| {
        if loaded {
            LOADED.with_borrow_mut(|chunks| chunks.push(chunk));
        }
        done(loaded);
    });
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

/// Calls a function of a chunk for [`lazy_chunk`](jalons_macros::lazy_chunk). `None` where the chunk is
/// not loaded.
///
/// # Panics
/// In debug builds, when the chunk is not loaded.
#[cfg(not(feature = "split"))]
pub(crate) fn call_loaded<T>(chunk: &str, call: impl FnOnce() -> T) -> Option<T> {
    check_loaded(chunk).then(call)
}

/// Calls a function of a chunk for [`lazy_chunk`](jalons_macros::lazy_chunk). The splitter makes the
/// function asynchronous, to wait for its chunk; with the chunk loaded the future is ready at its first
/// poll. A release build does not check that again, which each caller has done: `lazy_screen` for all
/// screens. A call that was not checked would stop the module, and `start.js` shows its page then.
///
/// # Panics
/// In debug builds, when the chunk is not loaded.
#[cfg(feature = "split")]
pub(crate) fn call_loaded<F: Future>(chunk: &str, call: impl FnOnce() -> F) -> Option<F::Output> {
    use std::task::{Context, Poll, Waker};

    if cfg!(debug_assertions) && !check_loaded(chunk) {
        return None;
    }
    match std::pin::pin!(call()).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

fn check_loaded(chunk: &str) -> bool {
    let is_loaded = is_loaded(chunk);
    debug_assert!(is_loaded, "a function of the chunk `{chunk}` is called before it is loaded");
    is_loaded
}

/// The loader that split functions call, in place of the splitter's own: that one keeps a queue of
/// futures, which costs the first load more than a kilobyte. Here [`fetch`] has loaded the chunk before
/// a split function is called.
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

#[cfg(test)]
mod tests {
    use super::call_loaded;

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "`nowhere` is called before it is loaded")]
    fn a_call_before_its_chunk_is_loaded_panics_in_debug() {
        let _ = call_loaded("nowhere", || std::future::ready(()));
    }
}
