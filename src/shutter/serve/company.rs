//! The service among others: at a broker, and announced in the network. Neither is needed to take
//! pictures, so what cannot be had is told and done without.

use super::say;
use crate::shutter::engine::Handle;
use crate::shutter::server::Server;
use crate::shutter::server::mdns::{self, Announcement};
use crate::shutter::server::mqtt::options::Options;
use crate::shutter::server::mqtt::{self, Mqtt};

/// Dropping it says goodbye to all.
pub struct Company {
    _announcement: Option<Announcement>,
    _mqtt: Option<Mqtt>,
}

impl Company {
    /// Goes to the broker if there is one, and announces the service if it is asked for.
    pub fn join(engine: &Handle, server: &Server, broker: Option<Options>, announce: bool) -> Self {
        Self {
            _announcement: announce.then(|| announcement(engine, server)).flatten(),
            _mqtt: broker.and_then(|broker| {
                let connection = mqtt::start(broker, engine.clone(), Box::new(say));
                connection
                    .inspect_err(|error| say(&format!("MQTT cannot be started: {error}")))
                    .ok()
            }),
        }
    }
}

/// On the first address that others reach, or will; the reason why not where there is none.
fn announcement(engine: &Handle, server: &Server) -> Option<Announcement> {
    let mut all = server.addresses();
    all.extend(server.awaited());
    let reached = all.iter().find(|address| !address.ip().is_loopback());
    let camera = &engine.snapshot().name;
    mdns::announce(camera, *reached.or(all.first())?)
        .inspect_err(|error| say(&error.to_string()))
        .ok()
}
