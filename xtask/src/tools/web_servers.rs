//! nginx and Apache, which the tests serve the app with as hosts do.
//!
//! Only the programs are wanted. Debian's nginx is unpacked and not installed, because installing it
//! starts a server on this machine; Apache's programs are a package without one.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::apt;
use crate::{command, project::Project};

const WHY: &str = "a test serves the app with it, by the files in docs/hosting";

/// The programs of the two servers, and what they load.
pub(crate) struct WebServers {
    pub(crate) nginx: PathBuf,
    /// The module that sends files compressed with brotli, where there is one.
    pub(crate) nginx_brotli: Option<PathBuf>,
    pub(crate) apache: PathBuf,
    pub(crate) apache_modules: PathBuf,
}

/// Finds both servers, or gets them from Debian.
pub(crate) fn ensure(project: &Project) -> Result<WebServers> {
    let (nginx, root) = nginx(project)?;
    let nginx_brotli = root.join("usr/lib/nginx/modules/ngx_http_brotli_static_module.so");
    Ok(WebServers {
        nginx,
        nginx_brotli: nginx_brotli.is_file().then_some(nginx_brotli),
        apache: apache(project)?,
        apache_modules: PathBuf::from("/usr/lib/apache2/modules"),
    })
}

/// The program, and the folder that stands for the root of its system.
fn nginx(project: &Project) -> Result<(PathBuf, PathBuf)> {
    const PACKAGES: [&str; 2] = ["nginx", "libnginx-mod-http-brotli-static"];
    if let Some(found) = find("nginx") {
        return Ok((found, PathBuf::from("/")));
    }
    let folder = project.tools().join("nginx");
    let program = folder.join("usr/sbin/nginx");
    if !program.is_file() {
        if !apt::is_here() {
            return Err(missing("nginx"));
        }
        apt::unpack(project, &PACKAGES, &folder, WHY)?;
    }
    let starts = command::output(project.command(&program).arg("-v")).is_some();
    starts.then_some((program, folder)).ok_or_else(|| missing("nginx"))
}

fn apache(project: &Project) -> Result<PathBuf> {
    if let Some(found) = find("apache2") {
        return Ok(found);
    }
    if !apt::is_here() {
        return Err(missing("apache2"));
    }
    apt::ensure(project, &["apache2-bin"], WHY)?;
    find("apache2").context("the package apache2-bin holds no `apache2`")
}

/// A program for the system administrator, whose folder is not on everybody's `PATH`.
fn find(name: &str) -> Option<PathBuf> {
    let elsewhere = Path::new("/usr/sbin").join(name);
    command::find(name).or_else(|| elsewhere.is_file().then_some(elsewhere))
}

fn missing(name: &str) -> anyhow::Error {
    let by_hand = if cfg!(target_os = "macos") {
        format!("brew install {name}")
    } else {
        format!("sudo apt-get install {name}")
    };
    super::missing(name, WHY, "this command can get it only from Debian's packages", &by_hand)
}
