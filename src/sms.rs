//! Text messages: their codec, their store, the modem they come from, and how they are shown.

pub mod actions;
pub mod arguments;
pub mod charset;
pub mod command;
pub mod gui;
pub mod link;
pub mod message;
pub mod note;
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
#[cfg(feature = "popup")]
pub mod view;
pub mod watch;

pub use options::{Cleanup, Options};
