//! Listening to a gpsd.

use std::convert::Infallible;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use rustix::net::sockopt;

use super::super::clock::Moment;
use super::super::gpsd::{Address, Client, Message, Place};
use super::desk::{Desk, Ended, Woken};
use super::station::Arrival;

/// A host that does not answer within this is not there.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// A gpsd says who it is at once.
const GREETING_TIMEOUT: Duration = Duration::from_secs(5);

/// A connection to a gpsd.
enum Socket {
    Tcp(TcpStream),
    Unix(UnixStream),
}

impl AsFd for Socket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Self::Tcp(socket) => socket.as_fd(),
            Self::Unix(socket) => socket.as_fd(),
        }
    }
}

impl Socket {
    fn open(place: &Place) -> std::io::Result<Self> {
        let socket = match place {
            Place::Unix(path) => Self::Unix(UnixStream::connect(path)?),
            Place::Tcp { host, port } => Self::Tcp(connect(host, *port)?),
        };
        match &socket {
            Self::Tcp(socket) => {
                // A host that went away without a word is noticed within a minute.
                let _ = sockopt::set_socket_keepalive(socket, true);
                let _ = sockopt::set_tcp_keepidle(socket, Duration::from_secs(30));
                let _ = sockopt::set_tcp_keepintvl(socket, Duration::from_secs(10));
                let _ = sockopt::set_tcp_keepcnt(socket, 3);
                socket.set_nonblocking(true)?;
            }
            Self::Unix(socket) => socket.set_nonblocking(true)?,
        }
        Ok(socket)
    }

    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Tcp(socket) => socket.read(buffer),
            Self::Unix(socket) => socket.read(buffer),
        }
    }

    fn write_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        match self {
            Self::Tcp(socket) => socket.write_all(bytes),
            Self::Unix(socket) => socket.write_all(bytes),
        }
    }
}

/// The first of a host's addresses that answers.
fn connect(host: &str, port: u16) -> std::io::Result<TcpStream> {
    let mut last = std::io::Error::from(ErrorKind::NotFound);
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, CONNECT_TIMEOUT) {
            Ok(socket) => return Ok(socket),
            Err(error) => last = error,
        }
    }
    Err(last)
}

pub(super) fn listen(address: &Address, desk: &mut Desk) -> Result<Infallible, Ended> {
    let lost = |cause: &dyn std::fmt::Display| {
        Ended::Lost(format!(
            "no gpsd answers at {address}: {cause}; start gpsd or name another with --source"
        ))
    };
    desk.station.connecting(format!("gpsd {address}"));
    let mut socket = Socket::open(&address.place).map_err(|error| lost(&error))?;
    socket
        .write_all(Client::watch(address).as_bytes())
        .map_err(|error| lost(&error))?;
    let mut client = Client::default();
    let mut buffer = [0; 8192];
    loop {
        let timeout = (!desk.station.is_connected()).then_some(GREETING_TIMEOUT);
        if desk.wait(Some(socket.as_fd()), timeout)? == Woken::Time {
            return Err(lost(&"something else listens there"));
        }
        let count = match socket.read(&mut buffer) {
            Ok(0) => return Err(Ended::Lost(format!("gpsd at {address} has ended"))),
            Ok(count) => count,
            Err(error)
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) =>
            {
                continue;
            }
            Err(error) => return Err(lost(&error)),
        };
        let mut failed = None;
        client.push(buffer.get(..count).unwrap_or_default(), &mut |message| {
            take(message, address, desk, &mut failed);
        });
        if let Some(sentence) = failed {
            return Err(Ended::Lost(sentence));
        }
    }
}

fn take(message: Message, address: &Address, desk: &mut Desk, failed: &mut Option<String>) {
    let now = Moment::now();
    match message {
        Message::Version(_) => desk.station.connected(now),
        Message::Report(report) => {
            desk.absorb(*report, Arrival::Live);
            return;
        }
        Message::Receivers(list) if list.is_empty() => {
            let sentence = format!("gpsd at {address} has no receiver; plug one in");
            desk.station.receiver_gone(now, sentence);
        }
        Message::Receivers(list) => {
            desk.station.snapshot.receiver = Some(list.join(", "));
            desk.station.snapshot.error = None;
        }
        Message::Gone(path) => {
            let sentence = format!("the receiver {path} is gone; plug it in again");
            desk.station.receiver_gone(now, sentence);
        }
        Message::Error(text) => *failed = Some(format!("gpsd at {address} says: {text}")),
    }
    desk.publish();
}
