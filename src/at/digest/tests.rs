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
        ("AT+CPIN?\r+CPIN: READY\r\n\r\nOK\r\n", &echoed),
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
        // Whether the first `OK` is text hangs on whether there is an empty line before it.
        let bytes = format!(
            "\r\n+CMGR: 1\r\ntext{}\nOK\r\n\r\nOK\r\n",
            "\r".repeat(returns)
        );
        let expected = || Some(expect("AT+CMGR=1", "+CMGR:", Payload::Text));
        assert_eq!(
            digest(expected(), &bytes),
            digest_bytewise(expected(), &bytes),
            "{returns}"
        );
    }
    // So many of them end a line, whatever comes later.
    let bytes = format!("\r\nRING{}", "\r".repeat(RETURNS_LIMIT));
    assert_eq!(digest(None, &bytes), [urc("RING", None)]);
    assert_eq!(digest(None, "\r\nRING\r"), []);
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
        ("two\r\nOK\r\nthree\r\n", "two\nOK\nthree"),
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

#[test]
fn line_noise_is_dropped_and_an_old_modems_letters_are_kept() {
    let mut digester = Digester::default();
    digester.expect(expect("AT+COPS?", "+COPS:", Payload::None));
    digester.push(b"\xff\0\xff\r\n+COPS: 0,0,\"T\xe9l\xe9com\"\r\n\r\nO\xffK\r\n");
    let events: Vec<Event> = std::iter::from_fn(|| digester.next_event()).collect();
    assert_eq!(events, [response("+COPS: 0,0,\"Télécom\"", None), OK]);
}

#[test]
fn a_data_channel_is_open_with_or_without_its_speed_and_by_no_other_word() {
    let said = |line| {
        let events = digest(
            Some(expect("ATD*99#", "", Payload::None)),
            &format!("\r\n{line}\r\n"),
        );
        events.into_iter().next()
    };
    let connected = Some(Event::Final(FinalResult::Connect));
    assert_eq!(said("CONNECT"), connected);
    assert_eq!(said("CONNECT 115200"), connected);
    assert_eq!(said("CONNECTED"), Some(response("CONNECTED", None)));
    let refused = Some(Event::Final(FinalResult::Error));
    assert_eq!(said("TOO MANY PARAMETERS"), refused);
}

#[test]
fn an_answer_without_a_prefix_is_told_from_what_nobody_asked_for() {
    let bytes = "\r\nQuectel\r\n\r\n+CREG: 1\r\nRING\r\nEC25: rev. 2\r\n\r\nOK\r\n";
    assert_eq!(
        digest(Some(expect("AT+CGMI", "", Payload::None)), bytes),
        [
            response("Quectel", None),
            urc("+CREG: 1", None),
            urc("RING", None),
            response("EC25: rev. 2", None),
            OK
        ]
    );
}

#[test]
fn an_answer_right_behind_the_prompt_loses_no_letter() {
    for prompt in ["> ", ">", "\r\n> ", "\r\n\r\n>"] {
        let asked = Expect {
            prompt: true,
            ..expect("AT+CMGS=20", "+CMGS:", Payload::None)
        };
        let events = digest(Some(asked), &format!("{prompt}+CMGS: 7\r\n\r\nOK\r\n"));
        assert_eq!(
            events,
            [Event::Prompt, response("+CMGS: 7", None), OK],
            "{prompt:?}"
        );
    }
}

#[test]
fn lines_of_a_menu_may_look_like_results() {
    let menu = "+CUSD: 1,\"1 Yes\nOK\n+1: more\nERROR\n2 No\",15";
    assert_eq!(digest(None, &format!("\r\n{menu}\r\n")), [urc(menu, None)]);
    // After an empty line it is a result, and the menu was cut off.
    let asked = expect("AT+CUSD=1,\"*101#\",15", "+CUSD:", Payload::None);
    assert_eq!(
        digest(Some(asked), "\r\n+CUSD: 1,\"1 Yes\r\n\r\nOK\r\n"),
        [response("+CUSD: 1,\"1 Yes\n", None), OK]
    );
    assert_eq!(
        digest(None, "\r\n+CUSD: 1,\"1 Yes\r\n\r\n+CMTI: \"SM\",1\r\n"),
        [
            urc("+CUSD: 1,\"1 Yes\n", None),
            urc("+CMTI: \"SM\",1", None)
        ]
    );
}

#[test]
fn a_menu_amid_a_listing_of_messages_is_whole() {
    let menu = "+CUSD: 1,\"1 one\n2 two\",15";
    let listing = |payload, body: &str| {
        let bytes = format!("\r\n{menu}\r\n+CMGL: 1,0,,24\r\n{body}\r\n\r\nOK\r\n");
        digest(Some(expect("AT+CMGL", "+CMGL:", payload)), &bytes)
    };
    assert_eq!(
        listing(Payload::Text, "text"),
        [
            urc(menu, None),
            response("+CMGL: 1,0,,24", Some("text")),
            OK
        ]
    );
    assert_eq!(
        listing(Payload::Hex, &format!("{menu}\r\n0791AA")),
        [
            urc(menu, None),
            urc(menu, None),
            response("+CMGL: 1,0,,24", Some("0791AA")),
            OK
        ]
    );
}

