//! One attempt, with what is known of it beside what is shown.

use jiff::{SignedDuration, Timestamp};

use super::{ASKED_PATIENCE_S, PATIENCE_S, REASON_MS, SHOWN_S, UNSEEN_S};
use crate::bar::clean;
use crate::net::act::{FollowUp, Keep, Started};
use crate::net::attempt::{Attempt, Stage, Target, Why};
use crate::net::command::{Command, Credentials};
use crate::net::security::Security;
use crate::net::snapshot::{DeviceState, Id, Profile, Snapshot, Uuid};
use crate::net::ssid::Ssid;
use crate::say;

/// An attempt and what is known of it.
#[derive(Debug)]
pub(super) struct Entry {
    /// What is shown.
    pub attempt: Attempt,
    /// The profile's object, once it is known.
    pub profile: Option<Id>,
    /// The profile's identity, once it is known.
    pub uuid: Option<Uuid>,
    /// What becomes of the profile.
    pub keep: Keep,
    /// The network's name (Wi-Fi).
    pub ssid: Option<Ssid>,
    /// Its protection (Wi-Fi).
    pub security: Security,
    /// Whether the person has typed a secret for it, which NetworkManager has.
    pub typed: bool,
    /// Whether the device works on this attempt; what it did before was for another one.
    pub entered: bool,
    /// Whether the connection was in a snapshot.
    pub seen: bool,
    /// Since when the device associates.
    pub config_since: Option<Timestamp>,
    /// Whether the network has refused the secret.
    pub refused: bool,
    /// Whether the person is being asked.
    pub asked: bool,
    /// The device's last reason on its way down.
    pub down_reason: Option<u32>,
    /// Since when the connection is down, with its own reason, while the device has not told its.
    pub ending: Option<(Timestamp, u32)>,
    /// When something was last heard of it.
    pub heard: Timestamp,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Whether another one has taken its place.
    pub forgotten: bool,
}

/// What a command that connects is about; nothing for all others.
pub(super) fn known(command: &Command, snapshot: &Snapshot) -> Option<Entry> {
    let profile = |uuid: &Uuid| snapshot.profile(uuid);
    let name_of = |uuid: &Uuid| match profile(uuid) {
        Some(profile) => clean(&profile.name),
        None => say!("net-some-profile"),
    };
    let entry = match command {
        Command::Join(join) => Entry {
            ssid: Some(join.ssid.clone()),
            security: join.security,
            typed: join.credentials != Credentials::None,
            ..Entry::new(
                Target::Network(join.ssid.clone()),
                &join.ssid.text(),
                join.device.clone(),
            )
        },
        Command::Activate {
            profile: uuid,
            device,
            ..
        } => Entry {
            uuid: Some(uuid.clone()),
            ..Entry::new(
                Target::Profile(uuid.clone()),
                &name_of(uuid),
                device.clone(),
            )
            .of(profile(uuid))
        },
        Command::Retry {
            profile: uuid,
            credentials,
        } => Entry {
            uuid: Some(uuid.clone()),
            typed: *credentials != Credentials::None,
            ..Entry::new(Target::Profile(uuid.clone()), &name_of(uuid), None).of(profile(uuid))
        },
        Command::Hotspot { device, ssid, .. } => {
            Entry::new(Target::Hotspot, &ssid.text(), device.clone())
        }
        Command::NewMobile(wish) => {
            Entry::new(Target::Mobile, &clean(&wish.name), wish.device.clone())
        }
        _ => return None,
    };
    Some(entry)
}

impl Entry {
    fn new(target: Target, name: &str, device: Option<Id>) -> Self {
        Self {
            attempt: Attempt {
                number: 0,
                target,
                name: name.into(),
                device,
                connection: None,
                since: Timestamp::UNIX_EPOCH,
                stage: Stage::Going(DeviceState::Prepare),
            },
            profile: None,
            uuid: None,
            keep: Keep::AsItIs,
            ssid: None,
            security: Security::Open,
            typed: false,
            entered: false,
            seen: false,
            config_since: None,
            refused: false,
            asked: false,
            down_reason: None,
            ending: None,
            heard: Timestamp::UNIX_EPOCH,
            ended: None,
            forgotten: false,
        }
    }

