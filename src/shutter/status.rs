//! The line of `xshutter`: how far each camera's plan is, and how long it is to the next shot.

use std::cell::OnceCell;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::cameras::{Camera, Standing};
use super::snapshot::Snapshot;
use super::words;
use crate::bar::{Click, Colour, Error, Icon, Line, Segment, Template};

/// The fields of `--format`, which is filled for each camera.
pub const FIELDS: [&str; 17] = [
    "icon", "name", "state", "progress", "shots", "count", "next", "next_at", "interval", "left",
    "eta", "percent", "jitter", "skipped", "total", "problem", "server",
];

/// How states look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// While a plan runs.
    pub running: Option<Colour>,
    /// While it waits to be resumed.
    pub paused: Option<Colour>,
    /// While something is wrong.
    pub problem: Option<Colour>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            running: None,
            paused: Some(Colour(0xfa, 0xbd, 0x2f)),
            problem: Some(Colour(0xfb, 0x49, 0x34)),
        }
    }
}

/// What the person asked for; what is absent is as usual.
#[derive(Debug, Clone, Default)]
pub struct Wishes<'a> {
    /// The template of each camera.
    pub template: Option<&'a str>,
    /// What stands between two cameras: two spaces without.
    pub separator: Option<&'a str>,
    /// What is shown of a camera that cannot be reached: `offline` without.
    pub absent: Option<&'a str>,
    /// How states look.
    pub look: Look,
    /// What a click runs.
    pub click: Option<Click>,
    /// Whether nothing is shown of cameras that cannot be reached.
    pub hide_when_absent: bool,
}

/// How the person wants the line.
#[derive(Debug, Clone)]
pub struct Format {
    template: Option<Template>,
    separator: String,
    absent: String,
    look: Look,
    click: Option<Click>,
    hide_when_absent: bool,
    /// Found out when it is first needed: that takes some milliseconds.
    zone: OnceCell<TimeZone>,
}

impl Format {
    /// Takes over what the person configured.
    ///
    /// # Errors
    /// When the template has a field that is none of [`FIELDS`], or a stray brace.
    pub fn new(wishes: Wishes<'_>) -> Result<Self, Error> {
        let template = wishes.template.map(|text| Template::parse(text, &FIELDS));
        Ok(Self {
            template: template.transpose()?,
            separator: wishes.separator.unwrap_or("  ").to_owned(),
            absent: wishes.absent.unwrap_or("offline").to_owned(),
            look: wishes.look,
            click: wishes.click,
            hide_when_absent: wishes.hide_when_absent,
            zone: OnceCell::new(),
        })
    }

    /// Whether the line shows something that changes with the clock.
    #[must_use]
    pub fn is_ticking(&self) -> bool {
        let template = self.template.as_ref();
        template.is_none_or(|template| template.uses("next") || template.uses("left"))
    }

    /// The line for these cameras; `with_tooltip` is whether the bar has a use for one.
    #[must_use]
    pub fn line(&self, cameras: &[Camera], now: Timestamp, with_tooltip: bool) -> Line {
        let is_absent = |camera: &&Camera| camera.standing() == Standing::Offline;
        let shown: Vec<&Camera> = cameras
            .iter()
            .filter(|camera| !(self.hide_when_absent && is_absent(camera)))
            .collect();
        let mut segments = Vec::new();
        for (index, camera) in shown.iter().enumerate() {
            if index > 0 {
                segments.push(Segment::verbatim(self.separator.as_str()));
            }
            segments.extend(match &self.template {
                Some(template) => template.fill(|field| self.value(field, camera, now)),
                None => self.usual(camera, cameras.len() > 1, now),
            });
        }
        let standings = || shown.iter().map(|camera| camera.standing());
        let first = standings().min_by_key(|standing| rank(*standing));
        let percentage = match shown.as_slice() {
            [camera] => percent(camera),
            _ => None,
        };
        Line {
            segments,
            class: first.map_or("offline", Standing::word),
            tooltip: with_tooltip.then(|| self.tooltip(cameras, now)),
            percentage,
            urgent: standings().any(|s| matches!(s, Standing::Failing | Standing::NoRelease)),
            hidden: shown.is_empty(),
            click: self.click.clone(),
        }
    }

    /// Icon, progress, count-down; the name as well where there are several.
    fn usual(&self, camera: &Camera, named: bool, now: Timestamp) -> Vec<Segment> {
        let colour = self.colour(camera.standing());
        let mut segments: Vec<Segment> = Vec::new();
        let mut add = |segment: Option<Segment>| {
            if let Some(segment) = segment {
                if !segments.is_empty() {
                    segments.push(Segment::verbatim(" "));
                }
                segments.push(segment);
            }
        };
        add(self.value("icon", camera, now));
        if named {
            add(self.value("name", camera, now));
        }
        let plain = |text: &str| Some(Segment::verbatim(text).coloured(colour));
        match camera.standing() {
            Standing::Connecting => add(plain("...")),
            Standing::Offline => add(plain(&self.absent)),
            Standing::Forbidden => add(plain("password")),
            Standing::NoRelease => add(plain("no release")),
            Standing::Idle => add(plain("idle")),
            Standing::Paused | Standing::Failing => add(self.value("progress", camera, now)),
            Standing::Running => {
                add(self.value("progress", camera, now));
                add(self.value("next", camera, now));
            }
        }
        segments
    }

