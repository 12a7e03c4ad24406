//! What outlives the service: the plan, how far it is, the totals; and the last pictures.
//!
//! Two files: the state is replaced whole at every change (written beside it, synced, renamed),
//! so that it is always one or the other; pictures are lines at the end of the history, so that a
//! night's thousands do not wear out the card. A file that cannot be read is put aside.
//!
//! A shot is written down as begun *before* it begins. When the service dies, whether a shot that
//! was begun was taken cannot be known; it counts as taken, and is never taken again.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::history::{self, History, Lateness};
use super::schedule::{Course, Now, Tick};
use super::snapshot::{Ending, Shot, State};

/// Written by this version of the words.
const VERSION: u32 = 1;
/// The history is written anew when it has so many lines more than it needs.
const LINES: usize = 1000;

/// The state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Of the words.
    pub version: u32,
    /// Which start of the machine the moments belong to.
    pub boot: String,
    /// When this was written, on the clock that counts from there.
    pub tick: Tick,
    /// The same moment on the wall clock.
    pub wall: Timestamp,
    /// What the engine did.
    pub state: State,
    /// The plan that ran last, or runs.
    pub course: Option<Course>,
    /// The planned opening of the shot that is about to be taken, or is being taken.
    pub begun: Option<Tick>,
    /// A picture outside the plan is being taken.
    pub snapping: bool,
    /// Pictures so far.
    pub total: u64,
    /// How the last plan ended.
    pub ended: Option<Ending>,
    /// How late the plan's shots were.
    pub lateness: Lateness,
}

impl Kept {
    /// Nothing yet.
    #[must_use]
    pub fn new(boot: &str, now: Now) -> Self {
        Self {
            version: VERSION,
            boot: boot.to_owned(),
            tick: now.tick,
            wall: now.wall,
            state: State::Idle,
            course: None,
            begun: None,
            snapping: false,
            total: 0,
            ended: None,
            lateness: Lateness::default(),
        }
    }

    /// When this was written.
    #[must_use]
    pub fn at(&self) -> Now {
        Now {
            tick: self.tick,
            wall: self.wall,
        }
    }
}

/// Which start of the machine this is.
#[must_use]
pub fn boot_id() -> String {
    fs::read_to_string("/proc/sys/kernel/random/boot_id")
        .map(|id| id.trim().to_owned())
        .unwrap_or_default()
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// The state.
    pub kept: Option<Kept>,
    /// The last pictures.
    pub history: History,
    /// What was wrong with the files, in a sentence.
    pub warning: Option<String>,
}

/// The two files.
#[derive(Debug)]
pub struct Files {
    state: PathBuf,
    history: PathBuf,
    lines: usize,
    /// The history's last line was cut off.
    cut: bool,
}

impl Files {
    /// The state's file; the history's is beside it, with the ending `history`.
    #[must_use]
    pub fn new(state: &Path) -> Self {
        Self {
            state: state.to_owned(),
            history: state.with_extension("history"),
            lines: 0,
            cut: false,
        }
    }

    /// Reads both. What cannot be read is put aside, never an error.
    pub fn load(&mut self) -> Found {
        let mut found = Found::default();
        match fs::read(&self.state) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => found.warning = Some(self.unreadable(&error)),
            Ok(bytes) => match serde_json::from_slice::<Kept>(&bytes) {
                Ok(kept) if kept.version == VERSION => found.kept = Some(kept),
                Ok(kept) => {
                    let reason = format!("it is of version {}", kept.version);
                    found.warning = Some(self.put_aside(&reason));
                }
                Err(error) => found.warning = Some(self.put_aside(&error.to_string())),
            },
        }
        let bytes = fs::read(&self.history).unwrap_or_default();
        self.cut = bytes.last().is_some_and(|last| *last != b'\n');
        let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        self.lines = lines.len();
        // A line that was cut off by a loss of power is no reason to lose the others.
        found.history = History::of(
            lines
                .iter()
                .filter_map(|line| serde_json::from_slice::<Shot>(line).ok()),
        );
        found
    }

    fn unreadable(&self, error: &io::Error) -> String {
        format!(
            "the plan in {} cannot be read: {error}; see who may read it",
            self.state.display()
        )
    }

    fn put_aside(&self, reason: &str) -> String {
        let aside = self.state.with_extension("damaged");
        match fs::rename(&self.state, &aside) {
            Ok(()) => format!(
                "the plan that was kept cannot be read ({reason}); it was put aside as {}",
                aside.display()
            ),
            Err(error) => format!(
                "the plan in {} cannot be read ({reason}), nor put aside: {error}",
                self.state.display()
            ),
        }
    }

    /// Writes both; returns when they are on the disk.
    ///
    /// # Errors
    /// What the system says.
    pub fn save(
        &mut self,
        kept: &Kept,
        shots: &[Shot],
        last: impl Fn() -> History,
    ) -> io::Result<()> {
        if let Some(folder) = self.state.parent() {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)?;
        }
        if !shots.is_empty() {
            self.append(shots, last)?;
        }
        let mut bytes = serde_json::to_vec(kept)?;
        bytes.push(b'\n');
        replace(&self.state, &bytes)
    }

    fn append(&mut self, shots: &[Shot], last: impl Fn() -> History) -> io::Result<()> {
        if self.lines + shots.len() > history::KEPT + LINES {
            let last = last().shots();
            replace(&self.history, &lines(&last)?)?;
            self.lines = last.len();
            return Ok(());
        }
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            .open(&self.history)?;
        // After a line that was cut off, a new one begins.
        let mut bytes = if self.cut { vec![b'\n'] } else { Vec::new() };
        bytes.extend(lines(shots)?);
        // A full disk takes a part of it.
        self.cut = true;
        file.write_all(&bytes)?;
        file.sync_data()?;
        self.cut = false;
        self.lines += shots.len();
        Ok(())
    }
}

fn lines(shots: &[Shot]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for shot in shots {
        serde_json::to_writer(&mut bytes, shot)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// The old file or the new one, whatever happens meanwhile.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let new = PathBuf::from(new);
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests;
