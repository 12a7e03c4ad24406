//! `xds4` as a person, a bar and a script use it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use barpop::sim::gamepad::{Battery, Button, Model, Supply, Transport};
use serde_json::Value;

use crate::gamepad::Plugged;
use crate::support::{Following, Person, text};
use crate::{Lab, Needs, guest};

const LIMIT: Duration = Duration::from_secs(10);
const XDS4: &str = env!("CARGO_BIN_EXE_xds4");
/// hid-sony's colour of the first controller, and of the second.
const FIRST: [u8; 3] = [0, 0, 0x40];
const SECOND: [u8; 3] = [0x40, 0, 0];

/// A person with one DualShock 4 by cable and one by Bluetooth.
struct Desk {
    person: Person,
    cable: Plugged,
    radio: Plugged,
}

impl Desk {
    fn new(lab: &Lab) -> Self {
        let desk = Self {
            person: Person::new(),
            cable: Plugged::new(lab, Model::DualShock4, Transport::Usb, 1),
            radio: Plugged::new(lab, Model::DualShock4V2, Transport::Bluetooth, 2),
        };
        desk.cable.pad.set(|c| {
            c.battery = Battery {
                tenths: 10,
                supply: Supply::Full,
            };
        });
        desk.radio.pad.set(|c| c.battery.tenths = 3);
        desk
    }

    fn xds4(&self, arguments: &[&str]) -> Command {
        let mut xds4 = self.person.program(XDS4);
        xds4.args(arguments);
        xds4
    }

    /// Runs it to its end, which must be a good one.
    fn run(&self, arguments: &[&str]) -> String {
        let output = self.xds4(arguments).output().unwrap();
        let errors = text(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        text(&output.stdout)
    }
}

fn shows(pad: &Plugged, colour: [u8; 3]) {
    let shown = pad.pad.wait_for(LIMIT, |shown| shown.colour == colour);
    assert!(shown, "{:?} after {:?}", pad.pad.shown(), pad.pad.outputs());
}

#[test]
fn two_controllers_are_listed_watched_lit_and_shaken_apart() {
    guest(Needs::default(), |lab| {
        let desk = Desk::new(lab);
        let listed = desk.run(&["list", "--json"]);
        let listed: Vec<Value> = listed
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let about = |pad: &Value| {
            ["mac", "transport", "driver", "battery_percent", "charge"]
                .map(|key| pad[key].to_string().replace('"', ""))
                .join(" ")
        };
        let about: Vec<String> = listed.iter().map(about).collect();
        assert_eq!(
            about,
            [
                "02:ba:55:00:00:01 usb hid-sony 100 full",
                "02:ba:55:00:00:02 bluetooth hid-sony 35 discharging"
            ]
        );

        let [cable, radio] = [&desk.cable, &desk.radio].map(Plugged::mac);
        let watch = Following::start(&mut desk.xds4(&["watch", "--json", "--pad", &radio]));
        watch.wait_for_part("\"buttons\":[]", LIMIT);
        desk.cable.pad.set(|c| c.press(Button::Circle, true));
        desk.radio.pad.set(|c| {
            c.press(Button::Cross, true);
            (c.left, c.l2) = ([255, 0], 255);
            c.acceleration_g = [0.0, 0.0, 1.0];
        });
        let line = watch.wait_for_part("\"buttons\":[\"cross\"]", LIMIT);
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(line["left"], serde_json::json!({"x": 1.0, "y": -1.0}));
        assert_eq!(line["l2"]["value"], 1.0);
        desk.radio.pad.set(|c| c.press(Button::Cross, false));
        let motion = watch.wait_for_part("\"buttons\":[]", LIMIT);
        let motion: Value = serde_json::from_str(&motion).unwrap();
        let up = motion["accelerometer_g"][2].as_f64().unwrap();
        assert!((up - 1.0).abs() < 0.01, "{motion}");
        assert!(watch.rest().iter().all(|line| !line.contains("circle")));

        desk.run(&["light", "ff8000", "--pad", &cable]);
        shows(&desk.cable, [255, 128, 0]);
        assert_eq!(desk.radio.pad.shown().colour, SECOND);
        desk.run(&["light", "off", "--pad", &cable]);
        shows(&desk.cable, [0; 3]);
        desk.run(&["light", "green"]);
        shows(&desk.cable, [0, 255, 0]);
        shows(&desk.radio, [0, 255, 0]);

        let rumble = [
            "rumble",
            "--strong",
            "1",
            "--seconds",
            "0.5",
            "--pad",
            &radio,
        ];
        let mut shaking = desk.xds4(&rumble).spawn().unwrap();
        assert!(
            desk.radio
                .pad
                .wait_for(LIMIT, |shown| shown.rumble.strong == 255)
        );
        assert_eq!(desk.cable.pad.shown().rumble.strong, 0);
        assert!(shaking.wait().unwrap().success());
        assert!(
            desk.radio
                .pad
                .wait_for(LIMIT, |shown| shown.rumble.strong == 0)
        );
    });
}

#[test]
fn the_former_colour_comes_back_when_the_flashing_program_is_killed() {
    guest(Needs::default(), |lab| {
        let desk = Desk::new(lab);
        shows(&desk.cable, FIRST);
        let mut police = desk
            .xds4(&["light", "police"])
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        for pad in [&desk.cable, &desk.radio] {
            for _ in 0..3 {
                assert!(
                    pad.pad
                        .wait_for(LIMIT, |s| s.colour[0] > 100 && s.colour[2] == 0)
                );
                assert!(
                    pad.pad
                        .wait_for(LIMIT, |s| s.colour[2] > 100 && s.colour[0] == 0)
                );
            }
        }
        police.kill().unwrap();
        police.wait().unwrap();
        shows(&desk.cable, FIRST);
        shows(&desk.radio, SECOND);
        for pad in [&desk.cable, &desk.radio] {
            pad.pad.forget();
            std::thread::sleep(Duration::from_secs(3));
            assert!(pad.pad.outputs().is_empty(), "it flashes on");
        }
    });
}

#[test]
fn the_line_has_the_batteries_of_what_is_plugged_in() {
    let needs = Needs {
        // Batteries are looked at once a minute; waiting is free.
        limit: Duration::from_secs(900),
        ..Needs::default()
    };
    guest(needs, |lab| {
        let person = Person::new();
        let mut xds4 = person.program(XDS4);
        let format = "{percent} {charge}";
        let bar = Following::start(xds4.args([
            "--follow", "--output", "plain", "--icons", "none", "--format", format,
        ]));
        bar.wait_for_part("no pad", LIMIT);
        let minutes = Duration::from_secs(150);
        let pad = Plugged::new(lab, Model::DualShock4, Transport::Bluetooth, 1);
        pad.pad.set(|c| c.battery.tenths = 8);
        bar.wait_within("85% discharging", minutes);
        pad.pad.set(|c| {
            c.battery = Battery {
                tenths: 9,
                supply: Supply::Charging,
            };
        });
        bar.wait_within("95% charging", minutes);
        let second = Plugged::new(lab, Model::DualSense, Transport::Usb, 2);
        second.pad.set(|c| c.battery.tenths = 1);
        bar.wait_within("95% charging 15% discharging", minutes);
        pad.unplug(lab);
        bar.wait_within("15% discharging", minutes);
        second.unplug(lab);
        bar.wait_for_part("no pad", minutes);
        bar.stays_quiet(Duration::from_secs(120));
    });
}

/// Runs `xds4` as somebody without any rights.
fn nobody(arguments: &[&str]) -> Command {
    let mut setpriv = Command::new("setpriv");
    setpriv.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]);
    setpriv
        .arg(XDS4)
        .args(arguments)
        .env("HOME", "/nonexistent");
    setpriv
}

