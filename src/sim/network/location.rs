//! `ModemManager1.Modem.Location`: where a modem is.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use zbus::Variant;

use super::call::{Answer, Call, MM_ERROR, Refusal};
use super::interfaces::LOCATION;
use super::value::{Properties, nothing, value};
use super::world::World;

/// `MMModemLocationSource`: cell, raw position, sentences.
const CELL: u32 = 1;
const RAW: u32 = 2;
const NMEA: u32 = 4;

/// A receiver that is switched off; the cell is always known.
pub fn properties() -> Properties {
    Properties::from([
        ("Capabilities", value(CELL | RAW | NMEA)),
        ("SupportedAssistanceData", value(0_u32)),
        ("Enabled", value(CELL)),
        ("SignalsLocation", value(false)),
        ("Location", value(HashMap::<u32, Variant<'static>>::new())),
        ("SuplServer", value("")),
        ("AssistanceDataServers", nothing("s")),
        ("GpsRefreshRate", value(30_u32)),
    ])
}

pub fn call(world: &mut World, call: &Call<'_>) -> Answer {
    match call.member.as_str() {
        "Setup" => {
            let (sources, announces): (u32, bool) = call.arguments()?;
            if world.faults.forbidden {
                let text = "PolicyKit authorization failed: not authorized";
                return Err(Refusal::new(format!("{MM_ERROR}.Core.Unauthorized"), text));
            }
            if sources & !(CELL | RAW | NMEA) != 0 {
                let text = "Cannot enable unsupported location sources";
                return Err(Refusal::new(format!("{MM_ERROR}.Core.Unsupported"), text));
            }
            let object = call.object.clone();
            world.mm.set(&object, LOCATION, "Enabled", value(sources));
            world
                .mm
                .set(&object, LOCATION, "SignalsLocation", value(announces));
            call.reply(&())
        }
        "GetLocation" => call.reply(&said(world, &call.object)),
        _ => Err(call.unknown()),
    }
}

/// A value for each source that is switched on and knows something.
fn said(world: &World, modem: &str) -> BTreeMap<u32, Variant<'static>> {
    let enabled = world.mm.number(modem, LOCATION, "Enabled");
    let is_on = |source: u32| enabled & i64::from(source) != 0;
    let mut said = BTreeMap::new();
    if is_on(CELL) {
        let cell = "262,99,0000,01F3C0A,1A2B".to_owned();
        said.insert(CELL, Variant::from(cell));
    }
    let Some((latitude, longitude)) = world.place else {
        if is_on(NMEA) {
            let blind = sentence(&format!("GPGGA,{},,,,,0,00,,,M,,M,,", time()));
            said.insert(NMEA, Variant::from(blind));
        }
        return said;
    };
    if is_on(RAW) {
        let entries = [
            ("utc-time", Variant::from(time())),
            ("latitude", Variant::from(latitude)),
            ("longitude", Variant::from(longitude)),
            ("altitude", Variant::from(519.0_f64)),
        ];
        let entries = entries.map(|(name, value)| (name.to_owned(), value));
        said.insert(RAW, Variant::from(BTreeMap::from(entries)));
    }
    if is_on(NMEA) {
        said.insert(NMEA, Variant::from(traces(latitude, longitude)));
    }
    said
}

fn now() -> jiff::civil::DateTime {
    TimeZone::UTC.to_datetime(Timestamp::now())
}

fn time() -> String {
    now().strftime("%H%M%S.00").to_string()
}

/// The last sentence of each kind, as ModemManager keeps them.
fn traces(latitude: f64, longitude: f64) -> String {
    let (time, date) = (time(), now().strftime("%d%m%y"));
    let north = if latitude < 0.0 { 'S' } else { 'N' };
    let east = if longitude < 0.0 { 'W' } else { 'E' };
    let (latitude, longitude) = (latitude.abs(), longitude.abs());
    let place = format!(
        "{:02}{:08.5},{north},{:03}{:08.5},{east}",
        latitude.trunc(),
        latitude.fract() * 60.0,
        longitude.trunc(),
        longitude.fract() * 60.0
    );
    [
        format!("GPGGA,{time},{place},1,05,1.2,519.0,M,47.0,M,,"),
        "GPGSA,A,3,05,12,15,24,29,,,,,,,,2.1,1.2,1.7".to_owned(),
        "GPGSV,2,1,06,05,61,283,41,12,20,173,30,15,17,100,32,24,73,070,38".to_owned(),
        "GPGSV,2,2,06,29,35,045,29,31,05,310,".to_owned(),
        format!("GPRMC,{time},A,{place},0.4,87.0,{date},,,A"),
    ]
    .map(|text| sentence(&text))
    .join("")
}

fn sentence(text: &str) -> String {
    let sum = text.bytes().fold(0_u8, |sum, byte| sum ^ byte);
    format!("${text}*{sum:02X}\r\n")
}
