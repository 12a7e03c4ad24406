//! The shutter's release on a real kernel: lines of a GPIO chip and of a serial adapter, and what
//! becomes of them when the program that holds them dies.
//!
//! `gpio-sim` makes a line that nobody holds follow its pull. Pulled up, it is the line of a
//! Raspberry Pi, which stays as it was when its holder dies.

use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use barpop::shutter::release::{self, Wish};
use barpop::shutter::safe::{self, supervisor};
use rustix::process::{Pid, Signal, kill_process};

use crate::adapter::{Adapter, Lines};
use crate::gpio::Chip;
use crate::{Lab, Needs, Time, guest};

pub const SHUTTER: u32 = 18;
const FOCUS: u32 = 23;
const BOTH: [(u32, &str); 2] = [(SHUTTER, "GPIO18"), (FOCUS, "GPIO23")];
const LONG: Duration = Duration::from_secs(600);

fn wish(text: &str) -> Wish {
    text.parse().unwrap()
}

#[test]
fn lines_are_found_by_name_pressed_and_let_go() {
    guest(Needs::default(), |lab| {
        let mut chip = Chip::with(lab, &BOTH);
        // Nobody has touched the lines yet, and a wire may be at any level.
        chip.pull(SHUTTER, true);
        chip.pull(FOCUS, true);
        let levels = |chip: &Chip| (chip.level(SHUTTER), chip.level(FOCUS));

        let mut release = release::open(&wish("gpio:GPIO18,focus=GPIO23"));
        let about = release.describe();
        assert_eq!(about.problem, None);
        assert!(about.name.starts_with("GPIO18 on gpiochip"), "{about:?}");
        assert_eq!(levels(&chip), (false, false), "inactive from the start");
        release.focus(true).unwrap();
        assert_eq!(levels(&chip), (false, true));
        release.open(LONG).unwrap();
        assert_eq!(levels(&chip), (true, true));
        release.close().unwrap();
        assert_eq!(levels(&chip), (false, true));
        release.focus(false).unwrap();
        assert_eq!(levels(&chip), (false, false));

        // Another one is told who has it, and gets it when it is free.
        let mut second = release::open(&wish("gpio"));
        let problem = second.describe().problem.unwrap();
        assert_eq!(problem, "GPIO18 is in use by 'xshutter'; stop that program");
        drop(release);
        second.recover().unwrap();
        assert!(!chip.level(SHUTTER));
        drop(second);

        let mut low = release::open(&wish("gpio:GPIO18,active=low"));
        assert!(chip.level(SHUTTER), "let go is high");
        low.open(LONG).unwrap();
        assert!(!chip.level(SHUTTER));

        // The chip goes, and comes back.
        chip.unplug();
        assert!(low.close().is_err());
        let error = low.recover().unwrap_err().to_string();
        assert!(error.contains("no GPIO chip"), "{error}");
        chip.plug(lab);
        low.recover().unwrap();
        assert!(chip.level(SHUTTER));
        low.open(LONG).unwrap();
        assert!(!chip.level(SHUTTER));
    });
}

#[test]
fn another_programs_line_is_named_with_its_holder() {
    guest(Needs::default(), |lab| {
        let chip = Chip::with(lab, &[(SHUTTER, "PIN12")]);
        let found = lab.run("gpiofind PIN12");
        let (device, line) = found.trim().split_once(' ').unwrap();
        let mut held = lab.start(
            "gpioset",
            Command::new("gpioset").args(["--mode=signal", device, &format!("{line}=1")]),
        );
        lab.eventually("it is held", Duration::from_secs(5), || {
            chip.level(SHUTTER).then_some(())
        });
        let release = release::open(&wish("gpio"));
        assert_eq!(
            release.describe().problem.unwrap(),
            "PIN12 is in use by 'gpioset'; stop that program"
        );
        held.must_run();
        // A releaser waits for one that is just ending.
        let waiting = std::thread::spawn(|| safe::let_go(&wish("gpio"), Duration::from_secs(20)));
        held.stop();
        let holds = waiting.join().unwrap().unwrap();
        assert!(
            holds.describe().name.starts_with("GPIO18 on"),
            "an early Pi 5"
        );
        assert!(!chip.level(SHUTTER));
    });
}

