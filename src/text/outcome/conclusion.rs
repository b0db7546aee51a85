//! The form for a group's conclusion.

use crate::domain::consultation::StepError;
use crate::domain::day::Day;

super::super::sentences! {
    title = "Ce que nous en concluons";
    hint = "Ce que le groupe retient, ce qui vient ensuite, qui s'en charge.";
    text = "Conclusion";
    day = "À revoir le";
    day_hint = "Facultatif : le jour où vous regarderez ce qui a avancé.";
    edit = "Modifier la conclusion";
    remove = "Retirer la conclusion";
    not_closed = "La consultation n'est pas encore close : concluez une fois le résultat connu.";
    gone = "Cette conclusion ne peut plus être changée ici.";
}

/// Why a conclusion was not saved.
#[must_use]
pub fn not_concluded(error: &StepError) -> String {
    match error {
        StepError::Text(error) => super::super::errors::text(*error),
        StepError::NotClosed => not_closed().to_owned(),
        _ => gone().to_owned(),
    }
}

/// « À revoir le 12 mars 2027 »
#[must_use]
pub fn look_again(day: Day) -> String {
    format!("À revoir le {}", super::super::dates::full(day))
}
