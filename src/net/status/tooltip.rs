//! The text under the pointer (waybar): a line for each thing that is up.

use super::situation::{Condition, Link, LinkKind};
use crate::net::network::Bands;
use crate::net::snapshot::Snapshot;

/// Lines of untrusted text; the bar's language escapes them.
pub(super) fn tooltip(
    snapshot: &Snapshot,
    condition: Condition,
    link: Option<&Link<'_>>,
) -> String {
    let mut lines = Vec::new();
    if let Some(link) = link {
        lines.push(headline(link));
        let addresses = &link.connection.addresses;
        let all = addresses.v4.iter().chain(&addresses.v6);
        lines.extend(all.map(|address| format!("  {address}")));
        if let Some(gateway) = addresses.gateways.first() {
            lines.push(format!("  gateway {gateway}"));
        }
    }
    lines.extend(super::others(snapshot, link).map(|other| headline(&other)));
    lines.extend(
        snapshot
            .tunnels()
            .filter(|tunnel| link.is_none_or(|link| link.connection.id != tunnel.id))
            .map(|tunnel| format!("VPN {}", one_line(&tunnel.name))),
    );
    if let Some(prompt) = &snapshot.prompt {
        lines.push(format!("{} wants a password", one_line(&prompt.name)));
    } else if let Some(error) = super::error(snapshot) {
        lines.push(error);
    } else if !condition.words().is_empty() {
        lines.push(sentence(condition).to_owned());
    }
    lines.join("\n")
}

fn headline(link: &Link<'_>) -> String {
    let mut facts = Vec::new();
    if let Some(technology) = link.modem.and_then(|modem| modem.technology) {
        facts.push(technology.to_owned());
    }
    if let Some(percent) = link.strength_percent() {
        facts.push(format!("{percent} %"));
    }
    if let Some(point) = link.point.filter(|_| link.kind == LinkKind::Wifi) {
        facts.push(Bands::of(point.frequency_mhz).words());
        facts.push(point.security.words().to_owned());
    }
    if let Some(speed) = link.device.and_then(|device| device.speed_mbps) {
        facts.push(format!("{speed} Mbit/s"));
    }
    if link.modem.is_some_and(|modem| modem.roaming) {
        facts.push("roaming".to_owned());
    }
    facts.push(link.interface().to_owned());
    facts.retain(|fact| !fact.is_empty());
    format!("{}: {}", one_line(&link.name()), facts.join(", "))
}

/// A name may hold line breaks; here they would pretend to be lines of ours.
fn one_line(name: &str) -> String {
    crate::bar::clean(name)
}

fn sentence(condition: Condition) -> &'static str {
    match condition {
        Condition::Portal => "Sign in to the network to reach the internet",
        Condition::Limited => "No internet behind this network",
        Condition::Asleep => "Networking is off",
        Condition::SimPin => "The SIM wants its PIN",
        Condition::SimPuk => "The SIM wants its PUK",
        other => other.words(),
    }
}
