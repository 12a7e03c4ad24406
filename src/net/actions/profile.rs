//! `xnm profile` and `xnm forget`: saved profiles are shown, changed, deleted.

use std::io::Write;

use super::session::{Agent, Session};
use super::{ActionError, PATIENCE, find};
use crate::bar::clean;
use crate::net::arguments::{self, MeteredName, OnOff};
use crate::net::command::{Change, Command};
use crate::net::snapshot::{ConnectionKind, Metered, Profile};
use crate::net::table::{connection_kind, ssid_words};
use crate::net::words;

pub(super) fn forget(word: &str, out: &mut dyn Write) -> Result<(), ActionError> {
    let session = Session::start(Agent::Off)?;
    let snapshot = session.latest();
    let profile = find::profile(word, &snapshot)?;
    let uuid = profile.uuid.clone();
    let command = Command::Forget {
        profile: uuid.clone(),
    };
    session.ask(command, "the profile to be gone", PATIENCE, |now| {
        now.profile(&uuid).is_none().then_some(())
    })?;
    writeln!(out, "forgot '{}' and its password", clean(&profile.name))?;
    Ok(())
}

pub(super) fn profile(
    arguments: &arguments::Profile,
    out: &mut dyn Write,
) -> Result<(), ActionError> {
    let changes = changes(arguments);
    if changes.is_empty() {
        let snapshot = super::look()?;
        return show(find::profile(&arguments.profile, &snapshot)?, out);
    }
    let session = Session::start(Agent::Off)?;
    let snapshot = session.latest();
    let profile = find::profile(&arguments.profile, &snapshot)?;
    let uuid = profile.uuid.clone();
    if arguments.home_only.is_some() && profile.kind != ConnectionKind::Mobile {
        return Err(ActionError::Usage(format!(
            "'{}' is no mobile profile, so it cannot stay at home",
            clean(&profile.name)
        )));
    }
    for change in changes {
        let command = Command::Change {
            profile: uuid.clone(),
            change,
        };
        session.ask(command, "the profile to change", PATIENCE, |now| {
            let now = now.profile(&uuid)?;
            is_so(now, change).then_some(())
        })?;
    }
    let now = session.latest();
    let profile = now.profile(&uuid).unwrap_or(profile);
    writeln!(
        out,
        "'{}' {}, priority {}, metered: {}",
        clean(&profile.name),
        if profile.autoconnect {
            "connects by itself"
        } else {
            "is connected by hand"
        },
        profile.priority,
        words::metered(profile.metered)
    )?;
    Ok(())
}

fn changes(arguments: &arguments::Profile) -> Vec<Change> {
    let on = |value: OnOff| value == OnOff::On;
    let metered = |name| match name {
        MeteredName::Yes => Metered::Yes,
        MeteredName::No => Metered::No,
        MeteredName::Automatic => Metered::Automatic,
    };
    [
        arguments.autoconnect.map(|v| Change::Autoconnect(on(v))),
        arguments.priority.map(Change::Priority),
        arguments.metered.map(|v| Change::Metered(metered(v))),
        arguments.home_only.map(|v| Change::HomeOnly(on(v))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn is_so(profile: &Profile, change: Change) -> bool {
    match change {
        Change::Autoconnect(on) => profile.autoconnect == on,
        Change::Priority(priority) => profile.priority == priority,
        Change::Metered(metered) => profile.metered == metered,
        Change::HomeOnly(on) => profile.home_only == on,
    }
}

fn show(profile: &Profile, out: &mut dyn Write) -> Result<(), ActionError> {
    let yes = |on: bool| if on { "yes" } else { "no" }.to_owned();
    let last = i64::try_from(profile.last_used_s).ok().filter(|s| *s > 0);
    let last = last.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let mobile = profile.kind == ConnectionKind::Mobile;
    let rows = [
        ("name", Some(clean(&profile.name))),
        ("UUID", Some(clean(&profile.uuid.0))),
        ("kind", Some(connection_kind(&profile.kind))),
        ("network", profile.ssid.as_ref().map(ssid_words)),
        ("security", profile.security.map(|s| s.words().to_owned())),
        ("interface", profile.interface.as_deref().map(clean)),
        ("APN", profile.apn.as_deref().map(clean)),
        ("autoconnect", Some(yes(profile.autoconnect))),
        ("priority", Some(profile.priority.to_string())),
        ("metered", Some(words::metered(profile.metered).to_owned())),
        ("home only", mobile.then(|| yes(profile.home_only))),
        (
            "last used",
            last.map(|last| {
                let local = last.to_zoned_datetime(jiff::tz::TimeZone::system());
                local.strftime("%Y-%m-%d %H:%M").to_string()
            }),
        ),
    ];
    for (name, value) in rows {
        if let Some(value) = value {
            writeln!(out, "{name:<12} {value}")?;
        }
    }
    Ok(())
}
