//! One question of NetworkManager's in a window of its own, where the popup is not open.

use std::sync::{Arc, Mutex, PoisonError};

use egui::{Key, Modifiers};

use super::prompt::{self, Outcome, PromptForm};
use crate::bar::clean;
use crate::net::secrets::Prompt;
use crate::popup::Topic;
use crate::popup::theme::{Theme, space};
use crate::say;
use crate::secret::Secret;

/// What the person answered: the secrets by their settings' keys, or nothing.
pub type Answer = Option<Vec<(String, Secret)>>;

/// The window that asks one question.
pub struct Ask {
    prompt: Prompt,
    form: PromptForm,
    answer: Arc<Mutex<Answer>>,
    done: bool,
}

impl Ask {
    /// A window for `prompt`, which leaves what was typed in `answer`.
    #[must_use]
    pub fn new(prompt: Prompt, answer: Arc<Mutex<Answer>>) -> Self {
        Self {
            prompt,
            form: PromptForm::default(),
            answer,
            done: false,
        }
    }
}

/// The window's size in points: as high as the question, where a line or two are enough for
/// each of its parts. What is longer can be scrolled.
#[must_use]
pub fn size(prompt: &Prompt) -> [f32; 2] {
    let name = prompt
        .ssid
        .as_ref()
        .map_or(prompt.name.len(), |ssid| ssid.text().len());
    let lines = |characters: usize, of: usize| characters.div_ceil(of).min(4) as f32;
    let title = 4.0 + 20.0 * lines(name + 13, 32);
    let refused = if prompt.refused { 42.0 } else { 0.0 };
    let message = prompt.message.as_ref();
    let message = message.map_or(0.0, |words| 6.0 + 18.0 * lines(words.len(), 44));
    let field = if prompt.fields.len() > 1 { 58.0 } else { 36.0 };
    let fields = field * prompt.fields.len() as f32;
    let height = title + refused + message + fields + 34.0 + 2.0 * space::L;
    [360.0, height.min(480.0)]
}

impl Topic for Ask {
    fn title(&self) -> String {
        let name = match &self.prompt.ssid {
            Some(ssid) => ssid.text(),
            None => clean(&self.prompt.name),
        };
        say!("net-ask-window", name = name)
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        let theme = Theme::of(ui.ctx());
        let whole = ui.max_rect();
        ui.painter().rect_filled(whole, 0, theme.raised);
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            self.done = true;
            return;
        }
        let scroll = egui::ScrollArea::vertical().auto_shrink(false);
        scroll.show(ui, |ui| {
            let rect = whole.shrink(space::L);
            let (outcome, used) = prompt::body(ui, rect, &self.prompt, &mut self.form);
            ui.set_height(used + 2.0 * space::L);
            match outcome {
                Outcome::Open => {}
                Outcome::Refuse => self.done = true,
                Outcome::Answer(secrets) => {
                    let mut answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner);
                    *answer = Some(secrets);
                    self.done = true;
                }
            }
        });
    }

    fn wants_close(&self) -> bool {
        self.done
    }
}
