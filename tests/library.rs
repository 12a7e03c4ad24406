//! The examples of the library, on a simulated modem: what em73xx's README did.
#![allow(clippy::unwrap_used, clippy::expect_used)]
// Each example is a program of its own, with its own part of the same page.
#![allow(clippy::duplicate_mod)]

#[path = "examples/position.rs"]
mod position;
#[path = "examples/read.rs"]
mod read;
#[path = "examples/send.rs"]
mod send;

use barpop::sim::Simulated;
use barpop::sim::modem::Options;

fn modem() -> Simulated {
    Simulated::with(Options::default()).unwrap()
}

#[test]
fn the_messages_of_a_sim_are_read_and_left_there() {
    let modem = modem();
    modem.receive("+491701234567", "How are you?");
    modem.receive("Hotel", "Room 7, Grüße 😀");
    let mut out = Vec::new();
    read::read(&modem.path(), &mut out).unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "+491701234567: How are you?\nHotel: Room 7, Grüße 😀\n"
    );
    assert_eq!(modem.stored("SM").len(), 2);
}

#[test]
fn a_message_is_sent_in_its_parts() {
    let modem = modem();
    let mut out = Vec::new();
    send::send(
        &modem.path(),
        "+491701234567",
        &"long ".repeat(60),
        &mut out,
    )
    .unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.starts_with("part 1 of 2: taken as "), "{out}");
    assert_eq!(modem.sent().len(), 2);
    let refused = send::send(&modem.path(), "nobody", "x", &mut Vec::new()).unwrap_err();
    assert!(refused.to_string().contains("is no telephone number"));
    assert_eq!(modem.sent().len(), 2);
}

#[test]
fn a_locked_sim_is_told_and_no_pin_is_tried() {
    let locked = Simulated::with(Options {
        pin: Some("1234".to_owned()),
        ..Options::default()
    })
    .unwrap();
    let refused = send::send(&locked.path(), "+4917", "x", &mut Vec::new()).unwrap_err();
    assert!(
        refused.to_string().contains("the SIM is locked"),
        "{refused}"
    );
    assert_eq!(locked.pin_tries(), 3);
}

#[test]
fn a_position_is_printed_and_the_receiver_switched_off_again() {
    let modem = modem();
    let mut out = Vec::new();
    position::position(&modem.path(), &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.starts_with("49.19"), "{out}");
    let told = modem.commands();
    assert!(told.last().unwrap().starts_with("AT+XLSRSTOP"), "{told:?}");
}
