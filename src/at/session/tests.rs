use super::*;
use std::collections::VecDeque;

/// A modem that follows a script: each write is answered by the next entry.
#[derive(Default)]
struct Script {
    answers: VecDeque<&'static str>,
    incoming: VecDeque<u8>,
    written: Vec<String>,
}

impl Script {
    fn new(answers: &[&'static str]) -> Self {
        Self {
            answers: answers.iter().copied().collect(),
            ..Self::default()
        }
    }
}

impl Read for Script {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.incoming.is_empty() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let count = self.incoming.len().min(buffer.len());
        for (slot, byte) in buffer.iter_mut().zip(self.incoming.drain(..count)) {
            *slot = byte;
        }
        Ok(count)
    }
}

impl Write for Script {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.written
            .push(String::from_utf8_lossy(bytes).into_owned());
        if let Some(answer) = self.answers.pop_front() {
            self.incoming.extend(answer.bytes());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Port for Script {
    fn set_timeout(&mut self, _timeout: Duration) -> io::Result<()> {
        Ok(())
    }
}

fn quick(line: &str) -> Command {
    Command::new(line).within(Duration::from_millis(20))
}

#[test]
fn a_command_returns_its_lines_and_keeps_urcs_for_later() {
    let mut session = Session::new(Script::new(&[
        "\r\n+CMTI: \"SM\",3\r\n\r\n+CSQ: 22,99\r\n\r\nOK\r\n",
    ]));
    let lines = session.command(&quick("AT+CSQ")).unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].line, "+CSQ: 22,99");
    assert_eq!(session.take_urcs()[0].line, "+CMTI: \"SM\",3");
    assert_eq!(session.port().written, ["AT+CSQ\r"]);
}

#[test]
fn a_urc_in_one_piece_with_the_final_result_is_there_at_once() {
    let mut session = Session::new(Script::new(&["\r\nOK\r\n\r\n+CMTI: \"SM\",3\r\n"]));
    session.command(&quick("AT+CMGF=0")).unwrap();
    assert!(session.has_urcs());
}

#[test]
fn a_body_goes_out_after_the_prompt_and_ends_with_ctrl_z_and_no_return() {
    let mut session = Session::new(Script::new(&["\r\n> ", "\r\n+CMGS: 7\r\n\r\nOK\r\n"]));
    let command = quick("AT+CMGS=14").with_body("0011AA");
    assert_eq!(session.command(&command).unwrap()[0].line, "+CMGS: 7");
    assert_eq!(session.port().written, ["AT+CMGS=14\r", "0011AA\u{1a}"]);
}

#[test]
fn a_message_that_reads_ok_is_not_taken_for_the_answer_nor_the_answer_for_it() {
    let not_echoed = "\r\n+CMGS: 7\r\n\r\nOK\r\n";
    let echoed = "OK\r\n\r\n+CMGS: 7\r\n\r\nOK\r\n";
    for answer in [not_echoed, echoed] {
        let mut session = Session::new(Script::new(&["\r\n> ", answer]));
        let command = quick("AT+CMGS=\"123\"").with_body("OK");
        assert_eq!(session.command(&command).unwrap()[0].line, "+CMGS: 7");
    }
}

#[test]
fn an_ok_that_comes_before_the_prompt_is_not_taken_for_a_message_that_was_sent() {
    let mut session = Session::new(Script::new(&["\r\n+CMGS: 1\r\n\r\nOK\r\n"]));
    let error = session
        .command(&quick("AT+CMGS=14").with_body("0011AA"))
        .unwrap_err();
    assert!(matches!(error, AtError::Unasked { .. }), "{error}");
    assert_eq!(session.port().written, ["AT+CMGS=14\r", "\u{1b}"]);
    assert!(!session.body_was_sent());
}

#[test]
fn an_error_result_is_told_in_words_without_the_arguments() {
    let mut session = Session::new(Script::new(&["\r\n+CME ERROR: 16\r\n"]));
    let error = session.command(&quick("AT+CPIN=\"1234\"")).unwrap_err();
    assert_eq!(error.number(), Some(16));
    let text = format!("{error} {error:?}");
    assert!(
        text.contains("wrong PIN") && !text.contains("1234"),
        "{text}"
    );
}

