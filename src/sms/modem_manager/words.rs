//! What ModemManager's errors mean for a person.

use super::super::owner::Trouble;
use super::super::snapshot::{Lock, ModemState};
use crate::bus::BusError;

/// Something is wrong with the modem, in one sentence.
pub fn not_ready(state: ModemState, sentence: impl Into<String>) -> Trouble {
    Trouble::NotReady {
        state,
        sentence: sentence.into(),
    }
}

/// What an error of the bus means for the modem.
pub fn trouble(error: &BusError) -> Trouble {
    match error {
        BusError::NoBus { .. } | BusError::Gone => not_ready(
            ModemState::Absent,
            format!("{error}; ModemManager cannot be reached"),
        ),
        BusError::NotRunning(_) => not_ready(
            ModemState::Absent,
            "ModemManager is not running; start it or name a port with -d",
        ),
        BusError::Stalled(_) => not_ready(
            ModemState::Failed("ModemManager does not answer".to_owned()),
            "ModemManager does not answer; restart it",
        ),
        other => {
            let sentence = sentence(other);
            not_ready(ModemState::Failed(sentence.clone()), sentence)
        }
    }
}

/// The last part of an error's name, like `Message.NoNetwork`.
pub fn code(error: &BusError) -> &str {
    match error {
        BusError::Refused { name, .. } => name
            .strip_prefix("org.freedesktop.ModemManager1.Error.")
            .unwrap_or(name),
        _ => "",
    }
}

/// Whether the person may not do this.
pub fn is_forbidden(error: &BusError) -> bool {
    matches!(error, BusError::Forbidden(_)) || code(error) == "Core.Unauthorized"
}

/// ModemManager's words, made into a sentence.
pub fn sentence(error: &BusError) -> String {
    if is_forbidden(error) {
        return "ModemManager does not let you use the modem; log in on this machine's own \
                screen, or ask its administrator (polkit: org.freedesktop.ModemManager1)"
            .to_owned();
    }
    match error {
        // A number that it has no words for.
        BusError::Refused { text, .. } if text == "Unknown" || text == "Unknown error" => {
            "the modem or the network refused it, and ModemManager does not say why".to_owned()
        }
        BusError::Refused { text, .. } => format!("ModemManager says: {}", crate::bar::clean(text)),
        other => other.to_string(),
    }
}

/// A missing SIM, which ModemManager calls a failure.
pub fn no_sim() -> Trouble {
    Trouble::Locked {
        lock: Lock::NoSim,
        tries: super::super::serial::PinTries::default(),
        sentence: super::super::owner::wanted(&Lock::NoSim),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_who_may_not_is_told_so_and_every_other_error_keeps_its_words() {
        let error = |name: &str| BusError::Refused {
            name: format!("org.freedesktop.ModemManager1.Error.{name}"),
            text: "No network\u{202e}".to_owned(),
        };
        assert!(sentence(&error("Core.Unauthorized")).contains("does not let you"));
        assert_eq!(
            sentence(&error("Message.NoNetwork")),
            "ModemManager says: No network"
        );
        assert_eq!(code(&error("Message.NoNetwork")), "Message.NoNetwork");
    }
}
