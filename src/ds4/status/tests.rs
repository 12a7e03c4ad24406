use super::*;
use crate::bar::{Icons, Output, Style};
use crate::ds4::fake::Fake;
use crate::ds4::follow::look;
use crate::ds4::sysfs::Root;

const PADS: [Fake<'_>; 2] = [
    Fake {
        hid: "0005:054C:09CC.0001",
        driver: "sony",
        mac: "a4:50:46:00:11:22",
        input: 1,
    },
    Fake {
        hid: "0003:054C:0CE6.0002",
        driver: "playstation",
        mac: "a4:50:46:00:33:44",
        input: 5,
    },
];

fn snapshot(batteries: &[(&str, &str)]) -> Snapshot {
    let folder = tempfile::tempdir().unwrap();
    let root = Root::tree(folder.path());
    for (pad, (capacity, status)) in PADS.iter().zip(batteries) {
        pad.plug(&root);
        pad.set_battery(&root, capacity, status);
    }
    look(&root)
}

fn shown(wishes: Wishes<'_>, output: Output, batteries: &[(&str, &str)]) -> String {
    let style = Style {
        output,
        icons: Icons::Font,
        ascii: false,
    };
    style.render(&Format::new(wishes).unwrap().line(&snapshot(batteries)))
}

#[test]
fn each_pad_has_its_battery_and_a_low_one_its_colour() {
    let plain = |batteries| shown(Wishes::default(), Output::Plain, batteries);
    assert_eq!(plain(&[("70", "Discharging")]), "PAD BAT 70%");
    assert_eq!(plain(&[("100", "Full")]), "PAD BAT 100%");
    assert_eq!(
        plain(&[("40", "Charging"), ("5", "Discharging")]),
        "PAD BAT 40% + PAD BAT 5%"
    );
    assert_eq!(plain(&[("100", "Unknown")]), "PAD ?");
    assert_eq!(plain(&[]), "PAD no pad");
    assert_eq!(
        shown(Wishes::default(), Output::Xmobar, &[("20", "Discharging")]),
        "<fn=1>\u{f11b}</fn> <fc=#fb4934><fn=1>\u{f243}</fn></fc> <fc=#fb4934>20%</fc>"
    );
    // It is being helped already.
    let charging = shown(Wishes::default(), Output::Xmobar, &[("20", "Charging")]);
    assert!(!charging.contains("fc="), "{charging}");
}

#[test]
fn without_icons_no_space_is_left_of_them() {
    let style = Style {
        output: Output::Plain,
        icons: Icons::None,
        ascii: false,
    };
    let format = Format::new(Wishes::default()).unwrap();
    let bare = |snapshot: &Snapshot| style.render(&format.line(snapshot));
    assert_eq!(bare(&snapshot(&[])), "no pad");
    assert_eq!(
        bare(&snapshot(&[("40", "Charging"), ("5", "Discharging")])),
        "40% 5%"
    );
    let mut new = snapshot(&[("70", "Discharging")]);
    for pad in &mut new.pads {
        pad.driver = crate::ds4::pad::Driver::Other("hid-generic".to_owned());
    }
    assert_eq!(bare(&new), "");
    let error = Snapshot {
        error: Some("cannot look for gamepads in sysfs: denied".to_owned()),
        ..Snapshot::default()
    };
    assert_eq!(bare(&error), "pads?");
}

#[test]
fn a_template_is_filled_for_each_pad() {
    let wishes = Wishes {
        template: Some("{number}:{model}/{transport} {percent} {charge} {mac}"),
        separator: Some(" | "),
        ..Wishes::default()
    };
    assert_eq!(
        shown(
            wishes,
            Output::Plain,
            &[("70", "Discharging"), ("5", "Charging")]
        ),
        "1:DualShock 4/Bluetooth 70% discharging a4:50:46:00:11:22 | \
         2:DualSense/USB 5% charging a4:50:46:00:33:44"
    );
    let wrong = Wishes {
        template: Some("{battry}"),
        ..Wishes::default()
    };
    assert!(Format::new(wrong).is_err());
}

#[test]
fn without_a_pad_the_line_is_hidden_on_request_but_never_an_error() {
    let wishes = Wishes {
        hide_when_absent: true,
        ..Wishes::default()
    };
    let format = Format::new(wishes).unwrap();
    assert!(format.line(&snapshot(&[])).hidden);
    let error = Snapshot {
        ready: true,
        error: Some("cannot look for gamepads in sysfs: denied".to_owned()),
        ..Snapshot::default()
    };
    let line = format.line(&error);
    assert!(!line.hidden && line.class == "error");
}

#[test]
fn the_class_says_what_matters_most() {
    let class = |batteries| {
        let line = Format::new(Wishes::default())
            .unwrap()
            .line(&snapshot(batteries));
        (line.class, line.percentage, line.urgent)
    };
    assert_eq!(class(&[("70", "Discharging")]), ("pad", Some(70), false));
    assert_eq!(
        class(&[("70", "Charging"), ("9", "Discharging")]),
        ("low", Some(9), true)
    );
    assert_eq!(class(&[("9", "Charging")]), ("charging", Some(9), false));
    assert_eq!(class(&[]), ("absent", None, false));
}
