//! Whether a store is sound, looked at without changing a byte of it.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::{SCHEMA, StoreError, user_version};

/// How a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// The file's permissions, like `0o600`.
    pub mode: u32,
    /// Whether the file is this person's.
    pub is_own: bool,
    /// Its size, bytes.
    pub bytes: u64,
    /// How many messages are in it, deleted ones that can be brought back too.
    pub messages: u32,
    /// Whether an older version wrote it, so that the next start brings it up to date.
    pub is_older: bool,
}

/// Looks at a store. `None`: there is none yet.
///
/// # Errors
/// [`StoreError::Damaged`] when its contents contradict themselves, [`StoreError::Newer`] for one
/// of a later version, and what keeps it from being read.
pub fn look(path: &Path) -> Result<Option<Health>, StoreError> {
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::from_io(path, error)),
    };
    let sqlite = |error| StoreError::from_sqlite(path, error);
    let conn = open(path).map_err(sqlite)?;
    let version = user_version(&conn).map_err(sqlite)?;
    if version > SCHEMA {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found: version,
            known: SCHEMA,
        });
    }
    let said: String = conn
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(sqlite)?;
    if said != "ok" {
        return Err(StoreError::Damaged(path.to_owned()));
    }
    // A file that was made and never filled has no tables yet.
    let messages = match version {
        0 => 0,
        _ => conn
            .query_row("SELECT count(*) FROM message", [], |row| row.get(0))
            .map_err(sqlite)?,
    };
    Ok(Some(Health {
        mode: found.mode() & 0o777,
        is_own: found.uid() == rustix::process::geteuid().as_raw(),
        bytes: found.len(),
        messages,
        is_older: version < SCHEMA,
    }))
}

/// For reading alone. SQLite would make the log's files where there are none; a file without a
/// log is read as one that nobody changes.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if Path::new(&log).exists() {
        return Connection::open_with_flags(path, flags);
    }
    let name: String = path
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                char::from(*byte).to_string()
            }
            other => format!("%{other:02x}"),
        })
        .collect();
    let flags = flags | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(format!("file:{name}?immutable=1"), flags)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use super::super::Store;
    use super::*;

    /// All files of a folder with their bytes.
    fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
        let all = fs::read_dir(folder).unwrap().flatten();
        all.map(|entry| (entry.path(), fs::read(entry.path()).unwrap()))
            .collect()
    }

    #[test]
    fn a_store_is_looked_at_without_changing_a_byte() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("my messages.sqlite3");
        assert_eq!(look(&path).unwrap(), None);
        assert!(files(folder.path()).is_empty(), "none is made");
        drop(Store::open(&path).unwrap());
        for log in [true, false] {
            if !log {
                // The last one to close a store that was read folds the log and takes it away.
                let conn = Connection::open(&path).unwrap();
                user_version(&conn).unwrap();
                drop(conn);
                assert!(!folder.path().join("my messages.sqlite3-wal").exists());
            }
            let before = files(folder.path());
            let found = look(&path).unwrap().unwrap();
            assert_eq!((found.mode, found.messages), (0o600, 0));
            assert!(found.is_own && !found.is_older);
            let after = files(folder.path());
            let names = |all: &BTreeMap<PathBuf, _>| all.keys().cloned().collect::<Vec<_>>();
            assert_eq!(names(&before), names(&after));
            assert_eq!(before[&path], after[&path]);
        }
    }

    #[test]
    fn a_damaged_store_is_called_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("messages.sqlite3");
        fs::write(
            &path,
            "this is no database at all, though it is long enough",
        )
        .unwrap();
        assert!(matches!(look(&path), Err(StoreError::Damaged(_))));
    }
}
