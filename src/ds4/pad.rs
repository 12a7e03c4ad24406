//! What a pad is: its model, the way it is connected, its driver, its name, its battery.

use std::fmt;
use std::sync::Arc;

/// A model, told by the USB product number of its HID device (vendor 054C, Sony).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Model {
    /// DualShock 4, CUH-ZCT1 (05C4).
    DualShock4V1,
    /// DualShock 4, CUH-ZCT2 (09CC).
    DualShock4V2,
    /// A DualShock 4 behind Sony's wireless adapter, CUH-ZWA1 (0BA0).
    DualShock4Dongle,
    /// DualSense (0CE6).
    DualSense,
    /// DualSense Edge (0DF2).
    DualSenseEdge,
}

impl Model {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::DualShock4V1,
        Self::DualShock4V2,
        Self::DualShock4Dongle,
        Self::DualSense,
        Self::DualSenseEdge,
    ];

    /// The model with that USB product number; `None` when it is none of these.
    #[must_use]
    pub fn from_product(product: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.product() == product)
    }

    /// The USB product number.
    #[must_use]
    pub fn product(self) -> u16 {
        match self {
            Self::DualShock4V1 => 0x05c4,
            Self::DualShock4V2 => 0x09cc,
            Self::DualShock4Dongle => 0x0ba0,
            Self::DualSense => 0x0ce6,
            Self::DualSenseEdge => 0x0df2,
        }
    }

    /// As people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DualShock4V1 | Self::DualShock4V2 | Self::DualShock4Dongle => "DualShock 4",
            Self::DualSense => "DualSense",
            Self::DualSenseEdge => "DualSense Edge",
        }
    }

    /// In a word, for other programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::DualShock4V1 => "dualshock4-v1",
            Self::DualShock4V2 => "dualshock4-v2",
            Self::DualShock4Dongle => "dualshock4-dongle",
            Self::DualSense => "dualsense",
            Self::DualSenseEdge => "dualsense-edge",
        }
    }

    /// Whether it is of the DualSense family: other reports, five player LEDs, a microphone.
    #[must_use]
    pub fn is_dualsense(self) -> bool {
        matches!(self, Self::DualSense | Self::DualSenseEdge)
    }
}

/// How a pad is connected; the bus of its HID device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    /// A cable or the wireless adapter (0003).
    Usb,
    /// Bluetooth (0005).
    Bluetooth,
}

impl Transport {
    /// In a word, for other programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Usb => "usb",
            Self::Bluetooth => "bluetooth",
        }
    }

    /// As people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Usb => "USB",
            Self::Bluetooth => "Bluetooth",
        }
    }
}

/// The kernel's driver of a pad, by its HID device's `driver` link.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Driver {
    /// hid-sony (`sony`): DualShock 4 in kernels before 6.2.
    HidSony,
    /// hid-playstation (`playstation`).
    HidPlaystation,
    /// Another one, like `hid-generic`: no motion, no light, no battery.
    Other(String),
}

impl Driver {
    /// The driver with that name in `/sys/bus/hid/drivers`.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "sony" => Self::HidSony,
            "playstation" => Self::HidPlaystation,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The kernel module, as it is known.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::HidSony => "hid-sony",
            Self::HidPlaystation => "hid-playstation",
            Self::Other(name) => name,
        }
    }
}

/// What tells a pad from the others, and stays while it is connected: its Bluetooth address in
/// lower case (`a4:50:46:00:11:22`, the input devices' `uniq`), else its HID device's name
/// (`0003:054C:05C4.0001`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PadId(Arc<str>);

impl PadId {
    /// An id of an address or a name, in any case, an address with `:` or `-`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let address = text.trim().to_ascii_lowercase().replace('-', ":");
        if is_address(&address) {
            Self(address.into())
        } else {
            Self(text.trim().into())
        }
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The Bluetooth address, when it is one.
    #[must_use]
    pub fn mac(&self) -> Option<&str> {
        is_address(&self.0).then_some(&*self.0)
    }
}

impl fmt::Display for PadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_address(text: &str) -> bool {
    text.len() == 17
        && text.split(':').count() == 6
        && text
            .split(':')
            .all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// What the battery does (`power_supply`'s `status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Charge {
    /// Not known (yet).
    #[default]
    Unknown,
    /// The pad lives on it.
    Discharging,
    /// It is being filled.
    Charging,
    /// It is full, and the cable is in.
    Full,
    /// The cable is in, and it is not filled: too hot, too cold, or a faulty charger.
    NotCharging,
}

impl Charge {
    /// In a word, for other programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Discharging => "discharging",
            Self::Charging => "charging",
            Self::Full => "full",
            Self::NotCharging => "not-charging",
        }
    }
}

/// A pad's battery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Battery {
    /// Per cent, 0 to 100, in steps of ten or so; `None` before the pad's first report.
    pub percent: Option<u8>,
    /// What it does.
    pub charge: Charge,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_pad_however_it_is_written() {
        let id = PadId::new("a4:50:46:0b:11:22");
        assert_eq!(PadId::new("A4-50-46-0B-11-22 "), id);
        assert_eq!(id.mac(), Some("a4:50:46:0b:11:22"));
        assert_eq!(PadId::new("0003:054C:05C4.0001").mac(), None);
        assert_eq!(
            PadId::new("0003:054C:05C4.0001").as_str(),
            "0003:054C:05C4.0001"
        );
    }
}
