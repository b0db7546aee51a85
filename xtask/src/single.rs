//! One HTML file that holds the whole app, to be carried on a USB key and opened from there.
//!
//! It is made of a finished `dist/`. A page that was opened from a disk may neither import nor fetch,
//! so the start script and the glue become one module inside the page, and the compiled modules lie
//! there as base64. That is a third more than their bytes and twice their compressed size, but it opens
//! in every browser that the app runs in, in the same way.
//!
//! The page's policy names its script and style by digests: `'self'` means nothing on a disk.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use data_encoding::BASE64;
use lol_html::{RewriteStrSettings, element, html_content::ContentType, rewrite_str};
use sha2::{Digest, Sha256};

use crate::{esbuild, folders, project::Project};

/// The file's name in `target/`. It stays out of `dist/`, which is published as a folder.
pub(crate) const FILE: &str = "jalons.html";

const EMBEDDED: &str = include_str!("single/embedded.js");

/// The argument of the start script's import, as esbuild leaves it.
const MODULE: &str = ".dataset.module)";

/// Writes the single file from `dist/` and returns its path.
pub(crate) fn make(project: &Project) -> Result<PathBuf> {
    let dist = project.dist();
    let page = fs::read_to_string(dist.join("index.html")).context("dist/ holds no page")?;
    let script = bundled(project, &script(&dist, "start-")?, &script(&dist, "jalons-")?)?;
    let single = assembled(&page, &script, &modules(&dist)?)?;
    let file = project.target(FILE);
    fs::write(&file, &single)?;
    println!("{}: {} bytes", file.display(), single.len());
    Ok(file)
}

/// The one script of `dist/` whose name begins so.
fn script(dist: &Path, stem: &str) -> Result<String> {
    let mut files = folders::files(dist)?;
    files.retain(|file| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(stem) && name.ends_with(".js")
    });
    let [file] = &files[..] else {
        bail!("dist/ holds {} scripts {stem}*.js in place of one", files.len());
    };
    Ok(fs::read_to_string(file)?)
}

/// The start script and the glue as one, with nothing left to import and the files of the page in the
/// place of the network.
fn bundled(project: &Project, start: &str, glue: &str) -> Result<String> {
    let folder = project.target("single");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("embedded.js"), EMBEDDED)?;
    fs::write(
        folder.join("glue.js"),
        format!("import {{ fetch }} from \"./embedded.js\";\n{glue}"),
    )?;
    let entry = folder.join("start.js");
    fs::write(&entry, with_static_import(start)?)?;
    let script = esbuild::module(project, &entry)?;
    if script.contains("</script") || script.contains("<!--") {
        bail!("the script would end inside the page before its end");
    }
    Ok(script)
}

/// The start script with the glue at hand in the place of the one import that it waits for.
fn with_static_import(start: &str) -> Result<String> {
    let (before, after) = start.split_once(MODULE).context("the start script imports no glue")?;
    let at = before.rfind("import(").context("the start script does not import its glue")?;
    if after.contains(MODULE) {
        bail!("the start script imports its glue twice");
    }
    let before = &before[..at];
    Ok(format!(
        "import * as embedded from \"./glue.js\";\n{before}Promise.resolve(embedded){after}"
    ))
}

/// The compiled modules, as scripts of a type that no browser runs.
fn modules(dist: &Path) -> Result<String> {
    let mut files = folders::files(dist)?;
    files.retain(|file| file.extension().is_some_and(|end| end == "wasm"));
    let mut modules = String::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let content = BASE64.encode(&fs::read(&file)?);
        let script =
            format!("<script type=\"application/wasm\" data-file=\"{name}\">{content}</script>");
        let _ = writeln!(modules, "{script}");
    }
    Ok(modules)
}

/// The page with its script and modules inside it.
fn assembled(page: &str, script: &str, modules: &str) -> Result<String> {
    let single = rewrite_str(
        page,
        RewriteStrSettings::new()
            .append_element_content_handler(element!("meta[http-equiv]", |meta| {
                if let Some(policy) = meta.get_attribute("content") {
                    meta.set_attribute("content", &on_disk(&policy, &digest(script)))?;
                }
                Ok(())
            }))
            .append_element_content_handler(element!("link[rel]", |link| {
                // The style stands in the page already, and the icon in its address.
                if link.get_attribute("href").is_none_or(|address| !address.starts_with("data:")) {
                    link.remove();
                }
                Ok(())
            }))
            .append_element_content_handler(element!("script[data-module]", |element| {
                for name in ["src", "data-build"] {
                    element.remove_attribute(name);
                }
                element.set_inner_content(script, ContentType::Html);
                Ok(())
            }))
            .append_element_content_handler(element!("body", |body| {
                body.append(modules, ContentType::Html);
                Ok(())
            })),
    )?;
    Ok(single)
}

/// A digest as a policy names it.
fn digest(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text)))
}

/// The policy for a file on a disk, which has no origin: it names the script by its digest.
fn on_disk(policy: &str, script: &str) -> String {
    let directives = policy.split(';').map(|directive| {
        let mut words = directive.split_whitespace();
        let name = words.next().unwrap_or_default();
        let mut sources: Vec<_> = words.filter(|&source| source != "'self'").collect();
        if name == "script-src" {
            sources.push(script);
        }
        if sources.is_empty() && name.ends_with("-src") {
            sources.push("'none'");
        }
        format!("{name} {}", sources.join(" "))
    });
    directives.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html;

    #[test]
    fn on_a_disk_the_policy_has_a_digest_in_the_place_of_an_origin() {
        let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
            style-src 'sha256-a'; img-src 'self' data:";
        assert_eq!(
            on_disk(policy, "'sha256-b'"),
            "default-src 'none'; script-src 'wasm-unsafe-eval' 'sha256-b'; connect-src 'none'; \
             style-src 'sha256-a'; img-src data:"
        );
    }

    #[test]
    fn the_glue_takes_the_place_of_the_one_import_of_it() {
        let start = "async function a(){let{default:b}=await import(c.dataset.module);await b()}";
        assert_eq!(
            with_static_import(start).ok().as_deref(),
            Some(
                "import * as embedded from \"./glue.js\";\n\
                 async function a(){let{default:b}=await Promise.resolve(embedded);await b()}"
            )
        );
        assert!(with_static_import("start()").is_err());
        assert!(with_static_import(&start.repeat(2)).is_err());
    }

    #[test]
    fn the_file_loads_nothing() -> Result<()> {
        let page = "<head><meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">\
            <style>p{}</style><link rel=icon href=data:image/svg+xml,x>\
            <link rel=manifest href=a.webmanifest><link rel=modulepreload href=./b.js></head><body>\
            <script type=module src=./s.js data-module=./b.js data-wasm=./b.wasm></script></body>";
        let single = assembled(page, "start()", "<script type=x>AA</script>")?;
        assert!(single.contains("<style>p{}</style>"), "{single}");
        assert!(single.contains(">start()</script>") && single.contains(">AA</script></body>"));
        assert!(single.contains(&digest("start()")), "{single}");
        // The names by which the scripts find the modules inside the page.
        assert_eq!(html::files(&single)?, ["b.js", "b.wasm"]);
        Ok(())
    }
}
