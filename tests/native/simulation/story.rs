//! The story of a life: what people do and what befalls their browser, in an order that a seed gives.

use std::fmt;

use super::luck::Luck;
use super::stores::IdbMood;

/// One life of a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Story {
    /// How many tabs there may be at a time.
    pub(crate) tabs: usize,
    /// Whether local storage is blocked, all the time.
    pub(crate) local_blocked: bool,
    /// Whether `IndexedDB` is refused, all the time.
    pub(crate) idb_refused: bool,
    pub(crate) moves: Vec<Move>,
}

/// A step of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    /// The milliseconds since the move before.
    pub(crate) after: u64,
    /// Decides how late answers come until the next move.
    pub(crate) luck: u64,
    pub(crate) what: What,
}

/// What a person does in a tab, or what befalls the browser. Numbers name tabs and things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Open(usize),
    Close(usize),
    Reload(usize),
    Hide(usize),
    Show(usize),
    /// The tab is in the background or in the page cache: it gets nothing until it thaws.
    Freeze(usize),
    Thaw(usize),
    /// The browser is killed, with all its tabs.
    Kill,
    /// An action writes a note.
    Write(usize, u8),
    DeleteNote(usize, u8),
    Retry(usize),
    CloseNotice(usize),
    DropLoser(usize),
    Import(usize, u32),
    UndoImport(usize),
    Type(usize, u8),
    CloseDraft(usize, u8),
    Prepare(usize, u8),
    Cast(usize, u8),
    CastMany(usize, u8, u32),
    DeleteConsultation(usize, u8),
    ReplaceConsultation(usize, u8),
    BecomeUrn(usize, u8),
    LeaveUrn(usize),
    Export(usize),
    DeclineName(usize),
    DismissNotices(usize),
    Ask(usize),
    RetryReading(usize),
    Erase(usize),
    /// The device's clock jumps, by so many seconds.
    Clock(i64),
    LocalFull,
    LocalRoom,
    LocalCleared,
    LocalSpoilt,
    LocalCommitted,
    Idb(IdbMood),
    IdbCleared,
    IdbSpoilt,
    /// The connections of all tabs are cut.
    Cut,
    /// The storage chunk does not arrive from now on.
    ChunkMissing,
    ChunkBack,
    /// Nothing for a while.
    Wait,
}

impl What {
    /// The name of a fault, for the table; `None` where nothing goes wrong.
    pub(crate) fn fault(self) -> Option<&'static str> {
        Some(match self {
            Self::Kill => "kill",
            Self::Freeze(_) => "frozen tab",
            Self::Clock(_) => "clock",
            Self::LocalFull => "localStorage full",
            Self::LocalCleared => "localStorage cleared",
            Self::LocalSpoilt => "localStorage spoilt",
            Self::Idb(IdbMood::Slow) => "IndexedDB slow",
            Self::Idb(IdbMood::Silent) => "IndexedDB silent",
            Self::Idb(IdbMood::Refused) => "IndexedDB refused",
            Self::Idb(IdbMood::Aborting) => "IndexedDB aborting",
            Self::Idb(IdbMood::Full) => "IndexedDB full",
            Self::IdbCleared => "IndexedDB deleted",
            Self::IdbSpoilt => "IndexedDB spoilt",
            Self::Cut => "connection cut",
            Self::ChunkMissing => "chunk missing",
            Self::Close(_) | Self::Reload(_) => "tab closed",
            _ => return None,
        })
    }
}

impl Story {
    /// The story of a seed.
    pub(crate) fn of(seed: u64) -> Self {
        let mut luck = Luck::new(seed);
        let tabs = luck.pick(&[1, 1, 2, 2, 2, 3, 4]);
        let count = 8 + luck.below(32);
        let calm = luck.once_in(4);
        // Some lives have a large import or a large consultation.
        let large = luck.once_in(4_000);
        let moves = (0..count).map(|_| Move::random(&mut luck, tabs, calm, large)).collect();
        Self { tabs, local_blocked: luck.once_in(25), idb_refused: luck.once_in(25), moves }
    }
}

