//! `xnm hotspot`: this machine becomes an access point, and ends being one.

use std::io::Write;

use super::connect::{self, End};
use super::session::{Agent, Session};
use super::{ActionError, PATIENCE, ask};
use crate::net::Ssid;
use crate::net::act::hotspot::last;
use crate::net::arguments::Hotspot;
use crate::net::command::Command;
use crate::net::snapshot::{ActiveConnection, Snapshot};
use crate::net::table::ssid_words;
use crate::secret::Secret;

pub(super) fn hotspot(arguments: &Hotspot, out: &mut dyn Write) -> Result<(), ActionError> {
    let session = Session::start(Agent::Off)?;
    if arguments.ssid.as_deref() == Some("off") {
        return off(&session, out);
    }
    let snapshot = session.latest();
    let device = arguments
        .device
        .as_deref()
        .map(|name| connect::device(name, &snapshot))
        .transpose()?;
    let name = arguments.ssid.clone().unwrap_or_else(host_name);
    let ssid = Ssid::from(name.as_str());
    let (password, made) = match &arguments.password_file {
        _ if arguments.open => (None, None),
        Some(path) => (Some(ask::from_file(path)?), None),
        None => {
            let password = match kept_password(&session, &ssid) {
                Some(kept) => kept,
                None => make_password()?,
            };
            (Some(password.clone()), Some(password))
        }
    };
    let name = ssid_words(&ssid);
    let command = Command::Hotspot {
        device,
        ssid,
        password,
    };
    match connect::follow(&session, command)? {
        End::Up(_) => {}
        End::Failed(problem) => return Err(ActionError::Sentence(problem.sentence)),
    }
    write!(out, "the hotspot '{name}' is up")?;
    match made {
        Some(password) => writeln!(out, "; its password is {}", password.reveal())?,
        None => writeln!(out)?,
    }
    Ok(())
}

/// The password that the hotspot had the last time, so that its guests find it again.
fn kept_password(session: &Session, ssid: &Ssid) -> Option<Secret> {
    let uuid = last(&session.latest(), ssid)?.uuid.clone();
    let command = Command::Share {
        profile: uuid.clone(),
    };
    let share = session.ask(command, "the hotspot's password", PATIENCE, |now| {
        now.share.clone().filter(|share| share.profile == uuid)
    });
    // Where it cannot be had (somebody else's, an open one), that is no failure of what follows.
    session.send(Command::Unshare);
    let is_forgotten =
        |now: &Snapshot| (now.failure.is_none() && now.share.is_none()).then_some(());
    session
        .wait("NetworkManager", PATIENCE, is_forgotten)
        .ok()?;
    share.ok()?.password
}

fn off(session: &Session, out: &mut dyn Write) -> Result<(), ActionError> {
    let is_hotspot = |snapshot: &Snapshot, active: &ActiveConnection| {
        snapshot.profile(&active.uuid).is_some_and(|p| p.hotspot)
    };
    let before = session.latest();
    let up: Vec<_> = before
        .connections
        .iter()
        .filter(|active| is_hotspot(&before, active))
        .collect();
    if up.is_empty() {
        return Err(ActionError::Sentence("there is no hotspot".to_owned()));
    }
    for active in up {
        let connection = active.id.clone();
        let id = connection.clone();
        let command = Command::Deactivate { connection };
        session.ask(command, "the hotspot to end", PATIENCE, |now| {
            now.connection(&id).is_none().then_some(())
        })?;
    }
    writeln!(out, "the hotspot is off")?;
    Ok(())
}

fn host_name() -> String {
    let name = rustix::system::uname();
    let name = name.nodename().to_string_lossy();
    if name.is_empty() {
        "hotspot".to_owned()
    } else {
        name.into_owned()
    }
}

/// Twelve letters and digits that cannot be mistaken for each other, when somebody reads them
/// out: 59 bits.
fn make_password() -> Result<Secret, ActionError> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789A";
    let mut random = [0; 12];
    getrandom::fill(&mut random)
        .map_err(|error| ActionError::Sentence(format!("no random numbers: {error}")))?;
    let letter = |byte: u8| {
        let at = usize::from(byte) % LETTERS.len();
        LETTERS.get(at).copied().map(char::from)
    };
    let password: String = random.into_iter().filter_map(letter).collect();
    Ok(Secret::new(password))
}
