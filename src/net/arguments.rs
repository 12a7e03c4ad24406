//! The command line of `xnm`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::status::FIELDS;
use crate::program::PrintArguments;

/// The network on a status bar, and everything else a person does with it.
///
/// Run by a bar it prints one line: once, or with --follow a new one at every change. The line
/// shows the link that the internet is really reached by, with VPNs as a mark beside it.
#[derive(Debug, Parser)]
#[command(name = "xnm", version, max_term_width = 100)]
#[command(after_help = "xmobar: Run CommandReader \"exec xnm --follow\" \"xnm\"")]
#[command(after_long_help = fields_help())]
pub struct Arguments {
    /// The configuration file [default: $XDG_CONFIG_HOME/barpop/config.toml].
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// How the line looks.
    #[command(flatten)]
    pub line: LineArguments,
    /// What to do instead of printing the line.
    #[command(subcommand)]
    pub action: Option<Action>,
}

/// How the line looks.
#[derive(Debug, Args)]
pub struct LineArguments {
    /// Open the popup.
    #[arg(short, long)]
    pub gui: bool,
    /// A template for every link; 'xnm --help' lists the fields. One without {state} gives way
    /// to words while there is no link.
    #[arg(long, value_name = "TEMPLATE", allow_hyphen_values = true)]
    pub format: Option<String>,
    /// A template for Wi-Fi.
    #[arg(long, value_name = "TEMPLATE", allow_hyphen_values = true)]
    pub format_wifi: Option<String>,
    /// A template for cables.
    #[arg(long, value_name = "TEMPLATE", allow_hyphen_values = true)]
    pub format_ethernet: Option<String>,
    /// A template for the mobile network.
    #[arg(long, value_name = "TEMPLATE", allow_hyphen_values = true)]
    pub format_mobile: Option<String>,
    /// A template for while there is no link.
    #[arg(long, value_name = "TEMPLATE", allow_hyphen_values = true)]
    pub format_offline: Option<String>,
    /// How it is printed.
    #[command(flatten)]
    pub print: PrintArguments,
    /// Seconds over which {rx} and {tx} are counted [default: 2].
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub interval: Option<Duration>,
    /// Show {rx} and {tx} in the fitting unit and with its name, like 12KB/s.
    #[arg(long)]
    pub suffix: bool,
    /// Below this percentage a signal is weak [default: 30].
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(..=100))]
    pub low: Option<u8>,
    /// From this percentage on a signal is strong [default: 60].
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(..=100))]
    pub high: Option<u8>,
    /// The colour of a weak signal, like '#fb4934'.
    #[arg(long, visible_alias = "low-color", value_name = "COLOUR")]
    pub low_colour: Option<String>,
    /// The colour of a signal between weak and strong.
    #[arg(long, visible_alias = "normal-color", value_name = "COLOUR")]
    pub normal_colour: Option<String>,
    /// The colour of a strong signal.
    #[arg(long, visible_alias = "high-color", value_name = "COLOUR")]
    pub high_colour: Option<String>,
    /// The colour of what is wrong, like 'offline' or 'sign in'.
    #[arg(long, visible_alias = "problem-color", value_name = "COLOUR")]
    pub problem_colour: Option<String>,
    /// What {bars} shows, from weak to strong, in place of ▁,▂,▄,▆,█; any number of texts, which
    /// may hold the bar's markup.
    #[arg(
        long,
        value_name = "TEXT,TEXT,…",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    pub strength_icons: Vec<String>,
    /// What a click runs, in the bars whose language has clicks; '' for nothing [default: xnm -g].
    #[arg(long, value_name = "COMMAND", allow_hyphen_values = true)]
    pub click: Option<String>,
    /// Print an empty line while there is no NetworkManager or no network device.
    #[arg(long, visible_alias = "hide_when_absent")]
    pub hide_when_absent: bool,
    /// With --follow: do not answer when NetworkManager asks for passwords.
    #[arg(long)]
    pub no_agent: bool,
}

