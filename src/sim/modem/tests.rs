//! What a program on the other side of the port sees.

use super::*;

struct Line {
    modem: Modem,
    now: Duration,
}

impl Line {
    fn new(options: Options) -> Self {
        Self {
            modem: Modem::new(options, Faults::default()),
            now: Duration::ZERO,
        }
    }

    fn quiet() -> Self {
        Self::new(Options {
            echo: false,
            ..Options::default()
        })
    }

    fn wait(&mut self, time: Duration) -> String {
        self.now += time;
        String::from_utf8(self.modem.poll(self.now).concat()).unwrap()
    }

    fn say(&mut self, bytes: &str) -> String {
        self.modem.feed(bytes.as_bytes(), self.now);
        self.wait(Duration::ZERO)
    }

    /// The answer's lines without the empty ones.
    fn ask(&mut self, command: &str) -> Vec<String> {
        let answer = self.say(&format!("{command}\r"));
        answer
            .split(['\r', '\n'])
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }
}

const SUBMIT: &str = "0011000B916407281553F80000AA0AE8329BFD4697D9EC37";

#[test]
fn a_command_is_echoed_until_the_echo_is_switched_off_and_again_after_atz() {
    let mut line = Line::new(Options::default());
    assert_eq!(line.say("AT\r"), "AT\r\r\nOK\r\n");
    assert_eq!(line.say("ATE0\r"), "ATE0\r\r\nOK\r\n");
    assert_eq!(line.say("AT\r"), "\r\nOK\r\n");
    assert_eq!(line.say("ATZ\r"), "\r\nOK\r\n");
    assert_eq!(line.say("at\r"), "at\r\r\nOK\r\n");
}

#[test]
fn an_answer_comes_after_the_latency_and_the_next_command_waits_for_it() {
    let mut line = Line::quiet();
    line.modem.faults.latency = Duration::from_millis(20);
    assert_eq!(line.say("AT\rAT+CSQ\r"), "");
    assert_eq!(line.modem.next_due(), Some(Duration::from_millis(20)));
    assert_eq!(line.wait(Duration::from_millis(20)), "\r\nOK\r\n");
    assert_eq!(
        line.wait(Duration::from_millis(20)),
        "\r\n+CSQ: 22,99\r\n\r\nOK\r\n"
    );
}

#[test]
fn a_wrong_pin_spends_a_try_and_three_of_them_ask_for_the_puk() {
    let mut line = Line::quiet();
    line.modem = Modem::new(
        Options {
            echo: false,
            pin: Some("1234".to_owned()),
            ..Options::default()
        },
        Faults::default(),
    );
    line.ask("AT+CMEE=1");
    assert_eq!(line.ask("AT+CPIN?"), ["+CPIN: SIM PIN", "OK"]);
    assert_eq!(line.ask("AT+CMGL=4"), ["+CMS ERROR: 311"]);
    assert_eq!(line.ask("AT+CPIN=\"0000\""), ["+CME ERROR: 16"]);
    assert_eq!(line.ask("AT+XPINCNT"), ["+XPINCNT: 2,3,10,10", "OK"]);
    assert_eq!(line.ask("AT+CPIN=0000"), ["+CME ERROR: 16"]);
    assert_eq!(line.ask("AT+CPIN=\"0000\""), ["+CME ERROR: 16"]);
    assert_eq!(line.ask("AT+CPIN?"), ["+CPIN: SIM PUK", "OK"]);
    assert_eq!(line.ask("AT+CPIN=\"1234\""), ["+CME ERROR: 12"]);
    assert_eq!(line.ask("AT+CPIN=\"12345678\",\"4321\""), ["OK"]);
    assert_eq!(line.modem.pin_tries(), 3);
    line.modem.reset();
    assert_eq!(line.ask("AT+CPIN=\"4321\""), ["OK"]);
    assert_eq!(line.ask("AT+CPIN?"), ["+CPIN: READY", "OK"]);
    assert!(
        line.modem
            .commands()
            .iter()
            .all(|command| !command.contains("4321"))
    );
}

