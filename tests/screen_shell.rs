//! The two shells in real windows: the same picture, the same ending, rest, and names for those
//! who do not see the screen.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/receiver.rs"]
mod receiver;
#[path = "support/screen.rs"]
mod screen;
mod support;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use barpop::sim::modem::{Faults, SendOutcome};
use barpop::sim::network::Network;
use barpop::sim::{self, Port, Simulated};
use barpop::sms::store::{Content, Incoming, Listed, Store};
use bus::Bus;
use jiff::{SignedDuration, Timestamp};
use receiver::Terminal;
use rustix::process::{Pid, Signal, kill_process};
use screen::Screen;
use support::wait_until;

/// So many messages of days that are over, so that no time on the screen changes. The newest is of
/// a morning: so, the oldest of its conversation, half a day apart, is out of sight on a third day,
/// and looking at it makes nothing read.
fn fill(screen: &Screen, messages: u32) {
    let today = Timestamp::now().as_second() / 86_400 * 86_400;
    let morning = Timestamp::from_second(today - 40 * 86_400 + 6 * 3600).unwrap();
    let store = screen.person.path(".local/share/barpop/messages.sqlite3");
    let listing: Vec<Listed> = (0..messages)
        .map(|number| Listed {
            index: number,
            raw: number.to_be_bytes().to_vec(),
            content: Content::Deliver(Incoming {
                address: format!("+49170000{:04}", number % 12),
                time: Some(morning - SignedDuration::from_hours(i64::from(number))),
                text: format!("Message {number}: wir sehen uns um ½ 9, s'il te plaît"),
                class: None,
                concat: None,
                replace_type: None,
            }),
        })
        .collect();
    Store::open(&store).unwrap().ingest("SM", &listing).unwrap();
}

fn barpop(screen: &Screen, arguments: &[&str]) -> Command {
    let mut command = screen.program(env!("CARGO_BIN_EXE_barpop"));
    command.args(arguments);
    command
}

fn tell(process: &Child, signal: Signal) {
    let id = Pid::from_raw(i32::try_from(process.id()).unwrap()).unwrap();
    kill_process(id, signal).unwrap();
}

/// The popup's picture once it has stopped changing. The pointer is far away.
fn picture(screen: &Screen, mut command: Command) -> Vec<[u8; 3]> {
    screen.xdotool(&["mousemove", "1279", "799"]);
    let mut process = command.spawn().unwrap();
    let popup = screen.popup();
    let mut picture = popup.pixels();
    let mut calm = 0;
    wait_until("it has stopped changing", || {
        std::thread::sleep(Duration::from_millis(400));
        let now = popup.pixels();
        calm = if now == picture { calm + 1 } else { 0 };
        picture = now;
        // A scan of the simulated network takes a second and a half, in which nothing moves.
        calm >= 5
    });
    tell(&process, Signal::TERM);
    assert!(process.wait().unwrap().success());
    picture
}

/// How far two pictures are apart: at most, and on average, of 255.
fn apart(one: &[[u8; 3]], other: &[[u8; 3]]) -> (u8, f64) {
    assert_eq!(one.len(), other.len(), "they have different sizes");
    let all = one.iter().flatten().zip(other.iter().flatten());
    let off: Vec<u8> = all.map(|(a, b)| a.abs_diff(*b)).collect();
    let sum: u64 = off.iter().map(|off| u64::from(*off)).sum();
    (*off.iter().max().unwrap(), sum as f64 / off.len() as f64)
}

/// Opens a popup in both shells, at a scale.
fn same_in_both_shells(arguments: &[&str], scale: &str, more: &dyn Fn(&mut Command)) {
    let screen = Screen::new();
    fill(&screen, 40);
    let [software, gpu] = ["software", "gpu"].map(|renderer| {
        let mut command = barpop(&screen, arguments);
        command
            .args(["--renderer", renderer])
            .env("WINIT_X11_SCALE_FACTOR", scale);
        more(&mut command);
        picture(&screen, command)
    });
    let (most, mean) = apart(&software, &gpu);
    // OpenGL adds half a step of noise to what fades, and rounds in another order.
    assert!(
        most <= 6 && mean < 0.1,
        "{arguments:?} at {scale}: {most} at most, {mean:.4} on average"
    );
}

