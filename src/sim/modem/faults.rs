//! What goes wrong: switchable at the start and while the modem runs.

use std::collections::VecDeque;
use std::time::Duration;

/// A moment inside the exchange of a command, where an unsolicited line can be put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// After the command was written, before its echo.
    BeforeEcho,
    /// After the echo, before the answer's first line.
    BeforeAnswer,
    /// Between the header of a listed message and its PDU or text.
    AfterHeader,
    /// In the middle of the bytes of a PDU or text line, which it breaks in two.
    InsideBody,
    /// Between the last line of the answer and `OK`.
    BeforeFinal,
    /// After `> `, before the message is written.
    AfterPrompt,
}

/// An unsolicited line that waits for its moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interruption {
    /// Where it goes.
    pub place: Place,
    /// Only into commands that begin so (without `AT`, upper case); empty: any command. The
    /// end of a message behind the prompt is the command `0x1A`.
    pub command: String,
    /// The line, without line ends.
    pub line: String,
}

/// What becomes of a message that is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SendOutcome {
    /// The network takes it and the modem says so.
    #[default]
    Accept,
    /// The network takes it; the modem says so after this time.
    AcceptAfter(Duration),
    /// `+CMS ERROR: n`; the network does not take it.
    Refuse(u16),
    /// A bare `ERROR`; the network does not take it.
    RefuseBare,
    /// Nothing is answered after 0x1A; `taken` says whether the network has it.
    Silence {
        /// Whether the network has the message all the same.
        taken: bool,
    },
    /// The prompt never comes; what is written then is swallowed up to 0x1A or ESC.
    NoPrompt,
}

/// What becomes of `+CMGD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeleteFault {
    /// A bare `ERROR`.
    BareError,
    /// `+CMS ERROR: n`.
    Cms(u16),
}

/// Everything that can go wrong; the default is a modem without faults.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults {
    /// Time between a command and its answer.
    pub latency: Duration,
    /// Every byte is a write of its own, with this pause after it.
    pub byte_by_byte: Option<Duration>,
    /// Lines end in `\r\r\n`.
    pub double_cr: bool,
    /// Bytes written before every line.
    pub noise: Vec<u8>,
    /// Nothing at all is answered or echoed.
    pub silent: bool,
    /// So many more commands that need the SIM answer `+CME ERROR: 14` (message commands
    /// `+CMS ERROR: 314`).
    pub sim_busy: u32,
    /// Unsolicited lines that wait for their moment; each is used once.
    pub interruptions: Vec<Interruption>,
    /// What becomes of every message to be sent.
    pub send: SendOutcome,
    /// What becomes of the next messages to be sent; used up before [`Faults::send`].
    pub send_next: VecDeque<SendOutcome>,
    /// Sent messages that ask for a status report get one after this time.
    pub report_after: Option<Duration>,
    /// The TP-ST of those reports; 0 is "delivered", 0x46 "validity period expired".
    pub report_status: u8,
    /// Deleting fails so.
    pub delete: Option<DeleteFault>,
    /// The storages answer `+CMS ERROR: 322` and take nothing, whatever they hold.
    pub memory_full: bool,
    /// The next command that begins so (without `AT`, upper case) resets the modem half-way
    /// through its answer; used once. The end of a message behind the prompt is `0x1A`.
    pub reset_on: Option<String>,
    /// The next command that begins so makes the port vanish before it is answered; used once.
    /// The end of a message behind the prompt is `0x1A`; the network does not get it then.
    pub unplug_on: Option<String>,
    /// Commands that begin so (without `AT`, upper case) are refused with `ERROR`.
    pub unknown_commands: Vec<String>,
}

impl Faults {
    /// Takes what becomes of the next message.
    pub(super) fn next_send(&mut self) -> SendOutcome {
        self.send_next.pop_front().unwrap_or(self.send)
    }

    /// What becomes of the next message, without taking it.
    pub(super) fn peek_send(&self) -> SendOutcome {
        self.send_next.front().copied().unwrap_or(self.send)
    }

    /// Takes the unsolicited lines that wait for this moment of this command.
    pub(super) fn take_interruptions(&mut self, place: Place, command: &str) -> Vec<String> {
        let mut due = Vec::new();
        self.interruptions.retain(|waiting| {
            let now = waiting.place == place && command.starts_with(&waiting.command);
            if now {
                due.push(waiting.line.clone());
            }
            !now
        });
        due
    }
}
