//! The IndexedDB store: a record is safe once its transaction has completed.
//!
//! One database with one store of texts, under the same keys as in local storage. A batch is one
//! transaction: all of it or nothing. Each entry is resolved against the stored one inside that
//! transaction, so that no tab writes an older version over a newer one. The connection closes when
//! another tab deletes the database, and opens again when the browser has cut it.

use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Array, Promise};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use self::connection::{Connection, IdbFuture};
use crate::codec::stored::{Entry, Scope};
use crate::platform::chunks::{self, STORAGE_CHUNK};
use crate::platform::reflect::{call, get};
use crate::platform::timers;

mod connection;

/// The database's name.
pub const NAME: &str = "jalons";

/// The name of its only store.
pub const STORE: &str = "entries";

/// The key of a random value that each written batch changes, so that a tab knows whether it has missed
/// one.
const BATCH_KEY: &str = "turn";

/// An operation that takes longer counts as failed: some browsers never answer.
const TIMEOUT_MS: i32 = 5_000;

/// The start of the app waits this long for the list of databases.
const PROBE_TIMEOUT_MS: i32 = 1_000;

pub use crate::codec::backup::RawEntries;

/// Why an IndexedDB operation failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum IdbError {
    /// The browser has no `IndexedDB` for this page, or refuses it.
    #[error("IndexedDB is refused")]
    Refused,
    /// The quota is used up.
    #[error("IndexedDB is full")]
    Full,
    /// The browser does not answer within `TIMEOUT_MS`, or another tab blocks the operation.
    #[error("IndexedDB does not answer")]
    Timeout,
    /// The database could not be opened this time, as where a killed browser still holds it; or the
    /// transaction was aborted, or the connection was cut twice.
    #[error("IndexedDB has aborted")]
    Aborted,
    /// The storage chunk could not be loaded.
    #[error("the storage chunk is not loaded")]
    NotLoaded,
}

impl IdbError {
    /// Whether another attempt may succeed.
    #[must_use]
    pub fn is_retryable(self) -> bool {
        matches!(self, Self::Timeout | Self::Aborted)
    }
}

/// The database, opened when it is first needed.
#[derive(Clone, Default)]
pub struct IdbStore(Rc<Connection>);

impl IdbStore {
    /// Whether the database exists, without creating it; `true` where the browser does not say.
    pub async fn exists() -> bool {
        let factory = get(&js_sys::global(), "indexedDB");
        let listed = call(&factory, "databases", &[]).and_then(JsCast::dyn_into::<Promise>);
        let Ok(listed) = listed else { return true };
        let listed_or_timeout =
            Promise::race(&Array::of2(&listed, &timers::sleep_promise(PROBE_TIMEOUT_MS)));
        let listed = JsFuture::from(listed_or_timeout).await.and_then(JsCast::dyn_into::<Array>);
        let is_ours = |database: JsValue| get(&database, "name") == NAME;
        listed.map_or(true, |listed| listed.iter().any(is_ours))
    }

    /// Reads every entry whose key is a string. A value that is not a string is turned into its JSON.
    ///
    /// # Errors
    /// When the database cannot be opened or read.
    pub async fn read(&self) -> Result<RawEntries, IdbError> {
        load_chunk().await?;
        result_of(connection::read(self.clone())).await
    }

    /// Whether no other tab has written since the last read that was merged.
    pub async fn is_unchanged(&self) -> bool {
        load_chunk().await.is_ok()
            && result_of(connection::is_unchanged(self.clone())).await == Ok(true)
    }

    /// Notes that the entries just read have been merged.
    pub fn mark_merged(&self) {
        self.0.mark_merged();
    }

    /// Every stored key.
    ///
    /// # Errors
    /// When the database cannot be opened or read.
    pub async fn keys(&self) -> Result<Vec<String>, IdbError> {
        load_chunk().await?;
        result_of(connection::keys(self.clone())).await
    }

    /// Writes a batch, entry by entry, in one transaction that is on the disk when this returns. A stored
    /// entry that supersedes its new one stays, and what a removal covers that is not among those `known`
    /// to the writer is not written.
    ///
    /// # Errors
    /// When the transaction fails; then no entry is written.
    pub async fn write(
        &self,
        entries: Vec<Entry>,
        known: BTreeMap<Scope, u64>,
    ) -> Result<(), IdbError> {
        load_chunk().await?;
        result_of(connection::write(self.clone(), entries, known)).await
    }

    /// Deletes the database once the other tabs have closed it: the last resort where it can be neither
    /// read nor written.
    ///
    /// # Errors
    /// When the browser refuses, or a tab does not close it.
    pub async fn erase(&self) -> Result<(), IdbError> {
        load_chunk().await?;
        result_of(connection::erase(self.clone())).await
    }

    /// How often the connection was closed: another tab may have emptied the database since.
    #[must_use]
    pub fn closings(&self) -> u32 {
        self.0.closings()
    }
}

/// Loads the storage chunk, which has the connection.
async fn load_chunk() -> Result<(), IdbError> {
    if chunks::load(STORAGE_CHUNK).await { Ok(()) } else { Err(IdbError::NotLoaded) }
}

async fn result_of<T>(future: Option<IdbFuture<T>>) -> Result<T, IdbError> {
    match future {
        Some(future) => future.await,
        None => Err(IdbError::NotLoaded),
    }
}
