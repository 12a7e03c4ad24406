//! The forms of the page: what is typed becomes a plan or a change, or comes back with a
//! sentence beside each field that is wrong.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{capitalised, running};
use crate::shutter::command::Change;
use crate::shutter::plan::{Plan, Spacing};
use crate::shutter::server::problem::Problem;
use crate::shutter::snapshot::Snapshot;
use crate::shutter::words;

/// What is wrong, by the field's name; under the empty name what is wrong with the whole.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Errors(BTreeMap<&'static str, String>);

impl Errors {
    /// What the engine refused, at the field that it is about.
    pub fn of(problem: &Problem) -> Self {
        let field = problem.field.as_deref().unwrap_or_default();
        let known = FIELDS.iter().find(|(json, _)| *json == field);
        Self(BTreeMap::from([(
            known.map_or("", |(_, name)| *name),
            capitalised(&problem.error),
        )]))
    }
}

/// Fields of a plan or a change in JSON, and here.
const FIELDS: [(&str, &str); 10] = [
    ("start_at", "start_at"),
    ("delay_s", "delay"),
    ("interval_s", "interval"),
    ("count", "count"),
    ("bulb_s", "bulb"),
    ("half_press_s", "half_press"),
    ("mirror_lockup_s", "mirror"),
    ("bracket", "bracket"),
    ("ramp", "ramp"),
    ("windows", "windows"),
];

/// A form as the template has it.
pub(super) struct Form {
    /// `start` or `change`: another kind is another form.
    pub kind: &'static str,
    pub title: &'static str,
    pub action: &'static str,
    pub button: &'static str,
    pub error: Option<String>,
    pub fields: Vec<Field>,
    pub advanced: Vec<Field>,
    /// Whether the advanced fields are shown.
    pub open: bool,
    pub zone: String,
    pub clock: String,
}

/// A field with its words.
pub(super) struct Field {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub value: String,
    pub error: Option<String>,
    pub choices: &'static [(&'static str, &'static str)],
    /// Which keyboard a phone shows.
    pub keys: &'static str,
    pub wide: bool,
}

const SPACINGS: &[(&str, &str)] = &[
    ("shot_to_shot", "from opening to opening"),
    ("gap", "from the end of a picture to the next"),
];

impl Form {
    /// The form that belongs to the state, as it was sent where it was.
    pub fn of(
        snapshot: &Snapshot,
        sent: Option<(&[(String, String)], Errors)>,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Self {
        let plan = snapshot.plan.clone().unwrap_or_default();
        let (typed, Errors(errors)) = sent.unwrap_or_default();
        let field = |name, label, hint, value: String| Field {
            name,
            label,
            hint,
            value: typed
                .iter()
                .find(|(known, _)| known == name)
                .map_or(value, |(_, typed)| typed.clone()),
            error: errors.get(name).cloned(),
            choices: if name == "spacing" { SPACINGS } else { &[] },
            keys: if name == "count" { "numeric" } else { "text" },
            wide: matches!(name, "windows" | "spacing"),
        };
        let brief = |time: Option<Duration>| time.map(words::typed).unwrap_or_default();
        let unless_zero = |time: Duration| brief(Some(time).filter(|time| !time.is_zero()));
        let count = plan
            .count
            .map(|count| count.to_string())
            .unwrap_or_default();
        let basic = [
            field(
                "interval",
                "Interval",
                "10s, 1m30 or 0:10.",
                words::typed(plan.interval),
            ),
            field("count", "Pictures", "Empty: until it is stopped.", count),
        ];
        let bulb = field(
            "bulb",
            "Exposure (bulb)",
            "Empty: the camera decides.",
            brief(plan.bulb),
        );
        let error = errors.get("").cloned();
        let here = now.to_zoned_datetime(zone.clone());
        let form = Self {
            kind: "change",
            title: "Change the plan",
            action: "change",
            button: "Change",
            error,
            fields: Vec::new(),
            advanced: Vec::new(),
            open: false,
            zone: here.strftime("%Z").to_string(),
            clock: here.strftime("%H:%M").to_string(),
        };
        let mut fields = Vec::from(basic);
        if running(snapshot) {
            fields.push(bulb);
            return Self { fields, ..form };
        }
        fields.push(field(
            "delay",
            "Delay",
            "Before the first picture.",
            unless_zero(plan.delay),
        ));
        fields.push(bulb);
        let spacing = if plan.spacing == Spacing::Gap {
            "gap"
        } else {
            "shot_to_shot"
        };
        let windows: Vec<String> = plan.windows.iter().map(words::window).collect();
        let advanced = vec![
            field(
                "start_at",
                "Start at",
                "22:30, or a date and a time like 2026-12-24 22:30.",
                String::new(),
            ),
            field(
                "half_press",
                "Half-press",
                "So long before each picture; empty: none.",
                unless_zero(plan.half_press),
            ),
            field(
                "mirror",
                "Mirror lock-up",
                "The picture comes so long after the mirror went up.",
                brief(plan.mirror_lockup),
            ),
            field(
                "bracket",
                "Bracket",
                "Frames and steps in EV: 3:1, or 5:0.7:2s with the time between them.",
                plan.bracket
                    .as_ref()
                    .map(words::bracket)
                    .unwrap_or_default(),
            ),
            field(
                "ramp",
                "Exposure ramp",
                "Last exposure and how long it takes: 30s:2h, or 30s:2h:15m to begin later.",
                plan.ramp.as_ref().map(words::ramp).unwrap_or_default(),
            ),
            field(
                "spacing",
                "The interval counts",
                "A gap suits exposures of different length.",
                spacing.to_owned(),
            ),
            field(
                "windows",
                "Only between",
                "9:00-17:30, or sunset-30-sunrise; several with commas.",
                windows.join(", "),
            ),
        ];
        let set = |field: &Field| {
            !matches!(field.value.as_str(), "" | "shot_to_shot") || field.error.is_some()
        };
        Self {
            kind: "start",
            title: "New plan",
            action: "start",
            button: "Start",
            open: advanced.iter().any(set),
            fields,
            advanced,
            ..form
        }
    }
}

/// What was typed, field by field, with what is wrong so far.
struct Reader<'a> {
    typed: &'a [(String, String)],
    errors: BTreeMap<&'static str, String>,
}

