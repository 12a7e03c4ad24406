//! What can be asked of the shutter's engine.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::plan::Plan;

/// What may change while a plan runs; what is absent stays as it is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Change {
    /// The new interval counts from the last shot, and so takes effect at once, seconds.
    #[serde(rename = "interval_s", with = "super::seconds::option")]
    pub interval: Option<Duration>,
    /// How many shots in all; `Some(None)` (JSON `null`): until it is stopped.
    #[serde(deserialize_with = "some", skip_serializing_if = "Option::is_none")]
    pub count: Option<Option<u32>>,
    /// The new exposure, from the next shot on, seconds.
    #[serde(rename = "bulb_s", with = "super::seconds::option")]
    pub bulb: Option<Duration>,
}

/// Tells a `null` that is there from a field that is absent.
fn some<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<u32>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A wish; the engine answers whether it could be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Begin a plan; refused while one runs.
    Start(Plan),
    /// Change the running plan and keep its phase.
    Change(Change),
    /// Take no further picture until it is resumed; an exposure that runs ends as planned.
    Pause,
    /// Go on in the old phase.
    Resume,
    /// End the plan; an exposure that runs is ended at once.
    Stop,
    /// One picture now, also while a plan runs; it does not count as a shot of the plan.
    Snap,
}
