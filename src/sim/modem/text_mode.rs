//! Text mode and the settings around it: `+CMGF`, `+CSCS`, `+CSDH`, `+CSMP`, `+CSCA`
//! (27.005 clauses 3.2 and 3.3, 27.007 clause 5.5).

use super::answer::{Answer, Refusal, line, ok};
use super::command::{Command, Form, Values};
use super::storage::Content;
use super::{Modem, Options, Record, gsm, pdu};

/// What is set.
#[derive(Debug)]
pub(super) struct TextMode {
    pub on: bool,
    pub charset: String,
    pub shows_parameters: bool,
    /// First octet, validity, protocol, coding (`+CSMP`).
    pub parameters: [u8; 4],
}

impl TextMode {
    pub fn new(options: &Options) -> Self {
        Self {
            on: !options.pdu_mode,
            charset: options
                .charsets
                .first()
                .cloned()
                .unwrap_or_else(|| "IRA".to_owned()),
            shows_parameters: false,
            parameters: [17, 167, 0, 0],
        }
    }

    /// Text as the current character set writes it. Characters it does not have become `?`.
    fn written(&self, text: &str) -> Vec<u8> {
        match self.charset.as_str() {
            "UCS2" => {
                let octets: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
                pdu::to_hex(&octets).into_bytes()
            }
            "GSM" => text
                .chars()
                .flat_map(|c| gsm::encode(&c.to_string()).unwrap_or_else(|| b"?".to_vec()))
                .collect(),
            _ => text
                .chars()
                .map(|c| u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(b'?'))
                .collect(),
        }
    }

    /// What a program wrote in the current character set; `None` where it is not in it.
    pub fn read(&self, bytes: &[u8]) -> Option<String> {
        match self.charset.as_str() {
            "UCS2" => {
                let octets = pdu::from_hex(std::str::from_utf8(bytes).ok()?)?;
                let units: Vec<u16> = octets
                    .chunks(2)
                    .map(|pair| {
                        pair.iter()
                            .fold(0, |unit, octet| unit << 8 | u16::from(*octet))
                    })
                    .collect();
                String::from_utf16(&units).ok()
            }
            "GSM" => Some(gsm::decode(bytes)),
            _ => Some(String::from_utf8_lossy(bytes).into_owned()),
        }
    }
}

impl Modem {
    /// The fields of a status report in text mode, as `+CDS` and lists tell them.
    pub(super) fn text_report(&self, octets: &[u8]) -> Option<String> {
        let (first, reference, number, taken, done, status) = pdu::read_report(octets)?;
        let kind = if number.starts_with('+') { 145 } else { 129 };
        let number = self.session.text.written(&number);
        let number = String::from_utf8_lossy(&number);
        Some(format!(
            "{first},{reference},\"{number}\",{kind},\"{taken}\",\"{done}\",{status}"
        ))
    }

    /// A record in text mode: what follows the status in its header, and its body.
    pub(super) fn text_record(&self, record: &Record) -> Option<(String, Vec<u8>)> {
        let octets = match &record.content {
            Content::Text { head, body } => return Some((head.clone(), body.as_bytes().to_vec())),
            Content::Pdu(octets) => octets,
        };
        let listed = pdu::read_listed(octets)?;
        let text = &self.session.text;
        let number = String::from_utf8_lossy(&text.written(&listed.number)).into_owned();
        let time = match listed.time.as_str() {
            "" => String::new(),
            time => format!("\"{time}\""),
        };
        let mut head = format!("\"{number}\",,{time}");
        if text.shows_parameters {
            let kind = if listed.number.starts_with('+') {
                145
            } else {
                129
            };
            head.push_str(&format!(",{kind},{}", listed.octets.len()));
        }
        // 27.005 clause 3.1 <data>: what is not 7-bit text is shown as hexadecimal octets.
        let seven_bit = listed.coding & 0x0C == 0;
        let body = if seven_bit || text.charset == "UCS2" {
            text.written(&listed.text)
        } else {
            pdu::to_hex(&listed.octets).into_bytes()
        };
        Some((head, body))
    }

