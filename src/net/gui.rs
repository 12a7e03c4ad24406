//! Opening the popup: `xnm -g` becomes `barpop net`.

use std::path::Path;

use crate::program::{PopupError, open_popup};

/// Shows the popup, which this process becomes where it is not open.
///
/// # Errors
/// When the program `barpop` is neither beside this one nor in the path.
pub fn open(config: Option<&Path>) -> Result<(), PopupError> {
    open_popup("net", config, |command| {
        if let Some(config) = config {
            command.arg("--config").arg(config);
        }
    })
}
