//! Weeks in minutes: programs that stay are told thousands of things, their devices come and go,
//! and in the end they are as small as before, and their line is right. `make soak` does it twenty
//! times as long.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "it is a test"
)]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/pads.rs"]
mod pads;
#[path = "support/receiver.rs"]
mod receiver;
#[cfg(feature = "popup")]
#[path = "support/screen.rs"]
mod screen;
mod support;
#[path = "support/xnm.rs"]
mod xnm;

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};
use pads::{DUALSENSE, DUALSHOCK, Room};
use receiver::{Terminal, data};
use support::{Following, Person};
use xnm::Machine;

/// What the allocator may keep of what it was given back.
const SLACK_KIB: u64 = 512;

/// What a process has of the machine.
#[derive(Debug, Clone, Copy)]
struct Size {
    /// Memory that is its own: not the pages of its file, of which more are read as more of it runs.
    own_kib: u64,
    resident_kib: u64,
    descriptors: usize,
    threads: u64,
}

impl Size {
    fn of(id: u32) -> Self {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("it runs");
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let number = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
            number.unwrap_or_else(|| panic!("no {name} in {status}"))
        };
        let open = std::fs::read_dir(format!("/proc/{id}/fd")).expect("it runs");
        Self {
            own_kib: field("RssAnon:") + field("RssShmem:"),
            resident_kib: field("VmRSS:"),
            descriptors: open.count(),
            threads: field("Threads:"),
        }
    }

    fn is_within(self, before: Self) -> bool {
        self.own_kib <= before.own_kib + SLACK_KIB
            && self.descriptors <= before.descriptors
            && self.threads <= before.threads
    }
}

/// How often as long as in `make test`.
fn times() -> u32 {
    let wanted = std::env::var("BARPOP_SOAK");
    wanted.map_or(1, |times| times.parse().expect("BARPOP_SOAK is a number"))
}

/// A program that runs, and what it was told.
struct Soaked {
    name: &'static str,
    id: u32,
    told: Arc<AtomicU64>,
}

impl Soaked {
    fn new(name: &'static str, id: u32) -> Self {
        let told = Arc::default();
        Self { name, id, told }
    }

    fn tell(&self, count: u64) {
        self.told.fetch_add(count, Ordering::Relaxed);
    }

    /// So many rounds, and before them the half, in which buffers grow until they are large enough.
    fn stays_as_it_is(&self, rounds: u32, mut round: impl FnMut(u32)) {
        let rounds = rounds * times();
        for number in 0..rounds / 2 {
            round(number);
        }
        // A thread that ends, or a file that is about to be closed, does not count.
        std::thread::sleep(Duration::from_secs(1));
        let (before, told, began) = (
            Size::of(self.id),
            self.told.load(Ordering::Relaxed),
            Instant::now(),
        );
        for number in 0..rounds {
            round(number);
        }
        let took = began.elapsed();
        let mut after = Size::of(self.id);
        let until = Instant::now() + Duration::from_secs(20);
        while !after.is_within(before) {
            assert!(
                Instant::now() < until,
                "{} has grown in {rounds} rounds: {before:?}, then {after:?}",
                self.name
            );
            std::thread::sleep(Duration::from_millis(200));
            after = Size::of(self.id);
        }
        eprintln!(
            "| `{}` | {} | {:.0} | {} → {} | {} → {} | {} → {} | {} → {} |",
            self.name,
            self.told.load(Ordering::Relaxed) - told,
            took.as_secs_f64(),
            before.own_kib,
            after.own_kib,
            before.resident_kib,
            after.resident_kib,
            before.descriptors,
            after.descriptors,
            before.threads,
            after.threads,
        );
    }
}

/// Counts the signals on a bus; it ends with the bus.
fn count_signals(machine: &Machine, told: &Arc<AtomicU64>) {
    let mut busctl = machine.person.program("busctl");
    busctl.arg(format!("--address={}", machine.bus.address()));
    busctl.args(["monitor", "--json=short", "--match=type='signal'"]);
    busctl.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut busctl = busctl.spawn().expect("busctl starts: Debian's systemd");
    let lines = BufReader::new(busctl.stdout.take().expect("its output")).lines();
    let told = Arc::clone(told);
    std::thread::spawn(move || {
        for _ in lines.map_while(Result::ok) {
            told.fetch_add(1, Ordering::Relaxed);
        }
        let _ = busctl.wait();
    });
}

