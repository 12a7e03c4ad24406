//! RTS and DTR of a serial port, each through a transistor or an optocoupler to the camera.
//!
//! What the kernel does with these lines, and what is done about it:
//!
//! - *At open* it raises both, before a program can say anything: for a few microseconds at a
//!   port of the machine, for one or two milliseconds at a USB adapter. A camera sees a press of
//!   that length at most as a touch; whoever cannot have it uses `active=low`, where raised lines
//!   are let go ones. It does so only at a port with a speed, so the port is left at speed 0
//!   (`B0`), which stays until it is unplugged: only the first open presses.
//! - *At close*, also after `kill -9`, it lowers both where `HUPCL` is set: it is for lines that are
//!   active high, so that nothing stays pressed, and it is not for `active=low`.
//! - *When the adapter loses its power* it does what its maker thought of.

use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::time::Duration;

use rustix::fs::{FlockOperation, Mode, OFlags};
use rustix::ioctl::{Setter, ioctl};
use rustix::termios::{ControlModes, OptionalActions};

use super::wish::Signal;
use super::{Device, ReleaseError};
use crate::at::port;

/// Lines of a port that is ours alone.
pub struct SerialLine {
    lines: Lines,
    name: String,
    shutter: Signal,
    focus: Option<Signal>,
}

/// The port, with what a pressed line is.
struct Lines {
    fd: OwnedFd,
    active_low: bool,
}

impl SerialLine {
    /// Takes the port; both lines are inactive from then on.
    ///
    /// # Errors
    /// Where it is not there, is in use, may not be used, or has no such lines.
    pub fn take(
        path: &Path,
        shutter: Signal,
        focus: Option<Signal>,
        active_low: bool,
    ) -> Result<Self, ReleaseError> {
        let name = path.display().to_string();
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let fd = rustix::fs::open(path, flags, Mode::empty())
            .map_err(|errno| refusal(path, errno.into()))?;
        if port::is_taken(&fd, path)
            || rustix::fs::flock(&fd, FlockOperation::NonBlockingLockExclusive).is_err()
        {
            return Err(busy(path));
        }
        let lines = Lines { fd, active_low };
        let failed = |error: io::Error| ReleaseError::Failed {
            name: name.clone(),
            reason: match error.raw_os_error() {
                // ENOTTY, EINVAL: a pseudo-terminal, or no terminal.
                Some(25 | 22) => format!("it has no line {shutter}"),
                _ => error.to_string(),
            },
        };
        lines.let_go().map_err(failed)?;
        rustix::termios::ioctl_tiocexcl(&lines.fd).map_err(|errno| failed(errno.into()))?;
        lines.settle().map_err(failed)?;
        // Some drivers raise a line again when a setting changes.
        lines.let_go().map_err(failed)?;
        Ok(Self {
            name: format!("{name} ({shutter})"),
            lines,
            shutter,
            focus,
        })
    }

    fn press(&self, signal: Signal, pressed: bool) -> Result<(), ReleaseError> {
        self.lines
            .press(bit(signal), pressed)
            .map_err(|error| ReleaseError::Failed {
                name: self.name.clone(),
                reason: error.to_string(),
            })
    }
}

impl Device for SerialLine {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn focus(&mut self, pressed: bool) -> Result<(), ReleaseError> {
        self.focus
            .map_or(Ok(()), |signal| self.press(signal, pressed))
    }

    fn open(&mut self, _: Duration) -> Result<(), ReleaseError> {
        self.press(self.shutter, true)
    }

    fn close(&mut self) -> Result<(), ReleaseError> {
        self.press(self.shutter, false)
    }
}

impl Drop for SerialLine {
    fn drop(&mut self) {
        let _ = self.lines.let_go();
    }
}

// Of `asm-generic/ioctls.h` and `termios.h`.
const TIOCMBIS: rustix::ioctl::Opcode = 0x5416;
const TIOCMBIC: rustix::ioctl::Opcode = 0x5417;
const TIOCM_DTR: i32 = 0x002;
const TIOCM_RTS: i32 = 0x004;

fn bit(signal: Signal) -> i32 {
    match signal {
        Signal::Rts => TIOCM_RTS,
        Signal::Dtr => TIOCM_DTR,
    }
}

impl Lines {
    /// Both, in one step: also the one that nothing is known to be at.
    fn let_go(&self) -> io::Result<()> {
        self.press(TIOCM_RTS | TIOCM_DTR, false)
    }

    fn press(&self, bits: i32, pressed: bool) -> io::Result<()> {
        let raised = pressed != self.active_low;
        // SAFETY: both requests read one int at the pointer, which the setter passes.
        #[allow(unsafe_code)]
        let done = unsafe {
            if raised {
                ioctl(&self.fd, Setter::<TIOCMBIS, i32>::new(bits))
            } else {
                ioctl(&self.fd, Setter::<TIOCMBIC, i32>::new(bits))
            }
        };
        done.map_err(io::Error::from)
    }

    /// What the kernel is to do at the next open and at close.
    fn settle(&self) -> io::Result<()> {
        let mut settings = rustix::termios::tcgetattr(&self.fd)?;
        settings.make_raw();
        settings.control_modes |= ControlModes::CLOCAL;
        settings
            .control_modes
            .set(ControlModes::HUPCL, !self.active_low);
        // The kernel would move RTS by itself.
        settings.control_modes.remove(ControlModes::CRTSCTS);
        settings.set_speed(if self.active_low { 9600 } else { 0 })?;
        rustix::termios::tcsetattr(&self.fd, OptionalActions::Now, &settings)?;
        Ok(())
    }
}

fn refusal(path: &Path, error: io::Error) -> ReleaseError {
    let name = path.display().to_string();
    match error.kind() {
        io::ErrorKind::ResourceBusy => busy(path),
        io::ErrorKind::PermissionDenied => ReleaseError::Forbidden {
            name,
            remedy: "add its user to the group dialout".to_owned(),
        },
        io::ErrorKind::NotFound => ReleaseError::Absent {
            name,
            remedy: "plug the adapter in, or name another port".to_owned(),
        },
        _ => match error.raw_os_error() {
            // ENXIO, ENODEV: a node whose device is gone.
            Some(6 | 19) => ReleaseError::Absent {
                name,
                remedy: "plug the adapter in, or name another port".to_owned(),
            },
            _ => ReleaseError::Failed {
                name,
                reason: error.to_string(),
            },
        },
    }
}

fn busy(path: &Path) -> ReleaseError {
    ReleaseError::Busy {
        name: path.display().to_string(),
        holder: port::holder(path).map_or_else(|| "another program".to_owned(), |h| h.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(path: &Path) -> String {
        let taken = SerialLine::take(path, Signal::Rts, None, false);
        taken.err().unwrap().to_string()
    }

    #[test]
    fn a_port_that_cannot_be_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let absent = folder.path().join("ttyUSB7");
        assert_eq!(
            refused(&absent),
            format!(
                "{} is not there; plug the adapter in, or name another port",
                absent.display()
            )
        );
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        assert!(refused(&file).ends_with("it has no line RTS"));
    }

    #[test]
    fn a_pseudo_terminal_has_no_lines() {
        let master = rustix::pty::openpt(rustix::pty::OpenptFlags::RDWR).unwrap();
        rustix::pty::grantpt(&master).unwrap();
        rustix::pty::unlockpt(&master).unwrap();
        let name = rustix::pty::ptsname(&master, Vec::new()).unwrap();
        let name = name.into_string().unwrap();
        assert_eq!(
            refused(Path::new(&name)),
            format!("{name} failed: it has no line RTS")
        );
    }
}
