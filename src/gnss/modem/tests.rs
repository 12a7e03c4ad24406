//! Answers of real modems, as manuals and logs have them.

use super::super::fix::{Fix, Mode};
use super::super::report::Report;
use super::*;

const PUBLISHED: &str = include_str!("../../../tests/data/gnss/xlcslsr.txt");

fn published() -> Vec<&'static str> {
    PUBLISHED
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect()
}

fn fix(report: Report) -> Fix {
    report.fix.unwrap()
}

fn is_about(value: Option<f64>, wanted: f64) -> bool {
    value.is_some_and(|value| (value - wanted).abs() < 1e-4)
}

fn time(fix: &Fix) -> String {
    fix.time.unwrap().to_string()
}

fn place(fix: &Fix) -> (f64, f64) {
    let position = fix.position.unwrap();
    let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
    (round(position.lat_deg()), round(position.lon_deg()))
}

#[test]
fn the_published_lines_agree_with_themselves() {
    for (line, count, leaps) in published().into_iter().zip([4, 6]).map(|(l, c)| (l, c, 17)) {
        let said = xlcslsr(line).unwrap();
        assert_eq!(said.errors, Vec::<String>::new());
        let fix = said.report.fix.unwrap();
        assert_eq!(fix.mode, Mode::ThreeD);
        // The time of week is UTC and its leap seconds.
        let week = utc_of_week(said.gps_week.unwrap(), said.time_of_week_s.unwrap()).unwrap();
        let utc = fix.time.unwrap();
        assert!(
            week.duration_since(utc).as_secs_f64().abs() < 1.0,
            "{week} {utc}"
        );
        assert_eq!(leap_seconds(utc), leaps);
        // The ellipse and the horizontal error, the DOPs.
        let ellipse = fix.error.ellipse.unwrap();
        let horizontal = fix.error.horizontal_m.unwrap();
        assert!((ellipse.major_m.hypot(ellipse.minor_m) - horizontal).abs() < 0.02);
        let pdop = fix.dop.hdop.unwrap().hypot(fix.dop.vdop.unwrap());
        assert!((pdop - fix.dop.pdop.unwrap()).abs() < 0.3, "{pdop}");
        let sky = said.report.sky.unwrap();
        assert_eq!(sky.satellites.len(), count);
        assert_eq!(sky.used(), None, "the flag does not say whether it is used");
    }
}

#[test]
fn every_field_of_a_published_line_lands_in_its_place() {
    let line = published()[0];
    let said = xlcslsr(line).unwrap();
    assert_eq!(said.status, Some(2));
    let fix = said.report.fix.unwrap();
    assert_eq!(place(&fix), (49.195_67, 16.606_08));
    assert_eq!(
        (
            fix.altitude_msl_m,
            fix.track_deg,
            fix.speed_mps,
            fix.climb_mps
        ),
        (Some(119.996_932), Some(75.45), Some(2.28), Some(-0.25))
    );
    assert_eq!(fix.error.vertical_m, Some(100.98));
    let satellite = said.report.sky.unwrap().satellites[0];
    assert_eq!(
        (
            satellite.id.to_string().as_str(),
            satellite.elevation_deg,
            satellite.azimuth_deg,
            satellite.cn0_dbhz
        ),
        ("G10", Some(20.01), Some(173.09), Some(30.0))
    );
    let south_west = line.replace(" N,", " S,").replace(" E,", " W,");
    let fix = xlcslsr(&south_west).unwrap().report.fix.unwrap();
    assert_eq!(place(&fix), (-49.195_67, -16.606_08));
}

