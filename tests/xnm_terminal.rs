//! `xnm` on a terminal: passwords are asked for without being shown, and again when wrong.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/bus.rs"]
mod bus;
mod support;
#[path = "support/terminal.rs"]
mod terminal;
#[path = "support/xnm.rs"]
mod xnm;

use terminal::Terminal;
use xnm::Machine;

#[test]
fn a_password_is_asked_for_unseen_and_again_when_it_is_wrong() {
    let machine = Machine::new("home");
    machine.control("password Drucker-Direct \"printer pass\"");
    let mut terminal = Terminal::start(&machine.xnm(), &["connect", "Drucker-Direct"]);
    terminal.wait_for("Password for 'Drucker-Direct': ");
    terminal.types("canary-wrong-1\r");
    terminal.wait_for("Password for 'Drucker-Direct': ");
    assert!(terminal.text.contains("password"), "{:?}", terminal.text);
    assert!(!terminal.text.contains("canary"), "{:?}", terminal.text);
    // A slip, taken back; a character of two bytes is one.
    terminal.types("xyz\x15printer pasé\x7fs\r");
    terminal.wait_for("connected to 'Drucker-Direct'");
    assert!(
        !terminal.text.contains("printer pass"),
        "{:?}",
        terminal.text
    );
    terminal.ends_with(0);
}

#[test]
fn giving_up_changes_nothing_and_leaves_the_terminal_as_it_was() {
    let machine = Machine::new("home");
    for key in ["\x03", "\x04"] {
        let mut terminal = Terminal::start(&machine.xnm(), &["connect", "Drucker-Direct"]);
        terminal.wait_for("Password for");
        terminal.types(key);
        terminal.wait_for("given up; nothing was changed");
        terminal.ends_with(1);
    }
    assert_eq!(machine.line(), "WIFI Meisenweg 12 4/4");
}

#[test]
fn a_sim_pin_is_asked_for_with_the_tries_that_are_left() {
    let machine = Machine::new("sim-pin");
    let mut terminal = Terminal::start(&machine.xnm(), &["unlock"]);
    terminal.wait_for("PIN of the SIM (3 tries left): ");
    terminal.types("1234\r");
    terminal.wait_for("the SIM is open");
    terminal.ends_with(0);
}

#[test]
fn a_puk_is_asked_for_with_a_new_pin_that_is_typed_twice() {
    let machine = Machine::new("sim-puk");
    let mut terminal = Terminal::start(&machine.xnm(), &["unlock"]);
    terminal.wait_for("PUK of the SIM");
    terminal.types("12345678\r");
    terminal.wait_for("New PIN: ");
    terminal.types("4321\r");
    terminal.wait_for("New PIN again: ");
    terminal.types("4321\r");
    terminal.wait_for("the SIM is open");
    terminal.ends_with(0);
}
