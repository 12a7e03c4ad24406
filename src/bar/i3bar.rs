//! The i3bar protocol: a header, then an endless array of status arrays of blocks.
//!
//! The line is one block in Pango markup, so that it can have colours and the person's own
//! markup. [`crate::bar::Stream`] writes the header and the array around it.

use serde::Serialize;

use crate::bar::line::Line;
use crate::bar::{Style, pango};

/// The first line, where nothing reads clicks.
pub(super) const HEADER: &str = r#"{"version":1}"#;
/// The first line, where [`crate::bar::Stream::with_clicks`] does.
pub(super) const HEADER_WITH_CLICKS: &str = r#"{"version":1,"click_events":true}"#;

/// <https://i3wm.org/docs/i3bar-protocol.html>, "Blocks in detail".
#[derive(Serialize)]
struct Block<'a> {
    full_text: String,
    name: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    instance: &'a str,
    markup: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    urgent: bool,
}

/// Writes one status array; a hidden line is an empty one.
pub(super) fn render(line: &Line, style: Style) -> String {
    if line.hidden {
        return "[]".to_owned();
    }
    let block = Block {
        full_text: pango::markup(line, style),
        name: "barpop",
        instance: line.class,
        markup: "pango",
        urgent: line.urgent,
    };
    // A struct of strings and flags always serializes.
    serde_json::to_string(&[block]).unwrap_or_else(|_| "[]".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::bar::{Icons, Line, Output, Segment, Style};

    #[test]
    fn the_line_is_one_block_of_pango_markup() {
        let style = Style {
            output: Output::I3bar,
            icons: Icons::Text,
            ascii: false,
        };
        let line = Line {
            segments: vec![Segment::untrusted("A&B \"3\"")],
            class: "unread",
            urgent: true,
            ..Line::default()
        };
        assert_eq!(
            style.render(&line),
            r#"[{"full_text":"A&amp;B &quot;3&quot;","name":"barpop","instance":"unread","markup":"pango","urgent":true}]"#
        );
        assert_eq!(
            style.render(&Line {
                hidden: true,
                ..line
            }),
            "[]"
        );
    }
}
