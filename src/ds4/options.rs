//! What the gamepad source needs to know.

use std::path::PathBuf;

use super::sysfs::Root;

/// Where pads are, and what is read of them.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where the kernel's files are.
    pub root: Root,
    /// The system bus, for logind, when it is not the usual one.
    pub bus: Option<String>,
    /// The program `xds4`, which guards the former light, when it is not beside this program or
    /// in the path.
    pub guard: Option<PathBuf>,
    /// Whether the motion sensors are read from the start ([`super::command::Command::WatchMotion`]).
    pub watch_motion: bool,
}
