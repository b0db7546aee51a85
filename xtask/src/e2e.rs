//! The tests that run in a browser: those compiled into WebAssembly, and Playwright's.

use std::process::Command;

use anyhow::Result;

use crate::{
    command,
    project::Project,
    serve, single,
    tools::{
        chromium::{self, Chromium, FLAGS},
        npm,
        wasm::{TARGET, WasmToolchain},
        web_servers,
    },
};

/// Runs `tests/browser`, and the tests beside the code that need a browser, in headless Chromium.
pub(crate) fn browser_tests(
    project: &Project,
    toolchain: WasmToolchain,
    chromium: &Chromium,
) -> Result<()> {
    let settings = project.tools().join("webdriver.json");
    chromium.write_webdriver_json(&settings)?;
    let mut cargo = project.command("cargo");
    cargo
        .args(["test", "--locked", "--target", TARGET, "--lib", "--test", "browser"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", project.tool("wasm-bindgen-test-runner"))
        .env("CHROMEDRIVER", &chromium.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings)
        // The default of 20 s for all tests together is short for a busy machine.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30");
    command::run(toolchain.apply(&mut cargo))
}

/// How often the test command kills the browser.
pub(crate) const KILL_ROUNDS: u32 = 20;

/// Serves `dist/` on a free port and runs `tests/e2e` against it.
pub(crate) fn end_to_end(
    project: &Project,
    chromium: &Chromium,
    kill_rounds: u32,
    arguments: &[String],
) -> Result<()> {
    let servers = web_servers::ensure(project)?;
    single::make(project)?;
    command::run(
        playwright(project, chromium, "tests/e2e", &serve::start(project.dist())?)
            .args(arguments)
            .env("JALONS_CHROMIUM_SHELL", chromium::ensure_shell(project)?)
            .env("JALONS_KILL_ROUNDS", kill_rounds.to_string())
            .env("JALONS_DIST", project.dist())
            .env("JALONS_NGINX", servers.nginx)
            .env("JALONS_NGINX_BROTLI", servers.nginx_brotli.unwrap_or_default())
            .env("JALONS_APACHE", servers.apache)
            .env("JALONS_APACHE_MODULES", servers.apache_modules),
    )
}

/// Playwright, ready to run the tests of a folder in Chromium against an address.
pub(crate) fn playwright(
    project: &Project,
    chromium: &Chromium,
    folder: &str,
    url: &str,
) -> Command {
    let mut playwright = runner(project, folder, url);
    playwright
        .env("JALONS_CHROMIUM", &chromium.browser)
        .env("JALONS_CHROMIUM_FLAGS", FLAGS.join(" "));
    playwright
}

/// Playwright without a browser.
pub(crate) fn runner(project: &Project, folder: &str, url: &str) -> Command {
    let mut playwright = npm::program(project, "@playwright/test/cli.js");
    playwright
        .args(["test", "--config", &format!("{folder}/playwright.config.ts")])
        .env("JALONS_URL", url);
    playwright
}
