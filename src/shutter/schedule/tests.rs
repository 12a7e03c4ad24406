use jiff::civil::time;
use jiff::tz::TimeZone;

use super::super::plan::{Bracket, Edge, Limits, Plan, Ramp, Sun, Window};
use super::super::solar::Place;
use super::*;

fn secs(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn berlin() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
}

const BERLIN: Place = Place {
    lat_deg: 52.52,
    lon_deg: 13.405,
};
const TROMSO: Place = Place {
    lat_deg: 69.6492,
    lon_deg: 18.9553,
};

fn clock(hour: i8, minute: i8) -> Edge {
    Edge::Clock(time(hour, minute, 0, 0))
}

fn sun(event: Sun, offset_min: i16) -> Edge {
    Edge::Sun { event, offset_min }
}

fn within(minutes: f64, from: Edge, to: Edge) -> Plan {
    Plan {
        interval: secs(minutes * 60.0),
        windows: vec![Window { from, to }],
        ..Plan::default()
    }
}

/// The first openings of a plan, as people at the place call them.
fn openings(plan: Plan, start: &str, place: Place, number: usize) -> Vec<String> {
    simulate(plan, at(start), berlin(), Some(place), Limits::default())
        .take(number)
        .map(|shot| {
            let local = berlin().to_datetime(shot.opens);
            local.strftime("%m-%d %H:%M").to_string()
        })
        .collect()
}

#[test]
fn one_picture_a_day_at_noon_is_at_noon_also_when_the_clocks_change() {
    let plan = within(10.0, clock(12, 0), clock(12, 1));
    let noons = openings(plan.clone(), "2026-03-27T13:00+01:00", BERLIN, 3);
    assert_eq!(noons, ["03-28 12:00", "03-29 12:00", "03-30 12:00"]);
    let noons = openings(plan, "2026-10-24T13:00+02:00", BERLIN, 2);
    assert_eq!(noons, ["10-25 12:00", "10-26 12:00"]);
}

#[test]
fn a_window_in_the_hour_that_a_day_does_not_have_opens_so_much_later() {
    let start = "2026-03-29T00:00+01:00";
    let plan = within(15.0, clock(2, 15), clock(2, 45));
    let times = openings(plan, start, BERLIN, 3);
    assert_eq!(times, ["03-29 03:15", "03-29 03:30", "03-30 02:15"]);
    // One that ends after it opens when the clocks have gone forward.
    let plan = within(5.0, clock(2, 30), clock(3, 10));
    let times = openings(plan, start, BERLIN, 3);
    assert_eq!(times, ["03-29 03:00", "03-29 03:05", "03-30 02:30"]);
}

#[test]
fn a_window_in_the_hour_that_a_day_has_twice_opens_once() {
    let plan = within(15.0, clock(2, 15), clock(2, 45));
    let times = openings(plan, "2026-10-25T00:00+02:00", BERLIN, 3);
    assert_eq!(times, ["10-25 02:15", "10-25 02:30", "10-26 02:15"]);
}

#[test]
fn a_window_over_midnight_is_one() {
    let plan = within(150.0, clock(22, 0), clock(4, 0));
    let times = openings(plan, "2026-06-01T12:00+02:00", BERLIN, 5);
    let expected = [
        "06-01 22:00",
        "06-02 00:30",
        "06-02 03:00",
        "06-02 22:00",
        "06-03 00:30",
    ];
    assert_eq!(times, expected);
}

#[test]
fn a_plan_that_is_started_within_a_window_starts_at_once_and_keeps_its_phase_there() {
    let plan = within(25.0, clock(8, 0), clock(9, 0));
    let times = openings(plan, "2026-06-01T08:10+02:00", BERLIN, 4);
    assert_eq!(
        times,
        ["06-01 08:10", "06-01 08:35", "06-02 08:00", "06-02 08:25"]
    );
}

#[test]
fn two_windows_a_day_take_turns() {
    let plan = Plan {
        windows: vec![
            Window {
                from: clock(18, 0),
                to: clock(18, 30),
            },
            Window {
                from: clock(6, 0),
                to: clock(6, 30),
            },
        ],
        ..within(20.0, clock(0, 0), clock(0, 0))
    };
    let times = openings(plan, "2026-06-01T12:00+02:00", BERLIN, 5);
    let expected = [
        "06-01 18:00",
        "06-01 18:20",
        "06-02 06:00",
        "06-02 06:20",
        "06-02 18:00",
    ];
    assert_eq!(times, expected);
}

#[test]
fn a_window_by_the_sun_follows_it_with_its_offset() {
    // Sunrise at 4:43 and sunset at 21:33.
    let plan = within(30.0, sun(Sun::Sunset, -30), sun(Sun::Sunset, 15));
    let times = openings(plan, "2024-06-21T12:00+02:00", BERLIN, 3);
    assert_eq!(times, ["06-21 21:03", "06-21 21:33", "06-22 21:03"]);
    let night = within(600.0, sun(Sun::Sunset, 0), sun(Sun::Sunrise, 0));
    let times = openings(night, "2024-06-21T12:00+02:00", BERLIN, 2);
    assert_eq!(times, ["06-21 21:33", "06-22 21:33"]);
}

