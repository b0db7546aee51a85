//! Child processes: started without the outer cargo's environment, and failing in one sentence.

use std::{
    env,
    ffi::OsStr,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

/// Variables that `cargo run` sets for this program. A child cargo that inherits them sees other
/// values than a cargo typed by hand, and would rebuild crates at every change between the two.
const FROM_OUTER_CARGO: [&str; 4] = ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_BIN_", "CARGO_CRATE_"];

/// A command without the variables that the outer cargo set for this program alone.
pub(crate) fn clean(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let from_cargo = FROM_OUTER_CARGO.iter().any(|start| text.starts_with(start));
        if from_cargo || text == "CARGO" || text == "CARGO_PRIMARY_PACKAGE" {
            command.env_remove(&name);
        }
    }
    command
}

/// The command as a person would type it, for messages.
pub(crate) fn typed(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// Runs a command to its end with its output on the screen.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status =
        command.status().with_context(|| format!("`{}` could not be started", typed(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", typed(command));
    }
    Ok(())
}

/// Runs a command that must not hold up its caller: past the limit it is ended and counts as failed.
pub(crate) fn run_within(command: &mut Command, limit: Duration) -> Result<()> {
    let mut child =
        command.spawn().with_context(|| format!("`{}` could not be started", typed(command)))?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            if status.success() {
                return Ok(());
            }
            bail!("`{}` failed ({status})", typed(command));
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            bail!("`{}` did not end within {} s", typed(command), limit.as_secs());
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// The output of a command that gets a text as its input. The command has to read all of it before it
/// prints, as compilers do: otherwise each could wait for the other.
pub(crate) fn filter(command: &mut Command, text: &str) -> Result<String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{}` could not be started", typed(command)))?;
    if let Some(mut input) = child.stdin.take() {
        // A command that ends without reading reports its reason by its status.
        let _ = input.write_all(text.as_bytes());
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("`{}` failed ({})", typed(command), output.status);
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` printed something else than text", typed(command)))
}

/// The trimmed output of a command; `None` when the command is missing or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The first program of that name on `PATH`.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

/// `PATH` with these folders searched before all others.
pub(crate) fn path_with(first: &[&Path]) -> Result<std::ffi::OsString> {
    let rest = env::var_os("PATH").unwrap_or_default();
    let folders = first.iter().map(|path| path.to_path_buf());
    env::join_paths(folders.chain(env::split_paths(&rest)))
        .context("a folder on PATH has a separator in its name")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_command_is_named_as_it_would_be_typed() {
        let mut command = Command::new("cargo");
        command.args(["fetch", "--locked"]);
        assert_eq!(typed(&command), "cargo fetch --locked");
    }

    #[test]
    fn a_missing_program_has_no_output() {
        assert_eq!(output(&mut Command::new("no-such-program-anywhere")), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_filter_gives_back_what_it_printed_and_fails_with_its_status() {
        assert_eq!(filter(&mut Command::new("cat"), "été").ok().as_deref(), Some("été"));
        let failed = filter(&mut Command::new("false"), "text").map_err(|error| error.to_string());
        assert_eq!(failed, Err("`false` failed (exit status: 1)".to_owned()));
    }

    #[cfg(unix)]
    #[test]
    fn a_command_over_its_limit_is_ended_and_says_so() {
        let ended = run_within(Command::new("sleep").arg("60"), Duration::ZERO);
        let message = ended.map_err(|error| error.to_string());
        assert_eq!(message, Err("`sleep 60` did not end within 0 s".to_owned()));
    }
}