#[test]
fn messages_look_the_same_in_both_shells() {
    same_in_both_shells(&["sms", "--theme", "dark"], "1", &|_| {});
}

#[test]
fn messages_look_the_same_in_both_shells_on_a_fine_screen() {
    same_in_both_shells(&["sms", "--theme", "light"], "1.5", &|_| {});
}

#[test]
fn networks_look_the_same_in_both_shells() {
    let bus = Bus::start();
    let network = Network::start(&bus.address(), "home").unwrap();
    // Nothing moves, so that there are two pictures of the same.
    assert_eq!(network.control("steady on"), Ok("ok".to_owned()));
    let address = bus.address();
    same_in_both_shells(&["net", "--theme", "high-contrast"], "1", &|command| {
        command.env("DBUS_SYSTEM_BUS_ADDRESS", &address);
    });
}

#[test]
fn a_receiver_is_switched_off_when_its_popup_is_ended() {
    for renderer in ["software", "gpu"] {
        let screen = Screen::new();
        let (modem, wait_for) = receiver(Duration::ZERO);
        let source = format!("modem:{}", modem.path().display());
        let arguments = ["gnss", "--source", &source, "--renderer", renderer];
        let mut process = barpop(&screen, &arguments).spawn().unwrap();
        screen.popup();
        wait_for("AT+QGPS=1");
        tell(&process, Signal::TERM);
        wait_for("AT+QGPSEND");
        assert!(process.wait().unwrap().success(), "as if it were closed");
    }
}

/// Longer than a click waits for.
const SLOW: Duration = Duration::from_millis(2500);

/// A receiver that takes so long to be switched off, and what it is told.
fn receiver(slow: Duration) -> (Terminal, impl Fn(&str)) {
    const OK: &str = "\r\nOK\r\n";
    let (heard, commands) = std::sync::mpsc::channel();
    let modem = Terminal::answering_and_telling(
        &[
            ("ATE0", OK),
            ("AT+QGPS=?", OK),
            ("AT+QGPS=1", OK),
            ("AT+QGPSEND", OK),
        ],
        move |command| {
            let _ = heard.send(command.to_owned());
            if command == "AT+QGPSEND" {
                std::thread::sleep(slow);
            }
        },
    );
    let wait_for = move |wanted: &str| {
        let patience = Duration::from_secs(20);
        while commands.recv_timeout(patience).expect(wanted) != wanted {}
    };
    (modem, wait_for)
}

fn closes_without_the_keyboard(screen: &Screen) {
    let config = screen.person.path(".config/barpop");
    std::fs::create_dir_all(&config).unwrap();
    let text = "[popup]\nclose_on_focus_loss = true\n";
    std::fs::write(config.join("config.toml"), text).unwrap();
}

#[test]
fn a_click_while_a_popup_ends_slowly_opens_the_next_one() {
    for renderer in ["software", "gpu"] {
        let screen = Screen::new();
        let (modem, wait_for) = receiver(SLOW);
        let source = format!("modem:{}", modem.path().display());
        let arguments = ["gnss", "--source", &source, "--renderer", renderer];
        let mut first = barpop(&screen, &arguments).spawn().unwrap();
        screen.popup();
        wait_for("AT+QGPS=1");
        tell(&first, Signal::TERM);
        wait_for("AT+QGPSEND");
        assert!(first.try_wait().unwrap().is_none(), "it ends slowly");
        screen.keep(barpop(&screen, &arguments).spawn().unwrap());
        assert!(first.wait().unwrap().success());
        screen.popup();
    }
}

#[test]
fn a_click_after_a_popup_has_left_opens_it_although_it_still_ends() {
    let screen = Screen::new();
    closes_without_the_keyboard(&screen);
    screen.xmonad();
    let (modem, wait_for) = receiver(SLOW);
    let source = format!("modem:{}", modem.path().display());
    let mut first = barpop(&screen, &["gnss", "--source", &source])
        .spawn()
        .unwrap();
    let popup = screen.popup();
    wait_until("the popup has the keyboard", || popup.has_keyboard());
    wait_for("AT+QGPS=1");
    screen.other_window();
    wait_for("AT+QGPSEND");
    // Longer than a button is held down: this click is another one.
    std::thread::sleep(Duration::from_millis(700));
    assert!(first.try_wait().unwrap().is_none(), "it ends slowly");
    screen.keep(
        barpop(&screen, &["gnss", "--source", &source])
            .spawn()
            .unwrap(),
    );
    assert!(first.wait().unwrap().success());
    screen.popup();
}

