//! Radio: registration, operator, signal, USSD, data contexts
//! (27.007 clauses 7.2, 7.3, 7.15, 8.2, 8.5, 10.1).

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use super::answer::{Answer, Piece, Refusal, line, ok};
use super::command::{Command, Form, Values};
use super::positioning::Positions;
use super::storage::Content;
use super::{Modem, pdu};

/// What the radio side knows.
#[derive(Debug)]
pub(super) struct Network {
    /// `+CFUN`: 0 off, 1 full, 4 flight mode.
    pub function: u32,
    /// `+CREG`, `+CGREG`, `+CEREG`: how much is told of changes.
    tells: BTreeMap<String, u32>,
    /// `+COPS=3,n`: long name, short name, code.
    operator_format: u32,
    contexts: BTreeMap<u32, (String, String)>,
    /// `+CMMS`.
    pub more_messages: u32,
    /// The reference of the last long message that came in.
    pub concat_reference: u8,
    /// Messages that found no room: the line that tells of them, and what they are.
    pub waiting: VecDeque<(String, Content)>,
    /// Before this no further message arrives.
    pub next_arrival: Duration,
    pub positions: Positions,
    /// What is said over USSD.
    pub ussd: super::ussd::Talk,
    /// `+CSCB`: the channels that are taken.
    pub channels: String,
    /// The serial number of the last broadcast.
    pub serial: u16,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            function: 1,
            tells: BTreeMap::new(),
            operator_format: 0,
            contexts: BTreeMap::from([(1, ("IPV4V6".to_owned(), "internet".to_owned()))]),
            more_messages: 0,
            concat_reference: 0,
            waiting: VecDeque::new(),
            next_arrival: Duration::ZERO,
            positions: Positions::default(),
            ussd: super::ussd::Talk::default(),
            channels: String::new(),
            serial: 0,
        }
    }
}

impl Network {
    pub fn power_on(&mut self) {
        self.function = 1;
        self.tells.clear();
        self.operator_format = 0;
        self.more_messages = 0;
        self.ussd.end();
        self.positions.power_on();
        self.channels.clear();
    }
}

const REGISTRATIONS: [&str; 3] = ["+CREG", "+CGREG", "+CEREG"];

impl Modem {
    /// Registration as it shows: none in flight mode, or while the SIM is locked.
    fn registration(&self) -> u8 {
        if self.network.function == 1 && self.sim_ready() {
            self.options.registration
        } else {
            0
        }
    }

    pub(super) fn network_serves(&self) -> bool {
        matches!(self.registration(), 1 | 5)
    }

    /// Changes the registration and tells of it where that was asked for.
    pub fn register(&mut self, registration: u8) {
        self.options.registration = registration;
        for name in REGISTRATIONS {
            if let Some(format) = self.network.tells.get(name).filter(|format| **format > 0) {
                let place = self.place(*format);
                self.urc(&format!("{name}: {registration}{place}"));
            }
        }
    }

