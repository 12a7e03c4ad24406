//! SIM, PIN and mobile connections, done by the real ModemManager and NetworkManager with a
//! simulated modem.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is a test"
)]

#[path = "support/foreign.rs"]
mod foreign;
#[path = "support/nm.rs"]
mod nm;

use std::process::{Command as Process, Stdio};
use std::time::{Duration, Instant};

use barpop::bus::Bus;
use barpop::net::act::{self, Done};
use barpop::net::command::{Command, NewMobile};
use barpop::net::snapshot::{
    Device, DeviceKind, DeviceState, Failure, Id, Modem, ModemState, Snapshot,
};
use barpop::secret::Secret;
use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};
use foreign::{Running, program, run};
use nm::Nm;

struct Bed {
    nm: Nm,
    bus: Bus,
    modem: Simulated,
    _manager: Running,
}

impl Bed {
    fn new(name: &str, options: Options) -> Self {
        let nm = Nm::start();
        let socket = format!("abstract:barpop-{}-{name}:x", std::process::id());
        let port = Port::AbstractSocket(socket.clone());
        let modem = Simulated::start(options, Faults::default(), port).unwrap();
        // Outside of NetworkManager's network, where the socket is.
        let mut manager = Process::new(program("ModemManager", "modemmanager"));
        manager
            .args([
                "--test-session",
                "--no-auto-scan",
                "--test-enable",
                "--test-no-udev",
            ])
            .args(["--test-no-suspend-resume", "--test-no-qrtr"])
            .env("DBUS_SESSION_BUS_ADDRESS", nm.address())
            .env("DBUS_SYSTEM_BUS_ADDRESS", nm.address())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let manager = Running::start(&mut manager);
        let bus = zbus::block_on(Bus::system_at(Some(&nm.address()))).unwrap();
        let bed = Self {
            nm,
            bus,
            modem,
            _manager: manager,
        };
        bed.wait_for("ModemManager", || bed.mmcli(&["-L"]).ok());
        let mut give = Process::new(program("gdbus", "libglib2.0-bin"));
        give.env("DBUS_SESSION_BUS_ADDRESS", bed.nm.address())
            .args(["call", "--session", "--dest=org.freedesktop.ModemManager1"])
            .args(["--object-path=/org/freedesktop/ModemManager1"])
            .args(["--method=org.freedesktop.ModemManager1.Test.SetProfile"])
            .args(["barpop", "generic", &format!("['{socket}']")]);
        run(&mut give, "").unwrap();
        bed
    }

