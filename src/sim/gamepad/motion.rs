//! Hands that never rest: moves all controls of a controller, for the demo.

use std::f32::consts::TAU;
use std::time::Duration;

use super::controls::{Battery, Button, Controls, Dpad, Supply};
use super::model::Model;

const FACE: [Button; 4] = [
    Button::Cross,
    Button::Circle,
    Button::Triangle,
    Button::Square,
];
const OTHER: [Button; 8] = [
    Button::L1,
    Button::R1,
    Button::Share,
    Button::Options,
    Button::L3,
    Button::R3,
    Button::Ps,
    Button::Touchpad,
];
const CROSS: [Dpad; 9] = [
    Dpad::Up,
    Dpad::UpRight,
    Dpad::Right,
    Dpad::DownRight,
    Dpad::Down,
    Dpad::DownLeft,
    Dpad::Left,
    Dpad::UpLeft,
    Dpad::Released,
];

/// Where the controls are after this time of play.
#[must_use]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small positive numbers, and a cast saturates"
)]
pub fn play(model: Model, time: Duration) -> Controls {
    let seconds = time.as_secs_f32();
    let wave = |period: f32, phase: f32| (TAU * (seconds / period + phase)).sin();
    let byte = |value: f32| value.mul_add(127.0, 128.0) as u8;
    let trigger = |period: f32| ((wave(period, 0.0).max(0.0)) * 255.0) as u8;
    let step = |period: f32, count: usize| (seconds / period) as usize % count;
    let [width, height] = model.touchpad().map(f32::from);
    let on_pad = |period: f32, phase: f32| {
        let x = wave(period, phase).mul_add(0.4, 0.5) * width;
        let y = wave(period, phase + 0.25).mul_add(0.4, 0.5) * height;
        [x as u16, y as u16]
    };
    let mut controls = Controls {
        left: [byte(wave(3.0, 0.25)), byte(wave(3.0, 0.0))],
        right: [byte(0.7 * wave(2.0, 0.0)), byte(0.7 * wave(2.0, 0.25))],
        l2: trigger(4.0),
        r2: trigger(5.0),
        dpad: *CROSS.get(step(0.6, 9)).unwrap_or(&Dpad::Released),
        fingers: [
            Some(on_pad(4.0, 0.0)).filter(|_| step(8.0, 4) != 3),
            Some(on_pad(6.0, 0.5)).filter(|_| step(8.0, 4) == 1),
        ],
        battery: Battery {
            tenths: 10 - step(20.0, 11) as u8,
            supply: Supply::Discharging,
        },
        ..Controls::default()
    };
    controls.buttons.extend(FACE.get(step(0.8, 5)));
    controls.buttons.extend(OTHER.get(step(1.1, 12)));
    // The firmware throws the triggers' switches early on their way.
    controls.press(Button::L2, controls.l2 > 10);
    controls.press(Button::R2, controls.r2 > 10);
    // Rocked to the left and the right, and to the front and the back.
    let (roll, roll_period) = (30.0_f32, 5.0);
    let (pitch, pitch_period) = (20.0_f32, 7.0);
    let [rolled, pitched] = [
        roll * wave(roll_period, 0.0),
        pitch * wave(pitch_period, 0.0),
    ];
    let (roll_sin, roll_cos) = rolled.to_radians().sin_cos();
    let (pitch_sin, pitch_cos) = pitched.to_radians().sin_cos();
    controls.acceleration_g = [roll_sin * pitch_cos, roll_cos * pitch_cos, pitch_sin];
    let speed = |angle: f32, period: f32| angle * TAU / period * wave(period, 0.25);
    controls.rotation_dps = [speed(pitch, pitch_period), 0.0, speed(roll, roll_period)];
    controls
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn within_a_minute_every_button_is_pressed_and_let_go() {
        let moments = (0..600).map(|tenth| Duration::from_millis(100 * tenth));
        let states: Vec<_> = moments.map(|time| play(Model::DualSense, time)).collect();
        for button in FACE
            .into_iter()
            .chain(OTHER)
            .chain([Button::L2, Button::R2])
        {
            let pressed = |state: &&Controls| state.buttons.contains(&button);
            let count = states.iter().filter(pressed).count();
            assert!(count > 0 && count < states.len(), "{button:?}: {count}");
        }
        assert!(states.iter().any(|state| state.fingers == [None; 2]));
        assert!(
            states
                .iter()
                .all(|state| state.fingers.iter().flatten().all(|at| at[1] < 1080))
        );
    }
}
