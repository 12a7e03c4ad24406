//! The contract of `xgnss`'s command line, as scripts and bars rely on it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/receiver.rs"]
mod receiver;
mod support;

use std::process::Output;

use serde_json::Value;
use support::{Person, text};

fn run(person: &Person, arguments: &[&str]) -> Output {
    person.xgnss().args(arguments).output().unwrap()
}

/// A log as `--source`.
fn log(name: &str) -> String {
    format!("file:{}", receiver::data(name).display())
}

#[test]
fn a_position_is_printed_in_every_notation() {
    let person = Person::new();
    let source = log("four-constellations.nmea");
    for (notation, wanted) in [
        ("dd", "-33.856784, 151.215297\n"),
        ("dms", "33°51'24.4\"S 151°12'55.1\"E\n"),
        ("utm", "56H 334900 6252290\n"),
        ("mgrs", "56H LH 34900 52290\n"),
        ("plus", "4RRH46V8+74\n"),
        ("maidenhead", "QF56od54\n"),
        ("geo", "geo:-33.856784,151.215297,53.8;u=3\n"),
        (
            "osm",
            "https://www.openstreetmap.org/?mlat=-33.856784&mlon=151.215297#map=17/-33.856784/151.215297\n",
        ),
    ] {
        let said = run(&person, &["fix", "--as", notation, "--source", &source]);
        assert_eq!(text(&said.stdout), wanted, "{notation}");
        assert_eq!(said.status.code(), Some(0));
    }
}

#[test]
fn json_has_the_fields_that_are_promised() {
    let person = Person::new();
    let said = run(
        &person,
        &[
            "fix",
            "--json",
            "--source",
            &log("four-constellations.nmea"),
        ],
    );
    let fix: Value = serde_json::from_slice(&said.stdout).unwrap();
    for name in [
        "mode",
        "time",
        "age_s",
        "lat_deg",
        "lon_deg",
        "altitude_msl_m",
        "altitude_ellipsoid_m",
        "speed_mps",
        "track_deg",
        "climb_mps",
        "pdop",
        "hdop",
        "vdop",
        "error_horizontal_m",
        "error_vertical_m",
        "ellipse",
        "confidence_percent",
        "satellites",
        "state",
        "source",
    ] {
        assert!(fix.get(name).is_some(), "{name} in {fix}");
    }
    assert_eq!((&fix["mode"], &fix["state"]), (&"3d".into(), &"fix".into()));
    assert_eq!(fix["time"], "2026-05-20T10:05:00Z");
    let satellites = fix["satellites"].as_array().unwrap();
    assert_eq!(satellites.len(), 20);
    let of = |name: &str| {
        satellites
            .iter()
            .filter(|s| s["constellation"] == name && s["used"] == true)
            .count()
    };
    assert_eq!(
        ["gps", "glonass", "galileo", "beidou", "sbas"].map(of),
        [5, 3, 3, 2, 0]
    );
}

#[test]
fn satellites_are_listed_for_eyes_and_for_programs() {
    let person = Person::new();
    let source = log("gps-only.nmea");
    let said = text(&run(&person, &["satellites", "--source", &source]).stdout);
    assert!(said.contains("G31    70°  280°  49 dB-Hz\n"), "{said}");
    let said = text(&run(&person, &["satellites", "--json", "--source", &source]).stdout);
    let first: Value = serde_json::from_str(said.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["constellation"], &first["prn"]),
        (&"gps".into(), &2.into())
    );
}

#[test]
fn a_published_xlcslsr_line_is_decoded_and_rubbish_is_an_error() {
    let person = Person::new();
    let lines = std::fs::read_to_string(receiver::data("xlcslsr.txt")).unwrap();
    for line in lines.lines().filter(|line| line.starts_with('+')) {
        let said = run(&person, &["xlcslsr", "decode", line]);
        assert_eq!(said.status.code(), Some(0));
        let fix: Value = serde_json::from_slice(&said.stdout).unwrap();
        let number = |name: &str| fix[name].as_f64().unwrap();
        assert!((49.19..49.20).contains(&number("lat_deg")), "{fix}");
        assert_eq!(
            (&fix["confidence_percent"], &fix["errors"]),
            (&67.0.into(), &Value::Array(vec![]))
        );
        assert!((number("hdop").hypot(number("vdop")) - number("pdop")).abs() < 0.3);
    }
    let said = run(&person, &["xlcslsr", "decode", "+XLCSLSR: request id 1"]);
    assert_eq!(said.status.code(), Some(1));
    let error: Value = serde_json::from_slice(&said.stdout).unwrap();
    assert!(error["error"].as_str().unwrap().contains("was asked for"));
}

