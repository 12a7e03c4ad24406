//! Our source on the real NetworkManager: wishes go in by commands, and what comes of them is read
//! from snapshots, and by NetworkManager's own `nmcli`.
#![allow(dead_code)] // each test file uses its part
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "it is a test"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use barpop::net::attempt::{Problem, Stage};
use barpop::net::command::Command;
use barpop::net::secrets::Prompt;
use barpop::net::snapshot::{Id, Profile, Service, Snapshot};
use barpop::net::{Options, Source, Wants};

use crate::nm::Nm;

/// What is typed in these tests, and must be seen nowhere.
pub const CANARY: &str = "canary-psk-4711";

pub struct Bed {
    pub nm: Nm,
    pub source: Source,
}

impl Bed {
    pub fn new() -> Self {
        Self::with(Options::default())
    }

    /// With these options; profiles are always wanted, and the source is always an agent.
    pub fn with(options: Options) -> Self {
        let nm = Nm::start();
        let source = Source::start(
            Options {
                bus: Some(nm.address()),
                wants: Wants::ALL,
                agent: true,
                ..options
            },
            || {},
        );
        let bed = Self { nm, source };
        bed.until("NetworkManager", |s| s.service == Service::Running);
        bed
    }

    /// Waits until a snapshot is so.
    pub fn until(&self, what: &str, is_so: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
        self.wait_for(what, || {
            let latest = self.source.latest();
            is_so(&latest).then_some(latest)
        })
    }

    /// Waits until there is something.
    pub fn wait_for<T>(&self, what: &str, look: impl Fn() -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            if let Some(found) = look() {
                return found;
            }
            let latest = self.source.latest();
            let waited = start.elapsed();
            assert!(waited < Duration::from_secs(30), "no {what}: {latest:#?}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    pub fn send(&self, command: Command) {
        self.source.send(command);
    }

    /// A saved profile, by its name.
    pub fn profile(&self, name: &str) -> Profile {
        self.wait_for(name, || {
            let latest = self.source.latest();
            let mut profiles = latest.profiles.iter();
            profiles.find(|profile| profile.name == name).cloned()
        })
    }

    pub fn device(&self, interface: &str) -> Id {
        self.wait_for(interface, || {
            let latest = self.source.latest();
            let mut devices = latest.devices.iter();
            let device = devices.find(|device| device.interface == interface)?;
            Some(device.id.clone())
        })
    }

    /// Brings a saved profile up.
    pub fn activate(&self, name: &str) {
        self.send(Command::Activate {
            profile: self.profile(name).uuid,
            device: None,
            access_point: None,
        });
    }

    /// How the last attempt ended.
    pub fn end(&self) -> Stage {
        self.wait_for("end of the attempt", || {
            let latest = self.source.latest();
            let stage = latest.attempts.last()?.stage.clone();
            (!matches!(stage, Stage::Going(_))).then_some(stage)
        })
    }

    /// Why the last attempt failed.
    pub fn problem(&self) -> Problem {
        match self.end() {
            Stage::Failed(problem) => problem,
            other => panic!("{other:?}"),
        }
    }

    /// What was refused, in words.
    pub fn failure(&self) -> String {
        self.wait_for("failure", || {
            let latest = self.source.latest();
            latest
                .failure
                .as_ref()
                .map(|failure| failure.sentence.clone())
        })
    }

    /// What NetworkManager asks for.
    pub fn prompt(&self) -> Prompt {
        self.wait_for("prompt", || self.source.latest().prompt.clone())
    }

    /// The names of all profiles, as `nmcli` tells them.
    pub fn names(&self) -> Vec<String> {
        let all = self.nm.nmcli(&["-t", "-f", "NAME", "connection"]);
        let names = all.lines().filter(|name| *name != "lo");
        names.map(str::to_owned).collect()
    }

    /// A profile's value, secrets too, as `nmcli` tells it.
    pub fn value(&self, name: &str, field: &str) -> String {
        self.nm
            .nmcli(&["-s", "-g", field, "connection", "show", name])
    }

    /// A profile's WPA password. Asking for it makes NetworkManager say that the profile has
    /// changed, which now and then makes `nmcli` forget what it has just read: asked again then.
    pub fn psk(&self, name: &str) -> String {
        self.wait_for("password", || {
            let psk = self.value(name, "802-11-wireless-security.psk");
            (!psk.is_empty()).then_some(psk)
        })
    }

    /// A Wi-Fi profile with a password, made by somebody else.
    pub fn add_wifi(&self, name: &str) {
        let add = ["connection", "add", "type", "wifi", "con-name", name];
        let wifi = ["ssid", "Café", "wifi-sec.key-mgmt", "wpa-psk"];
        let secret = ["wifi-sec.psk", CANARY];
        let address = ["ipv4.method", "manual", "ipv4.addresses", "192.0.2.7/24"];
        let more = ["ipv4.dns", "192.0.2.1"];
        self.nm
            .nmcli(&[&add[..], &wifi, &secret, &address, &more].concat());
    }

    /// A cable's profile, which does not connect by itself.
    pub fn add_cable(&self, name: &str, more: &[&str]) {
        let add = ["connection", "add", "type", "ethernet"];
        let on = ["ifname", "eth0", "con-name", name, "autoconnect", "no"];
        let address = ["ipv4.method", "manual", "ipv4.addresses", "192.0.2.7/24"];
        let no6 = ["ipv6.method", "disabled"];
        self.nm
            .nmcli(&[&add[..], &on, &address, &no6, more].concat());
    }

    /// A cable's profile that waits for a router that is not there.
    pub fn add_dhcp(&self, name: &str, seconds: &str) {
        let dhcp = ["ipv4.method", "auto", "ipv4.addresses", ""];
        self.add_cable(name, &[&dhcp[..], &["ipv4.dhcp-timeout", seconds]].concat());
    }

    /// 802.1X on the cable, with a password that the profile leaves to its agent.
    pub fn add_campus(&self) {
        let eap = ["802-1x.eap", "peap", "802-1x.phase2-auth", "mschapv2"];
        let who = ["802-1x.identity", "ann", "802-1x.password-flags", "1"];
        self.add_cable("campus", &[&eap[..], &who].concat());
    }
}
