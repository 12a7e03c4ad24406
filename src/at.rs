//! Talking to a modem in AT commands (3GPP TS 27.005 and 27.007, ITU-T V.250).
//!
//! [`digest`] turns bytes into events and does no I/O; [`session`] sends a command over any
//! port and returns when its final result is there; [`port`] opens a serial port for one
//! process alone.

pub mod digest;
pub mod fields;
pub mod port;
pub mod session;

pub use digest::{FinalResult, Payload, Response, Urc};
pub use port::{OpenError, SerialPort};
pub use session::{AtError, Command, Port, Session};
