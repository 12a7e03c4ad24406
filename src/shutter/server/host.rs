//! Whether a request is meant for this service, and comes from its own page: pure rules.
//!
//! A page of somebody else can make a browser ask anything of any address. It cannot choose the
//! `Host` (a name that it had pointed at this machine would show there) nor the `Origin`.

use std::net::IpAddr;

use axum::http::HeaderMap;
use axum::http::header::{HOST, HeaderName, ORIGIN};
use axum::http::uri::Authority;

use super::problem::Problem;

/// Set by browsers alone, also where they leave `Origin` away.
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The names by which the service is known.
pub(super) struct Names {
    configured: Vec<String>,
    machine: Vec<String>,
}

impl Names {
    /// The configured ones, and those of a machine that is called so.
    pub fn new(configured: &[String], machine: &str) -> Self {
        let machine = plain(machine);
        let short = machine.split('.').next().unwrap_or_default().to_owned();
        Self {
            configured: configured.iter().map(|name| plain(name)).collect(),
            machine: vec![
                "localhost".to_owned(),
                format!("{short}.local"),
                short,
                machine,
            ],
        }
    }

    /// The `Host` of a request that came in at the address `local`.
    ///
    /// # Errors
    /// Where there is none or it is not ours.
    pub fn host(&self, headers: &HeaderMap, local: IpAddr) -> Result<String, Problem> {
        let mut all = headers.get_all(HOST).iter();
        let (Some(host), None) = (all.next(), all.next()) else {
            return Err(Problem::bad("the request needs one 'Host' header"));
        };
        let text = host.to_str().unwrap_or_default();
        let authority = authority(text)
            .ok_or_else(|| Problem::bad("the 'Host' header is no name and no address"))?;
        let name = plain(authority.host());
        let address: Option<IpAddr> = name.trim_matches(['[', ']']).parse().ok();
        let ours = match address.map(|address| address.to_canonical()) {
            Some(address) => {
                let local = local.to_canonical();
                address == local || (address.is_loopback() && local.is_loopback())
            }
            None => self.machine.contains(&name),
        };
        if ours
            || self
                .configured
                .iter()
                .any(|known| *known == name || *known == plain(text))
        {
            return Ok(plain(text));
        }
        Err(Problem::forbidden(format!(
            "this service is not known as '{name}'; if that is its name, add it to 'names' in \
             the configuration"
        )))
    }

    /// Whether a change comes from the page of this service, or from no page at all.
    ///
    /// # Errors
    /// Where another site's page asks for it.
    pub fn origin(&self, headers: &HeaderMap, host: &str) -> Result<(), Problem> {
        let foreign = || {
            Problem::forbidden("another site's page asked for this; open the page of this service")
        };
        let site = headers.get(SITE).map(ureq::http::HeaderValue::as_bytes);
        if !matches!(site, None | Some(b"same-origin" | b"none")) {
            return Err(foreign());
        }
        let mut all = headers.get_all(ORIGIN).iter();
        let Some(origin) = all.next() else {
            return Ok(());
        };
        let origin = origin.to_str().unwrap_or_default();
        let (scheme, origin) = origin.split_once("://").unwrap_or_default();
        let default_port = if scheme == "https" { ":443" } else { ":80" };
        let without = |text: &str| plain(text.strip_suffix(default_port).unwrap_or(text));
        let known = |name: &String| without(name) == without(origin);
        let ours = without(host) == without(origin) || self.configured.iter().any(known);
        match ours && matches!(scheme, "http" | "https") && all.next().is_none() {
            true => Ok(()),
            false => Err(foreign()),
        }
    }
}

fn authority(text: &str) -> Option<Authority> {
    text.parse().ok().filter(|_| !text.contains('@'))
}

/// A name as it is compared.
fn plain(name: &str) -> String {
    name.trim().trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use axum::http::{HeaderValue, StatusCode};

    use super::*;

    const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 168, 1, 7));

    fn names() -> Names {
        Names::new(
            &["cam.example".into(), "proxy.example:8443".into()],
            "Pi.lan",
        )
    }

    fn headers(all: &[(&str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&str, &str)| {
            (
                name.parse::<HeaderName>().unwrap(),
                HeaderValue::from_str(value).unwrap(),
            )
        };
        all.iter().map(pair).collect()
    }

    #[test]
    fn a_host_is_this_machine_or_a_configured_name() {
        for (host, local) in [
            ("localhost:8318", LOOPBACK),
            ("127.0.0.1", LOOPBACK),
            ("127.1.2.3:80", LOOPBACK),
            ("[::1]:8318", IpAddr::V6(Ipv6Addr::LOCALHOST)),
            ("192.168.1.7:8318", HOME),
            ("PI.local.", HOME),
            ("pi", HOME),
            ("pi.lan:8318", HOME),
            ("cam.example", LOOPBACK),
            ("cam.example:99", HOME),
            ("proxy.example:8443", LOOPBACK),
        ] {
            assert!(
                names().host(&headers(&[("host", host)]), local).is_ok(),
                "{host}"
            );
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "10.0.0.1",
            "127.0.0.1",
            "x.pi.lan",
        ] {
            let problem = names().host(&headers(&[("host", host)]), HOME).unwrap_err();
            assert_eq!(problem.status, StatusCode::FORBIDDEN, "{host}");
        }
        for wrong in [
            vec![],
            vec![("host", "")],
            vec![("host", "a@localhost")],
            vec![("host", "a b")],
            vec![("host", "localhost"), ("Host", "evil.example")],
        ] {
            let mut map = HeaderMap::new();
            for (name, value) in wrong {
                map.append(
                    name.to_lowercase().parse::<HeaderName>().unwrap(),
                    value.parse().unwrap(),
                );
            }
            assert_eq!(
                names().host(&map, LOOPBACK).unwrap_err().status,
                StatusCode::BAD_REQUEST
            );
        }
    }

    #[test]
    fn a_change_comes_from_our_page_or_from_no_page() {
        for fine in [
            vec![],
            vec![("origin", "http://localhost:8318")],
            vec![
                ("origin", "http://LOCALHOST:8318"),
                ("sec-fetch-site", "same-origin"),
            ],
            vec![("origin", "https://cam.example")],
            vec![("origin", "https://cam.example:443")],
            vec![("origin", "https://proxy.example:8443")],
            vec![("sec-fetch-site", "none")],
        ] {
            assert_eq!(
                names().origin(&headers(&fine), "localhost:8318"),
                Ok(()),
                "{fine:?}"
            );
        }
        for foreign in [
            vec![("origin", "null")],
            vec![("origin", "")],
            vec![("origin", "http://localhost")],
            vec![("origin", "http://localhost:8319")],
            vec![("origin", "https://evil.example")],
            vec![("origin", "https://proxy.example")],
            vec![("origin", "ftp://localhost:8318")],
            vec![("sec-fetch-site", "cross-site")],
            vec![
                ("sec-fetch-site", "same-site"),
                ("origin", "http://localhost:8318"),
            ],
        ] {
            let problem = names()
                .origin(&headers(&foreign), "localhost:8318")
                .unwrap_err();
            assert_eq!(problem.status, StatusCode::FORBIDDEN, "{foreign:?}");
        }
    }
}
