//! Listening to a modem that ModemManager has (`org.freedesktop.ModemManager1.Modem.Location`).
//!
//! The modem is asked every second instead of having ModemManager announce its place: what is
//! announced on the system bus everybody on this machine may hear.

use std::collections::HashMap;
use std::convert::Infallible;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zbus::{DynamicType, OwnedObjectPath, OwnedVariant, Type};

use super::super::clock::Moment;
use super::super::modem_manager::{CELL, GPS_NMEA, GPS_RAW, Location};
use super::super::report::Report;
use super::super::snapshot::Held;
use super::desk::{Desk, Ended};
use super::station::Arrival;
use crate::bus::{Bus, BusError, Object};

const SERVICE: &str = "org.freedesktop.ModemManager1";
const MODEM: &str = "org.freedesktop.ModemManager1.Modem";
const LOCATION: &str = "org.freedesktop.ModemManager1.Modem.Location";

/// Receivers have a new position every second.
const GPS_PERIOD: Duration = Duration::from_secs(1);
/// A cell is left less often.
const CELL_PERIOD: Duration = Duration::from_secs(10);

/// What ModemManager's modems may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// Positions, or at least the cell.
    Anything,
    /// Positions.
    Positions,
}

/// A modem that can tell its place.
struct Modem {
    path: String,
    /// As it names itself: text from outside.
    name: String,
    capabilities: u32,
    enabled: u32,
    announces: bool,
}

impl Modem {
    fn has_gps(&self) -> bool {
        self.capabilities & (GPS_RAW | GPS_NMEA) != 0
    }
}

/// Listens; ends at once where there is nobody to ask.
pub(super) fn listen(ask: Ask, desk: &mut Desk) -> Result<Infallible, Ended> {
    desk.station.connecting("ModemManager".to_owned());
    let lost = |error: &BusError| Ended::Lost(format!("ModemManager gives no position: {error}"));
    let bus = zbus::block_on(Bus::system()).map_err(|error| lost(&error))?;
    let modem = zbus::block_on(find(&bus)).map_err(|error| lost(&error))?;
    let Some(modem) = modem else {
        return Err(Ended::Lost(
            "ModemManager has no modem that can tell its place; plug one in or name another \
             source with --source"
                .to_owned(),
        ));
    };
    if ask == Ask::Positions && !modem.has_gps() {
        return Err(Ended::Lost(format!(
            "the modem {} has no GNSS receiver that ModemManager knows of",
            modem.name
        )));
    }
    let wanted = modem.enabled | modem.capabilities & (CELL | GPS_RAW | GPS_NMEA);
    let switched = wanted != modem.enabled;
    if switched {
        let body = (wanted, modem.announces);
        let setup = call::<()>(&bus, &modem.path, "Setup", &body);
        zbus::block_on(setup).map_err(|error| {
            Ended::Lost(format!(
                "the receiver of the modem {} cannot be switched on: {error}",
                modem.name
            ))
        })?;
    }
    desk.station.connected(Moment::now());
    desk.station.snapshot.receiver = Some(modem.name.clone());
    if !modem.has_gps() {
        desk.station.snapshot.error = Some(format!(
            "the modem {} has no GNSS receiver that ModemManager knows of, only its cell is \
             known; name another source with --source",
            modem.name
        ));
    }
    desk.publish();
    let ended = follow(&bus, &modem, desk);
    if switched {
        // What we switched on is not left on; where it is lost there is nothing to switch.
        let before = (modem.enabled, modem.announces);
        let _ = zbus::block_on(call::<()>(&bus, &modem.path, "Setup", &before));
    }
    ended
}

fn follow(bus: &Bus, modem: &Modem, desk: &mut Desk) -> Result<Infallible, Ended> {
    let period = if modem.has_gps() {
        GPS_PERIOD
    } else {
        CELL_PERIOD
    };
    loop {
        let answer = call::<HashMap<u32, OwnedVariant>>(bus, &modem.path, "GetLocation", &());
        let said = zbus::block_on(answer).map_err(|error| {
            Ended::Lost(format!(
                "the modem {} gives no position: {error}",
                modem.name
            ))
        })?;
        let Location { report, cell } = Location::from_raw(&said, Timestamp::now());
        let now = Moment::now();
        desk.station.snapshot.cell = cell.map(|value| Held { value, at: now });
        if report == Report::default() {
            desk.publish();
        } else {
            desk.absorb(report, Arrival::Asked);
        }
        desk.wait(None, Some(period))?;
    }
}

/// The modem to be asked: one with a receiver, else one that knows its cell.
async fn find(bus: &Bus) -> Result<Option<Modem>, BusError> {
    type Objects = HashMap<OwnedObjectPath, HashMap<String, HashMap<String, OwnedVariant>>>;
    let question = Object {
        service: SERVICE,
        path: "/org/freedesktop/ModemManager1",
        interface: "org.freedesktop.DBus.ObjectManager",
    };
    let objects: Objects = answer(bus, &question, "GetManagedObjects", &()).await?;
    let mut modems: Vec<Modem> = objects
        .iter()
        .filter_map(|(path, interfaces)| {
            let location = interfaces.get(LOCATION)?;
            let number = |name: &str| u32::try_from(location.get(name)?).ok();
            let of_modem = interfaces.get(MODEM);
            let text = |name: &str| <&str>::try_from(of_modem?.get(name)?).ok();
            let name = [text("Manufacturer"), text("Model")];
            let name: Vec<&str> = name.into_iter().flatten().collect();
            Some(Modem {
                path: path.as_str().to_owned(),
                name: name.join(" "),
                capabilities: number("Capabilities")?,
                enabled: number("Enabled").unwrap_or(0),
                announces: location
                    .get("SignalsLocation")
                    .and_then(|value| bool::try_from(value).ok())
                    .unwrap_or(false),
            })
        })
        .filter(|modem| modem.capabilities & (CELL | GPS_RAW | GPS_NMEA) != 0)
        .collect();
    // Always the same one of several.
    modems.sort_by(|a, b| (!a.has_gps(), &a.path).cmp(&(!b.has_gps(), &b.path)));
    Ok(modems.into_iter().next())
}

async fn call<T>(
    bus: &Bus,
    modem: &str,
    method: &'static str,
    body: &(impl Serialize + DynamicType),
) -> Result<T, BusError>
where
    T: DeserializeOwned + Type,
{
    let object = Object {
        service: SERVICE,
        path: modem,
        interface: LOCATION,
    };
    answer(bus, &object, method, body).await
}

/// Asks without starting ModemManager: who has none running does not want one.
async fn answer<T>(
    bus: &Bus,
    object: &Object<'_>,
    method: &str,
    body: &(impl Serialize + DynamicType),
) -> Result<T, BusError>
where
    T: DeserializeOwned + Type,
{
    let question = object.question(method, body)?;
    let answers = bus.ask_all(&[question], "ModemManager").await?;
    let message = answers.into_iter().next().ok_or(BusError::Gone)??;
    message
        .body()
        .deserialize()
        .map_err(|error| BusError::of(error, "ModemManager"))
}
