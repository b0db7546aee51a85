//! A static server for `dist/` on loopback: for looking at the app, and for the end-to-end tests.
//!
//! It never leaves the folder, lists no folder and knows no fallback page, because a host that the
//! app is published on need not have one either. It sends what a good host sends: brotli to those
//! who take it, files that are named after their content to be kept for ever, and of all others
//! only what changed. What is measured against it is then what people will meet.

mod files;

use std::{io, net::SocketAddr, path::PathBuf, sync::Arc, thread};

use anyhow::{Context, Result, bail};
use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

use files::Files;

/// A browser opens six connections to one host; more threads would never have work.
const THREADS: usize = 6;

/// A bound server that does not answer yet.
pub(crate) struct StaticServer {
    server: Arc<Server>,
    files: Arc<Files>,
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
        Ok(Self { server: Arc::new(server), files: Arc::new(Files::of(folder)), address })
    }

    /// The address to open in a browser.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers in the background for as long as this program runs.
    pub(crate) fn start(&self) {
        for _ in 0..THREADS {
            let server = Arc::clone(&self.server);
            let files = Arc::clone(&self.files);
            thread::spawn(move || answer_all(&server, &files));
        }
    }

    /// Answers until the program is ended.
    pub(crate) fn run(&self) {
        self.start();
        answer_all(&self.server, &self.files);
    }
}

fn is_taken(error: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::AddrInUse)
}

fn answer_all(server: &Server, files: &Files) {
    while let Ok(request) = server.recv() {
        // A browser that goes away in the middle of an answer is no failure of the server.
        let _ = answer(request, files);
    }
}

fn answer(request: Request, files: &Files) -> io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(StatusCode(405)));
    }
    let Some(served) = files.find(request.url()) else {
        return request.respond(Response::from_string("Not found").with_status_code(404));
    };
    let has = |name: &'static str, wanted: &str| {
        let headers = request.headers().iter().filter(|header| header.field.equiv(name));
        let mut values = headers.flat_map(|header| header.value.as_str().split(','));
        values.any(|value| value.trim() == wanted)
    };
    let mut headers = vec![
        header("Cache-Control", served.cache_control),
        header("ETag", &served.etag),
        header("Vary", "Accept-Encoding"),
        header("X-Content-Type-Options", "nosniff"),
    ];
    if has("If-None-Match", &served.etag) {
        let unchanged = Response::empty(StatusCode(304));
        return request.respond(with_all(unchanged, headers));
    }
    headers.push(header("Content-Type", &served.content_type));
    let content = match &served.brotli {
        Some(brotli) if has("Accept-Encoding", "br") => {
            headers.push(header("Content-Encoding", "br"));
            brotli
        }
        _ => &served.content,
    };
    // A length in place of pieces, by which a browser knows how far a download is.
    let response = Response::from_data(content.clone()).with_chunked_threshold(usize::MAX);
    request.respond(with_all(response, headers))
}

fn with_all<R: io::Read>(response: Response<R>, headers: Vec<Option<Header>>) -> Response<R> {
    headers.into_iter().flatten().fold(response, Response::with_header)
}

fn header(name: &str, value: &str) -> Option<Header> {
    Header::from_bytes(name, value).ok()
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpStream,
        path::Path,
    };

    use super::*;

    /// Sends the request as written, which no client library would let pass unchanged; a second
    /// line is a header.
    fn ask(url: &str, request: &str) -> Result<String> {
        let mut stream = TcpStream::connect(url.trim_start_matches("http://"))?;
        let (line, more) = request.split_once('\n').unwrap_or((request, "X: y"));
        write!(stream, "{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{more}\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
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
    fn a_browser_gets_brotli_when_it_takes_it_and_nothing_when_it_has_the_file() -> Result<()> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let server = StaticServer::bind(folder, 0)?;
        server.start();
        let plain = ask(&server.url(), "GET /steps.rs")?;
        assert!(!plain.contains("Content-Encoding"), "{plain}");
        assert!(plain.contains("//! A run of named steps"));
        let small = ask(&server.url(), "GET /steps.rs\nAccept-Encoding: gzip, deflate, br")?;
        assert!(small.contains("Content-Encoding: br\r\n"), "{small}");
        assert!(small.contains("Vary: Accept-Encoding\r\n"), "{small}");
        assert!(!small.contains("//! A run of named steps"));
        let tag = plain.lines().find_map(|line| line.strip_prefix("ETag: ")).context("no tag")?;
        let again = ask(&server.url(), &format!("GET /steps.rs\nIf-None-Match: {tag}"))?;
        assert!(again.starts_with("HTTP/1.1 304"), "{again}");
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
