//! How often a password may be wrong: per address, and in all.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// Tries at once, and the time after which one more is given.
struct Rule {
    most: u32,
    every: Duration,
}

const EACH: Rule = Rule {
    most: 5,
    every: Duration::from_secs(12),
};
const ALL: Rule = Rule {
    most: 30,
    every: Duration::from_secs(2),
};
/// Addresses that are remembered. Beyond that, the one whose last wrong password is longest ago
/// is forgotten.
const ADDRESSES: usize = 1024;

/// Tries that are used up, and when they are forgotten.
#[derive(Clone, Copy)]
struct Used {
    /// When all is forgotten; each wrong password puts it off by [`Rule::every`].
    free: Instant,
    /// The right password came from here once.
    trusted: bool,
}

impl Used {
    /// Seconds until there is another try, where there is none.
    fn may(&self, rule: &Rule, now: Instant) -> Result<(), u64> {
        let used = self.free.saturating_duration_since(now);
        match (used + rule.every).checked_sub(rule.every * rule.most) {
            None | Some(Duration::ZERO) => Ok(()),
            Some(wait) => Err(wait.as_secs() + 1),
        }
    }

    fn count(&mut self, rule: &Rule, now: Instant) {
        self.free = self.free.max(now) + rule.every;
    }
}

/// Wrong passwords of late.
#[derive(Default)]
pub(super) struct Attempts {
    by_address: HashMap<IpAddr, Used>,
    all: Option<Used>,
}

impl Attempts {
    /// Whether this address may try a password now.
    ///
    /// # Errors
    /// Seconds until then.
    pub fn may(&self, from: IpAddr, now: Instant) -> Result<(), u64> {
        let used = self.by_address.get(&site(from));
        used.map_or(Ok(()), |used| used.may(&EACH, now))?;
        // Guesses from elsewhere shall not shut out whom we know.
        match used.is_some_and(|used| used.trusted) {
            true => Ok(()),
            false => self.all.map_or(Ok(()), |all| all.may(&ALL, now)),
        }
    }

    /// A password is tried, and wrong as far as is known.
    ///
    /// # Errors
    /// As [`Attempts::may`]; then it is not to be tried.
    pub fn wrong(&mut self, from: IpAddr, now: Instant) -> Result<(), u64> {
        self.may(from, now)?;
        if self.by_address.len() >= ADDRESSES && !self.by_address.contains_key(&site(from)) {
            let oldest = self.by_address.iter().min_by_key(|(_, used)| used.free);
            if let Some(oldest) = oldest.map(|(address, _)| *address) {
                self.by_address.remove(&oldest);
            }
        }
        let none = Used {
            free: now,
            trusted: false,
        };
        self.by_address
            .entry(site(from))
            .or_insert(none)
            .count(&EACH, now);
        self.all.get_or_insert(none).count(&ALL, now);
        Ok(())
    }

    /// The try was the right password.
    pub fn right(&mut self, from: IpAddr) {
        if let Some(used) = self.by_address.get_mut(&site(from)) {
            used.trusted = true;
            used.free -= EACH.every;
        }
        if let Some(all) = &mut self.all {
            all.free -= ALL.every;
        }
    }
}

/// What one person can have as many of as they like: the last 64 bits of an IPv6 address.
pub fn site(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(number: u32) -> IpAddr {
        IpAddr::V4(number.into())
    }

    #[test]
    fn an_address_has_five_tries_and_then_one_every_twelve_seconds() {
        let (mut attempts, now) = (Attempts::default(), Instant::now());
        for _ in 0..5 {
            assert_eq!(attempts.wrong(address(1), now), Ok(()));
        }
        assert_eq!(attempts.wrong(address(1), now), Err(13));
        assert_eq!(attempts.wrong(address(2), now), Ok(()), "another address");
        let later = now + Duration::from_secs(12);
        assert_eq!(attempts.wrong(address(1), later), Ok(()));
        assert!(attempts.wrong(address(1), later).is_err());
    }

    #[test]
    fn many_addresses_have_thirty_tries_together_but_whom_we_know_is_not_shut_out() {
        let (mut attempts, now) = (Attempts::default(), Instant::now());
        attempts.wrong(address(7), now).unwrap();
        attempts.right(address(7));
        for number in 100..130 {
            assert_eq!(attempts.wrong(address(number), now), Ok(()));
        }
        assert!(attempts.wrong(address(200), now).is_err());
        assert_eq!(attempts.may(address(7), now), Ok(()));
        assert_eq!(
            attempts.wrong(address(200), now + Duration::from_secs(3)),
            Ok(())
        );
    }

    #[test]
    fn a_right_password_costs_no_try() {
        let (mut attempts, now) = (Attempts::default(), Instant::now());
        for _ in 0..100 {
            attempts.wrong(address(1), now).unwrap();
            attempts.right(address(1));
        }
    }

    #[test]
    fn a_network_of_version_six_is_one_address_and_the_table_is_bounded() {
        let (mut attempts, now) = (Attempts::default(), Instant::now());
        let six = |tail: u128| IpAddr::V6(((0x2001_0db8_u128 << 96) + tail).into());
        for tail in 0..5 {
            attempts.wrong(six(tail), now).unwrap();
        }
        assert!(attempts.wrong(six(99), now).is_err());
        for number in 0..3000 {
            let later = now + Duration::from_secs(60 * u64::from(number));
            attempts.wrong(address(number), later).unwrap();
        }
        assert_eq!(attempts.by_address.len(), ADDRESSES);
    }
}
