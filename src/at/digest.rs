//! From bytes to events: echo, response, unsolicited result code, final result, prompt.
//!
//! The digester is pure and total: any bytes, cut anywhere, give events and never a panic. It
//! does not guess by silence; a line means what the command in flight makes it mean.
//!
//! Wire format (V.250 clause 5.7): a modem writes `\r\n<line>\r\n`, after an echoed command
//! often `\r\r\n`, and the prompt of `+CMGS` as `\r\n> ` with no line end. An unsolicited
//! result code (URC) may stand between any two lines, also between the header of a listed
//! message and its PDU.

use std::collections::VecDeque;

use crate::secret::Secret;

/// A final result code: the command is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FinalResult {
    /// `OK`.
    Ok,
    /// `CONNECT …`: the port has become a data channel.
    Connect,
    /// `ERROR`, or one of its spellings without a number.
    Error,
    /// `+CME ERROR: n` (3GPP TS 27.007 clause 9.2).
    Cme(Code),
    /// `+CMS ERROR: n` (3GPP TS 27.005 clause 3.2.5).
    Cms(Code),
}

/// The reason in an extended error: a number, or words with `+CMEE=2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// The numeric form.
    Number(u16),
    /// The verbose form.
    Words(String),
}

/// What follows the header line of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Payload {
    /// Nothing: each line stands for itself.
    #[default]
    None,
    /// One line of hexadecimal digits (PDU mode, or text mode with the UCS2 character set).
    Hex,
    /// Free text of any number of lines (text mode). It cannot be told apart from a final
    /// result in every case; see [`Digester::next_event`].
    Text,
}

/// What the command in flight will be answered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expect {
    /// The command line as sent, without its `\r`; a line equal to it is the echo.
    pub echo: Secret,
    /// The prefix of its response lines with the colon: `+CMGL:`. Empty: lines without a
    /// prefix are the response (`AT+CGMI`).
    pub prefix: String,
    /// What follows a response line.
    pub payload: Payload,
    /// Whether a prompt `> ` will come.
    pub prompt: bool,
    /// Only one response line comes (`+CMGR`): further lines like it belong to its text.
    pub single: bool,
}

/// A line of the answer, with what came after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The line with its prefix.
    pub line: String,
    /// Its payload, where the command has one.
    pub payload: Option<String>,
}

/// An unsolicited result code, with its second line where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urc {
    /// The line with its prefix.
    pub line: String,
    /// The PDU that follows `+CMT:`, `+CDS:` and `+CBM:`; in text mode the text.
    pub payload: Option<String>,
}

/// What came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The command came back.
    Echo,
    /// A line of the answer.
    Response(Response),
    /// Something that nobody asked for.
    Urc(Urc),
    /// The command is over.
    Final(FinalResult),
    /// The modem waits for a message body.
    Prompt,
}

/// Longest line that is kept; what is beyond it is cut off. The longest legal line is a PDU of
/// 176 octets in hexadecimal; text-mode bodies and `+COPS=?` stay far below too.
const LINE_LIMIT: usize = 8192;

/// Most carriage returns that count as one line end.
const RETURNS_LIMIT: usize = 8;

/// A header that waits for its payload.
#[derive(Debug)]
enum Open {
    Response {
        line: String,
        body: Vec<String>,
    },
    Urc {
        line: String,
    },
    /// A message that is handed over in text mode: its text, and how many characters it has.
    TextUrc {
        line: String,
        body: Vec<String>,
        length: Option<usize>,
    },
    /// `+CUSD:` whose string has line ends in it and is not closed yet.
    Quoted {
        line: String,
    },
}

/// The digester: bytes in by [`Digester::push`], events out by [`Digester::next_event`].
#[derive(Debug, Default)]
pub struct Digester {
    buffer: Vec<u8>,
    expect: Option<Expect>,
    open: Vec<Open>,
    /// Events that became certain together with the one before them.
    ready: VecDeque<Event>,
    /// An empty line came since the last one that was not: a final result follows one.
    blank: bool,
}

impl Digester {
    /// Takes bytes as they come, in pieces of any size.
    pub fn push(&mut self, bytes: &[u8]) {
        // NULs and 0xff are line noise at power-up; no alphabet of AT has them.
        self.buffer
            .extend(bytes.iter().copied().filter(|b| !matches!(b, 0 | 0xff)));
    }

