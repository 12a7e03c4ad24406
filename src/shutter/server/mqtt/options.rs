//! What the configuration says of the broker, checked, with the files it names read.

use std::fs::File;
use std::io::Read;
use std::net::IpAddr;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rumqttc::{LastWill, MqttOptions, QoS, TlsConfiguration, Transport};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use super::discovery;
use super::topics::{self, Topics};
use crate::secret::Secret;
use crate::shutter::broker::Broker;

/// The broker hears from us at least so often, and we find out after twice the time that it is gone.
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// A message that is larger ends the connection; those that are no command of ours are not kept.
const LARGEST_IN: usize = 256 * 1024;
/// Our state with its plan is far smaller.
const LARGEST_OUT: usize = 64 * 1024;
/// Of a password file, bytes.
const LONGEST_PASSWORD: u64 = 4096;

/// Why the broker cannot even be tried.
#[derive(Debug, thiserror::Error)]
pub enum OptionsError {
    /// No host, or something else than one.
    #[error("MQTT: '{0}' is no name or address of a broker; set host in [shutter.mqtt]")]
    Host(String),
    /// A topic cannot begin so.
    #[error("MQTT: {key} '{value}' cannot begin a topic; leave out #, + and empty levels")]
    Prefix {
        /// `prefix` or `discovery_prefix`.
        key: &'static str,
        /// What was written.
        value: String,
    },
    /// A client id that no broker takes.
    #[error("MQTT: client_id must have 1 to 60 characters and no control characters")]
    ClientId,
    /// A password for nobody.
    #[error("MQTT: password_file needs a username; set it in [shutter.mqtt]")]
    Nobody,
    /// An address that cannot be written with a port here.
    #[error("MQTT: with TLS the broker needs a name or an IPv4 address, not '{0}'")]
    Ipv6(String),
    /// A file cannot be read.
    #[error("MQTT: cannot read {key} '{path}': {cause}")]
    Unreadable {
        /// `password_file` or `ca_file`.
        key: &'static str,
        /// Which.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// Others may read the password.
    #[error("MQTT: password_file '{0}' can be read by others; run 'chmod 600' on it")]
    Open(PathBuf),
    /// There is nothing in it, or too much.
    #[error("MQTT: password_file '{0}' must hold one line, the password")]
    Password(PathBuf),
    /// It holds no certificate that could be used.
    #[error("MQTT: ca_file '{0}' holds no certificate in PEM form")]
    NoCertificate(PathBuf),
    /// The system knows no authorities.
    #[error(
        "MQTT: this system has no certificate authorities; install ca-certificates or set ca_file"
    )]
    NoRoots,
    /// It has a certificate authority, but TLS is off.
    #[error("MQTT: ca_file is of no use with tls = false; take one of them out")]
    CaWithoutTls,
    /// The cryptography is not there.
    #[error("MQTT: TLS cannot be set up: {0}")]
    Tls(#[from] rustls::Error),
}

/// A broker that can be tried.
pub struct Options {
    base: MqttOptions,
    /// Of this camera.
    pub topics: Topics,
    /// Topic and text of the announcement to Home Assistant.
    pub announcement: Option<(String, String)>,
    /// `broker.example:8883`, for sentences.
    pub address: String,
    /// Who we are at the broker.
    pub username: Option<String>,
    /// What should be said once, in a sentence.
    pub warning: Option<String>,
}

