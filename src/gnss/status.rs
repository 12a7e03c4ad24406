//! The line of `xgnss`: where, how old, how sure.
//!
//! A position is shown as long as it is fresh or stale, and a stale one never without words for
//! its age, whatever the template says. A lost one is not shown.

use std::time::Duration;

use super::clock::Moment;
use super::coordinates::{Notation, decimal};
use super::fix::{Fix, Mode};
use super::satellite::Sky;
use super::snapshot::{Limits, Link, Snapshot, State};
use super::units::{Units, duration, rounded, until_next};
use crate::bar::{Error, Icon, Line, Segment, Template};

/// The fields of `--format`.
pub const FIELDS: [&str; 23] = [
    "icon",
    "mode",
    "position",
    "lat",
    "lon",
    "mgrs",
    "maidenhead",
    "altitude",
    "speed",
    "track",
    "climb",
    "age",
    "note",
    "used",
    "seen",
    "hdop",
    "pdop",
    "accuracy",
    "time",
    "cell",
    "source",
    "receiver",
    "error",
];

/// How the person wants the line.
#[derive(Debug, Clone)]
pub struct Format {
    template: Option<Template>,
    notation: Notation,
    units: Units,
    hide_when_absent: bool,
}

/// A snapshot at a moment.
struct View<'a> {
    snapshot: &'a Snapshot,
    state: State,
    now: Moment,
    /// The fix, while it may be shown.
    fix: Option<&'a Fix>,
    sky: Option<&'a Sky>,
}

impl Format {
    /// The usual line, or one by a template.
    ///
    /// # Errors
    /// When the template has a field that is not one of [`FIELDS`], or a stray brace.
    pub fn new(
        template: Option<&str>,
        notation: Notation,
        units: Units,
        hide_when_absent: bool,
    ) -> Result<Self, Error> {
        let template = template
            .map(|text| Template::parse(text, &FIELDS))
            .transpose()?;
        Ok(Self {
            template,
            notation,
            units,
            hide_when_absent,
        })
    }

    /// Whether it shows satellites, which come apart from the position.
    #[must_use]
    pub fn wants_sky(&self) -> bool {
        self.template.as_ref().is_none_or(|template| {
            ["used", "seen", "hdop", "pdop"]
                .iter()
                .any(|field| template.uses(field))
        })
    }

    /// The line at this moment.
    #[must_use]
    pub fn line(&self, snapshot: &Snapshot, now: Moment, limits: Limits) -> Line {
        let view = View::new(snapshot, now, limits);
        let note = view.note();
        let mut segments = match &self.template {
            Some(template) => template.fill(|field| self.value(field, &view)),
            None => self.usual(&view),
        };
        let says_so = self
            .template
            .as_ref()
            .is_some_and(|template| template.uses("note") || template.uses("age"));
        if let Some(note) = note.filter(|_| !says_so) {
            if !segments.is_empty() {
                segments.push(Segment::verbatim(" "));
            }
            segments.push(Segment::untrusted(note));
        }
        let absent = matches!(view.state, State::NoSource | State::Connecting);
        Line {
            segments,
            class: class(&view),
            tooltip: Some(self.tooltip(&view)),
            percentage: None,
            urgent: false,
            hidden: self.hide_when_absent && absent,
            click: None,
        }
    }

    /// When the line reads differently although nothing comes in.
    #[must_use]
    pub fn next_change(&self, snapshot: &Snapshot, now: Moment, limits: Limits) -> Option<Moment> {
        let view = View::new(snapshot, now, limits);
        let shows_age = match view.state {
            State::Fix => self.template.as_ref().is_some_and(|t| t.uses("age")),
            State::Stale | State::Lost | State::Searching { .. } => true,
            State::NoSource | State::Connecting => false,
        };
        let since = match view.state {
            State::Searching { since } => Some(now.since(since)),
            _ => snapshot.age(now),
        };
        let tick = since
            .filter(|_| shows_age)
            .map(|age| now.plus(until_next(age)));
        [snapshot.next_change(now, limits), tick]
            .into_iter()
            .flatten()
            .min()
    }

    /// Icon, position, and satellites while they say something of now.
    fn usual(&self, view: &View<'_>) -> Vec<Segment> {
        let mut segments = vec![Segment::icon(view.icon())];
        let mut add = |text: String| {
            segments.push(Segment::verbatim(" "));
            segments.push(Segment::untrusted(text));
        };
        if let Some(position) = view.position(self.notation) {
            add(position);
        }
        if view.state == State::Fix {
            let used = view.snapshot.used();
            match (used, view.sky.map(|sky| sky.satellites.len())) {
                (Some(used), Some(seen)) if seen > 0 => add(format!("{used}/{seen}")),
                (Some(used), _) => add(used.to_string()),
                (None, Some(seen)) if seen > 0 => add(seen.to_string()),
                _ => {}
            }
        }
        segments
    }

