//! No text whatever breaks a bar: generated lines are shown to a real xmobar.
//!
//! `xmobar -TPlain` needs no X server and prints what its bar would show, one line an update.
//! One process is fed the lines one by one and asked what it made of each.

// Helpers of tests, which clippy takes for production code.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

#[path = "support/connected.rs"]
mod network;

use barpop::bar::{
    Click, Colour, Content, Icon, Icons, Line, Output, Segment, Style, clean, escape_json,
};
use barpop::net::Ssid;
use barpop::net::json::to_json;
use barpop::net::status::{Format, Look, Templates};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};

/// A running xmobar, asked what it shows for a line of output.
struct Xmobar {
    process: Child,
    input: ChildStdin,
    shown: Receiver<String>,
    asked: u32,
    _rc: tempfile::TempDir,
}

impl Xmobar {
    fn start() -> Self {
        Self::start_in("C.UTF-8")
    }

    fn start_in(locale: &str) -> Self {
        let rc = tempfile::tempdir().unwrap();
        let path = rc.path().join("xmobarrc");
        // The plain StdinReader would take `<action=` out before it is parsed.
        let config = r#"Config { commands = [ Run UnsafeStdinReader ]
            , sepChar = "%", alignSep = "}{", template = "left %UnsafeStdinReader% right" }"#;
        std::fs::write(&path, config).unwrap();
        let mut process = Command::new("xmobar")
            .arg("-TPlain")
            .arg(&path)
            .env("LC_ALL", locale)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("cannot start xmobar ({error}): install the Debian package 'xmobar'")
            });
        let input = process.stdin.take().unwrap();
        let output = process.stdout.take().unwrap();
        let (send, shown) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).split(b'\n') {
                let Ok(line) = line else { break };
                if send
                    .send(String::from_utf8_lossy(&line).into_owned())
                    .is_err()
                {
                    break;
                }
            }
        });
        Self {
            process,
            input,
            shown,
            asked: 0,
            _rc: rc,
        }
    }

    /// What xmobar shows for the markup; an error says how the bar broke.
    fn show(&mut self, markup: &str) -> Result<String, String> {
        self.asked += 1;
        let (before, after) = (
            format!("left [{}:", self.asked),
            format!(":{}] right", self.asked),
        );
        let line = format!("[{0}:{markup}:{0}]\n", self.asked);
        self.input
            .write_all(line.as_bytes())
            .map_err(|e| format!("xmobar has ended: {e}"))?;
        loop {
            let shown = self
                .shown
                .recv_timeout(Duration::from_secs(20))
                .map_err(|error| format!("xmobar shows nothing for {markup:?}: {error}"))?;
            // xmobar may show a line twice, and shows "Updating..." before the first.
            if !shown.contains(&format!("[{}:", self.asked)) {
                continue;
            }
            return shown
                .strip_prefix(&before)
                .and_then(|rest| rest.strip_suffix(&after))
                .map(str::to_owned)
                .ok_or_else(|| format!("{markup:?} broke the bar, which shows {shown:?}"));
        }
    }
}

