//! Listening to a modem at its AT port.

use std::convert::Infallible;
use std::os::fd::AsFd;
use std::path::Path;

use super::super::clock::Moment;
use super::super::modem::driver::Driver;
use super::desk::{Desk, Ended, Woken};
use super::port::explain;
use super::station::Arrival;
use crate::at::{SerialPort, Session};

/// The EM7345's rate; USB modems take any.
const DEFAULT_BAUD: u32 = 460_800;

pub(super) fn listen(path: &Path, desk: &mut Desk) -> Result<Infallible, Ended> {
    desk.station.connecting(format!("modem {}", path.display()));
    let baud = desk.options().baud.unwrap_or(DEFAULT_BAUD);
    let port = SerialPort::open(path, baud).map_err(|error| explain(&error))?;
    let lost = |cause: &dyn std::fmt::Display| {
        Ended::Lost(format!(
            "the modem at '{}' gives no position: {cause}",
            path.display()
        ))
    };
    let mut driver = Driver::start(Session::new(port)).map_err(|error| lost(&error))?;
    desk.station.connected(Moment::now());
    desk.station.snapshot.receiver = Some(format!("{:?}", driver.dialect()));
    desk.publish();
    // Something may have come in together with an answer, and will wake nobody.
    let mut said = driver.listen();
    let ended = loop {
        match said {
            Ok(reports) => {
                for report in reports {
                    desk.absorb(report, Arrival::Asked);
                }
            }
            Err(error) => break lost(&error),
        }
        let woken = match desk.wait(Some(driver.port().as_fd()), driver.period()) {
            Ok(woken) => woken,
            Err(ended) => break ended,
        };
        said = match woken {
            Woken::Ready => driver.listen(),
            Woken::Time => driver.ask(),
        };
    };
    // What we switched on is not left on, also when another source is chosen.
    let _ = driver.stop();
    Err(ended)
}
