//! Opens a shutter that is not there, and prints when: microseconds since the first time, a line
//! each. `make bench` runs it in turns with the loops that people write; `make soak` lets it run for
//! ten minutes and looks at what it needs.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use barpop::shutter::command::Command;
use barpop::shutter::engine::{self, Handle};
use barpop::shutter::plan::{Limits, Plan};
use barpop::shutter::release::{Release, ReleaseError};
use barpop::shutter::snapshot::{self, State};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| {
        text.parse::<u32>()
            .with_context(|| format!("'{text}' is no number"))
    };
    let ms = |text: &str| anyhow::Ok(Duration::from_millis(number(text)?.into()));
    match words[..] {
        ["ours", period, count] => ours(ms(period)?, number(count)?),
        ["rest", period, count] => rest(ms(period)?, number(count)?),
        ["soak", seconds, folder] => soak(Duration::from_secs(number(seconds)?.into()), folder),
        _ => bail!("usage: barpop-bench-shutter ours|rest PERIOD_MS COUNT | soak SECONDS FOLDER"),
    }
}

type Shots = Arc<Mutex<Vec<Instant>>>;

/// A release that writes down.
struct Notebook(Shots);

impl Release for Notebook {
    fn describe(&self) -> snapshot::Release {
        snapshot::Release::default()
    }

    fn focus(&mut self, _pressed: bool) -> Result<(), ReleaseError> {
        Ok(())
    }

    fn open(&mut self, _longest: Duration) -> Result<(), ReleaseError> {
        let now = Instant::now();
        let mut shots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shots.push(now);
        Ok(())
    }

    fn close(&mut self) -> Result<(), ReleaseError> {
        Ok(())
    }

    fn recover(&mut self) -> Result<(), ReleaseError> {
        Ok(())
    }
}

/// An engine that runs a plan, and its shots.
fn running(plan: Plan, options: engine::Options) -> Result<(Handle, Shots)> {
    let shots = Shots::default();
    let options = engine::Options {
        limits: Limits {
            pulse: Duration::from_millis(10),
            ..Limits::default()
        },
        ..options
    };
    let engine = engine::start(Box::new(Notebook(Arc::clone(&shots))), options)?;
    engine.ask(Command::Start(plan))?;
    Ok((engine, shots))
}

fn moments(shots: &Shots) -> Vec<Duration> {
    let shots = shots.lock().unwrap_or_else(PoisonError::into_inner);
    let first = shots.first().copied();
    shots
        .iter()
        .map(|at| first.map_or(Duration::ZERO, |first| at.saturating_duration_since(first)))
        .collect()
}

fn print(moments: &[Duration]) -> Result<()> {
    let mut text = String::new();
    for at in moments {
        use std::fmt::Write as _;
        writeln!(text, "{}", at.as_micros())?;
    }
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(())
}

/// Our engine. Whether it got real-time priority is said on standard error.
fn ours(interval: Duration, count: u32) -> Result<()> {
    let plan = Plan {
        interval,
        count: Some(count),
        ..Plan::default()
    };
    let (engine, shots) = running(plan, engine::Options::default())?;
    let until = Instant::now() + interval * (count + 50);
    while engine.snapshot().state != State::Idle {
        ensure!(Instant::now() < until, "the plan does not end");
        std::thread::sleep(Duration::from_millis(50));
    }
    let realtime = engine.snapshot().realtime;
    writeln!(std::io::stderr(), "realtime {realtime}")?;
    engine.end();
    print(&moments(&shots))
}

/// What `gphoto2 --interval` does: after each picture it sleeps what is left of the interval.
fn rest(interval: Duration, count: u32) -> Result<()> {
    let shots = Shots::default();
    let mut camera = Notebook(Arc::clone(&shots));
    for _ in 0..count {
        let began = Instant::now();
        camera.open(Duration::ZERO)?;
        std::thread::sleep(Duration::from_millis(10));
        camera.close()?;
        std::thread::sleep(interval.saturating_sub(began.elapsed()));
    }
    print(&moments(&shots))
}

/// The engine for a long time, with its files, five pictures a second.
fn soak(time: Duration, folder: &str) -> Result<()> {
    const INTERVAL: Duration = Duration::from_millis(200);
    let options = engine::Options {
        state: Some(std::path::Path::new(folder).join("plan.json")),
        ..engine::Options::default()
    };
    let plan = Plan {
        interval: INTERVAL,
        ..Plan::default()
    };
    let began = Instant::now();
    let (engine, shots) = running(plan, options)?;
    // The first tenth is for buffers that grow until they are large enough.
    std::thread::sleep(time / 10);
    let before = (resident_kib()?, descriptors()?);
    std::thread::sleep(time.saturating_sub(began.elapsed()));
    let after = (resident_kib()?, descriptors()?);
    let snapshot = engine.snapshot();
    engine.end();
    let moments = moments(&shots);
    // Our own notes grow: 16 bytes a shot.
    let notes = moments.len() as u64 * 2 * 16 / 1024;
    let mut late: Vec<f64> = (0_u32..)
        .zip(&moments)
        .map(|(n, at)| (at.as_secs_f64() - (INTERVAL * n).as_secs_f64()) * 1e3)
        .collect();
    let drift = late.last().copied().unwrap_or_default();
    late.iter_mut().for_each(|late| *late = late.abs());
    late.sort_by(f64::total_cmp);
    let at = |percent: usize| {
        late.get((late.len() * percent / 100).min(late.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    };
    let grown = after.0.saturating_sub(before.0).saturating_sub(notes);
    writeln!(
        std::io::stdout(),
        "{} pictures in {} s, {} skipped, real-time priority: {}\n\
         from the plan: median {:.3} ms, 99 % {:.3} ms, worst {:.3} ms; the last one {:+.3} ms\n\
         the engine itself says: {:?}\n\
         memory {} KiB at a tenth, {} KiB at the end ({grown} KiB more than our notes); \
         descriptors {} and {}",
        moments.len(),
        time.as_secs(),
        snapshot.skipped,
        snapshot.realtime,
        at(50),
        at(99),
        at(100),
        drift,
        snapshot.jitter_ms,
        before.0,
        after.0,
        before.1,
        after.1,
    )?;
    ensure!(snapshot.skipped == 0, "pictures were left out");
    ensure!(drift.abs() < 50.0, "it drifts");
    ensure!(grown < 1024, "it needs more and more memory");
    ensure!(after.1 <= before.1, "it leaves files open");
    Ok(())
}

fn resident_kib() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let word = line.and_then(|line| line.split_whitespace().next());
    Ok(word.context("the kernel does not tell our size")?.parse()?)
}

fn descriptors() -> Result<usize> {
    Ok(std::fs::read_dir("/proc/self/fd")?.count())
}
