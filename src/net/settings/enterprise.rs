//! 802.1X: PEAP, TTLS and TLS (NetworkManager's setting `802-1x`).

use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use super::{IEEE8021X, Settings, Wrong};
use crate::net::command::{Enterprise, Method};
use crate::secret::Secret;

/// `NM_SETTING_SECRET_FLAG_NOT_REQUIRED`.
const NOT_REQUIRED: u32 = 4;

/// Puts 802.1X in: what the method needs and what was typed. What another method left behind goes;
/// what a saved profile checks the network's server by stays where nothing else was typed, else
/// the password would go to anybody.
pub(super) fn put(settings: &mut Settings, enterprise: &Enterprise) -> Result<(), Wrong> {
    if enterprise.identity.is_empty() {
        return Err(Wrong::NoIdentity);
    }
    let has_method = !settings.texts(IEEE8021X, "eap").is_empty();
    if enterprise.method.is_some() || !has_method {
        put_method(settings, enterprise.method.unwrap_or_default());
    }
    settings.set(IEEE8021X, "identity", enterprise.identity.clone());
    let texts = [
        (
            "anonymous-identity",
            enterprise.anonymous_identity.as_deref(),
        ),
        ("domain-suffix-match", enterprise.domain.as_deref()),
    ];
    for (key, text) in texts {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            settings.set(IEEE8021X, key, text.to_owned());
        }
    }
    let authorities = "system-ca-certs";
    if let Some(file) = &enterprise.ca_certificate {
        settings.set(IEEE8021X, "ca-cert", file_bytes(file)?);
        settings.set(IEEE8021X, authorities, false);
    } else if enterprise.system_authorities {
        settings.remove(IEEE8021X, "ca-cert");
        settings.set(IEEE8021X, authorities, true);
    } else if settings.get(IEEE8021X, authorities).is_none() {
        settings.set(IEEE8021X, authorities, false);
    }
    if is_tls(settings) {
        return put_certificate(settings, enterprise);
    }
    for key in ["client-cert", "private-key", "private-key-password"] {
        settings.remove(IEEE8021X, key);
    }
    put_password(settings, &enterprise.password)
}

/// Puts a new password in, and leaves all else of 802.1X as it is.
pub(super) fn put_password(settings: &mut Settings, password: &Secret) -> Result<(), Wrong> {
    if password.is_empty() {
        return Err(Wrong::NoPassword);
    }
    if is_tls(settings) {
        let flags = "private-key-password-flags";
        // A secret that is not required is not saved.
        if settings.number(IEEE8021X, flags) == NOT_REQUIRED {
            settings.remove(IEEE8021X, flags);
        }
        settings.secret(IEEE8021X, "private-key-password", password);
    } else {
        settings.secret(IEEE8021X, "password", password);
    }
    Ok(())
}

fn put_method(settings: &mut Settings, method: Method) {
    let (eap, phase2) = match method {
        Method::Peap => ("peap", Some("mschapv2")),
        Method::TtlsPap => ("ttls", Some("pap")),
        Method::TtlsMschapv2 => ("ttls", Some("mschapv2")),
        Method::Tls => ("tls", None),
    };
    settings.set(IEEE8021X, "eap", vec![eap.to_owned()]);
    settings.remove(IEEE8021X, "phase2-autheap");
    match phase2 {
        Some(phase2) => settings.set(IEEE8021X, "phase2-auth", phase2.to_owned()),
        None => settings.remove(IEEE8021X, "phase2-auth"),
    }
}

fn is_tls(settings: &Settings) -> bool {
    let methods = settings.texts(IEEE8021X, "eap");
    methods.iter().any(|method| method == "tls")
}

fn put_certificate(settings: &mut Settings, enterprise: &Enterprise) -> Result<(), Wrong> {
    settings.remove(IEEE8021X, "password");
    let Some(key) = &enterprise.private_key else {
        // A saved profile has its own.
        return match settings.get(IEEE8021X, "private-key") {
            Some(_) if enterprise.certificate.is_none() => {
                put_password(settings, &enterprise.password)
            }
            _ => Err(Wrong::NoCertificate),
        };
    };
    // One PKCS #12 file holds both, and NetworkManager wants it named twice.
    let is_pkcs12 = |path: &Path| {
        let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
        ending.is_some_and(|ending| ending == "p12" || ending == "pfx")
    };
    let certificate = match &enterprise.certificate {
        Some(certificate) => certificate,
        None if is_pkcs12(key) => key,
        None => return Err(Wrong::NoCertificate),
    };
    settings.set(IEEE8021X, "client-cert", file_bytes(certificate)?);
    settings.set(IEEE8021X, "private-key", file_bytes(key)?);
    if enterprise.password.is_empty() {
        settings.set(IEEE8021X, "private-key-password-flags", NOT_REQUIRED);
        return Ok(());
    }
    put_password(settings, &enterprise.password)
}

/// A file as NetworkManager names it in `ay`: `file://`, the path's bytes as they are, and a zero.
fn file_bytes(path: &Path) -> Result<Vec<u8>, Wrong> {
    if !path.is_absolute() {
        return Err(Wrong::RelativePath(path.display().to_string()));
    }
    let mut bytes = b"file://".to_vec();
    bytes.extend_from_slice(path.as_os_str().as_bytes());
    bytes.push(0);
    Ok(bytes)
}
