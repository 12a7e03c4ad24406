//! Traffic of an interface: the kernel's counters, and what they gain in a second.

use std::path::Path;
use std::time::Instant;

use super::snapshot::{Bytes, Rates, Snapshot};

/// Where the kernel shows its interfaces.
pub const INTERFACES: &str = "/sys/class/net";

/// The counters of an interface below `root` (see [`INTERFACES`]); `None` where there is no such
/// interface.
#[must_use]
pub fn counters(root: &Path, interface: &str) -> Option<Bytes> {
    // The name is NetworkManager's, and it leads to a file.
    if interface.is_empty() || interface.contains('/') || interface.starts_with('.') {
        return None;
    }
    let folder = root.join(interface).join("statistics");
    let read = |name| {
        let text = std::fs::read_to_string(folder.join(name)).ok()?;
        text.trim().parse().ok()
    };
    Some(Bytes {
        rx: read("rx_bytes")?,
        tx: read("tx_bytes")?,
    })
}

/// Puts the counters of the real link's devices into a snapshot.
pub fn count(root: &Path, snapshot: &mut Snapshot) {
    let devices: Vec<_> = snapshot.link().map_or_else(Vec::new, |l| l.devices.clone());
    for device in &mut snapshot.devices {
        if devices.contains(&device.id) {
            device.bytes = counters(root, &device.interface);
        }
    }
}

/// The interface that the internet is really reached by.
#[must_use]
pub fn interface(snapshot: &Snapshot) -> Option<&str> {
    let device = snapshot.link()?.devices.first()?;
    let device = snapshot.device(device)?;
    Some(&device.interface)
}

/// Makes rates of counters.
#[derive(Debug, Default)]
pub struct Meter {
    last: Option<(String, Bytes, Instant)>,
    rates: Option<Rates>,
}

impl Meter {
    /// Takes the counters of an interface at a moment; `None` when there is no link. The rates
    /// are known from the second look at the same interface on. Counters that go backwards (a
    /// driver that starts anew, a 32-bit counter that wraps) leave the last rates standing.
    pub fn look(&mut self, now: Option<(&str, Bytes)>, at: Instant) -> Option<Rates> {
        let Some((interface, bytes)) = now else {
            *self = Self::default();
            return None;
        };
        match &self.last {
            Some((same, before, then)) if same == interface => {
                let seconds = at.saturating_duration_since(*then).as_secs_f64();
                let gain = |now: u64, before: u64| now.checked_sub(before);
                if let (Some(rx), Some(tx)) = (gain(bytes.rx, before.rx), gain(bytes.tx, before.tx))
                    && seconds > 0.0
                {
                    self.rates = Some(Rates {
                        rx: per_second(rx, seconds),
                        tx: per_second(tx, seconds),
                    });
                }
            }
            _ => self.rates = None,
        }
        self.last = Some((interface.to_owned(), bytes, at));
        self.rates
    }
}

// Beyond 2^53 bytes in one look the last digits are lost, and nobody misses them.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]
fn per_second(bytes: u64, seconds: f64) -> u64 {
    (bytes as f64 / seconds).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn looks(all: &[(&str, u64)]) -> Vec<Option<u64>> {
        let (mut meter, start) = (Meter::default(), Instant::now());
        let look = |(n, (interface, rx)): (u32, &(&str, u64))| {
            let bytes = Bytes { rx: *rx, tx: 0 };
            let at = start + Duration::from_secs(2) * n;
            let rates = meter.look(Some((interface, bytes)), at);
            rates.map(|rates| rates.rx)
        };
        (0..).zip(all).map(look).collect()
    }

    #[test]
    fn a_rate_is_the_gain_of_a_second_from_the_second_look_on() {
        let seen = looks(&[("wlan0", 1_000), ("wlan0", 3_000), ("wlan0", 3_000)]);
        assert_eq!(seen, [None, Some(1_000), Some(0)]);
    }

    #[test]
    fn a_counter_that_starts_anew_or_wraps_gives_no_spike() {
        let wrap = u64::from(u32::MAX);
        let seen = looks(&[
            ("eth0", wrap - 50),
            ("eth0", wrap),
            ("eth0", 10),
            ("eth0", 30),
        ]);
        assert_eq!(seen, [None, Some(25), Some(25), Some(10)]);
    }

    #[test]
    fn another_link_begins_with_no_rate() {
        let seen = looks(&[
            ("eth0", 0),
            ("eth0", 10),
            ("wlan0", 1_000_000),
            ("wlan0", 1_000_002),
        ]);
        assert_eq!(seen, [None, Some(5), None, Some(1)]);
    }

    #[test]
    fn an_interface_whose_name_leads_elsewhere_is_not_read() {
        let root = tempfile::tempdir().unwrap();
        let inside = root.path().join("net/eth0/statistics");
        std::fs::create_dir_all(&inside).unwrap();
        std::fs::write(inside.join("rx_bytes"), "12\n").unwrap();
        std::fs::write(inside.join("tx_bytes"), "7\n").unwrap();
        let net = root.path().join("net");
        assert_eq!(counters(&net, "eth0"), Some(Bytes { rx: 12, tx: 7 }));
        assert_eq!(counters(&net, "../net/eth0"), None);
        assert_eq!(counters(&net, ".."), None);
        assert_eq!(counters(&net, "eth1"), None);
    }
}