    pub(super) fn answer_settings(&mut self, command: &Command) -> Option<Answer> {
        let text = &mut self.session.text;
        Some(match (command.name.as_str(), &command.form) {
            ("+CMGF", Form::Test) => line(match (self.options.pdu_mode, self.options.text_mode) {
                (true, true) => "+CMGF: (0,1)",
                (true, false) => "+CMGF: (0)",
                (false, _) => "+CMGF: (1)",
            }),
            ("+CMGF", Form::Read) => line(format!("+CMGF: {}", u8::from(text.on))),
            ("+CMGF", form) => {
                let wanted = match form {
                    Form::Set(values) => values.number(0),
                    _ => Some(0),
                };
                match wanted {
                    Some(0) if self.options.pdu_mode => text.on = false,
                    Some(1) if self.options.text_mode => text.on = true,
                    Some(0 | 1) => return Some(Err(Refusal::Cms(303))),
                    _ => return Some(Err(Refusal::Error)),
                }
                ok()
            }
            ("+CSCS", Form::Test) => line(format!(
                "+CSCS: (\"{}\")",
                self.options.charsets.join("\",\"")
            )),
            ("+CSCS", Form::Read) => line(format!("+CSCS: \"{}\"", text.charset)),
            ("+CSCS", Form::Set(values)) => {
                let name = values.text(0).unwrap_or_default().to_ascii_uppercase();
                if !self.options.charsets.contains(&name) {
                    return Some(Err(Refusal::Cme(4)));
                }
                text.charset = name;
                ok()
            }
            ("+CSDH", Form::Test) => line("+CSDH: (0,1)"),
            ("+CSDH", Form::Read) => line(format!("+CSDH: {}", u8::from(text.shows_parameters))),
            ("+CSDH", Form::Set(values)) => {
                text.shows_parameters = values.number(0) == Some(1);
                ok()
            }
            ("+CSMP", Form::Test) => ok(),
            ("+CSMP", Form::Read) => {
                let [first, validity, protocol, coding] = text.parameters;
                line(format!("+CSMP: {first},{validity},{protocol},{coding}"))
            }
            ("+CSMP", Form::Set(values)) => {
                for (index, slot) in text.parameters.iter_mut().enumerate() {
                    if let Some(value) = values.number(index).and_then(|n| u8::try_from(n).ok()) {
                        *slot = value;
                    }
                }
                ok()
            }
            ("+CSCA", form) => self.service_centre(form),
            ("+CSMS", Form::Test) => line("+CSMS: (0,1)"),
            ("+CSMS", Form::Read) => line("+CSMS: 0,1,1,1"),
            ("+CSMS", Form::Set(_)) => line("+CSMS: 1,1,1"),
            _ => return None,
        })
    }

    fn service_centre(&mut self, form: &Form) -> Answer {
        if *form == Form::Test {
            return ok();
        }
        self.message_service()?;
        match form {
            Form::Read => {
                let text = &self.session.text;
                let number =
                    String::from_utf8_lossy(&text.written(&self.options.smsc)).into_owned();
                let kind = if self.options.smsc.starts_with('+') {
                    145
                } else {
                    129
                };
                line(format!("+CSCA: \"{number}\",{kind}"))
            }
            Form::Set(values) => {
                self.options.smsc = self.number_of(values, 0).ok_or(Refusal::Cms(305))?;
                ok()
            }
            _ => Err(Refusal::Error),
        }
    }

    /// A telephone number in the current character set; type 145 adds the `+`.
    pub(super) fn number_of(&self, values: &Values, index: usize) -> Option<String> {
        let number = self.session.text.read(values.text(index)?.as_bytes())?;
        let dialled = number
            .chars()
            .all(|c| c.is_ascii_digit() || "+*#".contains(c));
        if !dialled || number.is_empty() {
            return None;
        }
        Some(
            if values.number(index + 1) == Some(145) && !number.starts_with('+') {
                format!("+{number}")
            } else {
                number
            },
        )
    }
}
