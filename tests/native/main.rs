//! Native tests over several modules: the convention against its source, schemas, and house rules.

#![cfg(not(target_arch = "wasm32"))]

mod arbitrary;
mod bilan_report;
mod bilan_words;
mod carnet;
mod codes;
mod convention;
mod copy;
mod decoders;
mod docs;
mod fixtures;
mod hostile;
mod joining;
mod keying;
mod links;
mod manifest;
mod merge;
mod ours;
mod outcome;
mod page;
mod poll_file;
mod report;
mod schema;
mod sealed;
mod search;
mod shared_result;
mod simulation;
mod spreadsheet;
mod statistics;
mod storage;
mod tidy;
mod transfer;
mod voting;
mod words;