#[test]
fn where_the_sun_stays_up_a_window_of_the_day_stays_open() {
    let day = within(480.0, sun(Sun::Sunrise, 0), sun(Sun::Sunset, 0));
    let times = openings(day.clone(), "2026-06-20T01:00+02:00", TROMSO, 5);
    let expected = [
        "06-20 01:00",
        "06-20 09:00",
        "06-20 17:00",
        "06-21 01:00",
        "06-21 09:00",
    ];
    assert_eq!(times, expected);
    let night = within(60.0, sun(Sun::Sunset, 0), sun(Sun::Sunrise, 0));
    let first = openings(night, "2026-06-20T01:00+02:00", TROMSO, 1);
    assert!(first[0].starts_with("07-2"), "{first:?}");
    let first = openings(day, "2026-12-01T01:00+01:00", TROMSO, 1);
    assert!(first[0].starts_with("01-1"), "{first:?}");
}

#[test]
fn frames_of_a_bracket_are_around_the_exposure_evenly_in_exposure_values() {
    let table: [(u8, f64, f64, &[f64]); 5] = [
        (2, 2.0, 4.0, &[2.0, 8.0]),
        (3, 1.0, 2.0, &[1.0, 2.0, 4.0]),
        (3, 3.0, 8.0, &[1.0, 8.0, 64.0]),
        (5, 1.0, 4.0, &[1.0, 2.0, 4.0, 8.0, 16.0]),
        (
            9,
            1.0,
            16.0,
            &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0],
        ),
    ];
    for (number, step_ev, bulb, expected) in table {
        let gap = secs(1.0);
        let bracket = Some(Bracket {
            frames: number,
            step_ev,
            gap,
        });
        let plan = Plan {
            bracket,
            ..Plan::default()
        };
        let held = frames(&plan, &Limits::default(), Some(secs(bulb)));
        let expected: Vec<Duration> = expected.iter().copied().map(secs).collect();
        assert_eq!(held, expected);
        // Without bulb the camera exposes.
        let pulses = frames(&plan, &Limits::default(), None);
        assert_eq!(pulses, vec![secs(0.1); number.into()]);
    }
}

#[test]
fn a_ramp_goes_evenly_in_exposure_values_and_stays_at_its_end() {
    let plan = |bulb: f64, to: f64| Plan {
        bulb: Some(secs(bulb)),
        ramp: Some(Ramp {
            to: secs(to),
            over: secs(3600.0),
            after: secs(600.0),
        }),
        ..Plan::default()
    };
    // Minutes after the first shot.
    let table = [
        (1.0, 16.0, 0.0, 1.0),
        (1.0, 16.0, 10.0, 1.0),
        (1.0, 16.0, 25.0, 2.0),
        (1.0, 16.0, 40.0, 4.0),
        (1.0, 16.0, 55.0, 8.0),
        (1.0, 16.0, 70.0, 16.0),
        (1.0, 16.0, 7000.0, 16.0),
        (30.0, 0.3, 40.0, 3.0),
        (5.0, 5.0, 40.0, 5.0),
    ];
    for (bulb, to, minutes, expected) in table {
        let exposed = exposure(&plan(bulb, to), secs(minutes * 60.0));
        assert_eq!(exposed, Some(secs(expected)), "{bulb} to {to} at {minutes}");
    }
}

#[test]
fn a_day_of_a_second_each_is_simulated_without_drift() {
    let plan = Plan {
        interval: secs(1.0),
        half_press: secs(0.3),
        ..Plan::default()
    };
    let start = at("2026-06-01T00:00Z");
    let shots = simulate(plan, start, TimeZone::UTC, None, Limits::default());
    for (number, shot) in shots.take(86_400).enumerate() {
        assert_eq!(
            shot.starts,
            later(start, Duration::from_secs(number as u64))
        );
    }
}

#[test]
fn the_end_of_time_is_no_panic() {
    let now = Now {
        tick: Tick::at(i64::MAX - 5),
        wall: Timestamp::MAX,
    };
    assert_eq!(now.wall_at(Tick::at(i64::MAX)), Timestamp::MAX);
    assert_eq!(
        now.tick_at(Timestamp::MIN).since(Tick::at(i64::MAX)),
        Duration::ZERO
    );
    let plan = Plan {
        start_at: Some(Timestamp::MAX),
        delay: secs(3600.0),
        ..Plan::default()
    };
    let start = at("2026-06-01T00:00Z");
    let shots = simulate(plan, start, TimeZone::UTC, None, Limits::default());
    assert!(shots.take(3).count() <= 3);
}
