//! `xsms --follow`: from the modem's word to the line on the bar, and what waiting costs.

use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::Result;
use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};
use jiff::Timestamp;

use super::bar::Bar;
use super::lab::{self, Lab};
use super::measure::Times;
use super::process;
use super::report::{Report, mib, ms};

const MESSAGES: u32 = 100;
const LATENCY: Duration = Duration::from_millis(20);
const IDLE: Duration = Duration::from_secs(10);

pub fn measure(lab: &Lab, report: &mut Report) -> Result<()> {
    let options = Options {
        clock: Timestamp::now(),
        arrival_interval: Duration::ZERO,
        ..Options::default()
    };
    let faults = Faults {
        latency: LATENCY,
        ..Faults::default()
    };
    let modem = Simulated::start(options, faults, Port::Terminal(None))?;
    let home = lab.home("follow")?;
    let mut command = lab::command(&lab.ours("xsms")?, &home);
    command.arg("--follow").arg("-d").arg(modem.path());
    let mut bar = Bar::start(command.stdout(Stdio::piped()).spawn()?)?;

    bar.wait_for("(empty)")?;
    modem.receive("+4915550201", "The first one");
    bar.wait_for("1")?;
    std::thread::sleep(Duration::from_secs(2));
    let (cpu, sleeps) = (process::cpu(bar.id()), process::sleeps(bar.id()));
    std::thread::sleep(IDLE);
    let idle_cpu = process::cpu(bar.id()).saturating_sub(cpu);
    let wakes = process::sleeps(bar.id()).saturating_sub(sleeps);

    let busy = process::cpu(bar.id());
    let mut times = Times::default();
    for number in 0..MESSAGES {
        let told = Instant::now();
        modem.receive("+4915550201", &format!("Message {number}"));
        let printed = bar.wait_for(&(number + 2).to_string())?;
        times.0.push(printed.saturating_duration_since(told));
        // It may still be freeing the SIM.
        std::thread::sleep(Duration::from_millis(300));
    }
    let each = process::cpu(bar.id()).saturating_sub(busy) / MESSAGES;

    report.section("xsms --follow: a modem with 20 ms latency");
    let row = |what: &str, value: String| vec![what.to_owned(), value];
    report.table(
        &["figure", "value"],
        &[
            row("+CMTI to the printed line, p50 ms", ms(times.median())),
            row("p90 ms", ms(times.percentile(90))),
            row("p99 ms", ms(times.percentile(99))),
            row("CPU for a message, ms", ms(each)),
            row(
                "idle CPU, %",
                format!("{:.4}", idle_cpu.as_secs_f64() / IDLE.as_secs_f64() * 100.0),
            ),
            row("wake-ups in 10 idle seconds", wakes.to_string()),
            row("peak RSS, MiB", mib(process::peak_kib(bar.id()))),
        ],
    );
    report.note(&format!(
        "{MESSAGES} messages; the SIM fills up and is freed on the way."
    ));
    Ok(())
}
