//! How much of the compiled code draws: plotters' own functions, crate by crate, and ours.
//!
//! Counted in the module as it was compiled, which still has the names of its functions, before it
//! is cut, bound and made small. What the compiler copied from one function into another counts
//! where it was copied to. Plotters is generic over what it draws on, so much of it is copied into
//! our own drawing: plotters is somewhere between its own line and the sum of both.

use std::{collections::BTreeMap, fmt::Write as _};

use anyhow::{Context, Result};
use wasmparser::{KnownCustom, Name, NameSectionReader, Parser, Payload, TypeRef};

/// The crates that plotters consists of. What writes SVG is one of them.
const CRATES: [&str; 4] = ["plotters", "plotters_backend", "plotters_canvas", "plotters_svg"];

/// The module of the app that draws, the only one that may use plotters.
const OURS: &str = "jalons::charts";

/// The crates whose generic functions every crate makes its own: what is compiled of them belongs
/// to whose types they work on.
const STANDARD: [&str; 3] = ["alloc", "core", "std"];

/// Some functions of a module.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Code {
    functions: usize,
    bytes: u64,
}

impl Code {
    fn add(&mut self, bytes: u64) {
        self.functions += 1;
        self.bytes += bytes;
    }
}

/// The code of a module, and what of it draws.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Share {
    all: Code,
    drawing: BTreeMap<&'static str, Code>,
}

impl Share {
    /// Counts a module that has the names of its functions; fails when it has lost them.
    pub(crate) fn of(module: &[u8]) -> Result<Self> {
        let (mut imported, mut bodies, mut names) = (0, Vec::new(), None);
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    bodies.push(body.range().end - body.range().start);
                }
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(section) = section.as_known() {
                        names = Some(functions(section)?);
                    }
                }
                _ => {}
            }
        }
        let names = names.context("the compiled module has lost the names of its functions")?;
        let mut share = Self::default();
        for bytes in &bodies {
            share.all.add(*bytes);
        }
        for (index, name) in names {
            // What is imported has names, and no code.
            let bytes = (index as usize).checked_sub(imported).and_then(|at| bodies.get(at));
            if let (Some(bytes), Some(owner)) = (bytes, owner(name)) {
                share.drawing.entry(owner).or_default().add(*bytes);
            }
        }
        Ok(share)
    }

    /// What draws, each beside all of the code.
    pub(crate) fn table(&self) -> String {
        let mut text = "Code that draws, as compiled; what of plotters was copied into our own \
                        functions is counted as ours.\n"
            .to_owned();
        let _ = writeln!(text, "  {:<16} {:>9} {:>9} {:>8}", "", "functions", "bytes", "share");
        let of = |name| self.drawing.get(name).copied().unwrap_or_default();
        for name in CRATES {
            self.row(&mut text, name, of(name));
        }
        self.row(&mut text, OURS, of(OURS));
        self.row(&mut text, "all code", self.all);
        text
    }

    fn row(&self, text: &mut String, name: &str, Code { functions, bytes }: Code) {
        #[expect(clippy::cast_precision_loss, reason = "a module has some million bytes")]
        let share = 100.0 * bytes as f64 / self.all.bytes.max(1) as f64;
        let _ = writeln!(text, "  {name:<16} {functions:>9} {bytes:>9} {share:>6.2} %");
    }
}

/// The functions that have a name, by their index in the module.
fn functions(section: NameSectionReader<'_>) -> Result<Vec<(u32, &str)>> {
    let mut names = Vec::new();
    for part in section {
        let Name::Function(functions) = part? else { continue };
        for naming in functions {
            let naming = naming?;
            names.push((naming.index, naming.name));
        }
    }
    Ok(names)
}

