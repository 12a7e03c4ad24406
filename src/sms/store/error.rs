//! What can go wrong with the store, in sentences for the person who has to mend it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the store did not do what it was asked. Whatever it was, nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Neither `$XDG_DATA_HOME` nor `$HOME` says where the store is.
    #[error("no folder for messages: set HOME or XDG_DATA_HOME to an absolute path")]
    NoHome,
    /// The file system is full.
    #[error("no space left on the disk for '{}': free some, nothing was lost", .0.display())]
    DiskFull(PathBuf),
    /// The file or its folder cannot be written.
    #[error("cannot write '{}': make it and its folder writable for you", .0.display())]
    ReadOnly(PathBuf),
    /// The file is no SQLite database any more, or its contents contradict themselves.
    #[error("'{}' is damaged and was left as it is: restore it from a backup, or move it away to begin anew", .0.display())]
    Damaged(PathBuf),
    /// A SQLite database, but not one of ours.
    #[error("'{}' belongs to another program and was left as it is: move it away", .0.display())]
    Foreign(PathBuf),
    /// The file was made by a later version of this program.
    #[error("'{}' was written by a newer barpop (schema {found}, this one knows {known}) and was left as it is: install that version", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        found: i64,
        /// The newest one this program knows.
        known: i64,
    },
    /// Another process held the store for longer than the time-out.
    #[error("'{}' is kept busy by another program: try again", .0.display())]
    Busy(PathBuf),
    /// The file or its folder cannot be opened or made.
    #[error("cannot open '{}': {source}", path.display())]
    Open {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Any other error of SQLite's.
    #[error("cannot use '{}': {source}", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// Sorts an error of SQLite's by what the person has to do about it.
    pub(super) fn from_sqlite(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull(path),
            // The file exists, so what cannot be opened are its helpers beside it.
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Self::ReadOnly(path)
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(path),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(path),
            _ => Self::Sqlite { path, source },
        }
    }

    /// The same for an error of the file system's.
    pub(super) fn from_io(path: &Path, source: std::io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                Self::DiskFull(path)
            }
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly(path)
            }
            _ => Self::Open { path, source },
        }
    }
}