    fn place(&self, format: u32) -> &'static str {
        if format == 2 && self.network_serves() {
            ",\"1A2B\",\"00C3D4E5\",7"
        } else {
            ""
        }
    }

    pub(super) fn answer_network(&mut self, command: &Command) -> Option<Answer> {
        let name = command.name.as_str();
        Some(match (name, &command.form) {
            ("+CREG" | "+CGREG" | "+CEREG", form) => self.registration_command(name, form),
            ("+COPS", form) => self.operator_command(form),
            ("+CSQ", Form::Test) => line("+CSQ: (0-31,99),(0-7,99)"),
            ("+CSQ", _) => line(format!("+CSQ: {},99", self.shown_signal())),
            ("+CESQ", Form::Execute) => {
                let signal = self.shown_signal();
                let rsrp = if signal == 99 {
                    255
                } else {
                    u16::from(signal) * 3
                };
                line(format!("+CESQ: 99,99,255,255,20,{rsrp}"))
            }
            ("+CFUN", Form::Test) => line("+CFUN: (0,1,4),(0,1)"),
            ("+CFUN", Form::Read) => line(format!("+CFUN: {}", self.network.function)),
            ("+CFUN", Form::Set(values)) => self.functionality(values),
            ("!RESET", Form::Execute) => self.reboot(),
            ("+CUSD", form) => self.ussd_command(form),
            ("+CSCB", form) => self.broadcast_command(form),
            ("+WS46", Form::Test) => line("+WS46: (12,22,25,28,29)"),
            ("+WS46", Form::Read) => line("+WS46: 25"),
            ("+CGATT", Form::Read) => line(format!("+CGATT: {}", u8::from(self.network_serves()))),
            ("+CGACT", Form::Read) => Ok(self
                .network
                .contexts
                .keys()
                .map(|id| Piece::line(format!("+CGACT: {id},0")))
                .collect()),
            ("+CGDCONT", form) => self.context(form),
            ("+CRSM", Form::Set(values)) => self.sim_file(values),
            ("+XLCSLSR", form) => self.request_command(form),
            ("+XLSRSTOP", form) => self.stop_command(form),
            (
                "+CGATT" | "+CGACT" | "+CGEREP" | "+CMER" | "+CTZU" | "+CTZR" | "+CRC" | "+CLIP"
                | "+CCWA" | "+CSSN" | "+WS46" | "+CGPIAF",
                Form::Set(_),
            ) => ok(),
            ("+CTZU", Form::Test) => line("+CTZU: (0,1)"),
            ("D", form) => self.dial(form),
            _ => return None,
        })
    }

    fn shown_signal(&self) -> u8 {
        if self.network.function == 1 {
            self.options.signal
        } else {
            99
        }
    }

    fn registration_command(&mut self, name: &str, form: &Form) -> Answer {
        match form {
            Form::Test => line(format!("{name}: (0-2)")),
            Form::Set(values) => {
                let format = values.number(0).filter(|format| *format <= 2);
                self.network
                    .tells
                    .insert(name.to_owned(), format.ok_or(Refusal::Cme(50))?);
                ok()
            }
            Form::Read => {
                let format = self.network.tells.get(name).copied().unwrap_or(0);
                let place = self.place(format);
                line(format!("{name}: {format},{}{place}", self.registration()))
            }
            Form::Execute => ok(),
        }
    }

    fn operator_command(&mut self, form: &Form) -> Answer {
        let name = &self.options.operator;
        let code = &self.options.operator_code;
        let short: String = name.chars().take(8).collect();
        match form {
            Form::Test => line(format!(
                "+COPS: (2,\"{name}\",\"{short}\",\"{code}\",7),(1,\"Other Net\",\"Other\",\"26202\",7),,(0,1,2,3,4),(0,1,2)"
            )),
            Form::Read if !self.network_serves() => line("+COPS: 0"),
            Form::Read => {
                let format = self.network.operator_format;
                let shown = match format {
                    0 => name,
                    1 => &short,
                    _ => code,
                };
                line(format!("+COPS: 0,{format},\"{shown}\",7"))
            }
            Form::Set(values) => {
                if values.number(0) == Some(3) {
                    self.network.operator_format = values.number(1).unwrap_or(0);
                }
                ok()
            }
            Form::Execute => ok(),
        }
    }

    /// An unsolicited line right after the `OK` that is about to be written.
    pub(super) fn after_answer(&mut self, text: &str) {
        let bytes = self.framed(&[Piece::line(text)], "");
        // A moment later than the answer, so that it cannot come first.
        let due = self.now + self.faults.latency + Duration::from_millis(1);
        self.write_at(due, bytes);
    }

    fn context(&mut self, form: &Form) -> Answer {
        match form {
            Form::Test => Ok(["IP", "IPV6", "IPV4V6"]
                .iter()
                .map(|kind| Piece::line(format!("+CGDCONT: (1-10),\"{kind}\",,,(0,1),(0,1)")))
                .collect()),
            Form::Read => Ok(self
                .network
                .contexts
                .iter()
                .map(|(id, (kind, name))| {
                    Piece::line(format!("+CGDCONT: {id},\"{kind}\",\"{name}\",\"\",0,0"))
                })
                .collect()),
            Form::Set(values) => {
                let id = values.number(0).ok_or(Refusal::Cme(50))?;
                let text = |index| values.text(index).unwrap_or_default().to_owned();
                match values.text(1) {
                    Some(kind) => self.network.contexts.insert(id, (kind.to_owned(), text(2))),
                    None => self.network.contexts.remove(&id),
                };
                ok()
            }
            Form::Execute => Err(Refusal::Error),
        }
    }

    /// `+CRSM`: the two files that ModemManager reads, EF-AD and EF-SPN (3GPP TS 31.102).
    fn sim_file(&self, values: &Values) -> Answer {
        self.sim_access()?;
        match (values.number(0), values.number(1)) {
            (Some(176), Some(28589)) => line("+CRSM: 144,0,\"00000002\""),
            (Some(176), Some(28486)) => {
                let mut name = vec![0x01];
                name.extend(self.options.operator.bytes().take(16));
                name.resize(17, 0xFF);
                line(format!("+CRSM: 144,0,\"{}\"", pdu::to_hex(&name)))
            }
            // SW1 6A 82: file not found.
            _ => line("+CRSM: 106,130"),
        }
    }
}
