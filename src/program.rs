//! What the status programs' mains share: wrong usage, choices of the configuration, a bar that
//! has gone, and the way to the popup.

use std::convert::Infallible;
use std::error::Error;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use clap::ValueEnum;

/// The person's mistake: exit status 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Usage(pub String);

/// A value of the configuration that is one of a flag's; the flag's default without one.
///
/// # Errors
/// When it is none of them; the sentence names them all.
pub fn choice<T: ValueEnum + Default>(text: Option<&str>) -> Result<T, Usage> {
    let Some(text) = text else {
        return Ok(T::default());
    };
    T::from_str(text, false).map_err(|_| {
        let all: Vec<String> = T::value_variants()
            .iter()
            .filter_map(|v| v.to_possible_value().map(|v| v.get_name().to_owned()))
            .collect();
        Usage(format!(
            "configuration: '{text}' is none of {}",
            all.join(", ")
        ))
    })
}

/// Whether the cause is that nobody reads any more.
#[must_use]
pub fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
        {
            return true;
        }
        cause = error.source();
    }
    false
}

/// The popup's program is not there.
#[derive(Debug, thiserror::Error)]
#[error("cannot start '{program}': {cause}; install barpop with its popups")]
pub struct PopupError {
    program: String,
    cause: io::Error,
}

/// Replaces this process by the popup of a topic; `prepare` adds its arguments.
///
/// # Errors
/// When the program `barpop` is neither beside this one nor in the path.
pub fn open_popup(
    topic: &str,
    prepare: impl FnOnce(&mut Command),
) -> Result<Infallible, PopupError> {
    let beside = std::env::current_exe()
        .ok()
        .map(|exe| exe.with_file_name("barpop"));
    let program = beside
        .filter(|path| path.exists())
        .unwrap_or_else(|| PathBuf::from("barpop"));
    let mut command = Command::new(&program);
    command.arg(topic);
    prepare(&mut command);
    let cause = command.exec();
    Err(PopupError {
        program: program.display().to_string(),
        cause,
    })
}