impl<'a> Reader<'a> {
    fn new(typed: &'a [(String, String)]) -> Self {
        Self {
            typed,
            errors: BTreeMap::new(),
        }
    }

    fn text(&self, name: &str) -> &'a str {
        let field = self.typed.iter().find(|(known, _)| known == name);
        field.map_or("", |(_, value)| value.trim())
    }

    /// What a field says; nothing where it is empty or wrong.
    fn read<T, E: Display>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        match parse(text) {
            Ok(value) => Some(value),
            Err(sentence) => {
                self.errors.insert(name, capitalised(&sentence.to_string()));
                None
            }
        }
    }

    fn interval(&mut self) -> Option<Duration> {
        let interval = self.read("interval", |text| {
            let interval = words::parse_duration(text).map_err(|wrong| wrong.to_string())?;
            match interval < Duration::from_millis(100) {
                true => Err(format!(
                    "an interval of {} is too short: at least 0.1 s",
                    words::duration(interval)
                )),
                false => Ok(interval),
            }
        });
        if self.text("interval").is_empty() {
            self.errors.insert(
                "interval",
                "How long between two pictures? Like 10s.".to_owned(),
            );
        }
        interval
    }

    fn bulb(&mut self) -> Option<Duration> {
        self.read("bulb", |text| match words::parse_duration(text) {
            Ok(Duration::ZERO) => {
                Err("no time is no exposure: leave it empty and the camera decides".to_owned())
            }
            bulb => bulb.map_err(|wrong| wrong.to_string()),
        })
    }

    fn count(&mut self) -> Option<u32> {
        self.read("count", words::parse_count).flatten()
    }

    fn done<T>(self, value: T) -> Result<T, Errors> {
        if self.errors.is_empty() {
            Ok(value)
        } else {
            Err(Errors(self.errors))
        }
    }
}

/// The plan that is meant.
///
/// # Errors
/// All that is wrong.
pub(super) fn plan(
    typed: &[(String, String)],
    now: Timestamp,
    zone: &TimeZone,
) -> Result<Plan, Errors> {
    let mut read = Reader::new(typed);
    let plan = Plan {
        start_at: read.read("start_at", |text| words::parse_moment(text, now, zone)),
        delay: read
            .read("delay", words::parse_duration)
            .unwrap_or_default(),
        interval: read.interval().unwrap_or_default(),
        spacing: read.read("spacing", spacing).unwrap_or_default(),
        count: read.count(),
        bulb: read.bulb(),
        half_press: read
            .read("half_press", words::parse_duration)
            .unwrap_or_default(),
        mirror_lockup: read
            .read("mirror", words::parse_duration)
            .filter(|time| !time.is_zero()),
        bracket: read.read("bracket", words::parse_bracket),
        ramp: read.read("ramp", words::parse_ramp),
        windows: read
            .read("windows", words::parse_windows)
            .unwrap_or_default(),
    };
    read.done(plan)
}

fn spacing(text: &str) -> Result<Spacing, String> {
    match text {
        "shot_to_shot" => Ok(Spacing::ShotToShot),
        "gap" => Ok(Spacing::Gap),
        _ => Err(
            "an interval counts from opening to opening, or from the end of a picture".to_owned(),
        ),
    }
}

/// The change that is meant: what differs from the running plan.
///
/// # Errors
/// All that is wrong.
pub(super) fn change(typed: &[(String, String)], plan: &Plan) -> Result<Change, Errors> {
    let mut read = Reader::new(typed);
    let (interval, count, bulb) = (read.interval(), read.count(), read.bulb());
    if bulb.is_none() && plan.bulb.is_some() && read.text("bulb").is_empty() {
        let sentence =
            "A bulb exposure can be changed but not ended while the plan runs; stop it for that.";
        read.errors.insert("bulb", sentence.to_owned());
    }
    read.done(Change {
        interval: interval.filter(|interval| *interval != plan.interval),
        count: Some(count).filter(|count| *count != plan.count),
        bulb: bulb.filter(|bulb| Some(*bulb) != plan.bulb),
    })
}
