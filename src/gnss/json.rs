//! The shapes that other programs may rely on: units in names, absent parts null.

use std::time::Duration;

use serde_json::{Value, json};

use super::clock::Moment;
use super::doubt::Doubt;
use super::fix::{Dop, Fix, Position};
use super::modem::Xlcslsr;
use super::satellite::{Satellite, Sky};
use super::snapshot::{Limits, Snapshot, State};

/// A fix with the satellites that go with it.
#[must_use]
pub fn fix(fix: &Fix, sky: Option<&Sky>, dop: Dop, age: Option<Duration>) -> Value {
    let error = &fix.error;
    json!({
        "mode": fix.mode.word(),
        "time": fix.time.map(|time| time.to_string()),
        "age_s": age.map(|age| (age.as_secs_f64() * 1000.0).round() / 1000.0),
        "lat_deg": fix.position.map(Position::lat_deg),
        "lon_deg": fix.position.map(Position::lon_deg),
        "altitude_msl_m": fix.altitude_msl_m,
        "altitude_ellipsoid_m": fix.altitude_ellipsoid_m,
        "speed_mps": fix.speed_mps,
        "track_deg": fix.track_deg,
        "climb_mps": fix.climb_mps,
        "pdop": dop.pdop,
        "hdop": dop.hdop,
        "vdop": dop.vdop,
        "error_horizontal_m": error.horizontal_m,
        "error_vertical_m": error.vertical_m,
        "ellipse": error.ellipse.map(|ellipse| json!({
            "major_m": ellipse.major_m,
            "minor_m": ellipse.minor_m,
            "angle_deg": ellipse.angle_deg,
        })),
        "confidence_percent": error.confidence_percent,
        "satellites": sky.map(|sky| sky.satellites.iter().map(satellite).collect::<Vec<_>>()),
    })
}

/// One satellite.
#[must_use]
pub fn satellite(satellite: &Satellite) -> Value {
    json!({
        "constellation": satellite.id.constellation.word(),
        "prn": satellite.id.prn,
        "elevation_deg": satellite.elevation_deg,
        "azimuth_deg": satellite.azimuth_deg,
        "cn0_dbhz": satellite.cn0_dbhz,
        "used": satellite.used,
    })
}

/// The whole state, one object: the fix's fields, and the source's. A position that is lost is
/// not among the fields of now, but in `last`.
#[must_use]
pub fn snapshot(snapshot: &Snapshot, now: Moment, limits: Limits) -> Value {
    let state = snapshot.state(now, limits);
    let held = snapshot.fix.as_ref();
    let shown = held.filter(|_| matches!(state, State::Fix | State::Stale));
    let value = shown.map(|held| held.value).unwrap_or_default();
    let dop = if shown.is_some() {
        snapshot.dop()
    } else {
        Dop::default()
    };
    let age = held.map(|held| now.since(held.at));
    let mut object = fix(&value, snapshot.sky(now, limits), dop, age);
    let last = held
        .filter(|_| shown.is_none())
        .and_then(|held| Some((held.value.position?, held.value.time)));
    let more = json!({
        "state": state.word(),
        "source": snapshot.source,
        "receiver": snapshot.receiver,
        "time_doubt": snapshot.doubt.filter(|_| shown.is_some()).map(Doubt::word),
        "last": last.map(|(position, time)| json!({
            "lat_deg": position.lat_deg(),
            "lon_deg": position.lon_deg(),
            "time": time.map(|time| time.to_string()),
        })),
        "cell": snapshot.cell.map(|held| json!({
            "mcc": format!("{:03}", held.value.mcc),
            "mnc": held.value.network().get(4..),
            "lac": held.value.lac,
            "tac": held.value.tac,
            "ci": held.value.ci,
        })),
        "sentences": snapshot.counts.map(|counts| json!({
            "good": counts.good,
            "ignored": counts.ignored,
            "bad_checksum": counts.bad_checksum,
            "broken": counts.broken,
        })),
        "error": snapshot.error,
    });
    extend(&mut object, more);
    object
}

/// A decoded `+XLCSLSR` line: a fix's fields, and what else the line says.
#[must_use]
pub fn xlcslsr(said: &Xlcslsr) -> Value {
    let value = said.report.fix.unwrap_or_default();
    let mut object = fix(&value, said.report.sky.as_ref(), value.dop, None);
    let more = json!({
        "status": said.status,
        "time_of_week_s": said.time_of_week_s,
        "gps_week": said.gps_week,
        "errors": said.errors,
    });
    extend(&mut object, more);
    object
}

fn extend(object: &mut Value, more: Value) {
    if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
        object.extend(more);
    }
}
