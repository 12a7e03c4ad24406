//! The subcommands of `xnm`: each waits for its end and says in one sentence what happened.

mod ask;
mod connect;
mod disconnect;
mod find;
mod hotspot;
mod modem;
mod profile;
mod radio;
mod session;
mod share;

use std::io::{self, Write};
use std::time::Duration;

use self::session::{Agent, Session};
use super::arguments::Action;
use super::ask::Program;
use super::command::Command;
use super::options::{Options, Wants};
use super::snapshot::{DeviceKind, Snapshot};
use super::source::Source;
use super::visible::Rules;
use super::{json, once, status, table};
use crate::bar::escape_json;

/// Why a subcommand failed.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// Standard output, input, a file, or the terminal.
    #[error("cannot read or write: {0}")]
    Io(#[from] io::Error),
    /// The person's mistake, in a sentence: exit status 2.
    #[error("{0}")]
    Usage(String),
    /// What happened, to what, and what to do.
    #[error("{0}")]
    Sentence(String),
}

/// Longest that a change waits until NetworkManager's state shows it.
const PATIENCE: Duration = Duration::from_secs(30);

/// Carries out a subcommand and writes to `out`.
///
/// # Errors
/// See [`ActionError`].
pub fn run(action: &Action, rules: &Rules, out: &mut dyn Write) -> Result<(), ActionError> {
    match action {
        Action::List { json, all } => list(*json, *all, rules, out),
        Action::Connect(arguments) => connect::connect(arguments, out),
        Action::Disconnect { what } => disconnect::disconnect(what.as_deref(), out),
        Action::Forget { profile } => profile::forget(profile, out),
        Action::Radio { which, to } => radio::switch(*which, *to, out),
        Action::Hotspot(arguments) => hotspot::hotspot(arguments, out),
        Action::Share { profile } => share::share(profile, out),
        Action::Scan => scan(out),
        Action::Profile(arguments) => profile::profile(arguments, out),
        Action::Modem { json } => modem::modem(*json, out),
        Action::Unlock { pin_file, modem } => {
            modem::unlock(pin_file.as_deref(), modem.as_deref(), out)
        }
        Action::Agent => agent(),
        Action::Portal => portal(out),
    }
}

/// One look at everything; an error where there is nobody to ask.
fn look() -> Result<Snapshot, ActionError> {
    let snapshot = once::look(&Wants::ALL);
    match status::error(&snapshot) {
        Some(sentence) => Err(ActionError::Sentence(sentence)),
        None => Ok(snapshot),
    }
}

fn list(json: bool, all: bool, rules: &Rules, out: &mut dyn Write) -> Result<(), ActionError> {
    if json {
        // Also without NetworkManager the document is whole: its `error` says what is wrong.
        let snapshot = once::look(&Wants::ALL);
        let document = json::to_json(&snapshot).to_string();
        writeln!(out, "{}", escape_json(&document))?;
        return status::error(&snapshot).map_or(Ok(()), |error| Err(ActionError::Sentence(error)));
    }
    write!(out, "{}", table::table(&look()?, rules, all))?;
    Ok(())
}

/// A scan takes 3 to 5 seconds; a device that is busy with its own waits for that first.
const SCAN: Duration = Duration::from_secs(25);

fn scan(out: &mut dyn Write) -> Result<(), ActionError> {
    let session = Session::start(Agent::Off)?;
    let before = session.latest();
    if !before.devices.iter().any(|d| d.kind == DeviceKind::Wifi) {
        let sentence = "there is no Wi-Fi device to look for networks with";
        return Err(ActionError::Sentence(sentence.to_owned()));
    }
    if !before.radios.wifi.is_on() {
        let sentence = "Wi-Fi is off: switch it on with 'xnm radio wifi on'";
        return Err(ActionError::Sentence(sentence.to_owned()));
    }
    let last = |snapshot: &Snapshot| snapshot.devices.iter().map(|d| d.last_scan_ms).max();
    let mut began = false;
    let done = session.ask(Command::Scan, "the scan to end", SCAN, |now| {
        began |= !now.scanning.is_empty();
        (now.scanning.is_empty() && (began || last(now) != last(&before))).then_some(())
    });
    // What was found before is still worth showing.
    write!(out, "{}", table::networks_table(&session.latest()))?;
    done
}

/// Runs until it is killed; the source does the work, and a window asks the person.
fn agent() -> ! {
    let options = Options {
        agent: true,
        window: Some(Program::barpop()),
        ..Options::default()
    };
    let _source = Source::start(options, || {});
    loop {
        std::thread::park();
    }
}

fn portal(out: &mut dyn Write) -> Result<(), ActionError> {
    let session = Session::start(Agent::Off)?;
    let before = session.latest();
    if before.connectivity != super::snapshot::Connectivity::Portal {
        return Err(ActionError::Sentence(format!(
            "there is no sign-in page: NetworkManager says that connectivity is '{}'",
            super::words::connectivity(before.connectivity)
        )));
    }
    session.send(Command::SignIn);
    session.grace()?;
    writeln!(out, "the sign-in page is being opened in the browser")?;
    Ok(())
}
