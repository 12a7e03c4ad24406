use proptest::prelude::*;

use super::gamepad::BUTTONS;
use super::*;
use crate::ds4::controls::{Button, Dpad};

fn event(kind: u16, code: u16, value: i32) -> Event {
    Event {
        at_us: 0,
        kind,
        code,
        value,
    }
}

const END: (u16, u16, i32) = (code::EV_SYN, code::SYN_REPORT, 0);
const DROPPED: (u16, u16, i32) = (code::EV_SYN, code::SYN_DROPPED, 0);

/// The ranges of the drivers, everything at rest.
fn rest(what: u16) -> Axis {
    let axis = |value, min, max, flat| Axis {
        value,
        min,
        max,
        flat,
        resolution: 0,
    };
    match what {
        code::ABS_Z | code::ABS_RZ => axis(0, 0, 255, 0),
        code::ABS_HAT0X | code::ABS_HAT0Y => axis(0, -1, 1, 0),
        code::ABS_MT_SLOT => axis(0, 0, 1, 0),
        code::ABS_MT_POSITION_X => axis(0, 0, 1920, 0),
        code::ABS_MT_POSITION_Y => axis(0, 0, 942, 0),
        _ => axis(128, 0, 255, 15),
    }
}

fn sensor(what: u16) -> Axis {
    Axis {
        value: 0,
        min: -32768,
        max: 32767,
        flat: 0,
        resolution: if what < code::ABS_RX { 8192 } else { 1024 },
    }
}

fn gamepad(events: &[(u16, u16, i32)]) -> (Gamepad, Said) {
    let mut gamepad = Gamepad::default();
    gamepad.seed(rest, |_| false);
    let mut said = Said::Nothing;
    for (kind, code, value) in events {
        said = gamepad.feed(&event(*kind, *code, *value));
    }
    (gamepad, said)
}

#[test]
fn every_button_and_axis_lands_in_its_own_place() {
    for (code, button) in BUTTONS {
        let (gamepad, said) = gamepad(&[(code::EV_KEY, code, 1), END]);
        let down: Vec<Button> = gamepad.controls().unwrap().buttons.iter().collect();
        assert_eq!((said, down), (Said::Report, vec![button]));
    }
    let (gamepad, _) = gamepad(&[
        (code::EV_ABS, code::ABS_X, 0),
        (code::EV_ABS, code::ABS_Y, 255),
        (code::EV_ABS, code::ABS_RX, 255),
        (code::EV_ABS, code::ABS_RY, 0),
        (code::EV_ABS, code::ABS_HAT0X, -1),
        (code::EV_ABS, code::ABS_HAT0Y, 1),
        END,
    ]);
    let controls = gamepad.controls().unwrap();
    assert_eq!((controls.left.x, controls.left.y), (-1.0, 1.0));
    assert_eq!((controls.right.x, controls.right.y), (1.0, -1.0));
    assert_eq!(controls.dpad, Dpad { x: -1, y: 1 });
}

#[test]
fn an_axis_is_told_by_its_own_range_whatever_that_is() {
    for (value, min, max, share) in [
        (-100, -100, 300, 0.0),
        (0, -100, 300, 0.25),
        (200, -100, 300, 0.75),
        (300, -100, 300, 1.0),
        (500, 400, 800, 0.25),
        (0, 0, 0, 0.0),
        (0, 5, -5, 0.0),
    ] {
        let axis = Axis {
            value,
            min,
            max,
            flat: 50,
            resolution: 0,
        };
        let (deflection, flat) = if max > min {
            (share * 2.0 - 1.0, 0.25)
        } else {
            (0.0, 0.0)
        };
        assert_eq!(
            (axis.share(), axis.deflection(), axis.flat_share()),
            (share, deflection, flat),
            "{value} of {min} to {max}"
        );
    }
}

#[test]
fn a_trigger_pulled_a_little_is_told_apart_from_its_button() {
    let (gamepad, _) = gamepad(&[
        (code::EV_ABS, code::ABS_Z, 40),
        (code::EV_KEY, code::BTN_TL2, 1),
        (code::EV_ABS, code::ABS_RZ, 255),
        END,
    ]);
    let controls = gamepad.controls().unwrap();
    assert!((controls.l2.value - 40.0 / 255.0).abs() < 1e-6 && controls.l2.pressed);
    assert!(controls.r2.value == 1.0 && !controls.r2.pressed);
}

