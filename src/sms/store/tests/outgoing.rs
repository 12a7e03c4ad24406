use super::*;
use crate::sms::message::{MessageId, State};
use crate::sms::store::Report;

fn state(store: &Store, id: MessageId) -> (State, Option<String>, u8) {
    let message = store.message(id).unwrap().unwrap();
    (message.state, message.reason, message.parts_missing)
}

fn report(reference: u8, address: &str, status: u8, time: Timestamp) -> Content {
    Content::StatusReport(Report {
        taken: None,
        reference,
        address: address.into(),
        discharge_time: Some(time),
        status,
    })
}

fn tell(store: &mut Store, content: &Content) -> Vec<MessageId> {
    store
        .receive(format!("{content:?}").as_bytes(), content)
        .unwrap()
        .reported
}

/// Queues and sends a message of so many parts, with references from `reference` on.
fn sent(store: &mut Store, address: &str, parts: u8, reference: u8, at: Timestamp) -> MessageId {
    let id = store.queue(address, "text", parts, at).unwrap();
    for part in 1..=parts {
        assert!(store.begin_part(id, part).unwrap());
        store
            .part_sent(id, part, reference.wrapping_add(part - 1), at)
            .unwrap();
    }
    store.finish(id).unwrap();
    id
}

#[test]
fn a_message_goes_from_queue_to_sent() {
    let (_dir, mut store) = store();
    store.save_draft("0170 1234567", "tex").unwrap();
    let id = store.queue(ANNA, "text", 2, noon()).unwrap();
    assert_eq!(store.draft(ANNA).unwrap(), None);
    assert_eq!(state(&store, id), (State::Queued, None, 2));
    let next = store.next_queued().unwrap().unwrap();
    assert_eq!(
        (next.id, next.next_part, next.parts, next.text.as_str()),
        (id, 1, 2, "text")
    );
    assert!(store.begin_part(id, 1).unwrap());
    assert_eq!(state(&store, id).0, State::Sending);
    assert_eq!(store.next_queued().unwrap(), None);
    store.part_sent(id, 1, 10, noon()).unwrap();
    assert_eq!(state(&store, id), (State::Sending, None, 1));
    assert!(store.begin_part(id, 2).unwrap());
    store.part_sent(id, 2, 11, noon()).unwrap();
    store.finish(id).unwrap();
    assert_eq!(state(&store, id), (State::Sent, None, 0));
    let thread = &store.conversations().unwrap()[0];
    assert_eq!(thread.last.unwrap().1, State::Sent);
}

#[test]
fn the_queue_keeps_its_order() {
    let (_dir, mut store) = store();
    let first = store.queue(ANNA, "1", 1, after(9)).unwrap();
    store.queue(ANNA, "2", 1, noon()).unwrap();
    assert_eq!(store.next_queued().unwrap().unwrap().id, first);
}

#[test]
fn a_part_is_given_to_one_process_only() {
    let (_dir, mut ours) = store();
    let id = ours.queue(ANNA, "text", 2, noon()).unwrap();
    let mut theirs = Store::open(ours.path()).unwrap();
    assert!(ours.begin_part(id, 1).unwrap());
    assert!(!theirs.begin_part(id, 1).unwrap());
    assert!(!theirs.begin_part(id, 2).unwrap());
    ours.part_sent(id, 1, 0, noon()).unwrap();
    assert!(!theirs.begin_part(id, 1).unwrap());
    assert!(!theirs.begin_part(id, 3).unwrap());
}

#[test]
fn what_a_dead_process_was_sending_is_unknown_and_never_sent_by_itself() {
    let (_dir, mut store) = store();
    let id = store.queue(ANNA, "text", 1, noon()).unwrap();
    store.begin_part(id, 1).unwrap();
    let mut next = Store::open(store.path()).unwrap();
    assert_eq!(next.recover_interrupted().unwrap(), [id]);
    let (found, reason, missing) = state(&next, id);
    assert_eq!((found, missing), (State::Unknown, 1));
    assert!(reason.unwrap().contains("interrupted"));
    assert_eq!(next.next_queued().unwrap(), None);
    assert!(!next.begin_part(id, 1).unwrap());
    assert_eq!(next.recover_interrupted().unwrap(), []);
    assert!(next.requeue(id).unwrap());
    assert_eq!(next.next_queued().unwrap().unwrap().id, id);
}

