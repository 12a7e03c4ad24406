//! A person's desk in the guest: NetworkManager, and `xnm` to ask it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use serde_json::Value;

use crate::access_point::ROUTER;
use crate::network::NetworkManager;
use crate::support::{Following, Person};
use crate::{Lab, Needs};

/// A guest with a bus and so many radios.
pub fn wifi(radios: u8) -> Needs {
    Needs {
        bus: true,
        radios,
        limit: Duration::from_secs(300),
        ..Needs::default()
    }
}

/// The desk.
pub struct Desk<'lab> {
    lab: &'lab Lab,
    person: Person,
    /// What `xnm` talks to.
    pub manager: NetworkManager,
}

impl<'lab> Desk<'lab> {
    /// With a fresh NetworkManager, for which the access points should be on the air already: it
    /// looks around at once, and then for a while not.
    pub fn new(lab: &'lab Lab) -> Self {
        Self {
            lab,
            person: Person::new(),
            manager: NetworkManager::start(lab),
        }
    }

    /// `xnm` on the guest's own system bus, which a [`Person`] does not see elsewhere.
    fn program(&self) -> std::process::Command {
        let mut xnm = self.person.program(env!("CARGO_BIN_EXE_xnm"));
        xnm.env_remove("DBUS_SYSTEM_BUS_ADDRESS");
        xnm
    }

    /// Runs `xnm`: what it printed, or what it printed while it failed.
    pub fn xnm(&self, arguments: &[&str]) -> Result<String, String> {
        let mut xnm = self.program();
        match self.lab.output(xnm.args(arguments)) {
            (true, said) => Ok(said),
            (false, said) => Err(said),
        }
    }

    /// Runs `xnm` with a password in a file.
    pub fn with_password(&self, password: &str, arguments: &[&str]) -> Result<String, String> {
        let file = self.person.path("password");
        fs::write(&file, password).unwrap();
        fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
        let file = file.display().to_string();
        let mut arguments = arguments.to_vec();
        arguments.extend(["--password-file", &file]);
        self.xnm(&arguments)
    }

    /// Connects with a password, and with these further arguments.
    pub fn connect(&self, ssid: &str, password: &str, more: &[&str]) -> Result<String, String> {
        let mut arguments = vec!["connect", ssid];
        arguments.extend(more);
        self.with_password(password, &arguments)
    }

    /// A bar's line: the network's name, or else what is wrong.
    pub fn follow(&self) -> Following {
        let mut xnm = self.program();
        xnm.args([
            "--follow",
            "--output",
            "plain",
            "--format",
            "{name}",
            "--format-offline",
            "{state}",
        ]);
        Following::start(&mut xnm)
    }

    /// All that `xnm` knows.
    pub fn state(&self) -> Value {
        let mut xnm = self.program();
        let output = xnm.args(["list", "--json"]).output().unwrap();
        serde_json::from_slice(&output.stdout).expect("one JSON object")
    }

    /// Waits until `xnm` lists this network, and returns its row.
    pub fn wait_for_network(&self, ssid: &str) -> Value {
        let what = format!("'{ssid}' is listed");
        self.lab.eventually(&what, Duration::from_secs(60), || {
            let state = self.state();
            let mut rows = state["access_points"].as_array()?.iter();
            rows.find(|row| row["ssid"] == ssid).cloned()
        })
    }

    /// Interface and network of each Wi-Fi connection that is up, by interface.
    pub fn on(&self) -> Vec<(String, String)> {
        let state = self.state();
        let connections = state["connections"].as_array().unwrap();
        let mut on: Vec<_> = connections
            .iter()
            .filter(|connection| connection["kind"] == "wifi" && connection["state"] == "activated")
            .map(|connection| {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                (text(&connection["devices"][0]), text(&connection["ssid"]))
            })
            .collect();
        on.sort();
        on
    }

    /// Fails unless this network is the only one that is up, and the router behind it answers.
    pub fn must_be_on(&self, ssid: &str) {
        assert_eq!(self.on(), [("wlan0".to_owned(), ssid.to_owned())]);
        self.lab.run(&format!("ping -c 1 -W 2 {ROUTER}"));
    }
}
