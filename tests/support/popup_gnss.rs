//! The position popup in a test: a window without a screen, and its keys, clicks and words.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used, reason = "a test stops where something is amiss")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use barpop::gnss::clock::Moment;
use barpop::gnss::command::Command;
use barpop::gnss::coordinates::Notation;
use barpop::gnss::fix::{Dop, Ellipse, ErrorEstimate, Fix, Mode, Position};
use barpop::gnss::options::Wanted;
use barpop::gnss::satellite::{Constellation, Satellite, Sky};
use barpop::gnss::snapshot::{Held, Limits, Link, Snapshot, TrackPoint};
use barpop::gnss::units::Units;
use barpop::gnss::view::{self, Setup, State};
use barpop::popup::{fonts, theme::Theme};
use egui_kittest::Harness;
use jiff::tz::TimeZone;

#[path = "window.rs"]
mod window;
pub use window::*;

pub struct Popup {
    pub state: State,
    pub snapshot: Snapshot,
    pub now: Moment,
    pub sent: Vec<Command>,
    pub ready: bool,
}

pub type Window = Harness<'static, Popup>;

/// A moment in seconds; the samples are of second 1000.
pub fn at(second: u64) -> Moment {
    Moment::at(Duration::from_secs(second))
}

pub fn setup() -> Setup {
    Setup {
        limits: Limits::default(),
        units: Units::Metric,
        notation: Notation::Dd,
        wanted: Wanted::Auto,
        tracks: PathBuf::from("/home/me/.local/share/barpop/tracks"),
        zone: TimeZone::UTC,
        clocks: (at(1000), "2026-11-24T12:00:00Z".parse().unwrap()),
    }
}

/// The popup in a window of this size, after it has settled.
pub fn sized(snapshot: Snapshot, size: [f32; 2]) -> Window {
    let popup = Popup {
        state: State::new(setup()),
        snapshot,
        now: at(1000),
        sent: Vec::new(),
        ready: false,
    };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_step_dt(1.0 / 30.0)
        .build_ui_state(
            |ui: &mut egui::Ui, popup: &mut Popup| {
                if !std::mem::replace(&mut popup.ready, true) {
                    // What the shell does before the first frame.
                    fonts::install_builtin(ui.ctx());
                    Theme::default().install(ui.ctx());
                    ui.ctx().set_missing_glyph_policy(Default::default());
                    return;
                }
                let sent = view::ui(ui, &popup.snapshot, popup.now, &mut popup.state);
                popup.sent.extend(sent);
            },
            popup,
        );
    harness.run_steps(5);
    harness
}

pub fn popup(snapshot: Snapshot) -> Window {
    sized(snapshot, [640.0, 480.0])
}

/// The source tells something new, or time passes.
pub fn tell(window: &mut Window, change: impl FnOnce(&mut Popup)) {
    change(window.state_mut());
    window.run_steps(3);
}

/// What was asked of the source since the last call.
pub fn commands(window: &mut Window) -> Vec<Command> {
    std::mem::take(&mut window.state_mut().sent)
}

/// Presses what copies, and returns what is on the clipboard then.
pub fn copied(window: &mut Window, act: impl FnOnce(&mut Window)) -> Option<String> {
    act(window);
    let commands = &window.output().platform_output.commands;
    commands.iter().rev().find_map(|c| match c {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

/// Nothing to ask.
pub fn no_source() -> Snapshot {
    Snapshot {
        source: Some("gpsd 127.0.0.1:2947".to_owned()),
        error: Some("no gpsd answers on this machine".to_owned()),
        ..Snapshot::default()
    }
}

/// A receiver without a fix since second 977, that hears three of four satellites.
pub fn searching() -> Snapshot {
    let heard = [(5, 33.0), (7, 28.0), (15, 36.0), (30, 0.0)];
    let satellites = heard.map(|(prn, cn0)| Satellite {
        elevation_deg: Some(40.0),
        azimuth_deg: Some(f64::from(prn) * 10.0),
        cn0_dbhz: Some(cn0),
        used: Some(false),
        ..Satellite::new(Constellation::Gps, prn)
    });
    Snapshot {
        source: Some("/dev/ttyACM0".to_owned()),
        link: Link::Connected { since: at(970) },
        no_fix_since: Some(at(977)),
        sky: Some(Held {
            value: Sky::new(satellites.to_vec(), Dop::default()),
            at: at(1000),
        }),
        ..Snapshot::default()
    }
}

/// A fix of second 1000, with a walk of a minute before it.
pub fn fix() -> Snapshot {
    let fix = Fix {
        mode: Mode::ThreeD,
        position: Position::new(48.137_154, 11.576_124),
        time: Some("2026-11-24T12:00:00Z".parse().unwrap()),
        altitude_msl_m: Some(519.0),
        altitude_ellipsoid_m: Some(565.9),
        speed_mps: Some(3.0),
        track_deg: Some(139.0),
        climb_mps: Some(0.1),
        dop: Dop {
            pdop: Some(1.1),
            hdop: Some(0.7),
            vdop: Some(0.9),
        },
        error: ErrorEstimate {
            horizontal_m: Some(6.0),
            vertical_m: Some(9.0),
            ellipse: Some(Ellipse {
                major_m: 5.0,
                minor_m: 3.0,
                angle_deg: 30.0,
            }),
            ..ErrorEstimate::default()
        },
        ..Fix::default()
    };
    let track = (940..=1000).map(|second| TrackPoint {
        at: at(second),
        position: Position::new(48.137_154 - (1000 - second) as f64 * 2.0e-5, 11.576_124).unwrap(),
        altitude_msl_m: Some(519.0),
        speed_mps: Some(3.0),
    });
    let satellites = [
        (Constellation::Gps, 5, 45.0, true),
        (Constellation::Gps, 7, 20.0, false),
        (Constellation::Galileo, 3, 38.0, true),
    ];
    let satellites = satellites.map(|(system, prn, cn0, used)| Satellite {
        elevation_deg: Some(42.0),
        azimuth_deg: Some(f64::from(prn) * 27.8),
        cn0_dbhz: Some(cn0),
        used: Some(used),
        ..Satellite::new(system, prn)
    });
    Snapshot {
        source: Some("gpsd 127.0.0.1:2947".to_owned()),
        link: Link::Connected { since: at(900) },
        fix: Some(Held {
            value: fix,
            at: at(1000),
        }),
        sky: Some(Held {
            value: Sky::new(satellites.to_vec(), Dop::default()),
            at: at(1000),
        }),
        track: Arc::new(track.collect()),
        ..Snapshot::default()
    }
}

/// Every direction full of satellites of all systems.
pub fn full_sky() -> Snapshot {
    let mut snapshot = fix();
    let satellites = Constellation::ALL.into_iter().flat_map(|system| {
        (1..=12).map(move |prn| Satellite {
            elevation_deg: Some(f64::from(prn * 7)),
            azimuth_deg: Some(f64::from(prn * 29)),
            cn0_dbhz: Some(f64::from(20 + prn * 2)),
            used: Some(prn % 2 == 0),
            ..Satellite::new(system, prn)
        })
    });
    snapshot.sky = Some(Held {
        value: Sky::new(satellites.collect(), Dop::default()),
        at: at(1000),
    });
    snapshot
}

/// After how long the last frame wants another one.
pub fn next_frame(window: &Window) -> Duration {
    window.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay
}
