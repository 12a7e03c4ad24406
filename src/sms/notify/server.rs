//! The notification server's side of the bus.

use std::collections::HashMap;

use zbus::Message;
use zbus::Variant;
use zbus::message::Type;

use super::words::{Abilities, Words};
use crate::bus::{Bus, BusError, Object};

const SERVICE: &str = "org.freedesktop.Notifications";
const SERVER: Object<'static> = Object {
    service: SERVICE,
    path: "/org/freedesktop/Notifications",
    interface: SERVICE,
};
const BUS: Object<'static> = Object {
    service: "org.freedesktop.DBus",
    path: "/org/freedesktop/DBus",
    interface: "org.freedesktop.DBus",
};

/// What the server, or the bus about it, says by itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum News {
    /// A person chose an action (`ActionInvoked`).
    Invoked(u32, String),
    /// For the window that the next action opens (`ActivationToken`, specification 1.3).
    Token(String),
    /// It is gone: expired, dismissed or taken away (`NotificationClosed`).
    Closed(u32),
    /// Another server, or none any more.
    Owner,
}

/// Asks the bus for what [`news`] understands.
pub(super) async fn listen(bus: &Bus) -> Result<(), BusError> {
    for rule in [
        "type='signal',interface='org.freedesktop.Notifications'",
        "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',\
         arg0='org.freedesktop.Notifications'",
    ] {
        bus.call(BUS, "AddMatch", &rule).await?;
    }
    Ok(())
}

/// What a message means. Only the server's own signals count: `server` is its unique name.
pub(super) fn news(message: &Message, server: Option<&str>) -> Option<News> {
    if message.message_type() != Type::Signal {
        return None;
    }
    let header = message.header();
    let member = header.member()?.as_str().to_owned();
    let body = message.body();
    if header.interface()?.as_str() == BUS.interface {
        let name: (String, String, String) = body.deserialize().ok()?;
        return (member == "NameOwnerChanged" && name.0 == SERVICE).then_some(News::Owner);
    }
    if header.interface()?.as_str() != SERVICE
        || header.sender().map(zbus::names::UniqueName::as_str) != server
    {
        return None;
    }
    match member.as_str() {
        "ActionInvoked" => {
            let (id, action): (u32, String) = body.deserialize().ok()?;
            Some(News::Invoked(id, action))
        }
        "ActivationToken" => {
            let (_, token): (u32, String) = body.deserialize().ok()?;
            Some(News::Token(token))
        }
        "NotificationClosed" => {
            let (id, _): (u32, u32) = body.deserialize().ok()?;
            Some(News::Closed(id))
        }
        _ => None,
    }
}

/// The server's unique name, and what it can do. A server that the bus can start is started.
pub(super) async fn find(bus: &Bus) -> Result<(String, Abilities), BusError> {
    let answer = bus.call(SERVER, "GetCapabilities", &()).await?;
    let words: Vec<String> = answer.body().deserialize().unwrap_or_default();
    let can = |word: &str| words.iter().any(|have| have == word);
    let abilities = Abilities {
        actions: can("actions"),
        body: can("body"),
        markup: can("body-markup"),
    };
    let owner = owner(bus).await;
    let owner = owner.ok_or_else(|| BusError::NotRunning(SERVICE.to_owned()))?;
    Ok((owner, abilities))
}

/// The unique name of the server that runs; none is started.
pub(super) async fn owner(bus: &Bus) -> Option<String> {
    let answer = bus.call(BUS, "GetNameOwner", &SERVICE).await.ok()?;
    answer.body().deserialize().ok()
}

/// Shows a notification, in place of another one where `replaces` names it; gives its number.
pub(super) async fn show(bus: &Bus, words: &Words, replaces: Option<u32>) -> Result<u32, BusError> {
    let hints: HashMap<&str, Variant<'_>> = HashMap::from([
        ("urgency", Variant::U8(words.urgency)),
        ("category", Variant::from("im.received")),
        ("desktop-entry", Variant::from("barpop")),
    ]);
    let actions: Vec<&str> = words.actions.iter().map(String::as_str).collect();
    let body = (
        "barpop",
        replaces.unwrap_or(0),
        "mail-message-new",
        words.summary.as_str(),
        words.body.as_str(),
        actions.as_slice(),
        hints,
        // As long as the server thinks right.
        -1_i32,
    );
    let answer = bus.call(SERVER, "Notify", &body).await?;
    let body = answer.body().deserialize();
    body.map_err(|error| BusError::Garbled(error.to_string()))
}

/// Takes a notification away; one that is gone already is no error.
pub(super) async fn close(bus: &Bus, id: u32) {
    let _ = bus.call(SERVER, "CloseNotification", &id).await;
}
