//! The connection to the database and its transactions. The whole module is in the chunk
//! [`STORAGE_CHUNK`](crate::platform::chunks::STORAGE_CHUNK), which is not loaded before there is an
//! entry to store.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::rc::Rc;

use idb::{
    Database, Factory, KeyRange, ObjectStore, ObjectStoreParams, Query, Request, Transaction,
};
use jalons_macros::lazy_chunk;
use js_sys::{Array, Function, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DomException, Event, EventTarget, IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbTransaction,
};

use super::super::deferred::Deferred;
use super::{BATCH_KEY, IdbError, IdbStore, NAME, RawEntries, STORE, TIMEOUT_MS};
use crate::codec::stored::{
    self, Entry, Key, Resolution, Scope, is_overtaken, is_removal, resolve,
};
use crate::platform::events::{once, once_of};
use crate::platform::reflect::{call, get};
use crate::platform::rng;

/// How many entries are read and written at a time, so that the page stays awake in between.
const BATCH_SIZE: usize = 500;

/// A boxed future of a database operation.
pub(super) type IdbFuture<T> = Pin<Box<dyn Future<Output = Result<T, IdbError>>>>;

#[derive(Default)]
pub(super) struct Connection {
    opening: RefCell<Option<Answer>>,
    database: RefCell<Option<IdbDatabase>>,
    closings: Cell<u32>,
    /// The batch value of the last read, and that of the last read that was merged or the last own write.
    read_batch: RefCell<Option<String>>,
    merged_batch: RefCell<Option<String>>,
    /// Whether another tab wrote between the merged read and a write of this page.
    missed: Cell<bool>,
}

impl Connection {
    pub(super) fn closings(&self) -> u32 {
        self.closings.get()
    }

    pub(super) fn mark_merged(&self) {
        self.merged_batch.replace(self.read_batch.borrow().clone());
        self.missed.set(false);
    }
}

/// The outcome of an operation, once it is there.
type Answer = Deferred<Result<(), IdbError>>;

/// What one transaction writes.
struct Batch {
    entries: Vec<Entry>,
    /// The removals that its writer knows.
    known: BTreeMap<Scope, u64>,
}

/// The work inside a transaction.
type TransactionWork = Box<dyn Fn(&ObjectStore) -> Result<(), idb::Error>>;

#[lazy_chunk(storage)]
pub(super) fn read(idb: IdbStore) -> IdbFuture<RawEntries> {
    Box::pin(async move { idb.read_all().await })
}

#[lazy_chunk(storage)]
pub(super) fn keys(idb: IdbStore) -> IdbFuture<Vec<String>> {
    Box::pin(async move {
        let found = Rc::new(RefCell::new(None));
        let request = found.clone();
        let work = move |store: &ObjectStore| {
            request.replace(Some(store.get_all_keys(None, None)?));
            Ok(())
        };
        idb.run("readonly", Box::new(work)).await?;
        let keys = found.take().and_then(|keys| keys.result().ok()).unwrap_or_default();
        Ok(Array::from(&keys)
            .iter()
            .filter_map(|key| key.as_string())
            .filter(|key| key != BATCH_KEY)
            .collect())
    })
}

#[lazy_chunk(storage)]
pub(super) fn write(
    idb: IdbStore,
    entries: Vec<Entry>,
    known: BTreeMap<Scope, u64>,
) -> IdbFuture<()> {
    Box::pin(async move {
        let batch_of = Rc::new(Batch { entries, known });
        let batch = rng::token().to_string();
        let former = Rc::new(RefCell::new(None));
        let (request, next) = (former.clone(), batch.clone());
        let work = move |store: &ObjectStore| {
            request.replace(Some(IdbRequest::from(store.get(JsValue::from_str(BATCH_KEY))?)));
            put(store, BATCH_KEY, &JsValue::from_str(&next))?;
            write_batch(&batch_of, store)
        };
        idb.run("readwrite", Box::new(work)).await?;
        if outcome(&former) != *idb.0.merged_batch.borrow() {
            idb.0.missed.set(true);
        }
        idb.0.merged_batch.replace(Some(batch));
        Ok(())
    })
}

