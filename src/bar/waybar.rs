//! waybar's `custom` module with `"return-type": "json"`: one JSON object a line.

use serde::Serialize;

use crate::bar::line::Line;
use crate::bar::{Style, pango, text};

/// waybar-custom(5), "return-type".
#[derive(Serialize)]
struct Module<'a> {
    text: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    alt: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tooltip: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    class: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percentage: Option<u8>,
}

/// Writes the line; of a hidden one only the empty text is left, which hides the module.
pub(super) fn render(line: &Line, style: Style) -> String {
    if line.hidden {
        return r#"{"text":""}"#.to_owned();
    }
    let mut class = Vec::new();
    if !line.class.is_empty() {
        class.push(line.class);
    }
    if line.urgent {
        class.push("urgent");
    }
    let module = Module {
        text: pango::markup(line, style),
        alt: line.class,
        tooltip: line
            .tooltip
            .as_ref()
            .map(|tooltip| pango::escape(&text::clean_with(tooltip, style.ascii, true))),
        class,
        percentage: line.percentage.map(|percent| percent.min(100)),
    };
    // A struct of strings and numbers always serializes.
    serde_json::to_string(&module).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::bar::{Colour, Icon, Icons, Line, Output, Segment, Style};

    const WAYBAR: Style = Style {
        output: Output::Waybar,
        icons: Icons::Font,
        ascii: false,
    };

    #[test]
    fn waybar_gets_text_class_tooltip_and_percentage() {
        let line = Line {
            segments: vec![
                Segment::icon(Icon::Envelope).coloured(Colour(255, 0, 0)),
                Segment::verbatim(" <b>3</b> "),
                Segment::untrusted("<span size='99999'>A&B\n\"x\"</span>"),
            ],
            class: "unread",
            tooltip: Some("Zoë <b>: hi\nline 2\u{1b}[0m".to_owned()),
            percentage: Some(40),
            urgent: true,
            ..Line::default()
        };
        let text = WAYBAR.render(&line);
        assert!(!text.contains('\n'));
        assert_eq!(
            serde_json::from_str::<Value>(&text).unwrap(),
            json!({
                "text": "<span color='#ff0000'>\u{f0e0}</span> <b>3</b> \
                         &lt;span size=&#39;99999&#39;&gt;A&amp;B &quot;x&quot;&lt;/span&gt;",
                "alt": "unread",
                "tooltip": "Zoë &lt;b&gt;: hi\nline 2[0m",
                "class": ["unread", "urgent"],
                "percentage": 40,
            })
        );
    }

    #[test]
    fn a_hidden_line_has_an_empty_text() {
        let line = Line {
            hidden: true,
            class: "absent",
            ..Line::default()
        };
        assert_eq!(WAYBAR.render(&line), r#"{"text":""}"#);
    }
}
