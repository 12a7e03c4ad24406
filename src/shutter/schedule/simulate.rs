//! What a plan will do, without waiting for it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::plan::{Limits, Plan};
use super::super::solar::Place;
use super::course::Passed;
use super::{Calendar, Course, Now, Shot, Tick};

/// A shot that will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its first frame opens.
    pub opens: Timestamp,
    /// Its first button is pressed: so much earlier.
    pub starts: Timestamp,
    /// Its buttons.
    pub shot: Shot,
}

/// The shots of a plan that is started at a time, if nobody sets the clock. Endless where the plan
/// is; ends where no window opens any more.
pub fn simulate(
    plan: Plan,
    start: Timestamp,
    zone: TimeZone,
    place: Option<Place>,
    limits: Limits,
) -> impl Iterator<Item = Planned> {
    let mut now = Now {
        tick: Tick::default(),
        wall: start,
    };
    let mut calendar = Calendar::new(&plan.windows, zone, place);
    let mut course = Course::new(plan, now);
    std::iter::from_fn(move || {
        if course.is_done() {
            return None;
        }
        let opens = course.next(now, Passed::Catch, &mut calendar, &limits)?;
        let starts = opens.before(course.plan.lead());
        now = Now {
            tick: starts,
            wall: now.wall_at(starts),
        };
        course.begin(opens, &limits);
        course.taken += 1;
        let shot = Shot::of(&course.plan, &limits, course.exposure(opens));
        Some(Planned {
            opens: now.wall_at(opens),
            starts: now.wall,
            shot,
        })
    })
}
