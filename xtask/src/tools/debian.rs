//! WebAssembly on a Debian machine that cannot reach rustup's server.
//!
//! Debian has a newer rustc together with its sources, but no compiled standard library for the
//! target; that is compiled once from those sources and put into the package's own tree, where the
//! compiler looks for it. A stamp file holds the compiler's version: after a package update the library
//! belongs to another compiler and is compiled again.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use super::{
    apt,
    wasm::{TARGET, has_std},
};
use crate::{command, folders, paths, project::Project};

/// Where Debian's toolchain lives. rustup takes this path as a toolchain name.
pub(crate) const SYSROOT: &str = "/usr";

/// Debian's rustc brings no linker for the target.
pub(crate) const LINKER: &str = "wasm-ld-22";

const LIBRARIES: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/lib";
const STAMP: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/lib/built-by";
const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

/// Whether the packages are there and the standard library belongs to their compiler.
pub(crate) fn is_ready(project: &Project) -> bool {
    compiler(project).is_some_and(|version| {
        let built_by = fs::read_to_string(STAMP).unwrap_or_default();
        built_by.trim() == stamp(&version)
            && has_std(Path::new(LIBRARIES))
            && command::find(LINKER).is_some()
    })
}

/// Installs the packages and compiles the standard library.
pub(crate) fn install(project: &Project) -> Result<()> {
    apt::ensure(project, &PACKAGES, "rustup's WebAssembly target cannot be downloaded here")?;
    let version = compiler(project).context("rustc-web is installed, but /usr/bin/rustc fails")?;
    super::announce(
        &format!("the standard library for {TARGET}, compiled from Debian's sources"),
        "Debian has it only as source (takes a minute, once)",
    );
    let seed = project.tools().join("wasm-std");
    let rlibs = compile(project, &seed)?;
    put_in_place(project, &seed, &rlibs, &version)?;
    folders::remove(&seed)
}

/// Adds Debian's clippy, which checks the app for the target with the compiler that builds it.
pub(crate) fn install_clippy(project: &Project) -> Result<()> {
    apt::ensure(project, &["rust-web-clippy"], "clippy checks the WebAssembly code")
}

/// The content of the stamp: the compiler, and how the library was compiled.
fn stamp(version: &str) -> String {
    format!("{version}, without the paths of this machine")
}

fn compiler(project: &Project) -> Option<String> {
    command::output(project.command("/usr/bin/rustc").arg("-V"))
}

/// Compiles the standard library as the dependency of an empty crate, and lists its files.
fn compile(project: &Project, seed: &Path) -> Result<Vec<PathBuf>> {
    folders::make_empty(seed)?;
    fs::create_dir(seed.join("src"))?;
    fs::write(seed.join("src/lib.rs"), "")?;
    // The empty table keeps cargo from taking the crate for a member of the checkout's workspace.
    let cargo_home = paths::cargo_home(project)?;
    let flags = [
        // Without the bitcode a release build with link-time optimisation fails.
        "-Cembed-bitcode=yes".to_owned(),
        // The library's own panics would name this machine's folders in every app built with it.
        format!("--remap-path-prefix={}=/cargo", cargo_home.display()),
        format!("--remap-path-prefix={SYSROOT}/lib/rustlib/src/rust=/rust"),
    ];
    let manifest = "[package]\nname = \"seed\"\nedition = \"2024\"\n\n[workspace]\n";
    fs::write(seed.join("Cargo.toml"), manifest)?;
    command::run(
        project
            .command("cargo")
            .current_dir(seed)
            .args(["build", "--release", "--target", TARGET, "--target-dir", "target"])
            // `test` is what `cargo test` links for the target.
            .args(["-Z", "build-std=std,panic_abort,test"])
            .env("RUSTUP_TOOLCHAIN", SYSROOT)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")),
    )?;
    let built = seed.join("target").join(TARGET).join("release/deps");
    let rlibs: Vec<_> = fs::read_dir(&built)?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| is_library(path))
        .collect();
    if rlibs.is_empty() {
        bail!("cargo compiled the standard library, but left no library in {}", built.display());
    }
    Ok(rlibs)
}

fn is_library(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".rlib") && !name.starts_with("libseed-")
}

/// Copies the libraries to where the compiler looks, and the stamp last of all.
fn put_in_place(project: &Project, seed: &Path, rlibs: &[PathBuf], version: &str) -> Result<()> {
    let mark_file = seed.join("built-by");
    fs::write(&mark_file, stamp(version))?;
    let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
    let mut copy = words(&["cp", "--target-directory", LIBRARIES]);
    copy.extend(rlibs.iter().map(|path| path.clone().into_os_string()));
    let mut mark = words(&["cp", "--target-directory", LIBRARIES]);
    mark.push(mark_file.into_os_string());
    let Some(root) = apt::as_root(project) else {
        let what = format!("the standard library for {TARGET}");
        let obstacle = format!("putting it into {LIBRARIES} needs root");
        let by_hand = "sudo -v && cargo xtask serve";
        return Err(super::missing(&what, "the app is compiled with it", obstacle, by_hand));
    };
    // Libraries of two compilers side by side would be ambiguous, so the folder starts out empty.
    for step in [words(&["rm", "-rf", LIBRARIES]), words(&["mkdir", "-p", LIBRARIES]), copy, mark] {
        let step: Vec<_> = words(&root).into_iter().chain(step).collect();
        let status = project.command(&step[0]).args(&step[1..]).status()?;
        if !status.success() {
            bail!("the standard library for {TARGET} could not be put into {LIBRARIES}");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_crate_itself_is_not_taken_for_a_part_of_the_library() {
        assert!(is_library(Path::new("deps/libcore-0f.rlib")));
        assert!(!is_library(Path::new("deps/libseed-0f.rlib")));
        assert!(!is_library(Path::new("deps/core-0f.d")));
    }
}
