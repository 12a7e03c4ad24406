use jiff::civil::time;
use jiff::tz::TimeZone;

use super::super::plan::{Bracket, Edge, Limits, Plan, Ramp, Spacing, Sun, Window};
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
fn whether_a_window_is_open_is_known_where_it_was_asked_for() {
    let window = Window {
        from: clock(8, 0),
        to: clock(9, 0),
    };
    let half_past = at("2026-06-01T08:30+02:00");
    assert!(Calendar::new(&[], berlin(), None).is_surely_open(half_past));
    let mut calendar = Calendar::new(&[window], berlin(), None);
    assert!(!calendar.is_surely_open(half_past));
    assert!(calendar.at(half_past).is_some());
    assert!(calendar.is_surely_open(half_past));
    assert!(!calendar.is_surely_open(at("2026-06-01T09:00+02:00")));
}

#[test]
fn a_clock_that_is_set_forward_leaves_the_phase_as_it_is() {
    let limits = Limits::default();
    let day = |time: &str| at(&format!("2026-06-01T{time}+02:00"));
    let set_to = |time: &str| Now {
        tick: Tick::at(0),
        wall: day(time),
    };
    let windowed = within(25.0, clock(8, 0), clock(10, 0));
    let started = Plan {
        start_at: Some(day("08:00")),
        windows: Vec::new(),
        ..windowed.clone()
    };
    for plan in [windowed, started] {
        let mut calendar = Calendar::new(&plan.windows, berlin(), None);
        for (time, expected) in [
            ("07:30", "08:00"),
            ("08:00", "08:00"),
            ("08:01", "08:25"),
            ("08:30", "08:50"),
            ("08:50", "08:50"),
        ] {
            let mut course = Course::new(plan.clone(), set_to("07:00"));
            let mut next = |course: &mut Course, now: Now| {
                let opens = course.next(now, Passed::Catch, &mut calendar, &limits);
                now.wall_at(opens.unwrap())
            };
            assert_eq!(next(&mut course, set_to("07:00")), day("08:00"));
            course.wall_was_set(set_to("07:10"), false);
            course.wall_was_set(set_to(time), false);
            assert_eq!(next(&mut course, set_to(time)), day(expected), "{time}");
        }
    }
}

#[test]
fn a_window_that_has_no_room_left_has_some_again_where_the_clock_is_set_back() {
    let limits = Limits::default();
    let day = |time: &str| at(&format!("2026-06-{time}+02:00"));
    let set_to = |time: &str| Now {
        tick: Tick::at(0),
        wall: day(time),
    };
    let plan = within(50.0, clock(8, 0), clock(10, 0));
    for (time, back, expected) in [
        ("01T09:35", false, "02T08:00"),
        ("01T09:00", true, "01T09:40"),
    ] {
        let mut calendar = Calendar::new(&plan.windows, berlin(), None);
        let now = set_to("01T09:30");
        let mut course = Course::new(plan.clone(), now);
        course.begin(now.tick, &limits);
        let mut next = |course: &mut Course, now: Now| {
            let opens = course.next(now, Passed::Catch, &mut calendar, &limits);
            now.wall_at(opens.unwrap())
        };
        assert_eq!(next(&mut course, now), day("02T08:00"));
        course.wall_was_set(set_to(time), back);
        assert_eq!(next(&mut course, set_to(time)), day(expected));
    }
}

#[test]
fn after_half_an_hour_asleep_a_plan_goes_on_as_if_it_had_been_awake() {
    let limits = Limits::default();
    let ramp = Some(Ramp {
        to: secs(60.0),
        over: secs(900.0),
        after: secs(60.0),
    });
    for (spacing, ramp) in [
        (Spacing::ShotToShot, None),
        (Spacing::ShotToShot, ramp),
        (Spacing::Gap, None),
        (Spacing::Gap, ramp),
    ] {
        let plan = Plan {
            interval: secs(100.0),
            bulb: Some(secs(1.0)),
            spacing,
            ramp,
            ..Plan::default()
        };
        let now = |seconds: u64| Now {
            tick: Tick::at(0).plus(Duration::from_secs(seconds)),
            wall: later(at("2026-06-01T00:00Z"), Duration::from_secs(seconds)),
        };
        let awake = simulate(plan.clone(), now(0).wall, TimeZone::UTC, None, limits);
        let awake: Vec<Timestamp> = awake.map(|shot| shot.opens).take(30).collect();
        let mut calendar = Calendar::new(&[], TimeZone::UTC, None);
        let mut course = Course::new(plan, now(0));
        course.begin(now(0).tick, &limits);
        let opens = course.next(now(1800), Passed::Catch, &mut calendar, &limits);
        let opens = now(0).wall_at(opens.unwrap());
        let number = awake.iter().position(|shot| *shot == opens);
        assert_eq!(number, Some(1 + course.skipped as usize));
    }
}

