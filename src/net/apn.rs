//! Access point names by operator, from the list that Debian and others ship as
//! `mobile-broadband-provider-info` (public domain). Where it is not installed there are no
//! presets, and the person types the name.

use std::fs;
use std::path::Path;

use roxmltree::{Document, Node, ParsingOptions};

/// Where distributions put the list.
pub const LIST: &str = "/usr/share/mobile-broadband-provider-info/serviceproviders.xml";

/// An access point that an operator offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// The operator.
    pub operator: String,
    /// The operator's name for this offer; empty where it has none.
    pub plan: String,
    /// The access point name.
    pub apn: String,
    /// The user, where one is wanted.
    pub user: String,
    /// The password, where one is wanted; it is printed in the list and so no secret.
    pub password: String,
}

/// The presets of the SIM's operator (`sim_operator_code`: MCC and MNC, 5 or 6 digits), those for
/// the internet first; none where the list is missing.
#[must_use]
pub fn presets(operator_code: &str) -> Vec<Preset> {
    presets_in(Path::new(LIST), operator_code)
}

/// [`presets`] from another file.
#[must_use]
pub fn presets_in(list: &Path, operator_code: &str) -> Vec<Preset> {
    match fs::read_to_string(list) {
        Ok(text) => parse(&text, operator_code),
        Err(_) => Vec::new(),
    }
}

fn parse(text: &str, operator_code: &str) -> Vec<Preset> {
    if !operator_code.is_ascii() || !matches!(operator_code.len(), 5 | 6) {
        return Vec::new();
    }
    let (mcc, mnc) = operator_code.split_at(3);
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    let Ok(document) = Document::parse_with_options(text, options) else {
        return Vec::new();
    };
    let is_operator = |gsm: &Node<'_, '_>| {
        gsm.children().any(|id| {
            id.has_tag_name("network-id")
                && id.attribute("mcc") == Some(mcc)
                && id.attribute("mnc").is_some_and(|found| is_same(found, mnc))
        })
    };
    let mut found: Vec<(bool, Preset)> = Vec::new();
    for gsm in document.descendants().filter(|n| n.has_tag_name("gsm")) {
        if !is_operator(&gsm) {
            continue;
        }
        let operator = gsm.parent().map(|p| child(p, "name")).unwrap_or_default();
        for apn in gsm.children().filter(|node| node.has_tag_name("apn")) {
            let usage = apn.children().find(|node| node.has_tag_name("usage"));
            let usage = usage.and_then(|node| node.attribute("type"));
            // Picture messages and set-top boxes have access points of their own.
            if !matches!(usage, None | Some("internet")) {
                continue;
            }
            let preset = Preset {
                operator: operator.clone(),
                plan: child(apn, "name"),
                apn: apn.attribute("value").unwrap_or_default().trim().to_owned(),
                user: child(apn, "username"),
                password: child(apn, "password"),
            };
            if !preset.apn.is_empty() {
                found.push((usage.is_none(), preset));
            }
        }
    }
    found.sort_by_key(|(unsaid, _)| *unsaid);
    found.into_iter().map(|(_, preset)| preset).collect()
}

/// `1` and `01` are the same network.
fn is_same(one: &str, other: &str) -> bool {
    one == other
        || one
            .parse::<u16>()
            .ok()
            .is_some_and(|n| other.parse() == Ok(n))
}

fn child(node: Node<'_, '_>, name: &str) -> String {
    let found = node.children().find(|child| child.has_tag_name(name));
    let text = found.and_then(|child| child.text()).unwrap_or_default();
    crate::bar::clean(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"<?xml version="1.0"?>
<!DOCTYPE serviceproviders SYSTEM "serviceproviders.2.dtd">
<serviceproviders format="2.0"><country code="xx"><provider><name>Ex &amp; Co</name><gsm>
<network-id mcc="262" mnc="01"/>
<apn value="mms"><usage type="mms"/></apn>
<apn value="old.example"/>
<apn value="internet.example"><usage type="internet"/><name>Plan</name>
<username>u</username><password>p</password></apn>
</gsm></provider></country></serviceproviders>"#;

    #[test]
    fn an_operator_is_found_by_its_code_and_the_internet_comes_first() {
        let found = parse(SMALL, "26201");
        let apns: Vec<&str> = found.iter().map(|p| p.apn.as_str()).collect();
        assert_eq!(apns, ["internet.example", "old.example"]);
        assert_eq!(found[0].operator, "Ex & Co");
        assert_eq!(
            (found[0].user.as_str(), found[0].password.as_str()),
            ("u", "p")
        );
        assert_eq!(parse(SMALL, "262001").len(), 2);
    }

    #[test]
    fn what_is_no_list_or_no_operator_gives_no_presets() {
        for (text, code) in [
            (SMALL, "26202"),
            (SMALL, ""),
            (SMALL, "é62"),
            ("<a", "26201"),
        ] {
            assert_eq!(parse(text, code), []);
        }
        assert_eq!(presets_in(Path::new("/nonexistent"), "26201"), []);
    }
}
