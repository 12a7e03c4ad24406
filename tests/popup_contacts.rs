//! Whom a new message is for: people of the address book, found as one types.
#![cfg(feature = "popup")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/popup.rs"]
mod popup;

use std::sync::Arc;

use barpop::sms::command::Command;
use barpop::sms::contacts::{Contacts, vcard};
use barpop::sms::message::ConversationId;
use barpop::sms::number::region::Region;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use popup::{Popup, commands, everyday, press, shows, type_text};

const CARDS: &str = "BEGIN:VCARD\nFN:José Álvarez\nTEL;TYPE=work:91 234 56 78\nTEL;TYPE=cell:+34 612 345 678\n\
    END:VCARD\nBEGIN:VCARD\nFN:Anna of the address book\nTEL;TYPE=cell:0170 1234567\nEND:VCARD\n";

fn composing() -> Harness<'static, Popup> {
    let mut harness = everyday();
    let mut people = Vec::new();
    vcard::read(CARDS.as_bytes(), &mut |card| {
        people.push(card);
        true
    })
    .unwrap();
    let contacts = Contacts::new(people, Region::named("DE"), Vec::new());
    harness.state_mut().store.snapshot.contacts = Some(Arc::new(contacts));
    press(&mut harness, Modifiers::CTRL, Key::N);
    commands(&mut harness);
    harness
}

#[test]
fn a_name_is_found_by_its_beginning_with_the_kinds_of_its_numbers_and_taken_by_keys() {
    let mut harness = composing();
    type_text(&mut harness, "jose");
    assert!(shows(&harness, "José Álvarez, mobile · +34 612 345 678"));
    assert!(shows(&harness, "José Álvarez, work · 91 234 56 78"));
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(shows(&harness, "To José Álvarez"));
    type_text(&mut harness, "hola");
    press(&mut harness, Modifiers::CTRL, Key::Enter);
    let sent = commands(&mut harness);
    let send = Command::Send {
        address: "+34 612 345 678".to_owned(),
        text: "hola".to_owned(),
    };
    assert!(sent.contains(&send), "{sent:?}");
}

#[test]
fn somebody_who_was_written_to_before_is_answered_in_that_thread() {
    let mut harness = composing();
    type_text(&mut harness, "anna of");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let opened = commands(&mut harness);
    let thread = |command: &Command| matches!(command, Command::Open(_));
    assert!(opened.iter().any(thread), "{opened:?}");
}

#[test]
fn a_wish_of_another_program_opens_that_thread_once() {
    let mut harness = everyday();
    let last = harness
        .state()
        .store
        .snapshot
        .conversations
        .as_ref()
        .unwrap()
        .last()
        .unwrap()
        .id;
    commands(&mut harness);
    harness.state_mut().store.snapshot.wanted = Some((1, last));
    harness.run_steps(4);
    let opened = |commands: Vec<Command>, id: ConversationId| commands.contains(&Command::Open(id));
    assert!(opened(commands(&mut harness), last));
    harness.run_steps(4);
    assert!(!opened(commands(&mut harness), last));
}
