//! What comes from the network: messages, status reports, and `+CNMI`, which says how to tell of
//! them (27.005 clause 3.4.1).

use jiff::{SignedDuration, Timestamp};

use super::answer::{Answer, Piece, Refusal, line, ok};
use super::command::{Command, Form};
use super::storage::{Content, Use};
use super::text_mode::TextMode;
use super::{Event, Modem, Options, Record, Session, Status, pdu};

/// A status report on its way.
#[derive(Debug)]
pub(super) struct Report {
    pub reference: u8,
    pub number: String,
}

impl Session {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            echo: options.echo,
            verbose_errors: 0,
            cnmi: [0; 5],
            text: TextMode::new(options),
        }
    }
}

impl Modem {
    /// The network's time now.
    pub(super) fn clock(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from(self.now).unwrap_or_default();
        self.options
            .clock
            .checked_add(elapsed)
            .unwrap_or(self.options.clock)
    }

    /// Somebody's text comes in, in as many parts as it needs. `sender` is a telephone number,
    /// or a name of at most 11 characters of the GSM alphabet.
    pub fn receive(&mut self, sender: &str, text: &str) {
        self.receive_at(sender, text, self.clock());
    }

    /// The same with the service centre's time stamp.
    pub fn receive_at(&mut self, sender: &str, text: &str, time: Timestamp) {
        self.network.concat_reference = self.network.concat_reference.wrapping_add(1);
        let Options {
            smsc,
            utc_offset_minutes,
            ..
        } = &self.options;
        let reference = self.network.concat_reference;
        for octets in pdu::deliver(smsc, sender, text, time, *utc_offset_minutes, reference) {
            self.bring(Content::Pdu(octets));
        }
    }

    /// A flash message comes in.
    pub fn receive_flash(&mut self, sender: &str, text: &str) {
        for mut octets in self.deliveries(sender, text) {
            pdu::as_flash(&mut octets);
            self.bring(Content::Pdu(octets));
        }
    }

    /// The network tells how many voice mails wait; 0 for none any more.
    pub fn receive_voice_mail(&mut self, count: u8) {
        for octets in self.deliveries("+4933", "") {
            self.bring(Content::Pdu(pdu::as_voice_mail(octets, count)));
        }
    }

    fn deliveries(&mut self, sender: &str, text: &str) -> Vec<Vec<u8>> {
        self.network.concat_reference = self.network.concat_reference.wrapping_add(1);
        let reference = self.network.concat_reference;
        let offset = self.options.utc_offset_minutes;
        pdu::deliver(
            &self.options.smsc,
            sender,
            text,
            self.clock(),
            offset,
            reference,
        )
    }

    /// Brings a message in now, or a while after the one before it.
    fn bring(&mut self, content: Content) {
        let due = self.network.next_arrival.max(self.now);
        self.network.next_arrival = due + self.options.arrival_interval;
        if due == self.now {
            self.arrive(content);
        } else {
            self.later(due, Event::Arrival(content));
        }
    }

    /// A PDU with its service centre part comes in; false when it is no hexadecimal.
    pub fn receive_pdu(&mut self, hex: &str) -> bool {
        let octets = pdu::from_hex(hex);
        octets
            .map(|octets| self.arrive(Content::Pdu(octets)))
            .is_some()
    }

    /// A record that only lists in text mode show. `head` is what follows the status in its
    /// header, like `"+491701","Smith, John","26/11/24,09:00:00+04"`; both are written as they are.
    pub fn receive_text_mode_record(&mut self, head: &str, body: &str) {
        self.arrive(Content::Text {
            head: head.to_owned(),
            body: body.to_owned(),
        });
    }

    /// Brings a status report; TP-ST is [`super::Faults::report_status`].
    pub(super) fn bring_report(&mut self, report: Report) {
        let status = self.faults.report_status;
        let offset = self.options.utc_offset_minutes;
        let (time, smsc) = (self.clock(), &self.options.smsc);
        let octets =
            pdu::status_report(smsc, report.reference, &report.number, time, offset, status);
        self.arrive_report(octets);
    }

    /// A status report comes in, whatever was sent: for this reference and recipient, now.
    pub fn report_of(&mut self, reference: u8, number: &str) {
        let number = number.to_owned();
        self.bring_report(Report { reference, number });
    }