#[test]
fn a_late_answer_is_not_taken_for_the_answer_to_the_next_command() {
    let mut session = Session::new(Script::new(&[
        "",
        "\r\n+CSQ: 1,99\r\n\r\nOK\r\nATE1\r\r\nOK\r\n",
        "\r\n+CMTI: \"SM\",3\r\nAT\r\r\nOK\r\n",
        "ATE0\r\r\nOK\r\n",
        "\r\n+CSQ: 31,99\r\n\r\nOK\r\n",
    ]));
    assert!(matches!(
        session.command(&quick("AT+CSQ")),
        Err(AtError::TimedOut { .. })
    ));
    assert_eq!(
        session.command(&quick("AT+CSQ")).unwrap()[0].line,
        "+CSQ: 31,99"
    );
    // A message that came meanwhile is not missed.
    let urcs = session.take_urcs();
    assert!(urcs.iter().any(|urc| urc.line == "+CMTI: \"SM\",3"));
}

#[test]
fn who_waits_behind_others_at_a_lent_port_is_answered_so_much_later() {
    struct Lent;
    impl Read for Lent {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            std::thread::sleep(Duration::from_millis(1));
            Err(io::ErrorKind::TimedOut.into())
        }
    }
    impl Write for Lent {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    impl Port for Lent {
        fn set_timeout(&mut self, _: Duration) -> io::Result<()> {
            Ok(())
        }
        fn queue(&self) -> Duration {
            Duration::from_millis(80)
        }
    }
    let started = Instant::now();
    let done = Session::new(Lent).command(&quick("AT"));
    assert!(matches!(done, Err(AtError::TimedOut { .. })));
    assert!(started.elapsed() >= Duration::from_millis(100));
}

#[test]
fn a_closed_port_is_gone_and_not_a_time_out() {
    struct Closed;
    impl Read for Closed {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Ok(0)
        }
    }
    impl Write for Closed {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    impl Port for Closed {
        fn set_timeout(&mut self, _: Duration) -> io::Result<()> {
            Ok(())
        }
    }
    assert!(matches!(
        Session::new(Closed).command(&quick("AT")),
        Err(AtError::Gone(_))
    ));
}

#[test]
fn a_port_that_breaks_is_gone_and_one_that_is_only_quiet_is_not() {
    struct Broken(io::ErrorKind);
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
    }
    impl Write for Broken {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    impl Port for Broken {
        fn set_timeout(&mut self, _: Duration) -> io::Result<()> {
            Ok(())
        }
    }
    for kind in [io::ErrorKind::BrokenPipe, io::ErrorKind::Other] {
        let mut session = Session::new(Broken(kind));
        let done = session.command(&quick("AT"));
        assert!(matches!(done, Err(AtError::Gone(_))), "{kind}");
        let done = session.listen(Duration::ZERO);
        assert!(matches!(done, Err(AtError::Gone(_))), "{kind}");
    }
    for kind in [
        io::ErrorKind::TimedOut,
        io::ErrorKind::WouldBlock,
        io::ErrorKind::Interrupted,
    ] {
        let mut session = Session::new(Broken(kind));
        let done = session.command(&quick("AT"));
        assert!(matches!(done, Err(AtError::TimedOut { .. })), "{kind}");
        assert!(session.listen(Duration::ZERO).is_ok(), "{kind}");
    }
}

#[test]
fn news_between_commands_is_heard_and_the_newest_is_kept() {
    let mut session = Session::new(Script::new(&[]));
    assert!(!session.has_urcs() && session.take_urcs().is_empty());
    for number in 0..300 {
        let line = format!("\r\n+CMTI: \"SM\",{number}\r\n");
        session.port.incoming.extend(line.bytes());
    }
    while !session.port.incoming.is_empty() {
        session.listen(Duration::ZERO).unwrap();
    }
    assert!(session.has_urcs());
    let urcs = session.take_urcs();
    assert_eq!(urcs.len(), URC_LIMIT);
    assert_eq!(urcs.last().unwrap().line, "+CMTI: \"SM\",299");
    assert!(!session.has_urcs());
}

