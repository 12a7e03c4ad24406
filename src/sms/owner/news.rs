//! What the modem tells by itself: what it means, and keeping what lies nowhere else.

use jiff::Timestamp;

use super::intake::{listed, reported};
use super::{Modem, Owner};
use crate::at::Urc;
use crate::sms::broadcast;
use crate::sms::lending;
use crate::sms::serial::{Entry, Record, ReportLine, SerialModem, unhex};
use crate::sms::snapshot::Registration;
use crate::sms::store::{Store, StoreError};
use crate::sms::ussd::{Progress, Reply};

/// Answers of the network that are kept while nobody takes them.
const REPLIES: usize = 64;
/// Lines about positions that are kept while nobody takes them.
const POSITIONS: usize = 64;

/// What came by itself and is still to be looked at.
#[derive(Debug, Default)]
pub(super) struct News {
    /// A message lies in this storage.
    pub stored: Option<&'static str>,
    /// The SIM was taken out, or has become ready: also what a modem says after a restart of
    /// which nobody was told.
    pub sim_changed: bool,
    /// The network came or went.
    pub network_changed: bool,
}

/// What an unsolicited result code means.
enum Announcement {
    Stored(&'static str),
    HandedOver(Record),
    Reported(ReportLine),
    Broadcast(broadcast::Page),
    Ussd(Reply),
    SimChanged,
    Network,
    Other,
}

impl Announcement {
    fn of<P: crate::at::Port>(urc: &Urc, modem: &SerialModem<P>) -> Self {
        let name = urc.line.split(':').next().unwrap_or_default();
        let payload = urc.payload.as_deref();
        match name {
            "+CMTI" | "+CDSI" => {
                let fields = crate::at::fields::fields(&urc.line);
                match fields.first().map(String::as_str) {
                    // Status reports have a memory of their own on some modems.
                    Some("SR") => Self::Stored("SR"),
                    _ => Self::Stored("SM"),
                }
            }
            "+CMT" | "+CDS" | "+CBM" => {
                let count = crate::at::fields::fields(&urc.line).len();
                match (name, payload) {
                    ("+CDS", None) => modem
                        .report_line(&urc.line)
                        .map_or(Self::Other, Self::Reported),
                    ("+CMT", Some(text)) if count > 2 => {
                        Self::HandedOver(modem.handed_over(&urc.line, text))
                    }
                    ("+CBM", Some(text)) if count > 2 => modem
                        .broadcast_line(&urc.line, text)
                        .map_or(Self::Other, Self::Broadcast),
                    ("+CBM", Some(hex)) => {
                        broadcast::decode_hex(hex).map_or(Self::Other, Self::Broadcast)
                    }
                    (_, Some(hex)) => {
                        unhex(hex).map_or(Self::Other, |pdu| Self::HandedOver(Record::Pdu(pdu)))
                    }
                    (_, None) => Self::Other,
                }
            }
            "+CUSD" => modem.ussd_reply(&urc.line).map_or(Self::Other, Self::Ussd),
            "+CPIN" | "+SIM" => Self::SimChanged,
            "+CREG" | "+CEREG" | "+CGREG" => Self::Network,
            _ => Self::Other,
        }
    }
}

impl Owner {
    /// Stores what the modem has handed over; gives what is to be looked at besides.
    pub(super) fn take_news(&mut self, store: &mut Store) -> Result<News, StoreError> {
        let mut news = News::default();
        for urc in self.modem.take_urcs() {
            if lending::is_position(&urc.line) {
                if self.positions.len() < POSITIONS {
                    self.positions.push(urc.line);
                }
                continue;
            }
            match Announcement::of(&urc, &self.modem) {
                Announcement::Stored(storage) => news.stored = Some(storage),
                Announcement::HandedOver(record) => {
                    let entry = Entry {
                        index: 0,
                        record,
                        whole: true,
                    };
                    let listed = listed(entry);
                    store.receive(&listed.raw, &listed.content)?;
                }
                Announcement::Reported(report) => {
                    let (raw, content) = reported(report);
                    store.receive(&raw, &content)?;
                }
                Announcement::Broadcast(page) => {
                    store.receive_broadcast(&page, Timestamp::now())?;
                }
                Announcement::Ussd(reply) => self.hear_ussd(reply),
                Announcement::SimChanged => news.sim_changed = true,
                Announcement::Network => news.network_changed = true,
                Announcement::Other => {}
            }
        }
        Ok(news)
    }

    /// Keeps an answer of the network for who asked.
    pub(super) fn hear_ussd(&mut self, reply: Reply) {
        self.known.ussd_asks = (reply.progress == Progress::Asks).then(|| reply.text.clone());
        if self.ussd.len() < REPLIES {
            self.ussd.push(reply);
        }
    }

    /// Takes over whether the network serves the modem.
    pub(super) fn set_registration(&mut self, now: Option<Registration>) {
        let serves =
            |registration: Option<Registration>| registration.is_some_and(Registration::serves);
        if serves(now) && !serves(self.known.registration) {
            self.network_returned = true;
        }
        let Modem { registration, .. } = &mut self.known;
        *registration = now;
    }
}
