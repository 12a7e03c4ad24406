//! The messages, on disk: one SQLite file in `$XDG_DATA_HOME/barpop/`, shared by every process.
//!
//! The file is the truth about what came, what was read and what was sent; the SIM is only the
//! letter box. Three rules carry everything else:
//!
//! * **Store, then delete.** A listing of the SIM becomes durable in one transaction
//!   ([`Store::ingest`]); only then may the driver free the SIM. What lies there is known by its
//!   bytes, so a kill between the two doubles nothing.
//! * **Say, then send.** That a part is being sent is durable ([`Store::begin_part`]) before the
//!   modem sees it. What was being sent when a process died is *unknown* and waits for the
//!   person's word ([`Store::recover_interrupted`]).
//! * **Counts are kept, not counted.** Each thread's row repeats its totals and preview, written
//!   in the transaction that changes the messages.
//!
//! Write-ahead log, `synchronous=FULL`: what a call returned `Ok` for survives a power cut.

mod announce;
mod assemble;
mod change;
mod content;
mod conversation;
mod error;
pub mod export;
pub mod health;
pub mod import;
mod ingest;
mod news;
mod notes;
mod outgoing;
mod pins;
mod process;
mod read;
mod report;
mod row;
mod search;
mod signals;
#[cfg(test)]
mod tests;
mod tidy;
mod twin;

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};
use rustix::fs::{AtFlags, CWD, Timespec, Timestamps, UTIME_NOW, utimensat};

pub use announce::Unannounced;
pub use content::{Content, Incoming, OwnMessage, Report};
pub use error::StoreError;
pub use import::{Damage, ImportReport};
pub use ingest::{Ingested, Listed, OnSim, raw_hash};
pub use outgoing::Outgoing;
pub use pins::Refused;
pub use read::{Counts, Filter};
pub use twin::THROUGH_MODEM_MANAGER;

/// The schema version that this program knows: how many migrations there are. One only adds: programs that
/// run while an upgrade replaces them have the store open, and go on with what they know of it.
const SCHEMA: i64 = 2;
const MIGRATIONS: &[M<'static>] = &[
    M::up(include_str!("store/schema.sql")),
    M::up(include_str!("store/signals.sql")),
];
/// "Now", as a time stamp of a file.
const NOW: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: UTIME_NOW,
};
/// How long to wait for another process to finish its transaction.
const BUSY: Duration = Duration::from_secs(5);

/// An open store. Each thread opens its own; processes may share the file freely.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    path: PathBuf,
}

impl Store {
    /// Where the store is: `$XDG_DATA_HOME/barpop/messages.sqlite3`.
    ///
    /// # Errors
    /// [`StoreError::NoHome`] when the environment names no home.
    pub fn default_path() -> Result<PathBuf, StoreError> {
        xdg::BaseDirectories::with_prefix("barpop")
            .get_data_file("messages.sqlite3")
            .ok_or(StoreError::NoHome)
    }