    fn colour(&self, standing: Standing) -> Option<Colour> {
        match standing {
            Standing::Running => self.look.running,
            Standing::Paused => self.look.paused,
            Standing::Forbidden | Standing::NoRelease | Standing::Failing => self.look.problem,
            Standing::Connecting | Standing::Offline | Standing::Idle => None,
        }
    }

    fn value(&self, field: &str, camera: &Camera, now: Timestamp) -> Option<Segment> {
        let standing = camera.standing();
        let colour = self.colour(standing);
        if field == "icon" {
            return Some(Segment::icon(icon(camera, now)).coloured(colour));
        }
        let text = match field {
            "name" => camera.name().to_owned(),
            "server" => camera.address.clone(),
            "state" => return Some(Segment::verbatim(standing.word()).coloured(colour)),
            "problem" => words::remarks(camera).into_iter().next()?,
            // Numbers of a camera that cannot be reached are not of now.
            _ if !camera.is_online() => return None,
            _ => self.number(field, camera, camera.snapshot.as_deref()?, now)?,
        };
        Some(Segment::untrusted(text).coloured(colour))
    }

    fn number(
        &self,
        field: &str,
        camera: &Camera,
        snapshot: &Snapshot,
        now: Timestamp,
    ) -> Option<String> {
        Some(match field {
            "progress" => match snapshot.count {
                Some(count) => format!("{}/{count}", snapshot.shots),
                None => snapshot.shots.to_string(),
            },
            "shots" => snapshot.shots.to_string(),
            "count" => snapshot.count?.to_string(),
            "skipped" => snapshot.skipped.to_string(),
            "total" => snapshot.total.to_string(),
            "next" => {
                let exposing = camera.exposing_for(now).filter(|left| !left.is_zero());
                let left = exposing.or_else(|| camera.next_in(now))?;
                words::countdown(left)
            }
            "left" => words::brief(words::until(snapshot.eta?, camera.clock(now))),
            "interval" => words::duration(snapshot.interval?),
            "next_at" => self.clock(snapshot.next_at?, "%H:%M:%S"),
            "eta" => self.clock(snapshot.eta?, "%H:%M"),
            "percent" => format!("{}%", percent(camera)?),
            "jitter" => words::milliseconds(snapshot.jitter_ms?.p99),
            _ => return None,
        })
    }

    fn clock(&self, at: Timestamp, form: &str) -> String {
        let zone = self.zone.get_or_init(TimeZone::system);
        at.to_zoned_datetime(zone.clone())
            .strftime(form)
            .to_string()
    }

    fn tooltip(&self, cameras: &[Camera], now: Timestamp) -> String {
        let mut lines = Vec::new();
        for camera in cameras {
            let said = words::sentence(camera, now);
            lines.push(match cameras.len() {
                1 => said,
                _ => format!("{}: {said}", words::said(camera.name())),
            });
            if let Some(eta) = camera.snapshot.as_deref().and_then(|s| s.eta) {
                lines.push(format!("until {}", self.clock(eta, "%H:%M")));
            }
            lines.extend(words::remarks(camera));
        }
        lines.join("\n")
    }
}

/// The more it matters, the lower.
fn rank(standing: Standing) -> u8 {
    match standing {
        Standing::Failing => 0,
        Standing::NoRelease => 1,
        Standing::Forbidden => 2,
        Standing::Running => 3,
        Standing::Paused => 4,
        Standing::Idle => 5,
        Standing::Offline => 6,
        Standing::Connecting => 7,
    }
}

fn icon(camera: &Camera, now: Timestamp) -> Icon {
    match camera.standing() {
        Standing::NoRelease | Standing::Failing => Icon::Warning,
        Standing::Forbidden => Icon::Lock,
        Standing::Paused => Icon::Paused,
        _ if camera.is_online()
            && camera
                .exposing_for(now)
                .is_some_and(|left| left.as_millis() >= 1000) =>
        {
            Icon::Exposing
        }
        _ => Icon::Camera,
    }
}

/// How much of the plan is done, while there is one.
fn percent(camera: &Camera) -> Option<u8> {
    let going = matches!(
        camera.standing(),
        Standing::Running | Standing::Failing | Standing::Paused
    );
    let snapshot = camera.snapshot.as_deref().filter(|_| going)?;
    let count = snapshot.count.filter(|count| *count > 0)?;
    let share = u64::from(snapshot.shots) * 100 / u64::from(count);
    Some(share.min(100) as u8)
}

#[cfg(test)]
mod tests;
