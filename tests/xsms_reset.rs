//! The modem itself: restarted on the person's word, lost and found again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/session.rs"]
mod session;
mod support;

use std::time::Duration;

use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};
use session::Session;
use support::{Following, Person, text, wait_until};

/// A modem under a link that stays, as udev's by-id links do.
fn modem(person: &Person, options: Options, faults: Faults) -> (Simulated, String) {
    let link = person.path("modem");
    let port = Port::Terminal(Some(link.clone()));
    let modem = Simulated::start(options, faults, port).unwrap();
    (modem, link.display().to_string())
}

const LIMIT: Duration = Duration::from_secs(40);

#[test]
fn a_reset_takes_the_port_away_and_brings_it_back_with_the_pin_entered_again() {
    let person = Person::new();
    let options = Options {
        pin: Some("4321".to_owned()),
        ..Options::default()
    };
    let (modem, port) = modem(&person, options, Faults::default());
    let mut command = person.xsms();
    command
        .args(["modem", "reset", "-d", &port])
        .env("BARPOP_PIN", "4321");
    let said = command.output().unwrap();
    assert_eq!(
        text(&said.stdout),
        "the modem restarts\nthe modem is back\n",
        "{}",
        text(&said.stderr)
    );
    assert!(modem.modem(|modem| modem.sim_ready()));
    assert!(modem.commands().iter().any(|c| c == "AT+CFUN=1,1"));
    assert_eq!(modem.pin_tries(), 3);
}

#[test]
fn a_locked_sim_is_no_reason_not_to_reset() {
    let person = Person::new();
    let options = Options {
        pin: Some("4321".to_owned()),
        ..Options::default()
    };
    let (modem, port) = modem(&person, options, Faults::default());
    let said = person.run(&["modem", "reset", "-d", &port]);
    assert_eq!(
        text(&said.stdout),
        "the modem restarts\n",
        "{}",
        text(&said.stderr)
    );
    assert!(
        text(&said.stderr).contains("the SIM wants its PIN"),
        "{}",
        text(&said.stderr)
    );
    assert_eq!(modem.pin_tries(), 3);
}

#[test]
fn a_power_cycle_keeps_the_port_and_what_is_told_goes_on() {
    let person = Person::new();
    let (modem, port) = modem(&person, Options::default(), Faults::default());
    let said = person.run(&["modem", "power-cycle", "-d", &port]);
    assert_eq!(
        text(&said.stdout),
        "the modem restarts\nthe modem is back\n",
        "{}",
        text(&said.stderr)
    );
    let functions: Vec<_> = modem
        .commands()
        .into_iter()
        .filter(|c| c.starts_with("AT+CFUN"))
        .collect();
    assert_eq!(functions, ["AT+CFUN=0", "AT+CFUN=1"]);
}

#[test]
fn firmware_that_knows_only_its_own_reset_is_reset_by_that() {
    let person = Person::new();
    let faults = Faults {
        unknown_commands: vec!["+CFUN=1,1".to_owned()],
        ..Faults::default()
    };
    let (modem, port) = modem(&person, Options::default(), faults);
    let said = person.run(&["modem", "reset", "-d", &port]);
    assert!(said.status.success(), "{}", text(&said.stderr));
    assert!(modem.commands().iter().any(|c| c == "AT!RESET"));
}

#[test]
fn a_modem_that_cannot_be_reset_says_so_and_serves_on() {
    let person = Person::new();
    let faults = Faults {
        unknown_commands: vec!["+CFUN".to_owned(), "!RESET".to_owned()],
        ..Faults::default()
    };
    let (modem, port) = modem(&person, Options::default(), faults);
    for action in ["reset", "power-cycle"] {
        let said = person.run(&["modem", action, "-d", &port]);
        assert_eq!(said.status.code(), Some(1));
        assert!(
            text(&said.stderr).contains("this modem"),
            "{}",
            text(&said.stderr)
        );
    }
    modem.receive("+49170", "hello");
    assert_eq!(person.says(&["-d", &port]), "1\n");
}

#[test]
fn the_bar_tells_no_lie_while_a_modem_restarts_by_itself() {
    let person = Person::new();
    let options = Options {
        boots_in: Some(Duration::from_secs(2)),
        ..Options::default()
    };
    let (modem, port) = modem(&person, options, Faults::default());
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    bar.wait_for("(empty)");
    wait_until("it serves", || {
        modem.commands().iter().any(|c| c.contains("+CSQ"))
    });
    // Without losing its port, so that only its own words tell of it.
    modem.modem(barpop::sim::modem::Modem::reset);
    modem.urc("+CPIN: READY");
    wait_until("it is asked again to tell of messages", || {
        let asked = modem.commands();
        asked.iter().filter(|c| c.starts_with("AT+CNMI=2")).count() >= 2
    });
    modem.receive("+49170", "after the restart");
    bar.wait_within("1", LIMIT);
}

#[test]
fn a_bar_that_has_the_modem_restarts_it_for_others_and_says_so_meanwhile() {
    let session = Session::new();
    let options = Options {
        boots_in: Some(Duration::from_secs(2)),
        pin: Some("4321".to_owned()),
        ..Options::default()
    };
    let (modem, port) = modem(&session.person, options, Faults::default());
    let mut command = session.xsms();
    command
        .args(["--follow", "-d", &port])
        .env("BARPOP_PIN", "4321");
    let bar = Following::start(&mut command);
    bar.wait_for("(empty)");
    wait_until("it serves", || {
        modem.commands().iter().any(|c| c.contains("+CSQ"))
    });
    // Any process may ask; it needs no PIN for that.
    let said = session.run(&["ussd", "-d", &port, "*101#"]);
    assert_eq!(
        text(&said.stdout),
        "Balance 12.34 EUR\n",
        "{}",
        text(&said.stderr)
    );
    let said = session.run(&["modem", "reset", "-d", &port]);
    assert_eq!(
        text(&said.stdout),
        "the modem restarts\nthe modem is back\n",
        "{}",
        text(&said.stderr)
    );
    bar.wait_within("modem restarts", LIMIT);
    bar.wait_within("(empty)", LIMIT);
    modem.receive("+49170", "after the restart");
    bar.wait_within("1", LIMIT);
    assert_eq!(modem.pin_tries(), 3);
}
