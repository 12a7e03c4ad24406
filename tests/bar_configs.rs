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

use barpop::bar::{Click, Icon, Line, Output, Segment, Stream, Style};
use clap::{Parser, ValueEnum};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("xmobar")
        .join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap()
}

/// Runs a real xmobar on one of the files, with stand-ins for our programs: `program` prints
/// `output` and stays, the other prints a dash. Waits until the bar shows `wanted`, and returns
/// what `program` was called with.
fn arguments_once_xmobar_shows(file: &str, program: &str, output: &str, wanted: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    let called = dir.path().join(format!("{program}.called"));
    let script = "#!/bin/sh\nprintf '%s\\n' \"$*\" >>\"$0.called\"\n\
                  cat \"$0.said\"\ncase $* in *--follow*) exec sleep 30 ;; esac\n";
    for name in ["xsms", "xnm", "xds4"] {
        let path = dir.path().join(name);
        let said = if name == program { output } else { "-\n" };
        std::fs::write(path.with_extension("said"), said).unwrap();
        std::fs::write(&path, script).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
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
    let called = arguments_once_xmobar_shows(
        "xmobarrc",
        "xsms",
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
fn what_the_readme_has_for_xmobar_is_a_whole_configuration() {
    let readme = std::fs::read_to_string(path("../README.md")).unwrap();
    let (_, rest) = readme.split_once("```haskell\n").unwrap();
    let (configuration, _) = rest.split_once("```").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("xmobarrc");
    std::fs::write(&file, configuration).unwrap();
    let called = arguments_once_xmobar_shows(
        file.to_str().unwrap(),
        "xsms",
        "<fn=1>\u{f0e0}</fn> 3\n",
        " barpop  \u{f0e0} 3  -  -",
    );
    assert_eq!(
        called,
        "--follow -r <fn=1>\u{f2b6}</fn> -u <fn=1>\u{f0e0}</fn> %d\n"
    );
}

#[test]
fn the_xmobarrc_that_asks_each_minute_passes_the_originals_formats() {
    let called = arguments_once_xmobar_shows(
        "xmobarrc-once",
        "xsms",
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
fn the_xmobarrcs_show_the_network_and_no_markup_of_its_name_is_read() {
    let segments = vec![
        Segment::icon(Icon::Wifi),
        Segment::verbatim(" "),
        Segment::untrusted("<fc=red>Žofie</fc>"),
        Segment::verbatim(" "),
        Segment::icon(Icon::Bars(3)),
    ];
    let line = Line {
        segments,
        click: Some(Click::new("xnm -g").unwrap()),
        ..Line::default()
    };
    let output = format!("{}\n", Style::default().render(&line));
    let shown = "\u{f1eb} <fc=red>Žofie</fc> ▆ ";
    let called = arguments_once_xmobar_shows("xmobarrc", "xnm", &output, shown);
    assert_eq!(
        called,
        "--follow --low-colour #fe8019 --problem-colour #fb4934\n"
    );
    let once = arguments_once_xmobar_shows("xmobarrc-once", "xnm", &output, shown);
    let once = once.lines().next().unwrap();
    assert_eq!(once, "--format-wifi {icon} {name} {strength}%");
    for flags in [called.trim_end(), once] {
        // A template is one argument; nothing else here has blanks.
        let words: Vec<&str> = match flags.split_once("--format-wifi ") {
            Some((_, template)) => vec!["--format-wifi", template],
            None => flags.split(' ').collect(),
        };
        let given = std::iter::once("xnm").chain(words);
        let arguments = barpop::net::arguments::Arguments::try_parse_from(given).unwrap();
        let config = barpop::config::Net::default();
        barpop::net::wishes::format(&arguments.line, &config, None).unwrap();
    }
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
    let module = &config["custom/net"];
    assert!(
        config["modules-right"]
            .as_array()
            .unwrap()
            .contains(&"custom/net".into())
    );
    assert_eq!(module["return-type"], "json");
    assert_eq!(module["escape"], false);
    assert_eq!(module["exec"], "exec xnm --follow --output waybar");
    assert_eq!(module["on-click"], "xnm -g");
}

#[test]
fn the_i3status_rs_block_stays_and_escapes_plain_text_itself() {
    let config: toml::Table = read("i3status-rs.toml").parse().unwrap();
    let own = "xsms -g -d /dev/ttyACM0";
    let clicks = [own, "xnm -g", "xgnss -g", "xds4 -g", "xshutter -g"];
    for (block, click) in clicks.into_iter().enumerate() {
        let block = &config["block"][block];
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
        assert_eq!(block["click"][0]["cmd"].as_str(), Some(click));
    }
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
        ("tmux.conf", Some("tmux")),
    ];
    for (file, language) in files {
        let text = read(file);
        assert!(
            text.contains("xsms -g -d /dev/ttyACM0"),
            "{file} has no click or key"
        );
        let follows = |program: &str| {
            let command = format!("exec {program} --follow");
            text.lines().filter(move |line| line.contains(&command))
        };
        for line in follows("xsms").chain(follows("xnm")) {
            let mut words = line
                .split(['"', ' ', ','])
                .skip_while(|word| *word != "--output");
            let output = words
                .nth(1)
                .map(|word| Output::from_str(word, false).unwrap());
            let wanted = language.map(|name| Output::from_str(name, false).unwrap());
            assert_eq!(Some(output.unwrap_or_default()), wanted, "{file}: {line}");
        }
        for program in ["xsms", "xnm"] {
            let any = follows(program).next().is_some();
            assert_eq!(any, language.is_some(), "{file}: {program}");
            // In xmobar and polybar the network's line has its click itself.
            let own_click = program == "xnm" && matches!(language, Some("xmobar" | "polybar"));
            let opens = text.contains(&format!("{program} -g")) || own_click;
            assert!(opens || file == "xmobarrc-once", "{file}: {program}");
        }
        assert!(
            !text.contains(" -p "),
            "{file} shows a PIN in the list of processes"
        );
    }
}
