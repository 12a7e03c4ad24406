//! A secret that NetworkManager asks for, on a sheet over everything.

use egui::{
    Align, CornerRadius, FontId, Key, Layout, Modifiers, Pos2, Rect, Role, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo,
};
use zeroize::Zeroize;

use super::model::RowKey;
use super::{Focus, Scene, State, extra, page, status, words};
use crate::bar::clean;
use crate::net::command::Command;
use crate::net::secrets::Prompt;
use crate::popup::controls::{Weight, button, paragraph, put};
use crate::popup::icons::{self, Icon};
use crate::popup::password::password_field;
use crate::popup::theme::{self, Theme, size, space};
use crate::popup::typing;
use crate::say;
use crate::secret::Secret;

/// What is being typed; wiped when it is answered, and when the window goes.
#[derive(Default)]
pub struct PromptForm {
    number: Option<u64>,
    values: Vec<String>,
    revealed: Vec<bool>,
    /// The prompt that was answered: it is not shown again until another one comes.
    answered: Option<u64>,
    takes_focus: bool,
}

impl PromptForm {
    fn wipe(&mut self) {
        for value in &mut self.values {
            value.zeroize();
        }
        self.values.clear();
        self.revealed.clear();
    }

    /// Begins anew where another prompt comes.
    fn load(&mut self, prompt: &Prompt) {
        if self.number != Some(prompt.number) {
            self.wipe();
            self.number = Some(prompt.number);
            self.takes_focus = true;
        }
        self.values.resize(prompt.fields.len(), String::new());
        self.revealed.resize(prompt.fields.len(), false);
    }

    /// What was typed, by the settings' keys.
    fn secrets(&self, prompt: &Prompt) -> Vec<(String, Secret)> {
        let keys = prompt.fields.iter().map(|field| field.key.clone());
        keys.zip(self.values.iter().map(|value| Secret::new(value.as_str())))
            .collect()
    }
}

