//! Lending the modem to who wants positions: which commands pass, and who uses what.
//!
//! Only commands that ask for a position, or switch the receiver on or off, pass; each is known by
//! its whole name, as the makers' families of names also hold commands that would turn the port
//! into something else (`$GPSNMUN`). Several programs may use the receiver at once: what runs
//! already is not asked for again, and is switched off when the last of them has no use for it or
//! is gone. No I/O in here.

/// Longest command line that passes, bytes.
const LONGEST: usize = 200;

/// What passes: Intel XMM, Quectel, Telit, `SIMCom`, u-blox, Sierra.
const NAMES: [&str; 21] = [
    "+XLCSLSR",
    "+XLSRSTOP",
    "+QGPS",
    "+QGPSLOC",
    "+QGPSGNMEA",
    "+QGPSEND",
    "$GPSP",
    "$GPSACP",
    "+CGNSPWR",
    "+CGNSINF",
    "+CGPS",
    "+CGPSINFO",
    "+CGPSSTATUS",
    "+UGPS",
    "+ULOC",
    "!GPSTRACK",
    "!GPSFIX",
    "!GPSLOC",
    "!GPSSATINFO",
    "!GPSSTATUS",
    "!GPSEND",
];

/// How receivers are switched on, and off again.
const SWITCHES: [(&str, &str); 7] = [
    ("AT+QGPS=", "AT+QGPSEND"),
    ("AT$GPSP=", "AT$GPSP=0"),
    ("AT+CGNSPWR=", "AT+CGNSPWR=0"),
    ("AT+CGPS=", "AT+CGPS=0"),
    // Told by itself, every so many seconds.
    ("AT+CGPSINFO=", "AT+CGPSINFO=0"),
    ("AT+UGPS=", "AT+UGPS=0"),
    ("AT!GPSTRACK=", "AT!GPSEND=0"),
];

/// What a modem says by itself about positions.
const UNSOLICITED: [&str; 3] = ["+XLCSLSR:", "+XLSRSTOP:", "+UULOC:"];

/// Whether an unsolicited line is for who wants positions.
#[must_use]
pub fn is_position(line: &str) -> bool {
    UNSOLICITED.iter().any(|prefix| line.starts_with(prefix))
}

/// A command line that may pass.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line(String);

impl Line {
    /// Checks a line, which begins with `AT`.
    ///
    /// # Errors
    /// One sentence that says why it does not pass. It does not repeat the line: somebody may have
    /// given a PIN.
    pub fn new(line: &str) -> Result<Self, String> {
        if line.len() > LONGEST {
            return Err(format!(
                "a command has at most {LONGEST} bytes, this one has {}",
                line.len()
            ));
        }
        if !line.bytes().all(|byte| (b'!'..=b'~').contains(&byte)) {
            return Err(
                "a command has printable ASCII characters in it and nothing else".to_owned(),
            );
        }
        if line.contains(';') {
            return Err("one command at a time passes, without ';'".to_owned());
        }
        let line = line.to_ascii_uppercase();
        let Some(command) = line.strip_prefix("AT") else {
            return Err("a command begins with AT".to_owned());
        };
        let name = command.split(['=', '?']).next().unwrap_or_default();
        if command.is_empty() || command == "E0" || NAMES.contains(&name) {
            Ok(Self(line))
        } else {
            Err(format!(
                "only commands for positions pass, such as {}",
                NAMES.map(|name| format!("AT{name}")).join(", ")
            ))
        }
    }

    /// The line.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The command that switches off what this one has switched on, which `answer` followed.
    fn opposite(&self, answer: &[String]) -> Option<Self> {
        let line = self.as_str();
        if line.ends_with('?') || line.ends_with("=0") {
            return None;
        }
        if line.starts_with("AT+XLCSLSR=") {
            let id = answer.iter().rev().find_map(|line| {
                let (_, id) = line.split_once("request id")?;
                id.trim().parse::<u32>().ok()
            });
            return Some(Self(format!("AT+XLSRSTOP=0,{}", id.unwrap_or(0))));
        }
        let switch = SWITCHES.iter().find(|(on, _)| line.starts_with(on));
        switch.map(|(_, off)| Self((*off).to_owned()))
    }
}

impl TryFrom<String> for Line {
    type Error = String;

    fn try_from(line: String) -> Result<Self, String> {
        Self::new(&line)
    }
}

impl From<Line> for String {
    fn from(line: Line) -> Self {
        line.0
    }
}

/// A receiver that was switched on.
#[derive(Debug)]
struct Running {
    on: Line,
    off: Line,
    /// What the modem said to that, for who wants the same.
    answer: Vec<String>,
    users: Vec<String>,
}

/// Who uses what.
#[derive(Debug, Default)]
pub struct Lending {
    running: Vec<Running>,
}

impl Lending {
    /// The answer to a command for which the modem is not needed: it runs for somebody else, too.
    pub fn answer(&mut self, line: &Line, client: &str) -> Option<Vec<String>> {
        if matches!(line.as_str(), "AT" | "ATE0") {
            return Some(Vec::new());
        }
        if let Some(running) = self.running.iter_mut().find(|one| one.on == *line) {
            if !running.users.iter().any(|user| user == client) {
                running.users.push(client.to_owned());
            }
            return Some(running.answer.clone());
        }
        let at = self.running.iter().position(|one| one.off == *line)?;
        let running = self.running.get_mut(at)?;
        running.users.retain(|user| user != client);
        if running.users.is_empty() {
            self.running.remove(at);
            return None;
        }
        // What the modem would say at the end of this one's request.
        let stopped = line.as_str().strip_prefix("AT+XLSRSTOP=");
        let stopped = stopped.map(|which| format!("+XLSRSTOP: {which}"));
        Some(stopped.into_iter().collect())
    }

