//! The position popup in a real window: a click's command opens it, keys reach it, and it is at
//! rest while nothing changes.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/screen.rs"]
mod screen;
mod support;

use std::path::Path;
use std::process::Child;
use std::time::Duration;

use screen::Screen;
use support::wait_until;

fn xgnss_g(screen: &Screen, source: &str) -> Child {
    let mut command = screen.program(env!("CARGO_BIN_EXE_xgnss"));
    command.args(["-g", "--source", source]).spawn().unwrap()
}

fn log() -> String {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/gnss/four-constellations.nmea");
    format!("file:{}", path.display())
}

#[test]
fn xgnss_g_opens_the_popup_once_and_keys_reach_it() {
    let screen = Screen::new();
    screen.xmonad();
    let folder = screen.person.path(".config/barpop");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), "popup.again = \"raise\"\n").unwrap();
    let mut first = xgnss_g(&screen, &log());
    let popup = screen.popup();
    let place = popup.place();
    // XMonad's border of one pixel is taken from the size that was asked for.
    assert!(
        (636..=640).contains(&place.width) && (476..=480).contains(&place.height),
        "a tile's size and not its own: {place:?}"
    );
    wait_until("the popup has the keyboard", || popup.has_keyboard());
    assert!(xgnss_g(&screen, &log()).wait().unwrap().success());
    let raised = screen.popup();
    assert_eq!(raised.window, popup.window, "raised, not opened twice");
    wait_until("the popup has the keyboard", || popup.has_keyboard());
    let before = popup.pixels();
    screen.xdotool(&["key", "4"]);
    wait_until("another page is shown", || {
        let now = popup.pixels();
        before.iter().zip(&now).filter(|(a, b)| a != b).count() > 5000
    });
    screen.xdotool(&["key", "Escape"]);
    wait_until("the popup is closed", || screen.popups().is_empty());
    assert!(first.wait().unwrap().success());
}

#[test]
fn it_is_at_rest_while_nothing_changes() {
    let screen = Screen::new();
    // A port that is not there: nothing comes, and nothing is told by the second.
    let process = xgnss_g(&screen, "gpsd://127.0.0.1:1");
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
    std::thread::sleep(Duration::from_secs(5));
    let used = ticks() - before;
    // A frame a second takes a few of 500 ticks; drawing all the time takes most of them.
    assert!(used < 100, "{used} of 500 ticks while nothing happened");
}
