//! Names: of profiles, so that no two look the same, of secrets for people, and of this user.

use std::collections::HashSet;

use crate::bar::clean;

/// A profile's name that no other has: `Café`, `Café 2`, … . What cannot be seen is left out;
/// `otherwise` is taken where nothing remains.
#[must_use]
pub fn unique<'a>(wanted: &str, otherwise: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let cleaned = clean(wanted);
    let base = match cleaned.trim() {
        "" => otherwise,
        name => name,
    };
    let taken: HashSet<&str> = taken.collect();
    if !taken.contains(base) {
        return base.to_owned();
    }
    (2u32..)
        .map(|number| format!("{base} {number}"))
        .find(|name| !taken.contains(name.as_str()))
        .unwrap_or_else(|| base.to_owned())
}

/// A secret's key as people call it; a VPN's own keys stay what they are, spelled out.
#[must_use]
pub fn label(key: &str) -> String {
    let known = match key {
        "psk" | "password" | "leap-password" => "Password",
        "identity" | "username" | "user" => "User name",
        "wep-key0" | "wep-key1" | "wep-key2" | "wep-key3" => "WEP key",
        "private-key-password" | "cert-pass" | "certpass" => "Password of the private key",
        "phase2-private-key-password" => "Password of the inner private key",
        "private-key" => "Private key",
        "pin" => "PIN",
        "Xauth password" => "Password",
        "IPSec secret" => "Group password",
        "http-proxy-password" | "proxy-password" | "proxy_password" => "Password of the proxy",
        "preshared-key" | "mka-cak" => "Shared key",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    if key.starts_with("peers.") && key.ends_with(".preshared-key") {
        return "Shared key".to_owned();
    }
    let spelled = clean(&key.replace(['-', '_'], " "));
    let mut letters = spelled.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Secret".to_owned(),
    }
}

/// The name of the user that runs this process: from `/etc/passwd`, else (LDAP and the like)
/// from the environment, else none.
#[must_use]
pub fn user() -> Option<String> {
    let uid = rustix::process::getuid().as_raw();
    let file = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let from_environment = || {
        ["USER", "LOGNAME"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|name| !name.is_empty())
    };
    user_in(&file, uid).or_else(from_environment)
}

fn user_in(passwd: &str, uid: u32) -> Option<String> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let number = fields.nth(1)?;
        (number.parse() == Ok(uid)).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_profile_of_a_name_gets_a_number() {
        let taken = ["Café", "Café 2", "x"];
        let name = |wanted| unique(wanted, "Wi-Fi", taken.into_iter());
        assert_eq!(name("Café"), "Café 3");
        assert_eq!(name("Other"), "Other");
        assert_eq!(name("\u{202e}\x1b"), "Wi-Fi");
    }

    #[test]
    fn a_secret_is_called_what_people_call_it() {
        assert_eq!(label("psk"), "Password");
        assert_eq!(label("challenge_response-x"), "Challenge response x");
        assert_eq!(label("peers.AbC=.preshared-key"), "Shared key");
        assert_eq!(label("\x07"), "Secret");
    }

    #[test]
    fn the_user_is_found_by_number() {
        let passwd = "root:x:0:0:root:/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/zsh\n";
        assert_eq!(user_in(passwd, 1000).as_deref(), Some("ann"));
        assert_eq!(user_in(passwd, 7), None);
    }
}
