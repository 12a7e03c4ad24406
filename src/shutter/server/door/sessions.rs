//! Sessions: who said the password in a browser need not say it again for a while.

use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::secret::Secret;

/// How long a session lasts.
pub(in crate::shutter::server) const LIFE: Duration = Duration::from_secs(30 * 24 * 3600);
/// More browsers than that are not logged in at once: the oldest has to log in again.
const MOST: usize = 64;

/// What a browser has to show: 256 random bits in hexadecimal.
pub(in crate::shutter::server) struct Token(pub Secret);

impl Token {
    pub(super) fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self(Secret::new(text)))
    }
}

/// The sessions, by the digests of their tokens: what is looked up is not what is compared.
#[derive(Default)]
pub(super) struct Sessions(Vec<([u8; 32], Instant)>);

impl Sessions {
    pub fn begin(&mut self, token: &Token, now: Instant) {
        self.0.retain(|(_, until)| *until > now);
        if self.0.len() >= MOST {
            self.0.remove(0);
        }
        self.0.push((digest(token.0.reveal()), now + LIFE));
    }

    pub fn has(&self, token: &str, now: Instant) -> bool {
        let digest = digest(token);
        self.0
            .iter()
            .any(|(known, until)| *known == digest && *until > now)
    }

    pub fn end(&mut self, token: &str) {
        let digest = digest(token);
        self.0.retain(|(known, _)| *known != digest);
    }
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_by_wish_by_age_and_when_there_are_too_many() {
        let (mut sessions, now) = (Sessions::default(), Instant::now());
        let tokens: Vec<Token> = (0..=MOST).map(|_| Token::new().unwrap()).collect();
        assert_eq!(tokens[0].0.reveal().len(), 64);
        for token in &tokens {
            sessions.begin(token, now);
        }
        assert!(
            !sessions.has(tokens[0].0.reveal(), now),
            "the oldest had to go"
        );
        let (one, other) = (tokens[1].0.reveal(), tokens[2].0.reveal());
        assert!(sessions.has(one, now) && sessions.has(other, now));
        assert!(!sessions.has("", now) && !sessions.has(&one[1..], now));
        sessions.end(one);
        assert!(!sessions.has(one, now) && sessions.has(other, now));
        assert!(!sessions.has(other, now + LIFE));
    }
}
