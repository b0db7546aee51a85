//! What must hold, whatever happens: the laws of storing.

use std::collections::{BTreeMap, BTreeSet};

use jalons::codec::backup::RawEntries;
use jalons::codec::stored::{self, DeviceSetting, Key, Resolution, Scope, resolve};
use jalons::storage::sync::SaveStatus;

use super::world::{Tab, World};

/// A law that was broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Violation(pub(crate) String);

impl Violation {
    pub(crate) fn new(what: &str) -> Self {
        Self(what.to_owned())
    }
}

/// Texts with their keys.
type Texts = Vec<(String, String)>;

/// What people were told, and what they did, for comparison with what is found in the end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Oracle {
    /// The texts that were called saved, by key.
    saved: BTreeMap<String, Promise>,
    /// What was removed, by scope: the number of the removal, and what it covered.
    removals: Vec<(Scope, u64, Texts)>,
    /// The drafts that were discarded: the key, the text of the end, and what it covered.
    ends: Vec<(String, String, Texts)>,
    /// The records of imports that were taken back.
    gone: BTreeSet<(String, String)>,
    /// Whether local storage has lost something that no page can know of.
    local_damaged: bool,
    /// Whether IndexedDB has.
    idb_damaged: bool,
}

#[derive(Clone, Debug)]
struct Promise {
    text: String,
}

impl Oracle {
    /// A person was told how far texts are saved.
    pub(crate) fn acknowledge(
        &mut self,
        world: &World,
        texts: &[(String, String)],
        status: SaveStatus,
    ) -> Result<(), Violation> {
        let (stores, where_): (Vec<&RawEntries>, _) = match status {
            SaveStatus::Saved => (vec![&world.idb.texts], "IndexedDB"),
            SaveStatus::LocalStorageOnly if self.local_damaged => return Ok(()),
            SaveStatus::LocalStorageOnly => {
                (vec![&world.local.texts, &world.idb.texts], "local storage")
            }
            SaveStatus::Pending | SaveStatus::Failed => return Ok(()),
        };
        for (key, text) in texts {
            let is_held = stores.iter().any(|store| holds(store, key, text));
            if !is_held && self.idb_damaged || self.gone.contains(&(key.clone(), text.clone())) {
                // It was saved, and lost or taken back before this could be told.
                continue;
            }
            if !is_held && !is_removed(world, key) && !world.spoilt.contains(key) {
                return Err(Violation(format!("{key} is called saved, and is not in {where_}")));
            }
            if status == SaveStatus::Saved {
                self.saved.insert(key.clone(), Promise { text: text.clone() });
            }
        }
        Ok(())
    }

    /// IndexedDB has lost something.
    pub(crate) fn idb_was_damaged(&mut self) {
        self.idb_damaged = true;
    }

    /// Local storage has lost something.
    pub(crate) fn local_was_damaged(&mut self) {
        self.local_damaged = true;
    }

    /// A removal was made.
    pub(crate) fn removed(&mut self, scope: &Scope, number: u64, known: Vec<(String, String)>) {
        self.removals.push((scope.clone(), number, known));
    }

    /// A draft was discarded.
    pub(crate) fn ended(&mut self, key: &str, end: &str, known: Vec<(String, String)>) {
        self.ends.push((key.to_owned(), end.to_owned(), known));
    }

    /// An import was taken back.
    pub(crate) fn gone(&mut self, texts: Texts) {
        for (key, text) in texts {
            if self.saved.get(&key).is_some_and(|promise| promise.text == text) {
                self.saved.remove(&key);
            }
            self.gone.insert((key, text));
        }
    }

    /// Everything was erased: nothing is promised any more.
    pub(crate) fn erased(&mut self) {
        self.saved.clear();
    }