/// Tells a process that it is a service or a supervisor, and for which release.
const ROLE: &str = "BARPOP_LAB_SHUTTER";

/// The process that runs a scenario is all of them: the test, the service and its supervisor.
fn play() {
    let Ok(role) = std::env::var(ROLE) else {
        return;
    };
    let (role, release) = role.split_once(' ').unwrap();
    let wish = wish(release);
    if role == "supervisor" {
        // The service is this program once more, in its role.
        let role = format!("{ROLE}=service {release}");
        let program = std::env::current_exe().unwrap();
        let service = supervisor::Service {
            program: "/usr/bin/env".into(),
            arguments: [role.into(), program.into()]
                .into_iter()
                .chain(std::env::args_os().skip(1))
                .collect(),
            wish,
        };
        std::process::exit(supervisor::run(&service).unwrap());
    }
    safe::begin();
    let (teller, told) = std::sync::mpsc::channel();
    safe::on_end_signal(move |signal| {
        let _ = teller.send(signal);
    })
    .unwrap();
    let mut held = safe::guard(release::open(&wish));
    held.open(LONG).unwrap();
    say(&format!("holds {}", std::process::id()));
    if role == "panics" {
        panic!("as a scenario wants it");
    }
    let signal = told.recv().unwrap();
    drop(held);
    say(&format!("ended by {}", signal.as_raw()));
    std::process::exit(0);
}

fn say(what: &str) {
    let mut log = std::fs::File::options()
        .append(true)
        .create(true)
        .open("/lab/service.log")
        .unwrap();
    writeln!(log, "{what}").unwrap();
}

/// What services said so far.
fn said() -> Vec<String> {
    let log = std::fs::read_to_string("/lab/service.log").unwrap_or_default();
    log.lines().map(str::to_owned).collect()
}

/// A process in this role. Killed at the end of the guest.
fn start(role: &str, release: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(std::env::args_os().skip(1))
        .env(ROLE, format!("{role} {release}"))
        .stdin(Stdio::null())
        .spawn()
        .unwrap()
}

fn send(id: u32, signal: Signal) {
    let id = Pid::from_raw(i32::try_from(id).unwrap()).unwrap();
    kill_process(id, signal).unwrap();
}

/// Waits for the `n`th service that holds the shutter, and returns its process.
fn holder(lab: &Lab, n: usize) -> u32 {
    lab.eventually(
        &format!("service {n} holds the shutter"),
        Duration::from_secs(20),
        || {
            let holders = said().into_iter();
            let mut holders = holders.filter_map(|line| line.strip_prefix("holds ")?.parse().ok());
            holders.nth(n)
        },
    )
}

/// How long it takes until the line is low.
fn until_low(chip: &Chip) -> Duration {
    let began = Instant::now();
    while chip.level(SHUTTER) {
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "it stays pressed"
        );
        std::thread::sleep(Duration::from_millis(10));
    }
    began.elapsed()
}

#[test]
fn a_supervised_service_that_is_killed_is_let_go_within_a_second_and_started_anew() {
    play();
    guest(Needs::default(), |lab| {
        let chip = Chip::with(lab, &BOTH);
        let mut supervisor = start("supervisor", "gpio");
        for n in 0..2 {
            let service = holder(lab, n);
            assert!(chip.level(SHUTTER));
            chip.pull(SHUTTER, true);
            send(service, Signal::KILL);
            let took = until_low(&chip);
            lab.say(&format!("let go {} ms after kill -9", took.as_millis()));
            assert!(took < Duration::from_secs(1), "{took:?}");
            chip.pull(SHUTTER, false);
        }
        // Ended in good order, both go.
        holder(lab, 2);
        send(supervisor.id(), Signal::TERM);
        assert_eq!(supervisor.wait().unwrap().code(), Some(0));
        assert_eq!(said().last().unwrap(), "ended by 15");
        assert!(!chip.level(SHUTTER));
    });
}

