//! A shot in flight: edge after edge, each at its time.
//!
//! Until the shutter opens, edges are at their planned moments; an exposure is as long as planned
//! from the moment it really began, unless the next shot would not have room. What is pressed is
//! let go by all means: a release that does not obey is asked until it does.

use std::time::Duration;

use jiff::Timestamp;

use super::Clock;
use crate::shutter::release::{self, Release, ReleaseError};
use crate::shutter::schedule::{Shot, Tick};
use crate::shutter::seconds::words;
use crate::shutter::snapshot::Cause;

/// An edge before the opening that is late by less moves nothing.
const GRACE: Duration = Duration::from_millis(20);
/// A shutter that is let go later than this is worth a word: the machine slept, or the release hung.
const OVER: Duration = Duration::from_millis(200);
/// Between two tries to let go: from, to.
const AGAIN: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));

/// One edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Focus,
    Open { hold: Duration, mirror: bool },
    Close,
    Unfocus,
}

/// What is held at the moment.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// Since.
    pub since: (Tick, Timestamp),
    /// It will be let go.
    pub until: Tick,
    /// It only lifts the mirror.
    pub mirror: bool,
}

/// What comes next.
#[derive(Debug)]
pub enum Progress {
    /// The next edge.
    Waits(Tick),
    /// All is done, and let go.
    Over,
    /// It could not be pressed; no picture was taken.
    Failed(ReleaseError),
}

/// A shot in flight.
pub struct Flight {
    /// Why it is taken.
    pub cause: Cause,
    /// When its first frame should open.
    pub opens: Tick,
    /// When its first frame opened.
    pub opened: Option<(Tick, Timestamp)>,
    /// What is held at the moment.
    pub held: Option<Held>,
    /// How long the last frame was held.
    pub exposed: Duration,
    /// What went wrong.
    pub problem: Option<String>,
    /// A button that cannot be let go.
    pub stuck: Option<ReleaseError>,
    /// How often it was begun.
    pub tries: u32,
    shot: Shot,
    pulse: Duration,
    /// It must be over by then.
    limit: Option<Tick>,
    /// The first edge is at this moment.
    starts: Tick,
    steps: Vec<(Duration, Step)>,
    step: usize,
    again: Option<(Tick, Duration)>,
}

impl Flight {
    /// A shot whose first edge is at `starts`.
    pub fn new(
        cause: Cause,
        starts: Tick,
        shot: Shot,
        pulse: Duration,
        limit: Option<Tick>,
    ) -> Self {
        let mut steps = Vec::with_capacity(shot.presses.len() * 2 + 2);
        if shot.half_press {
            steps.push((Duration::ZERO, Step::Focus));
        }
        for press in &shot.presses {
            let (hold, mirror) = (press.hold, press.mirror);
            steps.push((press.at, Step::Open { hold, mirror }));
            steps.push((press.at + hold, Step::Close));
        }
        if shot.half_press {
            steps.push((shot.length(), Step::Unfocus));
        }
        let lead = shot.presses.iter().find(|press| !press.mirror);
        Self {
            cause,
            opens: starts.plus(lead.map_or(Duration::ZERO, |press| press.at)),
            opened: None,
            held: None,
            exposed: Duration::ZERO,
            problem: None,
            stuck: None,
            tries: 1,
            shot,
            pulse,
            limit,
            starts,
            steps,
            step: 0,
            again: None,
        }
    }

    /// The same, from its first edge on, so much later than planned.
    pub fn anew(&self, starts: Tick) -> Self {
        let shot = self.shot.clone();
        Self {
            opens: self.opens,
            tries: self.tries + 1,
            ..Self::new(self.cause, starts, shot, self.pulse, self.limit)
        }
    }

    /// Whether nothing but the focus was pressed yet.
    pub fn may_be_called_off(&self) -> bool {
        self.opened.is_none()
            && self.held.is_none()
            && self.step <= usize::from(self.shot.half_press)
    }

    /// How late the first frame opened.
    pub fn late(&self) -> Duration {
        self.opened
            .map_or(Duration::ZERO, |(tick, _)| tick.since(self.opens))
    }

    /// When it will be over.
    pub fn ends(&self) -> Tick {
        self.starts.plus(self.shot.length())
    }

    /// Ends it now: the rest of it is left out.
    pub fn cut(&mut self, why: &str, now: Tick) {
        if let Some(held) = &mut self.held {
            held.until = held.until.min(now);
        }
        if self.opened.is_some() {
            self.problem.get_or_insert_with(|| why.to_owned());
        }
        self.leave_out();
    }

