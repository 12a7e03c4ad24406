//! The command line of `xsms`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::Cleanup;
use crate::program::PrintArguments;
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
    /// The modem: an AT port, or mm for the one that ModemManager holds, or mm: and its number,
    /// path or IMEI. Without it ModemManager's is taken where there is one, else only the stored
    /// messages count; none says so.
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
    /// A template instead of the two: {icon} {unread} {sender} {total} {operator} {signal} {sim_used}
    /// {sim_capacity} {registration} {voicemail} {waiting} {alert} {state} {error}.
    #[arg(long, value_name = "TEMPLATE", allow_hyphen_values = true)]
    pub format: Option<String>,
    /// What a click runs, in the bars whose language has clicks; '' for nothing [default: in i3bar
    /// xsms -g; elsewhere nothing, the bar's own configuration has it].
    #[arg(long, value_name = "COMMAND", allow_hyphen_values = true)]
    pub click: Option<String>,
    /// How it is printed.
    #[command(flatten)]
    pub print: PrintArguments,
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
    ///
    /// Ctrl-C takes back what the modem does not have yet, and says how much has gone.
    Send {
        /// The recipient's number.
        number: String,
        /// The text; left out or -, it is read from standard input.
        #[arg(allow_hyphen_values = true)]
        text: Option<String>,
        /// Tell of each part of a long message on standard error; on a terminal that is done
        /// anyway.
        #[arg(long)]
        progress: bool,
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
    /// Show what is known of the modem, or restart it.
    #[command(args_conflicts_with_subcommands = true)]
    Modem {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Forget which PINs the SIM refused, so that they may be tried again.
        #[arg(long)]
        forget_pins: bool,
        /// What to do with it.
        #[command(subcommand)]
        action: Option<ModemAction>,
    },
    /// Dial a USSD code like '*101#' and print what the network says.
    ///
    /// On a terminal the network's questions are asked until the session ends; an empty line ends
    /// it. Elsewhere the first answer is printed, and --reply goes on.
    Ussd {
        /// The code.
        #[arg(required_unless_present_any = ["reply", "cancel"])]
        code: Option<String>,
        /// Answer what the network asked last.
        #[arg(
            long,
            value_name = "TEXT",
            conflicts_with = "code",
            allow_hyphen_values = true
        )]
        reply: Option<String>,
        /// End the session that is open.
        #[arg(long, conflicts_with_all = ["code", "reply"])]
        cancel: bool,
        /// The answer as JSON: {"progress","text"}; progress is done, asks, ended, elsewhere,
        /// unsupported or timed-out.
        #[arg(long)]
        json: bool,
    },
    /// Show what waits elsewhere, like voice mail, or say that it was listened to.
    Waiting {
        /// Nothing waits any more, whatever the network said last.
        #[arg(long)]
        clear: bool,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Have the modem without a bar, and serve messages to other programs over D-Bus.
    ///
    /// The name on the session bus is org.barpop.Sms; 'busctl --user introspect org.barpop.Sms
    /// /org/barpop/Sms' shows what it can be asked. It waits while a bar has the modem, and takes
    /// it when the bar ends.
    Daemon,
    /// Read and write the PDUs of short messages (3GPP TS 23.040).
    #[command(subcommand)]
    Pdu(PduAction),
}

/// What to do with the modem.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum ModemAction {
    /// Boot it anew (AT+CFUN=1,1, or what it has in its place); its port goes and comes back.
    Reset {
        /// Do not wait until it is back.
        #[arg(long)]
        no_wait: bool,
    },
    /// Switch its radio and SIM off and on; its port stays.
    PowerCycle {
        /// Do not wait until it is back.
        #[arg(long)]
        no_wait: bool,
    },
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
