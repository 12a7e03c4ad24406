//! One run of a program through `benches/measure.c`, and many of them.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::lab::Lab;

/// What a run cost.
pub struct Run {
    pub wall: Duration,
    /// User and system time.
    pub cpu: Duration,
    pub peak_kib: u64,
    /// What it printed, without the last line end.
    pub stdout: String,
}

/// Runs a program to its end.
///
/// # Errors
/// When it cannot be started or fails.
pub fn run(lab: &Lab, command: &Command) -> Result<Run> {
    let report = lab.folder.join("run");
    let name = command.get_program().display().to_string();
    let mut outer = Command::new(lab.folder.join("measure"));
    outer
        .arg(&report)
        .arg(command.get_program())
        .args(command.get_args())
        .env_clear()
        .stdin(Stdio::null());
    for (key, value) in command.get_envs() {
        if let Some(value) = value {
            outer.env(key, value);
        }
    }
    let output = outer
        .output()
        .context("cannot run target/bench/measure; start benches/run.sh")?;
    let text = fs::read_to_string(&report)?;
    let figures: Vec<u64> = text
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    let [wall, cpu, peak_kib, status] = figures[..] else {
        anyhow::bail!("measure wrote '{text}'");
    };
    ensure!(
        status == 0,
        "{name} ended with status {status}: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(Run {
        wall: Duration::from_micros(wall),
        cpu: Duration::from_micros(cpu),
        peak_kib,
        stdout: String::from_utf8_lossy(&output.stdout)
            .trim_end()
            .to_owned(),
    })
}

/// The runs of one program.
#[derive(Default)]
pub struct Runs {
    pub wall: Times,
    pub cpu: Times,
    /// The largest of all runs, KiB.
    pub peak_kib: u64,
}

impl Runs {
    pub fn add(&mut self, run: &Run) {
        self.wall.0.push(run.wall);
        self.cpu.0.push(run.cpu);
        self.peak_kib = self.peak_kib.max(run.peak_kib);
    }
}

/// Times of equal things.
#[derive(Default)]
pub struct Times(pub Vec<Duration>);

impl Times {
    pub fn median(&self) -> Duration {
        self.percentile(50)
    }

    /// The time that so many percent (0..=100) do not exceed.
    pub fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort();
        let last = sorted.len().saturating_sub(1);
        let rank = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted.get(rank.min(last)).copied().unwrap_or_default()
    }
}

/// How many times as long the first one takes.
pub fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64().max(1e-9)
}

/// The order of this turn: there, then back, so that none always follows the same one.
pub fn in_turn(turn: usize, count: usize) -> impl Iterator<Item = usize> {
    (0..count).map(move |step| {
        if turn.is_multiple_of(2) {
            step
        } else {
            count - 1 - step
        }
    })
}
