//! What an event means for an attempt: how far it is, or why it failed.

use jiff::{SignedDuration, Timestamp};

use super::Event;
use super::entry::{Entry, undo};
use super::{REASON_MS, UNSEEN_S};
use crate::net::act::{FollowUp, Keep};
use crate::net::attempt::{Problem, Stage, Why};
use crate::net::reason::{
    self, NEW_ACTIVATION, NO_SECRETS, SSID_NOT_FOUND, SUPPLICANT_DISCONNECT, SUPPLICANT_TIMEOUT,
};
use crate::net::security::{Family, Security};
use crate::net::snapshot::{ActiveState, Device, DeviceState, Id, Snapshot};
use crate::say;

/// Who has associated for so long and is then asked for secrets anew was not let in, seconds.
/// (An agent that keeps the secrets is asked for them within a moment.)
const NOT_LET_IN_S: i64 = 10;

/// Something happened; what is to be done about it.
pub(super) fn on(
    entry: &mut Entry,
    event: Event<'_>,
    snapshot: &Snapshot,
    now: Timestamp,
) -> Vec<FollowUp> {
    let mine = |connection: &Id| entry.attempt.connection.as_ref() == Some(connection);
    match event {
        Event::Device {
            device,
            new,
            old,
            reason,
        } if entry.attempt.device.as_ref() == Some(device) => {
            on_device(entry, (old, new, reason), snapshot, now)
        }
        Event::Active {
            connection,
            state,
            reason,
        } if mine(connection) => on_active(entry, (state, reason), snapshot, now),
        Event::Vpn {
            connection,
            state,
            reason,
        } if mine(connection) => on_vpn(entry, (state, reason), now),
        Event::Gone { connection } if mine(connection) => {
            entry.ending = entry.ending.or(Some((now, 0)));
            Vec::new()
        }
        Event::SecretsRefused { attempt } if entry.attempt.number == attempt => {
            let why = wrong_secret(entry);
            fail(entry, why, "", None, now)
        }
        Event::Asked { profile } if entry.uuid.as_ref() == Some(profile) => {
            entry.asked = true;
            entry.heard = now;
            entry.attempt.stage = Stage::Going(DeviceState::NeedAuth);
            Vec::new()
        }
        Event::Restarted => {
            let cause = say!("net-cause-restarted");
            fail(entry, Why::Other, &cause, None, now)
        }
        _ => Vec::new(),
    }
}

