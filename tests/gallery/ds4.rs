//! The game controllers.

use barpop::catalogue::Language;
use barpop::ds4::snapshot::{Pad, Snapshot};
use barpop::ds4::view::{self, State};
use egui::{Key, Ui};

use crate::ds4_samples::{self, busy, dualshock, of, turn};
use crate::popup_gnss::{press, type_text};
use crate::stage::{self, Popup, Shot, Window};

pub struct Ds4 {
    state: State,
    snapshot: Snapshot,
}

fn with(snapshot: Snapshot) -> Ds4 {
    Ds4 {
        state: State::default(),
        snapshot,
    }
}

fn named(name: &str) -> Ds4 {
    with(ds4_samples::by_name(name).unwrap())
}

fn nothing(_: &mut Window<Ds4>) {}

/// Moves the pad for ten seconds, in steps that are wider than the popup's.
fn move_about(window: &mut Window<Ds4>) {
    type_text(window, "2");
    let begin = 10.0;
    for step in 0..=80_u8 {
        let t = f32::from(step) / 8.0;
        window.input_mut().time = Some(begin + f64::from(t));
        move_to(&mut window.state_mut().snapshot.pads[0], t);
        window.step();
    }
}

fn move_to(pad: &mut Pad, t: f32) {
    let swing = (t * 2.1).sin() * (t * 0.4).cos();
    if let Some(motion) = &mut pad.motion {
        motion.accelerometer_g = [
            0.4 * swing,
            0.92 - 0.2 * swing * swing,
            0.3 * (t * 1.3).cos(),
        ];
        motion.gyro_dps = [90.0 * (t * 2.1).cos(), 40.0 * (t * 0.9).sin(), 25.0 * swing];
        motion.orientation = turn(0.7, 0.4, 0.3, 35.0 * swing);
    }
    if let Some(rate) = &mut pad.rate {
        rate.jitter_ms = 0.8 + 0.4 * (t * 3.7).sin().powi(2);
    }
}

impl Popup for Ds4 {
    const NAME: &'static str = "ds4";
    const TITLE: &'static str = "Game controllers";
    const TYPICAL: &'static [&'static str] = &["rest"];
    const SHOTS: &'static [Shot<Self>] = &[
        Shot {
            name: "rest",
            says: "A DualShock 4 on the table.",
            begin: || named("rest"),
            act: nothing,
        },
        Shot {
            name: "busy",
            says: "Everything is pressed, turned and touched.",
            begin: || named("busy"),
            act: nothing,
        },
        Shot {
            name: "square",
            says: "One button, and a pad that is held askew.",
            begin: || named("square"),
            act: nothing,
        },
        Shot {
            name: "two",
            says: "Two controllers.",
            begin: || named("two"),
            act: nothing,
        },
        Shot {
            name: "dualsense",
            says: "A DualSense on a cable.",
            begin: || named("dualsense"),
            act: nothing,
        },
        Shot {
            name: "dualsense-busy",
            says: "A DualSense with everything pressed.",
            begin: || named("dualsense-busy"),
            act: nothing,
        },
        Shot {
            name: "motion",
            says: "Ten seconds of movement.",
            begin: || named("rest"),
            act: move_about,
        },
        Shot {
            name: "motion-begins",
            says: "The page of the motion as it is opened.",
            begin: || named("rest"),
            act: |window| type_text(window, "2"),
        },
        Shot {
            name: "calibrating",
            says: "The motion sensors are calibrated: what to do is said.",
            begin: || with(of([busy(dualshock())])),
            act: |window| type_text(window, "2"),
        },
        Shot {
            name: "light",
            says: "The light bar.",
            begin: || named("rest"),
            act: |window| type_text(window, "3"),
        },
        Shot {
            name: "light-blinks",
            says: "The light bar blinks in a colour of one's own.",
            begin: || named("square"),
            act: |window| type_text(window, "3"),
        },
        Shot {
            name: "light-players",
            says: "A DualSense has LEDs for the player's number, too.",
            begin: || named("dualsense"),
            act: |window| type_text(window, "3"),
        },
        Shot {
            name: "low",
            says: "The battery is low.",
            begin: || named("low"),
            act: nothing,
        },
        Shot {
            name: "charging",
            says: "The battery is being charged.",
            begin: || named("charging"),
            act: nothing,
        },
        Shot {
            name: "forbidden",
            says: "Without the udev rule: what is forbidden, and what allows it, ready to be copied.",
            begin: || named("forbidden"),
            act: nothing,
        },
        Shot {
            name: "forbidden-motion",
            says: "The page of the motion without the permission for it.",
            begin: || named("forbidden"),
            act: |window| type_text(window, "2"),
        },
        Shot {
            name: "forbidden-light",
            says: "The page of the light without the permission for it.",
            begin: || named("forbidden"),
            act: |window| type_text(window, "3"),
        },
        Shot {
            name: "generic",
            says: "With the kernel's generic driver.",
            begin: || named("generic"),
            act: nothing,
        },
        Shot {
            name: "failed",
            says: "Something that was asked for did not work.",
            begin: || named("failed"),
            act: nothing,
        },
        Shot {
            name: "empty",
            says: "No controller: how to connect one.",
            begin: || named("none"),
            act: nothing,
        },
        Shot {
            name: "loading",
            says: "Before the first look it does not say that there is none.",
            begin: || named("starting"),
            act: nothing,
        },
        Shot {
            name: "broken",
            says: "Controllers cannot be looked for.",
            begin: || named("broken"),
            act: nothing,
        },
        Shot {
            name: "keys",
            says: "All keys.",
            begin: || named("rest"),
            act: |window| press(window, Key::F1),
        },
    ];

    fn size(&self) -> [f32; 2] {
        [640.0, 500.0]
    }

    fn frame(&mut self, ui: &mut Ui) {
        // What is wanted of the pads is of no concern here.
        let _ = view::ui(ui, &self.snapshot, &mut self.state);
    }
}

#[test]
fn a_stick_in_its_dead_zone_is_told_whole_in_every_language() {
    let resting = || {
        let mut pad = dualshock();
        if let Some(controls) = &mut pad.controls {
            (controls.left.flat, controls.right.flat) = (0.12, 0.12);
        }
        with(of([pad]))
    };
    for (language, words) in [
        (Language::English, "In dead zone 12 %"),
        (Language::German, "In Totzone 12 %"),
        (Language::Czech, "V mrtvé zóně 12 %"),
    ] {
        stage::tells_on_one_line(resting, language, words);
    }
}
