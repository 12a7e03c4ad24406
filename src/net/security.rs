//! How a network is protected: from an access point's flags to a word, and to the setting that
//! connects to it.

/// A network's protection. The order is from weak to strong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Security {
    /// None at all: everybody can read along.
    #[default]
    Open,
    /// WEP, which keeps nobody out.
    Wep,
    /// Encrypted without a password (OWE, "Enhanced Open").
    Owe,
    /// WPA or WPA2 with a password.
    Wpa,
    /// WPA2 and WPA3 with the same password, for old and new devices (transition mode).
    WpaTransition,
    /// WPA3 with a password (SAE).
    Sae,
    /// A name and a password, or a certificate (802.1X, WPA-Enterprise).
    Enterprise,
}

/// `NM80211ApFlags.PRIVACY`.
const PRIVACY: u32 = 0x1;
/// `NM80211ApSecurityFlags`.
const PSK: u32 = 0x100;
const IEEE8021X: u32 = 0x200;
const SAE: u32 = 0x400;
const OWE: u32 = 0x800;
const OWE_TM: u32 = 0x1000;
const SUITE_B_192: u32 = 0x2000;

impl Security {
    /// From an access point's `Flags`, `WpaFlags` and `RsnFlags`.
    #[must_use]
    pub fn from_flags(flags: u32, wpa: u32, rsn: u32) -> Self {
        let any = wpa | rsn;
        let has = |flag| any & flag != 0;
        if has(IEEE8021X | SUITE_B_192) {
            Self::Enterprise
        } else if has(SAE) && has(PSK) {
            Self::WpaTransition
        } else if has(SAE) {
            Self::Sae
        } else if has(PSK) {
            Self::Wpa
        } else if has(OWE) {
            Self::Owe
        } else if has(OWE_TM) {
            // The open half of a pair; NetworkManager takes the other half.
            Self::Open
        } else if flags & PRIVACY != 0 && any == 0 {
            Self::Wep
        } else {
            Self::Open
        }
    }

    /// From a profile's `802-11-wireless-security.key-mgmt`; `None` where it has no such setting.
    #[must_use]
    pub fn from_key_mgmt(key_mgmt: Option<&str>) -> Self {
        match key_mgmt {
            None => Self::Open,
            Some("none" | "ieee8021x") => Self::Wep,
            Some("owe") => Self::Owe,
            Some("sae") => Self::Sae,
            Some("wpa-eap" | "wpa-eap-suite-b-192") => Self::Enterprise,
            Some(_) => Self::Wpa,
        }
    }

    /// The word for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Wep => "WEP (insecure)",
            Self::Owe => "enhanced open",
            Self::Wpa => "WPA2",
            Self::WpaTransition => "WPA2/WPA3",
            Self::Sae => "WPA3",
            Self::Enterprise => "enterprise",
        }
    }

    /// Whether one password opens it.
    #[must_use]
    pub fn wants_password(self) -> bool {
        matches!(
            self,
            Self::Wep | Self::Wpa | Self::WpaTransition | Self::Sae
        )
    }

    /// Whether everybody in reach may connect, without any secret.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Owe)
    }

    /// Networks of one name are one network where a profile for one opens the other: a password
    /// network stays itself when its router learns WPA3.
    #[must_use]
    pub fn family(self) -> Family {
        match self {
            Self::Open | Self::Owe => Family::Open,
            Self::Wep => Family::Wep,
            Self::Wpa | Self::WpaTransition | Self::Sae => Family::Password,
            Self::Enterprise => Family::Enterprise,
        }
    }
}

/// What is needed to get in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Nothing.
    Open,
    /// A WEP key.
    Wep,
    /// A password.
    Password,
    /// A name and a password, or a certificate.
    Enterprise,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_of_real_access_points_are_told_apart() {
        assert_eq!(Security::from_flags(0, 0, 0), Security::Open);
        assert_eq!(Security::from_flags(1, 0, 0), Security::Wep);
        assert_eq!(Security::from_flags(1, 0, 0x188), Security::Wpa);
        assert_eq!(Security::from_flags(1, 0x144, 0x188), Security::Wpa);
        assert_eq!(Security::from_flags(1, 0, 0x488), Security::Sae);
        assert_eq!(Security::from_flags(1, 0, 0x588), Security::WpaTransition);
        assert_eq!(Security::from_flags(1, 0, 0x288), Security::Enterprise);
        assert_eq!(Security::from_flags(1, 0, 0x888), Security::Owe);
        assert_eq!(Security::from_flags(0, 0, 0x1000), Security::Open);
    }
}
