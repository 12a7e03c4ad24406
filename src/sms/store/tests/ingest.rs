use proptest::prelude::*;

use super::*;
use crate::sms::message::{Direction, State};
use crate::sms::pdu::Indication;
use crate::sms::store::{OwnMessage, raw_hash};

#[test]
fn a_message_is_taken_in_once_however_often_it_is_listed() {
    let (_dir, mut store) = store();
    let listing = [short(3, ANNA, "hi")];
    assert_eq!(store.ingest("SM", &listing).unwrap().new.len(), 1);
    assert_eq!(store.ingest("SM", &listing).unwrap().new, []);
    let mut again = Store::open(store.path()).unwrap();
    assert_eq!(again.ingest("SM", &listing).unwrap().new, []);
    assert_eq!(again.ingest("ME", &listing).unwrap().new, []);
    assert_eq!(again.ingest("SM", &[short(9, ANNA, "hi")]).unwrap().new, []);
    assert_eq!(texts(&store), ["hi"]);
}

#[test]
fn equal_entries_of_one_listing_are_as_many_messages() {
    let (_dir, mut store) = store();
    let twice = [short(1, ANNA, "yes"), short(2, ANNA, "yes")];
    assert_eq!(store.ingest("SM", &twice).unwrap().new.len(), 2);
    assert_eq!(store.ingest("ME", &twice).unwrap().new, []);
    // One was freed, the kill came before that was noted.
    assert_eq!(store.ingest("SM", &twice[1..]).unwrap().new, []);
    let thrice = [
        short(1, ANNA, "yes"),
        short(2, ANNA, "yes"),
        short(5, ANNA, "yes"),
    ];
    assert_eq!(store.ingest("ME", &thrice).unwrap().new.len(), 1);
    assert_eq!(texts(&store).len(), 3);
}

#[test]
fn what_was_deleted_does_not_come_back_from_the_sim() {
    let (_dir, mut store) = store();
    let listing = [short(1, ANNA, "gone"), short(2, ANNA, "stays")];
    let new = store.ingest("SM", &listing).unwrap().new;
    store.delete(&new[..1]).unwrap();
    store.ingest("SM", &listing[..1]).unwrap();
    assert_eq!(store.ingest("SM", &listing).unwrap().new, []);
    assert_eq!(texts(&store), ["stays"]);
    store.purge(Timestamp::MAX).unwrap();
    store.ingest("SM", &[]).unwrap();
    assert_eq!(store.ingest("SM", &listing).unwrap().new, []);
    assert_eq!(store.undelete(&new).unwrap(), 0);
    assert_eq!(texts(&store), ["stays"]);
}

#[test]
fn the_driver_is_told_what_it_may_delete_oldest_first() {
    let (_dir, mut store) = store();
    let late = listed(1, Content::Deliver(incoming(ANNA, "late", after(60))));
    let early = listed(2, Content::Deliver(incoming(ANNA, "early", noon())));
    store.ingest("SM", &[late.clone(), early.clone()]).unwrap();
    let lies = store.stored_on("SM").unwrap();
    assert_eq!(
        lies.iter().map(|entry| entry.index).collect::<Vec<_>>(),
        [2, 1]
    );
    assert_eq!(lies[0].raw_hash, raw_hash(&early.raw));
    assert_eq!(store.stored_on("ME").unwrap(), []);
    store.forget_on_sim("SM", 2).unwrap();
    assert_eq!(store.stored_on("SM").unwrap().len(), 1);
    // A new listing is the whole truth.
    store.ingest("SM", &[early]).unwrap();
    assert_eq!(store.stored_on("SM").unwrap()[0].index, 2);
}

