//! Makes the story of a failure short: as long as the same law is broken, moves are left out.

use jalons::storage::sync::Fault;

use super::oracle::Violation;
use super::story::Story;
use super::world::World;

/// The shortest story found that still goes wrong, and how.
pub(crate) fn shrink(
    story: &Story,
    violation: &Violation,
    fault: Option<Fault>,
) -> (Story, Violation) {
    let mut shortest = (story.clone(), violation.clone());
    let mut size = story.moves.len().div_ceil(2);
    while size > 0 {
        let mut from = 0;
        let mut has_shrunk = false;
        while from < shortest.0.moves.len() {
            let mut shorter = shortest.0.clone();
            let end = (from + size).min(shorter.moves.len());
            shorter.moves.drain(from..end);
            match World::live(&shorter, fault) {
                Err((_, violation)) => {
                    shortest = (shorter, violation);
                    has_shrunk = true;
                }
                Ok(_) => from += size,
            }
        }
        if !has_shrunk || size > 1 {
            size /= 2;
        }
    }
    for at in 0..shortest.0.moves.len() {
        let mut calmer = shortest.0.clone();
        calmer.moves[at].after = 0;
        if let Err((_, violation)) = World::live(&calmer, fault) {
            shortest = (calmer, violation);
        }
    }
    shortest
}
