//! What lies in a storage (3GPP TS 27.005 clauses 3.4.2, 3.4.3 and 4.1).

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::{Mode, SerialModem};
use crate::at::{AtError, Command, Payload, Port, fields::fields};
use crate::sms::broadcast::{
    self,
    coding::{Coding, pages_text},
};
use crate::sms::charset::Alphabet;

/// One message at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the storage.
    pub index: u32,
    /// What lies there.
    pub record: Record,
    /// Whether it is surely all of it: such a message may leave the SIM once it is stored.
    pub whole: bool,
}

/// A message as the modem gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// PDU mode: SMSC information and TPDU.
    Pdu(Vec<u8>),
    /// Text mode: what the modem made of it.
    Text {
        /// Whether it came in; else it is one of ours.
        incoming: bool,
        /// The other side.
        address: String,
        /// The service centre's time stamp.
        time: Option<Timestamp>,
        /// The text.
        text: String,
    },
    /// A line that could not be read, as it came.
    Unreadable(String),
}

/// A status report as text mode tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    /// TP-MR.
    pub reference: u8,
    /// Whom the message was for.
    pub address: String,
    /// When the service centre took it.
    pub taken: Option<Timestamp>,
    /// When it was delivered, or last tried.
    pub discharged: Option<Timestamp>,
    /// TP-ST.
    pub status: u8,
}

/// A full storage of 255 messages takes a slow modem some seconds.
const LIST_TIMEOUT: Duration = Duration::from_secs(30);

impl<P: Port> SerialModem<P> {
    /// Everything in the selected storage.
    ///
    /// # Errors
    /// When the modem refuses, is silent, or the port fails.
    pub fn list(&mut self) -> Result<Vec<Entry>, AtError> {
        match self.mode {
            Mode::Pdu => {
                let entries = self.list_pdus()?;
                if entries.iter().all(|entry| entry.whole) {
                    return Ok(entries);
                }
                // Something came in between the bytes of a PDU: it does not come twice.
                self.list_pdus()
            }
            Mode::TextUcs2 => {
                let command = Command::new("AT+CMGL=\"ALL\"").with_payload(Payload::Hex);
                let lines = self.patiently(&command.within(LIST_TIMEOUT))?;
                if lines.iter().any(|response| response.payload.is_none()) {
                    // A body that is not written as was agreed.
                    return self.list_one_by_one();
                }
                Ok(lines
                    .into_iter()
                    .filter_map(|response| {
                        let fields = fields(&response.line);
                        let (index, header) = fields.split_first()?;
                        let body = response.payload.unwrap_or_default();
                        let body = ucs2(&body).unwrap_or(body);
                        let record = text_record(&decoded(header), &body);
                        Some(Entry {
                            index: index.parse().ok()?,
                            record,
                            whole: true,
                        })
                    })
                    .collect())
            }
            Mode::Text => self.list_one_by_one(),
        }
    }

    fn list_pdus(&mut self) -> Result<Vec<Entry>, AtError> {
        let command = Command::new("AT+CMGL=4").with_payload(Payload::Hex);
        let lines = self.patiently(&command.within(LIST_TIMEOUT))?;
        Ok(lines
            .into_iter()
            .filter_map(|response| {
                // +CMGL: <index>,<stat>,[<alpha>],<length>
                let fields = fields(&response.line);
                let index = fields.first()?.parse().ok()?;
                let length = fields.get(2..)?.last().and_then(|field| field.parse().ok());
                let (record, whole) = match response.payload.as_deref().map(unhex) {
                    Some(Some(bytes)) => {
                        let whole = is_whole(&bytes, length);
                        (Record::Pdu(bytes), whole)
                    }
                    Some(None) => (
                        Record::Unreadable(response.payload.unwrap_or_default()),
                        false,
                    ),
                    // An empty place: some firmware lists those too.
                    None => return None,
                };
                Some(Entry {
                    index,
                    record,
                    whole,
                })
            })
            .collect())
    }

    /// What lies at an index now, in PDU mode; `None` for an empty place.
    ///
    /// # Errors
    /// When the modem refuses, is silent, or the port fails.
    pub fn read_pdu(&mut self, index: u32) -> Result<Option<Vec<u8>>, AtError> {
        let command = Command::new(format!("AT+CMGR={index}")).with_payload(Payload::Hex);
        let lines = self.patiently(&command.single())?;
        Ok(lines
            .first()
            .and_then(|response| unhex(response.payload.as_deref()?)))
    }

