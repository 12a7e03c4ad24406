//! How far a plan is: which shot comes next, and when.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::super::command::Change;
use super::super::plan::{Limits, Plan, Spacing};
use super::{Calendar, Now, Tick, exposure};

/// A shot that is late by more than this part of the interval is left out.
const LATE_PART: u32 = 4;
/// Or by more than this.
const LATE: Duration = Duration::from_secs(60);
/// Who looks for the next shot gives up after so many windows too short for one.
const TRIES: usize = 1_000_000;

/// What the next shot waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// The next moment of the phase.
    Phase(Tick),
    /// A time of the wall clock: the plan's start.
    Wall(Timestamp),
    /// A window that opens at this time or after it.
    Window(Timestamp),
}

/// What is done about shots whose time has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// Taken, if a little late; else left out, and counted.
    Catch,
    /// Left out, and counted.
    Skip,
    /// They were not to be.
    Forget,
}

/// A plan and how far it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// The plan.
    pub plan: Plan,
    /// What the next shot waits for.
    pub aim: Aim,
    /// The planned opening of the first shot: where a ramp starts.
    pub first: Option<Tick>,
    /// The planned opening of the last shot: from where a new interval counts.
    pub last: Option<Tick>,
    /// Shots so far.
    pub taken: u32,
    /// Shots that were left out.
    pub skipped: u32,
}

impl Course {
    /// The start of a plan.
    #[must_use]
    pub fn new(plan: Plan, now: Now) -> Self {
        let aim = match plan.start_at {
            Some(start) if start > now.wall => Aim::Wall(super::later(start, plan.delay)),
            _ => Aim::Phase(now.tick.plus(plan.delay.max(plan.lead()))),
        };
        Self {
            plan,
            aim,
            first: None,
            last: None,
            taken: 0,
            skipped: 0,
        }
    }

