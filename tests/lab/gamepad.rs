//! A simulated controller at the guest's kernel, and its files as the kernel made them: what the
//! programs find, read here without them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use barpop::sim::gamepad::{Gamepad, Identity, Model, Transport};
use evdev::{AbsoluteAxisCode, Device, InputEvent, KeyCode};

use crate::Lab;
use crate::guest::get;

/// A controller that is plugged in, and that its driver has taken.
pub struct Plugged {
    /// The device's side.
    pub pad: Gamepad,
    /// The kernel's: `/sys/bus/hid/devices/…`.
    pub folder: PathBuf,
}

impl Plugged {
    /// Plugs in the so manyth controller, and waits until everything that it has is there.
    pub fn new(lab: &Lab, model: Model, transport: Transport, number: u8) -> Self {
        let identity = Identity::new(model, transport, number);
        let pad = Gamepad::plug(identity).expect("/dev/uhid takes a controller");
        let what = format!("{} is there as {model:?} by {transport:?}", identity.mac());
        let folder = lab.eventually(&what, Duration::from_secs(10), || {
            folder_of(&identity).filter(|folder| nodes(folder).len() == 3)
        });
        let plugged = Self { pad, folder };
        for node in ["", " Motion Sensors", " Touchpad"] {
            lab.wait_for_file(&plugged.node(node).display().to_string());
        }
        lab.wait_for_file(&plugged.battery().display().to_string());
        lab.run("udevadm settle");
        plugged
    }

    /// Its address, by which the programs name it.
    pub fn mac(&self) -> String {
        self.pad.identity().mac()
    }

    /// The driver that has it.
    pub fn driver(&self) -> String {
        name_of(&fs::read_link(self.folder.join("driver")).expect("a driver"))
    }

    /// The device file of the part with this ending of its name: "" for the controls,
    /// " Motion Sensors", " Touchpad".
    pub fn node(&self, ending: &str) -> PathBuf {
        node_in(&self.folder, ending)
    }

    /// The part's state as evdev has it.
    pub fn read(&self, ending: &str) -> Node {
        Node::open(&self.node(ending))
    }

    /// The folder of its battery.
    pub fn battery(&self) -> PathBuf {
        only_entry(&self.folder.join("power_supply"))
    }

    /// The folder of its light whose name ends so.
    pub fn led(&self, ending: &str) -> PathBuf {
        led_in(&self.folder, ending)
    }

    /// Pulls it out, and waits until nothing is left of it.
    pub fn unplug(self, lab: &Lab) {
        let folder = self.folder.display().to_string();
        drop(self.pad);
        lab.wait_until_gone(&folder);
    }
}

/// A device file of evdev.
pub struct Node(pub Device);

impl Node {
    /// Opens it; reading does not wait.
    pub fn open(path: &Path) -> Self {
        let device = Device::open(path).expect("the node opens");
        device.set_nonblocking(true).unwrap();
        Self(device)
    }

    /// Where an axis is.
    pub fn axis(&self, code: AbsoluteAxisCode) -> i32 {
        self.0.get_abs_state().unwrap()[usize::from(code.0)].value
    }

    /// What is pressed.
    pub fn pressed(&self) -> Vec<KeyCode> {
        self.0.get_key_state().unwrap().iter().collect()
    }

    /// What happened since the last time.
    pub fn events(&mut self) -> Vec<InputEvent> {
        self.0
            .fetch_events()
            .map(Iterator::collect)
            .unwrap_or_default()
    }
}

/// The device file of a controller's part, as [`Plugged::node`].
pub fn node_in(folder: &Path, ending: &str) -> PathBuf {
    let other = |name: &str| name.ends_with(" Motion Sensors") || name.ends_with(" Touchpad");
    let is_it = |name: &str| name.ends_with(ending) && (!ending.is_empty() || !other(name));
    let mut nodes = nodes(folder).into_iter();
    let (_, path) = nodes.find(|(name, _)| is_it(name)).expect("such a part");
    path
}

/// The folder of a controller's light whose name ends so.
pub fn led_in(folder: &Path, ending: &str) -> PathBuf {
    let folder = fs::canonicalize(folder).unwrap();
    let lights = fs::read_dir("/sys/class/leds").unwrap().flatten();
    let mut mine = lights.map(|entry| entry.path()).filter(|path| {
        let place = fs::canonicalize(path).unwrap_or_default();
        place.starts_with(&folder) && path.to_string_lossy().ends_with(ending)
    });
    mine.next().unwrap_or_else(|| panic!("no light '{ending}'"))
}

/// Where the kernel has the controller with this address.
pub fn folder_of(identity: &Identity) -> Option<PathBuf> {
    let place = format!("HID_PHYS=barpop-sim/{}", identity.mac());
    let all = fs::read_dir("/sys/bus/hid/devices").unwrap().flatten();
    let mut mine = all.map(|entry| entry.path()).filter(|folder| {
        let about = fs::read_to_string(folder.join("uevent")).unwrap_or_default();
        about.lines().any(|line| line == place)
    });
    mine.next()
}

/// Name and device file of its input devices.
fn nodes(folder: &Path) -> Vec<(String, PathBuf)> {
    let inputs = fs::read_dir(folder.join("input"))
        .into_iter()
        .flatten()
        .flatten();
    let inputs = inputs.map(|entry| entry.path()).filter_map(|input| {
        let events = fs::read_dir(&input)
            .ok()?
            .flatten()
            .map(|entry| entry.path());
        let event = events
            .map(|path| name_of(&path))
            .find(|name| name.starts_with("event"))?;
        Some((get(input.join("name")), Path::new("/dev/input").join(event)))
    });
    inputs.collect()
}

fn only_entry(folder: &Path) -> PathBuf {
    let mut entries = fs::read_dir(folder).unwrap().flatten();
    entries.next().expect("an entry").path()
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
