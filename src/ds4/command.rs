//! What can be asked of the gamepad source.

use std::time::Duration;

use super::light::{LightMode, PlayerLeds};
use super::pad::PadId;

/// How the two motors run.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rumble {
    /// The strong motor, at the left: 0 to 1.
    pub strong: f32,
    /// The weak motor, at the right: 0 to 1.
    pub weak: f32,
}

/// A wish; the answer is in a later snapshot.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Make the light bar do that, until something else is asked for or the source ends.
    Light(PadId, LightMode),
    /// Give the light bar its former colour back.
    RestoreLight(PadId),
    /// Set the player LEDs.
    Players(PadId, PlayerLeds),
    /// Run the motors for that long; nought stops them.
    Rumble(PadId, Rumble, Duration),
    /// Forget the drift and the heading, and find the drift anew as soon as the pad lies still.
    Calibrate(PadId),
    /// Take the heading of now as straight ahead.
    Recentre(PadId),
    /// Forget how far the sticks went.
    ForgetCircularity(PadId),
    /// Keep the touchpad for us alone, so that it does not move the mouse; or let it go.
    HoldTouchpad(PadId, bool),
    /// Read the motion sensors of all pads, hundreds of reports a second each; or let them be.
    WatchMotion(bool),
    /// Look at everything again, like after a udev rule was installed.
    Retry,
}