#[test]
fn a_process_that_died_between_two_parts_leaves_no_doubt() {
    let (_dir, mut store) = store();
    let id = store.queue(ANNA, "text", 3, noon()).unwrap();
    store.begin_part(id, 1).unwrap();
    store.part_sent(id, 1, 1, noon()).unwrap();
    assert_eq!(store.recover_interrupted().unwrap(), []);
    assert_eq!(state(&store, id), (State::Queued, None, 2));
    assert_eq!(store.next_queued().unwrap().unwrap().waiting, [2, 3]);
    // And after the last part, before `finish`:
    for part in [2, 3] {
        store.begin_part(id, part).unwrap();
        store.part_sent(id, part, part, noon()).unwrap();
    }
    store.recover_interrupted().unwrap();
    assert_eq!(state(&store, id), (State::Sent, None, 0));
}

#[test]
fn sending_again_sends_only_what_was_not_taken() {
    for unknown in [false, true] {
        let (_dir, mut store) = store();
        let id = store.queue(ANNA, "text", 3, noon()).unwrap();
        store.begin_part(id, 1).unwrap();
        store.part_sent(id, 1, 1, noon()).unwrap();
        store.begin_part(id, 2).unwrap();
        assert!(!store.requeue(id).unwrap());
        let before = id.0.to_be_bytes()[7];
        if unknown {
            store.unknown(id, "no answer").unwrap();
            assert_eq!(
                state(&store, id),
                (State::Unknown, Some("no answer".into()), 2)
            );
        } else {
            store.fail(id, "no credit").unwrap();
            assert_eq!(
                state(&store, id),
                (State::Failed, Some("no credit".into()), 2)
            );
        }
        assert_eq!(store.next_queued().unwrap(), None);
        assert!(store.requeue(id).unwrap());
        let next = store.next_queued().unwrap().unwrap();
        assert_eq!(
            (next.next_part, next.waiting, next.concat_reference),
            (2, vec![2, 3], before)
        );
        assert_eq!(state(&store, id), (State::Queued, None, 2));
    }
}

#[test]
fn what_is_with_the_network_is_not_sent_again() {
    let (_dir, mut store) = store();
    let id = sent(&mut store, ANNA, 1, 1, noon());
    assert!(!store.requeue(id).unwrap());
    assert!(!store.cancel(id).unwrap());
    assert_eq!(state(&store, id).0, State::Sent);
}

#[test]
fn a_message_can_be_taken_back_until_the_modem_has_it() {
    let (_dir, mut store) = store();
    let id = store.queue(ANNA, "text", 2, noon()).unwrap();
    assert!(store.cancel(id).unwrap());
    assert_eq!(state(&store, id).0, State::Failed);
    assert!(!store.begin_part(id, 1).unwrap());
    assert!(store.requeue(id).unwrap());
    store.begin_part(id, 1).unwrap();
    assert!(store.cancel(id).unwrap());
    store.part_sent(id, 1, 1, noon()).unwrap();
    assert!(!store.begin_part(id, 2).unwrap());
    store.finish(id).unwrap();
    assert_eq!(
        state(&store, id),
        (
            State::Failed,
            Some("taken back after 1 of 2 parts".into()),
            1
        )
    );
}

#[test]
fn a_deleted_message_is_not_sent_even_if_it_comes_back() {
    let (_dir, mut store) = store();
    let id = store.queue(ANNA, "text", 1, noon()).unwrap();
    store.delete(&[id]).unwrap();
    assert_eq!(store.next_queued().unwrap(), None);
    store.undelete(&[id]).unwrap();
    assert_eq!(store.next_queued().unwrap(), None);
    assert_eq!(state(&store, id).0, State::Failed);
}

#[test]
fn reports_tell_what_became_of_a_message() {
    for (status, expected) in [
        (0x00, State::Delivered),
        (0x1f, State::Delivered),
        (0x20, State::Sent),
        (0x3f, State::Sent),
        (0x40, State::Failed),
        (0x7f, State::Failed),
        (0xff, State::Failed),
    ] {
        let (_dir, mut store) = store();
        let id = sent(&mut store, "0170 1234567", 1, 42, noon());
        assert_eq!(tell(&mut store, &report(42, ANNA, status, after(5))), [id]);
        let (found, reason, _) = state(&store, id);
        assert_eq!(found, expected, "{status:#x}");
        assert_eq!(reason.is_some(), expected == State::Failed, "{status:#x}");
    }
}