/// People walk by with their telephones, somebody plugs a dock in and out, and a VPN goes up and down.
fn street(machine: &Machine) {
    let passers_by: Vec<String> = (0..8).map(|n| format!("\"Passer-by {n}\"")).collect();
    for (name, strength) in passers_by.iter().zip((20..).step_by(5)) {
        machine.control(&format!("add-ap {name} {strength} wpa2 password"));
    }
    for strength in [30, 60, 90] {
        for name in &passers_by {
            machine.control(&format!("strength {name} {strength}"));
        }
        machine.control(&format!("signal {strength}"));
    }
    machine.control("plug eth7");
    machine.control("up Work");
    machine.control("down Work");
    machine.control("unplug eth7");
    for name in &passers_by {
        machine.control(&format!("gone {name}"));
    }
}

#[test]
fn signals_of_the_network_leave_xnm_as_it_was() {
    let machine = Machine::new("home");
    let bar = machine.follow(&[]);
    bar.wait_for("WIFI Meisenweg 12 4/4");
    let xnm = Soaked::new("xnm --follow", bar.id());
    count_signals(&machine, &xnm.told);
    xnm.stays_as_it_is(60, |round| {
        street(&machine);
        machine.control("strength \"Meisenweg 12\" 40");
        bar.wait_for("WIFI Meisenweg 12 2/4");
        if round % 10 == 0 {
            machine.control("unplug wlan0");
            bar.wait_for("NET offline");
            machine.control("plug wlan0");
            bar.wait_for("WIFI Meisenweg 12 2/4");
            machine.control("stop networkmanager");
            bar.wait_for("! no NetworkManager");
            machine.control("start networkmanager");
            bar.wait_for("WIFI Meisenweg 12 2/4");
        }
        machine.control("strength \"Meisenweg 12\" 99");
        bar.wait_for("WIFI Meisenweg 12 4/4");
    });
    bar.stays_quiet(Duration::from_secs(1));
}

#[test]
fn a_modem_that_chatters_and_comes_and_goes_leaves_xsms_as_it_was() {
    let person = Person::new();
    let link = person.path("modem");
    let port = Port::Terminal(Some(link.clone()));
    let modem = Simulated::start(Options::default(), Faults::default(), port).unwrap();
    let bar = Following::start(person.xsms().arg("--follow").arg("-d").arg(&link));
    bar.wait_for("(empty)");
    let xsms = Soaked::new("xsms --follow", bar.id());
    let chatter = [
        "+CMTI: \"SM\",49",
        "RING",
        "+CLIP: \"+491701234567\",145",
        "+CREG: 1",
        "+CREG: 2",
        "+CEREG: 5",
        "^RSSI: 17",
        "+CIEV: 2,4",
        "NO CARRIER",
        "nobody knows this line",
    ];
    let mut came = 0;
    xsms.stays_as_it_is(100, |_| {
        for line in chatter.iter().cycle().take(100) {
            modem.urc(line);
        }
        // The same text within the same second would be one message that came twice.
        came += 1;
        modem.receive("+491701234567", &format!("in the noise, {came}"));
        bar.wait_for("1");
        assert!(person.run(&["mark-read", "--all"]).status.success());
        bar.wait_for("(empty)");
        modem.unplug();
        bar.wait_for("no modem");
        modem.replug().unwrap();
        bar.wait_for("(empty)");
        xsms.tell(103);
    });
    bar.stays_quiet(Duration::from_millis(300));
}

/// A client that has come, once it has asked for reports.
fn greeted(gpsd: &TcpListener) -> TcpStream {
    let (mut client, _) = gpsd.accept().unwrap();
    let greeting = "{\"class\":\"VERSION\",\"release\":\"3.25\"}\n";
    client.write_all(greeting.as_bytes()).unwrap();
    let mut asked = String::new();
    let mut reader = BufReader::new(client.try_clone().unwrap());
    reader.read_line(&mut asked).unwrap();
    assert!(asked.starts_with("?WATCH={"), "{asked}");
    client
}

