//! The state of the message topic, whole: what the line and the popup are drawn from.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::sms::broadcast::Severity;
use crate::sms::contacts::Contacts;
use crate::sms::message::{Conversation, ConversationId, Message, MessageId, Unaddressed};
use crate::sms::store::Counts;
use crate::sms::ussd::Dialogue;

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
    /// It was told to restart, and its port is waited for.
    Restarting,
    /// The SIM is locked or missing.
    Locked(Lock),
    /// Messages can come and go.
    Ready,
    /// It does not do what it should; one sentence saying what and what to do.
    Failed(String),
}

/// Whether the network serves the modem (3GPP TS 27.007 clause 7.2, `<stat>` of `+CREG`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Registration {
    /// Not registered, and not searching (0).
    None,
    /// Searching (2).
    Searching,
    /// The network refuses the SIM (3).
    Denied,
    /// Registered in the home network (1, 6).
    Home,
    /// Registered in another network (5, 7).
    Roaming,
}

impl Registration {
    /// Reads `<stat>`; what is not known (4) or for emergency calls only (8) tells nothing.
    #[must_use]
    pub fn from_raw(stat: u32) -> Option<Self> {
        Some(match stat {
            0 => Self::None,
            1 | 6 => Self::Home,
            2 => Self::Searching,
            3 => Self::Denied,
            5 | 7 => Self::Roaming,
            _ => return None,
        })
    }

    /// Whether messages can go.
    #[must_use]
    pub fn serves(self) -> bool {
        matches!(self, Self::Home | Self::Roaming)
    }

    /// Its word, as in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Searching => "searching",
            Self::Denied => "denied",
            Self::Home => "home",
            Self::Roaming => "roaming",
        }
    }
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
    /// Whether the network serves it, where the modem tells.
    pub registration: Option<Registration>,
    /// What the network asks over USSD, while it waits for an answer.
    pub ussd_asks: Option<String>,
}

/// Something that waits elsewhere (3GPP TS 23.040 clause 9.2.3.24.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// 0 voice mail, 1 fax, 2 e-mail, 3 other.
    pub kind: u8,
    /// How many, where it was told.
    pub count: Option<u8>,
}

impl Waiting {
    /// The voice mailbox.
    pub const VOICE: u8 = 0;

    /// The word of what waits, as in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self.kind {
            Self::VOICE => "voice",
            1 => "fax",
            2 => "email",
            _ => "other",
        }
    }

    /// `2 voice mails`, `fax`.
    #[must_use]
    pub fn words(self) -> String {
        let (one, many) = match self.kind {
            Self::VOICE => ("voice mail", "voice mails"),
            1 => ("fax", "faxes"),
            2 => ("e-mail", "e-mails"),
            _ => ("message elsewhere", "messages elsewhere"),
        };
        match self.count {
            None | Some(0) => one.to_owned(),
            Some(1) => format!("1 {one}"),
            Some(count) => format!("{count} {many}"),
        }
    }
}

/// What the status line needs; cheap to make, no message in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// Messages not read.
    pub unread: u32,
    /// Messages stored.
    pub total: u32,
    /// The modem.
    pub modem: Modem,
    /// What is wrong, one full sentence.
    pub error: Option<String>,
    /// What waits elsewhere: voice mail first.
    pub waiting: Vec<Waiting>,
    /// The worst warning that nobody has read yet.
    pub alert: Option<Severity>,
    /// Who sent the newest message that is not read: the contact's name, or the number. Only
    /// where it was asked for.
    #[serde(default)]
    pub sender: Option<String>,
}

impl Summary {
    /// What the store counts, and how the modem is.
    #[must_use]
    pub fn new(counts: Counts, modem: Modem, error: Option<String>) -> Self {
        Self {
            unread: counts.unread,
            total: counts.total,
            modem,
            error,
            waiting: counts.waiting,
            alert: counts.alert,
            sender: None,
        }
    }
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
    /// Restarting the modem.
    Modem,
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
    /// What must be seen at once, whatever else is open: warnings and flash messages that nobody
    /// has read, the worst and then the newest first, at most 20.
    pub at_once: Arc<Vec<Message>>,
    /// What was said over USSD since the popup was opened.
    pub ussd: Arc<Dialogue>,
    /// The address book; `None` while it has not been read.
    pub contacts: Option<Arc<Contacts>>,
    /// A new message that was begun and has no recipient yet.
    pub unaddressed: Option<Unaddressed>,
    /// The thread that another program (a notification's "Reply") wants to be opened, with a
    /// number that is another one for each such wish.
    pub wanted: Option<(u64, ConversationId)>,
}
