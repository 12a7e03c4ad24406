//! When the shutter opens: our engine beside the loops that people write, at ten pictures a second,
//! on a machine that rests and on one that has two busy threads.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, ensure};

use super::lab::Lab;
use super::measure::in_turn;
use super::report::Report;

const PERIOD_MS: u32 = 100;
/// Ten seconds.
const SHOTS: u32 = 100;
const TURNS: usize = 3;
const BUSY: usize = 2;
const NAMES: [&str; 3] = [
    "xshutter's engine",
    "the rest of the interval is slept (gphoto2 --interval)",
    "time.sleep(interval) in Python",
];
/// Our drift is at most this share of any loop's.
const WANTED_DRIFT: f64 = 0.1;
/// With real-time priority our 99 % is at most this share of any loop's under load.
const WANTED_LATE: f64 = 0.5;

/// How far shots were from their plan, ms.
#[derive(Default)]
struct Found {
    /// Every interval's error, sorted in the end: what a film shows as jumps.
    jumps: Vec<f64>,
    /// Every shot's distance from the plan that began with the first one, sorted in the end.
    late: Vec<f64>,
    /// Of the last shot, ms a minute; the turns' largest.
    drift: f64,
}

pub fn measure(lab: &Lab, report: &mut Report) -> Result<()> {
    let mut realtime = false;
    report.section("Shutter: ten pictures a second");
    for busy in [0, BUSY] {
        let mut all: [Found; 3] = Default::default();
        for turn in 0..TURNS {
            for each in in_turn(turn, all.len()) {
                let load = Load::start(busy);
                let (moments, said) = moments(lab, each)?;
                drop(load);
                realtime |= said.contains("realtime true");
                if let Some(found) = all.get_mut(each) {
                    found.add(&moments);
                }
            }
        }
        report.note(&format!(
            "With {busy} busy threads, {TURNS} turns of {SHOTS} pictures:\n"
        ));
        let rows: Vec<Vec<String>> = NAMES
            .iter()
            .zip(&mut all)
            .map(|(name, found)| {
                let mut row = vec![(*name).to_owned()];
                row.extend(found.figures().map(|figure| format!("{figure:.3}")));
                row
            })
            .collect();
        let head = [
            "program",
            "interval off by, ms: median",
            "99 %",
            "worst",
            "from the plan: 99 %",
            "worst",
            "drift a minute",
        ];
        report.table(&head, &rows);
        verdicts(report, &all, busy, realtime);
    }
    let priority = if realtime { "has" } else { "does not have" };
    report.note(&format!(
        "Ours {priority} real-time priority here. The plan begins with each program's first picture."
    ));
    Ok(())
}

fn verdicts(report: &mut Report, all: &[Found; 3], busy: usize, realtime: bool) {
    let [ours, rest, python] = all;
    let drift = ours.drift / rest.drift.min(python.drift).max(1e-6);
    report.verdict(
        drift <= WANTED_DRIFT,
        &format!(
            "with {busy} busy threads the shutter drifts {:.3} ms a minute, {drift:.4} of the better \
             loop's (wanted {WANTED_DRIFT})",
            ours.drift
        ),
    );
    if busy > 0 && realtime {
        let others = percentile(&rest.jumps, 99).min(percentile(&python.jumps, 99));
        let share = percentile(&ours.jumps, 99) / others.max(1e-6);
        report.verdict(
            share <= WANTED_LATE,
            &format!(
                "with {busy} busy threads 99 % of its intervals are off by no more than {share:.3} of \
                 the better loop's (wanted {WANTED_LATE})"
            ),
        );
    }
}

/// When each of the programs opened the shutter, ms, and what else it said.
fn moments(lab: &Lab, program: usize) -> Result<(Vec<f64>, String)> {
    let numbers = [PERIOD_MS.to_string(), SHOTS.to_string()];
    let mut command = match program {
        0 | 1 => {
            let mut command = Command::new(lab.ours("barpop-bench-shutter")?);
            command.arg(if program == 0 { "ours" } else { "rest" });
            command
        }
        _ => {
            let mut command = Command::new(lab.python()?);
            command.arg(lab.script("timelapse.py"));
            command
        }
    };
    let output = command.args(numbers).output().context("it does not run")?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(output.status.success(), "it failed: {}", said.trim());
    let moments: Vec<f64> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| line.parse::<f64>().map(|us| us / 1e3))
        .collect::<Result<_, _>>()?;
    ensure!(
        moments.len() == SHOTS as usize,
        "{} pictures",
        moments.len()
    );
    Ok((moments, said))
}

impl Found {
    fn add(&mut self, moments: &[f64]) {
        let period = f64::from(PERIOD_MS);
        let late: Vec<f64> = (0_u32..)
            .zip(moments)
            .map(|(n, at)| at - period * f64::from(n))
            .collect();
        let minutes = period * f64::from(SHOTS) / 60_000.0;
        let drift = late.last().copied().unwrap_or_default().abs() / minutes;
        self.drift = self.drift.max(drift);
        let jumps = moments.iter().zip(moments.iter().skip(1));
        self.jumps
            .extend(jumps.map(|(one, next)| (next - one - period).abs()));
        self.late.extend(late.into_iter().map(f64::abs));
    }

    fn figures(&mut self) -> impl Iterator<Item = f64> {
        self.jumps.sort_by(f64::total_cmp);
        self.late.sort_by(f64::total_cmp);
        [
            percentile(&self.jumps, 50),
            percentile(&self.jumps, 99),
            percentile(&self.jumps, 100),
            percentile(&self.late, 99),
            percentile(&self.late, 100),
            self.drift,
        ]
        .into_iter()
    }
}

/// Of sorted figures.
fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(rank).copied().unwrap_or_default()
}

/// Threads that do nothing, as fast as they can.
struct Load(Arc<AtomicBool>, Vec<std::thread::JoinHandle<()>>);

impl Load {
    fn start(threads: usize) -> Self {
        let ends = Arc::new(AtomicBool::new(false));
        let spin = |ends: Arc<AtomicBool>| {
            move || {
                while !ends.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            }
        };
        let threads = (0..threads)
            .map(|_| std::thread::spawn(spin(Arc::clone(&ends))))
            .collect();
        Self(ends, threads)
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
        for thread in self.1.drain(..) {
            let _ = thread.join();
        }
    }
}
