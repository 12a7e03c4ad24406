//! barpop: status lines and popups for people who live in a window manager.
//!
//! Data flows one way. A *source* does all the I/O of its topic and publishes whole
//! snapshots; *status* turns a snapshot into a [`bar::Line`]; a *view* draws a snapshot and
//! returns a command, which the source carries out. `ARCHITECTURE.md` has the map of rooms.

pub mod arguments;
pub mod at;
pub mod bar;
pub mod bus;
pub mod config;
pub mod gnss;
pub mod net;
#[cfg(feature = "popup")]
pub mod popup;
pub mod program;
pub mod secret;
pub mod sim;
pub mod sms;
