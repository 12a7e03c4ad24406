//! Other people's programs take the simulated modem for a modem: Debian's `gammu`, and the stock
//! ModemManager on a bus of its own. What they sent and read is compared with the text that they
//! were given, so neither the simulator's idea of a PDU nor ours is its own judge.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is a test"
)]

#[path = "support/foreign.rs"]
mod foreign;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use barpop::sim::modem::{Faults, Options, SentSms, joined};
use barpop::sim::{Port, Simulated};
use foreign::{Gammu, Running, program, run};
use tempfile::TempDir;

/// Three parts in 7 bits, two in UCS-2; characters of the extension table, a surrogate pair.
const LONG_PLAIN: &str = "0123456789 [long] {text} ^~| costs 5 € and a backslash \\ and it goes \
on and on until it does not fit into two parts any more, for which it needs to have more than \
306 septets. So it has some more words in it, which nobody has to read, and then some others, \
until it is long enough at last. The end is here.";
const LONG_EMOJI: &str = "Grüße aus Brno 👋 žluťoučký kůň, привет, こんにちは 🎉 and that is \
still not all, because a second part is wanted 🧗 too.";

fn wait_for<T>(what: &str, limit: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + limit;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < end, "{what}: not within {limit:?}");
        std::thread::sleep(Duration::from_millis(30));
    }
}

fn texts(sent: &[SentSms]) -> Vec<(String, String)> {
    joined(sent)
}

fn pair(number: &str, text: &str) -> (String, String) {
    (number.to_owned(), text.to_owned())
}

#[test]
fn gammu_identifies_the_modem_and_reads_single_long_and_alphanumeric_messages() {
    let gammu = Gammu::new(Options::default(), Faults::default());
    gammu.modem.receive("+49170123", "short and plain");
    gammu.modem.receive("Sparbank", LONG_PLAIN);
    gammu.modem.receive("+420555010177", LONG_EMOJI);
    // In one run, because gammu sleeps for seconds whenever it opens a port.
    let said = gammu.run(&["batch"], "identify\ngetallsms\ngeteachsms\n");
    for expected in [
        "Sierra Wireless Inc.",
        "EM7345",
        "490154203237518",
        "262010123456789",
    ] {
        assert!(said.contains(expected), "{expected} is not in {said}");
    }
    let joined = said
        .split_once("6 SMS parts in 6 SMS sequences")
        .map(|(_, joined)| joined);
    let joined = joined.unwrap_or_else(|| panic!("getallsms did not list six parts: {said}"));
    for text in [
        "short and plain",
        LONG_PLAIN,
        LONG_EMOJI,
        "\"Sparbank\"",
        "\"+420555010177\"",
    ] {
        assert!(joined.contains(text), "{text} is not in {said}");
    }
    assert!(joined.contains("6 SMS parts in 3 SMS sequences"), "{said}");
}

#[test]
fn gammu_sends_a_long_plain_text_through_an_echoing_modem_with_latency() {
    let faults = Faults {
        latency: Duration::from_millis(20),
        ..Faults::default()
    };
    let gammu = Gammu::new(Options::default(), faults);
    let sent = gammu.send("+491701234567", LONG_PLAIN, false);
    assert_eq!(texts(&sent), [pair("+491701234567", LONG_PLAIN)]);
    assert_eq!(sent.len(), 3, "{sent:?}");
    assert!(
        sent.iter()
            .all(|part| part.coding == 0 && part.pdu_hex.is_some()),
        "{sent:?}"
    );
}

#[test]
fn gammu_sends_a_long_text_with_emoji() {
    let gammu = Gammu::new(Options::default(), Faults::default());
    let sent = gammu.send("12345", LONG_EMOJI, true);
    assert_eq!(texts(&sent), [pair("12345", LONG_EMOJI)]);
    assert!(sent.iter().all(|part| part.coding == 8), "{sent:?}");
    // Independently of any decoder: the hexadecimal of U+1F44B stands in the first part.
    let first = sent[0].pdu_hex.as_deref().unwrap();
    assert!(first.contains("D83DDC4B"), "{first}");
}

/// ModemManager on a private bus, with the simulated modem as its only one.
struct ModemManager {
    modem: Simulated,
    address: String,
    _daemon: Running,
    _bus: Running,
    log: TempDir,
}

