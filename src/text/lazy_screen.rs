//! Messages while a lazy screen loads, and when loading fails.

super::sentences! {
    loading = "Chargement…";
    missing_title = "Cette page n'est pas arrivée";
    missing = "Le réseau a peut-être coupé. Si cela dure, rechargez la page : ce que vous avez écrit est gardé.";
    retry = "Réessayer";
}
