//! The real ModemManager on a bus of its own, with simulated modems.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used, clippy::panic)]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};

use crate::bus::Bus;
use crate::foreign::{Running, program, run};
use crate::support::Person;

/// A bus, ModemManager, a modem of its, and a person.
pub struct Bed {
    pub person: Person,
    pub modem: Simulated,
    manager: Option<Running>,
    pub bus: Bus,
    socket: String,
}

impl Bed {
    /// With a modem; `name` is of this test alone.
    pub fn new(name: &str, options: Options) -> Self {
        Self::with(name, options, Faults::default())
    }

    pub fn with(name: &str, options: Options, faults: Faults) -> Self {
        let socket = format!("abstract:barpop-{}-{name}:x", std::process::id());
        let port = Port::AbstractSocket(socket.clone());
        let modem = Simulated::start(options, faults, port).unwrap();
        let mut bed = Self {
            person: Person::new(),
            modem,
            manager: None,
            bus: Bus::start(),
            socket,
        };
        bed.start();
        bed
    }

    /// Starts ModemManager and gives it the modem.
    pub fn start(&mut self) {
        let mut manager = self.bus.program(program("ModemManager", "modemmanager"));
        manager
            .args(["--test-session", "--no-auto-scan", "--test-enable"])
            .args([
                "--test-no-udev",
                "--test-no-suspend-resume",
                "--test-no-qrtr",
            ])
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus.address())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        self.manager = Some(Running::start(&mut manager));
        self.wait_for("ModemManager", || self.mmcli(&["-L"]).ok());
        self.plug_in();
    }

    /// Gives ModemManager the modem (again).
    pub fn plug_in(&self) {
        self.give("barpop", &self.socket);
        self.wait_for("the modem", || {
            let list = self.mmcli(&["-L"]).ok();
            list.filter(|list| list.contains("/Modem/"))
        });
    }

    /// Gives ModemManager a modem at another socket.
    pub fn give(&self, profile: &str, socket: &str) {
        let mut give = Command::new(program("gdbus", "libglib2.0-bin"));
        give.env("DBUS_SESSION_BUS_ADDRESS", self.bus.address())
            .args(["call", "--session", "--dest=org.freedesktop.ModemManager1"])
            .args(["--object-path=/org/freedesktop/ModemManager1"])
            .args(["--method=org.freedesktop.ModemManager1.Test.SetProfile"])
            .args([profile, "generic", &format!("['{socket}']")]);
        run(&mut give, "").unwrap_or_else(|error| panic!("SetProfile: {error}"));
    }

    /// Ends ModemManager at once.
    pub fn kill(&mut self) {
        self.manager = None;
    }

    pub fn mmcli(&self, arguments: &[&str]) -> Result<String, String> {
        run(
            self.bus
                .program(program("mmcli", "modemmanager"))
                .args(arguments),
            "",
        )
    }

    /// Messages in ModemManager's list.
    pub fn in_modem_manager(&self) -> usize {
        let list = self.mmcli(&["-m", "any", "--messaging-list-sms"]).unwrap();
        list.matches("/SMS/").count()
    }

    pub fn wait_for<T>(&self, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
        let end = Instant::now() + Duration::from_secs(30);
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert!(Instant::now() < end, "no {what}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// `xsms` of the person, on this bus.
    pub fn xsms(&self, arguments: &[&str]) -> Command {
        let mut command = self.person.xsms();
        command
            .env("DBUS_SYSTEM_BUS_ADDRESS", self.bus.address())
            .stdin(Stdio::null())
            .args(arguments);
        command
    }

    /// What it prints, and what it complains of.
    pub fn says(&self, arguments: &[&str]) -> (String, String) {
        let output = self.xsms(arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().to_owned();
        (text(&output.stdout), text(&output.stderr))
    }

    /// The first message with this text.
    pub fn message(&self, text: &str) -> Option<serde_json::Value> {
        let mut all = self.person.messages().into_iter();
        all.find(|message| message.get("text").and_then(|t| t.as_str()) == Some(text))
    }

    /// The state of the first message with this text.
    pub fn state(&self, text: &str) -> String {
        let message = self.message(text).unwrap_or_default();
        let state = message.get("state").and_then(|state| state.as_str());
        state.unwrap_or_default().to_owned()
    }

    /// How many PINs the SIM was given.
    pub fn pins_sent(&self) -> usize {
        let all = self.modem.commands();
        let pins = all.iter().filter(|line| line.starts_with("AT+CPIN="));
        pins.count()
    }
}
