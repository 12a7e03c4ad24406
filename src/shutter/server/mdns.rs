//! The service's name in the local network (mDNS and DNS-SD, RFC 6762 and 6763), and looking for
//! others of its kind.
//!
//! Nothing is announced unless the person asks for it: whoever is in the network reads along.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use mdns_sd::{IfKind, Receiver, ResolvedService, ServiceDaemon, ServiceEvent, ServiceInfo};
use serde::Serialize;

/// What cameras are found by.
const SERVICE: &str = "_barpop-shutter._tcp.local.";
/// What browsers that list pages find them by.
const PAGE: &str = "_http._tcp.local.";
/// For a goodbye at the end.
const GOODBYE: Duration = Duration::from_secs(1);
/// More are not listed: whoever is in the network can announce as many as he likes.
const MOST: usize = 256;

/// Why there is no mDNS.
#[derive(Debug, thiserror::Error)]
pub enum MdnsError {
    /// Nobody else could reach the service.
    #[error(
        "the service listens on {0}, where nobody else reaches it; announce it with an address of \
         the network"
    )]
    Loopback(IpAddr),
    /// No socket, no thread, or a name that cannot be one.
    #[error("mDNS cannot be used: {0}; see whether the network is up")]
    Failed(#[from] mdns_sd::Error),
}

/// An announcement; dropping it says goodbye, so that nobody lists a camera that is gone.
pub struct Announcement {
    daemon: ServiceDaemon,
    names: Vec<String>,
}

/// Announces a service that listens on this address. Where the name is taken, a number is added.
///
/// # Errors
/// When it listens on loopback alone, and when there is no socket for mDNS.
pub fn announce(camera: &str, at: SocketAddr) -> Result<Announcement, MdnsError> {
    if at.ip().is_loopback() {
        return Err(MdnsError::Loopback(at.ip()));
    }
    announce_anywhere(camera, at)
}

/// The same, also on loopback, as a test has it.
///
/// # Errors
/// When there is no socket for mDNS.
pub fn announce_anywhere(camera: &str, at: SocketAddr) -> Result<Announcement, MdnsError> {
    let daemon = only(at.ip())?;
    let camera = label(camera);
    let host = rustix::system::uname();
    let host = host.nodename().to_string_lossy();
    let host = format!(
        "{}.local.",
        label(host.split('.').next().unwrap_or_default())
    );
    let facts = [
        ("name", camera.as_str()),
        ("version", env!("CARGO_PKG_VERSION")),
        ("path", "/"),
    ];
    let mut announcement = Announcement {
        daemon,
        names: Vec::new(),
    };
    for kind in [SERVICE, PAGE] {
        let service = if at.ip().is_unspecified() {
            ServiceInfo::new(kind, &camera, &host, (), at.port(), &facts[..])?.enable_addr_auto()
        } else {
            ServiceInfo::new(kind, &camera, &host, at.ip(), at.port(), &facts[..])?
        };
        announcement.names.push(service.get_fullname().to_owned());
        announcement.daemon.register(service)?;
    }
    Ok(announcement)
}

impl Drop for Announcement {
    fn drop(&mut self) {
        let goodbyes: Vec<_> = self
            .names
            .iter()
            .filter_map(|name| self.daemon.unregister(name).ok())
            .collect();
        let until = Instant::now() + GOODBYE;
        for goodbye in goodbyes {
            let _ = goodbye.recv_deadline(until);
        }
        if let Ok(end) = self.daemon.shutdown() {
            let _ = end.recv_deadline(until);
        }
    }
}

/// A camera in the network. All of it was said by whoever is in the network: it is text, not markup,
/// and says nothing about who that is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The camera's name.
    pub name: String,
    /// The machine's, as it says itself.
    pub host: String,
    /// Where it is reached; addresses of IPv4 first.
    pub addresses: Vec<IpAddr>,
    /// Its HTTP port.
    pub port: u16,
    /// Of barpop there.
    pub version: Option<String>,
}

impl Found {
    /// For `xshutter --server`.
    #[must_use]
    pub fn url(&self) -> String {
        match self.addresses.first() {
            Some(address) => format!("http://{}", SocketAddr::new(*address, self.port)),
            None => format!("http://{}:{}", self.host, self.port),
        }
    }
}

