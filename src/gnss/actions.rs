//! The subcommands of `xgnss`.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json as object;

use super::arguments::{Action, XlcslsrAction};
use super::clock::Moment;
use super::command::Command;
use super::coordinates::{Notation, link};
use super::modem::xlcslsr;
use super::options::Wanted;
use super::satellite::Satellite;
use super::snapshot::{Link, Snapshot, State};
use super::watcher::{Watcher, Woken};
use super::{Options, json};
use crate::bar::clean;

/// Why a subcommand failed.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// Standard output, or the system.
    #[error("cannot read or write: {0}")]
    Io(#[from] std::io::Error),
    /// Something in words.
    #[error("{0}")]
    Sentence(String),
}

/// How long a fix is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// Satellites come apart from the position, within a second of it.
const SKY_PATIENCE: Duration = Duration::from_millis(1200);

/// Carries out a subcommand and writes to `out`; `false` when it says "no" by its exit status
/// and has said why already.
///
/// # Errors
/// See [`ActionError`].
pub fn run(
    action: &Action,
    options: &Options,
    notation: Notation,
    wait: Option<Duration>,
    out: &mut dyn Write,
) -> Result<bool, ActionError> {
    let wait = wait.unwrap_or(PATIENCE);
    match action {
        Action::Fix { json } => fix(options, notation, *json, wait, out),
        Action::Satellites { json } => satellites(options, *json, wait, out),
        Action::Record { file } => record(file, options, out),
        Action::Xlcslsr(XlcslsrAction::Decode { line }) => {
            let (value, done) = match xlcslsr(line) {
                Ok(said) => (json::xlcslsr(&said), true),
                Err(error) => (object!({ "error": error.to_string() }), false),
            };
            writeln!(out, "{value}")?;
            Ok(done)
        }
    }
}

/// Waits until the snapshot is as wanted, the source says that it cannot be, or the time is over.
///
/// # Errors
/// What the system says.
pub fn look(
    options: &Options,
    wait: Duration,
    with_sky: bool,
    wanted: impl Fn(&Snapshot, State) -> bool,
) -> std::io::Result<Arc<Snapshot>> {
    let watcher = Watcher::start(options.clone())?;
    let started = Moment::now();
    let mut until = started.plus(wait);
    // What is read as fast as it can be has no moment before its end.
    let to_its_end = options.fast && matches!(options.wanted, Wanted::File(_));
    let mut found = false;
    loop {
        let snapshot = watcher.latest();
        let now = Moment::now();
        if !found && !to_its_end && wanted(&snapshot, snapshot.state(now, options.limits)) {
            found = true;
            until = until.min(now.plus(SKY_PATIENCE));
        }
        let is_enough = !to_its_end && found && (!with_sky || snapshot.sky.is_some());
        // It may be tried again for ever; once is enough to say so.
        let is_hopeless =
            snapshot.error.is_some() && matches!(snapshot.link, Link::NoSource | Link::Connecting);
        if is_enough || is_hopeless || snapshot.link == Link::Ended || now >= until {
            return Ok(snapshot);
        }
        if watcher.wait(Some(until), None)? == Woken::Stopped {
            return Ok(snapshot);
        }
    }
}

fn fix(
    options: &Options,
    notation: Notation,
    json: bool,
    wait: Duration,
    out: &mut dyn Write,
) -> Result<bool, ActionError> {
    let snapshot = look(options, wait, json, |_, state| state == State::Fix)?;
    let now = Moment::now();
    let state = snapshot.state(now, options.limits);
    if json {
        writeln!(out, "{}", json::snapshot(&snapshot, now, options.limits))?;
        return Ok(state == State::Fix);
    }
    let fix = snapshot.fix.as_ref().filter(|_| state == State::Fix);
    let Some((fix, position)) = fix.and_then(|held| Some((held.value, held.value.position?)))
    else {
        return Err(ActionError::Sentence(no_fix(&snapshot, state, wait)));
    };
    let text = match notation {
        Notation::Geo => link::geo(position, fix.altitude_ellipsoid_m, fix.error.horizontal_m),
        other => other.write(position),
    };
    writeln!(out, "{text}")?;
    Ok(true)
}

/// Why there is no position, in a sentence.
fn no_fix(snapshot: &Snapshot, state: State, wait: Duration) -> String {
    if let Some(error) = &snapshot.error {
        return error.clone();
    }
    let heard = snapshot.sky.as_ref().map_or(0, |sky| sky.value.heard());
    let seconds = wait.as_secs();
    match state {
        State::Stale | State::Lost => {
            "the receiver has lost its fix; it needs a view of the sky".to_owned()
        }
        _ if snapshot.link == Link::Ended => "the file has no position".to_owned(),
        _ => format!(
            "no fix within {seconds} s, {heard} satellites are received; the receiver needs a \
             view of the sky, or more time (--wait)"
        ),
    }
}

fn satellites(
    options: &Options,
    json: bool,
    wait: Duration,
    out: &mut dyn Write,
) -> Result<bool, ActionError> {
    let has_sky = |snapshot: &Snapshot, _| {
        let sky = snapshot.sky.as_ref();
        sky.is_some_and(|sky| !sky.value.satellites.is_empty())
    };
    let snapshot = look(options, wait, true, has_sky)?;
    let Some(sky) = &snapshot.sky else {
        let state = snapshot.state(Moment::now(), options.limits);
        return Err(ActionError::Sentence(no_fix(&snapshot, state, wait)));
    };
    for satellite in &sky.value.satellites {
        if json {
            writeln!(out, "{}", json::satellite(satellite))?;
        } else {
            writeln!(out, "{}", row(satellite))?;
        }
    }
    Ok(true)
}

/// `G05 *  42°  139°  34 dB-Hz`, made for eyes.
fn row(satellite: &Satellite) -> String {
    let number = |value: Option<f64>, unit: &str| {
        value.map_or_else(|| "-".to_owned(), |value| format!("{value:.0}{unit}"))
    };
    let used = if satellite.used == Some(true) {
        '*'
    } else {
        ' '
    };
    format!(
        "{} {used} {:>4} {:>5} {:>9}",
        satellite.id,
        number(satellite.elevation_deg, "°"),
        number(satellite.azimuth_deg, "°"),
        number(satellite.cn0_dbhz, " dB-Hz")
    )
}

/// Records until it is stopped, or a replayed file is at its end.
fn record(file: &Path, options: &Options, out: &mut dyn Write) -> Result<bool, ActionError> {
    let watcher = Watcher::start(options.clone())?;
    watcher
        .source()
        .send(Command::StartRecording(file.to_owned()));
    let mut said = None;
    let mut began = false;
    loop {
        let snapshot = watcher.latest();
        if let Some(recording) = &snapshot.recording {
            if let Some(error) = &recording.error {
                return Err(ActionError::Sentence(error.clone()));
            }
            if !began {
                began = true;
                writeln!(out, "recording to {}", file.display())?;
                out.flush()?;
            }
            if snapshot.link == Link::Ended {
                writeln!(out, "{} points", recording.points)?;
                return Ok(true);
            }
        }
        if snapshot.error != said {
            if let Some(error) = &snapshot.error {
                // The recording goes on when the source is there again.
                let _ = writeln!(std::io::stderr(), "xgnss: {}", clean(error));
            }
            said.clone_from(&snapshot.error);
        }
        // Nobody need read it: it goes on until it is stopped.
        if watcher.wait(None, None)? == Woken::Stopped {
            return Ok(true);
        }
    }
}
