//! Scenes of what is in the air.

use super::super::device::{self, Kind};
use super::super::modem::{self, Plan};
use super::super::profile::{Profile, vpn};
use super::super::station::Station;
use super::super::value::value;
use super::super::world::World;
use super::{PASSWORD, loopback, save, up};

/// 300 access points of 200 networks.
pub fn crowd(world: &mut World) {
    loopback(world);
    let wlan = device::add(world, Kind::Wifi, "wlan0");
    world.appear(&wlan, Station::new("Conference", 71, 5180).wpa2(PASSWORD));
    for number in 1..300_u32 {
        let strength = 15 + u8::try_from(number * 37 % 80).unwrap_or(0);
        let frequency = if number % 2 == 0 {
            5180 + 20 * (number % 8)
        } else {
            2412 + 5 * (number % 13)
        };
        let station = Station::new(format!("Booth {:03}", number % 200), strength, frequency);
        let station = match number % 5 {
            0 => station,
            1 => station.wpa2_and_wpa3("unknown"),
            2 => station.wpa3("unknown"),
            _ => station.wpa2("unknown"),
        };
        world.appear(&wlan, station);
    }
    for number in 0..30_u32 {
        let name = format!("Booth {:03}", number * 3);
        save(
            world,
            Profile::wifi(name, Some("unknown"), 100 + number).used(1_790_000_000),
        );
    }
    let own = save(
        world,
        Profile::wifi("Conference", Some(PASSWORD), 1).used(1_794_000_000),
    );
    world.faults.all_wander = true;
    up(world, &own, &wlan);
}

/// Names that would break a bar, or fool a reader: 32 bytes at most, as the standard has it.
pub const HOSTILE: &[&[u8]] = &[
    b"<action=`xterm`>click</action>",
    b"<fc=#ff0000>red</fc><raw=3:abc/>",
    b"%{F#f00}%{A1:xterm:}polybar%{A}",
    b"<span color='red'>pango</span>",
    b"</span>&amp;<b>",
    b"a|b||c%time%}{",
    b"\x1b[31mred\x1b]0;title\x07",
    b"tab\there\r\nand a new line",
    b"\xff\xfe\xc3\x28 no utf-8 \x80",
    "admin\u{202e}gnp.exe".as_bytes(),
    "\u{2066}isolated\u{2069} \u{200f}mark".as_bytes(),
    "🧗🧗🧗🧗🧗🧗🧗🧗".as_bytes(),
    b"",
    b"\0\0\0\0\0\0\0\0",
    b"   ",
    // Latin and Cyrillic letters that look the same.
    "caffe".as_bytes(),
    "\u{441}\u{430}ffe".as_bytes(),
    "e\u{301}".as_bytes(),
    "\u{e9}".as_bytes(),
    "z\u{334}\u{335}\u{336}\u{337}\u{338}\u{321}\u{322}\u{327}\u{328}a\u{340}\u{341}".as_bytes(),
    b"$(reboot);`reboot`&&reboot",
    b"--help",
    b"WIFI:T:WPA;S:x;P:\\\";;",
    b"\"quoted\" and \\n",
];

/// Networks of all those names; the one in use is the first. A VPN and the operator are alike.
pub fn hostile(world: &mut World) {
    loopback(world);
    let wlan = device::add(world, Kind::Wifi, "wlan0");
    for (number, name) in (0_u8..).zip(HOSTILE) {
        let strength = 90_u8.saturating_sub(number * 3);
        world.appear(&wlan, Station::new(name, strength, 2437).wpa2(PASSWORD));
    }
    let mut own = String::new();
    for (number, name) in (1_u32..).zip(HOSTILE.iter().take(3)) {
        let saved = save(world, Profile::wifi(name, Some(PASSWORD), number));
        if number == 1 {
            own = saved;
        }
    }
    let name = "<fc=#f00>|%{A1:x:}\u{202e}`x`\x1b[31m</span>";
    save(world, vpn(name, "vpn.example.com", Some("secret"), 9));
    let plan = Plan {
        operator: "<action=`xterm`>%{F-}|\u{202e}\x1b]0;x\x07</action>",
        ..Plan::default()
    };
    modem::add(world, "cdc-wdm0", &plan);
    up(world, &own, &wlan);
}

/// Two adapters; the second hears better, the first is in use.
pub fn two_adapters(world: &mut World) {
    loopback(world);
    let first = device::add(world, Kind::Wifi, "wlan0");
    let second = device::add(world, Kind::Wifi, "wlan1");
    for (device, strength) in [(&first, 40_u8), (&second, 75)] {
        world.appear(
            device,
            Station::new("Workshop", strength, 5180).wpa2(PASSWORD),
        );
        world.appear(device, Station::new("Guests", strength - 10, 2437));
        world.appear(
            device,
            Station::new("Next door", strength - 20, 2462).wpa2("unknown"),
        );
    }
    world.appear(
        &second,
        Station::new("Only the second", 55, 5500).wpa3(PASSWORD),
    );
    let own = save(
        world,
        Profile::wifi("Workshop", Some(PASSWORD), 1).used(1_794_000_000),
    );
    up(world, &own, &first);
}

/// One network of every kind, none of them saved or in use.
///
/// The password of all is [`PASSWORD`], the identity `anna@example.org`, the WEP key `abcde`.
pub fn enterprise(world: &mut World) {
    loopback(world);
    let wlan = device::add(world, Kind::Wifi, "wlan0");
    let all = [
        Station::new("enterprise", 80, 5180).enterprise("anna@example.org", PASSWORD),
        Station::new("wpa2", 75, 2412).wpa2(PASSWORD),
        Station::new("wpa2-wpa3", 70, 2412).wpa2_and_wpa3(PASSWORD),
        Station::new("wpa3", 65, 5180).wpa3(PASSWORD),
        Station::new("open", 60, 2437),
        Station::new("enhanced open", 55, 5240).owe(),
        Station::new("wep", 50, 2462).wep("abcde"),
        Station::new("hidden", 45, 2412).wpa2(PASSWORD).hidden(),
    ];
    for station in all {
        world.appear(&wlan, station);
    }
    world.faults.tells_wrong_sae = true;
    save(
        world,
        Profile::of("802-3-ethernet", "Wired connection 1", 4).with(
            "connection",
            "autoconnect",
            value(true),
        ),
    );
}
