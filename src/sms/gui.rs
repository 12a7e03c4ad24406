//! Opening the popup: `xsms -g` becomes `barpop sms`.

use std::convert::Infallible;
use std::path::Path;

use super::arguments::ModemArguments;
use crate::program::{PopupError, open_popup};

/// Replaces this process by the popup, with the same modem. A PIN goes along as it came: a file
/// by its name, and one from the command line in the environment, which other users cannot see.
///
/// # Errors
/// When the program `barpop` is neither beside this one nor in the path.
pub fn open(arguments: &ModemArguments) -> Result<Infallible, PopupError> {
    open_popup("sms", |command| {
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
    })
}