#[test]
fn without_a_source_the_bar_gets_a_line_and_a_script_an_error() {
    let person = Person::new();
    let nobody = format!("gpsd://127.0.0.1:{}", receiver::free_port());
    let said = run(&person, &["--source", &nobody, "--icons", "text"]);
    assert_eq!(
        (text(&said.stdout).as_str(), said.status.code()),
        ("OFF no gpsd\n", Some(0))
    );
    let error = text(&said.stderr);
    assert!(
        error.contains("no gpsd answers at 127.0.0.1:") && error.contains("--source"),
        "{error}"
    );
    assert_eq!(error.lines().count(), 1, "{error}");
    for arguments in [
        vec!["--source", &nobody, "--output", "plain"],
        vec!["--source", &nobody, "--output", "json"],
        vec!["fix", "--source", &nobody],
        vec!["satellites", "--source", &nobody],
        vec!["fix", "--source", "file:/does/not/exist"],
        vec!["fix", "--source", "nmea:/dev/does-not-exist"],
        vec!["fix", "--source", "modem:/dev/does-not-exist"],
    ] {
        let said = run(&person, &arguments);
        assert_eq!(said.status.code(), Some(1), "{arguments:?}");
        assert!(!said.stderr.is_empty(), "{arguments:?}");
    }
    let said = run(&person, &["--source", &nobody, "--hide-when-absent"]);
    assert_eq!(text(&said.stdout), "\n");
}

#[test]
fn wrong_usage_exits_with_2_and_says_what_is_right() {
    let person = Person::new();
    for (arguments, reason) in [
        (vec!["--source", "/dev/ttyUSB0"], "nmea:PORT"),
        (vec!["--format", "{latitude}"], "{lat}"),
        (vec!["fix", "--as", "what3words"], "maidenhead"),
        (vec!["--config", "/does/not/exist"], "/does/not/exist"),
        (vec!["record"], "FILE"),
    ] {
        let said = run(&person, &arguments);
        assert_eq!(said.status.code(), Some(2), "{arguments:?}");
        assert!(
            text(&said.stderr).contains(reason),
            "{arguments:?}: {said:?}"
        );
        assert!(said.stdout.is_empty());
    }
}

#[test]
fn the_configuration_has_a_key_for_the_flags_and_the_flag_wins() {
    let person = Person::new();
    let folder = person.path(".config/barpop");
    std::fs::create_dir_all(&folder).unwrap();
    let config = format!(
        "output = \"plain\"\n[gnss]\nsource = \"{}\"\nas = \"maidenhead\"\nunits = \"nautical\"\n\
         format = \"{{position}} {{speed}}\"\nstale_after_s = 3600\n",
        log("four-constellations.nmea")
    );
    std::fs::write(folder.join("config.toml"), config).unwrap();
    let said = run(&person, &["--fast"]);
    assert_eq!(text(&said.stdout), "QF56od62 31.1 kn\n");
    let said = run(
        &person,
        &["--fast", "--as", "geo", "--format", "{position}"],
    );
    assert!(text(&said.stdout).starts_with("geo:-33.8"), "{said:?}");
    std::fs::write(folder.join("config.toml"), "[gnss]\nsorce = \"x\"\n").unwrap();
    let said = run(&person, &[]);
    assert_eq!(said.status.code(), Some(2));
    assert!(text(&said.stderr).contains("sorce"));
}

#[test]
fn the_program_is_small_and_links_no_popup() {
    let program = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/release/xgnss");
    let bytes = std::fs::read(&program)
        .unwrap_or_else(|error| panic!("{}: {error}; run 'make status' first", program.display()));
    assert!(bytes.len() < 5 * 1024 * 1024, "{} bytes", bytes.len());
    for name in ["egui", "libGL", "libX11", "wayland"] {
        let found = bytes
            .windows(name.len())
            .any(|window| window == name.as_bytes());
        assert!(!found, "{name} is in {}", program.display());
    }
}
