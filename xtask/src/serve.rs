//! A static server for `dist/` on loopback: for looking at the app, and for the end-to-end tests.
//!
//! It never leaves the folder, lists no folder and knows no fallback page, because a host that the
//! app is published on need not have one either.

use std::{
    fs::File,
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use anyhow::{Context, Result, bail};
use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

/// A browser opens six connections to one host; more threads would never have work.
const THREADS: usize = 6;

/// A bound server that does not answer yet.
pub(crate) struct StaticServer {
    server: Arc<Server>,
    folder: PathBuf,
    address: SocketAddr,
}

impl StaticServer {
    /// Binds a port of the loopback address; 0 takes any free one.
    pub(crate) fn bind(folder: PathBuf, port: u16) -> Result<Self> {
        let server = match Server::http(("127.0.0.1", port)) {
            Ok(server) => server,
            Err(error) if is_taken(&*error) => {
                let other = port.checked_add(1).unwrap_or(8080);
                bail!(
                    "port {port} is already in use, so choose another: cargo xtask serve --port {other}"
                );
            }
            Err(error) => bail!("port {port} could not be opened: {error}"),
        };
        let address = server.server_addr().to_ip().context("the server has no IP address")?;
        Ok(Self { server: Arc::new(server), folder, address })
    }

    /// The address to open in a browser.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers in the background for as long as this program runs.
    pub(crate) fn start(&self) {
        for _ in 0..THREADS {
            let server = Arc::clone(&self.server);
            let folder = self.folder.clone();
            thread::spawn(move || answer_all(&server, &folder));
        }
    }

    /// Answers until the program is ended.
    pub(crate) fn run(&self) {
        self.start();
        answer_all(&self.server, &self.folder);
    }
}

fn is_taken(error: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::AddrInUse)
}

fn answer_all(server: &Server, folder: &Path) {
    while let Ok(request) = server.recv() {
        // A browser that goes away in the middle of an answer is no failure of the server.
        let _ = answer(request, folder);
    }
}

fn answer(request: Request, folder: &Path) -> io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(StatusCode(405)));
    }
    let Some((path, file)) = file(folder, request.url()) else {
        return request.respond(Response::from_string("Not found").with_status_code(404));
    };
    let headers = [
        header("Content-Type", &content_type(&path)),
        // Names without a hash change their content from build to build.
        header("Cache-Control", "no-cache"),
        header("X-Content-Type-Options", "nosniff"),
    ];
    let response =
        headers.into_iter().flatten().fold(Response::from_file(file), Response::with_header);
    request.respond(response)
}

fn header(name: &str, value: &str) -> Option<Header> {
    Header::from_bytes(name, value).ok()
}

/// The file that an address stands for, opened.
fn file(folder: &Path, address: &str) -> Option<(PathBuf, File)> {
    let path = folder.join(relative(address)?);
    path.is_file().then(|| File::open(&path).ok().map(|file| (path, file)))?
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

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpStream,
    };

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

    /// Sends the request as written, which no client library would let pass unchanged.
    fn ask(url: &str, request: &str) -> Result<String> {
        let mut stream = TcpStream::connect(url.trim_start_matches("http://"))?;
        write!(stream, "{request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    #[test]
    fn the_server_gives_files_and_refuses_all_else() -> Result<()> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let server = StaticServer::bind(folder, 0)?;
        server.start();
        let found = ask(&server.url(), "GET /serve.rs")?;
        assert!(found.starts_with("HTTP/1.1 200"), "{found}");
        assert!(found.contains("Cache-Control: no-cache"));
        assert!(ask(&server.url(), "GET /../Cargo.toml")?.starts_with("HTTP/1.1 404"));
        assert!(ask(&server.url(), "GET /tools")?.starts_with("HTTP/1.1 404"));
        assert!(ask(&server.url(), "POST /serve.rs")?.starts_with("HTTP/1.1 405"));
        Ok(())
    }

    #[test]
    fn a_taken_port_is_answered_with_the_command_for_another() -> Result<()> {
        let first = StaticServer::bind(PathBuf::new(), 0)?;
        let port = first.address.port();
        let message = StaticServer::bind(PathBuf::new(), port).err().map(|error| error.to_string());
        let start = format!("port {port} is already in use, so choose another: cargo xtask serve");
        assert!(message.is_some_and(|message| message.starts_with(&start)));
        Ok(())
    }
}
