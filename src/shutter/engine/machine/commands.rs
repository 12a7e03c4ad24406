//! What is asked of the engine.

use std::time::Duration;

use super::{About, Course, Flight, Lateness, Machine, Now, Passed, Progress};
use crate::shutter::command::{Change, Command};
use crate::shutter::engine::{Kind, Refusal};
use crate::shutter::plan::{Edge, Plan, PlanError};
use crate::shutter::schedule::{Aim, Calendar, Shot, changed};
use crate::shutter::seconds::words;
use crate::shutter::snapshot::{Cause, Ending, State};

fn invalid(error: &PlanError) -> Refusal {
    Refusal::new(Kind::Invalid, error.to_string())
}

fn conflict(sentence: impl Into<String>) -> Refusal {
    Refusal::new(Kind::Conflict, sentence)
}

impl Machine {
    /// Does what is asked, or says why not.
    pub fn command(&mut self, command: Command) -> Result<(), Refusal> {
        let now = self.clock.now();
        self.notice_the_wall(now);
        match command {
            Command::Start(plan) => self.start(plan, now),
            Command::Change(change) => self.change(&change, now),
            Command::Pause => self.pause(),
            Command::Resume => self.resume(now),
            Command::Stop => self.stop(now),
            Command::Snap => self.snap(now),
        }
    }

    fn running(&self) -> Result<(), Refusal> {
        if self.state == State::Idle {
            return Err(conflict("no plan runs; start one first"));
        }
        Ok(())
    }

    fn start(&mut self, plan: Plan, now: Now) -> Result<(), Refusal> {
        if self.state != State::Idle {
            return Err(conflict("a plan runs; stop it before you start another"));
        }
        plan.check(&self.options.limits)
            .map_err(|error| invalid(&error))?;
        let mut edges = plan
            .windows
            .iter()
            .flat_map(|window| [window.from, window.to]);
        let by_sun = edges.any(|edge| matches!(edge, Edge::Sun { .. }));
        if by_sun && self.options.place.is_none() {
            return Err(invalid(&PlanError::NoPlace));
        }
        let zone = self.options.zone.clone();
        let mut calendar = Calendar::new(&plan.windows, zone, self.options.place);
        let first = plan.start_at.map_or(now.wall, |start| start.max(now.wall));
        if calendar.at(first).is_none() {
            return Err(invalid(&PlanError::NeverOpens));
        }
        self.calendar = calendar;
        self.course = Some(Course::new(plan, now));
        self.state = State::Running;
        self.ended = None;
        self.resumed_at = None;
        self.lateness = Lateness::default();
        self.failures = 0;
        self.eta = None;
        for about in [About::Engine, About::Kept, About::Press] {
            self.warnings.set(about, None);
        }
        self.aim(now, Passed::Catch);
        self.changed();
        Ok(())
    }

    fn change(&mut self, change: &Change, now: Now) -> Result<(), Refusal> {
        self.running()?;
        let Some(course) = &mut self.course else {
            return Ok(());
        };
        let limits = self.options.limits;
        changed(&course.plan, change)
            .check(&limits)
            .map_err(|error| invalid(&error))?;
        if change.bulb.is_some() && course.plan.bulb.is_none() {
            let sentence = "the plan has no bulb exposure that could be changed; stop it and start \
                            one that has";
            return Err(Refusal::new(Kind::Invalid, sentence));
        }
        let flying = self.flight.iter().any(|flight| flight.cause == Cause::Plan);
        let taken = course.taken + u32::from(flying);
        if let Some(Some(count)) = change.count
            && count < taken
        {
            return Err(Refusal::new(
                Kind::Invalid,
                format!(
                    "{taken} shots were taken already, {count} are less; stop the plan instead"
                ),
            ));
        }
        let interval = course.plan.interval;
        let waits = !matches!(course.aim, Aim::Phase(_));
        course.change(change, &limits);
        // Only another interval moves the next shot.
        if course.plan.interval == interval
            && !flying
            && let Some(next) = self.next
            && !waits
        {
            course.aim = Aim::Phase(next);
        }
        self.eta = None;
        if !flying {
            self.begun = None;
        }
        self.aim(now, Passed::Forget);
        self.changed();
        Ok(())
    }

