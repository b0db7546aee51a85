//! Links as people pass them on: with punctuation or words behind them, broken over lines by a
//! mail, percent-encoded inside the link of a mail service.
//!
//! Screens ask only when an address or a text is no route as it is, so that no address changes its
//! meaning.

use super::{BilanPlace, ConsultPage, Route};
use crate::domain::percent::decodings;

/// The route of the last link in a text, if the text holds one that leads to a page of the app.
///
/// ```
/// use jalons::route::{Route, mended};
///
/// let route = mended("(voir https://jalons.example/#/objectif/1.2.1).");
/// assert_eq!(route, Some(Route::parse("#/objectif/1.2.1")));
/// ```
#[must_use]
pub fn mended(text: &str) -> Option<Route> {
    let links: Vec<_> = decodings(text).filter_map(|text| last_link(&text)).flatten().collect();
    let whole = links.iter().find_map(|link| known(link));
    whole.or_else(|| links.iter().find_map(|link| known_beginning(link)))
}

/// What the last link of a text may be, the likeliest first.
fn last_link(text: &str) -> Option<[String; 4]> {
    let (_, link) = text.rsplit_once("#/")?;
    let first = link.split(char::is_whitespace).next().unwrap_or_default().to_owned();
    let joined: String = link.split_whitespace().collect();
    // Mails mark a broken line with a `=`. An address bar takes the line break away, not the mark;
    // no path has one.
    let unmarked = |line| str::strip_suffix(line, "=").unwrap_or(line);
    let unmarked = link.split_whitespace().map(unmarked).collect();
    let path = joined.split('?').next().unwrap_or_default();
    let without = path.replace('=', "") + &joined[path.len()..];
    // Search words may be anything, so the words behind such a link would belong to it.
    let is_search = first.starts_with("recherche?");
    Some(if is_search {
        [first, joined, unmarked, without]
    } else {
        [joined, unmarked, without, first]
    })
}

/// The route of a link without the punctuation behind it.
fn known(link: &str) -> Option<Route> {
    let route = Route::parse(link.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()));
    let is_known = match &route {
        Route::Unknown(_) => false,
        Route::Consult(place) => ConsultPage::parse(place) != ConsultPage::Unknown,
        Route::Bilan(place) => BilanPlace::parse(place) != BilanPlace::Unknown,
        _ => true,
    };
    is_known.then_some(route)
}

/// The route of a link without the values of the link around it.
fn known_beginning(link: &str) -> Option<Route> {
    let (beginning, _) = link.rsplit_once('&')?;
    known(beginning).or_else(|| known_beginning(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One address of each kind.
    const ADDRESSES: [&str; 11] = [
        "#/",
        "#/objectif/1.2.1",
        "#/resultat/1.2.1-r2",
        "#/marqueur/1.2.1-m3",
        "#/suivre?objectif=1.2&etat=non-observes&notes=avec",
        "#/texte",
        "#/carnet",
        "#/a-propos",
        "#/bilan?par=operationnel&au=2021-03-12",
        "#/bilan/a-regarder",
        "#/consultations/00c0ffee00c0ffee/proces-verbal",
    ];

    fn expect(text: &str, address: &str) {
        assert_eq!(mended(text), Some(Route::parse(address)), "{text}");
    }

    fn encoded(link: &str) -> String {
        link.bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat()
    }

    #[test]
    fn what_stands_around_a_link_is_no_part_of_it() {
        for address in ADDRESSES {
            for behind in [
                ".",
                ")",
                "]",
                ">",
                "»",
                " »",
                "\u{a0}»",
                "\u{202f}».",
                "...",
                "…",
                ",",
                "%20",
                ").%0A",
            ] {
                expect(&format!("{address}{behind}"), address);
            }
            expect(&format!("Voyez https://x.example/{address}, et dites-moi."), address);
            expect(&format!("#/nulle/part et https://x.example/{address}\nBonne journée"), address);
        }
        expect("#/recherche?mots=petite%20enfance).", "#/recherche?mots=petite%20enfance");
        expect("#/recherche?mots=jeux merci de lire", "#/recherche?mots=jeux");
    }

    #[test]
    fn a_link_that_a_mail_has_broken_is_whole_again() {
        for address in ADDRESSES.into_iter().filter(|address| *address != "#/") {
            for at in 3..address.len() - 1 {
                let (before, after) = address.split_at(at);
                for gap in ["\n", "=\n", "=\r\n", "\n  ", "%20", "\u{a0}"] {
                    expect(&format!("https://x.example/{before}{gap}{after}"), address);
                }
                if !before.contains('?') {
                    expect(&format!("{before}={after}."), address);
                }
            }
        }
    }

    #[test]
    fn a_link_that_a_mail_service_has_wrapped_is_taken_out() {
        for address in ADDRESSES {
            let link = format!("https://x.example/{address}");
            let once =
                format!("https://safe.example/?url={}&data=05%7C01&reserved=0", encoded(&link));
            expect(&once, address);
            expect(&format!("https://click.example/r/{}", encoded(&once)), address);
        }
    }

    #[test]
    fn no_page_is_made_up() {
        for text in [
            "",
            "bonjour",
            "https://x.example/",
            "#/nulle/part",
            "#/objectif/9.x).",
            "#/suivre?couleur=bleu",
            "#/bilan/ailleurs.",
            "#/consultations/x",
            "https://x.example/#voter",
        ] {
            assert_eq!(mended(text), None, "{text}");
        }
    }
}
