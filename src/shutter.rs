//! A camera's remote timer: the plan, the engine that keeps it, its service and its clients.
//!
//! `xshutter serve` owns the shutter's release and the running plan; everything else (the line,
//! the popup, the page) is a client of it over HTTP.

pub mod actions;
pub mod arguments;
pub mod broker;
pub mod cameras;
pub mod client;
pub mod command;
pub mod engine;
pub mod follow;
pub mod history;
pub mod json;
pub mod kept;
pub mod outlook;
pub mod plan;
pub mod release;
pub mod safe;
pub mod schedule;
pub mod seconds;
#[cfg(feature = "shutter-server")]
pub mod serve;
#[cfg(feature = "shutter-server")]
pub mod server;
pub mod snapshot;
pub mod solar;
pub mod source;
pub mod status;
#[cfg(feature = "popup")]
pub mod view;
pub mod words;
