//! Where the simulated modem is plugged in: a pseudo-terminal with a stable link, or an abstract
//! socket, which is what ModemManager's test profiles open; or a serial line that leads to the
//! programs, as the inner side of a USB gadget does.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::{fs, io};

use rustix::fs::{Mode, OFlags, fcntl_setfl};
use rustix::io::Errno;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{
    OptionalActions, QueueSelector, ioctl_tiocnxcl, tcflush, tcgetattr, tcsetattr,
};

/// Why a port cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PortError {
    /// The system gave no pseudo-terminal.
    #[error("cannot make a pseudo-terminal: {0}")]
    Terminal(io::Error),
    /// The link cannot be made.
    #[error("cannot make the link '{path}': {source}")]
    Link {
        /// Where it should be.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something that is no link has that name.
    #[error("'{0}' exists and is no symbolic link; give another path to --link")]
    InTheWay(PathBuf),
    /// The serial line cannot be opened.
    #[error("cannot open the serial line '{path}': {source}")]
    Serial {
        /// Its device.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The socket cannot be made.
    #[error("cannot listen on the abstract socket '{name}': {source}")]
    Socket {
        /// Its name, without the leading NUL.
        name: String,
        /// What the system said.
        source: io::Error,
    },
}

/// What to plug the modem into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Port {
    /// A pseudo-terminal. With a path, a symbolic link of that name points to it while the modem
    /// is plugged in; its place in `/dev/pts` changes with every plugging.
    Terminal(Option<PathBuf>),
    /// An abstract stream socket of this name.
    AbstractSocket(String),
    /// A serial line whose other end the programs open: the inner side of a USB gadget
    /// (`/dev/ttyGS0`, whose other end is `/dev/ttyACM0`), or a cable to another computer.
    Serial(PathBuf),
}

/// What reading gave.
pub(super) enum Got {
    Bytes(Vec<u8>),
    /// Nothing now.
    Nothing,
    /// The program on the other side closed it.
    HungUp,
    /// The cable was pulled, and with it the modem's power.
    PulledOut,
}

/// A port that is plugged in.
pub(super) enum Plugged {
    Terminal(Terminal),
    Socket {
        listener: UnixListener,
        stream: Option<UnixStream>,
        name: String,
    },
    Serial {
        line: OwnedFd,
        path: PathBuf,
    },
}

/// The master side of a pseudo-terminal.
///
/// Our own slave side is open while no program has the terminal open: a master without any slave
/// reports a hang-up for ever. It is closed when a program is heard, so that its leaving is seen.
pub(super) struct Terminal {
    master: OwnedFd,
    slave: Option<OwnedFd>,
    path: PathBuf,
    link: Option<PathBuf>,
}

impl Plugged {
    pub fn new(port: &Port) -> Result<Self, PortError> {
        match port {
            Port::Terminal(link) => {
                let terminal = Terminal::open(link.clone()).map_err(PortError::Terminal)?;
                terminal.make_link()?;
                Ok(Self::Terminal(terminal))
            }
            Port::AbstractSocket(name) => {
                let failed = |source| PortError::Socket {
                    name: name.clone(),
                    source,
                };
                let address = SocketAddr::from_abstract_name(name).map_err(failed)?;
                let listener = UnixListener::bind_addr(&address).map_err(failed)?;
                listener.set_nonblocking(true).map_err(failed)?;
                Ok(Self::Socket {
                    listener,
                    stream: None,
                    name: name.clone(),
                })
            }
            Port::Serial(path) => Ok(Self::Serial {
                line: open_serial(path).map_err(|source| PortError::Serial {
                    path: path.clone(),
                    source,
                })?,
                path: path.clone(),
            }),
        }
    }

    /// What a program opens; of a serial line, the modem's own end.
    pub fn path(&self) -> PathBuf {
        match self {
            Self::Terminal(terminal) => terminal.link.as_ref().unwrap_or(&terminal.path).clone(),
            Self::Socket { name, .. } => PathBuf::from(name),
            Self::Serial { path, .. } => path.clone(),
        }
    }