/// What to do with the network.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Show devices, networks and profiles, what is connected first.
    List {
        /// The whole state as one JSON object, the same as --output json.
        #[arg(long)]
        json: bool,
        /// Also interfaces that are usually of no interest: loopback, container ends, bridges.
        #[arg(long)]
        all: bool,
    },
    /// Connect to a network or bring a saved profile up, a VPN too.
    Connect(Connect),
    /// Disconnect a device, a network or a VPN; what the internet is reached by, if none is named.
    Disconnect {
        /// An interface, or the name or UUID of what is connected.
        #[arg(value_name = "DEVICE|NAME|UUID")]
        what: Option<String>,
    },
    /// Delete a saved profile and its password.
    Forget {
        /// The profile.
        #[arg(value_name = "UUID|NAME")]
        profile: String,
    },
    /// Switch a radio.
    Radio {
        /// Which; in airplane mode all are off.
        which: RadioName,
        /// To what.
        to: Switch,
    },
    /// Make an access point of this machine; 'hotspot off' ends it.
    Hotspot(Hotspot),
    /// Show a saved network's password as a QR code, for a phone to connect with.
    Share {
        /// The profile.
        #[arg(value_name = "UUID|NAME")]
        profile: String,
    },
    /// Look for networks now, and list them.
    Scan,
    /// Change a saved profile; without a change, show it.
    Profile(Profile),
    /// Show the modem: state, operator, signal, tries left for the PIN.
    Modem {
        /// As JSON, one object a line.
        #[arg(long)]
        json: bool,
    },
    /// Open a SIM with its PIN, or with its PUK and a new PIN; asks on the terminal.
    Unlock {
        /// A file that holds the PIN and that nobody else can read; - for standard input.
        #[arg(long, value_name = "FILE")]
        pin_file: Option<PathBuf>,
        /// The modem's interface or model, where there are several locked ones.
        #[arg(long, value_name = "NAME")]
        modem: Option<String>,
    },
    /// Answer when NetworkManager asks for passwords, as --follow does, without printing lines.
    Agent,
    /// Open the sign-in page of the network in the browser.
    Portal,
}

/// What to connect to.
#[derive(Debug, Args)]
pub struct Connect {
    /// A network's name, 0x and its bytes in hexadecimal, or a profile's UUID or name.
    #[arg(value_name = "SSID|UUID|NAME")]
    pub target: String,
    /// The target is a network's name as bytes in hexadecimal, with or without 0x.
    #[arg(long)]
    pub hex: bool,
    /// Ask for the password even if one is saved; without a terminal it is read from standard
    /// input.
    #[arg(long, conflicts_with = "password_file")]
    pub ask: bool,
    /// A file that holds the password and that nobody else can read; - for standard input.
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// The network does not tell its name.
    #[arg(long)]
    pub hidden: bool,
    /// With this interface.
    #[arg(long, value_name = "INTERFACE")]
    pub device: Option<String>,
    /// How the network is protected, where it cannot be heard (hidden).
    #[arg(long, value_name = "HOW")]
    pub security: Option<SecurityName>,
    /// 802.1X: the user name.
    #[arg(long, value_name = "NAME")]
    pub identity: Option<String>,
    /// 802.1X: the name that is said before the tunnel stands.
    #[arg(long, value_name = "NAME")]
    pub anonymous_identity: Option<String>,
    /// 802.1X: how to prove who one is [default: as it is saved, else peap].
    #[arg(long, value_name = "METHOD")]
    pub method: Option<MethodName>,
    /// 802.1X: the authority's certificate, that the network's server must have.
    #[arg(long, value_name = "FILE")]
    pub ca_certificate: Option<PathBuf>,
    /// 802.1X: trust the authorities that this system trusts.
    #[arg(long)]
    pub system_authorities: bool,
    /// 802.1X: what the server's name must end in.
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Option<String>,
    /// 802.1X with TLS: one's own certificate.
    #[arg(long, value_name = "FILE")]
    pub certificate: Option<PathBuf>,
    /// 802.1X with TLS: its private key; the password is the key's.
    #[arg(long, value_name = "FILE")]
    pub private_key: Option<PathBuf>,
}

