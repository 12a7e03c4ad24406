//! What the timing thread does each time it turns: the whole engine but the thread.
//!
//! It is turned by the thread with the system's clock, and by tests with one of their own.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::flight::{Flight, Progress};
use super::keeper::Save;
use super::warnings::{About, Warnings};
use super::{Clock, Options, Release, Snapshot};
use crate::shutter::history::{History, Lateness};
use crate::shutter::release::ReleaseError;
use crate::shutter::schedule::{Aim, Calendar, Course, Now, Passed, Shot, Tick};
use crate::shutter::snapshot::{self, Cause, Ending, State};

mod commands;
mod report;
mod restart;

pub use restart::Past;

/// That a shot is about to begin is written down so long before it does.
const AHEAD: Duration = Duration::from_secs(2);
/// After so many shots in a row that could not be taken the plan is over.
const FAILURES: u32 = 10;
/// A shot that failed is tried so often.
const TRIES: u32 = 3;
/// Between two tries.
const RETRY: Duration = Duration::from_secs(1);
/// A release that is not there is looked for so often, if there is time before the next shot.
const HEAL: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(10));
/// The wall clock is corrected by less than this between two turns, or was set.
const SET: i128 = 1_000_000_000;
/// Windows by the sun that stay closed for longer are worth a word, hours.
const LONG_CLOSED: i64 = 36;

/// A plan, a release, a clock.
pub struct Machine {
    pub(super) options: Options,
    release: Box<dyn Release>,
    clock: Arc<dyn Clock>,
    boot: String,
    described: snapshot::Release,
    state: State,
    /// The running plan, or the last one.
    course: Option<Course>,
    calendar: Calendar,
    ended: Option<Ending>,
    resumed_at: Option<Timestamp>,
    flight: Option<Flight>,
    /// The planned opening of the shot that was written down as about to begin.
    begun: Option<Tick>,
    /// From when on a press is noticed as another one.
    rested: Tick,
    /// Shots in a row that could not be taken.
    failures: u32,
    /// When the release is looked for.
    heal: Option<Tick>,
    /// Until when it is waited for a wall clock that shows at least this.
    unset: Option<(Tick, Timestamp)>,
    total: u64,
    history: History,
    lateness: Lateness,
    realtime: bool,
    warnings: Warnings,
    /// Both clocks at the last turn.
    turned: Now,
    /// The planned opening of the next shot.
    next: Option<Tick>,
    /// When the plan will be over, as it was with these numbers of shots taken and left out.
    eta: Option<report::Eta>,
    shown: Option<Arc<Snapshot>>,
    unsaved: bool,
    unsaved_shots: Vec<snapshot::Shot>,
}

impl Machine {
    pub fn new(
        release: Box<dyn Release>,
        clock: Arc<dyn Clock>,
        options: Options,
        boot: String,
        past: Past,
    ) -> Self {
        let mut machine = Self {
            described: release.describe(),
            release,
            boot,
            state: State::Idle,
            course: None,
            calendar: Calendar::new(&[], options.zone.clone(), options.place),
            ended: None,
            resumed_at: None,
            flight: None,
            begun: None,
            rested: Tick::default(),
            failures: 0,
            heal: None,
            unset: None,
            total: 0,
            history: History::default(),
            lateness: Lateness::default(),
            realtime: false,
            warnings: Warnings::default(),
            turned: clock.now(),
            next: None,
            eta: None,
            shown: None,
            unsaved: false,
            unsaved_shots: Vec::new(),
            clock,
            options,
        };
        machine.take_up(past);
        machine
    }

    /// Does what is due; until when there is nothing to do.
    pub fn turn(&mut self) -> Option<Tick> {
        loop {
            let now = self.clock.now();
            self.notice_the_wall(now);
            if let Some(flight) = &mut self.flight {
                // It stays where it is: an error of the release must not lose it.
                let before = flight.held.is_some();
                let progress = flight.turn(self.release.as_mut(), self.clock.as_ref());
                let edge = before != flight.held.is_some();
                self.unsaved |= edge && flight.cause == Cause::Snap;
                let stuck = flight.stuck.as_ref();
                let stuck = stuck.map(|error| format!("a button cannot be let go: {error}"));
                if self.warnings.set(About::Stuck, stuck) || edge {
                    self.shown = None;
                }
                if let Progress::Waits(until) = progress {
                    return Some(until);
                }
                if let Some(flight) = self.flight.take() {
                    match progress {
                        Progress::Failed(error) => self.failed(flight, &error),
                        _ => self.landed(&flight),
                    }
                }
                continue;
            }
            if self.is_over() {
                self.finish(Ending::Done);
            }
            let next = self.next_start(now);
            if let Some((opens, starts)) = next
                && starts <= now.tick
            {
                if now.tick < self.rested {
                    return Some(self.rested);
                }
                self.begin(opens, starts);
                continue;
            }
            let heal = self.heal(now, next.map(|(_, starts)| starts));
            let Some((opens, starts)) = next else {
                let patience = self.unset.map(|(patience, _)| patience);
                let patience = patience.filter(|patience| *patience > now.tick);
                return heal.into_iter().chain(patience).min();
            };
            let ahead = starts.before(AHEAD);
            if self.begun != Some(opens) && now.tick >= ahead {
                self.begun = Some(opens);
                self.unsaved = true;
            }
            let until = if now.tick < ahead { ahead } else { starts };
            return Some(heal.map_or(until, |heal| heal.min(until)));
        }
    }