#[test]
fn a_popup_that_never_had_the_keyboard_does_not_close_for_want_of_it() {
    // Without a window manager nobody gives it the keyboard.
    let screen = Screen::new();
    closes_without_the_keyboard(&screen);
    screen.keep(
        barpop(&screen, &["gnss", "--source", "gpsd://127.0.0.1:9"])
            .spawn()
            .unwrap(),
    );
    screen.popup();
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(screen.popups().len(), 1, "it is still there");
}

#[test]
fn a_click_closes_an_open_popup_without_starting_its_program_again() {
    let screen = Screen::new();
    let mut popup = barpop(&screen, &["sms"]).spawn().unwrap();
    screen.popup();
    std::thread::sleep(Duration::from_millis(600));
    // Where no `barpop` is beside it or in the path.
    let alone = screen.person.path("alone");
    std::fs::create_dir(&alone).unwrap();
    std::fs::copy(env!("CARGO_BIN_EXE_xsms"), alone.join("xsms")).unwrap();
    let click = || {
        let mut xsms = screen.program(alone.join("xsms").to_str().unwrap());
        xsms.arg("-g").env("PATH", &alone).output().unwrap()
    };
    let closing = click();
    assert!(closing.status.success(), "{closing:?}");
    assert!(popup.wait().unwrap().success());
    // The next one opens it again, for which the program is needed.
    let opening = click();
    let told = String::from_utf8_lossy(&opening.stderr);
    assert!(told.contains("cannot start 'barpop'"), "{opening:?}");
}

#[test]
fn a_popup_that_was_started_with_nohup_outlives_its_terminal() {
    let screen = Screen::new();
    let mut command = screen.program("nohup");
    command.args([env!("CARGO_BIN_EXE_barpop"), "gnss", "--source"]);
    let mut process = command.arg("gpsd://127.0.0.1:9").spawn().unwrap();
    screen.popup();
    tell(&process, Signal::HUP);
    // It would be gone with the next frame.
    std::thread::sleep(Duration::from_millis(700));
    assert!(process.try_wait().unwrap().is_none(), "it is still there");
    assert_eq!(screen.popups().len(), 1);
    tell(&process, Signal::TERM);
    assert!(process.wait().unwrap().success());
}

#[test]
fn a_person_at_two_screens_has_a_popup_on_each() {
    let [one, other] = [Screen::new(), Screen::new()];
    let start = |screen: &Screen| {
        let mut command = barpop(screen, &["gnss", "--source", "gpsd://127.0.0.1:9"]);
        command.env("XDG_RUNTIME_DIR", one.person.path("run"));
        command.spawn().unwrap()
    };
    one.keep(start(&one));
    one.popup();
    std::thread::sleep(Duration::from_millis(600));
    other.keep(start(&other));
    other.popup();
    assert_eq!(one.popups().len(), 1, "the first is as it was");
}

