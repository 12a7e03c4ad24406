//! One popup of a topic at a time on a display: a second start closes the first one's window, or
//! raises it.
//!
//! The first holds a lock and listens on a socket, both in `$XDG_RUNTIME_DIR/barpop` (0700; in
//! `/tmp/barpop-UID` where there is no runtime directory). A lock file whose owner died is free
//! again by itself, so a socket that was left behind is no obstacle. What the second is to do is
//! the first one's answer; one that ends without an answer gives its place up.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};

use crate::arguments::Again;

mod talk;

pub use talk::{Answer, Presence, Request, Standing, now};

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

/// What is left to do for this process.
#[derive(Debug)]
pub enum Start {
    /// It is the first: the window is to be opened.
    First(Instance),
    /// Nothing: the window that was open is closed or raised.
    Done(Answer),
}

/// The right to be the one popup of a topic; given up when dropped.
#[derive(Debug)]
pub struct Instance {
    listener: UnixListener,
    socket: PathBuf,
    lock: File,
}

/// Most characters of a display's name that count.
const LONGEST_DISPLAY: usize = 32;
/// Between two questions while the other one starts or ends, and how many are asked.
const PAUSE: Duration = Duration::from_millis(25);
const TRIES: u32 = 200;
/// So long the open popup may take to answer: it may be starting itself, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(3);

/// Becomes the popup of `topic`, or has the one that is open closed or raised.
///
/// # Errors
/// Where the directory is not private, files cannot be made, or the open popup is silent.
pub fn start(topic: &str, wants: Again) -> Result<Start, InstanceError> {
    let request = Request {
        wants,
        born: talk::own_birth(),
    };
    start_in(&directory()?, &named(topic), request)
}

/// Has the popup of `topic` that is open closed or raised: what a click needs where there is one, said
/// without becoming the popup's large program first. `None`: there is none, or it gave way, or it
/// cannot be told, and [`start`] is the one to find out.
#[must_use]
pub fn ask_open(topic: &str, wants: Again) -> Option<Answer> {
    let request = Request {
        wants,
        born: talk::own_birth(),
    };
    let socket = socket(&directory().ok()?, &named(topic));
    ask(&socket, request)
        .ok()?
        .filter(|answer| *answer != Answer::GivesWay)
}

/// A topic's popup on this display.
fn named(topic: &str) -> String {
    let of = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    format!("{topic}{}", display(of("WAYLAND_DISPLAY"), of("DISPLAY")))
}

fn socket(directory: &Path, name: &str) -> PathBuf {
    directory.join(format!("popup-{name}.sock"))
}

/// What tells the names of the files on one display from those on another: a person may sit at
/// two, and a click on one opens nothing on the other.
fn display(wayland: Option<OsString>, x11: Option<OsString>) -> String {
    let name = match (wayland, x11) {
        // Where both are there, the window is the compositor's.
        (Some(name), _) => name.to_string_lossy().into_owned(),
        (None, Some(name)) => {
            let name = name.to_string_lossy();
            let (host, number) = name.rsplit_once(':').unwrap_or(("", &name));
            // All screens of a server are one display.
            let number = number.split('.').next().unwrap_or_default();
            format!("{host}:{number}")
        }
        (None, None) => return String::new(),
    };
    // The path of a socket has little room; what tells two apart is at the end.
    let skipped = name.chars().count().saturating_sub(LONGEST_DISPLAY);
    let plain = |c: char| if c == '/' || c.is_control() { '_' } else { c };
    let end = name.chars().skip(skipped).map(plain);
    std::iter::once('@').chain(end).collect()
}

fn start_in(directory: &Path, name: &str, request: Request) -> Result<Start, InstanceError> {
    let socket = socket(directory, name);
    let lock_path = directory.join(format!("popup-{name}.lock"));
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| InstanceError::Io { path, source }
    };
    let mut options = OpenOptions::new();
    let lock = options
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&lock_path);
    let lock = lock.map_err(failed(&lock_path))?;
    // The other one may be starting or ending: a receiver may take three seconds to be switched
    // off.
    for _ in 0..TRIES {
        if flock(&lock, FlockOperation::NonBlockingLockExclusive).is_ok() {
            if request.took_focus(left(&lock)) {
                let _ = lock.set_len(0);
                return Ok(Start::Done(Answer::Closed));
            }
            let _ = lock.set_len(0);
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
                lock,
            }));
        }
        match ask(&socket, request) {
            // It has made room on a screen that it cannot come to.
            Ok(Some(Answer::GivesWay)) | Ok(None) | Err(_) => {}
            Ok(Some(answer)) => return Ok(Start::Done(answer)),
        }
        std::thread::sleep(PAUSE);
    }
    Err(InstanceError::Silent(socket))
}

/// Asks the open popup; `None` where it has ended without an answer, or says nothing for long.
fn ask(socket: &Path, request: Request) -> io::Result<Option<Answer>> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(request.to_line().as_bytes())?;
    let mut line = String::new();
    match BufReader::new(stream.take(64)).read_line(&mut line) {
        Ok(_) => Ok(Answer::parse(&line)),
        // It has heard, and is busy with its own start.
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(Some(Answer::Raised)),
        Err(error) => Err(error),
    }
}

/// When the last one closed because it had lost the keyboard, if that is why.
fn left(lock: &File) -> Option<Duration> {
    let mut text = [0; 32];
    let length = lock.read_at(&mut text, 0).ok()?;
    let text = std::str::from_utf8(text.get(..length)?).ok()?;
    text.trim().parse().ok().map(Duration::from_millis)
}

impl Instance {
    /// Calls `answer` on a thread of its own whenever the popup is started again.
    ///
    /// Where no thread can be had, a second start is not heard.
    pub fn listen(&self, mut answer: impl FnMut(Request) -> Answer + Send + 'static) {
        let Ok(listener) = self.listener.try_clone() else {
            return;
        };
        let listen = move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { continue };
                let soon = Some(Duration::from_millis(500));
                if stream.set_read_timeout(soon).is_err() {
                    continue;
                }
                let mut line = String::new();
                let heard = BufReader::new((&stream).take(64)).read_line(&mut line);
                if let (Ok(_), Some(request)) = (heard, Request::parse(&line)) {
                    let _ = (&stream).write_all(answer(request).to_line().as_bytes());
                }
            }
        };
        let _ = std::thread::Builder::new()
            .name("again".into())
            .spawn(listen);
    }

    /// Notes that the popup closed at that time since the machine's start because it had lost the
    /// keyboard: the start that comes of the same click must not open it again.
    pub fn left(&self, when: Duration) {
        let when = when.as_millis().to_string();
        let _ = self.lock.write_at(when.as_bytes(), 0);
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
mod tests;