    /// From now on lines are read as the answer to this command.
    pub fn expect(&mut self, expect: Expect) {
        self.settle();
        self.expect = Some(expect);
        self.blank = false;
    }

    /// No command is in flight any more.
    pub fn settle(&mut self) {
        self.expect = None;
        self.open
            .retain(|open| !matches!(open, Open::Response { .. }));
    }

    /// The next event, or `None` until more bytes come.
    ///
    /// A text-mode body may be any text, also `OK`. The line after a header is therefore always
    /// body, and a later `OK` or `ERROR` ends the answer only after an empty line, as V.250 has
    /// it. A body that itself holds an empty line followed by `OK` still cannot be told apart:
    /// that is why text mode is the fallback.
    pub fn next_event(&mut self) -> Option<Event> {
        if let Some(event) = self.ready.pop_front() {
            return Some(event);
        }
        loop {
            if self.takes_prompt() {
                return Some(Event::Prompt);
            }
            let line = self.take_line()?;
            if line.is_empty() {
                self.blank = true;
                match self.open.last_mut() {
                    Some(Open::TextUrc { body, .. }) => {
                        body.push(String::new());
                        if let Some(event) = self.close_text() {
                            return Some(event);
                        }
                        continue;
                    }
                    Some(Open::Quoted { line }) => {
                        line.push('\n');
                        continue;
                    }
                    _ => {}
                }
                if let Some(Open::Response { body, .. }) = self.open.last_mut()
                    && self
                        .expect
                        .as_ref()
                        .is_some_and(|e| e.payload == Payload::Text)
                    && !body.is_empty()
                {
                    body.push(String::new());
                }
                continue;
            }
            let event = self.digest_line(line);
            self.blank = false;
            if event.is_some() {
                return event;
            }
        }
    }

    fn takes_prompt(&mut self) -> bool {
        if !self.expect.as_ref().is_some_and(|e| e.prompt) {
            return false;
        }
        let start = self
            .buffer
            .iter()
            .take_while(|b| matches!(b, b'\r' | b'\n'))
            .count();
        let rest = self.buffer.get(start..).unwrap_or_default();
        // Some firmware leaves out the space.
        if rest.first() != Some(&b'>') {
            return false;
        }
        let end = start + 1 + usize::from(rest.get(1) == Some(&b' '));
        self.buffer.drain(..end);
        if let Some(expect) = &mut self.expect {
            expect.prompt = false;
        }
        true
    }

