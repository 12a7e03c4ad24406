//! What a connection got from its network (`IP4Config`, `IP6Config`, `DHCP4Config`,
//! `DHCP6Config`).

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::net::snapshot::Addresses;
use crate::net::tree::wanted::{DHCP4, DHCP6, IP4, IP6};
use crate::net::tree::{Properties, Tree, Value};

/// The addresses of an active connection.
pub(super) fn of(nm: &Tree, active: &Properties) -> Addresses {
    let part = |name, interface| {
        let object = nm.object(active.path(name)?)?;
        Some(object.get(interface))
    };
    let (ip4, ip6) = (part("Ip4Config", IP4), part("Ip6Config", IP6));
    let dhcp = part("Dhcp4Config", DHCP4).or_else(|| part("Dhcp6Config", DHCP6));
    let both = || [ip4, ip6].into_iter().flatten();
    let option = |name| {
        let options = dhcp.and_then(|dhcp| dhcp.value("Options"))?;
        options.get(name)?.text()
    };
    let mut found = Addresses {
        v4: ip4.map(addresses).unwrap_or_default(),
        v6: ip6.map(addresses).unwrap_or_default(),
        gateways: both().filter_map(|ip| ip.string("Gateway")).collect(),
        dns: both().flat_map(name_servers).collect(),
        domains: both()
            .flat_map(|ip| ip.list("Searches").iter().chain(ip.list("Domains")))
            .filter_map(Value::text)
            .map(ToString::to_string)
            .collect(),
        dhcp_server: option("dhcp_server_identifier").map(ToString::to_string),
        lease_until_s: option("expiry").and_then(|expiry| expiry.parse().ok()),
    };
    for list in [&mut found.dns, &mut found.domains] {
        let mut seen = std::collections::HashSet::new();
        list.retain(|item| seen.insert(item.clone()));
    }
    found
}

/// `AddressData`, as `address/prefix`.
fn addresses(ip: &Properties) -> Vec<String> {
    ip.list("AddressData")
        .iter()
        .filter_map(|entry| {
            let address = entry.get("address")?.text()?;
            Some(match entry.get("prefix").and_then(Value::number::<u8>) {
                Some(prefix) => format!("{address}/{prefix}"),
                None => address.to_string(),
            })
        })
        .collect()
}

/// `NameserverData`, or `Nameservers` where that is missing: of IPv6 until now, and of both
/// while NetworkManager is old.
fn name_servers(ip: &Properties) -> Vec<String> {
    let known: Vec<String> = ip
        .list("NameserverData")
        .iter()
        .filter_map(|entry| entry.get("address")?.text())
        .map(ToString::to_string)
        .collect();
    if !known.is_empty() {
        return known;
    }
    ip.list("Nameservers")
        .iter()
        .filter_map(|server| match server {
            // The number's bytes in memory are the address in network order.
            Value::Number(number) => {
                let bytes = u32::try_from(*number).ok()?.to_ne_bytes();
                Some(Ipv4Addr::from(bytes).to_string())
            }
            Value::Bytes(bytes) => {
                let bytes: [u8; 16] = bytes.as_ref().try_into().ok()?;
                Some(Ipv6Addr::from(bytes).to_string())
            }
            _ => None,
        })
        .collect()
}
