//! The SIM's PIN: spent with care, never seen.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

use barpop::sim::Simulated;
use barpop::sim::modem::Options;
use support::{Person, text};

fn locked(options: Options) -> (Simulated, String) {
    let modem = Simulated::with(Options {
        pin: Some("1234".to_owned()),
        ..options
    })
    .unwrap();
    let port = modem.path().display().to_string();
    (modem, port)
}

fn with_pin(person: &Person, port: &str, pin: &str) -> (String, String) {
    let output = person
        .xsms()
        .args(["-d", port])
        .env("BARPOP_PIN", pin)
        .output()
        .unwrap();
    (text(&output.stdout), text(&output.stderr))
}

fn pins_entered(modem: &Simulated) -> usize {
    modem
        .commands()
        .iter()
        .filter(|line| line.starts_with("AT+CPIN="))
        .count()
}

#[test]
fn the_right_pin_opens_the_sim_from_every_source() {
    let person = Person::new();
    let file = person.path("pin");
    std::fs::write(&file, "1234\n").unwrap();
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let config = person.path("config.toml");
    std::fs::write(&config, "[sms]\npin = \"1234\"\n").unwrap();
    std::fs::set_permissions(&config, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let (file, config) = (file.display().to_string(), config.display().to_string());
    for source in [
        vec!["-p", "1234"],
        vec!["--pin-file", &file],
        vec!["--config", &config],
    ] {
        let (modem, port) = locked(Options::default());
        modem.receive("+49170", "hello");
        let said = person
            .xsms()
            .args(["-d", &port])
            .args(&source)
            .output()
            .unwrap();
        assert_eq!(
            text(&said.stdout),
            "1\n",
            "{source:?} {}",
            text(&said.stderr)
        );
        assert_eq!(
            text(&said.stderr).contains("can be seen"),
            source[0] == "-p"
        );
    }
    let (_modem, port) = locked(Options::default());
    assert_eq!(with_pin(&person, &port, "1234").0, "1\n");
}

#[test]
fn a_wrong_pin_is_sent_once_in_a_lifetime() {
    let person = Person::new();
    let (modem, port) = locked(Options::default());
    for _ in 0..5 {
        assert_eq!(with_pin(&person, &port, "9999").0, "SIM PIN\n");
    }
    assert_eq!((pins_entered(&modem), modem.pin_tries()), (1, 2));
    // The right one still works, and does not make the wrong one right again.
    assert_eq!(with_pin(&person, &port, "1234").0, "(empty)\n");
    modem.unplug();
    modem.replug().unwrap();
    let port = modem.path().display().to_string();
    assert_eq!(with_pin(&person, &port, "9999").0, "SIM PIN\n");
    assert_eq!(modem.pin_tries(), 3);
}

#[test]
fn the_last_try_is_never_spent() {
    let person = Person::new();
    let (modem, port) = locked(Options {
        pin_tries: 1,
        ..Options::default()
    });
    let (line, error) = with_pin(&person, &port, "1234");
    assert_eq!(line, "SIM PIN\n");
    assert!(error.contains("never spends the last one"), "{error}");
    assert_eq!((pins_entered(&modem), modem.pin_tries()), (0, 1));
}

#[test]
fn a_modem_that_counts_no_tries_gets_two_different_pins_at_the_most() {
    let person = Person::new();
    let (modem, port) = locked(Options {
        knows_xpincnt: false,
        knows_cpinr: false,
        ..Options::default()
    });
    for pin in ["1111", "2222", "3333", "4444"] {
        with_pin(&person, &port, pin);
    }
    assert_eq!((pins_entered(&modem), modem.pin_tries()), (2, 1));
}

#[test]
fn a_blocked_sim_says_puk_and_gets_no_pin() {
    let person = Person::new();
    let (modem, port) = locked(Options {
        pin_tries: 0,
        ..Options::default()
    });
    assert_eq!(with_pin(&person, &port, "1234").0, "SIM PUK\n");
    assert_eq!(pins_entered(&modem), 0);
}

#[test]
fn what_is_no_pin_is_not_sent() {
    let person = Person::new();
    for pin in ["12", "123456789", "12a4", "1234\";+CMGD=1"] {
        let (modem, port) = locked(Options::default());
        assert_eq!(with_pin(&person, &port, pin).0, "SIM PIN\n");
        assert_eq!(pins_entered(&modem), 0, "{pin}");
    }
}

#[test]
fn a_sim_that_is_busy_after_its_pin_is_waited_for() {
    let person = Person::new();
    let (modem, port) = locked(Options {
        busy_after_unlock: 5,
        ..Options::default()
    });
    modem.receive("+49170", "hello");
    assert_eq!(with_pin(&person, &port, "1234").0, "1\n");
}

#[test]
fn a_file_with_a_pin_that_others_can_read_is_refused() {
    let person = Person::new();
    let (pin, config) = (person.path("pin"), person.path("config.toml"));
    std::fs::write(&pin, "1234\n").unwrap();
    std::fs::write(&config, "[sms]\npin = \"1234\"\n").unwrap();
    let (_modem, port) = locked(Options::default());
    for (flag, file) in [("--pin-file", &pin), ("--config", &config)] {
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
        std::fs::set_permissions(file, open).unwrap();
        let output = person.run(&["-d", &port, flag, &file.display().to_string()]);
        let error = text(&output.stderr);
        assert!(
            error.contains("chmod 600") && !error.contains("1234"),
            "{error}"
        );
    }
}

#[test]
fn the_pin_is_nowhere_to_be_found_afterwards() {
    let person = Person::new();
    for (pin, right) in [("8642", false), ("1234", true)] {
        let (_modem, port) = locked(Options::default());
        let (line, error) = with_pin(&person, &port, pin);
        assert_eq!(line == "(empty)\n", right);
        assert!(!error.contains(pin), "{error}");
        let folder = person.path(".local/share/barpop");
        for file in std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            let bytes = std::fs::read(&file).unwrap();
            let found = bytes
                .windows(pin.len())
                .any(|window| window == pin.as_bytes());
            assert!(!found, "{pin} in {}", file.display());
        }
    }
}

#[test]
fn a_right_pin_that_a_busy_sim_did_not_look_at_is_not_burnt() {
    let person = Person::new();
    let (modem, port) = locked(Options::default());
    let interruption =
        |modem: &Simulated| modem.set(|faults| faults.unplug_on = Some("+CPIN=".to_owned()));
    interruption(&modem);
    with_pin(&person, &port, "1234");
    modem.replug().unwrap();
    let port = modem.path().display().to_string();
    // The counter shows that no try was spent, so it may be tried again.
    assert_eq!(with_pin(&person, &port, "1234").0, "(empty)\n");
    assert_eq!(modem.pin_tries(), 3);
}

#[test]
fn a_pin_file_that_is_missing_is_a_line_and_stops_nothing_else() {
    let person = Person::new();
    let (_modem, port) = locked(Options::default());
    let said = person.run(&["-d", &port, "--pin-file", "/does/not/exist"]);
    assert_eq!(
        (text(&said.stdout).as_str(), said.status.code()),
        ("SIM PIN\n", Some(0))
    );
    let error = text(&said.stderr);
    assert!(
        error.contains("/does/not/exist") && error.matches("os error").count() == 1,
        "{error}"
    );
    assert!(
        person
            .run(&["list", "--pin-file", "/does/not/exist"])
            .status
            .success()
    );
}