#[test]
fn a_service_goes_with_its_supervisor() {
    play();
    guest(Needs::default(), |lab| {
        let chip = Chip::with(lab, &BOTH);
        let mut supervisor = start("supervisor", "gpio");
        holder(lab, 0);
        supervisor.kill().unwrap();
        supervisor.wait().unwrap();
        lab.eventually("the service has ended", Duration::from_secs(10), || {
            said().contains(&"ended by 15".to_owned()).then_some(())
        });
        assert!(!chip.level(SHUTTER));
    });
}

#[test]
fn what_a_killed_service_leaves_pressed_the_releaser_lets_go() {
    play();
    guest(Needs::default(), |lab| {
        let chip = Chip::with(lab, &BOTH);
        let mut service = start("service", "gpio");
        holder(lab, 0);
        chip.pull(SHUTTER, true);
        service.kill().unwrap();
        service.wait().unwrap();
        assert!(
            chip.level(SHUTTER),
            "it stays pressed, as on a Raspberry Pi"
        );
        let held = safe::let_go(&wish("gpio"), Duration::from_secs(1)).unwrap();
        assert!(!chip.level(SHUTTER));
        drop(held);
    });
}

#[test]
fn a_signal_or_a_panic_lets_the_shutter_go() {
    play();
    guest(Needs::default(), |lab| {
        let chip = Chip::with(lab, &BOTH);
        for (n, signal) in [Signal::TERM, Signal::INT, Signal::HUP]
            .into_iter()
            .enumerate()
        {
            let mut service = start("service", "gpio");
            holder(lab, n);
            assert!(chip.level(SHUTTER));
            send(service.id(), signal);
            assert_eq!(service.wait().unwrap().code(), Some(0));
            assert!(!chip.level(SHUTTER));
        }
        let status = start("panics", "gpio").wait().unwrap();
        assert_eq!(status.signal(), Some(Signal::ABORT.as_raw()));
        assert!(!chip.level(SHUTTER));
    });
}

#[test]
fn the_lines_of_a_serial_adapter_are_pressed_and_let_go() {
    play();
    guest(Needs::default(), |lab| {
        let adapter = Adapter::plugged(lab);
        let port = Adapter::PORT;
        let both = wish(&format!("serial:{port},focus=dtr"));
        let mut release = release::open(&both);
        assert_eq!(release.describe().problem, None);
        assert_eq!(release.describe().name, format!("{port} (RTS)"));
        adapter.wait_for(lab, false, false);
        release.focus(true).unwrap();
        adapter.wait_for(lab, false, true);
        release.open(LONG).unwrap();
        adapter.wait_for(lab, true, true);
        release.close().unwrap();
        adapter.wait_for(lab, false, true);
        drop(release);
        adapter.wait_for(lab, false, false);

        // Only the first open presses, which the kernel does before a program can say anything.
        let before = adapter.seen();
        let raised = |lines: &Lines| lines.rts || lines.dtr;
        let presses = before.iter().filter(|lines| raised(lines)).count();
        lab.say(&format!("so far: {before:?}"));
        let again = release::open(&both);
        assert_eq!(again.describe().problem, None);
        drop(again);
        let after = adapter.seen();
        assert_eq!(after.iter().filter(|lines| raised(lines)).count(), presses);

        // One that has it is named.
        let held = lab.start(
            "flock",
            Command::new("flock").args(["-o", port, "sleep", "600"]),
        );
        let problem = lab.eventually("the port is held", Duration::from_secs(5), || {
            release::open(&both).describe().problem
        });
        assert!(
            problem.starts_with(&format!("{port} is in use by ")),
            "{problem}"
        );
        held.stop();

        // The kernel lets go when its holder is killed.
        let mut service = start("service", &format!("serial:{port}"));
        holder(lab, 0);
        adapter.wait_for(lab, true, false);
        service.kill().unwrap();
        service.wait().unwrap();
        adapter.wait_for(lab, false, false);

        // Turned round: raised is let go.
        let mut low = release::open(&wish(&format!("serial:{port},active=low")));
        adapter.wait_for(lab, true, true);
        low.open(LONG).unwrap();
        adapter.wait_for(lab, false, true);
        low.close().unwrap();
        drop(low);
        adapter.wait_for(lab, true, true);

        let mut release = release::open(&both);
        adapter.unplug(lab);
        assert!(release.open(LONG).is_err());
        let error = release.recover().unwrap_err().to_string();
        assert!(
            error.ends_with("plug the adapter in, or name another port"),
            "{error}"
        );
        adapter.plug(lab);
        release.recover().unwrap();
        release.open(LONG).unwrap();
        adapter.wait_for(lab, true, false);
    });
}

