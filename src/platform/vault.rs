//! The browser's `IndexedDB`: where records are safe once a transaction has completed.
//!
//! One database with one store of texts, under the same keys as on the shelf. A batch is one
//! transaction: all of it or nothing. What lies there is weighed against what is offered inside
//! that transaction, so that no tab writes an older version over a newer one. The connection
//! gives way to whoever deletes the database, and is made again when the browser has cut it.

use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Array, Promise};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use self::connection::{Coming, Connection};
use super::by_name::{call, get};
use super::later;
use super::parts::{self, STORES};
use crate::codec::stored::Entry;

mod answer;
mod connection;

/// The database's name.
pub const NAME: &str = "jalons";

/// The name of its only store.
pub const STORE: &str = "entries";

/// The key of the turn, which is no text of the app's: another one with each batch that is written.
const TURN: &str = "turn";

/// How long the browser may take, in milliseconds. Some never answer.
const PATIENCE: i32 = 5_000;

/// How long it may take to say which databases there are, in milliseconds: the app waits for it.
const GLANCE: i32 = 1_000;

/// What lies in a store, by key.
pub type Texts = BTreeMap<String, String>;

/// Why the vault did not do what it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum VaultError {
    /// The browser has no `IndexedDB` for this page, or refuses it.
    #[error("IndexedDB is refused")]
    Refused,
    /// There is no room left.
    #[error("IndexedDB is full")]
    Full,
    /// The browser does not answer, or another tab stands in the way.
    #[error("IndexedDB does not answer")]
    Silent,
    /// It could not be opened this time, as where a browser that was killed has not quite gone; or
    /// the transaction was taken back, or the connection was cut and cut again.
    #[error("IndexedDB has given up")]
    GivenUp,
    /// The part of the app that speaks to it has not arrived.
    #[error("the part for IndexedDB is not here")]
    Away,
}

impl VaultError {
    /// Whether the next attempt may do better.
    #[must_use]
    pub fn may_pass(self) -> bool {
        matches!(self, Self::Silent | Self::GivenUp)
    }
}

/// The database, opened when it is first needed.
#[derive(Clone, Default)]
pub struct Vault(Rc<Connection>);

impl Vault {
    /// Whether there is a database; none is made by looking. Also where the browser does not say.
    pub async fn exists() -> bool {
        let factory = get(&js_sys::global(), "indexedDB");
        let listed = call(&factory, "databases", &[]).and_then(JsCast::dyn_into::<Promise>);
        let Ok(listed) = listed else { return true };
        let in_time = Promise::race(&Array::of2(&listed, &later::timer(GLANCE)));
        let listed = JsFuture::from(in_time).await.and_then(JsCast::dyn_into::<Array>);
        let is_ours = |database: JsValue| get(&database, "name") == NAME;
        listed.map_or(true, |listed| listed.iter().any(is_ours))
    }

    /// Everything that lies there under keys that are texts. Values that are none are turned into
    /// some.
    ///
    /// # Errors
    /// When the database cannot be opened or read.
    pub async fn read(&self) -> Result<Texts, VaultError> {
        arrives().await?;
        coming(parts::at_once(connection::read(self.clone()))).await
    }

    /// Whether nobody else has written there since the last reading that was taken in.
    pub async fn is_unchanged(&self) -> bool {
        arrives().await.is_ok()
            && coming(parts::at_once(connection::is_unchanged(self.clone()))).await == Ok(true)
    }

    /// Notes that what was just read has been taken in.
    pub fn took_in(&self) {
        self.0.took_in();
    }

    /// Every key under which something lies there.
    ///
    /// # Errors
    /// When the database cannot be opened or read.
    pub async fn keys(&self) -> Result<Vec<String>, VaultError> {
        arrives().await?;
        coming(parts::at_once(connection::keys(self.clone()))).await
    }

    /// Stores a batch in one transaction that is on the disk when this returns, one entry after the
    /// other. What already lies there and supersedes an entry stays.
    ///
    /// # Errors
    /// When not all of it is stored; then none of it is.
    pub async fn write(&self, entries: Vec<Entry>) -> Result<(), VaultError> {
        arrives().await?;
        coming(parts::at_once(connection::write(self.clone(), entries))).await
    }

    /// Deletes the database, once the other tabs have let go of it: the way out where it can be
    /// neither read nor written.
    ///
    /// # Errors
    /// When the browser refuses, or a tab does not let go.
    pub async fn erase(&self) -> Result<(), VaultError> {
        arrives().await?;
        coming(parts::at_once(connection::erase(self.clone()))).await
    }

    /// How often the connection was let go of: what the database held before may be gone.
    #[must_use]
    pub fn closings(&self) -> u32 {
        self.0.closings()
    }
}

/// Waits for the part that speaks to the database.
async fn arrives() -> Result<(), VaultError> {
    if parts::arrives(STORES).await { Ok(()) } else { Err(VaultError::Away) }
}

async fn coming<T>(coming: Option<Coming<T>>) -> Result<T, VaultError> {
    match coming {
        Some(coming) => coming.await,
        None => Err(VaultError::Away),
    }
}
