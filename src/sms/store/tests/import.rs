use std::fs;

use super::*;
use crate::sms::message::{Direction, State};
use crate::sms::store::Counts;

const INBOX: &str = r#"[
 {"sms_id": 1, "status": "REC UNREAD", "sender": "+491701234567", "date_received": "2014-05-06T12:34:56Z", "message": "one", "read": false},
 {"sms_id": 2, "status": "REC READ", "sender": "Vodafone", "date_received": "2014-05-07T12:34:56.789000Z", "message": "two", "read": true},
 {"sms_id": 3, "status": "REC UNREAD", "sender": "+491701234567", "date_received": "2014-05-06T12:34:56Z", "message": "one", "read": false}
]"#;
const OUTBOX: &str =
    r#"[{"recipient": "01701234567", "date_sent": "2014-05-08T12:00:00Z", "message": "three"}]"#;

fn original(inbox: &[u8], outbox: &[u8]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("inbox.json"), inbox).unwrap();
    fs::write(dir.path().join("outbox.json"), outbox).unwrap();
    dir
}

#[test]
fn the_originals_messages_are_taken_over_once() {
    let (_dir, mut store) = store();
    let old = original(INBOX.as_bytes(), OUTBOX.as_bytes());
    let report = store.import_once(old.path()).unwrap().unwrap();
    assert_eq!((report.imported, report.already_there), (4, 0));
    assert_eq!(report.damaged, []);
    assert_eq!(texts(&store), ["one", "one", "two", "three"]);
    assert_eq!(
        store.counts().unwrap(),
        Counts {
            unread: 2,
            total: 4,
            ..Counts::default()
        }
    );
    let last = &all(&store)[3];
    assert_eq!((last.direction, last.state), (Direction::Out, State::Sent));
    assert_eq!(store.conversations().unwrap().len(), 2);
    assert_eq!(store.search("three", 9).unwrap().total, 1);

    assert_eq!(store.import_once(old.path()).unwrap(), None);
    let again = store.import(old.path()).unwrap();
    assert_eq!((again.imported, again.already_there), (0, 4));
    assert_eq!(
        fs::read_to_string(old.path().join("inbox.json")).unwrap(),
        INBOX
    );
    assert_eq!(fs::read_dir(old.path()).unwrap().count(), 2);
}

#[test]
fn what_was_deleted_since_is_not_imported_again() {
    let (_dir, mut store) = store();
    let old = original(INBOX.as_bytes(), b"[]");
    store.import(old.path()).unwrap();
    let ids: Vec<_> = all(&store).iter().map(|message| message.id).collect();
    store.delete(&ids).unwrap();
    store.purge(Timestamp::MAX).unwrap();
    assert_eq!(store.import(old.path()).unwrap().imported, 0);
    assert_eq!(store.counts().unwrap().total, 0);
}

#[test]
fn a_damaged_file_gives_what_it_has_and_a_mended_one_the_rest() {
    let (_dir, mut store) = store();
    let cut = INBOX.find("two").unwrap();
    let old = original(&INBOX.as_bytes()[..cut], b"");
    let report = store.import(old.path()).unwrap();
    assert_eq!(report.imported, 1);
    let told: Vec<_> = report
        .damaged
        .iter()
        .map(|d| (d.file.as_str(), d.reason.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("inbox.json", "a message that is cut off"),
            ("outbox.json", "the file is empty"),
        ]
    );
    fs::write(old.path().join("inbox.json"), INBOX).unwrap();
    let mended = store.import(old.path()).unwrap();
    assert_eq!((mended.imported, mended.already_there), (2, 1));
}

#[test]
fn without_the_original_there_is_nothing_to_do() {
    let (_dir, mut store) = store();
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(store.import_once(empty.path()).unwrap(), None);
    assert_eq!(store.import(empty.path()).unwrap(), Default::default());
    // It may be put there later.
    let old = original(INBOX.as_bytes(), b"[]");
    assert_eq!(store.import_once(old.path()).unwrap().unwrap().imported, 3);
}

#[test]
fn a_message_without_a_date_takes_the_files() {
    let (_dir, mut store) = store();
    let old = original(
        br#"[{"sender": null, "message": "x", "date_received": null}]"#,
        b"[]",
    );
    store.import(old.path()).unwrap();
    let age = Timestamp::now().duration_since(all(&store)[0].time);
    assert!(age.as_secs() < 600, "{age:?}");
}
