//! What the page says about the camera now, in words.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::capitalised;
use crate::shutter::snapshot::{Ending, Snapshot, State};
use crate::shutter::words;

/// Frames a second of the films that are made of the pictures.
const RATES: [u32; 3] = [24, 25, 30];

/// Longer exposures than that are told of.
const LONG: Duration = Duration::from_secs(1);

/// The first card and the details.
pub(super) struct Now {
    /// Of the window.
    pub title: String,
    /// The colour of the dot.
    pub kind: &'static str,
    /// What is read out when it changes.
    pub word: &'static str,
    /// `Running: 132 of 500`.
    pub sentence: String,
    /// `, next in` and the time left.
    pub until: Option<Until>,
    /// Taken, and how many there will be.
    pub progress: Option<(u32, u32)>,
    /// More about it.
    pub lines: Vec<String>,
    pub notices: Vec<Notice>,
    pub buttons: Vec<Button>,
    pub facts: Vec<(&'static str, String)>,
}

/// Something that is counted down to.
pub(super) struct Until {
    pub words: &'static str,
    pub at: Timestamp,
    pub left: String,
}

/// Something to know.
pub(super) struct Notice {
    pub kind: &'static str,
    pub sentence: String,
}

/// Something to do.
pub(super) struct Button {
    pub action: &'static str,
    pub label: &'static str,
    pub kind: &'static str,
}

impl Now {
    pub fn of(snapshot: &Snapshot, now: Timestamp, zone: &TimeZone) -> Self {
        let clock = |at: Timestamp| clock(at, now, zone);
        let exposing = exposing(snapshot);
        let unusable = snapshot.release.problem.is_some();
        let counted = words::progress(snapshot);
        let ahead = snapshot.shots == 0
            && snapshot.state == State::Running
            && snapshot.exposing_since.is_none();
        let (word, sentence) = match snapshot.state {
            State::Idle if unusable => ("Not ready.", "Not ready".to_owned()),
            State::Idle if exposing => ("Taking a picture.", "Taking a picture".to_owned()),
            State::Idle => ("Ready.", "Ready".to_owned()),
            State::Running if ahead => ("Waiting.", "Waiting for the first picture".to_owned()),
            State::Running => ("Running.", format!("Running: {counted}")),
            State::Paused => ("Paused.", format!("Paused: {counted}")),
        };
        let left = |words, at: Timestamp| Until {
            words,
            at,
            left: words::countdown(words::until(at, now)),
        };
        let until = match (
            snapshot.exposing_until.filter(|_| exposing),
            snapshot.next_at,
        ) {
            (Some(at), _) => Some(left(", exposing for", at)),
            (None, Some(at)) if ahead => Some(left(", in", at)),
            (None, Some(at)) => Some(left(", next in", at)),
            (None, None) => None,
        };
        let mut lines = Vec::new();
        if snapshot.state == State::Idle {
            lines.extend(ended(snapshot));
        }
        if ahead && let Some(at) = snapshot.next_at {
            lines.push(format!("At {}.", clock(at)));
        }
        if let Some(eta) = snapshot.eta {
            lines.push(format!(
                "Ends {}, in {}.",
                clock(eta),
                words::brief(words::until(eta, now))
            ));
        }
        Self {
            title: format!("{sentence} – {}", super::name(&snapshot.name)),
            kind: match snapshot.state {
                _ if unusable => "failed",
                _ if exposing => "exposing",
                State::Idle => "idle",
                State::Running => "running",
                State::Paused => "paused",
            },
            word,
            sentence,
            until,
            progress: snapshot
                .count
                .filter(|_| super::running(snapshot))
                .map(|count| (snapshot.shots.min(count), count)),
            lines,
            notices: notices(snapshot, zone),
            buttons: buttons(snapshot.state),
            facts: facts(snapshot, &clock),
        }
    }
}

/// Whether an exposure runs that is long enough to be told of: a pulse would only flicker.
fn exposing(snapshot: &Snapshot) -> bool {
    let ends = snapshot.exposing_since.zip(snapshot.exposing_until);
    ends.is_some_and(|(since, until)| words::until(until, since) > LONG)
}

fn ended(snapshot: &Snapshot) -> Option<String> {
    let taken = words::pictures(u64::from(snapshot.shots));
    Some(match snapshot.ended? {
        Ending::Done => format!("The last plan is done: {taken}."),
        Ending::Stopped => format!("The last plan was stopped after {taken}."),
        Ending::Interrupted => {
            format!("The last plan was broken off after {taken}: the service was started anew.")
        }
        Ending::Failed => {
            format!("The last plan ended after {taken}: the release failed too often.")
        }
    })
}

fn notices(snapshot: &Snapshot, zone: &TimeZone) -> Vec<Notice> {
    let mut all = Vec::new();
    if let Some(problem) = &snapshot.release.problem {
        all.push(Notice {
            kind: "bad",
            sentence: capitalised(problem),
        });
    }
    if let Some(warning) = &snapshot.warning {
        all.push(Notice {
            kind: "warn",
            sentence: capitalised(warning),
        });
    }
    if let Some(at) = snapshot.resumed_at.filter(|_| super::running(snapshot)) {
        let at = at.to_zoned_datetime(zone.clone()).strftime("%H:%M:%S");
        all.push(Notice {
            kind: "fine",
            sentence: format!("The service was started anew at {at} and went on with the plan."),
        });
    }
    all
}

fn buttons(state: State) -> Vec<Button> {
    let button = |action, label, kind| Button {
        action,
        label,
        kind,
    };
    let snap = button("snap", "One picture now", "");
    let stop = button("stop", "Stop", "stop");
    match state {
        State::Idle => vec![snap],
        State::Running => vec![button("pause", "Pause", ""), snap, stop],
        State::Paused => vec![button("resume", "Go on", "first"), snap, stop],
    }
}

fn facts(snapshot: &Snapshot, clock: &impl Fn(Timestamp) -> String) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    if super::running(snapshot) {
        all.push(("Pictures of this plan", words::progress(snapshot)));
        all.extend(snapshot.next_at.map(|at| ("Next picture", clock(at))));
        all.extend(
            snapshot
                .interval
                .map(|interval| ("Every", words::duration(interval))),
        );
        let bulb = snapshot.plan.as_ref().and_then(|plan| plan.bulb);
        all.extend(bulb.map(|bulb| ("Exposed for", words::duration(bulb))));
        all.extend(snapshot.eta.map(|at| ("Ends", clock(at))));
    }
    let frames = snapshot.count.unwrap_or(snapshot.shots);
    if frames > 0 {
        all.push(("Film", film(frames)));
    }
    if snapshot.skipped > 0 {
        all.push((
            "Left out, being late",
            words::pictures(u64::from(snapshot.skipped)),
        ));
    }
    all.extend(
        snapshot
            .jitter_ms
            .as_ref()
            .map(|jitter| ("Late", words::jitter(jitter, snapshot.shots))),
    );
    all.push(("Pictures in all", snapshot.total.to_string()));
    all.push(("Release", snapshot.release.name.clone()));
    all.push((
        "Half-press",
        if snapshot.release.focus {
            "yes"
        } else {
            "no focus line"
        }
        .to_owned(),
    ));
    all.push((
        "Real-time priority",
        if snapshot.realtime {
            "yes"
        } else {
            "no: a busy machine may make pictures late"
        }
        .to_owned(),
    ));
    all
}

/// `500 pictures: 20.8 s at 24, 20 s at 25, 16.7 s at 30 a second`.
fn film(frames: u32) -> String {
    let lengths = RATES.map(|rate| {
        let tenths = (u64::from(frames) * 10 + u64::from(rate) / 2) / u64::from(rate);
        let length = match tenths {
            0..600 => Duration::from_millis(tenths * 100),
            _ => Duration::from_secs((tenths + 5) / 10),
        };
        format!("{} at {rate}", words::duration(length))
    });
    format!(
        "{}: {} fps",
        words::pictures(u64::from(frames)),
        lengths.join(", ")
    )
}

/// Today a time, else with the date.
fn clock(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (at, now) = (
        at.to_zoned_datetime(zone.clone()),
        now.to_zoned_datetime(zone.clone()),
    );
    let format = if at.date() == now.date() {
        "%H:%M:%S"
    } else {
        "%a %-d %b, %H:%M:%S"
    };
    at.strftime(format).to_string()
}
