//! Opening the popup: `xgnss -g` becomes `barpop gnss`.

use std::process::Command;

use clap::ValueEnum;

use super::arguments::SourceArguments;
use crate::program::{PopupError, command_line, open_popup};

/// Shows the popup, which this process becomes where it is not open, with the same source, notation, units and limits.
///
/// # Errors
/// When the program `barpop` is neither beside this one nor in the path.
pub fn open(arguments: &SourceArguments) -> Result<(), PopupError> {
    open_popup("gnss", arguments.config.as_deref(), |command| {
        prepare(command, arguments);
    })
}

/// The same for a shell, as a click on the bar runs it.
#[must_use]
pub fn click(arguments: &SourceArguments) -> String {
    let mut popup = Command::new("xgnss");
    prepare(popup.arg("-g"), arguments);
    let words: Vec<_> = popup
        .get_args()
        .map(|word| word.to_string_lossy())
        .collect();
    command_line(std::iter::once("xgnss").chain(words.iter().map(AsRef::as_ref)))
}

fn prepare(command: &mut Command, arguments: &SourceArguments) {
    let mut pass = |flag: &str, value: Option<String>| {
        if let Some(value) = value {
            command.arg(flag).arg(value);
        }
    };
    pass(
        "--source",
        arguments.source.as_ref().map(ToString::to_string),
    );
    pass("--baud", arguments.baud.map(|baud| baud.to_string()));
    pass("--as", arguments.notation.and_then(name));
    pass("--units", arguments.units.and_then(name));
    pass(
        "--stale-after",
        arguments.stale_after.map(|s| s.to_string()),
    );
    pass("--lost-after", arguments.lost_after.map(|s| s.to_string()));
    if let Some(config) = &arguments.config {
        command.arg("--config").arg(config);
    }
}

fn name(value: impl ValueEnum) -> Option<String> {
    Some(value.to_possible_value()?.get_name().to_owned())
}
