//! The network.

use std::sync::Arc;

use barpop::net::attempt::{Target, Why};
use barpop::net::snapshot::Snapshot;
use barpop::net::view::{self, State};
use egui::{Key, Modifiers, Ui};
use egui_kittest::kittest::Queryable as _;
use jiff::{Timestamp, tz::TimeZone};

use crate::net_samples;
use crate::popup_gnss::{click, press, press_with, type_text};
use crate::stage::{Popup, Shot, Window};

pub struct Net {
    state: State,
    snapshot: Arc<Snapshot>,
}

fn now() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

fn with(snapshot: Snapshot) -> Net {
    Net {
        state: State::in_zone(TimeZone::UTC),
        snapshot: Arc::new(snapshot),
    }
}

fn named(name: &str) -> Net {
    with(net_samples::by_name(name, now()).unwrap())
}

fn nothing(_: &mut Window<Net>) {}

/// To the row of this name, and presses Enter.
fn enter(window: &mut Window<Net>, row: &str) {
    type_text(window, row);
    press(window, Key::Enter);
}

/// The modem's page.
fn modem(window: &mut Window<Net>) {
    press_with(window, Modifiers::CTRL, Key::F);
    enter(window, "quectel");
}

impl Popup for Net {
    const NAME: &'static str = "net";
    const TITLE: &'static str = "Network";
    const TYPICAL: &'static [&'static str] = &["everyday"];
    const SHOTS: &'static [Shot<Self>] = &[
        Shot {
            name: "everyday",
            says: "Connected by Wi-Fi; saved networks first, then the strongest.",
            begin: || named("everyday"),
            act: nothing,
        },
        Shot {
            name: "offline",
            says: "Nothing is connected.",
            begin: || named("offline"),
            act: nothing,
        },
        Shot {
            name: "full",
            says: "Three hundred networks at a trade fair.",
            begin: || named("full"),
            act: nothing,
        },
        Shot {
            name: "loading",
            says: "NetworkManager was not heard yet.",
            begin: || named("starting"),
            act: nothing,
        },
        Shot {
            name: "empty",
            says: "A computer without any adapter.",
            begin: || named("empty"),
            act: nothing,
        },
        Shot {
            name: "no-networks",
            says: "No networks are in range.",
            begin: || named("no-networks"),
            act: nothing,
        },
        Shot {
            name: "wifi-off",
            says: "Wi-Fi is switched off.",
            begin: || named("wifi-off"),
            act: nothing,
        },
        Shot {
            name: "wifi-off-hardware",
            says: "Wi-Fi is switched off by a switch on the case, which is not fought.",
            begin: || named("wifi-off-hardware"),
            act: nothing,
        },
        Shot {
            name: "not-running",
            says: "NetworkManager does not run.",
            begin: || named("not-running"),
            act: nothing,
        },
        Shot {
            name: "no-bus",
            says: "There is no system bus.",
            begin: || named("no-bus"),
            act: nothing,
        },
        Shot {
            name: "stalled",
            says: "NetworkManager does not answer.",
            begin: || named("stalled"),
            act: nothing,
        },
        Shot {
            name: "forbidden",
            says: "This person may not connect; the permission that is missing is named.",
            begin: || named("forbidden"),
            act: |window| press(window, Key::Enter),
        },
        Shot {
            name: "portal",
            says: "The network wants a sign-in, which is one press away.",
            begin: || named("portal"),
            act: nothing,
        },
        Shot {
            name: "limited",
            says: "Connected, and no internet behind it.",
            begin: || named("limited"),
            act: nothing,
        },
        Shot {
            name: "scanning",
            says: "Networks are being looked for.",
            begin: || named("scanning"),
            act: nothing,
        },
        Shot {
            name: "connecting",
            says: "What is being waited for, and for how long.",
            begin: || named("connecting"),
            act: nothing,
        },
        Shot {
            name: "password",
            says: "A password is asked for below its row.",
            begin: || named("offline"),
            act: |window| {
                enter(window, "cafe");
                type_text(window, "short");
            },
        },
        Shot {
            name: "wrong-password",
            says: "A wrong password is asked for again in place, with the reason.",
            begin: || named("wrong-password"),
            act: nothing,
        },
        Shot {
            name: "no-address",
            says: "Why it failed stands beside what failed.",
            begin: || named("no-address"),
            act: nothing,
        },
        Shot {
            name: "company",
            says: "A company's network asks who one is.",
            begin: || {
                let mut snapshot = net_samples::offline();
                snapshot.profiles.clear();
                with(snapshot)
            },
            act: |window| enter(window, "eduroam"),
        },
        Shot {
            name: "wep",
            says: "A network whose encryption keeps nobody out says so.",
            begin: || named("offline"),
            act: |window| enter(window, "old-printer"),
        },
        Shot {
            name: "forget",
            says: "Before a saved network is forgotten, that is asked.",
            begin: || named("everyday"),
            act: |window| press(window, Key::Delete),
        },
        Shot {
            name: "filter",
            says: "Typing filters, without regard to case and accents.",
            begin: || named("everyday"),
            act: |window| type_text(window, "o"),
        },
        Shot {
            name: "filter-nothing",
            says: "A filter that leaves nothing.",
            begin: || named("everyday"),
            act: |window| type_text(window, "submarine"),
        },
        Shot {
            name: "details",
            says: "All there is to know about the connection.",
            begin: || named("everyday"),
            act: |window| {
                press(window, Key::ArrowUp);
                press(window, Key::ArrowRight);
            },
        },
        Shot {
            name: "two-adapters",
            says: "One of two adapters can be chosen.",
            begin: || named("two-adapters"),
            act: |window| press(window, Key::ArrowRight),
        },
        Shot {
            name: "vpn",
            says: "A VPN is on.",
            begin: || named("vpn"),
            act: nothing,
        },
        Shot {
            name: "cable",
            says: "Connected by cable.",
            begin: || named("cable"),
            act: nothing,
        },
        Shot {
            name: "mobile",
            says: "Connected by the mobile network, which roams.",
            begin: || named("mobile"),
            act: nothing,
        },
        Shot {
            name: "modem",
            says: "The modem's page.",
            begin: || named("mobile"),
            act: |window| {
                press(window, Key::ArrowUp);
                press(window, Key::ArrowRight);
            },
        },
        Shot {
            name: "modem-more",
            says: "Further down: what the modem and its SIM are, to be copied.",
            begin: || named("mobile"),
            act: |window| {
                press(window, Key::ArrowUp);
                press(window, Key::ArrowRight);
                press(window, Key::PageDown);
                press(window, Key::PageDown);
            },
        },
        Shot {
            name: "pin",
            says: "A locked SIM asks for its PIN.",
            begin: || named("pin"),
            act: modem,
        },
        Shot {
            name: "last-try",
            says: "The last try of a PIN needs a tick.",
            begin: || named("last-try"),
            act: modem,
        },
        Shot {
            name: "puk",
            says: "A blocked SIM takes its PUK and the new PIN twice.",
            begin: || named("puk"),
            act: modem,
        },
        Shot {
            name: "new-mobile",
            says: "A SIM without a connection gets one.",
            begin: || {
                let mut snapshot = net_samples::offline();
                snapshot.profiles.clear();
                with(snapshot)
            },
            act: |window| enter(window, "vodafone cz"),
        },
        Shot {
            name: "hidden",
            says: "A network that does not tell its name.",
            begin: || named("offline"),
            act: |window| click(window, "Hidden network"),
        },
        Shot {
            name: "hidden-wrong",
            says: "Its password was wrong, and nothing of what was typed is lost.",
            begin: || named("offline"),
            act: |window| {
                click(window, "Hidden network");
                type_text(window, "secret lair");
                window.get_by_label("Password").focus();
                window.run_steps(3);
                type_text(window, "almost-right");
                press(window, Key::Enter);
                let target = Target::Network("secret lair".into());
                let sentence = "The password for 'secret lair' is wrong.";
                let stage = net_samples::failed(Why::WrongPassword, sentence);
                let attempt = net_samples::attempt(1, target, "secret lair", now(), stage);
                Arc::make_mut(&mut window.state_mut().snapshot).attempts = vec![attempt];
                window.run_steps(4);
            },
        },
        Shot {
            name: "hotspot",
            says: "This computer as an access point, before it is one.",
            begin: || named("offline"),
            act: |window| {
                press_with(window, Modifiers::CTRL, Key::H);
                // The suggested password is another one each time.
                window.get_by_label("Password").focus();
                window.run_steps(3);
                press_with(window, Modifiers::COMMAND, Key::A);
                type_text(window, "k7wm3xq9ta");
            },
        },
        Shot {
            name: "hotspot-on",
            says: "The hotspot is on: a phone that sees the code can connect.",
            begin: || named("hotspot"),
            act: |window| press_with(window, Modifiers::CTRL, Key::H),
        },
        Shot {
            name: "share",
            says: "A saved network as a code.",
            begin: || named("everyday"),
            act: |window| {
                press_with(window, Modifiers::CTRL, Key::Q);
                let mut snapshot = Snapshot::clone(&window.state().snapshot);
                snapshot.share = Some(net_samples::share());
                window.state_mut().snapshot = Arc::new(snapshot);
            },
        },
        Shot {
            name: "prompt",
            says: "A question of NetworkManager's lies over everything.",
            begin: || named("prompt"),
            act: nothing,
        },
        Shot {
            name: "hostile",
            says: "Names that try to fool the reader.",
            begin: || named("hostile"),
            act: nothing,
        },
        Shot {
            name: "keys",
            says: "All keys.",
            begin: || named("everyday"),
            act: |window| press(window, Key::F1),
        },
    ];

    fn size(&self) -> [f32; 2] {
        [360.0, 520.0]
    }

    fn frame(&mut self, ui: &mut Ui) {
        // What is wanted of NetworkManager is of no concern here.
        let _ = view::ui(ui, &self.snapshot, &mut self.state, now());
    }
}
