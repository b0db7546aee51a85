//! Splits the compiled module into a main module for the first visit and chunks that load later.
//!
//! The functions marked with `lazy_chunk` are the split points. Code that only one of them reaches
//! becomes its chunk, code that several reach becomes a shared chunk, and all else stays. This has to
//! come between compiling and binding: it needs the linker's relocations, which binding loses, and
//! only the main module may be bound. trunk does both in one go, so its binding is done once more.

pub(crate) mod imports;
pub(crate) mod shared;
mod stub_exports;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::{Options, transform};

use crate::{command, folders, project::Project, tools::wasm::TARGET};

/// Makes the linker emit relocations, so that code can be moved after linking.
pub(crate) const RELOCATIONS: &str = "-Clink-arg=--emit-relocs";

/// The feature that marks where to cut.
pub(crate) const FEATURE: &str = "split";

/// The script that fetches chunks, without its list of files. `src/platform/chunks.rs` has its name.
const SCRIPT: &str = include_str!("split/chunks.js");

/// Shared chunks up to this size, before they are optimised, go into one common file: many chunks have
/// many combinations, and a request for each would cost more than the bytes.
const MAX_SMALL_BYTES: u64 = 8192;

/// The split module, not yet optimised.
pub(crate) struct Cut {
    pub(crate) wasm: PathBuf,
    pub(crate) glue: PathBuf,
    /// Each becomes a file of its own.
    pub(crate) chunks: Vec<PathBuf>,
    /// Small shared chunks, which go into one common file.
    pub(crate) small: Vec<PathBuf>,
}

/// Splits the module of the last release build.
pub(crate) fn cut(project: &Project) -> Result<Cut> {
    let folder = project.target("split");
    folders::make_empty(&folder)?;
    let compiled = fs::read(project.target(&format!("{TARGET}/release/jalons.wasm")))
        .context("the build left no compiled module")?;
    let main = folder.join("jalons.wasm");
    let compiled = stub_exports::stubbed(&compiled)?;
    let mut options = Options::new(&compiled);
    options.output_dir = &folder;
    options.main_out_path = &main;
    let split = transform(options).map_err(|error| anyhow!("it could not be cut: {error:#}"))?;
    let needs = split.prefetch_map.into_iter().collect();
    let names = names(&needs);
    let (mut chunks, mut small, mut together) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (file, name) in &names {
        let chunk = folder.join(format!("{name}.wasm"));
        fs::rename(folder.join(format!("{file}.wasm")), &chunk)
            .with_context(|| format!("the chunk {name} is missing"))?;
        if !needs.contains_key(name) && fs::metadata(&chunk)?.len() <= MAX_SMALL_BYTES {
            together.insert(*file);
            small.push(chunk);
        } else {
            chunks.push(chunk);
        }
    }
    bind(project, &main)?;
    let glue = folder.join("jalons.js");
    let exported = fs::read_to_string(&glue)? + "\nexport { wasm };\n";
    fs::write(&glue, exported)?;
    fs::write(folder.join("chunks.js"), script(&needs, &names, &together))?;
    Ok(Cut { wasm: folder.join("jalons_bg.wasm"), glue, chunks, small })
}

/// Which files a chunk needs, by the splitter's names for both.
type Needs = BTreeMap<String, Vec<String>>;

/// A name for every file: the chunk it belongs to, or all the chunks that share it.
fn names(needs: &Needs) -> BTreeMap<&str, String> {
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (chunk, files) in needs {
        for file in files {
            users.entry(file).or_default().push(chunk);
        }
    }
    users.into_iter().map(|(file, chunks)| (file, chunks.join("_"))).collect()
}

/// The script that fetches chunks, with the list of files that each of them needs.
fn script(needs: &Needs, names: &BTreeMap<&str, String>, together: &BTreeSet<&str>) -> String {
    let mut script = format!("{SCRIPT}\nconst needs = {{\n");
    for (chunk, files) in needs {
        let (shared, own): (Vec<_>, Vec<_>) =
            files.iter().partition(|file| together.contains(&***file));
        let names = own.into_iter().filter_map(|file| names.get(&**file));
        let mut files: Vec<_> = names.map(|name| format!("{name}.wasm")).collect();
        if !shared.is_empty() {
            files.insert(0, shared::FILE.to_owned());
        }
        let _ = writeln!(script, "  {chunk}: {files:?},");
    }
    script + "};\n"
}

/// Generates the main module's glue, and drops the sections that only this step needs.
fn bind(project: &Project, main: &Path) -> Result<()> {
    let mut bind = project.command(project.tool("wasm-bindgen"));
    bind.args(["--target", "web", "--no-typescript", "--omit-default-module-path"])
        // One of them is the table, by which the chunks and the main module call each other.
        .arg("--keep-lld-exports")
        .args(["--out-name", "jalons", "--out-dir"])
        .arg(main.parent().context("the module lies in no folder")?)
        .arg(main);
    command::run(&mut bind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs() -> Needs {
        let files = |files: &[&str]| files.iter().map(|&file| file.to_owned()).collect();
        Needs::from([
            ("carnet".to_owned(), files(&["chunk_1", "split_carnet"])),
            ("search".to_owned(), files(&["chunk_1", "split_search"])),
        ])
    }

    #[test]
    fn a_file_is_named_after_all_chunks_that_need_it() {
        let needs = needs();
        let expected =
            [("chunk_1", "carnet_search"), ("split_carnet", "carnet"), ("split_search", "search")];
        let expected = expected.map(|(file, name)| (file, name.to_owned()));
        assert_eq!(names(&needs), BTreeMap::from(expected));
    }

    #[test]
    fn the_script_lists_the_files_of_each_chunk() {
        let needs = needs();
        let alone = script(&needs, &names(&needs), &BTreeSet::new());
        assert!(alone.contains(r#"  carnet: ["carnet_search.wasm", "carnet.wasm"],"#), "{alone}");
        let together = script(&needs, &names(&needs), &BTreeSet::from(["chunk_1"]));
        assert!(together.contains(r#"  carnet: ["shared.wasm", "carnet.wasm"],"#), "{together}");
    }
}
