//! The command line of `xgnss`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::coordinates::Notation;
use super::options::Wanted;
use super::units::Units;
use crate::program::PrintArguments;

/// Where this machine is, on a status bar, and how old that is.
///
/// Run by a bar it prints one line: once, or with --follow a new one at every change.
#[derive(Debug, Parser)]
#[command(name = "xgnss", version, max_term_width = 100)]
#[command(after_help = "xmobar: Run CommandReader \"xgnss --follow\" \"xgnss\"")]
pub struct Arguments {
    /// Where positions come from.
    #[command(flatten)]
    pub source: SourceArguments,
    /// How the line looks.
    #[command(flatten)]
    pub line: LineArguments,
    /// What to do instead of printing the line.
    #[command(subcommand)]
    pub action: Option<Action>,
}

/// Where positions come from, and how they are written.
#[derive(Debug, Clone, Args)]
pub struct SourceArguments {
    /// auto, gpsd://HOST:PORT, nmea:PORT, modem:PORT, mm or file:FILE [default: auto: gpsd, then
    /// ModemManager, then the configured port].
    #[arg(short, long, value_name = "SOURCE", global = true)]
    pub source: Option<Wanted>,
    /// Symbols a second of a serial port [default: found out].
    #[arg(long, value_name = "N", global = true, value_parser = clap::value_parser!(u32).range(300..))]
    pub baud: Option<u32>,
    /// Replay a file as fast as it can be read.
    #[arg(long, global = true)]
    pub fast: bool,
    /// How a position is written [default: dd].
    #[arg(long = "as", value_name = "NOTATION", global = true)]
    pub notation: Option<Notation>,
    /// The units of heights and speeds [default: metric].
    #[arg(long, value_name = "UNITS", global = true)]
    pub units: Option<Units>,
    /// A fix older than this is stale [default: 5].
    #[arg(long, value_name = "SECONDS", global = true)]
    pub stale_after: Option<u64>,
    /// A fix older than this is lost [default: 60].
    #[arg(long, value_name = "SECONDS", global = true)]
    pub lost_after: Option<u64>,
    /// How long to wait for a fix [default: 3 for a line, 30 for 'fix' and 'satellites'].
    #[arg(long, value_name = "SECONDS", global = true)]
    pub wait: Option<u64>,
    /// The configuration file [default: $XDG_CONFIG_HOME/barpop/config.toml].
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
}

/// How the line looks.
#[derive(Debug, Args)]
pub struct LineArguments {
    /// A template: {icon} {mode} {position} {lat} {lon} {mgrs} {maidenhead} {altitude} {speed}
    /// {track} {climb} {age} {note} {used} {seen} {hdop} {pdop} {accuracy} {time} {cell}
    /// {source} {receiver} {error}.
    #[arg(long, value_name = "TEMPLATE", allow_hyphen_values = true)]
    pub format: Option<String>,
    /// What a click runs, in the bars whose language has clicks; '' for nothing [default: in i3bar
    /// xgnss -g; elsewhere nothing, the bar's own configuration has it].
    #[arg(long, value_name = "COMMAND", allow_hyphen_values = true)]
    pub click: Option<String>,
    /// How it is printed.
    #[command(flatten)]
    pub print: PrintArguments,
    /// Open the popup, or close the one that is open, instead of printing.
    #[arg(short, long)]
    pub gui: bool,
    /// Print an empty line while there is no receiver.
    #[arg(long, visible_alias = "hide_when_absent")]
    pub hide_when_absent: bool,
}

/// What to do with positions.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Wait for a fix, and print the position.
    Fix {
        /// Everything that is known, as JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the satellites.
    Satellites {
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Write the track to a GPX file until it is stopped; one that is there is continued.
    Record {
        /// The file; other programs can open it at any moment.
        file: PathBuf,
    },
    /// Read the position lines of Intel XMM modems (Sierra EM7345).
    #[command(subcommand)]
    Xlcslsr(XlcslsrAction),
}

/// What to do with `+XLCSLSR` lines.
#[derive(Debug, Subcommand)]
pub enum XlcslsrAction {
    /// Print what a line says, as a JSON object.
    Decode {
        /// The line, with or without '+XLCSLSR:'.
        #[arg(allow_hyphen_values = true)]
        line: String,
    },
}
