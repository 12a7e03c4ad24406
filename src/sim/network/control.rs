//! The control lines of `barpop-sim network`: what happens around the machine.

use serde_json::json;

use super::activation;
use super::device::{self, Kind};
use super::faults::Pace;
use super::interfaces::{DEVICE, MODEM, MODEM_3GPP, MODEM_DEVICE, NM, NM_PATH, WIRED, WIRELESS};
use super::station::Station;
use super::value::value;
use super::world::World;
use super::{manager, modem};

/// The lines, for the help.
pub const HELP: &str = "add-ap SSID STRENGTH [open|owe|wep|wpa2|wpa3|wpa2+wpa3 [PASSWORD]], \
strength SSID PERCENT, gone SSID, password SSID PASSWORD, \
connectivity unknown|none|portal|limited|full, cable IFACE on|off, unplug IFACE, plug IFACE, \
hardware-switch wifi|wwan on|off, signal PERCENT, operator NAME, roaming on|off, place LATITUDE LONGITUDE|nowhere, \
up PROFILE, down PROFILE, state IFACE STATE REASON, stalled on|off, forbidden on|off, full-disk on|off, \
tells-wrong-wpa3 on|off, steady on|off, pace real|fast, calls, reset-calls, log, agents, \
stop|start [networkmanager|modemmanager], quit";

/// Does what a control line says, and answers in one line.
///
/// # Errors
/// A sentence about what is wrong with the line.
pub fn carry_out(world: &mut World, line: &str) -> Result<String, String> {
    let words = words(line);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let ok = Ok("ok".to_owned());
    match *words.as_slice() {
        ["calls"] => {
            let log = &world.log;
            let calls = json!({"total": log.total(), "by_member": log.by_member()});
            return Ok(calls.to_string());
        }
        ["reset-calls"] => world.log = super::log::Log::default(),
        ["log"] => return Ok(json!(world.log.last().collect::<Vec<_>>()).to_string()),
        ["agents"] => return Ok(json!(world.agents.identifiers()).to_string()),
        ["add-ap", ssid, strength] => add_ap(world, ssid, strength, "open", "")?,
        ["add-ap", ssid, strength, security] => add_ap(world, ssid, strength, security, "")?,
        ["add-ap", ssid, strength, security, password] => {
            add_ap(world, ssid, strength, security, password)?;
        }
        ["strength", ssid, percent] => {
            let percent = number(percent)?;
            for point in points(world, ssid)? {
                if let Some(station) = world.air.get_mut(&point) {
                    station.strength = percent;
                }
                world.strength(&point, percent);
            }
        }
        ["gone", ssid] => {
            for point in points(world, ssid)? {
                world.vanish(&point);
            }
        }
        ["password", ssid, password] => {
            for point in points(world, ssid)? {
                if let Some(station) = world.air.get_mut(&point) {
                    station.password = Some(password.to_owned());
                }
            }
        }
        ["connectivity", word] => {
            let all = ["unknown", "none", "portal", "limited", "full"];
            let at = all.iter().position(|known| *known == word);
            let at = at.ok_or_else(|| format!("'{word}' is none of {all:?}"))?;
            world.connectivity = u32::try_from(at).unwrap_or_default();
            manager::refresh(world);
        }
        ["cable", interface, on] => {
            let device = device(world, interface)?;
            device::cable(world, &device, switch(on)?);
        }
        ["unplug", interface] => unplug(world, interface)?,
        ["plug", interface] => plug(world, interface)?,
        ["hardware-switch", radio, on] => hardware_switch(world, radio, switch(on)?)?,
        ["signal", percent] => {
            let percent = u32::from(number(percent)?);
            for modem in world.mm.with(MODEM) {
                world
                    .mm
                    .set(&modem, MODEM, "SignalQuality", value((percent, true)));
            }
        }
        ["operator", name] => {
            for modem in world.mm.with(MODEM_3GPP) {
                world
                    .mm
                    .set(&modem, MODEM_3GPP, "OperatorName", value(name.to_owned()));
            }
        }
        ["roaming", on] => {
            let state = if switch(on)? { 5_u32 } else { 1 };
            for modem in world.mm.with(MODEM_3GPP) {
                world
                    .mm
                    .set(&modem, MODEM_3GPP, "RegistrationState", value(state));
            }
        }
        ["up", name] => {
            let own = profile(world, name)?;
            activation::activate(world, &own, "/", "/", "").map_err(|refusal| refusal.text)?;
        }
        ["down", name] => {
            let own = profile(world, name)?;
            let of_it = world.activations.iter().find(|(_, a)| a.profile == own);
            let active = of_it.map(|(active, _)| active.clone()).unwrap_or_default();
            activation::deactivate(world, &active).map_err(|refusal| refusal.text)?;
        }
        ["state", interface, state, reason] => {
            let device = device(world, interface)?;
            let whole = |text: &str| {
                text.parse::<u32>()
                    .map_err(|_| format!("'{text}' is no number"))
            };
            device::state(world, &device, whole(state)?, whole(reason)?);
        }
        ["place", "nowhere"] => world.place = None,
        ["place", latitude, longitude] => {
            let degrees = |word: &str| {
                word.parse::<f64>()
                    .map_err(|_| format!("'{word}' is no number of degrees"))
            };
            world.place = Some((degrees(latitude)?, degrees(longitude)?));
        }
        ["stalled", on] => world.faults.stalled = switch(on)?,
        ["forbidden", on] => {
            world.faults.forbidden = switch(on)?;
            world.nm.emit(NM_PATH, NM, "CheckPermissions", &());
        }
        ["full-disk", on] => world.faults.full_disk = switch(on)?,
        ["tells-wrong-wpa3", on] => world.faults.tells_wrong_sae = switch(on)?,
        ["steady", on] => world.faults.steady = switch(on)?,
        ["pace", "real"] => world.faults.pace = Pace::REAL,
        ["pace", "fast"] => world.faults.pace = Pace::FAST,
        _ => return Err(format!("'{line}' is no control line; known are {HELP}")),
    }
    ok
}

