//! Small modules in one file: a module with nothing in it but a section for each of them.
//!
//! A custom section can hold anything (WebAssembly core specification, section 5.5.3), and browsers
//! give its bytes out by `WebAssembly.Module.customSections`.

/// The file's name before it is hashed.
pub(crate) const FILE: &str = "shared.wasm";

/// What each section is called. `chunks.js` asks for it by this name.
const SECTION: &str = "chunk";

/// Begins every module: its magic number and version 1.
const HEADER: [u8; 8] = *b"\0asm\x01\0\0\0";

/// One file with all the modules.
pub(crate) fn together(modules: &[Vec<u8>]) -> Vec<u8> {
    let mut file = HEADER.to_vec();
    for module in modules {
        let mut section = length(SECTION.len());
        section.extend(SECTION.as_bytes());
        section.extend(module);
        file.push(0);
        file.extend(length(section.len()));
        file.extend(section);
    }
    file
}

/// A number as LEB128.
fn length(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_module_is_a_section_of_its_own() {
        let file = together(&[vec![1, 2], vec![3; 200]]);
        assert_eq!(file[..8], HEADER);
        assert_eq!(file[8..18], [0, 8, 5, b'c', b'h', b'u', b'n', b'k', 1, 2]);
        assert_eq!(file[18..21], [0, 0xce, 1]);
        assert_eq!(file.len(), 21 + 206);
    }
}
