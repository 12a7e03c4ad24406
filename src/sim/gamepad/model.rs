//! Which controller, and how it is connected.

use super::descriptor;

/// The controllers that Linux' drivers know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Model {
    /// DualShock 4, first generation (CUH-ZCT1)
    #[value(name = "ds4")]
    DualShock4,
    /// DualShock 4, second generation (CUH-ZCT2)
    #[value(name = "ds4-v2")]
    DualShock4V2,
    /// Sony's USB wireless adaptor with a DualShock 4 behind it
    Dongle,
    /// `DualSense`
    #[value(name = "dualsense")]
    DualSense,
    /// `DualSense` Edge
    #[value(name = "edge")]
    Edge,
}

/// The way of its reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Transport {
    /// A cable
    Usb,
    /// Bluetooth: longer reports, each with a check sum
    Bluetooth,
}

impl Model {
    /// USB product id; the vendor is 054c.
    #[must_use]
    pub fn product(self) -> u16 {
        match self {
            Self::DualShock4 => 0x05c4,
            Self::DualShock4V2 => 0x09cc,
            Self::Dongle => 0x0ba0,
            Self::DualSense => 0x0ce6,
            Self::Edge => 0x0df2,
        }
    }

    /// Whether it is of the `PlayStation` 5's kind.
    #[must_use]
    pub fn is_dualsense(self) -> bool {
        matches!(self, Self::DualSense | Self::Edge)
    }

    /// Width and height of the touchpad, in its own units; a coordinate is less.
    #[must_use]
    pub fn touchpad(self) -> [u16; 2] {
        [1920, if self.is_dualsense() { 1080 } else { 942 }]
    }
}

/// One controller of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// What it is.
    pub model: Model,
    /// How it is connected. The wireless adaptor is a USB device whatever stands here.
    pub transport: Transport,
    /// Its Bluetooth address, first byte first.
    pub mac: [u8; 6],
}

impl Identity {
    /// One with the address of the so manyth controller.
    #[must_use]
    pub fn new(model: Model, transport: Transport, number: u8) -> Self {
        Self {
            model,
            transport,
            // Locally administered: no real controller has it.
            mac: [0x02, 0xba, 0x55, 0x00, 0x00, number],
        }
    }

    /// Whether its reports are those of Bluetooth.
    #[must_use]
    pub fn by_bluetooth(&self) -> bool {
        self.transport == Transport::Bluetooth && self.model != Model::Dongle
    }

    /// The address in the kernel's spelling, as in `uniq`.
    #[must_use]
    pub fn mac(&self) -> String {
        mac_text(self.mac)
    }

    /// What the device calls itself.
    pub(super) fn name(&self) -> &'static str {
        match (self.model, self.by_bluetooth()) {
            (Model::Dongle, _) => "Sony Interactive Entertainment DUALSHOCK®4 USB Wireless Adaptor",
            (Model::DualShock4, false) => "Sony Computer Entertainment Wireless Controller",
            (Model::DualShock4V2, false) => "Sony Interactive Entertainment Wireless Controller",
            (Model::DualSense, false) => {
                "Sony Interactive Entertainment DualSense Wireless Controller"
            }
            (Model::Edge, false) => {
                "Sony Interactive Entertainment DualSense Edge Wireless Controller"
            }
            (Model::DualShock4 | Model::DualShock4V2, true) => "Wireless Controller",
            (Model::DualSense, true) => "DualSense Wireless Controller",
            (Model::Edge, true) => "DualSense Edge Wireless Controller",
        }
    }

    pub(super) fn descriptor(&self) -> &'static [u8] {
        match (self.model.is_dualsense(), self.by_bluetooth()) {
            (false, false) => descriptor::DUALSHOCK4_USB,
            (false, true) => descriptor::DUALSHOCK4_BLUETOOTH,
            (true, false) => descriptor::DUALSENSE_USB,
            (true, true) => descriptor::DUALSENSE_BLUETOOTH,
        }
    }
}

/// `02:ba:55:00:00:01`.
#[must_use]
pub fn mac_text(mac: [u8; 6]) -> String {
    mac.map(|byte| format!("{byte:02x}")).join(":")
}