    /// What to wait on for input.
    pub fn fd(&self) -> BorrowedFd<'_> {
        match self {
            Self::Terminal(terminal) => terminal.master.as_fd(),
            Self::Socket {
                stream: Some(stream),
                ..
            } => stream.as_fd(),
            Self::Socket { listener, .. } => listener.as_fd(),
            Self::Serial { line, .. } => line.as_fd(),
        }
    }

    /// Whether a program is known to be there. Without one, what the modem says is lost. A serial
    /// line does not tell.
    pub fn connected(&self) -> bool {
        match self {
            Self::Terminal(terminal) => terminal.slave.is_none(),
            Self::Socket { stream, .. } => stream.is_some(),
            Self::Serial { .. } => true,
        }
    }

    pub fn read(&mut self) -> Got {
        let mut buffer = [0; 4096];
        let result = match self {
            Self::Terminal(terminal) => rustix::io::read(&terminal.master, &mut buffer),
            Self::Socket {
                stream: Some(stream),
                ..
            } => rustix::io::read(&*stream, &mut buffer),
            Self::Socket {
                listener, stream, ..
            } => {
                if let Ok((accepted, _)) = listener.accept()
                    && accepted.set_nonblocking(true).is_ok()
                {
                    *stream = Some(accepted);
                }
                return Got::Nothing;
            }
            Self::Serial { line, .. } => rustix::io::read(&*line, &mut buffer),
        };
        match result {
            Ok(0) | Err(Errno::IO) if matches!(self, Self::Serial { .. }) => Got::PulledOut,
            Ok(0) => Got::HungUp,
            Ok(count) => {
                if let Self::Terminal(terminal) = self {
                    terminal.slave = None;
                }
                Got::Bytes(buffer.get(..count).unwrap_or_default().to_vec())
            }
            Err(Errno::AGAIN | Errno::INTR) => Got::Nothing,
            Err(_) => Got::HungUp,
        }
    }

    /// Writes what goes; returns how many bytes went. 0 where the program does not read.
    pub fn write(&mut self, bytes: &[u8]) -> usize {
        match self {
            Self::Terminal(terminal) => rustix::io::write(&terminal.master, bytes).unwrap_or(0),
            Self::Socket {
                stream: Some(stream),
                ..
            } => rustix::io::write(&*stream, bytes).unwrap_or(0),
            Self::Socket { .. } => 0,
            Self::Serial { line, .. } => rustix::io::write(&*line, bytes).unwrap_or(0),
        }
    }

    /// The program left, or the cable was pulled: makes the port ready for the next one.
    pub fn hung_up(&mut self) -> Result<(), PortError> {
        match self {
            Self::Socket { stream, .. } => *stream = None,
            // The old file is dead after a hang-up; the new one waits for the next plugging.
            Self::Serial { line, path } => {
                *line = open_serial(path).map_err(|source| PortError::Serial {
                    path: path.clone(),
                    source,
                })?;
            }
            Self::Terminal(terminal) => {
                if terminal.take_back().is_err() {
                    // Left in exclusive use (TIOCEXCL), and we are not root: a new terminal.
                    let link = terminal.link.clone();
                    *terminal = Terminal::open(link).map_err(PortError::Terminal)?;
                    terminal.make_link()?;
                }
            }
        }
        Ok(())
    }
}

/// Opens a serial line raw, so that neither end echoes what the other says.
fn open_serial(path: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let line = rustix::fs::open(path, flags, Mode::empty())?;
    let mut settings = tcgetattr(&line)?;
    settings.make_raw();
    tcsetattr(&line, OptionalActions::Now, &settings)?;
    Ok(line)
}

impl Terminal {
    fn open(link: Option<PathBuf>) -> io::Result<Self> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let name = ptsname(&master, Vec::new())?;
        let path = PathBuf::from(name.to_string_lossy().into_owned());
        fcntl_setfl(&master, OFlags::NONBLOCK)?;
        let mut terminal = Self {
            master,
            slave: None,
            path,
            link,
        };
        terminal.take_back()?;
        Ok(terminal)
    }

    /// Opens the slave side ourselves and makes it as a fresh serial port is.
    fn take_back(&mut self) -> io::Result<()> {
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let slave = rustix::fs::open(&self.path, flags, Mode::empty())?;
        ioctl_tiocnxcl(&slave)?;
        let mut settings = tcgetattr(&slave)?;
        settings.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &settings)?;
        // What the modem said to nobody; what a program may have written meanwhile stays.
        tcflush(&slave, QueueSelector::IFlush)?;
        self.slave = Some(slave);
        Ok(())
    }

    fn make_link(&self) -> Result<(), PortError> {
        let Some(link) = &self.link else {
            return Ok(());
        };
        if fs::symlink_metadata(link).is_ok_and(|found| !found.is_symlink()) {
            return Err(PortError::InTheWay(link.clone()));
        }
        let mut fresh = link.clone().into_os_string();
        fresh.push(".new");
        let failed = |source| PortError::Link {
            path: link.clone(),
            source,
        };
        let _ = fs::remove_file(&fresh);
        symlink(&self.path, Path::new(&fresh)).map_err(failed)?;
        fs::rename(&fresh, link).map_err(failed)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let Some(link) = &self.link
            && fs::read_link(link).is_ok_and(|target| target == self.path)
        {
            let _ = fs::remove_file(link);
        }
    }
}
