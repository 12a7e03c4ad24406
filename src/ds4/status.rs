//! The line of `xds4`: how full each pad's battery is.

use super::pad::{Battery, Charge};
use super::snapshot::{Pad, Snapshot};
use crate::bar::{Click, Colour, Error, Icon, Line, Segment, Template};

/// The fields of `--format`, which is filled for each pad.
pub const FIELDS: [&str; 10] = [
    "icon",
    "battery",
    "percent",
    "charging",
    "charge",
    "model",
    "transport",
    "mac",
    "number",
    "error",
];

/// How batteries look.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Up to this percentage a battery that is not being filled is low.
    pub low: u8,
    /// From this percentage on it is high.
    pub high: u8,
    /// The colour of a low one.
    pub low_colour: Option<Colour>,
    /// The colour of one between.
    pub normal_colour: Option<Colour>,
    /// The colour of a high one.
    pub high_colour: Option<Colour>,
    /// The colour of one that is being filled, or is full at the cable.
    pub charging_colour: Option<Colour>,
    /// What is shown for a battery, from empty to full, in place of the icon font's; the person's
    /// own text, markup and all.
    pub steps: Vec<String>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            low: 20,
            high: 80,
            low_colour: Some(Colour(0xfb, 0x49, 0x34)),
            normal_colour: None,
            high_colour: None,
            charging_colour: None,
            steps: Vec::new(),
        }
    }
}

impl Look {
    fn colour(&self, battery: Battery) -> Option<Colour> {
        if is_filled(battery.charge) {
            return self.charging_colour;
        }
        match battery.percent? {
            percent if percent <= self.low => self.low_colour,
            percent if percent >= self.high => self.high_colour,
            _ => self.normal_colour,
        }
    }

    fn is_low(&self, battery: Battery) -> bool {
        !is_filled(battery.charge) && battery.percent.is_some_and(|percent| percent <= self.low)
    }

    fn step(&self, percent: u8) -> Segment {
        let percent = percent.min(100);
        let at = self.steps.len() * usize::from(percent) / 101;
        match self.steps.get(at) {
            Some(text) => Segment::verbatim(text.as_str()),
            None => Segment::icon(Icon::battery(percent)),
        }
    }
}

fn is_filled(charge: Charge) -> bool {
    matches!(charge, Charge::Charging | Charge::Full)
}

/// What the person may write about the line.
#[derive(Debug, Clone, Default)]
pub struct Wishes<'a> {
    /// The template of each pad.
    pub template: Option<&'a str>,
    /// What stands between two pads: a space without.
    pub separator: Option<&'a str>,
    /// What is shown without a pad: `no pad` without.
    pub absent: Option<&'a str>,
    /// How batteries look.
    pub look: Look,
    /// What a click runs.
    pub click: Option<Click>,
    /// Whether nothing is shown without a pad.
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
            separator: wishes.separator.unwrap_or(" ").to_owned(),
            absent: wishes.absent.unwrap_or("no pad").to_owned(),
            look: wishes.look,
            click: wishes.click,
            hide_when_absent: wishes.hide_when_absent,
        })
    }

    /// The line for this state.
    #[must_use]
    pub fn line(&self, snapshot: &Snapshot) -> Line {
        let pads = &snapshot.pads;
        let mut segments = Vec::new();
        for (number, pad) in (1..).zip(pads) {
            if number > 1 {
                segments.push(Segment::verbatim(self.separator.as_str()));
            }
            segments.extend(match &self.template {
                Some(template) => template.fill(|field| self.value(field, pad, number)),
                None => self.usual(pad),
            });
        }
        if pads.is_empty() {
            segments = match &snapshot.error {
                Some(_) => vec![
                    Segment::icon(Icon::Warning),
                    Segment::verbatim(" "),
                    Segment::verbatim("pads?"),
                ],
                None => vec![
                    Segment::icon(Icon::Gamepad),
                    Segment::verbatim(" "),
                    Segment::verbatim(self.absent.as_str()),
                ],
            };
        }
        let batteries = || pads.iter().filter_map(|pad| pad.battery);
        let is_low = batteries().any(|battery| self.look.is_low(battery));
        Line {
            segments,
            class: match () {
                () if snapshot.error.is_some() => "error",
                () if pads.is_empty() => "absent",
                () if is_low => "low",
                () if batteries().any(|b| b.charge == Charge::Charging) => "charging",
                () => "pad",
            },
            tooltip: Some(tooltip(snapshot)),
            percentage: batteries().filter_map(|battery| battery.percent).min(),
            urgent: is_low,
            hidden: self.hide_when_absent && pads.is_empty() && snapshot.error.is_none(),
            click: self.click.clone(),
        }
    }

    /// Icon, battery, what it does: one that is not known yet is `?`.
    fn usual(&self, pad: &Pad) -> Vec<Segment> {
        let space = || Segment::verbatim(" ");
        let mut segments = vec![Segment::icon(Icon::Gamepad)];
        if matches!(pad.driver, super::pad::Driver::Other(_)) {
            segments.extend([space(), Segment::icon(Icon::Warning)]);
            return segments;
        }
        let Some(battery) = pad.battery else {
            return segments;
        };
        segments.push(space());
        if battery.percent.is_some() {
            segments.extend(self.value("battery", pad, 1));
            segments.push(space());
        }
        segments.extend(self.value("percent", pad, 1));
        if let Some(charging) = self.value("charging", pad, 1) {
            segments.extend([space(), charging]);
        }
        segments
    }

    fn value(&self, field: &str, pad: &Pad, number: usize) -> Option<Segment> {
        let colour = pad.battery.and_then(|battery| self.look.colour(battery));
        let text = match field {
            "icon" => return Some(Segment::icon(Icon::Gamepad)),
            "battery" => {
                let percent = pad.battery?.percent?;
                return Some(self.look.step(percent).coloured(colour));
            }
            "percent" => {
                let percent = pad.battery?.percent;
                let text = percent.map_or_else(|| "?".to_owned(), |percent| format!("{percent}%"));
                return Some(Segment::untrusted(text).coloured(colour));
            }
            "charging" => {
                let charge = pad.battery?.charge;
                return (charge == Charge::Charging)
                    .then(|| Segment::icon(Icon::Charging).coloured(colour));
            }
            "charge" => pad.battery?.charge.word().to_owned(),
            "model" => pad.model.name().to_owned(),
            "transport" => pad.transport.name().to_owned(),
            "mac" => pad.id.mac()?.to_owned(),
            "number" => number.to_string(),
            "error" => pad.error.clone().or_else(|| pad.access.remedy())?,
            _ => return None,
        };
        Some(Segment::untrusted(text))
    }
}

fn tooltip(snapshot: &Snapshot) -> String {
    let mut lines: Vec<String> = Vec::new();
    for pad in &snapshot.pads {
        let battery = match pad.battery {
            None => String::new(),
            Some(Battery { percent, charge }) => {
                let percent = percent.map_or_else(|| "?".to_owned(), |p| format!("{p} %"));
                format!(", {percent}, {}", charge.word().replace('-', " "))
            }
        };
        let (model, transport) = (pad.model.name(), pad.transport.name());
        lines.push(format!("{model}, {transport}{battery}"));
        lines.extend(pad.error.clone().or_else(|| pad.access.remedy()));
    }
    lines.extend(snapshot.error.clone());
    if lines.is_empty() {
        lines.push("no gamepad of Sony's is connected".to_owned());
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests;
