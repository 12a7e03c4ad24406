//! Carrying out what a person asked for: one [`Command`], its D-Bus calls, and what came of it.
//!
//! How the source uses it, with [`Attempts`](super::attempts::Attempts) that tell how a
//! connection goes and an [`Agent`](super::agent::Agent) that holds what was typed:
//!
//! ```text
//! let wish = attempts.wish(&command, &snapshot, now);      // an attempt shows at once
//! if let Some(number) = wish.attempt { agent.expect(number, &command, &snapshot) }
//! run wish.follow_ups (below)
//! match act::carry_out(&bus, &snapshot, &command).await {
//!     Ok(Done::Started(started)) => attempts.started(number, started, &snapshot, now)
//!     Ok(Done::Share(share))     => the snapshot's `share`
//!     Ok(Done::Done)             => nothing: the state itself will show it
//!     Err(failure)               => attempts.refused(number, &failure, now), or without an
//!                                   attempt the snapshot's `failure`
//! }
//! every follow-up that `attempts` returns: act::follow_up(&bus, &follow_up).await
//! ```
//!
//! `Answer` and `Refuse` are the agent's ([`Agent::answer`](super::agent::Agent::answer)),
//! `Abort` and `Dismiss` the attempts', `Unshare` the source's own: here they do nothing.
//! Where profiles matter (`Join`, `Hotspot`, `NewMobile`), the snapshot must have them.

mod airplane;
mod browser;
pub(in crate::net) mod hotspot;
mod join;
mod mobile;
mod profile;
mod refusal;
mod share;
mod sim;
mod switch;

use std::collections::BTreeMap;

use zbus::{Message, ObjectPath, Variant};
use zruntime::lock::{Mutex, MutexGuard};

use super::command::Command;
use super::settings::Settings;
use super::snapshot::{About, Failure, Id, Share, Snapshot, Uuid};
use crate::bus::{Bus, BusError, Object};

/// NetworkManager's name on the bus.
pub const NETWORK_MANAGER: &str = "org.freedesktop.NetworkManager";
/// ModemManager's name on the bus.
pub const MODEM_MANAGER: &str = "org.freedesktop.ModemManager1";

const PATH: &str = "/org/freedesktop/NetworkManager";
const PROFILE: &str = "org.freedesktop.NetworkManager.Settings.Connection";
const DEVICE: &str = "org.freedesktop.NetworkManager.Device";
const WIRELESS: &str = "org.freedesktop.NetworkManager.Device.Wireless";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

/// `NMSettingsUpdate2Flags`: to disk, or in memory only with the file left as it is.
const TO_DISK: u32 = 0x1;
const IN_MEMORY: u32 = 0x2;
/// Of the same: do not connect by yourself because of this change.
const BLOCK_AUTOCONNECT: u32 = 0x20;

/// Held while a profile is read, changed and written back, so that of two changes none is lost.
static CHANGING: Mutex<()> = Mutex::new(());

/// What came of a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Done {
    /// It is done, or NetworkManager's state will show it.
    Done,
    /// A connection is on its way.
    Started(Started),
    /// A network to be shown as a QR code.
    Share(Share),
}

/// A connection that NetworkManager was told to bring up.
#[derive(Debug, Clone, PartialEq)]
pub struct Started {
    /// The active connection.
    pub connection: Id,
    /// The profile's object.
    pub profile: Id,
    /// The profile's identity.
    pub uuid: Uuid,
    /// The device that was asked for.
    pub device: Option<Id>,
    /// What becomes of the profile when it is known whether it works.
    pub keep: Keep,
}

/// What becomes of a profile after an attempt.
#[derive(Debug, Clone, PartialEq)]
pub enum Keep {
    /// It stays as it is.
    AsItIs,
    /// It is new and in memory only: saved if it works, gone if not.
    IfItWorks,
    /// It has new secrets in memory: saved if they work, else put back to this.
    OrRestore(Box<Backup>),
}

/// A profile as it was, secrets and all (its `Debug` shows none of them).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Backup {
    settings: Settings,
    /// Whether the settings have a secret in them.
    secrets: bool,
    saved: bool,
}

