//! What a decoder says: a fix, the sky, or both.

use super::fix::Fix;
use super::satellite::Sky;

/// What was read from a receiver at one moment; it has no clock of its own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// Position and motion, or that there is none.
    pub fix: Option<Fix>,
    /// The satellites.
    pub sky: Option<Sky>,
}

impl Report {
    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fix.is_none() && self.sky.is_none()
    }
}
