//! Devices: their names, and whom they speak for.

use crate::domain::device::{Device, Voice};
use crate::domain::stamp::DeviceId;

super::sentences! {
    title = "Les appareils réunis ici";
    this_one = "cet appareil";
    ask_title = "Qui a fait ce carnet ?";
    ask_lead = "Celles et ceux qui recevront ce fichier sauront d'où vient chaque observation. Un nom d'appareil ou de groupe suffit : pas besoin du vôtre.";
    label = "Nom de l'appareil";
    label_hint = "Par exemple : tablette de l'accueil";
    speaks_for = "Il parle pour";
    name_it = "Enregistrer ce nom";
    without_name = "Continuer sans nom";
    rename = "Changer le nom";
    cancel = "Ne rien changer";
}

/// A voice in lower case, for tables.
#[must_use]
pub fn voice(voice: Voice) -> &'static str {
    match voice {
        Voice::Residents => "habitants",
        Voice::Association => "association",
        Voice::Staff => "agents",
        Voice::Other => "autre",
    }
}

/// A voice, as a choice.
#[must_use]
pub fn voice_label(voice: Voice) -> &'static str {
    match voice {
        Voice::Residents => super::set!("Des habitants"),
        Voice::Association => super::set!("Une association"),
        Voice::Staff => super::set!("Des agents de la ville ou d'un service public"),
        Voice::Other => super::set!("Quelqu'un d'autre"),
    }
}

/// For whom a note speaks, after its device's name.
#[must_use]
pub fn on_behalf(voice: Voice) -> &'static str {
    match voice {
        Voice::Residents => super::set!("au nom d'habitants"),
        Voice::Association => super::set!("au nom d'une association"),
        Voice::Staff => super::set!("au nom d'agents"),
        Voice::Other => super::set!("au nom d'autres personnes"),
    }
}

/// The name of a device, or else the beginning of its id: « appareil 00c0ffee ».
#[must_use]
pub fn name(id: DeviceId, device: Option<&Device>) -> String {
    match device {
        Some(device) => device.label.to_string(),
        None => format!("appareil {}", &id.to_string()[..8]),
    }
}

/// « 12 observations, 3 notes »
#[must_use]
pub fn made(observations: usize, notes: usize) -> String {
    let observations = super::carnet::observations(observations);
    format!("{observations}, {}", super::notes::count(notes))
}