#[test]
fn a_modem_without_a_sim_answers_a_bare_error_and_a_busy_one_14() {
    let mut line = Line::quiet();
    line.modem.options.sim_present = false;
    line.ask("AT+CMEE=1");
    assert_eq!(line.ask("AT+CPIN?"), ["ERROR"]);
    line.modem.options.no_sim_answer = NoSimAnswer::NotInserted;
    assert_eq!(line.ask("AT+CPIN?"), ["+CME ERROR: 10"]);
    line.modem.options.sim_present = true;
    line.modem.faults.sim_busy = 2;
    assert_eq!(line.ask("AT+CPIN?"), ["+CME ERROR: 14"]);
    assert_eq!(line.ask("AT+CMGL=4"), ["+CMS ERROR: 314"]);
    assert_eq!(line.ask("AT+CPIN?"), ["+CPIN: READY", "OK"]);
}

#[test]
fn a_message_is_announced_listed_read_and_deleted() {
    let mut line = Line::quiet();
    line.ask("AT+CMGF=0;+CNMI=2,1,0,1,0");
    line.modem.receive("+49170123", "hello");
    assert_eq!(line.wait(Duration::ZERO), "\r\n+CMTI: \"SM\",1\r\n");
    let unread = line.ask("AT+CMGL=4");
    assert!(unread[0].starts_with("+CMGL: 1,0,,"), "{unread:?}");
    assert_eq!(unread.len(), 3);
    assert!(line.ask("AT+CMGR=1")[0].starts_with("+CMGR: 1,,"));
    assert_eq!(line.ask("AT+CMGL=4,1"), ["+CMS ERROR: 302"]);
    assert_eq!(
        line.ask("AT+CPMS?")[0],
        "+CPMS: \"SM\",1,30,\"SM\",1,30,\"SM\",1,30"
    );
    assert_eq!(line.ask("AT+CMGD=1"), ["OK"]);
    assert_eq!(line.ask("AT+CMGL=4"), ["OK"]);
    assert_eq!(line.ask("AT+CMGD=31"), ["+CMS ERROR: 321"]);
}

#[test]
fn a_message_that_finds_no_room_comes_when_something_is_deleted() {
    let mut line = Line::quiet();
    let mut options = Options {
        echo: false,
        ..Options::default()
    };
    options.storages[0].capacity = 1;
    line.modem = Modem::new(options, Faults::default());
    line.ask("AT+CNMI=2,1");
    line.modem.receive("+49170123", "first");
    line.modem.receive("+49170123", "second");
    assert_eq!(line.wait(Duration::ZERO), "\r\n+CMTI: \"SM\",1\r\n");
    assert_eq!(line.ask("AT+CMGW=23"), ["> "]);
    let refused = line.say(&format!("{SUBMIT}\u{1a}"));
    assert_eq!(refused, "\r\n+CMS ERROR: 322\r\n");
    assert_eq!(line.ask("AT+CMGD=1"), ["+CMTI: \"SM\",1", "OK"]);
}

#[test]
fn a_message_is_sent_behind_the_prompt_and_its_report_comes_back() {
    let mut line = Line::quiet();
    line.modem.faults.report_after = Some(Duration::from_secs(2));
    line.ask("AT+CNMI=2,1,0,1,0");
    assert_eq!(line.say("AT+CMGS=23\r"), "\r\n> ");
    // With TP-SRR.
    let submit = SUBMIT.replacen("0011", "0031", 1);
    assert_eq!(
        line.say(&format!("{submit}\u{1a}")),
        "\r\n+CMGS: 1\r\n\r\nOK\r\n"
    );
    let sent = line.modem.sent();
    assert_eq!(sent[0].text, "hellohello");
    assert_eq!(sent[0].pdu_hex.as_deref(), Some(submit.as_str()));
    let report = line.wait(Duration::from_secs(2));
    assert!(report.starts_with("\r\n+CDS: 25\r\n"), "{report}");
    assert!(report.contains("06010B916407281553F8"), "{report}");

    // The same stored, and shown in text mode.
    line.ask("AT+CNMI=2,1,0,2,0");
    line.modem.faults.report_status = 0x46;
    line.ask("AT+CMGS=23");
    line.say(&format!("{submit}\u{1a}"));
    assert_eq!(line.wait(Duration::from_secs(2)), "\r\n+CDSI: \"SM\",1\r\n");
    line.ask("AT+CMGF=1");
    let time = "\"26/11/24,09:00:04+04\"";
    let expected = format!("+CMGR: \"REC UNREAD\",6,2,\"+46708251358\",145,{time},{time},70");
    assert_eq!(line.ask("AT+CMGR=1"), [expected.as_str(), "OK"]);
}

