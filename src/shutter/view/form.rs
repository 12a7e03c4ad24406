//! What is typed of a plan: texts, as the person left them, and the plan that they mean.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{words, wrong};
use crate::say;
use crate::shutter::plan::{Limits, Plan, PlanError, Spacing};
use crate::shutter::seconds::LONGEST;

/// What can be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Between two shots.
    Interval,
    /// How many shots.
    Count,
    /// To the first shot.
    Delay,
    /// How long the shutter is held.
    Bulb,
    /// Not before this moment.
    StartAt,
    /// Parts of the day.
    Windows,
    /// The focus line before a shot.
    HalfPress,
    /// The mirror before a shot.
    MirrorLockup,
    /// Several frames a shot.
    Bracket,
    /// An exposure that changes.
    Ramp,
}

impl Field {
    /// All, in the order in which they stand.
    pub const ALL: [Self; 10] = [
        Self::Interval,
        Self::Count,
        Self::Delay,
        Self::Bulb,
        Self::StartAt,
        Self::Windows,
        Self::HalfPress,
        Self::MirrorLockup,
        Self::Bracket,
        Self::Ramp,
    ];

    /// What stands above it.
    pub fn label(self) -> String {
        match self {
            Self::Interval => say!("shutter-interval"),
            Self::Count => say!("shutter-count"),
            Self::Delay => say!("shutter-delay"),
            Self::Bulb => say!("shutter-bulb"),
            Self::StartAt => say!("shutter-start-at"),
            Self::Windows => say!("shutter-windows"),
            Self::HalfPress => say!("shutter-half-press"),
            Self::MirrorLockup => say!("shutter-mirror"),
            Self::Bracket => say!("shutter-bracket"),
            Self::Ramp => say!("shutter-ramp"),
        }
    }

    /// What an empty one means, or how it is written.
    pub fn hint(self) -> String {
        match self {
            Self::Interval => "10s, 1m30s, 1:30".to_owned(),
            Self::Count => say!("shutter-count-hint"),
            Self::Delay => say!("shutter-delay-hint"),
            Self::Bulb => say!("shutter-bulb-hint"),
            Self::StartAt => say!("shutter-start-at-hint"),
            Self::Windows => say!("shutter-windows-hint"),
            Self::HalfPress | Self::MirrorLockup => say!("shutter-not-at-all"),
            Self::Bracket => say!("shutter-bracket-hint"),
            Self::Ramp => say!("shutter-ramp-hint"),
        }
    }

    /// What it is for.
    pub fn about(self) -> String {
        match self {
            Self::Interval => say!("shutter-interval-about"),
            Self::Count => say!("shutter-count-about"),
            Self::Delay => say!("shutter-delay-about"),
            Self::Bulb => say!("shutter-bulb-about"),
            Self::StartAt => say!("shutter-start-at-about"),
            Self::Windows => say!("shutter-windows-about"),
            Self::HalfPress => say!("shutter-half-press-about"),
            Self::MirrorLockup => say!("shutter-mirror-about"),
            Self::Bracket => say!("shutter-bracket-about"),
            Self::Ramp => say!("shutter-ramp-about"),
        }
    }

    /// What is often wanted: what it is called, and what is typed.
    pub fn presets(self) -> Vec<(String, &'static str)> {
        let time = |typed| {
            let time = words::parse_duration(typed).unwrap_or_default();
            (words::duration(time), typed)
        };
        let plain = |typed: &'static str| (typed.to_owned(), typed);
        match self {
            Self::Interval => ["1s", "5s", "10s", "30s", "1m"].map(time).to_vec(),
            Self::Count => {
                let [few, some, many] = ["100", "300", "500"].map(plain);
                vec![few, some, many, (say!("shutter-no-end"), "")]
            }
            Self::Delay => {
                let none = (say!("shutter-no-delay"), "");
                vec![none, time("2s"), time("10s"), time("1m")]
            }
            Self::Bulb => {
                let none = (say!("shutter-no-bulb"), "");
                vec![none, time("5s"), time("30s"), time("2m")]
            }
            Self::StartAt => vec![(say!("shutter-start-now"), "")],
            Self::Windows => vec![
                (say!("shutter-always"), ""),
                (say!("shutter-by-day"), "sunrise-sunset"),
                (say!("shutter-by-night"), "sunset-sunrise"),
            ],
            Self::HalfPress => {
                let none = (say!("shutter-no-half-press"), "");
                vec![none, time("0.5s"), time("1s")]
            }
            Self::MirrorLockup => vec![(say!("shutter-no-mirror"), ""), time("1s"), time("2s")],
            Self::Bracket => {
                let none = (say!("shutter-no-bracket"), "");
                vec![none, plain("3:1"), plain("5:1")]
            }
            Self::Ramp => vec![(say!("shutter-no-ramp"), "")],
        }
    }
}

