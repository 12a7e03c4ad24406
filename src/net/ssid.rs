//! A network's name: up to 32 bytes of anything (IEEE 802.11, 9.4.2.2), shown safely and
//! compared by its bytes alone.

use std::fmt;

use crate::bar::clean;

/// The name of a Wi-Fi network, as bytes. Two networks that look the same are not the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ssid(Vec<u8>);

impl Ssid {
    /// Takes any bytes; the standard allows 32, and who sends more is shown as he is.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes, which alone identify the network.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether the network does not tell its name: nothing, or zero bytes only.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.0.iter().all(|&byte| byte == 0)
    }

    /// The name for people: control and direction characters are gone, what is not UTF-8 shows
    /// as U+FFFD. Never to be compared, and never trusted by a bar.
    #[must_use]
    pub fn text(&self) -> String {
        clean(&String::from_utf8_lossy(&self.0))
    }

    /// The bytes in lower-case hexadecimal.
    #[must_use]
    pub fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl From<&str> for Ssid {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

impl fmt::Debug for Ssid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ssid({:?})", String::from_utf8_lossy(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_any_bytes_is_shown_without_what_could_fool_the_reader() {
        let ssid = Ssid::new(*b"caf\xc3\xa9\x1b[31m\xff");
        assert_eq!(ssid.text(), "café[31m\u{fffd}");
        assert_eq!(Ssid::from("a\u{202e}b").text(), "ab");
        assert_eq!(ssid.hex(), "636166c3a91b5b33316dff");
    }

    #[test]
    fn a_network_of_zero_bytes_is_hidden() {
        assert!(Ssid::default().is_hidden());
        assert!(Ssid::new([0, 0, 0]).is_hidden());
        assert!(!Ssid::from(" ").is_hidden());
    }
}
