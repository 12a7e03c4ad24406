//! The popup of the cameras' timers in a real window, on a real `xshutter serve`.
#![cfg(all(feature = "popup", feature = "shutter-server"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/screen.rs"]
mod screen;
mod support;
#[path = "support/timer.rs"]
mod timer;

use std::process::Child;
use std::time::Duration;

use screen::Screen;
use support::wait_until;
use timer::Timer;

fn xshutter_g(screen: &Screen, timer: &Timer) -> Child {
    let mut command = screen.program(env!("CARGO_BIN_EXE_xshutter"));
    command
        .args(["-g", "--server", &timer.address])
        .spawn()
        .unwrap()
}

#[test]
fn a_plan_is_started_paused_and_stopped_from_the_popup() {
    let screen = Screen::new();
    screen.xmonad();
    let timer = Timer::start(&screen.person);
    let mut process = xshutter_g(&screen, &timer);
    let popup = screen.popup();
    let place = popup.place();
    // XMonad's border of one pixel is taken from the size that was asked for.
    assert!(
        (636..=640).contains(&place.width) && (516..=520).contains(&place.height),
        "a tile's size and not its own: {place:?}"
    );
    wait_until("the popup has the keyboard", || popup.has_keyboard());
    let person = &screen.person;
    wait_until("Enter starts the plan that is there", || {
        screen.xdotool(&["key", "Return"]);
        timer.status(person)["state"] == "running"
    });
    screen.xdotool(&["key", "space"]);
    wait_until("a space pauses it", || {
        timer.status(person)["state"] == "paused"
    });
    screen.xdotool(&["key", "x"]);
    screen.xdotool(&["key", "x"]);
    wait_until("two presses of X stop it", || {
        timer.status(person)["state"] == "idle"
    });
    screen.xdotool(&["key", "Escape"]);
    wait_until("the popup is closed", || screen.popups().is_empty());
    assert!(process.wait().unwrap().success());
}

#[test]
fn it_is_at_rest_while_nothing_changes() {
    let screen = Screen::new();
    let timer = Timer::start(&screen.person);
    let process = xshutter_g(&screen, &timer);
    let stat = format!("/proc/{}/stat", process.id());
    screen.keep(process);
    screen.popup();
    let ticks = || -> u64 {
        let stat = std::fs::read_to_string(&stat).unwrap();
        let (_, fields) = stat.rsplit_once(')').unwrap();
        let used = fields.split_whitespace().skip(11).take(2);
        used.map(|n| n.parse::<u64>().unwrap()).sum()
    };
    std::thread::sleep(Duration::from_secs(3));
    let before = ticks();
    std::thread::sleep(Duration::from_secs(4));
    let used = ticks() - before;
    assert!(used < 40, "{used} of 400 ticks while nothing happened");
}
