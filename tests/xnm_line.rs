//! `xnm` once: what a person reads on the bar, against a NetworkManager on a bus of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/bus.rs"]
mod bus;
mod support;
#[path = "support/xnm.rs"]
mod xnm;

use std::time::{Duration, Instant};

use support::{Person, text};
use xnm::Machine;

#[test]
fn the_line_says_what_a_person_wants_to_know_in_every_scene() {
    for (scene, line) in [
        ("home", "WIFI Meisenweg 12 4/4"),
        ("ethernet", "LAN eth0"),
        ("vpn", "WIFI Meisenweg 12 4/4 VPN"),
        ("portal", "WIFI Hotel Adler 3/4 sign in"),
        ("mobile", "SIG Mustermobil LTE 3/4"),
        ("roaming", "SIG Ailleurs Télécom 3G 2/4 R"),
        ("airplane", "NET airplane mode"),
        ("sim-pin", "LOCK SIM PIN"),
        ("sim-puk", "LOCK SIM PUK"),
        ("empty", "OFF no network device"),
    ] {
        assert_eq!(Machine::new(scene).line(), line, "{scene}");
    }
}

#[test]
fn xmobar_gets_icons_and_a_click_that_opens_the_popup() {
    let machine = Machine::new("home");
    assert_eq!(
        machine.says(&[]),
        "<action=`xnm -g`><fn=1>\u{f1eb}</fn> Meisenweg 12 █</action>\n"
    );
    assert_eq!(
        machine.says(&[
            "--click",
            "",
            "--format",
            "<fc=#888>{name}</fc> {strength}%"
        ]),
        "<fc=#888>Meisenweg 12</fc> 91%\n"
    );
    assert_eq!(
        machine.says(&["--icons", "text", "--click", "nm-applet"]),
        "<action=`nm-applet`>WIFI Meisenweg 12 4/4</action>\n"
    );
}

#[test]
fn the_line_costs_three_calls_at_most_and_profiles_only_where_they_are_wanted() {
    let machine = Machine::new("home");
    machine.control("reset-calls");
    machine.line();
    let log = machine.network.log();
    assert!(log.total() <= 3, "{:?}", log.by_member());
    assert!(
        !log.by_member()
            .iter()
            .any(|(name, _)| name.contains("GetSettings"))
    );
}

#[test]
fn json_is_the_whole_state_by_its_contract() {
    let machine = Machine::new("home");
    let said = machine.says(&["--output", "json"]);
    assert_eq!(said.lines().count(), 1);
    let once: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(once, machine.json());
    for key in [
        "state",
        "connectivity",
        "primary",
        "connections",
        "devices",
        "access_points",
        "profiles",
        "modems",
    ] {
        assert!(!once[key].is_null(), "{key}");
    }
    let home = &once["access_points"][0];
    assert_eq!(home["ssid"], "Meisenweg 12");
    assert_eq!(home["ssid_hex"], "4d656973656e776567203132");
    assert_eq!(home["strength_percent"], 91);
    assert_eq!(
        (&home["saved"], &home["active"]),
        (&true.into(), &true.into())
    );
    assert!(
        home["bssids"].as_array().unwrap().len() > 1,
        "one network, several radios"
    );
    let primary = once["primary"].as_str().unwrap();
    let active = &once["connections"][0];
    assert_eq!(active["uuid"], primary);
    assert_eq!(active["addresses_ipv4"][0], "192.168.3.23/24");
    assert!(
        !said.contains("correct horse"),
        "a password is in the document"
    );
}

#[test]
fn every_name_is_harmless_in_every_language() {
    let machine = Machine::new("hostile");
    let names = machine.json()["access_points"].as_array().unwrap().len();
    assert!(names > 15);
    for output in ["xmobar", "waybar", "i3bar", "polybar", "plain", "json"] {
        let said = machine.says(&["--output", output, "--icons", "text", "--click", ""]);
        let body = said.trim_end_matches('\n');
        let harmful = |c: char| {
            c != '\n' && c.is_control()
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}')
        };
        assert!(!body.contains(harmful), "{output}: {said:?}");
    }
    let line = machine.says(&["--icons", "text", "--click", ""]);
    assert_eq!(line, "WIFI <raw=30:<action=`xterm`>click</action>/> 4/4\n");
    let list = machine.says(&["list", "--all"]);
    assert!(
        !list.contains(|c: char| c != '\n' && c.is_control()),
        "{list:?}"
    );
    assert!(list.contains("(0x1b5b33316d"), "the bytes are told: {list}");
}

