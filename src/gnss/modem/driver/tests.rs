//! Conversations with modems of every dialect.

use std::collections::VecDeque;
use std::io::{self, Read, Write};

use super::super::super::fix::Mode;
use super::*;

/// A modem that knows some commands; anything else is an `ERROR`. What it knows twice it answers
/// first so, then so.
#[derive(Default)]
struct Modem {
    knows: Vec<(&'static str, &'static str)>,
    incoming: VecDeque<u8>,
    heard: Vec<String>,
    /// What it says by itself after a silence.
    later: Option<&'static str>,
    /// It was waited for in vain.
    silent: bool,
    timeout: Duration,
}

impl Modem {
    fn new(knows: &[(&'static str, &'static str)]) -> Session<Self> {
        Session::new(Self {
            knows: knows.to_vec(),
            ..Self::default()
        })
    }

    fn saying(knows: &[(&'static str, &'static str)], later: &'static str) -> Session<Self> {
        Session::new(Self {
            knows: knows.to_vec(),
            later: Some(later),
            ..Self::default()
        })
    }

    /// How many times it has heard a command.
    fn times(&self, command: &str) -> usize {
        self.heard.iter().filter(|heard| *heard == command).count()
    }
}

impl Read for Modem {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.incoming.is_empty() {
            self.silent = true;
            match self.later.take() {
                Some(later) => self.incoming.extend(later.bytes()),
                None => std::thread::sleep(self.timeout),
            }
            return Err(io::ErrorKind::TimedOut.into());
        }
        let count = self.incoming.len().min(buffer.len());
        for (slot, byte) in buffer.iter_mut().zip(self.incoming.drain(..count)) {
            *slot = byte;
        }
        Ok(count)
    }
}

