//! The configurations of `xds4` in `xmobar/` are ready to copy: xmobar runs one with the real
//! program, the others are read by their format's parser. The udev rule is one that udev reads.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/pads.rs"]
mod pads;
#[path = "support/processes.rs"]
mod processes;
mod support;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use pads::{DUALSHOCK, Room};
use support::Following;

fn path(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("xmobar")
        .join(name)
}

#[test]
fn xmobar_shows_a_pad_from_when_it_is_connected() {
    let room = Room::new();
    // The bar starts 'xds4' by its name; this one knows where the test's pads are.
    let programs = room.person.path("bin");
    std::fs::create_dir_all(&programs).unwrap();
    let program = programs.join("xds4");
    let script = format!(
        "#!/bin/sh\nexec {} --root {} \"$@\"\n",
        env!("CARGO_BIN_EXE_xds4"),
        room.folder().display()
    );
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
    let search = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let bar = Following::start(
        room.person
            .program("xmobar")
            .arg("-TPlain")
            .arg(path("xmobarrc-ds4"))
            .env("LC_ALL", "C.UTF-8")
            .env("PATH", search),
    );
    room.announce("net");
    DUALSHOCK.plug(&room.root);
    room.announce("hid");
    let until = Instant::now() + Duration::from_secs(20);
    while !bar.next_line().contains("70%") {
        assert!(Instant::now() < until, "xmobar does not show the pad");
    }
    drop(bar);
    processes::end_all_in(room.person.home());
}

#[test]
fn the_other_bars_get_their_own_language_and_open_the_popup() {
    let read = |name: &str| std::fs::read_to_string(path(name)).unwrap();
    let json: String = read("waybar-ds4.jsonc")
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let config: serde_json::Value = serde_json::from_str(&json).unwrap();
    let module = &config["custom/ds4"];
    assert_eq!(
        module["exec"],
        "exec xds4 --follow --output waybar --hide-when-absent"
    );
    assert_eq!(
        (&module["return-type"], &module["escape"]),
        (&"json".into(), &false.into())
    );
    assert_eq!(module["on-click"], "xds4 -g");
    let polybar = read("polybar-ds4.ini");
    assert!(polybar.contains("exec = exec xds4 --follow --hide-when-absent --output polybar"));
    assert!(polybar.contains("click-left = xds4 -g"));
}

#[test]
fn the_udev_rule_names_every_model_and_comes_before_the_seats() {
    let name = barpop::ds4::snapshot::UDEV_RULE.rsplit_once('/').unwrap().1;
    let rule = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets/udev")
        .join(name);
    let text = std::fs::read_to_string(&rule).unwrap();
    let number: u32 = name.split('-').next().unwrap().parse().unwrap();
    assert!(number < 73);
    let rules: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("KERNELS=="))
        .collect();
    assert_eq!(rules.len(), 3);
    for model in barpop::ds4::pad::Model::ALL {
        let pad = format!("0003:054C:{:04X}.*", model.product());
        assert!(rules.iter().all(|rule| rule.contains(&pad)), "{pad}");
    }
}
