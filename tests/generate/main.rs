//! Generates the committed files that derive from others, or checks them: the content of
//! `index.html` before the app starts, the published JSON Schemas, and the PNG icons.
//!
//! It is a test without a harness, so that it is compiled and run with the native tests. `cargo
//! xtask generate` makes it write. Given a convention's file and an output path, it writes the
//! page's content for that convention, for a benchmark that needs a large one.

mod icons;
mod page;
mod schemas;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// An error for developers.
type Failure = Box<dyn std::error::Error>;

/// The expected content of a file.
struct Generated {
    /// Its path inside the repository.
    path: &'static str,
    content: Vec<u8>,
}

fn main() -> ExitCode {
    let words: Vec<_> = env::args().skip(1).collect();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["--write"] => write(),
        ["--page-of", convention, file] => page::write_about(convention.as_ref(), file.as_ref()),
        // Any other arguments that cargo passes to tests.
        _ => check(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn all() -> Result<Vec<Generated>, Failure> {
    let mut files = vec![page::generated(root())?];
    files.extend(schemas::generated()?);
    files.extend(icons::generated(root())?);
    Ok(files)
}

/// The files that differ from their expected content.
fn outdated() -> Result<Vec<(PathBuf, Generated)>, Failure> {
    let files = all()?.into_iter().map(|file| (root().join(file.path), file));
    Ok(files.filter(|(path, file)| fs::read(path).ok().as_ref() != Some(&file.content)).collect())
}

fn write() -> Result<(), Failure> {
    for (path, file) in outdated()? {
        fs::write(path, &file.content)?;
        println!("{} is written anew.", file.path);
    }
    Ok(())
}

fn check() -> Result<(), Failure> {
    let outdated: Vec<_> = outdated()?.iter().map(|(_, file)| file.path).collect();
    if outdated.is_empty() {
        println!("What is generated is up to date.");
        return Ok(());
    }
    Err(format!("out of date, `cargo xtask generate` writes it anew: {}", outdated.join(", "))
        .into())
}
