//! A process that uses the store is killed at random instants; nothing may be lost or doubled.
//!
//! The world is a folder: `sim/` holds one file per entry of the SIM, `network` gets a line for
//! each part that the "modem" has taken. The child works on both through the store; this process
//! fills the SIM and the queue, kills the child again and again, and in the end compares.

// `allow-unwrap-in-tests` does not reach a test's helpers.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use barpop::sms::message::{Direction, State};
use barpop::sms::pdu::Concat;
use barpop::sms::store::{Content, Filter, Incoming, Listed, Store};
use jiff::Timestamp;

const ROOM: &str = "BARPOP_STORE_KILL_ROOM";
const KILLS: u64 = 60;

/// What a file in `sim/` says: `text` or `text|reference|part|parts`.
fn entry(index: u32, raw: &[u8]) -> Listed {
    let line = String::from_utf8_lossy(raw).into_owned();
    let fields: Vec<_> = line.split('|').collect();
    let number = |n: usize| fields[n].parse::<u8>().unwrap();
    let concat = (fields.len() == 4).then(|| Concat {
        reference: number(1).into(),
        reference_bits: 8,
        part: number(2),
        parts: number(3),
    });
    let content = Content::Deliver(Incoming {
        address: "+491701234567".into(),
        time: Some("2026-11-04T12:00:00Z".parse().unwrap()),
        text: fields[0].to_owned(),
        class: None,
        concat,
        replace_type: None,
    });
    Listed {
        index,
        raw: raw.to_vec(),
        content,
    }
}

fn listing(sim: &Path) -> Vec<Listed> {
    let mut entries: Vec<_> = fs::read_dir(sim)
        .unwrap()
        .filter_map(|file| {
            let file = file.unwrap();
            let index = file.file_name().to_str()?.parse().ok()?;
            Some(entry(index, &fs::read(file.path()).ok()?))
        })
        .collect();
    entries.sort_by_key(|entry| entry.index);
    entries
}

/// The modem's holder: takes the SIM in, frees it, sends what is queued; until it is killed.
fn hold_the_modem(room: &Path) -> ! {
    let sim = room.join("sim");
    let mut store = Store::open(&room.join("store/messages.sqlite3")).unwrap();
    store.recover_interrupted().unwrap();
    let mut network = OpenOptions::new()
        .append(true)
        .create(true)
        .open(room.join("network"))
        .unwrap();
    loop {
        store.ingest("SM", &listing(&sim)).unwrap();
        for entry in store.stored_on("SM").unwrap() {
            fs::remove_file(sim.join(entry.index.to_string())).unwrap();
            store.forget_on_sim("SM", entry.index).unwrap();
        }
        if let Some(out) = store.next_queued().unwrap() {
            for part in out.waiting {
                if store.begin_part(out.id, part).unwrap() {
                    writeln!(network, "{}/{part}", out.text).unwrap();
                    store
                        .part_sent(out.id, part, part, Timestamp::now())
                        .unwrap();
                }
            }
            store.finish(out.id).unwrap();
        }
    }
}

/// Puts an entry into the lowest free slot, all at once, as a SIM does.
fn arrive(room: &Path, raw: &str) {
    let file = room.join("coming");
    fs::write(&file, raw).unwrap();
    let slot = (1..).find(|slot: &u32| !room.join("sim").join(slot.to_string()).exists());
    fs::rename(file, room.join("sim").join(slot.unwrap().to_string())).unwrap();
}

#[test]
fn a_kill_at_any_instant_loses_and_doubles_nothing() {
    if let Some(room) = std::env::var_os(ROOM) {
        hold_the_modem(Path::new(&room));
    }
    let room = tempfile::tempdir().unwrap();
    let room = room.path();
    fs::create_dir(room.join("sim")).unwrap();
    let path = room.join("store/messages.sqlite3");
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % below
    };
    let mut expected: BTreeMap<String, usize> = BTreeMap::new();
    let mut queued = Vec::new();
    let mut parts_to_come = Vec::new();
    let mut store: Option<Store> = None;
    for round in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "a_kill_at_any_instant_loses_and_doubles_nothing",
                "--nocapture",
            ])
            .env(ROOM, room)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        for step in 0..3 {
            sleep(Duration::from_micros(random(12_000)));
            let text = format!("short {round} {step}");
            arrive(room, &text);
            expected.insert(text, 1);
            let long: Vec<_> = (1..=3)
                .map(|part| format!("[{round}.{step}.{part}]"))
                .collect();
            for (part, text) in (1..).zip(&long) {
                parts_to_come.push(format!("{text}|{}|{part}|3", round * 3 + step));
            }
            expected.insert(long.concat(), 1);
            for _ in 0..3 {
                let next = random(parts_to_come.len() as u64) as usize;
                arrive(room, &parts_to_come.swap_remove(next));
            }
            // The first rounds leave the making of the store to the child.
            if round > 3 {
                let store = store.get_or_insert_with(|| Store::open(&path).unwrap());
                let text = format!("out {round} {step}");
                store
                    .queue("+491709876543", &text, 1 + (step as u8), Timestamp::now())
                    .unwrap();
                queued.push((text, 1 + (step as u8)));
            }
        }
        sleep(Duration::from_micros(random(15_000)));
        assert_eq!(
            child.try_wait().unwrap(),
            None,
            "the child must not end by itself"
        );
        child.kill().unwrap();
        child.wait().unwrap();
        // Something comes while nobody looks, so that the next listing is a new one.
        let text = format!("meanwhile {round}");
        arrive(room, &text);
        expected.insert(text, 1);
    }

    let mut store = Store::open(&path).unwrap();
    store.recover_interrupted().unwrap();
    store.ingest("SM", &listing(&room.join("sim"))).unwrap();
    let messages = store.list(Filter::All).unwrap();
    let mut came: BTreeMap<String, usize> = BTreeMap::new();
    for message in messages
        .iter()
        .filter(|message| message.direction == Direction::In)
    {
        assert!(!message.read);
        *came.entry(message.text.clone()).or_default() += 1;
    }
    assert_eq!(came, expected);
    assert_eq!(store.counts().unwrap().unread as usize, expected.len());

    let network = fs::read_to_string(room.join("network")).unwrap();
    let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
    for line in network.lines() {
        *taken.entry(line).or_default() += 1;
    }
    assert!(
        taken.values().all(|times| *times == 1),
        "a part was sent twice: {taken:?}"
    );
    let mut sent = 0;
    for (text, parts) in queued {
        let found: Vec<_> = messages
            .iter()
            .filter(|message| message.text == text)
            .collect();
        assert_eq!(found.len(), 1, "{text}");
        let gone = (1..=parts)
            .filter(|part| taken.contains_key(format!("{text}/{part}").as_str()))
            .count();
        let left = usize::from(found[0].parts_missing);
        let all = usize::from(parts);
        match found[0].state {
            State::Sent => {
                assert_eq!((gone, left), (all, 0), "{text}");
                sent += 1;
            }
            State::Queued => assert_eq!(gone + left, all, "{text}"),
            State::Unknown => assert!(gone + left == all || gone + left == all + 1, "{text}"),
            other => panic!("{text} is {other:?}"),
        }
    }
    assert!(sent > 0, "the child never came to send anything");
}
