//! Whom a new message is for: the field, and the people written to before.

use std::sync::Arc;

use egui::{
    Align2, CornerRadius, FontId, Pos2, Rect, Role, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo,
};

use super::composer::ComposerState;
use super::{Focus, Scene, State, words};
use crate::popup::controls::{field, focus_ring, one_line, put};
use crate::popup::icons::Icon;
use crate::popup::states;
use crate::popup::theme::{self, size, space};
use crate::say;
use crate::sms::contacts::{Contacts, Suggestion};
use crate::sms::message::{Conversation, ConversationId};
use crate::sms::number;

const ROW: f32 = 44.0;
/// Rows in all; of them people written to before; and what is asked of the address book.
const MOST: usize = 8;
const MOST_THREADS: usize = 5;
const MOST_CONTACTS: usize = 12;

/// Whether a message can be sent to `address`: digits, and what people write between them.
pub fn can_send(address: &str) -> bool {
    let address = address.trim();
    address.chars().any(|c| c.is_ascii_digit())
        && address
            .chars()
            .all(|c| c.is_ascii_digit() || "+ -./()*#".contains(c))
}

/// Whether two addresses are the same, however they are written.
pub fn same(a: &str, b: &str) -> bool {
    let significant = |text: &str| -> String {
        text.chars()
            .filter(|c| !" -./()".contains(*c))
            .flat_map(char::to_lowercase)
            .collect()
    };
    significant(a) == significant(b)
}

/// Draws the row with the recipient's field; returns its height.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) -> f32 {
    let theme = scene.theme;
    let max = ui.max_rect();
    let rect = Rect::from_min_size(max.min, Vec2::new(max.width(), 46.0));
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line));
    let mut left = rect.left() + space::L;
    if state.narrow {
        left = super::keys::back_button(ui, rect, state, scene);
    }
    let font = FontId::new(size::BODY, theme::bold());
    let to = one_line(ui, &say!("sms-to"), font, theme.text, 60.0);
    left = put(
        ui.painter(),
        to,
        Pos2::new(left, rect.center().y),
        Align2::LEFT_CENTER,
    )
    .right();
    let inner = Rect::from_min_max(
        Pos2::new(left + space::M, rect.top() + space::S),
        Pos2::new(rect.right() - space::M, rect.bottom() - space::S),
    );
    let takes_focus = state.takes_focus(Focus::Recipient);
    let id = Focus::Recipient.id();
    let address = &mut state.composer.address;
    let response = ui
        .scope_builder(UiBuilder::new().max_rect(inner), |ui| {
            field(
                ui,
                id,
                address,
                &say!("sms-recipient-hint"),
                &say!("sms-recipient"),
                inner.width(),
            )
        })
        .inner;
    if takes_focus {
        response.request_focus();
    }
    if response.changed() {
        state.composer.suggestion = None;
        state.composer.touched(scene.secs);
    }
    if response.has_focus() || response.lost_focus() {
        field_keys(ui, state, scene);
    }
    rect.height()
}

/// Up and down choose among the suggestions, Enter takes the chosen one, or goes to the text.
fn field_keys(ui: &Ui, state: &mut State, scene: &mut Scene<'_>) {
    use egui::{Key, Modifiers};
    let (up, down, enter) = ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        (
            pressed(Key::ArrowUp),
            pressed(Key::ArrowDown),
            pressed(Key::Enter),
        )
    });
    let found = matching(&mut state.composer, scene);
    let chosen = state.composer.suggestion;
    if down {
        let next = chosen.map_or(0, |chosen| chosen + 1);
        state.composer.suggestion = Some(next.min(found.len().saturating_sub(1)));
    } else if up {
        state.composer.suggestion = chosen.and_then(|chosen| chosen.checked_sub(1));
    } else if enter {
        let only = (found.len() == 1 && !can_send(&state.composer.address)).then_some(0);
        match chosen.or(only).and_then(|row| found.get(row)) {
            Some(offer) => pick(state, scene, offer),
            None if can_send(&state.composer.address) => state.focus = Some(Focus::Reply),
            None => state.focus = Some(Focus::Recipient),
        }
    }
}

/// Whom a message can be written to.
enum Offer {
    /// Somebody who was written to before.
    Thread(ConversationId),
    /// A number from the address book.
    Contact(Suggestion),
}

/// What the address book has for what is typed; asked anew only when one of the two changes.
#[derive(Default)]
pub struct Offered {
    typed: String,
    contacts: Option<Arc<Contacts>>,
    found: Vec<Suggestion>,
}

impl Offered {
    fn update(&mut self, typed: &str, contacts: Option<&Arc<Contacts>>) -> &[Suggestion] {
        let same = match (&self.contacts, contacts) {
            (Some(old), Some(new)) => Arc::ptr_eq(old, new),
            (old, new) => old.is_none() && new.is_none(),
        };
        if !same || self.typed != typed {
            self.found = contacts.map_or_else(Vec::new, |all| all.complete(typed, MOST_CONTACTS));
            self.found.retain(|offer| can_send(&offer.number));
            typed.clone_into(&mut self.typed);
            self.contacts = contacts.cloned();
        }
        &self.found
    }
}

