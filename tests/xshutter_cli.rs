//! `xshutter` in a terminal and as bars run it, against the real `xshutter serve`.
#![cfg(feature = "shutter-server")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;
#[path = "support/terminal.rs"]
mod terminal;
#[path = "support/timer.rs"]
mod timer;

use serde_json::Value;
use support::{Person, text, wait_until};
use terminal::Terminal;
use timer::{Timer, xshutter};

fn line(timer: &Timer, person: &Person, output: &str) -> String {
    timer.says(person, &["--output", output])
}

#[test]
fn every_bar_gets_the_state_in_its_own_language() {
    let person = Person::new();
    let timer = Timer::start(&person);
    assert_eq!(line(&timer, &person, "plain"), "CAM idle\n");
    timer.says(&person, &["start", "--interval", "1h", "--count", "500"]);
    timer.wait_for(&person, "the first shot is taken", |s| s["shots"] == 1);
    let plain = line(&timer, &person, "plain");
    assert!(
        plain.starts_with("CAM 1/500 59:") || plain.starts_with("CAM 1/500 1:00:00"),
        "{plain}"
    );
    let xmobar = line(&timer, &person, "xmobar");
    assert!(
        xmobar.starts_with("<action=`xshutter -g`><fn=1>\u{f030}</fn> "),
        "{xmobar}"
    );
    timer.says(&person, &["pause"]);
    let waybar: Value = serde_json::from_str(&line(&timer, &person, "waybar")).unwrap();
    assert_eq!(waybar["class"][0], "paused");
    assert_eq!(waybar["percentage"], 0);
    assert!(
        waybar["tooltip"]
            .as_str()
            .unwrap()
            .contains("Paused: 1 of 500"),
        "{waybar}"
    );
    let i3bar = line(&timer, &person, "i3bar");
    assert!(
        i3bar.contains("#fabd2f") && i3bar.contains("1/500"),
        "{i3bar}"
    );
    let polybar = line(&timer, &person, "polybar");
    assert!(polybar.contains("%{F#fabd2f}"), "{polybar}");
    let json: Value = serde_json::from_str(&line(&timer, &person, "json")).unwrap();
    assert_eq!(json["cameras"][0]["state"], "paused");
    assert_eq!(json["cameras"][0]["count"], 500);
}

#[test]
fn a_plan_is_started_changed_paused_and_stopped() {
    let person = Person::new();
    let timer = Timer::start(&person);
    let idle = timer.status(&person);
    assert_eq!(idle["state"], "idle");
    for key in [
        "shots",
        "next_at",
        "interval_s",
        "count",
        "eta",
        "jitter_ms",
    ] {
        assert!(idle.get(key).is_some(), "{key}");
    }
    timer.says(&person, &["snap"]);
    timer.wait_for(&person, "a single picture is taken", |s| s["total"] == 1);
    timer.says(&person, &["start", "--interval", "0.2", "--count", "1000"]);
    timer.wait_for(&person, "several shots are taken", |s| {
        s["shots"].as_u64() >= Some(3)
    });
    let running = timer.status(&person);
    assert_eq!(
        (&running["state"], &running["interval_s"]),
        (&"running".into(), &0.2.into())
    );
    assert!(running["jitter_ms"]["p99"].is_number() && running["eta"].is_string());
    let refused = timer.run(&person, &["start", "--interval", "5"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        text(&refused.stderr).starts_with("xshutter: "),
        "{:?}",
        refused.stderr
    );
    timer.says(
        &person,
        &["change", "--interval", "1:30", "--count", "none"],
    );
    let changed = timer.status(&person);
    assert_eq!(changed["interval_s"], 90);
    assert_eq!(changed["count"], Value::Null);
    timer.says(&person, &["pause"]);
    assert_eq!(timer.status(&person)["state"], "paused");
    timer.says(&person, &["resume"]);
    assert!(timer.says(&person, &["status"]).starts_with("Running: "));
    timer.says(&person, &["stop"]);
    assert_eq!(timer.status(&person)["ended"], "stopped");
    let history = timer.says(&person, &["history", "--json"]);
    let first: Value = serde_json::from_str(history.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["number"], &first["cause"]),
        (&1.into(), &"snap".into())
    );
    assert!(timer.says(&person, &["history"]).lines().count() >= 4);
    assert!(timer.end().success());
}

