//! Jalons: a territorial agreement in the hands of the people it concerns.
//!
//! `ARCHITECTURE.md` has the map. Dependencies point down only: `app`; `ui`; `store` and `report`;
//! `storage` and `text`; `platform` and `charts`; `codec`, `route` and `convention`; `domain` at the
//! bottom. A native test holds them to it.

pub mod app;
pub mod charts;
pub mod codec;
pub mod convention;
pub mod domain;
pub mod platform;
pub mod report;
pub mod route;
pub mod storage;
pub mod store;
pub mod text;
pub mod ui;
