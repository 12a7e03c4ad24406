//! Which devices a person cares about. A laptop with containers has dozens of interfaces that
//! are nobody's business; the rule can be changed by interface name.

use serde::Deserialize;

use super::snapshot::{Device, DeviceKind, DeviceState, Snapshot};

/// Names of interfaces as patterns: `*` stands for any text, `?` for one character.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// Interfaces that are hidden besides those that always are.
    pub hide: Vec<String>,
    /// Interfaces that are shown whatever else says.
    pub show: Vec<String>,
}

/// What programs make for themselves: containers, virtual machines.
const FOREIGN: &[&str] = &[
    "docker*", "br-*", "virbr*", "vnet*", "veth*", "podman*", "cni*", "lxcbr*", "lxdbr*",
    "incusbr*", "vmnet*", "vboxnet*", "tap*", "flannel*", "cali*", "kube-*", "ifb*",
];

impl Rules {
    /// Whether a device is shown. What carries the internet always is.
    #[must_use]
    pub fn shows(&self, snapshot: &Snapshot, device: &Device) -> bool {
        let name = device.interface.as_str();
        let any = |patterns: &[String]| patterns.iter().any(|pattern| matches(pattern, name));
        if any(&self.show) || carries_primary(snapshot, device) {
            return true;
        }
        !any(&self.hide) && !hidden_by_itself(device)
    }

    /// The devices that are shown.
    pub fn visible<'s>(&'s self, snapshot: &'s Snapshot) -> impl Iterator<Item = &'s Device> {
        let devices = snapshot.devices.iter();
        devices.filter(move |device| self.shows(snapshot, device))
    }
}

fn carries_primary(snapshot: &Snapshot, device: &Device) -> bool {
    let primary = snapshot.primary.as_ref();
    primary
        .and_then(|id| snapshot.connection(id))
        .into_iter()
        .chain(snapshot.link())
        .any(|active| active.devices.contains(&device.id))
}

fn hidden_by_itself(device: &Device) -> bool {
    let foreign = || FOREIGN.iter().any(|p| matches(p, &device.interface));
    match device.kind {
        DeviceKind::Loopback | DeviceKind::WifiP2p => true,
        // One of a container's own can be all that it has; those of its host have telling names.
        DeviceKind::Veth
        | DeviceKind::Bridge
        | DeviceKind::Tunnel
        | DeviceKind::Virtual
        | DeviceKind::Other => device.state == DeviceState::Unmanaged || foreign(),
        // A person's own, also while NetworkManager leaves it alone. Virtual machines and
        // containers can have one end of such a pair.
        DeviceKind::Ethernet => device.state == DeviceState::Unmanaged && foreign(),
        DeviceKind::Wifi | DeviceKind::Modem | DeviceKind::Bluetooth | DeviceKind::WireGuard => {
            false
        }
    }
}

/// Whether a name is of a pattern.
#[must_use]
pub fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n) = (0, 0);
    // Where to go on when the text that the last `*` took was too short.
    let mut again = None;
    while let Some(character) = name.get(n) {
        match pattern.get(p) {
            Some('*') => {
                again = Some((p, n));
                p += 1;
            }
            Some(wanted) if wanted == character || *wanted == '?' => {
                p += 1;
                n += 1;
            }
            _ => {
                let Some((star, taken)) = again else {
                    return false;
                };
                again = Some((star, taken + 1));
                p = star + 1;
                n = taken + 1;
            }
        }
    }
    pattern.iter().skip(p).all(|left| *left == '*')
}

#[cfg(test)]
mod tests;
