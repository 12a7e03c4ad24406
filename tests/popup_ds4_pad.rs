//! The popup of the game controllers, driven without a window: what it says of the pads.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]

#[path = "support/popup_ds4.rs"]
mod support;

use std::time::Duration;

use barpop::ds4::command::{Command, Rumble};
use barpop::ds4::controls::{Button, Finger, Trigger};
use barpop::ds4::motion::{Calibration, Quaternion};
use barpop::ds4::snapshot::{Access, Part, Snapshot};
use egui::{Key, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use support::ds4_samples::{self, busy, dualsense, dualshock, none, of};
use support::{
    all_labels, click, commands, named, popup, press, shows, sized, tell, type_text, with,
};

#[test]
fn the_header_answers_first_with_model_battery_and_connection() {
    assert!(shows(&named("rest"), "DualShock 4, 78 %, Bluetooth"));
    assert!(shows(
        &named("charging"),
        "DualShock 4, charging at 50 %, USB"
    ));
    let low = named("low");
    assert!(shows(&low, "DualShock 4, 5 %, Bluetooth") && shows(&low, "Battery low"));
    let mut unknown = dualshock();
    unknown.battery = Some(Default::default());
    assert!(shows(&with(unknown), "DualShock 4, battery ?, Bluetooth"));
    assert!(shows(&named("rest"), "250 reports/s · jitter 0.8 ms"));
}

#[test]
fn without_a_pad_it_says_how_to_connect_one_and_shows_it_as_soon_as_it_is_there() {
    let mut window = popup(none());
    assert!(shows(&window, "No controller") && shows(&window, "hold PS and Share"));
    window.state_mut().snapshot = of([dualshock()]);
    window.run_steps(3);
    assert!(shows(&window, "DualShock 4, 78 %") && !shows(&window, "hold PS"));
    // It vanishes again, with whatever was open.
    type_text(&mut window, "3");
    window.state_mut().snapshot = none();
    window.run_steps(3);
    assert!(shows(&window, "No controller"));
}

#[test]
fn before_the_first_look_it_does_not_say_that_there_is_none() {
    assert!(!shows(&popup(Snapshot::default()), "hold PS"));
    let mut broken = named("broken");
    assert!(shows(&broken, "permission denied"));
    click(&mut broken, "Look again");
    assert_eq!(commands(&mut broken), [Command::Retry]);
}

#[test]
fn a_missing_permission_names_the_rule_and_its_commands_can_be_copied() {
    let mut window = named("forbidden");
    assert!(shows(
        &window,
        "No permission for the motion sensors, the touchpad and the light bar"
    ));
    assert!(shows(&window, "/etc/udev/rules.d/70-barpop-ds4.rules"));
    click(&mut window, "Copy rule");
    let copied = window.state().copied.clone();
    assert!(
        copied.starts_with("sudo tee /etc/udev/rules.d/70-barpop-ds4.rules"),
        "{copied}"
    );
    assert!(copied.contains("TAG+=\"uaccess\""), "{copied}");
    assert!(shows(&window, "Copied"));
    assert_eq!(
        commands(&mut window),
        [],
        "what is forbidden is not asked for"
    );
    press(&mut window, Key::F5);
    assert_eq!(commands(&mut window), [Command::Retry]);
}

#[test]
fn every_control_that_is_used_is_told() {
    let window = with(busy(dualshock()));
    let picture = window.get_by_label_contains("DualShock 4: cross");
    let said = picture.accesskit_node().label().unwrap();
    for words in [
        "circle",
        "square",
        "triangle",
        "L1",
        "R1",
        "L2 button",
        "left stick pressed",
        "Share",
        "Options",
        "PS",
        "touchpad pressed",
        "D-pad up",
        "D-pad left",
        "L2 100 %",
        "R2 42 %",
        "left stick",
        "right stick",
        "two fingers",
    ] {
        assert!(said.contains(words), "'{words}' is not in '{said}'");
    }
    assert!(!said.contains("R2 button"), "{said}");
    assert!(shows(&named("rest"), "DualShock 4: at rest"));
}

#[test]
fn a_triggers_axis_and_its_button_are_told_apart() {
    let mut window = named("rest");
    tell(&mut window, |pad| {
        let controls = pad.controls.as_mut().unwrap();
        controls.l2 = Trigger {
            value: 0.16,
            pressed: true,
        };
        controls.r2 = Trigger {
            value: 0.9,
            pressed: false,
        };
    });
    assert!(shows(&window, "L2: axis 16 %, button down"));
    assert!(shows(&window, "R2: axis 90 %, button up"));
}

#[test]
fn sticks_have_numbers_a_dead_zone_and_a_circularity() {
    let window = with(busy(dualshock()));
    assert!(shows(
        &window,
        "Left stick: x −0.62  y +0.55, Dead zone 6 %, Circularity 5.1 %"
    ));
    assert!(shows(
        &window,
        "Right stick: x +0.83  y −0.31, Dead zone 6 %, Turn it full circle"
    ));
    let mut window = named("rest");
    type_text(&mut window, "x");
    let id = dualshock().id;
    assert_eq!(commands(&mut window), [Command::ForgetCircularity(id)]);
}

#[test]
fn the_touchpads_are_held_while_it_is_open_and_given_back_on_request() {
    let mut pads = [dualshock(), dualsense()];
    pads.iter_mut().for_each(|pad| pad.touchpad_held = false);
    let ids = pads.clone().map(|pad| pad.id);
    let mut window = popup(of(pads));
    let held = ids.clone().map(|id| Command::HoldTouchpad(id, true));
    assert_eq!(
        commands(&mut window),
        held,
        "asked once, not in every frame"
    );
    window
        .state_mut()
        .snapshot
        .pads
        .iter_mut()
        .for_each(|pad| pad.touchpad_held = true);
    type_text(&mut window, "m");
    let [first, _] = ids;
    assert_eq!(
        commands(&mut window),
        [Command::HoldTouchpad(first.clone(), false)]
    );
    tell(&mut window, |pad| pad.touchpad_held = false);
    assert_eq!(commands(&mut window), [], "it stays with the mouse");
    type_text(&mut window, "m");
    assert_eq!(commands(&mut window), [Command::HoldTouchpad(first, true)]);
}

#[test]
fn several_pads_are_tabs_and_the_keyboard_goes_round() {
    let mut window = named("two");
    assert!(shows(&window, "DualShock 4, 78 %, Bluetooth"));
    click(&mut window, "DualSense, 40 %");
    assert!(shows(&window, "DualSense, charging at 40 %, USB"));
    type_text(&mut window, "n");
    assert!(shows(&window, "DualShock 4, 78 %, Bluetooth"));
    type_text(&mut window, "n");
    // The one in sight goes away: the other one is there.
    window.state_mut().snapshot.pads.pop();
    window.run_steps(3);
    assert!(shows(&window, "DualShock 4, 78 %, Bluetooth"));
    let mut twins = popup(of([dualshock(), ds4_samples::low()]));
    twins.run_steps(1);
    assert!(shows(&twins, "DualShock 4 (1), 78 %") && shows(&twins, "DualShock 4 (2), 5 %"));
}

#[test]
fn the_motors_are_tried_by_key_and_by_button() {
    let mut window = named("rest");
    let id = dualshock().id;
    let rumble = |strong, weak| {
        Command::Rumble(
            id.clone(),
            Rumble { strong, weak },
            Duration::from_millis(400),
        )
    };
    type_text(&mut window, "s");
    type_text(&mut window, "w");
    assert_eq!(commands(&mut window), [rumble(1.0, 0.0), rumble(0.0, 1.0)]);
    click(&mut window, "Rumble strong");
    assert_eq!(commands(&mut window), [rumble(1.0, 0.0)]);
    tell(&mut window, |pad| {
        pad.access = Access {
            forbidden: vec![Part::Rumble],
        };
    });
    type_text(&mut window, "s");
    assert_eq!(commands(&mut window), []);
}

#[test]
fn the_cube_is_lit_by_buttons_turned_by_triggers_on_request_and_told_in_words() {
    let mut window = named("square");
    assert!(shows(&window, "lit by square"));
    let switch = |window: &support::Window| {
        let switch = window.get_by_label("L2 and R2 turn it");
        switch.accesskit_node().toggled()
    };
    let before = switch(&window);
    type_text(&mut window, "t");
    assert_ne!(switch(&window), before);
    click(&mut window, "L2 and R2 turn it");
    assert_eq!(switch(&window), before);
    type_text(&mut window, "r");
    assert_eq!(commands(&mut window), [Command::Recentre(dualshock().id)]);
}

#[test]
fn calibrating_says_what_to_do_and_when_it_is_done() {
    let mut window = named("rest");
    type_text(&mut window, "c");
    assert_eq!(commands(&mut window), [Command::Calibrate(dualshock().id)]);
    let calibrate = |window: &mut support::Window, calibration| {
        tell(window, |pad| {
            pad.motion.as_mut().unwrap().calibration = calibration;
        });
    };
    calibrate(&mut window, Calibration::Waiting);
    assert!(shows(&window, "Lay the pad on a table and leave it alone"));
    calibrate(&mut window, Calibration::Done);
    assert!(shows(&window, "is known and taken off"));
}

#[test]
fn motion_is_plotted_with_units_and_values_in_words() {
    let mut window = with(busy(dualshock()));
    type_text(&mut window, "2");
    let said = all_labels(&window);
    assert!(
        said.contains("Acceleration over 10 s: x +0.42 g, between"),
        "{said}"
    );
    assert!(
        said.contains("yaw −120 °/s") && said.contains("1.7 ms, between"),
        "{said}"
    );
    assert!(shows(&window, "Pitch +30°, roll +10°"));
}

#[test]
fn a_pad_at_rest_asks_for_no_frames_once_the_plots_are_flat() {
    let mut window = named("rest");
    window.run_steps(5);
    let rests = |window: &support::Window| {
        let output = window.output();
        output
            .viewport_output
            .values()
            .all(|v| v.repaint_delay > Duration::from_secs(1))
    };
    assert!(rests(&window), "on the first page");
    type_text(&mut window, "2");
    assert!(!rests(&window), "the plots move on");
    window.run_steps(11 * 30);
    assert!(rests(&window), "on the page with the plots");
}

#[test]
fn numbers_that_are_none_are_drawn_all_the_same() {
    let nan = f32::NAN;
    let mut pad = busy(dualsense());
    let controls = pad.controls.as_mut().unwrap();
    (controls.left.x, controls.left.flat, controls.l2.value) = (nan, nan, nan);
    (controls.right.x, controls.right.y) = (f32::INFINITY, -1e30);
    controls.touch = [
        Some(Finger {
            x: nan,
            y: 7.0,
            id: 1,
        }),
        None,
    ];
    let motion = pad.motion.as_mut().unwrap();
    motion.accelerometer_g = [nan; 3];
    motion.gyro_dps = [f32::INFINITY; 3];
    motion.orientation = Quaternion {
        w: nan,
        x: nan,
        y: nan,
        z: nan,
    };
    let rate = pad.rate.as_mut().unwrap();
    (rate.hz, rate.jitter_ms) = (nan, nan);
    let mut window = with(pad);
    for page in ["1", "2", "3"] {
        type_text(&mut window, page);
    }
}

#[test]
fn escape_steps_back_and_then_closes_and_a_question_mark_tells_the_keys() {
    let mut window = named("rest");
    type_text(&mut window, "3");
    type_text(&mut window, "?");
    assert!(window.query_by_role(Role::Dialog).is_some());
    press(&mut window, Key::Escape);
    assert!(window.query_by_role(Role::Dialog).is_none());
    assert!(shows(&window, "What it does"));
    press(&mut window, Key::Escape);
    assert!(!shows(&window, "What it does") && !window.state().state.wants_close());
    press(&mut window, Key::Escape);
    assert!(window.state().state.wants_close());
}

#[test]
fn nothing_is_cut_off_at_320_points_and_every_state_is_drawn_at_any_size() {
    for name in ds4_samples::NAMES {
        for size in [
            [320.0, 480.0],
            [320.0, 240.0],
            [640.0, 500.0],
            [1400.0, 900.0],
        ] {
            let mut window = sized(ds4_samples::by_name(name).unwrap(), size);
            for page in ["1", "2", "3"] {
                type_text(&mut window, page);
                for role in [
                    Role::Button,
                    Role::Switch,
                    Role::Tab,
                    Role::RadioButton,
                    Role::Slider,
                ] {
                    for node in window.query_all_by_role(role) {
                        let rect = node.rect();
                        let label = node.accesskit_node().label().unwrap_or_default();
                        let inside = rect.left() >= -0.5 && rect.right() <= size[0] + 0.5;
                        assert!(inside, "{name} {size:?} {page}: {label}: {rect:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_driver_without_motion_is_named_and_an_error_can_be_put_away() {
    assert!(shows(&named("generic"), "'hid-generic'"));
    let mut window = named("failed");
    assert!(shows(&window, "the pad went away"));
    click(&mut window, "Hide this");
    assert!(!shows(&window, "the pad went away"));
    let pressed = |pad: &mut barpop::ds4::snapshot::Pad| {
        pad.controls.as_mut().unwrap().buttons.set(Button::Ps, true);
    };
    tell(&mut window, pressed);
    assert!(shows(&window, "DualShock 4: PS"));
}
