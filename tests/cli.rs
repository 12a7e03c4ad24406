//! The command line's contract, as scripts and bars rely on it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is a test"
)]

mod support;

use std::path::Path;
use std::process::Command;

use support::{Person, text};

#[test]
fn without_anything_it_prints_what_the_original_printed() {
    let person = Person::new();
    let said = person.run(&[]);
    assert_eq!(
        (
            text(&said.stdout).as_str(),
            text(&said.stderr).as_str(),
            said.status.code()
        ),
        ("(empty)\n", "", Some(0))
    );
    assert_eq!(
        person.says(&["-r", "<fn=1>\u{f003}</fn>"]),
        "<fn=1>\u{f003}</fn>\n"
    );
    assert_eq!(person.says(&["--read_format", "none"]), "none\n");
}

#[test]
fn the_originals_messages_are_taken_over_by_themselves_once() {
    let person = Person::new();
    std::fs::create_dir(person.path(".xsms")).unwrap();
    let inbox = r#"[{"sms_id": "1", "status": "REC UNREAD", "sender": "+491701234567",
        "date_received": "2014-05-01T10:00:00", "message": "old one", "read": false},
        {"sms_id": "2", "status": "REC READ", "sender": "12345",
        "date_received": "2014-05-02T10:00:00", "message": "seen", "read": true}, {"sms_id": "3", "sta"#;
    std::fs::write(person.path(".xsms/inbox.json"), inbox).unwrap();
    assert_eq!(person.says(&["-u", "<fn=1>X</fn> %d"]), "<fn=1>X</fn> 1\n");
    assert_eq!(person.texts(), ["old one", "seen"]);
    assert_eq!(
        std::fs::read_to_string(person.path(".xsms/inbox.json")).unwrap(),
        inbox
    );
    let folder = person.path(".xsms").display().to_string();
    let again = person.run(&["import", &folder]);
    assert!(
        text(&again.stdout).contains("0 imported, 2 were there already"),
        "{again:?}"
    );
    assert!(
        text(&again.stdout).contains("inbox.json"),
        "the damage is told: {again:?}"
    );
}

#[test]
fn wrong_usage_is_told_before_anything_is_done_and_exits_with_2() {
    let person = Person::new();
    for (arguments, reason) in [
        (vec!["--nonsense"], "--nonsense"),
        (vec!["-u", "no number"], "no place for the number"),
        (vec!["--format", "{unred}"], "unknown field '{unred}'"),
        (vec!["--output", "pdf"], "pdf"),
        (vec!["mark-read"], "required"),
        (vec!["--config", "/does/not/exist"], "/does/not/exist"),
    ] {
        let said = person.run(&arguments);
        assert_eq!(said.status.code(), Some(2), "{arguments:?}");
        assert!(
            text(&said.stderr).contains(reason),
            "{arguments:?}: {}",
            text(&said.stderr)
        );
        assert!(said.stdout.is_empty());
    }
    assert!(!person.path(".local").exists());
}

#[test]
fn every_bar_gets_its_own_language() {
    let person = Person::new();
    person.run(&["send", "+49170", "waits"]);
    for (output, line) in [
        ("xmobar", "(empty)\n"),
        ("plain", "(empty)\n"),
        ("i3bar", "{\"version\":1"),
        ("waybar", "{\"text\":\"(empty)\""),
        ("polybar", "(empty)\n"),
        ("json", "{\"alert\":null,\"error\":null,\"modem\":"),
    ] {
        let said = person.says(&["--output", output]);
        assert!(said.starts_with(line), "{output}: {said}");
    }
}

#[test]
fn the_configuration_has_a_key_for_the_flags_and_the_flag_wins() {
    let person = Person::new();
    let folder = person.path(".config/barpop");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("config.toml"),
        "output = \"plain\"\n[sms]\nread_format = \"nothing\"\n",
    )
    .unwrap();
    assert_eq!(person.says(&[]), "nothing\n");
    assert_eq!(person.says(&["-r", "none"]), "none\n");
    std::fs::write(folder.join("config.toml"), "[sms]\nred_format = \"x\"\n").unwrap();
    let said = person.run(&[]);
    assert_eq!(said.status.code(), Some(2));
    let error = text(&said.stderr);
    assert!(
        error.contains("line 2") && error.contains("red_format"),
        "{error}"
    );
}

#[test]
fn pdus_are_decoded_and_encoded_as_json() {
    let person = Person::new();
    let said = person.run(&[
        "pdu",
        "decode",
        "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07",
        "00zz",
    ]);
    assert_eq!(said.status.code(), Some(1), "one of them is none");
    let out = text(&said.stdout);
    let lines: Vec<serde_json::Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["kind"], "deliver");
    assert_eq!(lines[0]["address"], "+31641600986");
    assert_eq!(lines[0]["text"], "How are you?");
    assert_eq!(lines[1]["error"], "not hexadecimal");
    let said = person.says(&["pdu", "encode", "--to", "+49170", "😀"]);
    let encoded: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        (&encoded["alphabet"], &encoded["segments"]),
        (&"ucs2".into(), &1.into())
    );
    assert_eq!(encoded["characters_left"], 68);
}

#[test]
fn a_damaged_store_is_a_line_and_is_left_as_it_is() {
    let person = Person::new();
    let file = person.path(".local/share/barpop/messages.sqlite3");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(
        &file,
        "this is no database, but somebody's only copy of something",
    )
    .unwrap();
    let said = person.run(&[]);
    assert_eq!(
        (text(&said.stdout).as_str(), said.status.code()),
        ("SMS error\n", Some(0))
    );
    assert!(
        text(&said.stderr).contains("damaged"),
        "{}",
        text(&said.stderr)
    );
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .starts_with("this is no database")
    );
}

#[test]
fn a_message_cannot_play_with_the_terminal() {
    let person = Person::new();
    person.run(&[
        "send",
        "+49170",
        "red \u{1b}[31m and a bell \u{7} and \u{202e}backwards",
    ]);
    for arguments in [vec!["list"], vec!["show", "1"]] {
        let said = person.says(&arguments);
        assert!(!said.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{said:?}");
        assert!(said.contains("red "), "{said:?}");
    }
}

#[test]
fn exported_messages_are_whole() {
    let person = Person::new();
    person.run(&["send", "+49170", "From here\nto there"]);
    let mbox = person.says(&["export"]);
    assert!(
        mbox.starts_with("From ") && mbox.contains("\n>From here\nto there\n"),
        "{mbox}"
    );
    let line: serde_json::Value =
        serde_json::from_str(&person.says(&["export", "--json"])).unwrap();
    assert_eq!(line["text"], "From here\nto there");
}

#[test]
fn status_programs_link_no_popup() {
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "--no-default-features",
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", text(&tree.stderr));
    let tree = text(&tree.stdout);
    assert!(tree.contains("rusqlite"));
    for crate_name in ["egui", "eframe", "winit", "x11rb", "glow"] {
        assert!(
            !tree.lines().any(|line| line.starts_with(crate_name)),
            "{crate_name} in {tree}"
        );
    }
    for program in ["xsms", "xnm"] {
        let program = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("target/release")
            .join(program);
        let bytes = std::fs::read(&program).unwrap_or_else(|error| {
            panic!("{}: {error}; run 'make status' first", program.display())
        });
        assert!(bytes.len() < 8 * 1024 * 1024, "{} bytes", bytes.len());
        for name in ["egui", "libGL", "libX11", "wayland"] {
            let found = bytes
                .windows(name.len())
                .any(|window| window == name.as_bytes());
            assert!(!found, "{name} is in {}", program.display());
        }
    }
}