#[test]
fn half_a_report_is_not_shown() {
    let (gamepad, _) = gamepad(&[(code::EV_KEY, code::BTN_SOUTH, 1)]);
    assert!(gamepad.controls().unwrap().buttons.is_empty());
}

#[test]
fn the_dead_zone_is_told_and_not_applied() {
    let (gamepad, _) = gamepad(&[(code::EV_ABS, code::ABS_X, 130), END]);
    let left = gamepad.controls().unwrap().left;
    assert!(left.x > 0.0 && left.is_in_dead_zone());
    assert!((left.flat - 15.0 / 127.5).abs() < 1e-6);
}

#[test]
fn after_a_gap_nothing_is_believed_until_the_state_was_asked_for() {
    let (mut gamepad, said) = gamepad(&[DROPPED, (code::EV_KEY, code::BTN_SOUTH, 1)]);
    assert_eq!((said, gamepad.controls()), (Said::Nothing, None));
    assert_eq!(gamepad.feed(&event(END.0, END.1, 0)), Said::Resync);
    assert_eq!(gamepad.controls(), None);
    // The reader is late: it is asked again, and nothing is made up.
    assert_eq!(
        gamepad.feed(&event(code::EV_KEY, code::BTN_EAST, 1)),
        Said::Nothing
    );
    assert_eq!(gamepad.feed(&event(END.0, END.1, 0)), Said::Resync);
    gamepad.seed(rest, |code| code == code::BTN_NORTH);
    let down: Vec<Button> = gamepad.controls().unwrap().buttons.iter().collect();
    assert_eq!(down, [Button::Triangle]);
}

#[test]
fn fingers_keep_their_places_and_leave_them() {
    let mut touchpad = Touchpad::default();
    touchpad.seed(rest, [Slot { id: -1, x: 0, y: 0 }; 2], false);
    let mut feed = |events: &[(u16, u16, i32)]| {
        for (kind, code, value) in events {
            touchpad.feed(&event(*kind, *code, *value));
        }
        touchpad.touch().unwrap()
    };
    let (fingers, _) = feed(&[
        (code::EV_ABS, code::ABS_MT_TRACKING_ID, 7),
        (code::EV_ABS, code::ABS_MT_POSITION_X, 960),
        (code::EV_ABS, code::ABS_MT_POSITION_Y, 942),
        (code::EV_ABS, code::ABS_MT_SLOT, 1),
        (code::EV_ABS, code::ABS_MT_TRACKING_ID, 8),
        (code::EV_KEY, code::BTN_LEFT, 1),
        END,
    ]);
    let first = fingers[0].unwrap();
    assert_eq!((first.id, first.x, first.y), (7, 0.5, 1.0));
    assert_eq!(fingers[1].map(|finger| finger.id), Some(8));
    let (fingers, pressed) = feed(&[
        (code::EV_ABS, code::ABS_MT_SLOT, 0),
        (code::EV_ABS, code::ABS_MT_TRACKING_ID, -1),
        END,
    ]);
    assert!(pressed && fingers[0].is_none() && fingers[1].is_some());
}

#[test]
fn a_touchpad_is_as_wide_as_its_ranges_say() {
    for (x, y, ratio) in [
        ((0, 1920), (0, 942), Some(1920.0 / 942.0)),
        ((100, 300), (50, 150), Some(2.0)),
        ((0, 0), (0, 942), None),
        ((0, 1920), (5, 5), None),
        ((0, 0), (0, 0), None),
    ] {
        let mut touchpad = Touchpad::default();
        let axis = |code| {
            let (min, max) = if code == code::ABS_MT_POSITION_X {
                x
            } else {
                y
            };
            Axis {
                min,
                max,
                ..Axis::default()
            }
        };
        touchpad.seed(axis, [Slot::default(); 2], false);
        assert_eq!(touchpad.ratio(), ratio);
    }
}