#[test]
fn a_wrong_length_a_wrong_pdu_and_escape_send_nothing() {
    let mut line = Line::quiet();
    line.ask("AT+CMGS=22");
    assert_eq!(
        line.say(&format!("{SUBMIT}\u{1a}")),
        "\r\n+CMS ERROR: 304\r\n"
    );
    line.ask("AT+CMGS=23");
    assert_eq!(line.say("zz\u{1a}"), "\r\n+CMS ERROR: 304\r\n");
    line.ask("AT+CMGS=23");
    assert_eq!(line.say(&format!("{SUBMIT}\u{1b}")), "\r\nOK\r\n");
    assert!(line.modem.sent().is_empty());
}

#[test]
fn sending_fails_late_or_silently_as_it_is_told_to() {
    let mut line = Line::quiet();
    let late = Duration::from_secs(30);
    line.modem.faults.send_next = VecDeque::from([
        SendOutcome::Refuse(38),
        SendOutcome::AcceptAfter(late),
        SendOutcome::Silence { taken: true },
        SendOutcome::NoPrompt,
    ]);
    let body = format!("{SUBMIT}\u{1a}");
    line.ask("AT+CMGS=23");
    assert_eq!(line.say(&body), "\r\n+CMS ERROR: 38\r\n");
    line.ask("AT+CMGS=23");
    assert_eq!(line.say(&body), "");
    assert_eq!(line.wait(late), "\r\n+CMGS: 1\r\n\r\nOK\r\n");
    line.ask("AT+CMGS=23");
    assert_eq!(line.say(&body), "");
    assert_eq!(line.modem.sent().len(), 2);
    assert_eq!(line.say("AT+CMGS=23\r"), "");
    assert_eq!(line.say(&body), "");
    assert_eq!(line.ask("AT"), ["OK"]);
}

#[test]
fn text_mode_lists_in_the_chosen_character_set() {
    let mut line = Line::quiet();
    line.modem.receive("Bank", "5 @ once");
    line.modem.receive("+49170123", "жук");
    line.modem
        .receive_text_mode_record("\"+49\",\"Smith, John\",\"26/11/24,09:00:00+04\"", "OK");
    line.ask("AT+CMGF=1");
    let lines = line.ask("AT+CMGL=\"ALL\"");
    assert_eq!(
        lines[0],
        "+CMGL: 1,\"REC UNREAD\",\"Bank\",,\"26/11/24,09:00:00+04\""
    );
    assert_eq!(lines[1], "5 @ once");
    assert_eq!(lines[3], "04360443043A");
    assert_eq!(
        lines[4],
        "+CMGL: 3,\"REC UNREAD\",\"+49\",\"Smith, John\",\"26/11/24,09:00:00+04\""
    );
    assert_eq!(lines[5..], ["OK", "OK"]);
    line.ask("AT+CSCS=\"UCS2\"");
    let lines = line.ask("AT+CMGR=1");
    assert!(
        lines[0].starts_with("+CMGR: \"REC READ\",\"00420061006E006B\","),
        "{lines:?}"
    );
    line.ask("AT+CSCS=\"GSM\"");
    assert_eq!(line.ask("AT+CMGR=1")[1], "5 \0 once");
}

#[test]
fn text_mode_sends_what_was_typed() {
    let mut line = Line::quiet();
    line.ask("AT+CMGF=1");
    assert_eq!(line.say("AT+CMGS=\"+49170123\"\r"), "\r\n> ");
    assert_eq!(line.say("two\rlines\u{1a}"), "\r\n+CMGS: 1\r\n\r\nOK\r\n");
    assert_eq!(
        joined(line.modem.sent()),
        [("+49170123".to_owned(), "two\nlines".to_owned())]
    );
    line.modem.options.text_mode = false;
    assert_eq!(line.ask("AT+CMGF=1"), ["+CMS ERROR: 303"]);
}

#[test]
fn unsolicited_lines_come_at_the_moment_they_wait_for() {
    let mut line = Line::new(Options::default());
    line.modem.receive("+49170123", "hello");
    for place in [
        Place::BeforeEcho,
        Place::BeforeAnswer,
        Place::AfterHeader,
        Place::InsideBody,
        Place::BeforeFinal,
    ] {
        let urc = format!("+X: {place:?}");
        let command = "+CMGL".to_owned();
        line.modem.faults.interruptions.push(Interruption {
            place,
            command,
            line: urc,
        });
    }
    assert_eq!(line.say("AT\r"), "AT\r\r\nOK\r\n");
    let lines = line.ask("AT+CMGL=4");
    assert_eq!(
        lines[..3],
        ["+X: BeforeEcho", "AT+CMGL=4", "+X: BeforeAnswer"]
    );
    assert!(lines[3].starts_with("+CMGL: 1,0,,"));
    assert_eq!(lines[4], "+X: AfterHeader");
    assert_eq!(lines[6], "+X: InsideBody");
    assert_eq!(lines[8..], ["+X: BeforeFinal", "OK"]);
}

