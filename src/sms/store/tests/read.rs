use proptest::prelude::*;

use super::*;
use crate::sms::message::MessageId;
use crate::sms::store::{Counts, Filter};

fn filled() -> (TempDir, Store) {
    let (dir, mut store) = store();
    let listing: Vec<_> = [
        (ANNA, "Guten Tag, schöne Grüße"),
        ("0170 1234567", "\n  second line is first \nthird"),
        ("Vodafone", "Your code: 4711"),
        ("+33612345678", "到着しました 😀 100%_sure"),
    ]
    .into_iter()
    .zip(0_u32..)
    .map(|((address, text), n)| {
        listed(
            n,
            Content::Deliver(incoming(address, text, after(i64::from(n)))),
        )
    })
    .collect();
    store.ingest("SM", &listing).unwrap();
    (dir, store)
}

#[test]
fn threads_come_newest_first_with_their_preview_and_counts() {
    let (_dir, store) = filled();
    let threads = store.conversations().unwrap();
    let told: Vec<_> = threads
        .iter()
        .map(|t| (t.preview.as_str(), t.unread, t.total))
        .collect();
    assert_eq!(
        told,
        [
            ("到着しました 😀 100%_sure", 1, 1),
            ("Your code: 4711", 1, 1),
            ("second line is first", 2, 2),
        ]
    );
    assert_eq!(threads[2].address, "0170 1234567");
    assert_eq!(
        store.conversation_for("0049 170/1234567").unwrap(),
        Some(threads[2].id)
    );
    assert_eq!(store.conversation_for("nobody").unwrap(), None);
}

#[test]
fn a_national_number_that_could_be_two_peoples_joins_neither() {
    let (_dir, mut store) = store();
    for (n, address) in ["+491701234567", "+431701234567", "01701234567"]
        .iter()
        .enumerate()
    {
        store
            .queue(address, &format!("{n}"), 1, after(n as i64))
            .unwrap();
    }
    assert_eq!(store.conversations().unwrap().len(), 3);
}

#[test]
fn a_thread_begun_nationally_becomes_one_countrys() {
    let (_dir, mut store) = store();
    for address in [
        "01701234567",
        "+491701234567",
        "+431701234567",
        "0170-1234567",
    ] {
        store.queue(address, "x", 1, noon()).unwrap();
    }
    let mut totals: Vec<_> = store
        .conversations()
        .unwrap()
        .iter()
        .map(|t| t.total)
        .collect();
    totals.sort_unstable();
    // The last one could be either country's by now.
    assert_eq!(totals, [1, 1, 2]);
}

#[test]
fn counts_follow_reading_deleting_and_bringing_back() {
    let (_dir, mut store) = filled();
    let ids: Vec<_> = all(&store).iter().map(|message| message.id).collect();
    let counts = |store: &Store| {
        let Counts { unread, total, .. } = store.counts().unwrap();
        (unread, total)
    };
    assert_eq!(counts(&store), (4, 4));
    assert_eq!(
        store.mark_read(&[ids[0], ids[0], MessageId(999)]).unwrap(),
        1
    );
    assert_eq!(counts(&store), (3, 4));
    assert_eq!(store.delete(&[ids[1], ids[2]]).unwrap(), 2);
    assert_eq!(counts(&store), (1, 2));
    assert_eq!(store.message(ids[1]).unwrap(), None);
    assert_eq!(store.conversations().unwrap().len(), 2);
    assert_eq!(store.undelete(&ids).unwrap(), 2);
    assert_eq!(counts(&store), (3, 4));
    let thread = store.conversation_for(ANNA).unwrap().unwrap();
    assert_eq!(store.mark_conversation_read(thread).unwrap(), 1);
    assert_eq!(store.list(Filter::Unread).unwrap().len(), 2);
    assert_eq!(store.mark_all_read().unwrap(), 2);
    assert_eq!(counts(&store), (0, 4));
}

#[test]
fn a_thread_is_paged_from_its_newest_end_without_gap_or_overlap() {
    let (_dir, mut store) = store();
    // Several at the same second: the order must still be one.
    let ids: Vec<_> = (0..25)
        .map(|n| store.queue(ANNA, "x", 1, after(n / 4)).unwrap())
        .collect();
    let thread = store.conversation_for(ANNA).unwrap().unwrap();
    let mut seen: Vec<MessageId> = Vec::new();
    let mut before = None;
    loop {
        let page = store.thread(thread, 7, before).unwrap();
        assert_eq!(page.total, 25);
        if page.messages.is_empty() {
            break;
        }
        seen.splice(0..0, page.messages.iter().map(|message| message.id));
        before = seen.first().copied();
    }
    assert_eq!(seen, ids);
}

