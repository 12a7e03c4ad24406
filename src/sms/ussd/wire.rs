//! `+CUSD` on the wire: `+CUSD: <m>[,<str>,<dcs>]` and `+CUSD=<n>,<str>,<dcs>`
//! (3GPP TS 27.007 clause 7.15; the coding scheme is that of TS 23.038 clause 5).

use super::{Progress, Reply, Request};
use crate::sms::broadcast::coding::{Coding, pages_text};
use crate::sms::charset::{Alphabet, gsm7, ucs2};

/// Longest text that is kept of an answer, in characters; the network's own limit is 182.
const KEPT: usize = 2000;

/// How a modem wants the string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// As it is.
    Plain,
    /// As UCS-2 in hexadecimal, under `+CSCS="UCS2"`.
    Ucs2,
    /// As packed septets in hexadecimal, which some firmware wants whatever `+CSCS` says.
    Packed,
}

impl Request {
    /// The command line; `None` where the text cannot be written so. DCS 15 is the default
    /// alphabet in no particular language.
    #[must_use]
    pub fn command(&self, spelling: Spelling) -> Option<String> {
        let text = match self {
            Self::Cancel => return Some("AT+CUSD=2".to_owned()),
            Self::Code(text) | Self::Answer(text) => text,
        };
        let written = match spelling {
            // A quote or a control character would end the string.
            Spelling::Plain => text
                .chars()
                .all(|c| c != '"' && !c.is_control() && c.is_ascii())
                .then(|| text.clone())?,
            Spelling::Ucs2 => text
                .encode_utf16()
                .map(|unit| format!("{unit:04X}"))
                .collect(),
            Spelling::Packed => {
                let mut septets = Vec::new();
                for c in text.chars() {
                    if !gsm7::encode_char(c, 0, 0, &mut septets) {
                        return None;
                    }
                }
                // Seven spare bits would read as one more character, an '@' (TS 23.038 6.1.2.3.1).
                if septets.len() % 8 == 7 {
                    septets.push(0x0d);
                }
                let mut octets = Vec::new();
                gsm7::pack_after(&mut octets, &septets);
                crate::sms::pdu::to_hex(&octets)
            }
        };
        Some(format!("AT+CUSD=1,\"{written}\",15"))
    }
}

impl Reply {
    /// Reads a `+CUSD:` line, which may hold line ends inside its string. `ucs2_strings` says
    /// whether the modem was told to write strings as UCS-2 (`+CSCS`). `None` where it is no such
    /// line.
    #[must_use]
    pub fn parse(line: &str, ucs2_strings: bool) -> Option<Self> {
        let rest = line.strip_prefix("+CUSD:")?.trim_start();
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        let progress = Progress::from_raw(rest.get(..digits)?.parse().ok()?)?;
        let (string, coding) = string_and_coding(rest.get(digits..).unwrap_or_default());
        let text = decode(string, coding, ucs2_strings);
        let text = text.trim_matches(['\0', '\r', '\n', ' ']);
        Some(Self {
            progress,
            text: text.chars().take(KEPT).collect(),
        })
    }
}

/// `,"a "quoted" text",15` and `,text,15` and `,"text"`: the string is what stands between the
/// first quote and the last, for nobody escapes the quotes inside.
fn string_and_coding(rest: &str) -> (&str, Option<u8>) {
    let rest = rest.trim_start().strip_prefix(',').unwrap_or(rest).trim();
    if let Some(inner) = rest.strip_prefix('"') {
        let Some((string, after)) = inner.rsplit_once('"') else {
            return (inner, None);
        };
        let coding = after.trim().strip_prefix(',');
        return (string, coding.and_then(|n| n.trim().parse().ok()));
    }
    match rest.rsplit_once(',') {
        Some((string, coding)) => match coding.trim().parse() {
            Ok(coding) => (string, Some(coding)),
            Err(_) if coding.trim().is_empty() => (string, None),
            Err(_) => (rest, None),
        },
        None => (rest, None),
    }
}

