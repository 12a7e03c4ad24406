//! The guest's own side of the air: NetworkManager and wpa_supplicant, as on a desktop.

use std::fs;
use std::process::Command;
use std::time::Duration;

use crate::Lab;
use crate::guest::Daemon;

/// What stands in for a distribution's and a person's configuration. Everybody may do everything,
/// for no polkit runs here.
const CONFIGURATION: &str = "\
[main]
plugins=keyfile
auth-polkit=false
[logging]
level=DEBUG
[connectivity]
enabled=false
[device]
wifi.scan-rand-mac-address=no
";

/// A running NetworkManager.
pub struct NetworkManager {
    daemon: Option<Daemon>,
    supplicant: Option<Daemon>,
}

impl NetworkManager {
    /// Starts it, without anything that the host's own knows, and returns when all radios are
    /// ready.
    pub fn start(lab: &Lab) -> Self {
        for folder in ["/etc/NetworkManager", "/var/lib/NetworkManager"] {
            lab.run(&format!("mount -t tmpfs tmpfs {folder}"));
        }
        fs::write("/etc/NetworkManager/NetworkManager.conf", CONFIGURATION).unwrap();
        fs::create_dir_all("/run/wpa_supplicant").unwrap();
        let supplicant = Some(supplicant(lab));
        Self {
            daemon: Some(daemon(lab)),
            supplicant,
        }
    }

    /// Stops it, as for an upgrade: connections stay up.
    pub fn stop(&mut self) {
        if let Some(daemon) = self.daemon.take() {
            daemon.stop();
        }
    }

    /// Starts it again on a new bus, with a new wpa_supplicant.
    pub fn start_anew(&mut self, lab: &Lab) {
        if let Some(old) = self.supplicant.take() {
            old.stop();
        }
        self.supplicant = Some(supplicant(lab));
        self.start_again(lab);
    }

    /// Starts it again.
    pub fn start_again(&mut self, lab: &Lab) {
        self.daemon = Some(daemon(lab));
    }
}

fn supplicant(lab: &Lab) -> Daemon {
    let mut supplicant = Command::new("wpa_supplicant");
    supplicant.args(["-u", "-t", "-O", "/run/wpa_supplicant", "-f"]);
    lab.start(
        "wpa_supplicant-output",
        supplicant.arg("/lab/wpa_supplicant.log"),
    )
}

fn daemon(lab: &Lab) -> Daemon {
    let mut daemon = lab.start(
        "NetworkManager",
        Command::new("NetworkManager").arg("--debug"),
    );
    lab.eventually("NetworkManager is ready", Duration::from_secs(30), || {
        daemon.must_run();
        let (running, said) = lab.try_run("nmcli -t -f DEVICE,TYPE,STATE device");
        let ready = said
            .lines()
            .filter(|line| line.contains(":wifi:"))
            .all(|line| !line.contains(":unavailable") && !line.contains(":unmanaged"));
        (running && said.contains("wlan0:") && ready).then_some(())
    });
    daemon
}
