//! Makes `dist/` out of trunk's raw output: one style sheet, and a page that carries its policy.
//!
//! The folder is assembled elsewhere and takes the old one's place by a rename, so that a failure
//! leaves the last good build in place. Steps that have to run in order belong here and not into
//! trunk's hooks, which all start at the same moment.

use std::{collections::HashSet, fs, hash::Hasher, path::Path};

use anyhow::{Context, Result, bail};
use fnv::FnvHasher;

use crate::{css, html, project::Project};

/// Finishes the raw folder into `dist/`.
pub(crate) fn make(project: &Project, raw: &Path) -> Result<()> {
    let staging = project.target("dist.staging");
    let old = project.target("dist.old");
    for leftover in [&staging, &old] {
        remove_folder(leftover)?;
    }
    copy_folder(raw, &staging)?;
    finish(&staging)?;

    let dist = project.dist();
    if dist.exists() {
        fs::rename(&dist, &old).context("the old dist could not be moved away")?;
    }
    fs::rename(&staging, &dist).context("the new dist could not be moved into its place")?;
    remove_folder(&old)
}

fn finish(folder: &Path) -> Result<()> {
    let index = folder.join("index.html");
    let page = fs::read_to_string(&index).context("trunk made no index.html")?;
    html::refuse_inline(&page)?;

    let addresses = html::stylesheets(&page)?;
    let sheets = sheet_names(&addresses)?;
    let mut texts = Vec::new();
    for name in &sheets {
        let path = folder.join(name);
        let text = fs::read_to_string(&path);
        texts.push(text.with_context(|| format!("the style sheet {name} could not be read"))?);
        fs::remove_file(path)?;
    }
    let (name, text) = merge(&texts)?;
    fs::write(folder.join(&name), text)?;
    fs::write(index, html::with_sheet_and_policy(&page, &format!("./{name}"))?)?;
    Ok(())
}

/// The file names of the linked sheets. A sheet in a folder would have its relative addresses point
/// elsewhere once merged, and one that is linked twice would change the cascade.
fn sheet_names(addresses: &[String]) -> Result<Vec<&str>> {
    let mut seen = HashSet::new();
    addresses
        .iter()
        .map(|address| {
            let name = address.strip_prefix("./").unwrap_or(address);
            if name.contains('/') {
                bail!("the style sheet {address} must lie beside index.html");
            }
            if !seen.insert(name) {
                bail!("the style sheet {address} is linked twice");
            }
            Ok(name)
        })
        .collect()
}

/// Joins the sheets in cascade order and names the result after its content.
fn merge(sheets: &[String]) -> Result<(String, String)> {
    let text = sheets.join("\n");
    // Reading it once makes an import or a foreign address fail the build and not the visit.
    css::references(&text)?;
    let mut hasher = FnvHasher::default();
    hasher.write(text.as_bytes());
    Ok((format!("style-{:016x}.css", hasher.finish()), text))
}

fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("{} could not be removed", folder.display()))?;
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("no folder {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_joined_in_the_order_of_the_page() -> Result<()> {
        let (name, text) = merge(&["@layer a,b;".to_owned(), "p{color:red}".to_owned()])?;
        assert_eq!(text, "@layer a,b;\np{color:red}");
        assert_eq!(name, "style-8f29c970c5faf394.css");
        Ok(())
    }

    #[test]
    fn another_content_gets_another_name() -> Result<()> {
        let [first, again, other] = ["p{}", "p{}", "q{}"].map(|css| merge(&[css.to_owned()]));
        let first = first?.0;
        assert_eq!(first, again?.0);
        assert_ne!(first, other?.0);
        Ok(())
    }

    #[test]
    fn a_sheet_with_an_import_is_not_published() {
        assert!(merge(&["@import 'x.css';".to_owned()]).is_err());
    }

    #[test]
    fn a_sheet_in_a_folder_or_linked_twice_is_refused() {
        assert!(sheet_names(&["./css/a.css".to_owned()]).is_err());
        assert!(sheet_names(&["./a.css".to_owned(), "a.css".to_owned()]).is_err());
        assert_eq!(sheet_names(&["./a.css".to_owned()]).ok(), Some(vec!["a.css"]));
    }
}
