//! Conversations with modems of every dialect.

use std::collections::VecDeque;
use std::io::{self, Read, Write};

use super::super::super::fix::Mode;
use super::*;

/// A modem that knows some commands; anything else is an `ERROR`.
#[derive(Default)]
struct Modem {
    knows: Vec<(&'static str, &'static str)>,
    incoming: VecDeque<u8>,
    heard: Vec<String>,
}

impl Modem {
    fn new(knows: &[(&'static str, &'static str)]) -> Session<Self> {
        Session::new(Self {
            knows: knows.to_vec(),
            ..Self::default()
        })
    }
}

impl Read for Modem {
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

impl Write for Modem {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let line = String::from_utf8_lossy(bytes).trim().to_owned();
        let known = self.knows.iter().find(|(command, _)| *command == line);
        let answer = match known {
            Some((_, answer)) => answer,
            None if line == "ATE0" => "\r\nOK\r\n",
            None => "\r\nERROR\r\n",
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
    fn set_timeout(&mut self, _timeout: Duration) -> io::Result<()> {
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

#[test]
fn an_xmm_modem_tells_by_itself_and_is_stopped_by_its_request() {
    let fix = "\r\n+XLCSLSR: request id 3\r\n\r\nOK\r\n\r\n+XLCSLSR: 2, 49.195669 N, 16.606075 E, 119.9\r\n";
    let mut driver = Driver::start(Modem::new(&[
        ("AT+XLCSLSR=?", OK),
        ("AT+XLCSLSR=2,3,,,,,1,,,,,", fix),
        ("AT+XLSRSTOP=0,3", "\r\nOK\r\n\r\n+XLSRSTOP: 0,3\r\n"),
    ]))
    .unwrap();
    assert_eq!((driver.dialect(), driver.period()), (Dialect::Xmm, None));
    assert_eq!(modes(&driver.listen().unwrap()), [Mode::ThreeD]);
    driver.stop().unwrap();
    assert_eq!(driver.port().heard.last().unwrap(), "AT+XLSRSTOP=0,3");
}

#[test]
fn an_xmm_modem_that_knows_only_the_originals_request_gets_that() {
    let fix = "\r\n+XLCSLSR: 2, 49.195669 N, 16.606075 E, 119.9\r\n\r\nOK\r\n";
    let mut driver = Driver::start(Modem::new(&[
        ("AT+XLCSLSR=?", OK),
        ("AT+XLCSLSR=1,1,,,,,,,,,,", fix),
    ]))
    .unwrap();
    assert_eq!(modes(&driver.listen().unwrap()), [Mode::ThreeD]);
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
