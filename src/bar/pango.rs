//! Pango markup, the inner language of waybar and i3bar.

use std::fmt::Write as _;

use crate::bar::line::{Content, Line};
use crate::bar::{Style, text};

/// The segments of the line as Pango markup. Clicks are not part of it.
pub(super) fn markup(line: &Line, style: Style) -> String {
    let mut out = String::new();
    if line.hidden {
        return out;
    }
    for segment in &line.segments {
        if let Some(colour) = segment.colour {
            let _ = write!(out, "<span color='{colour}'>");
        }
        match &segment.content {
            Content::Verbatim(text) => out.push_str(&text::one_line(text)),
            Content::Untrusted(text) => {
                out.push_str(&escape(&text::clean_with(text, style.ascii, false)));
            }
            Content::Icon(icon) => match style.glyph(*icon) {
                Some(glyph) => out.push(glyph),
                None => out.push_str(style.word(*icon)),
            },
        }
        if segment.colour.is_some() {
            out.push_str("</span>");
        }
    }
    out
}

/// Escapes text for Pango (`g_markup_escape_text`): the five XML entities.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\'' => out.push_str("&#39;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}