impl ModemManager {
    fn new(name: &str, options: Options) -> Self {
        let daemon = program("ModemManager", "modemmanager");
        let mut bus = Command::new(program("dbus-daemon", "dbus-daemon"));
        bus.args(["--session", "--nofork", "--print-address=1"])
            .stderr(Stdio::null());
        let mut bus = Running::start(bus.stdin(Stdio::null()).stdout(Stdio::piped()));
        let mut address = String::new();
        BufReader::new(bus.0.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        let address = address.trim().to_owned();

        let socket = format!("abstract:barpop-{}-{name}:x", std::process::id());
        let port = Port::AbstractSocket(socket.clone());
        let modem = Simulated::start(options, Faults::default(), port).unwrap();

        let log = tempfile::tempdir().unwrap();
        let file = std::fs::File::create(log.path().join("log")).unwrap();
        let mut command = Command::new(daemon);
        command
            .args([
                "--test-session",
                "--no-auto-scan",
                "--test-enable",
                "--test-no-udev",
            ])
            .args(["--test-no-suspend-resume", "--test-no-qrtr", "--debug"])
            .env("DBUS_SESSION_BUS_ADDRESS", &address)
            .env("DBUS_SYSTEM_BUS_ADDRESS", &address)
            .stdin(Stdio::null())
            .stdout(file.try_clone().unwrap())
            .stderr(file);
        let daemon = Running::start(&mut command);
        let manager = Self {
            modem,
            address,
            _daemon: daemon,
            _bus: bus,
            log,
        };
        wait_for("ModemManager on the bus", Duration::from_secs(10), || {
            manager.try_ask(&["-L"]).ok()
        });
        manager.give_port(&socket);
        wait_for("the modem", Duration::from_secs(10), || {
            manager
                .try_ask(&["-L"])
                .ok()
                .filter(|list| list.contains("/Modem/"))
        });
        manager
    }

    fn give_port(&self, socket: &str) {
        let mut command = Command::new(program("gdbus", "libglib2.0-bin"));
        command
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .args([
                "call",
                "--session",
                "--dest=org.freedesktop.ModemManager1",
                "--object-path=/org/freedesktop/ModemManager1",
                "--method=org.freedesktop.ModemManager1.Test.SetProfile",
                "barpop",
                "generic",
                &format!("['{socket}']"),
            ]);
        run(&mut command, "").unwrap_or_else(|error| panic!("SetProfile: {error}"));
    }

    fn try_ask(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command = Command::new(program("mmcli", "modemmanager"));
        command
            .env("DBUS_SYSTEM_BUS_ADDRESS", &self.address)
            .env("LC_ALL", "C.UTF-8");
        run(command.args(arguments), "")
    }

    fn ask(&self, arguments: &[&str]) -> String {
        self.try_ask(arguments).unwrap_or_else(|error| {
            panic!(
                "mmcli {arguments:?}: {error}\n{}",
                self.end_of_log(self.log.path())
            )
        })
    }

    fn end_of_log(&self, folder: &Path) -> String {
        let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }

    /// The messages in this state: object path and text.
    fn messages(&self, state: &str) -> Vec<(String, String)> {
        let list = self.ask(&["-m", "any", "--messaging-list-sms"]);
        list.lines()
            .filter(|line| line.contains(&format!("({state})")))
            .filter_map(|line| line.split_whitespace().next())
            .map(|path| {
                // The key-value output writes other characters than ASCII as octal numbers.
                let details: serde_json::Value =
                    serde_json::from_str(&self.ask(&["-s", path, "-J"])).unwrap();
                let text = details
                    .pointer("/sms/content/text")
                    .and_then(serde_json::Value::as_str);
                (path.to_owned(), text.unwrap_or_default().to_owned())
            })
            .collect()
    }
}

/// A value of mmcli's key-value output.
fn value(output: &str, key: &str) -> String {
    let line = output
        .lines()
        .find(|line| line.split(':').next().is_some_and(|k| k.trim() == key));
    line.and_then(|line| line.split_once(": "))
        .map_or_else(String::new, |(_, value)| value.to_owned())
}

#[test]
fn modemmanager_lists_receives_sends_and_deletes() {
    let manager = ModemManager::new(
        "messages",
        Options {
            arrival_interval: Duration::from_millis(150),
            ..Options::default()
        },
    );
    manager.modem.receive("+49170123", "was there before");
    manager.ask(&["-m", "any", "--enable"]);
    wait_for("registration", Duration::from_secs(10), || {
        let state = value(&manager.ask(&["-m", "any", "-K"]), "modem.generic.state");
        (state == "registered").then_some(())
    });
    assert!(manager.ask(&["-m", "any"]).contains("Lab Mobile"));

    manager.modem.receive("+49170123", "hi from a phone 😀");
    manager.modem.receive("Sparbank", LONG_PLAIN);
    let mut received = wait_for("three messages", Duration::from_secs(10), || {
        Some(manager.messages("received")).filter(|messages| messages.len() == 3)
    });
    received.sort_by_key(|(_, text)| text.len());
    let read: Vec<&str> = received.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(read, ["was there before", "hi from a phone 😀", LONG_PLAIN]);

    let create = format!("--messaging-create-sms=number='+491701234567',text='{LONG_EMOJI}'");
    let created = manager.ask(&["-m", "any", &create]);
    let path = created
        .split_whitespace()
        .find(|word| word.starts_with("/org/"))
        .unwrap();
    manager.ask(&["-s", path, "--send"]);
    assert_eq!(
        texts(&manager.modem.sent()),
        [pair("+491701234567", LONG_EMOJI)]
    );

    for (path, _) in &received {
        manager.ask(&["-m", "any", &format!("--messaging-delete-sms={path}")]);
    }
    assert_eq!(manager.messages("received"), []);
    let left = [manager.modem.stored("SM"), manager.modem.stored("ME")].concat();
    assert_eq!(left, []);
}

#[test]
fn modemmanager_counts_the_tries_and_unlocks_the_sim() {
    let options = Options {
        pin: Some("1234".to_owned()),
        ..Options::default()
    };
    let manager = ModemManager::new("locked", options);
    let modem = wait_for("the lock", Duration::from_secs(10), || {
        Some(manager.ask(&["-m", "any", "-K"]))
            .filter(|said| value(said, "modem.generic.state") == "locked")
    });
    assert_eq!(value(&modem, "modem.generic.unlock-required"), "sim-pin");
    assert!(modem.contains("sim-pin (3)"), "{modem}");
    let sim = value(&modem, "modem.generic.sim");
    assert!(manager.try_ask(&["-i", &sim, "--pin=0000"]).is_err());
    assert_eq!(manager.modem.pin_tries(), 2);
    manager.ask(&["-i", &sim, "--pin=1234"]);
    assert!(manager.modem.modem(|modem| modem.sim_ready()));
    assert_eq!(manager.modem.pin_tries(), 3);
}
