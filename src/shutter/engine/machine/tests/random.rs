//! Random plans with random commands, lateness and clock jumps: what must be true of all.

use proptest::prelude::*;

use super::*;
use crate::shutter::command::Change;
use crate::shutter::plan::{self, Bracket, Ramp, Spacing};
use crate::shutter::schedule::frames;

/// What happens.
#[derive(Debug, Clone)]
enum Event {
    Run(u32),
    Sleep(u32),
    Jump(i64),
    Interval(u32),
    Pause,
    Resume,
    Snap,
    /// So many openings fail.
    Fail(u32),
}

/// Tenths of a second, hundredths of it where it matters.
fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => (1_u32..6000).prop_map(Event::Run),
        2 => (1_u32..3000).prop_map(Event::Sleep),
        1 => (-200_000_i64..200_000).prop_map(Event::Jump),
        1 => (20_u32..3000).prop_map(Event::Interval),
        1 => Just(Event::Pause),
        2 => Just(Event::Resume),
        1 => Just(Event::Snap),
        1 => (1_u32..4).prop_map(Event::Fail),
    ]
}

fn hundredths(number: u32) -> Duration {
    Duration::from_millis(u64::from(number) * 10)
}

prop_compose! {
    fn plan()(
        interval in 20_u32..3000,
        delay in 0_u32..500,
        bulb in prop::option::of(10_u32..400),
        ramp in prop::option::of((10_u32..400, 100_u32..9000)),
        half_press in prop_oneof![Just(0), 1_u32..100],
        mirror in prop::option::of(20_u32..150),
        bracket in prop::option::of((2_u8..5, 0.3_f64..1.5, 10_u32..60)),
        gap in any::<bool>(),
    ) -> Plan {
        Plan {
            delay: hundredths(delay),
            spacing: if gap { Spacing::Gap } else { Spacing::ShotToShot },
            bulb: bulb.map(hundredths),
            ramp: ramp.filter(|_| bulb.is_some()).map(|(to, over)| Ramp {
                to: hundredths(to),
                over: hundredths(over),
                after: Duration::ZERO,
            }),
            half_press: hundredths(half_press),
            mirror_lockup: mirror.map(hundredths),
            bracket: bracket.map(|(frames, step_ev, gap)| Bracket {
                frames,
                step_ev,
                gap: hundredths(gap + mirror.unwrap_or(0)),
            }),
            ..every(f64::from(interval) / 100.0)
        }
    }
}

/// The longest that the shutter may be held.
fn longest(plan: &Plan) -> Duration {
    let ends = [plan.bulb, plan.ramp.map(|ramp| ramp.to)];
    let limits = Limits::default();
    let longest = ends
        .iter()
        .flat_map(|end| frames(plan, &limits, *end))
        .max();
    // A snap is one frame.
    longest
        .unwrap()
        .max(plan.bulb.unwrap_or_default())
        .max(limits.pulse)
}

/// How long a line was held each time, without the time in which nobody turned the machine.
fn held(bench: &Bench, on: Edge, off: Edge, asleep: &[(Tick, Tick)]) -> Vec<Duration> {
    let world = bench.world();
    let mut held = Vec::new();
    let mut since = None;
    for (tick, edge) in &world.edges {
        if *edge == on {
            since = Some(*tick);
        } else if *edge == off
            && let Some(since) = since.take()
        {
            let slept: Duration = asleep
                .iter()
                .map(|(from, to)| to.min(tick).since(*from.max(&since)))
                .sum();
            held.push(tick.since(since).saturating_sub(slept));
        }
    }
    held
}

