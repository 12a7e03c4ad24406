//! The network: what NetworkManager and ModemManager say of it, and what they are asked to do.

pub mod act;
pub mod actions;
pub mod agent;
pub mod apn;
pub mod arguments;
pub mod ask;
pub mod attempt;
pub mod attempts;
pub mod command;
pub mod follow;
pub mod gui;
pub mod json;
pub mod names;
pub mod network;
pub mod once;
pub mod options;
pub mod qr;
pub mod rates;
pub mod read;
pub mod reason;
pub mod rfkill;
#[cfg(test)]
pub(crate) mod sample;
pub mod secrets;
pub mod security;
pub mod settings;
pub mod snapshot;
pub mod source;
pub mod ssid;
pub mod status;
pub mod table;
pub mod tree;
#[cfg(feature = "popup")]
pub mod view;
pub mod visible;
pub mod wishes;
pub mod words;

pub use once::look;
pub use options::{Options, Wants};
pub use security::Security;
pub use source::Source;
pub use ssid::Ssid;