#[test]
fn a_long_message_is_delivered_when_all_parts_are() {
    let (_dir, mut store) = store();
    let id = sent(&mut store, ANNA, 3, 254, noon());
    tell(&mut store, &report(254, ANNA, 0, after(1)));
    tell(&mut store, &report(0, ANNA, 0, after(1)));
    assert_eq!(state(&store, id).0, State::Sent);
    tell(&mut store, &report(255, ANNA, 0x30, after(1)));
    assert_eq!(state(&store, id).0, State::Sent);
    tell(&mut store, &report(255, ANNA, 0, after(2)));
    assert_eq!(state(&store, id).0, State::Delivered);
}

#[test]
fn a_part_that_was_not_delivered_is_the_one_sent_again() {
    let (_dir, mut store) = store();
    let id = sent(&mut store, ANNA, 2, 1, noon());
    tell(&mut store, &report(1, ANNA, 0, after(1)));
    tell(&mut store, &report(2, ANNA, 0x46, after(1)));
    let (found, reason, _) = state(&store, id);
    assert_eq!(found, State::Failed);
    assert!(reason.unwrap().contains("time ran out"));
    assert!(store.requeue(id).unwrap());
    assert_eq!(store.next_queued().unwrap().unwrap().waiting, [2]);
}

#[test]
fn a_report_finds_the_newest_message_it_can_be_about() {
    let (_dir, mut store) = store();
    let day = 24 * 3600;
    let old = sent(&mut store, ANNA, 1, 7, noon());
    let other = sent(&mut store, "+491709999999", 1, 7, after(20));
    let newest = sent(&mut store, ANNA, 1, 7, after(10));
    assert_eq!(tell(&mut store, &report(7, ANNA, 0, after(30))), [newest]);
    // That one has its answer: another report is about the one before.
    assert_eq!(tell(&mut store, &report(7, ANNA, 0, after(31))), [old]);
    assert_eq!(tell(&mut store, &report(8, ANNA, 0, after(31))), []);
    assert_eq!(
        tell(
            &mut store,
            &report(7, "+491709999999", 0, after(20 + 14 * day + 1))
        ),
        []
    );
    assert_eq!(
        tell(
            &mut store,
            &report(7, "+491709999999", 0, after(20 + 14 * day))
        ),
        [other]
    );
}

#[test]
fn a_report_that_is_quicker_than_the_modems_answer_is_not_lost() {
    let (_dir, mut store) = store();
    let id = store.queue(ANNA, "text", 1, Timestamp::now()).unwrap();
    store.begin_part(id, 1).unwrap();
    assert_eq!(tell(&mut store, &report(9, ANNA, 0, Timestamp::now())), []);
    store.part_sent(id, 1, 9, Timestamp::now()).unwrap();
    store.finish(id).unwrap();
    assert_eq!(state(&store, id).0, State::Delivered);
}

#[test]
fn a_report_from_before_a_message_was_sent_is_about_another_one() {
    let (_dir, mut store) = store();
    tell(&mut store, &report(9, ANNA, 0, Timestamp::now()));
    let id = sent(&mut store, ANNA, 1, 9, Timestamp::now());
    assert_eq!(state(&store, id).0, State::Sent);
}

#[test]
fn a_report_listed_again_changes_nothing() {
    let (_dir, mut store) = store();
    let first = sent(&mut store, ANNA, 1, 7, noon());
    let second = sent(&mut store, ANNA, 1, 7, after(1));
    let listing = [listed(1, report(7, ANNA, 0, after(2)))];
    store.ingest("SM", &listing).unwrap();
    store.ingest("SM", &[]).unwrap();
    store.ingest("SM", &listing).unwrap();
    assert_eq!(state(&store, second).0, State::Delivered);
    assert_eq!(state(&store, first).0, State::Sent);
    assert_eq!(store.stored_on("SM").unwrap().len(), 1);
}
