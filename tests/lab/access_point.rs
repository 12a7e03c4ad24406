//! Access points in the air of a guest: hostapd on radios of their own, in a network namespace of
//! their own, on one LAN with a router that gives addresses.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::Lab;
use crate::guest::Daemon;

/// The router's address on the LAN behind all access points.
pub const ROUTER: &str = "10.77.0.1";

/// What an access point is to be.
#[derive(Clone)]
pub struct AccessPoint {
    ssid: String,
    channel: u8,
    hidden: bool,
    security: Security,
}

#[derive(Clone)]
enum Security {
    Open,
    Owe,
    Wpa2(String),
    Wpa3(String),
    Transition(String),
    /// WPA2-Enterprise with PEAP and TTLS: user and password.
    Enterprise(String, String),
}

impl AccessPoint {
    fn new(ssid: &str, security: Security) -> Self {
        Self {
            ssid: ssid.to_owned(),
            channel: 1,
            hidden: false,
            security,
        }
    }

    /// Without any security.
    pub fn open(ssid: &str) -> Self {
        Self::new(ssid, Security::Open)
    }

    /// Encrypted, without a password (RFC 8110).
    pub fn owe(ssid: &str) -> Self {
        Self::new(ssid, Security::Owe)
    }

    /// WPA2-Personal.
    pub fn wpa2(ssid: &str, password: &str) -> Self {
        Self::new(ssid, Security::Wpa2(password.to_owned()))
    }

    /// WPA3-Personal alone (SAE).
    pub fn wpa3(ssid: &str, password: &str) -> Self {
        Self::new(ssid, Security::Wpa3(password.to_owned()))
    }

    /// WPA2- and WPA3-Personal with one password.
    pub fn transition(ssid: &str, password: &str) -> Self {
        Self::new(ssid, Security::Transition(password.to_owned()))
    }

    /// WPA2-Enterprise; PEAP with MSCHAPv2, TTLS with PAP or MSCHAPv2.
    pub fn enterprise(ssid: &str, user: &str, password: &str) -> Self {
        let security = Security::Enterprise(user.to_owned(), password.to_owned());
        Self::new(ssid, security)
    }

    /// Does not tell its name.
    pub fn hidden(self) -> Self {
        Self {
            hidden: true,
            ..self
        }
    }

    /// On this channel of the 2.4 GHz band, 1 to 11; else on channel 1.
    pub fn channel(self, channel: u8) -> Self {
        Self { channel, ..self }
    }

    /// hostapd's configuration, on this interface.
    fn configuration(&self, interface: &str) -> String {
        let ssid: String = self.ssid.bytes().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let hidden = u8::from(self.hidden);
        let channel = self.channel;
        let common = format!(
            "interface={interface}\nbridge=lan\ndriver=nl80211\nctrl_interface=/run/hostapd\n\
             ssid2={ssid}\nutf8_ssid=1\nhw_mode=g\nchannel={channel}\n\
             ignore_broadcast_ssid={hidden}\n"
        );
        let rsn = "wpa=2\nrsn_pairwise=CCMP\n";
        let own = match &self.security {
            Security::Open => String::new(),
            Security::Owe => format!("{rsn}wpa_key_mgmt=OWE\nieee80211w=2\n"),
            Security::Wpa2(password) => {
                format!("{rsn}wpa_key_mgmt=WPA-PSK\nwpa_passphrase={password}\n")
            }
            Security::Wpa3(password) => {
                format!("{rsn}wpa_key_mgmt=SAE\nieee80211w=2\nsae_pwe=2\nsae_password={password}\n")
            }
            Security::Transition(password) => format!(
                "{rsn}wpa_key_mgmt=WPA-PSK SAE\nieee80211w=1\nsae_pwe=2\n\
                 wpa_passphrase={password}\nsae_password={password}\n"
            ),
            Security::Enterprise(..) => format!(
                "{rsn}wpa_key_mgmt=WPA-EAP\nieee8021x=1\neap_server=1\n\
                 eap_user_file=/run/air/users\nca_cert={CA}\n\
                 server_cert=/run/air/server.pem\nprivate_key=/run/air/server.key\n"
            ),
        };
        common + &own
    }
}

/// The certificate of the authority that the enterprise access points' server is known by.
pub const CA: &str = "/run/air/ca.pem";

/// All radios, and the LAN behind the access points.
pub struct Air<'lab> {
    lab: &'lab Lab,
    /// Radios that no access point is on: `wlanN`.
    free: RefCell<VecDeque<String>>,
    _router: Daemon,
}

impl<'lab> Air<'lab> {
    /// Leaves this many of the guest's radios to its own NetworkManager (`wlan0`, `wlan1`, …); the
    /// others are for access points.
    pub fn new(lab: &'lab Lab, radios: u8, own: u8) -> Self {
        fs::create_dir_all("/run/air").unwrap();
        lab.run("ip netns add air");
        for radio in own..radios {
            lab.run(&format!("iw phy phy{radio} set netns name air"));
        }
        for line in [
            "link set lo up",
            "link add lan type bridge",
            "addr add 10.77.0.1/24 dev lan",
            "link set lan up",
        ] {
            lab.run(&format!("ip -n air {line}"));
        }
        let router = lab.start(
            "router",
            inside("dnsmasq").args([
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--log-facility=-",
                "--interface=lan",
                "--bind-interfaces",
                "--no-ping",
                "--no-resolv",
                "--no-hosts",
                "--dhcp-authoritative",
                "--dhcp-range=10.77.0.50,10.77.0.99,255.255.255.0,10m",
                "--leasefile-ro",
            ]),
        );
        Self {
            lab,
            free: RefCell::new((own..radios).map(|radio| format!("wlan{radio}")).collect()),
            _router: router,
        }
    }

