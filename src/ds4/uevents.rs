//! Hot-plug: the kernel's own announcements (uevents), and udev's, which come when the rights
//! are set.
//!
//! Any process may listen (`NETLINK_KOBJECT_UEVENT`, groups 1 and 2); nothing is asked and
//! nothing ticks. A message of the kernel is `add@/devices/…`, then `KEY=value` texts, each
//! ended by a zero byte; udev puts a binary header (`libudev`) before the same texts.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;

use rustix::net::{
    AddressFamily, RecvFlags, SocketFlags, SocketType, bind, netlink, recv, socket_with,
};

/// What a uevent is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A HID device, an input device, an LED, a battery or a hidraw device may have come, gone
    /// or changed.
    Ours,
    /// Anything else.
    Other,
}

/// A socket on which uevents come.
#[derive(Debug)]
pub struct Uevents {
    socket: OwnedFd,
}

impl Uevents {
    /// Listens to the kernel and udev, or at a socket of one's own.
    ///
    /// # Errors
    /// What the system says.
    pub fn listen(own: Option<&Path>) -> io::Result<Self> {
        let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
        let socket = match own {
            None => {
                let kind = SocketType::DGRAM;
                let protocol = Some(netlink::KOBJECT_UEVENT);
                let socket = socket_with(AddressFamily::NETLINK, kind, flags, protocol)?;
                bind(&socket, &netlink::SocketAddrNetlink::new(0, 1 | 2))?;
                socket
            }
            Some(path) => {
                let _ = std::fs::remove_file(path);
                let socket = socket_with(AddressFamily::UNIX, SocketType::DGRAM, flags, None)?;
                bind(&socket, &rustix::net::SocketAddrUnix::new(path)?)?;
                socket
            }
        };
        Ok(Self { socket })
    }

    /// Takes in all that has come; whether any of it may be about a pad. What was lost counts.
    #[must_use]
    pub fn take(&self) -> bool {
        let mut message = [0; 8192];
        let mut ours = false;
        loop {
            match recv(&self.socket, &mut message, RecvFlags::empty()) {
                Ok((length, _)) => {
                    let message = message.get(..length).unwrap_or_default();
                    ours |= kind(message) == Kind::Ours;
                }
                Err(rustix::io::Errno::INTR) => {}
                // Messages were dropped, since nobody read them in time.
                Err(rustix::io::Errno::NOBUFS) => ours = true,
                Err(_) => return ours,
            }
        }
    }
}

impl AsFd for Uevents {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

/// What a message is about, by its `SUBSYSTEM`.
#[must_use]
pub fn kind(message: &[u8]) -> Kind {
    // udev's header is told its own length by the fifth of its words.
    let texts = match (message.strip_prefix(b"libudev\0"), message.get(16..20)) {
        (Some(_), Some(at)) => {
            let at = at.try_into().map_or(0, u32::from_ne_bytes);
            message.get(at as usize..).unwrap_or_default()
        }
        _ => message,
    };
    let subsystem = texts
        .split(|byte| *byte == 0)
        .find_map(|text| text.strip_prefix(b"SUBSYSTEM="));
    match subsystem {
        Some(b"hid" | b"input" | b"leds" | b"power_supply" | b"hidraw") => Kind::Ours,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_the_kernel_and_of_udev_are_told_apart_by_their_subsystem() {
        let udev = |text: &str| {
            let mut message = b"libudev\0\xfe\xed\xca\xfe".to_vec();
            for word in [40_u32, 40, text.len() as u32, 1, 2, 3, 0x4142_4344] {
                message.extend(word.to_ne_bytes());
            }
            message.extend(text.bytes());
            message
        };
        let table: [(Vec<u8>, Kind); 6] = [
            (
                b"add@/x\0ACTION=add\0SUBSYSTEM=hid\0SEQNUM=1\0".to_vec(),
                Kind::Ours,
            ),
            (b"change@/x\0SUBSYSTEM=inputs\0".to_vec(), Kind::Other),
            (udev("SUBSYSTEM=input\0ACTION=add\0"), Kind::Ours),
            (udev("ACTION=add\0SUBSYSTEM=net\0"), Kind::Other),
            (
                b"libudev\0\xfe\xed\xca\xfe\0\0\0\0\xff\xff\xff\xff".to_vec(),
                Kind::Other,
            ),
            (Vec::new(), Kind::Other),
        ];
        for (message, what) in table {
            assert_eq!(kind(&message), what, "{}", message.escape_ascii());
        }
    }

    #[test]
    fn the_kernels_socket_can_be_listened_to_by_anyone() {
        let uevents = Uevents::listen(None).unwrap();
        let _ = uevents.take();
    }
}
