use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use rusqlite::Connection;

use super::*;
use crate::sms::message::{MessageId, State};
use crate::sms::store::{Refused, StoreError};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

#[test]
fn nobody_else_can_read_a_new_store() {
    let (dir, mut store) = store();
    store.ingest("SM", &[short(1, ANNA, "hi")]).unwrap();
    let folder = dir.path().join("barpop");
    assert_eq!(mode(&folder), 0o700);
    let files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(files.len(), 3, "{files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[test]
fn a_store_that_somebody_loosened_is_tightened_and_never_loosened() {
    let (_dir, store) = store();
    let path = store.path().to_owned();
    drop(store);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
    drop(Store::open(&path).unwrap());
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn a_store_of_the_first_schema_is_brought_up_to_date_with_all_that_is_in_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("messages.sqlite3");
    let old = Connection::open(&path).unwrap();
    old.execute_batch(include_str!("../schema.sql")).unwrap();
    old.execute_batch(include_str!("../../../../tests/data/store/first.sql"))
        .unwrap();
    drop(old);
    let mut store = Store::open(&path).unwrap();
    let version = super::super::user_version(&store.conn).unwrap();
    assert_eq!(version, super::super::SCHEMA);
    let before = ["Grüße aus Köln", "Wann kommst du?", "Um acht? 🚲"];
    assert_eq!(texts(&store), before);
    let states = [State::Received, State::Delivered, State::Received];
    assert_eq!(states, [0, 1, 2].map(|at| all(&store)[at].state));
    let counts = store.counts().unwrap();
    assert_eq!((counts.unread, counts.total), (1, 3));
    assert_eq!(store.draft(ANNA).unwrap().as_deref(), Some("Um neun"));
    assert_eq!(store.search("koln", 9).unwrap().total, 1);
    // What came with the second schema works on the old messages' neighbours.
    store.ingest("SM", &[short(1, ANNA, "Bis dann")]).unwrap();
    assert_eq!(all(&store).last().unwrap().alert, None);
    assert_eq!(store.undelete(&[MessageId(4)]).unwrap(), 1);
    assert_eq!(store.search("zimmer", 9).unwrap().total, 1);
    drop(store);
    assert_eq!(texts(&Store::open(&path).unwrap()).len(), 5);
}

#[test]
fn a_newer_store_is_left_as_it_is() {
    let (_dir, store) = store();
    let path = store.path().to_owned();
    drop(store);
    Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let before = fs::read(&path).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(
        matches!(error, StoreError::Newer { found: 99, .. }),
        "{error}"
    );
    assert!(error.to_string().contains("newer barpop"));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_damaged_store_is_named_and_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("messages.sqlite3");
    fs::write(&path, vec![b'x'; 8192]).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Damaged(_)), "{error}");
    assert!(error.to_string().contains("messages.sqlite3"));
    assert_eq!(fs::read(&path).unwrap(), vec![b'x'; 8192]);
}

#[test]
fn damage_inside_the_file_is_named_too() {
    let (_dir, mut store) = store();
    for index in 0..200 {
        store
            .queue(&format!("+49170{index:07}"), "text", 1, noon())
            .unwrap();
    }
    let path = store.path().to_owned();
    drop(store);
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    let error = Store::open(&path)
        .and_then(|store| store.conversations())
        .unwrap_err();
    assert!(matches!(error, StoreError::Damaged(_)), "{error}");
}

#[test]
fn another_programs_database_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("messages.sqlite3");
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE theirs (x)")
        .unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Foreign(_)), "{error}");
}

#[test]
fn a_file_that_was_made_but_not_filled_before_a_kill_becomes_a_store() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("messages.sqlite3");
    fs::write(&path, b"").unwrap();
    assert_eq!(Store::open(&path).unwrap().counts().unwrap().total, 0);
}

#[test]
fn a_folder_in_the_files_place_is_an_error_that_names_it() {
    let dir = tempfile::tempdir().unwrap();
    let error = Store::open(dir.path()).unwrap_err().to_string();
    assert!(error.contains(&dir.path().display().to_string()), "{error}");
}

#[test]
fn many_processes_may_make_the_store_at_once() {
    for _ in 0..5 {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("barpop/messages.sqlite3");
        let threads: Vec<_> = (0..8)
            .map(|number| {
                let path = path.clone();
                std::thread::spawn(move || {
                    let mut store = Store::open(&path).unwrap();
                    store
                        .queue(&format!("1000{number}"), "x", 1, noon())
                        .unwrap();
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(Store::open(&path).unwrap().counts().unwrap().total, 8);
    }
}

#[test]
fn a_full_disk_is_told_as_one_and_changes_nothing() {
    let (_dir, mut store) = store();
    store.ingest("SM", &[short(1, ANNA, "before")]).unwrap();
    let pages: i64 = store
        .conn
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    store
        .conn
        .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
        .unwrap();
    let big = "long ".repeat(20_000);
    let error = store
        .ingest("SM", &[short(1, ANNA, "before"), short(2, ANNA, &big)])
        .unwrap_err();
    assert!(matches!(error, StoreError::DiskFull(_)), "{error}");
    assert_eq!(texts(&store), ["before"]);
    assert_eq!(store.stored_on("SM").unwrap().len(), 1);
}

#[test]
fn the_schema_is_what_this_version_says() {
    let (_dir, store) = store();
    assert_eq!(
        super::super::user_version(&store.conn).unwrap(),
        super::super::SCHEMA
    );
    let mode: String = store
        .conn
        .query_row("PRAGMA journal_mode", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
    let synchronous: i64 = store
        .conn
        .query_row("PRAGMA synchronous", [], |row| row.get(0))
        .unwrap();
    assert_eq!(synchronous, 2);
}

#[test]
fn other_processes_see_that_something_changed() {
    let (_dir, mut ours) = store();
    let theirs = Store::open(ours.path()).unwrap();
    let before = theirs.data_version().unwrap();
    assert_eq!(theirs.data_version().unwrap(), before);
    ours.set_modem_note(r#"{"operator":"x"}"#).unwrap();
    assert_ne!(theirs.data_version().unwrap(), before);
    assert_eq!(theirs.modem_note().unwrap().unwrap(), r#"{"operator":"x"}"#);
}

#[test]
fn refused_pins_are_remembered_until_they_are_cleared() {
    let (_dir, mut store) = store();
    let pin = Refused {
        salt: b"salt".to_vec(),
        hash: b"hash".to_vec(),
        tries: Some(3),
    };
    store.claim_pin(&pin).unwrap();
    let path = store.path().to_owned();
    let mut again = Store::open(&path).unwrap();
    assert_eq!(again.refused_pins().unwrap(), [pin]);
    assert_eq!(again.refused_pin_count().unwrap(), 1);
    again.clear_refused_pins().unwrap();
    assert_eq!(
        (
            store.refused_pins().unwrap(),
            store.refused_pin_count().unwrap()
        ),
        (vec![], 0)
    );
}