/// `xshutter`, as a person types it.
pub fn xshutter(words: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xshutter"));
    command.args(words.split(' ')).env("HOME", "/tmp");
    command
}

/// The processes that this one started.
fn children(of: u32) -> Vec<u32> {
    let parent = format!("PPid:\t{of}");
    let all = std::fs::read_dir("/proc").unwrap().flatten();
    all.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|id: &u32| {
            let status = std::fs::read_to_string(format!("/proc/{id}/status"));
            status
                .unwrap_or_default()
                .lines()
                .any(|line| line == parent)
        })
        .collect()
}

/// A guest for the service, whose time is that of its processor.
pub fn for_service() -> Needs {
    Needs {
        time: Time::Plain,
        ..Needs::default()
    }
}

/// What the service says of itself.
pub fn status(lab: &Lab) -> Option<serde_json::Value> {
    let (done, said) = lab.output(&mut xshutter("status --json"));
    let state: Option<serde_json::Value> = serde_json::from_str(&said).ok();
    state.filter(|_| done)
}

/// A service with both lines, which answers, and its supervisor.
pub fn service(lab: &Lab) -> (Chip, Child) {
    let chip = Chip::with(lab, &BOTH);
    let supervisor = serve(lab);
    (chip, supervisor)
}

/// Where the service writes its plan down.
pub const KEPT: &str = "/run/shutter";

/// Starts the service, and returns its supervisor when it answers.
pub fn serve(lab: &Lab) -> Child {
    let serve =
        format!("serve --supervised --release gpio:GPIO18,focus=GPIO23 --state {KEPT}/camera.json");
    let supervisor = xshutter(&serve).stdin(Stdio::null()).spawn().unwrap();
    lab.eventually("it answers", Duration::from_secs(30), || status(lab));
    supervisor
}

/// Ends the service as a service manager does.
pub fn end(mut supervisor: Child) {
    send(supervisor.id(), Signal::TERM);
    assert_eq!(supervisor.wait().unwrap().code(), Some(0));
}

#[test]
fn a_plan_presses_as_often_and_as_long_as_was_said() {
    guest(for_service(), |lab| {
        let (chip, supervisor) = service(lab);
        let plan = "start --interval 4s --bulb 2s --half-press 0.5s --count 3";
        let mut start = xshutter(plan).spawn().unwrap();
        let changes = chip.changes([FOCUS, SHUTTER], Duration::from_secs(20));
        assert!(start.wait().unwrap().success());
        lab.say(&format!("{changes:?}"));
        // When this line was pressed, and when it was let go, of each picture.
        let pictures = |wanted: u32| {
            let own = changes.iter().filter(|(line, ..)| *line == wanted);
            let own: Vec<_> = own.map(|(_, high, at)| (*high, at.as_secs_f64())).collect();
            let levels: Vec<bool> = own.iter().map(|(high, _)| *high).collect();
            assert_eq!(levels, [[true, false]; 3].concat());
            [0, 2, 4].map(|at| (own[at].1, own[at + 1].1))
        };
        let [focus, shutter] = [FOCUS, SHUTTER].map(pictures);
        for ((half, free), (open, shut)) in focus.into_iter().zip(shutter) {
            assert!((0.4..1.5).contains(&(open - half)), "half-pressed before");
            assert!((1.9..3.0).contains(&(shut - open)), "open for two seconds");
            assert!((free - shut).abs() < 0.5, "both are let go");
        }
        let pace = shutter[2].0 - shutter[0].0;
        assert!((7.5..9.0).contains(&pace), "two intervals took {pace} s");
        assert_eq!(status(lab).unwrap()["state"], "idle");
        end(supervisor);
    });
}

