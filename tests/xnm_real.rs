//! `xnm` on the real NetworkManager: cables, profiles, and services that go and come back, in
//! namespaces of their own. Other hands work with `nmcli` beside it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is a test"
)]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/network.rs"]
mod network;
mod support;

use std::time::{Duration, Instant};

use network::RealNetwork;
use serde_json::Value;
use support::Following;

const XNM: &str = env!("CARGO_BIN_EXE_xnm");
const OFFICE: &str = "0ff1ce00-1111-4222-8333-444455556666";
const PASSWORD: &str = "canary-psk-of-the-flat";

fn json(net: &RealNetwork) -> Value {
    serde_json::from_str(&net.says(XNM, &["--output", "json"])).unwrap()
}

fn follow(net: &RealNetwork, format: &str) -> Following {
    let mut command = net.program(XNM);
    command.args([
        "--follow",
        "--output",
        "plain",
        "--format-offline",
        "{state}",
    ]);
    Following::start(command.args(["--format", format]))
}

#[test]
fn a_real_cable_is_on_the_line_and_whole_in_the_json() {
    let net = RealNetwork::start_connected();
    let line = net.says(XNM, &["--output", "plain"]);
    assert_eq!(line, "LAN eth0\n");
    let format = "{profile} {device} {address} {gateway}";
    let line = net.says(XNM, &["--output", "plain", "--format", format]);
    assert!(line.starts_with("Office eth0 10.88.0."), "{line}");
    assert!(line.ends_with(" 10.88.0.1\n"), "{line}");

    let state = json(&net);
    assert_eq!(state["state"], "global");
    assert_eq!(state["primary"], OFFICE);
    let connections = state["connections"].as_array().unwrap();
    let office = connections.iter().find(|c| c["uuid"] == OFFICE).unwrap();
    assert_eq!(office["kind"], "ethernet");
    assert_eq!(office["state"], "activated");
    assert_eq!(office["default_ipv4"], true);
    assert_eq!(office["dhcp_server"], "10.88.0.1");
    assert_eq!(office["gateways"], serde_json::json!(["10.88.0.1"]));
    assert!(office["lease_until"].is_string(), "{office}");
    let devices = state["devices"].as_array().unwrap();
    let eth0 = devices.iter().find(|d| d["interface"] == "eth0").unwrap();
    assert_eq!(eth0["carrier"], true);
    assert!(eth0["rx_bytes"].as_u64().unwrap() > 0, "{eth0}");
}

#[test]
fn what_containers_bring_is_hidden_until_all_is_asked_for() {
    let net = RealNetwork::start_connected();
    let usual = net.says(XNM, &["list"]);
    assert!(usual.contains("eth0"), "{usual}");
    for interface in ["docker0", "veth1a2b3c4", "lo "] {
        assert!(!usual.contains(interface), "{usual}");
        let all = net.says(XNM, &["list", "--all"]);
        assert!(all.contains(interface), "{all}");
    }
}

#[test]
fn profiles_go_up_and_down_and_away() {
    let net = RealNetwork::start_connected();
    let active = ["-t", "-f", "NAME", "connection", "show", "--active"];
    net.says(XNM, &["connect", "Bench"]);
    assert!(net.nmcli(&active).contains("Bench\n"));
    // The internet is still reached by the other cable.
    assert_eq!(json(&net)["primary"], OFFICE);
    net.says(XNM, &["disconnect", "Bench"]);
    assert!(!net.nmcli(&active).contains("Bench\n"));
    net.says(XNM, &["forget", "Bench"]);
    assert!(
        !net.nmcli(&["-t", "-f", "NAME", "connection"])
            .contains("Bench")
    );
    // Without a name, it is what the internet is reached by.
    net.says(XNM, &["disconnect"]);
    assert!(!net.nmcli(&active).contains("Office\n"));
}

#[test]
fn what_another_hand_does_is_seen_within_a_tenth_of_a_second() {
    let net = RealNetwork::start_connected();
    let bar = follow(&net, "{profile}");
    bar.wait_for("Office");
    let seen = |arguments: &[&str], line: &str| {
        // It is nmcli that waits for the end; at the latest then the clock starts.
        net.nmcli(arguments);
        bar.wait_for(line)
    };
    // The machine may have others to serve; what counts is what xnm takes.
    let mut best = [Duration::MAX; 3];
    for _ in 0..3 {
        let took = [
            seen(&["connection", "down", "Office"], "offline"),
            seen(&["connection", "up", "Office"], "Office"),
            seen(
                &["connection", "modify", "Office", "connection.id", "Desk"],
                "Desk",
            ),
        ];
        seen(
            &["connection", "modify", "Desk", "connection.id", "Office"],
            "Office",
        );
        for (best, took) in best.iter_mut().zip(took) {
            *best = took.min(*best);
        }
    }
    assert!(
        best.iter().all(|took| *took < Duration::from_millis(100)),
        "{best:?}"
    );
}