    /// Whether all shots are taken.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.plan.count.is_some_and(|count| count <= self.taken)
    }

    /// The bulb exposure of a shot that opens then.
    #[must_use]
    pub fn exposure(&self, opens: Tick) -> Option<Duration> {
        exposure(&self.plan, opens.since(self.first.unwrap_or(opens)))
    }

    /// From the opening of this shot to that of the next.
    #[must_use]
    pub fn pitch(&self, opens: Tick, limits: &Limits) -> Duration {
        match self.plan.spacing {
            Spacing::ShotToShot => self.plan.interval,
            Spacing::Gap => self.plan.body(limits, self.exposure(opens)) + self.plan.interval,
        }
    }

    /// How late a shot may be and still be taken.
    #[must_use]
    pub fn grace(&self) -> Duration {
        (self.plan.interval / LATE_PART).min(LATE)
    }

    /// The planned opening of the next shot; those whose time has passed are left out on the way.
    /// `None` when no window opens.
    pub fn next(
        &mut self,
        now: Now,
        passed: Passed,
        calendar: &mut Calendar,
        limits: &Limits,
    ) -> Option<Tick> {
        for _ in 0..TRIES {
            let (opens, closes) = match self.aim {
                Aim::Window(after) => {
                    let span = calendar.at(after)?;
                    // A window that is open already: in the phase it would have had.
                    let from = self.in_phase(span.from, after);
                    if from >= span.to {
                        self.aim = Aim::Window(span.to);
                        continue;
                    }
                    (now.tick_at(from), span.to)
                }
                Aim::Phase(_) | Aim::Wall(_) => {
                    let (opens, wall) = match self.aim {
                        Aim::Wall(wall) => (now.tick_at(wall), wall),
                        Aim::Phase(tick) => (tick, now.wall_at(tick)),
                        Aim::Window(_) => return None,
                    };
                    let span = calendar.at(wall)?;
                    if span.from > wall {
                        self.aim = Aim::Window(wall);
                        continue;
                    }
                    (opens, span.to)
                }
            };
            if !self.is_late(opens, now, passed, limits) {
                return Some(opens);
            }
            let (number, next) = self.behind(opens, now, now.tick_at(closes), limits);
            self.first.get_or_insert(opens);
            if passed != Passed::Forget {
                self.skipped = self.skipped.saturating_add(number);
            }
            self.aim = Aim::Phase(next);
        }
        None
    }

    /// The first moment of a window's phase that is not before `after`.
    fn in_phase(&self, from: Timestamp, after: Timestamp) -> Timestamp {
        let behind = after.as_nanosecond() - from.as_nanosecond();
        let pitch = i128::try_from(self.plan.interval.as_nanos()).unwrap_or(i128::MAX);
        if behind <= 0 || pitch <= 0 {
            return from;
        }
        // Not `div_ceil`: it is not stable for signed integers.
        let whole = (behind + pitch - 1) / pitch * pitch;
        Timestamp::from_nanosecond(from.as_nanosecond() + whole).unwrap_or(Timestamp::MAX)
    }

    /// Whether a shot's time has passed.
    #[must_use]
    pub fn is_late(&self, opens: Tick, now: Now, passed: Passed, limits: &Limits) -> bool {
        let lead = self.plan.lead();
        let late = now.tick.since(opens.before(lead));
        if late.is_zero() || passed != Passed::Catch {
            return !late.is_zero();
        }
        let end = now.tick.plus(lead + limits.pulse);
        late > self.grace() || end > self.must_end(opens, limits)
    }

    /// When a shot must be over, so that the next one is noticed as one.
    #[must_use]
    pub fn must_end(&self, opens: Tick, limits: &Limits) -> Tick {
        opens
            .plus(self.pitch(opens, limits))
            .before(self.plan.lead() + limits.pulse / 2)
    }

    /// How many shots from this one on have passed (one at least), and the next after them; a
    /// night's sleep is not gone through shot by shot.
    fn behind(&self, opens: Tick, now: Now, closes: Tick, limits: &Limits) -> (u32, Tick) {
        let pitch = self.pitch(opens, limits);
        let even = self.plan.spacing == Spacing::ShotToShot || self.plan.ramp.is_none();
        let end = now.tick.before(self.grace()).min(closes);
        let whole = if even && !pitch.is_zero() {
            end.since(opens).as_nanos() / pitch.as_nanos()
        } else {
            0
        };
        let number = u32::try_from(whole.saturating_sub(1))
            .unwrap_or(u32::MAX)
            .max(1);
        (number, opens.plus(pitch.saturating_mul(number)))
    }

    /// A shot begins: the next one is that after it.
    pub fn begin(&mut self, opens: Tick, limits: &Limits) {
        self.first.get_or_insert(opens);
        self.last = Some(opens);
        self.aim = Aim::Phase(opens.plus(self.pitch(opens, limits)));
    }

    /// Takes a change in; a new interval counts from the last shot.
    pub fn change(&mut self, change: &Change, limits: &Limits) {
        self.plan = changed(&self.plan, change);
        if let Some(last) = self.last {
            self.aim = Aim::Phase(last.plus(self.pitch(last, limits)));
        }
    }

    /// The wall clock was set, backwards where `back`: what waits for it waits anew, and what was
    /// jumped over was not missed.
    pub fn wall_was_set(&mut self, now: Now, back: bool) {
        match self.aim {
            Aim::Window(after) if back || after < now.wall => self.aim = Aim::Window(now.wall),
            Aim::Wall(start) if start < now.wall => {
                self.aim = Aim::Phase(now.tick_at(self.in_phase(start, now.wall)));
            }
            _ => {}
        }
    }
}

/// A plan with a change.
#[must_use]
pub fn changed(plan: &Plan, change: &Change) -> Plan {
    Plan {
        interval: change.interval.unwrap_or(plan.interval),
        count: change.count.unwrap_or(plan.count),
        bulb: change.bulb.or(plan.bulb),
        ..plan.clone()
    }
}
