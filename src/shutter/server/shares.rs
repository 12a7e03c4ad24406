//! How many connections one visitor may have at once, so that nobody takes all of them.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use super::door::site;

/// Connections of one address (one network of IPv6) at once: several browsers with several tabs.
const EACH: usize = 32;

/// What every address has at the moment. This machine's own and a proxy's are not counted: many
/// people can be behind them (`ssh -L`, a proxy here), and whoever runs programs here has other
/// ways to be a nuisance.
#[derive(Clone)]
pub(super) struct Shares {
    by_address: Arc<Mutex<HashMap<IpAddr, usize>>>,
    uncounted: Arc<[IpAddr]>,
}

impl Shares {
    /// With these proxies.
    pub fn new(proxies: &[IpAddr]) -> Self {
        Self {
            by_address: Arc::default(),
            uncounted: proxies.into(),
        }
    }

    /// A share of this address; `None` where it has as many as it may.
    pub fn take(&self, from: IpAddr) -> Option<Share> {
        let from = from.to_canonical();
        if from.is_loopback() || self.uncounted.contains(&from) {
            return Some(Share(None));
        }
        let site = site(from);
        let mut all = self
            .by_address
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let taken = all.entry(site).or_default();
        if *taken >= EACH {
            return None;
        }
        *taken += 1;
        Some(Share(Some((self.clone(), site))))
    }
}

/// A connection's share; given back when dropped.
pub(super) struct Share(Option<(Shares, IpAddr)>);

impl Drop for Share {
    fn drop(&mut self) {
        let Some((shares, site)) = self.0.take() else {
            return;
        };
        let mut all = shares
            .by_address
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = all.get_mut(&site) {
            *taken -= 1;
            if *taken == 0 {
                all.remove(&site);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_has_more_than_a_share_and_what_is_given_back_can_be_had_again() {
        let proxy: IpAddr = "192.0.2.9".parse().unwrap();
        let shares = Shares::new(&[proxy]);
        let visitor: IpAddr = "192.0.2.1".parse().unwrap();
        let mut taken: Vec<_> = (0..EACH).map(|_| shares.take(visitor).unwrap()).collect();
        assert!(shares.take(visitor).is_none());
        assert!(shares.take("::ffff:192.0.2.1".parse().unwrap()).is_none());
        assert!(shares.take("192.0.2.2".parse().unwrap()).is_some());
        taken.pop();
        assert!(shares.take(visitor).is_some());
        drop(taken);
        assert!(shares.by_address.lock().unwrap().is_empty());
        let many: Vec<_> = (0..100).map(|_| shares.take(proxy)).collect();
        assert!(many.iter().all(Option::is_some));
        let here: Vec<_> = (0..100)
            .map(|_| shares.take([127, 0, 0, 1].into()))
            .collect();
        assert!(here.iter().all(Option::is_some));
    }
}
