//! logind sets the brightness of an LED for whoever sits at the machine, without any udev rule
//! (org.freedesktop.login1(5), `SetBrightness`).

use crate::bus::{Bus, BusError, Object};

const SESSION: Object<'_> = Object {
    service: "org.freedesktop.login1",
    path: "/org/freedesktop/login1/session/auto",
    interface: "org.freedesktop.login1.Session",
};

/// Sets an LED's brightness by its name in `/sys/class/leds`.
///
/// # Errors
/// Also when the caller has no session, or one that is not in front.
pub fn set_brightness(bus: Option<&str>, led: &str, value: u32) -> Result<(), BusError> {
    zbus::block_on(async {
        let bus = Bus::system_at(bus).await?;
        bus.call(SESSION, "SetBrightness", &("leds", led, value))
            .await?;
        Ok(())
    })
}