#[lazy_chunk(storage)]
pub(super) fn is_unchanged(idb: IdbStore) -> IdbFuture<bool> {
    Box::pin(async move {
        let batch = Rc::new(RefCell::new(None));
        let request = batch.clone();
        let work = move |store: &ObjectStore| {
            request.replace(Some(IdbRequest::from(store.get(JsValue::from_str(BATCH_KEY))?)));
            Ok(())
        };
        idb.run("readonly", Box::new(work)).await?;
        Ok(!idb.0.missed.get() && outcome(&batch) == *idb.0.merged_batch.borrow())
    })
}

/// The result of a request, where it is a string.
fn outcome(request: &RefCell<Option<IdbRequest>>) -> Option<String> {
    request.borrow().as_ref()?.result().ok()?.as_string()
}

#[lazy_chunk(storage)]
pub(super) fn erase(idb: IdbStore) -> IdbFuture<()> {
    Box::pin(async move {
        idb.close();
        let deferred = with_timeout();
        match Factory::new().and_then(|factory| factory.delete(NAME)) {
            Ok(request) => {
                settle_by(&IdbOpenDbRequest::from(request), "success", "error", &deferred);
            }
            Err(_) => deferred.resolve(Err(IdbError::Refused)),
        }
        deferred.await
    })
}

impl IdbStore {
    async fn read_all(&self) -> Result<RawEntries, IdbError> {
        let found = Rc::new(RefCell::new(None));
        let requests = found.clone();
        let work = move |store: &ObjectStore| {
            let keys = store.get_all_keys(None, None)?;
            requests.replace(Some((keys, store.get_all(None, None)?)));
            Ok(())
        };
        self.run("readonly", Box::new(work)).await?;
        let mut texts = RawEntries::new();
        if let Some((keys, values)) = found.take() {
            let [keys, values] =
                [keys.result(), values.result()].map(|list| Array::from(&list.unwrap_or_default()));
            for (key, value) in keys.iter().zip(values.iter()) {
                if let Some(key) = key.as_string() {
                    texts.insert(key, text(&value));
                }
            }
        }
        self.0.read_batch.replace(texts.remove(BATCH_KEY));
        Ok(texts)
    }

    /// Closes the database; the next use opens it again.
    pub fn close(&self) {
        self.0.closings.set(self.0.closings.get() + 1);
        self.0.opening.take();
        if let Some(database) = self.0.database.take() {
            database.close();
        }
    }

    /// Runs work in a transaction. A connection that was cut is opened again once.
    async fn run(&self, mode: &'static str, work: TransactionWork) -> Result<(), IdbError> {
        let mut may_retry = true;
        loop {
            self.ensure_open().await?;
            let done = Answer::default();
            if self.begin(mode, &work, &done).is_none() {
                done.resolve(Err(IdbError::Aborted));
            }
            match done.await {
                Err(IdbError::Aborted) if may_retry => {
                    may_retry = false;
                    self.close();
                }
                done => return done,
            }
        }
    }

    /// Begins a transaction with strict durability, which completes only once it is on the disk.
    /// web-sys has the option only behind a compiler flag, hence the call through `Reflect`; browsers
    /// without the option ignore it.
    fn begin(&self, mode: &str, work: &TransactionWork, done: &Answer) -> Option<()> {
        let database = self.0.database.borrow().clone()?;
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into()).ok()?;
        let method: Function =
            Reflect::get(&database, &"transaction".into()).ok()?.dyn_into().ok()?;
        let begun = method.call3(&database, &STORE.into(), &mode.into(), &options).ok()?;
        let begun: IdbTransaction = begun.dyn_into().ok()?;
        settle_by(&begun, "complete", "abort", done);
        let transaction = Transaction::from(begun);
        let result = transaction.object_store(STORE).and_then(|store| work(&store));
        if result.is_err() {
            // All of it or nothing.
            let _ = transaction.abort();
        }
        Some(())
    }

    /// Waits until the database is open.
    fn ensure_open(&self) -> Answer {
        let opening = self.0.opening.borrow().clone();
        let deferred = opening.unwrap_or_else(|| {
            let deferred = with_timeout();
            if self.open(None, &deferred).is_err() {
                deferred.resolve(Err(IdbError::Refused));
            }
            deferred
        });
        // An attempt that failed is not kept, so that the next call opens the database again.
        self.0.opening.replace(Some(deferred.clone()).filter(|deferred| !has_failed(deferred)));
        if self.0.database.borrow().is_some() { Deferred::resolved(Ok(())) } else { deferred }
    }

    /// Opens the database, whatever its version, and creates its store where there is none. A database
    /// without the store, or with a store of another shape, is mended as its next version.
    fn open(&self, version: Option<u32>, deferred: &Answer) -> Result<(), idb::Error> {
        let request = IdbOpenDbRequest::from(Factory::new()?.open(NAME, version)?);
        let new = request.clone();
        // If creating the store fails, the request fails.
        once(
            &request,
            "upgradeneeded",
            Box::new(move |_| {
                let _ = make_store(&new);
            }),
        );
        let (idb, opened, deferred) = (self.clone(), request.clone(), deferred.clone());
        let settle = move |event: Event| {
            let Some(database) = database(&opened).filter(|_| event.type_() == "success") else {
                idb.0.opening.take();
                return deferred.resolve(Err(error_of(&event)));
            };
            if !has_store(&database) {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "small"
                )]
                let next = database.version() as u32 + 1;
                database.close();
                if version.is_some() || idb.open(Some(next), &deferred).is_err() {
                    deferred.resolve(Err(IdbError::Aborted));
                }
                return;
            }
            // Another tab deletes the database, or the browser has cut the connection.
            for event in ["versionchange", "close"] {
                let idb = idb.clone();
                once(&database, event, Box::new(move |_| idb.close()));
            }
            idb.0.database.replace(Some(database));
            deferred.resolve(Ok(()));
        };
        once_of(&request, &["success", "error"], Box::new(settle));
        Ok(())
    }
}