impl Write for Modem {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let line = String::from_utf8_lossy(bytes).trim().to_owned();
        let times = self.times(&line);
        let known = self.knows.iter().filter(|(command, _)| *command == line);
        let answer = match known.take(times + 1).last() {
            Some((_, answer)) => answer,
            None if line == "ATE0" => OK,
            None => ERROR,
        };
        self.incoming.extend(answer.bytes());
        self.heard.push(line);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Port for Modem {
    fn set_timeout(&mut self, timeout: Duration) -> io::Result<()> {
        self.timeout = timeout;
        Ok(())
    }
}

fn modes(reports: &[Report]) -> Vec<Mode> {
    reports
        .iter()
        .filter_map(|report| Some(report.fix?.mode))
        .collect()
}

const OK: &str = "\r\nOK\r\n";
const ERROR: &str = "\r\nERROR\r\n";
/// How an XMM modem is asked what it knows, and twice for its position; what it says then.
const XMM: &str = "AT+XLCSLSR=?";
const XMM_EVERY_SECOND: &str = "AT+XLCSLSR=2,3,,,,,1,,,,,";
const XMM_AS_THE_ORIGINAL: &str = "AT+XLCSLSR=1,1,,,,,,,,,,";
const XMM_FIX: &str = "\r\n+XLCSLSR: 2, 49.195669 N, 16.606075 E, 119.9\r\n";

#[test]
fn an_xmm_modem_tells_by_itself_and_is_stopped_by_its_request() {
    let fix = "\r\n+XLCSLSR: request id 3\r\n\r\nOK\r\n\r\n+XLCSLSR: 2, 49.195669 N, 16.606075 E, 119.9\r\n";
    let mut driver = Driver::start(Modem::new(&[
        (XMM, OK),
        (XMM_EVERY_SECOND, fix),
        ("AT+XLSRSTOP=0,3", "\r\nOK\r\n\r\n+XLSRSTOP: 0,3\r\n"),
    ]))
    .unwrap();
    assert_eq!((driver.dialect(), driver.period()), (Dialect::Xmm, None));
    assert_eq!(modes(&driver.listen().unwrap()), [Mode::ThreeD]);
    assert_eq!(driver.port().times(XMM_EVERY_SECOND), 1);
    driver.stop().unwrap();
    assert_eq!(driver.port().heard.last().unwrap(), "AT+XLSRSTOP=0,3");
}

#[test]
fn an_xmm_modem_that_knows_only_the_originals_request_gets_that() {
    let fix = "\r\n+XLCSLSR: 2, 49.195669 N, 16.606075 E, 119.9\r\n\r\nOK\r\n";
    let mut driver = Driver::start(Modem::new(&[(XMM, OK), (XMM_AS_THE_ORIGINAL, fix)])).unwrap();
    assert_eq!(modes(&driver.listen().unwrap()), [Mode::ThreeD]);
}

#[test]
fn what_is_on_because_of_us_is_told_for_who_comes_after_us() {
    let quectel = |on| [("AT+QGPS=?", OK), ("AT+QGPS=1", on)];
    let on_already = "\r\n+CME ERROR: 504\r\n";
    let request = "\r\n+XLCSLSR: request id 3\r\n\r\nOK\r\n";
    let table = [
        ([(XMM, OK), (XMM_EVERY_SECOND, request)], None, Some("3")),
        (quectel(OK), None, Some("")),
        (quectel(on_already), None, None),
        (quectel(on_already), Some(""), Some("")),
    ];
    for (knows, before, after) in table {
        let driver = Driver::resume(Modem::new(&knows), before.map(str::to_owned)).unwrap();
        assert_eq!(driver.left_on().as_deref(), after, "{knows:?}");
    }
}

#[test]
fn a_modem_that_refuses_to_be_switched_on_is_an_error_where_it_cannot_be_on_already() {
    for (knows, starts) in [
        ([("AT+ULOC=?", OK), ("AT+ULOC=2,1,1,60,1", ERROR)], false),
        (
            [("AT+QGPS=?", OK), ("AT+QGPS=1", "\r\n+CME ERROR: 50\r\n")],
            false,
        ),
        ([("AT$GPSP=?", OK), ("AT$GPSP=1", ERROR)], true),
    ] {
        let started = Driver::start(Modem::new(&knows));
        assert_eq!(started.is_ok(), starts, "{knows:?}");
        assert!(!matches!(started, Err(DriverError::Unknown)), "{knows:?}");
    }
}

#[test]
fn a_request_that_an_earlier_program_left_is_stopped_and_made_anew() {
    let session = Modem::new(&[
        (XMM, OK),
        (XMM_EVERY_SECOND, ERROR),
        (XMM_EVERY_SECOND, "\r\n+XLCSLSR: request id 8\r\n\r\nOK\r\n"),
        (XMM_AS_THE_ORIGINAL, ERROR),
        ("AT+XLSRSTOP=0,7", "\r\n+XLSRSTOP: 0,7\r\n\r\nOK\r\n"),
    ]);
    let driver = Driver::resume(session, Some("7".to_owned())).unwrap();
    assert_eq!(driver.left_on().as_deref(), Some("8"));
    assert_eq!(driver.port().times("AT+XLSRSTOP=0,7"), 1);
}

#[test]
fn a_request_of_nobody_knows_whom_is_used_if_it_tells_its_position() {
    let refused = [(XMM, OK)];
    for left_on in [None, Some(String::new())] {
        let session = Modem::saying(&refused, XMM_FIX);
        let mut driver = Driver::resume(session, left_on).unwrap();
        assert_eq!(modes(&driver.listen().unwrap()), [Mode::ThreeD]);
        assert_eq!(driver.port().heard.last().unwrap(), XMM_AS_THE_ORIGINAL);
    }
    let started = Driver::start(Modem::saying(&refused, "\r\n+CREG: 1\r\n"));
    assert!(matches!(
        started,
        Err(DriverError::At(AtError::Refused { .. }))
    ));
}

#[test]
fn an_xmm_modem_has_stopped_when_it_says_so_and_the_others_at_once() {
    let xmm = [(XMM, OK), (XMM_EVERY_SECOND, OK)];
    let stop = |knows: &[_], later| {
        let mut driver = Driver::start(Modem::saying(knows, later)).unwrap();
        driver.stop().unwrap();
        let modem = driver.port();
        (modem.heard.last().unwrap().clone(), modem.silent)
    };
    let said_later = [xmm.as_slice(), &[("AT+XLSRSTOP=0,0", OK)]].concat();
    let xmm_stop = "AT+XLSRSTOP=0,0".to_owned();
    let stopped = "\r\n+XLSRSTOP: 0,0\r\n";
    assert_eq!(stop(&said_later, stopped), (xmm_stop.clone(), true));
    let said_at_once = [
        xmm.as_slice(),
        &[("AT+XLSRSTOP=0,0", "\r\n+XLSRSTOP: 0,0\r\n\r\nOK\r\n")],
    ]
    .concat();
    assert_eq!(stop(&said_at_once, ""), (xmm_stop, false));
    let quectel = [("AT+QGPS=?", OK), ("AT+QGPS=1", OK), ("AT+QGPSEND", OK)];
    assert_eq!(stop(&quectel, ""), ("AT+QGPSEND".to_owned(), false));
}

#[test]
fn ublox_is_asked_again_when_it_has_answered_and_not_before() {
    let request = "AT+ULOC=2,1,1,60,1";
    let fix = "\r\nOK\r\n\r\n+UULOC: 13/04/2011,09:54:51.000,45.6334520,13.0618620,49,1\r\n";
    let mut driver = Driver::start(Modem::new(&[
        ("AT+ULOC=?", OK),
        (request, fix),
        (request, OK),
    ]))
    .unwrap();
    assert_eq!(driver.period(), None);
    assert_eq!(modes(&driver.listen().unwrap()), [Mode::ThreeD]);
    assert_eq!(driver.port().times(request), 2);
    assert!(driver.listen().unwrap().is_empty());
    assert_eq!(driver.port().times(request), 2);
}

#[test]
fn quectel_that_somebody_switched_off_is_switched_on_again() {
    let mut driver = Driver::start(Modem::new(&[
        ("AT+QGPS=?", OK),
        ("AT+QGPS=1", OK),
        ("AT+QGPSLOC=2", "\r\n+CME ERROR: 516\r\n"),
        ("AT+QGPSLOC=2", "\r\n+CME ERROR: 505\r\n"),
    ]))
    .unwrap();
    assert_eq!(driver.period(), Some(Duration::from_secs(1)));
    for switched_on in [1, 2] {
        assert_eq!(modes(&driver.ask().unwrap()), [Mode::None]);
        assert_eq!(driver.port().times("AT+QGPS=1"), switched_on);
    }
}

#[test]
fn quectel_without_a_fix_says_516_and_one_that_was_on_stays_on() {
    let mut driver = Driver::start(Modem::new(&[
        ("AT+QGPS=?", OK),
        ("AT+QGPS=1", "\r\n+CME ERROR: 504\r\n"),
        ("AT+QGPSLOC=2", "\r\n+CME ERROR: 516\r\n"),
    ]))
    .unwrap();
    assert_eq!(driver.dialect(), Dialect::Quectel);
    assert_eq!(modes(&driver.ask().unwrap()), [Mode::None]);
    driver.stop().unwrap();
    assert_eq!(driver.port().heard.last().unwrap(), "AT+QGPSLOC=2");
}

#[test]
fn sierra_is_asked_for_position_and_satellites() {
    let place = "\r\nLat: 49 Deg 44 Min 57.00 Sec N  (0x008D823D)\r\nLon: 13 Deg 22 Min 48.54 Sec E  (0x00260F21)\r\n3D Fix\r\nAltitude: 332 m  LocUncVe: 64.0 m\r\n\r\nOK\r\n";
    let sky = "\r\nSatellites in view:  1\r\n* SV:  7  ELEV:60  AZI:200  SNR:40\r\n\r\nOK\r\n";
    let mut driver = Driver::start(Modem::new(&[
        ("AT!GPSTRACK=?", OK),
        ("AT!GPSTRACK=1,255,100,1000,1", OK),
        ("AT!GPSLOC?", place),
        ("AT!GPSSATINFO?", sky),
        ("AT!GPSEND=0", OK),
    ]))
    .unwrap();
    let reports = driver.ask().unwrap();
    assert_eq!(modes(&reports), [Mode::ThreeD]);
    let satellites = reports.iter().filter_map(|report| report.sky.as_ref());
    assert_eq!(satellites.map(|sky| sky.satellites.len()).sum::<usize>(), 1);
    driver.stop().unwrap();
    assert_eq!(driver.port().heard.last().unwrap(), "AT!GPSEND=0");
}

#[test]
fn telit_simcom_and_ublox_are_recognised() {
    let table: [(&str, &str, &str, &str, Dialect); 4] = [
        (
            "AT$GPSP=?",
            "AT$GPSP=1",
            "AT$GPSACP",
            "\r\n$GPSACP: ,,,,,1,,,,,\r\n\r\nOK\r\n",
            Dialect::Telit,
        ),
        (
            "AT+CGNSPWR=?",
            "AT+CGNSPWR=1",
            "AT+CGNSINF",
            "\r\n+CGNSINF: 1,0,,,,\r\n\r\nOK\r\n",
            Dialect::SimcomCgns,
        ),
        (
            "AT+CGPS=?",
            "AT+CGPS=1",
            "AT+CGPSINFO",
            "\r\n+CGPSINFO: ,,,,,,,,\r\n\r\nOK\r\n",
            Dialect::SimcomCgps,
        ),
        ("AT+ULOC=?", "AT+ULOC=2,1,1,60,1", "", "", Dialect::Ublox),
    ];
    for (test, on, ask, answer, dialect) in table {
        let mut driver = Driver::start(Modem::new(&[(test, OK), (on, OK), (ask, answer)])).unwrap();
        assert_eq!(driver.dialect(), dialect);
        let reports = driver.ask().unwrap();
        assert_eq!(reports.len(), usize::from(!ask.is_empty()), "{dialect:?}");
        driver.stop().unwrap();
    }
    assert!(matches!(
        Driver::start(Modem::new(&[])),
        Err(DriverError::Unknown)
    ));
}
