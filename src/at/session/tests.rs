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
        "AT\r\r\nOK\r\n",
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
