//! The radios' switches, as NetworkManager tells them.

use crate::net::snapshot::{Device, DeviceKind, Radio, Radios};
use crate::net::tree::Properties;

/// `NM_RADIO_FLAG_WLAN_AVAILABLE` and `NM_RADIO_FLAG_WWAN_AVAILABLE`.
const WLAN: u32 = 0x1;
const WWAN: u32 = 0x2;

pub(super) fn all(manager: &Properties, devices: &[Device]) -> Radios {
    // Before 1.38 it did not tell.
    let flags: Option<u32> = manager.number("RadioFlags");
    let radio = |flag, kind, enabled, hardware| Radio {
        present: flags.is_some_and(|flags| flags & flag != 0)
            || devices.iter().any(|device| device.kind == kind),
        enabled: manager.flag(enabled).unwrap_or(false),
        hardware_enabled: manager.flag(hardware).unwrap_or(false),
    };
    Radios {
        wifi: radio(
            WLAN,
            DeviceKind::Wifi,
            "WirelessEnabled",
            "WirelessHardwareEnabled",
        ),
        wwan: radio(
            WWAN,
            DeviceKind::Modem,
            "WwanEnabled",
            "WwanHardwareEnabled",
        ),
        // The kernel tells: see `rfkill`.
        bluetooth: None,
    }
}