/// Resolves to `Timeout` after [`TIMEOUT_MS`].
fn with_timeout() -> Answer {
    Deferred::with_timeout(TIMEOUT_MS, Err(IdbError::Timeout))
}

/// Whether an opening has failed for good: one that timed out may still succeed.
fn has_failed(opening: &Answer) -> bool {
    !matches!(opening.outcome(), None | Some(Ok(()) | Err(IdbError::Timeout)))
}

/// Creates the store while the database is upgraded. A store of another shape stays, under another
/// name.
fn make_store(request: &IdbOpenDbRequest) -> Option<()> {
    let database = database(request)?;
    let names = database.object_store_names();
    let is_there =
        |name: &str| (0..names.length()).any(|at| names.get(at).as_deref() == Some(name));
    if is_there(STORE) {
        let transaction = get(request, "transaction");
        let store = call(&transaction, "objectStore", &[STORE.into()]).ok()?;
        if is_fit(&store) {
            return Some(());
        }
        let former = format!("{STORE}-{}", database.version());
        Reflect::set(&store, &"name".into(), &former.into()).ok()?;
    }
    Database::from(database).create_object_store(STORE, ObjectStoreParams::new()).ok().map(drop)
}

/// Whether the database has its store, in the right shape.
fn has_store(database: &IdbDatabase) -> bool {
    let transaction = call(database, "transaction", &[STORE.into()]);
    let store = transaction.and_then(|begun| call(&begun, "objectStore", &[STORE.into()]));
    store.is_ok_and(|store| is_fit(&store))
}

/// Whether a store takes strings under out-of-line keys.
fn is_fit(store: &JsValue) -> bool {
    get(store, "keyPath").is_null()
}

fn database(request: &IdbRequest) -> Option<IdbDatabase> {
    request.result().ok()?.dyn_into().ok()
}

/// Resolves a deferred by the first of two events, of which only one happens.
fn settle_by(target: &EventTarget, success: &'static str, failure: &str, deferred: &Answer) {
    let deferred = deferred.clone();
    let settle = move |event: Event| {
        deferred.resolve(if event.type_() == success { Ok(()) } else { Err(error_of(&event)) });
    };
    once_of(target, &[success, failure], Box::new(settle));
}

/// Reads the removals that the store has, and then writes the batch in the same transaction.
fn write_batch(batch: &Rc<Batch>, store: &ObjectStore) -> Result<(), idb::Error> {
    let first = Key::Removal(Scope::first()).to_string();
    let range = [first.clone(), first + "\u{ffff}"].map(|key| JsValue::from_str(&key));
    let range = || KeyRange::bound(&range[0], &range[1], None, None).map(Query::from);
    let keys = IdbRequest::from(store.get_all_keys(Some(range()?), None)?);
    let values = IdbRequest::from(store.get_all(Some(range()?), None)?);
    let (batch, transaction, last) = (batch.clone(), store.transaction(), values.clone());
    let go_on = move |_| {
        let mut removals = RawEntries::new();
        let [keys, values] =
            [&keys, &values].map(|list| Array::from(&list.result().unwrap_or_default()));
        for (key, value) in keys.iter().zip(values.iter()) {
            removals.extend(key.as_string().zip(value.as_string()));
        }
        let removals = Rc::new(stored::removals(&removals));
        let result = transaction
            .object_store(STORE)
            .and_then(|store| write_from(&batch, &removals, &store, 0));
        if result.is_err() {
            // All of it or nothing.
            let _ = transaction.abort();
        }
    };
    once(&last, "success", Box::new(go_on));
    Ok(())
}

