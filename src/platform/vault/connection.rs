//! The connection to the database, and what is done in its transactions. All of it is in the part
//! [`STORES`](crate::platform::parts::STORES): nobody needs it before there is something to store.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;

use idb::{Database, Factory, KeyRange, ObjectStore, ObjectStoreParams, Request, Transaction};
use js_sys::{Array, Function, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DomException, Event, EventTarget, IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbTransaction,
};

use super::answer::Answer;
use super::{NAME, STORE, TURN, Texts, Vault, VaultError};
use crate::codec::stored::{Entry, Key, Offer, is_removal, weigh};
use crate::platform::by_name::{call, get};
use crate::platform::chance;
use crate::platform::events::{once, once_of};

/// How many entries are read and written at a time, so that the page stays awake in between.
const CHUNK: usize = 500;

/// What the database gives in a while.
pub(super) type Coming<T> = Pin<Box<dyn Future<Output = Result<T, VaultError>>>>;

#[derive(Default)]
pub(super) struct Connection {
    opening: RefCell<Option<Answer>>,
    ready: RefCell<Option<IdbDatabase>>,
    closings: Cell<u32>,
    /// The turn as it was last read, and as it was when what was read was taken in.
    read: RefCell<Option<String>>,
    turn: RefCell<Option<String>>,
    /// Whether somebody else has written between that and what this page wrote.
    missed: Cell<bool>,
}

impl Connection {
    pub(super) fn closings(&self) -> u32 {
        self.closings.get()
    }

    pub(super) fn took_in(&self) {
        self.turn.replace(self.read.borrow().clone());
        self.missed.set(false);
    }
}

/// What is done inside a transaction.
type Work = Box<dyn Fn(&ObjectStore) -> Result<(), idb::Error>>;

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(stores, wasm_split_path = crate::platform::parts)
)]
pub(super) fn read(vault: Vault) -> Coming<Texts> {
    Box::pin(async move { vault.read_all().await })
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(stores, wasm_split_path = crate::platform::parts)
)]
pub(super) fn keys(vault: Vault) -> Coming<Vec<String>> {
    Box::pin(async move {
        let found = Rc::new(RefCell::new(None));
        let request = found.clone();
        let work = move |store: &ObjectStore| {
            request.replace(Some(store.get_all_keys(None, None)?));
            Ok(())
        };
        vault.run("readonly", Box::new(work)).await?;
        let keys = found.take().and_then(|keys| keys.result().ok()).unwrap_or_default();
        Ok(Array::from(&keys)
            .iter()
            .filter_map(|key| key.as_string())
            .filter(|key| key != TURN)
            .collect())
    })
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(stores, wasm_split_path = crate::platform::parts)
)]
pub(super) fn write(vault: Vault, entries: Vec<Entry>) -> Coming<()> {
    Box::pin(async move {
        let entries = Rc::new(entries);
        let turn = chance::token().to_string();
        let former = Rc::new(RefCell::new(None));
        let (asked, next) = (former.clone(), turn.clone());
        let work = move |store: &ObjectStore| {
            asked.replace(Some(IdbRequest::from(store.get(JsValue::from_str(TURN))?)));
            put(store, TURN, &JsValue::from_str(&next))?;
            write_from(&entries, store, 0)
        };
        vault.run("readwrite", Box::new(work)).await?;
        if outcome(&former) != *vault.0.turn.borrow() {
            vault.0.missed.set(true);
        }
        vault.0.turn.replace(Some(turn));
        Ok(())
    })
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(stores, wasm_split_path = crate::platform::parts)
)]
pub(super) fn is_unchanged(vault: Vault) -> Coming<bool> {
    Box::pin(async move {
        let turn = Rc::new(RefCell::new(None));
        let asked = turn.clone();
        let work = move |store: &ObjectStore| {
            asked.replace(Some(IdbRequest::from(store.get(JsValue::from_str(TURN))?)));
            Ok(())
        };
        vault.run("readonly", Box::new(work)).await?;
        Ok(!vault.0.missed.get() && outcome(&turn) == *vault.0.turn.borrow())
    })
}

