//! Optimises the compiled module, its JavaScript glue and its chunks together.
//!
//! Each alone has to keep what the others might use. Seen together, exports that neither the glue
//! nor a chunk touches go, with all that only they reach, and the names by which they know each
//! other become a letter or two: most of them hold a hash, which no compression can shorten.

mod names;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::{
    command, dist, esbuild,
    paths::Sources,
    project::Project,
    split::{Cut, imports, shared},
    tools::npm,
};
use names::Names;

/// How wasm-opt makes a module small, in the order of its work.
///
/// Flattened and rebuilt control flow is smaller, and takes two more rounds to settle. The assumption
/// `--low-memory-unused` holds for Rust: the stack ends where memory begins, so that nothing lives in
/// the first kilobyte. The sections that are stripped speak to tools and not to
/// browsers.
const OPTIMISE: [&str; 8] = [
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--low-memory-unused",
    "--strip-producers",
    "--strip-target-features",
];

/// Options for the main module alone: its memory starts out as zeros, and it may choose the names of its
/// imports and exports.
const MAIN: [&str; 2] = ["--zero-filled-memory", "--minify-imports-and-exports-and-modules"];

/// The two files, as trunk names them.
pub(crate) struct Module {
    pub(crate) wasm: PathBuf,
    pub(crate) glue: PathBuf,
}

impl Module {
    /// Finds the one module in trunk's output.
    pub(crate) fn find(folder: &Path) -> Result<Self> {
        let mut modules = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "wasm") {
                modules.push(path);
            }
        }
        let [wasm] = &modules[..] else {
            bail!("trunk made {} modules in place of one", modules.len());
        };
        let name = wasm.file_name().unwrap_or_default().to_string_lossy();
        let stem = name.strip_suffix("_bg.wasm");
        let stem = stem.with_context(|| format!("{name} is no module of trunk's"))?;
        Ok(Self { wasm: wasm.clone(), glue: folder.join(format!("{stem}.js")) })
    }

    /// Replaces both files by those of the split main module and adds the chunks, all optimised.
    pub(crate) fn replace_by(&self, cut: &Cut, project: &Project, sources: &Sources) -> Result<()> {
        let glue = esbuild::glue(project, &cut.glue)?;
        let mut kept: BTreeSet<_> = properties(&glue).map(str::to_owned).collect();
        for chunk in cut.chunks.iter().chain(&cut.small) {
            kept.extend(imports::names(&fs::read(chunk)?)?);
        }
        self.prune(&cut.wasm, &kept, project)?;
        let names = Names::parse(&optimise(&self.wasm, &MAIN, project)?)?;
        sources.refuse_in(&fs::read(&self.wasm)?)?;
        let mut glue = names.put_into(&glue, &kept)?;
        let finished = |chunk: &PathBuf| -> Result<Vec<u8>> {
            fs::write(chunk, names.put_into_chunk(&fs::read(chunk)?)?)?;
            optimise(chunk, &[], project)?;
            let small = fs::read(chunk)?;
            sources.refuse_in(&small)?;
            Ok(small)
        };
        let finished =
            |chunks: &[PathBuf]| -> Result<Vec<_>> { chunks.par_iter().map(finished).collect() };
        let mut files = Vec::new();
        for (chunk, content) in cut.chunks.iter().zip(finished(&cut.chunks)?) {
            let name = chunk.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push((name, content));
        }
        if !cut.small.is_empty() {
            let small = finished(&cut.small)?;
            files.push((shared::FILE.to_owned(), shared::bundle(&small)));
        }
        for (name, content) in files {
            let hashed = dist::hashed(&name, &content);
            fs::write(self.wasm.with_file_name(&hashed), content)?;
            glue = with_file(&glue, &name, &hashed)?;
        }
        fs::write(&self.glue, glue)?;
        Ok(())
    }

    /// Writes the bound module without its unused exports.
    fn prune(&self, bound: &Path, kept: &BTreeSet<String>, project: &Project) -> Result<()> {
        let graph = project.target("exports.json");
        fs::write(&graph, roots(kept).to_string())?;
        let mut prune = npm::program(project, "binaryen/bin/wasm-metadce");
        prune.arg(bound).arg("--graph-file").arg(&graph).arg("--output").arg(&self.wasm);
        // It lists all that goes.
        command::filter(&mut prune, "").context("the module could not be pruned")?;
        Ok(())
    }
}

/// Optimises a module in place, and returns the output of wasm-opt.
fn optimise(wasm: &Path, more: &[&str], project: &Project) -> Result<String> {
    let mut optimise = npm::program(project, "binaryen/bin/wasm-opt");
    optimise.args(OPTIMISE).args(more).arg(wasm).arg("--output").arg(wasm);
    command::filter(&mut optimise, "")
        .with_context(|| format!("{} could not be made smaller", wasm.display()))
}

/// The names of all properties that the glue reads.
fn properties(glue: &str) -> impl Iterator<Item = &str> {
    words(glue).filter(|&(start, _)| glue[..start].ends_with('.')).map(|(_, word)| word)
}

/// The exports that wasm-metadce must keep. Names that the module does not export do no harm.
fn roots(kept: &BTreeSet<String>) -> Value {
    kept.iter().map(|name| json!({ "name": name, "export": name, "root": true })).collect()
}

/// The glue with a chunk's file under its final name.
fn with_file(glue: &str, name: &str, hashed: &str) -> Result<String> {
    let quoted = format!("\"{name}\"");
    if !glue.contains(&quoted) {
        bail!("the glue does not load {name}");
    }
    Ok(glue.replace(&quoted, &format!("\"{hashed}\"")))
}

/// Every identifier of a script with the place where it starts.
fn words(script: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + script[at..].find(is_part)?;
        let rest = &script[start..];
        let word = &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())];
        at = start + word.len();
        Some((start, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_that_the_glue_reads_are_kept_in_the_module() {
        let glue = "function f(e){return i.__wbindgen_malloc(e),i.memory}export{f as default};";
        assert_eq!(properties(glue).collect::<Vec<_>>(), ["__wbindgen_malloc", "memory"]);
        let kept = BTreeSet::from(["memory".to_owned()]);
        assert_eq!(roots(&kept)[0]["export"], "memory");
    }

    #[test]
    fn a_chunk_is_loaded_by_the_name_of_its_content() {
        let glue = r#"x(["a_b.wasm","b.wasm"])"#;
        let named = with_file(glue, "b.wasm", "b-0f.wasm").ok();
        assert_eq!(named.as_deref(), Some(r#"x(["a_b.wasm","b-0f.wasm"])"#));
        assert!(with_file(glue, "c.wasm", "c-0f.wasm").is_err());
    }
}
