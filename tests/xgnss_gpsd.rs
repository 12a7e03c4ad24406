//! The real gpsd: what `xgnss` shows is what gpsd says, and it comes back when gpsd does.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/processes.rs"]
mod processes;
#[path = "support/receiver.rs"]
mod receiver;
mod support;

use std::collections::BTreeMap;
use std::time::Duration;

use barpop::gnss::fix::Mode;
use barpop::gnss::nmea::Reader;
use barpop::gnss::report::Report;
use receiver::{Gpsd, Terminal, data, free_port};
use serde_json::Value;
use support::{Following, Person, text};

/// Ends what was started in the person's home, also when the test fails.
struct Home(Person);

impl Drop for Home {
    fn drop(&mut self) {
        processes::end_all_in(self.0.home());
    }
}

/// What gpsd told its clients of a log: `gpspipe -w`, and beside it `xgnss --follow`.
fn replayed(log: &str) -> (Vec<Value>, Vec<Value>) {
    let home = Home(Person::new());
    let port = free_port();
    let mut gpsfake = home
        .0
        .program("gpsfake")
        .args(["-q", "-1", "-c", "0.012", "-P", &port.to_string()])
        .arg(data(log))
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("gpsfake starts: Debian's gpsd-clients");
    receiver::wait_for_listener(port);
    let pipe = Following::start(
        home.0
            .program("gpspipe")
            .args(["-w", &format!("127.0.0.1:{port}")]),
    );
    let source = format!("gpsd://127.0.0.1:{port}");
    let ours = Following::start(
        home.0
            .xgnss()
            .args(["--follow", "--output", "json", "--source", &source]),
    );
    // After the log's last line gpsfake takes the receiver away.
    let mut theirs = Vec::new();
    while !theirs
        .last()
        .is_some_and(|line: &String| line.contains("\"activated\":0"))
    {
        theirs.push(pipe.next_line());
    }
    let ours = ours.rest();
    let _ = gpsfake.kill();
    let _ = gpsfake.wait();
    processes::end_all_in(home.0.home());
    let parse = |line: &String| serde_json::from_str(line).expect("a line is a JSON object");
    (
        theirs.iter().map(parse).collect(),
        ours.iter().map(parse).collect(),
    )
}

fn number(value: &Value, name: &str) -> Option<f64> {
    value[name].as_f64()
}

/// Equal within half of the last digit that gpsd prints.
fn assert_close(what: &str, ours: Option<f64>, theirs: Option<f64>, within: f64) {
    let equal = match (ours, theirs) {
        (Some(ours), Some(theirs)) => (ours - theirs).abs() <= within,
        (ours, theirs) => ours.is_none() && theirs.is_none(),
    };
    assert!(equal, "{what}: {ours:?} is not gpsd's {theirs:?}");
}

/// The last object of each time, as the earlier ones may be of half an epoch.
fn by_time<'a>(all: impl Iterator<Item = &'a Value>) -> BTreeMap<String, &'a Value> {
    all.filter_map(|value| {
        let time: jiff::Timestamp = value["time"].as_str()?.parse().ok()?;
        Some((time.to_string(), value))
    })
    .collect()
}

/// Name → (elevation, azimuth, C/N0) of what our JSON lists.
type Sky = BTreeMap<(String, u64), (Option<f64>, Option<f64>, Option<f64>)>;

fn our_sky(value: &Value) -> Sky {
    let list = value["satellites"].as_array().into_iter().flatten();
    list.map(|s| {
        let name = s["constellation"].as_str().unwrap().to_owned();
        let key = (name, s["prn"].as_u64().unwrap());
        (
            key,
            (
                number(s, "elevation_deg"),
                number(s, "azimuth_deg"),
                number(s, "cn0_dbhz"),
            ),
        )
    })
    .collect()
}

