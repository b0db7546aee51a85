//! Links of invitations and ballots as people pass them on: each is read where it is pasted,
//! scanned or opened.

use jalons::codec::carnet;
use jalons::codec::ours::Ours;
use jalons::codec::poll_file::{PollFileError, Received, read};
use jalons::codec::transfer::{
    self, PageProgress, Pages, TransferError, TransferPayload, link, pack, sheets,
};
use jalons::convention::convention;
use jalons::domain::consultation::MethodKind;

use crate::transfer::{APP, ID, ballot, draft, rules};

/// Payloads from the shortest to one that needs several codes.
fn parcels() -> Vec<TransferPayload> {
    let short = rules(MethodKind::Approval);
    let own = (1..=15).map(|number| format!("{number} : un marché, une fête, {}", "a".repeat(90)));
    let long = draft(MethodKind::Dots);
    let long =
        jalons::domain::consultation::RulesDraft { own: own.collect(), items: vec![], ..long };
    vec![
        TransferPayload::ballot(ID, &short, ballot(&short)),
        TransferPayload::invitation(convention(), ID, short),
        TransferPayload::invitation(convention(), ID, long.check().expect("complete")),
    ]
}

fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

/// The link in lines of this many characters.
fn broken(link: &str, width: usize, gap: &str) -> String {
    let characters: Vec<char> = link.chars().collect();
    let lines: Vec<String> = characters.chunks(width).map(|line| line.iter().collect()).collect();
    lines.join(gap)
}

fn expect_read(text: &str, parcel: &TransferPayload) {
    let received = read(text, convention());
    assert_eq!(received, Ok(Received::from(parcel.clone())), "{text}");
}

#[test]
fn a_link_is_read_with_whatever_stands_around_it() {
    for parcel in parcels() {
        let link = link(APP, &pack(&parcel).expect("bytes"));
        let around = [
            ("", "."),
            ("(", ")."),
            ("[", "]"),
            ("<", ">"),
            ("\"", "\""),
            ("« ", " »"),
            ("«\u{a0}", "\u{a0}».\n"),
            ("Pour voter : ", "\nMerci, et à mercredi !"),
            ("Votre bulletin, avant mardi, à voter ici : ", "…"),
            ("[Votez ici](", ")"),
            ("> ", "\n> Le mardi 9 mars, une voisine a écrit :"),
            ("", "%20"),
            ("", "%C2%A0%C2%BB"),
            ("", "&utm_source=courriel"),
            ("", "?fbclid=IwAR0"),
            ("https://www.example.org/#/voter/ et ", " ; https://www.example.org/#/bulletin/"),
        ];
        for (before, after) in around {
            expect_read(&format!("{before}{link}{after}"), &parcel);
        }
        expect_read(&format!("{link} <{link}>"), &parcel);
        expect_read(&link.to_lowercase(), &parcel);
        // Only its end, as it is cut out of the address bar.
        let payload = link.rsplit('/').next().expect("a payload");
        expect_read(&format!(" {payload}. "), &parcel);
    }
}

#[test]
fn a_link_that_a_mail_has_broken_over_lines_is_read() {
    for parcel in parcels() {
        let link = link(APP, &pack(&parcel).expect("bytes"));
        for gap in
            ["\n", "\r\n", "=\n", "=\r\n", "=", " ", "\n  ", "\n> ", "%20", "%0D%0A", "\u{ad}"]
        {
            for width in [50, 72, 76] {
                expect_read(&broken(&link, width, gap), &parcel);
                let around = format!("Votez ici :\n{}\nBonne soirée", broken(&link, width, gap));
                expect_read(&around, &parcel);
            }
        }
    }
}

#[test]
fn a_link_that_a_mail_service_has_wrapped_is_read() {
    for parcel in parcels() {
        let link = link(APP, &pack(&parcel).expect("bytes"));
        let once =
            format!("https://safe.example/?url={}&data=05%7C02%7C&reserved=0", encoded(&link));
        let twice = format!("https://click.example/?u={}&s=ABCDEFGH", encoded(&once));
        let underlined = link.replace('/', "_").replace(':', "-3A").replace('#', "-23");
        let starred = link.replace('#', "*");
        for wrapped in [
            &once,
            &once.to_lowercase(),
            &twice,
            &encoded(&encoded(&twice)),
            &format!("https://defense.example/v2/url?u={underlined}&d=DwMF"),
            &format!("https://defense.example/v3/__{starred}__;Iw!!ABCDEFGH$"),
            &format!("Bonjour,\n{}\nMerci", broken(&once, 76, "=\r\n")),
        ] {
            expect_read(wrapped, &parcel);
        }
        for text in [&link, &once, &twice, &format!("<{link}>"), &format!("[{link}]")] {
            let refused = carnet::open(text.as_bytes(), convention()).expect_err("no carnet");
            assert_eq!(refused, carnet::FileError::Ours(Ours::Link), "{text}");
        }
    }
}

/// What opens a link takes the fragment of the address as it is.
#[test]
fn an_address_is_read_like_a_pasted_link() {
    for parcel in parcels() {
        let bytes = pack(&parcel).expect("bytes");
        let payload = link("", &bytes).rsplit('/').next().expect("a payload").to_owned();
        for behind in [".", ")", "%C2%A0%C2%BB", "%20", ",", "="] {
            let added = Pages::default().add(&format!("{payload}{behind}"));
            assert_eq!(added, Ok(PageProgress::Whole(bytes.clone())), "{behind}");
        }
        let added = Pages::default().add(&broken(&payload, 60, "%20"));
        assert_eq!(added, Ok(PageProgress::Whole(bytes)));
    }
}

#[test]
fn codes_of_several_pages_are_read_with_their_links() {
    let parcel = parcels().pop().expect("the longest");
    let bytes = pack(&parcel).expect("bytes");
    let sheets = sheets(&"https://example.org/".repeat(20), &bytes);
    assert!(sheets.len() > 1);
    let mut pages = Pages::default();
    let added = sheets.iter().map(|sheet| pages.add(&format!("{sheet} ")).expect("a page"));
    assert_eq!(added.last(), Some(PageProgress::Whole(bytes)));
}

/// A cut link is called damaged, and other texts foreign, however they are made up.
#[test]
fn what_is_no_whole_link_is_refused_with_the_reason() {
    let refused = |text: &str| match read(text, convention()) {
        Err(PollFileError::Transfer(error)) => error,
        Ok(Received::Page(page)) => panic!("{page:?}"),
        other => panic!("{other:?}"),
    };
    for parcel in parcels() {
        let link = link(APP, &pack(&parcel).expect("bytes"));
        for cut in [1, 2, 3, 8, 40] {
            let cut = &link[..link.len() - cut];
            for text in [cut.to_owned(), format!("Votez : {cut}. Merci"), encoded(cut)] {
                let error = refused(&text);
                assert_eq!(error, TransferError::Damaged, "{text}");
            }
        }
    }
    for text in
        ["bonjour", "https://example.org/#/texte", "à voter", "un bulletin, une voix", "voter/"]
    {
        assert_eq!(refused(text), TransferError::Foreign, "{text}");
    }
    // A hostile text takes no time that a person would notice.
    for text in ["voter ", "voter/CA ", "bulletin%25", "CAAA "] {
        let long = text.repeat(transfer::LIMIT * 8 / text.len());
        assert!(read(&long, convention()).is_err(), "{text}");
        assert_eq!(refused(&text.repeat(transfer::LIMIT * 8)), TransferError::TooLarge);
    }
}
