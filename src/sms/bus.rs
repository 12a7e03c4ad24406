//! The owner on the session bus: one process has the modem, and serves the others.
//!
//! Every process that lives long (the bar's `xsms --follow`, the popup, `xsms daemon`) asks the
//! bus for the name [`NAME`] and stays in its queue. Whoever has it, the *owner*, holds the modem,
//! takes messages in, and serves [`PATH`] with the interface [`INTERFACE`], which
//! `assets/dbus/org.barpop.Sms1.xml` describes. When the owner ends, however it ends, the bus
//! gives the name to the next in the queue at once.
//!
//! - [`seat`]: a process's place in that queue, a thread of its own. It serves while it has the
//!   name, and passes on what is asked of the modem while it has not; `sitting` is its life on one
//!   connection.
//! - [`state`]: the properties, as plain data; `desk`: the methods that need only the store;
//!   [`errands`]: those that are the modem's to carry out, as they go over the bus;
//!   `guard`: who may ask (the same user alone); [`client`]: one question from a program that
//!   ends after it; `clients`: programs that want positions of the modem.
//!
//! Messages themselves go through the store, which all share: without a bus, or with one that
//! does not answer, everything but these questions works all the same.

pub mod client;
mod clients;
mod desk;
pub mod errands;
mod guard;
pub mod seat;
mod serve;
mod sitting;
pub mod state;
mod told;

use crate::bus::Object;
pub use crate::modem_owner::{INTERFACE, NAME, PATH, address};

/// What the object says of itself.
pub const INTROSPECTION: &str = include_str!("../../assets/dbus/org.barpop.Sms1.xml");

const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
const DAEMON: Object<'static> = Object {
    service: "org.freedesktop.DBus",
    path: "/org/freedesktop/DBus",
    interface: "org.freedesktop.DBus",
};
