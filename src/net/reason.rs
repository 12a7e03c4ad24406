//! Why a connection failed or a device is down: NetworkManager's numbers, as causes and words.
//!
//! The tables are total, and follow `NMDeviceStateReason`, `NMActiveConnectionStateReason` (which
//! is a VPN's as well) and `NMDeviceState` of NetworkManager's own `nm-dbus-interface.h`.

use super::attempt::Why;
use super::snapshot::DeviceState;

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

/// A device's reason in words, to stand after "because" or in brackets; empty where it says
/// nothing.
#[must_use]
pub fn words(reason: u32) -> &'static str {
    match reason {
        0 | 1 | 2 | 41 | 42 | 58 => "",
        3 | 69 | 74..=77 => "NetworkManager leaves this device alone",
        4 => "the device could not be set up",
        5 => "no address from the network",
        6 => "the address has run out",
        NO_SECRETS => "no password was given",
        SUPPLICANT_DISCONNECT => "the network ended the sign-in",
        9 => "the security settings do not fit the network",
        10 => "the sign-in failed",
        SUPPLICANT_TIMEOUT => "the sign-in took too long",
        12 => "PPP could not start; install the package ppp",
        13 => "the network ended the call",
        14 => "PPP failed",
        15 => "DHCP could not start",
        16 | 17 => "no answer from the DHCP server",
        18 => "sharing could not start; install dnsmasq",
        19 => "sharing failed; install dnsmasq",
        20..=22 => "no address of its own could be found",
        23 => "the line is busy",
        24 => "there is no dial tone",
        25 => "there is no carrier",
        26 => "dialling took too long",
        27 => "dialling failed",
        28 => "the modem could not be started",
        29 => "the network does not know the access point name (APN)",
        30 => "the modem does not look for a network",
        31 => "the mobile network refuses this SIM",
        32 => "no mobile network was found in time",
        33 => "no mobile network lets this SIM in",
        34 => "the SIM's PIN could not be checked",
        35 => "its firmware is missing",
        36 => "the device was unplugged",
        37 | 73 => "the machine went to sleep",
        38 => "the profile was deleted",
        39 => "it was stopped",
        40 => "the cable is out",
        43 => "the modem is gone",
        44 => "the phone did not answer by Bluetooth",
        45 => "there is no SIM",
        46 => "the SIM wants its PIN",
        47 => "the SIM wants its PUK",
        48 => "this is the wrong SIM",
        49 => "the device cannot do connected mode",
        50 | 54 => "a connection that it needs failed",
        51 => "the ADSL bridge failed",
        52 => "ModemManager is not running",
        SSID_NOT_FOUND => "the network was not found",
        55 => "DCB or FCoE could not be set up",
        56 => "teamd failed",
        57 => "the modem failed",
        59 => "the SIM's PIN was wrong",
        NEW_ACTIVATION => "another connection took its place",
        61 | 62 => "the device below it changed",
        63 => "Open vSwitch failed",
        64 => "another machine has the same address",
        65 => "the device cannot get an address in this way",
        66 => "SR-IOV could not be set up",
        67 => "the other device was not found",
        68 => "its helper program failed",
        70 | 71 => "another program has the device",
        72 => "NetworkManager was stopped",
        78 => "networking is switched off",
        _ => "of a reason that is not known here",
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
pub fn active_words(reason: u32) -> &'static str {
    match reason {
        0 | 1 => "",
        2 => "it was stopped",
        DEVICE_DISCONNECTED => "the link below it went down",
        4 => "the VPN's program ended",
        5 => "the server gave no usable address",
        6 => "the server did not answer in time",
        7 => "the VPN's program did not start in time",
        8 => "the VPN's program could not start",
        9 => "no password was given",
        10 => "the server did not accept the user name or the password",
        11 => "the profile was deleted",
        12 => "a connection that it needs failed",
        13 => "its interface could not be made",
        14 => "its device is gone",
        _ => "of a reason that is not known here",
    }
}

/// What to do about a cause; it ends the sentence.
#[must_use]
pub fn remedy(why: Why) -> &'static str {
    match why {
        Why::WrongPassword | Why::ProbablyWrongPassword => "type it again",
        Why::PasswordWanted => "connect again and type it",
        Why::OutOfRange => "move closer and try again",
        Why::NoAnswer => "try again, or move closer",
        Why::NoAddress => "try again, or restart the router",
        Why::SimPin => "enter the PIN",
        Why::SimPuk => "enter the PUK and a new PIN",
        Why::WrongPin => "enter the right PIN",
        Why::NoSim => "put the SIM in and try again",
        Why::NoMobileNetwork => "check the coverage and the contract, and try again",
        Why::WrongApn => "ask your operator for it, and set it",
        Why::Forbidden => "ask an administrator",
        Why::Stopped | Why::Other => "try again",
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