    /// The modem has carried out a command of this client's, and said this.
    pub fn done(&mut self, line: &Line, client: &str, answer: &[String]) {
        if let Some(off) = line.opposite(answer) {
            self.running.push(Running {
                on: line.clone(),
                off,
                answer: answer
                    .iter()
                    .filter(|line| line.contains("request id"))
                    .cloned()
                    .collect(),
                users: vec![client.to_owned()],
            });
        }
    }

    /// The modem has said this by itself.
    pub fn heard(&mut self, line: &str) {
        if let Some(which) = line.strip_prefix("+XLSRSTOP:") {
            let which: String = which.split_whitespace().collect();
            let off = format!("AT+XLSRSTOP={which}");
            self.running.retain(|running| running.off.as_str() != off);
        }
    }

    /// A client is gone, or all of them: gives the commands that switch off what nobody uses now.
    #[must_use]
    pub fn left(&mut self, client: Option<&str>) -> Vec<Line> {
        let mut off = Vec::new();
        self.running.retain_mut(|running| {
            running
                .users
                .retain(|user| client.is_some_and(|client| user != client));
            if running.users.is_empty() {
                off.push(running.off.clone());
            }
            !running.users.is_empty()
        });
        off.dedup();
        off.retain(|line| self.running.iter().all(|running| running.off != *line));
        off
    }

    /// The modem is lost, and with it what ran there.
    pub fn forget(&mut self) {
        self.running.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        Line::new(text).unwrap()
    }

    #[test]
    fn nothing_passes_but_one_command_for_a_position() {
        for good in [
            "AT",
            "ATE0",
            "AT+XLCSLSR=?",
            "at+xlcslsr=2,3,,,,,1,,,,,",
            "AT+XLSRSTOP=0,1",
            "AT+QGPSLOC=2",
            "AT$GPSACP",
            "AT+CGNSPWR=1",
            "AT+ULOC=2,1,1,60,1",
            "AT!GPSTRACK=1,255,100,1000,1",
            "AT!GPSLOC?",
        ] {
            assert!(Line::new(good).is_ok(), "{good}");
        }
        let long = format!("AT+QGPS={}", "1".repeat(200));
        for bad in [
            "",
            "AT+CPIN=\"1234\"",
            "AT+CPIN?",
            "AT+CMGS=20",
            "AT+CFUN=1,1",
            "AT+CUSD=1,\"*101#\"",
            "ATD112;",
            "ATD112",
            "ATZ",
            "ATE0+CPIN=1234",
            "ATE1",
            "AT$GPSNMUN=3",
            "AT+QGPSCFG=\"outport\",\"none\"",
            "AT+QGPS=1;+CPIN=1234",
            "AT+QGPS=1\rAT+CPIN=1234",
            "AT+QGPS=1\n",
            "AT +QGPS=1",
            "AT+QGPS\u{1a}",
            "AT+QGPS=\u{e9}",
            "+QGPS=1",
            "AT+QGPSX",
            "A/",
            long.as_str(),
        ] {
            let refused = Line::new(bad).unwrap_err();
            assert!(!refused.contains("1234"), "{refused}");
        }
    }

    #[test]
    fn a_receiver_that_two_use_is_switched_off_after_the_second() {
        let on = line("AT+XLCSLSR=2,3,,,,,1,,,,,");
        let off = line("AT+XLSRSTOP=0,7");
        let said = vec!["+XLCSLSR: request id 7".to_owned()];
        let mut lending = Lending::default();
        assert_eq!(lending.answer(&on, ":1.1"), None);
        lending.done(&on, ":1.1", &said);
        assert_eq!(lending.answer(&on, ":1.2"), Some(said));
        let stopped = vec!["+XLSRSTOP: 0,7".to_owned()];
        assert_eq!(lending.answer(&off, ":1.1"), Some(stopped));
        assert_eq!(lending.answer(&off, ":1.2"), None);
        assert_eq!(lending.left(None), []);
    }

    #[test]
    fn what_a_client_leaves_on_is_switched_off_by_its_own_command() {
        for (on, off) in [
            ("AT+XLCSLSR=1,1,,,,,,,,,,", "AT+XLSRSTOP=0,0"),
            ("AT+QGPS=1", "AT+QGPSEND"),
            ("AT$GPSP=1", "AT$GPSP=0"),
            ("AT+CGNSPWR=1", "AT+CGNSPWR=0"),
            ("AT+CGPS=1", "AT+CGPS=0"),
            ("AT!GPSTRACK=1,255,100,1000,1", "AT!GPSEND=0"),
        ] {
            let mut lending = Lending::default();
            lending.done(&line(on), ":1.1", &[]);
            assert_eq!(lending.left(Some(":1.2")), []);
            assert_eq!(lending.left(Some(":1.1")), [line(off)], "{on}");
            assert_eq!(lending.left(None), []);
        }
        let mut lending = Lending::default();
        for asks in ["AT+QGPS=?", "AT+QGPS?", "AT$GPSP=0", "AT+ULOC=2,1,1,60,1"] {
            lending.done(&line(asks), ":1.1", &[]);
        }
        assert_eq!(lending.left(None), [], "these leave nothing on");
    }

    #[test]
    fn a_request_that_the_modem_ends_is_not_ended_again() {
        let mut lending = Lending::default();
        let said = vec!["+XLCSLSR: request id 3".to_owned()];
        lending.done(&line("AT+XLCSLSR=1,1,,,,,,,,,,"), ":1.1", &said);
        lending.heard("+XLSRSTOP: 0,3");
        assert_eq!(lending.left(None), []);
    }
}
