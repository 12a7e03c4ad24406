//! The position.

use barpop::gnss::clock::Moment;
use barpop::gnss::doubt::Doubt;
use barpop::gnss::snapshot::{Link, Recording, Snapshot};
use barpop::gnss::view::{self, State};
use egui::{Key, Ui};

use crate::gnss_walk::{full, rest, walk};
use crate::popup_gnss::{at, fix, no_source, press, searching, setup, type_text};
use crate::stage::{Popup, Shot, Window};

pub struct Gnss {
    state: State,
    snapshot: Snapshot,
    now: Moment,
}

fn with(snapshot: Snapshot) -> Gnss {
    later(1000, snapshot)
}

/// What came until second 1000, looked at in another one.
fn later(second: u64, snapshot: Snapshot) -> Gnss {
    Gnss {
        state: State::new(setup()),
        snapshot,
        now: at(second),
    }
}

fn nothing(_: &mut Window<Gnss>) {}

fn connecting() -> Gnss {
    let snapshot = Snapshot {
        link: Link::Connecting,
        source: Some("gpsd pi:2947".to_owned()),
        ..Snapshot::default()
    };
    later(993, snapshot)
}

fn recorded(error: Option<&str>) -> Gnss {
    let mut snapshot = walk();
    snapshot.recording = Some(Recording {
        path: "/home/me/.local/share/barpop/tracks/2026-11-24.gpx".into(),
        points: 612,
        error: error.map(str::to_owned),
    });
    with(snapshot)
}

fn doubted() -> Gnss {
    let mut snapshot = walk();
    if let Some(held) = &mut snapshot.fix {
        held.value.time = Some("2007-04-10T12:00:00Z".parse().unwrap());
    }
    let corrected = "2026-11-24T12:00:00Z".parse().unwrap();
    snapshot.doubt = Some(Doubt::WeekRollover { corrected });
    with(snapshot)
}

impl Popup for Gnss {
    const NAME: &'static str = "gnss";
    const TITLE: &'static str = "Position";
    const TYPICAL: &'static [&'static str] = &["sky", "numbers-satellites"];
    const SHOTS: &'static [Shot<Self>] = &[
        Shot {
            name: "sky",
            says: "A fix, the sky with the satellites of four systems, and how strong each is.",
            begin: || with(walk()),
            act: nothing,
        },
        Shot {
            name: "satellite",
            says: "A satellite is chosen with the arrows, and told in words.",
            begin: || with(walk()),
            act: |window| {
                press(window, Key::ArrowRight);
                press(window, Key::ArrowRight);
            },
        },
        Shot {
            name: "full",
            says: "Eighty-four satellites of all systems.",
            begin: || with(full()),
            act: nothing,
        },
        Shot {
            name: "few",
            says: "Three satellites, two of them used.",
            begin: || with(fix()),
            act: nothing,
        },
        Shot {
            name: "numbers",
            says: "All numbers, with their units.",
            begin: || with(walk()),
            act: |window| type_text(window, "2"),
        },
        Shot {
            name: "numbers-satellites",
            says: "Further down: every satellite with its place and its signal; a hook where the position is made with it.",
            begin: || with(walk()),
            act: |window| {
                type_text(window, "2");
                press(window, Key::PageDown);
                press(window, Key::PageDown);
            },
        },
        Shot {
            name: "scatter",
            says: "Ten minutes at one place: how far the positions are from each other.",
            begin: || with(rest()),
            act: |window| type_text(window, "3"),
        },
        Shot {
            name: "track",
            says: "Ten minutes of a walk; no map is asked for in the network.",
            begin: || with(walk()),
            act: |window| type_text(window, "4"),
        },
        Shot {
            name: "speed",
            says: "Speed and altitude over the same time.",
            begin: || with(walk()),
            act: |window| type_text(window, "5"),
        },
        Shot {
            name: "imperial",
            says: "Imperial units.",
            begin: || with(walk()),
            act: |window| type_text(window, "u"),
        },
        Shot {
            name: "notations",
            says: "The position in eight notations, to be copied.",
            begin: || with(walk()),
            act: |window| type_text(window, "n"),
        },
        Shot {
            name: "copied",
            says: "The position was copied.",
            begin: || with(walk()),
            act: |window| type_text(window, "c"),
        },
        Shot {
            name: "sources",
            says: "Where positions can come from.",
            begin: || with(walk()),
            act: |window| {
                type_text(window, "s");
                let ports = [
                    ("/dev/ttyACM0", "u-blox 7 GNSS receiver"),
                    ("/dev/ttyUSB2", "Quectel EM12-G"),
                ];
                let ports = ports.map(|(port, name)| (port.into(), name.to_owned()));
                window.state_mut().state.offer_ports(ports.to_vec());
            },
        },
        Shot {
            name: "old",
            says: "A position of twelve seconds ago is dim and says so.",
            begin: || later(1012, walk()),
            act: nothing,
        },
        Shot {
            name: "lost",
            says: "A fix that was lost is never shown as now.",
            begin: || later(1180, walk()),
            act: nothing,
        },
        Shot {
            name: "source-lost",
            says: "The source is gone; the last position stays in sight.",
            begin: || {
                let mut snapshot = walk();
                snapshot.link = Link::Connecting;
                snapshot.error = Some("gpsd at 127.0.0.1:2947 has ended".to_owned());
                later(1009, snapshot)
            },
            act: nothing,
        },
        Shot {
            name: "searching",
            says: "A receiver that has no fix yet: for how long it searches, and what it hears.",
            begin: || with(searching()),
            act: nothing,
        },
        Shot {
            name: "loading",
            says: "A source is being connected to.",
            begin: connecting,
            act: |window| {
                window.state_mut().now = at(1000);
            },
        },
        Shot {
            name: "offline",
            says: "There is nothing to ask: what to do is one press away.",
            begin: || with(no_source()),
            act: nothing,
        },
        Shot {
            name: "ended",
            says: "A replay is at its end.",
            begin: || {
                let mut snapshot = walk();
                snapshot.link = Link::Ended;
                snapshot.source = Some("walk.nmea".to_owned());
                later(1020, snapshot)
            },
            act: nothing,
        },
        Shot {
            name: "doubt",
            says: "A date that cannot be is explained and mended.",
            begin: doubted,
            act: nothing,
        },
        Shot {
            name: "recording",
            says: "The track is recorded.",
            begin: || recorded(None),
            act: |window| type_text(window, "4"),
        },
        Shot {
            name: "recording-fails",
            says: "Why nothing is recorded stands where it was asked for.",
            begin: || {
                recorded(Some(
                    "cannot write '/home/me/.local/share/barpop/tracks/2026-11-24.gpx': no space left",
                ))
            },
            act: nothing,
        },
        Shot {
            name: "keys",
            says: "All keys.",
            begin: || with(walk()),
            act: |window| press(window, Key::F1),
        },
    ];

    fn size(&self) -> [f32; 2] {
        [640.0, 480.0]
    }

    fn frame(&mut self, ui: &mut Ui) {
        // What is wanted of the source is of no concern here.
        let _ = view::ui(ui, &self.snapshot, self.now, &mut self.state);
    }
}
