//! Opening the popup: `xnm -g` becomes `barpop net`.

use std::convert::Infallible;
use std::path::Path;

use crate::program::{PopupError, open_popup};

/// Replaces this process by the popup.
///
/// # Errors
/// When the program `barpop` is neither beside this one nor in the path.
pub fn open(config: Option<&Path>) -> Result<Infallible, PopupError> {
    open_popup("net", |command| {
        if let Some(config) = config {
            command.arg("--config").arg(config);
        }
    })
}
