//! The command line of `xsms`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::Cleanup;
use crate::bar::{Icons, Output};
use crate::secret::Secret;

/// Unread text messages on a status bar, and everything else a person does with messages.
///
/// Run by a bar it prints one line: once, or with --follow a new one at every change.
#[derive(Debug, Parser)]
#[command(name = "xsms", version, max_term_width = 100)]
#[command(after_help = "xmobar: Run CommandReader \"xsms --follow -d /dev/ttyACM0\" \"xsms\"")]
pub struct Arguments {
    /// Where the modem is and how the line looks.
    #[command(flatten)]
    pub modem: ModemArguments,
    /// How the line looks.
    #[command(flatten)]
    pub line: LineArguments,
    /// What to do instead of printing the line.
    #[command(subcommand)]
    pub action: Option<Action>,
}

/// Where the modem is, and how its SIM is opened.
#[derive(Debug, Clone, Args)]
pub struct ModemArguments {
    /// The modem's AT port; without one only the stored messages count.
    #[arg(short, long, value_name = "PORT", global = true)]
    pub device: Option<PathBuf>,
    /// Symbols a second on that port [default: 460800].
    #[arg(long, value_name = "N", global = true, value_parser = clap::value_parser!(u32).range(300..))]
    pub baud: Option<u32>,
    /// The SIM's PIN. Everybody on this machine can see it there: use --pin-file or BARPOP_PIN.
    #[arg(short, long, value_name = "PIN", global = true, value_parser = secret)]
    pub pin: Option<Secret>,
    /// A file that holds the SIM's PIN and that nobody else can read.
    #[arg(long, visible_alias = "pin_file", value_name = "FILE", global = true)]
    pub pin_file: Option<PathBuf>,
    /// When messages that are safely stored leave the SIM [default: when-full].
    #[arg(
        long,
        visible_alias = "sim_cleanup",
        value_name = "WHEN",
        global = true
    )]
    pub sim_cleanup: Option<Cleanup>,
    /// The configuration file [default: $XDG_CONFIG_HOME/barpop/config.toml].
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
}

/// How the line looks.
#[derive(Debug, Args)]
pub struct LineArguments {
    /// Open the popup.
    #[arg(short, long)]
    pub gui: bool,
    /// Printed as it is when nothing is unread [default: (empty)].
    #[arg(
        short,
        long,
        visible_alias = "read_format",
        value_name = "TEXT",
        allow_hyphen_values = true
    )]
    pub read_format: Option<String>,
    /// Printed when something is unread, with the count for %d [default: %d].
    #[arg(
        short,
        long,
        visible_alias = "unread_format",
        value_name = "TEXT",
        allow_hyphen_values = true
    )]
    pub unread_format: Option<String>,
    /// A template instead of the two: {icon} {unread} {total} {operator} {signal} {sim_used}
    /// {sim_capacity} {state} {error}.
    #[arg(long, value_name = "TEMPLATE", allow_hyphen_values = true)]
    pub format: Option<String>,
    /// Print a line at every change and never end.
    #[arg(long)]
    pub follow: bool,
    /// The language of the bar, or json for the whole state [default: xmobar].
    #[arg(long, value_name = "LANGUAGE")]
    pub output: Option<Output>,
    /// How icons are written [default: font].
    #[arg(long, value_name = "HOW")]
    pub icons: Option<Icons>,
    /// Print an empty line while there is no modem.
    #[arg(long, visible_alias = "hide_when_absent")]
    pub hide_when_absent: bool,
}

/// What to do with messages and modem.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// List the messages, oldest first.
    List {
        /// Only those not read.
        #[arg(long)]
        unread: bool,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Show one message whole.
    Show {
        /// Its number in the list.
        id: i64,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Send a message: now if the modem can be had, else by whoever has it next.
    Send {
        /// The recipient's number.
        number: String,
        /// The text; left out or -, it is read from standard input.
        #[arg(allow_hyphen_values = true)]
        text: Option<String>,
    },
    /// Mark messages as read.
    MarkRead {
        /// Their numbers in the list.
        #[arg(required_unless_present = "all")]
        ids: Vec<i64>,
        /// All of them.
        #[arg(long, conflicts_with = "ids")]
        all: bool,
    },
    /// Delete messages from the store.
    Delete {
        /// Their numbers in the list.
        #[arg(required = true)]
        ids: Vec<i64>,
    },
    /// Write all messages to standard output.
    Export {
        /// As JSON, one object a line.
        #[arg(long, conflicts_with = "mbox")]
        json: bool,
        /// As a mailbox that mail programs open (the default).
        #[arg(long)]
        mbox: bool,
    },
    /// Take over the messages of the original xsms.
    Import {
        /// The folder with inbox.json and outbox.json, usually ~/.xsms.
        folder: PathBuf,
    },
    /// Show what is known of the modem.
    Modem {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Forget which PINs the SIM refused, so that they may be tried again.
        #[arg(long)]
        forget_pins: bool,
    },
    /// Read and write the PDUs of short messages (3GPP TS 23.040).
    #[command(subcommand)]
    Pdu(PduAction),
}

/// What to do with PDUs.
#[derive(Debug, Subcommand)]
pub enum PduAction {
    /// Print each PDU as a JSON object.
    Decode {
        /// PDUs as a modem lists them, in hexadecimal.
        #[arg(required = true)]
        pdus: Vec<String>,
    },
    /// Print the PDUs that a text becomes, as a JSON object.
    Encode {
        /// The recipient's number.
        #[arg(long, value_name = "NUMBER")]
        to: String,
        /// The text.
        #[arg(allow_hyphen_values = true)]
        text: String,
    },
}

#[allow(clippy::unnecessary_wraps)] // clap's signature
fn secret(text: &str) -> Result<Secret, std::convert::Infallible> {
    Ok(Secret::new(text))
}
