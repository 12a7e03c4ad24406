//! Why a connection failed or a device is down: NetworkManager's numbers, as causes and words.
//!
//! The tables are total, and follow `NMDeviceStateReason`, `NMActiveConnectionStateReason` (which
//! is a VPN's as well) and `NMDeviceState` of NetworkManager's own `nm-dbus-interface.h`.

use super::attempt::Why;
use super::snapshot::DeviceState;
use crate::say;

/// `NMDeviceStateReason`: there were no secrets, and nobody gave some.
pub const NO_SECRETS: u32 = 7;
/// The supplicant was thrown out: in Wi-Fi's four-way handshake that is a wrong password.
pub const SUPPLICANT_DISCONNECT: u32 = 8;
/// The supplicant took too long.
pub const SUPPLICANT_TIMEOUT: u32 = 11;
/// The network was not found.
pub const SSID_NOT_FOUND: u32 = 53;
/// Another connection was started on the device.
pub const NEW_ACTIVATION: u32 = 60;

/// `NMActiveConnectionStateReason`: the device went down; its own reason says why.
pub const DEVICE_DISCONNECTED: u32 = 3;

/// From a device's state as a number (`NMDeviceState`).
#[must_use]
pub fn device_state(number: u32) -> DeviceState {
    match number {
        10 => DeviceState::Unmanaged,
        20 => DeviceState::Unavailable,
        30 => DeviceState::Disconnected,
        40 => DeviceState::Prepare,
        50 => DeviceState::Config,
        60 => DeviceState::NeedAuth,
        70 => DeviceState::IpConfig,
        80 => DeviceState::IpCheck,
        90 => DeviceState::Secondaries,
        100 => DeviceState::Activated,
        110 => DeviceState::Deactivating,
        120 => DeviceState::Failed,
        _ => DeviceState::Unknown,
    }
}

/// What a device's reason (`NMDeviceStateReason`) means for a person.
#[must_use]
pub fn why(reason: u32) -> Why {
    match reason {
        NO_SECRETS => Why::PasswordWanted,
        SUPPLICANT_DISCONNECT..=SUPPLICANT_TIMEOUT => Why::NoAnswer,
        5 | 6 | 15..=17 | 20..=22 | 64 => Why::NoAddress,
        29 => Why::WrongApn,
        23..=28 | 30..=33 | 57 => Why::NoMobileNetwork,
        34 | 59 => Why::WrongPin,
        45 | 48 => Why::NoSim,
        46 => Why::SimPin,
        47 => Why::SimPuk,
        SSID_NOT_FOUND => Why::OutOfRange,
        37..=39 | NEW_ACTIVATION | 72 | 73 | 75 | 78 => Why::Stopped,
        _ => Why::Other,
    }
}

/// A device's reason in words, to stand after "because" or a colon; empty where it says nothing.
#[must_use]
pub fn words(reason: u32) -> String {
    match reason {
        0 | 1 | 2 | 41 | 42 | 58 => String::new(),
        3 | 69 | 74..=77 => say!("net-cause-unmanaged"),
        4 => say!("net-cause-not-set-up"),
        5 => say!("net-cause-no-address"),
        6 => say!("net-cause-address-ran-out"),
        NO_SECRETS => say!("net-cause-no-password"),
        SUPPLICANT_DISCONNECT => say!("net-cause-sign-in-ended"),
        9 => say!("net-cause-settings-do-not-fit"),
        10 => say!("net-cause-sign-in-failed"),
        SUPPLICANT_TIMEOUT => say!("net-cause-sign-in-too-long"),
        12 => say!("net-cause-ppp-start"),
        13 => say!("net-cause-call-ended"),
        14 => say!("net-cause-ppp-failed"),
        15 => say!("net-cause-dhcp-start"),
        16 | 17 => say!("net-cause-no-dhcp-answer"),
        18 => say!("net-cause-sharing-start"),
        19 => say!("net-cause-sharing-failed"),
        20..=22 => say!("net-cause-no-own-address"),
        23 => say!("net-cause-line-busy"),
        24 => say!("net-cause-no-dial-tone"),
        25 => say!("net-cause-no-carrier"),
        26 => say!("net-cause-dialling-too-long"),
        27 => say!("net-cause-dialling-failed"),
        28 => say!("net-cause-modem-start"),
        29 => say!("net-cause-unknown-apn"),
        30 => say!("net-cause-not-searching"),
        31 => say!("net-cause-sim-refused"),
        32 => say!("net-cause-no-mobile-network"),
        33 => say!("net-cause-not-let-in"),
        34 => say!("net-cause-pin-not-checked"),
        35 => say!("net-cause-no-firmware"),
        36 => say!("net-cause-unplugged"),
        37 | 73 => say!("net-cause-sleep"),
        38 => say!("net-cause-profile-deleted"),
        39 => say!("net-cause-stopped"),
        40 => say!("net-cause-cable-out"),
        43 => say!("net-cause-modem-gone"),
        44 => say!("net-cause-phone-silent"),
        45 => say!("net-cause-no-sim"),
        46 => say!("net-cause-sim-pin"),
        47 => say!("net-cause-sim-puk"),
        48 => say!("net-cause-wrong-sim"),
        49 => say!("net-cause-no-connected-mode"),
        50 | 54 => say!("net-cause-needed-failed"),
        51 => say!("net-cause-adsl"),
        52 => say!("net-cause-modem-manager"),
        SSID_NOT_FOUND => say!("net-cause-not-found"),
        55 => say!("net-cause-dcb"),
        56 => say!("net-cause-teamd"),
        57 => say!("net-cause-modem-failed"),
        59 => say!("net-cause-wrong-pin"),
        NEW_ACTIVATION => say!("net-cause-other-connection"),
        61 | 62 => say!("net-cause-device-below"),
        63 => say!("net-cause-open-vswitch"),
        64 => say!("net-cause-same-address"),
        65 => say!("net-cause-no-such-address"),
        66 => say!("net-cause-sr-iov"),
        67 => say!("net-cause-other-device"),
        68 => say!("net-cause-helper-failed"),
        70 | 71 => say!("net-cause-device-taken"),
        72 => say!("net-cause-manager-stopped"),
        78 => say!("net-cause-networking-off"),
        _ => say!("net-cause-unknown"),
    }
}

