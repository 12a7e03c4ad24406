//! What a message is, once it is out of its PDUs: the words shared by store, line and popup.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::sms::broadcast::Severity;

/// The store's identity of a message; never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct MessageId(pub i64);

/// The store's identity of a conversation; never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct ConversationId(pub i64);

/// Which way a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From the network to us.
    In,
    /// From us to the network.
    Out,
}

/// How far a message has come.
///
/// `Unknown` is a message whose sending was cut off (a time-out, a crash, a pulled modem): the
/// network may or may not have taken it, so it is never sent again without the person's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Came in.
    Received,
    /// Waits for a modem that can send it.
    Queued,
    /// Is on its way through the modem now.
    Sending,
    /// The network took every part.
    Sent,
    /// A status report says that the recipient has it.
    Delivered,
    /// The modem or the network refused it.
    Failed,
    /// Nobody can say whether the network took it.
    Unknown,
}

impl State {
    /// Its word, as in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

/// One message as a person sees it; long messages are already joined.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    /// The store's identity.
    pub id: MessageId,
    /// The thread it belongs to.
    #[serde(skip)]
    pub conversation: ConversationId,
    /// Which way it went.
    pub direction: Direction,
    /// The other side as the network writes it: `+491701234567`, `12345`, `Vodafone`.
    pub address: String,
    /// The contact's name, where one is known.
    pub name: Option<String>,
    /// In: the service centre's time stamp. Out: when the person sent it.
    pub time: Timestamp,
    /// The whole text; a part that has not come is shown as `[…]`.
    pub text: String,
    /// Whether a person has seen it. Always true for outgoing ones.
    pub read: bool,
    /// How far it has come.
    pub state: State,
    /// Why it failed or is unknown, one short sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How many parts (segments) it has, 1..=255.
    pub parts: u8,
    /// In: how many of them have not come yet. Out: how many the network has not taken yet.
    pub parts_missing: u8,
    /// Message class 0..=3 (3GPP TS 23.038 clause 4); 0 is a flash message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<u8>,
    /// How bad it is, for a cell broadcast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert: Option<Severity>,
}

impl Message {
    /// What it is called in place of its sender where it must be seen at once.
    #[must_use]
    pub fn title(&self) -> &str {
        match self.alert {
            Some(severity) => severity.title(),
            None => self.name.as_deref().unwrap_or(&self.address),
        }
    }
}

/// A thread: everything that went to and fro with one other side.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    /// The store's identity.
    pub id: ConversationId,
    /// The other side as last written.
    pub address: String,
    /// The contact's name, where one is known.
    pub name: Option<String>,
    /// The first line of the last message, at most 120 characters.
    pub preview: String,
    /// Direction and state of the last message.
    pub last: Option<(Direction, State)>,
    /// When the last message came or went, or the draft was written.
    pub time: Timestamp,
    /// How many messages in it are unread.
    pub unread: u32,
    /// How many messages it holds.
    pub total: u32,
    /// Text typed but not sent.
    pub draft: Option<String>,
}

/// A new message whose recipient is not one yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unaddressed {
    /// What is typed where the recipient goes: nothing, or part of a name or number.
    pub to: String,
    /// The text typed so far.
    pub text: String,
}
