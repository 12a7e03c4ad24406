//! No camera at all: for trying, and for a machine whose camera comes later.

use std::time::Duration;

use super::{Device, ReleaseError};

/// Takes every press and does nothing.
pub struct Record;

impl Device for Record {
    fn name(&self) -> String {
        "no camera: shots are only counted".to_owned()
    }

    fn focus(&mut self, _: bool) -> Result<(), ReleaseError> {
        Ok(())
    }

    fn open(&mut self, _: Duration) -> Result<(), ReleaseError> {
        Ok(())
    }

    fn close(&mut self) -> Result<(), ReleaseError> {
        Ok(())
    }
}
