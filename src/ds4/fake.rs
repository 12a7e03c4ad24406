//! A pad's folders as the kernel makes them, for tests: in a temporary folder, by the driver.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::sysfs::Root;

/// What a folder tree is made of.
#[derive(Debug, Clone, Copy)]
pub struct Fake<'a> {
    /// The HID device's name.
    pub hid: &'a str,
    /// `sony`, `playstation`, `hid-generic`.
    pub driver: &'a str,
    /// The Bluetooth address, or nothing.
    pub mac: &'a str,
    /// The number of its first input device.
    pub input: u32,
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

impl Fake<'_> {
    /// The HID device's folder.
    pub fn folder(&self, root: &Root) -> PathBuf {
        root.sys.join("bus/hid/devices").join(self.hid)
    }

    /// Its LED with that ending.
    pub fn led(&self, root: &Root, end: &str) -> PathBuf {
        let first = if self.driver == "sony" {
            self.hid.to_owned()
        } else {
            format!("input{}", self.input)
        };
        self.folder(root).join(format!("leds/{first}:{end}"))
    }

    /// Its battery.
    pub fn battery(&self, root: &Root) -> PathBuf {
        let name = if self.driver == "sony" {
            format!("sony_controller_battery_{}", self.mac)
        } else {
            format!("ps-controller-battery-{}", self.mac)
        };
        self.folder(root).join("power_supply").join(name)
    }

    /// Makes it.
    pub fn plug(&self, root: &Root) {
        let folder = self.folder(root);
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir_all(root.dev.join("input")).unwrap();
        symlink(
            format!("../../../../bus/hid/drivers/{}", self.driver),
            folder.join("driver"),
        )
        .unwrap();
        let names = [
            "Wireless Controller Motion Sensors",
            "Wireless Controller Touchpad",
            "Wireless Controller",
        ];
        let generic = self.driver == "hid-generic";
        for (at, name) in (self.input..).zip(names) {
            if generic && name != "Wireless Controller" {
                continue;
            }
            let input = folder.join(format!("input/input{at}"));
            write(&input.join("name"), &format!("{name}\n"));
            write(&input.join("uniq"), &format!("{}\n", self.mac));
            fs::create_dir_all(input.join(format!("event{at}"))).unwrap();
        }
        fs::create_dir_all(folder.join("hidraw/hidraw3")).unwrap();
        if generic {
            return;
        }
        self.set_battery(root, "70", "Discharging");
        let dualsense = self.hid.contains(":0CE6") || self.hid.contains(":0DF2");
        let leds: &[(&str, &str, &str)] = if dualsense {
            &[("rgb:indicator", "255", "255")]
        } else {
            &[
                ("red", "0", "255"),
                ("green", "0", "255"),
                ("blue", "64", "255"),
                ("global", "1", "1"),
            ]
        };
        for (end, brightness, max) in leds {
            let led = self.led(root, end);
            write(&led.join("brightness"), &format!("{brightness}\n"));
            write(&led.join("max_brightness"), &format!("{max}\n"));
            write(&led.join("trigger"), "[none] timer heartbeat\n");
        }
        if dualsense {
            let led = self.led(root, "rgb:indicator");
            write(&led.join("multi_index"), "red green blue\n");
            write(&led.join("multi_intensity"), "0 0 128\n");
            for n in 1..=5 {
                let led = self.led(root, &format!("white:player-{n}"));
                write(&led.join("brightness"), "0\n");
            }
        }
    }

    /// Changes the battery.
    pub fn set_battery(&self, root: &Root, capacity: &str, status: &str) {
        let folder = self.battery(root);
        write(&folder.join("capacity"), &format!("{capacity}\n"));
        write(&folder.join("status"), &format!("{status}\n"));
    }

    /// Takes it away.
    #[allow(dead_code, reason = "only the tests of the programs do that")]
    pub fn unplug(&self, root: &Root) {
        fs::remove_dir_all(self.folder(root)).unwrap();
    }
}
