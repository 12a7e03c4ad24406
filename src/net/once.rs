//! One look: what `xnm` does when the bar runs it once. Nothing is started by it, nothing is
//! subscribed to, and no more is asked than the output needs.

use std::path::Path;

use zbus::Message;

use super::options::Wants;
use super::read;
use super::snapshot::{Service, Snapshot};
use super::tree::Tree;
use super::tree::wanted::{MM, NM, PROFILE};
use super::{rates, rfkill};
use crate::bus::{Bus, BusError, Object};

/// `GetManagedObjects` of a service.
pub(super) fn objects(service: &'static str, path: &'static str) -> Result<Message, BusError> {
    let object = Object {
        service,
        path,
        interface: "org.freedesktop.DBus.ObjectManager",
    };
    object.question("GetManagedObjects", &())
}

/// NetworkManager's objects.
pub(super) fn nm_objects() -> Result<Message, BusError> {
    objects(NM, "/org/freedesktop")
}

/// ModemManager's objects.
pub(super) fn mm_objects() -> Result<Message, BusError> {
    objects(MM, "/org/freedesktop/ModemManager1")
}

/// `GetSettings` of a profile.
pub(super) fn settings(path: &str) -> Result<Message, BusError> {
    let object = Object {
        service: NM,
        path,
        interface: PROFILE,
    };
    object.question("GetSettings", &())
}

/// The state of the network now: at most one call for each service, and one for each profile
/// where they are wanted. What is wrong is in [`Snapshot::service`].
#[must_use]
pub fn look(wants: &Wants) -> Snapshot {
    look_at(None, wants)
}

/// Like [`look`], on the bus at an address.
#[must_use]
pub fn look_at(address: Option<&str>, wants: &Wants) -> Snapshot {
    let mut snapshot = match zbus::block_on(read(address, *wants)) {
        Ok(snapshot) => snapshot,
        Err(error) => Snapshot {
            service: service(&error),
            ..Snapshot::default()
        },
    };
    snapshot.radios.bluetooth = rfkill::bluetooth(Path::new(rfkill::SWITCHES));
    rates::count(Path::new(rates::INTERFACES), &mut snapshot);
    snapshot
}

async fn read(address: Option<&str>, wants: Wants) -> Result<Snapshot, BusError> {
    let bus = Bus::system_at(address).await?;
    let mut nm = tree(&bus, nm_objects()?, NM).await?;
    let mut mm = Tree::default();
    if wants.profiles {
        let paths: Vec<_> = nm.with(PROFILE).map(|(path, ..)| path.clone()).collect();
        let calls: Result<Vec<_>, _> = paths.iter().map(|path| settings(path)).collect();
        let answers = bus.ask_all(&calls?, NM).await?;
        for (path, answer) in paths.iter().zip(answers) {
            // One that is gone by now, or is somebody else's alone.
            if let Ok(answer) = answer {
                nm.put_settings(path, &answer.body());
            }
        }
    }
    if wants.modems && read::has_modem(&nm) {
        // Without ModemManager there are no modems, and everything else is there.
        mm = tree(&bus, mm_objects()?, MM).await.unwrap_or_default();
    }
    let mut snapshot = read::snapshot(&nm, &mm);
    wants.trim(&mut snapshot);
    Ok(snapshot)
}

async fn tree(bus: &Bus, call: Message, service: &str) -> Result<Tree, BusError> {
    let answers = bus.ask_all(&[call], service).await?;
    let answer = answers.into_iter().next().ok_or(BusError::Gone)??;
    Tree::of(&answer.body()).ok_or_else(garbled)
}

/// What was to be the answer of `GetManagedObjects` is none.
pub(super) fn garbled() -> BusError {
    BusError::Garbled("it does not list objects".to_owned())
}

/// What an error means for the service.
pub(super) fn service(error: &BusError) -> Service {
    match error {
        BusError::NotRunning(_) => Service::NotRunning,
        BusError::NoBus { .. } | BusError::Gone => Service::NoBus(error.to_string()),
        BusError::Stalled(_)
        | BusError::Forbidden(_)
        | BusError::Refused { .. }
        | BusError::Garbled(_) => Service::Stalled(error.to_string()),
    }
}