/// What a request has given, where it is a text.
fn outcome(request: &RefCell<Option<IdbRequest>>) -> Option<String> {
    request.borrow().as_ref()?.result().ok()?.as_string()
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(stores, wasm_split_path = crate::platform::parts)
)]
pub(super) fn erase(vault: Vault) -> Coming<()> {
    Box::pin(async move {
        vault.close();
        let answer = Answer::in_time();
        match Factory::new().and_then(|factory| factory.delete(NAME)) {
            Ok(request) => settle_by(&IdbOpenDbRequest::from(request), "success", "error", &answer),
            Err(_) => answer.give(Err(VaultError::Refused)),
        }
        answer.await
    })
}

impl Vault {
    async fn read_all(&self) -> Result<Texts, VaultError> {
        let found = Rc::new(RefCell::new(None));
        let requests = found.clone();
        let work = move |store: &ObjectStore| {
            let keys = store.get_all_keys(None, None)?;
            requests.replace(Some((keys, store.get_all(None, None)?)));
            Ok(())
        };
        self.run("readonly", Box::new(work)).await?;
        let mut texts = Texts::new();
        if let Some((keys, values)) = found.take() {
            let [keys, values] =
                [keys.result(), values.result()].map(|list| Array::from(&list.unwrap_or_default()));
            for (key, value) in keys.iter().zip(values.iter()) {
                if let Some(key) = key.as_string() {
                    texts.insert(key, text(&value));
                }
            }
        }
        self.0.read.replace(texts.remove(TURN));
        Ok(texts)
    }

    /// Lets go of the database; the next use opens it again.
    pub fn close(&self) {
        self.0.closings.set(self.0.closings.get() + 1);
        self.0.opening.take();
        if let Some(database) = self.0.ready.take() {
            database.close();
        }
    }

    /// Does some work in a transaction of its own. A connection that was cut is made again once.
    async fn run(&self, mode: &'static str, work: Work) -> Result<(), VaultError> {
        let mut again = true;
        loop {
            self.opened().await?;
            let done = Answer::default();
            if self.begin(mode, &work, &done).is_none() {
                done.give(Err(VaultError::GivenUp));
            }
            match done.await {
                Err(VaultError::GivenUp) if again => {
                    again = false;
                    self.close();
                }
                done => return done,
            }
        }
    }

    /// Begins a transaction that counts as done only once it is on the disk. web-sys knows the
    /// option for that only behind a flag of the compiler, hence the call by name; browsers that
    /// do not know it ignore it.
    fn begin(&self, mode: &str, work: &Work, done: &Answer) -> Option<()> {
        let database = self.0.ready.borrow().clone()?;
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into()).ok()?;
        let method: Function =
            Reflect::get(&database, &"transaction".into()).ok()?.dyn_into().ok()?;
        let begun = method.call3(&database, &STORE.into(), &mode.into(), &options).ok()?;
        let begun: IdbTransaction = begun.dyn_into().ok()?;
        settle_by(&begun, "complete", "abort", done);
        let transaction = Transaction::from(begun);
        let worked = transaction.object_store(STORE).and_then(|store| work(&store));
        if worked.is_err() {
            // All of it or nothing.
            let _ = transaction.abort();
        }
        Some(())
    }

    /// Waits until the database is open.
    fn opened(&self) -> Answer {
        let opening = self.0.opening.borrow().clone();
        let answer = opening.unwrap_or_else(|| {
            let answer = Answer::in_time();
            if self.open(None, &answer).is_err() {
                answer.give(Err(VaultError::Refused));
            }
            answer
        });
        // What failed is tried anew the next time.
        self.0.opening.replace(Some(answer.clone()).filter(|answer| !answer.has_failed()));
        if self.0.ready.borrow().is_some() { Answer::given(Ok(())) } else { answer }
    }

    /// Asks for the database, of whatever version it is, and makes its store where there is none. One
    /// that was made without it, or by something else, is mended: as its next version.
    fn open(&self, version: Option<u32>, answer: &Answer) -> Result<(), idb::Error> {
        let request = IdbOpenDbRequest::from(Factory::new()?.open(NAME, version)?);
        let new = request.clone();
        // Where this fails the request fails.
        once(
            &request,
            "upgradeneeded",
            Box::new(move |_| {
                let _ = make_store(&new);
            }),
        );
        let (vault, opened, answer) = (self.clone(), request.clone(), answer.clone());
        let settle = move |event: Event| {
            let Some(database) = database(&opened).filter(|_| event.type_() == "success") else {
                vault.0.opening.take();
                return answer.give(Err(kind(&event)));
            };
            if !has_store(&database) {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "small"
                )]
                let next = database.version() as u32 + 1;
                database.close();
                if version.is_some() || vault.open(Some(next), &answer).is_err() {
                    answer.give(Err(VaultError::GivenUp));
                }
                return;
            }
            // Somebody deletes the database, or the browser has cut the connection.
            for event in ["versionchange", "close"] {
                let vault = vault.clone();
                once(&database, event, Box::new(move |_| vault.close()));
            }
            vault.0.ready.replace(Some(database));
            answer.give(Ok(()));
        };
        once_of(&request, &["success", "error"], Box::new(settle));
        Ok(())
    }
}