#[test]
fn a_resident_popup_opens_again_while_a_message_is_still_on_its_way() {
    let screen = Screen::new();
    let link = screen.person.path("modem");
    let faults = Faults {
        send: SendOutcome::AcceptAfter(Duration::from_secs(25)),
        ..Faults::default()
    };
    let port = Port::Terminal(Some(link.clone()));
    let modem = Simulated::start(sim::modem::Options::default(), faults, port).unwrap();
    let device = link.to_str().unwrap();
    let mut process = barpop(&screen, &["sms", "--resident", "-d", device])
        .spawn()
        .unwrap();
    // A start before that would be the first one, and have a window that stays.
    let folder = screen.person.path("run/barpop");
    wait_until("it waits in the background", || {
        let files = std::fs::read_dir(&folder).into_iter().flatten().flatten();
        let mut names = files.map(|file| file.file_name());
        names.any(|name| name.to_string_lossy().ends_with(".sock"))
    });
    let again = || {
        let done = barpop(&screen, &["sms"]).status().unwrap();
        assert!(done.success());
    };
    again();
    screen.popup();
    let store = screen.person.path(".local/share/barpop/messages.sqlite3");
    let mut store = Store::open(&store).unwrap();
    barpop::sms::source::queue(&mut store, "+491701234567", "On my way").unwrap();
    wait_until("the modem has it", || {
        let all = modem.commands();
        all.iter().any(|line| line.starts_with("AT+CMGS"))
    });
    std::thread::sleep(Duration::from_millis(600));
    again();
    wait_until("the popup is closed", || screen.popups().is_empty());
    again();
    screen.popup();
    let state = || screen.person.messages()[0]["state"].clone();
    assert_eq!(state(), "sending", "it came before that was over");
    // What was on its way arrives, also when the process is ended meanwhile.
    tell(&process, Signal::TERM);
    assert!(process.wait().unwrap().success());
    assert_eq!(modem.sent().len(), 1);
    assert_eq!(state(), "sent");
}

/// A folder with the file that makes D-Bus start this topic's popup on this screen.
fn activation(screen: &Screen, topic: &str, name: &str) -> std::path::PathBuf {
    let folder = screen.person.path("services");
    std::fs::create_dir(&folder).unwrap();
    // The session's environment, which D-Bus has of whoever starts the session.
    let program = folder.join("barpop");
    let environment: String = barpop(screen, &[])
        .get_envs()
        .filter(|(key, _)| *key != "DBUS_SESSION_BUS_ADDRESS")
        .filter_map(|(key, value)| Some(format!("{}='{}' ", key.to_str()?, value?.to_str()?)))
        .collect();
    let script = format!(
        "#!/bin/sh\nexec env {environment} {} \"$@\"\n",
        env!("CARGO_BIN_EXE_barpop")
    );
    std::fs::write(&program, script).unwrap();
    let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&program, permissions).unwrap();
    let template = include_str!("../assets/dbus/org.barpop.Popup.service.in");
    let service = template
        .replace("@BIN@", folder.to_str().unwrap())
        .replace("@NAME@", name)
        .replace("@TOPIC@", topic);
    std::fs::write(folder.join("popup.service"), service).unwrap();
    folder
}

#[test]
fn d_bus_starts_a_resident_popup_and_shows_it() {
    let screen = Screen::new();
    let mut bus = Bus::start();
    let services = activation(&screen, "gnss", "Gnss");
    bus.with_services(&services, screen.person.home());
    let busctl = |arguments: &[&str]| {
        let mut command = screen.program("busctl");
        command.arg(format!("--address={}", bus.address()));
        let said = command
            .args(arguments)
            .stdout(std::process::Stdio::piped())
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(said.status.success(), "{arguments:?}: {error}");
        String::from_utf8_lossy(&said.stdout).into_owned()
    };
    let (name, path) = ("org.barpop.Popup.Gnss", "/org/barpop/Popup/Gnss");
    let interface = "org.freedesktop.Application";
    let show = || busctl(&["call", name, path, interface, "Activate", "a{sv}", "0"]);
    let daemon = ["org.freedesktop.DBus", "/", "org.freedesktop.DBus"];
    let process = || {
        let ask = ["GetConnectionUnixProcessID", "s", name];
        busctl(&[&["call"], &daemon[..], &ask[..]].concat())
    };
    show();
    let window = screen.popup().window;
    let first = process();
    // It stays when it is asked for again, and closes by a click as any other.
    show();
    std::thread::sleep(Duration::from_millis(700));
    assert_eq!(screen.popup().window, window);
    let done = barpop(&screen, &["gnss"]).status().unwrap();
    assert!(done.success());
    wait_until("the popup is closed", || screen.popups().is_empty());
    show();
    screen.popup();
    assert_eq!(process(), first, "the process that waited");
    let introspectable = "org.freedesktop.DBus.Introspectable";
    let told = busctl(&["call", name, path, introspectable, "Introspect"]);
    assert!(told.contains("Activate"), "{told}");
}

