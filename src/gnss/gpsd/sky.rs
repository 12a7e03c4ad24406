//! SKY: the satellites and their geometry.

use serde_json::Value;

use super::super::fix::Dop;
use super::super::satellite::{Constellation, Id, Satellite, Sky};
use super::{integer, number};

/// What a SKY object says; one without satellites (3.22 sends such) has only the geometry.
pub(super) struct Said {
    /// The satellites, where they are listed.
    pub(super) sky: Option<Sky>,
    /// The dilutions of precision.
    pub(super) dop: Dop,
}

/// Reads a SKY object.
pub(super) fn said(object: &Value) -> Said {
    let dop = Dop {
        pdop: number(object, "pdop"),
        hdop: number(object, "hdop"),
        vdop: number(object, "vdop"),
    };
    let list = object.get("satellites").and_then(Value::as_array);
    let sky = list.map(|list| Sky::new(list.iter().filter_map(satellite).collect(), dop));
    Said { sky, dop }
}

fn satellite(object: &Value) -> Option<Satellite> {
    let within = |name, low, high| number(object, name).filter(|n| (low..=high).contains(n));
    Some(Satellite {
        id: id(object)?,
        elevation_deg: within("el", -90.0, 90.0),
        azimuth_deg: within("az", 0.0, 360.0),
        cn0_dbhz: within("ss", 0.0, 99.0),
        used: object.get("used").and_then(Value::as_bool),
    })
}

/// By `gnssid` and `svid` (u-blox's numbers) since 3.18, else by `PRN` in gpsd's own ranges.
fn id(object: &Value) -> Option<Id> {
    use Constellation as C;
    let of = |constellation, prn: u64| {
        let prn = u16::try_from(prn).ok()?;
        (1..=255)
            .contains(&prn)
            .then_some(Id { constellation, prn })
    };
    let prn = integer(object, "PRN");
    if let Some((system, svid)) = integer(object, "gnssid").zip(integer(object, "svid")) {
        match (system, svid) {
            (0, 1..=63) => return of(C::Gps, svid),
            (1, 120..=183) => return of(C::Sbas, svid),
            // Of a development version, where 2 was GLONASS: the PRN tells.
            (2, 1..=63) if !matches!(prn, Some(65..=96)) => return of(C::Galileo, svid),
            (3, 1..=63) => return of(C::BeiDou, svid),
            (5, 1..=10) => return of(C::Qzss, svid),
            (6, 1..=32) => return of(C::Glonass, svid),
            (7, 1..=14) => return of(C::NavIc, svid),
            _ => {}
        }
    }
    match prn? {
        prn @ 1..=32 => of(C::Gps, prn),
        prn @ 33..=64 => of(C::Sbas, prn + 87),
        prn @ 65..=96 => of(C::Glonass, prn - 64),
        prn @ 120..=183 => of(C::Sbas, prn),
        prn @ 193..=202 => of(C::Qzss, prn - 192),
        prn @ 203..=264 => of(C::BeiDou, prn - 200),
        prn @ 301..=336 => of(C::Galileo, prn - 300),
        prn @ 401..=464 => of(C::BeiDou, prn - 400),
        _ => None,
    }
}
