//! Which calls came in, counted and in their order; never with an argument, so without secrets.

use std::collections::{BTreeMap, VecDeque};

use super::call::{Call, Refusal};

/// How many calls are remembered one by one.
const REMEMBERED: usize = 1000;

/// What was asked since the last reset.
#[derive(Debug, Clone, Default)]
pub struct Log {
    total: u64,
    by_member: BTreeMap<String, u64>,
    last: VecDeque<String>,
}

impl Log {
    pub(super) fn called(&mut self, call: &Call<'_>) {
        let name = format!("{}.{}", call.interface, call.member);
        self.remember(format!("{} {name}", call.object));
        *self.by_member.entry(name).or_default() += 1;
        self.total += 1;
    }

    pub(super) fn refused(&mut self, call: &Call<'_>, refusal: &Refusal) {
        self.remember(format!("{} refused: {}", call.object, refusal.name));
    }

    fn remember(&mut self, line: String) {
        if self.last.len() == REMEMBERED {
            self.last.pop_front();
        }
        self.last.push_back(line);
    }

    /// How many calls came in.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How often each method was called, by `interface.method`.
    #[must_use]
    pub fn by_member(&self) -> &BTreeMap<String, u64> {
        &self.by_member
    }

    /// The last calls as `object interface.method`, oldest first.
    pub fn last(&self) -> impl Iterator<Item = &str> {
        self.last.iter().map(String::as_str)
    }
}