#[test]
fn a_line_with_broken_and_missing_fields_gives_what_it_can() {
    let line = published()[0];
    let broken = line
        .replace("49.195669 N", "49.1x5669 N")
        .replace("39.616302", "oops");
    let said = xlcslsr(&broken).unwrap();
    assert_eq!(
        said.errors,
        [
            "field 1: '49.1x5669 N' is no latitude",
            "field 5: 'oops' is no semi-minor axis",
            "there is no position"
        ]
    );
    let fix = said.report.fix.unwrap();
    assert_eq!((fix.mode, fix.error.ellipse), (Mode::None, None));
    assert_eq!(fix.time.unwrap().to_string(), "2016-05-10T18:38:22Z");
    assert_eq!(said.report.sky.unwrap().satellites.len(), 4);

    // Cut anywhere: no panic, and a position as long as both of its fields are there.
    for end in 0..line.len() {
        let cut = xlcslsr(line.get(..end).unwrap());
        let whole = end >= line.find(" E,").unwrap() + 2;
        let has = cut
            .as_ref()
            .is_ok_and(|said| said.report.fix.is_some_and(|fix| fix.position.is_some()));
        assert!(has || !whole, "{end}");
    }
    let cut = &line[..line.len() - 30];
    let said = xlcslsr(cut).unwrap();
    assert_eq!(said.report.sky.unwrap().satellites.len(), 2);
    assert!(
        said.errors
            .iter()
            .any(|e| e.starts_with("4 satellites are announced")),
        "{:?}",
        said.errors
    );

    // Other lengths: fields left out before the satellites.
    let shorter = line.replacen(",,,,,,,,", ",,,", 1);
    assert_ne!(shorter, line);
    let said = xlcslsr(&shorter).unwrap();
    assert_eq!(said.report.sky.unwrap().satellites.len(), 4);
    assert_eq!(said.errors, Vec::<String>::new());
    // One that ends before the satellites, with whatever number.
    let first: Vec<&str> = line.split(',').take(40).chain(["0"]).collect();
    let said = xlcslsr(&first.join(",")).unwrap();
    assert_eq!((said.report.sky, said.errors), (None, Vec::new()));

    let two_seconds = line.replace("239919.74", "239921.00");
    assert_eq!(xlcslsr(&two_seconds).unwrap().errors, Vec::<String>::new());
    let lying = line.replace("239919.74", "239019.74");
    let said = xlcslsr(&lying).unwrap();
    assert_eq!(
        said.errors,
        ["the time of week is 239019.74 s, and by date and time it is 239919 s"]
    );
}

#[test]
fn a_line_that_says_nothing_is_an_error_in_words() {
    let error = |line: &str| xlcslsr(line).unwrap_err().to_string();
    assert!(error("+XLCSLSR: request id 1").contains("was asked for"));
    assert!(error("").contains("no field"));
    assert!(error("+XLCSLSR: ,,,,,,").contains("no field"));
    assert!(error("\u{0}\u{1f}rubbish").contains("no field"));
}

#[test]
fn sierras_lines_for_people_are_read() {
    let text = "!GPSLOC:\nLat: 49 Deg 44 Min 57.00 Sec N  (0x008D823D)\nLon: 13 Deg 22 Min 48.54 Sec E  (0x00260F21)\n\
        Time: 2018 11 21 2 10:10:02 (GPS)\nLocUncAngle: 0.0 deg  LocUncA: 13 m  LocUncP: 192 m  HEPE: 192.439 m\n\
        3D Fix\nAltitude: 332 m  LocUncVe: 64.0 m\nHeading: 45.0 deg  VelHoriz: 1.5 m/s  VelVert: 0.0 m/s";
    let fix = fix(gpsloc(text.lines()));
    assert_eq!(place(&fix), (49.749_17, 13.380_15));
    assert_eq!(
        fix.time.unwrap().to_string(),
        "2018-11-21T10:09:44Z",
        "GPS time is ahead"
    );
    let ellipse = fix.error.ellipse.unwrap();
    assert_eq!((ellipse.major_m, ellipse.angle_deg), (192.0, 90.0));
    assert_eq!(
        (fix.altitude_msl_m, fix.speed_mps),
        (Some(332.0), Some(1.5))
    );
    assert_eq!(
        (fix.track_deg, fix.climb_mps, fix.mode),
        (Some(45.0), Some(0.0), Mode::ThreeD)
    );
    assert_eq!(
        (
            fix.error.horizontal_m,
            fix.error.vertical_m,
            fix.error.confidence_percent
        ),
        (Some(192.439), Some(64.0), Some(39.35))
    );
    let other = |from: &str, to: &str| gpsloc(text.replace(from, to).lines()).fix.unwrap();
    assert_eq!(place(&other("Sec N", "Sec S")), (-49.749_17, 13.380_15));
    assert_eq!(place(&other("Sec E", "Sec W")), (49.749_17, -13.380_15));
    assert_eq!(other("3D Fix", "2D Fix").mode, Mode::TwoD);
    assert_eq!(other("Altitude:", "").mode, Mode::TwoD);
    for (from, to) in [
        ("49 Deg", "-49 Deg"),
        ("44 Min", "44 Sec"),
        ("Sec N", "Sec"),
    ] {
        assert_eq!(other(from, to).position, None);
    }
    for text in ["Not Available", "Unknown (No information is available)", ""] {
        assert_eq!(gpsloc(text.lines()).fix, Some(Fix::default()));
    }
    let text = "Satellites in view:  2 (2018 11 21 2 10:10:02)\n* SV:  7  ELEV:60  AZI:200  SNR:40\n  SV: 66  ELEV: -1  AZI: 310  SNR: 15\n  SV: x";
    let sky = gpssatinfo(text.lines()).sky.unwrap();
    let seen: Vec<_> = sky
        .satellites
        .iter()
        .map(|s| (s.id.to_string(), s.used, s.elevation_deg))
        .collect();
    assert_eq!(
        seen,
        [
            ("G07".to_owned(), Some(true), Some(60.0)),
            ("R02".to_owned(), Some(false), Some(-1.0))
        ]
    );
}

