use super::*;

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
fn a_chunk_over_its_limit_is_named_although_all_others_are_small() {
    assert!(judge_chunks(&[entry(60), entry(60)], 60).is_ok());
    let error = judge_chunks(&[entry(1), entry(61)], 60).map_err(|error| error.to_string());
    let expected = "index.html has 61 compressed bytes, 1 over the budget of a chunk";
    assert_eq!(error, Err(expected.to_owned()));
}
