//! The line of `xnm`: the link that the internet is really reached by, VPNs as a mark beside
//! it, and what is wrong in a few words.
//!
//! Pure: a [`Snapshot`] goes in, a [`Line`] comes out. Names of networks, operators and profiles
//! came from outside and are [`crate::bar::Content::Untrusted`] wherever they stand.

mod fields;
mod look;
mod rate;
mod situation;
#[cfg(test)]
mod tests;
mod tooltip;

pub use fields::{FIELDS, RATES, field_names};
pub use look::Look;
pub use situation::{Condition, Link, LinkKind, situation};

use super::snapshot::{ActiveConnection, ActiveState, DeviceKind, Service, Snapshot};
use crate::bar::{Click, Error, Icon, Line, Segment, Template};

/// The person's own formats, each by its template's text; a link's own goes before the one for
/// all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Templates<'a> {
    /// For every link (`--format`).
    pub all: Option<&'a str>,
    /// Wi-Fi (`--format-wifi`).
    pub wifi: Option<&'a str>,
    /// Cables (`--format-ethernet`).
    pub ethernet: Option<&'a str>,
    /// The mobile network (`--format-mobile`).
    pub mobile: Option<&'a str>,
    /// No link (`--format-offline`).
    pub offline: Option<&'a str>,
}

/// How the person wants the line.
#[derive(Debug, Clone)]
pub struct Format {
    all: Option<Template>,
    wifi: Option<Template>,
    ethernet: Option<Template>,
    mobile: Option<Template>,
    offline: Option<Template>,
    look: Look,
    click: Option<Click>,
    hide_when_absent: bool,
}

impl Format {
    /// Takes over what the person configured.
    ///
    /// # Errors
    /// When a template has a field that is none of [`FIELDS`], or a stray brace.
    pub fn new(
        templates: &Templates<'_>,
        look: Look,
        click: Option<Click>,
        hide_when_absent: bool,
    ) -> Result<Self, Error> {
        let names = field_names();
        let parse = |text: Option<&str>| text.map(|t| Template::parse(t, &names)).transpose();
        Ok(Self {
            all: parse(templates.all)?,
            wifi: parse(templates.wifi)?,
            ethernet: parse(templates.ethernet)?,
            mobile: parse(templates.mobile)?,
            offline: parse(templates.offline)?,
            look,
            click,
            hide_when_absent,
        })
    }

    /// Whether any of the formats has one of these fields: some cost something to get.
    #[must_use]
    pub fn uses(&self, names: &[&str]) -> bool {
        [
            &self.all,
            &self.wifi,
            &self.ethernet,
            &self.mobile,
            &self.offline,
        ]
        .into_iter()
        .flatten()
        .any(|template| names.iter().any(|name| template.uses(name)))
    }

    /// The line for this state.
    #[must_use]
    pub fn line(&self, snapshot: &Snapshot) -> Line {
        let (condition, link) = situation(snapshot);
        let segments = match self.template(condition, link.as_ref()) {
            Some(template) => self.fill(template, snapshot, condition, link.as_ref()),
            None => self.usual(snapshot, condition, link.as_ref()),
        };
        Line {
            segments,
            class: match &link {
                Some(link) if condition == Condition::Online => link.kind.word(),
                _ => condition.class(),
            },
            tooltip: Some(tooltip::tooltip(snapshot, condition, link.as_ref())),
            percentage: link.as_ref().and_then(Link::strength_percent),
            urgent: condition.is_urgent(),
            hidden: self.hide_when_absent && condition.is_absent(),
            click: self.click.clone(),
        }
    }