    /// A store or a tab has lost something: what nobody holds any more cannot come back.
    pub(crate) fn forget_lost(&mut self, world: &World) {
        let tabs: Vec<_> = world.tabs.iter().flatten().map(|open| open.state.entries()).collect();
        self.saved.retain(|key, promise| {
            holds(&world.local.texts, key, &promise.text)
                || holds(&world.idb.texts, key, &promise.text)
                // A tab does not know of damage before it reads again.
                || !world.spoilt.contains(key) && tabs.iter().any(|texts| holds(texts, key, &promise.text))
        });
    }

    /// A text was damaged: what no store holds any more is nobody's promise.
    pub(crate) fn forget_spoilt(&mut self, world: &World) {
        self.saved.retain(|key, promise| {
            holds(&world.local.texts, key, &promise.text)
                || holds(&world.idb.texts, key, &promise.text)
        });
    }

    /// Holds after every step of a tab.
    #[expect(clippy::unused_self, reason = "it may come to need what people were told")]
    pub(crate) fn check_tab(&self, world: &World, tab: usize) -> Result<(), Violation> {
        let Some(Tab { state, .. }) = world.tabs[tab].as_ref() else { return Ok(()) };
        let status = state.status();
        if status.blocked && status.full {
            return Err(Violation::new("the browser stores nothing, and is full"));
        }
        if state.is_reading() && state.has_read() {
            return Err(Violation::new("a store is read and has been read"));
        }
        Ok(())
    }

    /// Holds once everything has come to rest.
    pub(crate) fn check_rest(&mut self, world: &World, is_fresh: bool) -> Result<(), Violation> {
        let is_healthy = !world.is_local_blocked() && !world.is_idb_refused();
        self.check_settled(world)?;
        self.check_promises(world)?;
        self.check_removals(world, is_fresh)?;
        if is_healthy && is_fresh {
            check_alike(world)?;
        }
        check_contents(world, is_fresh)?;
        check_device(world, is_fresh)
    }

    /// Nobody waits any more, and nothing is at risk.
    #[expect(clippy::unused_self, reason = "one of the laws")]
    fn check_settled(&self, world: &World) -> Result<(), Violation> {
        for (at, open) in world.tabs.iter().enumerate() {
            let Some(open) = open else { continue };
            if let Some(asked) = open.tickets.values().next() {
                return Err(Violation(format!("tab {at} still waits for an answer: {asked:?}")));
            }
            if !world.is_idb_refused() && !open.state.is_settled() {
                let phase = open.state.phase_name();
                return Err(Violation(format!("tab {at} has not settled: {phase:?}")));
            }
            let is_at_risk = open.state.is_at_risk();
            if is_at_risk && !(world.is_local_blocked() && world.is_idb_refused()) {
                return Err(Violation(format!("tab {at} is at risk, and both stores work")));
            }
            if open.state.error().is_some() && !world.is_idb_refused() {
                return Err(Violation(format!("tab {at} is still degraded")));
            }
        }
        Ok(())
    }

    /// Nothing that was called saved is lost.
    fn check_promises(&self, world: &World) -> Result<(), Violation> {
        for (key, Promise { text }) in &self.saved {
            let is_held =
                holds(&world.local.texts, key, text) || holds(&world.idb.texts, key, text);
            if !is_held && !is_removed(world, key) {
                let now = world.idb.texts.get(key);
                return Err(Violation(format!("{key} was saved as {text} and is {now:?}")));
            }
        }
        Ok(())
    }