fn their_sky(value: &Value) -> Sky {
    let mut sky = Sky::new();
    for s in value["satellites"].as_array().into_iter().flatten() {
        let system = match s["gnssid"].as_u64().unwrap() {
            0 => "gps",
            1 => "sbas",
            2 => "galileo",
            3 => "beidou",
            6 => "glonass",
            other => panic!("gnssid {other}"),
        };
        let key = (system.to_owned(), s["svid"].as_u64().unwrap());
        let new = (number(s, "el"), number(s, "az"), number(s, "ss"));
        // gpsd lists each signal; ours has the best of them.
        let entry = sky.entry(key).or_insert(new);
        if new.2 > entry.2 {
            *entry = new;
        }
    }
    sky
}

#[test]
fn what_is_shown_is_what_gpsd_says_of_three_receivers() {
    for (log, fixes) in [
        ("gps-only.nmea", 25),
        ("four-constellations.nmea", 35),
        ("modem-with-damage.nmea", 35),
    ] {
        let (theirs, ours) = replayed(log);
        let tpv = theirs
            .iter()
            .filter(|v| v["class"] == "TPV" && v["mode"].as_u64() > Some(1));
        let (theirs_by_time, ours_by_time) = (by_time(tpv), by_time(ours.iter()));
        let mut compared = 0;
        for (time, tpv) in &theirs_by_time {
            let Some(fix) = ours_by_time.get(time) else {
                continue;
            };
            let at = |name: &str| format!("{log} {time} {name}");
            assert_eq!(fix["mode"], format!("{}d", tpv["mode"]), "{}", at("mode"));
            for (our_name, their_name) in [
                ("lat_deg", "lat"),
                ("lon_deg", "lon"),
                ("altitude_msl_m", "altMSL"),
                ("altitude_ellipsoid_m", "altHAE"),
                ("speed_mps", "speed"),
                ("track_deg", "track"),
                ("climb_mps", "climb"),
                ("error_horizontal_m", "eph"),
                ("error_vertical_m", "epv"),
            ] {
                if their_name == "epv" || number(tpv, their_name).is_some() {
                    assert_close(
                        &at(our_name),
                        number(fix, our_name),
                        number(tpv, their_name),
                        1e-9,
                    );
                }
            }
            compared += 1;
        }
        assert!(
            compared >= fixes,
            "{log}: only {compared} fixes could be compared"
        );
        // gpsd's satellites are among those that were shown, each of them with its values.
        let shown: Vec<Sky> = ours.iter().map(our_sky).collect();
        let skies = theirs
            .iter()
            .filter(|v| v["class"] == "SKY" && v["satellites"].is_array());
        let mut known = 0;
        for sky in skies.skip(1) {
            let sky = their_sky(sky);
            assert!(shown.contains(&sky), "{log}: {sky:?} was not shown");
            known += 1;
        }
        assert!(known > 3, "{log}: {known} skies");
    }
}