    fn arrive_report(&mut self, octets: Vec<u8>) {
        let [.., ds, _] = self.session.cnmi;
        match ds {
            1 if self.session.text.on => {
                if let Some(report) = self.text_report(&octets) {
                    self.tell(&[Piece::line(format!("+CDS: {report}"))]);
                }
            }
            1 => {
                let head = format!("+CDS: {}", pdu::tpdu_length(&octets));
                self.tell(&[
                    Piece::Header(head.into_bytes()),
                    Piece::Body(pdu::to_hex(&octets).into_bytes()),
                ]);
            }
            2 => self.keep("+CDSI", Content::Pdu(octets), true),
            _ => {}
        }
    }

    pub(super) fn arrive(&mut self, content: Content) {
        // TP-MTI 2 from the network is a status report.
        if let Content::Pdu(octets) = &content {
            let first = octets
                .first()
                .and_then(|smsc| octets.get(usize::from(*smsc) + 1));
            if first.is_some_and(|first| first & 0x03 == 0x02) {
                return self.arrive_report(octets.clone());
            }
        }
        let [_, mt, ..] = self.session.cnmi;
        let record = Record {
            status: Status::ReceivedUnread,
            content,
        };
        let flash = self.options.flash_handed_over
            && matches!(&record.content, Content::Pdu(octets) if pdu::is_flash(octets));
        if (mt == 2 || (flash && mt != 0)) && self.sim_ready() {
            let pieces = if self.session.text.on {
                self.text_record(&record)
                    .map(|(head, body)| (format!("+CMT: {head}"), body))
            } else if let Content::Pdu(octets) = &record.content {
                let head = format!("+CMT: ,{}", pdu::tpdu_length(octets));
                Some((head, pdu::to_hex(octets).into_bytes()))
            } else {
                None
            };
            if let Some((head, body)) = pieces {
                self.tell(&[Piece::Header(head.into_bytes()), Piece::Body(body)]);
            }
        } else {
            self.keep("+CMTI", record.content, mt != 0);
        }
    }

    /// Stores what came in; what finds no room waits in the network until something is deleted.
    fn keep(&mut self, urc: &str, content: Content, tell: bool) {
        let record = Record {
            status: Status::ReceivedUnread,
            content: content.clone(),
        };
        let index = if self.faults.memory_full || !self.sim_ready() {
            None
        } else {
            self.storages.put(Use::Receive, record)
        };
        match index {
            None => self.network.waiting.push_back((urc.to_owned(), content)),
            Some(index) if tell => {
                let name = self.storages.chosen(Use::Receive).to_owned();
                let name = self.options.announce_as.clone().unwrap_or(name);
                self.tell(&[Piece::line(format!(
                    "{urc}: {},{index}",
                    self.written(&name)
                ))]);
            }
            Some(_) => {}
        }
    }

    /// The network tries again to bring what found no room.
    pub(super) fn bring_waiting(&mut self) {
        for (urc, content) in std::mem::take(&mut self.network.waiting) {
            let [_, mt, _, ds, _] = self.session.cnmi;
            let tell = if urc == "+CDSI" { ds != 0 } else { mt != 0 };
            self.keep(&urc, content, tell);
        }
    }

    fn tell(&mut self, pieces: &[Piece]) {
        let bytes = self.framed(pieces, "");
        self.write_at(self.now, bytes);
    }

    /// `+CNMI` and its like.
    pub(super) fn answer_indications(&mut self, command: &Command) -> Option<Answer> {
        Some(match (command.name.as_str(), &command.form) {
            ("+CNMI", Form::Test) => {
                let fields: Vec<String> = self
                    .options
                    .cnmi
                    .iter()
                    .map(|values| {
                        let values: Vec<String> = values.iter().map(u8::to_string).collect();
                        format!("({})", values.join(","))
                    })
                    .collect();
                line(format!("+CNMI: {}", fields.join(",")))
            }
            ("+CNMI", Form::Read) => line(format!(
                "+CNMI: {}",
                self.session.cnmi.map(|value| value.to_string()).join(",")
            )),
            ("+CNMI", Form::Set(values)) => {
                let mut wanted = self.session.cnmi;
                for (index, (slot, allowed)) in
                    wanted.iter_mut().zip(&self.options.cnmi).enumerate()
                {
                    if let Some(value) = values.text(index) {
                        match value.parse().ok().filter(|value| allowed.contains(value)) {
                            Some(value) => *slot = value,
                            None => return Some(Err(Refusal::Cms(302))),
                        }
                    }
                }
                self.session.cnmi = wanted;
                ok()
            }
            ("+CNMA", _) => ok(),
            _ => return None,
        })
    }
}
