//! Decides whether the app has to be built again, so that a second start is quick.
//!
//! Everything in the checkout counts, unless it is known to leave the app as it is: a new kind of
//! unforeseen input costs a needless build, but never shows an old page.

use std::{fs, hash::Hasher, path::Path};

use anyhow::{Context, Result};
use fnv::FnvHasher;
use walkdir::{DirEntry, WalkDir};

use crate::{project::Project, tools::cargo_tools};

/// The entries of the checkout that do not reach the app: outputs, tests and documents.
const NOT_INPUT: [&str; 9] = [
    "LICENSE",
    "dist",
    "docs",
    "node_modules",
    "playwright-report",
    "publiccode.yml",
    "target",
    "test-results",
    "tests",
];

/// One number for the app's sources, the tools' versions and the compiler.
pub(crate) fn of(project: &Project, compiler: &str) -> Result<String> {
    let mut hasher = FnvHasher::default();
    hasher.write(compiler.as_bytes());
    hasher.write(cargo_tools::TRUNK.as_bytes());
    let top = WalkDir::new(project.root()).sort_by_file_name().into_iter();
    let is_input = |entry: &DirEntry| {
        entry.depth() != 1 || (is_input(entry.path()) && entry.path() != project.tools())
    };
    for entry in top.filter_entry(is_input) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let content = fs::read(entry.path())
                .with_context(|| format!("{} is unreadable", entry.path().display()))?;
            add(&mut hasher, entry.path().strip_prefix(project.root())?, &content);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// The lengths keep a byte that moves from a name into a content from going unseen.
fn add(hasher: &mut FnvHasher, name: &Path, content: &[u8]) {
    let name = name.to_string_lossy();
    for part in [name.as_bytes(), content] {
        hasher.write_u64(part.len() as u64);
        hasher.write(part);
    }
}

fn is_input(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let hidden = name.starts_with('.') && name != ".cargo";
    !hidden && !name.ends_with(".md") && !NOT_INPUT.contains(&&*name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(files: &[(&str, &str)]) -> u64 {
        let mut hasher = FnvHasher::default();
        for (name, content) in files {
            add(&mut hasher, Path::new(name), content.as_bytes());
        }
        hasher.finish()
    }

    #[test]
    fn a_changed_content_and_a_renamed_file_both_count() {
        let before = hash(&[("src/main.rs", "fn main() {}")]);
        assert_eq!(before, hash(&[("src/main.rs", "fn main() {}")]));
        assert_ne!(before, hash(&[("src/main.rs", "fn main() { }")]));
        assert_ne!(before, hash(&[("src/lib.rs", "fn main() {}")]));
        assert_ne!(hash(&[("a", "bc")]), hash(&[("ab", "c")]));
    }

    #[test]
    fn outputs_and_tools_are_no_inputs_and_an_unknown_folder_is() {
        for name in ["dist", "target", ".git", ".tools", "node_modules"] {
            assert!(!is_input(Path::new(name)), "{name}");
        }
        for name in ["src", "public", ".cargo", "Cargo.lock", "some-new-folder"] {
            assert!(is_input(Path::new(name)), "{name}");
        }
    }
}