/// Texts of all fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    texts: [String; 10],
    /// How the interval is meant.
    pub spacing: Spacing,
    /// Whether the person has typed, so that no plan of the service's takes its place.
    pub touched: bool,
    /// The interval for a plan that runs; `None`: nothing was typed.
    pub new_interval: Option<String>,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            texts: Plan::default().into_texts(),
            spacing: Spacing::default(),
            touched: false,
            new_interval: None,
        }
    }
}

trait IntoTexts {
    fn into_texts(self) -> [String; 10];
}

impl IntoTexts for Plan {
    fn into_texts(self) -> [String; 10] {
        let time = |time: Option<Duration>| time.map(words::typed).unwrap_or_default();
        let some = |time: Duration| Some(time).filter(|time| !time.is_zero());
        let windows: Vec<String> = self.windows.iter().map(words::window).collect();
        Field::ALL.map(|field| match field {
            Field::Interval => words::typed(self.interval),
            Field::Count => self.count.map(|n| n.to_string()).unwrap_or_default(),
            Field::Delay => time(some(self.delay)),
            Field::Bulb => time(self.bulb),
            // A moment that was is not typed again.
            Field::StartAt => String::new(),
            Field::Windows => windows.join(", "),
            Field::HalfPress => time(some(self.half_press)),
            Field::MirrorLockup => time(self.mirror_lockup),
            Field::Bracket => self
                .bracket
                .as_ref()
                .map(words::bracket)
                .unwrap_or_default(),
            Field::Ramp => self.ramp.as_ref().map(words::ramp).unwrap_or_default(),
        })
    }
}

impl Form {
    /// What the last plan had, as long as nothing was typed.
    pub fn follow(&mut self, plan: &Plan) {
        if !self.touched {
            self.spacing = plan.spacing;
            self.texts = plan.clone().into_texts();
        }
    }

    /// The text of a field.
    pub fn text(&mut self, field: Field) -> &mut String {
        let [
            interval,
            count,
            delay,
            bulb,
            start,
            windows,
            half,
            mirror,
            bracket,
            ramp,
        ] = &mut self.texts;
        match field {
            Field::Interval => interval,
            Field::Count => count,
            Field::Delay => delay,
            Field::Bulb => bulb,
            Field::StartAt => start,
            Field::Windows => windows,
            Field::HalfPress => half,
            Field::MirrorLockup => mirror,
            Field::Bracket => bracket,
            Field::Ramp => ramp,
        }
    }

    /// The plan that is meant.
    ///
    /// # Errors
    /// The fields that are wrong, and why.
    pub fn plan(&self, now: Timestamp, zone: &TimeZone) -> Result<Plan, Vec<(Field, String)>> {
        let mut plan = Plan {
            spacing: self.spacing,
            ..Plan::default()
        };
        let mut wrong = Vec::new();
        for (field, text) in Field::ALL.iter().zip(&self.texts) {
            if let Err(sentence) = take(*field, text.trim(), &mut plan, now, zone) {
                wrong.push((*field, sentence));
            }
        }
        // How long this camera may expose is for its service to say.
        let limits = Limits {
            longest_bulb: Duration::from_secs_f64(LONGEST),
            ..Limits::default()
        };
        if wrong.is_empty()
            && let Err(error) = plan.check(&limits)
        {
            wrong.push((cause(&error), wrong::plan(&error)));
        }
        match wrong.is_empty() {
            true => Ok(plan),
            false => Err(wrong),
        }
    }
}

/// The field that a plan cannot be kept because of.
fn cause(error: &PlanError) -> Field {
    match error {
        PlanError::Count => Field::Count,
        PlanError::Long { .. } => Field::Delay,
        PlanError::Lead { what, .. } if what.contains("half") => Field::HalfPress,
        PlanError::Lead { .. } | PlanError::Mirror { .. } => Field::MirrorLockup,
        PlanError::LongBulb { .. } | PlanError::ShortBulb { .. } => Field::Bulb,
        PlanError::Frames(_) | PlanError::Step(_) | PlanError::FrameGap { .. } => Field::Bracket,
        PlanError::RampWithoutBulb | PlanError::RampOver => Field::Ramp,
        PlanError::EmptyWindow(_)
        | PlanError::Windows(_)
        | PlanError::Offset(_)
        | PlanError::NoPlace
        | PlanError::NeverOpens => Field::Windows,
        _ => Field::Interval,
    }
}

