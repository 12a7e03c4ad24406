//! Listening to a receiver at a serial port.

use std::convert::Infallible;
use std::io::{ErrorKind, Read};
use std::os::fd::AsFd;
use std::path::Path;
use std::time::Duration;

use super::super::nmea::Reader;
use super::super::report::Report;
use super::desk::{Desk, Ended, Woken};
use super::station::Arrival;
use crate::at::{OpenError, Port, SerialPort};

/// The rates that receivers have, the usual ones first.
const BAUDS: [u32; 8] = [
    9600, 4800, 115_200, 38_400, 57_600, 19_200, 230_400, 460_800,
];
/// At the right rate a sentence comes within this.
const HUNT: Duration = Duration::from_secs(3);
/// A pause of this length ends an epoch; within one receivers pause less.
const PAUSE: Duration = Duration::from_millis(200);

pub(super) fn listen(path: &Path, desk: &mut Desk) -> Result<Infallible, Ended> {
    desk.station.connecting(path.display().to_string());
    let fixed = desk.options().baud;
    let mut bauds = BAUDS.into_iter().cycle();
    loop {
        let baud = fixed.or_else(|| bauds.next()).unwrap_or(9600);
        let mut port = SerialPort::open(path, baud).map_err(|error| explain(&error))?;
        if !hears(&mut port, path, baud, desk)? && fixed.is_none() {
            continue;
        }
        // At a fixed rate it is listened on.
        return Err(Ended::Lost(format!(
            "'{}' sends nothing that is NMEA at {baud} baud; check the port and --baud",
            path.display()
        )));
    }
}

/// Reads until the port is lost, or `false` when no sentence comes at this rate.
fn hears(port: &mut SerialPort, path: &Path, baud: u32, desk: &mut Desk) -> Result<bool, Ended> {
    let mut reader = Reader::default();
    let mut buffer = [0; 4096];
    let mut bytes = 0_usize;
    let gone = |cause: &dyn std::fmt::Display| {
        Ended::Lost(format!(
            "the receiver at '{}' is gone: {cause}",
            path.display()
        ))
    };
    port.set_timeout(Duration::ZERO)
        .map_err(|error| gone(&error))?;
    let mut pending = false;
    loop {
        let is_heard = reader.counts().good > 0;
        let timeout = match (pending, is_heard) {
            (true, true) => Some(PAUSE),
            (_, false) => Some(HUNT),
            (false, true) => None,
        };
        let mut reports = Vec::new();
        let mut emit = |report: Report| reports.push(report);
        match desk.wait(Some(port.as_fd()), timeout)? {
            Woken::Time if !is_heard => {
                let what = if bytes == 0 {
                    "is silent"
                } else {
                    "sends no NMEA"
                };
                desk.station.snapshot.error = Some(format!(
                    "'{}' {what} at {baud} baud; check that it is the receiver's port",
                    path.display()
                ));
                desk.publish();
                return Ok(false);
            }
            Woken::Time => {
                pending = false;
                reader.flush(&mut emit);
            }
            Woken::Ready => match port.read(&mut buffer) {
                Ok(0) => return Err(gone(&"it was closed")),
                Ok(count) => {
                    bytes += count;
                    pending = true;
                    reader.push(buffer.get(..count).unwrap_or_default(), &mut emit);
                }
                Err(error) if is_nothing(error.kind()) => {}
                Err(error) => return Err(gone(&error)),
            },
        }
        desk.station.snapshot.counts = Some(reader.counts());
        for report in reports {
            desk.absorb(report, Arrival::Live);
        }
    }
}

fn is_nothing(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TimedOut | ErrorKind::WouldBlock | ErrorKind::Interrupted
    )
}

/// Why the port cannot be had, in words about a receiver.
pub(super) fn explain(error: &OpenError) -> Ended {
    Ended::Lost(match error {
        OpenError::Absent(path) => format!(
            "there is no receiver at '{}'; plug it in or name another source with --source",
            path.display()
        ),
        OpenError::Busy { path, holder } => match holder {
            Some(holder) if holder.name == "gpsd" => format!(
                "port '{}' is held by {holder}; ask it with --source gpsd",
                path.display()
            ),
            Some(holder) => format!(
                "port '{}' is held by {holder}; stop it or name another source with --source",
                path.display()
            ),
            None => format!("port '{}' is held by another program", path.display()),
        },
        other => other.to_string(),
    })
}
