//! The short names that wasm-opt gave to the imports and exports of a module.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::words;
use crate::split::imports;

/// The name that wasm-opt gives to the only module of imports.
const ALL_IMPORTS: &str = "a";

/// The list of names that wasm-opt printed.
pub(super) struct Names {
    short: BTreeMap<String, String>,
    modules: BTreeSet<String>,
}

impl Names {
    pub(super) fn parse(printed: &str) -> Result<Self> {
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
        Ok(Self { short, modules })
    }

    /// The glue with the short names.
    ///
    /// # Errors
    /// When a name of the module occurs neither in the glue nor among those that chunks import: they
    /// would not fit each other.
    pub(super) fn put_into(&self, glue: &str, imported: &BTreeSet<String>) -> Result<String> {
        let mut result = String::with_capacity(glue.len());
        let mut found = BTreeSet::new();
        let mut copied = 0;
        for (start, word) in words(glue) {
            if let Some(name) = self.short.get(word) {
                found.insert(word);
                result.push_str(&glue[copied..start]);
                result.push_str(name);
                copied = start + word.len();
            }
        }
        result.push_str(&glue[copied..]);
        let is_known = |name: &str| found.contains(name) || imported.contains(name);
        if let Some(name) = self.short.keys().find(|name| !is_known(name)) {
            bail!("the module has the name {name}, which its glue lacks");
        }
        for module in &self.modules {
            let quoted = format!("\"{module}\":");
            if result.matches(&quoted).count() != 1 {
                bail!("the glue does not name the imports of {module} exactly once");
            }
            result = result.replace(&quoted, &format!("{ALL_IMPORTS}:"));
        }
        Ok(result)
    }

    /// A chunk that imports by the short names.
    ///
    /// # Errors
    /// When the main module does not export one of the chunk's imports.
    pub(super) fn put_into_chunk(&self, chunk: &[u8]) -> Result<Vec<u8>> {
        let missing =
            imports::names(chunk)?.into_iter().find(|name| !self.short.contains_key(name));
        if let Some(name) = missing {
            bail!("a chunk imports {name}, which the main module lacks");
        }
        imports::renamed(chunk, &self.short)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = r#"var i;function T(){return{"./j_bg.js":{__wbg_now_0f:()=>Date.now(),a$b:0}}}
        function f(e){return i.__wbindgen_malloc(e),i.memory}export{f as default};"#;

    fn put(printed: &str, imported: &[&str]) -> Result<String> {
        let imported = imported.iter().map(|&name| name.to_owned()).collect();
        Names::parse(printed)?.put_into(GLUE, &imported)
    }

    #[test]
    fn both_sides_know_each_other_by_the_short_names() -> Result<()> {
        let printed = r#"{"imports":[["./j_bg.js","__wbg_now_0f","x"]],
            "exports":[["memory","b"],["__wbindgen_malloc","c"]]}"#;
        let glue = put(printed, &[])?;
        assert!(glue.contains("{a:{x:()=>Date.now(),a$b:0}}"), "{glue}");
        assert!(glue.contains("i.c(e),i.b}"), "{glue}");
        Ok(())
    }

    #[test]
    fn a_name_that_nobody_asks_for_fails_the_build_and_not_the_visit() {
        let printed = r#"{"imports":[],"exports":[["gone","b"]]}"#;
        let message = put(printed, &[]).err().map(|error| error.to_string());
        assert_eq!(message.as_deref(), Some("the module has the name gone, which its glue lacks"));
        assert!(put(printed, &["gone"]).is_ok());
    }
}
