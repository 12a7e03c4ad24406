//! The icons of the status lines.

/// An icon, by what it says.
///
/// The code points are those that Font Awesome 4.7 (Debian's `fonts-font-awesome`) and 6 share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Messages wait to be read (`envelope`).
    Envelope,
    /// Everything is read (`envelope-open`).
    EnvelopeOpen,
    /// Something is wrong (`exclamation-triangle`).
    Warning,
    /// A PIN or PUK is wanted (`lock`).
    Lock,
    /// The mobile network (`signal`).
    Signal,
    /// The device is not there (`plug`).
    Plug,
}

impl Icon {
    /// The character in Font Awesome.
    #[must_use]
    pub fn code_point(self) -> char {
        match self {
            Self::Envelope => '\u{f0e0}',
            Self::EnvelopeOpen => '\u{f2b6}',
            Self::Warning => '\u{f071}',
            Self::Lock => '\u{f023}',
            Self::Signal => '\u{f012}',
            Self::Plug => '\u{f1e6}',
        }
    }

    /// The word for it where there is no icon font: short ASCII without any bar's markup.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Envelope | Self::EnvelopeOpen => "SMS",
            Self::Warning => "!",
            Self::Lock => "LOCK",
            Self::Signal => "SIG",
            Self::Plug => "OFF",
        }
    }
}
