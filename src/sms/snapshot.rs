//! The state of the message topic, whole: what the line and the popup are drawn from.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::sms::message::{Conversation, ConversationId, Message, MessageId};

/// What stands between us and the SIM's messages (3GPP TS 27.007 clause 8.3, `+CPIN`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lock {
    /// The SIM wants its PIN.
    SimPin,
    /// The SIM wants its PUK.
    SimPuk,
    /// There is no SIM, or it does not answer.
    NoSim,
    /// Another lock (`PH-NET PIN`, …), as the modem names it.
    Other(String),
}

/// What is known of the modem itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ModemState {
    /// No modem is configured: only the store speaks.
    #[default]
    Unconfigured,
    /// The port does not exist (unplugged, not yet there).
    Absent,
    /// Somebody else has the port; `holder` names the program where it can be told.
    Busy {
        /// Program and process, like `ModemManager (812)`.
        holder: Option<String>,
    },
    /// Being opened and asked.
    Starting,
    /// The SIM is locked or missing.
    Locked(Lock),
    /// Messages can come and go.
    Ready,
    /// It does not do what it should; one sentence saying what and what to do.
    Failed(String),
}

/// The modem as the line and the popup's header show it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Modem {
    /// What can be done with it.
    pub state: ModemState,
    /// The port, where one is configured.
    pub device: Option<String>,
    /// The operator's name (`+COPS`).
    pub operator: Option<String>,
    /// Signal strength, 0..=100 %.
    pub signal_percent: Option<u8>,
    /// Messages that the SIM holds.
    pub sim_used: Option<u32>,
    /// Messages that the SIM can hold.
    pub sim_capacity: Option<u32>,
    /// PIN (or, when it is wanted, PUK) tries left, where the modem tells.
    pub pin_tries: Option<u8>,
}

/// What the status line needs; cheap to make, no message in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Messages not read.
    pub unread: u32,
    /// Messages stored.
    pub total: u32,
    /// The modem.
    pub modem: Modem,
    /// What is wrong, one full sentence.
    pub error: Option<String>,
}

/// The open thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// Which one.
    pub conversation: ConversationId,
    /// The messages that are loaded, oldest first, the newest always among them.
    pub messages: Arc<Vec<Message>>,
    /// How many the thread has in all; more than are loaded while older ones wait.
    pub total: u32,
}

/// The answer to a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// What was asked.
    pub query: String,
    /// What was found, newest first, at most 200.
    pub hits: Arc<Vec<Message>>,
    /// How many there are in all.
    pub total: u32,
}

/// Something that went wrong with what the person asked for, shown beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What it belongs to.
    pub about: About,
    /// What happened, to what, and what to do: one sentence.
    pub sentence: String,
}

/// What a [`Failure`] belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The PIN or PUK entry.
    Unlock,
    /// The composer's recipient or text.
    Compose,
    /// A message.
    Message(MessageId),
    /// The store (disk full, damaged, …).
    Store,
}

/// Everything the popup draws.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Snapshot {
    /// The header and the line.
    pub summary: Summary,
    /// All threads, newest first; `None` while the store has not been read.
    pub conversations: Option<Arc<Vec<Conversation>>>,
    /// The open thread.
    pub thread: Option<Thread>,
    /// The answer to the last search.
    pub search: Option<Search>,
    /// What went wrong last, until the next command.
    pub failure: Option<Failure>,
    /// Whether an unlock is being tried now.
    pub unlocking: bool,
}