    fn is_over(&self) -> bool {
        let course = self.course.as_ref().filter(|_| self.state != State::Idle);
        course.is_some_and(Course::is_done)
    }

    /// The next shot of the plan: its planned opening, and its first edge.
    fn next_start(&mut self, now: Now) -> Option<(Tick, Tick)> {
        if self.state != State::Running || self.waits_for_the_wall(now) {
            return None;
        }
        self.aim(now, Passed::Catch);
        let course = self.course.as_ref()?;
        let opens = self.next?;
        Some((opens, opens.before(course.plan.lead())))
    }

    /// Looks which shot is next.
    fn aim(&mut self, now: Now, passed: Passed) {
        let Some(course) = &mut self.course else {
            return;
        };
        let skipped = course.skipped;
        let next = course.next(now, passed, &mut self.calendar, &self.options.limits);
        let closed = matches!(course.aim, Aim::Window(_));
        if next != self.next || course.skipped != skipped {
            self.next = next;
            self.shown = None;
            self.unsaved |= course.skipped != skipped;
        }
        let wall = next.map(|next| now.wall_at(next));
        let late = jiff::SignedDuration::from_hours(LONG_CLOSED);
        let long = closed && wall.is_none_or(|wall| wall.duration_since(now.wall) > late);
        let warning = (long && self.calendar.sun().is_some()).then(|| match wall {
            Some(wall) => format!(
                "the sun does not open a window of the plan here before {}; the plan waits",
                words_of(wall, &self.options.zone)
            ),
            None => "the sun opens no window of the plan here within a year".to_owned(),
        });
        if self.warnings.set(About::Windows, warning) {
            self.shown = None;
        }
    }

    /// A shot of the plan begins.
    fn begin(&mut self, opens: Tick, starts: Tick) {
        let limits = self.options.limits;
        let Some(course) = &mut self.course else {
            return;
        };
        course.begin(opens, &limits);
        let shot = Shot::of(&course.plan, &limits, course.exposure(opens));
        let limit = Some(course.must_end(opens, &limits));
        self.flight = Some(Flight::new(Cause::Plan, starts, shot, limits.pulse, limit));
        self.unsaved |= self.begun != Some(opens);
        self.begun = Some(opens);
        self.shown = None;
        // Only shown: what really is next is looked for after the shot, when there is time.
        let more = course.taken.saturating_add(1);
        let more = course.plan.count.is_none_or(|count| count > more);
        self.next = match course.aim {
            Aim::Phase(next) if more => Some(next),
            _ => None,
        };
        let open = |next: &Tick| self.calendar.is_surely_open(self.turned.wall_at(*next));
        self.next = self.next.filter(open);
        if self.described.problem.is_some() {
            self.look_for_release();
        }
    }

    /// A shot is over; where nothing opened, it was called off.
    fn landed(&mut self, flight: &Flight) {
        if flight.cause == Cause::Plan {
            self.begun = None;
        }
        self.rested = self.clock.now().tick.plus(self.options.limits.pulse / 2);
        if let Some((_, at)) = flight.opened {
            self.failures = 0;
            self.warnings.set(About::Press, None);
            self.described = self.release.describe();
            if flight.cause == Cause::Plan {
                self.lateness.add(flight.late());
                if let Some(course) = &mut self.course {
                    course.taken = course.taken.saturating_add(1);
                }
            }
            self.total += 1;
            self.note(snapshot::Shot {
                number: self.total,
                cause: flight.cause,
                at,
                late_ms: flight.late().as_micros() as f64 / 1000.0,
                held: flight.exposed,
                problem: flight.problem.clone(),
            });
        }
        self.changed();
    }

    fn note(&mut self, shot: snapshot::Shot) {
        self.history.add(shot.clone());
        if self.options.state.is_some() {
            self.unsaved_shots.push(shot);
        }
    }

    /// A shot could not be taken: it is tried again while there is time.
    fn failed(&mut self, flight: Flight, error: &ReleaseError) {
        self.described.problem = Some(error.to_string());
        let well = self.look_for_release();
        let now = self.clock.now();
        let from = if well && flight.tries == 1 {
            now.tick
        } else {
            now.tick.plus(RETRY)
        };
        let late = |course: &Course| {
            let then = Now { tick: from, ..now };
            course.is_late(flight.opens, then, Passed::Catch, &self.options.limits)
        };
        let time_is_left = flight.cause == Cause::Plan
            && self.state == State::Running
            && !self.course.as_ref().is_none_or(late);
        if flight.tries < TRIES && time_is_left {
            self.flight = Some(flight.anew(from));
        } else if flight.cause == Cause::Plan {
            self.failures += 1;
            self.begun = None;
            if let Some(course) = &mut self.course {
                course.skipped = course.skipped.saturating_add(1);
            }
        }
        let shots = if self.failures > 1 {
            format!("{} shots in a row", self.failures)
        } else {
            "a shot".to_owned()
        };
        let sentence = format!("{shots} could not be taken: {error}");
        self.warnings.set(About::Press, Some(sentence));
        if self.failures >= FAILURES && self.state != State::Idle {
            self.finish(Ending::Failed);
        }
        self.changed();
    }

