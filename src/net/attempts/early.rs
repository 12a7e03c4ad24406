//! What happened while NetworkManager's answer was on its way: a connection can be down again
//! before it is known whose it was.

use super::Event;
use crate::net::snapshot::Id;

/// At most this many events are kept.
const KEPT: usize = 64;

/// An event that may be about a connection that is not known yet.
#[derive(Debug, Clone)]
enum Past {
    Device(Id, [u32; 3]),
    Active(Id, [u32; 2]),
    Vpn(Id, [u32; 2]),
    Gone(Id),
}

/// The events since the first attempt that waits for its answer began.
#[derive(Debug, Default)]
pub(super) struct Early(Vec<Past>);

impl Early {
    pub fn keep(&mut self, event: Event<'_>) {
        let past = match event {
            Event::Device {
                device,
                new,
                old,
                reason,
            } => Past::Device(device.clone(), [new, old, reason]),
            Event::Active {
                connection,
                state,
                reason,
            } => Past::Active(connection.clone(), [state, reason]),
            Event::Vpn {
                connection,
                state,
                reason,
            } => Past::Vpn(connection.clone(), [state, reason]),
            Event::Gone { connection } => Past::Gone(connection.clone()),
            Event::SecretsRefused { .. } | Event::Asked { .. } | Event::Restarted => return,
        };
        if self.0.len() < KEPT {
            self.0.push(past);
        }
    }

    pub fn forget(&mut self) {
        self.0.clear();
    }

    pub fn events(&self) -> impl Iterator<Item = Event<'_>> {
        self.0.iter().map(|past| match past {
            Past::Device(device, [new, old, reason]) => Event::Device {
                device,
                new: *new,
                old: *old,
                reason: *reason,
            },
            Past::Active(connection, [state, reason]) => Event::Active {
                connection,
                state: *state,
                reason: *reason,
            },
            Past::Vpn(connection, [state, reason]) => Event::Vpn {
                connection,
                state: *state,
                reason: *reason,
            },
            Past::Gone(connection) => Event::Gone { connection },
        })
    }
}
