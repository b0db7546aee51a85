//! Faults that a test plants, to show that the simulator finds them.

/// A mistake in the protocol. None is ever made outside a build with the feature `faults`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A batch is not told to the other tabs.
    SilentFlush,
    /// An action is called saved when its batch begins.
    EarlyAnswer,
    /// What neither store took is called saved in local storage.
    FailureIsHidden,
    /// A failed batch is forgotten.
    BatchDropped,
    /// Removals are not read from local storage.
    RemovalsUnread,
    /// A heard removal leaves the tab's records as they are.
    RemovalUnheard,
    /// A removal is not written to IndexedDB.
    RemovalInLocalOnly,
    /// The later of two ids of this device stays.
    GreaterDevice,
    /// What came during a reading is forgotten.
    PendingLostInReading,
    /// What only local storage has is not offered to IndexedDB.
    LocalNotOffered,
    /// What only IndexedDB has is not shown.
    IdbNotShown,
    /// An erasure leaves the other tabs as they are.
    SilentErasure,
    /// A closed draft leaves nothing behind.
    DraftWithoutEnd,
}
