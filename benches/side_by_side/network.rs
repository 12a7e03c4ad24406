//! `xnm` beside what people call in its place, on one bus with one NetworkManager: the fake one
//! of the tests, since a real one has no 300 access points to offer.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use barpop::bus::Object;
use barpop::sim::network::Network;
use zbus::connection::Builder;

use super::bar::Bar;
use super::lab::{self, Lab};
use super::measure::{self, Runs, Times, in_turn, ratio};
use super::popup::{same_time, table, take_turns};
use super::process;
use super::report::{Report, mib, ms};
use super::screen::Screen;

const TURNS: usize = 60;
const CHANGES: u32 = 100;
const IDLE: Duration = Duration::from_secs(10);
/// The tree of all objects: what `xnm` asks for, once.
const OBJECTS: Object<'static> = Object {
    service: "org.freedesktop.NetworkManager",
    path: "/org/freedesktop",
    interface: "org.freedesktop.DBus.ObjectManager",
};
const WANTED_OVER_ANSWER: Duration = Duration::from_millis(2);
const WANTED_NMCLI: f64 = 4.0;
const WANTED_KIB: u64 = 6 * 1024;
/// Two medians of the same thing differ by less than this.
const NOISE: f64 = 1.05;

pub fn measure(lab: &Lab, report: &mut Report) -> Result<()> {
    one_shot(lab, report, "home", "a flat: 11 access points")?;
    one_shot(lab, report, "crowd", "300 access points")?;
    follow(lab, report)?;
    popup(lab, report)
}

fn one_shot(lab: &Lab, report: &mut Report, scene: &str, title: &str) -> Result<()> {
    let bus = Bus::start(lab, "bus")?;
    let network = Network::start(&bus.address, scene)?;
    say(&network, "steady on")?;
    let home = lab.home("network")?;
    let command = |program: &std::path::Path, arguments: &[&str]| {
        let mut command = lab::command(program, &home);
        command
            .args(arguments)
            .env("DBUS_SYSTEM_BUS_ADDRESS", &bus.address);
        command
    };
    let xnm = lab.ours("xnm")?;
    let call = [
        "--system",
        "call",
        OBJECTS.service,
        OBJECTS.path,
        OBJECTS.interface,
        "GetManagedObjects",
    ];
    let commands = [
        ("busctl, the same call", command("busctl".as_ref(), &call)),
        (
            "nmcli -t device",
            command("nmcli".as_ref(), &["-t", "device"]),
        ),
        (
            "nmcli, Wi-Fi list",
            command(
                "nmcli".as_ref(),
                &["-t", "device", "wifi", "list", "--rescan", "no"],
            ),
        ),
        ("xnm", command(&xnm, &["--output", "plain"])),
        ("xnm --output json", command(&xnm, &["--output", "json"])),
    ];
    let answer = answer_time(&bus.address)?;
    let mut runs: [Runs; 5] = Default::default();
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

    report.section(&format!("xnm once, {title}"));
    let named: Vec<(&str, &Runs)> = commands.iter().map(|(name, _)| *name).zip(&runs).collect();
    report.runs(&named, 0);
    report.note(&format!(
        "The service's own answer to that call, from a client that is connected already: {} ms.",
        ms(answer)
    ));
    let [busctl, nmcli, _, ours, _] = &runs;
    let to_busctl = ratio(ours.wall.median(), busctl.wall.median());
    report.verdict(
        to_busctl <= NOISE,
        &format!("{title}: xnm takes {to_busctl:.2} x busctl's single call (wanted at most 1)"),
    );
    let to_nmcli = ratio(nmcli.wall.median(), ours.wall.median());
    report.verdict(
        to_nmcli >= WANTED_NMCLI,
        &format!(
            "{title}: xnm is {to_nmcli:.1} x faster than nmcli -t device (wanted {WANTED_NMCLI})"
        ),
    );
    let over = ours.wall.median().saturating_sub(answer);
    report.verdict(
        over <= WANTED_OVER_ANSWER,
        &format!(
            "{title}: xnm takes {} ms over the service's own answer (wanted at most {})",
            ms(over),
            ms(WANTED_OVER_ANSWER)
        ),
    );
    report.verdict(
        ours.peak_kib < WANTED_KIB,
        &format!(
            "{title}: xnm needs {} MiB at its peak (wanted under {})",
            mib(ours.peak_kib),
            mib(WANTED_KIB)
        ),
    );
    Ok(())
}

