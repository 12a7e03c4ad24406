use super::*;

fn expect(command: &str, prefix: &str, payload: Payload) -> Expect {
    Expect {
        echo: Secret::new(command),
        prefix: prefix.into(),
        payload,
        ..Expect::default()
    }
}

/// Every event that these bytes give, with the bytes in one piece.
fn digest(expected: Option<Expect>, bytes: &str) -> Vec<Event> {
    let mut digester = Digester::default();
    if let Some(expected) = expected {
        digester.expect(expected);
    }
    digester.push(bytes.as_bytes());
    std::iter::from_fn(|| digester.next_event()).collect()
}

/// The same, a byte at a time.
fn digest_bytewise(expected: Option<Expect>, bytes: &str) -> Vec<Event> {
    let mut digester = Digester::default();
    if let Some(expected) = expected {
        digester.expect(expected);
    }
    let mut events = Vec::new();
    for byte in bytes.bytes() {
        digester.push(&[byte]);
        events.extend(std::iter::from_fn(|| digester.next_event()));
    }
    events
}

fn response(line: &str, payload: Option<&str>) -> Event {
    Event::Response(Response {
        line: line.into(),
        payload: payload.map(Into::into),
    })
}

fn urc(line: &str, payload: Option<&str>) -> Event {
    Event::Urc(Urc {
        line: line.into(),
        payload: payload.map(Into::into),
    })
}

const OK: Event = Event::Final(FinalResult::Ok);

#[test]
fn every_way_to_frame_an_answer_gives_the_same_events() {
    let cpin = || expect("AT+CPIN?", "+CPIN:", Payload::None);
    let answer = vec![response("+CPIN: READY", None), OK];
    let echoed = vec![Event::Echo, response("+CPIN: READY", None), OK];
    let table = [
        ("\r\n+CPIN: READY\r\n\r\nOK\r\n", &answer),
        ("+CPIN: READY\r\nOK\r\n", &answer),
        ("\0\u{0}\r\n+CPIN: READY\r\n\r\nOK\r\n", &answer),
        ("AT+CPIN?\r\r\n+CPIN: READY\r\n\r\nOK\r\n", &echoed),
        ("AT+CPIN?\r\n+CPIN: READY\r\r\n\r\r\nOK\r\r\n", &echoed),
    ];
    for (bytes, events) in table {
        assert_eq!(&digest(Some(cpin()), bytes), events, "{bytes:?}");
        assert_eq!(
            &digest_bytewise(Some(cpin()), bytes),
            events,
            "bytewise {bytes:?}"
        );
    }
}

#[test]
fn a_flood_of_carriage_returns_means_the_same_however_it_is_cut() {
    for returns in 0..20 {
        let bytes = format!("\r\n+CMGR: 1{}\n\r\nOK\r\n", "\r".repeat(returns));
        let expected = || Some(expect("AT+CMGR=1", "+CMGR:", Payload::Text));
        assert_eq!(
            digest(expected(), &bytes),
            digest_bytewise(expected(), &bytes),
            "{returns}"
        );
    }
}

#[test]
fn each_final_result_is_known() {
    let table = [
        ("OK", FinalResult::Ok),
        ("ERROR", FinalResult::Error),
        ("+CME ERROR: 10", FinalResult::Cme(Code::Number(10))),
        ("+CMS ERROR: 322", FinalResult::Cms(Code::Number(322))),
        (
            "+CME ERROR: SIM not inserted",
            FinalResult::Cme(Code::Words("SIM not inserted".into())),
        ),
        ("CONNECT 150000000", FinalResult::Connect),
        ("COMMAND NOT SUPPORT", FinalResult::Error),
    ];
    for (line, result) in table {
        let events = digest(
            Some(expect("AT+X", "+X:", Payload::None)),
            &format!("\r\n{line}\r\n"),
        );
        assert_eq!(events, [Event::Final(result)], "{line}");
    }
}

