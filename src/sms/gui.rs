//! Opening the popup: `xsms -g` becomes `barpop sms`.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Options;

/// The popup's program is not there.
#[derive(Debug, thiserror::Error)]
#[error("cannot start '{program}': {source}; install barpop with its popups")]
pub struct GuiError {
    program: String,
    source: std::io::Error,
}

/// Replaces this process by the popup, with the same modem. The PIN goes along in the
/// environment, which other users cannot read, and not on the command line.
///
/// # Errors
/// When the program `barpop` is neither beside this one nor in the path.
pub fn open(
    options: &Options,
    config: Option<&Path>,
) -> Result<std::convert::Infallible, GuiError> {
    let beside = std::env::current_exe()
        .ok()
        .map(|exe| exe.with_file_name("barpop"));
    let program = beside
        .filter(|path| path.exists())
        .unwrap_or_else(|| PathBuf::from("barpop"));
    let mut command = Command::new(&program);
    command.arg("sms");
    if let Some(device) = &options.device {
        command.arg("--device").arg(device);
    }
    command.arg("--baud").arg(options.baud.to_string());
    if let Some(config) = config {
        command.arg("--config").arg(config);
    }
    if let Some(pin) = &options.pin {
        command.env("BARPOP_PIN", pin.reveal());
    }
    let source = command.exec();
    Err(GuiError {
        program: program.display().to_string(),
        source,
    })
}
