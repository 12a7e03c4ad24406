//! Pads as other programs may rely on them. Keys are only ever added; what is not known is null.

use serde_json::{Value, json};

use super::controls::{Button, Controls, Stick, Trigger};
use super::motion::Calibration;
use super::pad::Charge;
use super::snapshot::{Pad, Snapshot};

/// `xds4 --output json`.
#[must_use]
pub fn snapshot(snapshot: &Snapshot) -> Value {
    json!({
        "pads": snapshot.pads.iter().map(pad).collect::<Vec<_>>(),
        "error": snapshot.error,
    })
}

/// A line of `xds4 list --json`.
#[must_use]
pub fn pad(pad: &Pad) -> Value {
    let battery = pad.battery;
    json!({
        "mac": pad.id.mac(),
        "id": pad.id.as_str(),
        "hid": pad.hid,
        "model": pad.model.word(),
        "transport": pad.transport.word(),
        "driver": pad.driver.word(),
        "battery_percent": battery.and_then(|battery| battery.percent),
        "charging": battery.and_then(|battery| match battery.charge {
            Charge::Unknown => None,
            charge => Some(charge == Charge::Charging),
        }),
        "charge": battery.map(|battery| battery.charge.word()),
        "colour": pad.light.colour.map(|colour| colour.to_string()),
        "error": pad.error.clone().or_else(|| pad.access.remedy()),
    })
}

/// A line of `xds4 watch --json`.
#[must_use]
pub fn report(pad: &Pad) -> Value {
    let mut all = json!({ "id": pad.id.as_str() });
    let Some(object) = all.as_object_mut() else {
        return all;
    };
    let controls = pad.controls.as_ref().map(controls);
    for (key, value) in controls.iter().flat_map(Value::as_object).flatten() {
        object.insert(key.clone(), value.clone());
    }
    let mut add = |key: &str, value: Value| object.insert(key.to_owned(), value);
    if let Some(motion) = &pad.motion {
        let q = motion.orientation;
        add("accelerometer_g", json!(motion.accelerometer_g.map(tidy)));
        add("gyro_dps", json!(motion.gyro_dps.map(tidy)));
        add("orientation", json!([q.w, q.x, q.y, q.z].map(tidy)));
        add("calibrated", json!(motion.calibration == Calibration::Done));
    }
    if let Some(rate) = pad.rate {
        add("rate_hz", json!(tidy(rate.hz)));
        add("jitter_ms", json!(tidy(rate.jitter_ms)));
        add("lost", json!(rate.lost));
    }
    all
}

fn controls(controls: &Controls) -> Value {
    let stick = |stick: Stick| json!({ "x": tidy(stick.x), "y": tidy(stick.y) });
    let trigger =
        |trigger: Trigger| json!({ "value": tidy(trigger.value), "pressed": trigger.pressed });
    let touch = controls.touch.iter().flatten();
    json!({
        "left": stick(controls.left),
        "right": stick(controls.right),
        "l2": trigger(controls.l2),
        "r2": trigger(controls.r2),
        "buttons": controls.buttons.iter().map(Button::word).collect::<Vec<_>>(),
        "dpad": { "x": controls.dpad.x, "y": controls.dpad.y },
        "touch": touch
            .map(|finger| json!({ "id": finger.id, "x": tidy(finger.x), "y": tidy(finger.y) }))
            .collect::<Vec<_>>(),
    })
}

/// Four places: more is noise, and an f32's own digits in decimal are many.
fn tidy(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}
