//! Cell broadcasts: `+CSCB` and `+CBM` (27.005 clauses 3.3.4 and 3.4.1; 23.041 clause 9.4.1.2).

use super::answer::{Answer, Piece, line, ok};
use super::command::Form;
use super::{Modem, gsm, pdu};

/// Characters of a page.
const PAGE: usize = 93;

impl Modem {
    pub(super) fn broadcast_command(&mut self, form: &Form) -> Answer {
        match form {
            Form::Test => line("+CSCB: (0,1)"),
            Form::Read => line(format!("+CSCB: 0,\"{}\",\"\"", self.network.channels)),
            Form::Set(values) => {
                if values.number(0) == Some(0) {
                    self.network.channels = values.text(1).unwrap_or_default().to_owned();
                }
                ok()
            }
            Form::Execute => ok(),
        }
    }

    /// The cell broadcasts a text on a channel, in as many pages as it needs. Only who listens to
    /// the channel, and wants to be told, hears it.
    pub fn broadcast(&mut self, channel: u16, serial: u16, text: &str) {
        let septets = gsm::encode(text).unwrap_or_default();
        let pages: Vec<&[u8]> = septets.chunks(PAGE).collect();
        let count = u8::try_from(pages.len().clamp(1, 15)).unwrap_or(15);
        for (number, page) in (1..=count).zip(pages) {
            let mut content = page.to_vec();
            content.resize(PAGE, b'\r');
            let mut octets = serial.to_be_bytes().to_vec();
            octets.extend(channel.to_be_bytes());
            octets.extend([0x01, number << 4 | count]);
            octets.extend(gsm::pack(&content, 0));
            self.broadcast_pdu(channel, &octets);
        }
    }

    /// The same with octets of any kind.
    pub fn broadcast_pdu(&mut self, channel: u16, octets: &[u8]) {
        let [_, _, bm, ..] = self.session.cnmi;
        if bm != 2 || !self.listens_to(channel) {
            return;
        }
        let head = format!("+CBM: {}", octets.len());
        let pieces = [
            Piece::Header(head.into_bytes()),
            Piece::Body(pdu::to_hex(octets).into_bytes()),
        ];
        let bytes = self.framed(&pieces, "");
        self.write_at(self.now, bytes);
    }

    /// A serial number that was not used yet.
    pub fn next_serial(&mut self) -> u16 {
        self.network.serial = self.network.serial.wrapping_add(0x10);
        self.network.serial
    }

    fn listens_to(&self, channel: u16) -> bool {
        self.network.channels.split(',').any(|range| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            match (first.trim().parse::<u16>(), last.trim().parse::<u16>()) {
                (Ok(first), Ok(last)) => (first..=last).contains(&channel),
                _ => false,
            }
        })
    }
}