/// Looks at the snapshot, where signals came before the answer to the call, or never.
pub(super) fn look(entry: &mut Entry, snapshot: &Snapshot, now: Timestamp) -> Vec<FollowUp> {
    let Some(id) = entry.attempt.connection.clone() else {
        return Vec::new();
    };
    let Some(active) = snapshot.connection(&id) else {
        let unseen = SignedDuration::from_secs(UNSEEN_S);
        let never_heard_of = !entry.entered && now.duration_since(entry.heard) >= unseen;
        if entry.seen || never_heard_of {
            entry.ending = entry.ending.or(Some((now, 0)));
        }
        return Vec::new();
    };
    entry.seen = true;
    if let Some(device) = active.devices.first() {
        entry.attempt.device = Some(device.clone());
        let ours = |device: &&Device| device.active.as_ref() == Some(&id);
        let device = snapshot.device(device).filter(ours);
        let at_work = DeviceState::Prepare..=DeviceState::Activated;
        if let Some(device) = device.filter(|device| at_work.contains(&device.state))
            && !entry.entered
        {
            entry.entered = true;
            entry.attempt.stage = Stage::Going(device.state);
            if device.state == DeviceState::Config {
                entry.config_since = entry.config_since.or(Some(now));
            }
        }
    }
    match active.state {
        ActiveState::Activated => succeed(entry, now),
        ActiveState::Deactivated => {
            entry.ending = entry.ending.or(Some((now, 0)));
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Time has passed: a reason that did not come, or nothing heard for too long.
pub(super) fn late(entry: &mut Entry, snapshot: &Snapshot, now: Timestamp) -> Vec<FollowUp> {
    if entry.is_over() {
        return Vec::new();
    }
    if let Some((since, reason)) = entry.ending {
        if now.duration_since(since) < SignedDuration::from_millis(REASON_MS) {
            return Vec::new();
        }
        return fail_by_active(entry, reason, snapshot, now);
    }
    if now.duration_since(entry.heard) < entry.patience() {
        return Vec::new();
    }
    let cause = say!("net-cause-silence");
    fail(entry, Why::NoAnswer, &cause, None, now)
}

fn on_device(
    entry: &mut Entry,
    (old, new, reason): (u32, u32, u32),
    snapshot: &Snapshot,
    now: Timestamp,
) -> Vec<FollowUp> {
    // Before NetworkManager has answered, the device works for somebody else.
    if entry.attempt.connection.is_none() {
        return Vec::new();
    }
    let state = reason::device_state(new);
    if let Some((_, reason)) = entry.ending
        && (DeviceState::Prepare..=DeviceState::Activated).contains(&state)
    {
        // Ours is down, and the device has begun something else.
        return fail_by_active(entry, reason, snapshot, now);
    }
    if state == DeviceState::Prepare {
        entry.entered = true;
    }
    if !entry.entered {
        return Vec::new();
    }
    entry.heard = now;
    match state {
        DeviceState::Activated => succeed(entry, now),
        DeviceState::NeedAuth => on_need_auth(entry, old, reason, now),
        DeviceState::Failed => fail_by_device(entry, reason, snapshot, now),
        DeviceState::Deactivating => {
            entry.down_reason = Some(reason);
            Vec::new()
        }
        // Another activation ends ours, or is ours that ends another one: the connection's own
        // signal tells which.
        DeviceState::Unknown
        | DeviceState::Unmanaged
        | DeviceState::Unavailable
        | DeviceState::Disconnected
            if reason != NEW_ACTIVATION =>
        {
            let reason = entry.down_reason.filter(|&r| r != 0).unwrap_or(reason);
            fail_by_device(entry, reason, snapshot, now)
        }
        DeviceState::Prepare
        | DeviceState::Config
        | DeviceState::IpConfig
        | DeviceState::IpCheck
        | DeviceState::Secondaries => {
            entry.asked = false;
            if state == DeviceState::Config {
                entry.config_since = Some(now);
            }
            entry.attempt.stage = Stage::Going(state);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The device wants secrets. Where the person has typed some, they were wrong; where not, the
/// agent asks for them now.
fn on_need_auth(entry: &mut Entry, old: u32, reason: u32, now: Timestamp) -> Vec<FollowUp> {
    if reason == SUPPLICANT_DISCONNECT {
        entry.refused = true;
    }
    let waited = entry.config_since.map(|since| now.duration_since(since));
    let not_let_in = reason::device_state(old) == DeviceState::Config
        && waited.is_some_and(|time| time >= SignedDuration::from_secs(NOT_LET_IN_S));
    if entry.typed && entry.ssid.is_some() && (entry.refused || not_let_in) {
        let why = wrong_secret(entry);
        return fail(entry, why, "", None, now);
    }
    entry.attempt.stage = Stage::Going(DeviceState::NeedAuth);
    Vec::new()
}

fn on_active(
    entry: &mut Entry,
    (state, reason): (u32, u32),
    snapshot: &Snapshot,
    now: Timestamp,
) -> Vec<FollowUp> {
    entry.heard = now;
    match state {
        2 => succeed(entry, now),
        // The person, or the profile's end: the device has nothing to add, or has done so.
        4 if matches!(reason, 2 | 11) || entry.down_reason.is_some_and(|reason| reason > 1) => {
            fail_by_active(entry, reason, snapshot, now)
        }
        4 => {
            entry.ending = entry.ending.or(Some((now, reason)));
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn on_vpn(entry: &mut Entry, (state, reason): (u32, u32), now: Timestamp) -> Vec<FollowUp> {
    entry.heard = now;
    let going = |state| Stage::Going(state);
    match state {
        1 | 3 => entry.attempt.stage = going(DeviceState::Config),
        2 => entry.attempt.stage = going(DeviceState::NeedAuth),
        4 => entry.attempt.stage = going(DeviceState::IpConfig),
        5 => return succeed(entry, now),
        6 | 7 => {
            let why = reason::active_why(reason);
            return fail(entry, why, &reason::active_words(reason), None, now);
        }
        _ => {}
    }
    Vec::new()
}

fn succeed(entry: &mut Entry, now: Timestamp) -> Vec<FollowUp> {
    if entry.is_over() {
        return Vec::new();
    }
    entry.end(Stage::Connected, now);
    let keep = std::mem::replace(&mut entry.keep, Keep::AsItIs);
    match (&entry.profile, keep) {
        (Some(profile), Keep::IfItWorks) => vec![FollowUp::Persist(profile.clone())],
        (Some(profile), Keep::OrRestore(backup)) if backup.is_saved() => {
            vec![FollowUp::Persist(profile.clone())]
        }
        _ => Vec::new(),
    }
}

/// The device has failed, with a reason of its own.
fn fail_by_device(
    entry: &mut Entry,
    reason: u32,
    snapshot: &Snapshot,
    now: Timestamp,
) -> Vec<FollowUp> {
    let why = in_context(entry, reason, snapshot);
    let driver = || {
        let device = entry.attempt.device.as_ref();
        device.and_then(|id| snapshot.device(id)).map(|d| &d.driver)
    };
    let remedy = match reason {
        35 => driver().map(|driver| say!("net-remedy-firmware", driver = driver)),
        36 => Some(say!("net-remedy-plug-again")),
        40 => Some(say!("net-remedy-plug")),
        _ => None,
    };
    fail(entry, why, &reason::words(reason), remedy, now)
}

/// The connection is down; the device's reason is better than the connection's, where it came.
fn fail_by_active(
    entry: &mut Entry,
    reason: u32,
    snapshot: &Snapshot,
    now: Timestamp,
) -> Vec<FollowUp> {
    match entry.down_reason {
        Some(of_device) if of_device > 1 && !matches!(reason, 2 | 11) => {
            fail_by_device(entry, of_device, snapshot, now)
        }
        _ => {
            let why = reason::active_why(reason);
            fail(entry, why, &reason::active_words(reason), None, now)
        }
    }
}

/// What a device's reason means for this attempt: NetworkManager tells a wrong password in many
/// ways.
fn in_context(entry: &Entry, reason: u32, snapshot: &Snapshot) -> Why {
    let family = entry.security.family();
    let wants_secret = matches!(family, Family::Password | Family::Enterprise | Family::Wep);
    if entry.ssid.is_none() || !wants_secret {
        return reason::why(reason);
    }
    match reason {
        NO_SECRETS if entry.typed || entry.refused => wrong_secret(entry),
        SUPPLICANT_DISCONNECT..=10 if family == Family::Enterprise => Why::WrongPassword,
        SUPPLICANT_DISCONNECT if entry.typed => wrong_secret(entry),
        10 | SUPPLICANT_TIMEOUT | SSID_NOT_FOUND if is_in_sight(entry, snapshot) => {
            Why::ProbablyWrongPassword
        }
        reason => reason::why(reason),
    }
}

/// A secret that was not accepted. WPA3 (and WEP) refuse without saying so, unless NetworkManager
/// is new enough to give the handshake's reason.
fn wrong_secret(entry: &Entry) -> Why {
    let says_nothing = matches!(
        entry.security,
        Security::Sae | Security::WpaTransition | Security::Wep
    );
    if says_nothing && !entry.refused && entry.ssid.is_some() {
        Why::ProbablyWrongPassword
    } else {
        Why::WrongPassword
    }
}

/// Whether the network can be heard, so that its not being "found" means something else.
fn is_in_sight(entry: &Entry, snapshot: &Snapshot) -> bool {
    snapshot.access_points.iter().any(|point| {
        let device = entry.attempt.device.as_ref();
        Some(&point.ssid) == entry.ssid.as_ref() && device.is_none_or(|id| point.device == *id)
    })
}

/// It has failed, and leaves nothing behind.
fn fail(
    entry: &mut Entry,
    why: Why,
    cause: &str,
    remedy: Option<String>,
    now: Timestamp,
) -> Vec<FollowUp> {
    if entry.is_over() {
        return Vec::new();
    }
    let remedy = remedy.unwrap_or_else(|| reason::remedy(why));
    let sentence = sentence(entry, why, cause, &remedy);
    entry.end(Stage::Failed(Problem { why, sentence }), now);
    let keep = std::mem::replace(&mut entry.keep, Keep::AsItIs);
    // A saved profile is NetworkManager's to try again, unless nobody would hear of it any more.
    let leave_it = keep == Keep::AsItIs && why != Why::NoAnswer;
    let connection = entry.attempt.connection.clone().filter(|_| !leave_it);
    match &entry.profile {
        Some(profile) => undo(profile, keep, connection),
        None => Vec::new(),
    }
}

fn sentence(entry: &Entry, why: Why, cause: &str, remedy: &str) -> String {
    let name = &*entry.attempt.name;
    match why {
        // A false access point fails in the same way: it must not be told the password.
        Why::WrongPassword if entry.security == Security::Enterprise => {
            say!("net-failed-user-or-password", name = name)
        }
        Why::WrongPassword => say!("net-failed-wrong-password", name = name, remedy = remedy),
        Why::ProbablyWrongPassword => {
            say!("net-failed-probably-password", name = name, remedy = remedy)
        }
        Why::PasswordWanted => say!("net-failed-password-wanted", name = name, remedy = remedy),
        Why::OutOfRange => say!("net-failed-out-of-range", name = name, remedy = remedy),
        _ if cause.is_empty() => say!("net-failed-nobody-says", name = name, remedy = remedy),
        _ => say!(
            "net-failed-because",
            name = name,
            cause = cause,
            remedy = remedy
        ),
    }
}