#[test]
fn a_menu_that_never_ends_is_told_when_it_is_as_long_as_a_line_may_be() {
    let line = "2 another choice\r\n";
    let bytes = format!("\r\n+CUSD: 1,\"1 one\r\n{}", line.repeat(600));
    let events = digest(None, &bytes);
    let Some(Event::Urc(Urc { line, payload })) = events.first() else {
        panic!("{events:?}");
    };
    assert_eq!((events.len(), payload), (1, &None));
    assert!((LINE_LIMIT..LINE_LIMIT + 20).contains(&line.len()));
}

#[test]
fn in_text_mode_a_message_may_look_like_anything_and_news_is_still_heard() {
    let text = || expect("AT+CMGL=\"ALL\"", "+CMGL:", Payload::Text);
    let first = "+CMGL: 1,\"REC READ\",\"+49\"";
    // A text that begins like a menu of the network, or like news.
    for body in ["+CUSD: 1,\"open", "+CMTI: \"SM\",7"] {
        let bytes = format!("\r\n{first}\r\n{body}\r\n\r\nOK\r\n");
        assert_eq!(
            digest(Some(text()), &bytes),
            [response(first, Some(body)), OK]
        );
    }
    // News comes after an empty line, and is no part of the text.
    let second = "+CMGL: 2,\"REC READ\",\"+49\"";
    for news in ["+CMTI: \"SM\",7", "+CDSI: \"SM\",8"] {
        let bytes = format!("\r\n{first}\r\none\r\n\r\n{news}\r\n{second}\r\ntwo\r\n\r\nOK\r\n");
        assert_eq!(
            digest(Some(text()), &bytes),
            [
                urc(news, None),
                response(first, Some("one")),
                response(second, Some("two")),
                OK
            ]
        );
    }
}

#[test]
fn a_broadcast_in_text_mode_is_whole() {
    // The last field is the number of pages, not a length.
    let page = "+CBM: 1,919,1,1,1";
    assert_eq!(
        digest(None, &format!("\r\n{page}\r\nWarning\r\nof a flood\r\n")),
        [urc(page, Some("Warning\nof a flood"))]
    );
}

#[test]
fn a_text_that_is_handed_over_may_end_with_an_empty_line() {
    let header = |length| {
        format!("+CMT: \"+49170\",,\"26/11/24,09:00:00+04\",145,4,0,0,\"+49171\",145,{length}")
    };
    let bytes = format!("\r\n{}\r\ntwo\r\nlines\r\n\r\n\r\nRING\r\n", header(10));
    assert_eq!(
        digest(None, &bytes),
        [urc(&header(10), Some("two\nlines\n")), urc("RING", None)]
    );
}

#[test]
fn what_is_announced_too_long_does_not_swallow_everything() {
    let header = "+CMT: \"+49170\",,\"26/11/24,09:00:00+04\",145,4,0,0,\"+49171\",145,60000";
    let bytes = format!("\r\n{header}\r\n{}", "a line of text\r\n".repeat(2000));
    let events = digest(None, &bytes);
    let Some(Event::Urc(Urc {
        payload: Some(text),
        ..
    })) = events.first()
    else {
        panic!("{events:?}");
    };
    assert!((LINE_LIMIT - 20..LINE_LIMIT + 20).contains(&text.len()));
    assert_eq!(events.len(), 1, "the rest is noise");
}

#[test]
fn a_name_is_letters_digits_and_underlines() {
    for urc in [
        "+CREG: 1",
        "^RSSI:17",
        "$QCRSRP_2: 1",
        "*PSUTTZ: 1",
        "%CTZV: 8",
    ] {
        assert!(looks_like_urc(urc), "{urc}");
    }
    for other in [
        "+: 1",
        "+FOO BAR: 1",
        "+A-B: 1",
        "CREG: 1",
        "+CREG",
        "#X: 1",
    ] {
        assert!(!looks_like_urc(other), "{other}");
    }
}

#[test]
fn the_late_answer_of_a_command_that_was_given_up_is_nobodys() {
    let mut digester = Digester::default();
    digester.expect(expect("AT+CMGR=1", "+CMGR:", Payload::Hex));
    digester.push(b"\r\n+CMGR: 1,,24\r\n");
    assert_eq!(digester.next_event(), None);
    digester.settle();
    digester.push(b"0791AA\r\n\r\nOK\r\n");
    assert_eq!(digester.next_event(), None);
    // Nor is the half of it that came before part of the next answer.
    digester.expect(expect("AT+CMGR=2", "+CMGR:", Payload::Hex));
    digester.push(b"\r\n+CMGR: 1,,24\r\n");
    assert_eq!(digester.next_event(), None);
    digester.expect(expect("AT+CMGR=2", "+CMGR:", Payload::Hex));
    digester.push(b"\r\n+CMGR: 0,,20\r\n0791BB\r\n\r\nOK\r\n");
    let events: Vec<Event> = std::iter::from_fn(|| digester.next_event()).collect();
    assert_eq!(events, [response("+CMGR: 0,,20", Some("0791BB")), OK]);
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
