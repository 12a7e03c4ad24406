//! Settings as they go over the bus.

use std::path::PathBuf;

use zbus::Variant;

use super::*;
use crate::net::Security;
use crate::net::command::{Credentials, Enterprise, Join, Method, NewMobile};

fn wish(security: Security, credentials: Credentials) -> Join {
    Join {
        ssid: Ssid::new(*b"caf\xff\x00"),
        security,
        hidden: false,
        device: None,
        access_point: None,
        credentials,
    }
}

fn password(text: &str) -> Credentials {
    Credentials::Password(Secret::new(text))
}

fn built(security: Security, credentials: Credentials) -> Settings {
    join(&wish(security, credentials), "Café", None).unwrap()
}

fn refused(security: Security, credentials: Credentials) -> Wrong {
    join(&wish(security, credentials), "Café", None).unwrap_err()
}

fn enterprise(method: Method) -> Enterprise {
    Enterprise {
        method: Some(method),
        identity: "ann@example.org".into(),
        anonymous_identity: Some("anonymous@example.org".into()),
        password: Secret::new("hunter22"),
        ca_certificate: Some(PathBuf::from("/etc/ssl/école.pem")),
        system_authorities: false,
        domain: Some("radius.example.org".into()),
        certificate: None,
        private_key: None,
    }
}

#[test]
fn an_open_network_has_its_name_in_bytes_and_no_security() {
    let settings = built(Security::Open, Credentials::None);
    let bytes: Vec<u8> = settings
        .get(WIFI, "ssid")
        .unwrap()
        .clone()
        .try_into()
        .unwrap();
    assert_eq!(bytes, b"caf\xff\x00");
    assert_eq!(settings.text(CONNECTION, "id"), Some("Café"));
    assert_eq!(settings.text(CONNECTION, "type"), Some(WIFI));
    assert!(!settings.has(WIFI_SECURITY));
    assert_eq!(settings.get(CONNECTION, "permissions"), None);
}

#[test]
fn each_protection_gets_its_key_management() {
    let key = |security, credentials| {
        let settings = built(security, credentials);
        let key = settings.text(WIFI_SECURITY, "key-mgmt").unwrap().to_owned();
        (key, settings.text(WIFI_SECURITY, "psk").map(str::to_owned))
    };
    let psk = || password("12345678");
    let secret = || Some("12345678".to_owned());
    assert_eq!(key(Security::Wpa, psk()), ("wpa-psk".into(), secret()));
    assert_eq!(
        key(Security::WpaTransition, psk()),
        ("wpa-psk".into(), secret())
    );
    assert_eq!(key(Security::Sae, psk()), ("sae".into(), secret()));
    assert_eq!(key(Security::Owe, Credentials::None), ("owe".into(), None));
    let transition = built(Security::WpaTransition, psk());
    assert_eq!(transition.get(WIFI_SECURITY, "pmf"), Some(&Variant::I32(2)));
    assert_eq!(built(Security::Wpa, psk()).get(WIFI_SECURITY, "pmf"), None);
}

#[test]
fn a_wep_key_is_put_in_the_first_slot() {
    let settings = built(Security::Wep, password("abcde"));
    assert_eq!(settings.text(WIFI_SECURITY, "key-mgmt"), Some("none"));
    assert_eq!(settings.text(WIFI_SECURITY, "wep-key0"), Some("abcde"));
    assert_eq!(refused(Security::Wep, password("abcd")), Wrong::WepKey);
    assert_eq!(
        refused(Security::Wep, password("zzzzzzzzzz")),
        Wrong::WepKey
    );
}

#[test]
fn passwords_that_cannot_be_right_are_refused_before_the_bus() {
    let wrong = |security, text: &str| refused(security, password(text)).to_string();
    assert_eq!(
        wrong(Security::Wpa, "1234567"),
        "a WPA password has at least 8 characters, and this one has 7"
    );
    assert_eq!(wrong(Security::Sae, ""), "a password is needed");
    assert_eq!(refused(Security::Wpa, Credentials::None), Wrong::NoPassword);
    assert_eq!(
        refused(Security::Wpa, password(&"z".repeat(64))),
        Wrong::LongPassword
    );
    assert_eq!(
        refused(Security::Wpa, password(&"a".repeat(65))),
        Wrong::LongPassword
    );
    built(Security::Wpa, password(&"aF".repeat(32)));
    // WPA3 has no such limits.
    built(Security::Sae, password("1"));
}

