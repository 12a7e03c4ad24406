//! The command line of `barpop`, the popups.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::sms::Cleanup;

/// Popups for people who live in a window manager.
///
/// A status bar starts them on a click; 'xsms -g' is the same as 'barpop sms'. A popup that is
/// open already is raised, not opened twice.
#[derive(Debug, Parser)]
#[command(name = "barpop", version, max_term_width = 100)]
pub struct Arguments {
    /// Which popup.
    #[command(subcommand)]
    pub topic: Topic,
}

/// The popups.
#[derive(Debug, Subcommand)]
pub enum Topic {
    /// Read, answer and write text messages.
    Sms(Sms),
    /// Connect to networks: Wi-Fi, cable, mobile network, VPN.
    Net(Net),
    /// Ask one question of NetworkManager's: it is read from standard input as JSON, and the
    /// answer is written to standard output. 'xnm --follow' starts this when a password is wanted.
    Ask(Look),
    /// Look at a popup on a simulated device; nothing of yours is touched.
    Demo(Look),
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

/// How a popup looks.
#[derive(Debug, Clone, Copy, Args)]
pub struct Look {
    /// The colours [default: dark].
    #[arg(long, value_name = "THEME")]
    pub theme: Option<Palette>,
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