#[test]
fn a_urc_between_the_header_of_a_message_and_its_pdu_is_told_apart() {
    let bytes = "\r\n+CMGL: 1,0,,24\r\n+CMTI: \"SM\",7\r\n0791AA\r\n+CMGL: 2,1,,24\r\n\
                 +CDS: 25\r\n0006BB\r\n0791CC\r\n\r\nOK\r\n";
    let events = vec![
        urc("+CMTI: \"SM\",7", None),
        response("+CMGL: 1,0,,24", Some("0791AA")),
        urc("+CDS: 25", Some("0006BB")),
        response("+CMGL: 2,1,,24", Some("0791CC")),
        OK,
    ];
    assert_eq!(
        digest(Some(expect("AT+CMGL=4", "+CMGL:", Payload::Hex)), bytes),
        events
    );
    assert_eq!(
        digest_bytewise(Some(expect("AT+CMGL=4", "+CMGL:", Payload::Hex)), bytes),
        events
    );
}

#[test]
fn a_message_whose_header_has_no_pdu_is_still_reported() {
    let events = digest(
        Some(expect("AT+CMGL=4", "+CMGL:", Payload::Hex)),
        "\r\n+CMGL: 1,0,,0\r\n\r\n+CMGL: 2,1,,24\r\n0791CC\r\n\r\nOK\r\n",
    );
    assert_eq!(
        events,
        [
            response("+CMGL: 1,0,,0", None),
            response("+CMGL: 2,1,,24", Some("0791CC")),
            OK
        ]
    );
}

#[test]
fn a_pushed_message_whose_pdu_is_missing_is_still_a_urc() {
    let events = digest(
        Some(expect("AT", "", Payload::None)),
        "\r\n+CMT: ,24\r\n\r\nOK\r\n",
    );
    assert_eq!(events, [urc("+CMT: ,24", None), OK]);
}

#[test]
fn a_pushed_message_survives_a_command_sent_between_its_two_lines() {
    let mut digester = Digester::default();
    digester.push(b"\r\n+CMT: ,24\r\n");
    assert_eq!(digester.next_event(), None);
    digester.expect(expect("AT", "", Payload::None));
    digester.push(b"0791AA\r\n\r\nOK\r\n");
    assert_eq!(
        digester.next_event(),
        Some(urc("+CMT: ,24", Some("0791AA")))
    );
    assert_eq!(digester.next_event(), Some(OK));
}

#[test]
fn a_text_mode_body_that_says_ok_does_not_end_the_answer() {
    let expected = || Expect {
        single: true,
        ..expect("AT+CMGR=1", "+CMGR:", Payload::Text)
    };
    let table = [
        ("OK\r\n", "OK"),
        ("ERROR\r\n", "ERROR"),
        ("two\r\nlines\r\n", "two\nlines"),
        ("gap\r\n\r\nbehind\r\n", "gap\n\nbehind"),
        ("+CMGR: me\r\n+CMGR: too\r\n", "+CMGR: me\n+CMGR: too"),
    ];
    for (body, text) in table {
        let bytes = format!("\r\n+CMGR: \"REC READ\",\"+49\"\r\n{body}\r\nOK\r\n");
        let events = [response("+CMGR: \"REC READ\",\"+49\"", Some(text)), OK];
        assert_eq!(digest(Some(expected()), &bytes), events, "{body:?}");
        assert_eq!(
            digest_bytewise(Some(expected()), &bytes),
            events,
            "bytewise {body:?}"
        );
    }
}

#[test]
fn a_missed_call_does_not_end_a_command() {
    let bytes = "\r\nRING\r\n\r\nNO CARRIER\r\n\r\n+CSQ: 3,99\r\n\r\nOK\r\n";
    assert_eq!(
        digest(Some(expect("AT+CSQ", "+CSQ:", Payload::None)), bytes),
        [
            urc("RING", None),
            urc("NO CARRIER", None),
            response("+CSQ: 3,99", None),
            OK
        ]
    );
}

#[test]
fn a_pushed_message_without_its_pdu_inside_a_listing_loses_no_event() {
    let events = digest(
        Some(expect("AT+CMGL=4", "+CMGL:", Payload::Hex)),
        "\r\n+CMGL: 1,0,,24\r\n+CMT: ,24\r\n\r\nOK\r\n",
    );
    assert_eq!(
        events,
        [urc("+CMT: ,24", None), response("+CMGL: 1,0,,24", None), OK]
    );
}

