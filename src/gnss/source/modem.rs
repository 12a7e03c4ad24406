//! Listening to a modem at its AT port: by ourselves, or through the program of ours that has it.

use std::convert::Infallible;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;

use rustix::event::epoll;

use super::super::clock::Moment;
use super::super::modem::driver::Driver;
use super::desk::{Desk, Ended, Woken};
use super::lent::{Way, look};
use super::port::explain;
use super::station::Arrival;
use crate::at::{OpenError, Port, SerialPort, Session};

/// The EM7345's rate; USB modems take any.
const DEFAULT_BAUD: u32 = 460_800;

pub(super) fn listen(path: &Path, desk: &mut Desk) -> Result<Infallible, Ended> {
    desk.station.connecting(format!("modem {}", path.display()));
    let lost = |cause: &dyn std::fmt::Display| {
        Ended::Lost(format!(
            "the modem at '{}' gives no position: {cause}",
            path.display()
        ))
    };
    let (watch, has_bus) = match look(path) {
        Way::Lent(port) => {
            let reason = port.reason();
            let lost = |cause: &dyn std::fmt::Display| match reason.get() {
                Some(sentence) => lost(&sentence),
                None => lost(cause),
            };
            return serve(port, None, desk, &lost, || false);
        }
        Way::Open(watch) => (Some(watch), true),
        Way::Closed(sentence) => return Err(lost(&sentence)),
        Way::NoBus => (None, false),
    };
    let baud = desk.options().baud.unwrap_or(DEFAULT_BAUD);
    let port = SerialPort::open(path, baud).map_err(|error| refused(&error, has_bus))?;
    let Some(watch) = watch else {
        return serve(port, None, desk, &lost, || false);
    };
    let both = both(port.as_fd(), watch.as_fd()).map_err(|error| lost(&error))?;
    serve(port, Some(&both), desk, &lost, || watch.has_come())
}

/// Speaks to the modem until it is lost, or until `is_wanted` says that somebody else wants it.
/// What is waited for is the port, or `wait` where there is more than the port to wait for.
fn serve<P: Port + AsFd>(
    port: P,
    wait: Option<&OwnedFd>,
    desk: &mut Desk,
    lost: &dyn Fn(&dyn std::fmt::Display) -> Ended,
    is_wanted: impl Fn() -> bool,
) -> Result<Infallible, Ended> {
    let started = Driver::resume(Session::new(port), desk.left_on.clone());
    let mut driver = started.map_err(|error| lost(&error))?;
    desk.left_on = None;
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
        let ready = wait.map_or_else(|| driver.port().as_fd(), AsFd::as_fd);
        let woken = match desk.wait(Some(ready), driver.period()) {
            Ok(woken) => woken,
            Err(ended) => break ended,
        };
        if is_wanted() {
            // It lends it to us then.
            break Ended::Retry;
        }
        said = match woken {
            Woken::Ready => driver.listen(),
            Woken::Time => driver.ask(),
        };
    };
    // What we switched on is not left on, also when another source is chosen.
    if driver.stop().is_err() {
        desk.left_on = driver.left_on();
    }
    Err(ended)
}

/// A descriptor that is readable when one of the two is.
fn both(one: BorrowedFd<'_>, other: BorrowedFd<'_>) -> std::io::Result<OwnedFd> {
    let both = epoll::create(epoll::CreateFlags::CLOEXEC)?;
    for fd in [one, other] {
        let data = epoll::EventData::new_u64(0);
        epoll::add(&both, fd, data, epoll::EventFlags::IN)?;
    }
    Ok(both)
}

/// Why the port cannot be had.
fn refused(error: &OpenError, has_bus: bool) -> Ended {
    match error {
        OpenError::Busy {
            path,
            holder: Some(holder),
        } if holder.is_barpop() => {
            let why = if has_bus {
                "does not lend it on the session bus"
            } else {
                "lends it on the session bus, which is not there or does not answer"
            };
            Ended::Lost(format!(
                "port '{}' is held by {holder}, which {why}; stop it or name another source with \
                 --source",
                path.display()
            ))
        }
        other => explain(other),
    }
}
