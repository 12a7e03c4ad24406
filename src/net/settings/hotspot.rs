//! An access point of this machine's own: mode `ap`, addresses handed out, traffic shared.

use super::wifi::{check_passphrase, put_name};
use super::{CONNECTION, Settings, WIFI, WIFI_SECURITY, Wrong, profile};
use crate::net::ssid::Ssid;
use crate::secret::Secret;

/// `NMSettingWirelessSecurityPmf`: off. Several drivers cannot be an access point with it.
const PMF_OFF: i32 = 1;

/// The 2.4 GHz channel, one of the three that do not overlap and are allowed everywhere.
const CHANNEL: u32 = 6;

/// The settings of a hotspot; open without a password.
///
/// # Errors
/// [`Wrong`] when the name or the password cannot work.
pub fn hotspot(
    ssid: &Ssid,
    password: Option<&Secret>,
    name: &str,
    owner: Option<&str>,
) -> Result<Settings, Wrong> {
    let mut settings = profile(name, WIFI, owner)?;
    put_name(&mut settings, ssid)?;
    settings.set(WIFI, "mode", "ap");
    // Left to itself NetworkManager takes any channel of the band, also 12 and 13, where most
    // machines may not begin to send: "the sign-in took too long".
    settings.set(WIFI, "band", "bg");
    settings.set(WIFI, "channel", CHANNEL);
    settings.set(CONNECTION, "autoconnect", false);
    settings.set("ipv4", "method", "shared");
    settings.set("ipv6", "method", "ignore");
    if let Some(password) = password.filter(|password| !password.is_empty()) {
        check_passphrase(password)?;
        settings.set(WIFI_SECURITY, "key-mgmt", "wpa-psk");
        // WPA2 with AES alone: what old and new guests can all do.
        settings.set(WIFI_SECURITY, "proto", vec!["rsn".to_owned()]);
        settings.set(WIFI_SECURITY, "pairwise", vec!["ccmp".to_owned()]);
        settings.set(WIFI_SECURITY, "group", vec!["ccmp".to_owned()]);
        settings.set(WIFI_SECURITY, "pmf", PMF_OFF);
        settings.secret(WIFI_SECURITY, "psk", password);
    }
    Ok(settings)
}
