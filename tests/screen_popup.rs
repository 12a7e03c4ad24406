//! The popup as a person has it on XMonad: where it opens, and that keys reach the modem.
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
use std::time::Duration;

use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};
use barpop::sms::store::{Content, Incoming, Listed, Store};
use jiff::{SignedDuration, Timestamp};
use screen::{BAR, SCREEN, Screen, shown, xmobarrc};
use support::wait_until;

const FRIEND: &str = "+491701234567";

/// XMonad without any configuration, xmobar as in `xmobar/xmobarrc`, and a modem.
struct Desk {
    screen: Screen,
    modem: Simulated,
    bar: String,
}

impl Desk {
    fn new(faults: Faults) -> Self {
        let screen = Screen::new();
        let link = screen.person.path("modem");
        let port = Port::Terminal(Some(link.clone()));
        let modem = Simulated::start(Options::default(), faults, port).unwrap();
        screen.xmonad();
        Self {
            bar: xmobarrc(&link),
            screen,
            modem,
        }
    }

    /// The bar is there and shows one unread message.
    fn with_a_message() -> Self {
        let desk = Self::new(Faults::default());
        desk.modem.receive(FRIEND, "Are you still coming?");
        let one = desk.screen.picture(&desk.bar, &shown(1));
        desk.screen.xmobar(&desk.bar);
        desk.screen.wait_for_bar("1", &one);
        desk
    }

    /// What a key binding runs.
    fn xsms_g(&self) -> Child {
        let mut command = self.screen.program(env!("CARGO_BIN_EXE_xsms"));
        command
            .arg("-g")
            .arg("-d")
            .arg(self.screen.person.path("modem"));
        command.spawn().unwrap()
    }
}

#[test]
fn a_click_opens_a_floating_window_below_the_bar_and_the_count_falls() {
    let desk = Desk::with_a_message();
    let screen = &desk.screen;
    let read = screen.picture(&desk.bar, &shown(0));
    let pointer = screen.field() + 4;
    screen.click(pointer, 12);
    let popup = screen.popup();
    let place = popup.place();
    // XMonad's border of one pixel is taken from the size that was asked for.
    let (width, height) = (i32::from(place.width), i32::from(place.height));
    assert!(
        (716..=720).contains(&width) && (516..=520).contains(&height),
        "a tile's size and not its own: {place:?}"
    );
    let (left, top) = (i32::from(place.x), i32::from(place.y));
    let (right, bottom) = (left + width, top + height);
    assert!(
        left >= 0 && right <= SCREEN.0.into() && bottom <= SCREEN.1.into(),
        "not wholly on the screen: {place:?}"
    );
    assert!(top >= BAR.into(), "it covers the bar: {place:?}");
    assert!(
        (left..right).contains(&pointer.into()) && top < 60,
        "far from the pointer: {place:?}"
    );
    wait_until("the popup has the keyboard", || popup.has_keyboard());
    screen.wait_for_bar("that the message is read", &read);
    assert_eq!(screen.person.messages()[0]["read"], true);
}

#[test]
fn what_is_typed_is_sent_and_escape_closes_the_window() {
    let desk = Desk::with_a_message();
    let screen = &desk.screen;
    let mut process = desk.xsms_g();
    let popup = screen.popup();
    wait_until("the popup has the keyboard", || popup.has_keyboard());
    let read = screen.picture(&desk.bar, &shown(0));
    screen.wait_for_bar("that the message is read", &read);
    let before = popup.pixels();
    screen.xdotool(&["type", "Yes, at eight"]);
    wait_until("the text is in the window", || {
        let now = popup.pixels();
        // Thirteen letters, not only a cursor that blinks.
        before
            .iter()
            .zip(&now)
            .filter(|(old, new)| old != new)
            .count()
            > 150
    });
    screen.xdotool(&["key", "ctrl+Return"]);
    wait_until("the modem has sent it", || !desk.modem.sent().is_empty());
    let sent = desk.modem.sent();
    assert_eq!(
        (sent[0].number.as_str(), sent[0].text.as_str()),
        (FRIEND, "Yes, at eight")
    );
    wait_until("the store has it as sent", || {
        let messages = screen.person.messages();
        messages
            .iter()
            .any(|m| m["direction"] == "out" && m["text"] == "Yes, at eight")
    });
    screen.xdotool(&["key", "Escape"]);
    wait_until("the popup is closed", || screen.popups().is_empty());
    assert!(process.wait().unwrap().success());
    assert_eq!(desk.modem.sent().len(), 1, "once");
}

#[test]
fn a_second_start_brings_the_open_popup_to_where_the_person_is() {
    let desk = Desk::with_a_message();
    let screen = &desk.screen;
    screen.keep(desk.xsms_g());
    let first = screen.popup().window;
    let other = screen.other_window();
    screen.xdotool(&["key", "alt+2"]);
    wait_until("the other workspace is shown", || {
        screen.popups().is_empty()
    });
    let second = desk.xsms_g().wait().unwrap();
    assert!(second.success());
    let popup = screen.popup();
    assert_eq!(popup.window, first, "the one that was open");
    wait_until("the popup has the keyboard", || popup.has_keyboard());
    assert_ne!(screen.focus(), other);
}

#[test]
fn the_window_opens_although_the_modem_says_nothing() {
    let desk = Desk::new(Faults {
        silent: true,
        ..Faults::default()
    });
    let asked = std::time::Instant::now();
    desk.screen.keep(desk.xsms_g());
    let popup = desk.screen.popup();
    let took = asked.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    wait_until("the popup has the keyboard", || popup.has_keyboard());
    desk.screen.xdotool(&["key", "Escape"]);
    wait_until("the popup is closed", || desk.screen.popups().is_empty());
}

#[test]
fn a_popup_full_of_unread_messages_comes_to_rest() {
    let screen = Screen::new();
    let store = screen.person.path(".local/share/barpop/messages.sqlite3");
    let listing: Vec<Listed> = (0..3000_u32)
        .map(|number| Listed {
            index: number,
            raw: number.to_be_bytes().to_vec(),
            content: Content::Deliver(Incoming {
                address: format!(
                    "+4917000{:04}",
                    if number % 2 == 0 { 0 } else { number % 40 }
                ),
                time: Some(Timestamp::now() - SignedDuration::from_mins(i64::from(number))),
                text: format!("Message {number}, which nobody has read for months by now."),
                class: None,
                concat: None,
                replace_type: None,
            }),
        })
        .collect();
    Store::open(&store).unwrap().ingest("SM", &listing).unwrap();
    let mut command = screen.program(env!("CARGO_BIN_EXE_barpop"));
    let process = command.arg("sms").spawn().unwrap();
    let stat = format!("/proc/{}/stat", process.id());
    let ticks = || -> u64 {
        let stat = std::fs::read_to_string(&stat).unwrap();
        let (_, fields) = stat.rsplit_once(')').unwrap();
        fields
            .split_whitespace()
            .skip(11)
            .take(2)
            .map(|n| n.parse::<u64>().unwrap())
            .sum()
    };
    screen.keep(process);
    screen.popup();
    let mut before = ticks();
    wait_until("it has come to rest", || {
        std::thread::sleep(Duration::from_secs(1));
        let used = ticks() - before;
        before += used;
        used < 25
    });
    // Processor time, which a busy machine does not stretch: 100 ticks are a second. Swinging
    // about took it seven.
    assert!(before < 300, "{before} ticks until it had come to rest");
}
