//! Data calls: `ATD*99#` and what follows until the line is a command line again
//! (27.007 clause 10.2).

use std::time::Duration;

use super::answer::{Answer, Piece, Refusal, ok};
use super::command::Form;
use super::{Event, Modem};

/// Whether the port is a command line, or carries a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Line {
    #[default]
    Commands,
    /// The answer to the dialling is on its way.
    Dialled,
    /// What goes over the port is none of the modem's business.
    Call,
}

/// What a connected call is answered with, instead of `OK`.
const CONNECT: &str = "CONNECT 150000000";

impl Modem {
    /// `D`: only packets are carried, no voice.
    pub(super) fn dial(&mut self, form: &Form) -> Answer {
        let Form::Set(number) = form else {
            return Err(Refusal::NoCarrier);
        };
        let packets = number
            .text(0)
            .is_some_and(|number| number.starts_with("*99"));
        if !packets || self.options.data_call.is_none() || !self.network_serves() {
            return Err(Refusal::NoCarrier);
        }
        self.line_is = Line::Dialled;
        ok()
    }

    /// The last line of an answer that is no refusal.
    pub(super) fn final_word(&self) -> &'static str {
        if self.line_is == Line::Dialled {
            CONNECT
        } else {
            "OK"
        }
    }

    /// The call begins when the answer has been written.
    pub(super) fn connect_at(&mut self, due: Duration) {
        if self.line_is == Line::Dialled {
            self.later(due, Event::Connected);
        }
    }

    /// Whether the port carries a call: its bytes are for the network then, and not for
    /// [`Modem::feed`].
    #[must_use]
    pub fn is_on_call(&self) -> bool {
        self.line_is == Line::Call
    }

    /// The network ended the call, or could not begin it.
    pub fn end_call(&mut self) {
        if self.is_on_call() {
            self.line_is = Line::Commands;
            let bytes = self.framed(&[Piece::line("NO CARRIER")], "");
            // Before everything that was held back.
            self.write_at(Duration::ZERO, bytes);
        }
    }
}
