//! Runs a command in the background, and ends it when its handle is dropped.

use std::{
    fs::File,
    io,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::{Context, Result, bail};

use crate::command;

/// A running command. Its output goes to a file, which `join` prints.
pub(crate) struct BackgroundCommand {
    child: Child,
    typed: String,
    output: PathBuf,
    /// Cleared at the command's end: its process group id may be reused then.
    runs: Arc<AtomicBool>,
}

impl BackgroundCommand {
    /// Starts a command in a group of its own, so that it can be ended with all it has started.
    pub(crate) fn start(command: &mut Command, output: PathBuf) -> Result<Self> {
        let typed = command::typed(command);
        let file =
            File::create(&output).with_context(|| format!("no file {}", output.display()))?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let child = command.spawn().with_context(|| format!("`{typed}` could not be started"))?;
        let (group, runs) = (child.id(), Arc::new(AtomicBool::new(true)));
        let still = runs.clone();
        // A terminal sends its signals to the caller's group alone.
        ctrlc::set_handler(move || {
            if still.load(Ordering::SeqCst) {
                end(group);
            }
            std::process::exit(130);
        })?;
        Ok(Self { child, typed, output, runs })
    }

    /// Waits for the end of the command, and then prints its output.
    pub(crate) fn join(mut self) -> Result<()> {
        let status = self.child.wait()?;
        self.runs.store(false, Ordering::SeqCst);
        io::copy(&mut File::open(&self.output)?, &mut io::stdout())?;
        if !status.success() {
            bail!("`{}` failed ({status})", self.typed);
        }
        Ok(())
    }
}

impl Drop for BackgroundCommand {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            end(self.child.id());
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Ends all processes of a group.
fn end(group: u32) {
    let _ = Command::new("kill").args(["-TERM", "--", &format!("-{group}")]).status();
}

#[cfg(all(test, unix))]
mod tests {
    use std::{env, fs, thread, time::Duration};

    use super::*;

    #[test]
    fn a_dropped_command_ends_with_all_processes_that_it_started() {
        let output = env::temp_dir().join(format!("jalons-background-{}", std::process::id()));
        let mut shell = Command::new("sh");
        shell.args(["-c", "sleep 60 & echo $!; wait"]);
        let command = BackgroundCommand::start(&mut shell, output.clone()).expect("a shell");
        let until = |done: &dyn Fn() -> bool| {
            (0..1_000).any(|_| {
                done() || {
                    thread::sleep(Duration::from_millis(5));
                    false
                }
            })
        };
        let printed = || fs::read_to_string(&output).unwrap_or_default();
        assert!(until(&|| printed().ends_with('\n')));
        let sleeper = printed();
        let runs = || command::output(Command::new("kill").args(["-0", sleeper.trim()])).is_some();
        assert!(runs());
        drop(command);
        assert!(until(&|| !runs()));
        fs::remove_file(output).expect("a file of our own");
    }
}