#[test]
fn a_name_that_no_network_can_have_is_refused() {
    let named = |ssid: &[u8]| {
        let wish = Join {
            ssid: Ssid::new(ssid),
            ..wish(Security::Open, Credentials::None)
        };
        join(&wish, "x", None)
    };
    assert_eq!(named(b""), Err(Wrong::NoName));
    assert_eq!(named(&[b'a'; 33]), Err(Wrong::LongName(33)));
    assert!(named(&[0xff; 32]).is_ok());
}

#[test]
fn a_hidden_network_is_called_by_name() {
    let hidden = Join {
        hidden: true,
        ..wish(Security::Open, Credentials::None)
    };
    assert!(join(&hidden, "x", None).unwrap().flag(WIFI, "hidden"));
}

#[test]
fn a_profile_of_ones_own_names_its_user() {
    let settings = join(&wish(Security::Open, Credentials::None), "x", Some("ann")).unwrap();
    assert_eq!(settings.texts(CONNECTION, "permissions"), ["user:ann:"]);
}

#[test]
fn peap_has_a_name_a_password_and_an_authority() {
    let settings = built(
        Security::Enterprise,
        Credentials::Enterprise(enterprise(Method::Peap)),
    );
    assert_eq!(settings.text(WIFI_SECURITY, "key-mgmt"), Some("wpa-eap"));
    assert_eq!(settings.texts(IEEE8021X, "eap"), ["peap"]);
    assert_eq!(settings.text(IEEE8021X, "phase2-auth"), Some("mschapv2"));
    assert_eq!(
        settings.text(IEEE8021X, "identity"),
        Some("ann@example.org")
    );
    assert_eq!(settings.text(IEEE8021X, "password"), Some("hunter22"));
    assert_eq!(
        settings.text(IEEE8021X, "domain-suffix-match"),
        Some("radius.example.org")
    );
    let file: Vec<u8> = settings
        .get(IEEE8021X, "ca-cert")
        .unwrap()
        .clone()
        .try_into()
        .unwrap();
    assert_eq!(file, "file:///etc/ssl/école.pem\0".as_bytes());
    let pap = built(
        Security::Enterprise,
        Credentials::Enterprise(enterprise(Method::TtlsPap)),
    );
    assert_eq!(pap.texts(IEEE8021X, "eap"), ["ttls"]);
    assert_eq!(pap.text(IEEE8021X, "phase2-auth"), Some("pap"));
}

#[test]
fn a_new_password_of_a_saved_company_network_keeps_the_servers_check() {
    let old = built(
        Security::Enterprise,
        Credentials::Enterprise(enterprise(Method::TtlsPap)),
    );
    let mut expected = old.clone();
    expected.set(IEEE8021X, "password", "another1");
    let mut alone = old.clone();
    put_credentials(&mut alone, Security::Enterprise, &password("another1")).unwrap();
    assert!(alone == expected);
    // Who is named anew is nothing else anew.
    let named = Enterprise {
        method: None,
        identity: "eve@example.org".into(),
        anonymous_identity: None,
        password: Secret::new("another1"),
        ca_certificate: None,
        system_authorities: false,
        domain: None,
        certificate: None,
        private_key: None,
    };
    let named = Credentials::Enterprise(named);
    let mut renamed = old;
    put_credentials(&mut renamed, Security::Enterprise, &named).unwrap();
    expected.set(IEEE8021X, "identity", "eve@example.org");
    assert!(renamed == expected);
    let new = built(Security::Enterprise, named);
    assert_eq!(new.texts(IEEE8021X, "eap"), ["peap"]);
    assert_eq!(
        refused(Security::Enterprise, password("another1")),
        Wrong::NotEnterprise
    );
}

#[test]
fn a_new_password_of_a_saved_certificate_is_its_keys() {
    let tls = Enterprise {
        password: Secret::default(),
        certificate: Some("/home/ann/ann.pem".into()),
        private_key: Some("/home/ann/ann.key".into()),
        ..enterprise(Method::Tls)
    };
    let mut settings = built(Security::Enterprise, Credentials::Enterprise(tls));
    put_credentials(&mut settings, Security::Enterprise, &password("another1")).unwrap();
    let key = settings.text(IEEE8021X, "private-key-password");
    assert_eq!(key, Some("another1"));
    assert_eq!(settings.number(IEEE8021X, "private-key-password-flags"), 0);
    assert_eq!(settings.get(IEEE8021X, "password"), None);
}