#[test]
fn motion_is_in_g_and_degrees_a_second_and_its_clock_may_wrap() {
    let mut sensors = Sensors::default();
    sensors.seed(sensor);
    let mut report = |clock: u32| {
        for (kind, code, value) in [
            (code::EV_ABS, code::ABS_Y, 8192),
            (code::EV_ABS, code::ABS_RZ, -2048),
            (code::EV_MSC, code::MSC_TIMESTAMP, clock as i32),
            END,
        ] {
            sensors.feed(&event(kind, code, value));
        }
        *sensors.sample().unwrap()
    };
    let first = report(u32::MAX - 1000);
    assert_eq!(first.accelerometer_g, [0.0, 1.0, 0.0]);
    assert_eq!(first.gyro_dps, [0.0, 0.0, -2.0]);
    assert_eq!(first.step_us, None);
    assert_eq!(report(2999).step_us, Some(4000));
}

/// Events of the codes that matter, and of any.
fn events() -> impl Strategy<Value = Vec<Event>> {
    let code = prop_oneof![
        4 => 0_u16..=0x3f,
        3 => 0x110_u16..=0x13f,
        1 => any::<u16>(),
    ];
    let kind = prop_oneof![3 => Just(code::EV_ABS), 2 => Just(code::EV_KEY),
        1 => Just(code::EV_MSC), 1 => any::<u16>()];
    let value = prop_oneof![-2..300_i32, any::<i32>()];
    let one = prop_oneof![
        6 => (kind, code, value).prop_map(|(kind, code, value)| event(kind, code, value)),
        2 => Just(event(END.0, END.1, 0)),
        1 => Just(event(DROPPED.0, DROPPED.1, 0)),
    ];
    prop::collection::vec(one, 0..200)
}

fn axis() -> impl Strategy<Value = Axis> {
    (any::<[i32; 5]>(), any::<bool>()).prop_map(|([value, min, max, flat, resolution], usual)| {
        if usual {
            rest(code::ABS_X)
        } else {
            Axis {
                value,
                min,
                max,
                flat,
                resolution,
            }
        }
    })
}

proptest! {
    #[test]
    fn whatever_comes_the_values_are_in_their_ranges(
        events in events(),
        axis in axis(),
        slots in any::<[i32; 3]>(),
    ) {
        let mut gamepad = Gamepad::default();
        let mut touchpad = Touchpad::default();
        let mut sensors = Sensors::default();
        gamepad.seed(|_| axis, |code| code % 2 == 0);
        let [id, x, y] = slots;
        touchpad.seed(|_| axis, [Slot { id, x, y }; 2], false);
        sensors.seed(|_| axis);
        for event in &events {
            gamepad.feed(event);
            touchpad.feed(event);
            sensors.feed(event);
            if let Some(controls) = gamepad.controls() {
                for stick in [controls.left, controls.right] {
                    prop_assert!((-1.0..=1.0).contains(&stick.x));
                    prop_assert!((-1.0..=1.0).contains(&stick.y));
                    prop_assert!((0.0..=1.0).contains(&stick.flat));
                }
                prop_assert!((0.0..=1.0).contains(&controls.l2.value));
                prop_assert!((0.0..=1.0).contains(&controls.r2.value));
                prop_assert!((-1..=1).contains(&controls.dpad.x));
            }
            for finger in touchpad.touch().into_iter().flat_map(|(f, _)| f).flatten() {
                prop_assert!((0.0..=1.0).contains(&finger.x));
                prop_assert!((0.0..=1.0).contains(&finger.y));
            }
            if let Some(sample) = sensors.sample() {
                prop_assert!(sample.accelerometer_g.iter().all(|g| g.is_finite()));
                prop_assert!(sample.gyro_dps.iter().all(|dps| dps.is_finite()));
            }
        }
    }

    #[test]
    fn a_gap_hides_everything_up_to_the_answer(before in events(), after in events()) {
        let mut gamepad = Gamepad::default();
        let mut touchpad = Touchpad::default();
        let mut sensors = Sensors::default();
        gamepad.seed(rest, |_| false);
        touchpad.seed(rest, [Slot::default(); 2], false);
        sensors.seed(sensor);
        let dropped = before.len();
        let events = [before, vec![event(DROPPED.0, DROPPED.1, 0)], after].concat();
        for (count, event) in events.iter().enumerate() {
            gamepad.feed(event);
            touchpad.feed(event);
            sensors.feed(event);
            prop_assert!(count < dropped || gamepad.controls().is_none());
            prop_assert!(count < dropped || touchpad.touch().is_none());
            prop_assert!(count < dropped || sensors.sample().is_none());
        }
        gamepad.seed(rest, |_| false);
        prop_assert!(gamepad.controls().unwrap().buttons.is_empty());
    }
}