#[test]
fn our_own_reading_of_nmea_agrees_with_gpsds() {
    for (log, fixes) in [
        ("gps-only.nmea", 25),
        ("four-constellations.nmea", 35),
        ("modem-with-damage.nmea", 35),
    ] {
        let (theirs, _) = replayed(log);
        let mut reports: Vec<Report> = Vec::new();
        let mut reader = Reader::default();
        reader.push(&std::fs::read(data(log)).unwrap(), &mut |report| {
            reports.push(report);
        });
        reader.flush(&mut |report| reports.push(report));
        let ours: BTreeMap<String, _> = reports
            .iter()
            .filter_map(|report| Some((report.fix?.time?.to_string(), report.fix?)))
            .collect();
        let tpv = theirs
            .iter()
            .filter(|v| v["class"] == "TPV" && v["mode"].as_u64() > Some(1));
        let mut compared = 0;
        for (time, tpv) in by_time(tpv) {
            let fix = ours
                .get(&time)
                .unwrap_or_else(|| panic!("{log}: no fix of {time}"));
            let at = |name: &str| format!("{log} {time} {name}");
            // Before it has learned which sentence is the last, gpsd tells half epochs.
            if tpv["mode"] == 3 && tpv["speed"].is_number() && tpv["altMSL"].is_number() {
                assert_eq!(fix.mode, Mode::ThreeD, "{}", at("mode"));
                let position = fix.position.unwrap();
                let of = |name| number(tpv, name);
                assert_close(&at("lat"), Some(position.lat_deg()), of("lat"), 6e-10);
                assert_close(&at("lon"), Some(position.lon_deg()), of("lon"), 6e-10);
                assert_close(&at("alt"), fix.altitude_msl_m, of("altMSL"), 1e-4);
                assert_close(&at("height"), fix.altitude_ellipsoid_m, of("altHAE"), 1e-4);
                assert_close(&at("track"), fix.track_deg, of("track"), 1e-4);
                assert_close(&at("speed"), fix.speed_mps, of("speed"), 6e-4);
                if of("eph").is_some() && of("epv").is_some() {
                    assert_close(&at("eph"), fix.error.horizontal_m, of("eph"), 6e-4);
                    assert_close(&at("epv"), fix.error.vertical_m, of("epv"), 6e-4);
                }
                if of("climb").is_some() {
                    assert_close(&at("climb"), fix.climb_mps, of("climb"), 6e-4);
                }
                compared += 1;
            }
        }
        assert!(
            compared >= fixes,
            "{log}: only {compared} fixes could be compared"
        );
        // gpsd 3.22 takes Galileo and BeiDou of version 4.11 for others, and marks none as used;
        // of GPS and GLONASS it says the same as we do.
        let last = reports
            .iter()
            .rev()
            .find_map(|report| report.sky.clone())
            .unwrap();
        let mut skies = theirs
            .iter()
            .filter(|v| v["class"] == "SKY" && v["satellites"].is_array());
        let theirs = skies.next_back().unwrap()["satellites"].as_array().unwrap();
        let used = |system: u64, svid: u64| {
            let of = |s: &&Value| s["gnssid"] == system && s["svid"] == svid;
            theirs.iter().find(of).map(|s| s["used"].as_bool().unwrap())
        };
        let mut seen = 0;
        for satellite in &last.satellites {
            let system = match satellite.id.constellation.word() {
                "gps" => 0,
                "glonass" => 6,
                _ => continue,
            };
            let theirs = used(system, u64::from(satellite.id.prn));
            assert_eq!(satellite.used, theirs, "{log}: {}", satellite.id);
            seen += 1;
        }
        assert!(seen >= 9, "{log}: {seen}");
    }
}

#[test]
fn a_gpsd_that_is_killed_and_started_again_is_followed_again() {
    let home = Home(Person::new());
    let port = free_port();
    let terminal = Terminal::sending(&data("gps-only.nmea"), Duration::from_millis(10), 8 * 3);
    let mut gpsd = Gpsd::start(&home.0, port, terminal.path());
    let source = format!("gpsd://127.0.0.1:{port}");
    let bar = Following::start(home.0.xgnss().args([
        "--follow",
        "--output",
        "plain",
        "--icons",
        "none",
        "--stale-after",
        "1",
        "--lost-after",
        "3",
        "--format",
        "{mode}|{note}",
        "--source",
        &source,
    ]));
    bar.wait_for("3D|");
    gpsd.kill();
    let took = bar.wait_for("3D|1 s old");
    assert!(took < Duration::from_millis(1800), "{took:?}");
    bar.wait_for("no|no gpsd");
    let _again = Gpsd::start(&home.0, port, terminal.path());
    bar.wait_for("3D|");
}

#[test]
fn a_socket_in_the_file_system_is_as_good() {
    let home = Home(Person::new());
    let port = free_port();
    let terminal = Terminal::sending(&data("gps-only.nmea"), Duration::from_millis(10), 8 * 3);
    let _gpsd = Gpsd::start(&home.0, port, terminal.path());
    let socket = home.0.path("gpsd.sock");
    receiver::relay(&socket, port);
    let source = format!("gpsd://{}", socket.display());
    let said = home
        .0
        .xgnss()
        .args(["fix", "--as", "maidenhead", "--source", &source])
        .output()
        .unwrap();
    assert!(text(&said.stdout).starts_with("JN58"), "{said:?}");
}