#[test]
fn tls_has_a_certificate_and_a_key_and_needs_no_password() {
    let tls = Enterprise {
        password: Secret::default(),
        certificate: Some("/home/ann/ann.pem".into()),
        private_key: Some("/home/ann/ann.key".into()),
        ..enterprise(Method::Tls)
    };
    let settings = built(Security::Enterprise, Credentials::Enterprise(tls.clone()));
    assert_eq!(settings.texts(IEEE8021X, "eap"), ["tls"]);
    assert_eq!(settings.number(IEEE8021X, "private-key-password-flags"), 4);
    assert_eq!(settings.get(IEEE8021X, "password"), None);
    assert_eq!(settings.get(IEEE8021X, "phase2-auth"), None);
    let relative = Enterprise {
        certificate: Some("ann.pem".into()),
        ..tls.clone()
    };
    assert_eq!(
        refused(Security::Enterprise, Credentials::Enterprise(relative)),
        Wrong::RelativePath("ann.pem".into())
    );
    // One PKCS #12 file is both.
    let both = Enterprise {
        certificate: None,
        private_key: Some("/home/ann/ann.P12".into()),
        ..tls
    };
    let settings = built(Security::Enterprise, Credentials::Enterprise(both));
    assert_eq!(
        settings.get(IEEE8021X, "client-cert"),
        settings.get(IEEE8021X, "private-key")
    );
}

#[test]
fn a_new_password_leaves_the_rest_of_a_profile_alone() {
    let mut settings = built(Security::Wpa, password("12345678"));
    settings.set(WIFI, "bssid", vec![1u8, 2, 3, 4, 5, 6]);
    settings.set("ipv4", "method", "manual");
    let mut changed = settings.clone();
    put_credentials(&mut changed, Security::Wpa, &password("87654321")).unwrap();
    assert_eq!(changed.text(WIFI_SECURITY, "psk"), Some("87654321"));
    changed.set(WIFI_SECURITY, "psk", "12345678");
    assert_eq!(changed, settings);
}

#[test]
fn a_hotspot_shares_its_network_under_a_password() {
    let secret = Secret::new("12345678");
    let ssid = Ssid::from("box");
    let settings = hotspot(&ssid, Some(&secret), "Hotspot", None).unwrap();
    assert_eq!(settings.text(WIFI, "mode"), Some("ap"));
    assert_eq!(settings.text("ipv4", "method"), Some("shared"));
    assert_eq!(settings.text(WIFI_SECURITY, "key-mgmt"), Some("wpa-psk"));
    assert_eq!(
        settings.get(CONNECTION, "autoconnect"),
        Some(&Variant::Bool(false))
    );
    let open = hotspot(&ssid, None, "Hotspot", None).unwrap();
    assert!(!open.has(WIFI_SECURITY));
    let short = Secret::new("short");
    assert!(hotspot(&ssid, Some(&short), "Hotspot", None).is_err());
}

#[test]
fn a_mobile_profile_without_an_access_point_name_finds_one_by_itself() {
    let mut wish = NewMobile {
        device: None,
        name: "Ex".into(),
        apn: String::new(),
        user: "u".into(),
        password: Secret::new("p"),
        home_only: true,
    };
    let settings = mobile(&wish, "Ex", None).unwrap();
    assert!(settings.flag("gsm", "auto-config"));
    assert!(settings.flag("gsm", "home-only"));
    assert_eq!(settings.text("gsm", "username"), Some("u"));
    wish.apn = " internet.example ".into();
    let settings = mobile(&wish, "Ex", None).unwrap();
    assert_eq!(settings.text("gsm", "apn"), Some("internet.example"));
    wish.apn = "a b;c".into();
    assert_eq!(
        mobile(&wish, "Ex", None),
        Err(Wrong::BadApn("a b;c".into()))
    );
}

#[test]
fn each_new_profile_has_an_identity_of_its_own() {
    let uuid = |settings: Settings| settings.uuid().unwrap().0;
    let one = uuid(built(Security::Open, Credentials::None));
    let two = uuid(built(Security::Open, Credentials::None));
    assert_ne!(one, two);
    assert_eq!(one.len(), 36);
    assert_eq!(one.chars().nth(14), Some('4'));
}

#[test]
fn no_secret_shows_in_debug_output() {
    let mut all = format!("{:?}", built(Security::Wpa, password("canary-psk-77")));
    let peap = Credentials::Enterprise(enterprise(Method::Peap));
    all.push_str(&format!("{:?}", built(Security::Enterprise, peap)));
    assert!(all.contains("psk"), "{all}");
    for secret in ["canary-psk-77", "hunter22"] {
        assert!(!all.contains(secret), "{all}");
    }
}
