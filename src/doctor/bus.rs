//! The two buses, and who shows notifications on one of them.

use serde::Serialize;
use zbus::{DynamicType, Message};

use super::{Around, Check, Finding, Part, process};
use crate::bus::{Bus, BusError, Object};
use crate::modem_owner;

pub(super) const CHECKS: &[Check] = &[
    Check {
        part: "session bus",
        look: session,
    },
    Check {
        part: "system bus",
        look: system,
    },
    Check {
        part: "notifications",
        look: notifications,
    },
];

const DAEMON: Object<'static> = Object {
    service: "org.freedesktop.DBus",
    path: "/org/freedesktop/DBus",
    interface: "org.freedesktop.DBus",
};
const NOTIFICATIONS: &str = "org.freedesktop.Notifications";

/// One question to a service that is not started for it.
pub(super) async fn ask<B>(
    bus: &Bus,
    object: Object<'_>,
    method: &str,
    body: &B,
) -> Result<Message, BusError>
where
    B: Serialize + DynamicType,
{
    let question = object.question(method, body)?;
    let mut answers = bus.ask_all(&[question], object.service).await?;
    answers.pop().unwrap_or(Err(BusError::Gone))
}

/// The process that has a name on a bus.
pub(super) async fn owner(bus: &Bus, name: &str) -> Option<String> {
    let answer = ask(bus, DAEMON, "GetConnectionUnixProcessID", &name).await;
    let id: u32 = answer.ok()?.body().deserialize().ok()?;
    Some(match process::name(id) {
        Some(name) => format!("{name} ({id})"),
        None => id.to_string(),
    })
}

/// Whether a bus starts a service of this name for whoever calls it.
async fn is_startable(bus: &Bus, name: &str) -> bool {
    let answer = ask(bus, DAEMON, "ListActivatableNames", &()).await;
    let Ok(answer) = answer else { return false };
    let body = answer.body();
    let names: Vec<String> = body.deserialize().unwrap_or_default();
    names.iter().any(|known| known == name)
}

/// The session bus, where there is one.
pub(super) async fn of_the_session() -> Option<Result<Bus, BusError>> {
    let address = modem_owner::address()?;
    // What was given shall be there; what is only usual need not.
    let given = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|given| !given.is_empty());
    if !given && !modem_owner::may_be_there(&address) {
        return None;
    }
    Some(Bus::session_at(&address).await)
}

fn session(_: &Around, part: Part) -> Vec<Finding> {
    let found = zbus::block_on(async {
        let bus = of_the_session().await?;
        Some(match bus {
            Ok(bus) => ask(&bus, DAEMON, "GetId", &()).await.map(|_| ()),
            Err(error) => Err(error),
        })
    });
    vec![match found {
        Some(Ok(())) => part.ok("answers"),
        Some(Err(error)) => part.missing(
            error.to_string(),
            "the program's environment has an old DBUS_SESSION_BUS_ADDRESS: log in again",
        ),
        None => part.missing(
            "there is none: programs do not share the modem, and nothing is announced",
            "start the window manager with 'dbus-run-session', or let systemd's user instance have \
             dbus.socket (Debian: dbus-user-session)",
        ),
    }]
}

fn system(_: &Around, part: Part) -> Vec<Finding> {
    let found = zbus::block_on(async {
        let bus = Bus::system().await?;
        ask(&bus, DAEMON, "GetId", &()).await
    });
    vec![match found {
        Ok(_) => part.ok("answers"),
        Err(error) => part.missing(error.to_string(), "start it: 'systemctl start dbus'"),
    }]
}

fn notifications(_: &Around, part: Part) -> Vec<Finding> {
    let found = zbus::block_on(async {
        let bus = of_the_session().await?.ok()?;
        Some(match owner(&bus, NOTIFICATIONS).await {
            Some(owner) => part.ok(format!("are shown by {owner}")),
            None if is_startable(&bus, NOTIFICATIONS).await => {
                part.ok("a server is started when the first one comes")
            }
            None => part.warn(
                "nobody shows them: a new message is announced on the bar alone",
                "start a notification server, such as dunst or mako, with the window manager",
            ),
        })
    });
    vec![found.unwrap_or_else(|| {
        let remedy = "see to the session bus";
        part.unused("there is no session bus for them", remedy)
    })]
}
