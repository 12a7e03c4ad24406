//! What reaches a popup from a real keyboard's layout, input method and clipboard, and what of it
//! is left for others.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]

#[path = "support/screen.rs"]
mod screen;
mod support;

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};
use rustix::process::{Pid, Signal, kill_process};
use screen::{Popup, Screen};
use support::wait_until;

const FRIEND: &str = "+491701234567";

/// A screen with XMonad, and a conversation that waits for an answer.
struct Desk {
    screen: Screen,
    modem: Simulated,
}

impl Desk {
    fn new() -> Self {
        let screen = Screen::new();
        let port = Port::Terminal(Some(screen.person.path("modem")));
        let modem = Simulated::start(Options::default(), Faults::default(), port).unwrap();
        modem.receive(FRIEND, "Where are you?");
        screen.xmonad();
        Self { screen, modem }
    }

    fn barpop(&self, more: &[&str]) -> Command {
        let mut command = self.screen.program(env!("CARGO_BIN_EXE_barpop"));
        command.args(["sms", "-d"]);
        command.arg(self.screen.person.path("modem")).args(more);
        command
    }

    /// The popup, with the conversation open and the keyboard in its answer.
    fn popup(&self, mut command: Command) -> Child {
        let process = command.spawn().unwrap();
        let popup = self.screen.popup();
        wait_until("the popup has the keyboard", || popup.has_keyboard());
        wait_until("the message is in it", || {
            let stored = self.screen.person.messages();
            stored
                .first()
                .is_some_and(|message| message["read"] == true)
        });
        self.screen.xdotool(&["mousemove", "1279", "799"]);
        process
    }

    /// Types keys, one after the other.
    fn keys(&self, keys: &[&str]) {
        self.screen
            .xdotool(&[&["key", "--delay", "60"], keys].concat());
    }

    /// Sends what is written, and returns it as the network gets it.
    fn send(&self) -> String {
        self.keys(&["ctrl+Return"]);
        wait_until("the modem has sent it", || !self.modem.sent().is_empty());
        self.modem.sent()[0].text.clone()
    }

    fn layout(&self, words: &[&str]) {
        let mut command = self.screen.program("setxkbmap");
        let done = command.args(words).status();
        let done =
            done.expect("cannot start setxkbmap: install the Debian package 'x11-xkb-utils'");
        assert!(done.success());
    }

    fn xclip(&self) -> Command {
        let mut command = self.screen.program("xclip");
        command.args(["-selection", "clipboard"]);
        command
    }

    /// What another program pastes; empty when there is nothing.
    fn pasted(&self) -> String {
        let mut command = self.xclip();
        let said = command
            .arg("-o")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .output();
        let said = said.expect("cannot start xclip: install the Debian package 'xclip'");
        String::from_utf8(said.stdout).unwrap()
    }

    /// Copies in another program, which has the text until it is told another one.
    fn copy_elsewhere(&self, text: &str) {
        let mut command = self.xclip();
        let mut xclip = command.stdin(Stdio::piped()).spawn().unwrap();
        let mut input = xclip.stdin.take().unwrap();
        input.write_all(text.as_bytes()).unwrap();
        drop(input);
        assert!(xclip.wait().unwrap().success());
        wait_until("it is copied", || self.pasted() == text);
    }

    fn keepers(&self) -> usize {
        self.screen.running_with("keep-copied")
    }