const RULE: &str = "/etc/udev/rules.d/70-barpop-ds4.rules";

#[test]
fn without_permission_the_udev_rule_is_named() {
    guest(Needs::default(), |lab| {
        let _pad = Plugged::new(lab, Model::DualShock4, Transport::Usb, 1);
        // What a person may see without any permission.
        let (listed, said) = lab.output(&mut nobody(&["list"]));
        assert!(listed && said.contains("02:ba:55:00:00:01"), "{said}");
        for arguments in [&["light", "red"][..], &["rumble"]] {
            let (did, said) = lab.output(&mut nobody(arguments));
            assert!(!did && said.contains(RULE), "{arguments:?}: {said}");
        }
        // It waits for a controller that may be used.
        let mut watch = nobody(&["watch", "--json"]);
        let mut watch = watch
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        let errors = watch.stderr.take().unwrap();
        BufReader::new(errors).read_line(&mut said).unwrap();
        watch.kill().unwrap();
        watch.wait().unwrap();
        assert!(said.contains(RULE), "{said}");
    });
}

#[test]
fn with_the_udev_rule_the_person_at_the_machine_uses_all_of_a_controller() {
    guest(Needs::default(), |lab| {
        // What logind writes when somebody sits there, and udev reads to know whom.
        fs::create_dir_all("/run/systemd/seats").unwrap();
        fs::write("/run/systemd/seats/seat0", "ACTIVE=c1\nACTIVE_UID=65534\n").unwrap();
        let rule = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/assets/udev/70-barpop-ds4.rules"
        );
        fs::copy(rule, RULE).unwrap();
        lab.run("udevadm control --reload");
        for (model, number) in [(Model::DualShock4, 1), (Model::DualSense, 2)] {
            let pad = Plugged::new(lab, model, Transport::Usb, number);
            pad.pad.report();
            let (_, said) = lab.output(&mut nobody(&["list"]));
            assert!(
                said.contains(&pad.mac()) && !said.contains("permission"),
                "{said}"
            );
            let watch = Following::start(&mut nobody(&["watch", "--json"]));
            watch.wait_for_part("\"buttons\":[]", LIMIT);
            pad.pad.set(|c| {
                c.press(Button::Touchpad, true);
                c.fingers = [Some([960, 400]), None];
                c.acceleration_g = [1.0, 0.0, 0.0];
            });
            pad.pad.report();
            watch.wait_for_part("\"accelerometer_g\":[1.0,", LIMIT);
            drop(watch);
            let (lit, said) = lab.output(&mut nobody(&["light", "ff8000"]));
            assert!(lit, "{said}");
            shows(&pad, [255, 128, 0]);
            let (shaken, said) = lab.output(&mut nobody(&["rumble", "--seconds", "0.2"]));
            assert!(shaken, "{said}");
            let rumbled = pad.pad.outputs().into_iter().flatten();
            let mut rumbled = rumbled.filter_map(|output| output.rumble);
            assert!(rumbled.any(|rumble| rumble.strong == 255));
            pad.unplug(lab);
        }
    });
}
