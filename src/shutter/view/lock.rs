//! A password is asked for in place of the pages; it is kept on the person's wish alone.

use egui::{Align, Key, Layout, Rect, Ui, UiBuilder, Vec2};
use zeroize::Zeroize;

use super::{Focus, Scene, State, words};
use crate::popup::controls::{Weight, button};
use crate::popup::icons::Icon;
use crate::popup::password::password_field;
use crate::popup::states::say;
use crate::popup::theme::space;
use crate::popup::toggle;
use crate::popup::typing;
use crate::say;
use crate::secret::Secret;
use crate::shutter::cameras::Link;
use crate::shutter::source::Wish;

/// What is being typed; wiped when it is sent, and when the window goes.
#[derive(Default)]
pub struct Lock {
    typed: String,
    revealed: bool,
    keep: bool,
    asked: bool,
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.typed.zeroize();
    }
}

/// Draws the question.
pub fn ui(ui: &mut Ui, index: usize, state: &mut State, scene: &mut Scene<'_>) {
    let cameras = scene.cameras;
    let link = cameras.get(index).map(|camera| &camera.link);
    let Some(Link::Forbidden { wrong, why }) = link else {
        return;
    };
    let name = cameras.get(index).map(|camera| words::said(camera.name()));
    let name = name.unwrap_or_default();
    let sentence = match (wrong, why.contains("password_file in")) {
        (true, _) => say!("shutter-not-the-password", camera = name),
        (false, true) => say!("shutter-wants-password", camera = name),
        // The file with it cannot be used: the sentence says why.
        (false, false) => words::why(why),
    };
    let rect = ui.max_rect();
    let above = rect.with_max_y(rect.bottom() - 90.0);
    let place = say(ui, above, Icon::Lock, &sentence);
    let width = (rect.width() - 2.0 * space::L).min(320.0);
    let place = Rect::from_min_size(
        egui::Pos2::new(rect.center().x - width / 2.0, place.top()),
        Vec2::new(width, 130.0),
    );
    if !std::mem::replace(&mut state.lock.asked, true) {
        state.focus = Some(Focus::Password);
    }
    let takes_focus = state.takes(Focus::Password);
    let id = super::id("password");
    let layout = Layout::top_down(Align::Min);
    ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let lock = &mut state.lock;
        let label = say!("shutter-password");
        let response = password_field(ui, id, &mut lock.typed, &label, width, &mut lock.revealed);
        if takes_focus {
            response.request_focus();
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if toggle::tick(ui, lock.keep, &say!("shutter-keep-password")) {
            lock.keep = !lock.keep;
        }
        let able = !lock.typed.is_empty();
        let pressed = ui.add_enabled_ui(able, |ui| {
            let words = say!("shutter-unlock");
            button(ui, Some(Icon::Insecure), &words, Weight::Primary).clicked()
        });
        if able && (entered || pressed.inner) {
            let password = Secret::new(lock.typed.as_str());
            lock.typed.zeroize();
            let keep = lock.keep;
            typing::forget(ui, id);
            scene
                .wishes
                .push((index, Wish::Password { password, keep }));
        }
    });
}