/// Makes the store while the database takes a new version. One of another shape stays, under another
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

/// Whether the database has its store, as it is to be.
fn has_store(database: &IdbDatabase) -> bool {
    let transaction = call(database, "transaction", &[STORE.into()]);
    let store = transaction.and_then(|begun| call(&begun, "objectStore", &[STORE.into()]));
    store.is_ok_and(|store| is_fit(&store))
}

/// Whether a store takes texts under keys that stand beside them.
fn is_fit(store: &JsValue) -> bool {
    get(store, "keyPath").is_null()
}

fn database(request: &IdbRequest) -> Option<IdbDatabase> {
    request.result().ok()?.dyn_into().ok()
}

/// Gives an answer when one of two events happens, of which the other does not happen then.
fn settle_by(target: &EventTarget, good: &'static str, bad: &str, answer: &Answer) {
    let answer = answer.clone();
    let settle = move |event: Event| {
        answer.give(if event.type_() == good { Ok(()) } else { Err(kind(&event)) });
    };
    once_of(target, &[good, bad], Box::new(settle));
}

/// Writes the entries from this one on: looks what lies under the next few keys, and goes on from
/// there once that has come, inside the same transaction. What removals leave is looked at once they
/// are done.
fn write_from(
    entries: &Rc<Vec<Entry>>,
    store: &ObjectStore,
    from: usize,
) -> Result<(), idb::Error> {
    let removes = entries.get(from).is_some_and(is_removal);
    let alike = entries.iter().skip(from).take_while(|entry| is_removal(entry) == removes);
    let mut gets = Vec::new();
    for Entry { key, .. } in alike.take(CHUNK) {
        gets.push(IdbRequest::from(store.get(JsValue::from_str(&key.to_string()))?));
    }
    let Some(last) = gets.last().cloned() else { return Ok(()) };
    let (entries, transaction) = (entries.clone(), store.transaction());
    let go_on = move |_| {
        let worked = transaction.object_store(STORE).and_then(|store| {
            for (entry, get) in entries.iter().skip(from).zip(&gets) {
                settle(&store, entry, &get.result().unwrap_or_default())?;
            }
            write_from(&entries, &store, from + gets.len())
        });
        if worked.is_err() {
            // All of it or nothing.
            let _ = transaction.abort();
        }
    };
    once(&last, "success", Box::new(go_on));
    Ok(())
}

/// Puts one entry, if it is to be put.
fn settle(store: &ObjectStore, entry: &Entry, held: &JsValue) -> Result<(), idb::Error> {
    let key = entry.key.to_string();
    let Some(offered) = &entry.text else {
        return store.delete(JsValue::from_str(&key)).map(drop);
    };
    let mut offer = Offer::Taken;
    if !held.is_undefined() {
        offer =
            held.as_string().map_or(Offer::TakenAside, |held| weigh(&entry.key, &held, offered));
        match offer {
            Offer::Declined => return Ok(()),
            Offer::Taken => {}
            Offer::TakenAside => put(store, &entry.key.aside(chance::token()).to_string(), held)?,
        }
    }
    if let (Key::Removal(scope), Offer::Taken) = (&entry.key, offer) {
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

/// A value as text, whatever it is.
fn text(value: &JsValue) -> String {
    let written = || JSON::stringify(value).ok().and_then(|text| text.as_string());
    value.as_string().or_else(written).unwrap_or_default()
}

/// What went wrong with the target of an event.
fn kind(event: &Event) -> VaultError {
    let of = |target: EventTarget| Reflect::get(&target, &"error".into()).ok();
    let error = event.target().and_then(of).unwrap_or_default();
    match error.dyn_ref::<DomException>().map(DomException::name).as_deref() {
        Some("QuotaExceededError") => VaultError::Full,
        Some("SecurityError" | "InvalidStateError" | "NotAllowedError") => VaultError::Refused,
        _ => VaultError::GivenUp,
    }
}
