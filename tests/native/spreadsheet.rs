//! The tables, opened by LibreOffice as by a double click.
//!
//! `cargo xtask test` runs these ignored tests, with LibreOffice's path in `JALONS_SOFFICE`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jalons::codec::csv;
use jalons::convention::convention;
use jalons::domain::journal::{Action, ActionContext, Journal, ObservationInput};
use jalons::domain::note::{NoteDraft, NoteKind};
use jalons::domain::observation::{Confidence, Evidence, Level};
use jalons::domain::stamp::{DeviceId, Instant, Token};
use jalons::report::tables;
use proptest::prelude::*;

use crate::arbitrary::cases as many;
use crate::storage::examples;

/// LibreOffice's import options. Its dialogue detects the separator and the encoding, and remembers
/// the rest; these settings change the most: quoted cells are not kept as text (false), and days,
/// times and other special numbers are detected in them (true), as Excel does without asking. 1036
/// is French (France).
const AS_OPENED: &str = "59,34,76,1,,1036,false,true";

/// The same with commas as separators.
const WITH_COMMAS: &str = "44,34,76,1,,1036,false,true";

/// Its export options: text in quotes, every cell as shown, formulas as formulas.
const AS_SHOWN: &str = "59,34,76,1,,1036,true,true,true";

/// A temporary folder for one run, with a LibreOffice profile. Deleted afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = format!("jalons-spreadsheet-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        fs::create_dir_all(&folder).expect("a folder for files that do not stay");
        Self(folder)
    }

    fn convert(&self, file: &Path, into: &str, folder: &str) -> String {
        self.convert_as(AS_OPENED, file, into, folder)
    }

    fn convert_as(&self, opened: &str, file: &Path, into: &str, folder: &str) -> String {
        let office = std::env::var_os("JALONS_SOFFICE").unwrap_or_else(|| "soffice".into());
        let converted = self.0.join(folder);
        let status = Command::new(office)
            .arg(format!("-env:UserInstallation=file://{}", self.0.join("profile").display()))
            .args(["--headless", "--norestore"])
            .arg(format!("--infilter=Text - txt - csv (StarCalc):{opened}"))
            .args(["--convert-to", into, "--outdir"])
            .args([&converted, file])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("LibreOffice starts");
        assert!(status.success(), "LibreOffice: {status}");
        let ending = into.split(':').next().expect("a format");
        fs::read_to_string(converted.join("table").with_extension(ending))
            .expect("a converted file")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Splits any text into cells as spreadsheets do: quotes matter only at the beginning of a cell,
/// and text after the closing quote still belongs to the cell.
fn leniently(text: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let (mut begins, mut quoted) = (true, false);
    let mut chars = text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable();
    while let Some(c) = chars.next() {
        let cell = cells.last_mut().expect("a cell");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' if quoted => quoted = false,
            '"' if begins => quoted = true,
            c if !quoted && (c == separator || c == '\n' || c == '\r') => {
                cells.push(String::new());
                begins = true;
                continue;
            }
            c => cell.push(c),
        }
        begins = false;
    }
    cells
}

proptest! {
    #![proptest_config(many())]

    /// Regression: a text with commas was harmless in a French spreadsheet and a formula in others.
    #[test]
    fn no_cell_begins_a_formula_whichever_the_separator(
        rows in proptest::collection::vec(
            proptest::collection::vec("[-=+@,;\"'\n\r\ta1 ＝−]{0,10}", 1..4),
            1..4,
        ),
    ) {
        let written = csv::write(&rows);
        for separator in [';', ','] {
            for cell in leniently(&written, separator) {
                // The end of a row may be within quotes there.
                let begins = cell.trim_start_matches(['\r', '\n']);
                let signs = ['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠', '−'];
                prop_assert!(!begins.starts_with(signs), "{cell:?} under {separator:?} in {written:?}");
            }
        }
        // Parsed as intended, the table has no additions but apostrophes.
        let bare = |text: &str| text.replace('\'', "");
        let read = cells(&written);
        for (read, said) in read.iter().flatten().zip(rows.iter().flatten()) {
            prop_assert_eq!(bare(read), bare(said));
        }
    }
}

/// The cells of a file by RFC 4180, except for the separator.
pub(crate) fn cells(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable();
    while let Some(c) = chars.next() {
        let row = rows.last_mut().expect("a row");
        let cell = row.last_mut().expect("a cell");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ';' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            c => cell.push(c),
        }
    }
    rows.pop();
    rows
}

/// Normalises line ends.
fn with_plain_ends(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let plain = |cell: String| cell.replace("\r\n", "\n").replace('\r', "\n");
    rows.into_iter().map(|row| row.into_iter().map(plain).collect()).collect()
}

/// LibreOffice shows the cells as written and calculates none of them.
fn shows_what_was_written<R: AsRef<[String]>>(name: &str, rows: &[R]) {
    let folder = Folder::new(name);
    let file = folder.0.join("table.csv");
    let written = csv::write(rows);
    fs::write(&file, &written).expect("a file");

    let into = format!("csv:Text - txt - csv (StarCalc):{AS_SHOWN}");
    let shown = with_plain_ends(cells(&folder.convert(&file, &into, "shown")));
    let written = with_plain_ends(cells(&written));
    assert_eq!(shown.len(), written.len(), "rows of {name}");
    for (shown, written) in shown.iter().zip(&written) {
        assert_eq!(shown, written, "{name}");
    }
    // The written text is the table's, except for the apostrophes that prevent calculation or
    // another display.
    let said = rows.iter().map(|row| row.as_ref().to_vec()).collect();
    for (written, said) in written.iter().flatten().zip(with_plain_ends(said).iter().flatten()) {
        let bare = |text: &str| text.replace('\'', "");
        assert_eq!(bare(written), bare(said), "{said:?} became {written:?}");
    }

    let sheet = folder.convert(&file, "fods", "sheet");
    assert!(sheet.contains("table:table-cell"), "a sheet has cells");
    assert!(!sheet.contains("table:formula"), "a cell of {name} is calculated");
    let sheet = folder.convert_as(WITH_COMMAS, &file, "fods", "commas");
    assert!(sheet.contains("table:table-cell"), "a sheet has cells");
    assert!(!sheet.contains("table:formula"), "a cell of {name} is calculated under commas");
}