/// What an active connection's or a VPN's reason (`NMActiveConnectionStateReason`) means.
#[must_use]
pub fn active_why(reason: u32) -> Why {
    match reason {
        2 | 11 => Why::Stopped,
        5 => Why::NoAddress,
        6 | 7 => Why::NoAnswer,
        9 => Why::PasswordWanted,
        10 => Why::WrongPassword,
        _ => Why::Other,
    }
}

/// An active connection's or a VPN's reason in words; empty where it says nothing.
#[must_use]
pub fn active_words(reason: u32) -> String {
    match reason {
        0 | 1 => String::new(),
        2 => say!("net-cause-stopped"),
        DEVICE_DISCONNECTED => say!("net-cause-link-down"),
        4 => say!("net-cause-vpn-ended"),
        5 => say!("net-cause-server-no-address"),
        6 => say!("net-cause-server-silent"),
        7 => say!("net-cause-vpn-too-long"),
        8 => say!("net-cause-vpn-start"),
        9 => say!("net-cause-no-password"),
        10 => say!("net-cause-server-refused"),
        11 => say!("net-cause-profile-deleted"),
        12 => say!("net-cause-needed-failed"),
        13 => say!("net-cause-interface"),
        14 => say!("net-cause-device-gone"),
        _ => say!("net-cause-unknown"),
    }
}

/// What to do about a cause; it ends the sentence.
#[must_use]
pub fn remedy(why: Why) -> String {
    match why {
        Why::WrongPassword | Why::ProbablyWrongPassword => say!("net-remedy-type-again"),
        Why::PasswordWanted => say!("net-remedy-connect-and-type"),
        Why::OutOfRange => say!("net-remedy-closer"),
        Why::NoAnswer => say!("net-remedy-again-or-closer"),
        Why::NoAddress => say!("net-remedy-router"),
        Why::SimPin => say!("net-remedy-pin"),
        Why::SimPuk => say!("net-remedy-puk"),
        Why::WrongPin => say!("net-remedy-right-pin"),
        Why::NoSim => say!("net-remedy-sim"),
        Why::NoMobileNetwork => say!("net-remedy-coverage"),
        Why::WrongApn => say!("net-remedy-apn"),
        Why::Forbidden => say!("net-remedy-administrator"),
        Why::Stopped | Why::Other => say!("net-remedy-again"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_that_other_bindings_have_wrong_are_right_here() {
        assert_eq!(words(11), "the sign-in took too long");
        assert_eq!(why(53), Why::OutOfRange);
        assert_eq!(why(59), Why::WrongPin);
        assert_eq!(why(46), Why::SimPin);
        assert_eq!(why(47), Why::SimPuk);
        assert_eq!(why(5), Why::NoAddress);
        for reason in 15..=17 {
            assert_eq!(why(reason), Why::NoAddress);
        }
    }

    #[test]
    fn every_number_has_words_that_fit_into_a_sentence() {
        for reason in (0..200).chain([u32::MAX]) {
            for words in [words(reason), active_words(reason)] {
                assert!(!words.ends_with(['.', ' ']), "{reason}: {words}");
                assert!(words.is_ascii(), "{reason}: {words}");
            }
            let _ = (why(reason), active_why(reason), device_state(reason));
        }
    }
}
