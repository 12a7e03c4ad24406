//! Which pads there are: one HID device each, below `/sys/bus/hid/devices`.
//!
//! The HID device holds all of *one* pad: `input/` (three event devices), `leds/`,
//! `power_supply/`, `hidraw/`. So several pads never mix, whatever the devices' numbers are.
//! (Documentation/ABI/testing/sysfs-driver-hid, sysfs-class-led, sysfs-class-power)

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::pad::{Battery, Charge, Driver, Model, PadId, Transport};

/// Where the kernel's files are; another folder in tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// `/sys`.
    pub sys: PathBuf,
    /// `/dev`.
    pub dev: PathBuf,
    /// Where uevents come from: a datagram socket to be made here in place of the kernel's.
    pub uevents: Option<PathBuf>,
}

impl Default for Root {
    fn default() -> Self {
        Self {
            sys: PathBuf::from("/sys"),
            dev: PathBuf::from("/dev"),
            uevents: None,
        }
    }
}

impl Root {
    /// A tree with `sys`, `dev` and a socket `uevents`, in place of the machine's.
    #[must_use]
    pub fn tree(folder: &Path) -> Self {
        Self {
            sys: folder.join("sys"),
            dev: folder.join("dev"),
            uevents: Some(folder.join("uevents")),
        }
    }
}

/// The LEDs of a pad, by their folders in sysfs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Leds {
    /// A DualShock 4's red, green and blue, one LED each.
    pub channels: Option<[PathBuf; 3]>,
    /// A DualShock 4's switch for all three.
    pub global: Option<PathBuf>,
    /// A DualSense's light bar, all colours in one LED.
    pub multicolour: Option<PathBuf>,
    /// A DualSense's player LEDs from the left.
    pub players: Vec<PathBuf>,
}

/// A pad as it is found; nothing is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What tells it from others.
    pub id: PadId,
    /// The HID device's name, like `0005:054C:09CC.0003`.
    pub hid: String,
    /// The model.
    pub model: Model,
    /// How it is connected.
    pub transport: Transport,
    /// Its driver.
    pub driver: Driver,
    /// The event device of sticks and buttons.
    pub gamepad: Option<PathBuf>,
    /// The event device of the motion sensors.
    pub motion: Option<PathBuf>,
    /// The event device of the touchpad.
    pub touchpad: Option<PathBuf>,
    /// The LEDs.
    pub leds: Leds,
    /// The folder of its battery.
    pub battery: Option<PathBuf>,
    /// The device for raw reports.
    pub hidraw: Option<PathBuf>,
}

impl Found {
    /// Reads the battery now. Before the pad's first report the drivers say 100 % and `Unknown`;
    /// nothing is believed then.
    #[must_use]
    pub fn read_battery(&self) -> Option<Battery> {
        let folder = self.battery.as_ref()?;
        let charge = match text(&folder.join("status"))?.as_str() {
            "Charging" => Charge::Charging,
            "Discharging" => Charge::Discharging,
            "Full" => Charge::Full,
            "Not charging" => Charge::NotCharging,
            _ => Charge::Unknown,
        };
        let percent = text(&folder.join("capacity"))
            .and_then(|text| text.parse::<u8>().ok())
            .map(|percent| percent.min(100))
            .filter(|percent| !(charge == Charge::Unknown && *percent == 100));
        Some(Battery { percent, charge })
    }
}

/// All pads, in the order in which they were connected.
///
/// # Errors
/// When the list of HID devices cannot be read. A kernel without HID has no pads.
pub fn look(root: &Root) -> io::Result<Vec<Found>> {
    let folder = root.sys.join("bus/hid/devices");
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut pads: Vec<(u32, Found)> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let (transport, model, number) = parse_name(&name)?;
            let pad = find(root, &entry.path(), name, transport, model)?;
            Some((number, pad))
        })
        .collect();
    pads.sort_by_key(|(number, _)| *number);
    Ok(pads.into_iter().map(|(_, pad)| pad).collect())
}

/// `0005:054C:09CC.0003`: bus, vendor, product, and a number that counts up.
fn parse_name(name: &str) -> Option<(Transport, Model, u32)> {
    let (ids, number) = name.split_once('.')?;
    let mut ids = ids.split(':');
    let transport = match ids.next()? {
        "0003" => Transport::Usb,
        "0005" => Transport::Bluetooth,
        _ => return None,
    };
    if !ids.next()?.eq_ignore_ascii_case("054C") {
        return None;
    }
    let product = u16::from_str_radix(ids.next()?, 16).ok()?;
    let number = u32::from_str_radix(number, 16).ok()?;
    Some((transport, Model::from_product(product)?, number))
}

/// `None` while no driver has it: a pad that is just being connected, or one that is connected
/// twice, of which the drivers refuse the second.
fn find(
    root: &Root,
    folder: &Path,
    hid: String,
    transport: Transport,
    model: Model,
) -> Option<Found> {
    let driver = fs::read_link(folder.join("driver")).ok()?;
    let driver = Driver::from_name(driver.file_name()?.to_str()?);
    let mut found = Found {
        id: PadId::new(&hid),
        hid,
        model,
        transport,
        driver,
        gamepad: None,
        motion: None,
        touchpad: None,
        leds: find_leds(&folder.join("leds")),
        battery: children(&folder.join("power_supply")).into_iter().next(),
        hidraw: children(&folder.join("hidraw"))
            .first()
            .and_then(|raw| Some(root.dev.join(raw.file_name()?))),
    };
    let mut unique = None;
    for input in children(&folder.join("input")) {
        let name = text(&input.join("name")).unwrap_or_default();
        unique = unique.or_else(|| text(&input.join("uniq")).filter(|uniq| !uniq.is_empty()));
        let node = children(&input).into_iter().find_map(|child| {
            let name = child.file_name()?.to_str()?;
            name.starts_with("event")
                .then(|| root.dev.join("input").join(name))
        });
        let place = if name.ends_with(" Motion Sensors") {
            &mut found.motion
        } else if name.ends_with(" Touchpad") {
            &mut found.touchpad
        } else if name.ends_with(" Headset Jack") {
            continue;
        } else {
            &mut found.gamepad
        };
        *place = place.take().or(node);
    }
    if let Some(unique) = unique {
        found.id = PadId::new(&unique);
    }
    Some(found)
}

/// hid-sony: `0005:054C:05C4.0001:red`; hid-playstation: `input7:red`, `input7:rgb:indicator`,
/// `input7:white:player-1`.
fn find_leds(folder: &Path) -> Leds {
    let all = children(folder);
    let ending = |end: &str| {
        all.iter()
            .find(|led| led.to_string_lossy().ends_with(end))
            .cloned()
    };
    let channels = match (ending(":red"), ending(":green"), ending(":blue")) {
        (Some(red), Some(green), Some(blue)) => Some([red, green, blue]),
        _ => None,
    };
    Leds {
        channels,
        global: ending(":global"),
        multicolour: ending(":rgb:indicator"),
        players: (1..=5)
            .filter_map(|n| ending(&format!(":white:player-{n}")))
            .collect(),
    }
}

/// What is in a folder, in the order of the names; nothing when it is not there.
fn children(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut all: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
    all.sort();
    all
}

/// A file's text without its line break.
pub(super) fn text(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    Some(text.trim_end().to_owned())
}

#[cfg(test)]
mod tests;
