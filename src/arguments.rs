//! The command line of `barpop`, the popups.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::Deserialize;

use crate::gnss::coordinates::Notation;
use crate::gnss::options::Wanted;
use crate::gnss::units::Units;
use crate::sms::Cleanup;

/// Popups for people who live in a window manager.
///
/// A status bar starts them on a click; 'xsms -g' is the same as 'barpop sms'. A second click closes
/// the popup, or brings it here from where it is.
#[derive(Debug, Parser)]
#[command(name = "barpop", version, max_term_width = 100)]
pub struct Arguments {
    /// Which popup.
    #[command(subcommand)]
    pub topic: Topic,
}

/// The popups, and what helps with them.
#[derive(Debug, Subcommand)]
pub enum Topic {
    /// Read, answer and write text messages.
    Sms(Sms),
    /// Connect to networks: Wi-Fi, cable, mobile network, VPN.
    Net(Net),
    /// See where this machine is, how sure that is, and the satellites that say so.
    Gnss(Gnss),
    /// Game controllers: the DualShock 4 and the DualSense, their motion, light and motors.
    Ds4(Ds4),
    /// Remote timers of cameras: start, pause and stop a plan, see the next picture come.
    Shutter(Shutter),
    /// Ask one question of NetworkManager's: it is read from standard input as JSON, and the
    /// answer is written to standard output. 'xnm --follow' starts this when a password is wanted.
    Ask(Look),
    /// Look at a popup on a simulated device; nothing of yours is touched.
    Demo(Look),
    /// Look at every part that barpop needs, and say what is wrong and what to do.
    ///
    /// Nothing is changed by it: no port is opened, no PIN tried, no service started. What it prints is
    /// fit for a bug report: no PIN, password, number, message or network's name is in it. Exit status:
    /// 0 when nothing is wrong, else 1.
    Doctor(Doctor),
    /// Check the configuration file, or show what holds.
    Config(Configuration),
    /// Have what was copied in a popup that has closed, until something else is copied.
    #[command(hide = true)]
    KeepCopied,
}