    /// The next whole line without its end; bytes that are no UTF-8 are read as Latin-1.
    fn take_line(&mut self) -> Option<String> {
        let Some(end) = self.buffer.iter().position(|b| matches!(b, b'\r' | b'\n')) else {
            self.buffer.truncate(LINE_LIMIT);
            return None;
        };
        // One line end, however it is written (`\n`, `\r\n`, `\r\r\n`), so that an empty line is
        // really an empty line.
        let rest = self.buffer.get(end..).unwrap_or_default();
        let returns = rest
            .iter()
            .take(RETURNS_LIMIT)
            .take_while(|b| **b == b'\r')
            .count();
        // So many returns are a line end by themselves, whatever comes later.
        let newline = returns < RETURNS_LIMIT && rest.get(returns) == Some(&b'\n');
        if returns == rest.len() && returns < RETURNS_LIMIT {
            // The rest of the line end is still to come.
            return None;
        }
        let width = returns + usize::from(newline);
        let bytes = self.buffer.get(..end).unwrap_or_default();
        let bytes = bytes.get(..LINE_LIMIT).unwrap_or(bytes);
        let line = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().copied().map(char::from).collect(),
        };
        self.buffer.drain(..end + width);
        Some(line)
    }

    fn digest_line(&mut self, line: String) -> Option<Event> {
        if let Some(Open::TextUrc { body, .. }) = self.open.last_mut() {
            body.push(line);
            return self.close_text();
        }
        if let Some(Open::Quoted { line: before }) = self.open.last_mut() {
            let broken_off = self.blank && (final_result(&line).is_some() || looks_like_urc(&line))
                || self
                    .expect
                    .as_ref()
                    .is_some_and(|expect| !expect.echo.is_empty() && line == expect.echo.reveal());
            if !broken_off {
                before.push('\n');
                before.push_str(&line);
                if !is_closed(&line) && before.len() < LINE_LIMIT {
                    return None;
                }
            }
            let event = self.close_quoted();
            if broken_off && let Some(next) = self.digest_line(line) {
                self.ready.push_front(next);
            }
            return event;
        }
        let in_text = matches!(self.open.last(), Some(Open::Response { .. }))
            && self
                .expect
                .as_ref()
                .is_some_and(|expect| expect.payload == Payload::Text);
        if !in_text && is_quoted_open(&line) {
            self.open.push(Open::Quoted { line });
            return None;
        }
        if let Some(Open::Urc { line: header }) = self.open.last() {
            if is_hex(&line) {
                let urc = Urc {
                    line: header.clone(),
                    payload: Some(line),
                };
                self.open.pop();
                return Some(Event::Urc(urc));
            }
            if !looks_like_urc(&line) {
                // Its PDU is missing or damaged: the header alone still says that something came.
                let urc = Urc {
                    line: header.clone(),
                    payload: None,
                };
                self.open.pop();
                let next = self.digest_line(line);
                if let Some(next) = next {
                    self.ready.push_front(next);
                }
                return Some(Event::Urc(urc));
            }
        }
        let Some(expect) = self.expect.clone() else {
            return self.digest_unasked(line);
        };
        if !expect.echo.is_empty() && line.trim_end_matches([' ', '\u{1a}']) == expect.echo.reveal()
        {
            return Some(Event::Echo);
        }
        let inside = matches!(self.open.last(), Some(Open::Response { .. }));
        let response = !expect.prefix.is_empty()
            && line.starts_with(&expect.prefix)
            && !(expect.single && inside);
        if let Some(Open::Response { body, .. }) = self.open.last_mut() {
            match expect.payload {
                Payload::Hex if is_hex(&line) => return self.close(Some(line)),
                Payload::Text if !response && !ends_body(&line, body, self.blank) => {
                    if self.blank && is_message_urc(&line) {
                        return self.digest_unasked(line);
                    }
                    body.push(line);
                    return None;
                }
                _ => {}
            }
        }
        if response {
            let closed = self.close(None);
            if expect.payload == Payload::None {
                // An answer comes behind the echo: from here on a message body of `OK`, which
                // was not echoed, is none of it.
                if let Some(expect) = &mut self.expect {
                    expect.echo = Secret::default();
                }
                return Some(Event::Response(Response {
                    line,
                    payload: None,
                }));
            }
            self.open.push(Open::Response {
                line,
                body: Vec::new(),
            });
            return closed;
        }
        if let Some(result) = final_result(&line) {
            let closed = self.close(None);
            let event = Event::Final(result);
            if closed.is_some() {
                self.ready.push_front(event);
                return closed;
            }
            return Some(event);
        }
        if expect.prefix.is_empty() && !looks_like_urc(&line) {
            return Some(Event::Response(Response {
                line,
                payload: None,
            }));
        }
        self.digest_unasked(line)
    }

    fn digest_unasked(&mut self, line: String) -> Option<Event> {
        if !looks_like_urc(&line) {
            // A late answer, or noise; with no command in flight it means nothing.
            return None;
        }
        if is_pdu_urc(&line) {
            let fields = super::fields::fields(&line);
            // `+CMT: [<alpha>],<length>` and `+CBM: <length>` come before a PDU.
            match fields.len() {
                0..=2 => self.open.push(Open::Urc { line }),
                // A status report in text mode is one line (3GPP TS 27.005 clause 3.4.1).
                _ if line.starts_with("+CDS:") => {
                    return Some(Event::Urc(Urc {
                        line,
                        payload: None,
                    }));
                }
                count => {
                    let length = fields.last().filter(|_| count > 5);
                    let length = length.and_then(|field| field.parse().ok());
                    self.open.push(Open::TextUrc {
                        line,
                        body: Vec::new(),
                        length,
                    });
                }
            }
            return None;
        }
        Some(Event::Urc(Urc {
            line,
            payload: None,
        }))
    }

    /// Ends the text of a message that is handed over: when it has as many characters as were
    /// announced, or nothing more has come. Such a line ends with nothing that could be told from
    /// a text; the modem writes it in one piece.
    fn close_text(&mut self) -> Option<Event> {
        let Some(Open::TextUrc { body, length, .. }) = self.open.last() else {
            return None;
        };
        let count: usize = body.iter().map(|line| line.chars().count() + 1).sum();
        let whole = length.is_some_and(|length| count > length);
        let size: usize = body.iter().map(|line| line.len() + 1).sum();
        if !whole && !self.buffer.is_empty() && size < LINE_LIMIT {
            return None;
        }
        match self.open.pop() {
            Some(Open::TextUrc { line, body, .. }) => Some(Event::Urc(Urc {
                line,
                payload: Some(body.join("\n")),
            })),
            _ => None,
        }
    }

    /// Ends a string with line ends in it: the answer, where one is waited for.
    fn close_quoted(&mut self) -> Option<Event> {
        let Some(Open::Quoted { line }) = self.open.pop() else {
            return None;
        };
        let payload = None;
        let asked = self
            .expect
            .as_ref()
            .is_some_and(|e| !e.prefix.is_empty() && line.starts_with(&e.prefix));
        Some(if asked {
            Event::Response(Response { line, payload })
        } else {
            Event::Urc(Urc { line, payload })
        })
    }

    /// Ends the response whose payload was being gathered.
    fn close(&mut self, payload: Option<String>) -> Option<Event> {
        let Some(Open::Response { .. }) = self.open.last() else {
            return None;
        };
        let Some(Open::Response { line, mut body }) = self.open.pop() else {
            return None;
        };
        let payload = payload.or_else(|| {
            while body.last().is_some_and(String::is_empty) {
                body.pop();
            }
            (!body.is_empty()).then(|| body.join("\n"))
        });
        Some(Event::Response(Response { line, payload }))
    }
}

