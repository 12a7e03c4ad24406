//! Simulated PlayStation controllers: the kernel's own drivers (`hid-sony`, `hid-playstation`)
//! take them for real ones, because they are made at the HID layer (`/dev/uhid`,
//! Documentation/hid/uhid.rst) and speak the controllers' reports.
//!
//! [`Gamepad`] is one that is plugged in. What it reports is [`Controls`]; what it was told
//! (light, rumble) is in [`Output`]s, and the sum of it in [`Shown`]. Layouts are from
//! drivers/hid/hid-sony.c and hid-playstation.c; nothing here is shared with the room `ds4`.

pub mod control;
mod controls;
mod crc;
mod descriptor;
mod device;
mod feature;
mod input;
mod model;
mod motion;
mod output;
pub mod run;
mod uhid;

pub use controls::{Battery, Button, Controls, Dpad, Supply};
pub use device::{Gamepad, GamepadError};
pub use model::{Identity, Model, Transport, mac_text};
pub use motion::play;
pub use output::{Blink, Nonsense, Output, Rumble, Shown};
