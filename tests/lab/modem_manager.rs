//! ModemManager in the guest, with the modem at its USB port: found by udev, as on a desktop.

use std::fs;
use std::process::Command;
use std::time::Duration;

use barpop::sim::Simulated;
use barpop::sim::modem::Options;

use crate::guest::Daemon;
use crate::modem::modem;
use crate::support::Person;
use crate::usb::AcmDevice;
use crate::{Lab, Needs};

/// A guest with a bus; the radio is what `network` waits for.
pub fn needs() -> Needs {
    Needs {
        bus: true,
        radios: 1,
        limit: Duration::from_secs(300),
        ..Needs::default()
    }
}

/// A modem as ModemManager 1.20 can have it: it loses all but the first message that it is told of
/// in one go.
pub fn slow() -> Options {
    Options {
        arrival_interval: Duration::from_secs(2),
        ..Options::default()
    }
}

/// A modem in the port, and a person whose programs reach it through ModemManager alone.
pub struct Mobile<'lab> {
    lab: &'lab Lab,
    /// Who uses it.
    pub person: Person,
    /// Its cable.
    pub usb: AcmDevice,
    /// Its own side.
    pub modem: Simulated,
    daemon: Option<Daemon>,
    /// Whom ModemManager asks whether a person may.
    polkit: Option<Daemon>,
}

impl<'lab> Mobile<'lab> {
    /// Returns when ModemManager has the modem.
    pub fn new(lab: &'lab Lab, options: Options) -> Self {
        // Else a device with a single port is not looked at.
        fs::create_dir_all("/run/udev/rules.d").unwrap();
        let rule = "SUBSYSTEM==\"tty\", KERNEL==\"ttyACM*\", ENV{ID_MM_DEVICE_PROCESS}=\"1\"\n";
        fs::write("/run/udev/rules.d/78-lab.rules", rule).unwrap();
        lab.run("udevadm control --reload");
        let (usb, modem) = modem(lab, options);
        let mut mobile = Self {
            lab,
            person: Person::new(),
            usb,
            modem,
            daemon: None,
            polkit: Some(polkit(lab)),
        };
        mobile.start();
        mobile.wait_for_modem();
        mobile
    }

    /// Starts ModemManager.
    pub fn start(&mut self) {
        let mut daemon = Command::new("ModemManager");
        // Without a file for it, its log would go to the console, for want of a syslog.
        daemon.args(["--debug", "--log-file=/lab/ModemManager.log"]);
        self.daemon = Some(self.lab.start("ModemManager-output", &mut daemon));
    }

    /// Ends it, as for an upgrade.
    pub fn stop(&mut self) {
        if let Some(daemon) = self.daemon.take() {
            daemon.stop();
        }
    }

    /// Starts it again on a new bus, with a new polkit.
    pub fn start_anew(&mut self) {
        if let Some(old) = self.polkit.replace(polkit(self.lab)) {
            old.stop();
        }
        self.start();
    }

    /// Waits until ModemManager has looked at the modem.
    pub fn wait_for_modem(&self) {
        let what = "ModemManager has the modem";
        self.lab.eventually(what, Duration::from_secs(90), || {
            let (_, said) = self.lab.try_run("mmcli -L");
            said.contains("/Modem/").then_some(())
        });
    }

    /// A program of the person's, on the guest's own bus.
    pub fn program(&self, path: &str) -> Command {
        let mut command = self.person.program(path);
        command.env_remove("DBUS_SYSTEM_BUS_ADDRESS");
        command
    }

    /// `xsms`, which is told of no port.
    pub fn xsms(&self, arguments: &[&str]) -> Command {
        let mut xsms = self.program(env!("CARGO_BIN_EXE_xsms"));
        xsms.args(arguments);
        xsms
    }

    /// What it prints, errors too.
    pub fn says(&self, arguments: &[&str]) -> String {
        let (_, said) = self.lab.output(&mut self.xsms(arguments));
        said.trim_end().to_owned()
    }

    /// Pulls the cable.
    pub fn unplug(&self) {
        self.usb.unplug(self.lab);
    }

    /// Puts it in again.
    pub fn plug(&self) {
        self.usb.plug(self.lab);
    }
}

fn polkit(lab: &Lab) -> Daemon {
    let mut polkit = Command::new("/usr/lib/polkit-1/polkitd");
    lab.start("polkitd", polkit.arg("--no-debug"))
}