#[test]
fn a_long_message_is_there_from_its_first_part_on_and_counts_once() {
    let (_dir, mut store) = store();
    let first = store.ingest("SM", &[part(1, 7, 3, 3, 2)]).unwrap().new;
    assert_eq!(texts(&store), ["[…][…]<3>"]);
    assert_eq!(all(&store)[0].parts_missing, 2);
    store.mark_read(&first).unwrap();
    let then = store
        .ingest("SM", &[part(1, 7, 3, 3, 2), part(2, 7, 1, 3, 0)])
        .unwrap()
        .new;
    assert_eq!(then, first);
    assert_eq!(texts(&store), ["<1>[…]<3>"]);
    assert_eq!(store.counts().unwrap().unread, 1);
    store
        .ingest("SM", &[part(4, 7, 2, 3, 1), part(5, 7, 2, 3, 1)])
        .unwrap();
    assert_eq!(texts(&store), ["<1><2><3>"]);
    let whole = &all(&store)[0];
    assert_eq!(
        (whole.parts, whole.parts_missing, whole.time),
        (3, 0, noon())
    );
    assert_eq!(store.counts().unwrap().total, 1);
}

#[test]
fn a_part_that_fits_no_group_begins_a_message_of_its_own() {
    let day = 24 * 3600;
    let mut sixteen = part(9, 7, 2, 3, 0);
    let mut stranger = part(9, 7, 2, 3, 0);
    if let (Content::Deliver(a), Content::Deliver(b)) =
        (&mut sixteen.content, &mut stranger.content)
    {
        a.concat.as_mut().unwrap().reference_bits = 16;
        b.address = "+49170999".into();
    }
    let sixteen = listed(9, sixteen.content);
    let stranger = listed(9, stranger.content);
    for (other, joins) in [
        (part(9, 7, 2, 3, day), true),
        (part(9, 7, 2, 3, -day), true),
        (part(9, 7, 2, 3, day + 1), false),
        (part(9, 7, 2, 3, -day - 1), false),
        (part(9, 8, 2, 3, 0), false),
        (part(9, 7, 2, 4, 0), false),
        (part(9, 7, 1, 3, 5), false), // the slot is taken
        (sixteen, false),
        (stranger, false),
    ] {
        let (_dir, mut store) = store();
        store
            .ingest("SM", &[part(1, 7, 1, 3, 0), other.clone()])
            .unwrap();
        assert_eq!(texts(&store).len(), if joins { 1 } else { 2 }, "{other:?}");
    }
}

#[test]
fn a_part_that_comes_after_the_rest_was_deleted_brings_the_message_back() {
    let (_dir, mut store) = store();
    let new = store.ingest("SM", &[part(1, 7, 1, 2, 0)]).unwrap().new;
    store.delete(&new).unwrap();
    store.ingest("SM", &[part(2, 7, 2, 2, 0)]).unwrap();
    assert_eq!(texts(&store), ["<1><2>"]);
    assert_eq!(store.counts().unwrap().unread, 1);
    assert_eq!(store.search("2", 9).unwrap().total, 1);
}

#[test]
fn a_replacing_message_takes_the_earlier_ones_place_and_is_unread() {
    let (_dir, mut store) = store();
    let replacing = |text: &str, kind, seconds| {
        let mut told = incoming(ANNA, text, after(seconds));
        told.replace_type = Some(kind);
        listed(1, Content::Deliver(told))
    };
    let first = store.ingest("SM", &[replacing("one", 1, 0)]).unwrap().new;
    store.mark_read(&first).unwrap();
    assert_eq!(
        store.ingest("SM", &[replacing("two", 1, 5)]).unwrap().new,
        first
    );
    assert_eq!(texts(&store), ["two"]);
    assert_eq!(store.counts().unwrap().unread, 1);
    // Neither the first one again, nor an older one that was late, nor another type.
    store.ingest("SM", &[replacing("one", 1, 0)]).unwrap();
    store.ingest("SM", &[replacing("late", 1, 3)]).unwrap();
    assert_eq!(texts(&store), ["two"]);
    store.ingest("SM", &[replacing("other", 2, 6)]).unwrap();
    assert_eq!(texts(&store), ["two", "other"]);
    // A deleted one stays deleted.
    store.delete(&first).unwrap();
    store.ingest("SM", &[replacing("three", 1, 9)]).unwrap();
    assert_eq!(texts(&store), ["other", "three"]);
}