    /// In plain text mode a body can look like an answer, so each message is read by itself.
    fn list_one_by_one(&mut self) -> Result<Vec<Entry>, AtError> {
        let command = Command::new("AT+CMGL=\"ALL\"").with_payload(Payload::Text);
        let lines = self.patiently(&command.within(LIST_TIMEOUT))?;
        let mut indexes: Vec<u32> = lines
            .iter()
            .filter_map(|r| fields(&r.line).first()?.parse().ok())
            .collect();
        indexes.sort_unstable();
        indexes.dedup();
        let mut entries = Vec::new();
        for index in indexes {
            let command = Command::new(format!("AT+CMGR={index}"));
            match self.patiently(&command.with_payload(Payload::Text).single()) {
                Ok(lines) => {
                    let Some(response) = lines.into_iter().next() else {
                        continue;
                    };
                    let body = response.payload.unwrap_or_default();
                    entries.push(Entry {
                        index,
                        record: self.text_record(&response.line, body),
                        whole: true,
                    });
                }
                // The index was part of somebody's text.
                Err(AtError::Refused { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(entries)
    }

    /// A message that was handed over in text mode: `+CMT: <oa>,[<alpha>],<scts>[,…]`.
    pub fn handed_over(&self, line: &str, body: &str) -> Record {
        let mut header = vec!["REC UNREAD".to_owned()];
        header.extend(fields(line));
        if self.mode == Mode::TextUcs2 {
            let body = ucs2(body).unwrap_or_else(|| body.to_owned());
            return text_record(&decoded(&header), &body);
        }
        text_record(&header, body)
    }

    /// A cell broadcast in text mode: `+CBM: <sn>,<mid>,<dcs>,<page>,<pages>` and its text.
    pub fn broadcast_line(&self, line: &str, text: &str) -> Option<broadcast::Page> {
        let numbers: Vec<u16> = fields(line)
            .iter()
            .map(|field| field.parse().ok())
            .collect::<Option<_>>()?;
        let [serial, channel, dcs, page, pages, ..] = *numbers.as_slice() else {
            return None;
        };
        let coding = Coding::from_octet(u8::try_from(dcs).ok()?);
        let decoded = match self.mode {
            Mode::TextUcs2 => ucs2(text),
            // What is no 7-bit text is written as octets in hexadecimal.
            _ if coding.alphabet != Alphabet::Gsm7 => {
                unhex(text).map(|octets| pages_text(coding, &octets).text)
            }
            _ => None,
        };
        let text = decoded.unwrap_or_else(|| text.to_owned());
        let pages = u8::try_from(pages).ok().filter(|n| (1..=15).contains(n))?;
        Some(broadcast::Page {
            serial,
            channel,
            page: u8::try_from(page)
                .ok()
                .filter(|n| (1..=pages).contains(n))?,
            pages,
            language: coding.language.map(str::to_owned),
            text,
        })
    }

    /// `+CDS: <fo>,<mr>,[<ra>],[<tora>],<scts>,<dt>,<st>`; `None` where it is not that.
    pub fn report_line(&self, line: &str) -> Option<ReportLine> {
        let header = fields(line);
        let header = if self.mode == Mode::TextUcs2 {
            decoded(&header)
        } else {
            header
        };
        let [_, reference, address, _, taken, discharged, status, ..] = header.as_slice() else {
            return None;
        };
        Some(ReportLine {
            reference: reference.parse().ok()?,
            address: address.clone(),
            taken: time_stamp(taken),
            discharged: time_stamp(discharged),
            status: status.parse().ok()?,
        })
    }

    fn text_record(&self, line: &str, body: String) -> Record {
        let header = fields(line);
        if self.mode == Mode::TextUcs2 {
            return text_record(&decoded(&header), &ucs2(&body).unwrap_or(body));
        }
        text_record(&header, &body)
    }
}

/// Whether the octets are as many as the header says: SMSC information, whose first octet is its
/// length, and `length` octets of TPDU (3GPP TS 27.005 clause 3.1).
fn is_whole(bytes: &[u8], length: Option<usize>) -> bool {
    let smsc = bytes.first().map_or(0, |octet| 1 + usize::from(*octet));
    length.is_none_or(|length| bytes.len() == smsc + length)
}

/// `"REC UNREAD","+4917012345",,"24/01/02,03:04:05+04"[,…]`, without the index of `+CMGL`.
fn text_record(header: &[String], text: &str) -> Record {
    let status = header.first().map_or("", String::as_str);
    let status = ucs2(status).unwrap_or_else(|| status.to_owned());
    let address = header.get(1).map_or("", String::as_str);
    Record::Text {
        incoming: !status.starts_with("STO"),
        address: ucs2(address).unwrap_or_else(|| address.to_owned()),
        time: header
            .get(3)
            .and_then(|stamp| time_stamp(&ucs2(stamp).unwrap_or(stamp.clone()))),
        text: text.to_owned(),
    }
}

/// The strings of a header under `+CSCS="UCS2"`. Some modems write the number in plain digits
/// all the same; taken for UCS-2 those would be rare CJK characters, which no address has.
fn decoded(header: &[String]) -> Vec<String> {
    let plausible = |text: &String| text.chars().all(|c| c < '\u{250}' && !c.is_control());
    header
        .iter()
        .map(|field| {
            ucs2(field)
                .filter(plausible)
                .unwrap_or_else(|| field.clone())
        })
        .collect()
}

/// `yy/MM/dd,hh:mm:ss±zz`, the zone in quarters of an hour.
fn time_stamp(text: &str) -> Option<Timestamp> {
    let mut numbers = text.split(['/', ',', ':', '+', '-']).map(str::parse::<i16>);
    let mut next = || numbers.next()?.ok();
    let (year, month, day) = (next()?, next()?, next()?);
    let (hour, minute, second) = (next()?, next()?, next()?);
    let quarters = next().unwrap_or(0);
    let year = if year >= 70 { 1900 + year } else { 2000 + year };
    let sign = if text.rsplit_once(['+', '-']).is_some() && text.contains('-') {
        -1
    } else {
        1
    };
    let small = |n: i16| i8::try_from(n).ok();
    let moment = DateTime::new(
        year,
        small(month)?,
        small(day)?,
        small(hour)?,
        small(minute)?,
        small(second)?,
        0,
    )
    .ok()?;
    let offset = Offset::from_seconds(i32::from(quarters) * 15 * 60 * sign).ok()?;
    offset.to_timestamp(moment).ok()
}

/// Hexadecimal UCS-2, as `+CSCS="UCS2"` writes strings; `None` when it is not that.
pub(super) fn ucs2(hex: &str) -> Option<String> {
    if hex.is_empty() || !hex.len().is_multiple_of(4) {
        return None;
    }
    let bytes = unhex(hex)?;
    let units: Vec<u16> = bytes
        .as_chunks::<2>()
        .0
        .iter()
        .map(|unit| u16::from_be_bytes(*unit))
        .collect();
    Some(String::from_utf16_lossy(&units))
}

/// The octets that these hexadecimal digits stand for.
pub fn unhex(hex: &str) -> Option<Vec<u8>> {
    let digit = |b: u8| {
        char::from(b)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    let bytes = hex.as_bytes();
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    bytes
        .chunks_exact(2)
        .map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_mode_time_stamps_carry_their_zone() {
        let utc = |text: &str| time_stamp(text).map(|t| t.to_string());
        assert_eq!(
            utc("24/03/01,12:00:00+04").as_deref(),
            Some("2024-03-01T11:00:00Z")
        );
        assert_eq!(
            utc("24/03/01,12:00:00-20").as_deref(),
            Some("2024-03-01T17:00:00Z")
        );
        assert_eq!(utc("24/02/30,12:00:00+04"), None);
        assert_eq!(utc(""), None);
    }

    #[test]
    fn ucs2_strings_are_read_and_others_left_alone() {
        assert_eq!(ucs2("002B00340039").as_deref(), Some("+49"));
        assert_eq!(ucs2("D83DDE00").as_deref(), Some("😀"));
        assert_eq!(ucs2("+49"), None);
        let header = ["REC READ", "002B00340039", "004917012345"].map(String::from);
        assert_eq!(decoded(&header), ["REC READ", "+49", "004917012345"]);
    }
}
