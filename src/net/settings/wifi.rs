//! Wi-Fi: open, OWE, WEP, WPA2 and WPA3 personal; 802.1X is next door.

use super::{IEEE8021X, Settings, WIFI, WIFI_SECURITY, Wrong, enterprise, profile};
use crate::net::command::{Credentials, Join};
use crate::net::security::Security;
use crate::net::ssid::Ssid;
use crate::secret::Secret;

/// `NMSettingWirelessSecurityPmf`: use protected management frames where the access point has
/// them, which is how a WPA2/WPA3 network lets both kinds in.
const PMF_OPTIONAL: i32 = 2;

/// The settings of a network that is joined for the first time. `name` is the profile's, `owner`
/// the user whose alone it is to be.
///
/// # Errors
/// [`Wrong`] when the name or what was typed cannot work.
pub fn join(join: &Join, name: &str, owner: Option<&str>) -> Result<Settings, Wrong> {
    let mut settings = profile(name, WIFI, owner)?;
    put_name(&mut settings, &join.ssid)?;
    settings.set(WIFI, "mode", "infrastructure");
    if join.hidden {
        settings.set(WIFI, "hidden", true);
    }
    put_credentials(&mut settings, join.security, &join.credentials)?;
    Ok(settings)
}

/// Puts the network's name in.
pub(super) fn put_name(settings: &mut Settings, ssid: &Ssid) -> Result<(), Wrong> {
    if ssid.is_hidden() {
        return Err(Wrong::NoName);
    }
    let bytes = ssid.bytes();
    if bytes.len() > 32 {
        return Err(Wrong::LongName(bytes.len()));
    }
    settings.set(WIFI, "ssid", bytes.to_vec());
    Ok(())
}

/// Puts protection and secrets into new settings or into those of a saved profile, which keep
/// all else they have.
///
/// # Errors
/// [`Wrong`] when what was typed cannot work with this protection.
pub fn put_credentials(
    settings: &mut Settings,
    security: Security,
    credentials: &Credentials,
) -> Result<(), Wrong> {
    match (security, credentials) {
        (Security::Open, _) => Ok(()),
        (Security::Owe, _) => {
            settings.set(WIFI_SECURITY, "key-mgmt", "owe");
            Ok(())
        }
        (Security::Enterprise, Credentials::Enterprise(enterprise)) => {
            if settings.text(WIFI_SECURITY, "key-mgmt") != Some("wpa-eap-suite-b-192") {
                settings.set(WIFI_SECURITY, "key-mgmt", "wpa-eap");
            }
            enterprise::put(settings, enterprise)
        }
        (Security::Enterprise, Credentials::Password(password)) if settings.has(IEEE8021X) => {
            enterprise::put_password(settings, password)
        }
        (Security::Enterprise, _) => Err(Wrong::NotEnterprise),
        (_, Credentials::None | Credentials::Enterprise(_)) => Err(Wrong::NoPassword),
        (Security::Wep, Credentials::Password(key)) => put_wep(settings, key),
        (Security::Wpa | Security::WpaTransition, Credentials::Password(password)) => {
            check_passphrase(password)?;
            settings.set(WIFI_SECURITY, "key-mgmt", "wpa-psk");
            if security == Security::WpaTransition {
                settings.set(WIFI_SECURITY, "pmf", PMF_OPTIONAL);
            }
            settings.secret(WIFI_SECURITY, "psk", password);
            Ok(())
        }
        (Security::Sae, Credentials::Password(password)) => {
            if password.is_empty() {
                return Err(Wrong::NoPassword);
            }
            settings.set(WIFI_SECURITY, "key-mgmt", "sae");
            settings.secret(WIFI_SECURITY, "psk", password);
            Ok(())
        }
    }
}

/// A WPA passphrase is 8..=63 characters, or the key itself in 64 hexadecimal digits
/// (IEEE 802.11, annex J.4).
pub(super) fn check_passphrase(password: &Secret) -> Result<(), Wrong> {
    let text = password.reveal();
    match text.len() {
        0 => Err(Wrong::NoPassword),
        1..8 => Err(Wrong::ShortPassword(text.chars().count())),
        8..64 => Ok(()),
        64 if text.bytes().all(|byte| byte.is_ascii_hexdigit()) => Ok(()),
        _ => Err(Wrong::LongPassword),
    }
}

/// One static key in slot 0 (`wep-key-type` 1: the key, not a phrase that it is made of).
fn put_wep(settings: &mut Settings, key: &Secret) -> Result<(), Wrong> {
    let text = key.reveal();
    let fits = match text.len() {
        0 => return Err(Wrong::NoPassword),
        5 | 13 => text.is_ascii(),
        10 | 26 => text.bytes().all(|byte| byte.is_ascii_hexdigit()),
        _ => false,
    };
    if !fits {
        return Err(Wrong::WepKey);
    }
    settings.set(WIFI_SECURITY, "key-mgmt", "none");
    settings.set(WIFI_SECURITY, "auth-alg", "open");
    settings.set(WIFI_SECURITY, "wep-key-type", 1u32);
    settings.set(WIFI_SECURITY, "wep-tx-keyidx", 0u32);
    settings.secret(WIFI_SECURITY, "wep-key0", key);
    Ok(())
}