#[test]
fn reports_of_gpsd_which_is_started_again_and_again_leave_xgnss_as_it_was() {
    let person = Person::new();
    let gpsd = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let source = format!("gpsd://{}", gpsd.local_addr().unwrap());
    let mut command = person.xgnss();
    command.args(["--follow", "--output", "plain", "--format", "{lat}"]);
    let bar = Following::start(command.args(["--source", &source]));
    let xgnss = Soaked::new("xgnss --follow, gpsd", bar.id());
    let mut second = 0_i64;
    let noon: jiff::Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
    xgnss.stays_as_it_is(20, |_| {
        let mut client = greeted(&gpsd);
        let mut shown = String::new();
        for _ in 0..200 {
            second += 1;
            let time = noon + jiff::SignedDuration::from_secs(second);
            shown = format!("{:.5}", 40.0 + (second % 1000) as f64 / 1000.0);
            let satellites: Vec<String> = (1..20)
                .map(|prn| format!("{{\"PRN\":{prn},\"gnssid\":0,\"svid\":{prn},\"el\":40,\"az\":{},\"ss\":33,\"used\":true}}", prn * 9))
                .collect();
            let told = format!(
                "{{\"class\":\"SKY\",\"satellites\":[{}]}}\n{{\"class\":\"TPV\",\"mode\":3,\
                 \"time\":\"{time}\",\"lat\":{shown},\"lon\":11.5,\"altMSL\":500}}\n",
                satellites.join(",")
            );
            client.write_all(told.as_bytes()).unwrap();
        }
        bar.wait_for(&shown);
        xgnss.tell(401);
    });
    bar.stays_quiet(Duration::from_millis(300));
}

#[test]
fn a_receiver_that_comes_and_goes_leaves_xgnss_as_it_was() {
    let person = Person::new();
    let link = person.path("receiver");
    let source = format!("nmea:{}", link.display());
    let mut command = person.xgnss();
    command.args(["--follow", "--output", "plain", "--format", "{mode}"]);
    command.args(["--stale-after", "1"]);
    let bar = Following::start(command.args(["--source", &source]));
    let xgnss = Soaked::new("xgnss --follow, a port", bar.id());
    xgnss.stays_as_it_is(20, |_| {
        let terminal = Terminal::sending(&data("gps-only.nmea"), Duration::from_micros(200), 8 * 3);
        put_link(&link, terminal.path());
        bar.wait_for("3D");
        std::thread::sleep(Duration::from_millis(100));
        std::fs::remove_file(&link).unwrap();
        drop(terminal);
        bar.wait_for_part(" old", Duration::from_secs(15));
        xgnss.tell(1);
    });
}

fn put_link(link: &Path, to: &Path) {
    let new = link.with_extension("new");
    std::os::unix::fs::symlink(to, &new).unwrap();
    std::fs::rename(&new, link).unwrap();
}

#[test]
fn controllers_that_come_and_go_leave_xds4_as_it_was() {
    let room = Room::new();
    let bar = Following::start(room.xds4().args(["--follow", "--output", "plain"]));
    bar.wait_for("PAD no pad");
    let xds4 = Soaked::new("xds4 --follow", bar.id());
    xds4.stays_as_it_is(40, |_| {
        DUALSHOCK.plug(&room.root);
        room.announce("hid");
        bar.wait_for("PAD BAT 70%");
        DUALSENSE.plug(&room.root);
        for percent in ["30", "20"] {
            DUALSENSE.set_battery(&room.root, percent, "Charging");
            room.announce("power_supply");
            bar.wait_for(&format!("PAD BAT 70% PAD BAT {percent}% +"));
        }
        DUALSHOCK.unplug(&room.root);
        room.announce("input");
        bar.wait_for("PAD BAT 20% +");
        DUALSENSE.unplug(&room.root);
        room.announce("hid");
        bar.wait_for("PAD no pad");
        xds4.tell(5);
    });
    bar.stays_quiet(Duration::from_millis(300));
}

#[cfg(feature = "popup")]
#[test]
fn a_resident_popup_that_opens_and_closes_amid_signals_stays_as_it_was() {
    let machine = Machine::new("home");
    let screen = screen::Screen::new();
    let start = |arguments: &[&str]| {
        let mut command = screen.program(env!("CARGO_BIN_EXE_barpop"));
        command.args(arguments);
        command.env("DBUS_SYSTEM_BUS_ADDRESS", machine.bus.address());
        command.spawn().unwrap()
    };
    let resident = start(&["net", "--resident"]);
    let popup = Soaked::new("barpop net --resident", resident.id());
    screen.keep(resident);
    let folder = screen.person.path("run/barpop");
    support::wait_until("it waits in the background", || {
        let files = std::fs::read_dir(&folder).into_iter().flatten().flatten();
        let mut names = files.map(|file| file.file_name());
        names.any(|name| name.to_string_lossy().ends_with(".sock"))
    });
    count_signals(&machine, &popup.told);
    popup.stays_as_it_is(8, |_| {
        street(&machine);
        assert!(start(&["net"]).wait().unwrap().success());
        screen.popup();
        street(&machine);
        // A click that follows at once is taken for a double one.
        std::thread::sleep(Duration::from_millis(600));
        assert!(start(&["net"]).wait().unwrap().success());
        support::wait_until("the popup is closed", || screen.popups().is_empty());
    });
}