    /// Nothing that was removed comes back.
    fn check_removals(&self, world: &World, is_fresh: bool) -> Result<(), Violation> {
        let both = [("IndexedDB", &world.idb.texts), ("local storage", &world.local.texts)];
        // A local storage that was full is behind until the next start.
        let stores = if is_fresh || world.is_idb_refused() { &both[..] } else { &both[..1] };
        let has = |scope: &Scope, number: u64| {
            let key = Key::Removal(scope.clone()).to_string();
            stores.iter().any(|(_, texts)| {
                texts.get(&key).and_then(|text| stored::removal_number(text)) >= Some(number)
            })
        };
        for (scope, number, known) in &self.removals {
            let is_spoilt = world.spoilt.contains(&Key::Removal(scope.clone()).to_string());
            if !has(scope, *number) || is_spoilt {
                // A store has lost the removal, or it was never stored.
                continue;
            }
            for (key, text) in known {
                for &(name, texts) in stores {
                    if texts.get(key) == Some(text) {
                        return Err(Violation(format!("{key} was removed and is in {name}")));
                    }
                }
                // A damaged record may be another version, which loses against this one.
                let is_told = world.spoilt.is_empty();
                for open in world.tabs.iter().flatten().filter(|_| is_told) {
                    if open.state.contents.losers.contains(text) {
                        return Err(Violation(format!("{key} was removed and is shown")));
                    }
                }
            }
        }
        for (key, text) in &self.gone {
            let Ok(parsed) = Key::parse(key) else { continue };
            let removal = Key::Removal(Scope::of(&parsed)).to_string();
            // In local storage alone, a removal may be lost with the last minute.
            let is_known = stores.iter().any(|(_, texts)| texts.contains_key(&removal));
            for &(name, texts) in stores {
                if is_known && texts.get(key) == Some(text) && !world.spoilt.contains(&removal) {
                    return Err(Violation(format!("{key} was taken back and is in {name}")));
                }
            }
        }
        for (key, end, known) in &self.ends {
            let is_stored = stores.iter().any(|(_, texts)| holds(texts, key, end));
            for &(name, texts) in stores {
                let is_back = |(key, text): &(String, String)| {
                    texts.get(key) == Some(text) && !stored::is_no_draft(text)
                };
                if is_stored && known.iter().any(is_back) {
                    return Err(Violation(format!("{key} was discarded and is in {name}")));
                }
            }
        }
        Ok(())
    }
}

/// All tabs show what the stores hold.
pub(crate) fn check_contents(world: &World, is_fresh: bool) -> Result<(), Violation> {
    let mut merged = world.idb.texts.clone();
    if world.is_idb_refused() {
        merged = world.local.texts.clone();
    }
    let records: BTreeMap<_, _> = merged
        .iter()
        .filter(|(key, text)| is_record(key) && stored::is_readable(key, text))
        .collect();
    for (at, open) in world.tabs.iter().enumerate() {
        let Some(open) = open else { continue };
        let entries = open.state.entries();
        let shown: BTreeMap<_, _> = entries.iter().filter(|(key, _)| is_record(key)).collect();
        for (key, text) in &records {
            if shown.get(*key) != Some(text) && (is_fresh || !world.spoilt.contains(*key)) {
                let now = shown.get(*key);
                return Err(Violation(format!("tab {at} shows {now:?} for {key}: {text}")));
            }
        }
        if !(world.is_local_blocked() && world.is_idb_refused()) {
            for (key, text) in &shown {
                let is_spoilt = !is_fresh && world.spoilt.contains(*key);
                if !records.contains_key(*key) && !is_spoilt {
                    let known = world.local.texts.get(*key);
                    return Err(Violation(format!(
                        "tab {at} shows {key}: {text}, which IndexedDB has not (local storage: {known:?})"
                    )));
                }
            }
        }
        let losers: BTreeSet<_> = open.state.contents.losers.iter().cloned().collect();
        let is_loser = |key: &str| matches!(Key::parse(key), Ok(Key::ConflictLoser(_)));
        let stored_losers: BTreeSet<_> =
            merged.iter().filter(|(key, _)| is_loser(key)).map(|(_, text)| text.clone()).collect();
        let is_spoilt = world.spoilt.iter().any(|key| is_loser(key));
        if losers != stored_losers
            && !is_spoilt
            && !(world.is_local_blocked() && world.is_idb_refused())
        {
            return Err(Violation(format!(
                "tab {at} shows losers {losers:?}, stored are {stored_losers:?}"
            )));
        }
        let urn = merged.get(&Key::Local(DeviceSetting::Urn).to_string());
        let is_spoilt = world.spoilt.contains(&Key::Local(DeviceSetting::Urn).to_string());
        if open.state.contents.urn.as_ref() != urn && !world.is_idb_refused() && !is_spoilt {
            let shown = &open.state.contents.urn;
            return Err(Violation(format!("tab {at} is the urn of {shown:?}, stored is {urn:?}")));
        }
    }
    Ok(())
}

