//! Where a service listens, as a person names it.

use std::fmt;
use std::str::FromStr;

/// Where `xshutter serve` listens where nothing else is said.
pub const DEFAULT_PORT: u16 = 8318;

/// Why an address cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// TLS is not spoken here.
    #[error(
        "'{0}': barpop speaks no TLS; reach it by http:// through a VPN, or through \
         'ssh -L 8318:localhost:8318 HOST' and http://localhost:8318"
    )]
    Tls(String),
    /// There is a password in it, which everybody could read.
    #[error(
        "a password in an address can be read by everybody on this machine; write it into a file \
         and name that as password_file in [[shutter.server]]"
    )]
    Password,
    /// It is no address.
    #[error("'{0}' is no address of a shutter: write it like http://camera:8318")]
    Malformed(String),
}

/// A host and a port, and what a proxy in front of them puts before the path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    host: String,
    port: u16,
    path: String,
}

impl Address {
    /// This machine, at the usual port.
    #[must_use]
    pub fn local() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: DEFAULT_PORT,
            path: String::new(),
        }
    }

    /// The URL of a method.
    pub(super) fn api(&self, method: &str) -> String {
        format!(
            "http://{}:{}{}/api/v1/{method}",
            self.host, self.port, self.path
        )
    }

    /// The page, for a browser.
    #[must_use]
    pub fn page(&self) -> String {
        format!("http://{}:{}{}/", self.host, self.port, self.path)
    }

    /// A name that a file can have.
    #[must_use]
    pub fn file_name(&self) -> String {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let text = format!("{}_{}{}", self.host, self.port, self.path);
        text.chars()
            .map(|c| if plain(c) { c } else { '_' })
            .collect()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}{}", self.host, self.port, self.path)
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let malformed = || AddressError::Malformed(text.escape_debug().to_string());
        let text = text.trim();
        if text.contains('@') {
            return Err(AddressError::Password);
        }
        let rest = match text.split_once("://") {
            None => text,
            Some(("http", rest)) => rest,
            Some(("https", _)) => return Err(AddressError::Tls(text.to_owned())),
            Some(_) => return Err(malformed()),
        };
        let (authority, path) = match rest.find('/') {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let port = match port {
            None => DEFAULT_PORT,
            Some(port) if port.bytes().all(|b| b.is_ascii_digit()) => port
                .parse()
                .ok()
                .filter(|port| *port > 0)
                .ok_or_else(malformed)?,
            Some(_) => return Err(malformed()),
        };
        let bare = host.strip_prefix('[').and_then(|h| h.strip_suffix(']'));
        let is_host = match bare {
            Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
            None => {
                let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
                !host.is_empty() && host.len() < 254 && host.chars().all(part)
            }
        };
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '~' | '/');
        if !is_host || !path.chars().all(part) {
            return Err(malformed());
        }
        Ok(Self {
            host: host.to_owned(),
            port,
            path: path.trim_end_matches('/').to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(text: &str) -> Result<String, AddressError> {
        text.parse::<Address>().map(|address| address.api("status"))
    }

    #[test]
    fn an_address_may_be_as_short_as_a_name() {
        for (text, wanted) in [
            ("camera", "http://camera:8318/api/v1/status"),
            ("http://camera/", "http://camera:8318/api/v1/status"),
            ("10.0.0.7:80", "http://10.0.0.7:80/api/v1/status"),
            ("http://[::1]:8318", "http://[::1]:8318/api/v1/status"),
            ("[fe80::1]", "http://[fe80::1]:8318/api/v1/status"),
            (
                "http://host:8080/roof/",
                "http://host:8080/roof/api/v1/status",
            ),
        ] {
            assert_eq!(api(text).as_deref(), Ok(wanted), "{text}");
        }
        assert_eq!("http://[::1]:1/a b".parse::<Address>().ok(), None);
        let address: Address = "http://[::1]:80/x".parse().unwrap();
        assert_eq!(address.file_name(), "___1__80_x");
    }

    #[cfg(feature = "shutter-server")]
    #[test]
    fn clients_look_where_the_service_listens() {
        assert_eq!(DEFAULT_PORT, crate::shutter::server::PORT);
    }

    #[test]
    fn what_cannot_be_reached_says_what_to_do() {
        let error = api("https://camera").unwrap_err().to_string();
        assert!(
            error.contains("no TLS") && error.contains("ssh -L"),
            "{error}"
        );
        let error = api("http://me:hunter2@camera").unwrap_err().to_string();
        assert!(error.contains("password_file") && !error.contains("hunter2"));
        for wrong in [
            "",
            "http://",
            "ftp://camera",
            "camera:",
            "camera:0",
            "camera:99999",
            "camera:x",
            "a b",
            "camera/?x",
            "[::1",
            "\u{0}",
            "camera\r\nX: y",
            ":8318",
        ] {
            assert!(api(wrong).is_err(), "{wrong:?}");
        }
    }
}