fn follow(lab: &Lab, report: &mut Report) -> Result<()> {
    let bus = Bus::start(lab, "bus")?;
    let network = Network::start(&bus.address, "home")?;
    say(&network, "steady on")?;
    let mut command = lab::command(&lab.ours("xnm")?, &lab.home("network-follow")?);
    command
        .args(["--follow", "--output", "plain", "--format", "{strength}"])
        .env("DBUS_SYSTEM_BUS_ADDRESS", &bus.address);
    let mut bar = Bar::start(command.stdout(Stdio::piped()).spawn()?)?;
    let name = "Meisenweg 12";
    say(&network, &format!("strength \"{name}\" 11"))?;
    bar.wait_for("11")?;
    std::thread::sleep(Duration::from_secs(2));
    let (cpu, sleeps) = (process::cpu(bar.id()), process::sleeps(bar.id()));
    std::thread::sleep(IDLE);
    let idle_cpu = process::cpu(bar.id()).saturating_sub(cpu);
    let wakes = process::sleeps(bar.id()).saturating_sub(sleeps);

    let busy = process::cpu(bar.id());
    let mut times = Times::default();
    for number in 0..CHANGES {
        let strength = 20 + number % 70;
        let told = Instant::now();
        say(&network, &format!("strength \"{name}\" {strength}"))?;
        let printed = bar.wait_for(&strength.to_string())?;
        times.0.push(printed.saturating_duration_since(told));
        std::thread::sleep(Duration::from_millis(100));
    }
    let each = process::cpu(bar.id()).saturating_sub(busy) / CHANGES;

    report.section("xnm --follow");
    let row = |what: &str, value: String| vec![what.to_owned(), value];
    report.table(
        &["figure", "value"],
        &[
            row("change to the printed line, p50 ms", ms(times.median())),
            row("p99 ms", ms(times.percentile(99))),
            row("CPU for a change, ms", ms(each)),
            row(
                "idle CPU, %",
                format!("{:.4}", idle_cpu.as_secs_f64() / IDLE.as_secs_f64() * 100.0),
            ),
            row("wake-ups in 10 idle seconds", wakes.to_string()),
            row("peak RSS, MiB", mib(process::peak_kib(bar.id()))),
        ],
    );
    report.verdict(
        wakes == 0,
        &format!("xnm --follow wakes up {wakes} times in 10 idle seconds (wanted 0)"),
    );
    let peak = process::peak_kib(bar.id());
    report.verdict(
        peak < WANTED_KIB,
        &format!(
            "xnm --follow needs {} MiB at its peak (wanted under {})",
            mib(peak),
            mib(WANTED_KIB)
        ),
    );
    Ok(())
}

fn say(network: &Network, line: &str) -> Result<()> {
    network
        .control(line)
        .map(drop)
        .map_err(anyhow::Error::msg)
        .with_context(|| format!("the simulated network refuses '{line}'"))
}

fn popup(lab: &Lab, report: &mut Report) -> Result<()> {
    let barpop = lab.ours("barpop")?;
    let screen = Screen::start()?;
    let home = lab.home("network-popup")?;
    let buses = [Bus::start(lab, "few")?, Bus::start(lab, "many")?];
    let mut networks = Vec::new();
    let mut commands = Vec::new();
    let titles = ["barpop net, 11 access points", "barpop net, 300"];
    for ((bus, scene), title) in buses.iter().zip(["home", "crowd"]).zip(titles) {
        let network = Network::start(&bus.address, scene)?;
        // Nothing moves, so that there is a last change to measure.
        say(&network, "steady on")?;
        networks.push(network);
        let mut command = lab::command(&barpop, &home);
        command
            .arg("net")
            .env("DBUS_SYSTEM_BUS_ADDRESS", &bus.address);
        commands.push((title, command));
    }
    let times = take_turns(&screen, &mut commands)?;
    report.section("The network popup: from start to picture");
    table(report, &commands, &times);
    if let [few, many] = &times[..] {
        same_time(report, "300 access points", few, "11", many);
    }
    Ok(())
}

/// How long the service takes for the tree of all objects, median.
fn answer_time(address: &str) -> Result<Duration> {
    let address: zbus::Address = address.try_into()?;
    zbus::block_on(async {
        let connection = Builder::address(address).build().await?;
        let mut times = Times::default();
        for _ in 0..20 {
            let asked = Instant::now();
            connection
                .call_method(
                    Some(OBJECTS.service),
                    OBJECTS.path,
                    Some(OBJECTS.interface),
                    "GetManagedObjects",
                    &(),
                )
                .await?;
            times.0.push(asked.elapsed());
        }
        Ok(times.median())
    })
}

/// A private bus on which everybody may do everything.
pub struct Bus {
    daemon: Child,
    pub address: String,
}

impl Bus {
    pub fn start(lab: &Lab, name: &str) -> Result<Self> {
        let socket = lab.folder.join(name);
        let _ = std::fs::remove_file(&socket);
        let address = format!("unix:path={}", socket.display());
        let file = lab.folder.join(format!("{name}.conf"));
        std::fs::write(&file, CONFIG.replace("ADDRESS", &address))?;
        let daemon = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", file.display()))
            .args(["--nofork", "--nopidfile"])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start dbus-daemon")?;
        let bus = Self { daemon, address };
        let until = Instant::now() + Duration::from_secs(10);
        while std::os::unix::net::UnixStream::connect(&socket).is_err() {
            ensure!(Instant::now() < until, "dbus-daemon does not come up");
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(bus)
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

const CONFIG: &str = r#"<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>ADDRESS</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/>
<allow send_destination="*" eavesdrop="true"/><allow receive_sender="*"/></policy></busconfig>
"#;
