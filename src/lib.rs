//! barpop: status lines and popups for people who live in a window manager.
//!
//! Data flows one way. A *source* does all the I/O of its topic and publishes whole
//! snapshots; *status* turns a snapshot into a [`bar::Line`]; a *view* draws a snapshot and
//! returns a command, which the source carries out. `ARCHITECTURE.md` has the map of rooms.
//!
//! As a library: `tests/examples` reads a SIM's messages ([`sms::serial`], [`sms::pdu`]), sends one, and
//! asks a modem where it is ([`gnss::modem`]), in a page each; `cargo run --example read` needs no
//! hardware.

pub mod arguments;
pub mod at;
pub mod bar;
pub mod browser;
pub mod bus;
pub mod catalogue;
pub mod clock;
pub mod config;
pub mod doctor;
pub mod ds4;
pub mod gnss;
pub mod instance;
pub mod modem_owner;
pub mod net;
#[cfg(feature = "popup")]
pub mod popup;
pub mod program;
pub mod secret;
pub mod shutter;
pub mod signals;
pub mod sim;
pub mod sms;