/// How often each thread of a process has gone to sleep until now; one may end, and its count with it.
fn sleeps(id: u32) -> BTreeMap<OsString, u64> {
    let tasks = std::fs::read_dir(format!("/proc/{id}/task")).unwrap();
    let count = |task: std::fs::DirEntry| -> Option<(OsString, u64)> {
        let status = std::fs::read_to_string(task.path().join("status")).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        Some((task.file_name(), line?.trim().parse().ok()?))
    };
    tasks.flatten().filter_map(count).collect()
}

#[test]
fn a_popup_to_which_nothing_happens_is_not_woken() {
    let screen = Screen::new();
    fill(&screen, 40);
    let process = barpop(&screen, &["sms"]).spawn().unwrap();
    let id = process.id();
    screen.keep(process);
    screen.popup();
    let mut last = sleeps(id);
    // Fonts are looked up again some seconds after the start.
    wait_until("it has come to rest", || {
        std::thread::sleep(Duration::from_secs(2));
        let now = sleeps(id);
        std::mem::replace(&mut last, now.clone()) == now
    });
    std::thread::sleep(Duration::from_secs(5));
    // The list's times are looked at once a minute.
    let since = |(thread, now): (OsString, u64)| now - last.get(&thread).unwrap_or(&0);
    let woken: u64 = sleeps(id).into_iter().map(since).sum();
    assert!(woken <= 8, "woken {woken} times in five seconds");
}

#[test]
fn a_key_repaints_what_it_changes_and_a_covered_window_comes_back() {
    let screen = Screen::new();
    fill(&screen, 40);
    screen.xmonad();
    screen.keep(barpop(&screen, &["sms"]).spawn().unwrap());
    let popup = screen.popup();
    wait_until("the popup has the keyboard", || popup.has_keyboard());
    screen.xdotool(&["mousemove", "1279", "799"]);
    let mut before = popup.pixels();
    wait_until("it has stopped changing", || {
        std::thread::sleep(Duration::from_millis(700));
        let now = popup.pixels();
        std::mem::replace(&mut before, now.clone()) == now
    });
    // To another workspace and back: what was there is there again, all of it.
    screen.xdotool(&["key", "alt+2"]);
    wait_until("the other workspace is shown", || {
        screen.popups().is_empty()
    });
    screen.xdotool(&["key", "alt+1"]);
    let popup = screen.popup();
    wait_until("the same picture is there again", || {
        apart(&before, &popup.pixels()).1 < 0.5
    });
}

#[test]
fn a_resident_popup_shows_at_the_next_start_and_sleeps_while_it_is_hidden() {
    let bus = Bus::start();
    let network = Network::start(&bus.address(), "home").unwrap();
    assert_eq!(network.control("steady on"), Ok("ok".to_owned()));
    let screen = Screen::new();
    let start = |arguments: &[&str]| {
        let mut command = barpop(&screen, arguments);
        command.env("DBUS_SYSTEM_BUS_ADDRESS", bus.address());
        command.spawn().unwrap()
    };
    let mut process = start(&["net", "--resident"]);
    let id = process.id();
    let at_rest = || {
        let mut last = sleeps(id);
        wait_until("it has come to rest", || {
            std::thread::sleep(Duration::from_secs(2));
            let now = sleeps(id);
            std::mem::replace(&mut last, now.clone()) == now
        });
        std::thread::sleep(Duration::from_secs(3));
        assert_eq!(sleeps(id), last, "nothing wakes it");
    };
    at_rest();
    assert!(screen.popups().is_empty(), "there is no window yet");
    for _ in 0..2 {
        assert!(start(&["net"]).wait().unwrap().success());
        let popup = screen.popup();
        assert_eq!(screen.popups().len(), 1, "{}", popup.window);
        std::thread::sleep(Duration::from_millis(600));
        // A second start closes it, the process stays.
        assert!(start(&["net"]).wait().unwrap().success());
        wait_until("the popup is closed", || screen.popups().is_empty());
        assert!(process.try_wait().unwrap().is_none());
    }
    at_rest();
    tell(&process, Signal::TERM);
    assert!(process.wait().unwrap().success());
}