#[test]
fn bytes_drip_with_pauses_and_noise_and_strange_line_ends_appear() {
    let mut line = Line::quiet();
    line.modem.faults.byte_by_byte = Some(Duration::from_millis(1));
    assert_eq!(line.say("AT\r"), "\r");
    assert_eq!(line.wait(Duration::from_millis(2)), "\nO");
    assert_eq!(line.wait(Duration::from_millis(3)), "K\r\n");
    line.modem.faults = Faults {
        double_cr: true,
        noise: b"\0#".to_vec(),
        ..Faults::default()
    };
    assert_eq!(line.say("AT\r"), "\0#\r\r\nOK\r\r\n");
    line.modem.faults.silent = true;
    assert_eq!(line.say("AT\r"), "");
}

#[test]
fn a_reset_cuts_the_answer_and_an_unplugging_swallows_it() {
    let mut line = Line::quiet();
    line.ask("AT+CNMI=2,1");
    line.modem.faults.reset_on = Some("+CSQ".to_owned());
    assert_eq!(line.say("AT+CSQ\r"), "\r\n+CSQ: 22");
    assert_eq!(line.ask("AT+CNMI?")[0], "+CNMI: 0,0,0,0,0");
    line.modem.faults.unplug_on = Some("0x1A".to_owned());
    line.ask("AT+CMGS=23");
    assert_eq!(line.say(&format!("{SUBMIT}\u{1a}")), "");
    assert!(line.modem.take_unplugged());
    assert!(line.modem.sent().is_empty());
    assert!(!line.modem.take_unplugged());
}

#[test]
fn forbidden_values_of_cnmi_and_unknown_commands_are_refused() {
    let mut line = Line::quiet();
    line.modem.options.cnmi[3] = vec![0, 2];
    assert_eq!(
        line.ask("AT+CNMI=?")[0],
        "+CNMI: (0,1,2),(0,1,2,3),(0,2),(0,2),(0,1)"
    );
    assert_eq!(line.ask("AT+CNMI=2,1,0,1,0"), ["+CMS ERROR: 302"]);
    assert_eq!(line.ask("AT+NONSENSE"), ["ERROR"]);
    line.modem.faults.unknown_commands.push("+CSQ".to_owned());
    assert_eq!(line.ask("AT+CSQ"), ["ERROR"]);
}

#[test]
fn any_bytes_leave_it_able_to_answer() {
    let mut line = Line::quiet();
    let mut seed = 1_u32;
    for _ in 0..3000 {
        let mut bytes = Vec::new();
        for _ in 0..24 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let pick = usize::try_from(seed >> 24).unwrap();
            let text = b"AT+CMGSLRDPINFE=?\",;0123456789\r\r\r\x1a\x1b\xff\0&^D";
            bytes.push(text[pick % text.len()]);
        }
        line.modem.feed(&bytes, line.now);
        line.modem.poll(line.now);
    }
    line.modem.feed(b"\x1b\rATE0\r", line.now);
    line.modem.poll(line.now);
    assert_eq!(line.ask("AT"), ["OK"]);
}

#[test]
fn positions_come_until_their_request_is_stopped_and_one_request_runs_at_a_time() {
    let mut line = Line::quiet();
    let request = "AT+XLCSLSR=2,3,,,,,1,,,,,";
    assert_eq!(line.ask(request), ["+XLCSLSR: request id 1", "OK"]);
    let first = line.wait(Duration::from_millis(500));
    assert!(first.contains("+XLCSLSR: 2, 49.195669 N"), "{first}");
    let second = line.wait(Duration::from_secs(1));
    assert!(second.contains("+XLCSLSR: 2, 49.195769 N"), "{second}");
    line.ask("AT+CMEE=1");
    assert_eq!(line.ask(request), ["+CME ERROR: 3"]);
    assert_eq!(line.ask("AT+XLSRSTOP=0,1"), ["OK"]);
    let end = line.wait(Duration::from_secs(5));
    assert_eq!(end.trim(), "+XLSRSTOP: 0,1");
    assert_eq!(line.ask(request), ["+XLCSLSR: request id 2", "OK"]);
}
