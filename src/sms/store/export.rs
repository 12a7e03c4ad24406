//! Messages for other programs: JSON, one object a line, and mbox for mail programs.

use std::io::{self, Write};

use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;

use crate::sms::message::{Direction, Message};

/// Writes one JSON object a line, in the shape of `xsms list --json`.
///
/// # Errors
/// When `out` cannot be written.
pub fn json(messages: &[Message], out: &mut impl Write) -> io::Result<()> {
    for message in messages {
        serde_json::to_writer(&mut *out, message)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes an mbox (RFC 4155) of MIME messages: header fields encoded (RFC 2047), lines that
/// begin with `From ` (after any number of `>`) escaped with one more `>`.
///
/// # Errors
/// When `out` cannot be written.
pub fn mbox(messages: &[Message], out: &mut impl Write) -> io::Result<()> {
    messages.iter().try_for_each(|message| mail(message, out))
}

fn mail(message: &Message, out: &mut impl Write) -> io::Result<()> {
    let (from, to) = match message.direction {
        Direction::In => (mailbox(&message.address), "me <me@sms.invalid>".to_owned()),
        Direction::Out => ("me <me@sms.invalid>".to_owned(), mailbox(&message.address)),
    };
    let sender = match message.direction {
        Direction::In => local_part(&message.address),
        Direction::Out => "me".to_owned(),
    };
    let utc = message.time.to_zoned_datetime(TimeZone::UTC);
    let date = rfc2822::to_string(&utc).unwrap_or_default();
    let subject = message
        .text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let subject: String = subject.chars().take(70).collect();
    let seen = if message.read { "RO" } else { "O" };
    let state = message.state.word();
    let (encoding, body) = body(&message.text);
    write!(
        out,
        "From {sender}@sms.invalid {}\nFrom: {from}\nTo: {to}\nDate: {date}\nSubject: {}\n\
         Message-ID: <{}.{}@sms.invalid>\nStatus: {seen}\nX-SMS-State: {state}\n\
         MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\
         Content-Transfer-Encoding: {encoding}\n\n",
        utc.strftime("%a %b %e %H:%M:%S %Y"),
        words(&subject),
        message.id.0,
        message.time.as_second(),
    )?;
    for line in body.split('\n') {
        if line.trim_start_matches('>').starts_with("From ") {
            out.write_all(b">")?;
        }
        writeln!(out, "{line}")?;
    }
    out.write_all(b"\n")
}

/// The address as a mailbox: the name or number, and an address that no mail can reach.
fn mailbox(address: &str) -> String {
    format!("{} <{}@sms.invalid>", words(address), local_part(address))
}

/// Letters and digits of an address, for the left side of an `@`.
fn local_part(address: &str) -> String {
    let plain: String = address
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    if plain.is_empty() {
        "unknown".to_owned()
    } else {
        plain
    }
}

/// Text in a header field: letters, digits, `+` and inner spaces as they are, anything else as
/// encoded words (RFC 2047) of at most 75 characters each.
fn words(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | ' ' | '-');
    if text.chars().all(plain) && text.trim() == text {
        return text.to_owned();
    }
    let mut encoded = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        let mut piece = String::new();
        let mut bytes = [0; 4];
        for byte in c.encode_utf8(&mut bytes).bytes() {
            match byte {
                b' ' => piece.push('_'),
                byte if byte.is_ascii_alphanumeric() => piece.push(char::from(byte)),
                byte => piece.push_str(&format!("={byte:02X}")),
            }
        }
        if word.len() + piece.len() > 63 {
            encoded.push(std::mem::take(&mut word));
        }
        word.push_str(&piece);
    }
    encoded.push(word);
    let encoded: Vec<_> = encoded
        .iter()
        .map(|word| format!("=?UTF-8?Q?{word}?="))
        .collect();
    encoded.join("\n ")
}

/// The text and how it is written: as it is, unless its lines are too long for mail (998 octets,
/// RFC 5322) or it has control characters, then quoted-printable (RFC 2045).
fn body(text: &str) -> (&'static str, String) {
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if !text.contains(odd) && text.split('\n').all(|line| line.len() <= 997) {
        return ("8bit", text.to_owned());
    }
    let mut quoted = String::new();
    let mut column = 0;
    for byte in text.bytes() {
        let piece = match byte {
            b'\n' => {
                quoted.push('\n');
                column = 0;
                continue;
            }
            b'!'..=b'<' | b'>'..=b'~' => char::from(byte).to_string(),
            byte => format!("={byte:02X}"),
        };
        if column + piece.len() > 75 {
            quoted.push_str("=\n");
            column = 0;
        }
        column += piece.len();
        quoted.push_str(&piece);
    }
    ("quoted-printable", quoted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::message::{ConversationId, MessageId};

    fn message(address: &str, text: &str) -> Message {
        Message {
            id: MessageId(7),
            conversation: ConversationId(1),
            direction: Direction::In,
            address: address.to_owned(),
            name: None,
            time: "2026-11-04T09:05:06Z".parse().unwrap(),
            text: text.to_owned(),
            read: false,
            state: crate::sms::message::State::Received,
            reason: None,
            parts: 1,
            parts_missing: 0,
            class: None,
            alert: None,
        }
    }

    fn mbox_of(message: Message) -> String {
        let mut out = Vec::new();
        mbox(&[message], &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_mail_program_finds_sender_date_and_text() {
        assert_eq!(
            mbox_of(message("+491701234567", "Hello\nFrom me\n>From you")),
            "From 491701234567@sms.invalid Wed Nov  4 09:05:06 2026\n\
             From: +491701234567 <491701234567@sms.invalid>\n\
             To: me <me@sms.invalid>\n\
             Date: Wed, 4 Nov 2026 09:05:06 +0000\n\
             Subject: Hello\n\
             Message-ID: <7.1793783106@sms.invalid>\n\
             Status: O\n\
             X-SMS-State: received\n\
             MIME-Version: 1.0\n\
             Content-Type: text/plain; charset=utf-8\n\
             Content-Transfer-Encoding: 8bit\n\
             \n\
             Hello\n>From me\n>>From you\n\n"
        );
    }

    #[test]
    fn names_and_subjects_in_any_script_are_encoded_words_of_legal_length() {
        let mail = mbox_of(message("Müller\r\nBcc: x", &"é😀".repeat(60)));
        let head = mail.split("\n\n").next().unwrap();
        assert!(head.is_ascii());
        assert!(!head.contains("\nBcc"));
        assert!(head.lines().all(|line| line.len() <= 100), "{head}");
        for word in head
            .split_whitespace()
            .filter(|word| word.starts_with("=?"))
        {
            assert!(word.len() <= 75 && word.ends_with("?="), "{word}");
        }
    }

    #[test]
    fn what_mail_cannot_carry_is_quoted() {
        let mail = mbox_of(message("1", &format!("\u{1}{}", "é=".repeat(2000))));
        assert!(mail.contains("quoted-printable"));
        assert!(mail.lines().all(|line| line.len() <= 120));
        assert!(mail.contains("=01=C3=A9=3D"));
    }

    #[test]
    fn json_has_one_object_a_line_with_the_documented_fields() {
        let mut out = Vec::new();
        json(&[message("1", "a\nb"), message("2", "\u{2028}")], &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<serde_json::Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines.len(), 2);
        for field in [
            "id",
            "direction",
            "address",
            "name",
            "time",
            "text",
            "read",
            "state",
            "parts",
            "parts_missing",
        ] {
            assert!(lines[0].get(field).is_some(), "{field}");
        }
        assert_eq!(lines[0]["time"], "2026-11-04T09:05:06Z");
    }
}
