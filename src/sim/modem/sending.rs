//! Handing messages to the network: `+CMGS`, `+CMGW`, `+CMSS`, `+CMMS` (27.005 clauses 3.5, 4.3).

use std::time::Duration;

use super::answer::{Answer, Piece, Refusal, line, ok};
use super::command::{Command, Form, Values};
use super::receiving::Report;
use super::storage::{Content, Use};
use super::{Event, Modem, Record, SendOutcome, Status, pdu};

/// A message that the network took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentSms {
    /// The recipient, with `+` where it is international.
    pub number: String,
    /// The text of this part.
    pub text: String,
    /// Reference, part (from 1) and parts of a long message.
    pub concat: Option<(u16, u8, u8)>,
    /// The message reference that `+CMGS` answered.
    pub reference: u8,
    /// TP-DCS.
    pub coding: u8,
    /// Whether a status report was asked for.
    pub wants_report: bool,
    /// What the program wrote in PDU mode; `None` in text mode.
    pub pdu_hex: Option<String>,
}

/// Joins the parts of long messages: number and whole text, in the order of their first parts.
/// A message of which a part is missing is left out.
#[must_use]
pub fn joined(sent: &[SentSms]) -> Vec<(String, String)> {
    let mut whole = Vec::new();
    for (at, first) in sent.iter().enumerate() {
        match first.concat {
            None => whole.push((first.number.clone(), first.text.clone())),
            Some((reference, 1, parts)) => {
                let rest = sent.get(at..).unwrap_or_default();
                let texts: Option<Vec<&str>> = (1..=parts)
                    .map(|part| {
                        let wanted = Some((reference, part, parts));
                        let found = rest
                            .iter()
                            .find(|sms| sms.concat == wanted && sms.number == first.number);
                        found.map(|sms| sms.text.as_str())
                    })
                    .collect();
                whole.extend(texts.map(|texts| (first.number.clone(), texts.concat())));
            }
            Some(_) => {}
        }
    }
    whole
}

/// What the end of a message is called where faults name a command.
const WRITTEN: &str = "0x1A";

/// A message that is being written behind the prompt.
#[derive(Debug)]
pub(super) struct Entry {
    command: &'static str,
    /// The TPDU's length in PDU mode, the recipient in text mode.
    target: Target,
    status: Status,
    bytes: Vec<u8>,
    /// The prompt never came and no answer will.
    pub swallowed: bool,
}

#[derive(Debug, Clone)]
enum Target {
    Length(usize),
    Number(String),
}

impl Modem {
    pub(super) fn answer_sending(&mut self, command: &Command) -> Option<Answer> {
        if let Some(answer) = self.answer_indications(command) {
            return Some(answer);
        }
        Some(match (command.name.as_str(), &command.form) {
            ("+CMGS" | "+CMGW" | "+CMSS", Form::Test) => ok(),
            ("+CMGS", Form::Set(values)) => self.begin("+CMGS", values),
            ("+CMGW", Form::Set(values)) => self.begin("+CMGW", values),
            ("+CMGW", Form::Execute) => self.begin("+CMGW", &Values::default()),
            ("+CMSS", Form::Set(values)) => return Some(self.send_stored(values)),
            ("+CMMS", Form::Test) => line("+CMMS: (0-2)"),
            ("+CMMS", Form::Read) => line(format!("+CMMS: {}", self.network.more_messages)),
            ("+CMMS", Form::Set(values)) => match values.number(0) {
                Some(mode @ 0..=2) => {
                    self.network.more_messages = mode;
                    ok()
                }
                _ => Err(Refusal::Cms(302)),
            },
            _ => return None,
        })
    }

    fn begin(&mut self, command: &'static str, values: &Values) -> Answer {
        self.message_service()?;
        let text_mode = self.session.text.on;
        let target = if text_mode {
            let number = self.number_of(values, 0);
            if number.is_none() && command == "+CMGS" {
                return Err(Refusal::Cms(305));
            }
            Target::Number(number.unwrap_or_default())
        } else {
            let length = values.number(0).filter(|length| (1..=200).contains(length));
            Target::Length(usize::try_from(length.ok_or(Refusal::Cms(304))?).unwrap_or(0))
        };
        let status = match (text_mode, values.text(1)) {
            (false, Some(number)) => number.parse().ok().and_then(Status::from_number),
            (true, _) if values.text(2) == Some("STO SENT") => Some(Status::StoredSent),
            _ => Some(Status::StoredUnsent),
        };
        let swallowed = command == "+CMGS" && self.faults.peek_send() == SendOutcome::NoPrompt;
        if swallowed {
            self.faults.next_send();
        }
        let status = status.ok_or(Refusal::Cms(302))?;
        self.entry = Some(Entry {
            command,
            target,
            status,
            bytes: Vec::new(),
            swallowed,
        });
        ok()
    }

    /// A byte of the message behind the prompt.
    pub(super) fn take_message_byte(&mut self, byte: u8) {
        if matches!(byte, 0x1A | 0x1B) {
            self.echo_message();
        }
        match byte {
            0x1A => {
                if let Some(entry) = self.entry.take().filter(|entry| !entry.swallowed) {
                    self.finish(&entry);
                }
            }
            0x1B => {
                if self.entry.take().is_some_and(|entry| !entry.swallowed) {
                    self.reply(ok(), "");
                }
            }
            _ => {
                let Some(entry) = self.entry.as_mut() else {
                    return;
                };
                entry.bytes.push(byte);
                let (text_mode, swallowed) = (self.session.text.on, entry.swallowed);
                if self.session.echo && !swallowed {
                    let prompted = text_mode && byte == b'\r';
                    let once = [byte];
                    self.echoing.extend(if prompted {
                        b"\r\n> ".as_slice()
                    } else {
                        &once
                    });
                }
            }
        }
    }

