//! A walk along a shore under an open sky, as a receiver would tell it.

use std::sync::Arc;

use barpop::gnss::fix::{Dop, Position};
use barpop::gnss::satellite::{Constellation, Satellite, Sky};
use barpop::gnss::snapshot::{Held, Snapshot, TrackPoint};

use crate::popup_gnss::{at, fix};

/// Number, elevation, azimuth, C/N0 and whether it is used.
type Seen = (u16, f64, f64, f64, bool);

const GPS: [Seen; 9] = [
    (2, 67.0, 291.0, 45.0, true),
    (5, 12.0, 43.0, 31.0, true),
    (7, 5.0, 328.0, 0.0, false),
    (12, 48.0, 89.0, 43.0, true),
    (15, 23.0, 176.0, 37.0, true),
    (18, 8.0, 122.0, 22.0, false),
    (25, 71.0, 138.0, 47.0, true),
    (29, 38.0, 214.0, 41.0, true),
    (31, 17.0, 252.0, 28.0, false),
];
const GALILEO: [Seen; 6] = [
    (3, 55.0, 62.0, 44.0, true),
    (8, 29.0, 301.0, 38.0, true),
    (13, 63.0, 197.0, 46.0, true),
    (15, 14.0, 230.0, 26.0, false),
    (21, 34.0, 11.0, 40.0, true),
    (27, 9.0, 156.0, 19.0, false),
];
const GLONASS: [Seen; 5] = [
    (66, 41.0, 337.0, 36.0, true),
    (75, 19.0, 76.0, 24.0, false),
    (76, 58.0, 25.0, 39.0, true),
    (82, 26.0, 266.0, 33.0, true),
    (83, 6.0, 310.0, 0.0, false),
];
const BEIDOU: [Seen; 4] = [
    (19, 31.0, 108.0, 39.0, true),
    (22, 74.0, 350.0, 45.0, true),
    (36, 20.0, 195.0, 30.0, false),
    (46, 11.0, 280.0, 21.0, false),
];

/// An open sky with satellites of four systems.
pub fn sky() -> Sky {
    let systems = [
        (Constellation::Gps, GPS.as_slice()),
        (Constellation::Galileo, &GALILEO),
        (Constellation::Glonass, &GLONASS),
        (Constellation::BeiDou, &BEIDOU),
    ];
    let satellites = systems.into_iter().flat_map(|(system, seen)| {
        seen.iter()
            .map(move |&(prn, elevation, azimuth, cn0, used)| Satellite {
                elevation_deg: Some(elevation),
                azimuth_deg: Some(azimuth),
                cn0_dbhz: Some(cn0),
                used: Some(used),
                ..Satellite::new(system, prn)
            })
    });
    Sky::new(satellites.collect(), Dop::default())
}

/// Ten minutes along the shore, the last one at second 1000.
pub fn walk() -> Snapshot {
    let mut snapshot = fix();
    let point = |second: u64| {
        let t = second as f64 / 600.0;
        let wave = (t * 11.0).sin();
        let latitude = 48.1331 + 0.0040 * t + 0.0004 * wave;
        let longitude = 11.5703 + 0.0058 * t - 0.0006 * (t * 7.0).cos();
        TrackPoint {
            at: at(400 + second),
            position: Position::new(latitude, longitude).unwrap(),
            altitude_msl_m: Some(512.0 + 9.0 * t + 2.0 * (t * 17.0).sin()),
            speed_mps: Some((1.4 + 0.5 * wave + 0.2 * (t * 43.0).sin()).max(0.0)),
        }
    };
    let track: Vec<TrackPoint> = (0..=600).map(point).collect();
    let last = track[600];
    if let Some(held) = &mut snapshot.fix {
        held.value.position = Some(last.position);
        held.value.altitude_msl_m = last.altitude_msl_m;
        held.value.speed_mps = last.speed_mps;
        held.value.track_deg = Some(55.0);
    }
    snapshot.sky = Some(Held {
        value: sky(),
        at: at(1000),
    });
    snapshot.track = Arc::new(track);
    snapshot
}

/// Twelve satellites of each system, all over the sky.
pub fn full() -> Snapshot {
    let mut snapshot = walk();
    let systems = Constellation::ALL.into_iter().enumerate();
    let satellites = systems.flat_map(|(system, constellation)| {
        // Those that correct the others are counted from 120 on.
        let first = if constellation == Constellation::Sbas {
            120
        } else {
            0
        };
        (1..=12_u16).map(move |number| {
            let n = system as u16 * 12 + number;
            Satellite {
                elevation_deg: Some(f64::from(n * 37 % 83) + 4.0),
                azimuth_deg: Some(f64::from(n * 137 % 360)),
                cn0_dbhz: Some(f64::from(18 + n * 11 % 31)),
                used: Some(n * 11 % 31 > 12),
                ..Satellite::new(constellation, number + first)
            }
        })
    });
    if let Some(held) = &mut snapshot.sky {
        held.value = Sky::new(satellites.collect(), Dop::default());
    }
    snapshot
}

/// Ten minutes at one place: what the receiver says differs by some metres.
pub fn rest() -> Snapshot {
    let mut snapshot = walk();
    let mut seed = 7_u32;
    // Half a dozen dice are as good as a bell.
    let mut off = move || {
        let dice = (0..6).map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(seed >> 16) / 65_536.0 - 0.5
        });
        dice.sum::<f64>() * 3.0e-5
    };
    let track = snapshot.track.iter().map(|point| TrackPoint {
        position: Position::new(48.137_154 + off(), 11.576_124 + off()).unwrap(),
        speed_mps: Some(0.0),
        ..*point
    });
    let track: Vec<TrackPoint> = track.collect();
    if let Some(held) = &mut snapshot.fix {
        held.value.position = track.last().map(|point| point.position);
        held.value.speed_mps = Some(0.0);
    }
    snapshot.track = Arc::new(track);
    snapshot
}
