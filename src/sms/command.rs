//! What a person can ask of the message source; returned by the view, carried out by the source.

use crate::secret::Secret;
use crate::sms::errand::Restart;
use crate::sms::message::{ConversationId, MessageId, Unaddressed};

/// One wish of the person. None of them blocks the one who asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Show this thread: the snapshot's `thread` becomes it (latest page first).
    Open(ConversationId),
    /// Show no thread.
    Close,
    /// Add the next page of older messages to the open thread.
    LoadOlder,
    /// Search all texts and addresses; the snapshot's `search` becomes the answer. Empty ends it.
    Search(String),
    /// Everything in this thread has been seen.
    MarkRead(ConversationId),
    /// Keep what was typed; an empty text removes the draft.
    SaveDraft {
        /// The other side.
        address: String,
        /// The text typed so far.
        text: String,
    },
    /// Keep what was typed of a new message until it has a recipient; `None` forgets it.
    KeepNew(Option<Unaddressed>),
    /// Queue a message and send it as soon as a modem can.
    Send {
        /// The recipient's number.
        address: String,
        /// The text, as typed.
        text: String,
    },
    /// Send a failed, unknown or queued message again; only ever on the person's word.
    Resend(MessageId),
    /// Take a queued message, or what is left of a long one, back.
    CancelSend(MessageId),
    /// Hide these messages; [`Command::Undelete`] brings them back.
    Delete(Vec<MessageId>),
    /// Bring deleted messages back.
    Undelete(Vec<MessageId>),
    /// Hide all messages of this thread, and its draft.
    DeleteConversation(ConversationId),
    /// Bring back what the last [`Command::DeleteConversation`] of this thread hid.
    UndeleteConversation(ConversationId),
    /// Enter the SIM's PIN.
    EnterPin(Secret),
    /// Unblock the SIM with its PUK and give it a new PIN.
    EnterPuk {
        /// The personal unblocking key, 8 digits.
        puk: Secret,
        /// The PIN it shall have from now on, 4..=8 digits.
        new_pin: Secret,
    },
    /// Look for the modem again, now.
    RetryModem,
    /// This message was shown at once and has been seen.
    Acknowledge(MessageId),
    /// Say this to the network over USSD: a code, or the answer to what it asked.
    Ussd(String),
    /// End the USSD session, or stop waiting for the network's answer.
    CancelUssd,
    /// Restart the modem.
    Restart(Restart),
    /// The person now looks at this thread, in a window that has the keyboard; or at none.
    Shown(Option<ConversationId>),
}
