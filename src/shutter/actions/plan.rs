//! From what was typed to a plan.

use std::io::Read;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::shutter::arguments::PlanArguments;
use crate::shutter::plan::{Plan, Spacing};
use crate::shutter::words::parse_moment;

/// Longer is no plan.
const LARGEST: u64 = 64 * 1024;

/// The plan that was meant; a flag wins over the file.
///
/// # Errors
/// When the file cannot be read or is no plan, or a moment is none; in a sentence.
pub fn make(arguments: &PlanArguments, now: Timestamp, zone: &TimeZone) -> Result<Plan, String> {
    let mut plan = match &arguments.plan {
        Some(path) => read(path)?,
        None => Plan::default(),
    };
    let moment = arguments.at.as_deref();
    let moment = moment
        .map(|text| parse_moment(text, now, zone))
        .transpose()
        .map_err(|wrong| wrong.to_string())?;
    plan.start_at = moment.or(plan.start_at);
    plan.delay = arguments.delay.unwrap_or(plan.delay);
    plan.interval = arguments.interval.unwrap_or(plan.interval);
    if arguments.gap {
        plan.spacing = Spacing::Gap;
    }
    plan.count = arguments.count.or(plan.count);
    plan.bulb = arguments.bulb.or(plan.bulb);
    plan.half_press = arguments.half_press.unwrap_or(plan.half_press);
    plan.mirror_lockup = arguments.mirror_lockup.or(plan.mirror_lockup);
    plan.bracket = arguments.bracket.or(plan.bracket);
    plan.ramp = arguments.ramp.or(plan.ramp);
    if !arguments.window.is_empty() {
        plan.windows.clone_from(&arguments.window);
    }
    Ok(plan)
}

fn read(path: &std::path::Path) -> Result<Plan, String> {
    let name = path.display();
    let unreadable = |error| format!("cannot read plan '{name}': {error}");
    let mut text = String::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin()
            .lock()
            .take(LARGEST)
            .read_to_string(&mut text)
    } else {
        let file = std::fs::File::open(path).map_err(unreadable)?;
        file.take(LARGEST).read_to_string(&mut text)
    };
    read.map_err(unreadable)?;
    // A list would be taken as the fields in their order.
    if !text.trim_start().starts_with('{') {
        return Err(format!("'{name}' is no plan: it begins with no brace"));
    }
    serde_json::from_str(&text).map_err(|error| format!("'{name}' is no plan: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_wins_over_the_plan_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plan.json");
        std::fs::write(&file, r#"{"interval_s": 5, "count": 9, "spacing": "gap"}"#).unwrap();
        let arguments = PlanArguments {
            plan: Some(file.clone()),
            count: Some(3),
            at: Some("2026-12-24 22:30".into()),
            ..PlanArguments::default()
        };
        let now = Timestamp::UNIX_EPOCH;
        let plan = make(&arguments, now, &TimeZone::UTC).unwrap();
        assert_eq!((plan.interval.as_secs(), plan.count), (5, Some(3)));
        assert_eq!(plan.spacing, Spacing::Gap);
        assert_eq!(plan.start_at.unwrap().to_string(), "2026-12-24T22:30:00Z");
        for wrong in ["{", "[]", r#"{"intervall_s": 5}"#, r#"{"interval_s": -5}"#] {
            std::fs::write(&file, wrong).unwrap();
            let error = make(&arguments, now, &TimeZone::UTC).unwrap_err();
            assert!(error.contains("no plan"), "{error}");
        }
    }
}
