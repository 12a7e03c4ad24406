//! Who asks, where a proxy asks for others.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName};

const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address that a request comes from: the connection's, unless that is a proxy's that is
/// trusted. Then it is the last one in `X-Forwarded-For` that is no such proxy: what is before it
/// was written by who knows whom.
pub(super) fn visitor(from: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let is_proxy = |address: IpAddr| proxies.contains(&address.to_canonical());
    if !is_proxy(from) {
        return from;
    }
    let all = headers.get_all(FORWARDED).into_iter();
    let named: Vec<&str> = all
        // One that cannot be read is none of a proxy's, and ends what is believed.
        .map(|value| value.to_str().unwrap_or_default())
        .flat_map(|value| value.split(','))
        .collect();
    let mut last = from;
    for name in named.into_iter().rev() {
        let Some(address) = address(name.trim()) else {
            break;
        };
        last = address;
        if !is_proxy(address) {
            break;
        }
    }
    last
}

/// Some proxies write the port, too.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let alone = bare.unwrap_or(text).parse().ok();
    alone.or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(from: &str, headers: &[&'static str]) -> String {
        let proxies = ["192.0.2.9".parse().unwrap(), "192.0.2.8".parse().unwrap()];
        let mut map = HeaderMap::new();
        for value in headers {
            map.append(FORWARDED, value.parse().unwrap());
        }
        visitor(from.parse().unwrap(), &map, &proxies).to_string()
    }

    #[test]
    fn a_proxy_that_is_trusted_says_whom_it_speaks_for_and_nobody_else_does() {
        assert_eq!(found("192.0.2.9", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(found("192.0.2.7", &["198.51.100.1"]), "192.0.2.7");
        // What a visitor writes into the header himself is before what the proxy adds.
        assert_eq!(
            found("192.0.2.9", &["203.0.113.5, 198.51.100.1"]),
            "198.51.100.1"
        );
        assert_eq!(
            found("192.0.2.9", &["203.0.113.5", "198.51.100.1"]),
            "198.51.100.1"
        );
        // Two proxies one behind the other.
        assert_eq!(
            found("192.0.2.9", &["198.51.100.1, 192.0.2.8"]),
            "198.51.100.1"
        );
        assert_eq!(found("::ffff:192.0.2.9", &["198.51.100.1"]), "198.51.100.1");
        for (wrong, who) in [
            ("", "192.0.2.9"),
            ("unknown", "192.0.2.9"),
            ("198.51.100.1, _hidden", "192.0.2.9"),
            ("198.51.100.1:4711", "198.51.100.1"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
        ] {
            assert_eq!(found("192.0.2.9", &[wrong]), who, "{wrong}");
        }
        assert_eq!(found("192.0.2.9", &[]), "192.0.2.9");
    }
}
