//! barpop: status lines and popups for people who live in a window manager.
//!
//! Data flows one way. A *source* does all the I/O of its topic and publishes whole
//! snapshots; *status* turns a snapshot into a [`bar::Line`]; a *view* draws a snapshot and
//! returns a command, which the source carries out. `ARCHITECTURE.md` has the map of rooms.
//!
//! # As a library
//!
//! What speaks to a modem needs no window: `default-features = false`. The messages that lie on a SIM, and
//! one that is sent:
//!
//! ```
//! use std::path::Path;
//!
//! use barpop::at::SerialPort;
//! use barpop::sms::pdu::{self, EncodeOptions, Kind};
//! use barpop::sms::serial::{Record, SerialModem};
//!
//! let port = Path::new("/dev/ttyACM0");
//! # let simulated = barpop::sim::Simulated::with(barpop::sim::modem::Options::default())?;
//! # simulated.receive("+491701234567", "How are you?");
//! # let path = simulated.path();
//! # let port = path.as_path();
//! // Nobody else can open it meanwhile. The rate is the EM7345's; USB modems take any.
//! let mut modem = SerialModem::start(SerialPort::open(port, 460_800)?)?;
//! modem.choose_mode()?; // before messages are read or sent
//! modem.select("SM")?; // the SIM; "ME" is the modem's own memory
//! # let mut read = Vec::new();
//! for entry in modem.list()? {
//!     // Text mode, which few modems need, has records of another kind.
//!     let Record::Pdu(bytes) = entry.record else { continue };
//!     if let Kind::Deliver(message) = pdu::decode(&bytes)?.kind {
//!         let text = message.user_data.text.unwrap_or_default();
//!         println!("{}: {text}", message.address.text);
//! #       read.push(text);
//!     }
//! }
//! modem.restore_storage()?;
//!
//! let to = EncodeOptions {
//!     address: "+491701234567".to_owned(),
//!     ..EncodeOptions::default()
//! };
//! for part in pdu::encode(&to, "On my way")? {
//!     modem.send_pdu(&part)?;
//! }
//! # assert_eq!(read, ["How are you?"]);
//! # assert_eq!(simulated.sent().len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A long message lies there in parts, which [`sms::store`] puts together; [`sms::source`] is all of it, as
//! the popup uses it, with a thread of its own. Where a modem is, [`gnss::modem`] tells. `tests/examples` has
//! a page for each; `cargo run --example read` (or `send`, `position`) needs no hardware: without a port it
//! speaks to a modem of [`sim`].

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
