//! A release that may not be there: what the engine has in any case.

use std::time::Duration;

use super::{Device, Release, ReleaseError, Wish, connect};
use crate::shutter::snapshot;

/// A wish, and the device that fulfils it while there is one.
pub struct Held {
    wish: Wish,
    device: Option<Box<dyn Device>>,
    problem: Option<ReleaseError>,
}

impl Held {
    /// Looks for the device.
    #[must_use]
    pub fn new(wish: &Wish) -> Self {
        let mut held = Self {
            wish: wish.clone(),
            device: None,
            problem: None,
        };
        let _ = held.recover();
        held
    }

    /// Does something with the device; an error stays the problem until the next success.
    fn ask(
        &mut self,
        what: impl FnOnce(&mut dyn Device) -> Result<(), ReleaseError>,
    ) -> Result<(), ReleaseError> {
        let done = match &mut self.device {
            Some(device) => what(device.as_mut()),
            None => Err(self.problem.clone().unwrap_or(ReleaseError::Absent {
                name: self.wish.to_string(),
                remedy: "look whether it is plugged in".to_owned(),
            })),
        };
        self.problem = done.clone().err();
        done
    }
}

impl Release for Held {
    fn describe(&self) -> snapshot::Release {
        let trouble = self.device.as_ref().and_then(|device| device.trouble());
        snapshot::Release {
            name: self
                .device
                .as_ref()
                .map_or_else(|| self.wish.to_string(), |device| device.name()),
            problem: trouble
                .or_else(|| self.problem.clone())
                .map(|error| error.to_string()),
            focus: self.wish.has_focus(),
        }
    }

    fn focus(&mut self, pressed: bool) -> Result<(), ReleaseError> {
        if !self.wish.has_focus() {
            return Ok(());
        }
        self.ask(|device| device.focus(pressed))
    }

    fn open(&mut self, longest: Duration) -> Result<(), ReleaseError> {
        let done = self.ask(|device| device.open(longest));
        if done.is_err()
            && let Some(device) = &mut self.device
        {
            // It may have done it all the same, and only the answer was lost.
            let _ = device.close();
        }
        done
    }

    fn close(&mut self) -> Result<(), ReleaseError> {
        self.ask(|device| device.close())
    }

    fn recover(&mut self) -> Result<(), ReleaseError> {
        // The old one lets go and gives the lines back, or we would be in our own way.
        self.device = None;
        match connect(&self.wish) {
            Ok(device) => {
                self.device = Some(device);
                self.problem = None;
                Ok(())
            }
            Err(error) => {
                self.problem = Some(error.clone());
                Err(error)
            }
        }
    }
}