/// Writes the entries from an index on: requests the stored values of the next [`BATCH_SIZE`] keys and, in
/// the same transaction, resolves them and goes on with the rest. Removals form chunks of their own, so
/// that the entries after them are resolved against the values that the removals leave.
fn write_from(
    batch: &Rc<Batch>,
    removals: &Rc<BTreeMap<Scope, u64>>,
    store: &ObjectStore,
    from: usize,
) -> Result<(), idb::Error> {
    let entries = &batch.entries;
    let removes = entries.get(from).is_some_and(is_removal);
    let same_kind = entries.iter().skip(from).take_while(|entry| is_removal(entry) == removes);
    let mut gets = Vec::new();
    for Entry { key, .. } in same_kind.take(BATCH_SIZE) {
        gets.push(IdbRequest::from(store.get(JsValue::from_str(&key.to_string()))?));
    }
    let Some(last) = gets.last().cloned() else { return Ok(()) };
    let (batch, removals, transaction) = (batch.clone(), removals.clone(), store.transaction());
    let resolve_chunk = move |_| {
        let result = transaction.object_store(STORE).and_then(|store| {
            let stored = |scope: &Scope| removals.get(scope).copied();
            for (entry, get) in batch.entries.iter().skip(from).zip(&gets) {
                if !is_overtaken(entry, &batch.known, &stored) {
                    settle(&store, entry, &get.result().unwrap_or_default())?;
                }
            }
            write_from(&batch, &removals, &store, from + gets.len())
        });
        if result.is_err() {
            // All of it or nothing.
            let _ = transaction.abort();
        }
    };
    once(&last, "success", Box::new(resolve_chunk));
    Ok(())
}

/// Writes one entry, unless the stored one supersedes it.
fn settle(store: &ObjectStore, entry: &Entry, held: &JsValue) -> Result<(), idb::Error> {
    let key = entry.key.to_string();
    let Some(offered) = &entry.text else {
        return store.delete(JsValue::from_str(&key)).map(drop);
    };
    if !held.is_undefined() {
        let resolution = held
            .as_string()
            .map_or(Resolution::ReplaceAndQuarantine, |held| resolve(&entry.key, &held, offered));
        match resolution {
            Resolution::KeepHeld => return Ok(()),
            Resolution::Replace => {}
            Resolution::ReplaceAndQuarantine => {
                put(store, &entry.key.quarantine(rng::token()).to_string(), held)?;
            }
        }
    }
    if let Key::Removal(scope) = &entry.key {
        for (first, last) in scope.ranges() {
            let [first, last] = [first, last].map(|key| JsValue::from_str(&key));
            store.delete(KeyRange::bound(&first, &last, None, None)?)?;
        }
    }
    put(store, &key, &JsValue::from_str(offered))
}

fn put(store: &ObjectStore, key: &str, value: &JsValue) -> Result<(), idb::Error> {
    store.put(value, Some(&JsValue::from_str(key))).map(drop)
}

/// A value as a string: another value as its JSON.
fn text(value: &JsValue) -> String {
    let written = || JSON::stringify(value).ok().and_then(|text| text.as_string());
    value.as_string().or_else(written).unwrap_or_default()
}

/// The error of an event's target.
fn error_of(event: &Event) -> IdbError {
    let of = |target: EventTarget| Reflect::get(&target, &"error".into()).ok();
    let error = event.target().and_then(of).unwrap_or_default();
    match error.dyn_ref::<DomException>().map(DomException::name).as_deref() {
        Some("QuotaExceededError") => IdbError::Full,
        Some("SecurityError" | "InvalidStateError" | "NotAllowedError") => IdbError::Refused,
        _ => IdbError::Aborted,
    }
}
