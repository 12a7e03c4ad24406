//! The configurations in `xmobar/` are ready to copy: each is read by the bar itself where that
//! needs no display, and by its format's parser elsewhere.

// Helpers of tests, which clippy takes for production code.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use barpop::bar::{Icon, Line, Output, Segment, Stream, Style};
use clap::ValueEnum;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("xmobar")
        .join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap()
}

/// Runs a real xmobar on one of the files, with a stand-in for xsms that prints `output` and
/// stays; waits until the bar shows `wanted`, and returns what xsms was called with.
fn xsms_arguments_once_xmobar_shows(file: &str, output: &str, wanted: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    let (program, said, called) = (
        dir.path().join("xsms"),
        dir.path().join("said"),
        dir.path().join("called"),
    );
    std::fs::write(&said, output).unwrap();
    let script = "#!/bin/sh\nhere=${0%/*}\nprintf '%s\\n' \"$*\" >>\"$here/called\"\n\
                  cat \"$here/said\"\ncase $* in *--follow*) exec sleep 30 ;; esac\n";
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let search = format!(
        "{}:{}",
        dir.path().display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let mut xmobar = Command::new("xmobar")
        .arg("-TPlain")
        .arg(path(file))
        .env("LC_ALL", "C.UTF-8")
        .env("PATH", search)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| {
            panic!("cannot start xmobar ({error}): install the Debian package 'xmobar'")
        });
    let lines = BufReader::new(xmobar.stdout.take().unwrap()).lines();
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        lines
            .map_while(Result::ok)
            .try_for_each(|line| send.send(line))
    });
    let end = Instant::now() + Duration::from_secs(20);
    let mut shown = Vec::new();
    while !shown.iter().any(|line: &String| line.contains(wanted)) {
        match receive.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(line) => shown.push(line),
            Err(_) => break,
        }
    }
    let _ = xmobar.kill();
    let _ = xmobar.wait();
    assert!(
        shown
            .last()
            .is_some_and(|line| line.starts_with(" barpop ") && line.contains(wanted)),
        "{file}: no {wanted:?} in what xmobar showed: {shown:#?}"
    );
    std::fs::read_to_string(called).unwrap()
}

#[test]
fn the_xmobarrc_shows_our_line_and_no_markup_of_a_sender_is_read() {
    let segments = vec![
        Segment::icon(Icon::Envelope),
        Segment::verbatim(" 3 "),
        Segment::untrusted("<action=`id`>Žofie</action>"),
    ];
    let mut output = Vec::new();
    let mut stream = Stream::new(&mut output, Style::default());
    stream
        .line(&Line {
            segments,
            ..Line::default()
        })
        .unwrap();
    let called = xsms_arguments_once_xmobar_shows(
        "xmobarrc",
        &String::from_utf8(output).unwrap(),
        "\u{f0e0} 3 <action=`id`>Žofie</action> ",
    );
    assert_eq!(
        called,
        "--follow -d /dev/ttyACM0 -r <fc=#928374><fn=1>\u{f2b6}</fn></fc> \
         -u <fc=#fabd2f><fn=1>\u{f0e0}</fn> %d</fc>\n"
    );
}

#[test]
fn the_xmobarrc_that_asks_each_minute_passes_the_originals_formats() {
    let called = xsms_arguments_once_xmobar_shows(
        "xmobarrc-once",
        "<fn=1>\u{f0e0}</fn> 3\n",
        " \u{f0e0} 3 ",
    );
    assert_eq!(
        called.lines().next(),
        Some(
            "-d /dev/ttyACM0 -r <fc=#928374><fn=1>\u{f2b6}</fn></fc> \
             -u <fc=#fabd2f><fn=1>\u{f0e0}</fn> %d</fc>"
        )
    );
    assert_eq!(
        barpop::bar::format_count("<fc=#fabd2f><fn=1>\u{f0e0}</fn> %d</fc>", 3).unwrap(),
        "<fc=#fabd2f><fn=1>\u{f0e0}</fn> 3</fc>"
    );
}

#[test]
fn the_waybar_module_reads_json_and_opens_the_popup() {
    let json: String = read("waybar.jsonc")
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let config: serde_json::Value = serde_json::from_str(&json).unwrap();
    let module = &config["custom/sms"];
    assert!(
        config["modules-right"]
            .as_array()
            .unwrap()
            .contains(&"custom/sms".into())
    );
    assert_eq!(module["return-type"], "json");
    assert_eq!(module["escape"], false, "the text is escaped already");
    assert!(module["exec"].as_str().unwrap().contains("--output waybar"));
    assert_eq!(module["on-click"], "xsms -g -d /dev/ttyACM0");
}

#[test]
fn the_i3status_rs_block_stays_and_escapes_plain_text_itself() {
    let config: toml::Table = read("i3status-rs.toml").parse().unwrap();
    let block = &config["block"][0];
    assert_eq!(block["block"].as_str(), Some("custom"));
    assert_eq!(block["persistent"].as_bool(), Some(true));
    assert!(
        block["command"]
            .as_str()
            .unwrap()
            .contains("--output plain")
    );
    assert!(
        !block["format"].as_str().unwrap().contains("pango"),
        "plain text is not markup"
    );
    assert_eq!(
        block["click"][0]["cmd"].as_str(),
        Some("xsms -g -d /dev/ttyACM0")
    );
}

#[test]
fn every_bar_gets_its_own_language_and_every_configuration_opens_the_popup() {
    let files = [
        ("xmobarrc", Some("xmobar")),
        ("xmobarrc-once", None),
        ("xmonad.hs", None),
        ("waybar.jsonc", Some("waybar")),
        ("i3status-rs.toml", Some("plain")),
        ("i3.conf", Some("i3bar")),
        ("sway.conf", Some("i3bar")),
        ("polybar.ini", Some("polybar")),
    ];
    for (file, language) in files {
        let text = read(file);
        assert!(
            text.contains("xsms -g -d /dev/ttyACM0"),
            "{file} has no click or key"
        );
        for line in text
            .lines()
            .filter(|line| line.contains("exec xsms --follow"))
        {
            let mut words = line
                .split(['"', ' ', ','])
                .skip_while(|word| *word != "--output");
            let output = words
                .nth(1)
                .map(|word| Output::from_str(word, false).unwrap());
            let wanted = language.map(|name| Output::from_str(name, false).unwrap());
            assert_eq!(Some(output.unwrap_or_default()), wanted, "{file}: {line}");
        }
        let follows = text.lines().any(|line| line.contains("exec xsms --follow"));
        assert_eq!(follows, language.is_some(), "{file}");
        assert!(
            !text.contains(" -p "),
            "{file} shows a PIN in the list of processes"
        );
    }
}
