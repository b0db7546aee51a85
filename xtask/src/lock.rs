//! The versions that `Cargo.lock` fixes and that a tool outside cargo has to match.

use std::fs;

use anyhow::{Context, Result};

use crate::project::Project;

/// The version of a package as the checkout's `Cargo.lock` has it.
pub(crate) fn version(project: &Project, package: &str) -> Result<String> {
    let text = fs::read_to_string(project.root().join("Cargo.lock"))
        .context("Cargo.lock could not be read")?;
    version_in(&text, package)
}

fn version_in(lock: &str, package: &str) -> Result<String> {
    let table: toml::Table = lock.parse().context("Cargo.lock is not valid TOML")?;
    table
        .get("package")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .find(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))
        .and_then(|entry| entry.get("version"))
        .and_then(toml::Value::as_str)
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock names no package `{package}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
        version = 4
        [[package]]
        name = "wasm-bindgen-futures"
        version = "0.4.80"
        dependencies = ["wasm-bindgen"]
        [[package]]
        name = "wasm-bindgen"
        version = "0.2.130"
    "#;

    #[test]
    fn the_version_is_that_of_the_package_with_exactly_this_name() {
        assert_eq!(version_in(LOCK, "wasm-bindgen").ok().as_deref(), Some("0.2.130"));
    }

    #[test]
    fn a_package_that_is_not_locked_is_an_error_with_its_name() {
        let message = version_in(LOCK, "leptos").map_err(|error| error.to_string());
        assert_eq!(message, Err("Cargo.lock names no package `leptos`".to_owned()));
    }
}
