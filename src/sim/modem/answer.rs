//! How an answer becomes bytes: line ends, noise, interruptions, error words.

use std::time::Duration;

use super::{Event, Modem, Place};

/// What a command answers: its lines, or why not.
pub(super) type Answer = Result<Vec<Piece>, Refusal>;

/// One line of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// An information line.
    Line(Vec<u8>),
    /// The first line of a listed message.
    Header(Vec<u8>),
    /// The PDU or text behind it.
    Body(Vec<u8>),
}

impl Piece {
    pub fn line(text: impl AsRef<str>) -> Self {
        Self::Line(text.as_ref().as_bytes().to_vec())
    }
}

/// One information line and `OK`.
#[expect(clippy::unnecessary_wraps, reason = "it is an answer")]
pub(super) fn line(text: impl AsRef<str>) -> Answer {
    Ok(vec![Piece::line(text)])
}

/// `OK` and nothing else.
#[expect(clippy::unnecessary_wraps, reason = "it is an answer")]
pub(super) fn ok() -> Answer {
    Ok(Vec::new())
}

/// Why a command is not carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// `ERROR`.
    Error,
    /// `+CME ERROR: n` (27.007 clause 9.2).
    Cme(u16),
    /// `+CMS ERROR: n` (27.005 clause 3.2.5).
    Cms(u16),
    /// `NO CARRIER`.
    NoCarrier,
}

/// 27.007 clause 9.2.1, the ones that the modem uses.
const CME: [(u16, &str); 12] = [
    (3, "operation not allowed"),
    (4, "operation not supported"),
    (10, "SIM not inserted"),
    (11, "SIM PIN required"),
    (12, "SIM PUK required"),
    (13, "SIM failure"),
    (14, "SIM busy"),
    (16, "incorrect password"),
    (21, "invalid index"),
    (30, "no network service"),
    (50, "incorrect parameters"),
    (100, "unknown"),
];

/// 27.005 clause 3.2.5, the ones that the modem uses.
const CMS: [(u16, &str); 14] = [
    (302, "operation not allowed"),
    (303, "operation not supported"),
    (304, "invalid PDU mode parameter"),
    (305, "invalid text mode parameter"),
    (310, "SIM not inserted"),
    (311, "SIM PIN required"),
    (314, "SIM busy"),
    (316, "SIM PUK required"),
    (321, "invalid memory index"),
    (322, "memory full"),
    (330, "SMSC address unknown"),
    (331, "no network service"),
    (332, "network timeout"),
    (500, "unknown error"),
];

impl Modem {
    /// Answers a command after the latency; the modem is busy until then.
    pub(super) fn reply(&mut self, answer: Answer, command: &str) {
        self.reply_after(Duration::ZERO, answer, command);
    }

    /// The same with a time that the network takes.
    pub(super) fn reply_after(&mut self, extra: Duration, answer: Answer, command: &str) {
        let bytes = match answer {
            Ok(_) if self.entry.is_some() => self.prompt(command),
            Ok(pieces) => {
                let mut bytes = self.framed(&pieces, command);
                for urc in self.faults.take_interruptions(Place::BeforeFinal, command) {
                    bytes.extend(self.framed(&[Piece::line(urc)], ""));
                }
                bytes.extend(self.framed(&[Piece::line(self.final_word())], ""));
                bytes
            }
            Err(refusal) => {
                let words = self.words(refusal);
                self.framed(&[Piece::line(words)], "")
            }
        };
        let mut all = Vec::new();
        for urc in self.faults.take_interruptions(Place::BeforeAnswer, command) {
            all.extend(self.framed(&[Piece::line(urc)], ""));
        }
        all.extend(bytes);
        let due = self.now + self.faults.latency + extra;
        self.busy_until = due;
        if self
            .faults
            .reset_on
            .as_ref()
            .is_some_and(|prefix| command.starts_with(prefix))
        {
            self.faults.reset_on = None;
            all.truncate(all.len() / 2);
            self.write_at(due, all);
            self.later(due, Event::Reset);
        } else {
            self.write_at(due, all);
            self.connect_at(due);
        }
    }

    fn prompt(&mut self, command: &str) -> Vec<u8> {
        if self.entry.as_ref().is_some_and(|entry| entry.swallowed) {
            return Vec::new();
        }
        let mut bytes = b"\r\n> ".to_vec();
        for urc in self.faults.take_interruptions(Place::AfterPrompt, command) {
            bytes.extend(self.framed(&[Piece::line(urc)], ""));
        }
        bytes
    }

    /// Lines with their ends: `\r\n` before each and after each; a body follows its header's.
    pub(super) fn framed(&mut self, pieces: &[Piece], command: &str) -> Vec<u8> {
        let end: &[u8] = if self.faults.double_cr {
            b"\r\r\n"
        } else {
            b"\r\n"
        };
        let mut bytes = Vec::new();
        for piece in pieces {
            bytes.extend(&self.faults.noise);
            match piece {
                Piece::Line(text) => bytes.extend([end, text, end].concat()),
                Piece::Header(text) => {
                    bytes.extend([end, text, end].concat());
                    for urc in self.faults.take_interruptions(Place::AfterHeader, command) {
                        bytes.extend([end, urc.as_bytes(), end].concat());
                    }
                }
                Piece::Body(text) => {
                    let urcs = self.faults.take_interruptions(Place::InsideBody, command);
                    let (head, tail) = text.split_at(text.len() / 2);
                    bytes.extend(head);
                    for urc in urcs {
                        bytes.extend([end, urc.as_bytes(), end].concat());
                    }
                    bytes.extend([tail, end].concat());
                }
            }
        }
        bytes
    }

    /// The final result code of a refusal (`+CMEE`, 27.007 clause 9.1).
    fn words(&self, refusal: Refusal) -> String {
        let spoken = |table: &[(u16, &str)], code: u16| {
            let words = table
                .iter()
                .find(|(known, _)| *known == code)
                .map(|(_, words)| *words);
            words.map_or_else(|| code.to_string(), str::to_owned)
        };
        match (refusal, self.session.verbose_errors) {
            (Refusal::Error, _) | (Refusal::Cme(_), 0) => "ERROR".to_owned(),
            (Refusal::Cme(code), 1) => format!("+CME ERROR: {code}"),
            (Refusal::Cme(code), _) => format!("+CME ERROR: {}", spoken(&CME, code)),
            (Refusal::Cms(code), 2) if self.options.verbose_cms => {
                format!("+CMS ERROR: {}", spoken(&CMS, code))
            }
            (Refusal::Cms(code), _) => format!("+CMS ERROR: {code}"),
            (Refusal::NoCarrier, _) => "NO CARRIER".to_owned(),
        }
    }
}
