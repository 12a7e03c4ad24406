//! Text messages: their codec, their store, the modem they come from, and how they are shown.

pub mod actions;
pub mod arguments;
pub mod broadcast;
pub mod bus;
pub mod carrier;
pub mod charset;
pub mod command;
pub mod contacts;
pub mod errand;
pub mod gui;
pub mod lending;
pub mod link;
pub mod message;
pub mod modem_manager;
pub mod note;
pub mod notify;
pub mod number;
pub mod once;
pub mod options;
pub mod owner;
pub mod pdu;
pub mod pin;
pub mod serial;
pub mod snapshot;
pub mod source;
pub mod status;
pub mod store;
pub mod ussd;
#[cfg(feature = "popup")]
pub mod view;
pub mod watch;

pub use options::{Cleanup, Device, Options};