    fn value(&self, field: &str, view: &View<'_>) -> Option<Segment> {
        let fix = view.fix;
        let place = fix.and_then(|fix| fix.position);
        let dop = fix.map(|_| view.snapshot.dop()).unwrap_or_default();
        let text = match field {
            "icon" => return Some(Segment::icon(view.icon())),
            "mode" => view.mode().to_owned(),
            "position" => view.position(self.notation)?,
            "lat" => rounded(place?.lat_deg(), 5),
            "lon" => rounded(place?.lon_deg(), 5),
            "mgrs" => Notation::Mgrs.write(place?),
            "maidenhead" => Notation::Maidenhead.write(place?),
            "altitude" => self.units.length(fix?.altitude_msl_m?, 0),
            "speed" => self.units.speed(fix?.speed_mps?),
            "track" => format!("{}°", rounded(fix?.track_deg?, 0)),
            "climb" => self.units.climb(fix?.climb_mps?),
            "age" => duration(view.snapshot.age(view.now)?),
            "note" => view.note()?,
            "used" => view.snapshot.used().filter(|_| fix.is_some())?.to_string(),
            "seen" => view.sky?.satellites.len().to_string(),
            "hdop" => rounded(dop.hdop?, 1),
            "pdop" => rounded(dop.pdop?, 1),
            "accuracy" => self.units.length(fix?.error.horizontal_m?, 0),
            "time" => {
                fix?;
                view.snapshot.time()?.to_string()
            }
            "cell" => view.snapshot.cell?.value.to_string(),
            "source" => view.snapshot.source.clone()?,
            "receiver" => view.snapshot.receiver.clone()?,
            "error" => view.snapshot.error.clone()?,
            _ => return None,
        };
        Some(Segment::untrusted(text))
    }

    fn tooltip(&self, view: &View<'_>) -> String {
        let mut lines = vec![
            view.note()
                .unwrap_or_else(|| format!("{} fix", view.mode())),
        ];
        if let Some(fix) = view.fix {
            lines.extend(fix.position.map(|position| Notation::Dms.write(position)));
            let parts = [
                fix.altitude_msl_m.map(|m| self.units.length(m, 0)),
                fix.speed_mps.map(|speed| self.units.speed(speed)),
                fix.error
                    .horizontal_m
                    .map(|m| format!("± {}", self.units.length(m, 0))),
            ];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            if !parts.is_empty() {
                lines.push(parts.join(", "));
            }
        }
        if let Some(sky) = view.sky {
            let used = view.snapshot.used();
            let used = used
                .map(|used| format!(", {used} used"))
                .unwrap_or_default();
            lines.push(format!("{} satellites{used}", sky.satellites.len()));
        }
        lines.extend(
            view.snapshot
                .cell
                .map(|held| format!("cell {}", held.value.network())),
        );
        lines.extend(
            view.snapshot
                .receiver
                .clone()
                .or(view.snapshot.source.clone()),
        );
        lines.extend(view.snapshot.error.clone());
        lines.join("\n")
    }
}

impl<'a> View<'a> {
    fn new(snapshot: &'a Snapshot, now: Moment, limits: Limits) -> Self {
        let state = snapshot.state(now, limits);
        let may_be_shown = matches!(state, State::Fix | State::Stale);
        Self {
            snapshot,
            state,
            now,
            fix: snapshot
                .fix
                .as_ref()
                .filter(|_| may_be_shown)
                .map(|held| &held.value),
            sky: snapshot.sky(now, limits),
        }
    }

    fn mode(&self) -> &'static str {
        match self.fix.map(|fix| fix.mode) {
            Some(Mode::ThreeD) => "3D",
            Some(Mode::TwoD) => "2D",
            _ => "no",
        }
    }

    fn icon(&self) -> Icon {
        match self.state {
            State::Fix if self.mode() == "2D" => Icon::Fix2d,
            State::Fix => Icon::Fix3d,
            State::Stale => Icon::Stale,
            State::Searching { .. } => Icon::Searching,
            State::Lost => Icon::Warning,
            State::NoSource | State::Connecting => Icon::Plug,
        }
    }

    fn position(&self, notation: Notation) -> Option<String> {
        let position = self.fix?.position?;
        Some(match notation {
            // A metre: what a bar has room for.
            Notation::Dd => decimal(position, 5),
            other => other.write(position),
        })
    }

    /// What a position that is not of now, or that there is none, is called in few words.
    fn note(&self) -> Option<String> {
        let age = || duration(self.snapshot.age(self.now).unwrap_or(Duration::ZERO));
        Some(match self.state {
            State::Fix => return None,
            State::Stale => format!("{} old", age()),
            State::Lost => format!("lost {} ago", age()),
            State::Searching { since } => {
                let time = duration(self.now.since(since));
                match self.sky.map(Sky::heard) {
                    Some(1) => format!("no fix {time}, 1 satellite"),
                    Some(heard) => format!("no fix {time}, {heard} satellites"),
                    None if self.snapshot.link == Link::Ended => "no fix".to_owned(),
                    None => format!("no fix {time}"),
                }
            }
            State::NoSource => "no GNSS".to_owned(),
            State::Connecting => match (&self.snapshot.error, &self.snapshot.source) {
                (Some(_), Some(source)) if source.starts_with("gpsd") => "no gpsd".to_owned(),
                (Some(_), Some(source)) if source.starts_with("file") => "no file".to_owned(),
                (Some(_), _) => "no receiver".to_owned(),
                (None, _) => "starting".to_owned(),
            },
        })
    }
}

fn class(view: &View<'_>) -> &'static str {
    match view.state {
        State::Fix => "fix",
        State::Stale => "stale",
        State::Lost => "lost",
        State::Searching { .. } => "searching",
        State::NoSource | State::Connecting => "absent",
    }
}

#[cfg(test)]
mod tests;
