//! A saved network as a QR code, for a guest's phone.

use egui::{Color32, Mesh, Rect, Role, Sense, Ui, Vec2, WidgetInfo};
use qrcodegen::{QrCode, QrCodeEcc};

use super::{Page, Scene, State, page};
use crate::net::command::Command;
use crate::net::snapshot::{About, Uuid};
use crate::popup::controls::{Weight, button};
use crate::popup::icons::Icon;
use crate::popup::states;
use crate::say;

/// Modules of quiet around the code (ISO/IEC 18004 clause 6.3.8).
const QUIET: i32 = 4;

/// Asks for a network's code and opens the page that shows it.
pub fn open(profile: Uuid, state: &mut State, scene: &mut Scene<'_>) {
    let profile_of_page = profile.clone();
    scene.commands.push(Command::Share { profile });
    state.turn_to(Page::Share(profile_of_page));
}

/// Puts the code away as soon as it is no longer in sight.
pub fn follow(state: &mut State, scene: &mut Scene<'_>) {
    let seen = state
        .pages
        .iter()
        .any(|page| matches!(page, Page::Share(_) | Page::Hotspot));
    if scene.snapshot.share.is_some() && !seen && !std::mem::replace(&mut state.unshared, true) {
        scene.commands.push(Command::Unshare);
    } else if scene.snapshot.share.is_none() || seen {
        state.unshared = false;
    }
}

/// Draws the page.
pub fn ui(ui: &mut Ui, profile: &Uuid, state: &mut State, scene: &mut Scene<'_>) {
    if let Some(sentence) = scene.failure(&About::Profile(profile.clone())) {
        super::extra::note(ui, &sentence, scene.theme.error);
        return;
    }
    if !code(ui, profile, state, scene) {
        let rect = Rect::from_min_size(ui.cursor().min, Vec2::new(ui.available_width(), 200.0));
        let since = state.started.unwrap_or(scene.secs);
        states::wait(ui, rect, &say!("net-asking-for-password"), since);
    }
}

/// The code and the password below it; `false` while it is not there.
pub fn code(ui: &mut Ui, profile: &Uuid, state: &mut State, scene: &mut Scene<'_>) -> bool {
    let share = scene.snapshot.share.as_ref();
    let Some(share) = share.filter(|share| share.profile == *profile) else {
        return false;
    };
    let Ok(code) = QrCode::encode_text(share.code.reveal(), QrCodeEcc::Medium) else {
        let words = say!("net-name-too-long-for-code");
        super::extra::note(ui, &words, scene.theme.error);
        return true;
    };
    // What is below it stays in sight.
    let room = (ui.clip_rect().height() - 156.0).max(180.0);
    let side = ui.available_width().min(300.0).min(room);
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), side), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, say!("net-code-spoken")));
    draw(
        ui,
        Rect::from_center_size(rect.center(), Vec2::splat(side)),
        &code,
    );
    page::sentence(ui, &say!("net-code-what"));
    match &share.password {
        Some(password) if state.page.revealed => {
            let text = password.reveal().to_owned();
            page::secret(ui, &say!("net-password"), &text, state, scene);
            let hide = say!("net-hide-password");
            if button(ui, Some(Icon::Conceal), &hide, Weight::Plain).clicked() {
                state.page.revealed = false;
            }
        }
        Some(_) => {
            let show = say!("net-show-password");
            if button(ui, Some(Icon::Reveal), &show, Weight::Plain).clicked() {
                state.page.revealed = true;
            }
        }
        None => page::sentence(ui, &say!("net-no-password")),
    }
    true
}

/// Black on white whatever the theme: cameras expect it. Modules are whole pixels.
fn draw(ui: &Ui, rect: Rect, code: &QrCode) {
    let painter = ui.painter();
    let modules = code.size() + 2 * QUIET;
    let scale = painter.pixels_per_point();
    let pixels = (rect.width() * scale / modules as f32).floor().max(1.0);
    let module = pixels / scale;
    let snap = |v: f32| (v * scale).round() / scale;
    let whole = module * modules as f32;
    let ground = Rect::from_center_size(rect.center(), Vec2::splat(whole));
    painter.rect_filled(ground, 4, Color32::WHITE);
    let left = snap(rect.center().x - whole / 2.0) + module * QUIET as f32;
    let top = snap(rect.center().y - whole / 2.0) + module * QUIET as f32;
    let mut mesh = Mesh::default();
    for y in 0..code.size() {
        for x in 0..code.size() {
            if code.get_module(x, y) {
                let at = egui::Pos2::new(left + x as f32 * module, top + y as f32 * module);
                let dot = Rect::from_min_size(at, Vec2::splat(module));
                mesh.add_colored_rect(dot, Color32::BLACK);
            }
        }
    }
    painter.add(egui::Shape::mesh(mesh));
}