impl Move {
    fn random(luck: &mut Luck, tabs: usize, calm: bool, large: bool) -> Self {
        let after = match luck.below(10) {
            0..4 => luck.below(60),
            4..7 => luck.below(400),
            7..9 => luck.below(6_000),
            _ => luck.below(90_000),
        };
        let what = if calm || luck.below(100) < 70 {
            Self::deed(luck, tabs, large)
        } else {
            Self::blow(luck, tabs)
        };
        Self { after, luck: luck.next(), what }
    }

    fn deed(luck: &mut Luck, tabs: usize, large: bool) -> What {
        let tab = usize::try_from(luck.below(tabs as u64)).expect("few tabs");
        let thing = u8::try_from(luck.below(4)).expect("few things");
        let poll = thing % 2;
        match luck.below(100) {
            0..26 => What::Write(tab, thing),
            26..32 => What::DeleteNote(tab, thing),
            32..34 => What::Retry(tab),
            34..35 => What::CloseNotice(tab),
            35..41 => What::DropLoser(tab),
            41..45 => What::Import(
                tab,
                if large {
                    luck.pick(&[600, 6_000, 20_000])
                } else {
                    luck.pick(&[1, 2, 3, 4, 5, 6])
                },
            ),
            45..48 => What::UndoImport(tab),
            48..58 => What::Type(tab, thing),
            58..62 => What::CloseDraft(tab, thing),
            62..67 => What::Prepare(tab, poll),
            67..74 if large => What::CastMany(tab, poll, luck.pick(&[600, 6_000])),
            67..74 => What::Cast(tab, poll),
            74..78 => What::DeleteConsultation(tab, poll),
            78..80 => What::ReplaceConsultation(tab, poll),
            80..82 => What::BecomeUrn(tab, poll),
            82..84 => What::LeaveUrn(tab),
            84..85 => What::Export(tab),
            85..86 => What::DeclineName(tab),
            86..87 => What::DismissNotices(tab),
            87..88 => What::Ask(tab),
            88..89 => What::RetryReading(tab),
            89..91 => What::Erase(tab),
            91..95 => What::Open(tab),
            95..97 => What::Reload(tab),
            97..98 => What::Hide(tab),
            _ => What::Show(tab),
        }
    }

