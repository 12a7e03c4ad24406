//! The text of a Wi-Fi QR code: `WIFI:T:WPA;S:name;P:password;H:true;;`, as phones write and
//! read it (the format of the ZXing project, which Android and iOS took over).
//!
//! Drawing it is the view's.

use super::security::Security;
use super::ssid::Ssid;
use crate::secret::Secret;

/// What a Wi-Fi QR code says.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// The name.
    pub ssid: Ssid,
    /// How it is protected.
    pub security: Security,
    /// The password, where it has one.
    pub password: Option<Secret>,
    /// Whether it does not tell its name.
    pub hidden: bool,
}

/// Why a text is no Wi-Fi QR code that we can join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QrError {
    /// It is about something else.
    #[error("this is not a Wi-Fi code")]
    NotWifi,
    /// There is no name in it.
    #[error("the code has no network's name")]
    NoName,
    /// A protection that nobody knows.
    #[error("the code names a protection that is not known")]
    UnknownSecurity,
}

/// Writes the code's text. A name that is not UTF-8 is written as hexadecimal digits, which the
/// format allows for it.
#[must_use]
pub fn text(network: &Network) -> Secret {
    let kind = match network.security {
        Security::Open | Security::Owe => "nopass",
        Security::Wep => "WEP",
        Security::Sae => "SAE",
        Security::Wpa | Security::WpaTransition | Security::Enterprise => "WPA",
    };
    let mut out = format!("WIFI:T:{kind};S:");
    match std::str::from_utf8(network.ssid.bytes()) {
        Ok(name) => escape(name, &mut out),
        Err(_) => out.push_str(&network.ssid.hex()),
    }
    out.push(';');
    if let Some(password) = &network.password {
        out.push_str("P:");
        escape(password.reveal(), &mut out);
        out.push(';');
    }
    if network.hidden {
        out.push_str("H:true;");
    }
    out.push(';');
    Secret::new(out)
}

/// Reads a code's text. Fields come in any order; unknown ones are skipped.
///
/// # Errors
/// [`QrError`].
pub fn parse(text: &str) -> Result<Network, QrError> {
    let rest = match text.get(..5) {
        Some(start) if start.eq_ignore_ascii_case("WIFI:") => text.get(5..),
        _ => None,
    };
    let rest = rest.ok_or(QrError::NotWifi)?;
    let mut kind = String::new();
    let mut name = None;
    let mut password = None;
    let mut hidden = false;
    for (key, value) in fields(rest) {
        match key.to_ascii_uppercase().as_str() {
            "T" => kind = value,
            "S" => name = Some(value),
            "P" => password = Some(value),
            "H" => hidden = value.eq_ignore_ascii_case("true"),
            _ => {}
        }
    }
    let name = name
        .filter(|name| !name.is_empty())
        .ok_or(QrError::NoName)?;
    let password = password.filter(|text| !text.is_empty()).map(Secret::new);
    let security = match kind.to_ascii_uppercase().as_str() {
        "WEP" => Security::Wep,
        "SAE" => Security::Sae,
        "WPA" | "WPA2" | "WPA3" => Security::Wpa,
        "" | "NOPASS" if password.is_none() => Security::Open,
        "" => Security::Wpa,
        "NOPASS" => Security::Open,
        _ => return Err(QrError::UnknownSecurity),
    };
    Ok(Network {
        ssid: ssid_of(&name),
        security,
        password: password.filter(|_| security != Security::Open),
        hidden,
    })
}

/// A name as it is, or the bytes of its digits where those are no text at all.
fn ssid_of(name: &str) -> Ssid {
    let digits = name.len().is_multiple_of(2) && name.bytes().all(|b| b.is_ascii_hexdigit());
    let bytes: Option<Vec<u8>> = name
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    match bytes {
        Some(bytes) if digits && std::str::from_utf8(&bytes).is_err() => Ssid::new(bytes),
        _ => Ssid::from(name),
    }
}

/// A backslash before each character that means something in the format.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        if matches!(c, '\\' | ';' | ',' | ':' | '"') {
            out.push('\\');
        }
        out.push(c);
    }
}

/// `key:value` pairs between semicolons, values without their backslashes.
fn fields(text: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut key = String::new();
    let mut value = String::new();
    let mut in_value = false;
    let mut escaped = false;
    for c in text.chars() {
        let part = if in_value { &mut value } else { &mut key };
        match c {
            _ if escaped => {
                part.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            ':' if !in_value => in_value = true,
            ';' => {
                if in_value {
                    all.push((std::mem::take(&mut key), std::mem::take(&mut value)));
                }
                key.clear();
                value.clear();
                in_value = false;
            }
            c => part.push(c),
        }
    }
    if in_value {
        all.push((key, value));
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn network(name: &str, password: &str) -> Network {
        Network {
            ssid: Ssid::from(name),
            security: Security::Wpa,
            password: Some(Secret::new(password)),
            hidden: false,
        }
    }

    #[test]
    fn a_code_is_what_phones_write() {
        let code = text(&network("Café; \"5:G\"", "a\\b,c"));
        assert_eq!(code.reveal(), r#"WIFI:T:WPA;S:Café\; \"5\:G\";P:a\\b\,c;;"#);
        let open = Network {
            security: Security::Open,
            password: None,
            hidden: true,
            ..network("Guest", "")
        };
        assert_eq!(text(&open).reveal(), "WIFI:T:nopass;S:Guest;H:true;;");
    }

    #[test]
    fn fields_come_in_any_order_and_case() {
        let read = parse("wifi:h:TRUE;p:secret12;X:1;s:a b;t:sae").unwrap();
        assert_eq!(read.ssid, Ssid::from("a b"));
        assert_eq!(read.security, Security::Sae);
        assert!(read.hidden);
        assert_eq!(parse("http://example.org"), Err(QrError::NotWifi));
        assert_eq!(parse("WIFI:T:WPA;P:x;;"), Err(QrError::NoName));
        assert_eq!(parse("WIFI:T:WPA9;S:x;;"), Err(QrError::UnknownSecurity));
    }

    proptest! {
        #[test]
        fn every_name_and_password_come_back_as_they_were(
            name in proptest::collection::vec(any::<u8>(), 1..33),
            password in "\\PC{8,63}",
            hidden: bool,
        ) {
            // The format itself cannot tell a name of digits from the digits of a name.
            let digits = name.iter().all(u8::is_ascii_hexdigit);
            prop_assume!(!(digits && name.len() % 2 == 0));
            let wanted = Network {
                ssid: Ssid::new(name),
                security: Security::Wpa,
                password: Some(Secret::new(password)),
                hidden,
            };
            prop_assert_eq!(parse(text(&wanted).reveal()).unwrap(), wanted);
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,200}") {
            let _ = parse(&text);
            let _ = parse(&format!("WIFI:{text}"));
        }
    }
}
