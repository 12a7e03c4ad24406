//! The connection to a service: the kernel asks now and then whether the other side is still there
//! (TCP keep-alive), so that nobody has to be woken for it.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use rustix::net::sockopt;
use ureq::Error;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, ShutdownHandle, Transport,
};

/// After so long without a word the other side is asked, every so often, and is gone when it did
/// not answer so many times: fifty seconds in all.
const ASK_AFTER: Duration = Duration::from_secs(20);
const ASK_EVERY: Duration = Duration::from_secs(10);
const ASKED: u32 = 3;
/// The least time that an address is given.
const LEAST: Duration = Duration::from_millis(10);

/// Opens such connections.
#[derive(Debug)]
pub struct Wires;

impl Connector for Wires {
    type Out = Wire;

    fn connect(&self, about: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Wire>, Error> {
        let limit = about
            .timeout
            .not_zero()
            .map_or(super::CONNECT, |time| *time);
        let until = Instant::now() + limit.min(super::CONNECT);
        let mut why = Error::HostNotFound;
        let mut left: u32 = about.addrs.iter().map(|_| 1).sum();
        for address in &about.addrs {
            let time = until.saturating_duration_since(Instant::now()) / left.max(1);
            left = left.saturating_sub(1);
            let stream = match TcpStream::connect_timeout(address, time.max(LEAST)) {
                Ok(stream) => Arc::new(stream),
                Err(error) => {
                    why = error.into();
                    continue;
                }
            };
            let _ = stream.set_nodelay(true);
            watch_over(&stream)?;
            let handle: Weak<dyn ShutdownHandle> = Arc::downgrade(&stream) as _;
            (about.register_shutdown)(handle)?;
            let (input, output) = (
                about.config.input_buffer_size(),
                about.config.output_buffer_size(),
            );
            let buffers = LazyBuffers::new(input, output);
            return Ok(Some(Wire { stream, buffers }));
        }
        Err(why)
    }
}

fn watch_over(stream: &TcpStream) -> io::Result<()> {
    sockopt::set_socket_keepalive(stream, true)?;
    sockopt::set_tcp_keepidle(stream, ASK_AFTER)?;
    sockopt::set_tcp_keepintvl(stream, ASK_EVERY)?;
    sockopt::set_tcp_keepcnt(stream, ASKED)?;
    Ok(())
}

/// One of them.
pub struct Wire {
    stream: Arc<TcpStream>,
    buffers: LazyBuffers,
}

impl std::fmt::Debug for Wire {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wire").finish_non_exhaustive()
    }
}

impl Transport for Wire {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let time = left(timeout.for_write())?;
        self.stream.set_write_timeout(time)?;
        let output = self.buffers.output().get(..amount).unwrap_or_default();
        (&*self.stream).write_all(output)?;
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let time = left(timeout.for_read())?;
        self.stream.set_read_timeout(time)?;
        let room = self.buffers.input_append_buf();
        let count = loop {
            match (&*self.stream).read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        self.buffers.input_appended(count);
        Ok(count > 0)
    }

    fn is_open(&mut self) -> bool {
        let nothing_yet = || {
            self.stream.set_nonblocking(true)?;
            let peeked = self.stream.peek(&mut [0]);
            self.stream.set_nonblocking(false)?;
            peeked
        };
        nothing_yet().is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }
}

/// The time that is left; `None`: any.
fn left(timeout: NextTimeout) -> Result<Option<Duration>, Error> {
    if timeout.after.is_zero() {
        return Err(Error::Timeout(timeout.reason));
    }
    Ok(timeout.not_zero().map(|time| *time))
}
