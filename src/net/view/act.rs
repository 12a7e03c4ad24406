//! What Enter and a click do to a row: connect, ask for what is missing, disconnect, forget.

use super::model::{Entry, RowKey};
use super::status::{self, Status};
use super::strip::Strip;
use super::{Focus, Form, Open, Page, Scene, State, enterprise, password};
use crate::net::Security;
use crate::net::command::{Command, Credentials, Join};
use crate::net::snapshot::{ConnectionKind, ModemState, SimLock};
use crate::say;

/// Enter again within this many seconds is the same Enter.
const TWICE_SECS: f64 = 0.8;

/// Does what is most likely wanted of a row.
pub fn primary(entry: &Entry, state: &mut State, scene: &mut Scene<'_>) {
    match status::of(entry, scene) {
        Status::Up(_) => disconnect(entry, state, scene),
        Status::Leaving => {}
        Status::Going { stop, .. } => {
            // Two clicks are one wish.
            let acted = state.list.acted_at;
            if acted.is_none_or(|at| scene.secs - at > TWICE_SECS) {
                scene.commands.push(*stop);
            }
        }
        Status::Idle => connect(entry, state, scene),
    }
    state.list.acted_at = Some(scene.secs);
}

/// Connects, or asks for what is missing.
pub fn connect(entry: &Entry, state: &mut State, scene: &mut Scene<'_>) {
    if status::obstacle(entry, scene).is_some() {
        state.list.refused = Some(entry.key.clone());
        return;
    }
    let saved = status::profiles(entry, scene);
    match (&entry.key, &entry.network) {
        (RowKey::Modem(id), _) => {
            let modem = scene.snapshot.modem(id);
            let locked = modem.is_some_and(|modem| {
                matches!(modem.lock, Some(SimLock::Pin | SimLock::Puk))
                    || modem.state == ModemState::Locked
            });
            if locked {
                state.turn_to(Page::Modem(id.clone()));
                state.focus = Some(Focus::Unlock);
                return;
            }
            if saved.is_empty() {
                let device = status::device(entry, scene).map(|device| device.id.clone());
                state.wizard.open(modem, device);
                state.turn_to(Page::NewMobile);
                state.focus = Some(Focus::Wizard);
                return;
            }
        }
        (RowKey::Network(key), Some(network)) if saved.is_empty() => {
            let security = network.security;
            if security.is_open() {
                let join = join(entry, Credentials::None);
                scene.commands.extend(join.map(Command::Join));
            } else if security == Security::Enterprise {
                let form = enterprise::EnterpriseForm::default();
                state.open_form(entry, Form::Enterprise(form));
                state.focus = Some(Focus::Identity);
            } else {
                let form = password::PasswordForm::new(key.family);
                state.open_form(entry, Form::Password(form));
                state.focus = Some(Focus::Password);
            }
            return;
        }
        _ => {}
    }
    if let Some(profile) = saved.first() {
        scene.commands.push(Command::Activate {
            profile: profile.uuid.clone(),
            device: status::device(entry, scene).map(|device| device.id.clone()),
            access_point: None,
        });
    } else {
        state.list.refused = Some(entry.key.clone());
    }
}

/// What it takes to join a network that is not saved.
pub fn join(entry: &Entry, credentials: Credentials) -> Option<Join> {
    let network = entry.network.as_ref()?;
    Some(Join {
        ssid: network.key.ssid.clone(),
        security: network.security,
        hidden: false,
        device: None,
        access_point: None,
        credentials,
    })
}

/// Tries a network with what was typed: a new one, or one whose saved secret is wrong.
pub fn try_with(entry: &Entry, credentials: Credentials, scene: &mut Scene<'_>) {
    // One in memory only is what is left of the last try, and goes.
    let saved = status::profiles(entry, scene);
    let saved = saved.iter().find(|profile| profile.saved);
    let saved = saved.map(|profile| profile.uuid.clone());
    let command = match saved {
        Some(profile) => Some(Command::Retry {
            profile,
            credentials,
        }),
        None => join(entry, credentials).map(Command::Join),
    };
    scene.commands.extend(command);
}

/// Disconnects at once, and offers to connect again.
pub fn disconnect(entry: &Entry, state: &mut State, scene: &mut Scene<'_>) {
    let Some(active) = status::active(entry, scene) else {
        return;
    };
    if status::is_forbidden(scene) {
        state.list.refused = Some(entry.key.clone());
        return;
    }
    let own_device = matches!(
        active.kind,
        ConnectionKind::Wifi | ConnectionKind::Ethernet | ConnectionKind::Mobile
    );
    let hotspot = scene
        .snapshot
        .profile(&active.uuid)
        .is_some_and(|p| p.hotspot);
    // A device that is only freed of its connection takes the next best one by itself.
    let command = match active.devices.first() {
        Some(device) if own_device && !hotspot => Command::Disconnect {
            device: device.clone(),
        },
        _ => Command::Deactivate {
            connection: active.id.clone(),
        },
    };
    scene.commands.push(command);
    let words = say!("net-disconnected-name", name = &entry.name);
    state.strip = Some(Strip::disconnected(words, active.uuid.clone(), scene.secs));
}

/// Asks in place whether a saved network is to be forgotten.
pub fn ask_forget(entry: &Entry, state: &mut State, scene: &Scene<'_>) {
    if !status::profiles(entry, scene).is_empty() {
        state.open_form(entry, Form::Forget);
        state.focus = Some(Focus::Confirm);
    }
}

/// Opens what there is to know about a row.
pub fn details(entry: &Entry, state: &mut State) {
    state.turn_to(match &entry.key {
        RowKey::Modem(id) => Page::Modem(id.clone()),
        key => Page::Details(key.clone()),
    });
}

impl State {
    /// Opens a form below a row; what was typed for it before is kept.
    pub(super) fn open_form(&mut self, entry: &Entry, form: Form) {
        let same = self.open.as_ref().is_some_and(|open| {
            open.key == entry.key
                && std::mem::discriminant(&open.form) == std::mem::discriminant(&form)
        });
        if let (true, Some(open)) = (same, &mut self.open) {
            open.hidden = false;
        } else {
            self.open = Some(Open {
                key: entry.key.clone(),
                form,
                hidden: false,
            });
        }
        self.list.cursor = Some(super::list::Cursor::Row(entry.key.clone()));
        self.list.scroll_to_cursor = true;
    }
}
