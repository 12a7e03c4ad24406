//! What the person asked to connect: how far it is, and why it failed.

use std::sync::Arc;

use jiff::Timestamp;

use super::Ssid;
use super::snapshot::{DeviceState, Id, Uuid};

/// What is being connected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A Wi-Fi network that is being joined, by its name's bytes.
    Network(Ssid),
    /// A saved profile.
    Profile(Uuid),
    /// The hotspot.
    Hotspot,
    /// A new connection through the mobile network.
    Mobile,
}

/// An attempt to connect, from the person's wish until its end was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// A number of its own, never used twice in a process.
    pub number: u64,
    /// What is being connected.
    pub target: Target,
    /// Its name for people.
    pub name: Arc<str>,
    /// The device it runs on, once that is known.
    pub device: Option<Id>,
    /// The active connection, once NetworkManager has made it.
    pub connection: Option<Id>,
    /// When it began.
    pub since: Timestamp,
    /// How it goes.
    pub stage: Stage,
}

/// How an attempt goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// On its way; the device's state says how far.
    Going(DeviceState),
    /// Up.
    Connected,
    /// It did not work.
    Failed(Problem),
}

/// Why an attempt failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The cause, by what can be done about it.
    pub why: Why,
    /// In words: what happened, to what, what to do; one sentence.
    pub sentence: String,
}

/// Causes that people can do something about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The password is wrong: ask again.
    WrongPassword,
    /// The password is probably wrong, but the network did not say so: ask again.
    ProbablyWrongPassword,
    /// A password is wanted and there is none: ask.
    PasswordWanted,
    /// The network is out of range.
    OutOfRange,
    /// The network did not let us in, or did not answer.
    NoAnswer,
    /// No address from the router (DHCP).
    NoAddress,
    /// The SIM wants its PIN.
    SimPin,
    /// The SIM wants its PUK.
    SimPuk,
    /// The SIM's PIN was wrong.
    WrongPin,
    /// There is no SIM.
    NoSim,
    /// The mobile network does not let us in (roaming, subscription, no coverage).
    NoMobileNetwork,
    /// The access point name is wrong.
    WrongApn,
    /// A permission is missing.
    Forbidden,
    /// The person stopped it, or something else took its place.
    Stopped,
    /// Anything else.
    Other,
}

impl Why {
    /// Whether a new password is what helps.
    #[must_use]
    pub fn asks_for_password(self) -> bool {
        matches!(
            self,
            Self::WrongPassword | Self::ProbablyWrongPassword | Self::PasswordWanted
        )
    }
}