    fn pause(&mut self) -> Result<(), Refusal> {
        self.running()?;
        self.state = State::Paused;
        let flying = self
            .flight
            .iter()
            .any(|flight| flight.cause == Cause::Plan && !flight.may_be_called_off());
        if let Some(flight) = &mut self.flight
            && flight.cause == Cause::Plan
            && flight.may_be_called_off()
        {
            let now = self.clock.now();
            flight.cut("", now.tick);
        }
        if !flying {
            self.begun = None;
        }
        self.next = None;
        self.warnings.set(About::Windows, None);
        self.changed();
        Ok(())
    }

    fn resume(&mut self, now: Now) -> Result<(), Refusal> {
        self.running()?;
        if self.state == State::Paused {
            self.state = State::Running;
            self.eta = None;
            if self.unset.is_none() {
                self.aim(now, Passed::Forget);
            }
            self.changed();
        }
        Ok(())
    }

    fn stop(&mut self, now: Now) -> Result<(), Refusal> {
        if self.flight.is_none() {
            self.running()?;
        }
        if let Some(mut flight) = self.flight.take() {
            flight.cut("it was stopped", now.tick);
            match flight.turn(self.release.as_mut(), self.clock.as_ref()) {
                Progress::Waits(_) => self.flight = Some(flight),
                Progress::Over | Progress::Failed(_) => self.landed(&flight),
            }
        }
        if self.state != State::Idle {
            self.finish(Ending::Stopped);
        }
        Ok(())
    }

    /// How a picture is taken that is asked for: as the plan takes its own, one frame; without a
    /// plan the camera exposes.
    fn snap_plan(&self) -> Plan {
        let idle = Plan {
            half_press: self.options.half_press,
            ..Plan::default()
        };
        let Some(course) = &self.course else {
            return idle;
        };
        let plan = Plan {
            bracket: None,
            ..course.plan.clone()
        };
        if self.state == State::Idle {
            return Plan {
                half_press: self.options.half_press.max(plan.half_press),
                mirror_lockup: plan.mirror_lockup,
                ..idle
            };
        }
        plan
    }

    fn snap(&mut self, now: Now) -> Result<(), Refusal> {
        if let Some(flight) = &self.flight {
            return Err(conflict(format!(
                "a picture is being taken for another {}; try again then",
                words(flight.ends().since(now.tick))
            )));
        }
        let limits = self.options.limits;
        let plan = self.snap_plan();
        let exposure = match &self.course {
            Some(course) if self.state != State::Idle => course.exposure(now.tick),
            _ => plan.bulb,
        };
        let shot = Shot::of(&plan, &limits, exposure);
        let next = self.next_start(now).map(|(_, starts)| starts);
        let limit = next.map(|starts| starts.before(limits.pulse / 2));
        let ends = now.tick.max(self.rested).plus(shot.length());
        if let (Some(limit), Some(next)) = (limit, next)
            && ends > limit
        {
            return Err(conflict(format!(
                "the plan's next shot begins in {}, and a picture takes {}; try again after it",
                words(next.since(now.tick)),
                words(shot.length() + limits.pulse / 2)
            )));
        }
        if self.described.problem.is_some() {
            self.look_for_release();
        }
        for last in [false, true] {
            let starts = self.clock.now().tick.max(self.rested);
            let mut flight = Flight::new(Cause::Snap, starts, shot.clone(), limits.pulse, limit);
            match flight.turn(self.release.as_mut(), self.clock.as_ref()) {
                Progress::Waits(_) => {
                    self.flight = Some(flight);
                    self.changed();
                    return Ok(());
                }
                Progress::Over => {
                    self.landed(&flight);
                    return Ok(());
                }
                Progress::Failed(error) => {
                    self.described.problem = Some(error.to_string());
                    let back = self.look_for_release();
                    let late = limit.is_some_and(|limit| {
                        self.clock.now().tick.plus(shot.length() + Duration::ZERO) > limit
                    });
                    if last || !back || late {
                        return Err(Refusal::new(Kind::Unavailable, error.to_string()));
                    }
                }
            }
        }
        Ok(())
    }
}
