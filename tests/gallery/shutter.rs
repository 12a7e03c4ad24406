//! The timers of the cameras.

use barpop::catalogue::Language;
use barpop::shutter::cameras::{Camera, Errand};
use barpop::shutter::snapshot::Snapshot;
use barpop::shutter::view::{self, State};
use egui::{Key, Modifiers, Ui};

use crate::popup_gnss::{press, press_with, type_text};
use crate::shutter_samples::{self, camera, idle, now, running};
use crate::stage::{self, Popup, Shot, Window};

pub struct Shutter {
    state: State,
    cameras: Vec<Camera>,
}

fn with(cameras: Vec<Camera>) -> Shutter {
    Shutter {
        state: State::default(),
        cameras,
    }
}

fn named(name: &str) -> Shutter {
    with(shutter_samples::by_name(name).unwrap())
}

fn nothing(_: &mut Window<Shutter>) {}

impl Popup for Shutter {
    const NAME: &'static str = "shutter";
    const TITLE: &'static str = "Timers of cameras";
    const TYPICAL: &'static [&'static str] = &["running"];
    const SHOTS: &'static [Shot<Self>] = &[
        Shot {
            name: "running",
            says: "A plan runs: the time to the next picture, how far it is, when it ends.",
            begin: || named("running"),
            act: nothing,
        },
        Shot {
            name: "exposing",
            says: "A long exposure runs.",
            begin: || named("exposing"),
            act: nothing,
        },
        Shot {
            name: "paused",
            says: "A plan waits.",
            begin: || named("paused"),
            act: nothing,
        },
        Shot {
            name: "stopping",
            says: "Before a plan is stopped, a second press is wanted.",
            begin: || named("running"),
            act: |window| type_text(window, "x"),
        },
        Shot {
            name: "idle",
            says: "Without a plan: what is needed to start one, with presets.",
            begin: || named("idle"),
            act: nothing,
        },
        Shot {
            name: "wrong-interval",
            says: "What is wrong stands beside its field.",
            begin: || named("idle"),
            act: |window| {
                type_text(window, "i");
                press_with(window, Modifiers::COMMAND, Key::A);
                type_text(window, "soon");
            },
        },
        Shot {
            name: "plan",
            says: "Everything else that a plan can have.",
            begin: || named("idle"),
            act: |window| type_text(window, "2"),
        },
        Shot {
            name: "plan-running",
            says: "The whole plan while it runs.",
            begin: || named("exposing"),
            act: |window| type_text(window, "2"),
        },
        Shot {
            name: "history",
            says: "The last pictures, and how exactly they came.",
            begin: || named("running"),
            act: |window| type_text(window, "3"),
        },
        Shot {
            name: "history-empty",
            says: "No picture was taken yet.",
            begin: || named("idle"),
            act: |window| type_text(window, "3"),
        },
        Shot {
            name: "done",
            says: "A plan is done.",
            begin: || named("done"),
            act: nothing,
        },
        Shot {
            name: "failing",
            says: "A plan runs and takes no pictures, with the reason.",
            begin: || named("failing"),
            act: nothing,
        },
        Shot {
            name: "problem",
            says: "No picture can be taken, with the reason.",
            begin: || named("problem"),
            act: nothing,
        },
        Shot {
            name: "refused",
            says: "What was refused says why.",
            begin: || {
                let mut refused = camera(idle());
                let why = "a plan runs already; stop it first";
                refused.refusal = Some((Errand::Start, why.into()));
                with(vec![refused])
            },
            act: nothing,
        },
        Shot {
            name: "starting",
            says: "The service was asked, and has not answered yet.",
            begin: || {
                let mut busy = camera(idle());
                busy.errand = Some((Errand::Start, now()));
                with(vec![busy])
            },
            act: nothing,
        },
        Shot {
            name: "offline",
            says: "A camera that is lost keeps its last state.",
            begin: || named("offline"),
            act: nothing,
        },
        Shot {
            name: "lost",
            says: "A camera that was never reached.",
            begin: || named("lost"),
            act: nothing,
        },
        Shot {
            name: "empty",
            says: "No service on this machine: how to begin.",
            begin: || named("absent"),
            act: nothing,
        },
        Shot {
            name: "loading",
            says: "The service was not heard yet.",
            begin: || named("loading"),
            act: nothing,
        },
        Shot {
            name: "locked",
            says: "A camera wants a password.",
            begin: || named("locked"),
            act: nothing,
        },
        Shot {
            name: "wrong-password",
            says: "The password was wrong.",
            begin: || named("wrong"),
            act: |window| type_text(window, "open sesame"),
        },
        Shot {
            name: "full",
            says: "Eight cameras, each in another state.",
            begin: || named("eight"),
            act: nothing,
        },
        Shot {
            name: "keys",
            says: "All keys.",
            begin: || named("running"),
            act: |window| press(window, Key::F1),
        },
    ];

    fn size(&self) -> [f32; 2] {
        [640.0, 520.0]
    }

    fn frame(&mut self, ui: &mut Ui) {
        // What is wanted of the services is of no concern here.
        let _ = view::ui(ui, &self.cameras, &mut self.state, now());
    }
}

#[test]
fn the_film_so_far_is_told_on_one_line_in_every_language() {
    let long = || {
        let snapshot = Snapshot {
            shots: 9_990,
            count: Some(10_000),
            ..running()
        };
        with(vec![camera(snapshot)])
    };
    for (language, words) in [
        (Language::English, "399.6 s of 400.0 s at 25 frames/s"),
        (Language::German, "399,6 s von 400,0 s bei 25 Bildern/s"),
        (Language::Czech, "399,6 s z 400,0 s při 25 snímcích/s"),
    ] {
        stage::tells_on_one_line(long, language, words);
    }
}
