//! What the machine shows, and what it keeps.

use std::sync::Arc;
use std::time::Duration;

use super::{Machine, Snapshot, State};
use crate::shutter::kept::Kept;
use crate::shutter::plan::Spacing;
use crate::shutter::schedule::{Course, Now, Passed, Tick};
use crate::shutter::snapshot::Cause;

/// For the end of a plan no more shots are gone through than this; where that is not enough, it is
/// not told. The timing thread has no time for more.
const SHOTS: u32 = 2000;
/// Nor is there time when the next shot of a plan with windows is so near.
const SOON: Duration = Duration::from_secs(2);
/// Nor is gone further with windows, hours.
const HOURS: i64 = 60 * 24;

/// When the plan will be over.
#[derive(Debug, Clone, Copy)]
pub struct Eta {
    /// It stays right while no further shot is left out.
    skipped: u32,
    ends: Option<Tick>,
}

impl Machine {
    /// The state; the same pointer while nothing has changed.
    pub fn snapshot(&mut self) -> Arc<Snapshot> {
        if let Some(shown) = &self.shown {
            return Arc::clone(shown);
        }
        let snapshot = Arc::new(self.look());
        self.shown = Some(Arc::clone(&snapshot));
        snapshot
    }

    fn look(&mut self) -> Snapshot {
        let now = self.turned;
        let eta = self.eta(now).map(|ends| now.wall_at(ends));
        let held = self.flight.as_ref().and_then(|flight| flight.held);
        let held = held.filter(|held| !held.mirror);
        let running = self.state != State::Idle;
        let course = self.course.as_ref();
        let plan = course.map(|course| &course.plan);
        Snapshot {
            name: self.options.name.clone(),
            state: self.state,
            shots: course.map_or(0, |course| course.taken),
            skipped: course.map_or(0, |course| course.skipped),
            total: self.total,
            next_at: self.next.map(|next| now.wall_at(next)),
            interval: plan.filter(|_| running).map(|plan| plan.interval),
            count: plan.filter(|_| running).and_then(|plan| plan.count),
            eta,
            jitter_ms: self.lateness.jitter(),
            exposing_since: held.map(|held| held.since.1),
            exposing_until: held.map(|held| now.wall_at(held.until)),
            plan: plan.cloned(),
            ended: self.ended,
            resumed_at: self.resumed_at,
            release: self.described.clone(),
            realtime: self.realtime,
            history: self.history.shots(),
            warning: self.warnings.sentence(),
        }
    }

    pub(super) fn kept(&self) -> Kept {
        let now = self.turned;
        let snapping = self
            .flight
            .as_ref()
            .is_some_and(|flight| flight.cause == Cause::Snap && flight.opened.is_some());
        Kept {
            state: self.state,
            course: self.course.clone(),
            begun: self.begun,
            snapping,
            total: self.total,
            ended: self.ended,
            lateness: self.lateness.clone(),
            ..Kept::new(&self.boot, now)
        }
    }

    fn eta(&mut self, now: Now) -> Option<Tick> {
        let course = self
            .course
            .as_ref()
            .filter(|_| self.state == State::Running)?;
        if let Some(eta) = self.eta.filter(|eta| eta.skipped == course.skipped) {
            return eta.ends;
        }
        let soon = |next: Tick| next.since(now.tick) < SOON;
        let busy = self.flight.is_some() || self.next.is_none_or(soon);
        // The sun takes its time.
        if self.unset.is_some() || (busy && !self.calendar.always()) {
            return None;
        }
        let ends = self.ends(course.clone(), now);
        let skipped = self.course.as_ref()?.skipped;
        self.eta = Some(Eta { skipped, ends });
        ends
    }

    /// Goes on in thought.
    fn ends(&mut self, mut course: Course, now: Now) -> Option<Tick> {
        let limits = self.options.limits;
        let mut left = course.plan.count?.checked_sub(course.taken)?;
        if let Some(flight) = &self.flight
            && flight.cause == Cause::Plan
        {
            left = left.checked_sub(1)?;
            if left == 0 {
                let body = course.plan.body(&limits, course.exposure(flight.opens));
                return Some(flight.opens.plus(body));
            }
        }
        let opens = course.next(now, Passed::Catch, &mut self.calendar, &limits)?;
        let even = course.plan.spacing == Spacing::ShotToShot || course.plan.ramp.is_none();
        if even && self.calendar.always() {
            let last = opens.plus(course.pitch(opens, &limits).saturating_mul(left.max(1) - 1));
            course.first.get_or_insert(opens);
            return Some(last.plus(course.plan.body(&limits, course.exposure(last))));
        }
        if left > SHOTS {
            return None;
        }
        let mut last = opens;
        for _ in 0..left {
            let then = Now {
                tick: last.before(course.plan.lead()),
                wall: now.wall_at(last.before(course.plan.lead())),
            };
            if then.wall.duration_since(now.wall) > jiff::SignedDuration::from_hours(HOURS) {
                return None;
            }
            last = course.next(then, Passed::Catch, &mut self.calendar, &limits)?;
            course.begin(last, &limits);
        }
        Some(last.plus(course.plan.body(&limits, course.exposure(last))))
    }
}
