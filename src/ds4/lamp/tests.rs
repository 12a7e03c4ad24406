use std::fs;

use super::*;
use crate::ds4::fake::Fake;
use crate::ds4::sysfs::{Root, look};

const DS4: Fake<'_> = Fake {
    hid: "0005:054C:05C4.0001",
    driver: "sony",
    mac: "a4:50:46:00:11:22",
    input: 4,
};
const DUALSENSE: Fake<'_> = Fake {
    hid: "0003:054C:0CE6.0002",
    driver: "playstation",
    mac: "a4:50:46:00:33:44",
    input: 4,
};

fn lamp(pad: Fake<'_>) -> (tempfile::TempDir, Root, Lamp) {
    let folder = tempfile::tempdir().unwrap();
    let root = Root::tree(folder.path());
    pad.plug(&root);
    let found = look(&root).unwrap().remove(0);
    (folder, root, Lamp::new(&found, Some("unix:path=/nowhere")))
}

fn value(root: &Root, pad: Fake<'_>, led: &str, file: &str) -> String {
    text(&pad.led(root, led).join(file)).unwrap()
}

fn channels(root: &Root) -> [String; 4] {
    ["red", "green", "blue", "global"].map(|led| value(root, DS4, led, "brightness"))
}

#[test]
fn a_colour_is_shown_and_the_former_one_comes_back() {
    let (_folder, root, mut lamp) = lamp(DS4);
    assert_eq!(lamp.way(), Some(Way::Files));
    assert_eq!(lamp.read(), Some(Rgb::new(0, 0, 64)));
    let former = lamp.former();
    lamp.show(Rgb::new(255, 90, 1)).unwrap();
    assert_eq!(channels(&root), ["255", "90", "1", "1"]);
    lamp.darken().unwrap();
    assert_eq!(lamp.read(), Some(Rgb::BLACK));
    lamp.show(Rgb::new(0, 0, 255)).unwrap();
    assert_eq!(channels(&root), ["0", "0", "255", "1"]);
    former.restore();
    assert_eq!(channels(&root), ["0", "0", "64", "1"]);
}

#[test]
fn a_dualsense_gets_its_colour_in_one_write_in_its_own_order() {
    let (_folder, root, mut lamp) = lamp(DUALSENSE);
    let led = DUALSENSE.led(&root, "rgb:indicator");
    fs::write(led.join("multi_index"), "blue green red\n").unwrap();
    let former = lamp.former();
    lamp.show(Rgb::new(255, 90, 1)).unwrap();
    let shown = value(&root, DUALSENSE, "rgb:indicator", "multi_intensity");
    assert_eq!(shown, "1 90 255");
    assert_eq!(lamp.read(), Some(Rgb::new(255, 90, 1)));
    lamp.set_players(PlayerLeds::for_player(2)).unwrap();
    let found = look(&root).unwrap().remove(0);
    assert_eq!(read_players(&found.leds), Some(PlayerLeds(0b01010)));
    former.restore();
    assert_eq!(read_players(&found.leds), Some(PlayerLeds(0)));
    let shown = value(&root, DUALSENSE, "rgb:indicator", "multi_intensity");
    assert_eq!(shown, "0 0 128");
}

#[test]
fn the_kernel_blinks_where_it_can_and_a_colour_ends_it() {
    let (_folder, root, mut lamp) = lamp(DS4);
    let second = Duration::from_secs(1);
    // No delays appear: this kernel has no such trigger.
    let red = Rgb::new(255, 0, 0);
    assert!(!lamp.blink(red, second, second).unwrap());
    assert_eq!(value(&root, DS4, "global", "trigger"), "none");
    let led = DS4.led(&root, "global");
    for file in ["delay_on", "delay_off"] {
        fs::write(led.join(file), "500\n").unwrap();
    }
    let third = Duration::from_millis(333);
    assert!(lamp.blink(red, third, second * 9).unwrap());
    assert_eq!(value(&root, DS4, "global", "trigger"), "timer");
    assert_eq!(value(&root, DS4, "global", "delay_on"), "330");
    assert_eq!(value(&root, DS4, "global", "delay_off"), "2550");
    lamp.show(Rgb::BLACK).unwrap();
    assert_eq!(value(&root, DS4, "global", "trigger"), "none");
}

#[test]
fn without_the_leds_the_raw_device_gets_a_report() {
    let (_folder, root, _) = lamp(DS4);
    fs::remove_dir_all(DS4.folder(&root).join("leds")).unwrap();
    let found = look(&root).unwrap().remove(0);
    let mut lamp = Lamp::new(&found, Some("unix:path=/nowhere"));
    assert_eq!(lamp.way(), None);
    assert!(matches!(lamp.show(Rgb::BLACK), Err(LampError::Forbidden)));
    let raw = found.hidraw.clone().unwrap();
    fs::write(&raw, "").unwrap();
    lamp = Lamp::new(&found, Some("unix:path=/nowhere"));
    lamp.show(Rgb::new(1, 2, 3)).unwrap();
    let report = fs::read(&raw).unwrap();
    assert_eq!(report.len(), 78);
    assert_eq!(report[8..11], [1, 2, 3]);
    lamp.former().restore();
    assert_eq!(fs::read(&raw).unwrap()[8..11], [0, 0, 64]);
}

#[test]
fn a_guard_gives_the_light_back_when_its_input_ends() {
    let (_folder, root, mut lamp) = lamp(DS4);
    let line = serde_json::to_string(&lamp.former()).unwrap();
    lamp.show(Rgb::new(255, 0, 255)).unwrap();
    guard::run(line.as_bytes()).unwrap();
    assert_eq!(channels(&root), ["0", "0", "64", "1"]);
    lamp.show(Rgb::new(255, 0, 255)).unwrap();
    guard::run(format!("{line}\nkeep\n").as_bytes()).unwrap();
    assert_eq!(channels(&root), ["255", "0", "255", "1"]);
    assert!(guard::run(&b"nonsense\n"[..]).is_err());
}