#[test]
fn a_shot_may_be_late_as_long_as_the_next_one_does_not_suffer() {
    let limits = Limits::default();
    let now = |millis: u64| Now {
        tick: Tick::at(0).plus(Duration::from_millis(millis)),
        wall: at("2026-06-01T08:00Z"),
    };
    let opens = now(5_000).tick;
    // A quarter of the interval, where the half press leaves as much.
    for (interval, half_press, in_time, late) in
        [(4.0, 0.0, 5_990, 6_010), (1.0, 0.8, 4_240, 4_260)]
    {
        let plan = Plan {
            interval: secs(interval),
            half_press: secs(half_press),
            ..Plan::default()
        };
        let course = Course::new(plan, now(0));
        for (millis, expected) in [(in_time, false), (late, true)] {
            let is_late = course.is_late(opens, now(millis), Passed::Catch, &limits);
            assert_eq!(is_late, expected, "{millis}");
        }
    }
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
fn where_the_sun_stays_down_a_window_that_needs_it_stays_shut() {
    for (from, to) in [
        (sun(Sun::Sunrise, 0), clock(12, 0)),
        (clock(10, 0), sun(Sun::Sunset, 0)),
    ] {
        let first = openings(within(60.0, from, to), "2026-12-01T01:00+01:00", TROMSO, 1);
        assert!(first[0].starts_with("01-1"), "{first:?}");
    }
}

#[test]
fn a_window_between_the_sun_and_the_clock_ends_at_the_next_of_it() {
    // Sunrise at 4:43 and sunset at 21:33.
    for (from, to, expected) in [
        (
            sun(Sun::Sunset, 0),
            clock(0, 0),
            ["06-21 21:33", "06-21 22:33", "06-21 23:33", "06-22 21:33"],
        ),
        (
            sun(Sun::Sunrise, 0),
            clock(6, 0),
            ["06-22 04:43", "06-22 05:43", "06-23 04:43", "06-23 05:43"],
        ),
        // The sun has set already, and not so long ago.
        (
            clock(21, 40),
            sun(Sun::Sunset, 90),
            ["06-21 21:40", "06-21 22:40", "06-22 21:40", "06-22 22:40"],
        ),
    ] {
        let plan = within(60.0, from, to);
        let times = openings(plan, "2024-06-21T12:00+02:00", BERLIN, 4);
        assert_eq!(times, expected);
    }
}

#[test]
fn a_window_that_is_moved_into_the_day_before_opens_there() {
    let early = Window {
        from: sun(Sun::Sunrise, -720),
        to: sun(Sun::Sunrise, -700),
    };
    let mut plan = within(60.0, clock(23, 0), clock(23, 30));
    plan.windows.push(early);
    let times = openings(plan, "2024-06-21T12:00+02:00", BERLIN, 3);
    assert_eq!(times, ["06-21 16:43", "06-21 23:00", "06-22 16:43"]);
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
        let body = plan.body(&Limits::default(), Some(secs(bulb)));
        let gaps = gap * (u32::from(number) - 1);
        assert_eq!(body, expected.iter().sum::<Duration>() + gaps);
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
    let of_three = Plan {
        count: Some(3),
        ..plan.clone()
    };
    let three = simulate(of_three, start, TimeZone::UTC, None, Limits::default());
    assert_eq!(three.take(10).count(), 3);
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
    assert_eq!(Tick::at(i64::MAX).since(now.tick), Duration::from_nanos(5));
    let start = Now {
        wall: Timestamp::MIN,
        ..now
    };
    assert_eq!(start.wall_at(Tick::at(0)), Timestamp::MIN);
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
