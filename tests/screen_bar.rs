//! What a person sees on a real xmobar on a real screen, and what a click there does.
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

use std::path::{Path, PathBuf};
use std::time::Duration;

use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};
use screen::{Screen, shown, with_command, xmobarrc};
use support::wait_until;

/// A modem that keeps its name when it is pulled out and plugged in again.
fn modem(screen: &Screen, options: Options) -> (Simulated, PathBuf) {
    let link = screen.person.path("modem");
    let port = Port::Terminal(Some(link.clone()));
    (
        Simulated::start(options, Faults::default(), port).unwrap(),
        link,
    )
}

/// Whether the program that follows the modem has come so far that it waits for news.
fn wait_until_followed(modem: &Simulated) {
    let limit = Duration::from_secs(15);
    let listens = |m: &barpop::sim::modem::Modem| m.commands().iter().any(|c| c.contains("+CSQ"));
    assert!(
        modem.wait_until(limit, listens),
        "nobody listens to the modem"
    );
}

#[test]
fn the_count_is_on_the_bar_and_changes_at_once() {
    let screen = Screen::new();
    let (modem, link) = modem(&screen, Options::default());
    modem.receive("+491701234567", "one");
    let bar = xmobarrc(&link);
    let pictures = [0, 1, 2].map(|unread| screen.picture(&bar, &shown(unread)));
    screen.xmobar(&bar);
    screen.wait_for_bar("1", &pictures[1]);
    wait_until_followed(&modem);
    modem.receive("+491701234567", "two");
    let took = screen.wait_for_bar("2", &pictures[2]);
    assert!(took < Duration::from_secs(3), "{took:?}");
    assert!(screen.person.run(&["mark-read", "--all"]).status.success());
    let took = screen.wait_for_bar("that all is read", &pictures[0]);
    assert!(took < Duration::from_secs(3), "{took:?}");
}

#[test]
fn a_click_on_the_field_opens_the_popup_on_the_screen() {
    let screen = Screen::new();
    let (modem, link) = modem(&screen, Options::default());
    modem.receive("+491701234567", "one");
    let bar = xmobarrc(&link);
    let one = screen.picture(&bar, &shown(1));
    screen.xmobar(&bar);
    screen.wait_for_bar("1", &one);
    assert!(screen.popups().is_empty());
    screen.click(screen.field() + 4, 12);
    let place = screen.popup().place();
    assert!(place.width >= 320 && place.height >= 320, "{place:?}");
}

#[test]
fn a_locked_sim_is_named_on_the_bar_and_no_pin_is_tried() {
    let screen = Screen::new();
    let options = Options {
        pin: Some("1234".to_owned()),
        ..Options::default()
    };
    let (modem, link) = modem(&screen, options);
    let bar = xmobarrc(&link);
    let locked = screen.picture(&bar, "SIM PIN");
    screen.xmobar(&bar);
    screen.wait_for_bar("SIM PIN", &locked);
    assert_eq!(modem.pin_tries(), 3);
}

#[test]
fn a_modem_that_is_pulled_out_is_missed_and_counts_again_when_it_is_back() {
    let screen = Screen::new();
    let (modem, link) = modem(&screen, Options::default());
    let bar = xmobarrc(&link);
    let [read, none, unread] =
        [shown(0), "no modem".to_owned(), shown(1)].map(|text| screen.picture(&bar, &text));
    screen.xmobar(&bar);
    screen.wait_for_bar("that nothing is unread", &read);
    modem.unplug();
    screen.wait_for_bar("no modem", &none);
    modem.receive("+491701234567", "while you were away");
    modem.replug().unwrap();
    screen.wait_for_bar("1", &unread);
}

/// Clicks everywhere on the bar, and returns when xmobar has dealt with all of it: our own
/// word at its left end makes a file, and is clicked last.
fn click_everywhere(screen: &Screen) {
    let columns: Vec<String> = (0..screen::SCREEN.0)
        .rev()
        .step_by(5)
        .map(|x| x.to_string())
        .collect();
    let mut words = Vec::new();
    for column in &columns {
        // `click` rests for a tenth of a second each time.
        words.extend(["mousemove", column, "12", "mousedown", "1", "mouseup", "1"]);
    }
    screen.xdotool(&words);
    wait_until("the last click is carried out", || {
        screen.person.path("ours").exists()
    });
}

/// A bar whose left word runs a command of the person's own, and whose field shows `{operator}`.
fn bar_with_operator(link: &Path) -> String {
    let command = format!(
        "exec xsms --follow -d {} --format 'from {{operator}} {{unread}}'",
        link.display()
    );
    let bar = with_command(&xmobarrc(link), &command);
    let (before, rest) = bar.split_once("\" barpop }{ <action=").unwrap();
    let (_, after) = rest.split_once("%xsms%</action>").unwrap();
    format!("{before}\"<action=`touch ~/ours`>      barpop</action> }}{{ %xsms%{after}")
}

#[test]
fn an_operator_that_is_named_like_a_command_is_shown_and_runs_nothing() {
    let screen = Screen::new();
    let name = "<action=`touch ~/theirs`><fc=#ff0000>free SMS</fc></action>";
    let options = Options {
        operator: name.to_owned(),
        ..Options::default()
    };
    let (_modem, link) = modem(&screen, options);
    let bar = bar_with_operator(&link);
    let wanted = format!("from <raw={}:{name}/> 0", name.len());
    let wanted = screen.picture(&bar, &wanted);
    screen.xmobar(&bar);
    screen.wait_for_bar("the operator's name as it is", &wanted);
    click_everywhere(&screen);
    assert!(
        !screen.person.path("theirs").exists(),
        "a name from the air ran a command"
    );
}

#[test]
fn the_same_name_in_a_bar_without_our_care_does_run_a_command() {
    // So that the test above is known to be able to fail.
    let screen = Screen::new();
    let bar = with_command(
        &bar_with_operator(Path::new("/dev/null")),
        "printf '<action=`touch ~/theirs`>free SMS</action>\\n'; exec sleep 60",
    );
    let wanted = screen.picture(&bar, "free SMS");
    screen.xmobar(&bar);
    screen.wait_for_bar("the attack", &wanted);
    click_everywhere(&screen);
    wait_until("the attack has worked", || {
        screen.person.path("theirs").exists()
    });
}