fn decode(string: &str, coding: Option<u8>, ucs2_strings: bool) -> String {
    let Some(octets) = crate::sms::serial::unhex(string).filter(|octets| !octets.is_empty()) else {
        return string.to_owned();
    };
    let coding = Coding::from_octet(coding.unwrap_or(0x0f));
    if ucs2_strings && let Some(text) = readable_ucs2(&octets) {
        return text;
    }
    match coding.alphabet {
        // The network's own octets, in hexadecimal because no character set has them.
        Alphabet::Ucs2 => pages_text(coding, &octets).text,
        Alphabet::EightBit => octets.iter().copied().map(char::from).collect(),
        Alphabet::Gsm7 => {
            if octets.len() < 3 {
                return string.to_owned();
            }
            // A balance or the person's own number is text. UCS-2 that looks like one begins with
            // a zero.
            let is_number = string.bytes().all(|b| b.is_ascii_digit());
            if is_number && !string.starts_with('0') {
                return string.to_owned();
            }
            if let Some(text) = readable_ucs2(&octets) {
                return text;
            }
            if is_number {
                return string.to_owned();
            }
            let septets = gsm7::unpack(&octets, 0, octets.len() * 8 / 7);
            let text = gsm7::decode(&septets, 0, 0);
            if is_plausible(&text) {
                text
            } else {
                string.to_owned()
            }
        }
    }
}

/// UCS-2, where that gives characters of the usual scripts and not noise.
fn readable_ucs2(octets: &[u8]) -> Option<String> {
    if !octets.len().is_multiple_of(2) {
        return None;
    }
    let text = ucs2::join(&[ucs2::decode(octets)]);
    // Packed septets read as UCS-2 give CJK and private characters at random: a text has its
    // high octets in common.
    let (pairs, _) = octets.as_chunks::<2>();
    let mut pages: Vec<u8> = pairs.iter().map(|pair| pair[0]).collect();
    let count = pages.len();
    pages.sort_unstable();
    pages.dedup();
    let alike = pages.len() == 1 || pages.len() * 3 <= count;
    (alike && is_plausible(&text)).then_some(text)
}

