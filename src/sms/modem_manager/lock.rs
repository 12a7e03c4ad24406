//! One process at a time works through ModemManager for a store, as one at a time has a serial
//! port: a locked file beside the store, which names the process that has it.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::{FlockOperation, flock};

use crate::at::port::Holder;

/// Held for as long as it lives.
pub struct Lock {
    _file: File,
}

/// Why it cannot be had.
pub enum Held {
    /// By another process of ours.
    Sibling(Holder),
    /// The file cannot be made.
    Failed(std::io::Error),
}

impl Lock {
    /// Takes it, or says who has it.
    pub fn take(store: &Path) -> Result<Self, Held> {
        let folder = store.parent().unwrap_or(Path::new("."));
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(folder.join("modemmanager.lock"))
            .map_err(Held::Failed)?;
        if flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
            let mut pid = String::new();
            let _ = file.read_to_string(&mut pid);
            // One that has just taken it and not written yet counts as gone: it is tried again.
            let pid = pid.trim().parse().unwrap_or(0);
            let name = std::fs::read_to_string(format!("/proc/{pid}/comm"));
            let name = name.map_or_else(|_| "barpop".to_owned(), |name| name.trim().to_owned());
            return Err(Held::Sibling(Holder { name, pid }));
        }
        let written = file
            .set_len(0)
            .and_then(|()| write!(file, "{}", std::process::id()));
        written.map_err(Held::Failed)?;
        Ok(Self { _file: file })
    }
}
