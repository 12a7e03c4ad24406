//! A new connection through the mobile network.

use super::Done;
use super::join::{add, owner};
use super::refusal::Doing;
use crate::bus::Bus;
use crate::net::command::NewMobile;
use crate::net::names;
use crate::net::settings;
use crate::net::snapshot::{About, DeviceKind, Failure, SimLock, Snapshot};

/// Makes the profile and connects with it. It is saved when it has worked.
pub(super) async fn new_mobile(
    bus: &Bus,
    snapshot: &Snapshot,
    wish: &NewMobile,
) -> Result<Done, Failure> {
    let device = snapshot.devices.iter().find(|device| match &wish.device {
        Some(id) => device.id == *id,
        None => device.kind == DeviceKind::Modem,
    });
    let modem = device.and_then(|device| device.modem.as_ref());
    let about = match (modem, device) {
        (Some(modem), _) => About::Modem(modem.clone()),
        (None, Some(device)) => About::Device(device.id.clone()),
        (None, None) => About::Radio,
    };
    let what = "Cannot connect to the mobile network";
    let secrets = [&wish.password];
    let doing = Doing::new(about, what, "network-control").with_secrets(&secrets);
    let Some(device) = device else {
        return Err(doing.because("there is no modem; plug one in or switch it on"));
    };
    match modem.and_then(|id| snapshot.modem(id)).and_then(|m| m.lock) {
        Some(SimLock::Pin) => return Err(doing.because("the SIM wants its PIN; enter it first")),
        Some(SimLock::Puk) => return Err(doing.because("the SIM wants its PUK; enter it first")),
        Some(SimLock::Other(_)) | None => {}
    }
    let taken = snapshot.profiles.iter().map(|p| p.name.as_str());
    let name = names::unique(&wish.name, "Mobile", taken);
    let owner = owner(snapshot);
    let built = settings::mobile(wish, &name, owner.as_deref());
    let built = built.map_err(|wrong| doing.wrong(&wrong))?;
    add(bus, &built, Some(&device.id), None, &doing).await
}
