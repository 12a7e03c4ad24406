//! What the network's source reads and does.

use std::time::Duration;

use super::ask::Program;
use super::snapshot::{Addresses, Snapshot};

/// Which parts of a snapshot are wanted; what is not wanted is not asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wants {
    /// What is saved: one call for each profile.
    pub profiles: bool,
    /// ModemManager's modems.
    pub modems: bool,
    /// The connections' addresses.
    pub addresses: bool,
}

impl Wants {
    /// Everything.
    pub const ALL: Self = Self {
        profiles: true,
        modems: true,
        addresses: true,
    };

    /// Takes out of a snapshot what came with the rest, but is not wanted.
    pub(super) fn trim(self, snapshot: &mut Snapshot) {
        if !self.addresses {
            for active in &mut snapshot.connections {
                active.addresses = Addresses::default();
            }
        }
    }
}

/// How a [`Source`](super::source::Source) works.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The address of the system bus; the usual one where there is none.
    pub bus: Option<String>,
    /// What it reads.
    pub wants: Wants,
    /// How often the traffic of the real link is measured; never without.
    pub rates: Option<Duration>,
    /// The first snapshot is acted on, and so is held back longer on a slow machine, until
    /// profiles and modems are known.
    pub to_act_on: bool,
    /// Ask what this person may do, and again whenever that may have changed.
    pub permissions: bool,
    /// Be NetworkManager's secret agent: what it asks is
    /// [`Snapshot::prompt`](super::snapshot::Snapshot::prompt).
    pub agent: bool,
    /// As the agent, ask the person in a window that this program opens, not in the snapshot.
    pub window: Option<Program>,
}
