//! USSD: a small menu that the network keeps (27.007 clause 7.15).

use super::answer::{Answer, Refusal, line, ok};
use super::command::{Form, Values};
use super::{Modem, gsm, pdu};

/// How the modem writes and wants the string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UssdStyle {
    /// As text, in the character set of `+CSCS`.
    #[default]
    Text,
    /// As packed septets in hexadecimal; text is refused with `+CME ERROR: 100`.
    PackedHex,
    /// Takes text, and answers in UCS-2 as hexadecimal with coding scheme 72.
    Ucs2Hex,
}

/// What is said.
#[derive(Debug, Default)]
pub(super) struct Talk {
    /// Whether the menu is open.
    menu: bool,
    /// Everything that the network was told, as text.
    heard: Vec<String>,
}

impl Talk {
    pub fn end(&mut self) {
        self.menu = false;
    }
}

/// The menu of `*100#`.
const MENU: &str = "1 Balance\n2 \"Flat\" rate\n0 Back";

impl Modem {
    /// Everything that the network was told over USSD, as text.
    #[must_use]
    pub fn ussd_heard(&self) -> &[String] {
        &self.network.ussd.heard
    }

    /// The network says something over USSD by itself; `mode` is `<m>` of `+CUSD`.
    pub fn bring_ussd(&mut self, mode: u8, text: &str) {
        self.network.ussd.menu = mode == 1;
        let line = self.ussd_line(mode, text);
        self.urc(&line);
    }

    fn ussd_line(&self, mode: u8, text: &str) -> String {
        if text.is_empty() {
            return format!("+CUSD: {mode}");
        }
        let ucs2 = || {
            let octets: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            pdu::to_hex(&octets)
        };
        let (string, coding) = match self.options.ussd_style {
            UssdStyle::Ucs2Hex => (ucs2(), 72),
            UssdStyle::PackedHex => {
                let septets = gsm::encode(text).unwrap_or_default();
                (pdu::to_hex(&gsm::pack(&septets, 0)), 15)
            }
            UssdStyle::Text if self.session.text.charset == "UCS2" => (ucs2(), 15),
            UssdStyle::Text => (text.to_owned(), 15),
        };
        format!("+CUSD: {mode},\"{string}\",{coding}")
    }

    pub(super) fn ussd_command(&mut self, form: &Form) -> Answer {
        match form {
            Form::Test => line("+CUSD: (0-2)"),
            Form::Read => line("+CUSD: 0"),
            Form::Set(values) => self.ussd(values),
            Form::Execute => ok(),
        }
    }

    fn ussd(&mut self, values: &Values) -> Answer {
        if values.number(0) == Some(2) {
            self.network.ussd.menu = false;
            return ok();
        }
        let (Some(1), Some(string)) = (values.number(0), values.text(1)) else {
            return ok();
        };
        let text = match self.options.ussd_style {
            UssdStyle::PackedHex => {
                let octets = pdu::from_hex(string).ok_or(Refusal::Cme(100))?;
                let septets = gsm::unpack(&octets, octets.len() * 8 / 7, 0);
                gsm::decode(&septets).trim_end_matches('\r').to_owned()
            }
            _ => self
                .session
                .text
                .read(string.as_bytes())
                .ok_or(Refusal::Cme(100))?,
        };
        if !self.network_serves() {
            return Err(Refusal::Cme(30));
        }
        self.network.ussd.heard.push(text.clone());
        let (mode, says) = match (self.network.ussd.menu, text.as_str()) {
            (true, "1") | (false, "*101#") => (0, "Balance 12.34 EUR"),
            (true, "2") => (0, "The flat rate is on"),
            (true, "0") => (1, MENU),
            (true, _) => (2, ""),
            (false, "*100#") => (1, MENU),
            (false, "*199#") => return ok(),
            (false, "*98#") => (5, ""),
            (false, _) => (4, ""),
        };
        self.network.ussd.menu = mode == 1;
        let line = self.ussd_line(mode, says);
        self.after_answer(&line);
        ok()
    }
}
