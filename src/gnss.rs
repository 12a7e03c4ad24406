//! The position topic: where a receiver says we are, how sure it is, and how old that is.
//!
//! A decoder ([`nmea`], [`gpsd`], [`modem`], [`modem_manager`]) turns a receiver's words into [`report::Report`]s
//! and knows no clock; the [`source`] adds the time of arrival and keeps the [`snapshot`];
//! [`status`] makes the line of it. A position is never shown as now when it is not: its age is
//! counted by a clock that goes on while the machine sleeps ([`clock`]).

pub mod actions;
pub mod arguments;
pub mod command;
pub mod coordinates;
pub mod doubt;
pub mod fix;
pub mod gpsd;
pub mod gpx;
pub mod gui;
pub mod json;
pub mod modem;
pub mod modem_manager;
pub mod nmea;
pub mod options;
pub mod report;
pub mod satellite;
pub mod snapshot;
pub mod source;
pub mod status;
pub mod units;
#[cfg(feature = "popup")]
pub mod view;
pub mod watcher;

pub use crate::clock;
pub use options::Options;
