//! The network's side of a data call: a program that speaks PPP on its standard input and output,
//! as `pppd notty` does.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};

/// A call that is up. Dropping it ends the program.
pub(super) struct DataCall {
    program: Child,
    line: UnixStream,
}

impl DataCall {
    /// Starts the program: its path, and its arguments.
    pub fn start(words: &[String]) -> io::Result<Self> {
        let [program, arguments @ ..] = words else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let (line, end) = UnixStream::pair()?;
        line.set_nonblocking(true)?;
        let end = OwnedFd::from(end);
        let program = Command::new(program)
            .args(arguments)
            .stdin(end.try_clone()?)
            .stdout(end)
            .stderr(Stdio::null())
            .spawn()?;
        Ok(Self { program, line })
    }

    /// What to wait on for [`DataCall::receive`].
    pub fn fd(&self) -> BorrowedFd<'_> {
        self.line.as_fd()
    }

    /// To the network. What finds no room is lost, as on the air.
    pub fn send(&mut self, bytes: &[u8]) {
        let _ = self.line.write(bytes);
    }

    /// From the network; nothing now is no bytes, and `None` that the network ended the call.
    pub fn receive(&mut self) -> Option<Vec<u8>> {
        let mut buffer = [0; 4096];
        match self.line.read(&mut buffer) {
            Ok(0) => None,
            Ok(count) => Some(buffer.get(..count).unwrap_or_default().to_vec()),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Some(Vec::new()),
            Err(_) => None,
        }
    }
}

impl Drop for DataCall {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
