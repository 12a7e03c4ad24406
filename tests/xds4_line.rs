//! `xds4` as bars run it: the line, its outputs, its configuration, its list.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/pads.rs"]
mod pads;
mod support;

use pads::{DUALSENSE, DUALSHOCK, Fake, Room};
use support::text;

fn says(room: &Room, arguments: &[&str]) -> String {
    text(&room.xds4().args(arguments).output().unwrap().stdout)
}

#[test]
fn every_bar_gets_the_batteries_in_its_own_language() {
    let room = Room::new();
    DUALSHOCK.plug(&room.root);
    DUALSENSE.plug(&room.root);
    DUALSHOCK.set_battery(&room.root, "15", "Discharging");
    DUALSENSE.set_battery(&room.root, "90", "Charging");
    let line = says(&room, &["--output", "plain"]);
    assert_eq!(line, "PAD BAT 15% PAD BAT 90% +\n");
    let xmobar = says(&room, &[]);
    assert!(
        xmobar.starts_with("<action=`xds4 -g`><fn=1>\u{f11b}</fn>")
            && xmobar.contains("<fc=#fb4934>15%</fc>"),
        "{xmobar}"
    );
    let waybar = says(&room, &["--output", "waybar"]);
    let waybar: serde_json::Value = serde_json::from_str(&waybar).unwrap();
    assert_eq!(waybar["class"][0], "low");
    assert_eq!(waybar["percentage"], 15);
    let i3bar = says(&room, &["--output", "i3bar", "--icons", "none"]);
    assert!(
        i3bar.contains("15%") && i3bar.contains("#fb4934"),
        "{i3bar}"
    );
    let polybar = says(&room, &["--output", "polybar"]);
    assert!(polybar.contains("%{F#fb4934}15%\u{200b}%{F-}"), "{polybar}");
    let json: serde_json::Value =
        serde_json::from_str(&says(&room, &["--output", "json"])).unwrap();
    assert_eq!(json["pads"][1]["battery_percent"], 90);
    assert_eq!(json["error"], serde_json::Value::Null);
}

#[test]
fn no_pad_is_said_or_hidden() {
    let room = Room::new();
    assert_eq!(says(&room, &["--output", "plain"]), "PAD no pad\n");
    assert_eq!(
        says(&room, &["--output", "plain", "--absent", "-"]),
        "PAD -\n"
    );
    assert_eq!(says(&room, &["--hide-when-absent"]), "\n");
}

#[test]
fn the_configuration_has_a_key_for_every_flag() {
    let room = Room::new();
    DUALSHOCK.plug(&room.root);
    DUALSENSE.plug(&room.root);
    let file = room.person.path("config.toml");
    let run = |config: &str| {
        std::fs::write(&file, config).unwrap();
        let config = format!("--config={}", file.display());
        room.xds4().arg(config).output().unwrap()
    };
    let output = run(
        "output = \"polybar\"\n[ds4]\nformat = \"{battery}{percent}\"\nseparator = \" / \"\n\
         low = 75\nhigh = 90\nlow_color = \"#f00\"\nbattery_icons = [\"a\", \"b\"]\n\
         absent = \"none\"\nclick = \"\"\nhide_when_absent = true\nnormal_colour = \"#00f\"\n\
         high_colour = \"#0f0\"\ncharging_colour = \"#ff0\"\n",
    );
    let one = "%{F#ff0000}b%{F-}%{F#ff0000}70%\u{200b}%{F-}";
    assert_eq!(text(&output.stdout), format!("{one} / {one}\n"));
    let output = run("[ds4]\nlow_colour = \"reddish\"\n");
    assert_eq!(output.status.code(), Some(2));
    let error = text(&output.stderr);
    assert!(error.contains("reddish"), "{error}");
    assert_eq!(run("[ds4]\nformat = \"{battry}\"\n").status.code(), Some(2));
}

#[test]
fn the_list_tells_pads_apart_for_people_and_programs() {
    let room = Room::new();
    let empty = room.xds4().arg("list").output().unwrap();
    assert_eq!(empty.status.code(), Some(1));
    assert_eq!(
        text(&empty.stderr),
        "xds4: no gamepad of Sony's is connected\n"
    );
    DUALSHOCK.plug(&room.root);
    let generic = Fake {
        hid: "0003:054C:0DF2.0012",
        driver: "hid-generic",
        mac: "",
        input: 30,
    };
    generic.plug(&room.root);
    DUALSHOCK.set_battery(&room.root, "100", "Unknown");
    let list = says(&room, &["list", "--json"]);
    let pads: Vec<serde_json::Value> = list
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(pads[0]["mac"], "a4:50:46:00:11:22");
    assert_eq!(pads[0]["model"], "dualshock4-v2");
    assert_eq!(pads[0]["transport"], "bluetooth");
    assert_eq!(pads[0]["driver"], "hid-sony");
    assert_eq!(pads[0]["battery_percent"], serde_json::Value::Null);
    assert_eq!(pads[0]["charging"], serde_json::Value::Null);
    assert_eq!(pads[0]["colour"], "#000040");
    assert_eq!(pads[1]["mac"], serde_json::Value::Null);
    assert_eq!(pads[1]["driver"], "hid-generic");
    let list = says(&room, &["list"]);
    assert!(
        list.starts_with("a4:50:46:00:11:22     DualShock 4     Bluetooth  hid-sony         ? unk"),
        "{list}"
    );
}
