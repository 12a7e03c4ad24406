//! One popup of a topic at a time: a second start raises the first one's window.
//!
//! The first holds a lock and listens on a socket, both in `$XDG_RUNTIME_DIR/barpop` (0700; in
//! `/tmp/barpop-UID` where there is no runtime directory). A lock file whose owner died is free
//! again by itself, so a socket that was left behind is no obstacle.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};

/// Why it cannot be told whether a popup is open.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    /// The directory for the socket belongs to somebody else or is open to others.
    #[error("'{0}' is not a private directory of yours; remove it, or set XDG_RUNTIME_DIR")]
    NotPrivate(PathBuf),
    /// A file of the popup cannot be made or opened.
    #[error("cannot use '{path}': {source}")]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A popup holds the lock but does not answer.
    #[error("the popup that is open does not answer on '{0}'; end it and try again")]
    Silent(PathBuf),
}

/// Whether this process is the first.
#[derive(Debug)]
pub enum Start {
    /// It is: the window is to be opened.
    First(Instance),
    /// It is not: the open window has been raised.
    Raised,
}

/// The right to be the one popup of a topic; given up when dropped.
#[derive(Debug)]
pub struct Instance {
    listener: UnixListener,
    socket: PathBuf,
    _lock: File,
}

const WORD: &[u8] = b"raise\n";

/// Becomes the popup of `topic`, or raises the one that is open.
///
/// # Errors
/// Where the directory is not private, files cannot be made, or the open popup is silent.
pub fn start(topic: &str) -> Result<Start, InstanceError> {
    start_in(&directory()?, topic)
}

fn start_in(directory: &Path, topic: &str) -> Result<Start, InstanceError> {
    let socket = directory.join(format!("popup-{topic}.sock"));
    let lock_path = directory.join(format!("popup-{topic}.lock"));
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| InstanceError::Io { path, source }
    };
    let mut options = OpenOptions::new();
    let lock = options
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&lock_path);
    let lock = lock.map_err(failed(&lock_path))?;
    // The other one may be starting or ending this very moment: both last a moment only.
    for _ in 0..20 {
        if flock(&lock, FlockOperation::NonBlockingLockExclusive).is_ok() {
            match fs::remove_file(&socket) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(failed(&socket)(error));
                }
                _ => {}
            }
            let listener = UnixListener::bind(&socket).map_err(failed(&socket))?;
            fs::set_permissions(&socket, Permissions::from_mode(0o600)).map_err(failed(&socket))?;
            return Ok(Start::First(Instance {
                listener,
                socket,
                _lock: lock,
            }));
        }
        if UnixStream::connect(&socket)
            .and_then(|mut stream| stream.write_all(WORD))
            .is_ok()
        {
            return Ok(Start::Raised);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(InstanceError::Silent(socket))
}

impl Instance {
    /// Calls `raise` on a thread of its own whenever the popup is started again.
    ///
    /// Where no thread can be had, a second start is not heard.
    pub fn listen(&self, mut raise: impl FnMut() + Send + 'static) {
        let Ok(listener) = self.listener.try_clone() else {
            return;
        };
        let listen = move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                let mut word = [0; WORD.len()];
                let soon = Some(Duration::from_millis(500));
                let heard = stream
                    .set_read_timeout(soon)
                    .and_then(|()| stream.read_exact(&mut word));
                if heard.is_ok() && word == WORD {
                    raise();
                }
            }
        };
        let _ = std::thread::Builder::new()
            .name("raise".into())
            .spawn(listen);
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.socket);
    }
}

/// The private directory for sockets.
fn directory() -> Result<PathBuf, InstanceError> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let path = match runtime.filter(|path| path.is_absolute()) {
        Some(runtime) => runtime.join("barpop"),
        None => PathBuf::from(format!(
            "/tmp/barpop-{}",
            rustix::process::getuid().as_raw()
        )),
    };
    private(&path)?;
    Ok(path)
}

/// Makes the directory, or checks that it is one's own and closed to others.
fn private(path: &Path) -> Result<(), InstanceError> {
    match DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(source) => {
            return Err(InstanceError::Io {
                path: path.to_owned(),
                source,
            });
        }
    }
    // Not following a link: somebody else could have put it there.
    let about = fs::symlink_metadata(path).map_err(|source| InstanceError::Io {
        path: path.to_owned(),
        source,
    })?;
    let own = about.is_dir() && about.uid() == rustix::process::getuid().as_raw();
    if own && about.mode() & 0o077 == 0 {
        Ok(())
    } else {
        Err(InstanceError::NotPrivate(path.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn a_second_start_raises_the_first() {
        let directory = tempfile::tempdir().unwrap();
        let Start::First(first) = start_in(directory.path(), "sms").unwrap() else {
            panic!("somebody else was first");
        };
        let socket = directory.path().join("popup-sms.sock");
        assert_eq!(fs::metadata(&socket).unwrap().mode() & 0o777, 0o600);
        let (tell, told) = mpsc::channel();
        first.listen(move || tell.send(()).unwrap());
        assert!(matches!(
            start_in(directory.path(), "sms").unwrap(),
            Start::Raised
        ));
        told.recv_timeout(Duration::from_secs(5)).unwrap();
        // Another topic has a popup of its own.
        assert!(matches!(
            start_in(directory.path(), "net").unwrap(),
            Start::First(_)
        ));
    }

    #[test]
    fn a_socket_that_was_left_behind_is_no_obstacle() {
        let directory = tempfile::tempdir().unwrap();
        drop(UnixListener::bind(directory.path().join("popup-sms.sock")).unwrap());
        assert!(matches!(
            start_in(directory.path(), "sms").unwrap(),
            Start::First(_)
        ));
    }

    #[test]
    fn a_directory_that_others_can_enter_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("barpop");
        private(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o700);
        fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
        assert!(matches!(private(&path), Err(InstanceError::NotPrivate(_))));
        let link = directory.path().join("link");
        std::os::unix::fs::symlink(directory.path(), &link).unwrap();
        assert!(matches!(private(&link), Err(InstanceError::NotPrivate(_))));
    }
}
