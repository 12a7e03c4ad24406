//! An Arduino with our sketch (`assets/arduino/xshutter.c`, where the protocol is described).
//!
//! The board limits itself: it lets go when the longest time is over, when it is reset, and when
//! it hears nothing from us. So that it hears something during a long exposure, a thread asks for
//! its state all the time.

mod link;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use self::link::{Link, LinkError};
use super::wish::Display;
use super::{Device, ReleaseError};
use crate::at::port::OpenError;

/// The version of the protocol that this driver speaks.
const VERSION: &str = "1";

/// How many of our words may be lost in a silence.
const WORDS_A_SILENCE: u32 = 4;

/// An Arduino that answered.
pub struct Arduino {
    board: Arc<Mutex<Board>>,
    path: PathBuf,
    /// Ends the thread when it is dropped.
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

struct Board {
    link: Link,
    /// What we last told it.
    open: bool,
    /// What it did that it was not told, or that it does not answer any more.
    trouble: Option<String>,
}

impl Arduino {
    /// Opens the port, which resets most boards, and greets the sketch, which lets all go.
    ///
    /// # Errors
    /// Where the port cannot be opened, or our sketch does not answer.
    pub fn greet(path: &Path, display: Display, silence: Duration) -> Result<Self, ReleaseError> {
        let mut link = Link::open(path).map_err(|error| refusal(path, error))?;
        let height = match display {
            Display::Low => 32,
            Display::High => 64,
        };
        let failed = |reason| ReleaseError::Failed {
            name: name(path),
            reason,
        };
        let hello = format!("hello {} {height}", silence.as_millis());
        let answer = link.greet(&hello).map_err(|error| {
            failed(match error {
                LinkError::Silent => {
                    "our sketch does not answer; load it with 'make -C assets/arduino load'"
                        .to_owned()
                }
                other => other.to_string(),
            })
        })?;
        match answer.split(' ').collect::<Vec<_>>().as_slice() {
            ["xshutter", VERSION, _count] => {}
            ["xshutter", other, ..] => {
                return Err(failed(format!(
                    "its sketch speaks version {other} and this program {VERSION}; load the one that came with it"
                )));
            }
            _ => return Err(failed(format!("it answered '{answer}'"))),
        }
        let board = Arc::new(Mutex::new(Board {
            link,
            open: false,
            trouble: None,
        }));
        let (stop, stopped) = channel();
        let shared = Arc::clone(&board);
        let thread = std::thread::Builder::new()
            .name("arduino".to_owned())
            .spawn(move || {
                let pause = silence / WORDS_A_SILENCE;
                while stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                    lock(&shared).look();
                }
            })
            .map_err(|error| failed(error.to_string()))?;
        Ok(Self {
            board,
            path: path.to_owned(),
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    fn failed(&self, reason: String) -> ReleaseError {
        ReleaseError::Failed {
            name: name(&self.path),
            reason,
        }
    }
}

fn lock(board: &Mutex<Board>) -> MutexGuard<'_, Board> {
    board.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Board {
    /// Whether it still is as it should be.
    fn look(&mut self) {
        let trouble = match self.link.ask("state") {
            Ok(state) if state.starts_with(if self.open { "1 " } else { "0 " }) => None,
            Ok(_) if self.open => {
                Some("it let go by itself: it was reset, or was too long without a word".to_owned())
            }
            Ok(state) => Some(format!("it is in a state that nobody asked for ({state})")),
            Err(error) => Some(error.to_string()),
        };
        if trouble.is_some() {
            self.trouble = trouble;
        }
    }
}

impl Device for Arduino {
    fn name(&self) -> String {
        name(&self.path)
    }

    fn trouble(&self) -> Option<ReleaseError> {
        let trouble = lock(&self.board).trouble.clone();
        trouble.map(|reason| self.failed(reason))
    }

    fn focus(&mut self, pressed: bool) -> Result<(), ReleaseError> {
        let done = lock(&self.board)
            .link
            .ask(&format!("focus {}", u8::from(pressed)));
        done.map(drop)
            .map_err(|error| self.failed(error.to_string()))
    }

    fn open(&mut self, longest: Duration) -> Result<(), ReleaseError> {
        let longest = longest.as_millis().clamp(1, link::LONGEST);
        let done = {
            let mut board = lock(&self.board);
            board.open = true;
            board.link.ask(&format!("open {longest}"))
        };
        done.map(drop).map_err(|error| {
            let _ = self.close();
            self.failed(error.to_string())
        })
    }

    fn close(&mut self) -> Result<(), ReleaseError> {
        let (answer, was_open) = {
            let mut board = lock(&self.board);
            (
                board.link.ask("close"),
                std::mem::replace(&mut board.open, false),
            )
        };
        let answer = answer.map_err(|error| self.failed(error.to_string()))?;
        let (held, why) = answer.split_once(' ').unwrap_or((&answer, ""));
        match why {
            // As long as it was told is what was wanted.
            "host" | "longest" => Ok(()),
            "none" if !was_open => Ok(()),
            "silence" => Err(self.failed(format!(
                "it let go by itself after {held} ms, because it heard nothing"
            ))),
            _ => Err(self.failed("it was reset, and let go".to_owned())),
        }
    }
}

impl Drop for Arduino {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        let mut board = lock(&self.board);
        let _ = board.link.ask("close");
        let _ = board.link.ask("focus 0");
    }
}

fn name(path: &Path) -> String {
    format!("Arduino at {}", path.display())
}

fn refusal(path: &Path, error: OpenError) -> ReleaseError {
    let name = path.display().to_string();
    match error {
        OpenError::Absent(_) => ReleaseError::Absent {
            name,
            remedy: "plug the Arduino in, or name another port".to_owned(),
        },
        OpenError::Busy { holder, .. } => ReleaseError::Busy {
            name,
            holder: holder.map_or_else(|| "another program".to_owned(), |h| h.to_string()),
        },
        OpenError::Forbidden(_) => ReleaseError::Forbidden {
            name,
            remedy: "add its user to the group dialout".to_owned(),
        },
        OpenError::Unusable { reason, .. } => ReleaseError::Failed { name, reason },
    }
}