    /// The template for this state. One without `{state}` cannot say what is wrong, so that it
    /// gives way to words while there is no link.
    fn template(&self, condition: Condition, link: Option<&Link<'_>>) -> Option<&Template> {
        let own = match link.map(|link| link.kind) {
            Some(LinkKind::Wifi) => self.wifi.as_ref(),
            Some(LinkKind::Ethernet) => self.ethernet.as_ref(),
            Some(LinkKind::Mobile) => self.mobile.as_ref(),
            Some(_) => None,
            None => return self.offline.as_ref().or(self.all_with_state()),
        };
        let chosen = own.or(self.all.as_ref())?;
        let up = link.is_some_and(|link| link.connection.state != ActiveState::Activating);
        let says = up || condition.has_link() || chosen.uses("state");
        says.then_some(chosen)
    }

    fn all_with_state(&self) -> Option<&Template> {
        self.all.as_ref().filter(|template| template.uses("state"))
    }

    fn fill(
        &self,
        template: &Template,
        snapshot: &Snapshot,
        condition: Condition,
        link: Option<&Link<'_>>,
    ) -> Vec<Segment> {
        let view = fields::View {
            snapshot,
            condition,
            link,
            look: &self.look,
        };
        let mut segments = template.fill(|field| view.value(field));
        if !template.uses("state") && link.is_some() {
            self.push_words(&mut segments, condition);
        }
        segments
    }

    /// The line without any format.
    fn usual(
        &self,
        snapshot: &Snapshot,
        condition: Condition,
        link: Option<&Link<'_>>,
    ) -> Vec<Segment> {
        let view = fields::View {
            snapshot,
            condition,
            link,
            look: &self.look,
        };
        let mut segments = Vec::new();
        let mut push = |segment: Option<Segment>| {
            if let Some(segment) = segment {
                if !segments.is_empty() {
                    segments.push(Segment::verbatim(" "));
                }
                segments.push(segment);
            }
        };
        push(view.value("icon"));
        if let Some(link) = link {
            // A cable's profile is "Wired connection 1": its interface says more.
            let name = match link.kind {
                LinkKind::Ethernet if !link.interface().is_empty() => "device",
                _ => "name",
            };
            push(view.value(name));
            push(view.value("technology"));
            push(view.value("bars"));
            push(view.value("roaming"));
        }
        push(view.value("others"));
        let own = link.map(|link| &link.connection.id);
        let beside = snapshot.tunnels().any(|tunnel| Some(&tunnel.id) != own);
        push(beside.then(|| Segment::icon(Icon::Vpn)));
        self.push_words(&mut segments, condition);
        segments
    }

    /// What is wrong, behind the rest.
    fn push_words(&self, segments: &mut Vec<Segment>, condition: Condition) {
        let words = condition.words();
        if words.is_empty() {
            return;
        }
        if !segments.is_empty() {
            segments.push(Segment::verbatim(" "));
        }
        segments.push(Segment::untrusted(words).coloured(self.look.problem_colour));
    }
}

/// The other real links that are up: a Wi-Fi beside the cable.
fn others<'a>(
    snapshot: &'a Snapshot,
    link: Option<&Link<'a>>,
) -> impl Iterator<Item = Link<'a>> + use<'a> {
    let own = link.map(|link| link.connection.id.clone());
    let is_other = move |active: &&ActiveConnection| {
        active.state == ActiveState::Activated
            && !active.is_tunnel()
            && own.as_ref() != Some(&active.id)
    };
    snapshot
        .connections
        .iter()
        .filter(is_other)
        .map(|active| Link::of(snapshot, active))
        .filter(|other| {
            other.device.is_some_and(|device| {
                matches!(
                    device.kind,
                    DeviceKind::Ethernet
                        | DeviceKind::Wifi
                        | DeviceKind::Modem
                        | DeviceKind::Bluetooth
                )
            })
        })
}

/// What is wrong with the world, in one whole sentence; `None` when NetworkManager answers.
#[must_use]
pub fn error(snapshot: &Snapshot) -> Option<String> {
    match &snapshot.service {
        Service::Starting | Service::Running => None,
        Service::NotRunning => Some(
            "NetworkManager is not running: start it with 'systemctl start NetworkManager'"
                .to_owned(),
        ),
        Service::NoBus(sentence) | Service::Stalled(sentence) => Some(sentence.clone()),
    }
}
