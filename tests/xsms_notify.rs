//! Notifications as a person gets them: the real dunst under Xvfb, and a server that can do less.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/screen.rs"]
mod screen;
mod support;

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use barpop::sim::Simulated;
use barpop::sim::modem::{Faults, Options};
use bus::Bus;
use screen::Screen;
use support::{Following, wait_until};

const ANNA: &str = "+491701234567";

/// A screen with dunst, a session bus, a modem, and Anna in the address book.
struct Desk {
    bus: Bus,
    screen: Screen,
    modem: Simulated,
    port: String,
}

impl Desk {
    fn new(mode: &str) -> Self {
        let screen = Screen::new();
        let bus = Bus::start();
        let (modem, port) = support::modem(Options::default(), Faults::default());
        let contacts = screen.person.path(".local/share/contacts/personal");
        fs::create_dir_all(&contacts).unwrap();
        let card =
            "BEGIN:VCARD\nVERSION:3.0\nFN:Anna Nováková\nTEL;TYPE=cell:0170 1234567\nEND:VCARD\n";
        fs::write(contacts.join("anna.vcf"), card).unwrap();
        let config = screen.person.path(".config/barpop");
        fs::create_dir_all(&config).unwrap();
        let text = format!("[sms]\nnotifications = \"{mode}\"\nregion = \"DE\"\n");
        fs::write(config.join("config.toml"), text).unwrap();
        Self {
            bus,
            screen,
            modem,
            port,
        }
    }

    fn with_dunst(mode: &str) -> Self {
        let desk = Self::new(mode);
        desk.dunst();
        desk
    }

    fn program(&self, program: &str) -> Command {
        let mut command = self.screen.program(program);
        command.env("DBUS_SESSION_BUS_ADDRESS", self.bus.address());
        command.env("DBUS_SYSTEM_BUS_ADDRESS", self.bus.address());
        command
    }

    /// dunst, whose menu always takes "Mark read".
    fn dunst(&self) {
        let menu = self.screen.person.path("menu");
        fs::write(&menu, "#!/bin/sh\ngrep 'Mark read'\n").unwrap();
        let mut mode = fs::metadata(&menu).unwrap().permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o755);
        fs::set_permissions(&menu, mode).unwrap();
        let conf = self.screen.person.path("dunstrc");
        let text = format!(
            "[global]\nfont = DejaVu Sans 12\nmarkup = full\nstack_duplicates = false\n\
             dmenu = {}\nidle_threshold = 0\n\
             [urgency_low]\ntimeout = 0\n[urgency_normal]\ntimeout = 0\n[urgency_critical]\ntimeout = 0\n",
            menu.display()
        );
        fs::write(&conf, text).unwrap();
        let dunst = self
            .program("dunst")
            .arg("-conf")
            .arg(&conf)
            .stderr(Stdio::null())
            .spawn();
        self.screen
            .keep(dunst.expect("install the Debian package 'dunst'"));
        wait_until("dunst answers", || {
            self.busctl(&["status", "org.freedesktop.Notifications"])
                .is_some()
        });
    }

    fn busctl(&self, words: &[&str]) -> Option<String> {
        let address = format!("--address={}", self.bus.address());
        let said = Command::new("busctl")
            .args([&address, "--json=short"])
            .args(words)
            .stderr(Stdio::null())
            .output()
            .unwrap();
        said.status
            .success()
            .then(|| String::from_utf8(said.stdout).unwrap())
    }

    fn dunst_call(&self, words: &[&str]) -> String {
        let object = [
            "call",
            "org.freedesktop.Notifications",
            "/org/freedesktop/Notifications",
            "org.dunstproject.cmd0",
        ];
        self.busctl(&[&object, words].concat())
            .expect("dunst answers")
    }

    /// How many notifications are on the screen.
    fn displayed(&self) -> u64 {
        let object = [
            "get-property",
            "org.freedesktop.Notifications",
            "/org/freedesktop/Notifications",
            "org.dunstproject.cmd0",
            "displayedLength",
        ];
        let value: serde_json::Value =
            serde_json::from_str(&self.busctl(&object).unwrap()).unwrap();
        value["data"].as_u64().unwrap()
    }

    fn wait_displayed(&self, count: u64) {
        wait_until(&format!("{count} notifications are shown"), || {
            self.displayed() == count
        });
    }

    /// Summary and body of everything that was ever shown and is gone, newest first.
    fn history(&self) -> Vec<(String, String)> {
        let said: serde_json::Value =
            serde_json::from_str(&self.dunst_call(&["NotificationListHistory"])).unwrap();
        let entries = said["data"][0].as_array().unwrap().iter();
        let text =
            |entry: &serde_json::Value, key: &str| entry[key]["data"].as_str().unwrap().to_owned();
        entries
            .map(|entry| (text(entry, "summary"), text(entry, "body")))
            .collect()
    }

    /// Sweeps the screen and tells what was on it.
    fn swept(&self) -> Vec<(String, String)> {
        self.dunst_call(&["NotificationCloseAll"]);
        self.wait_displayed(0);
        self.history()
    }

    fn follow(&self) -> Following {
        let mut command = self.program(env!("CARGO_BIN_EXE_xsms"));
        command.args([
            "--follow",
            "--output",
            "plain",
            "--format",
            "{unread} {sender}",
            "-d",
            &self.port,
        ]);
        Following::start(&mut command)
    }

    /// `xsms --follow` that has taken in what the SIM held, and announces from now on.
    fn announcing(&self) -> Following {
        let bar = self.follow();
        wait_until("new messages are announced", || self.note("announced"));
        bar
    }

    fn note(&self, key: &str) -> bool {
        let store = self
            .screen
            .person
            .path(".local/share/barpop/messages.sqlite3");
        let Ok(bytes) = fs::read(&store) else {
            return false;
        };
        let wal = fs::read(store.with_extension("sqlite3-wal")).unwrap_or_default();
        [bytes, wal]
            .iter()
            .any(|bytes| bytes.windows(key.len()).any(|at| at == key.as_bytes()))
    }

    fn unread(&self) -> usize {
        let all = self.screen.person.messages();
        all.iter()
            .filter(|message| message["read"] == false)
            .count()
    }
}

