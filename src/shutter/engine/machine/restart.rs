//! Going on after the service, or the machine, was started anew.
//!
//! Within one start of the machine the phase is that of the clock that is never set. After a boot
//! it comes from the wall clock. A Raspberry Pi without a clock of its own wakes up in the past:
//! then the plan waits until the time is plausible (not before the last that was written down);
//! after [`PATIENCE`] a plan that has neither windows nor a start to come goes on all the same, in
//! a new phase: pictures matter more than their phase. One with windows waits on, as it cannot be
//! known whether they are open.

use std::time::Duration;

use jiff::SignedDuration;

use super::{About, Calendar, Course, Machine, Now, Passed, Tick, words_of};
use crate::shutter::engine::AfterRestart;
use crate::shutter::kept::{Found, Kept};
use crate::shutter::schedule::Aim;
use crate::shutter::snapshot::{Cause, Ending, Shot, State};

/// So long it is waited for a clock that was not set.
const PATIENCE: Duration = Duration::from_secs(120);
/// A clock may be so much behind the last time that was written down.
const BEHIND: SignedDuration = SignedDuration::from_secs(60);

/// What is known of the time before.
pub type Past = Found;

impl Machine {
    pub(super) fn take_up(&mut self, past: Past) {
        self.history = past.history;
        self.warnings.set(About::Kept, past.warning);
        let last = self.history.last().map_or(0, |shot| shot.number);
        self.total = last;
        let Some(kept) = past.kept else {
            return;
        };
        let now = self.clock.now();
        self.total = kept.total.max(last);
        self.ended = kept.ended;
        self.lateness = kept.lateness.clone();
        self.state = kept.state;
        self.course = kept.course.clone();
        if let Some(course) = &self.course {
            let zone = self.options.zone.clone();
            self.calendar = Calendar::new(&course.plan.windows, zone, self.options.place);
        }
        if kept.snapping && kept.total == self.total {
            self.was_in_flight(Cause::Snap, kept.wall);
        }
        self.changed();
        if self.state == State::Idle {
            return;
        }
        let other_boot = kept.boot != self.boot || self.boot.is_empty();
        let behind = kept.wall.duration_since(now.wall) > BEHIND;
        if other_boot && behind {
            self.unset = Some((now.tick.plus(PATIENCE), kept.wall));
            let sentence = format!(
                "the clock shows {}, which is before the plan was last written down ({}); the plan \
                 waits until the clock is set",
                words_of(now.wall, &self.options.zone),
                words_of(kept.wall, &self.options.zone)
            );
            self.warnings.set(About::Clock, Some(sentence));
        }
        // The moments are those of another clock from here on.
        let then = if other_boot { kept.at() } else { now };
        if let Some(course) = &mut self.course {
            course.moved(then, now);
        }
        self.begun = kept.begun.map(|begun| now.tick_at(then.wall_at(begun)));
        self.count_what_was_in_flight(&kept, now);
        if self.options.after_restart == AfterRestart::Stop {
            self.finish(Ending::Interrupted);
            return;
        }
        self.resumed_at = Some(now.wall);
        if self.unset.is_none() && self.state == State::Running {
            self.aim(now, Passed::Skip);
        }
    }

    /// A shot that was begun counts as taken, as soon as its first edge has passed.
    fn count_what_was_in_flight(&mut self, kept: &Kept, now: Now) {
        let limits = self.options.limits;
        let (Some(begun), Some(course)) = (self.begun, &mut self.course) else {
            return;
        };
        let starts = begun.before(course.plan.lead());
        // Without the right time nobody can tell, and it must not be taken twice.
        if now.tick < starts && self.unset.is_none() {
            return;
        }
        self.begun = None;
        course.begin(begun, &limits);
        course.taken = course.taken.saturating_add(1);
        if kept.total == self.total {
            self.was_in_flight(Cause::Plan, now.wall_at(begun));
        }
    }

    fn was_in_flight(&mut self, cause: Cause, at: jiff::Timestamp) {
        self.total += 1;
        let problem = "the service ended during this shot; it may not have been taken".to_owned();
        self.note(Shot {
            number: self.total,
            cause,
            at,
            late_ms: 0.0,
            held: Duration::ZERO,
            problem: Some(problem),
        });
    }

    /// Whether the plan waits for a wall clock that is not set.
    pub(super) fn waits_for_the_wall(&mut self, now: Now) -> bool {
        let Some((patience, plausible)) = self.unset else {
            return false;
        };
        let Some(course) = &mut self.course else {
            return false;
        };
        if plausible.duration_since(now.wall) <= BEHIND {
            self.warnings.set(About::Clock, None);
        } else {
            let phase = matches!(course.aim, Aim::Phase(_)) && self.calendar.always();
            if !phase || now.tick < patience {
                return true;
            }
            course.aim = Aim::Phase(now.tick.plus(course.plan.lead()));
            let sentence = "the clock is not set; the plan went on in a new phase".to_owned();
            self.warnings.set(About::Clock, Some(sentence));
        }
        self.unset = None;
        self.aim(now, Passed::Skip);
        self.changed();
        false
    }
}

impl Course {
    /// The same moments of the wall clock, where the clock that is never set is another, or the
    /// wall clock was wrong.
    pub(super) fn moved(&mut self, from: Now, to: Now) {
        let moved = |tick: Tick| to.tick_at(from.wall_at(tick));
        if let Aim::Phase(tick) = &mut self.aim {
            *tick = moved(*tick);
        }
        self.first = self.first.map(moved);
        self.last = self.last.map(moved);
    }
}
