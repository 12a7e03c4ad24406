//! Printing lines to the bar: one flushed line a change.

use std::io::{self, Write};

use crate::bar::clicks::Clicks;
use crate::bar::line::Line;
use crate::bar::{Output, Style, i3bar, text};

/// Prints a topic's lines, once or at every change (`--follow`).
///
/// A bar that has gone away is an error of kind [`io::ErrorKind::BrokenPipe`]: the program
/// ends on it without a word.
#[derive(Debug)]
pub struct Stream<W> {
    out: W,
    style: Style,
    last: Option<String>,
    clicks: Option<Clicks>,
}

impl<W: Write> Stream<W> {
    /// A stream to `out`; nothing is printed yet.
    pub fn new(out: W, style: Style) -> Self {
        Self {
            out,
            style,
            last: None,
            clicks: None,
        }
    }

    /// The same for a process that stays (`--follow`): a left click on the line runs what the line
    /// has for it. Only i3bar and swaybar leave that to the process, and tell it on standard
    /// input; the other bars have the command in their own language or configuration.
    #[must_use]
    pub fn with_clicks(mut self, stays: bool) -> Self {
        if stays && self.style.output == Output::I3bar {
            self.clicks = Some(Clicks::of(io::BufReader::new(io::stdin())));
        }
        self
    }

    /// Prints a line and flushes it; nothing when it is the line printed last.
    ///
    /// A hidden line clears the bar's field: an empty line for xmobar, polybar and plain, and
    /// their own way of saying so for waybar and i3bar. The first line for i3bar comes with the
    /// protocol's opening.
    ///
    /// # Errors
    /// What writing gives; `BrokenPipe` when the reader is gone.
    pub fn line(&mut self, line: &Line) -> io::Result<()> {
        if let Some(clicks) = &self.clicks {
            let on_segment = line.segments.iter().find_map(|s| s.click.as_ref());
            clicks.set(line.click.as_ref().or(on_segment));
        }
        self.print(self.style.render(line))
    }

    /// Prints a JSON document (of the snapshot, for [`Output::Json`]) as one line; nothing when
    /// it is the one printed last.
    ///
    /// # Errors
    /// What writing gives; `BrokenPipe` when the reader is gone.
    pub fn document(&mut self, json: &str) -> io::Result<()> {
        // Line breaks stand only between the tokens of a document: in strings they are escaped.
        self.print(text::escape_json(&text::one_line(json)))
    }

    /// Ends the output. Only i3bar has an ending, so that what is printed once is a whole
    /// document; after `--follow` there is nothing to end.
    ///
    /// # Errors
    /// What writing gives; `BrokenPipe` when the reader is gone.
    pub fn finish(mut self) -> io::Result<()> {
        if self.style.output == Output::I3bar && self.last.is_some() {
            self.out.write_all(b"]\n")?;
        }
        self.out.flush()
    }

    fn print(&mut self, line: String) -> io::Result<()> {
        if self.last.as_ref() == Some(&line) {
            return Ok(());
        }
        // In one write, so that no reader ever sees half a line.
        let framed = match (self.style.output, &self.last) {
            (Output::I3bar, None) => {
                let header = match self.clicks {
                    Some(_) => i3bar::HEADER_WITH_CLICKS,
                    None => i3bar::HEADER,
                };
                format!("{header}\n[\n{line}\n")
            }
            (Output::I3bar, Some(_)) => format!(",{line}\n"),
            _ => format!("{line}\n"),
        };
        self.out.write_all(framed.as_bytes())?;
        self.out.flush()?;
        self.last = Some(line);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bar::{Icons, Segment};

    fn printed(output: Output, texts: &[&str]) -> String {
        let mut out = Vec::new();
        let style = Style {
            output,
            icons: Icons::Font,
            ascii: false,
        };
        let mut stream = Stream::new(&mut out, style);
        for text in texts {
            let segments = vec![Segment::untrusted(*text)];
            let line = Line {
                segments,
                hidden: text.is_empty(),
                ..Line::default()
            };
            stream.line(&line).unwrap();
        }
        stream.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_line_is_printed_at_every_change_and_only_then() {
        assert_eq!(
            printed(Output::Xmobar, &["1", "1", "2", "2", "", "", "1"]),
            "1\n2\n\n1\n"
        );
        assert_eq!(printed(Output::Waybar, &[""]), "{\"text\":\"\"}\n");
    }

    #[test]
    fn what_i3bar_gets_is_a_header_and_an_array_of_status_arrays() {
        let text = printed(Output::I3bar, &["1", "1", "2", ""]);
        let (header, body) = text.split_once('\n').unwrap();
        assert_eq!(header, r#"{"version":1}"#);
        let lines: Vec<Vec<serde_json::Value>> = serde_json::from_str(body).unwrap();
        assert_eq!(lines.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 0]);
        assert_eq!(lines[1][0]["full_text"], "2");
        assert_eq!(body.lines().count(), 5, "one line an update: {body}");
    }

    #[test]
    fn a_document_is_one_line_even_if_it_was_written_in_many() {
        let mut out = Vec::new();
        let style = Style {
            output: Output::Json,
            ..Style::default()
        };
        let mut stream = Stream::new(&mut out, style);
        stream.document("{\n \"unread\": 3\n}").unwrap();
        stream.document("{\n \"unread\": 3\n}").unwrap();
        stream.finish().unwrap();
        assert_eq!(out, b"{  \"unread\": 3 }\n");
    }

    #[test]
    fn a_bar_that_is_gone_is_an_error_that_can_be_told_from_others() {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut stream = Stream::new(writer, Style::default());
        let error = stream.line(&Line::default()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}
