//! Whether the screen is locked, asked when something is to be shown.
//!
//! Three may know: logind (`LockedHint` of the session, which GNOME, KDE, swaylock and xss-lock
//! set), the session's `org.freedesktop.ScreenSaver` and `org.gnome.ScreenSaver` (`GetActive`).
//! One "yes" is enough. None of them is started for the question.

use std::time::Duration;

use zbus::OwnedVariant;

use crate::bus::{Bus, Object, within};

/// A lock that does not answer by then counts as open.
const SOON: Duration = Duration::from_secs(1);

/// Whether anybody says that the screen is locked. `session` is the session bus.
pub(super) async fn is_locked(session: &Bus) -> bool {
    for (service, path) in [
        (
            "org.freedesktop.ScreenSaver",
            "/org/freedesktop/ScreenSaver",
        ),
        ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ] {
        let saver = Object {
            service,
            path,
            interface: service,
        };
        let answer = ask(session, saver, "GetActive", &()).await;
        if answer.is_some_and(|answer| answer.body().deserialize().unwrap_or(false)) {
            return true;
        }
    }
    within(SOON, logind()).await.unwrap_or(false)
}

async fn logind() -> bool {
    let Ok(system) = Bus::system().await else {
        return false;
    };
    let session = Object {
        service: "org.freedesktop.login1",
        path: "/org/freedesktop/login1/session/auto",
        interface: "org.freedesktop.DBus.Properties",
    };
    let hint = ("org.freedesktop.login1.Session", "LockedHint");
    let Some(answer) = ask(&system, session, "Get", &hint).await else {
        return false;
    };
    let value = answer.body().deserialize::<OwnedVariant>();
    value.is_ok_and(|value| bool::try_from(value).unwrap_or(false))
}

/// Asks without starting a service.
async fn ask<B>(bus: &Bus, object: Object<'_>, method: &str, body: &B) -> Option<zbus::Message>
where
    B: serde::Serialize + zbus::DynamicType,
{
    let questions = [object.question(method, body).ok()?];
    let answers = bus.ask_all(&questions, object.service);
    let answers = within(SOON, answers).await?.ok()?;
    answers.into_iter().next()?.ok()
}
