//! The network: what NetworkManager and ModemManager say of it, and what they are asked to do.

pub mod attempt;
pub mod command;
pub mod network;
pub mod secrets;
pub mod security;
pub mod snapshot;
pub mod ssid;

pub use security::Security;
pub use ssid::Ssid;
