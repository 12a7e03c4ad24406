use super::*;
use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

fn card(name: &str, number: &str) -> String {
    format!("BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL;TYPE=cell:{number}\nEND:VCARD\n")
}

fn book(path: &Path) -> Book {
    Book::new(&[path.to_owned()], Region::named("DE"))
}

#[test]
fn a_sender_is_known_however_the_number_is_written_in_the_address_book() {
    let folder = tempfile::tempdir().unwrap();
    // As vdirsyncer lays them out: a folder for each collection, a file for each card.
    let nested = folder.path().join("work/contacts");
    fs::create_dir_all(&nested).unwrap();
    fs::write(nested.join("a1.vcf"), card("Anna", "0170 1234567")).unwrap();
    fs::write(
        folder.path().join("all.vcf"),
        card("Bob", "0049/160-7654321") + &card("Short", "12345"),
    )
    .unwrap();
    fs::write(
        folder.path().join(".hidden.vcf"),
        card("Nobody", "+491601111111"),
    )
    .unwrap();
    fs::write(
        folder.path().join("notes.txt"),
        card("Nobody", "+491601111111"),
    )
    .unwrap();
    let contacts = book(folder.path()).contacts();
    assert_eq!(contacts.name("+491701234567"), Some("Anna"));
    assert_eq!(contacts.name("+491607654321"), Some("Bob"));
    assert_eq!(contacts.name("12345"), Some("Short"));
    assert_eq!(contacts.name("+4912345"), None);
    assert_eq!(contacts.name("+431701234567"), None);
    assert_eq!(contacts.name("+491601111111"), None);
    assert_eq!(contacts.name("Anna"), None);
    assert_eq!(contacts.name(""), None);
}

#[test]
fn without_a_country_a_national_number_is_still_found_unless_it_could_be_two_peoples() {
    let two = |first: &str, second: &str| {
        let mut people = Vec::new();
        let text = card("Anna", first) + &card("Bob", second);
        vcard::read(text.as_bytes(), &mut |card| {
            people.push(card);
            true
        })
        .unwrap();
        Contacts::new(people, None, Vec::new())
    };
    assert_eq!(
        two("0170 1234567", "112").name("+491701234567"),
        Some("Anna")
    );
    assert_eq!(
        two("0170 1234567", "170 1234567").name("+491701234567"),
        None
    );
}

#[test]
fn a_change_of_the_folder_is_read_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contacts");
    let (tell, told) = mpsc::channel();
    let _watcher =
        Watcher::start(book(&path), move |contacts| tell.send(contacts).unwrap()).unwrap();
    let patience = Duration::from_secs(20);
    assert!(told.recv_timeout(patience).unwrap().is_empty());
    // Not even the folder was there.
    fs::create_dir(&path).unwrap();
    fs::write(path.join("a.vcf"), card("Anna", "+491701234567")).unwrap();
    let until = Instant::now() + patience;
    let mut name = None;
    while name.is_none() && Instant::now() < until {
        name = told
            .recv_timeout(patience)
            .unwrap()
            .name("+491701234567")
            .map(str::to_owned);
    }
    assert_eq!(name.as_deref(), Some("Anna"));
    fs::write(path.join("tmp"), card("Anna Nová", "+491701234567")).unwrap();
    fs::rename(path.join("tmp"), path.join("a.vcf")).unwrap();
    let contacts = told.recv_timeout(patience).unwrap();
    assert_eq!(contacts.name("+491701234567"), Some("Anna Nová"));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_there() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("good.vcf"),
        card("Anna", "+491701234567"),
    )
    .unwrap();
    fs::write(folder.path().join("bad.vcf"), [0xff, 0, b'\n', b':', 0xfe]).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        folder.path().join("pipe.vcf"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR,
        0,
    )
    .unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("round")).unwrap();
    let contacts = book(folder.path()).contacts();
    assert_eq!(contacts.len(), 1);
    for name in ["pipe.vcf", "bad.vcf"] {
        let mut all = contacts.damaged.iter();
        assert!(all.any(|damage| damage.path.ends_with(name)), "{name}");
    }
    let missing = Book::new(&["/nonexistent/contacts".into()], None).contacts();
    assert_eq!(missing.damaged.len(), 1);
}

#[cfg(feature = "popup")]
#[test]
fn typing_finds_people_by_the_beginnings_of_their_names_and_by_digits() {
    let mut people = Vec::new();
    let text = card("José Álvarez", "+34612345678")
        + &card("Anna Josefová", "0170 1234567")
        + "BEGIN:VCARD\nFN:Bob\nORG:Joiners\nTEL;TYPE=fax:999999999\nTEL;TYPE=home:030 1234567\nTEL;TYPE=cell:0160 7654321\nEND:VCARD\n";
    vcard::read(text.as_bytes(), &mut |card| {
        people.push(card);
        true
    })
    .unwrap();
    let contacts = Contacts::new(people, Region::named("DE"), Vec::new());
    let found = |typed: &str| -> Vec<String> {
        let all = contacts.complete(typed, 9).into_iter();
        all.map(|offer| format!("{} {} {}", offer.name, offer.kind, offer.number))
            .collect()
    };
    assert_eq!(
        found("jose"),
        [
            "José Álvarez mobile +34612345678",
            "Anna Josefová mobile 0170 1234567"
        ]
    );
    assert_eq!(found("alv jo"), ["José Álvarez mobile +34612345678"]);
    assert_eq!(
        found("joiners"),
        ["Bob mobile 0160 7654321", "Bob home 030 1234567"]
    );
    assert_eq!(found("0160 76"), ["Bob mobile 0160 7654321"]);
    assert!(found("").is_empty() && found("zzz").is_empty());
}