    /// Switches an access point on; returns when it is on the air.
    pub fn start(&self, point: &AccessPoint) -> OnAir<'_> {
        let interface = self.free.borrow_mut().pop_front().expect("a free radio");
        let file = format!("/run/air/{interface}.conf");
        if let Security::Enterprise(user, password) = &point.security {
            self.certify();
            let users = format!(
                "* PEAP,TTLS\n\"{user}\" MSCHAPV2,TTLS-MSCHAPV2,TTLS-PAP \"{password}\" [2]\n"
            );
            fs::write("/run/air/users", users).unwrap();
        }
        fs::write(&file, point.configuration(&interface)).unwrap();
        let name = format!("hostapd-{interface}");
        let log = format!("/lab/{name}.log");
        // One that starts while its radio is switched off never gets on the air.
        self.lab
            .eventually("the radio may be used", Duration::from_secs(20), || {
                (!is_blocked(&interface)).then_some(())
            });
        // It may have been on the air before.
        let enabled = || {
            let said = fs::read_to_string(&log).unwrap_or_default();
            said.matches("AP-ENABLED").count()
        };
        let before = enabled();
        // hostapd's own log file is written line by line, its output is not.
        let mut hostapd = self.lab.start(
            &format!("{name}-output"),
            inside("hostapd").args(["-t", "-f", &log, &file]),
        );
        self.lab.eventually(
            &format!("'{}' is on the air", point.ssid),
            Duration::from_secs(20),
            || {
                hostapd.must_run();
                (enabled() > before).then_some(())
            },
        );
        OnAir {
            air: self,
            interface,
            hostapd: Some(hostapd),
        }
    }

    /// Lets somebody out there look for a network with a WPA2 password, and join it.
    pub fn join(&self, ssid: &str, password: &str) -> Stranger {
        let interface = self.free.borrow_mut().pop_front().expect("a free radio");
        let file = "/run/air/stranger.conf";
        let network = format!("network={{\nssid=\"{ssid}\"\npsk=\"{password}\"\n}}\n");
        fs::write(file, network).unwrap();
        let log = "/lab/stranger.log";
        let mut supplicant = inside("wpa_supplicant");
        supplicant.args(["-t", "-i", &interface, "-c", file, "-f", log]);
        Stranger {
            log,
            _supplicant: self.lab.start("stranger-output", &mut supplicant),
        }
    }

    /// A certificate authority, and a server certificate by it.
    fn certify(&self) {
        if fs::exists(CA).unwrap() {
            return;
        }
        for line in [
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 \
             -subj /CN=LabCA -keyout /run/air/ca.key -out /run/air/ca.pem",
            "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
             -subj /CN=radius.lab.test -keyout /run/air/server.key -out /run/air/server.csr",
            "x509 -req -days 30 -in /run/air/server.csr -CA /run/air/ca.pem \
             -CAkey /run/air/ca.key -CAcreateserial -out /run/air/server.pem",
        ] {
            self.lab.run(&format!("openssl {line}"));
        }
    }
}

/// Somebody else's machine.
pub struct Stranger {
    log: &'static str,
    _supplicant: Daemon,
}

impl Stranger {
    /// Whether it has been let in.
    pub fn is_connected(&self) -> bool {
        let said = fs::read_to_string(self.log).unwrap_or_default();
        said.contains("CTRL-EVENT-CONNECTED")
    }
}

/// An access point that is on the air until it is dropped.
pub struct OnAir<'air> {
    air: &'air Air<'air>,
    interface: String,
    hostapd: Option<Daemon>,
}

impl OnAir<'_> {
    /// What programs call its BSSID, in capitals.
    pub fn bssid(&self) -> String {
        let path = format!("cat /sys/class/net/{}/address", self.interface);
        let said = self.air.lab.run(&format!("ip netns exec air {path}"));
        said.trim().to_uppercase()
    }
}

impl Drop for OnAir<'_> {
    /// As when it loses its power: nobody is told.
    fn drop(&mut self) {
        if let Some(hostapd) = self.hostapd.take() {
            hostapd.kill();
        }
        let line = format!("ip -n air link set {} down", self.interface);
        self.air.lab.try_run(&line);
        // The next one has the same radio: one that is switched on again is the same.
        self.air
            .free
            .borrow_mut()
            .push_front(self.interface.clone());
    }
}

/// Whether the kernel's switch keeps `wlanN` off the air, which is on `phyN`.
fn is_blocked(interface: &str) -> bool {
    let radio = interface.replace("wlan", "phy");
    // One whose radio was just moved has another number now.
    let read = |file: PathBuf| fs::read_to_string(file).unwrap_or_default();
    let switches = fs::read_dir("/sys/class/rfkill").unwrap().flatten();
    let mut own = switches
        .map(|switch| switch.path())
        .filter(|switch| read(switch.join("name")).trim() == radio);
    own.any(|switch| read(switch.join("soft")).trim() == "1")
}

/// A command on the far side of the air.
fn inside(program: &str) -> Command {
    let mut command = Command::new("ip");
    command.args(["netns", "exec", "air", program]);
    command
}
