//! Makes the compiled module and its JavaScript glue small together.
//!
//! Each alone has to keep what the other might use. Seen together, exports that the glue never
//! touches go, with all that only they reach, and the names by which the two know each other become
//! a letter or two: most of them hold a hash, which no compression can shorten.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::{command, esbuild, paths::Sources, project::Project, tools::npm};

/// How wasm-opt makes the module small, in the order of its work.
///
/// Control flow that is taken apart and built anew comes out smaller, and takes two more rounds to
/// settle. The two assumptions hold for what Rust links: its stack ends where memory begins, so that
/// nothing lives in the first kilobyte, and memory starts out as zeros. The sections that are
/// stripped speak to tools and not to browsers.
const OPTIMISE: [&str; 10] = [
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--low-memory-unused",
    "--zero-filled-memory",
    "--strip-producers",
    "--strip-target-features",
    "--minify-imports-and-exports-and-modules",
];

/// The two files, as trunk names them.
pub(crate) struct Module {
    wasm: PathBuf,
    glue: PathBuf,
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
        let glue = glue_name(&name).with_context(|| format!("{name} is no module of trunk's"))?;
        Ok(Self { wasm: wasm.clone(), glue: folder.join(glue) })
    }

    pub(crate) fn wasm(&self) -> &Path {
        &self.wasm
    }

    pub(crate) fn glue(&self) -> &Path {
        &self.glue
    }

    /// Makes both files as small as they get.
    pub(crate) fn shrink(&self, project: &Project, sources: &Sources) -> Result<()> {
        let glue = esbuild::glue(project, &self.glue)?;
        let graph = project.target("exports.json");
        fs::write(&graph, roots(&glue).to_string())?;
        let mut prune = npm::program(project, "binaryen/bin/wasm-metadce");
        prune.arg(&self.wasm).arg("--graph-file").arg(&graph).arg("--output").arg(&self.wasm);
        // It lists all that goes.
        self.read(&mut prune)?;

        let mut optimise = npm::program(project, "binaryen/bin/wasm-opt");
        optimise.args(OPTIMISE).arg(&self.wasm).arg("--output").arg(&self.wasm);
        let names = self.read(&mut optimise)?;
        fs::write(&self.glue, renamed(&glue, &names)?)?;
        sources.refuse_in(&fs::read(&self.wasm)?)
    }

    fn read(&self, command: &mut Command) -> Result<String> {
        command::filter(command, "")
            .with_context(|| format!("{} could not be made smaller", self.wasm.display()))
    }
}

/// The glue that belongs to a module, by its name.
fn glue_name(wasm: &str) -> Option<String> {
    wasm.strip_suffix("_bg.wasm").map(|stem| format!("{stem}.js"))
}

/// What wasm-metadce must keep: every export that has the name of a property the glue reads. Names
/// that the module does not export do no harm.
fn roots(glue: &str) -> Value {
    let read: BTreeSet<_> = words(glue)
        .filter(|&(start, _)| glue[..start].ends_with('.'))
        .map(|(_, word)| word)
        .collect();
    read.into_iter().map(|name| json!({ "name": name, "export": name, "root": true })).collect()
}

/// The glue with the short names that wasm-opt gave, as it printed them.
///
/// # Errors
/// When a name of the module does not occur in the glue: they would not fit each other.
fn renamed(glue: &str, printed: &str) -> Result<String> {
    let names: Value =
        serde_json::from_str(printed).context("wasm-opt printed no list of names")?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut short = BTreeMap::new();
    let mut modules = BTreeSet::new();
    for import in names["imports"].as_array().into_iter().flatten() {
        modules.extend(text(&import[0]));
        short.extend(text(&import[1]).zip(text(&import[2])));
    }
    for export in names["exports"].as_array().into_iter().flatten() {
        short.extend(text(&export[0]).zip(text(&export[1])));
    }

    let mut result = String::with_capacity(glue.len());
    let mut found = BTreeSet::new();
    let mut copied = 0;
    for (start, word) in words(glue) {
        if let Some(name) = short.get(word) {
            found.insert(word);
            result.push_str(&glue[copied..start]);
            result.push_str(name);
            copied = start + word.len();
        }
    }
    result.push_str(&glue[copied..]);
    if let Some(name) = short.keys().find(|name| !found.contains(name.as_str())) {
        bail!("the module has the name {name}, which its glue lacks");
    }
    for module in modules {
        let quoted = format!("\"{module}\":");
        if result.matches(&quoted).count() != 1 {
            bail!("the glue does not name the imports of {module} exactly once");
        }
        // The name that wasm-opt gives to the one module of imports.
        result = result.replace(&quoted, "a:");
    }
    Ok(result)
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

    const GLUE: &str = r#"var i;function T(){return{"./j_bg.js":{__wbg_now_0f:()=>Date.now(),a$b:0}}}
        function f(e){return i.__wbindgen_malloc(e),i.memory}export{f as default};"#;

    #[test]
    fn only_properties_that_the_glue_reads_are_kept_in_the_module() {
        let names = roots(GLUE).as_array().map(|roots| {
            roots.iter().filter_map(|root| root["export"].as_str().map(str::to_owned)).collect()
        });
        let expected = ["__wbindgen_malloc", "js", "memory", "now"].map(str::to_owned).to_vec();
        assert_eq!(names, Some(expected));
    }

    #[test]
    fn both_sides_know_each_other_by_the_short_names() -> Result<()> {
        let printed = r#"{"imports":[["./j_bg.js","__wbg_now_0f","x"]],
            "exports":[["memory","b"],["__wbindgen_malloc","c"]]}"#;
        let glue = renamed(GLUE, printed)?;
        assert!(glue.contains("{a:{x:()=>Date.now(),a$b:0}}"), "{glue}");
        assert!(glue.contains("i.c(e),i.b}"), "{glue}");
        Ok(())
    }

    #[test]
    fn a_name_that_the_glue_lacks_fails_the_build_and_not_the_visit() {
        let printed = r#"{"imports":[],"exports":[["gone","b"]]}"#;
        let message = renamed(GLUE, printed).err().map(|error| error.to_string());
        assert_eq!(message.as_deref(), Some("the module has the name gone, which its glue lacks"));
    }

    #[test]
    fn the_glue_is_found_by_the_name_of_the_module() {
        assert_eq!(glue_name("jalons-0f_bg.wasm").as_deref(), Some("jalons-0f.js"));
        assert_eq!(glue_name("other.wasm"), None);
    }
}