fn pair(summary: &str, body: &str) -> (String, String) {
    (summary.to_owned(), body.to_owned())
}

#[test]
fn a_message_is_shown_with_name_and_text_and_marked_read_from_there() {
    let desk = Desk::with_dunst("on");
    desk.modem.receive(ANNA, "an old one that lay on the SIM");
    let bar = desk.announcing();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(desk.displayed(), 0, "what an old SIM held is no news");
    desk.modem
        .receive(ANNA, "Are you <b>still</b> coming & when?");
    desk.wait_displayed(1);
    bar.wait_for("2 Anna Nováková");
    // A second one joins the first.
    desk.modem.receive(ANNA, "Hello?");
    bar.wait_for("3 Anna Nováková");
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(desk.displayed(), 1);
    desk.screen.keep_picture();
    desk.dunst_call(&["ContextMenuCall"]);
    wait_until("both are read", || desk.unread() == 1);
    desk.wait_displayed(0);
    let shown = pair(
        "Anna Nováková",
        "Are you <b>still</b> coming & when?\nHello?",
    );
    let history = desk.history();
    let plain = |text: &str| {
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    assert_eq!((history[0].0.clone(), plain(&history[0].1)), shown);
}

#[test]
fn what_is_read_elsewhere_is_taken_away() {
    let desk = Desk::with_dunst("on");
    let _bar = desk.announcing();
    desk.modem.receive(ANNA, "one");
    desk.modem.receive("Vodafone", "two");
    desk.wait_displayed(2);
    desk.screen.person.says(&["mark-read", "--all"]);
    desk.wait_displayed(0);
}

#[test]
fn a_killed_owner_announces_nothing_twice_and_a_night_offline_is_one_summary() {
    let desk = Desk::with_dunst("on");
    let mut bar = desk.announcing();
    desk.modem.receive(ANNA, "before the crash");
    desk.wait_displayed(1);
    bar.kill();
    let mut bar = desk.follow();
    bar.wait_for("1 Anna Nováková");
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(desk.swept(), [pair("Anna Nováková", "before the crash")]);
    bar.kill();
    for n in 0..7 {
        desk.modem.receive(
            if n % 2 == 0 { ANNA } else { "Vodafone" },
            &format!("night {n}"),
        );
    }
    let bar = desk.follow();
    desk.wait_displayed(1);
    drop(bar);
    let history = desk.swept();
    assert_eq!(history.len(), 2, "{history:?}");
    assert_eq!(
        history[0],
        pair("7 new messages", "Anna Nováková (4), Vodafone (3)")
    );
}

#[test]
fn private_says_who_wrote_and_not_what() {
    let desk = Desk::with_dunst("private");
    let _bar = desk.announcing();
    desk.modem.receive(ANNA, "a secret");
    desk.wait_displayed(1);
    assert_eq!(desk.swept(), [pair("Anna Nováková", "New message")]);
}

#[test]
fn nothing_is_said_when_it_is_off_and_what_waited_for_a_server_is_said_when_there_is_one() {
    let desk = Desk::with_dunst("off");
    let bar = desk.follow();
    bar.wait_for_part("0", Duration::from_secs(15));
    desk.modem.receive(ANNA, "x");
    bar.wait_for("1 Anna Nováková");
    std::thread::sleep(Duration::from_millis(700));
    assert_eq!(desk.displayed(), 0);
    drop(bar);
    let desk = Desk::new("on");
    let bar = desk.announcing();
    desk.modem.receive(ANNA, "is anybody there?");
    bar.wait_for("1 Anna Nováková");
    desk.dunst();
    desk.wait_displayed(1);
    assert_eq!(desk.swept(), [pair("Anna Nováková", "is anybody there?")]);
}

#[cfg(feature = "popup")]
#[test]
fn reply_opens_the_popup_at_that_conversation_and_nothing_of_it_is_announced_while_it_is_seen() {
    let desk = Desk::with_dunst("on");
    desk.screen.xmonad();
    let bar = desk.announcing();
    desk.modem.receive(ANNA, "Are you coming?");
    desk.wait_displayed(1);
    desk.modem.receive("Vodafone", "somebody else");
    desk.wait_displayed(2);
    desk.modem.receive(
        "+491600000000",
        "the newest, which is not the one that is answered",
    );
    desk.wait_displayed(3);
    // The oldest is at the top. (dunst 1.9 knows no other position.)
    desk.dunst_call(&["NotificationAction", "u", "0"]);
    let popup = desk.screen.popup();
    wait_until("the popup has the keyboard", || popup.has_keyboard());
    let read = |text: &str| {
        let all = desk.screen.person.messages();
        all.iter().any(|m| m["text"] == text && m["read"] == true)
    };
    wait_until("Anna's message is read", || read("Are you coming?"));
    wait_until("its notification is gone", || desk.displayed() < 3);
    let before = desk.displayed();
    desk.modem.receive(ANNA, "Say something");
    wait_until("the next one is read at once", || read("Say something"));
    std::thread::sleep(Duration::from_millis(700));
    assert_eq!(desk.displayed(), before);
    assert!(
        desk.history()
            .iter()
            .all(|(_, body)| !body.contains("Say something"))
    );
    drop(bar);
}
