//! The machine in virtual time, on a fake release that records every edge.

use std::sync::{Arc, Mutex};

use jiff::tz::TimeZone;

use super::*;
use crate::shutter::command::Command;
use crate::shutter::plan::{Limits, Plan};

mod commands;
mod faults;
mod random;
mod restarts;
mod shots;

/// An edge, as the wire sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Focus(bool),
    Shutter(bool),
}

/// Time that goes on when the test says so, and what the release did.
struct World {
    now: Now,
    edges: Vec<(Tick, Edge)>,
    /// What the wall clock showed at each opening.
    walls: Vec<Timestamp>,
    /// What each call of the release takes.
    takes: Duration,
    /// So many next openings fail.
    fail_open: u32,
    fail_close: u32,
    fail_focus: u32,
    fail_recover: u32,
    opened: bool,
    focused: bool,
}

impl World {
    fn pass(&mut self, time: Duration) {
        self.now = Now {
            tick: self.now.tick.plus(time),
            wall: self.now.wall + time,
        };
    }

    fn edge(&mut self, edge: Edge) {
        self.pass(self.takes);
        match edge {
            Edge::Focus(on) if on != self.focused => self.focused = on,
            Edge::Shutter(on) if on != self.opened => self.opened = on,
            _ => return,
        }
        if edge == Edge::Shutter(true) {
            self.walls.push(self.now.wall);
        }
        self.edges.push((self.now.tick, edge));
    }
}

#[derive(Clone)]
struct Virtual(Arc<Mutex<World>>);

impl Clock for Virtual {
    fn now(&self) -> Now {
        self.0.lock().unwrap().now
    }

    fn wait(&self, until: Option<Tick>) {
        let mut world = self.0.lock().unwrap();
        let wait = until.map_or(Duration::from_secs(1), |until| until.since(world.now.tick));
        world.pass(wait);
    }

    fn wake(&self) {}
}

struct Fake(Virtual);

fn fails(left: &mut u32) -> Result<(), ReleaseError> {
    if *left == 0 {
        return Ok(());
    }
    *left -= 1;
    Err(ReleaseError::Failed {
        name: "the fake".into(),
        reason: "as told".into(),
    })
}

impl Release for Fake {
    fn describe(&self) -> snapshot::Release {
        snapshot::Release {
            name: "the fake".into(),
            problem: None,
            focus: true,
        }
    }

    fn focus(&mut self, pressed: bool) -> Result<(), ReleaseError> {
        let mut world = self.0.0.lock().unwrap();
        fails(&mut world.fail_focus)?;
        world.edge(Edge::Focus(pressed));
        Ok(())
    }

    fn open(&mut self, _longest: Duration) -> Result<(), ReleaseError> {
        let mut world = self.0.0.lock().unwrap();
        fails(&mut world.fail_open)?;
        world.edge(Edge::Shutter(true));
        Ok(())
    }

    fn close(&mut self) -> Result<(), ReleaseError> {
        let mut world = self.0.0.lock().unwrap();
        fails(&mut world.fail_close)?;
        world.edge(Edge::Shutter(false));
        Ok(())
    }

    fn recover(&mut self) -> Result<(), ReleaseError> {
        let mut world = self.0.0.lock().unwrap();
        fails(&mut world.fail_recover)?;
        world.edge(Edge::Shutter(false));
        world.edge(Edge::Focus(false));
        Ok(())
    }
}

/// The start of the tests: noon, a thousand seconds after the machine's start.
const START: Tick = Tick::at(1_000_000_000_000);

fn noon() -> Timestamp {
    "2026-06-21T12:00:00Z".parse().unwrap()
}

fn secs(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

/// A machine, and the world it turns in.
struct Bench {
    clock: Virtual,
    machine: Machine,
    /// The last that was written down.
    kept: Option<Save>,
    shots: Vec<snapshot::Shot>,
    /// Planned openings, with the interval that was in force.
    planned: Vec<(Tick, Duration)>,
}

fn options() -> Options {
    Options {
        zone: TimeZone::UTC,
        limits: Limits::default(),
        ..Options::default()
    }
}

impl Bench {
    fn new(options: Options) -> Self {
        let world = World {
            now: Now {
                tick: START,
                wall: noon(),
            },
            edges: Vec::new(),
            walls: Vec::new(),
            takes: Duration::ZERO,
            fail_open: 0,
            fail_close: 0,
            fail_focus: 0,
            fail_recover: 0,
            opened: false,
            focused: false,
        };
        let clock = Virtual(Arc::new(Mutex::new(world)));
        Self {
            machine: machine(&clock, options, "boot", Past::default()),
            clock,
            kept: None,
            shots: Vec::new(),
            planned: Vec::new(),
        }
    }

    /// With a plan that runs.
    fn running(plan: Plan) -> Self {
        let mut bench = Self::new(options());
        bench.ask(Command::Start(plan)).unwrap();
        bench
    }

    fn world(&self) -> std::sync::MutexGuard<'_, World> {
        self.clock.0.lock().unwrap()
    }

    fn ask(&mut self, command: Command) -> Result<(), super::super::Refusal> {
        let result = self.machine.command(command);
        self.machine.turn();
        self.keep();
        result
    }

    fn keep(&mut self) {
        if let Some(course) = &self.machine.course
            && let Some(last) = course.last
            && self
                .planned
                .last()
                .is_none_or(|(planned, _)| *planned != last)
        {
            self.planned.push((last, course.plan.interval));
        }
        if let Some(save) = self.machine.save() {
            self.shots.extend(save.shots.clone());
            self.kept = Some(save);
        }
    }

    /// Turns at every moment it asks for, until so much time has passed.
    fn run(&mut self, time: Duration) {
        let end = self.world().now.tick.plus(time);
        self.run_until(end);
    }

    fn run_until(&mut self, end: Tick) {
        loop {
            let until = self.machine.turn();
            self.keep();
            let mut world = self.world();
            let now = world.now.tick;
            let until = until.unwrap_or(end).max(now);
            world.pass(until.min(end).since(now));
            if until > end || (until == end && now == end) {
                return;
            }
        }
    }

    /// Nobody turns for so long: a machine that sleeps.
    fn sleep(&mut self, time: Duration) {
        self.world().pass(time);
    }

    fn set_wall(&mut self, wall: Timestamp) {
        self.world().now.wall = wall;
    }

    /// Openings, seconds after the start.
    fn openings(&self) -> Vec<f64> {
        self.since_start(Edge::Shutter(true))
    }

    fn closings(&self) -> Vec<f64> {
        self.since_start(Edge::Shutter(false))
    }

    fn since_start(&self, wanted: Edge) -> Vec<f64> {
        let world = self.world();
        let edges = world.edges.iter().filter(|(_, edge)| *edge == wanted);
        edges
            .map(|(tick, _)| tick.nanoseconds_since(START) as f64 / 1e9)
            .collect()
    }

    fn snapshot(&mut self) -> Arc<Snapshot> {
        self.machine.snapshot()
    }
}

fn machine(clock: &Virtual, options: Options, boot: &str, past: Past) -> Machine {
    let release = Box::new(Fake(clock.clone()));
    Machine::new(release, Arc::new(clock.clone()), options, boot.into(), past)
}

/// A plan of pulses.
fn every(seconds: f64) -> Plan {
    Plan {
        interval: secs(seconds),
        ..Plan::default()
    }
}
