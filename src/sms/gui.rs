//! Opening the popup: `xsms -g` becomes `barpop sms`.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::arguments::ModemArguments;

/// The popup's program is not there.
#[derive(Debug, thiserror::Error)]
#[error("cannot start '{program}': {cause}; install barpop with its popups")]
pub struct GuiError {
    program: String,
    cause: std::io::Error,
}

/// Replaces this process by the popup, with the same modem. A PIN goes along as it came: a file
/// by its name, and one from the command line in the environment, which other users cannot see.
///
/// # Errors
/// When the program `barpop` is neither beside this one nor in the path.
pub fn open(arguments: &ModemArguments) -> Result<std::convert::Infallible, GuiError> {
    let beside = std::env::current_exe()
        .ok()
        .map(|exe| exe.with_file_name("barpop"));
    let program = beside
        .filter(|path| path.exists())
        .unwrap_or_else(|| PathBuf::from("barpop"));
    let mut command = Command::new(&program);
    command.arg("sms");
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
    let cause = command.exec();
    Err(GuiError {
        program: program.display().to_string(),
        cause,
    })
}