/// What the doctor looks at.
#[derive(Debug, Args)]
pub struct Doctor {
    /// Look at these alone [default: all].
    #[arg(value_name = "TOPIC")]
    pub topic: Vec<crate::doctor::Topic>,
    /// For other programs: one JSON object.
    #[arg(long)]
    pub json: bool,
    /// The configuration file [default: $XDG_CONFIG_HOME/barpop/config.toml].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// What is done with the configuration.
#[derive(Debug, Args)]
pub struct Configuration {
    /// What.
    #[command(subcommand)]
    pub action: ConfigAction,
}

/// What can be done with the configuration.
#[derive(Debug, Subcommand)]
pub enum ConfigAction {
    /// Tell every mistake with its line and column, and what to write instead.
    ///
    /// Exit status: 0 when there is none, 1 when there is one, 2 when the file cannot be read.
    Check {
        /// The file [default: $XDG_CONFIG_HOME/barpop/config.toml].
        file: Option<PathBuf>,
    },
    /// Print what holds, and where it comes from; secrets are hidden.
    Show {
        /// The file [default: $XDG_CONFIG_HOME/barpop/config.toml].
        file: Option<PathBuf>,
    },
}

/// What the message popup needs to know.
#[derive(Debug, Args)]
pub struct Sms {
    /// The modem's AT port; without one only the stored messages are shown.
    #[arg(short, long, value_name = "PORT")]
    pub device: Option<PathBuf>,
    /// Symbols a second on that port [default: 460800].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(300..))]
    pub baud: Option<u32>,
    /// A file that holds the SIM's PIN and that nobody else can read.
    #[arg(long, value_name = "FILE")]
    pub pin_file: Option<PathBuf>,
    /// When messages that are safely stored leave the SIM [default: when-full].
    #[arg(long, value_name = "WHEN")]
    pub sim_cleanup: Option<Cleanup>,
    /// The configuration file [default: $XDG_CONFIG_HOME/barpop/config.toml].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How it looks.
    #[command(flatten)]
    pub look: Look,
}

/// What the network popup needs to know.
#[derive(Debug, Args)]
pub struct Net {
    /// The configuration file [default: $XDG_CONFIG_HOME/barpop/config.toml].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How it looks.
    #[command(flatten)]
    pub look: Look,
}

/// What the position popup needs to know.
#[derive(Debug, Args)]
pub struct Gnss {
    /// auto, gpsd://HOST:PORT, nmea:PORT, modem:PORT, mm or file:FILE [default: auto].
    #[arg(short, long, value_name = "SOURCE")]
    pub source: Option<Wanted>,
    /// Symbols a second of a serial port [default: found out].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(300..))]
    pub baud: Option<u32>,
    /// How a position is written at first [default: dd].
    #[arg(long = "as", value_name = "NOTATION")]
    pub notation: Option<Notation>,
    /// The units at first [default: metric].
    #[arg(long, value_name = "UNITS")]
    pub units: Option<Units>,
    /// A fix older than this is stale [default: 5].
    #[arg(long, value_name = "SECONDS")]
    pub stale_after: Option<u64>,
    /// A fix older than this is lost [default: 60].
    #[arg(long, value_name = "SECONDS")]
    pub lost_after: Option<u64>,
    /// The configuration file [default: $XDG_CONFIG_HOME/barpop/config.toml].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How it looks.
    #[command(flatten)]
    pub look: Look,
}

/// What the popup of the game controllers needs to know.
#[derive(Debug, Args)]
pub struct Ds4 {
    /// The configuration file [default: $XDG_CONFIG_HOME/barpop/config.toml].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How it looks.
    #[command(flatten)]
    pub look: Look,
}

/// What the popup of the cameras' timers needs to know.
#[derive(Debug, Args)]
pub struct Shutter {
    /// A service: an address like http://camera:8318 or a name of the configuration; may be
    /// repeated [default: all that are configured, else 127.0.0.1:8318].
    #[arg(long, value_name = "URL")]
    pub server: Vec<String>,
    /// The configuration file [default: $XDG_CONFIG_HOME/barpop/config.toml].
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How it looks.
    #[command(flatten)]
    pub look: Look,
}

/// How a popup looks, and where it opens.
#[derive(Debug, Clone, Copy, Args)]
pub struct Look {
    /// The colours [default: dark].
    #[arg(long, value_name = "THEME")]
    pub theme: Option<Palette>,
    /// Where it opens [default: pointer].
    #[arg(long, value_name = "PLACE")]
    pub at: Option<At>,
    /// What a second start does where it is open already [default: close].
    #[arg(long, value_name = "WHAT")]
    pub again: Option<Again>,
    /// What draws it [default: software].
    #[arg(long, value_name = "RENDERER")]
    pub renderer: Option<Renderer>,
    /// Stay in the background, without a window at first and whenever it is closed: the next
    /// start shows it within a frame or two.
    #[arg(long)]
    pub resident: bool,
    /// It was wanted when its former program made room for this one.
    #[arg(long, hide = true, requires = "resident")]
    pub wanted: bool,
}

/// Where a popup opens. On Wayland that is the compositor's to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum At {
    /// At the pointer, and so at the bar after a click there.
    #[default]
    Pointer,
    /// At the bar, whoever opens it: under the field that is pointed at, else at the bar's end.
    Bar,
    /// In the middle of the screen.
    Center,
}

/// What a second start does where the popup is open already. One that is elsewhere, on another
/// workspace or minimised, always comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Again {
    /// Close it: the bar's field is a switch.
    #[default]
    Close,
    /// Bring it to the front.
    Raise,
}

/// What draws a popup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Renderer {
    /// The processor: there at once, and small.
    #[default]
    Software,
    /// OpenGL.
    Gpu,
}

/// The colours that come with barpop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Palette {
    /// Light text on dark ground.
    #[default]
    Dark,
    /// Dark text on light ground.
    Light,
    /// The strongest contrasts.
    HighContrast,
}
