//! The files of a folder as a good static host serves them: with content type, compression, `ETag` and
//! `Cache-Control`.
//!
//! Each file is read and compressed once, and again whenever it was rewritten, because tests
//! put one build in the place of another while the server runs.

use std::{
    collections::HashMap,
    fs,
    hash::Hasher,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use fnv::FnvHasher;
use hyper::body::Bytes;

use crate::{dist, hosting};

/// A folder and its files read so far.
pub(super) struct Files {
    folder: PathBuf,
    read: Mutex<HashMap<PathBuf, Arc<Served>>>,
}

/// A file, ready to be sent.
pub(super) struct Served {
    pub(super) content_type: String,
    /// How long a browser may keep it without asking again.
    pub(super) cache_control: &'static str,
    /// A quoted fingerprint of the content.
    pub(super) etag: String,
    pub(super) content: Bytes,
    /// The compressed content, where it is shorter.
    pub(super) brotli: Option<Bytes>,
    written: Option<SystemTime>,
}

impl Files {
    pub(super) fn of(folder: PathBuf) -> Self {
        Self { folder, read: Mutex::default() }
    }

    /// The file that an address stands for; `None` when there is none.
    pub(super) fn find(&self, address: &str) -> Option<Arc<Served>> {
        let path = self.folder.join(relative(address)?);
        let written = path.metadata().ok().filter(fs::Metadata::is_file)?.modified().ok();
        // Who asks for a file that is being compressed waits for it and does not do it again.
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(served) = read.get(&path).filter(|served| served.written == written) {
            return Some(Arc::clone(served));
        }
        let served = Arc::new(Served::read(&path, written).ok()?);
        read.insert(path, Arc::clone(&served));
        Some(served)
    }
}

impl Served {
    fn read(path: &Path, written: Option<SystemTime>) -> io::Result<Self> {
        let content = fs::read(path)?;
        let content_type = content_type(path);
        let compressed = is_compressible(&content_type).then(|| compress::brotli(&content));
        let brotli = compressed.transpose()?.filter(|brotli| brotli.len() < content.len());
        let mut hasher = FnvHasher::default();
        hasher.write(&content);
        let etag = format!("\"{:016x}\"", hasher.finish());
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let cache_control = if dist::is_hashed(&name) {
            hosting::IMMUTABLE
        } else {
            // Names without a hash change their content from build to build.
            "no-cache"
        };
        let (content, brotli) = (content.into(), brotli.map(Bytes::from));
        Ok(Self { content_type, cache_control, etag, content, brotli, written })
    }
}

/// The path inside the folder that an address asks for. Only plain names pass: no `..`, no hidden
/// file, no `%` encoding and no separator of another system, of all of which a build makes none.
fn relative(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    let is_plain = |name: &str| {
        !name.is_empty()
            && !name.starts_with('.')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    path.split('/').all(is_plain).then_some(path)
}

fn content_type(path: &Path) -> String {
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = mime.type_() == "text" || mime.suffix().is_some() || mime.subtype() == "json";
    if is_text { format!("{mime}; charset=utf-8") } else { mime.to_string() }
}

fn is_compressible(content_type: &str) -> bool {
    content_type.ends_with("charset=utf-8") || content_type == "application/wasm"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_for_the_file_of_that_name() {
        for (address, path) in [
            ("/", "index.html"),
            ("/?utm=x#/page", "index.html"),
            ("/schema/", "schema/index.html"),
            ("/jalons-0f_bg.wasm", "jalons-0f_bg.wasm"),
        ] {
            assert_eq!(relative(address).as_deref(), Some(path), "{address}");
        }
    }

    #[test]
    fn no_address_leads_out_of_the_folder() {
        for address in [
            "/../Cargo.toml",
            "/a/../../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/..%2fCargo.toml",
            "/..\\Cargo.toml",
            "//etc/passwd",
            "/.git/config",
            "/C:/secret",
            "Cargo.toml",
        ] {
            assert_eq!(relative(address), None, "{address}");
        }
    }

    #[test]
    fn every_kind_of_file_gets_the_type_that_browsers_insist_on() {
        for (file, expected) in [
            ("a.wasm", "application/wasm"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.css", "text/css; charset=utf-8"),
            ("a.html", "text/html; charset=utf-8"),
            ("a.svg", "image/svg+xml; charset=utf-8"),
            ("a.png", "image/png"),
            ("a.json", "application/json; charset=utf-8"),
            ("a.webmanifest", "application/manifest+json; charset=utf-8"),
        ] {
            assert_eq!(content_type(Path::new(file)), expected);
        }
    }

    #[test]
    fn a_file_that_was_written_anew_is_read_anew() -> io::Result<()> {
        let folder = std::env::temp_dir().join(format!("jalons-files-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let files = Files::of(folder.clone());
        let page = folder.join("index.html");
        let tag = |content: &str, second| -> io::Result<_> {
            fs::write(&page, content)?;
            let written = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(second);
            fs::File::options().write(true).open(&page)?.set_modified(written)?;
            Ok(files.find("/").map(|served| served.etag.clone()))
        };
        let (first, second) = (tag("<p>one</p>", 1)?, tag("<p>two</p>", 2)?);
        fs::remove_dir_all(folder)?;
        assert!(first.is_some());
        assert!(second.is_some());
        assert_ne!(first, second);
        Ok(())
    }
}