#[test]
fn bytes_that_make_no_sense_are_kept_and_shown() {
    let (_dir, mut store) = store();
    let raw = vec![0xde, 0xad];
    let content = Content::Undecodable {
        reason: "PDU ends inside its address".into(),
    };
    store
        .ingest(
            "SM",
            &[Listed {
                index: 1,
                raw,
                content,
            }],
        )
        .unwrap();
    assert_eq!(
        texts(&store),
        ["[message that could not be read: PDU ends inside its address] DEAD"]
    );
    assert_eq!(store.counts().unwrap().unread, 1);
}

#[test]
fn own_messages_on_the_sim_are_outgoing_and_flash_keeps_its_class() {
    let (_dir, mut store) = store();
    let own = OwnMessage {
        address: ANNA.into(),
        text: "mine".into(),
        concat: None,
    };
    let mut flash = incoming(ANNA, "flash", noon());
    flash.class = Some(0);
    store
        .ingest(
            "SM",
            &[
                listed(1, Content::Submit(own)),
                listed(2, Content::Deliver(flash)),
            ],
        )
        .unwrap();
    let found = all(&store);
    assert_eq!((found[0].text.as_str(), found[0].class), ("flash", Some(0)));
    assert_eq!(
        (found[1].direction, found[1].state, found[1].read),
        (Direction::Out, State::Sent, true)
    );
    assert_eq!(store.conversations().unwrap().len(), 1);
}

#[test]
fn voice_mail_that_waits_is_noted_and_is_no_message() {
    let (_dir, mut store) = store();
    let told = |active, count| {
        Content::Waiting(Indication {
            kind: 0,
            active,
            count,
            store: false,
        })
    };
    store
        .ingest("SM", &[listed(1, told(true, Some(3)))])
        .unwrap();
    assert_eq!(store.waiting().unwrap()[0].words(), "3 voice mails");
    store.receive(b"off", &told(false, None)).unwrap();
    assert_eq!(store.waiting().unwrap(), []);
    assert_eq!(store.counts().unwrap().total, 0);
}

#[test]
fn a_message_straight_from_the_network_is_taken_once() {
    let (_dir, mut store) = store();
    let direct = short(0, ANNA, "direct");
    assert_eq!(
        store
            .receive(&direct.raw, &direct.content)
            .unwrap()
            .new
            .len(),
        1
    );
    assert_eq!(store.receive(&direct.raw, &direct.content).unwrap().new, []);
    assert_eq!(store.ingest("SM", &[direct]).unwrap().new, []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    /// Any order of listings of any subsets of a SIM gives the same messages in the end.
    #[test]
    fn parts_come_in_any_order_in_any_portions(
        order in Just((0..9_u32).collect::<Vec<_>>()).prop_shuffle(),
        portion in 1_usize..5,
    ) {
        let entries: Vec<_> = (1..=4).map(|n| part(u32::from(n), 1, n, 4, 0))
            .chain((1..=3).map(|n| part(4 + u32::from(n), 2, n, 3, 9)))
            .chain([short(8, ANNA, "short"), short(9, "Bank", "code")])
            .collect();
        let order: Vec<_> = order.iter().map(|n| entries[*n as usize].clone()).collect();
        let (_dir, mut store) = store();
        for portion in order.chunks(portion) {
            store.ingest("SM", portion).unwrap();
            store.ingest("ME", portion).unwrap();
        }
        let mut found = texts(&store);
        found.sort();
        prop_assert_eq!(found, ["<1><2><3>", "<1><2><3><4>", "code", "short"]);
        prop_assert_eq!(store.counts().unwrap().unread, 4);
    }
}
