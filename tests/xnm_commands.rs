//! The subcommands of `xnm`: each waits for its end and says in one sentence what happened.

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

use support::text;
use xnm::Machine;

/// The names of all saved profiles.
fn profiles(machine: &Machine) -> Vec<String> {
    let json = machine.json();
    let all = json["profiles"].as_array().unwrap();
    all.iter()
        .map(|profile| profile["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn connecting_to_an_open_network_says_with_what_and_leaves_it_saved() {
    let machine = Machine::new("home");
    assert_eq!(
        machine.says(&["connect", "Freifunk"]),
        "connected to 'Freifunk' with wlan0, address 192.168.3.23\n"
    );
    assert_eq!(machine.line(), "WIFI Freifunk 2/4");
    let json = machine.json();
    let all = json["profiles"].as_array().unwrap();
    let saved = all.iter().find(|profile| profile["name"] == "Freifunk");
    assert_eq!(saved.unwrap()["saved"], true, "on disk, not in memory only");
    assert_eq!(
        machine.says(&["connect", "Meisenweg 12"]),
        "connected to 'Meisenweg 12' with wlan0, address 192.168.3.23\n"
    );
}

#[test]
fn a_network_that_is_joined_but_cannot_be_saved_is_told_as_that() {
    let machine = Machine::new("home");
    machine.control("full-disk on");
    let said = machine.run(&["connect", "Freifunk"]);
    assert_eq!(said.status.code(), Some(1), "{said:?}");
    assert!(
        text(&said.stdout).starts_with("connected to 'Freifunk'"),
        "{said:?}"
    );
    let error = text(&said.stderr);
    for part in ["could not be saved", "No space left on device"] {
        assert!(error.contains(part), "{error}");
    }
    assert_eq!(machine.line(), "WIFI Freifunk 2/4");
}

#[test]
fn a_wrong_password_is_told_and_leaves_no_profile_behind() {
    let machine = Machine::new("home");
    machine.control("password Drucker-Direct \"printer pass\"");
    let before = profiles(&machine);
    let wrong = machine.file("wrong", "a wrong one\n");
    let said = machine.complains(&["connect", "Drucker-Direct", "--password-file", &wrong]);
    assert!(
        said.contains("Drucker-Direct") && said.contains("password"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_eq!(profiles(&machine), before);
    let right = machine.file("right", "printer pass\n");
    let said = machine.says(&["connect", "Drucker-Direct", "--password-file", &right]);
    assert!(said.starts_with("connected to 'Drucker-Direct'"), "{said}");
}

#[test]
fn a_password_comes_from_standard_input_where_there_is_no_terminal() {
    let machine = Machine::new("home");
    machine.control("password Drucker-Direct \"printer pass\"");
    for arguments in [
        ["connect", "Drucker-Direct", "--ask"].as_slice(),
        &["connect", "Drucker-Direct", "--password-file", "-"],
    ] {
        let said = machine.run_with("printer pass\n", arguments);
        assert_eq!(said.status.code(), Some(0), "{said:?}");
        machine.says(&["disconnect"]);
        machine.says(&["forget", "Drucker-Direct"]);
    }
    let said = machine.run(&["connect", "Drucker-Direct"]);
    assert_eq!(said.status.code(), Some(2));
    assert!(text(&said.stderr).contains("--ask or --password-file"));
}

#[test]
fn a_password_file_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let machine = Machine::new("home");
    let file = machine.file("open", "printer pass\n");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = machine.run(&["connect", "Drucker-Direct", "--password-file", &file]);
    assert_eq!(said.status.code(), Some(2));
    assert!(text(&said.stderr).contains("chmod 600"), "{said:?}");
}

#[test]
fn a_network_that_does_not_tell_its_name_is_called_by_it() {
    let machine = Machine::new("enterprise");
    let file = machine.file("pass", "correct horse");
    let complaint = machine.complains(&["connect", "hidden"]);
    assert!(complaint.contains("--hidden"), "{complaint}");
    let said = machine.says(&["connect", "hidden", "--hidden", "--password-file", &file]);
    assert!(said.starts_with("connected to 'hidden'"), "{said}");
}

#[test]
fn an_enterprise_network_wants_a_name_and_a_password() {
    let machine = Machine::new("home");
    let file = machine.file("pass", "canary-eap\n");
    let connect = ["connect", "eduroam", "--password-file", &file];
    let said = machine.run(&connect);
    assert_eq!(said.status.code(), Some(2));
    assert!(text(&said.stderr).contains("--identity"), "{said:?}");
    let mut with_name = connect.to_vec();
    with_name.extend(["--identity", "anna@uni.example", "--system-authorities"]);
    let said = machine.says(&with_name);
    assert!(said.starts_with("connected to 'eduroam'"), "{said}");
}

#[test]
fn a_name_of_any_bytes_connects_by_its_bytes() {
    let machine = Machine::new("hostile");
    let all = machine.json();
    let odd = all["access_points"]
        .as_array()
        .unwrap()
        .iter()
        .find(|network| network["ssid"].as_str().unwrap().contains('\u{fffd}'))
        .expect("a name that is no UTF-8");
    let hex = odd["ssid_hex"].as_str().unwrap();
    let file = machine.file("pass", "correct horse");
    for word in [
        vec![format!("0x{hex}")],
        vec![hex.to_owned(), "--hex".to_owned()],
    ] {
        let mut arguments = vec!["connect", "--password-file", &file];
        arguments.extend(word.iter().map(String::as_str));
        let said = machine.run(&arguments);
        let complaint = text(&said.stderr);
        // Whatever its password is: the network itself was found, and asked.
        assert!(
            said.status.success() || complaint.contains("password"),
            "{complaint}"
        );
    }
}

#[test]
fn a_vpn_comes_up_beside_the_link_and_goes_down_by_name() {
    let machine = Machine::new("home");
    let said = machine.run_with("canary-vpn\n", &["connect", "Home tunnel"]);
    assert_eq!(said.status.code(), Some(0), "{said:?}");
    assert_eq!(machine.line(), "WIFI Meisenweg 12 4/4 VPN");
    assert_eq!(
        machine.says(&["disconnect", "Home tunnel"]),
        "disconnected from 'Home tunnel'\n"
    );
    assert_eq!(machine.line(), "WIFI Meisenweg 12 4/4");
}

#[test]
fn disconnecting_takes_an_interface_a_name_or_the_link() {
    let machine = Machine::new("home");
    assert_eq!(
        machine.says(&["disconnect", "wlan0"]),
        "disconnected from 'Meisenweg 12'\n"
    );
    assert_eq!(machine.line(), "NET offline");
    let said = machine.complains(&["disconnect"]);
    assert!(said.contains("nothing is connected"), "{said}");
    let said = machine.complains(&["disconnect", "wlan0"]);
    assert!(said.contains("wlan0 is not connected"), "{said}");
    let said = machine.complains(&["disconnect", "nosuch"]);
    assert!(said.contains("'nosuch' is neither"), "{said}");
}

#[test]
fn profiles_are_shown_changed_and_forgotten() {
    let machine = Machine::new("home");
    assert_eq!(
        machine.says(&[
            "profile",
            "Oma",
            "--autoconnect",
            "off",
            "--priority",
            "-5",
            "--metered",
            "yes"
        ]),
        "'Oma' is connected by hand, priority -5, metered: yes\n"
    );
    let shown = machine.says(&["profile", "Oma"]);
    assert!(shown.contains("priority     -5\n"), "{shown}");
    assert!(!shown.contains("canary"), "{shown}");
    assert_eq!(
        machine.says(&["forget", "Oma"]),
        "forgot 'Oma' and its password\n"
    );
    assert!(!profiles(&machine).contains(&"Oma".to_owned()));
    let said = machine.complains(&["forget", "Oma"]);
    assert!(said.contains("no profile 'Oma'"), "{said}");
}

#[test]
fn radios_are_switched_and_a_switch_on_the_case_is_told() {
    let machine = Machine::new("home");
    assert_eq!(machine.says(&["radio", "wifi", "off"]), "Wi-Fi is off\n");
    assert_eq!(machine.line(), "NET Wi-Fi off");
    assert_eq!(machine.says(&["radio", "wifi", "toggle"]), "Wi-Fi is on\n");
    machine.control("hardware-switch wifi off");
    machine.says(&["radio", "wifi", "off"]);
    let said = machine.complains(&["radio", "wifi", "on"]);
    assert!(said.contains("on the case"), "{said}");
}

#[test]
fn a_hotspot_is_made_with_a_password_of_its_own_and_ends_again() {
    let machine = Machine::new("home");
    let said = machine.says(&["hotspot", "mine"]);
    let password = said
        .strip_prefix("the hotspot 'mine' is up; its password is ")
        .unwrap()
        .trim_end();
    assert!(password.len() >= 12, "{said}");
    assert!(machine.line().starts_with("AP mine"), "{}", machine.line());
    assert_eq!(machine.says(&["hotspot", "off"]), "the hotspot is off\n");
    // Guests of yesterday need not type another one today.
    assert_eq!(machine.says(&["hotspot", "mine"]), said);
    machine.says(&["hotspot", "off"]);
    let file = machine.file("chosen", "chosen by hand\n");
    machine.says(&["hotspot", "mine", "--password-file", &file]);
    machine.says(&["hotspot", "off"]);
    let again = machine.says(&["hotspot", "mine"]);
    assert!(
        again.ends_with("its password is chosen by hand\n"),
        "{again}"
    );
    machine.says(&["hotspot", "off"]);
    let said = machine.complains(&["hotspot", "off"]);
    assert!(said.contains("there is no hotspot"), "{said}");
}

#[test]
fn sharing_draws_a_code_and_says_that_it_shows_the_password() {
    let machine = Machine::new("home");
    let said = machine.says(&["share", "Meisenweg 12"]);
    assert!(said.lines().count() > 15, "{said}");
    assert!(said.contains("▀") && said.contains("▄"));
    assert!(
        said.ends_with(
            "who sees this can connect to 'Meisenweg 12': its password is correct horse\n"
        ),
        "{said}"
    );
}

#[test]
fn scanning_lists_what_is_found() {
    let machine = Machine::new("home");
    let said = machine.says(&["scan"]);
    assert!(said.starts_with("NETWORKS\n* Meisenweg 12 "), "{said}");
    machine.says(&["radio", "wifi", "off"]);
    let said = machine.complains(&["scan"]);
    assert!(said.contains("xnm radio wifi on"), "{said}");
    let said = Machine::new("ethernet").complains(&["scan"]);
    assert!(said.contains("no Wi-Fi device"), "{said}");
}

#[test]
fn a_sim_is_opened_with_its_pin_and_a_wrong_one_costs_one_try() {
    let machine = Machine::new("sim-pin");
    let shown = machine.says(&["modem"]);
    assert!(shown.contains("SIM wants   its PIN\n"), "{shown}");
    assert!(shown.contains("tries left  3\n"), "{shown}");
    let wrong = machine.file("wrong", "9999\n");
    let said = machine.complains(&["unlock", "--pin-file", &wrong]);
    assert!(said.contains("PIN"), "{said}");
    let json: serde_json::Value =
        serde_json::from_str(&machine.says(&["modem", "--json"])).unwrap();
    assert_eq!((&json["lock"], &json["tries"]), (&"pin".into(), &2.into()));
    machine.complains(&["unlock", "--pin-file", &wrong]);
    let said = machine.complains(&["unlock", "--pin-file", &wrong]);
    let json: serde_json::Value =
        serde_json::from_str(&machine.says(&["modem", "--json"])).unwrap();
    assert_eq!(
        json["tries"], 1,
        "the last try is never spent by a file: {said}"
    );

    let machine = Machine::new("sim-pin");
    let right = machine.file("right", " 1234\n");
    assert_eq!(
        machine.says(&["unlock", "--pin-file", &right]),
        "the SIM is open\n"
    );
    let said = machine.complains(&["unlock", "--pin-file", &right]);
    assert!(said.contains("no SIM waits"), "{said}");
}

#[test]
fn what_may_not_be_done_names_the_permission() {
    let machine = Machine::new("forbidden");
    let said = machine.complains(&["radio", "wifi", "off"]);
    assert!(
        said.contains("not allowed") || said.contains("ermission"),
        "{said}"
    );
    assert!(machine.says(&["list"]).contains("Meisenweg 12"));
}

#[test]
fn there_is_a_sign_in_page_only_behind_a_portal() {
    let machine = Machine::new("home");
    let said = machine.complains(&["portal"]);
    assert!(said.contains("'full'"), "{said}");
}

#[test]
fn the_sign_in_page_opens_in_the_persons_browser() {
    use std::os::unix::fs::PermissionsExt;
    let machine = Machine::new("portal");
    let opener = machine.file(
        "xdg-open",
        "#!/bin/sh\nprintf '%s' \"$1\" >\"$HOME/opened\"\n",
    );
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap();
    let mut command = machine.xnm();
    let path = format!("{}:{path}", machine.person.home().display());
    let said = command.arg("portal").env("PATH", path).output().unwrap();
    assert_eq!(said.status.code(), Some(0), "{said:?}");
    support::wait_until("it is open", || machine.person.path("opened").exists());
    let opened = std::fs::read_to_string(machine.person.path("opened")).unwrap();
    assert!(opened.starts_with("http"), "{opened}");
}
