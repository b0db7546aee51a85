//! Saves 3,542 of 121,688 compressed bytes of the first load, and 2,328 of 803,661 of all files: replaces
//! the bodies of unused exports by stubs before the module is split.
//!
//! `wasm-streams`, by which Leptos' server functions would stream, exports three classes that only a page
//! with server functions constructs. The glue drops the classes and pruning drops their functions, but not
//! the code that these reach by the table of functions, which is most of it. So the bodies and their
//! relocations go before splitting: the splitter keeps only reachable code.

use std::{collections::BTreeSet, ops::Range};

use anyhow::{Context, Result, bail};
use wasm_encoder::{CustomSection, Encode, Module, RawSection};
use wasmparser::{ExternalKind, KnownCustom, Parser, Payload, RelocSectionReader, TypeRef};

/// The prefixes of the unused exports' names.
const UNUSED: [&str; 2] = ["intounderlying", "__wbg_intounderlying"];

/// The start of a stub: no locals, and the instruction that traps.
const TRAP: [u8; 2] = [0, 0x00];

/// The instructions that fill and end a stub.
const NOP: u8 = 0x01;
const END: u8 = 0x0b;

/// The module with stubs in the place of the unused exports' bodies. A stub is as long as the body, so that
/// all other relocations hold.
pub(crate) fn stubbed(module: &[u8]) -> Result<Vec<u8>> {
    let bodies = bodies(module)?;
    let mut bytes = module.to_vec();
    for body in &bodies.ranges {
        let body = bytes.get_mut(body.clone()).context("a body lies outside of the module")?;
        let [first, second, rest @ .., end] = body else { bail!("a body is too short to be one") };
        [*first, *second] = TRAP;
        rest.fill(NOP);
        *end = END;
    }
    let mut stubbed = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if let Payload::CustomSection(custom) = &payload
            && let KnownCustom::Reloc(relocations) = custom.as_known()
            && custom.name() == "reloc.CODE"
        {
            let data = without(&relocations, &bodies)?;
            stubbed.section(&CustomSection { name: custom.name().into(), data: data.into() });
        } else if let Some((id, range)) = payload.as_section() {
            let data = bytes.get(place(&range)?).context("a section lies outside of the module")?;
            stubbed.section(&RawSection { id, data });
        }
    }
    Ok(stubbed.finish())
}

/// The places of the bodies that become stubs.
#[derive(Default)]
struct Bodies {
    /// The start of the code section, from which relocations count their offsets.
    code: usize,
    ranges: Vec<Range<usize>>,
}

fn bodies(module: &[u8]) -> Result<Bodies> {
    let mut unused = BTreeSet::new();
    let mut next = 0;
    let mut bodies = Bodies::default();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    next += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    let is_unused = UNUSED.iter().any(|begin| export.name.starts_with(begin));
                    if is_unused && export.kind == ExternalKind::Func {
                        unused.insert(export.index);
                    }
                }
            }
            Payload::CodeSectionStart { range, .. } => bodies.code = place(&range)?.start,
            Payload::CodeSectionEntry(body) => {
                if unused.contains(&next) {
                    bodies.ranges.push(place(&body.range())?);
                }
                next += 1;
            }
            _ => {}
        }
    }
    Ok(bodies)
}

/// The relocations outside of the stubs.
fn without(relocations: &RelocSectionReader<'_>, bodies: &Bodies) -> Result<Vec<u8>> {
    let (mut kept, mut count) = (Vec::new(), 0_u32);
    for entry in relocations.entries() {
        let entry = entry?;
        let at = bodies.code + usize::try_from(entry.offset)?;
        if bodies.ranges.iter().any(|body| body.contains(&at)) {
            continue;
        }
        kept.push(entry.ty as u8);
        entry.offset.encode(&mut kept);
        entry.index.encode(&mut kept);
        if entry.ty.addend_kind() != wasmparser::RelocAddendKind::None {
            entry.addend.encode(&mut kept);
        }
        count += 1;
    }
    let mut data = Vec::new();
    relocations.section_index().encode(&mut data);
    count.encode(&mut data);
    data.extend(kept);
    Ok(data)
}

fn place(range: &Range<u64>) -> Result<Range<usize>> {
    Ok(usize::try_from(range.start)?..usize::try_from(range.end)?)
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection,
        ImportSection, Instruction, TypeSection,
    };

    use super::*;

    /// A module of two exported functions that each call the imported one, with the two calls'
    /// relocations. The section of code begins with the number of functions and the length of the
    /// first; each body is as long as the other.
    fn module(names: [&str; 2]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("page", "act", EntityType::Function(0));
        let (mut functions, mut exports) = (FunctionSection::new(), ExportSection::new());
        let mut code = CodeSection::new();
        for (name, index) in names.into_iter().zip(1..) {
            functions.function(0);
            exports.export(name, ExportKind::Func, index);
            let mut body = Function::new([]);
            body.instruction(&Instruction::Call(0)).instruction(&Instruction::Nop);
            code.function(body.instruction(&Instruction::End));
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&exports);
        module.section(&code);
        // The section of this number has two relocations of calls, by the symbols 7 and 8.
        let relocations = [4, 2, 0, 4, 7, 0, 10, 8];
        module.section(&CustomSection { name: "reloc.CODE".into(), data: relocations[..].into() });
        module.finish()
    }

    fn relocated(module: &[u8]) -> Result<Vec<u32>> {
        let mut symbols = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            if let Payload::CustomSection(custom) = payload?
                && let KnownCustom::Reloc(relocations) = custom.as_known()
            {
                for entry in relocations.entries() {
                    symbols.push(entry?.index);
                }
            }
        }
        Ok(symbols)
    }

    fn code(module: &[u8]) -> Result<Vec<Vec<u8>>> {
        let mut bodies = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            if let Payload::CodeSectionEntry(body) = payload? {
                bodies.push(module[place(&body.range())?].to_vec());
            }
        }
        Ok(bodies)
    }

    #[test]
    fn an_unused_export_becomes_a_stub_and_all_else_stays() -> Result<()> {
        let call = vec![0, 0x10, 0, NOP, END];
        let stub = vec![0, 0x00, NOP, NOP, END];
        let module = module(["start", "intounderlyingsink_close"]);
        assert_eq!(code(&module)?, [call.clone(), call.clone()]);
        assert_eq!(relocated(&module)?, [7, 8]);
        let stubbed = stubbed(&module)?;
        assert_eq!(code(&stubbed)?, [call, stub]);
        assert_eq!(relocated(&stubbed)?, [7]);
        Ok(())
    }

    #[test]
    fn a_module_without_such_exports_is_left_as_it_is() -> Result<()> {
        let module = module(["start", "stop"]);
        assert_eq!(stubbed(&module)?, module);
        Ok(())
    }
}
