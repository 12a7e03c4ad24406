//! What a supervisor hears of the service, in systemd's words.

use std::io::{self, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};

use rustix::net::sockopt::set_socket_passcred;
use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};
use rustix::process::Pid;

/// Messages that are looked at before anything else is seen to.
const AT_ONCE: usize = 64;

/// The socket at which a service says that it is ready, and that it is alive.
pub struct Ears {
    socket: UnixDatagram,
    address: String,
    /// Who watches over us.
    above: Option<SocketAddr>,
}

impl Ears {
    pub fn open() -> io::Result<Self> {
        let name = format!("barpop-xshutter-{}", std::process::id());
        let own = SocketAddr::from_abstract_name(&name)?;
        let socket = UnixDatagram::bind_addr(&own)?;
        socket.set_nonblocking(true)?;
        // Every user of the machine can write to it: the kernel says who did.
        set_socket_passcred(&socket, true)?;
        let above = std::env::var("NOTIFY_SOCKET").ok();
        let above = above.and_then(|above| match above.strip_prefix('@') {
            Some(name) => SocketAddr::from_abstract_name(name).ok(),
            None => SocketAddr::from_pathname(above).ok(),
        });
        Ok(Self {
            socket,
            address: format!("@{name}"),
            above,
        })
    }

    /// As `NOTIFY_SOCKET` has it.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Whether this service says that it is alive, since this was asked. What others say is
    /// neither believed nor handed on.
    pub fn hear(&self, service: Pid) -> bool {
        let mut alive = false;
        let mut bytes = [0; 4096];
        for _ in 0..AT_ONCE {
            let Ok((count, from)) = self.next(&mut bytes) else {
                break;
            };
            if from != Some(service) {
                continue;
            }
            let said = bytes.get(..count).unwrap_or_default();
            alive |= said
                .split(|byte| *byte == b'\n')
                .any(|line| line == b"WATCHDOG=1");
            if let Some(above) = &self.above {
                let _ = self.socket.send_to_addr(said, above);
            }
        }
        alive
    }

    /// The length of the next message, and which process sent it.
    fn next(&self, bytes: &mut [u8]) -> io::Result<(usize, Option<Pid>)> {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmCredentials(1))];
        let mut beside = RecvAncillaryBuffer::new(&mut space);
        let mut parts = [IoSliceMut::new(bytes)];
        let got = recvmsg(
            &self.socket,
            &mut parts,
            &mut beside,
            RecvFlags::CMSG_CLOEXEC,
        )?;
        let from = beside.drain().find_map(|message| match message {
            RecvAncillaryMessage::ScmCredentials(sender) => Some(sender.pid),
            _ => None,
        });
        Ok((got.bytes, from))
    }
}

impl AsFd for Ears {
    /// Readable when it said something.
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}
