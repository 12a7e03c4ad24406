//! A saved network as a QR code.

use super::refusal::Doing;
use super::{Done, get_secrets, get_settings, profile_of};
use crate::bus::Bus;
use crate::net::qr;
use crate::net::security::Security;
use crate::net::settings::WIFI_SECURITY;
use crate::net::snapshot::{About, Failure, Share, Snapshot, Uuid};
use crate::secret::Secret;

/// Reads the profile's secret, and writes what a phone's camera understands.
pub(super) async fn share(bus: &Bus, snapshot: &Snapshot, uuid: &Uuid) -> Result<Done, Failure> {
    let profile = profile_of(snapshot, uuid)?;
    let doing = Doing::new(
        About::Profile(uuid.clone()),
        format!("Cannot share '{}'", crate::bar::clean(&profile.name)),
        super::join::permission_to_change(snapshot),
    );
    let settings = get_settings(bus, &profile.id).await;
    let settings = settings.map_err(|error| doing.refused(&error))?;
    let Some(ssid) = settings.ssid() else {
        return Err(doing.because("only a Wi-Fi network can be shared"));
    };
    let security = Security::from_key_mgmt(settings.text(WIFI_SECURITY, "key-mgmt"));
    if security == Security::Enterprise {
        return Err(doing
            .because("everybody needs a user name of their own for it, so it is not for sharing"));
    }
    let mut password = None;
    if security.wants_password() {
        let secrets = get_secrets(bus, &profile.id, WIFI_SECURITY).await;
        let secrets = secrets.map_err(|error| doing.refused(&error))?;
        let slot = settings.number(WIFI_SECURITY, "wep-tx-keyidx").min(3);
        let key = match security {
            Security::Wep => format!("wep-key{slot}"),
            _ => "psk".to_owned(),
        };
        let Some(text) = secrets.text(WIFI_SECURITY, &key) else {
            return Err(doing.because("its password is not saved; connect to it first"));
        };
        password = Some(Secret::new(text));
    }
    let network = qr::Network {
        ssid,
        security,
        password: password.clone(),
        hidden: settings.flag(crate::net::settings::WIFI, "hidden"),
    };
    Ok(Done::Share(Share {
        profile: uuid.clone(),
        code: qr::text(&network),
        password,
    }))
}
