//! Being told that files changed, without asking (inotify).
//!
//! The store is shared by several processes, and a device node comes and goes: both are seen as
//! changes in a directory.

use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;

use rustix::fs::inotify::{self, CreateFlags, WatchFlags};

/// Waits for changes in directories.
#[derive(Debug)]
pub struct Watch {
    fd: OwnedFd,
}

impl Watch {
    /// Watches nothing yet.
    ///
    /// # Errors
    /// When the system has no more inotify instances.
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            fd: inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)?,
        })
    }

    /// Watches the store in this directory: it announces each change by its time stamp.
    ///
    /// # Errors
    /// When it cannot be watched (it is not there).
    pub fn store(&self, directory: &Path) -> io::Result<()> {
        let flags = WatchFlags::ATTRIB | WatchFlags::CREATE;
        inotify::add_watch(&self.fd, directory, flags | WatchFlags::ONLYDIR)?;
        Ok(())
    }

    /// Watches for device nodes that come or go, or whose permissions change. Writing to a device
    /// also counts as a change of its node, so that is left out here.
    ///
    /// # Errors
    /// When it cannot be watched (it is not there).
    pub fn devices(&self, directory: &Path) -> io::Result<()> {
        let flags =
            WatchFlags::CREATE | WatchFlags::MOVED_TO | WatchFlags::ATTRIB | WatchFlags::DELETE;
        inotify::add_watch(&self.fd, directory, flags | WatchFlags::ONLYDIR)?;
        Ok(())
    }

    /// Watches for files that are written, come or go.
    ///
    /// # Errors
    /// When it cannot be watched (it is not there).
    pub fn files(&self, directory: &Path) -> io::Result<()> {
        let flags = WatchFlags::CLOSE_WRITE
            | WatchFlags::CREATE
            | WatchFlags::MOVED_TO
            | WatchFlags::MOVED_FROM
            | WatchFlags::DELETE;
        inotify::add_watch(&self.fd, directory, flags | WatchFlags::ONLYDIR)?;
        Ok(())
    }

    /// Forgets what happened so far; `true` when something did.
    pub fn drain(&self) -> bool {
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut any = false;
        while rustix::io::read(&self.fd, &mut buffer).is_ok_and(|(read, _)| !read.is_empty()) {
            any = true;
        }
        any
    }
}

impl AsFd for Watch {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}
