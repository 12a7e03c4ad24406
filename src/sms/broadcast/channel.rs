//! What a broadcast is about, by its message identifier (3GPP TS 23.041 clause 9.4.1.2.2; the
//! levels of EU-Alert are those of ETSI TS 102 900).

use serde::{Deserialize, Serialize};

/// How bad it is, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// WEA national alert, EU-Alert level 1: nobody may switch it off.
    Presidential,
    /// Life is in danger now: WEA extreme, EU-Alert level 2, earthquakes and tsunamis.
    Extreme,
    /// Life may be in danger: WEA severe, EU-Alert level 3.
    Severe,
    /// A child is missing (WEA AMBER, EU-Amber).
    Amber,
    /// Advice for everybody (WEA public safety, EU-Alert level 4).
    Safety,
    /// A test or an exercise.
    Test,
    /// Something else that the operator tells.
    Info,
}

/// The channels that are listened to by default, as `+CSCB` writes them: earthquake and tsunami,
/// all levels of WEA and EU-Alert, and the older numbers of NL-Alert and LT-Alert.
pub const CHANNELS: &str = "4352-4359,4370-4399,911,919";

/// Whether a message identifier is one of ETWS, whose first notification has no text.
pub(super) fn is_etws(channel: u16) -> bool {
    (0x1100..=0x1107).contains(&channel)
}

impl Severity {
    /// The severity that a message identifier stands for.
    #[must_use]
    pub fn of_channel(channel: u16) -> Self {
        match channel {
            0x1103 | 4380..=4382 | 4393..=4395 | 4398 | 4399 => Self::Test,
            0x1100..=0x1107 => Self::Extreme,
            4370 | 4383 => Self::Presidential,
            911 | 919 | 4371 | 4372 | 4384 | 4385 => Self::Extreme,
            4373..=4378 | 4386..=4391 => Self::Severe,
            4379 | 4392 => Self::Amber,
            4396 | 4397 => Self::Safety,
            _ => Self::Info,
        }
    }

    /// Its word, as in JSON and in the store.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Presidential => "presidential",
            Self::Extreme => "extreme",
            Self::Severe => "severe",
            Self::Amber => "amber",
            Self::Safety => "safety",
            Self::Test => "test",
            Self::Info => "info",
        }
    }

    /// The severity of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [
            Self::Presidential,
            Self::Extreme,
            Self::Severe,
            Self::Amber,
            Self::Safety,
            Self::Test,
            Self::Info,
        ]
        .into_iter()
        .find(|severity| severity.word() == word)
    }

    /// What a person is told it is.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Presidential => "National emergency alert",
            Self::Extreme => "Emergency alert: extreme danger",
            Self::Severe => "Emergency alert: severe danger",
            Self::Amber => "Missing person alert",
            Self::Safety => "Public safety message",
            Self::Test => "Test of the emergency alert",
            Self::Info => "Broadcast of the operator",
        }
    }

    /// Whether it must be seen at once, whatever else is going on.
    #[must_use]
    pub fn is_urgent(self) -> bool {
        self <= Self::Severe
    }

    /// The sender that its thread has. No SMS can have it: an alphanumeric sender has eleven
    /// characters at most (3GPP TS 23.040 clause 9.1.2.5).
    #[must_use]
    pub fn thread(self) -> &'static str {
        match self {
            Self::Presidential | Self::Extreme | Self::Severe => "Emergency alerts",
            Self::Amber => "Missing person alerts",
            Self::Safety => "Public safety messages",
            Self::Test => "Tests of emergency alerts",
            Self::Info => "Broadcasts of the operator",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_channels_of_the_standard_have_their_severity() {
        for (channel, severity) in [
            (4352, Severity::Extreme),
            (4355, Severity::Test),
            (4370, Severity::Presidential),
            (4371, Severity::Extreme),
            (4378, Severity::Severe),
            (4379, Severity::Amber),
            (4380, Severity::Test),
            (4383, Severity::Presidential),
            (4384, Severity::Extreme),
            (4392, Severity::Amber),
            (4396, Severity::Safety),
            (919, Severity::Extreme),
            (50, Severity::Info),
        ] {
            assert_eq!(Severity::of_channel(channel), severity, "{channel}");
            assert_eq!(Severity::from_word(severity.word()), Some(severity));
            assert!(severity.thread().len() > 11);
        }
        assert!(Severity::Severe.is_urgent() && !Severity::Amber.is_urgent());
    }

    #[test]
    fn a_person_is_told_each_severity_in_words_of_its_own() {
        let mut titles = [4352, 4355, 4370, 4373, 4379, 4396, 50]
            .map(|channel| Severity::of_channel(channel).title());
        titles.sort_unstable();
        assert!(titles.iter().all(|title| title.len() > 10));
        assert!(titles.array_windows().all(|[one, other]| one != other));
    }
}