/// Listens for so long, and lists the cameras that answered, by name.
///
/// # Errors
/// When there is no socket for mDNS.
pub fn browse(timeout: Duration) -> Result<Vec<Found>, MdnsError> {
    browse_at(IpAddr::from([0, 0, 0, 0]), timeout)
}

/// The same on one interface, which has this address.
///
/// # Errors
/// When there is no socket for mDNS.
pub fn browse_at(address: IpAddr, timeout: Duration) -> Result<Vec<Found>, MdnsError> {
    let daemon = only(address)?;
    let found = gather(&daemon.browse(SERVICE)?, Instant::now() + timeout);
    if let Ok(end) = daemon.shutdown() {
        let _ = end.recv_timeout(GOODBYE);
    }
    Ok(found)
}

fn gather(events: &Receiver<ServiceEvent>, until: Instant) -> Vec<Found> {
    let mut found = BTreeMap::new();
    while let Ok(event) = events.recv_deadline(until) {
        match event {
            ServiceEvent::ServiceResolved(service) if found.len() < MOST => {
                found.insert(service.fullname.clone(), described(&service));
            }
            ServiceEvent::ServiceRemoved(_, name) => {
                found.remove(&name);
            }
            _ => {}
        }
    }
    let mut found: Vec<Found> = found.into_values().collect();
    found.sort_by(|one, other| (&one.name, one.port).cmp(&(&other.name, other.port)));
    found
}

fn described(service: &ResolvedService) -> Found {
    let text = |key: &str, longest: usize| {
        let value = service.get_property_val_str(key)?;
        Some(clean(value, longest))
    };
    let mut addresses: Vec<IpAddr> = service
        .addresses
        .iter()
        .map(mdns_sd::ScopedIp::to_ip_addr)
        // Without its interface a link-local address leads nowhere.
        .filter(|address| !matches!(address, IpAddr::V6(v6) if v6.is_unicast_link_local()))
        .collect();
    addresses.sort();
    Found {
        name: text("name", 60).unwrap_or_else(|| clean(&service.fullname, 60)),
        host: clean(service.host.trim_end_matches('.'), 120),
        addresses,
        port: service.port,
        version: text("version", 20),
    }
}

/// What is printed in a terminal has no control characters.
fn clean(text: &str, longest: usize) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(longest)
        .collect()
}

/// A name as one label: DNS takes 63 bytes.
fn label(name: &str) -> String {
    let mut label = String::new();
    for c in name.trim().chars().filter(|c| !c.is_control()) {
        if label.len() + c.len_utf8() > 50 {
            break;
        }
        label.push(if c == '.' { '-' } else { c });
    }
    if label.is_empty() {
        "camera".to_owned()
    } else {
        label
    }
}

/// Its own thread, on the interface with this address; on all for an unspecified one.
fn only(address: IpAddr) -> Result<ServiceDaemon, MdnsError> {
    let daemon = ServiceDaemon::new()?;
    if !address.is_unspecified() {
        daemon.disable_interface(IfKind::All)?;
        daemon.enable_interface(IfKind::Addr(address))?;
    }
    Ok(daemon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_s_name_is_one_label() {
        assert_eq!(label(" garden v1.2 "), "garden v1-2");
        assert_eq!(label("\n"), "camera");
        assert!(label(&"ü".repeat(80)).len() <= 50);
    }

    #[test]
    fn a_service_that_nobody_reaches_is_not_announced() {
        let error = announce("garden", SocketAddr::from(([127, 0, 0, 1], 80)))
            .err()
            .unwrap();
        assert!(error.to_string().contains("127.0.0.1"));
    }

    #[test]
    fn an_address_of_ipv6_has_brackets_in_its_url() {
        let mut found = Found {
            name: "garden".to_owned(),
            host: "pi.local".to_owned(),
            addresses: vec!["fd00::1".parse().unwrap()],
            port: 8043,
            version: None,
        };
        assert_eq!(found.url(), "http://[fd00::1]:8043");
        found.addresses.clear();
        assert_eq!(found.url(), "http://pi.local:8043");
    }
}