impl Drop for Xmobar {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const XMOBAR: Style = Style {
    output: Output::Xmobar,
    icons: Icons::Font,
    ascii: false,
};

/// Pieces of every bar's markup, and characters that are known for trouble.
const HOSTILE: &[&str] = &[
    "<action=`touch pwned`>",
    "<action=touch pwned>",
    "</action>",
    "<raw=",
    "<raw=3:",
    "<raw=99999999999999999999:",
    "/>",
    "</raw>",
    "<fc=",
    "<fc=#f00>",
    "</fc>",
    "<fn=1>",
    "</fn>",
    "<icon=/dev/null/>",
    "<box type=Bottom>",
    "<hspace=9999/>",
    "%xsms%",
    "%",
    "%%",
    "%{A1:touch pwned:}",
    "%{",
    "{",
    "}{",
    "<",
    ">",
    "`",
    "\\",
    "\"",
    "&amp;",
    "&",
    "<span>",
    "\n",
    "\r\n",
    "\0",
    "\u{1b}[2J",
    "\u{9b}",
    "\u{7f}",
    "\t",
    "\u{2028}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{feff}",
    "\u{e0041}",
    "e\u{301}\u{301}",
    "👩\u{200d}👩\u{200d}👧",
    "\u{10ffff}",
    "\u{fffe}",
    "שלום",
    "3",
    "fc",
];

fn hostile_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => proptest::sample::select(HOSTILE).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[ -~]{0,8}",
        1 => "\\PC{0,8}",
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn segment() -> impl Strategy<Value = Segment> {
    let content = prop_oneof![
        4 => hostile_text().prop_map(Content::Untrusted),
        1 => proptest::sample::select(&[Icon::Envelope, Icon::Lock, Icon::Signal, Icon::Bars(2)][..])
            .prop_map(Content::Icon),
        // What a person may well have in a format: brackets that are no tags.
        1 => proptest::sample::select(&[" ", "<", "</", ">", "5%", "}{", "č: "][..])
            .prop_map(|text| Content::Verbatim(text.to_owned())),
    ];
    (content, any::<bool>(), any::<bool>()).prop_map(|(content, coloured, clickable)| {
        Segment::from(content)
            .coloured(coloured.then_some(Colour(255, 136, 0)))
            .clickable(clickable.then(|| Click::new("xsms -g > /dev/null").unwrap()))
    })
}

fn line() -> impl Strategy<Value = Line> {
    (proptest::collection::vec(segment(), 0..5), any::<bool>()).prop_map(|(segments, click)| Line {
        segments,
        click: click.then(|| Click::new("xsms -g").unwrap()),
        ..Line::default()
    })
}

/// What a person should see of the line.
fn meant(line: &Line) -> String {
    let text = |segment: &Segment| match &segment.content {
        Content::Verbatim(text) => text.clone(),
        Content::Untrusted(text) => clean(text),
        Content::Icon(icon) => icon.code_point().to_string(),
    };
    line.segments.iter().map(text).collect()
}

fn check<S: Strategy>(
    cases: u32,
    strategy: S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    if let Err(failure) = TestRunner::new(config).run(&strategy, test) {
        panic!("{failure}");
    }
}

#[test]
fn a_real_xmobar_shows_every_text_as_it_is_and_stays_whole() {
    let xmobar = std::cell::RefCell::new(Xmobar::start());
    check(4000, line(), |line| {
        let shown = xmobar
            .borrow_mut()
            .show(&XMOBAR.render(&line))
            .map_err(TestCaseError::fail)?;
        prop_assert_eq!(shown, meant(&line));
        Ok(())
    });
}

#[test]
fn xmobar_shows_each_attack_literally() {
    let mut xmobar = Xmobar::start();
    let mut show = |text: &str| {
        let segments = vec![Segment::untrusted(text)];
        xmobar
            .show(&XMOBAR.render(&Line {
                segments,
                ..Line::default()
            }))
            .unwrap()
    };
    for text in [
        "",
        "3",
        "/>",
        "</raw>",
        "<raw=1:x/>",
        "<action=`touch pwned`>tap me</action>",
        "<fc=red>",
        "}{ %xsms% %",
        "e\u{301}",
        "😀\u{10fffd}",
    ] {
        assert_eq!(show(text), text);
    }
    assert_eq!(show("two\nlines\0 and \u{202e}more"), "two lines and more");
    assert_eq!(show(&"<".repeat(600)), format!("{}…", "<".repeat(511)));
}

#[test]
fn in_a_locale_without_utf8_xmobar_reads_on_after_a_name_with_an_accent() {
    let mut xmobar = Xmobar::start_in("C");
    let style = Style {
        ascii: true,
        ..XMOBAR
    };
    let segments = vec![Segment::icon(Icon::Envelope), Segment::untrusted(" Zoë <3")];
    let line = Line {
        segments,
        ..Line::default()
    };
    assert_eq!(xmobar.show(&style.render(&line)).unwrap(), "SMS Zo? <3");
    assert_eq!(xmobar.show("4").unwrap(), "4");
}

#[test]
fn the_xmobar_of_this_test_does_break_on_wrong_markup() {
    for markup in [
        "<raw=2:é/>",
        "<raw=0:é/>x",
        "<fc=#f00>x",
        "</fc>",
        "<action=`a",
    ] {
        let answer = Xmobar::start().show(markup);
        assert!(
            answer.is_err(),
            "xmobar took {markup}, so it checks nothing: {answer:?}"
        );
    }
}

/// Names of networks: up to 32 bytes of anything, often those that are known for trouble.
fn ssid() -> impl Strategy<Value = Vec<u8>> {
    let hostile = hostile_text().prop_map(String::into_bytes);
    let any = proptest::collection::vec(any::<u8>(), 0..33);
    prop_oneof![2 => hostile, 1 => any].prop_map(|mut bytes| {
        bytes.truncate(32);
        bytes
    })
}

#[test]
fn a_real_xmobar_shows_a_network_of_any_32_bytes_on_the_line_of_xnm() {
    let xmobar = std::cell::RefCell::new(Xmobar::start());
    let click = Click::new("xnm -g").unwrap();
    let format = Format::new(&Templates::default(), Look::default(), Some(click), false).unwrap();
    let names = (ssid(), ssid(), 0..101_u8).prop_filter("hidden", |(name, ..)| {
        name.iter().any(|byte| *byte != 0) && !Ssid::new(name.clone()).text().is_empty()
    });
    check(2000, names, |(name, vpn, strength)| {
        let snapshot = network::connected(&name, &vpn, strength);
        let line = format.line(&snapshot);
        let shown = xmobar
            .borrow_mut()
            .show(&XMOBAR.render(&line))
            .map_err(TestCaseError::fail)?;
        let (wifi, bars) = (Icon::Wifi.code_point(), Icon::bars(strength).code_point());
        let vpn = Icon::Vpn.code_point();
        let name = Ssid::new(name).text();
        prop_assert_eq!(shown, format!("{wifi} {name} {bars} {vpn}"));
        for output in [
            Output::Waybar,
            Output::I3bar,
            Output::Polybar,
            Output::Plain,
        ] {
            let text = Style { output, ..XMOBAR }.render(&line);
            let harmful = |c: char| {
                c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            prop_assert!(!text.contains(harmful), "{:?}: {:?}", output, text);
        }
        let document = escape_json(&to_json(&snapshot).to_string());
        prop_assert!(!document.chars().any(char::is_control), "{:?}", document);
        let json: serde_json::Value = serde_json::from_str(&document).unwrap();
        let hex = json["connections"][0]["ssid_hex"]
            .as_str()
            .unwrap()
            .to_owned();
        prop_assert_eq!(hex, snapshot.access_points[0].ssid.hex());
        Ok(())
    });
}

#[test]
fn waybar_and_i3bar_show_any_text_as_it_is_in_one_line_of_json() {
    let style = |output| Style {
        output,
        icons: Icons::Font,
        ascii: false,
    };
    let unescape = |markup: &str| {
        let entities = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&#39;", "'"),
            ("&quot;", "\""),
            ("&amp;", "&"),
        ];
        entities
            .iter()
            .fold(markup.to_owned(), |text, (from, to)| text.replace(from, to))
    };
    check(2000, hostile_text(), |text| {
        let line = Line {
            segments: vec![Segment::untrusted(text.as_str())],
            tooltip: Some(text.clone()),
            ..Line::default()
        };
        let waybar = style(Output::Waybar).render(&line);
        let i3bar = style(Output::I3bar).render(&line);
        prop_assert!(!waybar.contains('\n') && !i3bar.contains('\n'));
        let waybar: serde_json::Value = serde_json::from_str(&waybar).unwrap();
        let i3bar: serde_json::Value = serde_json::from_str(&i3bar).unwrap();
        for shown in [&waybar["text"], &waybar["tooltip"], &i3bar[0]["full_text"]] {
            let shown = shown.as_str().unwrap();
            prop_assert!(
                !shown.contains(['<', '>', '\'', '"']),
                "markup in {:?}",
                shown
            );
        }
        prop_assert_eq!(unescape(waybar["text"].as_str().unwrap()), clean(&text));
        prop_assert_eq!(
            unescape(i3bar[0]["full_text"].as_str().unwrap()),
            clean(&text)
        );
        Ok(())
    });
}

#[test]
fn no_text_becomes_a_polybar_tag_or_a_terminal_escape() {
    let style = |output| Style {
        output,
        icons: Icons::Text,
        ascii: false,
    };
    check(
        4000,
        proptest::collection::vec(hostile_text(), 1..4),
        |texts| {
            let segments = texts
                .iter()
                .map(|text| Segment::untrusted(text.as_str()))
                .collect();
            let line = Line {
                segments,
                ..Line::default()
            };
            let polybar = style(Output::Polybar).render(&line);
            prop_assert!(!polybar.contains("%{"), "a tag in {:?}", polybar);
            for output in [Output::Polybar, Output::Plain, Output::Xmobar] {
                let shown = style(output).render(&line);
                prop_assert!(
                    !shown.chars().any(char::is_control),
                    "a control in {:?}",
                    shown
                );
                let turning = shown.contains(['\u{202e}', '\u{2066}', '\u{2028}']);
                prop_assert!(!turning, "a direction mark in {:?}", shown);
            }
            Ok(())
        },
    );
}
