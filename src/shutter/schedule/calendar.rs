//! The daily windows, day by day: by the clock of the place, or by its sun.
//!
//! A window that begins in an hour that a day does not have (the clocks go forward) begins so much
//! later; one whose end is before its start goes over midnight. By the sun: where it is up all
//! day, a window from its rise begins and one to its set ends at midnight, so that days
//! join; where it stays down there is none. For dusk and dawn likewise.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::super::plan::{Edge, Sun, Window};
use super::super::solar::{self, Place};

/// A window that begins later than after so many days is none.
const DAYS: usize = 370;
/// Days that are kept, so that the sun is not asked again and again.
const KEPT: usize = 100;

/// A stretch of time without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub to: Timestamp,
}

impl Span {
    /// All the time there is.
    pub const ALWAYS: Self = Self {
        from: Timestamp::MIN,
        to: Timestamp::MAX,
    };
}

/// A plan's windows at a place.
#[derive(Debug, Clone)]
pub struct Calendar {
    windows: Vec<Window>,
    zone: TimeZone,
    place: Option<Place>,
    days: BTreeMap<Date, Vec<Span>>,
    /// The last answer, and when it is the right one.
    last: Option<(Span, Option<Span>)>,
}

impl Calendar {
    /// A calendar; without windows it is always open.
    #[must_use]
    pub fn new(windows: &[Window], zone: TimeZone, place: Option<Place>) -> Self {
        Self {
            windows: windows.to_vec(),
            zone,
            place,
            days: BTreeMap::new(),
            last: None,
        }
    }

    /// Whether there are windows at all.
    #[must_use]
    pub fn always(&self) -> bool {
        self.windows.is_empty()
    }

    /// Whether a window is open at a time, as far as that is known without asking the sun.
    #[must_use]
    pub fn is_surely_open(&self, time: Timestamp) -> bool {
        let found = self.last.and_then(|(_, found)| found);
        self.windows.is_empty() || found.is_some_and(|span| (span.from..span.to).contains(&time))
    }

    /// What the sun must do for the next window to open, where one depends on it.
    #[must_use]
    pub fn sun(&self) -> Option<Sun> {
        self.windows
            .iter()
            .flat_map(|window| [window.from, window.to])
            .find_map(|edge| match edge {
                Edge::Sun { event, .. } => Some(event),
                Edge::Clock(_) => None,
            })
    }

    /// The window that is open at a time, or the next one that opens after it; `None` when none
    /// does within a year. Of windows that overlap, one.
    pub fn at(&mut self, time: Timestamp) -> Option<Span> {
        if self.windows.is_empty() {
            return Some(Span::ALWAYS);
        }
        if let Some((valid, found)) = self.last
            && (valid.from..valid.to).contains(&time)
        {
            return found;
        }
        let found = self.next(time);
        let valid = match found {
            Some(span) => Span {
                from: span.from.min(time),
                to: span.to,
            },
            None => Span {
                from: time,
                to: moved(time, 24 * 60).unwrap_or(Timestamp::MAX),
            },
        };
        self.last = Some((valid, found));
        found
    }

    /// The first span that ends after a time.
    fn next(&mut self, time: Timestamp) -> Option<Span> {
        let today = self.zone.to_datetime(time).date();
        // A window of the day before may go over midnight, and be moved by half a day.
        let first = today.checked_sub(2.days()).ok()?;
        let mut found: Option<Span> = None;
        for (count, date) in first.series(1.day()).take(DAYS).enumerate() {
            for &span in self.day(date) {
                let better = found.is_none_or(|found| span.from < found.from);
                if span.to > time && better {
                    found = Some(span);
                }
            }
            // A later day's window may be moved before this day's.
            if count >= 3 && found.is_some() {
                break;
            }
        }
        found
    }

    fn day(&mut self, date: Date) -> &[Span] {
        if self.days.len() >= KEPT && !self.days.contains_key(&date) {
            self.days.pop_first();
        }
        let (windows, zone, place) = (&self.windows, &self.zone, self.place);
        self.days.entry(date).or_insert_with(|| {
            let opened = windows
                .iter()
                .filter_map(|window| span(window, date, zone, place));
            opened.collect()
        })
    }
}

/// What a window is on the day it begins.
fn span(window: &Window, date: Date, zone: &TimeZone, place: Option<Place>) -> Option<Span> {
    let [today, tomorrow, after] = [0, 1, 2].map(|days| midnight(date, days, zone));
    let (today, tomorrow, after) = (today?, tomorrow?, after?);
    let from = match window.from {
        Edge::Clock(time) => at(zone, date, time)?,
        Edge::Sun { event, offset_min } => {
            let doing = solar::doing(place?, event, today, tomorrow)?;
            match doing.first {
                Some(first) => moved(first, offset_min)?,
                None if doing.done => today,
                None => return None,
            }
        }
    };
    let to = match window.to {
        Edge::Clock(time) => {
            let same = at(zone, date, time)?;
            let overnight = match window.from {
                Edge::Clock(from) => time <= from,
                Edge::Sun { .. } => same <= from,
            };
            if overnight {
                at(zone, date.tomorrow().ok()?, time)?
            } else {
                same
            }
        }
        Edge::Sun { event, offset_min } => {
            let place = place?;
            // What is moved later by the offset may have happened before the start.
            let since = moved(from, -offset_min)?.min(after);
            let doing = solar::doing(place, event, since, after.max(moved(since, 1)?))?;
            match doing.first {
                Some(first) => moved(first, offset_min)?,
                None if doing.done => return None,
                None => tomorrow,
            }
        }
    };
    if to > from {
        return Some(Span { from, to });
    }
    // The clocks go forward over the start, and not over the end.
    let gap = gap_end(zone, from).filter(|gap| *gap < to)?;
    Some(Span { from: gap, to })
}

fn midnight(date: Date, days: i64, zone: &TimeZone) -> Option<Timestamp> {
    at(zone, date.checked_add(days.days()).ok()?, Time::midnight())
}

/// In an hour that a day does not have: so much later. In one that it has twice: the first.
fn at(zone: &TimeZone, date: Date, time: Time) -> Option<Timestamp> {
    zone.to_timestamp(date.to_datetime(time)).ok()
}

fn moved(at: Timestamp, minutes: i16) -> Option<Timestamp> {
    at.checked_add(SignedDuration::from_mins(minutes.into()))
        .ok()
}

/// When the clocks last went forward before this time.
fn gap_end(zone: &TimeZone, time: Timestamp) -> Option<Timestamp> {
    let transition = zone.preceding(time).next()?;
    (time.duration_since(transition.timestamp()) < SignedDuration::from_hours(3))
        .then(|| transition.timestamp())
}
