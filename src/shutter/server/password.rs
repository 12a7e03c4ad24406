//! The password of the service: what is kept of it, and whether it is the one.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, Params, PasswordHash};

use crate::secret::Secret;

/// Shortest password that is taken, in characters.
const SHORTEST: usize = 8;
/// Longest password that is taken or tried, in bytes.
pub(super) const LONGEST: usize = 1024;
/// Most memory that a hash may ask for, in KiB; ours asks for 19 MiB.
const MEMORY: u32 = 256 * 1024;
/// Most passes over it; ours makes 2.
const PASSES: u32 = 16;

/// Why a password or its hash is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too easily guessed.
    #[error("the password is shorter than {SHORTEST} characters; choose a longer one")]
    Short,
    /// Nobody types that.
    #[error("the password is longer than {LONGEST} bytes; choose a shorter one")]
    Long,
    /// What is configured is no hash of ours.
    #[error("the configured password hash is none of argon2id; make one with 'xshutter passwd'")]
    Hash,
    /// A hash that would take the machine's memory at every log-in.
    #[error("the configured password hash needs too much work; make one with 'xshutter passwd'")]
    Work,
    /// The system gave no randomness.
    #[error("no password hash can be made: the system gives no random numbers; try again")]
    Random,
}

/// Makes what is written into the configuration: argon2id with a salt of its own, as a PHC
/// string.
///
/// # Errors
/// Passwords that are too short or too long.
pub fn hash(password: &Secret) -> Result<String, PasswordError> {
    let text = password.reveal();
    if text.chars().count() < SHORTEST {
        return Err(PasswordError::Short);
    }
    if text.len() > LONGEST {
        return Err(PasswordError::Long);
    }
    let hash: PasswordHash = Argon2::default()
        .hash_password(text.as_bytes())
        .map_err(|_| PasswordError::Random)?;
    Ok(hash.to_string())
}

/// Whether it is the password, in a time that tells nothing about how near it was. It takes
/// some hundred milliseconds on a small machine.
///
/// # Errors
/// Where the hash is none, or asks for too much.
pub fn verify(password: &Secret, hash: &str) -> Result<bool, PasswordError> {
    let hash = parse(hash)?;
    let text = password.reveal().as_bytes();
    Ok(text.len() <= LONGEST && Argon2::default().verify_password(text, &hash).is_ok())
}

/// Reads a hash and looks whether it can be used.
pub(super) fn parse(hash: &str) -> Result<PasswordHash, PasswordError> {
    let hash = PasswordHash::new(hash.trim()).map_err(|_| PasswordError::Hash)?;
    if hash.algorithm != argon2::ARGON2ID_IDENT || hash.salt.is_none() || hash.hash.is_none() {
        return Err(PasswordError::Hash);
    }
    let params = Params::try_from(&hash).map_err(|_| PasswordError::Hash)?;
    match params.m_cost() <= MEMORY && params.t_cost() <= PASSES {
        true => Ok(hash),
        false => Err(PasswordError::Work),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash_alone() {
        let secret = Secret::new("correct horse");
        let (one, other) = (hash(&secret).unwrap(), hash(&secret).unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, other, "a salt of its own");
        assert_eq!(verify(&secret, &one), Ok(true));
        assert_eq!(verify(&secret, &format!(" {other}\n")), Ok(true));
        assert_eq!(verify(&Secret::new("correct horsf"), &one), Ok(false));
        assert_eq!(verify(&Secret::new("x".repeat(5000)), &one), Ok(false));
    }

    #[test]
    fn what_is_too_short_too_long_or_no_hash_is_refused() {
        assert_eq!(hash(&Secret::new("1234567")), Err(PasswordError::Short));
        assert_eq!(
            hash(&Secret::new("x".repeat(1025))),
            Err(PasswordError::Long)
        );
        let salt_and_hash = "c2FsdHNhbHRzYWx0$q1Yh7Bq3Yh6cVt0P3vC3l2m5W8nJ0bq0iA5hQ3Jm2xE";
        for (wrong, why) in [
            ("".to_owned(), PasswordError::Hash),
            ("swordfish".to_owned(), PasswordError::Hash),
            (
                "$argon2id$v=19$m=19456,t=2,p=1".to_owned(),
                PasswordError::Hash,
            ),
            (
                format!("$argon2i$v=19$m=19456,t=2,p=1${salt_and_hash}"),
                PasswordError::Hash,
            ),
            (
                format!("$argon2id$v=19$m=4194304,t=2,p=1${salt_and_hash}"),
                PasswordError::Work,
            ),
        ] {
            assert_eq!(
                verify(&Secret::new("12345678"), &wrong),
                Err(why),
                "{wrong}"
            );
        }
    }
}
