//! Generates the content of `index.html` before the app starts, from the convention and the app's
//! texts.

use std::{fs, path::Path};

use jalons::{convention::convention, domain::convention::Convention, ui::page::page};

use crate::{Failure, Generated};

const FILE: &str = "index.html";
const START: &str = "<!-- Written by `cargo xtask generate`. -->\n";
const END: &str = "\n    <!-- Until here. -->";

pub(crate) fn generated(root: &Path) -> Result<Generated, Failure> {
    let former = fs::read_to_string(root.join(FILE))?;
    let content = with(&former, &page(convention()))
        .ok_or("index.html lacks the marks between which it is written")?;
    Ok(Generated { path: FILE, content: content.into_bytes() })
}

/// The page with new content between the marks.
fn with(former: &str, content: &str) -> Option<String> {
    let (before, rest) = former.split_once(START)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{START}    <div id=\"app\">{content}</div>{END}{after}"))
}

/// Writes the page's content for another convention.
pub(crate) fn write_about(convention: &Path, file: &Path) -> Result<(), Failure> {
    let convention = Convention::from_json(&fs::read_to_string(convention)?)
        .map_err(|error| format!("{} is no convention: {error}", convention.display()))?;
    Ok(fs::write(file, page(&convention))?)
}
