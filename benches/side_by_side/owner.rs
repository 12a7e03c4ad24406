//! `xsms` once, beside an owner on the session bus: what a question to it costs, next to what any
//! program pays that says hello to a bus and asks it one thing.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};

use super::fill_store;
use super::lab::{self, Lab, store_path};
use super::measure::{self, Runs, in_turn, ratio};
use super::network::Bus;
use super::report::{Report, mib};

const TURNS: usize = 200;
const WANTED: f64 = 2.0;
const STORED: u32 = 50_000;
const WANTED_KIB: u64 = 8 * 1024;

/// Ends with the measurement, also with one that fails.
struct Owner(Child);

impl Drop for Owner {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn measure(lab: &Lab, report: &mut Report) -> Result<()> {
    let xsms = lab.ours("xsms")?;
    let bus = Bus::start(lab, "session")?;
    let home = lab.home("owner")?;
    fill_store::fill(&store_path(&home), STORED)?;
    let modem = Simulated::start(Options::default(), Faults::default(), Port::Terminal(None))
        .map_err(anyhow::Error::msg)?;
    let port = modem.path().display().to_string();
    let on_bus = |program: &std::path::Path, arguments: &[&str]| {
        let mut command = lab::command(program, &home);
        command
            .args(arguments)
            .env("DBUS_SESSION_BUS_ADDRESS", &bus.address);
        command
    };
    let owner = Owner(
        on_bus(&xsms, &["daemon", "-d", &port])
            .stdin(Stdio::null())
            .spawn()?,
    );
    let ask = on_bus(&xsms, &["-d", &port]);
    let hello = [
        "--session",
        "--print-reply",
        "--dest=org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus.GetId",
    ];
    let until = Instant::now() + Duration::from_secs(10);
    while !modem.commands().iter().any(|line| line.contains("+CSQ")) {
        ensure!(Instant::now() < until, "the owner does not take the modem");
        std::thread::sleep(Duration::from_millis(20));
    }
    let commands = [
        ("/bin/true", on_bus(std::path::Path::new("/bin/true"), &[])),
        (
            "dbus-send: hello, one question",
            on_bus(std::path::Path::new("/usr/bin/dbus-send"), &hello),
        ),
        ("xsms, beside an owner", ask),
    ];
    let mut runs: [Runs; 3] = Default::default();
    for turn in 0..=TURNS {
        for each in in_turn(turn, commands.len()) {
            let (Some((_, command)), Some(runs)) = (commands.get(each), runs.get_mut(each)) else {
                continue;
            };
            let run = measure::run(lab, command)?;
            if turn > 0 {
                runs.add(&run);
            }
        }
    }
    report.section("Beside an owner on the session bus");
    let named: Vec<(&str, &Runs)> = commands.iter().map(|(name, _)| *name).zip(&runs).collect();
    report.runs(&named, 1);
    let [_, hello, ours] = &runs;
    let times = ratio(ours.wall.median(), hello.wall.median());
    report.verdict(
        times < WANTED,
        &format!("xsms takes {times:.2} x a hello and one question (wanted under {WANTED})"),
    );
    let status = std::fs::read_to_string(format!("/proc/{}/status", owner.0.id()))?;
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok())
        .unwrap_or(u64::MAX);
    report.verdict(
        peak < WANTED_KIB,
        &format!(
            "the owner of {STORED} messages needed {} MiB at its peak (wanted under {})",
            mib(peak),
            mib(WANTED_KIB)
        ),
    );
    Ok(())
}