#[test]
fn a_resident_popup_makes_room_for_the_program_of_an_upgrade() {
    let bus = Bus::start();
    let network = Network::start(&bus.address(), "home").unwrap();
    assert_eq!(network.control("steady on"), Ok("ok".to_owned()));
    let screen = Screen::new();
    let program = screen.person.path("bin/barpop");
    std::fs::create_dir(program.parent().unwrap()).unwrap();
    std::fs::copy(env!("CARGO_BIN_EXE_barpop"), &program).unwrap();
    // As dpkg and rpm do it.
    let upgrade = || {
        let new = program.with_extension("new");
        std::fs::copy(env!("CARGO_BIN_EXE_barpop"), &new).unwrap();
        std::fs::rename(&new, &program).unwrap();
    };
    let start = |arguments: &[&str]| {
        let mut command = screen.program(program.to_str().unwrap());
        command
            .args(arguments)
            .env("DBUS_SYSTEM_BUS_ADDRESS", bus.address());
        command.spawn().unwrap()
    };
    let mut process = start(&["net", "--resident"]);
    let file = format!("/proc/{}/exe", process.id());
    let is_new = || std::fs::read_link(&file).unwrap() == program;
    let run = screen.person.path("run/barpop");
    let waits = || {
        std::fs::read_dir(&run).is_ok_and(|mut files| {
            files.any(|file| file.unwrap().path().extension() == Some("sock".as_ref()))
        })
    };
    wait_until("it waits", waits);

    // Hidden: the first click has the new program's window.
    upgrade();
    assert!(!is_new(), "nobody has asked it");
    assert!(start(&["net"]).wait().unwrap().success());
    screen.popup();
    assert!(is_new(), "the old program shows the window");
    assert_eq!(screen.popups().len(), 1);

    // Open: it is used to its end.
    upgrade();
    std::thread::sleep(Duration::from_millis(700));
    assert_eq!(screen.popups().len(), 1);
    assert!(!is_new());
    assert!(start(&["net"]).wait().unwrap().success());
    wait_until("the popup is closed", || screen.popups().is_empty());
    wait_until("the new program waits", || is_new() && waits());

    // It is the one that waits, and shows nothing that nobody asked for.
    std::thread::sleep(Duration::from_secs(1));
    assert!(screen.popups().is_empty());
    assert!(start(&["net"]).wait().unwrap().success());
    screen.popup();
    assert_eq!(screen.popups().len(), 1);
    // Where the package is removed, what is there goes on.
    std::fs::remove_file(&program).unwrap();
    tell(&process, Signal::TERM);
    assert!(process.wait().unwrap().success());
}

/// A session with a bus and the registry of assistive technology, in which a script runs.
fn assistive(screen: &Screen, script: &str, popup: &[&str], more: &[(&str, &str)]) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/assistive.py");
    let mut command = screen.program("dbus-run-session");
    command
        // One that the person may have set counts for more than a new one.
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .args(["--", "/usr/bin/python3"])
        .arg(file)
        .arg(script)
        .arg(env!("CARGO_BIN_EXE_barpop"))
        .args(popup)
        .envs(more.iter().copied())
        .stdout(std::process::Stdio::piped());
    let said = command
        .output()
        .expect("dbus-run-session: apt-get install dbus-daemon");
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(
        said.status.success(),
        "{script}: {text}\n{}",
        String::from_utf8_lossy(&said.stderr)
    );
    text
}

#[test]
fn messages_can_be_found_and_written_without_seeing_them() {
    for renderer in ["software", "gpu"] {
        let screen = Screen::new();
        let arguments = ["demo", "--renderer", renderer];
        let said = assistive(&screen, "messages", &arguments, &[]);
        assert!(said.contains("done"), "{said}");
    }
}

#[test]
fn networks_can_be_found_and_joined_without_seeing_them() {
    let bus = Bus::start();
    let network = Network::start(&bus.address(), "home").unwrap();
    assert_eq!(network.control("pace fast"), Ok("ok".to_owned()));
    let screen = Screen::new();
    let system = [("DBUS_SYSTEM_BUS_ADDRESS", &*bus.address())];
    let said = assistive(&screen, "networks", &["net"], &system);
    assert!(said.contains("done"), "{said}");
}
