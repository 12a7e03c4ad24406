//! The driver of the Arduino with the real sketch, compiled by avr-gcc and run by simavr.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use barpop::shutter::release::{self, Release, Wish};

/// What the simulated board may take; it is slower than a real one on a busy machine.
const PATIENCE: Duration = Duration::from_secs(180);

/// Ticks of the board's clock in a millisecond.
const A_MILLISECOND: u64 = 16_000;

/// A board with our sketch.
struct Board {
    child: Child,
    input: ChildStdin,
    lines: Receiver<String>,
    port: String,
}

/// An edge of a pin.
#[derive(Debug, PartialEq)]
struct Edge {
    pin: String,
    level: bool,
    at: u64,
}

impl Board {
    /// With a display of so many rows, or none.
    fn new(rows: Option<u32>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        let root = env!("CARGO_MANIFEST_DIR");
        let run = |command: &mut Command| {
            let output = command.output().expect("a compiler");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{said}");
        };
        run(Command::new("make")
            .args(["-s", "-f", &format!("{root}/assets/arduino/Makefile")])
            .args(["xshutter.elf", &format!("VPATH={root}/assets/arduino")])
            .current_dir(folder.path()));
        run(Command::new("cc")
            .args(["-O2", "-o", &path("board")])
            .args([&format!("{root}/tests/arduino/board.c"), "-lsimavr"]));
        let mut child = Command::new(path("board"))
            .arg(path("xshutter.elf"))
            .args(rows.map(|rows| rows.to_string()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let port = lines.recv_timeout(PATIENCE).expect("the port");
        let board = Self {
            input: child.stdin.take().unwrap(),
            child,
            lines,
            port,
        };
        // It has read its files, and its pins are outputs now.
        assert!(!board.edge("shutter").level);
        assert!(!board.edge("focus").level);
        board
    }

    fn release(&self, options: &str) -> Box<dyn Release> {
        let wish: Wish = format!("arduino:{}{options}", self.port).parse().unwrap();
        let release = release::open(&wish);
        assert_eq!(release.describe().problem, None);
        release
    }

    fn tell(&mut self, what: &str) {
        writeln!(self.input, "{what}").unwrap();
    }

    fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("a line")
    }

    /// The next edge, which must be of this pin.
    fn edge(&self, pin: &str) -> Edge {
        let line = self.line();
        let words: Vec<_> = line.split(' ').collect();
        let ["edge", of, level, at] = words.as_slice() else {
            panic!("no edge: {line}")
        };
        assert_eq!(*of, pin, "{line}");
        Edge {
            pin: (*of).to_owned(),
            level: *level == "1",
            at: at.parse().unwrap(),
        }
    }

    /// The board's clock; no edge may be on the way.
    fn clock(&mut self) -> u64 {
        self.tell("clock");
        let line = self.line();
        let clock = line.strip_prefix("clock ").expect(&line);
        clock.parse().unwrap()
    }

    fn screen(&mut self) -> Vec<String> {
        self.tell("screen");
        assert_eq!(self.line(), "screen");
        let lines = std::iter::from_fn(|| Some(self.line()).filter(|line| line != "end"));
        lines.collect()
    }
}

/// A process that ends with its test, and its service with it.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Board {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks until it is so.
fn eventually<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < until, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn buttons_are_pressed_and_let_go_without_a_display() {
    let board = Board::new(None);
    let mut release = board.release("");
    let about = release.describe();
    assert_eq!(about.name, format!("Arduino at {}", board.port));
    assert!(about.focus);
    release.focus(true).unwrap();
    assert!(board.edge("focus").level);
    release.open(Duration::from_secs(60)).unwrap();
    assert!(board.edge("shutter").level);
    release.close().unwrap();
    assert!(!board.edge("shutter").level);
    release.focus(false).unwrap();
    assert!(!board.edge("focus").level);
    // Whatever is pressed when the release goes is let go.
    release.open(Duration::from_secs(60)).unwrap();
    assert!(board.edge("shutter").level);
    drop(release);
    assert!(!board.edge("shutter").level);
}

#[test]
fn the_board_lets_go_by_itself_to_the_millisecond() {
    for rows in [None, Some(64)] {
        let board = Board::new(rows);
        let mut release = board.release("");
        for longest in [100, 700] {
            release.open(Duration::from_millis(longest)).unwrap();
            let pressed = board.edge("shutter");
            let let_go = board.edge("shutter");
            assert!(pressed.level && !let_go.level);
            let held = let_go.at - pressed.at;
            let off = held.abs_diff(longest * A_MILLISECOND);
            assert!(off <= A_MILLISECOND, "{longest} ms: {held} ticks");
            release.close().unwrap();
        }
    }
}

#[test]
fn the_display_counts_the_pictures() {
    // What the sketch draws, a dot for three by three.
    const TWELVE: [&str; 7] = [
        "..#....###.",
        ".##...#...#",
        "..#.......#",
        "..#......#.",
        "..#.....#..",
        "..#....#...",
        ".###..#####",
    ];
    for (rows, pictures) in [(32, 12), (64, 2)] {
        let mut board = Board::new(Some(rows));
        let mut release = board.release(&format!(",display={rows}"));
        for _ in 0..pictures {
            release.open(Duration::from_secs(60)).unwrap();
            release.close().unwrap();
            board.edge("shutter");
            board.edge("shutter");
        }
        let first = if pictures == 12 { 1 } else { 6 };
        let wanted = TWELVE.map(|row| row[first..].to_owned());
        let width = wanted[0].len();
        eventually("the display shows the count", || {
            let screen = board.screen();
            // The first row and column with a dot, and every third from there.
            let top = screen.iter().position(|row| row.contains('#'))?;
            let left = screen.iter().filter_map(|row| row.find('#')).min()?;
            let dots: Vec<String> = screen
                .iter()
                .skip(top)
                .step_by(3)
                .take(7)
                .map(|row| row.chars().skip(left).step_by(3).take(width).collect())
                .collect();
            (dots == wanted).then_some(())
        });
    }
}

#[test]
fn a_long_exposure_goes_on_for_as_long_as_the_board_hears_us() {
    let mut board = Board::new(None);
    let mut release = board.release(",silence=2");
    release.open(Duration::from_secs(600)).unwrap();
    let pressed = board.edge("shutter");
    // More than a silence of the board's own time; an edge would be no clock.
    eventually("three seconds have passed", || {
        (board.clock() > pressed.at + 3000 * A_MILLISECOND).then_some(())
    });
    assert_eq!(release.describe().problem, None);
    release.close().unwrap();
    assert!(!board.edge("shutter").level);
}

#[test]
fn a_board_that_hears_nothing_lets_go_and_we_say_that_it_is_gone() {
    let mut board = Board::new(None);
    let mut release = board.release(",silence=2");
    release.focus(true).unwrap();
    assert!(board.edge("focus").level);
    release.open(Duration::from_secs(600)).unwrap();
    let pressed = board.edge("shutter");
    board.tell("deaf");
    let let_go = board.edge("shutter");
    assert!(!let_go.level);
    assert!(!board.edge("focus").level);
    let after = (let_go.at - pressed.at) / A_MILLISECOND;
    // It counts whole milliseconds of its own since it last heard us, which was just before.
    assert!(after >= 1990, "after {after} ms");
    let problem = eventually("the release has a problem", || release.describe().problem);
    assert!(problem.ends_with("it does not answer"), "{problem}");
    assert!(release.close().is_err());
}

#[test]
fn a_board_that_is_reset_in_an_exposure_is_noticed_and_taken_again() {
    let mut board = Board::new(None);
    let mut release = board.release(",silence=2");
    release.open(Duration::from_secs(600)).unwrap();
    assert!(board.edge("shutter").level);
    board.tell("reset");
    assert!(!board.edge("shutter").level);
    let problem = eventually("the release has a problem", || release.describe().problem);
    assert!(problem.contains("it let go by itself"), "{problem}");
    let error = release.close().unwrap_err().to_string();
    assert!(error.ends_with("it was reset, and let go"), "{error}");
    release.recover().unwrap();
    assert_eq!(release.describe().problem, None);
    release.open(Duration::from_secs(600)).unwrap();
    assert!(board.edge("shutter").level);
}

#[test]
fn a_board_that_is_unplugged_is_an_error_until_it_is_there_again() {
    let mut board = Board::new(None);
    let mut release = board.release("");
    board.tell("unplug");
    let _ = board.child.wait();
    assert!(release.open(Duration::from_secs(1)).is_err());
    let error = release.recover().unwrap_err().to_string();
    assert!(
        error.contains("is not there; plug the Arduino in"),
        "{error}"
    );
    assert_eq!(release.describe().problem, Some(error));
}

#[test]
fn a_port_with_something_else_says_which_sketch_it_wants() {
    let master = rustix::pty::openpt(rustix::pty::OpenptFlags::RDWR).unwrap();
    rustix::pty::grantpt(&master).unwrap();
    rustix::pty::unlockpt(&master).unwrap();
    let port = rustix::pty::ptsname(&master, Vec::new()).unwrap();
    let wish: Wish = format!("arduino:{}", port.to_str().unwrap())
        .parse()
        .unwrap();
    let problem = release::open(&wish).describe().problem.unwrap();
    assert!(
        problem.ends_with("our sketch does not answer; load it with 'make -C assets/arduino load'"),
        "{problem}"
    );
}

#[test]
fn the_supervisor_lets_go_what_a_killed_service_holds() {
    let board = Board::new(None);
    let home = tempfile::tempdir().unwrap();
    let xshutter = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xshutter"));
        command.env("HOME", home.path()).stdin(Stdio::null());
        command
    };
    let mut supervisor = xshutter()
        .args(["serve", "--supervised", "--state", "none"])
        .args(["--listen", "127.0.0.1:0", "--release"])
        // The board itself would wait for longer than this test.
        .arg(format!("arduino:{},silence=60", board.port))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map(Ended)
        .unwrap();
    let id = supervisor.0.id();
    let mut said = BufReader::new(supervisor.0.stderr.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let address = said
        .find_map(|line| Some(line.split_once(" is at ")?.1.to_owned()))
        .unwrap();
    let start = ["start", "--interval", "600s", "--bulb", "300s"];
    let done = xshutter()
        .args(["--server", &address])
        .args(start)
        .status()
        .unwrap();
    assert!(done.success());
    assert!(board.edge("shutter").level);
    let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap();
    let service: i32 = children.trim().parse().expect("one service");
    let service = rustix::process::Pid::from_raw(service).unwrap();
    rustix::process::kill_process(service, rustix::process::Signal::KILL).unwrap();
    assert!(!board.edge("shutter").level);
    let told = said
        .find(|line| line.contains("it is started anew"))
        .unwrap();
    assert!(told.contains("the service was ended by signal 9"), "{told}");
    // The new one is there, and ends in good order.
    said.find(|line| line.contains(" is at ")).unwrap();
    let supervisor_id = rustix::process::Pid::from_child(&supervisor.0);
    rustix::process::kill_process(supervisor_id, rustix::process::Signal::TERM).unwrap();
    assert!(supervisor.0.wait().unwrap().success());
}
