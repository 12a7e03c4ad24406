//! What the status programs' mains share: wrong usage, choices of the configuration, a bar that
//! has gone, and the way to the popup.

use std::error::Error;
use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{Args, ValueEnum};

use crate::bar::{Click, Icons, Output};
use crate::config::Config;
use crate::instance;

/// The person's mistake: exit status 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Usage(pub String);

/// How a line is printed: the flags that every status program has.
#[derive(Debug, Clone, Copy, Args)]
pub struct PrintArguments {
    /// Print a line at every change and never end.
    #[arg(long)]
    pub follow: bool,
    /// The language of the bar, or json for the whole state [default: xmobar].
    #[arg(long, value_name = "LANGUAGE")]
    pub output: Option<Output>,
    /// How icons are written [default: font].
    #[arg(long, value_name = "HOW")]
    pub icons: Option<Icons>,
}

impl PrintArguments {
    /// The bar's language and how icons are written: a flag wins over the configuration.
    ///
    /// # Errors
    /// When the configuration names something else.
    pub fn languages(self, config: &Config) -> Result<(Output, Icons), Usage> {
        Ok((
            self.output
                .map_or_else(|| choice(config.output.as_deref()), Ok)?,
            self.icons
                .map_or_else(|| choice(config.icons.as_deref()), Ok)?,
        ))
    }
}

/// A value of the configuration that is one of a flag's; the flag's default without one.
///
/// # Errors
/// When it is none of them; the sentence names them all.
fn choice<T: ValueEnum + Default>(text: Option<&str>) -> Result<T, Usage> {
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

/// What a click on a line runs: what the person wants (empty for nothing), else the popup where the
/// bar leaves clicks to this program. In other bars the field's own configuration has it.
///
/// # Errors
/// When a bar cannot run the command.
pub fn click(
    output: Output,
    wanted: Option<&str>,
    popup: impl FnOnce() -> String,
) -> Result<Option<Click>, Usage> {
    match wanted {
        Some(command) => on_click(command),
        None if output == Output::I3bar => on_click(&popup()),
        None => Ok(None),
    }
}

/// A click that runs this command; an empty one for none.
///
/// # Errors
/// When a bar cannot run the command.
pub fn on_click(command: &str) -> Result<Option<Click>, Usage> {
    if command.is_empty() {
        return Ok(None);
    }
    let click = Click::new(command).map_err(|error| Usage(error.to_string()))?;
    Ok(Some(click))
}

/// A command line for a shell, each word in quotes where it needs them.
#[must_use]
pub fn command_line<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=/.:,@+%".contains(c);
    let quoted = |word: &str| {
        if !word.is_empty() && word.chars().all(plain) {
            word.to_owned()
        } else {
            format!("'{}'", word.replace('\'', r"'\''"))
        }
    };
    let words: Vec<String> = words.into_iter().map(quoted).collect();
    words.join(" ")
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

/// Shows the popup of a topic. One that is there already is asked, which costs this small program a
/// millisecond; else this process is replaced by it, and `prepare` adds its arguments.
///
/// # Errors
/// When the program `barpop` is neither beside this one nor in the path.
pub fn open_popup(
    topic: &str,
    config: Option<&Path>,
    prepare: impl FnOnce(&mut Command),
) -> Result<(), PopupError> {
    // What is wrong with the configuration is for the popup to say.
    if let Ok(config) = Config::load(config) {
        let again = config.popup.again.unwrap_or_default();
        if instance::ask_open(topic, again).is_some() {
            return Ok(());
        }
    }
    let mut command = popup_command(topic);
    prepare(&mut command);
    let cause = command.exec();
    Err(PopupError {
        program: command.get_program().to_string_lossy().into_owned(),
        cause,
    })
}

/// The command of a topic's popup: the `barpop` beside this program, else the one in the path.
#[must_use]
pub fn popup_command(topic: &str) -> Command {
    let beside = std::env::current_exe()
        .ok()
        .map(|exe| exe.with_file_name("barpop"));
    let program = beside
        .filter(|path| path.exists())
        .unwrap_or_else(|| PathBuf::from("barpop"));
    let mut command = Command::new(&program);
    command.arg(topic);
    command
}

/// Where this program's file was, if an upgrade has put another one in its place since.
#[must_use]
pub fn upgraded() -> Option<PathBuf> {
    // As the kernel writes a file that is gone: packages rename the new one over it.
    let own = std::env::current_exe().ok()?;
    let place = own.as_os_str().as_bytes().strip_suffix(b" (deleted)")?;
    let place = PathBuf::from(OsStr::from_bytes(place));
    place.is_file().then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bar_that_leaves_clicks_to_us_gets_the_popup_unasked() {
        let click = |output, wanted| {
            let popup = || "xsms -g".to_owned();
            let click = click(output, wanted, popup).unwrap();
            click.map(|click| click.command().to_owned())
        };
        assert_eq!(click(Output::I3bar, None).as_deref(), Some("xsms -g"));
        assert_eq!(click(Output::Xmobar, None), None);
        assert_eq!(click(Output::I3bar, Some("")), None);
        assert_eq!(click(Output::Xmobar, Some("id")).as_deref(), Some("id"));
    }

    #[test]
    fn a_shell_reads_the_words_that_were_meant() {
        let words = ["xsms", "-g", "--device=/dev/my modem's", "", "$HOME;`id`"];
        let line = command_line(words);
        let script = format!("printf '[%s]' {line}");
        let said = Command::new("sh").arg("-c").arg(script).output().unwrap();
        let said = String::from_utf8(said.stdout).unwrap();
        assert_eq!(said, "[xsms][-g][--device=/dev/my modem's][][$HOME;`id`]");
        assert_eq!(command_line(["xnm", "-g"]), "xnm -g");
    }
}
