//! Opening the popup: `xsms -g` becomes `barpop sms`.

use std::path::Path;
use std::process::Command;

use super::arguments::ModemArguments;
use crate::program::{PopupError, command_line, open_popup, popup_command};

/// Shows the popup, which this process becomes where it is not open, with the same modem. A PIN goes along as it came: a file
/// by its name, and one from the command line in the environment, which other users cannot see.
///
/// # Errors
/// When the program `barpop` is neither beside this one nor in the path.
pub fn open(arguments: &ModemArguments) -> Result<(), PopupError> {
    open_popup("sms", arguments.config.as_deref(), |command| {
        prepare(command, arguments);
    })
}

/// The command that opens the popup, for a process that goes on: one that is open already comes to
/// the front, for nobody clicked to close it.
#[must_use]
pub fn command(arguments: &ModemArguments) -> Command {
    let mut command = popup_command("sms");
    command.args(["--again", "raise"]);
    prepare(&mut command, arguments);
    command
}

/// The same for a shell, as a click on the bar runs it. A PIN of the command line stays out of it.
#[must_use]
pub fn click(arguments: &ModemArguments) -> String {
    let without_pin = ModemArguments {
        pin: None,
        ..arguments.clone()
    };
    let mut popup = Command::new("xsms");
    prepare(popup.arg("-g"), &without_pin);
    let words: Vec<_> = popup
        .get_args()
        .map(|word| word.to_string_lossy())
        .collect();
    command_line(std::iter::once("xsms").chain(words.iter().map(AsRef::as_ref)))
}

fn prepare(command: &mut Command, arguments: &ModemArguments) {
    let mut pass = |flag: &str, value: Option<&Path>| {
        if let Some(value) = value {
            command.arg(flag).arg(value);
        }
    };
    pass("--device", arguments.device.as_deref());
    pass("--config", arguments.config.as_deref());
    pass("--pin-file", arguments.pin_file.as_deref());
    if let Some(baud) = arguments.baud {
        command.arg("--baud").arg(baud.to_string());
    }
    if let Some(when) = arguments
        .sim_cleanup
        .and_then(|when| clap::ValueEnum::to_possible_value(&when))
    {
        command.arg("--sim-cleanup").arg(when.get_name());
    }
    if let Some(pin) = &arguments.pin {
        command.env("BARPOP_PIN", pin.reveal());
    }
}
