//! Waiting times while the app is used, and the growth of memory by ten thousand ticks.

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{
    command, e2e, markdown_table::markdown_table, project::Project, serve,
    tools::chromium::Chromium,
};

/// The most that 98 of 100 actions may take until the page shows them, and any task.
const LIMIT_MS: f64 = 50.0;

/// The most by which memory may grow: one page of WebAssembly's memory.
const PAGE_BYTES: f64 = 65_536.0;

/// The measurements of one run.
pub(crate) struct Usage {
    screens: Vec<Screen>,
    /// The size of the module's memory before and after the ticks, in bytes.
    memory: [f64; 2],
    ticks: f64,
}

/// One screen: its name, the sorted durations of its actions, and its long tasks, in ms.
struct Screen {
    name: String,
    took: Vec<f64>,
    tasks: Vec<f64>,
}

/// Has the browser use `dist/`.
pub(super) fn measure(project: &Project, chromium: &Chromium) -> Result<Usage> {
    let folder = project.target("bench");
    fs::create_dir_all(&folder)?;
    let mut playwright =
        e2e::playwright(project, chromium, "tests/bench/use", &serve::start(project.dist())?);
    command::run(playwright.env("JALONS_FIGURES", &folder))?;
    let read = |name: &str| -> Result<Value> {
        let text = fs::read_to_string(folder.join(name));
        Ok(serde_json::from_str(&text.with_context(|| format!("{name} was not measured"))?)?)
    };
    Usage::read(&read("use.json")?, &read("memory.json")?)
}

impl Usage {
    fn read(screens: &Value, memory: &Value) -> Result<Self> {
        let number = |key: &str| memory[key].as_f64().context("memory was not measured");
        let screens = screens.as_array().context("no screen was measured")?;
        let screens = screens.iter().map(Screen::read).collect::<Result<_>>()?;
        let memory = [number("before")?, number("after")?];
        Ok(Self { screens, memory, ticks: number("ticks")? })
    }

    /// The better of two measurements for each screen: other work of the machine makes a time longer and
    /// never shorter.
    pub(super) fn or_better(self, other: Self) -> Self {
        let pairs = self.screens.into_iter().zip(other.screens);
        let screens = pairs.map(|(one, other)| if other.is_better(&one) { other } else { one });
        let grown = |memory: [f64; 2]| memory[1] - memory[0];
        let memory =
            if grown(other.memory) < grown(self.memory) { other.memory } else { self.memory };
        Self { screens: screens.collect(), memory, ticks: self.ticks }
    }

    pub(crate) fn tables(&self) -> String {
        let head = ["screen", "actions", "median", "98 of 100", "long tasks", "longest"];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for screen in &self.screens {
            let longest = screen.tasks.iter().copied().max_by(f64::total_cmp);
            rows.push(vec![
                screen.name.clone(),
                screen.took.len().to_string(),
                format!("{:.1} ms", screen.share(50)),
                format!("{:.1} ms", screen.share(98)),
                screen.tasks.len().to_string(),
                longest.map_or_else(|| "-".to_owned(), |longest| format!("{longest:.0} ms")),
            ]);
        }
        let [before, after] = self.memory.map(|bytes| bytes / PAGE_BYTES);
        let sentence = format!(
            "The module's memory before and after {:.0} ticks: {before:.0} and {after:.0} pages of \
             64 KiB.",
            self.ticks
        );
        format!("{}\n{sentence}\n", markdown_table(&rows))
    }

    /// The limits that did not hold, a sentence each.
    pub(crate) fn excess(&self) -> Vec<String> {
        let mut found = Vec::new();
        for screen in &self.screens {
            let at_worst = screen.share(98);
            if at_worst >= LIMIT_MS {
                found.push(format!(
                    "{}: 98 of 100 actions take up to {at_worst:.1} ms, not less than {LIMIT_MS} ms",
                    screen.name
                ));
            }
            if !screen.tasks.is_empty() {
                found.push(format!(
                    "{}: {} tasks of more than {LIMIT_MS} ms",
                    screen.name,
                    screen.tasks.len()
                ));
            }
        }
        let [before, after] = self.memory;
        if after - before > PAGE_BYTES {
            found.push(format!(
                "the module's memory grew by {:.0} pages in {:.0} ticks",
                (after - before) / PAGE_BYTES,
                self.ticks
            ));
        }
        found
    }
}

impl Screen {
    fn read(screen: &Value) -> Result<Self> {
        let name = screen["screen"].as_str().context("a screen has no name")?.to_owned();
        let times = |key: &str| {
            let times = screen[key].as_array().with_context(|| format!("{name} has no `{key}`"))?;
            let mut times: Vec<_> = times.iter().filter_map(Value::as_f64).collect();
            times.sort_unstable_by(f64::total_cmp);
            anyhow::Ok(times)
        };
        let (took, tasks) = (times("took")?, times("tasks")?);
        Ok(Self { name, took, tasks })
    }

    /// A percentile of the durations.
    fn share(&self, hundredths: usize) -> f64 {
        let place = (self.took.len() * hundredths).div_ceil(100);
        self.took.get(place.saturating_sub(1)).copied().unwrap_or(f64::INFINITY)
    }

    fn is_better(&self, than: &Self) -> bool {
        let rank = |screen: &Self| (screen.tasks.len(), screen.share(98));
        rank(self) < rank(than)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn usage(took: &[f64], tasks: &[f64], after: f64) -> Result<Usage> {
        let screens = json!([{ "screen": "home", "took": took, "tasks": tasks }]);
        Usage::read(&screens, &json!({ "before": PAGE_BYTES, "after": after, "ticks": 10_000 }))
    }

    #[test]
    fn two_of_a_hundred_actions_may_be_slow_and_no_task_may_be_long() -> Result<()> {
        let mut took = vec![10.0; 98];
        took.extend([80.0, 90.0]);
        assert!(usage(&took, &[], PAGE_BYTES)?.excess().is_empty());
        let excess = usage(&took, &[62.0], PAGE_BYTES)?.excess();
        assert_eq!(excess, ["home: 1 tasks of more than 50 ms"]);
        took.push(80.0);
        let excess = usage(&took, &[], PAGE_BYTES)?.excess();
        assert_eq!(excess, ["home: 98 of 100 actions take up to 80.0 ms, not less than 50 ms"]);
        Ok(())
    }

    #[test]
    fn memory_may_grow_by_one_page() -> Result<()> {
        assert!(usage(&[1.0], &[], 2.0 * PAGE_BYTES)?.excess().is_empty());
        let excess = usage(&[1.0], &[], 3.0 * PAGE_BYTES)?.excess();
        assert_eq!(excess, ["the module's memory grew by 2 pages in 10000 ticks"]);
        Ok(())
    }

    #[test]
    fn of_two_measurements_the_better_one_counts_screen_by_screen() -> Result<()> {
        let slow = usage(&[90.0], &[80.0], PAGE_BYTES)?;
        let better = slow.or_better(usage(&[20.0], &[], 9.0 * PAGE_BYTES)?);
        assert!(better.excess().is_empty(), "{:?}", better.excess());
        Ok(())
    }
}