    /// Waits until the window shows as much more than before as some letters are.
    fn wait_for_letters(&self, popup: &Popup<'_>, before: &[[u8; 3]]) {
        wait_until("what was typed is in the window", || {
            let now = popup.pixels();
            let changed = before.iter().zip(&now).filter(|(old, new)| old != new);
            changed.count() > 60
        });
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn dead_keys_and_compose_sequences_make_letters() {
    let desk = Desk::new();
    desk.layout(&["us", "-variant", "intl", "-option", "compose:menu"]);
    let mut process = desk.popup(desk.barpop(&[]));
    desk.keys(&[
        "c",
        "a",
        "f",
        "dead_acute",
        "e",
        "space",
        "dead_diaeresis",
        "u",
    ]);
    desk.keys(&["space", "Multi_key", "o", "e", "Multi_key", "less", "3"]);
    assert_eq!(desk.send(), "café ü œ♥");
    desk.keys(&["Escape"]);
    assert!(process.wait().unwrap().success());
}

#[test]
fn what_is_typed_while_the_popup_is_busy_is_done_in_turn() {
    for renderer in ["software", "gpu"] {
        let desk = Desk::new();
        let mut process = desk.popup(desk.barpop(&["--renderer", renderer]));
        desk.copy_elsewhere("and ");
        let popup = Pid::from_child(&process);
        kill_process(popup, Signal::STOP).unwrap();
        desk.keys(&["h", "i", "ctrl+Return", "ctrl+v", "ctrl+Return"]);
        desk.keys(&["y", "o", "ctrl+Return", "Escape"]);
        kill_process(popup, Signal::CONT).unwrap();
        assert!(process.wait().unwrap().success());
        let sent: Vec<_> = desk.modem.sent().into_iter().map(|sms| sms.text).collect();
        assert_eq!(sent, ["hi", "and ", "yo"], "{renderer}");
    }
}

/// Korean in this person's own folder: libX11 asks an input method only in a language that it names.
fn korean(desk: &Desk) -> std::path::PathBuf {
    let folder = desk.screen.person.path("locales");
    std::fs::create_dir(&folder).unwrap();
    let mut command = desk.screen.program("localedef");
    command
        .args(["-i", "ko_KR", "-f", "UTF-8"])
        .arg(folder.join("ko_KR.UTF-8"));
    let done = command.status();
    assert!(
        done.is_ok_and(|done| done.success()),
        "install the Debian package 'locales'"
    );
    folder
}

#[test]
fn an_input_method_shows_what_it_makes_and_writes_it() {
    let desk = Desk::new();
    let locales = korean(&desk);
    let mut command = desk.screen.program("uim-xim");
    let command = command.arg("--engine=byeoru").env("LOCPATH", &locales);
    let server = command
        .env("LC_ALL", "ko_KR.UTF-8")
        .stderr(Stdio::null())
        .spawn();
    desk.screen
        .keep(server.expect("cannot start uim-xim: install the Debian package 'uim-xim'"));
    wait_until("the input method is there", || {
        let mut ask = desk.screen.program("xprop");
        let said = ask
            .args(["-root", "XIM_SERVERS"])
            .stdout(Stdio::piped())
            .output();
        String::from_utf8_lossy(&said.unwrap().stdout).contains("uim")
    });
    let mut command = desk.barpop(&[]);
    command
        .env("XMODIFIERS", "@im=uim")
        .env("LOCPATH", &locales)
        .env("LC_ALL", "ko_KR.UTF-8");
    let mut process = desk.popup(command);
    let popup = desk.screen.popup();
    desk.keys(&["shift+space"]);
    let before = popup.pixels();
    desk.keys(&["g", "k", "s", "r", "m", "f"]);
    desk.wait_for_letters(&popup, &before);
    // The second syllable could still change; the key that sends the text ends it.
    assert_eq!(desk.send(), "한글");
    desk.keys(&["Escape"]);
    assert!(process.wait().unwrap().success());
}

#[test]
fn what_was_copied_elsewhere_is_pasted() {
    let desk = Desk::new();
    let mut process = desk.popup(desk.barpop(&[]));
    desk.copy_elsewhere("Über «ihn» 😀, two\nlines");
    desk.keys(&["ctrl+v"]);
    assert_eq!(desk.send(), "Über «ihn» 😀, two\nlines");
    desk.keys(&["Escape"]);
    assert!(process.wait().unwrap().success());
    assert_eq!(
        desk.pasted(),
        "Über «ihn» 😀, two\nlines",
        "and is there still"
    );
}

#[test]
fn what_was_copied_in_a_popup_outlives_it_until_something_else_is_copied() {
    for more in [&[] as &[&str], &["--renderer", "gpu"], &["--resident"]] {
        let desk = Desk::new();
        let mut process = if more == ["--resident"] {
            let waiting = desk.barpop(more).spawn().unwrap();
            // Which wants no window before it is asked.
            std::thread::sleep(Duration::from_millis(300));
            assert!(desk.popup(desk.barpop(&[])).wait().unwrap().success());
            waiting
        } else {
            desk.popup(desk.barpop(more))
        };
        desk.keys(&["ctrl+shift+c"]);
        wait_until("the number is copied", || desk.pasted() == FRIEND);
        assert_eq!(desk.keepers(), 0, "the popup has it");
        desk.keys(&["Escape"]);
        if more == ["--resident"] {
            wait_until("the popup is closed", || desk.screen.popups().is_empty());
        } else {
            assert!(process.wait().unwrap().success());
        }
        for _ in 0..3 {
            assert_eq!(desk.pasted(), FRIEND, "{more:?}");
        }
        desk.copy_elsewhere("something else");
        wait_until("nobody keeps it any more", || desk.keepers() == 0);
        let _ = process.kill();
        process.wait().unwrap();
    }
}

#[test]
fn a_popup_that_closes_leaves_what_was_copied_elsewhere_since() {
    let desk = Desk::new();
    let mut process = desk.popup(desk.barpop(&[]));
    desk.keys(&["ctrl+shift+c"]);
    wait_until("the number is copied", || desk.pasted() == FRIEND);
    desk.copy_elsewhere("newer");
    desk.keys(&["Escape"]);
    assert!(process.wait().unwrap().success());
    assert_eq!((desk.pasted().as_str(), desk.keepers()), ("newer", 0));
}

#[test]
fn nothing_keeps_a_copy_when_the_display_is_gone() {
    let desk = Desk::new();
    let mut process = desk.popup(desk.barpop(&[]));
    desk.keys(&["ctrl+shift+c"]);
    wait_until("the number is copied", || desk.pasted() == FRIEND);
    desk.keys(&["Escape"]);
    assert!(process.wait().unwrap().success());
    wait_until("it is kept", || desk.keepers() == 1);
    desk.screen.end_server();
    wait_until("nobody keeps it", || desk.keepers() == 0);
}