#[test]
fn whether_a_message_may_be_on_its_way_is_known_although_no_result_comes() {
    let mut session = Session::new(Script::new(&["\r\n> ", ""]));
    let command = quick("AT+CMGS=14").with_body("0011AA");
    let error = session.command(&command).unwrap_err();
    assert!(matches!(error, AtError::TimedOut { .. }), "{error}");
    assert!(session.body_was_sent());
    // It has the body: an escape would be part of what comes next.
    assert_eq!(session.port().written, ["AT+CMGS=14\r", "0011AA\u{1a}"]);
    session.escape().unwrap();
    assert_eq!(session.port().written.last().unwrap(), "\u{1b}");
}

#[test]
fn after_an_answer_that_belongs_to_something_else_the_next_one_is_made_sure_of() {
    let mut session = Session::new(Script::new(&[
        "ATE1\r\r\nOK\r\n",
        "AT\r\r\nOK\r\n",
        "ATE0\r\r\nOK\r\n",
        "\r\n+CSQ: 31,99\r\n\r\nOK\r\n",
        "\r\n+CSQ: 30,99\r\n\r\nOK\r\n",
    ]));
    session.distrust();
    assert_eq!(
        session.command(&quick("AT+CSQ")).unwrap()[0].line,
        "+CSQ: 31,99"
    );
    assert_eq!(
        session.command(&quick("AT+CSQ")).unwrap()[0].line,
        "+CSQ: 30,99"
    );
    assert_eq!(
        session.port().written,
        ["ATE1\r", "AT\r", "ATE0\r", "AT+CSQ\r", "AT+CSQ\r"]
    );
}

#[test]
fn every_refusal_that_a_person_meets_is_told_in_words() {
    let refused = |result: FinalResult| AtError::Refused {
        command: "AT+X".to_owned(),
        result,
    };
    let cme = |number| refused(FinalResult::Cme(Code::Number(number)));
    let cms = |number| refused(FinalResult::Cms(Code::Number(number)));
    let table = [
        (cme(10), "no SIM (CME error 10)"),
        (cms(310), "no SIM (CMS error 310)"),
        (cme(11), "the SIM wants its PIN (CME error 11)"),
        (cms(311), "the SIM wants its PIN (CMS error 311)"),
        (cme(12), "the SIM wants its PUK (CME error 12)"),
        (cms(316), "the SIM wants its PUK (CMS error 316)"),
        (cme(13), "SIM failure (CME error 13)"),
        (cms(313), "SIM failure (CMS error 313)"),
        (cme(14), "the SIM is busy (CME error 14)"),
        (cms(314), "the SIM is busy (CMS error 314)"),
        (cme(16), "wrong PIN or PUK (CME error 16)"),
        (cme(30), "no network service (CME error 30)"),
        (cms(331), "no network service (CMS error 331)"),
        (cms(1), "the number is not in use (CMS error 1)"),
        (cms(8), "barred by the operator (CMS error 8)"),
        (cms(21), "the network refused the message (CMS error 21)"),
        (cms(28), "the recipient cannot be found (CMS error 28)"),
        (
            cms(42),
            "the network is out of order or congested (CMS error 42)",
        ),
        (cms(69), "the network does not offer this (CMS error 69)"),
        (cms(304), "the modem does not take this PDU (CMS error 304)"),
        (cms(321), "no message at that place (CMS error 321)"),
        (cms(322), "the message storage is full (CMS error 322)"),
        (cms(330), "no service centre number is set (CMS error 330)"),
        (
            cms(332),
            "the network did not answer in time (CMS error 332)",
        ),
        // The same number of the other family is something else.
        (cme(1), "CME error 1"),
        (cms(10), "barred by the operator (CMS error 10)"),
        (cms(16), "CMS error 16"),
        (refused(FinalResult::Error), "no reason given"),
        (
            refused(FinalResult::Cme(Code::Words("SIM busy".to_owned()))),
            "SIM busy",
        ),
    ];
    for (error, words) in table {
        assert_eq!(error.reason().as_deref(), Some(words));
        assert_eq!(error.is_in_words(), words == "SIM busy", "{words}");
    }
    let words = Code::Words("busy".to_owned());
    assert!(refused(FinalResult::Cms(words)).is_in_words());
    assert_eq!(cms(322).number(), Some(322));
    assert_eq!(refused(FinalResult::Error).number(), None);
    let gone = AtError::Gone(io::ErrorKind::BrokenPipe.into());
    assert_eq!((gone.reason(), gone.number()), (None, None));
    assert!(!gone.is_in_words());
}
