//! Reading aloud.

use crate::domain::listening::Listening;

/// The language of the convention and of this module's sentences.
pub const LANGUAGE: &str = "fr";

super::sentences! {
    listening = "Lecture à voix haute";
    listen = "Écouter";
    pause = "Pause";
    resume = "Reprendre";
    stop = "Arrêter";
    agree = "Écouter quand même";
    refuse = "Ne pas écouter";
    asks = "Cette voix envoie le texte lu à un service en ligne. Vos coches et vos notes restent ici.";
    failed = "La voix s'est arrêtée. Touchez « Écouter » pour recommencer.";
}

/// What the main button does.
#[must_use]
pub fn main(now: Listening) -> &'static str {
    match now {
        Listening::Silent => listen(),
        Listening::Asking => agree(),
        Listening::Reading(_) => pause(),
        Listening::Paused(_) => resume(),
    }
}

/// What the second button does.
#[must_use]
pub fn second(now: Listening) -> &'static str {
    if now == Listening::Asking { refuse() } else { stop() }
}
