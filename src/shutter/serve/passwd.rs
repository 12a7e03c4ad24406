//! `xshutter passwd`: a password is typed, its hash is printed.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::Signal;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

use crate::secret::Secret;
use crate::shutter::safe::Signals;
use crate::shutter::server::password::{self, PasswordError};

/// Why there is no hash.
#[derive(Debug, thiserror::Error)]
pub enum PasswdError {
    /// The two that were typed differ.
    #[error("the two passwords differ; try again")]
    Differ,
    /// It is not taken.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// It cannot be read, or the hash not be written.
    #[error("cannot ask for the password: {0}")]
    Io(#[from] io::Error),
}

/// Asks twice at the terminal, else reads one line of standard input, and writes what goes into
/// the configuration.
///
/// # Errors
/// See [`PasswdError`].
pub fn run(out: &mut dyn Write) -> Result<(), PasswdError> {
    let password = if io::stdin().is_terminal() {
        let mut signals = Signals::catch()?;
        let first = typed("Password: ", &mut signals)?;
        if first != typed("Once more: ", &mut signals)? {
            return Err(PasswdError::Differ);
        }
        first
    } else {
        line(&mut io::stdin().lock())?
    };
    let hash = password::hash(&password)?;
    writeln!(out, "[shutter.serve]\npassword_hash = \"{hash}\"")?;
    Ok(())
}

fn line(from: &mut dyn BufRead) -> io::Result<Secret> {
    let mut text = Zeroizing::new(String::new());
    from.read_line(&mut text)?;
    Ok(Secret::new(text.trim_end_matches(['\r', '\n'])))
}

/// Asks at the terminal, which does not show what is typed. Who gives up (Ctrl-C) finds it as it
/// was: the process ends by the signal only then.
fn typed(question: &str, signals: &mut Signals) -> io::Result<Secret> {
    let mut terminal = File::options().read(true).write(true).open("/dev/tty")?;
    let quiet = Quiet::begin(&terminal)?;
    write!(terminal, "{question}")?;
    terminal.flush()?;
    let given_up = wait(&terminal, signals)?;
    let answer = match given_up {
        None => line(&mut BufReader::new(&terminal)),
        Some(_) => Err(io::ErrorKind::Interrupted.into()),
    };
    drop(quiet);
    writeln!(terminal)?;
    if let Some(signal) = given_up {
        signal_hook::low_level::emulate_default_handler(signal.as_raw())?;
    }
    answer
}

/// Waits until a line is typed; the signal that came before.
fn wait(terminal: &File, signals: &mut Signals) -> io::Result<Option<Signal>> {
    loop {
        let mut fds = [
            PollFd::new(terminal, PollFlags::IN),
            PollFd::new(&*signals, PollFlags::IN),
        ];
        match poll(&mut fds, None) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(errno) => return Err(errno.into()),
        }
        let typed = fds.first().is_some_and(|fd| !fd.revents().is_empty());
        match signals.take() {
            Some(signal) => return Ok(Some(signal)),
            None if typed => return Ok(None),
            None => {}
        }
    }
}

/// A terminal without echo, until it is dropped.
struct Quiet {
    terminal: File,
    before: Termios,
}

impl Quiet {
    fn begin(terminal: &File) -> io::Result<Self> {
        let terminal = terminal.try_clone()?;
        let before = tcgetattr(&terminal)?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        tcsetattr(&terminal, OptionalActions::Flush, &quiet)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let _ = tcsetattr(&self.terminal, OptionalActions::Flush, &self.before);
    }
}