fn try_plan(plan: &Plan, events: &[Event]) -> Result<(), TestCaseError> {
    let mut bench = Bench::new(options());
    if bench.ask(Command::Start(plan.clone())).is_err() {
        return Ok(());
    }
    let mut asleep = Vec::new();
    let (mut moved, mut failed) = (false, false);
    for event in events {
        match event {
            Event::Run(time) => bench.run(hundredths(*time)),
            Event::Sleep(time) => {
                let from = bench.world().now.tick;
                bench.sleep(hundredths(*time));
                asleep.push((from, bench.world().now.tick));
            }
            Event::Jump(seconds) => {
                let wall = bench.world().now.wall;
                bench.set_wall(wall + jiff::SignedDuration::from_secs(*seconds));
            }
            Event::Interval(interval) => {
                let change = Change {
                    interval: Some(hundredths(*interval)),
                    ..Change::default()
                };
                moved |= bench.ask(Command::Change(change)).is_ok();
            }
            Event::Pause => moved |= bench.ask(Command::Pause).is_ok(),
            Event::Resume => drop(bench.ask(Command::Resume)),
            Event::Snap => drop(bench.ask(Command::Snap)),
            Event::Fail(number) => {
                failed = true;
                bench.world().fail_open = *number;
            }
        }
        let world = bench.world();
        prop_assert!(bench.machine.flight.is_some() || !(world.opened || world.focused));
    }
    bench.world().fail_open = 0;
    bench.run(secs(100.0));

    // In phase, none double.
    for pair in bench.planned.windows(2) {
        let apart = pair[1].0.nanoseconds_since(pair[0].0);
        let interval = pair[1].1.as_nanos() as i64;
        prop_assert!(apart > 0, "one shot twice: {:?}", pair);
        if plan.spacing == Spacing::ShotToShot {
            prop_assert_eq!(apart % interval, 0, "out of phase: {:?}", pair);
        } else {
            prop_assert!(apart > interval, "no gap: {:?}", pair);
        }
    }
    // None lost: what was not taken was left out, and is counted.
    let snapshot = bench.snapshot();
    let flying = bench
        .machine
        .flight
        .iter()
        .filter(|flight| flight.cause == Cause::Plan)
        .count();
    let taken = snapshot.shots + flying as u32;
    if !moved && !failed && plan.spacing == Spacing::ShotToShot {
        let first = bench.planned.first().unwrap().0;
        let last = bench.planned.last().unwrap().0;
        let slots = last.since(first).as_nanos() / plan.interval.as_nanos() + 1;
        let out = u128::from(taken + snapshot.skipped);
        // Those left out before the first shot and after the last are not between them.
        prop_assert!(
            out >= slots && out <= slots + 1 + 20,
            "{} of {}",
            out,
            slots
        );
        let between = slots - u128::from(taken);
        prop_assert!(u128::from(snapshot.skipped) >= between);
    }
    // Nothing is held for longer than planned.
    let longest = longest(plan);
    for held in held(&bench, Edge::Shutter(true), Edge::Shutter(false), &asleep) {
        prop_assert!(held <= longest, "held {:?}, planned {:?}", held, longest);
    }
    let shot = Shot::of(plan, &Limits::default(), Some(longest)).length();
    for held in held(&bench, Edge::Focus(true), Edge::Focus(false), &asleep) {
        let retries = secs(1.0) * TRIES;
        prop_assert!(held <= shot + retries, "focus {:?}, shot {:?}", held, shot);
    }
    // And after the end nothing is held at all.
    bench.ask(Command::Stop).unwrap();
    let world = bench.world();
    prop_assert!(!world.opened && !world.focused);
    Ok(())
}

/// Minutes of the day.
fn of_the_day(wall: Timestamp) -> f64 {
    wall.as_millisecond().rem_euclid(86_400_000) as f64 / 60_000.0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_shot_is_outside_its_windows_whatever_the_wall_clock_does(
        from in 0_i8..24,
        to in 0_i8..24,
        interval in 60_u32..20_000,
        events in prop::collection::vec(event(), 1..30),
    ) {
        prop_assume!(from != to);
        let edge = |hour| plan::Edge::Clock(jiff::civil::time(hour, 0, 0, 0));
        let windows = vec![plan::Window { from: edge(from), to: edge(to) }];
        let mut bench = Bench::running(Plan { windows, ..every(f64::from(interval)) });
        // A hundred times as long, so that days pass.
        for event in events {
            match event {
                Event::Run(time) => bench.run(hundredths(time) * 1000),
                Event::Sleep(time) => bench.sleep(hundredths(time) * 1000),
                Event::Jump(seconds) => {
                    let wall = bench.world().now.wall;
                    bench.set_wall(wall + jiff::SignedDuration::from_secs(seconds));
                }
                _ => {}
            }
        }
        bench.run(Duration::from_secs(3 * 86_400));
        let (from, to) = (f64::from(from) * 60.0, f64::from(to) * 60.0);
        // A shot may be late by a minute.
        let late = 1.0;
        for wall in &bench.world().walls {
            let minutes = of_the_day(*wall);
            let inside = if from < to {
                (from..to + late).contains(&minutes)
            } else {
                minutes >= from || minutes < to + late
            };
            prop_assert!(inside, "{} is not between {} and {}", wall, from / 60.0, to / 60.0);
        }
        // And it goes on: in three days a window opens.
        let now = bench.world().now.tick;
        let last = bench.planned.last().map(|(last, _)| now.since(*last));
        let waits = Duration::from_secs(u64::from(interval) + 86_400 + 3600);
        prop_assert!(last.is_some_and(|last| last < waits), "{:?}", last);
    }

    #[test]
    fn whatever_happens_the_phase_is_kept_and_the_camera_let_go(
        plan in plan(),
        events in prop::collection::vec(event(), 1..30),
    ) {
        try_plan(&plan, &events)?;
    }
}