#[test]
fn every_part_of_a_plan_can_be_typed() {
    let person = Person::new();
    let plan = [
        "plan",
        "print",
        "--interval",
        "2m30s",
        "--count",
        "40",
        "--delay",
        "5s",
        "--bulb",
        "1:00",
        "--gap",
        "--half-press",
        "0.5",
        "--mirror-lockup",
        "2s",
        "--bracket",
        "3:1",
        "--ramp",
        "2m:2h",
        "--window",
        "sunset+20-sunrise",
        "--at",
        "2030-12-24T22:30:00Z",
    ];
    let output = xshutter(&person).args(plan).output().unwrap();
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed["interval_s"], 150);
    assert_eq!(printed["spacing"], "gap");
    assert_eq!(printed["bracket"]["frames"], 3);
    assert_eq!(printed["ramp"]["over_s"], 7200);
    assert_eq!(printed["start_at"], "2030-12-24T22:30:00Z");
    // What is printed can be read, and changed by a flag.
    let file = person.path("plan.json");
    std::fs::write(&file, &output.stdout).unwrap();
    let again = [
        "plan",
        "print",
        "--count",
        "7",
        "--plan",
        file.to_str().unwrap(),
    ];
    let output = xshutter(&person).args(again).output().unwrap();
    let again: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&again["count"], &again["bulb_s"]), (&7.into(), &60.into()));
}

