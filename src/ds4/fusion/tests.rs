use proptest::prelude::*;

use super::*;

fn sample(accelerometer_g: [f32; 3], gyro_dps: [f32; 3]) -> Sample {
    Sample {
        accelerometer_g,
        gyro_dps,
        step_us: Some(4000),
        at_us: 0,
    }
}

/// A second is 250 reports.
fn run(fusion: &mut Fusion, sample: &Sample, seconds: f32) -> Motion {
    let mut motion = Motion::default();
    for _ in 0..(seconds * 250.0) as usize {
        motion = fusion.add(sample);
    }
    motion
}

#[test]
fn a_quarter_turn_about_each_axis_is_a_quarter_turn() {
    // The point of the axis that is turned to, right-handed: about x, y goes to z.
    let table = [
        ([90.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]),
        ([0.0, 90.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]),
        ([0.0, 0.0, 90.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]),
    ];
    for (rate, from, to) in table {
        let mut fusion = Fusion::default();
        fusion.add(&sample([0.0, 1.0, 0.0], [0.0; 3]));
        // Twice gravity is not believed to be up.
        let motion = run(&mut fusion, &sample([0.0, 2.0, 0.0], rate), 1.0);
        let got = motion.orientation.rotate(from);
        for (got, to) in got.into_iter().zip(to) {
            assert!((got - to).abs() < 0.01, "{rate:?}: {got:?}");
        }
    }
}

#[test]
fn the_tilt_is_right_from_the_first_sample_and_comes_back_after_an_error() {
    let mut fusion = Fusion::default();
    // Held with its right side down: up is along the pad's -x.
    let motion = fusion.add(&sample([-1.0, 0.0, 0.0], [0.0; 3]));
    let up = motion.orientation.rotate([-1.0, 0.0, 0.0]);
    assert!((up[1] - 1.0).abs() < 1e-4, "{up:?}");
    // All at once it feels otherwise.
    let motion = run(&mut fusion, &sample([0.0, 0.0, 1.0], [0.0; 3]), 8.0);
    let up = motion.orientation.rotate([0.0, 0.0, 1.0]);
    assert!(up[1] > 0.999, "{up:?}");
}

#[test]
fn a_pad_that_lies_still_does_not_turn_though_its_gyroscope_says_so() {
    let mut fusion = Fusion::default();
    let lying = sample([0.0, 1.0, 0.0], [3.0, -5.0, 1.0]);
    let first = run(&mut fusion, &lying, 0.2);
    assert_eq!(first.calibration, Calibration::Unknown);
    // Longer than it takes for the tilt to come back.
    let before = run(&mut fusion, &lying, 10.0);
    assert_eq!(before.calibration, Calibration::Done);
    assert!(before.gyro_dps.iter().all(|dps| dps.abs() < 0.01));
    let after = run(&mut fusion, &lying, 60.0);
    let angle = after.orientation.angle_to(before.orientation);
    assert!(angle < 0.5, "{angle}");
}

#[test]
fn a_pad_that_is_turned_is_not_taken_for_a_still_one() {
    let mut fusion = Fusion::default();
    let turning = sample([0.0, 1.0, 0.0], [0.0, 40.0, 0.0]);
    let motion = run(&mut fusion, &turning, 3.0);
    assert_eq!(motion.calibration, Calibration::Unknown);
    assert_eq!(motion.gyro_dps[1], 40.0);
}

#[test]
fn calibrating_waits_for_stillness_and_forgets_the_heading() {
    let mut fusion = Fusion::default();
    run(&mut fusion, &sample([0.0, 1.0, 0.0], [0.0, 40.0, 0.0]), 1.0);
    fusion.calibrate();
    let lying = sample([0.0, 1.0, 0.0], [0.0, 1.0, 0.0]);
    let motion = fusion.add(&lying);
    assert_eq!(motion.calibration, Calibration::Waiting);
    assert!(motion.orientation.angle_to(Quaternion::default()) < 0.1);
    assert_eq!(run(&mut fusion, &lying, 1.0).calibration, Calibration::Done);
}

proptest! {
    #[test]
    fn whatever_is_measured_the_orientation_is_a_rotation(
        samples in prop::collection::vec(
            (any::<[i16; 3]>(), any::<[i16; 3]>(), any::<Option<u32>>()), 1..100),
    ) {
        let mut fusion = Fusion::default();
        for (g, dps, step_us) in samples {
            let motion = fusion.add(&Sample {
                accelerometer_g: g.map(|v| f32::from(v) / 8192.0),
                gyro_dps: dps.map(f32::from),
                step_us,
                at_us: 0,
            });
            let q = motion.orientation;
            let length = q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z;
            prop_assert!((length - 1.0).abs() < 1e-3, "{q:?}");
        }
    }
}
