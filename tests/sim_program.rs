//! `barpop-sim` as a script uses it: its port, its control lines, and what it tells.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is a test"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

struct Program {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_barpop-sim"))
            .arg("modem")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self {
            child,
            input,
            output,
        }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    fn say(&mut self, line: &str) {
        writeln!(self.input.as_ref().unwrap(), "{line}").unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks through the port with its time-out, so that nothing here can hang.
fn ask(port: &mut Box<dyn serialport::SerialPort>, command: &str, end: &str) -> String {
    port.write_all(command.as_bytes()).unwrap();
    let started = Instant::now();
    let mut text = String::new();
    while !text.ends_with(end) {
        assert!(started.elapsed() < Duration::from_secs(5), "{text:?}");
        let mut buffer = [0; 256];
        if let Ok(count) = port.read(&mut buffer) {
            text.push_str(&String::from_utf8_lossy(&buffer[..count]));
        }
    }
    text
}

#[test]
fn a_script_sends_and_receives_through_its_port_and_its_control_lines() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("modem");
    let link = link.to_str().unwrap();
    let mut program = Program::start(&["--link", link, "--messages", "3", "--no-echo"]);
    assert_eq!(program.line(), link);
    let mut port = serialport::new(link, 115_200)
        .timeout(Duration::from_millis(100))
        .open()
        .unwrap();

    assert!(ask(&mut port, "AT+CPMS?\r", "OK\r\n").contains("\"SM\",3,50"));
    ask(&mut port, "AT+CNMI=2,1,0,1,0\r", "OK\r\n");
    program.say("sms +49170123 hello there");
    assert_eq!(
        ask(&mut port, "", "\r\n+CMTI: \"SM\",4\r\n").trim(),
        "+CMTI: \"SM\",4"
    );
    program.say("fly away");
    assert!(program.line().starts_with("{\"event\":\"error\""));

    let pdu = "0011000B916407281553F80000AA0AE8329BFD4697D9EC37";
    ask(&mut port, "AT+CMGS=23\r", "> ");
    ask(&mut port, &format!("{pdu}\u{1a}"), "OK\r\n");
    let sent: serde_json::Value = serde_json::from_str(&program.line()).unwrap();
    assert_eq!(sent["number"], "+46708251358");
    assert_eq!(sent["text"], "hellohello");
    assert_eq!(sent["pdu"], pdu);

    program.say("quit");
    assert!(program.child.wait().unwrap().success());
    assert!(
        std::fs::symlink_metadata(link).is_err(),
        "the link is still there"
    );
}

#[test]
fn the_modem_is_at_the_end_of_a_serial_line_that_stands_already() {
    let (ours, line) = serialport::TTYPort::pair().unwrap();
    let path = serialport::SerialPort::name(&line).unwrap();
    let mut program = Program::start(&["--serial", &path, "--no-echo"]);
    assert_eq!(program.line(), path);
    let mut ours: Box<dyn serialport::SerialPort> = Box::new(ours);
    ours.set_timeout(Duration::from_millis(100)).unwrap();
    assert_eq!(ask(&mut ours, "AT\r", "OK\r\n"), "\r\nOK\r\n");
}

#[test]
fn it_goes_on_when_its_input_ends_unless_it_is_told_not_to() {
    for (arguments, goes_on) in [(&[][..], true), (&["--exit-on-eof"][..], false)] {
        let mut program = Program::start(arguments);
        assert!(program.line().starts_with("/dev/pts/"));
        drop(program.input.take());
        let end = Instant::now() + Duration::from_millis(if goes_on { 300 } else { 5000 });
        while Instant::now() < end && program.child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(
            program.child.try_wait().unwrap().is_none(),
            goes_on,
            "{arguments:?}"
        );
    }
}
