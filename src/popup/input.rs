//! The order of what the person does, however fast it comes.
//!
//! egui gives a view all events of a frame at once. Views look for the keys that act before their fields
//! take what was typed, so of a text and the Ctrl+Enter after it, both within one frame, nothing would be sent, and
//! two Tabs would be one. On a busy machine a frame is long enough for a person's fingers; and an input method
//! ends what is not finished because of that very key, so that both come together.

use egui::{Context, Event, FullOutput, ImeEvent, Key, OutputCommand, Plugin, RawInput, Ui};

/// Gives each frame one thing to do.
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
        std::any::type_name::<Self>()
    }

    fn input_hook(&mut self, _: &Context, input: &mut RawInput) {
        let mut events = std::mem::take(&mut self.later);
        events.append(&mut input.events);
        self.later = events.split_off(end(&events));
        input.events = events;
        let mut methods = input.events.iter().filter_map(|event| match event {
            Event::Ime(said) => Some(said),
            _ => None,
        });
        self.unfinished = methods.next_back().is_some_and(is_unfinished);
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

/// What a frame has been given to do.
#[derive(Clone, Copy, PartialEq)]
enum Turn {
    /// Text, as much as there is.
    Typed,
    /// A key that is held: it is one, as often as it repeats.
    Held(Key),
    /// What is over.
    Done,
}

/// How many of these events are one turn.
fn end(events: &[Event]) -> usize {
    let mut turn = None;
    for (at, event) in events.iter().enumerate() {
        let next = match event {
            Event::Text(_) | Event::Ime(_) => Turn::Typed,
            Event::Key { pressed: true, .. }
                if matches!(events.get(at + 1), Some(Event::Text(_))) =>
            {
                Turn::Typed
            }
            Event::Key { key, .. } if is_modifier(*key) => continue,
            Event::Key {
                pressed: true, key, ..
            } => Turn::Held(*key),
            Event::Copy
            | Event::Cut
            | Event::Paste(_)
            | Event::PasteImage(_)
            | Event::PointerButton { pressed: true, .. } => Turn::Done,
            Event::Key { key, .. } if turn == Some(Turn::Held(*key)) => {
                turn = Some(Turn::Done);
                continue;
            }
            // Where the pointer is, what is let go, a turn of the wheel.
            _ => continue,
        };
        match turn {
            Some(Turn::Done) => return at,
            Some(turn) if turn != next => return at,
            _ => turn = Some(next),
        }
    }
    events.len()
}

/// Such a key does nothing by itself.
fn is_modifier(key: Key) -> bool {
    matches!(
        key,
        Key::ShiftLeft
            | Key::ShiftRight
            | Key::ControlLeft
            | Key::ControlRight
            | Key::AltLeft
            | Key::AltRight
            | Key::SuperLeft
            | Key::SuperRight
    )
}

fn is_unfinished(said: &ImeEvent) -> bool {
    matches!(said, ImeEvent::Preedit { text, .. } if !text.is_empty())
}

#[cfg(test)]
mod tests {
    use egui::{Modifiers, PointerButton, Pos2};

    use super::*;

    fn key(key: Key, pressed: bool) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    fn stroke(of: Key) -> [Event; 2] {
        [key(of, true), key(of, false)]
    }

    fn letter(of: Key) -> [Event; 3] {
        let text = Event::Text(of.name().to_lowercase());
        [key(of, true), text, key(of, false)]
    }

    fn button(pressed: bool) -> Event {
        Event::PointerButton {
            pos: Pos2::ZERO,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        }
    }

    /// How many events each frame gets.
    fn frames(events: Vec<Event>) -> Vec<usize> {
        let ctx = Context::default();
        InOrder::install(&ctx);
        let mut input = RawInput {
            events,
            ..RawInput::default()
        };
        let mut frames = Vec::new();
        loop {
            let output = ctx.run_ui(std::mem::take(&mut input), |ui| {
                frames.push(ui.input(|input| input.events.len()));
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
    fn what_was_typed_is_one_frame_and_the_key_after_it_another() {
        let typed = [letter(Key::A), letter(Key::B)].concat();
        assert_eq!(frames(typed.clone()), [6]);
        let sent = [typed, stroke(Key::Enter).to_vec(), letter(Key::C).to_vec()];
        assert_eq!(frames(sent.concat()), [6, 2, 3]);
        for written in [
            Event::Paste("x".to_owned()),
            Event::Ime(ImeEvent::Commit("글".to_owned())),
        ] {
            let pasted = [vec![written], stroke(Key::Enter).to_vec()];
            assert_eq!(frames(pasted.concat()), [1, 2]);
        }
        let capital = [
            letter(Key::A).to_vec(),
            vec![key(Key::ShiftLeft, true)],
            letter(Key::B).to_vec(),
        ];
        assert_eq!(frames(capital.concat()), [7]);
    }

    #[test]
    fn two_strokes_are_two_and_a_key_that_is_held_is_one() {
        let twice = [stroke(Key::Tab), stroke(Key::Tab)].concat();
        assert_eq!(frames(twice), [2, 2]);
        let held = vec![key(Key::ArrowDown, true); 30];
        assert_eq!(frames(held), [30]);
        let other = vec![key(Key::ArrowDown, true), key(Key::ArrowUp, true)];
        assert_eq!(frames(other), [1, 1]);
    }

    #[test]
    fn a_click_is_over_before_what_is_typed_then() {
        let mut click = vec![Event::PointerMoved(Pos2::ZERO), button(true), button(false)];
        click.extend(letter(Key::A));
        assert_eq!(frames(click), [3, 3]);
        assert_eq!(frames(Vec::new()), [0]);
    }
}
