//! What could come by radio or from a device, on the lines of all our programs.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used)]

use barpop::bar::{Colour, Icons, Line, Output, Segment, Style};
use barpop::{ds4, gnss, net, sms};

#[path = "connected.rs"]
mod connected;

/// Texts that are a command, a colour or an end of something in one of the bars' languages. A
/// command makes the file `theirs` in the home.
pub const TEXTS: [&str; 12] = [
    "%{A1:touch ~/theirs:}free SMS%{A}",
    "%{A:touch ~/theirs:}",
    "%{F#ff0000}%{B#ff0000}%{T2}",
    "#(touch ~/theirs)",
    "#[fg=red,bg=red]x#[range=left]",
    "##[fg=red] ### #{pane_pid} #H #",
    "<action=`touch ~/theirs`>free SMS",
    "<span color='#f00'>x</span>",
    "</span></b>&lt;&amp;&",
    "\"}],{\"full_text\":\"x\"",
    "\u{202e}drow\u{1b}[2J\u{9b}\r\nab",
    "%{ %% }{ `touch ~/theirs` $(id)",
];

/// For each of the texts, the lines of all programs one after the other, with the text where text
/// from outside is shown: the name of a network and of a VPN, of an operator and a sender, of a
/// receiver, of what is wrong.
pub fn lines() -> Vec<Line> {
    let style = Colour(0, 255, 0);
    let mut all = Vec::new();
    for text in TEXTS {
        let mut lines = Vec::new();
        let mut name = text.as_bytes().to_vec();
        name.truncate(32);
        let format = net::status::Format::new(
            &net::status::Templates::default(),
            net::status::Look::default(),
            None,
            false,
        );
        let connected = connected::connected(&name, text.as_bytes(), 70);
        lines.push(format.unwrap().line(&connected));

        let format = sms::status::Format::template("{unread} {operator} {sender}", false).unwrap();
        let mut summary = sms::snapshot::Summary {
            unread: 3,
            sender: Some(text.to_owned()),
            ..Default::default()
        };
        summary.modem.operator = Some(text.to_owned());
        lines.push(format.line(&summary));

        let format = gnss::status::Format::new(
            Some("{receiver} {error}"),
            Default::default(),
            Default::default(),
            false,
        );
        let snapshot = gnss::snapshot::Snapshot {
            receiver: Some(text.to_owned()),
            error: Some(text.to_owned()),
            ..Default::default()
        };
        let now = gnss::clock::Moment::now();
        lines.push(format.unwrap().line(&snapshot, now, Default::default()));

        let wishes = ds4::status::Wishes {
            template: Some("{error}"),
            ..Default::default()
        };
        let snapshot = ds4::snapshot::Snapshot {
            ready: true,
            error: Some(text.to_owned()),
            ..Default::default()
        };
        lines.push(ds4::status::Format::new(wishes).unwrap().line(&snapshot));

        // In colour, between own markup and another text.
        let mut segments = vec![
            Segment::untrusted(text).coloured(style),
            Segment::verbatim("|"),
            Segment::untrusted(text),
            Segment::untrusted(text),
        ];
        for line in lines {
            segments.push(Segment::verbatim(" "));
            segments.extend(line.segments);
        }
        all.push(Line {
            segments,
            ..Line::default()
        });
    }
    all
}

/// What a person is to see of it.
pub fn seen(line: &Line) -> String {
    written(line, Output::Plain)
}

/// A line in a bar's language, with words for icons.
pub fn written(line: &Line, output: Output) -> String {
    let icons = Icons::Text;
    let style = Style {
        output,
        icons,
        ascii: false,
    };
    style.render(line)
}
