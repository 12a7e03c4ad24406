//! The release: what presses the camera's buttons.
//!
//! Lines are inactive from the moment a release is made, and after every way of ending: each
//! driver lets go in `Drop`, and what a driver cannot do for itself after `kill -9` is done by
//! who watches over the service.

mod arduino;
mod gphoto2;
mod gpio;
mod held;
mod record;
mod serial_line;
pub mod wish;

use std::time::Duration;

pub use self::wish::{Wish, WishError};
use super::snapshot;

/// Why a button cannot be pressed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseError {
    /// Somebody else holds it.
    #[error("{name} is in use by {holder}; stop that program")]
    Busy {
        /// The line or port.
        name: String,
        /// Who has it, as far as can be told.
        holder: String,
    },
    /// It is not there.
    #[error("{name} is not there; {remedy}")]
    Absent {
        /// The line or port.
        name: String,
        /// What to do.
        remedy: String,
    },
    /// It may not be used.
    #[error("no permission for {name}; {remedy}")]
    Forbidden {
        /// The line or port.
        name: String,
        /// What to do.
        remedy: String,
    },
    /// It answered with an error, or not at all.
    #[error("{name} failed: {reason}")]
    Failed {
        /// The line or port.
        name: String,
        /// What it said.
        reason: String,
    },
}

/// How much longer than the press is planned a device is told to hold at the longest.
pub const SPARE: Duration = Duration::from_secs(1);

/// Two buttons, or a program that stands for them. Each call returns when the line has changed.
pub trait Release: Send {
    /// For the snapshot.
    fn describe(&self) -> snapshot::Release;

    /// Presses or lets go the focus line; without one nothing happens.
    ///
    /// # Errors
    /// Where the line did not change.
    fn focus(&mut self, pressed: bool) -> Result<(), ReleaseError>;

    /// Presses the shutter. A device that can limit itself lets go after `longest` by itself,
    /// also when it hears no more from us.
    ///
    /// # Errors
    /// Where the line did not change; it is inactive then, as far as is known.
    fn open(&mut self, longest: Duration) -> Result<(), ReleaseError>;

    /// Lets the shutter go.
    ///
    /// # Errors
    /// Where it is not known whether the line is inactive.
    fn close(&mut self) -> Result<(), ReleaseError>;

    /// Looks for the device anew after an error, and lets everything go.
    ///
    /// # Errors
    /// Where it is still not there.
    fn recover(&mut self) -> Result<(), ReleaseError>;
}

/// Looks for what was wished. A release there always is: what is absent is its `problem`, and
/// [`Release::recover`] looks again.
#[must_use]
pub fn open(wish: &Wish) -> Box<dyn Release> {
    Box::new(held::Held::new(wish))
}

/// A device that was there when it was made, and whose lines are inactive since then; dropping it
/// lets go.
trait Device: Send {
    /// As people call it.
    fn name(&self) -> String;

    /// What it noticed by itself, between calls.
    fn trouble(&self) -> Option<ReleaseError> {
        None
    }

    /// As [`Release::focus`].
    fn focus(&mut self, pressed: bool) -> Result<(), ReleaseError>;

    /// As [`Release::open`].
    fn open(&mut self, longest: Duration) -> Result<(), ReleaseError>;

    /// As [`Release::close`].
    fn close(&mut self) -> Result<(), ReleaseError>;
}

/// Finds the device and takes it.
fn connect(wish: &Wish) -> Result<Box<dyn Device>, ReleaseError> {
    Ok(match wish {
        Wish::Gpio {
            shutter,
            focus,
            active_low,
        } => Box::new(gpio::Gpio::take(shutter, focus.as_ref(), *active_low)?),
        Wish::Serial {
            port,
            shutter,
            focus,
            active_low,
        } => Box::new(serial_line::SerialLine::take(
            port,
            *shutter,
            *focus,
            *active_low,
        )?),
        Wish::Arduino {
            port,
            display,
            silence,
        } => Box::new(arduino::Arduino::greet(port, *display, *silence)?),
        Wish::Gphoto2 { port } => Box::new(gphoto2::Gphoto2::start(
            std::path::Path::new("gphoto2"),
            port.as_deref(),
        )?),
        Wish::None => Box::new(record::Record),
    })
}
