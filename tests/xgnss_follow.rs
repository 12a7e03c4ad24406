//! `xgnss --follow`: the line changes when the world does, and sleeps when it does not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/receiver.rs"]
mod receiver;
mod support;

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use receiver::{Terminal, data};
use support::{Following, Person};

/// A gpsd of the test's own, for moments that the real one cannot be made to produce: it says
/// what it is told to, when it is told to.
struct Scripted {
    listener: TcpListener,
}

impl Scripted {
    fn new() -> (Self, String) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let source = format!("gpsd://{}", listener.local_addr().unwrap());
        (Self { listener }, source)
    }

    /// Waits for the client and greets it.
    fn accept(&self) -> TcpStream {
        let (mut client, _) = self.listener.accept().unwrap();
        client.set_nodelay(true).unwrap();
        let greeting = "{\"class\":\"VERSION\",\"release\":\"3.25\"}\n";
        client.write_all(greeting.as_bytes()).unwrap();
        let mut watch = String::new();
        BufReader::new(client.try_clone().unwrap())
            .read_line(&mut watch)
            .unwrap();
        assert!(watch.starts_with("?WATCH={"), "{watch}");
        client
    }
}

fn tpv(second: u32, lat: f64) -> String {
    let (minute, second) = (second / 60, second % 60);
    format!(
        "{{\"class\":\"TPV\",\"mode\":3,\"time\":\"2026-11-24T12:{minute:02}:{second:02}.000Z\",\
         \"lat\":{lat:.5},\"lon\":11.5,\"altMSL\":500}}\n"
    )
}

/// Asks `xgnss --follow` for lines of plain text.
fn following(person: &Person, source: &str, more: &[&str]) -> Following {
    Following::start(
        person
            .xgnss()
            .args([
                "--follow", "--output", "plain", "--icons", "text", "--source", source,
            ])
            .args(more),
    )
}

#[test]
fn a_change_is_on_the_line_within_ten_milliseconds() {
    let person = Person::new();
    let (gpsd, source) = Scripted::new();
    let bar = following(&person, &source, &["--format", "{lat}"]);
    let mut client = gpsd.accept();
    let mut best = Duration::MAX;
    // Other tests may want the processor at the same moment: of three rounds the best counts.
    for round in 0..3 {
        let mut times = Vec::new();
        for step in 0..200_u32 {
            let number = round * 200 + step;
            let lat = 40.0 + f64::from(number) / 1000.0;
            let started = Instant::now();
            client.write_all(tpv(number, lat).as_bytes()).unwrap();
            bar.wait_for(&format!("{lat:.5}"));
            times.push(started.elapsed());
        }
        times.sort();
        best = best.min(times[197]);
    }
    assert!(
        best < Duration::from_millis(10),
        "99 of 100 within {best:?}"
    );
}

#[test]
fn stale_and_lost_come_on_time_although_nothing_is_said() {
    let person = Person::new();
    let (gpsd, source) = Scripted::new();
    let bar = following(
        &person,
        &source,
        &["--stale-after", "1", "--lost-after", "2"],
    );
    let mut client = gpsd.accept();
    client.write_all(tpv(1, 48.0).as_bytes()).unwrap();
    bar.wait_for("3D 48.00000, 11.50000");
    let started = Instant::now();
    bar.wait_for("OLD 48.00000, 11.50000 1 s old");
    let stale = started.elapsed();
    bar.wait_for("! lost 2 s ago");
    let lost = started.elapsed();
    for (is, wanted) in [(stale, 1.0), (lost, 2.0)] {
        assert!(
            (is.as_secs_f64() - wanted).abs() < 0.15,
            "{is:?} is not {wanted} s"
        );
    }
    // "No fix" is told at once, with what is received.
    client.write_all(tpv(2, 48.1).as_bytes()).unwrap();
    bar.wait_for("3D 48.10000, 11.50000");
    client
        .write_all(b"{\"class\":\"TPV\",\"mode\":1}\n")
        .unwrap();
    let took = bar.wait_for("OLD 48.10000, 11.50000 0 s old");
    assert!(took < Duration::from_millis(500), "{took:?}");
}

