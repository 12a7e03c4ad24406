//! GPS time: weeks since 1980-01-06, and UTC without its leap seconds (IS-GPS-200).

use jiff::{SignedDuration, Timestamp};

/// 1980-01-06T00:00:00Z, in seconds since 1970.
const EPOCH: i64 = 315_964_800;
const WEEK: i64 = 7 * 86_400;

/// When a leap second was added, in seconds since 1970 (IERS Bulletin C); none since 2017, and
/// none is announced.
const LEAPS: [i64; 18] = [
    362_793_600,
    394_329_600,
    425_865_600,
    489_024_000,
    567_993_600,
    631_152_000,
    662_688_000,
    709_948_800,
    741_484_800,
    773_020_800,
    820_454_400,
    867_715_200,
    915_148_800,
    1_136_073_600,
    1_230_768_000,
    1_341_100_800,
    1_435_708_800,
    1_483_228_800,
];

/// How many seconds GPS time is ahead of UTC then.
#[must_use]
pub fn leap_seconds(at: Timestamp) -> i64 {
    let at = at.as_second();
    LEAPS.iter().take_while(|leap| **leap <= at).count() as i64
}

/// UTC of a GPS week (all of its digits) and the seconds within it.
#[must_use]
pub fn utc_of_week(week: u32, seconds: f64) -> Option<Timestamp> {
    if !(0.0..=WEEK as f64).contains(&seconds) {
        return None;
    }
    let gps = Timestamp::from_second(EPOCH + i64::from(week) * WEEK).ok()?;
    let gps = gps
        .checked_add(SignedDuration::from_millis(
            (seconds * 1000.0).round() as i64
        ))
        .ok()?;
    gps.checked_sub(SignedDuration::from_secs(leap_seconds(gps)))
        .ok()
}

/// The GPS week and the seconds within it.
#[must_use]
pub(super) fn week_of(utc: Timestamp) -> (i64, i64) {
    let gps = utc.as_second() + leap_seconds(utc) - EPOCH;
    (gps.div_euclid(WEEK), gps.rem_euclid(WEEK))
}
