//! Other people's programs take the fake NetworkManager for NetworkManager: `nmcli`, `mmcli` and
//! `busctl` list, connect and are refused as by the real one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is a test"
)]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/foreign.rs"]
mod foreign;

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::process::Stdio;
use std::time::{Duration, Instant};

use barpop::sim::network::Network;
use bus::Bus;
use foreign::{Running, program, run};

/// A bus with a fake network on it, where connecting takes no time.
struct Bed {
    network: Network,
    bus: Bus,
}

impl Bed {
    fn new(scene: &str) -> Self {
        let bed = Self::at_real_pace(scene);
        bed.does("pace fast");
        bed
    }

    /// nmcli wants to see a connection before it has failed.
    fn at_real_pace(scene: &str) -> Self {
        let bus = Bus::start();
        let network = Network::start(&bus.address(), scene).unwrap();
        Self { network, bus }
    }

    fn does(&self, line: &str) {
        assert_eq!(self.network.control(line), Ok("ok".to_owned()), "{line}");
    }

    /// Runs a program; what it prints, or how it fails.
    fn tries(
        &self,
        name: &str,
        package: &str,
        arguments: &[&str],
        input: &str,
    ) -> Result<String, String> {
        let mut command = self.bus.program(program(name, package));
        run(command.args(arguments), input)
    }

    fn nmcli(&self, arguments: &[&str]) -> Result<String, String> {
        self.tries("nmcli", "network-manager", arguments, "")
    }

    fn says(&self, arguments: &[&str]) -> String {
        let said = self.nmcli(arguments);
        said.unwrap_or_else(|error| panic!("nmcli {arguments:?}: {error}"))
    }

    fn mmcli(&self, arguments: &[&str]) -> Result<String, String> {
        self.tries("mmcli", "modemmanager", arguments, "")
    }

    /// One call of NetworkManager by `busctl`, answered as JSON.
    fn busctl(&self, object: &str, interface: &str, method: &str) -> serde_json::Value {
        let service = "org.freedesktop.NetworkManager";
        let arguments = [
            "--system",
            "--json=short",
            "call",
            service,
            object,
            interface,
            method,
        ];
        let said = self.tries("busctl", "systemd", &arguments, "");
        serde_json::from_str(&said.unwrap()).unwrap()
    }
}

fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !is_so() {
        assert!(Instant::now() < until, "in vain until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn nmcli_lists_the_devices_networks_and_profiles_of_the_flat() {
    let bed = Bed::new("home");
    let devices = bed.says(&["-t", "-f", "DEVICE,TYPE,STATE,CONNECTION", "device"]);
    assert!(
        devices.contains("wlan0:wifi:connected:Meisenweg 12\n"),
        "{devices}"
    );
    assert!(
        devices.contains("eth0:ethernet:unavailable:\n"),
        "{devices}"
    );
    assert!(
        devices.contains("cdc-wdm0:gsm:disconnected:\n"),
        "{devices}"
    );

    let networks = [
        "-t",
        "-f",
        "IN-USE,SSID,SIGNAL,SECURITY",
        "device",
        "wifi",
        "list",
        "--rescan",
        "no",
    ];
    let networks = bed.says(&networks);
    assert!(networks.contains("*:Meisenweg 12:"), "{networks}");
    assert!(
        networks.contains(" :Klopse & Söhne 🍲:43:WPA3\n"),
        "{networks}"
    );
    assert!(
        networks.contains(" :eduroam:39:WPA2 802.1X\n"),
        "{networks}"
    );
    assert!(networks.contains(" :Café Kosmos:28:OWE\n"), "{networks}");
    assert_eq!(networks.lines().count(), 13, "{networks}");

    let profiles = bed.says(&["-t", "-f", "NAME,TYPE", "connection"]);
    for profile in [
        "Oma:802-11-wireless",
        "Work:vpn",
        "Home tunnel:wireguard",
        "Mustermobil:gsm",
    ] {
        assert!(profiles.lines().any(|line| line == profile), "{profiles}");
    }
    let addresses = bed.says(&[
        "-t",
        "-f",
        "IP4.ADDRESS,IP4.GATEWAY,IP4.DNS",
        "device",
        "show",
        "wlan0",
    ]);
    assert!(addresses.contains("IP4.ADDRESS[1]:192.168."), "{addresses}");
}

#[test]
fn nmcli_connects_with_the_right_password_and_not_with_a_wrong_one() {
    let bed = Bed::at_real_pace("enterprise");
    for network in ["wpa2", "wpa2-wpa3", "wpa3"] {
        let wrong = bed.nmcli(&[
            "device",
            "wifi",
            "connect",
            network,
            "password",
            "wrong horse",
        ]);
        let reason = "Secrets were required, but not provided";
        assert!(
            wrong.clone().is_err_and(|text| text.contains(reason)),
            "{wrong:?}"
        );
        bed.says(&[
            "device",
            "wifi",
            "connect",
            network,
            "password",
            "correct horse",
        ]);
        let active = bed.says(&["-t", "-f", "NAME", "connection", "show", "--active"]);
        assert!(active.lines().any(|line| line == network), "{active}");
    }
    bed.says(&["device", "wifi", "connect", "open"]);
    // nmcli calls the network by its name, but does not wait for its answer.
    let hidden = [
        "device",
        "wifi",
        "connect",
        "hidden",
        "password",
        "correct horse",
        "hidden",
        "yes",
    ];
    wait_until("the hidden network is connected", || {
        bed.nmcli(&hidden).is_ok()
    });
    assert!(
        bed.says(&["-t", "device"])
            .contains("wlan0:wifi:connected:hidden\n")
    );
}

#[test]
fn an_agent_is_asked_for_a_new_password_when_the_saved_one_is_wrong() {
    let bed = Bed::at_real_pace("enterprise");
    let saved = [
        "connection",
        "add",
        "type",
        "wifi",
        "con-name",
        "saved",
        "ssid",
        "wpa2",
        "wifi-sec.key-mgmt",
        "wpa-psk",
        "wifi-sec.psk",
        "wrong horse",
    ];
    bed.says(&saved);
    let asked = bed.tries(
        "nmcli",
        "network-manager",
        &["--ask", "connection", "up", "saved"],
        "correct horse\n",
    );
    assert!(
        asked
            .clone()
            .is_ok_and(|text| text.contains("successfully activated")),
        "{asked:?}"
    );
    let kept = bed.says(&[
        "-s",
        "-g",
        "802-11-wireless-security.psk",
        "connection",
        "show",
        "saved",
    ]);
    assert_eq!(kept, "correct horse\n");
}

#[test]
fn nmcli_is_told_why_a_connection_fails() {
    let bed = Bed::at_real_pace("odd-reasons");
    for (network, reason) in [
        ("reason 16", "DHCP client error"),
        (
            "reason 11",
            "The Wi-Fi supplicant timed out|802.1X supplicant took too long to authenticate",
        ),
        ("silent", "802.1X supplicant took too long to authenticate"),
    ] {
        let said = bed.nmcli(&["device", "wifi", "connect", network]);
        let said = said.expect_err("it does not connect");
        assert!(
            reason.split('|').any(|reason| said.contains(reason)),
            "{network}: {said}"
        );
    }
    let bed = Bed::at_real_pace("no-dhcp");
    let said = bed.nmcli(&[
        "device",
        "wifi",
        "connect",
        "No address",
        "password",
        "correct horse",
    ]);
    assert!(
        said.clone()
            .is_err_and(|text| text.contains("IP configuration could not be reserved")),
        "{said:?}"
    );
}

#[test]
fn a_change_keeps_the_secrets_and_deleting_takes_the_connection_down() {
    let bed = Bed::new("home");
    bed.says(&[
        "connection",
        "modify",
        "Meisenweg 12",
        "connection.autoconnect",
        "no",
    ]);
    let show = [
        "-s",
        "-g",
        "802-11-wireless-security.psk",
        "connection",
        "show",
        "Meisenweg 12",
    ];
    assert_eq!(bed.says(&show), "correct horse\n");
    bed.says(&["connection", "up", "Work"]);
    bed.says(&["connection", "up", "Home tunnel"]);
    let active = bed.says(&["-t", "-f", "NAME", "connection", "show", "--active"]);
    assert!(
        active.contains("Work\n") && active.contains("Home tunnel\n"),
        "{active}"
    );
    bed.says(&["connection", "delete", "Meisenweg 12"]);
    wait_until("what it carried is down", || {
        let active = bed.says(&["-t", "-f", "NAME", "connection", "show", "--active"]);
        !active.contains("Meisenweg") && !active.contains("Work")
    });
}

#[test]
fn switching_a_radio_off_empties_the_air_and_on_again_connects() {
    let bed = Bed::new("home");
    let list = [
        "-t", "-f", "SSID", "device", "wifi", "list", "--rescan", "no",
    ];
    bed.says(&["radio", "wifi", "off"]);
    assert_eq!(bed.says(&list), "");
    bed.says(&["radio", "wifi", "on"]);
    wait_until("it connects by itself", || {
        bed.says(&["-t", "device"])
            .contains("wlan0:wifi:connected:Meisenweg 12")
    });
    assert!(bed.says(&list).contains("Freifunk"));
}

#[test]
fn mmcli_spends_the_tries_of_a_pin_and_opens_the_sim() {
    let bed = Bed::new("sim-pin");
    let modem = || bed.mmcli(&["-m", "any"]).unwrap();
    assert!(modem().contains("sim-pin (3)"), "{}", modem());
    let wrong = bed.mmcli(&["-i", "0", "--pin", "0000"]);
    assert!(
        wrong
            .clone()
            .is_err_and(|text| text.contains("IncorrectPassword")),
        "{wrong:?}"
    );
    assert!(modem().contains("sim-pin (2)"), "{}", modem());
    bed.mmcli(&["-i", "0", "--pin", "1234"]).unwrap();
    assert!(
        modem().contains("registered") && modem().contains("Mustermobil"),
        "{}",
        modem()
    );
    bed.says(&["connection", "up", "Mustermobil"]);

    let bed = Bed::new("sim-puk");
    let modem = || bed.mmcli(&["-m", "any"]).unwrap();
    assert!(modem().contains("sim-puk (10)"), "{}", modem());
    bed.mmcli(&["-i", "0", "--puk", "00000000", "--pin", "4321"])
        .unwrap_err();
    bed.mmcli(&["-i", "0", "--puk", "12345678", "--pin", "4321"])
        .unwrap();
    assert!(modem().contains("sim-pin (3)"), "{}", modem());
}

#[test]
fn who_may_not_is_refused_and_told_so() {
    let bed = Bed::new("forbidden");
    let said = bed.nmcli(&["connection", "up", "Oma"]);
    assert!(
        said.clone()
            .is_err_and(|text| text.contains("Not authorized")),
        "{said:?}"
    );
    let permissions = bed.says(&["-t", "general", "permissions"]);
    assert!(
        permissions.lines().all(|line| line.ends_with(":no")),
        "{permissions}"
    );
}

#[test]
fn calls_are_counted_and_no_argument_is_in_the_log() {
    let bed = Bed::new("enterprise");
    let manager = "org.freedesktop.DBus.ObjectManager";
    bed.busctl("/org/freedesktop", manager, "GetManagedObjects");
    assert_eq!(bed.network.log().total(), 1);
    bed.does("reset-calls");
    bed.says(&[
        "device",
        "wifi",
        "connect",
        "wpa2",
        "password",
        "correct horse",
    ]);
    let log = bed.network.log();
    let made = "org.freedesktop.NetworkManager.AddAndActivateConnection";
    assert!(
        log.by_member()
            .keys()
            .any(|member| member.starts_with(made)),
        "{log:?}"
    );
    assert!(!format!("{log:?}").contains("horse"), "{log:?}");
}

#[test]
fn names_of_any_bytes_come_as_they_are() {
    let bed = Bed::new("hostile");
    let manager = "org.freedesktop.DBus.ObjectManager";
    let answer = bed.busctl("/org/freedesktop", manager, "GetManagedObjects");
    let names: Vec<Vec<u8>> = answer["data"][0]
        .as_object()
        .unwrap()
        .values()
        .filter_map(|object| object.get("org.freedesktop.NetworkManager.AccessPoint"))
        .map(|point| serde_json::from_value(point["Ssid"]["data"].clone()).unwrap())
        .collect();
    assert!(names.contains(&b"\xff\xfe\xc3\x28 no utf-8 \x80".to_vec()));
    assert!(names.contains(&b"<action=`xterm`>click</action>".to_vec()));
    assert!(names.contains(&Vec::new()) && names.contains(&vec![0; 8]));
    assert!(
        names.iter().all(|name| name.len() <= 32),
        "longer than the standard has it"
    );
}

#[test]
fn busctl_can_look_into_every_object() {
    let bed = Bed::new("home");
    let manager = "org.freedesktop.DBus.ObjectManager";
    let answer = bed.busctl("/org/freedesktop", manager, "GetManagedObjects");
    for object in answer["data"][0].as_object().unwrap().keys() {
        let service = "org.freedesktop.NetworkManager";
        let arguments = ["--system", "introspect", service, object.as_str()];
        let said = bed.tries("busctl", "systemd", &arguments, "").unwrap();
        assert!(
            said.contains("org.freedesktop.NetworkManager"),
            "{object}: {said}"
        );
    }
}

#[test]
fn it_leaves_and_comes_back_with_its_service_and_with_the_bus() {
    let mut bed = Bed::new("home");
    bed.does("stop");
    let said = bed.nmcli(&["general"]);
    assert!(
        said.clone()
            .is_err_and(|text| text.contains("is not running")),
        "{said:?}"
    );
    bed.does("start");
    bed.says(&["general"]);
    bed.bus.restart();
    wait_until("it is back", || bed.nmcli(&["general"]).is_ok());
}

#[test]
fn the_program_takes_control_lines_on_its_input_and_on_a_socket() {
    let bus = Bus::start();
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("control");
    let mut command = bus.program(env!("CARGO_BIN_EXE_barpop-sim"));
    command.args(["network", "--scene", "home", "--exit-on-eof", "--control"]);
    command
        .arg(&socket)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut sim = Running::start(&mut command);
    let mut input = sim.0.stdin.take().unwrap();
    let mut output = BufReader::new(sim.0.stdout.take().unwrap()).lines();
    let mut line = || output.next().unwrap().unwrap();
    assert_eq!(line(), "ready");
    writeln!(input, "strength \"Meisenweg 12\" 40").unwrap();
    assert_eq!(line(), "ok");
    writeln!(input, "fly away").unwrap();
    assert!(line().starts_with("{\"error\":\"'fly away' is no control line"));

    let stream = UnixStream::connect(&socket).unwrap();
    writeln!(&stream, "gone Freifunk").unwrap();
    let mut answer = String::new();
    BufReader::new(&stream).read_line(&mut answer).unwrap();
    assert_eq!(answer, "ok\n");
    let mut nmcli = bus.program(program("nmcli", "network-manager"));
    nmcli.args([
        "-t",
        "-f",
        "SSID,SIGNAL",
        "device",
        "wifi",
        "list",
        "--rescan",
        "no",
    ]);
    let networks = run(&mut nmcli, "").unwrap();
    assert!(
        networks.contains("Meisenweg 12:40\n") && !networks.contains("Freifunk"),
        "{networks}"
    );
    drop(input);
    assert!(sim.0.wait().unwrap().success());
}
