//! The gamepad topic: Sony's DualShock 4 and DualSense, as the kernel shows them.
//!
//! A pad is one HID device in [`sysfs`], announced by [`uevents`]; its three event devices
//! ([`nodes`]) are put together by [`decode`] and [`fusion`]; a [`lamp`] changes its light. A
//! [`station`] does all of that for all pads, in the thread of a subcommand or of the popup's
//! [`source`]. The line ([`status`], [`follow`]) opens no event device at all: batteries and
//! hot-plug are all that it is about, and a stick that is moved must not wake it.

pub mod access;
pub mod actions;
pub mod arguments;
pub mod command;
pub mod controls;
pub mod decode;
#[cfg(test)]
pub(crate) mod fake;
pub mod follow;
pub mod fusion;
pub mod json;
pub mod lamp;
pub mod light;
pub mod motion;
pub mod nodes;
pub mod options;
pub mod pad;
pub mod rate;
pub mod seen;
pub mod snapshot;
pub mod source;
pub mod station;
pub mod status;
pub mod sysfs;
pub mod uevents;
#[cfg(feature = "popup")]
pub mod view;

pub use options::Options;
