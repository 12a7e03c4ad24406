//! gpsd's JSON protocol (gpsd_json(5)), of every version: one object a line.
//!
//! Unknown classes and fields are passed over, and a field of the wrong kind is as good as
//! missing: gpsd's own documentation asks clients for it, and versions differ.

mod address;
mod client;
mod sky;
mod tpv;

pub use address::{Address, AddressError, DEFAULT_PORT, Place};
pub use client::{Client, Message};

use serde_json::Value;

/// A number; JSON has no NaN, and gpsd of old wrote `null`.
fn number(object: &Value, name: &str) -> Option<f64> {
    object.get(name)?.as_f64().filter(|n| n.is_finite())
}

/// A whole number that is not negative.
fn integer(object: &Value, name: &str) -> Option<u64> {
    object.get(name)?.as_u64()
}

/// A text.
fn text<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str()
}

#[cfg(test)]
mod tests;
