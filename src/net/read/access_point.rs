//! Access points (`org.freedesktop.NetworkManager.AccessPoint`), by the devices that hear them.

use std::sync::Arc;

use crate::net::snapshot::{AccessPoint, Id};
use crate::net::tree::wanted::{ACCESS_POINT, WIRELESS};
use crate::net::tree::{Properties, Tree};
use crate::net::{Security, Ssid};

/// All access points that some device lists; one that no device lists (any more) is history.
pub(super) fn all(nm: &Tree) -> Vec<AccessPoint> {
    let mut points = Vec::new();
    for (device, _, wireless) in nm.with(WIRELESS) {
        let device = Id::new(Arc::clone(device));
        for path in wireless.list("AccessPoints") {
            if let Some(path) = path.text()
                && let Some(object) = nm.object(path)
                && object.has(ACCESS_POINT)
            {
                let id = Id::new(Arc::clone(path));
                points.push(one(id, device.clone(), object.get(ACCESS_POINT)));
            }
        }
    }
    points
}

fn one(id: Id, device: Id, point: &Properties) -> AccessPoint {
    let number = |name| point.number::<u32>(name).unwrap_or(0);
    AccessPoint {
        id,
        device,
        ssid: Ssid::new(point.bytes("Ssid").unwrap_or_default()),
        bssid: point.string("HwAddress").unwrap_or_default(),
        strength_percent: point.number::<u8>("Strength").unwrap_or(0).min(100),
        frequency_mhz: number("Frequency"),
        max_bitrate_kbps: number("MaxBitrate"),
        security: Security::from_flags(number("Flags"), number("WpaFlags"), number("RsnFlags")),
        last_seen_s: point.number("LastSeen").filter(|at| *at >= 0),
    }
}
