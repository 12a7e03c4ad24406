//! Who may come in: by a session that began with the password, or by the password itself.
//!
//! Programs send the password with each request. Its hash takes hundreds of milliseconds on a
//! small machine, so a password that was right is remembered as a keyed digest, in memory alone.

mod attempts;
mod sessions;

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::password::{self, PasswordError};
use crate::secret::Secret;
use attempts::Attempts;
pub(super) use attempts::site;
use sessions::Sessions;
pub(super) use sessions::{LIFE, Token};

/// How many may wait for their password to be looked at.
const WAITING: usize = 4;

/// Why nobody comes in with that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denied {
    /// It is not the password.
    Wrong,
    /// Too many were wrong; try again after so many seconds.
    Later(u64),
}

/// The door, where there is a password.
pub(super) struct Door {
    hash: Secret,
    key: [u8; 32],
    known: Mutex<Option<[u8; 32]>>,
    sessions: Mutex<Sessions>,
    attempts: Mutex<Attempts>,
    /// One password at a time: argon2 takes a core and 19 MiB.
    turn: Arc<Semaphore>,
    queue: Semaphore,
}

impl Door {
    /// A door that opens to the password with this hash.
    ///
    /// # Errors
    /// Where it is no hash, or there is no randomness.
    pub fn new(hash: Secret) -> Result<Self, PasswordError> {
        password::parse(hash.reveal())?;
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|_| PasswordError::Random)?;
        Ok(Self {
            hash,
            key,
            known: Mutex::default(),
            sessions: Mutex::default(),
            attempts: Mutex::default(),
            turn: Arc::new(Semaphore::new(1)),
            queue: Semaphore::new(WAITING),
        })
    }

    /// Whether it is the password, asked from this address.
    ///
    /// # Errors
    /// [`Denied`].
    pub async fn password(&self, from: IpAddr, password: Secret) -> Result<(), Denied> {
        lock(&self.attempts)
            .may(from, Instant::now())
            .map_err(Denied::Later)?;
        let digest = self.digest(&password);
        if lock(&self.known).is_some_and(|known| same(&known, &digest)) {
            return Ok(());
        }
        let Ok(_place) = self.queue.try_acquire() else {
            return Err(Denied::Later(1));
        };
        let Ok(turn) = Arc::clone(&self.turn).acquire_owned().await else {
            return Err(Denied::Later(1));
        };
        // Counted before the answer is known: many at once get no more tries than one by one.
        lock(&self.attempts)
            .wrong(from, Instant::now())
            .map_err(Denied::Later)?;
        let hash = self.hash.clone();
        let right = tokio::task::spawn_blocking(move || {
            // The turn ends with the work, also when nobody waits for it any more.
            let _turn = turn;
            password::verify(&password, hash.reveal()).unwrap_or(false)
        });
        if !right.await.unwrap_or(false) {
            return Err(Denied::Wrong);
        }
        lock(&self.attempts).right(from);
        *lock(&self.known) = Some(digest);
        Ok(())
    }

    /// Begins a session.
    ///
    /// # Errors
    /// Where there is no randomness.
    pub fn begin(&self) -> Result<Token, PasswordError> {
        let token = Token::new().map_err(|_| PasswordError::Random)?;
        lock(&self.sessions).begin(&token, Instant::now());
        Ok(token)
    }

    /// Whether this is the token of a session.
    pub fn session(&self, token: &str) -> bool {
        lock(&self.sessions).has(token, Instant::now())
    }

    /// Ends a session.
    pub fn end(&self, token: &str) {
        lock(&self.sessions).end(token);
    }

    fn digest(&self, password: &Secret) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(self.key);
        digest.update(password.reveal().as_bytes());
        digest.finalize().into()
    }
}

/// Compares in a time that does not depend on where they differ.
fn same(one: &[u8; 32], other: &[u8; 32]) -> bool {
    let differences = one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b));
    std::hint::black_box(differences) == 0
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
