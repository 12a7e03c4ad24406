//! A receiver's sentences: our decoder beside the crate `nmea` and gpsd's own, on the same log.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::lab::Lab;
use super::measure::{Times, in_turn, ratio};
use super::report::{Report, ms};

const TURNS: usize = 12;
/// The log is repeated until it has so many sentences.
const SENTENCES: usize = 200_000;
/// Sentences a second.
const WANTED: f64 = 1e6;
const LOGS: [&str; 2] = ["four-constellations.nmea", "gps-only.nmea"];

pub fn measure(lab: &Lab, report: &mut Report) -> Result<()> {
    let program = lab.ours("barpop-bench-sentences")?;
    let mut once = Vec::new();
    for name in LOGS {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/data/gnss")
            .join(name);
        once.extend(std::fs::read(&path).with_context(|| path.display().to_string())?);
    }
    let in_once = once.split(|byte| *byte == b'\n').count() - 1;
    let times = SENTENCES.div_ceil(in_once);
    let log = lab.folder.join("sentences.nmea");
    std::fs::write(&log, once.repeat(times))?;
    let count = in_once * times;

    let mut all: [Times; 3] = Default::default();
    for turn in 0..=TURNS {
        for each in in_turn(turn, all.len()) {
            let took = match each {
                0 => decoded(&program, "ours", &log)?,
                1 => decoded(&program, "crate", &log)?,
                _ => by_gpsd(&log)?,
            };
            if let Some(times) = all.get_mut(each).filter(|_| turn > 0) {
                times.0.push(took);
            }
        }
    }
    let [ours, theirs, gpsd] = &all;
    report.section("NMEA sentences");
    report.note(&format!(
        "{count} sentences: ours {} ms, the crate nmea {} ms, gpsdecode --json (with its start and \
         its output) {} ms.",
        ms(ours.median()),
        ms(theirs.median()),
        ms(gpsd.median())
    ));
    #[allow(clippy::cast_precision_loss, reason = "a count of sentences")]
    let rate = count as f64 / ours.median().as_secs_f64();
    report.verdict(
        rate >= WANTED,
        &format!(
            "{:.1} million sentences a second (wanted {:.0}), {:.1} x the crate nmea, {:.1} x gpsd's \
             own decoder",
            rate / 1e6,
            WANTED / 1e6,
            ratio(theirs.median(), ours.median()),
            ratio(gpsd.median(), ours.median())
        ),
    );
    Ok(())
}

/// The time that the program itself says, without its start.
fn decoded(program: &std::path::Path, who: &str, log: &std::path::Path) -> Result<Duration> {
    let output = Command::new(program).arg(who).arg(log).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut words = text.split_whitespace();
    let took = words.next().context("it says no time")?.parse()?;
    let found: u64 = words.next().context("it says no count")?.parse()?;
    ensure!(found > 1000, "only {found} were read");
    Ok(Duration::from_nanos(took))
}

fn by_gpsd(log: &std::path::Path) -> Result<Duration> {
    let start = Instant::now();
    let status = Command::new("gpsdecode")
        .arg("--json")
        .stdin(std::fs::File::open(log)?)
        .stdout(Stdio::null())
        .status()
        .context("gpsdecode does not run: Debian's gpsd-clients")?;
    ensure!(status.success(), "gpsdecode failed");
    Ok(start.elapsed())
}