/// Those who can be written to and whose name or number fits what is typed: first who was written
/// to before, newest first, then the address book.
fn matching(composer: &mut ComposerState, scene: &Scene<'_>) -> Vec<Offer> {
    let ComposerState {
        address, offered, ..
    } = composer;
    let threads = threads(address, scene);
    let known = offered.update(address.trim(), scene.snapshot.contacts.as_ref());
    let typed = address.trim();
    let listed = |offer: &&Suggestion| {
        if offer.number == typed {
            // That is taken already.
            return false;
        }
        let mut addresses = threads.iter().filter_map(|id| scene.conversation(*id));
        !addresses
            .any(|c| c.name.as_ref() == Some(&offer.name) && is_number_of(&c.address, offer, scene))
    };
    let contacts: Vec<_> = known
        .iter()
        .filter(listed)
        .cloned()
        .map(Offer::Contact)
        .collect();
    let threads = threads.iter().copied().map(Offer::Thread);
    threads.chain(contacts).take(MOST).collect()
}

/// Whether an address is this number of the address book, however both are written.
fn is_number_of(address: &str, offer: &Suggestion, scene: &Scene<'_>) -> bool {
    let contacts = scene.snapshot.contacts.as_ref();
    number::same(address, &offer.number)
        || contacts.is_some_and(|contacts| contacts.same(address, &offer.number))
}

fn threads(typed: &str, scene: &Scene<'_>) -> Vec<ConversationId> {
    let typed = typed.trim().to_lowercase();
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let fits = |c: &&Conversation| {
        can_send(&c.address)
            && (typed.is_empty()
                || c.name
                    .as_ref()
                    .is_some_and(|name| name.to_lowercase().contains(&typed))
                || can_send(&typed) && c.address.contains(&digits))
    };
    scene
        .conversations()
        .iter()
        .filter(fits)
        .take(MOST_THREADS)
        .map(|c| c.id)
        .collect()
}

/// Goes on in the thread that is already there, with what was typed so far; without one a new
/// message is for this number.
fn pick(state: &mut State, scene: &mut Scene<'_>, offer: &Offer) {
    let id = match offer {
        Offer::Thread(id) => *id,
        Offer::Contact(offer) => {
            let mut all = scene.conversations().iter();
            let thread = all
                .find(|c| is_number_of(&c.address, offer, scene))
                .map(|c| c.id);
            let Some(id) = thread else {
                state.composer.address.clone_from(&offer.number);
                state.composer.suggestion = None;
                state.composer.touched(scene.secs);
                state.focus = Some(Focus::Reply);
                return;
            };
            id
        }
    };
    let text = state.composer.take_text();
    state.open(scene, id);
    if !text.is_empty() {
        state.composer.put_text(text, scene.secs);
        scene.commands.extend(state.composer.save());
    }
}

/// Draws the suggestions into the room between field and composer.
pub fn suggestions(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    let theme = scene.theme;
    let rect = ui.max_rect();
    let found = matching(&mut state.composer, scene);
    if found.is_empty() {
        let address = state.composer.address.trim();
        let contacts = scene.snapshot.contacts.as_ref();
        let name = contacts.and_then(|contacts| contacts.name(address));
        let sentence = if let Some(name) = name {
            say!("sms-recipient-name", name = name)
        } else if address.is_empty() || can_send(address) {
            say!("sms-recipient-number")
        } else {
            say!("sms-recipient-nobody")
        };
        states::say(ui, rect, Icon::Pick, &sentence);
        return;
    }
    let mut top = rect.top() + space::XS;
    for (row, offer) in found.iter().enumerate() {
        let (who, detail) = match offer {
            Offer::Thread(id) => {
                let Some(c) = scene.conversation(*id) else {
                    continue;
                };
                let detail = c.name.as_ref().map(|_| c.address.clone());
                (c.name.clone().unwrap_or_else(|| c.address.clone()), detail)
            }
            Offer::Contact(offer) if offer.kind.is_empty() => {
                (offer.name.clone(), Some(offer.number.clone()))
            }
            Offer::Contact(offer) => {
                let kind = words::number_kind(&offer.kind);
                let detail = format!("{kind} · {}", offer.number);
                (offer.name.clone(), Some(detail))
            }
        };
        let place = Rect::from_min_size(Pos2::new(rect.left(), top), Vec2::new(rect.width(), ROW));
        top += ROW;
        if top > rect.bottom() {
            break;
        }
        let response = ui.interact(place, ui.scope_id().with(("offer", row)), Sense::CLICK);
        let chosen = state.composer.suggestion == Some(row);
        let spoken = match &detail {
            Some(detail) => format!("{who}, {detail}"),
            None => who.clone(),
        };
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &spoken));
        let inner = place.shrink2(Vec2::new(space::S, 1.0));
        if response.hovered() {
            ui.painter()
                .rect_filled(inner, CornerRadius::same(space::RADIUS), theme.hover);
        }
        if chosen {
            focus_ring(ui.painter(), inner, &theme);
        }
        let font = FontId::proportional(size::BODY);
        let at = Pos2::new(place.left() + space::L, place.center().y);
        let name = one_line(ui, &who, font, theme.text, place.width() * 0.55);
        put(ui.painter(), name, at, Align2::LEFT_CENTER);
        if let Some(detail) = &detail {
            let small = FontId::proportional(size::SMALL);
            let number = one_line(ui, detail, small, theme.dim, place.width() * 0.4);
            let at = Pos2::new(place.right() - space::L, place.center().y);
            put(ui.painter(), number, at, Align2::RIGHT_CENTER);
        }
        if response.clicked() {
            pick(state, scene, offer);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_can_be_written_to() {
        assert!(can_send("+49 170 123-45.67") && can_send("12345") && can_send("*100#"));
        assert!(!can_send("Vodafone") && !can_send("") && !can_send("+") && !can_send("12a"));
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        assert!(same("+49 170 1234567", "+491701234567"));
        assert!(!same("0170 1234567", "+491701234567"));
    }
}
