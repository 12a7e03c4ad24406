//! A serial port for one process alone.
//!
//! Two programs on one AT port take each other's answers, so the port is taken with `flock` and
//! `TIOCEXCL`, and who already has it is named.

use std::fs;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{Mode, OFlags};
use serialport::TTYPort;

use super::session::Port;

/// A process that has the port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its name (`comm`, at most 15 characters).
    pub name: String,
    /// Its process id.
    pub pid: u32,
}

impl Holder {
    /// Whether it is one of our own programs, with which the store is shared.
    #[must_use]
    pub fn is_barpop(&self) -> bool {
        // Some distributions start a program by a wrapper and rename it.
        let name = self
            .name
            .trim_start_matches('.')
            .trim_end_matches("-wrapped");
        matches!(name, "xsms" | "barpop")
    }
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.name, self.pid)
    }
}

/// Why a port could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no such device.
    #[error("there is no modem at '{0}'; plug it in or name another port with -d")]
    Absent(PathBuf),
    /// Somebody else has it.
    #[error("port '{path}' is held by {}; stop it or name another port with -d",
        .holder.as_ref().map_or_else(|| "another program".to_owned(), ToString::to_string))]
    Busy {
        /// The port.
        path: PathBuf,
        /// Who, where it can be told.
        holder: Option<Holder>,
    },
    /// The person may not open it.
    #[error("no permission to open '{0}'; add yourself to its group (usually dialout)")]
    Forbidden(PathBuf),
    /// It is no serial port, or fails.
    #[error("cannot open '{path}' as a serial port: {reason}")]
    Unusable {
        /// The port.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
}

/// A serial port that no other process can open while we have it.
pub struct SerialPort {
    tty: TTYPort,
    /// The same device once more, to be waited on: `TTYPort` lends no descriptor.
    waiter: OwnedFd,
}

impl SerialPort {
    /// Opens `path` at `baud` symbols a second, 8N1, raw, for this process alone.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(path: &Path, baud: u32) -> Result<Self, OpenError> {
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let waiter = rustix::fs::open(path, flags, Mode::empty())
            .map_err(|errno| open_error(path, errno.into()))?;
        if is_taken(&waiter, path) {
            // A privileged process could open it all the same, and would take answers away.
            return Err(busy(path));
        }
        let builder = serialport::new(path.to_string_lossy(), baud);
        let tty = TTYPort::open(&builder).map_err(|error| match error.kind() {
            serialport::ErrorKind::NoDevice => busy(path),
            serialport::ErrorKind::Io(kind) => open_error(path, io::Error::new(kind, error)),
            _ => OpenError::Unusable {
                path: path.to_owned(),
                reason: error.description,
            },
        })?;
        Ok(Self { tty, waiter })
    }
}

impl AsFd for SerialPort {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.waiter.as_fd()
    }
}

impl Read for SerialPort {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.tty.read(buffer)
    }
}

impl Write for SerialPort {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.tty.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        // `TTYPort::flush` waits until the last bit is out (tcdrain), which on a pty can be long;
        // the answer tells soon enough that the modem has it all.
        Ok(())
    }
}

impl Port for SerialPort {
    fn set_timeout(&mut self, timeout: Duration) -> io::Result<()> {
        serialport::SerialPort::set_timeout(&mut self.tty, timeout).map_err(io::Error::from)
    }
}

fn open_error(path: &Path, error: io::Error) -> OpenError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => OpenError::Absent(path),
        io::ErrorKind::PermissionDenied => OpenError::Forbidden(path),
        io::ErrorKind::ResourceBusy | io::ErrorKind::WouldBlock => busy(&path),
        _ => match error.raw_os_error() {
            // ENXIO, ENODEV: a device node whose device is gone. EIO: a pty without its master.
            Some(5 | 6 | 19) => OpenError::Absent(path),
            _ => OpenError::Unusable {
                path,
                reason: error.to_string(),
            },
        },
    }
}

fn busy(path: &Path) -> OpenError {
    OpenError::Busy {
        path: path.to_owned(),
        holder: holder(path),
    }
}

/// Whether somebody has it with `TIOCEXCL`, which a privileged process is not stopped by. Nobody may
/// be behind the flag: a pseudo-terminal keeps it when the process that set it is killed.
#[must_use]
pub fn is_taken(fd: &OwnedFd, path: &Path) -> bool {
    is_exclusive(fd) && holder(path).is_some()
}

fn is_exclusive(fd: &OwnedFd) -> bool {
    /// `TIOCGEXCL` of `asm-generic/ioctls.h`: `_IOR('T', 0x40, int)`.
    const TIOCGEXCL: rustix::ioctl::Opcode =
        rustix::ioctl::opcode::read::<rustix::ffi::c_int>(b'T', 0x40);
    // SAFETY: the request only writes one int, which is the getter's output.
    #[allow(unsafe_code)]
    let exclusive = unsafe {
        let request = rustix::ioctl::Getter::<TIOCGEXCL, rustix::ffi::c_int>::new();
        rustix::ioctl::ioctl(fd, request)
    };
    exclusive.is_ok_and(|flag| flag != 0)
}

/// The other process that has this device open and locked, as far as `/proc` shows.
///
/// A process that holds the `flock` is preferred to one that merely has the device open.
#[must_use]
pub fn holder(path: &Path) -> Option<Holder> {
    let device = fs::metadata(path).ok()?;
    locker(&device).or_else(|| opener(device.rdev()))
}

/// Who has a `flock` on this inode, from `/proc/locks`:
/// `1: FLOCK  ADVISORY  WRITE 812 00:15:3 0 EOF`.
fn locker(device: &fs::Metadata) -> Option<Holder> {
    let locks = fs::read_to_string("/proc/locks").ok()?;
    let own = std::process::id();
    locks.lines().find_map(|line| {
        let mut fields = line.split_ascii_whitespace().skip(1);
        if fields.next()? != "FLOCK" {
            return None;
        }
        let pid: u32 = fields.nth(2)?.parse().ok()?;
        let id = fields.next()?;
        // Device numbers in hexadecimal, the inode in decimal.
        let mut id = id.split(':');
        let major = u32::from_str_radix(id.next()?, 16).ok()?;
        let minor = u32::from_str_radix(id.next()?, 16).ok()?;
        let inode: u64 = id.next()?.parse().ok()?;
        let same = rustix::fs::makedev(major, minor) == device.dev() && inode == device.ino();
        (same && pid != own).then(|| named(pid)).flatten()
    })
}

fn opener(rdev: u64) -> Option<Holder> {
    let own = std::process::id();
    let pids = fs::read_dir("/proc").ok()?.flatten();
    let mut pids: Vec<u32> = pids
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect();
    pids.retain(|pid| *pid != own);
    pids.into_iter().find_map(|pid| {
        let open = fs::read_dir(format!("/proc/{pid}/fd")).ok()?.flatten();
        let has = open
            .filter_map(|entry| fs::metadata(entry.path()).ok())
            .any(|file| {
                // A number of its own: ordinary files all have 0.
                file.rdev() == rdev && rdev != 0
            });
        if has { named(pid) } else { None }
    })
}

fn named(pid: u32) -> Option<Holder> {
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
    Some(Holder {
        name: name.trim_end().to_owned(),
        pid,
    })
}