impl Drop for PromptForm {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// What came of it.
pub enum Outcome {
    /// Still typing.
    Open,
    /// These are the secrets.
    Answer(Vec<(String, Secret)>),
    /// The person does not answer.
    Refuse,
}

/// Whether something is asked that was not answered yet.
pub fn is_asked(state: &mut State, scene: &mut Scene<'_>) -> bool {
    let Some(prompt) = &scene.snapshot.prompt else {
        if state.prompt.number.take().is_some() {
            state.prompt.wipe();
            state.refocus();
        }
        return false;
    };
    if state.prompt.answered == Some(prompt.number) {
        return false;
    }
    if is_asked_in_place(prompt, state, scene) {
        let prompt = prompt.number;
        state.prompt.answered = Some(prompt);
        scene.commands.push(Command::Refuse { prompt });
        return false;
    }
    true
}

/// Whether the same password is asked for below its row already: what is typed there is a new
/// attempt, and the old one needs no answer any more.
fn is_asked_in_place(prompt: &Prompt, state: &State, scene: &Scene<'_>) -> bool {
    let open = state.open.as_ref().filter(|open| !open.hidden);
    let Some((RowKey::Network(key), entry)) =
        open.and_then(|open| Some((&open.key, scene.model.entry(&open.key)?)))
    else {
        return false;
    };
    let failed = status::problem(entry, scene);
    prompt.ssid.as_ref() == Some(&key.ssid)
        && failed.is_some_and(|(_, problem)| problem.why.asks_for_password())
}

/// Esc refuses, before anything below gets it.
pub fn keys(ui: &Ui, state: &mut State, scene: &mut Scene<'_>) {
    let refused = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if let Some(prompt) = scene.snapshot.prompt.clone().filter(|_| refused) {
        finish(ui, Outcome::Refuse, &prompt, state, scene);
    }
}

fn finish(ui: &Ui, outcome: Outcome, asked: &Prompt, state: &mut State, scene: &mut Scene<'_>) {
    let prompt = asked.number;
    scene.commands.push(match outcome {
        Outcome::Open => return,
        Outcome::Answer(secrets) => Command::Answer { prompt, secrets },
        Outcome::Refuse => Command::Refuse { prompt },
    });
    state.prompt.answered = Some(prompt);
    state.prompt.wipe();
    state.prompt.number = None;
    forget(ui, asked);
    state.refocus();
}

/// Forgets what the fields remember, for undo: all prompts have the same ones.
fn forget(ui: &Ui, prompt: &Prompt) {
    for index in 0..prompt.fields.len() {
        typing::forget(ui, Focus::Prompt.id().with(index));
    }
}

/// Draws the sheet over the whole window.
pub fn sheet(ui: &mut Ui, whole: Rect, state: &mut State, scene: &mut Scene<'_>) {
    let Some(prompt) = scene.snapshot.prompt.clone() else {
        return;
    };
    if state.prompt.answered == Some(prompt.number) {
        return;
    }
    // Its focus is its own.
    state.focus = None;
    let theme = scene.theme;
    let area = egui::Area::new(ui.scope_id().with("prompt")).order(egui::Order::Foreground);
    let outcome = area
        .fixed_pos(whole.min)
        .fade_in(false)
        .show(ui.ctx(), |ui| {
            ui.interact(whole, ui.scope_id().with("shade"), Sense::CLICK);
            ui.set_min_size(whole.size());
            let shade = egui::Color32::from_black_alpha(if theme.dark { 150 } else { 90 });
            ui.painter().rect_filled(whole, 0, shade);
            let width = (whole.width() - 2.0 * space::M).min(420.0);
            let known = ui.scope_id().with("height");
            let height = ui.data(|data| data.get_temp::<f32>(known)).unwrap_or(190.0);
            let size = Vec2::new(width, height.min(whole.height() - 2.0 * space::S));
            let top = (whole.top() + 72.0).min(whole.bottom() - size.y - space::S);
            let at = Pos2::new(
                whole.center().x - width / 2.0,
                top.max(whole.top() + space::S),
            );
            let rect = Rect::from_min_size(at, size);
            let corner = CornerRadius::same(space::RADIUS);
            ui.painter().rect_filled(rect, corner, theme.raised);
            let line = Stroke::new(1.0, theme.accent_text);
            ui.painter()
                .rect_stroke(rect, corner, line, StrokeKind::Inside);
            let name = ui.interact(rect, ui.scope_id().with("sheet"), Sense::hover());
            name.widget_info(|| WidgetInfo::labeled(Role::Dialog, true, heading(&prompt)));
            let (outcome, used) = body(ui, rect.shrink(space::L), &prompt, &mut state.prompt);
            let wanted = used + 2.0 * space::L;
            if (wanted - height).abs() > 0.5 {
                ui.data_mut(|data| data.insert_temp(known, wanted));
                ui.ctx().request_repaint();
            }
            outcome
        });
    finish(ui, outcome.inner, &prompt, state, scene);
}

fn heading(prompt: &Prompt) -> String {
    let name = match &prompt.ssid {
        Some(ssid) => ssid.text(),
        None => clean(&prompt.name),
    };
    match prompt.setting.as_str() {
        "gsm" | "cdma" => say!("net-wants-code", name = name),
        "vpn" | "wireguard" => say!("net-sign-in-to", name = name),
        _ => say!("net-password-for", name = name),
    }
}

/// Draws title, reason, fields and buttons into `rect`; also returns the height that they took.
pub fn body(ui: &mut Ui, rect: Rect, prompt: &Prompt, form: &mut PromptForm) -> (Outcome, f32) {
    form.load(prompt);
    let theme = Theme::of(ui.ctx());
    let room = rect.with_max_y(rect.top() + 4000.0);
    let layout = Layout::top_down(Align::Min);
    let mut part = ui.new_child(UiBuilder::new().max_rect(room).layout(layout));
    let ui = &mut part;
    ui.spacing_mut().item_spacing = Vec2::new(space::S, 6.0);
    let title = heading(prompt);
    let font = FontId::new(size::TITLE, theme::bold());
    // A network's name is told whole.
    let text = paragraph(ui, &title, font, theme.text, ui.available_width() - 26.0);
    let wanted = Vec2::new(ui.available_width(), text.size().y + 4.0);
    let (head, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &title));
    let icon = Pos2::new(head.left() + 8.0, head.top() + 12.0);
    icons::paint(ui.painter(), Icon::Lock, icon, 16.0, theme.accent_text);
    let at = head.left_top() + Vec2::new(26.0, 2.0);
    put(ui.painter(), text, at, egui::Align2::LEFT_TOP);
    if prompt.refused {
        extra::note(ui, &say!("net-saved-was-refused"), theme.error);
    }
    if let Some(message) = &prompt.message {
        page::sentence(ui, &clean(message));
    }
    let mut enter = false;
    let takes = std::mem::take(&mut form.takes_focus);
    if takes {
        forget(ui, prompt);
    }
    let pairs = form.values.iter_mut().zip(&mut form.revealed);
    for (index, (field, (value, revealed))) in prompt.fields.iter().zip(pairs).enumerate() {
        let name = words::field(field);
        let id = Focus::Prompt.id().with(index);
        let response = if field.secret {
            if prompt.fields.len() > 1 {
                page::label(ui, &name);
            }
            let width = ui.available_width();
            password_field(ui, id, value, &name, width, revealed)
        } else {
            page::labelled(ui, id, value, &name, "")
        };
        if takes && index == 0 {
            response.request_focus();
        }
        enter |= response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    }
    let can = form.values.iter().all(|value| !value.is_empty());
    if enter && !can {
        let empty = form.values.iter().position(String::is_empty).unwrap_or(0);
        let id = Focus::Prompt.id().with(empty);
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let mut outcome = Outcome::Open;
    extra::buttons(ui, "", |ui| {
        let go = ui.add_enabled_ui(can, |ui| {
            button(ui, None, &say!("net-connect"), Weight::Primary)
        });
        if can && (go.inner.clicked() || enter) {
            outcome = Outcome::Answer(form.secrets(prompt));
        }
        let no = button(ui, None, &say!("net-not-now"), Weight::Plain);
        if no.on_hover_text(say!("net-not-now-hint")).clicked() {
            outcome = Outcome::Refuse;
        }
    });
    let used = ui.min_rect().height();
    (outcome, used)
}
