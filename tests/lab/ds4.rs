//! PlayStation controllers: what the kernel's drivers make of the simulated ones, what barpop's
//! source reads and lights, and the program `xds4` as a person uses it.

mod drivers;
mod program;
mod source;

use crate::{Kernel, Needs};

/// A guest with this kernel.
fn with(kernel: Kernel) -> Needs {
    Needs {
        kernel,
        ..Needs::default()
    }
}