    /// Looks for the release anew, and lets everything go; whether it is there.
    fn look_for_release(&mut self) -> bool {
        let found = self.release.recover();
        self.described = self.release.describe();
        if let Err(error) = &found {
            self.described.problem = Some(error.to_string());
        }
        self.heal = found.is_err().then(|| self.clock.now().tick.plus(HEAL.0));
        self.changed();
        found.is_ok()
    }

    /// Looks for a release that is not there, when there is time.
    fn heal(&mut self, now: Now, starts: Option<Tick>) -> Option<Tick> {
        self.described.problem.as_ref()?;
        let at = *self.heal.get_or_insert(now.tick.plus(HEAL.0));
        let busy = |starts: Tick| starts.since(now.tick) < HEAL.1;
        if starts.is_some_and(busy) {
            return None;
        }
        if now.tick < at {
            return Some(at);
        }
        if self.look_for_release() {
            self.warnings.set(About::Press, None);
        }
        self.heal
    }

    fn finish(&mut self, how: Ending) {
        self.state = State::Idle;
        self.ended = Some(how);
        self.begun = None;
        self.next = None;
        self.unset = None;
        self.warnings.set(About::Windows, None);
        self.warnings.set(About::Clock, None);
        self.changed();
    }

    /// Whether somebody set the wall clock since the last turn.
    fn notice_the_wall(&mut self, now: Now) {
        let moved = now.wall.as_nanosecond() - self.turned.wall_at(now.tick).as_nanosecond();
        let before = std::mem::replace(&mut self.turned, now);
        if moved.abs() < SET {
            return;
        }
        if let Some(course) = &mut self.course {
            if self.unset.is_some() {
                // The phase was reckoned from the wrong time.
                course.moved(before, now);
            }
            course.wall_was_set(now, moved < 0);
        }
        self.eta = None;
        self.changed();
    }

    /// There is news, to show and to keep.
    fn changed(&mut self) {
        self.shown = None;
        self.unsaved = true;
    }

    /// What is to be written down.
    pub fn save(&mut self) -> Option<Save> {
        let wanted = std::mem::take(&mut self.unsaved) && self.options.state.is_some();
        wanted.then(|| Save {
            kept: self.kept(),
            shots: std::mem::take(&mut self.unsaved_shots),
        })
    }

    /// What is wrong beside the camera.
    pub fn warn(&mut self, about: About, problem: Option<String>) {
        if self.warnings.set(about, problem) {
            self.shown = None;
        }
    }

    /// Whether the thread has real-time priority.
    pub fn set_realtime(&mut self, realtime: bool) {
        self.realtime = realtime;
        self.shown = None;
    }

    /// Lets everything go, and keeps the plan for the next start.
    pub fn end(&mut self) {
        if let Some(mut flight) = self.flight.take() {
            flight.cut("the service ended during this shot", self.clock.now().tick);
            for _ in 0..TRIES {
                match flight.turn(self.release.as_mut(), self.clock.as_ref()) {
                    Progress::Waits(until) => self.clock.wait(Some(until)),
                    Progress::Over | Progress::Failed(_) => break,
                }
            }
            self.landed(&flight);
        }
        // A shot that was only about to begin is not taken.
        self.begun = None;
        self.changed();
    }

    /// After an error of ours: lets everything go; what was in flight counts as taken.
    pub fn pick_up(&mut self, what: &str) {
        let released = self.release.close().and(self.release.focus(false));
        if released.is_err() {
            self.look_for_release();
        }
        self.warnings.set(About::Stuck, None);
        if let Some(mut flight) = self.flight.take() {
            flight.problem = Some("an error of the timer ended this shot".to_owned());
            self.landed(&flight);
        }
        let sentence = format!("the timer had an error, and went on: {what}; please report it");
        self.warnings.set(About::Engine, Some(sentence));
        self.changed();
    }

    /// Too many errors of ours.
    pub fn give_up(&mut self) {
        if self.state != State::Idle {
            self.finish(Ending::Failed);
        }
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = self.release.close();
        let _ = self.release.focus(false);
    }
}

/// As people at the camera call it.
fn words_of(wall: Timestamp, zone: &TimeZone) -> impl std::fmt::Display {
    zone.to_datetime(wall).strftime("%Y-%m-%d %H:%M")
}

#[cfg(test)]
mod tests;