    /// Opens the store, and makes it (0600, in a folder with 0700) where there is none. A store
    /// of an older version is brought up to date; a newer, damaged or foreign file is left alone.
    ///
    /// # Errors
    /// Any [`StoreError`], each with what to do about it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        secure(path)?;
        let sqlite = |error| StoreError::from_sqlite(path, error);
        let conn = Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )
        .map_err(sqlite)?;
        conn.busy_timeout(BUSY).map_err(sqlite)?;
        conn.set_prepared_statement_cache_capacity(64);
        // The last one to close folds the log into the file and takes it away. Who only reads
        // has nothing to fold, and would spend a tenth of its time on it.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
            .map_err(sqlite)?;
        let version = user_version(&conn).map_err(sqlite)?;
        if version > SCHEMA {
            return Err(StoreError::Newer {
                path: path.to_owned(),
                found: version,
                known: SCHEMA,
            });
        }
        // KiB, where 2 MiB are usual: the kernel has the file's pages as well.
        conn.pragma_update(None, "cache_size", -512)
            .map_err(sqlite)?;
        conn.pragma_update(None, "synchronous", "FULL")
            .map_err(sqlite)?;
        // What is deleted or replaced leaves the file, and not only its index.
        conn.pragma_update(None, "secure_delete", "ON")
            .map_err(sqlite)?;
        let mut store = Self {
            conn,
            path: path.to_owned(),
        };
        if version < SCHEMA {
            store.migrate(version)?;
        }
        Ok(store)
    }

    /// Where this store is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn migrate(&mut self, version: i64) -> Result<(), StoreError> {
        if version == 0 {
            let tables = self.read(|conn| {
                conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
                    row.get::<_, i64>(0)
                })
            })?;
            // Another process may have made it since `version` was read.
            if tables > 0 && self.read(user_version)? == 0 {
                return Err(StoreError::Foreign(self.path.clone()));
            }
        }
        // Changing the journal mode does not wait for other processes by itself.
        let begun = Instant::now();
        while let Err(error) = self.read(|conn| {
            conn.query_row("PRAGMA journal_mode = WAL", [], |row| {
                row.get::<_, String>(0)
            })
        }) {
            if !matches!(error, StoreError::Busy(_)) || begun.elapsed() > BUSY {
                return Err(error);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        self.conn
            .set_transaction_behavior(TransactionBehavior::Immediate);
        match Migrations::from_slice(MIGRATIONS).to_latest(&mut self.conn) {
            Ok(()) => Ok(()),
            // Another process may have done it in the meantime.
            Err(_) if self.read(user_version)? >= SCHEMA => Ok(()),
            Err(rusqlite_migration::Error::RusqliteError { err, .. }) => {
                Err(StoreError::from_sqlite(&self.path, err))
            }
            Err(_) => Err(StoreError::Foreign(self.path.clone())),
        }
    }

    /// Runs one read and names the file in its error.
    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        work(&self.conn).map_err(|error| StoreError::from_sqlite(&self.path, error))
    }

    /// Runs one change: all of it is durable when this returns `Ok`, none of it otherwise.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let result = (|| {
            let tx = self
                .conn
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&tx)?;
            tx.commit()?;
            // Whoever copies the file alone shall have it all.
            self.conn
                .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
            Ok(value)
        })();
        // Other processes watch the folder. SQLite's own writes come before the change can be
        // seen by them, so it is announced once more by the file's time stamp.
        let now = Timestamps {
            last_access: NOW,
            last_modification: NOW,
        };
        let _ = utimensat(CWD, &self.path, &now, AtFlags::empty());
        result.map_err(|error| StoreError::from_sqlite(&self.path, error))
    }
}

fn user_version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Makes the file before SQLite does, so that it is 0600 from its first instant (SQLite gives
/// the `-wal` and `-shm` files the mode of the main file), and takes away what others may do
/// with a file that somebody loosened.
fn secure(path: &Path) -> Result<(), StoreError> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => {
            if found.mode() & 0o077 != 0 {
                for name in ["", "-wal", "-shm"] {
                    let mut file = path.as_os_str().to_owned();
                    file.push(name);
                    tighten(Path::new(&file));
                }
            }
            Ok(())
        }
        Ok(_) => Err(StoreError::from_io(path, ErrorKind::InvalidInput.into())),
        Err(error) if error.kind() == ErrorKind::NotFound => create(path),
        Err(error) => Err(StoreError::from_io(path, error)),
    }
}

/// Removes the rights of group and others; somebody else's file stays as it is.
fn tighten(file: &Path) {
    if let Ok(found) = fs::metadata(file) {
        let _ = fs::set_permissions(file, Permissions::from_mode(found.mode() & 0o700));
    }
}

fn create(path: &Path) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let io = |error| StoreError::from_io(path, error);
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(io)?;
    // `create_new`: closing a file that SQLite has open elsewhere in this process would drop
    // its locks.
    match OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
    {
        Ok(_) => File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(io),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(io(error)),
    }
}