#[test]
fn a_new_interface_and_a_new_profile_are_seen_while_following() {
    let net = RealNetwork::start_connected();
    let arguments = ["--follow", "--output", "json"];
    let all = Following::start(net.program(XNM).args(arguments));
    let seen = |what: &str| all.wait_for_part(what, Duration::from_secs(5));
    seen("\"Office\"");
    net.nmcli(&[
        "connection",
        "add",
        "type",
        "ethernet",
        "con-name",
        "Later",
        "ifname",
        "eth7",
    ]);
    seen("\"Later\"");
    net.tell("ip link add eth7 type veth peer name far7; ip link set far7 netns $peer");
    seen("\"eth7\"");
}

#[test]
fn a_pulled_cable_is_told_and_put_back_it_connects() {
    let net = RealNetwork::start_connected();
    let bar = follow(&net, "{profile}");
    bar.wait_for("Office");
    net.cut_cable("eth0");
    // NetworkManager itself waits some seconds, in case it comes back.
    bar.wait_within("offline", Duration::from_secs(30));
    let list = net.says(XNM, &["list"]);
    assert!(!list.contains("* eth0"), "{list}");
    net.put_cable("eth0");
    bar.wait_within("Office", Duration::from_secs(30));
}

#[test]
fn network_manager_killed_or_stopped_is_told_and_found_again() {
    let net = RealNetwork::start_connected();
    let bar = follow(&net, "{profile}");
    bar.wait_for("Office");
    net.kill_network_manager();
    bar.wait_for("no NetworkManager");
    net.start_network_manager();
    bar.wait_for("Office");
    net.stop_network_manager();
    bar.wait_for("no NetworkManager");
    // Once, it says what to do, and is no success for a script.
    let once = net.run(XNM, &["--output", "plain", "--format-offline", "{state}"]);
    assert_eq!(support::text(&once.stdout), "no NetworkManager\n");
    assert_eq!(once.status.code(), Some(1));
    assert!(support::text(&once.stderr).contains("systemctl start NetworkManager"));
    net.start_network_manager();
    bar.wait_for("Office");
}

#[test]
fn a_bus_that_is_killed_is_told_and_found_again() {
    let net = RealNetwork::start_connected();
    let bar = follow(&net, "{profile}");
    bar.wait_for("Office");
    net.kill_bus();
    bar.wait_for_part("no ", Duration::from_secs(5));
    net.start_bus();
    bar.wait_for("Office");
    net.nmcli(&["connection", "down", "Office"]);
    bar.wait_for("offline");
}

#[test]
fn changing_a_profile_keeps_its_password() {
    let net = RealNetwork::start();
    let password = [
        "-s",
        "-g",
        "802-11-wireless-security.psk",
        "connection",
        "show",
        "Meisenweg 12",
    ];
    // A NetworkManager that has just begun may answer before it knows the secret.
    let kept = || {
        let until = Instant::now() + Duration::from_secs(10);
        while net.nmcli(&password) != format!("{PASSWORD}\n") {
            assert!(Instant::now() < until, "the password is lost");
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    kept();
    net.says(
        XNM,
        &[
            "profile",
            "Meisenweg 12",
            "--autoconnect",
            "off",
            "--priority",
            "7",
        ],
    );
    net.says(XNM, &["profile", "Meisenweg 12", "--metered", "yes"]);
    let changed = "connection.autoconnect,connection.autoconnect-priority,connection.metered";
    let changed = net.nmcli(&["-g", changed, "connection", "show", "Meisenweg 12"]);
    assert_eq!(changed, "no\n7\nyes\n");
    kept();
    // It is on disk: it is there after a restart.
    net.stop_network_manager();
    net.start_network_manager();
    kept();
}

#[test]
fn a_saved_password_is_shown_as_a_code_only() {
    let net = RealNetwork::start();
    let shared = net.says(XNM, &["share", "Meisenweg 12"]);
    assert!(shared.contains("▀") || shared.contains("█"), "{shared}");
    for arguments in [
        &["--output", "json"][..],
        &["list", "--json"],
        &["list"],
        &["profile", "Meisenweg 12"],
    ] {
        let mut command = net.program(XNM);
        let output = command
            .args(arguments)
            .env("RUST_LOG", "trace")
            .output()
            .unwrap();
        let all = [output.stdout, output.stderr].concat();
        assert!(
            !String::from_utf8_lossy(&all).contains("canary"),
            "{arguments:?}"
        );
    }
}

#[test]
fn what_cannot_be_connected_is_told_with_what_is_missing() {
    let net = RealNetwork::start();
    for (arguments, wanted) in [
        (&["connect", "Meisenweg 12"][..], "device"),
        (&["connect", "nowhere"], "'nowhere'"),
        (&["disconnect", "Bench"], "Bench"),
        (&["radio", "wifi", "off"], "no Wi-Fi device"),
    ] {
        let failed = net.run(XNM, arguments);
        let said = support::text(&failed.stderr);
        assert_eq!(failed.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains(wanted), "{arguments:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
    }
}
