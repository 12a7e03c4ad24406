//! A bar runs `xsms -d PORT`: against the original's exchange, on the same simulated modem.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, ensure};
use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};
use jiff::Timestamp;

use super::lab::{self, Lab};
use super::measure::{self, Runs, ratio};
use super::report::Report;

const TURNS: u32 = 12;
const LATENCY: Duration = Duration::from_millis(20);
const MESSAGES: u32 = 3;
const PIN: &str = "1234";
const WANTED_WALL: f64 = 5.0;
const WANTED_CPU: f64 = 20.0;

/// Each turn every program gets a modem of its own with three messages that it has not seen.
/// Nothing is told from the first turn, which makes the stores.
pub fn measure(lab: &Lab, report: &mut Report) -> Result<()> {
    let xsms = lab.ours("xsms")?;
    let python = lab.python()?;
    let script = lab.script("original_xsms.py");
    let homes = [
        "poll-xsms",
        "poll-original",
        "poll-xsms-pin",
        "poll-original-pin",
    ]
    .into_iter()
    .map(|name| lab.home(name))
    .collect::<Result<Vec<PathBuf>>>()?;
    let [ours, theirs, ours_pin, theirs_pin] = &homes[..] else {
        return Ok(());
    };
    let original = |home: &Path| {
        let mut command = lab::command(&python, home);
        command.arg(&script);
        command
    };

    let mut runs: [Runs; 5] = Default::default();
    let [new, again, old, new_pin, old_pin] = &mut runs;
    for turn in 0..=TURNS {
        let take = |runs: &mut Runs, command: &mut Command, port: &Path| -> Result<()> {
            command.arg("-d").arg(port);
            let run = measure::run(lab, command)?;
            let wanted = (MESSAGES * (turn + 1)).to_string();
            ensure!(
                run.stdout == wanted,
                "{command:?} printed '{}' in place of '{wanted}'",
                run.stdout
            );
            if turn > 0 {
                runs.add(&run);
            }
            Ok(())
        };
        let modem = modem(turn, None)?;
        take(new, &mut lab::command(&xsms, ours), &modem.path())?;
        take(again, &mut lab::command(&xsms, ours), &modem.path())?;
        let modem = self::modem(turn, None)?;
        take(old, &mut original(theirs), &modem.path())?;
        let modem = self::modem(turn, Some(PIN))?;
        let mut command = lab::command(&xsms, ours_pin);
        take(new_pin, command.env("BARPOP_PIN", PIN), &modem.path())?;
        let modem = self::modem(turn, Some(PIN))?;
        let mut command = original(theirs_pin);
        take(old_pin, command.args(["-p", PIN]), &modem.path())?;
    }

    report.section("One poll: a modem with 20 ms latency and 3 messages");
    report.runs(
        &[
            ("original's exchange", old),
            ("xsms -d, 3 new messages", new),
            ("xsms -d, the same 3 again", again),
            ("original's exchange, locked SIM", old_pin),
            ("xsms -d, locked SIM", new_pin),
        ],
        0,
    );
    for (what, ours) in [("new", new), ("known", again)] {
        let wall = ratio(old.wall.median(), ours.wall.median());
        report.verdict(
            wall >= WANTED_WALL,
            &format!(
                "a poll with 3 {what} messages is {wall:.1} x faster than the original's (wanted \
                 {WANTED_WALL})"
            ),
        );
        let cpu = ratio(old.cpu.median(), ours.cpu.median());
        report.verdict(
            cpu >= WANTED_CPU,
            &format!(
                "a poll with 3 {what} messages takes {cpu:.1} x less CPU than the original's \
                 (wanted {WANTED_CPU})"
            ),
        );
    }
    Ok(())
}

/// The original cannot live with an echo.
fn modem(turn: u32, pin: Option<&str>) -> Result<Simulated> {
    let now = Timestamp::now();
    let options = Options {
        pin: pin.map(str::to_owned),
        echo: false,
        clock: now,
        arrival_interval: Duration::ZERO,
        ..Options::default()
    };
    let faults = Faults {
        latency: LATENCY,
        ..Faults::default()
    };
    let simulated = Simulated::start(options, faults, Port::Terminal(None))?;
    simulated.modem(|modem| {
        for number in 0..MESSAGES {
            modem.receive_at(
                "+4915550201",
                &format!("Message {number} of turn {turn}"),
                now,
            );
        }
    });
    Ok(simulated)
}
