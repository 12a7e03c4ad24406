//! What is seen of a message while it goes out, and how it is taken back.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::sms::message::{Message, MessageId, State};
use crate::sms::store::{Store, StoreError};

/// Watches one message on its way out.
pub struct Progress {
    id: MessageId,
    shows: bool,
    rewrites: bool,
    said: Option<(u8, u8)>,
    /// Ctrl-C was pressed.
    interrupted: Arc<AtomicBool>,
    taken_back: bool,
}

impl Progress {
    /// Begins to watch; from now on Ctrl-C takes back what the modem does not have yet. `always`
    /// tells of parts even where nobody sits before a terminal.
    pub fn new(id: MessageId, always: bool) -> std::io::Result<Self> {
        let interrupted = Arc::new(AtomicBool::new(false));
        signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&interrupted))?;
        let terminal = std::io::stderr().is_terminal();
        Ok(Self {
            id,
            shows: terminal || always,
            rewrites: terminal,
            said: None,
            interrupted,
            taken_back: false,
        })
    }

    /// Looks at the message; to be called whenever something may have changed.
    pub fn look(&mut self, store: &mut Store) -> Result<(), StoreError> {
        if self.interrupted.load(Ordering::Relaxed) && !self.taken_back {
            self.taken_back = true;
            store.cancel(self.id)?;
        }
        if let Some(message) = store.message(self.id)? {
            self.show(&message);
        }
        Ok(())
    }

    /// Whether the person pressed Ctrl-C.
    pub fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    fn show(&mut self, message: &Message) {
        let gone = message.parts.saturating_sub(message.parts_missing);
        let now = Some((gone, message.parts));
        if !self.shows || message.parts < 2 || message.state != State::Sending || self.said == now {
            return;
        }
        self.said = now;
        let part = (gone + 1).min(message.parts);
        let words = format!("sending part {part} of {}", message.parts);
        // Nobody reading it is no reason not to send.
        let _ = if self.rewrites {
            write!(std::io::stderr(), "\r{words}\u{1b}[K")
        } else {
            writeln!(std::io::stderr(), "{words}")
        };
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.rewrites && self.said.is_some() {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}