#[test]
fn words_are_found_by_their_beginning_whatever_their_accents() {
    let (_dir, store) = filled();
    for (query, hits) in [
        ("guten", 1),
        ("GRU", 1),
        ("schone grusse", 0),
        ("schon grüße", 1),
        ("tag guten", 1),
        ("tag code", 0),
        ("voda", 1),
        ("4711", 1),
        ("471", 1),
        ("711", 0),
        ("0170 123", 2),
        ("+49170", 2), // both spellings are one thread
        ("70123456", 2),
        ("着しま", 1),
        ("😀", 1),
        ("😁", 0),
        ("100%_", 1),
        ("code:", 1),
        ("\"", 0),
        ("", 0),
        ("  ", 0),
        ("*", 0),
        ("guten OR code", 0),
        ("text:guten", 0),
        ("NEAR(", 0),
        ("g\0uten", 0),
        ("_", 1),
        ("%", 1),
    ] {
        let found = store.search(query, 200).unwrap();
        assert_eq!(
            (found.hits.len(), found.total),
            (hits, hits as u32),
            "{query:?}"
        );
    }
}

#[test]
fn hits_are_the_newest_and_all_are_counted() {
    let (_dir, mut store) = store();
    let late = store.queue("1", "word late", 1, after(100)).unwrap();
    for n in 0..5 {
        store.queue("1", "word", 1, after(n)).unwrap();
    }
    let found = store.search("wor", 2).unwrap();
    assert_eq!(
        (found.hits.len(), found.total, found.hits[0].id),
        (2, 6, late)
    );
    store.delete(&[late]).unwrap();
    assert_eq!(store.search("late", 9).unwrap().total, 0);
    store.undelete(&[late]).unwrap();
    assert_eq!(store.search("late", 9).unwrap().total, 1);
    store.delete(&[late]).unwrap();
    store.purge(Timestamp::MAX).unwrap();
    assert_eq!(store.search("word", 9).unwrap().total, 5);
    store
        .conn
        .execute(
            "INSERT INTO message_text(message_text) VALUES ('integrity-check')",
            [],
        )
        .unwrap();
}

#[test]
fn drafts_are_kept_per_thread_and_shown_without_a_message() {
    let (_dir, mut store) = store();
    store.save_draft("0170 1234567", "I wan").unwrap();
    assert_eq!(store.draft(ANNA).unwrap().as_deref(), Some("I wan"));
    let threads = store.conversations().unwrap();
    assert_eq!(
        (threads.len(), threads[0].draft.as_deref()),
        (1, Some("I wan"))
    );
    store.ingest("SM", &[short(1, ANNA, "hi")]).unwrap();
    assert_eq!(
        store.conversations().unwrap()[0].draft.as_deref(),
        Some("I wan")
    );
    store.save_draft(ANNA, "").unwrap();
    assert_eq!(store.conversations().unwrap()[0].draft, None);
    assert_eq!(store.conversations().unwrap()[0].time, noon());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn nothing_typed_breaks_a_search(query in "[\\PC\\x00-\\x1f]{0,12}", noise in "[\"*():^+ANDORNEAR -]{0,12}") {
        thread_local!(static FILLED: (TempDir, Store) = filled());
        FILLED.with(|(_, store)| {
            store.search(&query, 10).unwrap();
            store.search(&noise, 10).unwrap();
        });
    }
}

#[test]
fn more_hits_than_are_sorted_are_still_the_newest_of_every_kind() {
    let (_dir, mut store) = store();
    let listing: Vec<_> = (0..1500_u32)
        .map(|n| {
            let told = incoming(
                ANNA,
                &format!("word 語 {n}"),
                after(i64::from(n * 7919 % 1500)),
            );
            listed(n, Content::Deliver(told))
        })
        .collect();
    let new = store.ingest("SM", &listing).unwrap().new;
    store.delete(&new[..1]).unwrap();
    for query in ["wor", "語", "0170", "word 語"] {
        let found = store.search(query, 3).unwrap();
        let times: Vec<_> = found.hits.iter().map(|hit| hit.time).collect();
        assert_eq!(
            (found.total, times),
            (1499, vec![after(1499), after(1498), after(1497)])
        );
    }
}
