//! Secrets from the person: typed on the terminal without being shown, from a file that nobody
//! else can read, or from standard input. Never from the command line, which everybody can see.

use std::fs::File;
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::path::Path;

use rustix::termios::{self, LocalModes, OptionalActions, SpecialCodeIndex, Termios};
use zeroize::Zeroizing;

use super::ActionError;
use crate::config::is_open;
use crate::secret::Secret;

/// Longest secret that is read, in bytes.
const LONGEST: u64 = 4096;

/// Whether there is a person at a terminal to be asked.
pub(super) fn can_ask() -> bool {
    io::stdin().is_terminal()
}

/// Asks on the terminal, or reads a line of standard input where that is none.
///
/// # Errors
/// When it cannot be read, or the person gave up (Ctrl-C, Ctrl-D).
pub(super) fn ask(question: &str) -> Result<Secret, ActionError> {
    if !can_ask() {
        return line_of_input();
    }
    let mut terminal = File::options().read(true).write(true).open("/dev/tty")?;
    write!(terminal, "{question}: ")?;
    terminal.flush()?;
    let typed = {
        let quiet = Quiet::new(&terminal)?;
        read_line(&mut &terminal, &quiet)
    };
    writeln!(terminal)?;
    typed?.ok_or_else(|| ActionError::Sentence("given up; nothing was changed".to_owned()))
}

/// The secret in a file, or with `-` the first line of standard input. One line break at its end
/// is not part of it.
///
/// # Errors
/// When it cannot be read, or others can read it too.
pub(super) fn from_file(path: &Path) -> Result<Secret, ActionError> {
    if path == Path::new("-") {
        return line_of_input();
    }
    let unreadable =
        |cause| ActionError::Usage(format!("cannot read '{}': {cause}", path.display()));
    let file = File::open(path).map_err(unreadable)?;
    if is_open(&file) {
        return Err(ActionError::Usage(format!(
            "'{}' can be read by others; run 'chmod 600' on it",
            path.display()
        )));
    }
    let mut text = Zeroizing::new(String::new());
    file.take(LONGEST)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    Ok(Secret::new(without_break(&text)))
}

fn line_of_input() -> Result<Secret, ActionError> {
    let mut text = Zeroizing::new(String::new());
    io::stdin().lock().take(LONGEST).read_line(&mut text)?;
    Ok(Secret::new(without_break(&text)))
}

fn without_break(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

/// A terminal that shows nothing of what is typed, and hands over every key at once: were Ctrl-C
/// a signal, the shell would find a terminal without echo.
struct Quiet<'a> {
    terminal: &'a File,
    before: Termios,
}

impl<'a> Quiet<'a> {
    fn new(terminal: &'a File) -> io::Result<Self> {
        let before = termios::tcgetattr(terminal)?;
        let mut quiet = before.clone();
        quiet.local_modes -=
            LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG;
        quiet.special_codes[SpecialCodeIndex::VMIN] = 1;
        quiet.special_codes[SpecialCodeIndex::VTIME] = 0;
        termios::tcsetattr(terminal, OptionalActions::Flush, &quiet)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Quiet<'_> {
    fn drop(&mut self) {
        let _ = termios::tcsetattr(self.terminal, OptionalActions::Flush, &self.before);
    }
}

/// Reads keys up to Enter; `None` when the person gave up.
fn read_line(terminal: &mut impl Read, _: &Quiet<'_>) -> Result<Option<Secret>, ActionError> {
    let mut typed = Zeroizing::new(Vec::new());
    let mut key = [0];
    loop {
        let [byte] = match terminal.read(&mut key)? {
            0 => return Ok(None),
            _ => key,
        };
        match byte {
            b'\r' | b'\n' => break,
            // Ctrl-C, and Ctrl-D on an empty line.
            0x03 => return Ok(None),
            0x04 if typed.is_empty() => return Ok(None),
            // Backspace takes a whole character, Ctrl-U all of them.
            0x08 | 0x7f => while typed.pop().is_some_and(|byte| byte & 0xc0 == 0x80) {},
            0x15 => typed.clear(),
            _ if typed.len() as u64 >= LONGEST => {}
            byte => typed.push(byte),
        }
    }
    let text = std::str::from_utf8(&typed)
        .map_err(|_| ActionError::Sentence("what was typed is no UTF-8 text".to_owned()))?;
    Ok(Some(Secret::new(text)))
}