#[test]
fn telit_and_quectel_are_read_in_every_mode() {
    let telit = fix(gpsacp(
        "$GPSACP: 080220.479,4542.82691N,01344.26820E,2.25,2.1,3,35.30,1.0,0.54,270705,09,02",
    ));
    assert_eq!(place(&telit), (45.713_78, 13.737_8));
    assert_eq!(
        (telit.mode, telit.used, telit.track_deg),
        (Mode::ThreeD, Some(11), Some(35.5))
    );
    assert_eq!(telit.time.unwrap().to_string(), "2005-07-27T08:02:20.479Z");
    assert_eq!(telit.dop.hdop, Some(2.25));
    assert!(is_about(telit.speed_mps, 0.277_8));
    let with = |hdop: &str, course: &str, speeds: &str| {
        let line = format!("4542.82691N,01344.26820E,{hdop},2.1,3,{course},{speeds},270705,09");
        fix(gpsacp(&format!("$GPSACP: 080220.479,{line}")))
    };
    assert!(is_about(with("1.0", "0.0", "36.0,").speed_mps, 10.0));
    assert_eq!(with("0.0", "0.0", ",").dop.hdop, None, "unknown");
    // Minutes, where they can be.
    for (written, course) in [
        ("35.30", 35.5),
        ("35.5", 35.5),
        ("35.59", 35.983_333),
        ("35.60", 35.6),
        ("359.75", 359.75),
    ] {
        assert!(is_about(with("", written, ",").track_deg, course));
    }
    let lines = [
        "+QGPSLOC: 142748.0,2259.0881S,04321.5515W,2.0,-83.0,2,0.00,0.0,0.0,140119,10",
        "+QGPSLOC: 142748.0,2259.088100,S,04321.551500,W,2.0,-83.0,2,0.00,0.0,0.0,140119,10",
        "+QGPSLOC: 142748.0,-22.98480,-43.35919,2.0,-83.0,2,0.00,0.0,0.0,140119,10",
    ];
    for line in lines {
        let fix = fix(qgpsloc(line));
        assert_eq!(place(&fix), (-22.984_8, -43.359_19), "{line}");
        assert_eq!(
            (fix.mode, fix.altitude_msl_m, fix.used),
            (Mode::TwoD, Some(-83.0), Some(10))
        );
    }
    assert_eq!(fix(gpsacp("$GPSACP: ,,,,,1,,,,,")).mode, Mode::None);
    let without = fix(gpsacp("$GPSACP: 120000.000,,,,,0,,,,270705,"));
    assert_eq!((without.mode, without.time.is_some()), (Mode::None, true));
}

