//! Simulated devices: what stands in for hardware in the demo, the tests and the benches.
//!
//! Nothing in here uses the codecs it is there to test: a modem that decoded PDUs with the
//! program's own decoder would agree with every bug in it.

pub mod control;
mod data_call;
pub mod demo;
pub mod gamepad;
pub mod modem;
pub mod network;
mod port;
mod simulated;

pub use port::{Port, PortError};
pub use simulated::Simulated;
