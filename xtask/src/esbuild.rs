//! esbuild, which makes scripts and the style sheet small.
//!
//! trunk has a minifier of its own, but it cannot read the glue of today's wasm-bindgen.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{command, project::Project, tools::npm};

/// Older browsers cannot run the app anyway, and newer syntax is shorter.
const SCRIPT: [&str; 3] = ["--minify", "--format=esm", "--target=es2022"];

/// The glue that wasm-bindgen made, reduced to the code that its start function uses. Changes the file.
///
/// Crates that nothing here calls export classes all the same. They go because nobody imports them,
/// once it is known that making a `FinalizationRegistry` has no other effect, and that nothing
/// here asks for `Symbol.dispose`.
pub(crate) fn glue(project: &Project, file: &Path) -> Result<String> {
    let text = fs::read_to_string(file).context("trunk made no glue for the module")?;
    fs::write(file, with_pure_registries(&text))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let folder = file.parent().context("the glue lies in no folder")?;
    run(
        npm::executable(project, "esbuild")
            .current_dir(folder)
            .args(SCRIPT)
            .args(["--bundle", "--define:Symbol.dispose=undefined"]),
        &format!("export {{ default }} from \"./{name}\";"),
    )
}

/// A script bundled with its imports and minified.
pub(crate) fn module(project: &Project, file: &Path) -> Result<String> {
    run(npm::executable(project, "esbuild").arg(file).args(SCRIPT).arg("--bundle"), "")
}

/// A minified style sheet.
pub(crate) fn sheet(project: &Project, text: &str) -> Result<String> {
    run(npm::executable(project, "esbuild").args(["--minify", "--loader=css"]), text)
}

fn run(command: &mut Command, text: &str) -> Result<String> {
    // Only problems are worth a line on the screen, and an escaped `é` would take four bytes.
    let result = command::filter(command.args(["--log-level=warning", "--charset=utf8"]), text)?;
    Ok(result.trim_end().to_owned())
}

fn with_pure_registries(glue: &str) -> String {
    const NEW: &str = "new FinalizationRegistry(";
    glue.replace(NEW, &format!("/* @__PURE__ */ {NEW}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_that_nobody_uses_is_marked_as_free_to_drop() {
        assert_eq!(
            with_pure_registries("const A = new FinalizationRegistry(free);"),
            "const A = /* @__PURE__ */ new FinalizationRegistry(free);"
        );
    }
}
