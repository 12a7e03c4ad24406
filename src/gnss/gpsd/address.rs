//! Where a gpsd is: `gpsd://host:port`, with the receiver's path behind it where it has several.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// gpsd's port by its registration (IANA).
pub const DEFAULT_PORT: u16 = 2947;

/// A gpsd, and which of its receivers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// How it is reached.
    pub place: Place,
    /// The path of one receiver (`/dev/ttyUSB1`); all of them where there is none.
    pub device: Option<String>,
}

/// How a gpsd is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// By TCP.
    Tcp {
        /// A name or an address; IPv6 without its brackets.
        host: String,
        /// The port.
        port: u16,
    },
    /// By a socket in the file system.
    Unix(PathBuf),
}

/// Why an address is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no address of a gpsd: write gpsd://HOST:PORT or gpsd:///PATH/OF/SOCKET")]
pub struct AddressError(String);

impl Default for Address {
    fn default() -> Self {
        Self {
            place: Place::Tcp {
                host: "127.0.0.1".to_owned(),
                port: DEFAULT_PORT,
            },
            device: None,
        }
    }
}

impl FromStr for Address {
    type Err = AddressError;

    /// `gpsd://`, `gpsd://host`, `gpsd://host:port`, `gpsd://[::1]:2947/dev/ttyUSB1`,
    /// `gpsd:///run/gpsd.sock`; the scheme may be left out.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        let wrong = || AddressError(text.to_owned());
        let rest = text.strip_prefix("gpsd:").unwrap_or(text);
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        if rest.starts_with('/') {
            return Ok(Self {
                place: Place::Unix(PathBuf::from(rest)),
                device: None,
            });
        }
        let (server, device) = match rest.find('/') {
            Some(at) => (rest.get(..at), rest.get(at..).filter(|path| path.len() > 1)),
            None => (Some(rest), None),
        };
        let server = server.unwrap_or_default();
        let (host, port) = match server.strip_prefix('[') {
            Some(inner) => {
                let (host, behind) = inner.split_once(']').ok_or_else(wrong)?;
                (host, behind.strip_prefix(':'))
            }
            None => match server.split_once(':') {
                // An IPv6 address needs no brackets where no port follows.
                Some((_, port)) if port.contains(':') => (server, None),
                Some((host, port)) => (host, Some(port)),
                None => (server, None),
            },
        };
        let port = match port {
            None | Some("") => DEFAULT_PORT,
            Some(port) => port.parse().map_err(|_| wrong())?,
        };
        let host = if host.is_empty() { "127.0.0.1" } else { host };
        if host.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(wrong());
        }
        Ok(Self {
            place: Place::Tcp {
                host: host.to_owned(),
                port,
            },
            device: device.map(str::to_owned),
        })
    }
}

impl fmt::Display for Address {
    /// As a person reads it: `127.0.0.1:2947`, `/run/gpsd.sock`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Tcp { host, port } if host.contains(':') => write!(f, "[{host}]:{port}")?,
            Place::Tcp { host, port } => write!(f, "{host}:{port}")?,
            Place::Unix(path) => write!(f, "{}", path.display())?,
        }
        match &self.device {
            Some(device) => f.write_str(device),
            None => Ok(()),
        }
    }
}
