//! The named fields of `--format`.

use super::look::Look;
use super::rate::rate;
use super::situation::{Condition, Link, LinkKind};
use crate::bar::Segment;
use crate::net::network::Bands;
use crate::net::snapshot::Snapshot;
use crate::net::words;

/// Every field and what it shows; the help texts and the man page are made of this.
pub const FIELDS: &[(&str, &str)] = &[
    (
        "icon",
        "the link's icon, or that of what is wrong; coloured by strength",
    ),
    (
        "bars",
        "the signal in steps, or what --strength-icons has for it; coloured by strength",
    ),
    ("name", "the Wi-Fi network's, operator's or profile's name"),
    (
        "strength",
        "the signal in percent, without the sign; coloured by strength",
    ),
    ("device", "the interface, like wlan0"),
    ("kind", "wifi, hotspot, ethernet, mobile, bluetooth, vpn"),
    ("profile", "the profile's name"),
    ("operator", "the mobile network's operator"),
    ("technology", "2G, 3G, LTE, 5G"),
    ("roaming", "R in a foreign mobile network"),
    (
        "vpn",
        "the names of the VPNs and WireGuard tunnels that are up",
    ),
    (
        "others",
        "the icon of another link that is up, like Wi-Fi beside a cable",
    ),
    (
        "state",
        "what is wrong in a few words, like 'sign in' or 'offline'; empty when all is well",
    ),
    ("connectivity", "full, portal, limited, none, unknown"),
    (
        "address",
        "the first IPv4 address, or IPv6 where there is no other",
    ),
    ("address6", "the first IPv6 address"),
    ("gateway", "the first gateway"),
    ("dns", "the first name server"),
    (
        "rx",
        "received a second: KB, or with --suffix in the fitting unit",
    ),
    ("tx", "sent a second, likewise"),
    ("speed", "the link's speed in Mbit/s"),
    ("frequency", "the Wi-Fi channel's frequency in MHz"),
    ("band", "the Wi-Fi band: 2.4 GHz, 5 GHz, 6 GHz"),
    ("bssid", "the access point's hardware address"),
    (
        "security",
        "open, wep, owe, wpa2, wpa2-wpa3, wpa3, enterprise",
    ),
    (
        "error",
        "the whole sentence, where NetworkManager cannot be asked",
    ),
];

/// The fields that need traffic counted.
pub const RATES: &[&str] = &["rx", "tx"];

/// The names alone, as a template wants them.
#[must_use]
pub fn field_names() -> Vec<&'static str> {
    FIELDS.iter().map(|(name, _)| *name).collect()
}

/// What fields are taken from.
pub(super) struct View<'a> {
    pub snapshot: &'a Snapshot,
    pub condition: Condition,
    pub link: Option<&'a Link<'a>>,
    pub look: &'a Look,
}

impl View<'_> {
    /// A field's segment; `None` where there is nothing to show.
    pub fn value(&self, field: &str) -> Option<Segment> {
        let text = match field {
            "icon" => return Some(self.icon()),
            "bars" => return Some(self.look.bars(self.link?.strength_percent()?)),
            "strength" => {
                let percent = self.link?.strength_percent()?;
                let colour = self.look.colour(percent);
                return Some(Segment::untrusted(percent.to_string()).coloured(colour));
            }
            "others" => return self.others(),
            "state" => {
                let words = Some(self.condition.words()).filter(|words| !words.is_empty())?;
                return Some(Segment::untrusted(words).coloured(self.look.problem_colour));
            }
            "connectivity" => words::connectivity(self.snapshot.connectivity).to_owned(),
            "vpn" => {
                let names: Vec<&str> = self.snapshot.tunnels().map(|t| t.name.as_str()).collect();
                names.join(", ")
            }
            "error" => super::error(self.snapshot)?,
            "rx" => rate(self.snapshot.rates?.rx, self.look.suffix),
            "tx" => rate(self.snapshot.rates?.tx, self.look.suffix),
            _ => self.of_link(field)?,
        };
        Some(text)
            .filter(|text| !text.is_empty())
            .map(Segment::untrusted)
    }

    fn of_link(&self, field: &str) -> Option<String> {
        let link = self.link?;
        let addresses = &link.connection.addresses;
        let mobile = || link.modem.filter(|_| link.kind == LinkKind::Mobile);
        Some(match field {
            "name" => link.name(),
            "device" => link.interface().to_owned(),
            "kind" => link.kind.word().to_owned(),
            "profile" => link.connection.name.clone(),
            "operator" => mobile()?.operator.clone()?,
            "technology" => mobile()?.technology?.to_owned(),
            "roaming" => mobile()
                .filter(|modem| modem.roaming)
                .map(|_| "R")?
                .to_owned(),
            "address" => host(addresses.v4.first().or(addresses.v6.first())?),
            "address6" => host(addresses.v6.first()?),
            "gateway" => addresses.gateways.first()?.clone(),
            "dns" => addresses.dns.first()?.clone(),
            "speed" => link.device?.speed_mbps?.to_string(),
            "frequency" => link.point?.frequency_mhz.to_string(),
            "band" => Bands::of(link.point?.frequency_mhz).words(),
            "bssid" => link.point?.bssid.clone(),
            "security" => words::security(link.point?.security).to_owned(),
            _ => return None,
        })
    }

    fn icon(&self) -> Segment {
        let Some(link) = self.link else {
            return Segment::icon(self.condition.icon()).coloured(self.look.problem_colour);
        };
        let colour = match link.strength_percent() {
            _ if !self.condition.has_link() => self.look.problem_colour,
            Some(percent) => self.look.colour(percent),
            None => None,
        };
        Segment::icon(link.kind.icon()).coloured(colour)
    }

    /// One icon is enough to say that there is more; what it is, the tooltip and the popup tell.
    fn others(&self) -> Option<Segment> {
        super::others(self.snapshot, self.link)
            .map(|other| Segment::icon(other.kind.icon()))
            .next()
    }
}

/// An address without the length of its prefix.
fn host(address: &str) -> String {
    address.split('/').next().unwrap_or(address).to_owned()
}