#[test]
fn a_plan_can_be_looked_at_without_a_camera() {
    let person = Person::new();
    let simulate = |arguments: &[&str]| {
        let mut command = xshutter(&person);
        command
            .args(["plan", "simulate", "--interval", "10s"])
            .args(arguments)
            .output()
            .unwrap()
    };
    let said = text(&simulate(&["--count", "500"]).stdout);
    assert!(said.contains("500 pictures in 1 h 23 min"), "{said}");
    assert!(
        said.contains("film: 20.8 s at 24, 20.0 s at 25 or 16.7 s at 30"),
        "{said}"
    );
    let json: Value =
        serde_json::from_slice(&simulate(&["--count", "3", "--bulb", "2s", "--json"]).stdout)
            .unwrap();
    assert_eq!(json["shots"].as_array().unwrap().len(), 3);
    assert_eq!(json["shots"][0]["presses"][0]["hold_s"], 2.0);
    let wrong = simulate(&["--bulb", "11s"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(text(&wrong.stderr).contains("does not fit in an interval of 10 s"));
    let sun = simulate(&["--window", "sunset-sunrise"]);
    assert!(
        text(&sun.stderr).contains("latitude"),
        "{:?}",
        text(&sun.stderr)
    );
}

#[test]
fn nobody_there_is_a_line_for_bars_and_an_error_for_people() {
    let person = Person::new();
    let run = |arguments: &[&str]| {
        let mut command = xshutter(&person);
        command
            .args(["--server", "127.0.0.1:1"])
            .args(arguments)
            .output()
            .unwrap()
    };
    let bar = run(&[]);
    assert!(bar.status.success() && text(&bar.stdout).contains("offline"));
    assert_eq!(
        text(&bar.stderr),
        "xshutter: no answer from 127.0.0.1:1: nobody listens there\n"
    );
    assert_eq!(run(&["--output", "plain"]).status.code(), Some(1));
    assert_eq!(text(&run(&["--hide-when-absent"]).stdout), "\n");
    for action in ["snap", "status", "history"] {
        let output = run(&[action]);
        assert_eq!(output.status.code(), Some(1), "{action}");
        assert!(
            text(&output.stderr).contains("nobody listens there"),
            "{action}"
        );
    }
    let json: Value = serde_json::from_slice(&run(&["status", "--json"]).stdout).unwrap();
    assert_eq!(
        (&json["state"], &json["link"]),
        (&Value::Null, &"offline".into())
    );
}

#[test]
fn what_is_typed_wrongly_is_exit_status_2_and_says_what_to_do() {
    let person = Person::new();
    for (arguments, wanted) in [
        (&["--server", "https://camera"][..], "speaks no TLS"),
        (&["--server", "http://me:hunter2@camera"], "password_file"),
        (&["start", "--interval", "soon"], "write it like 10s"),
        (&["start"], "--interval"),
        (
            &["start", "--interval", "1s", "--at", "later"],
            "write it like 22:30",
        ),
        (&["start", "--plan", "/nowhere"], "cannot read plan"),
        (&["--format", "{shot}"], "{shots}"),
        (&["--problem-colour", "reddish"], "reddish"),
        (&["serve", "--release", "magic:1"], "is no release"),
    ] {
        let output = xshutter(&person).args(arguments).output().unwrap();
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {error}");
        assert!(error.contains(wanted), "{arguments:?}: {error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
}

#[test]
fn who_gives_up_a_password_finds_the_terminal_as_it_was() {
    use std::os::unix::process::ExitStatusExt;
    let person = Person::new();
    for answers in [&[][..], &["typed once\r"]] {
        let mut terminal = Terminal::start(&xshutter(&person), &["passwd"]);
        terminal.wait_for("Password: ");
        for answer in answers {
            terminal.types(answer);
            terminal.wait_for("Once more: ");
        }
        terminal.types("\x03");
        wait_until("it ends", || terminal.child.try_wait().unwrap().is_some());
        let ended = terminal.child.wait().unwrap();
        assert_eq!(ended.signal(), Some(2), "{ended:?} {}", terminal.text);
        assert!(terminal.echoes(), "the terminal is as it was");
    }
    let mut terminal = Terminal::start(&xshutter(&person), &["passwd"]);
    terminal.wait_for("Password: ");
    terminal.types("correct horse\r");
    terminal.wait_for("Once more: ");
    terminal.types("correct horse\r");
    terminal.wait_for("password_hash = ");
    terminal.ends_with(0);
}

#[test]
fn a_timer_that_was_started_with_nohup_outlives_its_terminal() {
    let person = Person::new();
    let mut command = person.program("nohup");
    command.arg(env!("CARGO_BIN_EXE_xshutter"));
    let timer = Timer::of(command, &["--state", "none"], "127.0.0.1:0");
    timer.tell(rustix::process::Signal::HUP);
    std::thread::sleep(std::time::Duration::from_millis(700));
    assert_eq!(timer.status(&person)["state"], "idle");
    assert!(timer.end().success());
}

#[test]
fn a_password_is_in_a_file_of_the_person_s_own_and_nowhere_else() {
    let person = Person::new();
    let config = person.path("config.toml");
    let write = |path: &std::path::Path, text: &str, mode: u32| {
        std::fs::write(path, text).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(mode);
        std::fs::set_permissions(path, mode).unwrap();
    };
    let typed = person.path("typed");
    write(&typed, "correct horse\n", 0o600);
    let hash = xshutter(&person)
        .arg("passwd")
        .stdin(std::fs::File::open(&typed).unwrap())
        .output()
        .unwrap();
    write(&config, &text(&hash.stdout), 0o644);
    let flag = format!("--config={}", config.display());
    let open = xshutter(&person).args(["serve", &flag]).output().unwrap();
    assert_eq!(open.status.code(), Some(2));
    assert!(
        text(&open.stderr).contains("chmod 600"),
        "{}",
        text(&open.stderr)
    );
    write(&config, &text(&hash.stdout), 0o600);
    let timer = Timer::with(&person, &["--state", "none", &flag], "127.0.0.1:0");
    let locked = timer.run(&person, &[]);
    assert!(
        text(&locked.stdout).contains("password"),
        "{}",
        text(&locked.stdout)
    );
    assert_eq!(timer.run(&person, &["snap"]).status.code(), Some(1));
    let password = person.path("password");
    let client = person.path("client.toml");
    let server = format!(
        "[[shutter.server]]\nname = \"roof\"\nurl = \"http://{}\"\npassword_file = \"{}\"\n",
        timer.address,
        password.display()
    );
    write(&client, &server, 0o644);
    let client = format!("--config={}", client.display());
    let snap = || {
        let mut command = xshutter(&person);
        command
            .args([&client, "--server", "roof", "snap"])
            .output()
            .unwrap()
    };
    assert!(text(&snap().stderr).contains("cannot read password file"));
    write(&password, "wrong one\n", 0o600);
    assert!(text(&snap().stderr).contains("the one that is kept is wrong"));
    write(&password, "correct horse\n", 0o644);
    assert!(text(&snap().stderr).contains("chmod 600"));
    write(&password, "correct horse\n", 0o600);
    let done = snap();
    assert!(done.status.success(), "{}", text(&done.stderr));
}

#[test]
fn several_cameras_have_a_name_each_and_are_asked_together() {
    let person = Person::new();
    let (one, two) = (Timer::start(&person), Timer::start(&person));
    let config = person.path("config.toml");
    let text_of = format!(
        "[shutter]\nseparator = \" | \"\nclick = \"\"\n[[shutter.server]]\nname = \"roof\"\n\
         url = \"{}\"\n[[shutter.server]]\nname = \"yard\"\nurl = \"{}\"\n",
        one.address, two.address
    );
    std::fs::write(&config, text_of).unwrap();
    let flag = format!("--config={}", config.display());
    let run = |arguments: &[&str]| {
        xshutter(&person)
            .arg(&flag)
            .args(arguments)
            .output()
            .unwrap()
    };
    let said = text(&run(&["--output", "plain"]).stdout);
    assert_eq!(said, "CAM roof idle | CAM yard idle\n");
    assert!(
        run(&["--server", "yard", "start", "--interval", "1h"])
            .status
            .success()
    );
    two.wait_for(&person, "the yard's first shot", |s| s["shots"] == 1);
    let states = text(&run(&["status"]).stdout);
    assert!(
        states.contains("roof: Ready") && states.contains("yard: Running: 1 picture"),
        "{states}"
    );
    // One of the two cannot: the other does all the same.
    let both = run(&["start", "--interval", "1h"]);
    assert_eq!(both.status.code(), Some(1));
    assert!(
        text(&both.stderr).contains("yard: "),
        "{}",
        text(&both.stderr)
    );
    assert_eq!(one.status(&person)["state"], "running");
    assert!(run(&["stop"]).status.success());
}