/// Whether a key is covered by a removal of any store or tab.
fn is_removed(world: &World, key: &str) -> bool {
    let Ok(parsed) = Key::parse(key) else { return true };
    let scopes = [Scope::of(&parsed), Scope::everything()];
    let is_marked = |texts: &RawEntries| {
        scopes.iter().any(|scope| texts.contains_key(&Key::Removal(scope.clone()).to_string()))
    };
    is_marked(&world.local.texts)
        || is_marked(&world.idb.texts)
        || world.tabs.iter().flatten().any(|open| is_marked(&open.state.removal_entries()))
}

/// The browser is one device, for all tabs and stores.
fn check_device(world: &World, is_fresh: bool) -> Result<(), Violation> {
    let key = Key::Device.to_string();
    let open = world.tabs.iter().flatten().map(|open| &open.state.contents);
    let open = open.filter(|contents| contents.device_stored);
    let mut devices: BTreeSet<_> = open.map(|contents| contents.device.to_string()).collect();
    if !world.is_idb_refused() {
        let stored = world.idb.texts.get(&key);
        devices.extend(stored.filter(|text| stored::is_readable(&key, text)).cloned());
    }
    let is_spoilt = !is_fresh && world.spoilt.contains(&key);
    if devices.len() > 1 && !is_spoilt {
        return Err(Violation(format!("one device has the ids {devices:?}")));
    }
    Ok(())
}

fn is_record(key: &str) -> bool {
    matches!(Key::parse(key), Ok(Key::Record(_)))
}

/// Whether a store holds a text under a key, or one that supersedes it.
fn holds(texts: &RawEntries, key: &str, text: &str) -> bool {
    let Some(held) = texts.get(key) else { return false };
    let Ok(parsed) = Key::parse(key) else { return false };
    resolve(&parsed, held, text) == Resolution::KeepHeld
}

/// Both stores hold the same.
fn check_alike(world: &World) -> Result<(), Violation> {
    let is_shared = |key: &&String| match Key::parse(key) {
        Ok(Key::Local(setting)) => {
            matches!(setting, DeviceSetting::Exported | DeviceSetting::Urn)
        }
        Ok(Key::Quarantine(_)) | Err(_) => false,
        Ok(_) => true,
    };
    let (local, idb) = (&world.local.texts, &world.idb.texts);
    let keys: BTreeSet<_> = local.keys().chain(idb.keys()).filter(is_shared).collect();
    // The records of a large import are in IndexedDB alone.
    if keys.len() > 5_000 {
        return Ok(());
    }
    for key in keys {
        let (one, other) = (local.get(key), idb.get(key));
        let is_end = |text: Option<&String>| text.is_none_or(|text| stored::is_no_draft(text));
        // Only of some kinds can damage be told.
        let is_told = matches!(
            Key::parse(key),
            Ok(Key::Record(_) | Key::Opaque(_) | Key::Device | Key::Removal(_))
        );
        let is_unreadable =
            |text: Option<&String>| text.is_none_or(|text| !stored::is_readable(key, text));
        // Where there are only damaged bytes, they stay as they are.
        let is_spoilt = world.spoilt.contains(key)
            && (!is_told || (is_unreadable(one) && is_unreadable(other)));
        if one != other && !(is_end(one) && is_end(other)) && !is_spoilt {
            return Err(Violation(format!("{key}: local storage {one:?}, IndexedDB {other:?}")));
        }
    }
    Ok(())
}