    fn wait_for<T>(&self, what: &str, look: impl Fn() -> Option<T>) -> T {
        let end = Instant::now() + Duration::from_secs(25);
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert!(Instant::now() < end, "no {what}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    fn mmcli(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command = Process::new(program("mmcli", "modemmanager"));
        command.env("DBUS_SYSTEM_BUS_ADDRESS", self.nm.address());
        run(command.args(arguments), "")
    }

    /// The modem as the source would show it.
    fn snapshot(&self) -> Snapshot {
        let sim = self.wait_for("SIM", || {
            let all = self.mmcli(&["-m", "any", "-K"]).ok()?;
            let line = all
                .lines()
                .find(|line| line.starts_with("modem.generic.sim "))?;
            let path = line.split(": ").nth(1)?.trim().to_owned();
            path.starts_with('/').then_some(path)
        });
        let modem = Id::new("/org/freedesktop/ModemManager1/Modem/0");
        Snapshot {
            modems: vec![Modem {
                id: modem.clone(),
                model: "EM7345".into(),
                state: ModemState::Locked,
                lock: None,
                tries: None,
                operator: None,
                operator_code: None,
                sim_operator_code: None,
                technology: None,
                signal_percent: None,
                roaming: false,
                own_number: None,
                imei: None,
                firmware: None,
                iccid: None,
                sim: Some(Id::new(sim)),
            }],
            ..Snapshot::default()
        }
    }

    fn carry_out(&self, snapshot: &Snapshot, command: &Command) -> Result<Done, Failure> {
        zbus::block_on(act::carry_out(&self.bus, snapshot, command))
    }

    fn unlock(&self, snapshot: &Snapshot, pin: &str, last_try: bool) -> Result<Done, String> {
        let command = Command::Unlock {
            modem: snapshot.modems[0].id.clone(),
            pin: Secret::new(pin),
            last_try,
        };
        let done = self.carry_out(snapshot, &command);
        done.map_err(|failure| failure.sentence)
    }

    fn pins_sent(&self) -> usize {
        let all = self.modem.commands();
        all.iter()
            .filter(|command| command.starts_with("AT+CPIN="))
            .count()
    }
}

fn locked(tries: u8) -> Options {
    Options {
        pin: Some("4711".into()),
        pin_tries: tries,
        ..Options::default()
    }
}

#[test]
fn a_sim_is_opened_with_its_pin_and_each_wrong_one_is_told_with_the_tries_that_are_left() {
    let bed = Bed::new("pin", locked(3));
    let snapshot = bed.snapshot();
    assert_eq!(
        bed.unlock(&snapshot, "12", false).unwrap_err(),
        "Cannot open the SIM: a PIN has 4 to 8 digits."
    );
    assert_eq!(bed.pins_sent(), 0);
    assert_eq!(
        bed.unlock(&snapshot, "1111", false).unwrap_err(),
        "Cannot open the SIM: the PIN was wrong; 2 tries are left."
    );
    assert_eq!(bed.pins_sent(), 1);
    assert_eq!(bed.unlock(&snapshot, "4711", false), Ok(Done::Done));
    assert_eq!(bed.pins_sent(), 2);
    let error = bed.unlock(&snapshot, "4711", false).unwrap_err();
    assert_eq!(error, "Cannot open the SIM: it does not ask for a PIN.");
    assert_eq!(bed.pins_sent(), 2);
}

#[test]
fn the_last_try_needs_the_persons_word_and_the_puk_opens_a_blocked_sim() {
    let bed = Bed::new("puk", locked(1));
    let snapshot = bed.snapshot();
    let error = bed.unlock(&snapshot, "1111", false).unwrap_err();
    assert!(error.contains("only one try is left"), "{error}");
    assert_eq!(bed.pins_sent(), 0);
    let error = bed.unlock(&snapshot, "1111", true).unwrap_err();
    assert!(
        error.contains("that was the last try; enter the PUK"),
        "{error}"
    );
    assert_eq!(bed.pins_sent(), 1);
    let unblock = |puk: &str| {
        let command = Command::Unblock {
            modem: snapshot.modems[0].id.clone(),
            puk: Secret::new(puk),
            pin: Secret::new("2222"),
        };
        let done = bed.carry_out(&snapshot, &command);
        done.map_err(|failure| failure.sentence)
    };
    let error = unblock("1234").unwrap_err();
    assert!(error.contains("a PUK has 8 digits"), "{error}");
    let error = unblock("99999999").unwrap_err();
    assert!(
        error.contains("the PUK was wrong; 9 tries are left"),
        "{error}"
    );
    assert_eq!(unblock(&Options::default().puk), Ok(Done::Done));
}

#[test]
fn a_mobile_connection_that_does_not_come_up_leaves_no_profile() {
    let bed = Bed::new("mobile", Options::default());
    let mut snapshot = bed.snapshot();
    let device = bed.wait_for("modem in NetworkManager", || {
        let all = bed
            .nm
            .nmcli(&["-t", "-f", "TYPE,STATE,DBUS-PATH", "device"]);
        let line = all.lines().find_map(|l| l.strip_prefix("gsm:"))?.to_owned();
        let (state, path) = line.split_once(':')?;
        (state == "disconnected").then(|| Id::new(path))
    });
    snapshot.devices = vec![Device {
        id: device,
        kind: DeviceKind::Modem,
        interface: "x".into(),
        state: DeviceState::Disconnected,
        reason: 0,
        autoconnect: true,
        active: None,
        hardware_address: String::new(),
        driver: String::new(),
        speed_mbps: None,
        carrier: None,
        access_point: None,
        last_scan_ms: None,
        can_hotspot: false,
        modem: Some(snapshot.modems[0].id.clone()),
        metered: None,
        bytes: None,
    }];
    let wish = Command::NewMobile(NewMobile {
        device: None,
        name: "Ex".into(),
        apn: "internet.example".into(),
        user: String::new(),
        password: Secret::default(),
        home_only: true,
    });
    let Done::Started(_) = bed.carry_out(&snapshot, &wish).unwrap() else {
        panic!("not started")
    };
    assert!(
        bed.nm
            .nmcli(&["-t", "-f", "NAME", "connection"])
            .contains("Ex")
    );
    let home_only = ["-g", "gsm.home-only", "connection", "show", "Ex"];
    assert_eq!(bed.nm.nmcli(&home_only), "yes");
    // The simulated modem has no data call: it fails by itself, and with it the profile goes.
    bed.wait_for("end of the profile", || {
        let all = bed.nm.nmcli(&["-t", "-f", "NAME", "connection"]);
        (!all.contains("Ex")).then_some(())
    });
}