#[test]
fn the_prompt_is_seen_without_a_line_end_and_only_when_asked_for() {
    let asked = Expect {
        prompt: true,
        ..expect("AT+CMGS=20", "+CMGS:", Payload::None)
    };
    assert_eq!(digest(Some(asked.clone()), "\r\n> "), [Event::Prompt]);
    assert_eq!(
        digest(Some(asked.clone()), "AT+CMGS=20\r\r\n>"),
        [Event::Echo, Event::Prompt]
    );
    assert_eq!(
        digest(Some(asked), "\r\n+CMTI: \"SM\",1\r\n\r\n> "),
        [urc("+CMTI: \"SM\",1", None), Event::Prompt]
    );
    assert_eq!(
        digest(Some(expect("AT", "", Payload::None)), "\r\n> \r\nOK\r\n").last(),
        Some(&OK)
    );
}

#[test]
fn answers_without_a_command_are_dropped_and_urcs_kept() {
    assert_eq!(
        digest(None, "\r\nOK\r\n\r\nnoise\r\n\r\nRING\r\n"),
        [urc("RING", None)]
    );
}

#[test]
fn a_line_without_end_does_not_grow_without_bound() {
    let mut digester = Digester::default();
    for _ in 0..64 {
        digester.push(&[b'A'; 4096]);
        assert_eq!(digester.next_event(), None);
    }
    assert!(digester.buffer.len() <= LINE_LIMIT);
}

#[test]
fn a_menu_of_several_lines_is_one_answer_of_the_network() {
    let menu = "+CUSD: 1,\"1 Balance\n2 \"Flat\" rate\n\n0 Back\",15";
    let wire = format!("\r\n{menu}\r\n\r\n+CMTI: \"SM\",1\r\n");
    assert_eq!(
        digest(None, &wire),
        [urc(menu, None), urc("+CMTI: \"SM\",1", None)]
    );
    // As the answer of the command, and before its OK.
    let asked = expect("AT+CUSD=1,\"*101#\",15", "+CUSD:", Payload::None);
    let wire = format!("\r\n{menu}\r\n\r\nOK\r\n");
    assert_eq!(digest(Some(asked), &wire), [response(menu, None), OK]);
    // One that never ends does not swallow the answer of a command.
    let asked = expect("AT+CSQ", "+CSQ:", Payload::None);
    let cut = "\r\n+CUSD: 1,\"1 Bal\r\nAT+CSQ\r\r\n+CSQ: 9,99\r\n\r\nOK\r\n";
    assert_eq!(
        digest(Some(asked), cut),
        [
            urc("+CUSD: 1,\"1 Bal", None),
            Event::Echo,
            response("+CSQ: 9,99", None),
            OK
        ]
    );
    let whole = "+CUSD: 0,\"Balance 1\",15";
    assert_eq!(
        digest(None, &format!("\r\n{whole}\r\n")),
        [urc(whole, None)]
    );
}

#[test]
fn messages_that_are_handed_over_in_text_mode_keep_their_lines() {
    let header = "+CMT: \"+49170\",,\"26/11/24,09:00:00+04\"";
    assert_eq!(
        digest(None, &format!("\r\n{header}\r\nOK\r\n")),
        [urc(header, Some("OK"))]
    );
    let long = format!("{header},145,4,0,0,\"+49171\",145,9");
    assert_eq!(
        digest(
            None,
            &format!("\r\n{long}\r\ntwo\r\nlines\r\n\r\n+CMTI: \"SM\",1\r\n")
        ),
        [urc(&long, Some("two\nlines")), urc("+CMTI: \"SM\",1", None)]
    );
    let report = "+CDS: 6,12,\"+49170\",145,\"26/11/24,09:00:00+04\",\"26/11/24,09:00:04+04\",0";
    assert_eq!(
        digest(None, &format!("\r\n{report}\r\n")),
        [urc(report, None)]
    );
}

proptest::proptest! {
    #[test]
    fn any_bytes_in_any_pieces_give_events_and_no_panic(
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400),
        cut in 1usize..40,
        payload in 0..3,
    ) {
        let payload = [Payload::None, Payload::Hex, Payload::Text][payload as usize];
        let mut digester = Digester::default();
        digester.expect(Expect { prompt: true, ..expect("AT+CMGL=4", "+CMGL:", payload) });
        for piece in bytes.chunks(cut) {
            digester.push(piece);
            while digester.next_event().is_some() {}
        }
    }
}