    /// Writes the echo of what came of the message so far.
    pub(super) fn echo_message(&mut self) {
        let echo = std::mem::take(&mut self.echoing);
        self.write_at(self.now, echo);
    }

    fn finish(&mut self, entry: &Entry) {
        if self.faults.unplug_on.as_deref() == Some(WRITTEN) {
            self.faults.unplug_on = None;
            self.later(self.now, Event::Unplug);
            return;
        }
        let octets = match self.octets_of(entry) {
            Ok(octets) => octets,
            Err(refusal) => return self.reply(Err(refusal), WRITTEN),
        };
        if entry.command == "+CMGW" {
            let record = Record {
                status: entry.status,
                content: Content::Pdu(octets),
            };
            let full = self.faults.memory_full;
            let index = if full {
                None
            } else {
                self.storages.put(Use::Write, record)
            };
            let answer = match index {
                Some(index) => line(format!("+CMGW: {index}")),
                None => Err(Refusal::Cms(322)),
            };
            return self.reply(answer, WRITTEN);
        }
        let in_pdu_mode = matches!(entry.target, Target::Length(_));
        if let Some((extra, answer)) = self.hand_over("+CMGS", &octets, in_pdu_mode) {
            self.reply_after(extra, answer, WRITTEN);
        }
    }

    /// The PDU of what was written: checked in PDU mode, made in text mode.
    fn octets_of(&self, entry: &Entry) -> Result<Vec<u8>, Refusal> {
        match &entry.target {
            Target::Length(length) => {
                let hex = String::from_utf8_lossy(&entry.bytes);
                let octets = pdu::from_hex(hex.trim()).ok_or(Refusal::Cms(304))?;
                if pdu::tpdu_length(&octets) == *length {
                    Ok(octets)
                } else {
                    Err(Refusal::Cms(304))
                }
            }
            Target::Number(number) => {
                let text = self
                    .session
                    .text
                    .read(&entry.bytes)
                    .ok_or(Refusal::Cms(305))?;
                let [first, _, _, coding] = self.session.text.parameters;
                let text = text.replace("\r\n", "\n").replace('\r', "\n");
                pdu::submit(number, first, coding, &text).ok_or(Refusal::Cms(305))
            }
        }
    }

    fn send_stored(&mut self, values: &Values) -> Answer {
        self.message_service()?;
        let index = values.number(0).ok_or(Refusal::Cms(321))?;
        let name = self.storages.chosen(Use::Write);
        let record = self
            .storages
            .records(name)
            .and_then(|records| records.get(&index));
        let octets = match record.map(|record| &record.content) {
            Some(Content::Pdu(octets)) => octets.clone(),
            _ => return Err(Refusal::Cms(321)),
        };
        let outcome = self.hand_over("+CMSS", &octets, true);
        if let Some(record) = self
            .storages
            .records_mut(Use::Write)
            .and_then(|records| records.get_mut(&index))
        {
            record.status = Status::StoredSent;
        }
        outcome.map_or(Err(Refusal::Cms(332)), |(_, answer)| answer)
    }

    /// What the network makes of a PDU: how long it takes and what is answered; `None` is no answer.
    fn hand_over(
        &mut self,
        name: &str,
        octets: &[u8],
        in_pdu_mode: bool,
    ) -> Option<(Duration, Answer)> {
        let refused = |code| Some((Duration::ZERO, Err(Refusal::Cms(code))));
        let Some(submit) = pdu::read_submit(octets) else {
            return refused(304);
        };
        if self.options.smsc.is_empty() && !submit.names_smsc {
            return refused(330);
        }
        if !self.network_serves() {
            return refused(331);
        }
        let (wait, taken, answered) = match self.faults.next_send() {
            SendOutcome::Accept | SendOutcome::NoPrompt => (Duration::ZERO, true, true),
            SendOutcome::AcceptAfter(wait) => (wait, true, true),
            SendOutcome::Refuse(code) => return refused(code),
            SendOutcome::RefuseBare => return Some((Duration::ZERO, Err(Refusal::Error))),
            SendOutcome::Silence { taken } => (Duration::ZERO, taken, false),
        };
        self.reference = self.reference.wrapping_add(1);
        let reference = self.reference;
        if taken {
            if let Some(after) = self.faults.report_after.filter(|_| submit.wants_report) {
                let number = submit.number.clone();
                let due = self.now + self.faults.latency + wait + after;
                self.later(due, Event::Report(Report { reference, number }));
            }
            self.sent.push(SentSms {
                number: submit.number,
                text: submit.text,
                concat: submit.concat,
                reference,
                coding: submit.coding,
                wants_report: submit.wants_report,
                pdu_hex: in_pdu_mode.then(|| pdu::to_hex(octets)),
            });
        }
        let answer = Ok(vec![Piece::line(format!("{name}: {reference}"))]);
        answered.then_some((wait, answer))
    }
}
