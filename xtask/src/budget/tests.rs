use super::*;

const PAGE: &str = "<head><meta charset=utf-8><link rel=stylesheet href=./style-1.css>\
    <link rel=manifest href=./app/app.webmanifest><link rel=modulepreload href=./jalons-1.js>\
    </head><script type=module src=./start.js data-module=./jalons-1.js data-wasm=./j.wasm></script>";

/// A page with a manifest and a sheet that loads a font.
fn read(file: &str) -> Result<Vec<u8>> {
    Ok(match file {
        "index.html" => PAGE.into(),
        "style-1.css" => "p{src:url(font.woff2)}".into(),
        _ => bail!("{file} was read, although it names no other file"),
    })
}

fn entry(brotli: usize) -> Entry {
    named("index.html", brotli)
}

fn named(file: &str, brotli: usize) -> Entry {
    Entry { file: file.to_owned(), bytes: 2 * brotli, brotli }
}

fn visit_of(files: &[&str]) -> Visit {
    let files = files.iter().map(|&file| file.to_owned()).collect();
    Visit { size: "390x844".to_owned(), files }
}

#[test]
fn the_page_and_its_sheets_name_what_has_to_be_there() -> Result<()> {
    assert_eq!(
        collect(&read)?,
        [
            "index.html",
            "style-1.css",
            "font.woff2",
            "app/app.webmanifest",
            "jalons-1.js",
            "start.js",
            "j.wasm",
        ]
    );
    Ok(())
}

#[test]
fn a_file_outside_the_apps_folder_is_refused() {
    let outside = |file: &str| match file {
        "style-1.css" => Ok("p{src:url(../x.woff2)}".into()),
        _ => read(file),
    };
    assert!(collect(&outside).is_err_and(|error| error.to_string().contains("../x.woff2")));
    for address in ["/start.js", "../start.js", "", "blob:x"] {
        assert!(local(address).is_err(), "{address}");
    }
}

#[test]
fn a_query_or_fragment_is_no_part_of_the_file_name() {
    assert_eq!(local("./icon.svg?v=2#dark").ok().as_deref(), Some("icon.svg"));
}

#[test]
fn exactly_the_limit_passes_and_one_byte_more_fails() {
    let visit = visit_of(&["index.html", "start.js"]);
    // The last one was asked for at another size.
    let entries = |last| [named("index.html", 60), named("start.js", last), named("bars.js", 9)];
    assert!(judge(&visit, &entries(40), 100).is_ok());
    let error = judge(&visit, &entries(41), 100).map_err(|error| error.to_string());
    let expected = "at 390x844 a first visit loads 101 compressed bytes, 1 over the budget of 100";
    assert_eq!(error, Err(expected.to_owned()));
}

#[test]
fn as_many_files_as_may_be_pass_and_one_more_fails() {
    assert!(judge_requests(&visit_of(&["a", "b", "c"]), 3).is_ok());
    let error = judge_requests(&visit_of(&["a", "b", "c", "d"]), 3);
    let expected = "at 390x844 a first visit asks for 4 files, 1 more than 3";
    assert_eq!(error.map_err(|error| error.to_string()), Err(expected.to_owned()));
}

#[test]
fn what_a_page_asked_for_is_read_as_files_of_the_folder() -> Result<()> {
    let url = "http://127.0.0.1:1";
    let printed = |asked: Value| json!([{ "size": "390x844", "asked": asked }]);
    let read = visits(&printed(json!([format!("{url}/"), format!("{url}/start.js?v=1")])), url)?;
    assert_eq!(read[0].files, ["index.html", "start.js"]);
    assert!(visits(&printed(json!(["http://127.0.0.1:2/start.js"])), url).is_err());
    assert!(visits(&printed(json!([])), url).is_err());
    Ok(())
}

#[test]
fn a_file_that_only_one_size_asks_for_is_measured_once_and_marked() {
    let visits = [visit_of(&["index.html"]), visit_of(&["index.html", "bars.js"])];
    assert_eq!(all_files(&visits), ["index.html", "bars.js"]);
    let table = table(&[entry(60), named("bars.js", 40)], &visits);
    assert!(table.contains("| bars.js     |    80 |        40 |       - |     yes |"), "{table}");
    assert!(table.contains("390x844: 60 of 120000 bytes, 1 of 6 files\n"), "{table}");
    assert!(table.ends_with("390x844: 100 of 120000 bytes, 2 of 6 files\n"), "{table}");
}

#[test]
fn a_part_over_its_limit_is_named_although_all_others_are_small() {
    assert!(judge_chunks(&[entry(60), entry(60)], 60).is_ok());
    let error = judge_chunks(&[entry(1), entry(61)], 60).map_err(|error| error.to_string());
    let expected = "index.html has 61 compressed bytes, 1 over the budget of a chunk";
    assert_eq!(error, Err(expected.to_owned()));
}
