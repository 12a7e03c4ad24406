use super::*;

fn cards(bytes: &[u8]) -> Vec<Card> {
    let mut all = Vec::new();
    read(bytes, &mut |card| {
        all.push(card);
        true
    })
    .unwrap();
    all
}

fn one(text: &str) -> Card {
    let mut all = cards(text.as_bytes());
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn numbers(card: &Card) -> Vec<(&str, &str)> {
    let numbers = card.numbers.iter();
    numbers
        .map(|tel| (tel.number.as_str(), tel.kind.as_str()))
        .collect()
}

#[test]
fn a_card_of_khard_has_its_name_and_kinds_of_numbers() {
    let card = one(
        "BEGIN:VCARD\nVERSION:3.0\nPRODID:-//Eric Scheibler//khard 0.19.1//EN\n\
        UID:abc\nFN:Anna Nováková\nN:Nováková;Anna;;;\nORG:Doves\\, Inc.;Letters\n\
        TEL;TYPE=cell:+420 601 123 456\nTEL;TYPE=work,voice:02 2123 4567\nTEL;TYPE=HOME,FAX:1234567\n\
        END:VCARD\n",
    );
    assert_eq!(card.name, "Anna Nováková");
    assert_eq!(card.also, "Anna Nováková Doves, Inc.");
    assert_eq!(
        numbers(&card),
        [
            ("+420 601 123 456", "mobile"),
            ("02 2123 4567", "work"),
            ("1234567", "home fax")
        ]
    );
    assert_eq!(card.numbers[2].rank, Rank::Never);
}

#[test]
fn a_card_of_apple_has_grouped_numbers_with_labels_of_the_persons_own() {
    let card = one(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:;Bob;;;\r\nitem1.TEL;type=pref:(212) 555-1234\r\n\
        item1.X-ABLabel:_$!<Mobile>!$_\r\nitem2.TEL:0049 170 1\r\n 234567\r\nitem2.X-ABLabel:Cabin\r\nEND:VCARD\r\n",
    );
    assert_eq!(card.name, "Bob");
    assert_eq!(
        numbers(&card),
        [("(212) 555-1234", "mobile"), ("0049 170 1234567", "cabin")]
    );
    assert_eq!(card.numbers[0].rank, Rank::Mobile);
}

#[test]
fn version_4_writes_numbers_as_uris() {
    let card = one("BEGIN:VCARD\nVERSION:4.0\nFN;LANGUAGE=fr:Zoé\n\
        TEL;VALUE=uri;PREF=1;TYPE=\"voice,cell\":tel:+33-6-12-34-56-78;ext=5\nEND:VCARD\n");
    assert_eq!(numbers(&card), [("+33-6-12-34-56-78", "mobile")]);
}

#[test]
fn version_2_1_is_quoted_printable_with_soft_breaks_and_character_sets() {
    let card = one(
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BC=\r\n\
        ller;J=C3=B6rg;;;\r\nTEL;CELL;VOICE:0170 1234567\r\nEND:VCARD\r\n",
    );
    assert_eq!(card.name, "Jörg Müller");
    assert_eq!(numbers(&card), [("0170 1234567", "mobile")]);
    let old = b"BEGIN:VCARD\r\nN:M\xfcller\r\nTEL:112\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:=DCnl=FC\r\nTEL:110\r\nEND:VCARD\r\n";
    let names: Vec<_> = cards(old).into_iter().map(|card| card.name).collect();
    assert_eq!(names, ["Müller", "Ünlü"]);
}

#[test]
fn a_photo_of_megabytes_and_a_card_in_a_card_do_no_harm() {
    let mut text = b"BEGIN:VCARD\nFN:Anna\nPHOTO;ENCODING=b:".to_vec();
    for _ in 0..60_000 {
        text.extend(b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5eg==\n ");
    }
    text.extend(
        b"\nAGENT:\nBEGIN:VCARD\nFN:Secretary\nTEL:999\nEND:VCARD\nTEL:123456789\nEND:VCARD\n",
    );
    let all = cards(&text);
    assert_eq!(all.len(), 1);
    assert_eq!(
        (all[0].name.as_str(), numbers(&all[0])),
        ("Anna", vec![("123456789", "")])
    );
}

#[test]
fn a_name_can_neither_turn_the_line_around_nor_fill_the_window() {
    let card = one(&format!(
        "BEGIN:VCARD\nFN:\u{202e}evil\u{1b}[31m\\nname {}\nTEL:1234567\nEND:VCARD",
        "x".repeat(5000)
    ));
    assert!(
        card.name.starts_with("evil[31m name x") && card.name.chars().count() <= LONGEST_NAME + 1
    );
}

#[test]
fn what_is_broken_off_keeps_what_it_had_and_the_next_card_is_whole() {
    let all = cards(b"BEGIN:VCARD\nFN:A\nTEL:1234567\nBEGIN:VCARD\nFN:B\nTEL:+49 (0)170 1234567\nEND:VCARD\ngarbage\nBEGIN:VCARD\nFN:C\nTEL:no digits");
    let names: Vec<_> = all.iter().map(|card| card.name.as_str()).collect();
    assert_eq!(names, ["A", "B"]);
    assert_eq!(all[1].numbers[0].number.replace(' ', ""), "+491701234567");
}

proptest::proptest! {
    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..600)) {
        let mut whole = b"BEGIN:VCARD\nFN:x\nTEL:".to_vec();
        whole.extend(&bytes);
        let _ = (cards(&bytes), cards(&whole));
    }

    #[test]
    fn no_mixture_of_its_own_words_breaks_it(
        words in proptest::collection::vec(proptest::sample::select(vec![
            "BEGIN:VCARD", "END:VCARD", "FN", "N", "TEL", "item1.", ";", ":", "\n", "\r\n ", "=\n",
            "ENCODING=QUOTED-PRINTABLE", "CHARSET=x", "TYPE=\"", "\"", "tel:+1", "=C3", "\\", "AGENT:",
            "X-ABLABEL:", "é", "\u{202e}",
        ]), 0..60)
    ) {
        for card in cards(words.concat().as_bytes()) {
            proptest::prop_assert!(!card.name.is_empty() && !card.numbers.is_empty());
            let hostile = card.name.contains(['\u{202e}', '\n']);
            proptest::prop_assert!(!hostile);
        }
    }

    #[test]
    fn what_a_program_writes_comes_back(name in "[A-Za-zÀ-ž]{1,20}( [A-Za-zÀ-ž]{1,20})?", number in "\\+[1-9][0-9]{6,13}", fold in 5_usize..40) {
        let mut text = String::new();
        for line in ["BEGIN:VCARD".to_owned(), format!("FN:{name}"), format!("TEL;TYPE=CELL:{number}"), "END:VCARD".to_owned()] {
            let chars: Vec<char> = line.chars().collect();
            let folded: Vec<String> = chars.chunks(fold).map(|chunk| chunk.iter().collect()).collect();
            text.push_str(&folded.join("\r\n "));
            text.push_str("\r\n");
        }
        let all = cards(text.as_bytes());
        proptest::prop_assert_eq!(all.len(), 1);
        proptest::prop_assert_eq!(&all[0].name, &name);
        proptest::prop_assert_eq!(&all[0].numbers[0].number, &number);
    }
}
