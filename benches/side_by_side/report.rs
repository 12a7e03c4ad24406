//! The report: Markdown tables as they come, and the verdicts at its end.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;
use std::{fs, io};

use anyhow::{Context, Result};

use super::measure::{Runs, ratio};

#[derive(Default)]
pub struct Report {
    text: String,
    verdicts: Vec<(bool, String)>,
}

impl Report {
    /// What it was measured on.
    pub fn machine(&mut self) {
        let cpus = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
        let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let load = load.split(' ').next().unwrap_or("unknown").to_owned();
        let now = jiff::Timestamp::now().strftime("%F %R UTC").to_string();
        self.say(&format!(
            "# barpop side by side\n\n{now}, {cpus} processors, load {load} at the beginning. The \
             programs of a table took turns; times are medians."
        ));
    }

    pub fn section(&mut self, title: &str) {
        self.say(&format!("\n## {title}\n"));
    }

    /// A sentence under a table or above it.
    pub fn note(&mut self, text: &str) {
        self.say(&format!("\n{text}"));
    }

    pub fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        self.say(&format!("| {} |", head.join(" | ")));
        let rule: Vec<&str> = head
            .iter()
            .enumerate()
            .map(|(column, _)| if column == 0 { "---" } else { "---:" })
            .collect();
        self.say(&format!("| {} |", rule.join(" | ")));
        for row in rows {
            self.say(&format!("| {} |", row.join(" | ")));
        }
    }

    /// Programs that ran to their end; ratios are to the program of this number.
    pub fn runs(&mut self, programs: &[(&str, &Runs)], reference: usize) {
        let Some((_, base)) = programs.get(reference) else {
            return;
        };
        let rows: Vec<Vec<String>> = programs
            .iter()
            .map(|(name, runs)| {
                vec![
                    (*name).to_owned(),
                    ms(runs.wall.median()),
                    ms(runs.wall.percentile(90)),
                    format!("{:.2}", ratio(runs.wall.median(), base.wall.median())),
                    ms(runs.cpu.median()),
                    format!("{:.2}", ratio(runs.cpu.median(), base.cpu.median())),
                    mib(runs.peak_kib),
                ]
            })
            .collect();
        let head = [
            "program",
            "wall ms",
            "p90",
            "ratio",
            "CPU ms",
            "ratio",
            "peak RSS MiB",
        ];
        self.table(&head, &rows);
    }

    pub fn verdict(&mut self, met: bool, text: &str) {
        self.verdicts.push((met, text.to_owned()));
    }

    /// Ends with the verdicts and writes the file; true when every requirement is met.
    pub fn finish(mut self, file: &Path) -> Result<bool> {
        self.section("Requirements");
        for (met, text) in std::mem::take(&mut self.verdicts) {
            self.say(&format!("- {}: {text}", if met { "ok" } else { "MISSED" }));
            self.verdicts.push((met, text));
        }
        fs::write(file, &self.text).with_context(|| format!("cannot write {}", file.display()))?;
        Ok(self.verdicts.iter().all(|(met, _)| *met))
    }

    fn say(&mut self, line: &str) {
        let _ = writeln!(self.text, "{line}");
        // The file is the report; a closed pipe is no reason to stop.
        let _ = writeln!(io::stdout(), "{line}");
    }
}

/// Milliseconds with the digits that mean something.
pub fn ms(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1e3;
    if ms < 100.0 {
        format!("{ms:.2}")
    } else {
        format!("{ms:.0}")
    }
}

pub fn mib(kib: u64) -> String {
    format!("{}.{}", kib / 1024, kib % 1024 * 10 / 1024)
}