#[test]
fn between_two_fixes_it_sleeps_and_it_stays_small() {
    let person = Person::new();
    let (gpsd, source) = Scripted::new();
    let program = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/release/xgnss");
    assert!(program.exists(), "run 'make status' first");
    let mut command = person.program(&program.display().to_string());
    command.args([
        "--follow", "--output", "plain", "--source", &source, "--format", "{lat}",
    ]);
    let bar = Following::start(&mut command);
    let mut client = gpsd.accept();
    for step in 0..20 {
        client.write_all(tpv(step, 48.0).as_bytes()).unwrap();
    }
    bar.wait_for("48.00000");
    std::thread::sleep(Duration::from_millis(200));
    let before = switches(bar.id());
    std::thread::sleep(Duration::from_secs(3));
    let woken = switches(bar.id()) - before;
    assert!(woken <= 4, "woken {woken} times in three seconds");
    let kib = status(bar.id(), "VmRSS:");
    assert!(kib < 6 * 1024, "{kib} KiB");
}

/// How often its threads went to sleep.
fn switches(id: u32) -> u64 {
    let threads = std::fs::read_dir(format!("/proc/{id}/task"))
        .unwrap()
        .flatten();
    threads
        .map(|thread| {
            let path = thread.path().join("status");
            field(
                &std::fs::read_to_string(path).unwrap(),
                "voluntary_ctxt_switches:",
            )
        })
        .sum()
}

fn status(id: u32, name: &str) -> u64 {
    field(
        &std::fs::read_to_string(format!("/proc/{id}/status")).unwrap(),
        name,
    )
}

fn field(text: &str, name: &str) -> u64 {
    let line = text.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_receiver_at_a_port_is_read_and_its_unplugging_told() {
    let person = Person::new();
    let terminal = Terminal::sending(&data("gps-only.nmea"), Duration::from_millis(5), 8 * 3);
    let source = format!("nmea:{}", terminal.path().display());
    let bar = following(
        &person,
        &source,
        &["--format", "{mode} {note}", "--stale-after", "1"],
    );
    bar.wait_for("3D ");
    let other = person
        .xgnss()
        .args(["fix", "--source", &source])
        .output()
        .unwrap();
    let error = support::text(&other.stderr);
    assert!(error.contains("held by xgnss"), "{error}");
    drop(terminal);
    bar.wait_for("3D 1 s old");
}

#[test]
fn a_bar_that_is_gone_leaves_no_process_behind() {
    let person = Person::new();
    let (gpsd, source) = Scripted::new();
    let mut child = person
        .xgnss()
        .args(["--follow", "--source", &source])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let _client = gpsd.accept();
    drop(child.stdout.take());
    let until = Instant::now() + Duration::from_secs(5);
    while child.try_wait().unwrap().is_none() {
        assert!(Instant::now() < until, "it is still there");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_track_survives_a_kill_at_any_moment_and_another_program_opens_it() {
    let person = Person::new();
    let track = person.path("track.gpx");
    let mut points = 0;
    for round in 0..6_u64 {
        // A new one each time: that a killed process had it alone stays with a pseudo-terminal.
        let terminal = Terminal::sending(&data("gps-only.nmea"), Duration::from_millis(2), 8 * 3);
        let source = format!("nmea:{}", terminal.path().display());
        let mut recording = Following::start(
            person
                .xgnss()
                .arg("record")
                .arg(&track)
                .args(["--source", &source]),
        );
        recording.wait_for(&format!("recording to {}", track.display()));
        let before = points;
        support::wait_until("points are written", || {
            points = count(&track, "<trkpt");
            points > before + 3
        });
        std::thread::sleep(Duration::from_millis(7 * round));
        recording.kill();
        points = count(&track, "<trkpt");
        assert_eq!(read_by_gpsbabel(&track), points, "round {round}");
    }
    assert!(points > 20 && count(&track, "<trkseg>") >= 6);
}

fn count(track: &std::path::Path, what: &str) -> usize {
    std::fs::read_to_string(track)
        .unwrap_or_default()
        .matches(what)
        .count()
}

/// How many points gpsbabel finds in it; each of them with a time.
fn read_by_gpsbabel(track: &std::path::Path) -> usize {
    let said = Command::new("gpsbabel")
        .args(["-t", "-i", "gpx", "-f"])
        .arg(track)
        .args(["-o", "unicsv,utc=0", "-F", "-"])
        .output()
        .expect("gpsbabel starts: Debian's gpsbabel");
    assert!(said.status.success(), "{}", support::text(&said.stderr));
    let table = support::text(&said.stdout);
    let rows = table
        .lines()
        .skip(1)
        .filter(|row| row.contains("2026/05/19"));
    rows.count()
}
