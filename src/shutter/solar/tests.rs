use jiff::SignedDuration;

use super::*;

const LONDON: Place = Place {
    lat_deg: 51.5074,
    lon_deg: -0.1278,
};
const NEW_YORK: Place = Place {
    lat_deg: 40.7128,
    lon_deg: -74.006,
};
const SYDNEY: Place = Place {
    lat_deg: -33.8688,
    lon_deg: 151.2093,
};
const TROMSO: Place = Place {
    lat_deg: 69.6492,
    lon_deg: 18.9553,
};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn day(place: Place, sun: Sun, start: &str) -> Doing {
    let start = at(start);
    doing(place, sun, start, start + SignedDuration::from_hours(24)).unwrap()
}

#[test]
fn the_sun_rises_and_sets_when_the_almanacs_say() {
    // To the minute, in the time of the place.
    let table = [
        (
            LONDON,
            Sun::Sunrise,
            "2024-06-21T00:00+01:00",
            "2024-06-21T04:43+01:00",
        ),
        (
            LONDON,
            Sun::Sunset,
            "2024-06-21T00:00+01:00",
            "2024-06-21T21:21+01:00",
        ),
        (
            LONDON,
            Sun::Sunrise,
            "2024-12-21T00:00Z",
            "2024-12-21T08:04Z",
        ),
        (
            LONDON,
            Sun::Sunset,
            "2024-12-21T00:00Z",
            "2024-12-21T15:53Z",
        ),
        (
            NEW_YORK,
            Sun::Sunrise,
            "2024-06-20T00:00-04:00",
            "2024-06-20T05:25-04:00",
        ),
        (
            NEW_YORK,
            Sun::Sunset,
            "2024-06-20T00:00-04:00",
            "2024-06-20T20:31-04:00",
        ),
        (
            NEW_YORK,
            Sun::CivilDawn,
            "2024-06-20T00:00-04:00",
            "2024-06-20T04:52-04:00",
        ),
        (
            NEW_YORK,
            Sun::CivilDusk,
            "2024-06-20T00:00-04:00",
            "2024-06-20T21:04-04:00",
        ),
        (
            SYDNEY,
            Sun::Sunrise,
            "2024-12-21T00:00+11:00",
            "2024-12-21T05:41+11:00",
        ),
        (
            SYDNEY,
            Sun::Sunset,
            "2024-12-21T00:00+11:00",
            "2024-12-21T20:05+11:00",
        ),
    ];
    for (place, sun, start, expected) in table {
        let first = day(place, sun, start).first.unwrap();
        let off = first.duration_since(at(expected)).abs();
        assert!(
            off < SignedDuration::from_secs(75),
            "{sun:?} {expected}: {first}"
        );
    }
}

#[test]
fn a_sun_that_does_not_rise_or_set_is_told_apart() {
    let summer = "2026-06-21T00:00+02:00";
    let winter = "2026-12-21T00:00+01:00";
    let doing = |first, done| Doing { first, done };
    assert_eq!(day(TROMSO, Sun::Sunrise, summer), doing(None, true));
    assert_eq!(day(TROMSO, Sun::Sunset, summer), doing(None, false));
    assert_eq!(day(TROMSO, Sun::Sunrise, winter), doing(None, false));
    assert_eq!(day(TROMSO, Sun::Sunset, winter), doing(None, true));
    assert!(day(TROMSO, Sun::CivilDawn, winter).first.is_some());
    // No night in London at midsummer.
    assert_eq!(day(LONDON, Sun::AstronomicalDusk, summer).first, None);
}

#[test]
fn no_place_and_no_year_is_nothing_and_no_panic() {
    let nowhere = Place {
        lat_deg: f64::NAN,
        lon_deg: 1e300,
    };
    let now = at("2026-06-21T00:00Z");
    assert_eq!(doing(nowhere, Sun::Sunset, now, now), None);
    let _ = doing(LONDON, Sun::Sunset, Timestamp::MIN, Timestamp::MAX);
    let _ = doing(LONDON, Sun::Sunset, Timestamp::MAX, Timestamp::MIN);
}
