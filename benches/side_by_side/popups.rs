//! Every popup in both shells beside an empty window in Tkinter, and a resident one on a second
//! start. What `docs/performance.md` shows.

use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use barpop::sim::network::Network;

use super::fill_store;
use super::lab::{self, Lab, store_path};
use super::measure::{Times, ratio};
use super::network::Bus;
use super::popup::{Windows, table, take_turns};
use super::process;
use super::report::{Report, mib, ms};
use super::screen::Screen;

/// The first picture comes after this share of Tkinter's time.
const WANTED: f64 = 0.4;
const AGAIN: usize = 25;
/// What people use in their place; `tests/setup.sh bench` installs them.
const PEERS: [(&str, &[&str]); 4] = [
    ("yad", &["--text=Messages", "--width=320", "--height=340"]),
    ("nm-connection-editor", &[]),
    ("modem-manager-gui", &[]),
    ("xgps", &[]),
];
const IDLE: Duration = Duration::from_secs(5);
/// What `xnm --follow` asks `barpop ask`; see `barpop::net::ask`.
const QUESTION: &str = concat!(
    r#"{"number":1,"profile":"6b3c1f0e-0000-4000-8000-000000000001","name":"Cafe","ssid":[67,97,102,101],"#,
    r#""setting":"802-11-wireless-security","#,
    r#""fields":[{"key":"psk","label":"Password","secret":true}],"refused":false,"message":null}"#
);

pub fn measure(lab: &Lab, report: &mut Report) -> Result<()> {
    let barpop = lab.ours("barpop")?;
    let python = lab.python()?;
    let screen = Screen::start()?;
    let home = lab.home("popups")?;
    fill_store::fill(&store_path(&home), 200)?;
    let bus = Bus::start(lab, "popups")?;
    let network = Network::start(&bus.address, "home")?;
    network
        .control("steady on")
        .map_err(|error| anyhow::anyhow!(error))?;
    let log = concat!(
        "file:",
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/gnss/four-constellations.nmea"
    );
    let question = lab.folder.join("question.json");
    std::fs::write(&question, QUESTION)?;
    let topics: [(&str, &[&str]); 5] = [
        ("sms, 200 stored", &["sms"]),
        ("net, 11 access points", &["net"]),
        ("gnss, a replayed log", &["gnss", "--source", log]),
        ("ds4, no controller", &["ds4"]),
        ("ask, for a password", &["ask"]),
    ];
    let open = |arguments: &[&str], renderer: &str| {
        let mut command = match arguments {
            // A shell gives it the question, and becomes it.
            ["ask"] => {
                let mut shell = lab::command("sh".as_ref(), &home);
                shell.args(["-c", r#"exec "$0" "$@" <"$QUESTION""#]);
                shell.arg(&barpop);
                shell
            }
            _ => lab::command(&barpop, &home),
        };
        command
            .args(arguments)
            .args(["--renderer", renderer])
            .env("QUESTION", &question)
            .env("DBUS_SYSTEM_BUS_ADDRESS", &bus.address);
        command
    };
    let mut commands = Vec::new();
    for (name, script) in [
        ("Tkinter, an empty window", "tkinter_empty.py"),
        ("Tkinter, 20 lines made up", "tkinter_popup.py"),
    ] {
        let mut tkinter = lab::command(&python, &home);
        tkinter.arg(lab.script(script));
        commands.push((name.to_owned(), tkinter));
    }
    for (peer, arguments) in PEERS {
        let mut command = lab::command(Path::new(peer), &home);
        command
            .args(arguments)
            .env("DBUS_SYSTEM_BUS_ADDRESS", &bus.address)
            .env("DBUS_SESSION_BUS_ADDRESS", &bus.address);
        commands.push((peer.to_owned(), command));
    }
    for (name, arguments) in topics {
        for renderer in ["software", "gpu"] {
            commands.push((format!("{name}: {renderer}"), open(arguments, renderer)));
        }
    }
    let mut named: Vec<(&str, Command)> = Vec::new();
    let (names, programs): (Vec<String>, Vec<Command>) = commands.into_iter().unzip();
    named.extend(names.iter().map(String::as_str).zip(programs));
    let times = take_turns(&screen, &mut named)?;
    report.section("Popups: from the start of the process to the first picture");
    table(report, &named, &times);
    judge(report, &named, &times);
    // As a bar starts it.
    let mut click = lab::command(&lab.ours("xnm")?, &home);
    click.arg("-g");
    resident(
        &screen,
        report,
        open(&["net", "--resident"], "software"),
        click,
    )
}

fn judge(report: &mut Report, commands: &[(&str, Command)], times: &[Windows]) {
    let Some(tkinter) = times.first() else { return };
    for ((name, _), window) in commands.iter().zip(times).skip(1) {
        if !name.ends_with("software") {
            continue;
        }
        let share = ratio(window.drawn.median(), tkinter.drawn.median());
        report.verdict(
            share <= WANTED,
            &format!(
                "{name}: first picture after {share:.2} x Tkinter's (wanted at most {WANTED})"
            ),
        );
        report.verdict(
            window.peak_kib <= tkinter.peak_kib,
            &format!(
                "{name}: {} MiB at its peak (wanted at most Tkinter's {})",
                mib(window.peak_kib),
                mib(tkinter.peak_kib)
            ),
        );
    }
}

/// A process that ends with this value.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A second start of a popup that waits in the background.
fn resident(
    screen: &Screen,
    report: &mut Report,
    mut waiting: Command,
    mut again: Command,
) -> Result<()> {
    let process = Ended(
        screen
            .on(&mut waiting)
            .spawn()
            .context("cannot start barpop")?,
    );
    std::thread::sleep(Duration::from_secs(2));
    let mut shown = Times::default();
    for turn in 0..=AGAIN {
        let seen = screen.watch_shown(&mut again)?;
        if turn > 0 {
            shown.0.push(seen);
        }
        // What has been seen for a moment is closed by the next start.
        std::thread::sleep(Duration::from_millis(500));
        let closed = screen.on(&mut again).status()?;
        ensure!(closed.success(), "xnm -g fails: {closed}");
        std::thread::sleep(Duration::from_millis(200));
    }
    std::thread::sleep(Duration::from_secs(1));
    let (before, id) = (process::sleeps(process.0.id()), process.0.id());
    let begun = Instant::now();
    std::thread::sleep(IDLE);
    let woken = process::sleeps(id).saturating_sub(before);
    report.section("A resident popup");
    report.note(&format!(
        "From the start of `xnm -g` to the picture: {} ms (p90 {}). Hidden, it was woken {woken} \
         times in {} s.",
        ms(shown.median()),
        ms(shown.percentile(90)),
        begun.elapsed().as_secs()
    ));
    report.verdict(
        woken == 0,
        &format!("a hidden resident popup was woken {woken} times (wanted 0)"),
    );
    Ok(())
}
