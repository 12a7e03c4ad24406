//! The lines of a vCard: unfolded, taken apart, decoded.

use std::io::{self, BufRead};

/// A line longer than this is cut, in bytes: names and numbers are shorter, and photos are not
/// wanted.
const LONGEST: usize = 16 * 1024;

/// Reads unfolded lines (RFC 6350 clause 3.2; soft line breaks of quoted-printable, RFC 2045
/// clause 6.7).
pub(super) struct Lines<R> {
    input: R,
    /// The next line's beginning, which had to be read to know that the one before is whole.
    ahead: Option<Vec<u8>>,
}

/// `group.NAME;PARAMETER=VALUE;…:value`
pub(super) struct Line {
    head: String,
    value: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R) -> Self {
        Self { input, ahead: None }
    }

    /// The next line that is one: with a colon in it.
    pub fn next(&mut self) -> io::Result<Option<Line>> {
        while let Some(bytes) = self.unfolded()? {
            if let Some(line) = Line::parse(&bytes) {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    fn unfolded(&mut self) -> io::Result<Option<Vec<u8>>> {
        let first = match self.ahead.take() {
            Some(line) => Some(line),
            None => self.physical()?,
        };
        let Some(mut line) = first else {
            return Ok(None);
        };
        let printable = is_quoted_printable(&line);
        while let Some(next) = self.physical()? {
            let more = if printable && line.last() == Some(&b'=') {
                line.pop();
                next.as_slice()
            } else if let Some((b' ' | b'\t', rest)) = next.split_first() {
                rest
            } else {
                self.ahead = Some(next);
                break;
            };
            let room = LONGEST.saturating_sub(line.len());
            line.extend(more.iter().take(room));
        }
        Ok(Some(line))
    }

    /// One line of the file without its end, cut at [`LONGEST`].
    fn physical(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let mut any = false;
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let taken = end.unwrap_or(buffer.len());
            let room = LONGEST.saturating_sub(line.len());
            line.extend(buffer.iter().take(taken.min(room)));
            self.input.consume(end.map_or(taken, |end| end + 1));
            if end.is_some() {
                break;
            }
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(any.then_some(line))
    }
}

fn is_quoted_printable(line: &[u8]) -> bool {
    let head = line.split(|byte| *byte == b':').next().unwrap_or_default();
    head.to_ascii_uppercase()
        .windows(16)
        .any(|word| word == b"QUOTED-PRINTABLE")
}

impl Line {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut quoted = false;
        let colon = bytes.iter().position(|byte| {
            quoted ^= *byte == b'"';
            *byte == b':' && !quoted
        });
        // A quote that does not end must not hide the value.
        let colon = colon.or_else(|| bytes.iter().position(|byte| *byte == b':'))?;
        let (head, value) = bytes.split_at_checked(colon)?;
        Some(Self {
            head: any_text(head),
            value: value.get(1..).unwrap_or_default().to_vec(),
        })
    }

    /// The property's name in upper case, without its group.
    pub fn name(&self) -> String {
        let name = self.parts().next().unwrap_or_default();
        let name = name.rsplit_once('.').map_or(name, |(_, name)| name);
        name.trim().to_ascii_uppercase()
    }

    /// `item1` of `item1.TEL`, in lower case.
    pub fn group(&self) -> Option<String> {
        let name = self.parts().next()?;
        let (group, _) = name.rsplit_once('.')?;
        Some(group.trim().to_lowercase())
    }

    fn parts(&self) -> impl Iterator<Item = &str> {
        let mut quoted = false;
        self.head.split(move |c| {
            quoted ^= c == '"';
            c == ';' && !quoted
        })
    }

    /// All types in upper case: `TYPE=cell,voice`, `TYPE="cell,voice"`, and 2.1's `CELL;VOICE`.
    pub fn types(&self) -> Vec<String> {
        let values = self
            .parts()
            .skip(1)
            .filter_map(|part| match part.split_once('=') {
                Some((name, value)) if name.trim().eq_ignore_ascii_case("TYPE") => Some(value),
                Some(_) => None,
                None => Some(part),
            });
        let words = values.flat_map(|value| value.split([',', '"']));
        let words = words.map(|word| word.trim().to_ascii_uppercase());
        words.filter(|word| !word.is_empty()).collect()
    }

    fn parameter(&self, wanted: &str) -> Option<&str> {
        self.parts().skip(1).find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let same = name.trim().eq_ignore_ascii_case(wanted);
            same.then(|| value.trim().trim_matches('"'))
        })
    }

    /// Whether the value is this word.
    pub fn value_is(&self, word: &str) -> bool {
        self.value
            .trim_ascii()
            .eq_ignore_ascii_case(word.as_bytes())
    }

    /// The value as a text.
    pub fn text(&self) -> String {
        unescape(&self.decoded())
    }

    /// The value's fields, between semicolons.
    pub fn fields(&self) -> Vec<String> {
        let text = self.decoded();
        let mut fields = vec![String::new()];
        let mut escaped = false;
        for c in text.chars() {
            if c == ';' && !escaped {
                fields.push(String::new());
            } else if let Some(field) = fields.last_mut() {
                field.push(c);
            }
            escaped = c == '\\' && !escaped;
        }
        fields.iter().map(|field| unescape(field)).collect()
    }

    fn decoded(&self) -> String {
        let charset = self.parameter("CHARSET").unwrap_or_default();
        if !is_quoted_printable(self.head.as_bytes()) {
            return in_charset(&self.value, charset);
        }
        in_charset(&quoted_printable(&self.value), charset)
    }
}

/// `=C3=BC` as bytes; an `=` that begins nothing stays.
fn quoted_printable(value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((&first, after)) = rest.split_first() {
        let digit = |at: usize| {
            after
                .get(at)
                .and_then(|digit| char::from(*digit).to_digit(16))
        };
        if first == b'='
            && let (Some(high), Some(low)) = (digit(0), digit(1))
        {
            bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    bytes
}

/// Bytes in the character set that is named; old programs name one and write UTF-8, so that is
/// tried first.
fn in_charset(bytes: &[u8], charset: &str) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    if charset.eq_ignore_ascii_case("UTF-8") {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    any_text(bytes)
}

/// UTF-8, or else Windows-1252, which holds ISO 8859-1.
fn any_text(bytes: &[u8]) -> String {
    const WINDOWS: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let one = |byte: &u8| match byte {
        0x80..=0x9f => WINDOWS
            .get(usize::from(byte - 0x80))
            .copied()
            .unwrap_or('?'),
        byte => char::from(*byte),
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(one).collect(),
    }
}

/// `\,` `\;` `\:` `\\` `\n` (RFC 6350 clause 3.4).
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => plain.push('\n'),
                Some(c @ (',' | ';' | ':' | '\\' | '"')) => plain.push(c),
                Some(c) => plain.extend(['\\', c]),
                None => plain.push('\\'),
            },
            c => plain.push(c),
        }
    }
    plain
}