/// Whether a `+CUSD:` line has a string that goes on in the next line: networks send menus.
fn is_quoted_open(line: &str) -> bool {
    line.starts_with("+CUSD:")
        && line
            .split_once('"')
            .is_some_and(|(_, rest)| !is_closed(rest))
}

/// Whether a string ends in this line: with a quote, or with a quote and the coding scheme.
fn is_closed(line: &str) -> bool {
    let line = line.trim_end();
    let number = line.trim_end_matches(|c: char| c.is_ascii_digit());
    line.ends_with('"') || number.trim_end().ends_with("\",")
}

/// Whether a line ends a text-mode body instead of belonging to it.
fn ends_body(line: &str, body: &[String], blank: bool) -> bool {
    !body.is_empty() && blank && final_result(line).is_some()
}

fn is_hex(line: &str) -> bool {
    line.len() >= 2 && line.len().is_multiple_of(2) && line.bytes().all(|b| b.is_ascii_hexdigit())
}

/// `+NAME:`, `^NAME:`, `*NAME:`, `%NAME:`, `$NAME:` or one of the words of old.
fn looks_like_urc(line: &str) -> bool {
    // The last four end a call, which is never ours: we do not dial.
    if matches!(
        line,
        "RING" | "NO CARRIER" | "BUSY" | "NO ANSWER" | "NO DIALTONE"
    ) {
        return true;
    }
    let mut chars = line.chars();
    if !matches!(chars.next(), Some('+' | '^' | '*' | '%' | '$')) {
        return false;
    }
    let name: String = chars.take_while(|c| *c != ':').collect();
    let rest = line.get(1 + name.len()..).unwrap_or_default();
    rest.starts_with(':')
        && !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Message URCs that can be told from the lines of a body while one is read.
fn is_message_urc(line: &str) -> bool {
    ["+CMTI: \"", "+CDSI: \""]
        .iter()
        .any(|prefix| line.starts_with(prefix))
}

/// URCs whose PDU follows on the next line (3GPP TS 27.005 clause 3.4.1).
fn is_pdu_urc(line: &str) -> bool {
    ["+CMT:", "+CDS:", "+CBM:"]
        .iter()
        .any(|prefix| line.starts_with(prefix))
}

fn final_result(line: &str) -> Option<FinalResult> {
    if let Some(rest) = line.strip_prefix("+CME ERROR:") {
        return Some(FinalResult::Cme(code(rest)));
    }
    if let Some(rest) = line.strip_prefix("+CMS ERROR:") {
        return Some(FinalResult::Cms(code(rest)));
    }
    match line.trim_end() {
        "OK" => Some(FinalResult::Ok),
        "ERROR" | "COMMAND NOT SUPPORT" | "TOO MANY PARAMETERS" => Some(FinalResult::Error),
        other if other == "CONNECT" || other.starts_with("CONNECT ") => Some(FinalResult::Connect),
        _ => None,
    }
}

fn code(text: &str) -> Code {
    let text = text.trim();
    text.parse()
        .map_or_else(|_| Code::Words(text.to_owned()), Code::Number)
}

#[cfg(test)]
mod tests;
