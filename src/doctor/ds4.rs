//! Game controllers: which there are, and what this person may not use of them.

use super::{Around, Check, Finding, Part};
use crate::ds4::access;
use crate::ds4::pad::Driver;
use crate::ds4::sysfs::{self, Root};

pub(super) const CHECKS: &[Check] = &[
    Check {
        part: "pads",
        look: pads,
    },
    Check {
        part: "udev rule",
        look: rule,
    },
];

const RULE: &str = "70-barpop-ds4.rules";
const SHIPPED: &str = include_str!("../../assets/udev/70-barpop-ds4.rules");
/// Where udev looks for rules; the first that has one of a name wins.
const FOLDERS: [&str; 5] = [
    "/etc/udev/rules.d",
    "/run/udev/rules.d",
    "/usr/local/lib/udev/rules.d",
    "/usr/lib/udev/rules.d",
    "/lib/udev/rules.d",
];

fn pads(_: &Around, part: Part) -> Vec<Finding> {
    let found = match sysfs::look(&Root::default()) {
        Ok(found) => found,
        Err(error) => {
            let sentence = format!("the list of HID devices cannot be read: {error}");
            return vec![part.missing(sentence, "mount sysfs at /sys")];
        }
    };
    if found.is_empty() {
        let remedy = "connect a DualShock 4 or a DualSense by cable or Bluetooth";
        return vec![part.unused("none is connected", remedy)];
    }
    let judge = |pad: &sysfs::Found| {
        let (model, transport) = (pad.model.name(), pad.transport.name());
        if matches!(pad.driver, Driver::Other(_)) {
            return part.missing(
                format!(
                    "{model}, {transport}: its driver is '{}', which knows nothing of it",
                    pad.driver.word()
                ),
                "load hid-playstation (kernel 5.12, for a DualShock 4 6.2) or hid-sony: \
                 'modprobe hid-playstation'",
            );
        }
        match access::of(pad).remedy() {
            Some(remedy) => part.warn(
                format!("{model}, {transport}: not all of it may be used"),
                remedy,
            ),
            None => part.ok(format!("{model}, {transport}: all of it may be used")),
        }
    };
    found.iter().map(judge).collect()
}

fn rule(_: &Around, part: Part) -> Vec<Finding> {
    let has_pads = sysfs::look(&Root::default()).is_ok_and(|found| !found.is_empty());
    vec![installed(part, RULE, SHIPPED, has_pads)]
}

/// A rule of ours, where udev looks for it; `is_needed` is whether its devices are there.
pub(super) fn installed(part: Part, name: &str, shipped: &str, is_needed: bool) -> Finding {
    let read = |folder: &&str| {
        let path = format!("{folder}/{name}");
        let text = std::fs::read_to_string(&path).ok()?;
        Some((path, text))
    };
    let install = format!(
        "copy assets/udev/{name} to /etc/udev/rules.d, run 'udevadm control --reload' and plug the device \
         in again"
    );
    match FOLDERS.iter().find_map(read) {
        Some((path, text)) if text == shipped => part.ok(format!("'{path}' is this version's")),
        Some((path, _)) => part.warn(format!("'{path}' is not this version's"), install),
        None if is_needed => part.warn("is not installed", install),
        None => part.unused("is not installed", install),
    }
}
