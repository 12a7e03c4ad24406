//! The order of what the person does, within a frame too.
//!
//! egui gives a view all events of a frame at once. Views take their keys before their fields take
//! what was typed, so Ctrl+Enter would send a text without its last letters, and leave them in the
//! field. That is no matter of quick fingers alone: an input method ends what is not finished because
//! of that very key, and both come together.

use egui::{Context, Event, FullOutput, ImeEvent, OutputCommand, Plugin, RawInput, Ui};

/// Has a key wait for the next frame where something was written before it.
#[derive(Default)]
pub struct InOrder {
    later: Vec<Event>,
    /// Whether an input method has something in the field that is not finished.
    unfinished: bool,
}

impl InOrder {
    /// Begins with a window: what was left of one before means nothing to it.
    pub fn install(ctx: &Context) {
        *ctx.plugin_or_default::<Self>().lock() = Self::default();
    }
}

impl Plugin for InOrder {
    fn debug_name(&self) -> &'static str {
        "in order"
    }

    fn input_hook(&mut self, _: &Context, input: &mut RawInput) {
        let mut events = std::mem::take(&mut self.later);
        events.append(&mut input.events);
        self.later = events.split_off(first_turn(&events));
        input.events = events;
        self.unfinished = input.events.iter().any(is_unfinished);
    }

    fn on_begin_pass(&mut self, ui: &mut Ui) {
        if !self.later.is_empty() {
            ui.ctx().request_repaint();
        }
    }

    /// What is not finished is selected within egui, but nobody has selected it.
    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        if self.unfinished {
            let commands = &mut output.platform_output.commands;
            commands.retain(|command| !matches!(command, OutputCommand::TextSelectionSettled(_)));
        }
    }
}

/// How many events there are before a key that follows something written.
fn first_turn(events: &[Event]) -> usize {
    let written = |event: &Event| {
        matches!(
            event,
            Event::Text(_) | Event::Paste(_) | Event::Cut | Event::Ime(_)
        )
    };
    let Some(first) = events.iter().position(written) else {
        return events.len();
    };
    // A key that writes is followed by its letter.
    let acts = |at: usize| match events.get(at..) {
        Some([Event::Key { pressed: true, .. }, Event::Text(_), ..]) => false,
        Some([Event::Key { pressed, .. }, ..]) => *pressed,
        _ => false,
    };
    (first..events.len())
        .find(|at| acts(*at))
        .unwrap_or(events.len())
}

fn is_unfinished(event: &Event) -> bool {
    matches!(event, Event::Ime(ImeEvent::Preedit { text, .. }) if !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Key, Modifiers};

    fn key(key: Key, modifiers: Modifiers) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        }
    }

    fn text(text: &str) -> Event {
        Event::Text(text.into())
    }

    /// What each frame gets of these events.
    fn frames(events: Vec<Event>) -> Vec<Vec<Event>> {
        let ctx = Context::default();
        InOrder::install(&ctx);
        let mut input = RawInput {
            events,
            ..RawInput::default()
        };
        let mut frames = Vec::new();
        loop {
            let output = ctx.run_ui(std::mem::take(&mut input), |ui| {
                frames.push(ui.input(|input| input.events.clone()));
            });
            let wanted = output.viewport_output[&egui::ViewportId::ROOT].repaint_delay;
            output.drop_without_applying_deltas();
            if ctx.plugin::<InOrder>().lock().later.is_empty() {
                return frames;
            }
            assert!(wanted.is_zero(), "the rest waits for nobody");
        }
    }

    #[test]
    fn a_key_comes_after_what_was_written_before_it() {
        let send = key(Key::Enter, Modifiers::CTRL);
        let commit = Event::Ime(ImeEvent::Commit("글".into()));
        for written in [text("a"), commit, Event::Paste("b".into())] {
            let rest = vec![send.clone(), key(Key::C, Modifiers::NONE), text("c")];
            let all = [vec![written.clone()], rest.clone()].concat();
            assert_eq!(frames(all), [vec![written], rest]);
        }
    }

    #[test]
    fn letters_and_keys_alone_come_at_once() {
        let typed = vec![
            key(Key::A, Modifiers::NONE),
            text("a"),
            key(Key::B, Modifiers::NONE),
            text("b"),
        ];
        assert_eq!(frames(typed.clone()), [typed]);
        let keys = vec![
            key(Key::ArrowDown, Modifiers::NONE),
            key(Key::Enter, Modifiers::NONE),
            text("a"),
        ];
        assert_eq!(frames(keys.clone()), [keys]);
    }
}
