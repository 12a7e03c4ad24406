//! Where a popup opens on several monitors with bars of the real xmobar, and when it closes.
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

use std::process::Child;
use std::time::{Duration, Instant};

use screen::{Place, Screen};
use support::wait_until;

const LEFT: Place = Place {
    x: 0,
    y: 0,
    width: 1280,
    height: 800,
};
/// Smaller, and its upper edge is not the screen's.
const RIGHT: Place = Place {
    x: 1280,
    y: 150,
    width: 1024,
    height: 600,
};

/// A bar whose field at the right end opens the popup.
fn bar(position: &str) -> String {
    format!(
        "Config {{ font = \"DejaVu Sans 10\", bgColor = \"#1d2021\", fgColor = \"#d5c4a1\" \
         , position = {position}, overrideRedirect = True, sepChar = \"%\", alignSep = \"}}{{\" \
         , commands = [], template = \" bar }}{{ <action=`barpop sms`>messages</action> \" }}"
    )
}

/// The rows and columns of a place, as numbers that can be compared.
fn span(place: Place) -> [i32; 4] {
    let (x, y) = (i32::from(place.x), i32::from(place.y));
    let (width, height) = (i32::from(place.width), i32::from(place.height));
    [x, y, x + width, y + height]
}

fn is_within(place: Place, area: Place) -> bool {
    let ([x, y, right, bottom], [left, top, end, foot]) = (span(place), span(area));
    x >= left && y >= top && right <= end && bottom <= foot
}

fn barpop(screen: &Screen, words: &[&str]) -> Child {
    let mut command = screen.program(env!("CARGO_BIN_EXE_barpop"));
    command.arg("sms").args(words).spawn().unwrap()
}

fn close(screen: &Screen) {
    let popup = screen.popup();
    wait_until("the popup has the keyboard", || popup.has_keyboard());
    screen.xdotool(&["key", "Escape"]);
    wait_until("the popup is closed", || screen.popups().is_empty());
}

#[test]
fn on_each_monitor_the_popup_is_at_the_bar_that_was_clicked_and_covers_none() {
    let screen = Screen::with_monitors(&[LEFT, RIGHT]);
    screen.xmonad();
    let top = Place { height: 24, ..LEFT };
    let foot = Place {
        y: 150 + 600 - 30,
        height: 30,
        ..RIGHT
    };
    screen.bar_at("top", &bar("OnScreen 0 (TopSize L 100 24)"), top);
    screen.bar_at("foot", &bar("OnScreen 1 (BottomSize L 100 30)"), foot);
    let left = Place {
        y: 24,
        height: 800 - 24,
        ..LEFT
    };
    let right = Place {
        height: 600 - 30,
        ..RIGHT
    };

    screen.click(1240, 12);
    let place = screen.popup().place();
    assert!(is_within(place, left), "{place:?}");
    assert!(place.y < 40, "far from the bar: {place:?}");
    // The same field again: it is a switch. Nobody is that fast who has seen it open.
    std::thread::sleep(Duration::from_millis(300));
    screen.click(1240, 12);
    wait_until("the second click closes it", || screen.popups().is_empty());

    screen.click(2270, 735);
    let place = screen.popup().place();
    assert!(is_within(place, right), "{place:?}");
    assert!(
        span(place)[3] > 150 + 600 - 50,
        "far from the bar: {place:?}"
    );
    close(&screen);

    // By a key, with the pointer in the middle of the left monitor.
    screen.xdotool(&["mousemove", "400", "400"]);
    let mut open = barpop(&screen, &["--at", "bar"]);
    let place = screen.popup().place();
    assert!(is_within(place, left), "{place:?}");
    assert!(place.y < 40 && span(place)[2] > 1260, "{place:?}");
    close(&screen);
    assert!(open.wait().unwrap().success());
    let mut open = barpop(&screen, &["--at", "center"]);
    let [x, y, right, bottom] = span(screen.popup().place());
    assert!(((x + right) / 2 - 640).abs() < 4, "{x} to {right}");
    assert!(((y + bottom) / 2 - 412).abs() < 4, "{y} to {bottom}");
    close(&screen);
    assert!(open.wait().unwrap().success());
}

/// A screen with a popup that has been looked at, and these keys of `[popup]`.
fn with_popup(keys: &str) -> (Screen, Child) {
    let screen = Screen::new();
    let folder = screen.person.path(".config/barpop");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), format!("[popup]\n{keys}\n")).unwrap();
    screen.xmonad();
    let open = barpop(&screen, &[]);
    let popup = screen.popup();
    wait_until("the popup has the keyboard", || popup.has_keyboard());
    std::thread::sleep(Duration::from_millis(300));
    (screen, open)
}

#[test]
fn a_second_start_closes_the_popup_or_raises_it_where_that_is_wanted() {
    let (screen, mut open) = with_popup("again = \"raise\"");
    assert!(screen.runs("barpop", &["sms"]));
    assert!(open.try_wait().unwrap().is_none(), "it was closed");
    assert!(screen.runs("barpop", &["sms", "--again", "close"]));
    wait_until("the popup is closed", || screen.popups().is_empty());
    assert!(open.wait().unwrap().success());
}

#[test]
fn two_starts_at_once_open_one_popup_that_stays() {
    let screen = Screen::new();
    screen.xmonad();
    let mut both = [barpop(&screen, &[]), barpop(&screen, &[])];
    let popup = screen.popup();
    wait_until("the popup has the keyboard", || popup.has_keyboard());
    let mut ended = 0;
    wait_until("the second one has ended", || {
        let states = both.each_mut().map(|child| child.try_wait().unwrap());
        ended = states.iter().flatten().count();
        ended > 0
    });
    assert_eq!((ended, screen.popups().len()), (1, 1));
    close(&screen);
    for child in &mut both {
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn a_popup_stays_without_the_keyboard_unless_it_is_to_close() {
    let (screen, mut open) = with_popup("");
    screen.other_window();
    std::thread::sleep(Duration::from_millis(600));
    assert_eq!(screen.popups().len(), 1);
    assert!(open.try_wait().unwrap().is_none());
    drop(screen);
    let (screen, mut open) = with_popup("close_on_focus_loss = true");
    let lost = Instant::now();
    screen.other_window();
    wait_until("the popup is closed", || screen.popups().is_empty());
    assert!(lost.elapsed() < Duration::from_secs(5));
    assert!(open.wait().unwrap().success());
}

#[test]
fn the_click_that_takes_the_keyboard_does_not_open_what_it_closed() {
    let (screen, mut open) = with_popup("close_on_focus_loss = true");
    // A bar that takes the keyboard, and acts at once.
    screen.other_window();
    assert!(screen.runs("barpop", &["sms"]));
    assert!(open.wait().unwrap().success());
    assert!(screen.popups().is_empty());
    drop(screen);
    // One that acts as the button goes up: the popup has gone by itself meanwhile.
    let (screen, mut open) = with_popup("close_on_focus_loss = true");
    screen.other_window();
    wait_until("the popup is closed", || screen.popups().is_empty());
    assert!(screen.runs("barpop", &["sms"]));
    assert!(open.wait().unwrap().success());
    assert!(screen.popups().is_empty());
    // The next click is one of its own.
    screen.keep(barpop(&screen, &[]));
    screen.popup();
}
