//! Whether two snapshots look the same: a pad that lies on a table still reports hundreds of
//! times a second, and its noise is not worth a frame.

use super::controls::{Circularity, Controls, Stick};
use super::motion::{Motion, ReportRate};
use super::snapshot::{Pad, Snapshot};

/// A stick's smallest step is 1/128 of its way; one step to and fro is noise.
const STICK: f32 = 0.012;
/// In g.
const ACCELERATION: f32 = 0.02;
/// In degrees a second.
const ROTATION: f32 = 3.0;
/// In degrees.
const ANGLE: f32 = 0.5;

/// Whether nobody would see a difference.
#[must_use]
pub fn looks_same(a: &Snapshot, b: &Snapshot) -> bool {
    a.ready == b.ready
        && a.error == b.error
        && a.pads.len() == b.pads.len()
        && a.pads.iter().zip(&b.pads).all(|(a, b)| same_pad(a, b))
}

fn same_pad(a: &Pad, b: &Pad) -> bool {
    let reach = a.circularity.iter().zip(&b.circularity);
    a.id == b.id
        && a.model == b.model
        && a.transport == b.transport
        && a.driver == b.driver
        && a.battery == b.battery
        && a.light == b.light
        && a.rumble == b.rumble
        && a.touchpad_held == b.touchpad_held
        && a.touchpad_ratio == b.touchpad_ratio
        && a.access == b.access
        && a.error == b.error
        && both(a.controls.as_ref(), b.controls.as_ref(), same_controls)
        && both(a.motion.as_ref(), b.motion.as_ref(), same_motion)
        && both(a.rate.as_ref(), b.rate.as_ref(), same_rate)
        && reach.into_iter().all(|(a, b)| same_reach(a, b))
}

fn both<T>(a: Option<&T>, b: Option<&T>, same: impl Fn(&T, &T) -> bool) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => same(a, b),
        (None, None) => true,
        _ => false,
    }
}

fn near(a: f32, b: f32, step: f32) -> bool {
    // Two that are not numbers look alike as well.
    (a - b).abs() <= step || a.is_nan() && b.is_nan()
}

fn same_controls(a: &Controls, b: &Controls) -> bool {
    same_stick(a.left, b.left)
        && same_stick(a.right, b.right)
        && a.l2 == b.l2
        && a.r2 == b.r2
        && a.buttons == b.buttons
        && a.dpad == b.dpad
        && a.touch == b.touch
}

fn same_stick(a: Stick, b: Stick) -> bool {
    // One that came to rest is not to be shown beside its middle.
    let rests = |stick: Stick| stick.x == 0.0 && stick.y == 0.0;
    a.flat == b.flat
        && near(a.x, b.x, STICK)
        && near(a.y, b.y, STICK)
        && a.is_in_dead_zone() == b.is_in_dead_zone()
        && (rests(a) == rests(b) || a.magnitude() < STICK && b.magnitude() < STICK)
}

fn same_motion(a: &Motion, b: &Motion) -> bool {
    let close = |a: [f32; 3], b: [f32; 3], step| a.iter().zip(b).all(|(a, b)| near(*a, b, step));
    a.calibration == b.calibration
        && close(a.accelerometer_g, b.accelerometer_g, ACCELERATION)
        && close(a.gyro_dps, b.gyro_dps, ROTATION)
        && a.orientation.angle_to(b.orientation) < ANGLE
}

fn same_rate(a: &ReportRate, b: &ReportRate) -> bool {
    near(a.hz, b.hz, (a.hz * 0.04).max(5.0))
        && near(a.jitter_ms, b.jitter_ms, 0.3)
        && a.lost == b.lost
}

/// Where the trace is too short to be drawn, it does not matter.
fn same_reach(a: &Circularity, b: &Circularity) -> bool {
    a.outline().iter().zip(b.outline()).all(|(a, b)| {
        let seen = |far: &f32| if *far > 0.1 { *far } else { 0.0 };
        near(seen(a), seen(b), STICK)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ds4::controls::{Button, Finger};
    use crate::ds4::motion::Quaternion;

    fn reach(far: f32) -> Circularity {
        let mut reach = Circularity::default();
        reach.add(Stick {
            x: far,
            ..Stick::default()
        });
        reach
    }

    #[test]
    fn the_noise_of_a_pad_on_a_table_is_not_seen() {
        let rest = Motion {
            accelerometer_g: [0.0, 1.0, 0.0],
            ..Motion::default()
        };
        let noisy = Motion {
            accelerometer_g: [0.01, 0.99, -0.01],
            gyro_dps: [1.2, -0.8, 0.4],
            ..rest
        };
        assert!(same_motion(&rest, &noisy));
        let step = Stick {
            x: 1.0 / 128.0,
            ..Stick::default()
        };
        let other = Stick {
            y: -1.0 / 128.0,
            ..Stick::default()
        };
        assert!(same_stick(step, other) && same_reach(&reach(0.01), &reach(0.03)));
        let rate = ReportRate {
            hz: 250.0,
            jitter_ms: 0.8,
            lost: 0,
        };
        assert!(same_rate(
            &rate,
            &ReportRate {
                hz: 252.0,
                jitter_ms: 0.7,
                lost: 0
            }
        ));
    }

    #[test]
    fn whatever_a_hand_does_is_seen() {
        let rest = Controls::default();
        let changes: [fn(&mut Controls); 6] = [
            |c| c.buttons.set(Button::Cross, true),
            |c| c.l2.value = 1.0 / 255.0,
            |c| c.r2.pressed = true,
            |c| c.dpad.x = 1,
            |c| c.left.x = 0.03,
            |c| {
                c.touch = [
                    Some(Finger {
                        x: 0.5,
                        y: 0.5,
                        id: 1,
                    }),
                    None,
                ];
            },
        ];
        for change in changes {
            let mut other = rest;
            change(&mut other);
            assert!(!same_controls(&rest, &other), "{other:?}");
        }
        let rest = Motion::default();
        let (sin, w) = 0.5_f32.to_radians().sin_cos();
        let turned = Motion {
            orientation: Quaternion {
                w,
                x: sin,
                y: 0.0,
                z: 0.0,
            },
            ..rest
        };
        assert!(!same_motion(&rest, &turned));
        assert!(!same_reach(&reach(0.5), &reach(0.6)) && !same_reach(&reach(0.5), &reach(0.0)));
    }
}