#[test]
fn a_plan_goes_on_after_the_whole_service_was_killed_in_an_exposure() {
    guest(for_service(), |lab| {
        let (chip, supervisor) = service(lab);
        let plan = "start --interval 4s --bulb 2s --half-press 0.5s --count 50";
        assert!(lab.output(&mut xshutter(plan)).0);
        let pressed = |line, what: &str| {
            lab.eventually(what, Duration::from_secs(30), || {
                chip.level(line).then_some(())
            });
        };
        pressed(FOCUS, "the focus line is pressed first");
        pressed(SHUTTER, "the shutter is open");
        let children = children(supervisor.id());
        chip.pull(SHUTTER, true);
        chip.pull(FOCUS, true);
        assert_eq!(children.len(), 1);
        send(children[0], Signal::KILL);
        let took = until_low(&chip);
        lab.say(&format!("let go {} ms after kill -9", took.as_millis()));
        assert!(took < Duration::from_secs(1), "{took:?}");
        assert!(!chip.level(FOCUS));
        chip.pull(SHUTTER, false);
        chip.pull(FOCUS, false);
        pressed(SHUTTER, "the next picture of the plan");
        let state = status(lab).unwrap();
        assert_eq!(state["state"], "running", "{state}");
        assert!(state["resumed_at"].is_string(), "{state}");
        assert_eq!(state["realtime"], true, "{state}");
        assert_eq!(state["release"]["problem"], serde_json::Value::Null);
        // An exposure ends at once when the service is asked to end.
        pressed(SHUTTER, "an exposure");
        end(supervisor);
        assert!(!chip.level(SHUTTER));
    });
}

#[test]
fn the_rule_gives_the_chip_to_the_members_of_its_group() {
    guest(Needs::default(), |lab| {
        const GROUP: u32 = 4711;
        const SOMEBODY: u32 = 4712;
        let groups = std::fs::read_to_string("/etc/group").unwrap();
        let groups = groups.lines().filter(|line| !line.starts_with("gpio:"));
        let own = format!("gpio:x:{GROUP}:");
        let groups: Vec<&str> = groups.chain([own.as_str()]).collect();
        std::fs::write("/etc/group", groups.join("\n") + "\n").unwrap();
        let as_somebody = |group: u32| {
            let program = env!("CARGO_BIN_EXE_xshutter");
            let who = format!("--reuid={SOMEBODY} --regid={SOMEBODY} --groups={group}");
            lab.try_run(&format!(
                "setpriv {who} {program} release --let-go --release gpio"
            ))
        };
        let _chip = Chip::with(lab, &BOTH);
        let (done, said) = as_somebody(GROUP);
        assert!(!done);
        assert!(
            said.contains("no permission for /dev/gpiochip")
                && said.contains("add its user to the group gpio"),
            "{said}"
        );
        std::fs::create_dir_all("/run/udev/rules.d").unwrap();
        std::fs::copy(
            concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/assets/udev/70-barpop-shutter.rules"
            ),
            "/run/udev/rules.d/70-barpop-shutter.rules",
        )
        .unwrap();
        lab.run("udevadm control --reload");
        lab.run("udevadm trigger -c add -s gpio");
        lab.run("udevadm settle");
        let (done, said) = as_somebody(GROUP);
        assert!(done, "{said}");
        let (done, _) = as_somebody(SOMEBODY);
        assert!(!done, "only its members");
    });
}