/// What has to be done after an attempt.
#[derive(Debug, Clone, PartialEq)]
pub enum FollowUp {
    /// Write a profile that works to disk.
    Persist(Id),
    /// Delete a profile that did not work; one that is gone already is no error.
    Remove(Id),
    /// Put a profile back to what it was.
    Restore(Id, Box<Backup>),
    /// Bring an active connection down that goes nowhere; one that is gone is no error.
    Stop(Id),
}

/// Carries a command out; see the top of the file for what is done with the answer.
///
/// # Errors
/// [`Failure`]: one sentence that says what happened, to what, and what to do.
pub async fn carry_out(bus: &Bus, snapshot: &Snapshot, command: &Command) -> Result<Done, Failure> {
    match command {
        Command::Scan => switch::scan(bus, snapshot).await,
        Command::Join(wish) => join::join(bus, snapshot, wish).await,
        Command::Activate {
            profile,
            device,
            access_point,
        } => {
            let to = (device.as_ref(), access_point.as_ref());
            join::activate(bus, snapshot, profile, to).await
        }
        Command::Retry {
            profile,
            credentials,
        } => join::retry(bus, snapshot, profile, credentials).await,
        Command::Deactivate { connection } => switch::deactivate(bus, snapshot, connection).await,
        Command::Disconnect { device } => switch::disconnect(bus, snapshot, device).await,
        Command::Forget { profile } => profile::forget(bus, snapshot, profile).await,
        Command::Change { profile, change } => {
            profile::change(bus, snapshot, profile, *change).await
        }
        Command::Radio { radio, on } => switch::radio(bus, snapshot, *radio, *on).await,
        Command::Hotspot {
            device,
            ssid,
            password,
        } => hotspot::hotspot(bus, snapshot, device.as_ref(), ssid, password.as_ref()).await,
        Command::Share { profile } => share::share(bus, snapshot, profile).await,
        Command::Unlock {
            modem,
            pin,
            last_try,
        } => sim::unlock(bus, snapshot, modem, pin, *last_try).await,
        Command::Unblock { modem, puk, pin } => sim::unblock(bus, snapshot, modem, puk, pin).await,
        Command::NewMobile(wish) => mobile::new_mobile(bus, snapshot, wish).await,
        Command::SignIn => browser::sign_in(snapshot),
        Command::Abort { .. }
        | Command::Unshare
        | Command::Answer { .. }
        | Command::Refuse { .. }
        | Command::Dismiss => Ok(Done::Done),
    }
}

/// Waits until nobody else changes a profile, and keeps it so: held over all follow-ups of an
/// attempt, so that the next one reads the profile as they leave it.
pub(in crate::net) async fn alone() -> MutexGuard<'static, ()> {
    CHANGING.lock().await
}

/// Does what an attempt left to be done, under `alone`.
///
/// # Errors
/// [`BusError`]; what is gone already is no error.
pub async fn follow_up(bus: &Bus, follow_up: &FollowUp) -> Result<(), BusError> {
    let nothing = Settings::default();
    let done = match follow_up {
        FollowUp::Persist(profile) => update(bus, profile, &nothing, TO_DISK).await,
        FollowUp::Restore(profile, backup) => {
            let flags = if backup.saved { TO_DISK } else { IN_MEMORY };
            // The old secret was most likely wrong as well: the person says when it is tried.
            let flags = flags | BLOCK_AUTOCONNECT;
            restore(bus, profile, backup, flags).await
        }
        FollowUp::Remove(profile) => {
            let object = profile_object(profile);
            bus.call(object, "Delete", &()).await.map(drop)
        }
        FollowUp::Stop(connection) => deactivate(bus, connection).await,
    };
    let Err(error) = done else {
        return Ok(());
    };
    if is_gone(&error) {
        return Ok(());
    }
    // A profile may be deleted while it is asked for, which is told as any failure.
    let (FollowUp::Persist(profile) | FollowUp::Remove(profile) | FollowUp::Restore(profile, _)) =
        follow_up
    else {
        return Err(error);
    };
    match get_settings(bus, profile).await {
        Err(gone) if is_gone(&gone) => Ok(()),
        _ => Err(error),
    }
}