#[test]
fn simcom_is_read_and_a_cut_latitude_refused() {
    let good = fix(cgpsinfo(
        "+CGPSINFO: 3433.035574,S,05829.585934,W,310520,210511.0,6.6,10.0,90.5",
    ));
    assert_eq!(place(&good), (-34.550_59, -58.493_1));
    assert_eq!((good.mode, good.track_deg), (Mode::ThreeD, Some(90.5)));
    assert_eq!(time(&good), "2020-05-31T21:05:11Z");
    assert_eq!(good.altitude_msl_m, Some(6.6));
    assert!(is_about(good.speed_mps, 5.144_4));
    let without = fix(cgpsinfo("+CGPSINFO: ,,,,310520,210511.0,,,"));
    assert_eq!(time(&without), "2020-05-31T21:05:11Z");
    for line in [
        "+CGPSINFO: 3433.035574,S,829.585934,W,310520,210511.0,6.6,0.0,0.0",
        "+CGPSINFO: 33.035574,S,05829.585934,W,310520,210511.0,6.6,0.0,0.0",
        "+CGPSINFO: ,,,,,,,,",
    ] {
        assert_eq!(fix(cgpsinfo(line)).mode, Mode::None, "{line}");
    }
    let fix_of = |line| fix(cgnsinf(line));
    let fix = fix_of(
        "+CGNSINF: 1,1,20240118201756.000,52.209354,20.967317,126.600,36.00,249.2,1,,0.8,1.2,0.9,,35,8,5,,51,2.5,3.5",
    );
    assert_eq!(place(&fix), (52.209_35, 20.967_32));
    assert_eq!(
        (fix.dop.pdop, fix.used, fix.error.horizontal_m),
        (Some(1.2), Some(8), Some(2.5))
    );
    assert!(is_about(fix.speed_mps, 10.0));
    assert_eq!(
        (fix.altitude_msl_m, fix.track_deg, fix.error.vertical_m),
        (Some(126.6), Some(249.2), Some(3.5))
    );
    let without = fix_of("+CGNSINF: 1,0,20240118201756.000,,,,,,0,,,,,,0,0,,,,,");
    assert_eq!(without.mode, Mode::None);
    for fix in [fix, without] {
        assert_eq!(time(&fix), "2024-01-18T20:17:56Z");
    }
}

#[test]
fn ublox_is_read_in_both_forms() {
    let standard = fix(uuloc(
        "+UULOC: 13/04/2011,09:54:51.000,45.6334520,13.0618620,49,1",
    ));
    assert_eq!(place(&standard), (45.633_45, 13.061_86));
    assert_eq!(
        (standard.error.horizontal_m, standard.speed_mps),
        (Some(1.0), None)
    );
    assert_eq!(
        (standard.mode, standard.altitude_msl_m),
        (Mode::ThreeD, Some(49.0))
    );
    assert_eq!(standard.error.confidence_percent, Some(50.0));
    let of_sensor = |sensor: u8| {
        let line = format!("45.7140971,13.7409172,266,17,3,90,18,{sensor},6,3,9");
        fix(uuloc(&format!("+UULOC: 25/09/2013,10:13:29.000,{line}")))
    };
    let detailed = of_sensor(1);
    assert_eq!(
        (detailed.used, detailed.error.vertical_m),
        (Some(6), Some(18.0))
    );
    assert_eq!(
        (detailed.speed_mps, detailed.track_deg),
        (Some(3.0), Some(90.0))
    );
    assert_eq!(
        (detailed.mode, detailed.altitude_msl_m),
        (Mode::ThreeD, Some(266.0))
    );
    let of_network = of_sensor(2);
    assert_eq!(
        (of_network.mode, of_network.altitude_msl_m),
        (Mode::TwoD, None)
    );
    assert_eq!(of_network.error.vertical_m, None);
    assert_eq!(detailed.time.unwrap().to_string(), "2013-09-25T10:13:29Z");
}

proptest::proptest! {
    #[test]
    fn any_text_is_no_trouble(text in "\\PC{0,120}", commas in "[-0-9., NSEW:/]{0,200}") {
        for line in [&text, &commas] {
            let _ = (gpsacp(line), qgpsloc(line), cgpsinfo(line), cgnsinf(line), uuloc(line));
            let _ = (gpsloc(line.lines()), gpssatinfo(line.lines()), xlcslsr(line));
        }
    }
}
