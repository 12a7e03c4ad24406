//! A connection through the mobile network (NetworkManager's setting `gsm`).

use super::{CONNECTION, Settings, Wrong, profile};
use crate::net::command::NewMobile;

/// The settings of a mobile connection. Without an access point name NetworkManager finds one by
/// itself (`auto-config`), and the network chooses where it has none either.
///
/// # Errors
/// [`Wrong`] when the access point name cannot be one.
pub fn mobile(wish: &NewMobile, name: &str, owner: Option<&str>) -> Result<Settings, Wrong> {
    let mut settings = profile(name, "gsm", owner)?;
    settings.set(CONNECTION, "autoconnect", true);
    let apn = wish.apn.trim();
    if apn.is_empty() {
        settings.set("gsm", "auto-config", true);
    } else {
        check_apn(apn)?;
        settings.set("gsm", "apn", apn.to_owned());
    }
    if !wish.user.is_empty() {
        settings.set("gsm", "username", wish.user.clone());
    }
    if !wish.password.is_empty() {
        settings.secret("gsm", "password", &wish.password);
    }
    if wish.home_only {
        settings.set("gsm", "home-only", true);
    }
    settings.set("ipv4", "method", "auto");
    settings.set("ipv6", "method", "auto");
    Ok(settings)
}

/// Letters, digits, `.`, `-`, and what some operators use all the same (3GPP TS 23.003,
/// clause 9.1, allows the first three); NetworkManager takes 64 characters.
fn check_apn(apn: &str) -> Result<(), Wrong> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '*');
    if apn.len() <= 64 && apn.chars().all(allowed) {
        Ok(())
    } else {
        Err(Wrong::BadApn(crate::bar::clean(apn)))
    }
}