/// An access point of this machine's own.
#[derive(Debug, Args)]
pub struct Hotspot {
    /// Its name, or off [default: this machine's name].
    #[arg(value_name = "SSID|off")]
    pub ssid: Option<String>,
    /// A file that holds its password, 8 to 63 characters; - for standard input. Without one the
    /// last hotspot's is kept, or one is made; it is shown.
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// Without a password: everybody may connect.
    #[arg(long, conflicts_with = "password_file")]
    pub open: bool,
    /// With this interface.
    #[arg(long, value_name = "INTERFACE")]
    pub device: Option<String>,
}

/// Changes of a profile.
#[derive(Debug, Args)]
pub struct Profile {
    /// The profile.
    #[arg(value_name = "UUID|NAME")]
    pub profile: String,
    /// Connect by itself.
    #[arg(long, value_name = "on|off")]
    pub autoconnect: Option<OnOff>,
    /// Which one is taken when several could, -999 to 999, the greatest first.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    #[arg(value_parser = clap::value_parser!(i32).range(-999..=999))]
    pub priority: Option<i32>,
    /// Whether its traffic costs money.
    #[arg(long, value_name = "WHETHER")]
    pub metered: Option<MeteredName>,
    /// Never use it in a foreign network (mobile).
    #[arg(long, value_name = "on|off")]
    pub home_only: Option<OnOff>,
}

/// Radios by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RadioName {
    /// Wi-Fi.
    Wifi,
    /// The mobile network.
    Wwan,
    /// All of them; on means that they are off.
    Airplane,
}

/// What a switch is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// On.
    On,
    /// Off.
    Off,
    /// The other way round.
    Toggle,
}

/// A setting that is on or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnOff {
    /// On.
    On,
    /// Off.
    Off,
}

/// `connection.metered` by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MeteredName {
    /// It costs.
    Yes,
    /// It does not.
    No,
    /// NetworkManager guesses.
    Automatic,
}

/// Protections by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SecurityName {
    /// None.
    Open,
    /// WEP, which keeps nobody out.
    Wep,
    /// Enhanced open: encrypted without a password.
    Owe,
    /// WPA2 with a password (also WPA2 and WPA3 together).
    Wpa2,
    /// WPA3 with a password.
    Wpa3,
    /// A name and a password, or a certificate (802.1X).
    Enterprise,
}

/// 802.1X methods by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MethodName {
    /// PEAP with MSCHAPv2.
    Peap,
    /// TTLS with PAP.
    TtlsPap,
    /// TTLS with MSCHAPv2.
    TtlsMschapv2,
    /// A certificate.
    Tls,
}

/// Seconds with or without decimals, a tenth to an hour.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let wrong = || format!("'{text}' is no time between 0.1 and 3600 seconds");
    let seconds: f64 = text.parse().map_err(|_| wrong())?;
    if !(0.1..=3600.0).contains(&seconds) {
        return Err(wrong());
    }
    Duration::try_from_secs_f64(seconds).map_err(|_| wrong())
}

/// The fields of `--format`, for the long help and the man page.
fn fields_help() -> String {
    let mut help = "Fields of --format, {{ and }} for braces:\n".to_owned();
    for (name, what) in FIELDS {
        help.push_str(&format!("  {:<15} {what}\n", format!("{{{name}}}")));
    }
    help.push_str(
        "\nxmobar: Run CommandReader \"exec xnm --follow\" \"xnm\"\n\
         Exit status: 0; 1 when it did not work (a bar's line says so instead, with 0); 2 for \
         wrong usage.",
    );
    help
}