    fn blow(luck: &mut Luck, tabs: usize) -> What {
        let tab = usize::try_from(luck.below(tabs as u64)).expect("few tabs");
        match luck.below(100) {
            0..8 => What::Kill,
            8..14 => What::Close(tab),
            14..20 => What::Reload(tab),
            20..28 => What::Freeze(tab),
            28..36 => What::Thaw(tab),
            36..40 => What::Clock(luck.pick(&[-100_000, -100, 100, 100_000])),
            40..44 => What::LocalFull,
            44..48 => What::LocalRoom,
            48..50 => What::LocalCleared,
            50..53 => What::LocalSpoilt,
            53..56 => What::LocalCommitted,
            56..61 => What::Idb(IdbMood::Slow),
            61..65 => What::Idb(IdbMood::Silent),
            65..67 => What::Idb(IdbMood::Refused),
            67..71 => What::Idb(IdbMood::Aborting),
            71..74 => What::Idb(IdbMood::Full),
            74..86 => What::Idb(IdbMood::Quick),
            86..88 => What::IdbCleared,
            88..91 => What::IdbSpoilt,
            91..94 => What::Cut,
            94..96 => What::ChunkMissing,
            96..98 => What::ChunkBack,
            _ => What::Wait,
        }
    }
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "A browser with up to {} tabs.", self.tabs)?;
        if self.local_blocked {
            writeln!(f, "It blocks localStorage.")?;
        }
        if self.idb_refused {
            writeln!(f, "It refuses IndexedDB.")?;
        }
        for (at, step) in self.moves.iter().enumerate() {
            writeln!(f, "{:>3}. {:>6} ms later: {}", at + 1, step.after, step.what)?;
        }
        Ok(())
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Open(tab) => write!(f, "tab {tab} is opened"),
            Self::Close(tab) => write!(f, "tab {tab} is closed"),
            Self::Reload(tab) => write!(f, "tab {tab} is reloaded"),
            Self::Hide(tab) => write!(f, "tab {tab} is hidden"),
            Self::Show(tab) => write!(f, "tab {tab} is shown"),
            Self::Freeze(tab) => write!(f, "tab {tab} freezes"),
            Self::Thaw(tab) => write!(f, "tab {tab} thaws"),
            Self::Kill => f.write_str("the browser is killed"),
            Self::Write(tab, note) => write!(f, "tab {tab} writes note {note}"),
            Self::DeleteNote(tab, note) => write!(f, "tab {tab} deletes note {note}"),
            Self::Retry(tab) => write!(f, "tab {tab} saves the last action again"),
            Self::CloseNotice(tab) => write!(f, "tab {tab} closes its notice"),
            Self::DropLoser(tab) => write!(f, "tab {tab} gives up a version that had lost"),
            Self::Import(tab, count) => write!(f, "tab {tab} imports {count} records"),
            Self::UndoImport(tab) => write!(f, "tab {tab} takes its import back"),
            Self::Type(tab, draft) => write!(f, "tab {tab} types in draft {draft}"),
            Self::CloseDraft(tab, draft) => write!(f, "tab {tab} discards draft {draft}"),
            Self::Prepare(tab, poll) => write!(f, "tab {tab} changes consultation {poll}"),
            Self::Cast(tab, poll) => write!(f, "tab {tab} casts a ballot of consultation {poll}"),
            Self::CastMany(tab, poll, count) => {
                write!(f, "tab {tab} takes in {count} ballots of consultation {poll}")
            }
            Self::DeleteConsultation(tab, poll) => {
                write!(f, "tab {tab} deletes consultation {poll}")
            }
            Self::ReplaceConsultation(tab, poll) => {
                write!(f, "tab {tab} takes back a join to consultation {poll}")
            }
            Self::BecomeUrn(tab, poll) => write!(f, "tab {tab} becomes the urn of {poll}"),
            Self::LeaveUrn(tab) => write!(f, "tab {tab} is no urn any more"),
            Self::Export(tab) => write!(f, "tab {tab} exports everything"),
            Self::DeclineName(tab) => write!(f, "tab {tab} declines a name"),
            Self::DismissNotices(tab) => write!(f, "tab {tab} closes the banners"),
            Self::Ask(tab) => write!(f, "tab {tab} looks at the stores"),
            Self::RetryReading(tab) => write!(f, "tab {tab} asks for another reading"),
            Self::Erase(tab) => write!(f, "tab {tab} erases everything"),
            Self::Clock(seconds) => write!(f, "the clock jumps by {seconds} s"),
            Self::LocalFull => f.write_str("localStorage is full"),
            Self::LocalRoom => f.write_str("localStorage has room again"),
            Self::LocalCleared => f.write_str("localStorage is cleared"),
            Self::LocalSpoilt => f.write_str("a text in localStorage is spoilt"),
            Self::LocalCommitted => f.write_str("localStorage is written to the disk"),
            Self::Idb(mood) => write!(f, "IndexedDB is {mood:?}"),
            Self::IdbCleared => f.write_str("the database is deleted"),
            Self::IdbSpoilt => f.write_str("a text in IndexedDB is spoilt"),
            Self::Cut => f.write_str("the connections are cut"),
            Self::ChunkMissing => f.write_str("the storage chunk does not arrive from now on"),
            Self::ChunkBack => f.write_str("the storage chunk arrives again"),
            Self::Wait => f.write_str("nothing"),
        }
    }
}
