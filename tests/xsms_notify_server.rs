//! Notifications on a server that can do less, or more, than dunst.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/bus.rs"]
mod bus;
mod support;

use std::collections::HashMap;
use std::fs;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use barpop::sim::modem::{Faults, Options};
use bus::Bus;
use support::{Following, Person, wait_until};
use zbus::{OwnedVariant, interface};

#[derive(Debug, Clone)]
struct Shown {
    replaces: u32,
    summary: String,
    body: String,
    actions: Vec<String>,
    urgency: u8,
}

struct Server {
    abilities: Vec<&'static str>,
    shown: Arc<Mutex<Vec<Shown>>>,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    async fn get_capabilities(&self) -> Vec<String> {
        self.abilities
            .iter()
            .map(|word| (*word).to_owned())
            .collect()
    }

    #[allow(clippy::too_many_arguments)]
    async fn notify(
        &self,
        _name: String,
        replaces: u32,
        _icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedVariant>,
        _timeout: i32,
    ) -> u32 {
        let urgency = hints
            .get("urgency")
            .and_then(|urgency| u8::try_from(urgency.try_clone().unwrap()).ok());
        let mut all = self.shown.lock().unwrap();
        all.push(Shown {
            replaces,
            summary,
            body,
            actions,
            urgency: urgency.unwrap_or_default(),
        });
        all.len() as u32
    }

    async fn close_notification(&self, _id: u32) {}
}

/// A screen saver that says that the screen is locked.
struct Saver;

#[interface(name = "org.freedesktop.ScreenSaver")]
impl Saver {
    async fn get_active(&self) -> bool {
        true
    }
}

fn serve(
    bus: &Bus,
    abilities: &[&'static str],
    locked: bool,
) -> (zbus::Connection, Arc<Mutex<Vec<Shown>>>) {
    let shown = Arc::new(Mutex::new(Vec::new()));
    let server = Server {
        abilities: abilities.to_vec(),
        shown: Arc::clone(&shown),
    };
    let address = bus.address();
    let connection = zbus::block_on(async {
        let mut builder = zbus::connection::Builder::address(address.as_str())
            .serve_at("/org/freedesktop/Notifications", server)
            .name("org.freedesktop.Notifications");
        if locked {
            builder = builder
                .serve_at("/org/freedesktop/ScreenSaver", Saver)
                .name("org.freedesktop.ScreenSaver");
        }
        builder.build().await.unwrap()
    });
    (connection, shown)
}

fn told(abilities: &[&'static str], locked: bool, texts: &[&str]) -> Vec<Shown> {
    let (person, bus) = (Person::new(), Bus::start());
    let (_connection, shown) = serve(&bus, abilities, locked);
    let (modem, port) = support::modem(Options::default(), Faults::default());
    let mut command = person.xsms();
    command
        .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
        .env("DBUS_SYSTEM_BUS_ADDRESS", bus.address())
        .args([
            "--follow", "--output", "plain", "-u", "%d", "-r", "none", "-d", &port,
        ]);
    let bar = Following::start(&mut command);
    bar.wait_for("none");
    // The notifier begins right after the line.
    std::thread::sleep(Duration::from_secs(2));
    for (index, text) in texts.iter().enumerate() {
        modem.receive("+491701234567", text);
        bar.wait_for(&(index + 1).to_string());
        wait_until("it is shown", || shown.lock().unwrap().len() == index + 1);
    }
    let shown = shown.lock().unwrap().clone();
    drop(bar);
    let _ = fs::metadata(person.home());
    shown
}

#[test]
fn a_server_without_actions_and_markup_gets_plain_text_and_no_buttons() {
    let shown = told(&["body"], false, &["a < b & c", "next"]);
    assert_eq!(shown[0].summary, "+491701234567");
    assert_eq!(shown[0].body, "a < b & c");
    assert!(shown[0].actions.is_empty() && shown[0].urgency == 1);
    assert_eq!(
        (shown[1].replaces, shown[1].body.as_str()),
        (1, "a < b & c\nnext")
    );
}

#[test]
fn a_server_with_markup_gets_it_escaped_and_one_with_actions_gets_them() {
    let shown = told(
        &["body", "body-markup", "actions"],
        false,
        &["<a href=\"x\">x</a>"],
    );
    assert_eq!(shown[0].body, "&lt;a href=\"x\"&gt;x&lt;/a&gt;");
    assert_eq!(
        shown[0].actions,
        ["default", "Open", "reply", "Reply", "read", "Mark read"]
    );
}

#[test]
fn a_locked_screen_shows_no_text() {
    let shown = told(&["body", "actions"], true, &["a secret"]);
    assert_eq!(shown[0].body, "New message");
    assert!(!format!("{shown:?}").contains("secret"));
}
