//! What a person means by a word on the command line: a network by its bytes, a profile by its
//! UUID or name. A word that means several things is refused, with what it could mean.

use super::ActionError;
use crate::bar::clean;
use crate::net::Ssid;
use crate::net::network::{Network, networks};
use crate::net::security::Family;
use crate::net::snapshot::{Profile, Snapshot, Uuid};
use crate::net::table::{connection_kind, ssid_words};

/// What was meant.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meant {
    /// A saved profile.
    Profile(Uuid),
    /// A network that is in the air and not saved.
    Network(Network),
    /// Nothing that is known: the name of a network that may be hidden.
    Nothing(Ssid),
}

/// Finds what to connect to. `hex` says that the word is bytes; `family` chooses between
/// networks of one name.
pub(super) fn target(
    word: &str,
    hex: bool,
    family: Option<Family>,
    snapshot: &Snapshot,
) -> Result<Meant, ActionError> {
    if hex {
        let ssid = bytes(word).ok_or_else(|| {
            ActionError::Usage(format!("'{word}' is no text of bytes in hexadecimal"))
        })?;
        return by_name(&ssid, None, family, snapshot);
    }
    if let Some(profile) = snapshot.profiles.iter().find(|p| &*p.uuid.0 == word) {
        return Ok(Meant::Profile(profile.uuid.clone()));
    }
    match by_name(&Ssid::from(word), Some(word), family, snapshot)? {
        Meant::Nothing(ssid) => match word.strip_prefix("0x").and_then(|_| bytes(word)) {
            Some(bytes) => by_name(&bytes, None, family, snapshot),
            None => Ok(Meant::Nothing(ssid)),
        },
        found => Ok(found),
    }
}

/// `0x636166c3a9` or `636166c3a9`.
fn bytes(word: &str) -> Option<Ssid> {
    let digits = word.strip_prefix("0x").unwrap_or(word);
    if digits.is_empty() || !digits.len().is_multiple_of(2) || !digits.is_ascii() {
        return None;
    }
    let pairs = digits.as_bytes().chunks(2);
    let bytes: Option<Vec<u8>> = pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    bytes.filter(|_| !digits.contains('+')).map(Ssid::new)
}

fn by_name(
    ssid: &Ssid,
    name: Option<&str>,
    family: Option<Family>,
    snapshot: &Snapshot,
) -> Result<Meant, ActionError> {
    let mut found: Vec<Network> = networks(snapshot)
        .into_iter()
        .filter(|network| network.key.ssid == *ssid)
        .filter(|network| family.is_none_or(|family| network.key.family == family))
        .collect();
    // A profile opens just one of the networks of its name.
    if found.iter().any(Network::is_saved) {
        found.retain(Network::is_saved);
    }
    let of_networks = |uuid: &Uuid| found.iter().any(|n| n.profiles.contains(uuid));
    let named: Vec<&Profile> = snapshot
        .profiles
        .iter()
        .filter(|profile| name == Some(profile.name.as_str()) && !of_networks(&profile.uuid))
        .collect();
    match (found.as_slice(), named.as_slice()) {
        ([], []) => Ok(Meant::Nothing(ssid.clone())),
        ([network], []) => Ok(match network.profiles.first() {
            Some(uuid) => Meant::Profile(uuid.clone()),
            None => Meant::Network(network.clone()),
        }),
        ([], [profile]) => Ok(Meant::Profile(profile.uuid.clone())),
        _ => {
            let networks = found.iter().map(network_words);
            let profiles = named.iter().map(|profile| profile_words(profile));
            Err(ambiguous(
                name.unwrap_or("the name"),
                networks.chain(profiles).collect(),
            ))
        }
    }
}

/// Finds a saved profile: by its UUID, its name, or its network's.
pub(super) fn profile<'a>(word: &str, snapshot: &'a Snapshot) -> Result<&'a Profile, ActionError> {
    let all = || snapshot.profiles.iter();
    if let Some(profile) = all().find(|profile| &*profile.uuid.0 == word) {
        return Ok(profile);
    }
    let mut named: Vec<&Profile> = all().filter(|profile| profile.name == word).collect();
    if named.is_empty() {
        let ssid = Ssid::from(word);
        let by_bytes = word.strip_prefix("0x").and_then(|_| bytes(word));
        named = all()
            .filter(|p| p.ssid.is_some() && (p.ssid.as_ref() == Some(&ssid) || p.ssid == by_bytes))
            .collect();
    }
    match named.as_slice() {
        [profile] => Ok(profile),
        [] => Err(ActionError::Sentence(format!(
            "there is no profile '{}'; 'xnm list' shows them all",
            clean(word)
        ))),
        several => Err(ambiguous(
            word,
            several
                .iter()
                .map(|profile| profile_words(profile))
                .collect(),
        )),
    }
}

fn network_words(network: &Network) -> String {
    let name = ssid_words(&network.key.ssid);
    match network.profiles.first() {
        Some(uuid) => format!("{} (saved network '{name}')", uuid.0),
        None => format!(
            "the network '{name}' that is {} (--security chooses)",
            network.security.words()
        ),
    }
}

fn profile_words(profile: &Profile) -> String {
    format!(
        "{} ({} profile '{}')",
        clean(&profile.uuid.0),
        connection_kind(&profile.kind),
        clean(&profile.name)
    )
}

fn ambiguous(word: &str, candidates: Vec<String>) -> ActionError {
    ActionError::Sentence(format!(
        "'{}' could be several, so name one by its UUID:\n  {}",
        clean(word),
        candidates.join("\n  ")
    ))
}

#[cfg(test)]
mod tests;
