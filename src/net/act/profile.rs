//! Saved profiles: forgotten, or changed in one thing with all else (secrets too) kept.

use super::join::permission_to_change;
use super::refusal::Doing;
use super::{CHANGING, Done, get_settings, profile_object, profile_of, update};
use crate::bus::Bus;
use crate::net::command::Change;
use crate::net::settings::{CONNECTION, Settings};
use crate::net::snapshot::{About, Failure, Metered, Snapshot, Uuid};

/// Deletes a profile with its secrets.
pub(super) async fn forget(bus: &Bus, snapshot: &Snapshot, uuid: &Uuid) -> Result<Done, Failure> {
    let profile = profile_of(snapshot, uuid)?;
    let doing = Doing::new(
        About::Profile(uuid.clone()),
        format!("Cannot forget '{}'", crate::bar::clean(&profile.name)),
        permission_to_change(snapshot),
    );
    let deleted = bus.call(profile_object(&profile.id), "Delete", &()).await;
    match deleted {
        Err(error) if !super::is_gone(&error) => Err(doing.refused(&error)),
        _ => Ok(Done::Done),
    }
}

/// Changes one thing of a profile.
///
/// `GetSettings` gives all but the secrets, and an `Update2` without any secret keeps those that
/// are there (`nm-settings-connection.c`, `update_auth_cb`): they need not be read for this, which
/// would want a permission more.
pub(super) async fn change(
    bus: &Bus,
    snapshot: &Snapshot,
    uuid: &Uuid,
    change: Change,
) -> Result<Done, Failure> {
    let profile = profile_of(snapshot, uuid)?;
    let doing = Doing::new(
        About::Profile(uuid.clone()),
        format!("Cannot change '{}'", crate::bar::clean(&profile.name)),
        permission_to_change(snapshot),
    );
    let _alone = CHANGING.lock().await;
    let settings = get_settings(bus, &profile.id).await;
    let mut settings = settings.map_err(|error| doing.refused(&error))?;
    put(&mut settings, change);
    // Flags 0: a profile on disk stays on disk, one in memory stays there.
    update(bus, &profile.id, &settings, 0)
        .await
        .map_err(|error| doing.refused(&error))?;
    Ok(Done::Done)
}

fn put(settings: &mut Settings, change: Change) {
    match change {
        Change::Autoconnect(on) => settings.set(CONNECTION, "autoconnect", on),
        Change::Priority(priority) => {
            let priority = priority.clamp(-999, 999);
            settings.set(CONNECTION, "autoconnect-priority", priority);
        }
        Change::Metered(metered) => {
            let number = match metered {
                Metered::Automatic => 0,
                Metered::Yes => 1,
                Metered::No => 2,
            };
            settings.set(CONNECTION, "metered", number);
        }
        Change::HomeOnly(on) => settings.set("gsm", "home-only", on),
    }
}