/// No control characters but line ends, and no half or missing characters.
fn is_plausible(text: &str) -> bool {
    text.chars()
        .all(|c| (!c.is_control() || matches!(c, '\r' | '\n' | '\t' | '\0')) && c != '\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(line: &str) -> (Progress, String) {
        let reply = Reply::parse(line, false).unwrap();
        (reply.progress, reply.text)
    }

    fn ucs2(text: &str) -> String {
        let units = text.encode_utf16();
        units.map(|unit| format!("{unit:04X}")).collect()
    }

    fn packed(text: &str) -> String {
        let mut septets = Vec::new();
        for c in text.chars() {
            assert!(gsm7::encode_char(c, 0, 0, &mut septets));
        }
        let mut octets = Vec::new();
        gsm7::pack_after(&mut octets, &septets);
        crate::sms::pdu::to_hex(&octets)
    }

    #[test]
    fn answers_are_read_however_the_modem_writes_them() {
        let balance = "Balance 12.34 EUR";
        let (ucs2, packed) = (ucs2(balance), packed(balance));
        for line in [
            format!("+CUSD: 0,\"{balance}\",15"),
            format!("+CUSD:0,\"{balance}\", 15"),
            format!("+CUSD: 0,\"{balance}\""),
            format!("+CUSD: 0,{balance},0"),
            format!("+CUSD: 0,\"{ucs2}\",72"),
            format!("+CUSD: 0,\"{ucs2}\",15"),
            format!("+CUSD: 0,\"{packed}\",15"),
            format!("+CUSD: 0,\"{packed}\",0"),
        ] {
            assert_eq!(read(&line), (Progress::Done, balance.to_owned()), "{line}");
        }
        let lines = read("+CUSD: 1,\"1 Balance\n2 \"Flat\" rate\n0 Back\",15");
        assert_eq!(
            lines,
            (Progress::Asks, "1 Balance\n2 \"Flat\" rate\n0 Back".into())
        );
        assert_eq!(read("+CUSD: 2"), (Progress::Ended, String::new()));
        assert_eq!(read("+CUSD: 4,,"), (Progress::Unsupported, String::new()));
        // A comma of its own, and no coding scheme.
        assert_eq!(read("+CUSD: 0,1.20 EUR, thanks").1, "1.20 EUR, thanks");
        // Cyrillic in UCS-2 under DCS 72.
        assert_eq!(read("+CUSD: 0,\"04110430043B0430043D0441\",72").1, "Баланс");
        assert_eq!(Reply::parse("+CUSD: 9,\"x\",15", false), None);
        assert_eq!(Reply::parse("+CUSD: ", false), None);
        assert_eq!(Reply::parse("+CSQ: 1", false), None);
    }

    #[test]
    fn hexadecimal_is_told_apart_from_digits_and_both_kinds_of_it_from_each_other() {
        let long = "Your balance is 12.34 EUR. Your tariff ends on 31.12. Reply 1 for more data, \
                    2 for more minutes, 0 to end.";
        let alike = "10 MB 1.00 EUR, 20 MB 2.00 EUR, and 40 MB 4.00 EUR";
        for text in ["Hi!", "Balance 12.3 EUR", long, alike] {
            let line = format!("+CUSD: 0,\"{}\",15", packed(text));
            assert_eq!(read(&line).1, text);
        }
        for text in ["Да", "1.5", "1234", "Баланс 12.34 руб"] {
            let line = format!("+CUSD: 0,\"{}\",15", ucs2(text));
            assert_eq!(read(&line).1, text);
        }
        // A balance, numbers of telephones, and what would be characters that nobody can see.
        for text in ["1234", "491701234567", "0171234567", "0007000800090001"] {
            assert_eq!(read(&format!("+CUSD: 0,\"{text}\",15")).1, text);
        }
        let halves = read("+CUSD: 0,\"D83DD83D\",15").1;
        assert!(!halves.contains('\u{fffd}'), "{halves}");
    }

    #[test]
    fn codes_are_written_in_three_ways() {
        let code = Request::Code("*101#".into());
        let line = |spelling| code.command(spelling).unwrap();
        assert_eq!(line(Spelling::Plain), "AT+CUSD=1,\"*101#\",15");
        assert_eq!(
            line(Spelling::Ucs2),
            "AT+CUSD=1,\"002A0031003000310023\",15"
        );
        // The example of every huawei manual: *100# is AA180C3602.
        let code = Request::Code("*100#".into());
        assert_eq!(
            code.command(Spelling::Packed).unwrap(),
            "AT+CUSD=1,\"AA180C3602\",15"
        );
        // Seven septets leave room for an eighth.
        let code = Request::Code("*100*1#".into());
        assert_eq!(
            code.command(Spelling::Packed).unwrap(),
            "AT+CUSD=1,\"AA180CA68A8D1A\",15"
        );
        assert_eq!(
            Request::Cancel.command(Spelling::Plain).unwrap(),
            "AT+CUSD=2"
        );
        for not_plain in ["say \"hi\"", "1\r2", "née"] {
            let answer = Request::Answer(not_plain.into());
            assert_eq!(answer.command(Spelling::Plain), None);
        }
        assert_eq!(
            Request::Answer("жук".into()).command(Spelling::Packed),
            None
        );
    }

    proptest! {
        #[test]
        fn any_line_gives_a_bounded_text(rest in "\\PC{0,200}|[0-9A-F]{0,400}", m in 0_u8..9, dcs in any::<u8>(), ucs2 in any::<bool>()) {
            if let Some(reply) = Reply::parse(&format!("+CUSD: {m},\"{rest}\",{dcs}"), ucs2) {
                prop_assert!(reply.text.chars().count() <= KEPT);
            }
            let _ = Reply::parse(&rest, ucs2);
        }
    }
}
