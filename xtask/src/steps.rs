//! A run of named steps: each is announced, timed and listed at the end; the first failure ends it.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// The steps done so far.
pub(crate) struct Steps {
    start: Instant,
    done: Vec<(String, Duration)>,
}

impl Steps {
    pub(crate) fn start() -> Self {
        Self { start: Instant::now(), done: Vec::new() }
    }

    /// Announces a step and does it; a failure carries the step's name.
    pub(crate) fn run<T>(&mut self, name: &str, step: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n=== {name}");
        let start = Instant::now();
        let value = step().with_context(|| format!("step \"{name}\" failed"))?;
        let taken = start.elapsed();
        println!("--- {name}: {}", seconds(taken));
        self.done.push((name.to_owned(), taken));
        Ok(value)
    }

    /// Prints every step with its duration, and the whole.
    pub(crate) fn summary(&self) {
        println!("\n{}", self.table(self.start.elapsed()));
    }

    fn table(&self, whole: Duration) -> String {
        let width = self.done.iter().map(|(name, _)| name.len()).max();
        let width = width.unwrap_or_default();
        let mut lines: Vec<_> = self
            .done
            .iter()
            .map(|(name, taken)| format!("  passed  {name:width$}  {:>8}", seconds(*taken)))
            .collect();
        lines.push(format!("All {} steps passed in {}.", self.done.len(), seconds(whole)));
        lines.join("\n")
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_names_every_step_that_passed() {
        let mut steps = Steps::start();
        assert!(steps.run("format", || Ok(())).is_ok());
        let table = steps.table(Duration::from_millis(1500));
        assert!(table.contains("passed  format"));
        assert!(table.ends_with("All 1 steps passed in 1.5 s."));
    }

    #[test]
    fn a_failure_is_told_with_the_name_of_its_step() {
        let failed = Steps::start().run("budget", || -> Result<()> { anyhow::bail!("too big") });
        let message = failed.map_err(|error| format!("{error:#}"));
        assert_eq!(message, Err("step \"budget\" failed: too big".to_owned()));
    }
}