/// Words between spaces; `"in quotes"` may have spaces, `\"` and `\\` stand for themselves.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    let mut letters = line.trim().chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            '\\' => word.get_or_insert_default().extend(letters.next()),
            ' ' if !quoted => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

fn switch(word: &str) -> Result<bool, String> {
    match word {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(format!("'{word}' is neither on nor off")),
    }
}

fn number(word: &str) -> Result<u8, String> {
    word.parse::<u8>()
        .ok()
        .filter(|percent| *percent <= 100)
        .ok_or_else(|| format!("'{word}' is not between 0 and 100"))
}

fn device(world: &World, interface: &str) -> Result<String, String> {
    let device = world.device(interface);
    device.ok_or_else(|| format!("there is no device '{interface}'"))
}

fn points(world: &World, ssid: &str) -> Result<Vec<String>, String> {
    let of_it = |(_, station): &(&String, &Station)| station.ssid == ssid.as_bytes();
    let points: Vec<String> = world
        .air
        .iter()
        .filter(of_it)
        .map(|(p, _)| p.clone())
        .collect();
    if points.is_empty() {
        return Err(format!("there is no access point '{ssid}'"));
    }
    Ok(points)
}

fn profile(world: &World, name: &str) -> Result<String, String> {
    let of_it = world.profiles.iter().find(|(_, profile)| {
        profile.text("connection", "id") == name || profile.text("connection", "uuid") == name
    });
    let of_it = of_it.map(|(own, _)| own.clone());
    of_it.ok_or_else(|| format!("there is no profile '{name}'"))
}

fn add_ap(
    world: &mut World,
    ssid: &str,
    strength: &str,
    security: &str,
    password: &str,
) -> Result<(), String> {
    let station = Station::new(ssid, number(strength)?, 2437);
    let station = match security {
        "open" => station,
        "owe" => station.owe(),
        "wep" => station.wep(password),
        "wpa2" => station.wpa2(password),
        "wpa3" => station.wpa3(password),
        "wpa2+wpa3" => station.wpa2_and_wpa3(password),
        _ => return Err(format!("'{security}' is no protection")),
    };
    let devices = world.nm.with(WIRELESS);
    let device = devices.first().ok_or("there is no Wi-Fi device")?;
    world.appear(device, station);
    device::available(world);
    activation::by_itself(world, device);
    Ok(())
}

fn unplug(world: &mut World, interface: &str) -> Result<(), String> {
    let own = device(world, interface)?;
    if world.nm.has(&own, MODEM_DEVICE) {
        world
            .shelf
            .push((interface.to_owned(), Kind::Modem, Vec::new()));
        modem::remove(world, &own);
        return Ok(());
    }
    let stations = world
        .access_points(&own)
        .iter()
        .filter_map(|point| world.air.get(point).cloned())
        .collect();
    let kind = if world.nm.has(&own, WIRELESS) {
        Kind::Wifi
    } else if world.nm.has(&own, WIRED) {
        Kind::Ethernet
    } else {
        Kind::Tun
    };
    world.shelf.push((interface.to_owned(), kind, stations));
    device::remove(world, &own);
    Ok(())
}

/// What was unplugged comes back; what never was is a new Ethernet or Wi-Fi device, by its name.
fn plug(world: &mut World, interface: &str) -> Result<(), String> {
    if world.device(interface).is_some() {
        return Err(format!("'{interface}' is plugged in"));
    }
    let position = world
        .shelf
        .iter()
        .position(|(name, _, _)| name == interface);
    let by_name = if interface.starts_with("wl") {
        Kind::Wifi
    } else {
        Kind::Ethernet
    };
    let (_, kind, stations) = position.map_or_else(
        || (interface.to_owned(), by_name, Vec::new()),
        |position| world.shelf.remove(position),
    );
    if kind == Kind::Modem {
        modem::add(world, interface, &modem::Plan::default());
        return Ok(());
    }
    let own = device::add(world, kind, interface);
    for station in stations {
        world.appear(&own, station);
    }
    world.nm.set(&own, DEVICE, "State", value(20_u32));
    device::ready(world, &own);
    Ok(())
}

fn hardware_switch(world: &mut World, radio: &str, on: bool) -> Result<(), String> {
    let (hardware, software) = match radio {
        "wifi" => ("WirelessHardwareEnabled", "WirelessEnabled"),
        "wwan" => ("WwanHardwareEnabled", "WwanEnabled"),
        _ => return Err(format!("'{radio}' is neither wifi nor wwan")),
    };
    world.nm.set(NM_PATH, NM, hardware, value(on));
    device::radio(world, software, on);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_have_spaces_and_quotes() {
        assert_eq!(words("gone \"Meisenweg 12\""), ["gone", "Meisenweg 12"]);
        assert_eq!(words(r#"gone a\ b\"c"#), ["gone", "a b\"c"]);
        assert_eq!(words("strength \"\" 3"), ["strength", "", "3"]);
    }
}
