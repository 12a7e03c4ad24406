//! What NetworkManager or ModemManager refused, in a sentence for people.

use crate::bar::clean;
use crate::bus::BusError;
use crate::net::settings::Wrong;
use crate::net::snapshot::{About, Failure};
use crate::secret::Secret;

/// What was being done when it was refused.
pub(super) struct Doing<'a> {
    /// What the failure belongs to.
    pub about: About,
    /// What did not happen, like `Cannot delete 'Café'`.
    pub what: String,
    /// The permission that it needs, like `settings.modify.system`.
    pub permission: &'static str,
    /// What was sent and must not be seen, should the service repeat it.
    pub secrets: &'a [&'a Secret],
}

impl<'a> Doing<'a> {
    pub(super) fn new(about: About, what: impl Into<String>, permission: &'static str) -> Self {
        Self {
            about,
            what: what.into(),
            permission,
            secrets: &[],
        }
    }

    pub(super) fn with_secrets(self, secrets: &'a [&'a Secret]) -> Self {
        Self { secrets, ..self }
    }

    /// The bus or the service said no.
    pub(super) fn refused(&self, error: &BusError) -> Failure {
        let why = match error {
            BusError::Forbidden(_) => return self.forbidden(),
            BusError::NotRunning(service) => {
                format!("{} is not running; start it and try again", short(service))
            }
            BusError::Stalled(service) => {
                format!("{} does not answer; try again", short(service))
            }
            BusError::Gone | BusError::NoBus { .. } => {
                "there is no connection to the system bus; try again".to_owned()
            }
            BusError::Garbled(_) => "the answer makes no sense; try again".to_owned(),
            BusError::Refused { name, text } => {
                let end = name.rsplit('.').next().unwrap_or_default();
                match words(end) {
                    Some(words) => words.to_owned(),
                    None => self.told(text),
                }
            }
        };
        self.because(&why)
    }

    /// What was typed cannot work.
    pub(super) fn wrong(&self, wrong: &Wrong) -> Failure {
        self.because(&wrong.to_string())
    }

    /// Another reason, without a full stop.
    pub(super) fn because(&self, why: &str) -> Failure {
        Failure {
            about: self.about.clone(),
            sentence: format!("{}: {why}.", self.what),
        }
    }

    fn forbidden(&self) -> Failure {
        self.because(&format!(
            "your user lacks the permission '{}'; let an administrator give it, or start a \
             polkit agent that can ask for a password",
            self.permission
        ))
    }

    /// The service's own words, cleaned, without any secret that was sent to it.
    fn told(&self, text: &str) -> String {
        let mut text = clean(text);
        for secret in self.secrets.iter().filter(|secret| !secret.is_empty()) {
            text = text.replace(secret.reveal(), "***");
        }
        let text = text.trim_end_matches('.');
        if text.is_empty() {
            "it was refused without a reason; try again".to_owned()
        } else {
            text.to_owned()
        }
    }
}

/// Words for the errors that people can do something about, by the end of the error's name.
fn words(name: &str) -> Option<&'static str> {
    Some(match name {
        "UnknownConnection" => "the profile is gone; another program has deleted it",
        "UnknownDevice" => "the device is gone; plug it in again",
        "UnknownMethod" | "UnknownObject" => "it is not there any more; look at the list again",
        "ConnectionNotAvailable" => {
            "no device can use it now; check that the device is there, switched on and in reach"
        }
        "IncompatibleConnection" => "this device cannot use it; choose another device",
        "ConnectionNotActive" | "NotActive" => "it was down already",
        "SpecificObjectNotFound" => "the network is out of range; move closer and try again",
        "MissingPlugin" => "NetworkManager's plugin for it is missing; install it",
        "DependencyFailed" | "MissingDependencies" => {
            "something that it needs is missing; bring the connection below it up first"
        }
        "ReadOnlyConnection" | "NotSupported" => {
            "NetworkManager cannot change this profile; an administrator set it up by hand"
        }
        "AlreadyAsleepOrAwake" | "AlreadyEnabledOrDisabled" => "it is so already",
        "NoSecrets" => "nobody has the password; type it",
        _ => return None,
    })
}

/// A service by its program's name.
fn short(service: &str) -> &str {
    match service {
        super::MODEM_MANAGER => "ModemManager",
        super::NETWORK_MANAGER => "NetworkManager",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(end: &str, text: &str, secret: &Secret) -> String {
        let secrets = [secret];
        let about = About::Scan;
        let error = BusError::Refused {
            name: format!("org.freedesktop.NetworkManager.{end}"),
            text: text.to_owned(),
        };
        Doing::new(about, "Cannot join 'Café'", "network-control")
            .with_secrets(&secrets)
            .refused(&error)
            .sentence
    }

    #[test]
    fn a_refusal_says_what_did_not_happen_and_what_to_do() {
        let none = Secret::default();
        assert_eq!(
            refused("Device.SpecificObjectNotFound", "No.", &none),
            "Cannot join 'Café': the network is out of range; move closer and try again."
        );
        assert_eq!(
            refused("Failed", "odd\x1b[31m thing.", &none),
            "Cannot join 'Café': odd[31m thing."
        );
    }

    #[test]
    fn a_service_that_repeats_the_password_does_not_make_it_seen() {
        let secret = Secret::new("canary-psk-1");
        let sentence = refused("Failed", "psk: 'canary-psk-1' is bad", &secret);
        assert_eq!(sentence, "Cannot join 'Café': psk: '***' is bad.");
    }

    #[test]
    fn a_missing_permission_is_named() {
        let doing = Doing::new(About::Radio, "Cannot switch Wi-Fi", "enable-disable-wifi");
        let error = BusError::Forbidden("Not authorized".into());
        let sentence = doing.refused(&error).sentence;
        assert!(sentence.contains("'enable-disable-wifi'"), "{sentence}");
    }
}