#[test]
fn without_networkmanager_the_line_says_so_with_the_exit_status_that_each_bar_needs() {
    let machine = Machine::new("home");
    machine.control("stop networkmanager");
    for (output, status) in [("xmobar", 0), ("polybar", 0), ("plain", 1), ("json", 1)] {
        let said = machine.run(&["--output", output]);
        assert_eq!(said.status.code(), Some(status), "{output}");
        assert!(!said.stdout.is_empty());
        let complaint = text(&said.stderr);
        assert!(
            complaint.contains("NetworkManager is not running"),
            "{complaint}"
        );
        assert_eq!(complaint.lines().count(), 1);
    }
    let said = machine.run(&["--click", "", "--icons", "text"]);
    assert_eq!(text(&said.stdout), "! no NetworkManager\n");
    let said = machine.run(&["--hide-when-absent"]);
    assert_eq!(text(&said.stdout), "\n");
    assert!(machine.complains(&["list"]).contains("not running"));
    assert!(machine.complains(&["connect", "x"]).contains("not running"));
}

#[test]
fn without_a_bus_the_line_says_so() {
    let person = Person::new();
    let said = person
        .program(env!("CARGO_BIN_EXE_xnm"))
        .env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/does/not/exist")
        .args(["--icons", "text", "--click", ""])
        .output()
        .unwrap();
    assert_eq!(
        (text(&said.stdout).as_str(), said.status.code()),
        ("! no system bus\n", Some(0))
    );
    assert!(text(&said.stderr).contains("/does/not/exist"));
}

#[test]
fn a_networkmanager_that_never_answers_does_not_hold_the_bar_for_ever() {
    let machine = Machine::new("stalled");
    let started = Instant::now();
    let said = machine.run(&["--icons", "text", "--click", ""]);
    assert_eq!(text(&said.stdout), "! NetworkManager stalled\n");
    assert!(started.elapsed() < Duration::from_secs(15));
}

#[test]
fn rates_are_counted_over_the_interval_that_is_asked_for() {
    // The fake's interfaces are not the kernel's: there is nothing to be counted, and the
    // template shows so by an empty field.
    let machine = Machine::new("home");
    let started = Instant::now();
    let said = machine.says(&[
        "--click",
        "",
        "--format",
        "[{rx}] {name}",
        "--interval",
        "0.3",
    ]);
    assert_eq!(said, "[] Meisenweg 12\n");
    assert!(started.elapsed() >= Duration::from_millis(300));
}

#[test]
fn wrong_usage_is_told_before_anything_is_done_and_exits_with_2() {
    let machine = Machine::new("home");
    machine.control("reset-calls");
    for (arguments, reason) in [
        (vec!["--nonsense"], "--nonsense"),
        (vec!["--format", "{sid}"], "unknown field '{sid}'"),
        (vec!["--format-wifi", "{name"], "single '{'"),
        (vec!["--low-colour", "red"], "'red' is no colour"),
        (vec!["--low", "101"], "101"),
        (vec!["--interval", "0"], "0.1"),
        (vec!["--click", "a`b"], "backtick"),
        (vec!["--output", "pdf"], "pdf"),
        (vec!["connect"], "required"),
        (vec!["radio", "wifi", "maybe"], "maybe"),
        (vec!["--config", "/does/not/exist"], "/does/not/exist"),
    ] {
        let said = machine.run(&arguments);
        assert_eq!(said.status.code(), Some(2), "{arguments:?}: {said:?}");
        let complaint = text(&said.stderr);
        assert!(complaint.contains(reason), "{arguments:?}: {complaint}");
        assert!(said.stdout.is_empty());
    }
    assert_eq!(machine.network.log().total(), 0);
}

#[test]
fn the_configuration_has_a_key_for_the_flags_and_the_flag_wins() {
    let machine = Machine::new("home");
    std::fs::create_dir_all(machine.person.path(".config/barpop")).unwrap();
    let config = ".config/barpop/config.toml";
    machine.file(
        config,
        "output = \"plain\"\n[net]\nformat_wifi = \"{bars} {name}\"\n\
         strength_icons = [\"a\", \"b\", \"c\"]\nclick = \"\"\n",
    );
    assert_eq!(machine.says(&[]), "c Meisenweg 12\n");
    assert_eq!(machine.says(&["--format", "{strength}"]), "91\n");
    assert_eq!(machine.says(&["--output", "xmobar"]), "c Meisenweg 12\n");
    machine.file(config, "[net]\nfromat = \"x\"\n");
    let said = machine.run(&[]);
    assert_eq!(said.status.code(), Some(2));
    let complaint = text(&said.stderr);
    assert!(
        complaint.contains("line 2") && complaint.contains("fromat"),
        "{complaint}"
    );
    for (text_, reason) in [
        ("[net]\nlow = 200\n", "low = 200"),
        ("[net]\nhigh_colour = \"pink\"\n", "'pink' is no colour"),
        ("[net]\ninterval = 0.0\nformat = \"{rx}\"\n", "interval"),
    ] {
        machine.file(config, text_);
        let said = machine.run(&[]);
        assert_eq!(said.status.code(), Some(2), "{text_}");
        assert!(text(&said.stderr).contains(reason), "{said:?}");
    }
}