/// Whether the object that was called is not there (any more).
fn is_gone(error: &BusError) -> bool {
    let BusError::Refused { name, .. } = error else {
        return false;
    };
    ["UnknownMethod", "UnknownObject", "UnknownInterface"]
        .iter()
        .any(|end| name.ends_with(end))
        || name.ends_with("ConnectionNotActive")
}

fn manager() -> Object<'static> {
    Object {
        service: NETWORK_MANAGER,
        path: PATH,
        interface: NETWORK_MANAGER,
    }
}

fn profile_object(profile: &Id) -> Object<'_> {
    Object {
        service: NETWORK_MANAGER,
        path: profile.as_str(),
        interface: PROFILE,
    }
}

/// An object's path for a call; `/` stands for none (also where the path is malformed, which
/// NetworkManager's own never are).
fn path_of(id: Option<&Id>) -> ObjectPath<'_> {
    id.and_then(|id| ObjectPath::try_from(id.as_str()).ok())
        .unwrap_or_default()
}

async fn update(bus: &Bus, profile: &Id, settings: &Settings, flags: u32) -> Result<(), BusError> {
    let body = (settings, flags, no_options());
    let object = profile_object(profile);
    bus.call(object, "Update2", &body).await.map(drop)
}

/// Puts a profile back. An `Update2` without any secret keeps those that are there, which are the
/// ones that did not work: where there were none before, they are cleared.
async fn restore(bus: &Bus, profile: &Id, backup: &Backup, flags: u32) -> Result<(), BusError> {
    if !backup.secrets {
        bus.call(profile_object(profile), "ClearSecrets", &())
            .await?;
    }
    update(bus, profile, &backup.settings, flags).await
}

/// An empty `a{sv}`.
fn no_options() -> BTreeMap<&'static str, Variant<'static>> {
    BTreeMap::new()
}

async fn deactivate(bus: &Bus, connection: &Id) -> Result<(), BusError> {
    let body = (path_of(Some(connection)),);
    bus.call(manager(), "DeactivateConnection", &body)
        .await
        .map(drop)
}

async fn get_settings(bus: &Bus, profile: &Id) -> Result<Settings, BusError> {
    let message = bus
        .call(profile_object(profile), "GetSettings", &())
        .await?;
    read(&message)
}

/// The secrets of one setting; none where nobody has some (an agent keeps them, or they are
/// asked for every time).
async fn get_secrets(bus: &Bus, profile: &Id, setting: &str) -> Result<Settings, BusError> {
    let object = profile_object(profile);
    match bus.call(object, "GetSecrets", &(setting,)).await {
        Ok(message) => read(&message),
        Err(BusError::Refused { name, .. }) if name.ends_with("NoSecrets") => {
            Ok(Settings::default())
        }
        Err(error) => Err(error),
    }
}

fn read(message: &Message) -> Result<Settings, BusError> {
    Settings::from_message(message).map_err(|error| BusError::Garbled(error.to_string()))
}

async fn set_property(
    bus: &Bus,
    object: Object<'_>,
    name: &str,
    value: Variant<'_>,
) -> Result<(), BusError> {
    let properties = Object {
        interface: PROPERTIES,
        ..object
    };
    let body = (object.interface, name, value);
    bus.call(properties, "Set", &body).await.map(drop)
}

async fn get_property(
    bus: &Bus,
    object: Object<'_>,
    name: &str,
) -> Result<zbus::OwnedVariant, BusError> {
    let properties = Object {
        interface: PROPERTIES,
        ..object
    };
    let message = bus
        .call(properties, "Get", &(object.interface, name))
        .await?;
    message
        .body()
        .deserialize()
        .map_err(|error| BusError::Garbled(error.to_string()))
}

/// The profile as the snapshot knows it.
fn profile_of<'a>(
    snapshot: &'a Snapshot,
    uuid: &Uuid,
) -> Result<&'a super::snapshot::Profile, Failure> {
    snapshot.profile(uuid).ok_or_else(|| Failure {
        about: About::Profile(uuid.clone()),
        sentence: "This profile is gone; another program has deleted it.".to_owned(),
    })
}

impl Backup {
    /// Whether the profile was on disk.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        self.saved
    }
}
