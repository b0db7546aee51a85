//! The imports of a chunk from the main module: listed, so that the main module keeps them, and renamed
//! as the main module renames its exports.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};

use anyhow::{Context, Result};
use wasm_encoder::{
    ImportSection, Module,
    reencode::{Error, Reencode, utils},
};
use wasmparser::{CustomSectionReader, ImportSectionReader, Parser, Payload};

/// The names that a chunk imports from the main module.
pub(crate) fn names(chunk: &[u8]) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for payload in Parser::new(0).parse_all(chunk) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                names.insert(import?.name.to_owned());
            }
        }
    }
    Ok(names)
}

/// The chunk with renamed imports.
pub(crate) fn renamed(chunk: &[u8], names: &BTreeMap<String, String>) -> Result<Vec<u8>> {
    let mut module = Module::new();
    Rename { names }
        .parse_core_module(&mut module, Parser::new(0), chunk)
        .context("the imports of a chunk could not be renamed")?;
    Ok(module.finish())
}

struct Rename<'a> {
    names: &'a BTreeMap<String, String>,
}

impl Reencode for Rename<'_> {
    type Error = Infallible;

    /// Drops the names of functions, which only debuggers read.
    fn parse_custom_section(
        &mut self,
        module: &mut Module,
        section: CustomSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        if section.name() == "target_features" {
            utils::parse_custom_section(self, module, section)?;
        }
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for import in section.into_imports() {
            let import = import?;
            let name = self.names.get(import.name).map_or(import.name, String::as_str);
            imports.import(import.module, name, self.entity_type(import.ty)?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CustomSection, EntityType, GlobalType, MemoryType, ValType};

    use super::*;

    fn chunk() -> Vec<u8> {
        let memory = MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        };
        let stack = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        let mut imports = ImportSection::new();
        imports.import("main", "memory", EntityType::Memory(memory));
        imports.import("main", "stack", EntityType::Global(stack));
        let mut module = Module::new();
        module.section(&imports);
        module.section(&CustomSection { name: "name".into(), data: b"\0"[..].into() });
        module.finish()
    }

    #[test]
    fn the_imports_of_a_chunk_are_listed_and_renamed() -> Result<()> {
        assert_eq!(names(&chunk())?.into_iter().collect::<Vec<_>>(), ["memory", "stack"]);
        let short = BTreeMap::from([("memory".to_owned(), "b".to_owned())]);
        let renamed = renamed(&chunk(), &short)?;
        assert_eq!(names(&renamed)?.into_iter().collect::<Vec<_>>(), ["b", "stack"]);
        Ok(())
    }

    #[test]
    fn names_for_people_go() -> Result<()> {
        assert!(renamed(&chunk(), &BTreeMap::new())?.len() < chunk().len());
        Ok(())
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(names(b"<!doctype html>").is_err());
    }
}
