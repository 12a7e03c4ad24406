//! The state of the shutter, whole: what the line, the popup, the page and the API show.
//!
//! Its JSON is the API's: times RFC 3339, units in names.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::plan::Plan;

/// What the engine does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// No plan.
    #[default]
    Idle,
    /// A plan runs (or waits for its start or its window).
    Running,
    /// A plan waits to be resumed.
    Paused,
}

/// How far the shots' edges were from the plan, milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Jitter {
    /// Median.
    pub p50: f64,
    /// 99 of 100 were nearer.
    pub p99: f64,
    /// The worst.
    pub max: f64,
}

/// Why a picture was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The plan.
    Plan,
    /// Somebody asked for one.
    Snap,
}

/// A picture that was taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shot {
    /// Counted from 1 over the life of this service.
    pub number: u64,
    /// Why.
    pub cause: Cause,
    /// When the shutter line went active.
    pub at: Timestamp,
    /// How late that was, milliseconds.
    pub late_ms: f64,
    /// How long the line was held, seconds; of the last frame where there are several.
    #[serde(rename = "held_s", with = "super::seconds")]
    pub held: Duration,
    /// What went wrong, in a sentence.
    pub problem: Option<String>,
}

/// The release: what holds the camera's shutter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Release {
    /// As people call it: `GPIO18 on gpiochip0`, `/dev/ttyUSB0 (RTS)`, `gphoto2: Canon EOS 80D`.
    pub name: String,
    /// Why it cannot be used, and what to do, in a sentence.
    pub problem: Option<String>,
    /// Whether a focus line is there.
    pub focus: bool,
}

/// How the last plan ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// All shots were taken.
    Done,
    /// Somebody stopped it.
    Stopped,
    /// The service was started anew, and the configuration says not to go on.
    Interrupted,
    /// The release failed too often.
    Failed,
}

/// Everything.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Snapshot {
    /// The camera's name, from the configuration.
    pub name: String,
    /// What the engine does.
    pub state: State,
    /// Shots of this plan so far, also the skipped ones of a bracket counted as one.
    pub shots: u32,
    /// Shots that the plan had to leave out because it was late.
    pub skipped: u32,
    /// Pictures over the life of this service.
    pub total: u64,
    /// When the next shot opens; `None` without a plan and while paused.
    pub next_at: Option<Timestamp>,
    /// Between shots, seconds; of the running plan.
    #[serde(rename = "interval_s", with = "super::seconds::option")]
    pub interval: Option<Duration>,
    /// Shots that the running plan will have; `None`: until it is stopped.
    pub count: Option<u32>,
    /// When the last shot will be over.
    pub eta: Option<Timestamp>,
    /// Of the running plan, or the last one.
    pub jitter_ms: Option<Jitter>,
    /// An exposure runs since.
    pub exposing_since: Option<Timestamp>,
    /// It will end.
    pub exposing_until: Option<Timestamp>,
    /// The running plan, or the last one.
    pub plan: Option<Plan>,
    /// How the last plan ended.
    pub ended: Option<Ending>,
    /// The running plan was taken up again after the service was started anew, at this moment.
    pub resumed_at: Option<Timestamp>,
    /// What holds the camera's shutter.
    pub release: Release,
    /// Whether the engine runs with real-time priority (`SCHED_FIFO`).
    pub realtime: bool,
    /// The last pictures, oldest first; at most 200.
    pub history: Vec<Shot>,
    /// What the person should know, in a sentence.
    pub warning: Option<String>,
}