fn take(
    field: Field,
    text: &str,
    plan: &mut Plan,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<(), String> {
    let optional = || match text {
        "" => Ok(None),
        text => match words::parse_duration(text) {
            Ok(time) => Ok(Some(time).filter(|time| !time.is_zero())),
            Err(why) => Err(wrong::typed(why)),
        },
    };
    match field {
        Field::Interval => {
            plan.interval = match text {
                "" => return Err(say!("shutter-wrong-no-interval")),
                text => words::parse_duration(text).map_err(wrong::typed)?,
            };
        }
        Field::Count => plan.count = words::parse_count(text).map_err(wrong::typed)?,
        Field::Delay => plan.delay = optional()?.unwrap_or_default(),
        Field::Bulb => plan.bulb = optional()?,
        Field::StartAt => {
            plan.start_at = match text {
                "" => None,
                text => Some(words::parse_moment(text, now, zone).map_err(wrong::typed)?),
            };
        }
        Field::Windows => plan.windows = words::parse_windows(text).map_err(wrong::typed)?,
        Field::HalfPress => plan.half_press = optional()?.unwrap_or_default(),
        Field::MirrorLockup => plan.mirror_lockup = optional()?,
        Field::Bracket => {
            plan.bracket = match text {
                "" => None,
                text => Some(words::parse_bracket(text).map_err(wrong::typed)?),
            };
        }
        Field::Ramp => {
            plan.ramp = match text {
                "" => None,
                text => Some(words::parse_ramp(text).map_err(wrong::typed)?),
            };
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(texts: &[(Field, &str)]) -> Result<Plan, Vec<(Field, String)>> {
        let mut form = Form::default();
        for (field, text) in texts {
            (*text).clone_into(form.text(*field));
        }
        form.plan(Timestamp::UNIX_EPOCH, &TimeZone::UTC)
    }

    #[test]
    fn a_plan_can_be_typed_and_comes_back_as_it_was_typed() {
        let texts = [
            (Field::Interval, "5m"),
            (Field::Count, "500"),
            (Field::Delay, "2s"),
            (Field::Bulb, "2s"),
            (Field::Windows, "09:00-17:00, sunset+20-sunrise"),
            (Field::HalfPress, "0.5s"),
            (Field::MirrorLockup, "1s"),
            (Field::Bracket, "3:1:3s"),
            (Field::Ramp, "30s:2h"),
        ];
        let plan = typed(&texts).unwrap();
        assert_eq!(plan.windows.len(), 2);
        let mut form = Form::default();
        form.follow(&plan);
        for (field, text) in texts {
            assert_eq!(form.text(field), text, "{field:?}");
        }
        assert_eq!(form.plan(Timestamp::UNIX_EPOCH, &TimeZone::UTC), Ok(plan));
    }

    #[test]
    fn every_wrong_field_says_what_is_wrong() {
        let wrong = typed(&[
            (Field::Interval, "x"),
            (Field::Count, "many"),
            (Field::StartAt, "later"),
        ])
        .unwrap_err();
        let fields: Vec<Field> = wrong.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, [Field::Interval, Field::Count, Field::StartAt]);
        let zero = typed(&[(Field::Interval, "0")]).unwrap_err();
        assert!(zero[0].1.contains("between 0.1 s and"), "{zero:?}");
        let long = typed(&[(Field::Interval, "5s"), (Field::Bulb, "6s")]).unwrap_err();
        assert_eq!(long[0].0, Field::Interval);
        let ramp = typed(&[(Field::Ramp, "30s:1h")]).unwrap_err();
        assert_eq!(ramp[0].0, Field::Ramp);
        assert!(typed(&[(Field::Bulb, "0")]).unwrap().bulb.is_none());
    }

    #[test]
    fn what_was_typed_is_not_overwritten_by_the_service() {
        let mut form = Form {
            touched: true,
            ..Form::default()
        };
        "7s".clone_into(form.text(Field::Interval));
        form.follow(&Plan::default());
        assert_eq!(form.text(Field::Interval), "7s");
    }
}
