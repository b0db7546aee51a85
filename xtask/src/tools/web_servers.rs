//! nginx and Apache, which the tests serve the app with as hosts do.
//!
//! Only the programs are wanted. Debian's nginx is unpacked and not installed, because installing it
//! starts a server on this machine; Apache's programs are a package without one.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{apt, system_package::SystemPackage};
use crate::{command, project::Project};

const WHY: &str = "a test serves the app with it, by the files in docs/hosting";

const APACHE: SystemPackage = SystemPackage {
    name: "apache2",
    why: WHY,
    debian: &["apache2-bin"],
    others: ["brew install httpd", "winget install ApacheLounge.httpd", "sudo dnf install httpd"],
};

/// The programs of the two servers, and their modules.
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
        apache: APACHE.ensure(project, || find("apache2"))?,
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
        if !apt::is_available() {
            return Err(missing());
        }
        apt::unpack(project, &PACKAGES, &folder, WHY)?;
    }
    let starts = command::output(project.command(&program).arg("-v")).is_some();
    starts.then_some((program, folder)).ok_or_else(missing)
}

/// A program for the system administrator, whose folder is not on everybody's `PATH`.
fn find(name: &str) -> Option<PathBuf> {
    command::find(name).or_else(|| {
        let path = Path::new("/usr/sbin").join(name);
        path.is_file().then_some(path)
    })
}

fn missing() -> anyhow::Error {
    let by_hand =
        if cfg!(target_os = "macos") { "brew install nginx" } else { "sudo apt-get install nginx" };
    let obstacle = "this command can get it only from Debian's packages";
    super::missing("nginx", WHY, obstacle, by_hand)
}
