//! Which field of a plan a refusal is about, as far as one is.

use crate::shutter::command::Command;
use crate::shutter::plan::{Limits, Plan, PlanError};
use crate::shutter::schedule;

/// The field, by its name in JSON, of what the engine refused as invalid; `running` is the plan
/// that a change is of. Empty where it is about the whole.
pub(super) fn field(command: &Command, running: Option<&Plan>) -> &'static str {
    // Another camera may allow more or less, but it is the same field.
    let limits = Limits::default();
    let none = Plan::default();
    let running = running.unwrap_or(&none);
    match command {
        Command::Start(plan) => match plan.check(&limits) {
            Err(error) => of(&error),
            Ok(()) if !plan.windows.is_empty() => "windows",
            Ok(()) => "",
        },
        Command::Change(change) => match schedule::changed(running, change).check(&limits) {
            Err(error) => of(&error),
            Ok(()) if change.bulb.is_some() && running.bulb.is_none() => "bulb_s",
            Ok(()) if change.count.is_some() => "count",
            Ok(()) => "",
        },
        _ => "",
    }
}

fn of(error: &PlanError) -> &'static str {
    match error {
        PlanError::Interval(_) | PlanError::DoesNotFit { .. } | PlanError::Gap { .. } => {
            "interval_s"
        }
        PlanError::Long { what, .. } if what.contains("ramp") => "ramp",
        PlanError::Long { what, .. } if what.contains("frames") => "bracket",
        PlanError::Long { .. } => "delay_s",
        PlanError::Count => "count",
        PlanError::Lead { what, .. } if what.contains("half") => "half_press_s",
        PlanError::Lead { .. } | PlanError::Mirror { .. } => "mirror_lockup_s",
        PlanError::LongBulb { .. } | PlanError::ShortBulb { .. } => "bulb_s",
        PlanError::Frames(_) | PlanError::Step(_) | PlanError::FrameGap { .. } => "bracket",
        PlanError::RampWithoutBulb | PlanError::RampOver => "ramp",
        PlanError::EmptyWindow(_)
        | PlanError::Windows(_)
        | PlanError::Offset(_)
        | PlanError::NoPlace
        | PlanError::NeverOpens => "windows",
    }
}