/// Texts that people may write or import.
fn texts() -> Vec<String> {
    let mut texts: Vec<_> =
        ["=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "＝", "＋", "－", "＠", "−"]
            .into_iter()
            .flat_map(|start| [format!("{start}1+1"), format!("{start}A1"), format!(" {start}2")])
            .collect();
    let long = "Un « banc »; \"deux\" arbres,\nl’été… ".repeat(200);
    texts.push(long.trim().chars().take(4_000).collect());
    let others = [
        "=HYPERLINK(\"http://ailleurs.example\";\"ici\")",
        "=cmd|' /C calc'!A0",
        "'=1+1",
        "\"=1+1\"",
        "\u{feff}=1+1",
        "\u{feff}",
        "a;b",
        "\"",
        "\"\"",
        "« ça, c’est l’été »",
        "👩🏽‍🌾 🇫🇷",
        "e\u{301}",
        " devant",
        "derrière  ",
        "deux\nlignes",
        "une\n\n\n=1+1",
        "Bonjour,=1+1,=HYPERLINK(\"https://ailleurs.example\";\"ici\"),merci",
        "x,\"=1+1\"",
        "x,\"\"=1+1",
        "une\n\"=1+1\"",
        "tab\tau milieu",
        "<b>gras</b>",
        "<script>alert(1)</script>",
        "&amp;",
        "http://ailleurs.example/?a=1",
        "a@b.example",
        "1.2.1",
        "3/4",
        "1-2",
        "12/03/2021",
        "12 mars 2021",
        "mars 2021",
        "lundi 3 mai 2021",
        "Sept. 21",
        "10:30",
        "10h30",
        "1:2:3",
        "007",
        "0388665430",
        "03 88 66 54 30",
        "12345678901234567890",
        "1,5",
        "1.5",
        "1e5",
        "1E400",
        "1 000",
        "1\u{202f}000",
        "50 %",
        "12 €",
        "€12",
        "(3)",
        "3-",
        "½",
        "1 1/2",
        "٣",
        "５",
        "VRAI",
        "faux",
        "TRUE",
        "#REF!",
        "#N/A",
        "15",
        "0",
        "2021-03-12",
        "2021-03-12 10:30",
        "2021-03-12T10:30:00Z",
        "21-3-12",
        "2021-13-45",
        "$A$1",
        "A1",
        "ABS(1)",
        "SOMME(1;2)",
        "{=1+1}",
        "null",
        "inf",
        "NaN",
        "0x1F",
        "1_000",
        "-",
        "+",
        "=",
    ];
    texts.extend(others.map(str::to_owned));
    texts
}

fn context(tick: u64) -> ActionContext {
    ActionContext {
        now: Instant(1_600_000_000_000 + tick),
        today: "2021-03-12".parse().expect("a day"),
        device: DeviceId(Token(0x00c0_ffee)),
        token: Token(tick),
    }
}

/// A journal with all of these texts as notes, and the short ones as evidence.
fn journal() -> Journal {
    let mut journal: Journal = examples().into_iter().collect();
    let markers: Vec<_> = convention().markers().map(|marker| marker.id).collect();
    for (tick, text) in (100..).zip(texts()) {
        let marker = markers[usize::try_from(tick).expect("small") % markers.len()];
        let draft = NoteDraft { kind: NoteKind::Idea, text: text.clone(), private: false };
        // A blank text is refused as a note.
        let _ = journal.apply(convention(), Action::Write(marker.into(), draft), &context(tick));
        let Ok(evidence) = Evidence::new(&text) else { continue };
        let seen = ObservationInput {
            level: Level::InProgress,
            day: context(tick).today,
            confidence: Some(Confidence::High),
            evidence: Some(evidence),
        };
        let device = DeviceId(Token(tick));
        let elsewhere = ActionContext { device, ..context(tick) };
        journal.apply(convention(), Action::Observe(marker, seen), &elsewhere).expect("seen");
    }
    journal
}

#[test]
fn the_reader_of_these_tests_reads_what_is_written() {
    let rows = [["a;\"b\"".to_owned(), String::new()], ["c\nd".to_owned(), "é".to_owned()]];
    assert_eq!(cells(&csv::write(rows.clone())), rows);
}

#[test]
#[ignore = "needs LibreOffice: `cargo xtask test` runs it"]
fn a_spreadsheet_shows_what_the_tables_say() {
    let day = context(0).today;
    shows_what_was_written("observations", &tables::observations(convention(), &journal()));
    shows_what_was_written("notes", &tables::notes(convention(), &journal(), |_| day));
}

#[test]
#[ignore = "needs LibreOffice: `cargo xtask test` runs it"]
fn a_spreadsheet_shows_any_cell_as_it_is_written() {
    let rows: Vec<_> = texts().into_iter().map(|text| [text, "fin".to_owned()]).collect();
    shows_what_was_written("texts", &rows);
}
