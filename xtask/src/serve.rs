//! A static server for `dist/` on loopback: for looking at the app, and for the end-to-end tests.
//!
//! It never leaves the folder, lists no folder and knows no fallback page, because a host that the
//! app is published on need not have one either. It answers as a good host does: with brotli where the
//! browser accepts it, with a year of caching for hashed names, and with 304 for unchanged files. So
//! measurements against it match published apps.

mod files;

use std::{
    convert::Infallible,
    io,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    sync::Arc,
    thread,
};

use anyhow::{Context, Result, bail};
use http_body_util::Full;
use hyper::{
    Method, Request, Response, StatusCode,
    body::Bytes,
    header::{
        ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName,
        IF_NONE_MATCH, VARY, X_CONTENT_TYPE_OPTIONS,
    },
    http,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, runtime, task};

use files::Files;

/// A response.
type Answer = http::Result<Response<Full<Bytes>>>;

/// Serves a folder on a free port for as long as this program runs; returns the address.
pub(crate) fn start(folder: PathBuf) -> Result<String> {
    let server = StaticServer::bind(folder, 0)?;
    let url = server.url();
    thread::spawn(move || server.run());
    Ok(url)
}

/// A bound server that does not answer yet.
pub(crate) struct StaticServer {
    listener: TcpListener,
    files: Arc<Files>,
    address: SocketAddr,
}

impl StaticServer {
    /// Binds a port of the loopback address; 0 takes any free one.
    pub(crate) fn bind(folder: PathBuf, port: u16) -> Result<Self> {
        let listener = match TcpListener::bind(("127.0.0.1", port)) {
            Ok(listener) => listener,
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                let other = port.checked_add(1).unwrap_or(8080);
                bail!(
                    "port {port} is already in use, so choose another: cargo xtask serve --port {other}"
                );
            }
            Err(error) => bail!("port {port} could not be opened: {error}"),
        };
        // As the runtime below wants it.
        listener.set_nonblocking(true)?;
        let address = listener.local_addr().context("the server has no address")?;
        Ok(Self { listener, files: Arc::new(Files::of(folder)), address })
    }

    /// The address to open in a browser.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers until the program is ended.
    pub(crate) fn run(self) -> Result<()> {
        let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
        runtime.block_on(answer_all(self.listener, &self.files))
    }
}

async fn answer_all(listener: TcpListener, files: &Arc<Files>) -> Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        // A browser that goes away before or in the middle of an answer is no failure of the server.
        if let Ok((stream, _)) = listener.accept().await {
            task::spawn(answer_one(stream, Arc::clone(files)));
        }
    }
}

/// Answers the requests of one connection.
async fn answer_one(stream: TcpStream, files: Arc<Files>) {
    let answered = service_fn(move |request| {
        let files = Arc::clone(&files);
        async move {
            // Compressing a file delays only the connection that asked for it.
            let answered = task::spawn_blocking(move || answer(&request, &files)).await;
            Ok::<_, Infallible>(
                answered.map_or_else(|_| failed(), |answer| answer.unwrap_or_else(|_| failed())),
            )
        }
    });
    let _ = http1::Builder::new()
        .title_case_headers(true)
        .serve_connection(TokioIo::new(stream), answered)
        .await;
}

fn failed() -> Response<Full<Bytes>> {
    let mut failed = Response::default();
    *failed.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    failed
}

fn answer<B>(request: &Request<B>, files: &Files) -> Answer {
    let plain = |status| Response::builder().status(status).body(Full::default());
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return plain(StatusCode::METHOD_NOT_ALLOWED);
    }
    let Some(served) = files.find(&request.uri().to_string()) else {
        return plain(StatusCode::NOT_FOUND);
    };
    let has = |name: HeaderName, wanted: &str| {
        let values = request.headers().get_all(name).into_iter();
        let mut values = values.filter_map(|value| value.to_str().ok()).flat_map(|v| v.split(','));
        values.any(|value| value.trim() == wanted)
    };
    let answer = Response::builder()
        .header(CACHE_CONTROL, served.cache_control)
        .header(ETAG, &served.etag)
        .header(VARY, "Accept-Encoding")
        .header(X_CONTENT_TYPE_OPTIONS, "nosniff");
    if has(IF_NONE_MATCH, &served.etag) {
        return answer.status(StatusCode::NOT_MODIFIED).body(Full::default());
    }
    let answer = answer.header(CONTENT_TYPE, &served.content_type);
    match &served.brotli {
        Some(brotli) if has(ACCEPT_ENCODING, "br") => {
            answer.header(CONTENT_ENCODING, "br").body(Full::new(brotli.clone()))
        }
        _ => answer.body(Full::new(served.content.clone())),
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpStream,
        path::Path,
        time::Duration,
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
        let url = start(folder)?;
        let found = ask(&url, "GET /serve.rs")?;
        assert!(found.starts_with("HTTP/1.1 200"), "{found}");
        assert!(found.contains("Cache-Control: no-cache"));
        assert!(ask(&url, "GET /../Cargo.toml")?.starts_with("HTTP/1.1 404"));
        assert!(ask(&url, "GET /tools")?.starts_with("HTTP/1.1 404"));
        assert!(ask(&url, "POST /serve.rs")?.starts_with("HTTP/1.1 405"));
        Ok(())
    }

    #[test]
    fn a_browser_gets_brotli_when_it_takes_it_and_nothing_when_it_has_the_file() -> Result<()> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let url = start(folder)?;
        let plain = ask(&url, "GET /steps.rs")?;
        assert!(!plain.contains("Content-Encoding"), "{plain}");
        assert!(plain.contains("//! A run of named steps"));
        let small = ask(&url, "GET /steps.rs\nAccept-Encoding: gzip, deflate, br")?;
        assert!(small.contains("Content-Encoding: br\r\n"), "{small}");
        assert!(small.contains("Vary: Accept-Encoding\r\n"), "{small}");
        assert!(!small.contains("//! A run of named steps"));
        let tag = plain.lines().find_map(|line| line.strip_prefix("Etag: ")).context("no tag")?;
        let again = ask(&url, &format!("GET /steps.rs\nIf-None-Match: {tag}"))?;
        assert!(again.starts_with("HTTP/1.1 304"), "{again}");
        Ok(())
    }

    #[test]
    fn connections_that_stay_open_keep_no_other_waiting() -> Result<()> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let url = start(folder)?;
        // A browser opens several at once, and keeps them.
        let host = url.trim_start_matches("http://");
        let mut open = Vec::new();
        for _ in 0..64 {
            open.push(TcpStream::connect(host)?);
        }
        for stream in open.iter_mut().rev() {
            stream.set_read_timeout(Some(Duration::from_secs(20)))?;
            write!(stream, "GET /steps.rs HTTP/1.1\r\nHost: x\r\n\r\n")?;
            let mut status = [0; 12];
            stream.read_exact(&mut status)?;
            assert_eq!(&status, b"HTTP/1.1 200");
        }
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