    fn of(self, profile: Option<&Profile>) -> Self {
        let Some(profile) = profile else {
            return self;
        };
        Self {
            ssid: profile.ssid.clone().filter(|_| !profile.hotspot),
            security: profile.security.unwrap_or_default(),
            profile: Some(profile.id.clone()),
            ..self
        }
    }

    /// NetworkManager has taken it.
    pub fn start(&mut self, started: Started, snapshot: &Snapshot, now: Timestamp) {
        let active = snapshot.connection(&started.connection);
        let on_device = active.and_then(|active| active.devices.first().cloned());
        self.attempt.connection = Some(started.connection);
        if let Some(device) = on_device.or(started.device) {
            self.attempt.device = Some(device);
        }
        self.profile = Some(started.profile);
        self.uuid = Some(started.uuid);
        self.keep = started.keep;
        self.heard = now;
    }

    /// Whether NetworkManager has not answered yet.
    pub fn waits_for_answer(&self) -> bool {
        !self.is_over() && self.attempt.connection.is_none()
    }

    /// Whether it has ended, well or not.
    pub fn is_over(&self) -> bool {
        !matches!(self.attempt.stage, Stage::Going(_))
    }

    /// Whether it has ended, needs nothing of the person, and was shown for long enough.
    pub fn is_read(&self, now: Timestamp) -> bool {
        let needs_nothing = match &self.attempt.stage {
            Stage::Connected => true,
            Stage::Failed(problem) => problem.why == Why::Stopped,
            Stage::Going(_) => false,
        };
        let shown = SignedDuration::from_secs(SHOWN_S);
        needs_nothing && self.ended.is_some_and(|at| now.duration_since(at) >= shown)
    }

    /// When it may change by itself.
    pub fn deadline(&self) -> Option<Timestamp> {
        let after = |at: Timestamp, wait: SignedDuration| at.checked_add(wait).ok();
        match &self.attempt.stage {
            Stage::Going(_) => match self.ending {
                Some((at, _)) => after(at, SignedDuration::from_millis(REASON_MS)),
                None if self.attempt.connection.is_some() && !self.seen && !self.entered => {
                    after(self.heard, SignedDuration::from_secs(UNSEEN_S))
                }
                None => after(self.heard, self.patience()),
            },
            Stage::Failed(problem) if problem.why != Why::Stopped => None,
            _ => after(self.ended?, SignedDuration::from_secs(SHOWN_S)),
        }
    }

    /// How long nothing may be heard.
    pub fn patience(&self) -> SignedDuration {
        let waits_for_person =
            self.asked || self.attempt.stage == Stage::Going(DeviceState::NeedAuth);
        SignedDuration::from_secs(if waits_for_person {
            ASKED_PATIENCE_S
        } else {
            PATIENCE_S
        })
    }

    /// It ends here.
    pub fn end(&mut self, stage: Stage, now: Timestamp) {
        self.attempt.stage = stage;
        self.ended = Some(now);
        self.asked = false;
        self.ending = None;
    }

    /// What there is to do so that an attempt that goes on leaves nothing behind.
    pub fn give_up(&mut self) -> Vec<FollowUp> {
        if self.is_over() {
            return Vec::new();
        }
        let keep = std::mem::replace(&mut self.keep, Keep::AsItIs);
        match (&self.profile, &self.attempt.connection) {
            (Some(profile), Some(connection)) => undo(profile, keep, Some(connection.clone())),
            _ => Vec::new(),
        }
    }
}

/// Stops a connection, where one is named, and puts its profile back to what it was before.
pub(super) fn undo(profile: &Id, keep: Keep, connection: Option<Id>) -> Vec<FollowUp> {
    let mut todo: Vec<FollowUp> = connection.map(FollowUp::Stop).into_iter().collect();
    match keep {
        Keep::AsItIs => {}
        Keep::IfItWorks => todo.push(FollowUp::Remove(profile.clone())),
        Keep::OrRestore(backup) => todo.push(FollowUp::Restore(profile.clone(), backup)),
    }
    todo
}
