//! What can be changed of a saved connection, and how it is shared and forgotten.

use egui::{Align2, FontId, Pos2, Role, Sense, Ui, Vec2, WidgetInfo};

use super::{Scene, State, page, share};
use crate::bar::clean;
use crate::net::Security;
use crate::net::command::{Change, Command};
use crate::net::snapshot::{ConnectionKind, Metered, Permission, Profile};
use crate::popup::controls::{Weight, button, icon_button, one_line, put};
use crate::popup::icons::Icon;
use crate::popup::theme::size;
use crate::popup::toggle::{choice, switch_line};
use crate::say;

const METERED: [Metered; 3] = [Metered::Automatic, Metered::Yes, Metered::No];

fn metered(metered: Metered) -> String {
    match metered {
        Metered::Automatic => say!("net-guess"),
        Metered::Yes => say!("net-yes"),
        Metered::No => say!("net-no"),
    }
}

/// The permission that changing profiles needs.
const MODIFY: &str = "settings.modify.system";

/// The switches of a profile.
pub fn settings(ui: &mut Ui, profile: &Profile, scene: &mut Scene<'_>) {
    page::group(ui, &say!("net-saved-connection"));
    let forbidden = is_forbidden(scene);
    if forbidden {
        page::sentence(ui, &say!("net-cannot-change", permission = MODIFY));
    }
    let mut change = None;
    ui.add_enabled_ui(!forbidden, |ui| {
        if switch_line(ui, profile.autoconnect, &say!("net-by-itself")) {
            change = Some(Change::Autoconnect(!profile.autoconnect));
        }
        if profile.kind == ConnectionKind::Mobile
            && switch_line(ui, profile.home_only, &say!("net-never-roaming"))
        {
            change = Some(Change::HomeOnly(!profile.home_only));
        }
        if profile.autoconnect {
            change = priority(ui, profile.priority, scene)
                .map(Change::Priority)
                .or(change);
        }
        if !matches!(
            profile.kind,
            ConnectionKind::Vpn | ConnectionKind::WireGuard
        ) {
            page::label(ui, &say!("net-costs-by-volume"));
            let chosen = METERED.iter().position(|one| *one == profile.metered);
            let names = METERED.map(metered);
            let names = names.each_ref().map(String::as_str);
            if let Some(metered) = choice(ui, &say!("net-costs"), &names, chosen.unwrap_or(0))
                .and_then(|index| METERED.get(index))
            {
                change = Some(Change::Metered(*metered));
            }
        }
    });
    if let Some(change) = change {
        scene.commands.push(Command::Change {
            profile: profile.uuid.clone(),
            change,
        });
    }
}

/// Whether profiles cannot be changed.
fn is_forbidden(scene: &Scene<'_>) -> bool {
    let permissions = scene.snapshot.permissions.as_ref();
    permissions
        .is_some_and(|all| all.modify_own == Permission::No && all.modify_system == Permission::No)
}

/// Fewer and more; returns the new number.
fn priority(ui: &mut Ui, priority: i32, scene: &Scene<'_>) -> Option<i32> {
    let mut new = priority;
    ui.horizontal(|ui| {
        let width = ui.available_width() - 2.0 * 28.0 - 40.0 - 3.0 * ui.spacing().item_spacing.x;
        let (rect, response) = ui.allocate_exact_size(Vec2::new(width, 28.0), Sense::hover());
        let said = say!("net-priority", priority = priority);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        let font = FontId::proportional(size::BODY);
        let words = say!("net-priority-greatest");
        let text = one_line(ui, &words, font.clone(), scene.theme.text, width);
        put(ui.painter(), text, rect.left_center(), Align2::LEFT_CENTER);
        if icon_button(ui, Icon::Fold, &say!("net-lower-priority")).clicked() {
            new -= 1;
        }
        let (rect, _) = ui.allocate_exact_size(Vec2::new(40.0, 28.0), Sense::hover());
        let text = one_line(ui, &priority.to_string(), font, scene.theme.text, 40.0);
        let at = Pos2::new(rect.center().x, rect.center().y);
        put(ui.painter(), text, at, Align2::CENTER_CENTER);
        if icon_button(ui, Icon::Raise, &say!("net-higher-priority")).clicked() {
            new += 1;
        }
    });
    let new = new.clamp(-999, 999);
    (new != priority).then_some(new)
}

/// Asks whether a profile is to be forgotten, once that was pressed.
pub fn question(ui: &mut Ui, profile: &Profile, state: &mut State, scene: &mut Scene<'_>) {
    if !state.page.confirm {
        return;
    }
    let name = profile
        .ssid
        .as_ref()
        .map_or_else(|| clean(&profile.name), crate::net::Ssid::text);
    {
        let words = say!("net-forget-question", name = name);
        super::extra::note(ui, &words, scene.theme.warn);
        ui.horizontal(|ui| {
            let forget = say!("net-forget");
            if button(ui, Some(Icon::Delete), &forget, Weight::Primary).clicked() {
                let profile = profile.uuid.clone();
                scene.commands.push(Command::Forget { profile });
                state.turn_back();
            }
            if button(ui, None, &say!("net-keep"), Weight::Plain).clicked() {
                state.page.confirm = false;
            }
        });
    }
}

/// Share and forget, beside other buttons.
pub fn actions(ui: &mut Ui, profile: &Profile, state: &mut State, scene: &mut Scene<'_>) {
    let can_change = !is_forbidden(scene);
    let shared =
        profile.kind == ConnectionKind::Wifi && profile.security != Some(Security::Enterprise);
    if shared && button(ui, Some(Icon::Code), &say!("net-share"), Weight::Plain).clicked() {
        share::open(profile.uuid.clone(), state, scene);
    }
    ui.add_enabled_ui(can_change, |ui| {
        let forget = say!("net-forget-ask");
        if button(ui, Some(Icon::Delete), &forget, Weight::Plain).clicked() {
            state.page.confirm = true;
        }
    });
}