/// Whose drawing a function is by its name as the compiler wrote it; `None` when it does not draw.
/// Decisive is the first path in it that leads out of the standard library.
fn owner(name: &str) -> Option<&'static str> {
    // The other form has a hash at the end, and after each crate.
    let name = format!("{:#}", rustc_demangle::demangle(name));
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let path = name.split(|c| !is_part(c)).find(|path| {
        // What begins with colons goes on from a type in brackets.
        path.split_once("::").is_some_and(|(root, _)| !root.is_empty() && !STANDARD.contains(&root))
    })?;
    let is_in = |place: &str| path.strip_prefix(place).is_some_and(|rest| rest.starts_with("::"));
    CRATES.into_iter().chain([OURS]).find(|place| is_in(place))
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, EntityType, Function, FunctionSection, ImportSection, Module, NameMap,
        NameSection, TypeSection,
    };

    use super::*;

    #[test]
    fn a_function_belongs_to_the_first_crate_outside_the_standard_library() {
        for (name, expected) in [
            (
                "_ZN15plotters_canvas6canvas17make_canvas_color17he85b2b00f874fbf3E",
                Some("plotters_canvas"),
            ),
            (
                "_ZN86_$LT$plotters..element..BackendCoordOnly$u20$as$u20$plotters..element..CoordMapper$GT$3map17h72a038629d48dd87E",
                Some("plotters"),
            ),
            // What drops a type is made for that type.
            (
                "_ZN4core3ptr63drop_in_place$LT$plotters..style..font..font_desc..FontDesc$GT$17h327cfb9017db44dbE",
                Some("plotters"),
            ),
            (
                "_ZN76_$LT$jalons..charts..profiles..Profiles$u20$as$u20$jalons..charts..Chart$GT$7picture17h3af47f76043d8ed9E",
                Some(OURS),
            ),
            // Our backend is ours, whoever asks for it.
            (
                "_ZN88_$LT$jalons..charts..canvas..SharpCanvas$u20$as$u20$plotters_backend..DrawingBackend$GT$9draw_line17h3af47f76043d8ed9E",
                Some(OURS),
            ),
            ("_ZN6jalons2ui7drawing7Drawing4draw17h1a7baacce8601fa2E", None),
            ("_ZN6jalons9chartsold4show17h1a7baacce8601fa2E", None),
            ("_ZN5alloc7raw_vec11finish_grow17h1a7baacce8601fa2E", None),
            // The newer form of names, with types in it.
            (
                "_RINvNtCs1234_15plotters_canvas6canvas4fillNtNtCs5678_6jalons6charts5SharpE",
                Some("plotters_canvas"),
            ),
            ("__wbindgen_malloc", None),
        ] {
            assert_eq!(owner(name), expected, "{name}");
        }
    }

    /// One imported function, then functions of two and of four bytes.
    fn module(names: &[(u32, &str)]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("env", "imported", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for nothing in [0, 2] {
            functions.function(0);
            let mut body = Function::new([]);
            for _ in 0..nothing {
                body.instructions().nop();
            }
            body.instructions().end();
            code.function(&body);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&code);
        if !names.is_empty() {
            let mut map = NameMap::new();
            for (index, name) in names {
                map.append(*index, name);
            }
            let mut section = NameSection::new();
            section.functions(&map);
            module.section(&section);
        }
        module.finish()
    }

    #[test]
    fn bytes_are_counted_by_the_names_after_those_of_what_is_imported() -> Result<()> {
        let names = [
            (0, "imported"),
            (1, "_ZN8plotters4draw17h3af47f76043d8ed9E"),
            (2, "_ZN6jalons6charts4show17h3af47f76043d8ed9E"),
        ];
        let share = Share::of(&module(&names))?;
        let expected = Share {
            all: Code { functions: 2, bytes: 6 },
            drawing: BTreeMap::from([
                ("plotters", Code { functions: 1, bytes: 2 }),
                (OURS, Code { functions: 1, bytes: 4 }),
            ]),
        };
        assert_eq!(share, expected);
        let table = share.table();
        assert!(table.contains("  plotters                 1         2  33.33 %\n"), "{table}");
        assert!(table.contains("  plotters_svg             0         0   0.00 %\n"), "{table}");
        assert!(table.ends_with("  all code                 2         6 100.00 %\n"), "{table}");
        Ok(())
    }

    #[test]
    fn a_module_without_names_is_refused() {
        assert!(Share::of(&module(&[])).is_err());
        assert!(Share::of(b"<!doctype html>").is_err());
    }
}