    /// Only what lets go is left to do.
    fn leave_out(&mut self) {
        self.steps.truncate(self.step);
        if self.held.is_some() {
            self.steps.push((Duration::ZERO, Step::Close));
        }
        if self.shot.half_press {
            self.steps.push((Duration::ZERO, Step::Unfocus));
        }
    }

    fn due(&self) -> Option<Tick> {
        let (at, step) = self.steps.get(self.step)?;
        if let Some((again, _)) = self.again {
            return Some(again);
        }
        Some(match (step, self.held) {
            (Step::Close, Some(held)) => held.until,
            (Step::Unfocus | Step::Close, _) => Tick::default(),
            (Step::Focus | Step::Open { .. }, _) => self.starts.plus(*at),
        })
    }

    /// Does what is due.
    pub fn turn(&mut self, release: &mut dyn Release, clock: &dyn Clock) -> Progress {
        loop {
            let Some(due) = self.due() else {
                return Progress::Over;
            };
            if clock.now().tick < due {
                return Progress::Waits(due);
            }
            if let Err(error) = self.edge(release, clock) {
                return Progress::Failed(error);
            }
        }
    }

    fn edge(&mut self, release: &mut dyn Release, clock: &dyn Clock) -> Result<(), ReleaseError> {
        let Some(&(at, step)) = self.steps.get(self.step) else {
            return Ok(());
        };
        match step {
            Step::Focus => {
                release.focus(true)?;
                let late = clock.now().tick.since(self.starts.plus(at));
                if late > GRACE {
                    self.starts = self.starts.plus(late);
                }
                self.step += 1;
            }
            Step::Open { hold, mirror } => return self.open(hold, mirror, at, release, clock),
            Step::Close => {
                if self.let_go(release.close(), release, clock) {
                    self.closed(at, clock.now().tick);
                }
            }
            Step::Unfocus => {
                if self.let_go(release.focus(false), release, clock) {
                    self.step += 1;
                }
            }
        }
        Ok(())
    }

    fn open(
        &mut self,
        hold: Duration,
        mirror: bool,
        at: Duration,
        release: &mut dyn Release,
        clock: &dyn Clock,
    ) -> Result<(), ReleaseError> {
        let room = |limit: Tick| clock.now().tick.plus(hold.min(self.pulse)) <= limit;
        if self.opened.is_some() && !self.limit.is_none_or(room) {
            self.problem = Some("the last frames were left out, as the shot was late".into());
            self.leave_out();
            return Ok(());
        }
        if let Err(error) = release.open(hold.saturating_add(release::SPARE)) {
            if self.opened.is_none() {
                return Err(error);
            }
            self.problem = Some(error.to_string());
            self.leave_out();
            return Ok(());
        }
        let now = clock.now();
        let late = now.tick.since(self.starts.plus(at));
        if !mirror || late > GRACE {
            self.starts = self.starts.plus(late);
        }
        let mut until = now.tick.plus(hold);
        if let Some(limit) = self.limit.filter(|limit| *limit < until) {
            let limit = limit.max(now.tick.plus(hold.min(self.pulse)));
            let early = until.since(limit);
            self.problem = Some(format!(
                "the exposure was ended {} early, as the shot was late",
                words(early)
            ));
            until = limit;
        }
        self.held = Some(Held {
            since: (now.tick, now.wall),
            until,
            mirror,
        });
        if !mirror {
            self.opened.get_or_insert((now.tick, now.wall));
        }
        self.step += 1;
        Ok(())
    }

    /// Whether a button is let go; if not, it will be tried again.
    fn let_go(
        &mut self,
        done: Result<(), ReleaseError>,
        release: &mut dyn Release,
        clock: &dyn Clock,
    ) -> bool {
        let Err(error) = done else {
            self.stuck = None;
            self.again = None;
            return true;
        };
        self.problem = Some(error.to_string());
        // It lets everything go where it works.
        if release.recover().is_ok() {
            self.stuck = None;
            self.again = None;
            self.steps.truncate(self.step + 1);
            return true;
        }
        self.stuck = Some(error);
        let wait = self
            .again
            .map_or(AGAIN.0, |(_, wait)| (wait * 2).min(AGAIN.1));
        self.again = Some((clock.now().tick.plus(wait), wait));
        false
    }

    fn closed(&mut self, at: Duration, now: Tick) {
        if let Some(held) = self.held.take() {
            if !held.mirror {
                self.exposed = now.since(held.since.0);
            }
            let over = now.since(held.until);
            if over > OVER {
                let sentence = || format!("the shutter was let go {} late", words(over));
                self.problem.get_or_insert_with(sentence);
            }
            // From the opening on, what comes next counts from what really was.
            if self.opened.is_some() {
                let late = now.since(self.starts.plus(at));
                self.starts = self.starts.plus(late);
            }
        }
        self.step += 1;
    }
}
