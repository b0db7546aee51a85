//! Small modules in one file: an empty module with a custom section for each of them.
//!
//! A custom section can hold anything (WebAssembly core specification, section 5.5.3), and browsers
//! return its bytes from `WebAssembly.Module.customSections`.

use wasm_encoder::{CustomSection, Module};

/// The file's name before it is hashed.
pub(crate) const FILE: &str = "shared.wasm";

/// The name of each section. `chunks.js` asks for it by this name.
const SECTION: &str = "chunk";

/// One file with all the modules.
pub(crate) fn bundle(modules: &[Vec<u8>]) -> Vec<u8> {
    let mut file = Module::new();
    for module in modules {
        file.section(&CustomSection { name: SECTION.into(), data: module.into() });
    }
    file.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_module_is_a_section_of_its_own() {
        let file = bundle(&[vec![1, 2], vec![3; 200]]);
        assert_eq!(file[..8], *b"\0asm\x01\0\0\0");
        assert_eq!(file[8..18], [0, 8, 5, b'c', b'h', b'u', b'n', b'k', 1, 2]);
        assert_eq!(file[18..21], [0, 0xce, 1]);
        assert_eq!(file.len(), 21 + 206);
    }
}
