//! Server-sent events (WHATWG HTML, 9.2.6): bytes to events, pure and total on any bytes.

/// A line or an event longer than this is none of ours.
const LARGEST: usize = 1 << 20;

/// An event with its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// `message` where it has no other.
    pub name: String,
    /// Its lines, with line feeds between them.
    pub data: String,
}

/// More came without an end than any event has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an event does not end")]
pub struct TooLong;

/// Takes bytes as they come and gives the events that are complete.
#[derive(Debug, Default)]
pub struct Parser {
    line: Vec<u8>,
    name: String,
    data: String,
    has_data: bool,
    /// A carriage return was the last byte: a line feed belongs to it.
    after_return: bool,
    begun: bool,
}

impl Parser {
    /// The events that these bytes complete, in order.
    ///
    /// # Errors
    /// When an event is longer than any of ours.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<Vec<Event>, TooLong> {
        let mut events = Vec::new();
        for &byte in bytes {
            let after_return = std::mem::take(&mut self.after_return);
            match byte {
                b'\n' if after_return => {}
                b'\n' | b'\r' => {
                    self.after_return = byte == b'\r';
                    events.extend(self.end_of_line()?);
                }
                _ => {
                    if self.line.len() >= LARGEST {
                        return Err(TooLong);
                    }
                    self.line.push(byte);
                }
            }
        }
        Ok(events)
    }

    fn end_of_line(&mut self) -> Result<Option<Event>, TooLong> {
        let bytes = std::mem::take(&mut self.line);
        let line = String::from_utf8_lossy(&bytes);
        let mut line = &*line;
        if !std::mem::replace(&mut self.begun, true) {
            line = line.strip_prefix('\u{feff}').unwrap_or(line);
        }
        if line.is_empty() {
            return Ok(self.dispatch());
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.name),
            "data" => {
                if self.data.len() + value.len() >= LARGEST {
                    return Err(TooLong);
                }
                if self.has_data {
                    self.data.push('\n');
                }
                self.has_data = true;
                self.data.push_str(value);
            }
            // Comments, ids and times to wait are of no use here.
            _ => {}
        }
        Ok(None)
    }

    fn dispatch(&mut self) -> Option<Event> {
        let name = std::mem::take(&mut self.name);
        let data = std::mem::take(&mut self.data);
        let name = if name.is_empty() {
            "message".to_owned()
        } else {
            name
        };
        std::mem::take(&mut self.has_data).then_some(Event { name, data })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(chunks: &[&[u8]]) -> Vec<(String, String)> {
        let mut parser = Parser::default();
        let events = chunks.iter().flat_map(|chunk| parser.feed(chunk).unwrap());
        events.map(|event| (event.name, event.data)).collect()
    }

    #[test]
    fn an_event_may_come_in_pieces_and_with_any_line_ending() {
        let wanted = [("status".to_owned(), "{\"a\":1}".to_owned())];
        for text in [
            "event: status\ndata: {\"a\":1}\n\n",
            "event:status\r\ndata:{\"a\":1}\r\n\r\n",
            "event: status\rdata: {\"a\":1}\r\r",
            "\u{feff}: alive\n\nid: 7\nretry: 5\nevent: status\ndata: {\"a\":1}\n\n",
        ] {
            assert_eq!(all(&[text.as_bytes()]), wanted, "{text:?}");
            let bytes: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
            assert_eq!(all(&bytes), wanted, "{text:?}");
        }
    }

    #[test]
    fn lines_of_data_are_joined_and_an_event_without_any_is_none() {
        assert_eq!(
            all(&[b"data: a\ndata\ndata: b\n\nevent: empty\n\ndata: c\n"]),
            [("message".to_owned(), "a\n\nb".to_owned())]
        );
    }

    #[test]
    fn what_never_ends_is_an_error_and_not_a_full_memory() {
        let mut parser = Parser::default();
        let junk = vec![b'x'; 64 * 1024];
        let refused = (0..100).find(|_| parser.feed(&junk).is_err());
        assert!(refused.is_some_and(|fed| fed <= 16));
        let mut parser = Parser::default();
        let line = [b"data: ".as_slice(), &junk, b"\n"].concat();
        let refused = (0..100).find(|_| parser.feed(&line).is_err());
        assert!(refused.is_some_and(|fed| fed <= 16));
    }

    proptest! {
        #[test]
        fn any_bytes_are_taken(bytes: Vec<u8>, at in 0_usize..64) {
            let mut whole = Parser::default();
            let mut parts = Parser::default();
            let (first, second) = bytes.split_at(at.min(bytes.len()));
            let mut events = parts.feed(first).unwrap();
            events.extend(parts.feed(second).unwrap());
            prop_assert_eq!(whole.feed(&bytes).unwrap(), events);
        }
    }
}