impl Options {
    /// Checks the settings for a camera of this name, and reads the files that they name.
    ///
    /// # Errors
    /// See [`OptionsError`]; none of them has the password in it.
    pub fn new(broker: &Broker, camera: &str) -> Result<Self, OptionsError> {
        let host = broker.host.trim();
        let odd = |c: char| c.is_whitespace() || c.is_control() || "/@[]".contains(c);
        if host.is_empty() || host.len() > 253 || host.contains(odd) {
            return Err(OptionsError::Host(broker.host.clone()));
        }
        let with_tls = broker.tls.unwrap_or(true);
        let port = broker.port.unwrap_or(if with_tls { 8883 } else { 1883 });
        let ipv6 = host.contains(':');
        if ipv6 && with_tls {
            return Err(OptionsError::Ipv6(host.to_owned()));
        }
        if ipv6 && host.parse::<std::net::Ipv6Addr>().is_err() {
            return Err(OptionsError::Host(broker.host.clone()));
        }
        let host = if ipv6 {
            format!("[{host}]")
        } else {
            host.to_owned()
        };
        let topics = match &broker.prefix {
            Some(prefix) => Topics::new(fit("prefix", prefix)?),
            None => Topics::of(camera),
        };
        let announcement = match broker.discovery_prefix.as_deref() {
            Some("") => None,
            prefix => {
                let prefix = fit("discovery_prefix", prefix.unwrap_or("homeassistant"))?;
                Some((
                    discovery::topic(&prefix, camera),
                    discovery::payload(camera, &topics).to_string(),
                ))
            }
        };
        let id = match &broker.client_id {
            Some(id) if id.is_empty() || id.len() > 60 || id.contains(char::is_control) => {
                return Err(OptionsError::ClientId);
            }
            Some(id) => id.clone(),
            None => random_id(),
        };
        let mut base = MqttOptions::new(id, &host, port);
        base.set_keep_alive(KEEP_ALIVE)
            // What was sent to us while we were away is not for now: no broker keeps it.
            .set_clean_session(true)
            .set_max_packet_size(LARGEST_IN, LARGEST_OUT)
            .set_last_will(LastWill::new(
                topics.availability(),
                "offline",
                QoS::AtLeastOnce,
                true,
            ));
        match (&broker.username, &broker.password_file) {
            (Some(user), Some(file)) => {
                base.set_credentials(user, password(file)?.reveal());
            }
            (Some(user), None) => {
                base.set_credentials(user, "");
            }
            (None, Some(_)) => return Err(OptionsError::Nobody),
            (None, None) => {}
        }
        if with_tls {
            base.set_transport(Transport::tls_with_config(tls(broker.ca_file.as_deref())?));
        } else if broker.ca_file.is_some() {
            return Err(OptionsError::CaWithoutTls);
        }
        let exposed = !with_tls && broker.password_file.is_some() && !is_loopback(&broker.host);
        Ok(Self {
            base,
            topics,
            announcement,
            address: format!("{host}:{port}"),
            username: broker.username.clone(),
            warning: exposed
                .then(|| format!("MQTT: the password goes to {host} in the clear; set tls = true")),
        })
    }

    /// For a new connection.
    #[must_use]
    pub fn connection(&self) -> MqttOptions {
        self.base.clone()
    }

    /// Who we are to the broker's other clients.
    #[must_use]
    pub fn client_id(&self) -> String {
        self.base.client_id()
    }
}

fn fit(key: &'static str, value: &str) -> Result<String, OptionsError> {
    if topics::is_fit(value) {
        Ok(value.to_owned())
    } else {
        Err(OptionsError::Prefix {
            key,
            value: value.to_owned(),
        })
    }
}

/// 18 letters and digits: every broker takes up to 23.
fn random_id() -> String {
    let mut bytes = [0; 6];
    // Without randomness the process number does; a broker ends the older of two equal ones.
    if getrandom::fill(&mut bytes).is_err() {
        bytes[..4].copy_from_slice(&std::process::id().to_be_bytes());
    }
    bytes.iter().fold("barpop".to_owned(), |mut id, byte| {
        use std::fmt::Write as _;
        let _ = write!(id, "{byte:02x}");
        id
    })
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Whether somebody else can read the file: it must be ours alone, or root's and not everybody's, as
/// what systemd hands a service is (`LoadCredential=`).
fn is_open(file: &File) -> bool {
    file.metadata().map_or(true, |found| {
        if found.uid() == rustix::process::geteuid().as_raw() {
            found.mode() & 0o077 != 0
        } else {
            found.uid() != 0 || found.mode() & 0o007 != 0
        }
    })
}

/// The first line of the file, which nobody else may read.
fn password(path: &Path) -> Result<Secret, OptionsError> {
    let unreadable = |cause| OptionsError::Unreadable {
        key: "password_file",
        path: path.to_owned(),
        cause,
    };
    let file = File::open(path).map_err(unreadable)?;
    if is_open(&file) {
        return Err(OptionsError::Open(path.to_owned()));
    }
    let mut text = zeroize::Zeroizing::new(String::new());
    file.take(LONGEST_PASSWORD)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    let line = text.trim_end_matches(['\r', '\n']);
    if line.is_empty() || line.contains(['\r', '\n', '\0']) {
        return Err(OptionsError::Password(path.to_owned()));
    }
    Ok(Secret::new(line))
}

/// Certificates are checked, always: TLS that trusts anybody would only look like safety.
fn tls(ca_file: Option<&Path>) -> Result<TlsConfiguration, OptionsError> {
    let mut roots = RootCertStore::empty();
    match ca_file {
        Some(path) => {
            let found = CertificateDer::pem_file_iter(path)
                .and_then(Iterator::collect::<Result<Vec<_>, _>>)
                .map_err(|error| match error {
                    rustls::pki_types::pem::Error::Io(cause) => OptionsError::Unreadable {
                        key: "ca_file",
                        path: path.to_owned(),
                        cause,
                    },
                    _ => OptionsError::NoCertificate(path.to_owned()),
                })?;
            if roots.add_parsable_certificates(found).0 == 0 {
                return Err(OptionsError::NoCertificate(path.to_owned()));
            }
        }
        None => {
            let found = rustls_native_certs::load_native_certs();
            if roots.add_parsable_certificates(found.certs).0 == 0 {
                return Err(OptionsError::NoRoots);
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config.into())
}

#[cfg(test)]
mod tests;
