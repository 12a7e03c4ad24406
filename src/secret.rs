//! Text that must never be seen: a PIN, a PUK, a passphrase.

use std::fmt;

use zeroize::Zeroizing;

/// A secret that prints as `***`, and whose memory is wiped when it is dropped.
///
/// It implements neither `Display` nor `Serialize`, so it cannot reach a log, an error text or
/// a JSON document by accident; [`Secret::reveal`] is the one way out and easy to search for.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes ownership of the secret text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The secret itself, to be written to a device and nowhere else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// A text in which `http://name:password@host` has become `http://…@host`.
#[must_use]
pub fn without_login(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, piece) in text.split("://").enumerate() {
        if index == 0 {
            out.push_str(piece);
            continue;
        }
        out.push_str("://");
        let end = piece.find(|c: char| c == '/' || c.is_whitespace() || c == '\'');
        let (authority, rest) = piece.split_at(end.unwrap_or(piece.len()));
        match authority.rsplit_once('@') {
            Some((_, host)) => {
                out.push_str("…@");
                out.push_str(host);
            }
            None => out.push_str(authority),
        }
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_show_in_debug_output() {
        let secret = Secret::new("1234");
        assert_eq!(format!("{secret:?}"), "Secret(***)");
        assert_eq!(secret.reveal(), "1234");
    }
}
