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
    Entry { file: "index.html".to_owned(), bytes: 2 * brotli, brotli }
}

#[test]
fn a_first_visit_is_the_page_and_all_that_it_and_its_sheets_name() -> Result<()> {
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
    assert!(judge(&[entry(60), entry(40)], 100).is_ok());
    let error = judge(&[entry(60), entry(41)], 100).map_err(|error| error.to_string());
    let expected = "a first visit loads 101 compressed bytes, 1 over the budget of 100";
    assert_eq!(error, Err(expected.to_owned()));
}

#[test]
fn five_files_pass_and_one_more_fails() {
    assert!(judge_requests(5, 5).is_ok());
    let error = judge_requests(6, 5).map_err(|error| error.to_string());
    assert_eq!(error, Err("a first visit asks for 6 files, 1 more than 5".to_owned()));
}

#[test]
fn parts_are_the_modules_that_a_first_visit_leaves_out() {
    let names = ["start.js", "search-1.wasm", "j.wasm", "carnet-1.wasm"].map(str::to_owned);
    let later = parts(names.to_vec(), &["j.wasm".to_owned()]);
    assert_eq!(later, ["carnet-1.wasm", "search-1.wasm"]);
}

#[test]
fn a_part_over_its_limit_is_named_although_all_others_are_small() {
    assert!(judge_parts(&[entry(60), entry(60)], 60).is_ok());
    let error = judge_parts(&[entry(1), entry(61)], 60).map_err(|error| error.to_string());
    let expected = "index.html has 61 compressed bytes, 1 over the budget of a part";
    assert_eq!(error, Err(expected.to_owned()));
}

#[test]
fn the_table_ends_with_the_sum() {
    let table = table(&[entry(60), entry(40)]);
    assert!(table.lines().last().is_some_and(|line| line.ends_with("200        100  of 120000")));
}
