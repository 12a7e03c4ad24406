//! Sentences of real receivers, the damage that they suffer, and epochs.

use super::super::fix::{Fix, Mode, Position, Quality};
use super::super::report::Report;
use super::super::satellite::{Satellite, Sky};
use super::*;

/// A sentence with its checksum and line end.
fn line(body: &str) -> String {
    let sum = body.bytes().fold(0, |sum, b| sum ^ b);
    format!("${body}*{sum:02X}\r\n")
}

fn one(body: &str) -> Option<Sentence> {
    let line = line(body);
    parse(check(line.trim_end().as_bytes()).unwrap())
}

fn reports(reader: &mut Reader, text: &str) -> Vec<Report> {
    let mut all = Vec::new();
    reader.push(text.as_bytes(), &mut |report| all.push(report));
    all
}

/// Everything that a stream says, with a pause at its end.
fn read(text: &str) -> Vec<Report> {
    let mut reader = Reader::default();
    let mut all = reports(&mut reader, text);
    reader.flush(&mut |report| all.push(report));
    all
}

#[test]
fn sentences_of_the_manuals_are_read() {
    let Some(Sentence::Gga(gga)) =
        one("GNGGA,092725.00,4717.11399,N,00833.91590,E,1,08,1.01,499.6,M,48.0,M,,")
    else {
        panic!("a GGA");
    };
    let position = gga.position.unwrap();
    assert!((position.lat_deg() - 47.285_233_17).abs() < 1e-8);
    assert!((position.lon_deg() - 8.565_265).abs() < 1e-8);
    assert_eq!((gga.used, gga.geoid_m), (Some(8), Some(48.0)));
    assert_eq!(gga.quality, Some(Quality::Autonomous));

    let Some(Sentence::Rmc(rmc)) =
        one("GPRMC,083559.00,A,4717.11437,S,00833.91522,W,0.004,77.52,091202,,,A,V")
    else {
        panic!("an RMC");
    };
    assert!(rmc.valid && rmc.position.unwrap().lat_deg() < -47.0);
    assert_eq!(
        rmc.date.map(|date| date.to_string()).as_deref(),
        Some("2002-12-09")
    );

    let Some(Sentence::Gns(gns)) =
        one("GNGNS,103600.01,5114.51176,N,00012.29380,W,ANNN,07,1.18,111.5,45.6,,,V")
    else {
        panic!("a GNS");
    };
    assert_eq!(
        (gns.quality, gns.used),
        (Some(Quality::Autonomous), Some(7))
    );

    let Some(Sentence::Gst(gst)) = one("GPGST,082356.00,1.8,23.0,17.0,45.0,1.7,1.3,2.2") else {
        panic!("a GST");
    };
    assert_eq!(gst.ellipse.map(|ellipse| ellipse.angle_deg), Some(45.0));

    let Some(Sentence::Zda(zda)) = one("GPZDA,082710.00,16,09,2002,00,00") else {
        panic!("a ZDA");
    };
    assert_eq!(
        zda.date.map(|date| date.to_string()).as_deref(),
        Some("2002-09-16")
    );

    for (body, speed) in [
        ("GPVTG,77.52,T,,M,3.6,N,6.7,K,A", 1.852),
        ("GPVTG,77.52,T,,M,,N,36.0,K", 10.0),
        ("GPVTG,77.52,,,M,3.6,N,6.7,K", 1.852),
        ("GPVTG,77.52,,3.6,6.7", 1.852),
        ("GPVTG,77.52,,3.6,6.7,", 1.852),
        ("GPVTG,77.52,,,36.0", 10.0),
    ] {
        let Some(Sentence::Vtg(vtg)) = one(body) else {
            panic!("a VTG");
        };
        assert_eq!(vtg.track_deg, Some(77.52));
        assert!((vtg.speed_mps.unwrap() - speed).abs() < 1e-9, "{body}");
    }
    assert_eq!(one("GPXTE,A,A,0.67,L,N"), None);
    // Some write the checksum small.
    for second in 0..60 {
        let gll = line(&format!(
            "GPGLL,4717.11364,N,00833.91565,E,0923{second:02}.00,A,A"
        ));
        let (body, sum) = gll.trim_end().split_once('*').unwrap();
        let small = format!("{body}*{}", sum.to_lowercase());
        assert!(check(small.as_bytes()).is_ok(), "{small}");
    }
}

#[test]
fn a_receiver_stands_by_its_position_or_does_not() {
    let place = "4807.0380,N,01131.0000,E";
    for (status, mode, stands) in [
        ("A", "A", true),
        ("A", "", true),
        ("A", "N", false),
        ("V", "A", false),
        ("V", "", false),
        // Dead reckoning.
        ("V", "E", true),
        ("A", "E", true),
    ] {
        let rmc = format!("GPRMC,120001.00,{status},{place},0.0,,230326,,,{mode}");
        let gll = format!("GPGLL,{place},120001.00,{status},{mode}");
        for body in [&rmc, &gll] {
            assert_eq!(fixes([&[body]])[0].position.is_some(), stands, "{body}");
        }
    }
}

#[test]
fn a_gsa_says_how_good_the_geometry_is_and_whose_satellites_it_names() {
    use Constellation as C;
    let gsa = |pdop: &str, system: &str| {
        let body = format!("GNGSA,A,3,04,05,,,,,,,,,,,{pdop},0.9,1.5,{system}");
        let Some(Sentence::Gsa(gsa)) = one(&body) else {
            panic!("a GSA");
        };
        (gsa.dop.pdop, gsa.constellation)
    };
    for (said, shown) in [
        ("1.8", Some(1.8)),
        ("98.9", Some(98.9)),
        ("0.0", None),
        ("99.0", None),
        ("99.99", None),
    ] {
        assert_eq!(gsa(said, "1"), (shown, Some(C::Gps)));
    }
    for (system, constellation) in [
        ("1", Some(C::Gps)),
        ("2", Some(C::Glonass)),
        ("3", Some(C::Galileo)),
        ("4", Some(C::BeiDou)),
        ("5", Some(C::Qzss)),
        ("6", Some(C::NavIc)),
        ("7", None),
        ("", None),
    ] {
        assert_eq!(gsa("1.8", system), (Some(1.8), constellation));
    }
}

#[test]
fn a_gsv_has_its_place_in_a_cycle_and_up_to_four_satellites() {
    let gsv = |body: &str| match one(&format!("GPGSV,{body}")) {
        Some(Sentence::Gsv(gsv)) => {
            let elevations = gsv
                .satellites
                .iter()
                .flatten()
                .map(|seen| seen.elevation_deg);
            Some((gsv.signal, elevations.collect::<Vec<_>>()))
        }
        _ => None,
    };
    let (low, high) = ("04,-5,083,46", "05,90,,");
    for (body, expected) in [
        ("1,1,00".to_owned(), Some((None, vec![]))),
        ("1,1,00,6".to_owned(), Some((Some(b'6'), vec![]))),
        (format!("1,1,01,{low}"), Some((None, vec![Some(-5.0)]))),
        (
            format!("2,2,02,{low},{high},8"),
            Some((Some(b'8'), vec![Some(-5.0), Some(90.0)])),
        ),
        ("1,1,01,04,91,,".to_owned(), Some((None, vec![None]))),
        (format!("1,0,01,{low}"), None),
        (format!("1,2,01,{low}"), None),
        (format!(",,01,{low}"), None),
    ] {
        assert_eq!(gsv(&body), expected, "{body}");
    }
}

#[test]
fn a_place_has_a_hemisphere() {
    let place = |north, east| {
        let text = format!("4830.00,{north},01130.00,{east}");
        let position = Fields::new(text.as_bytes()).position()?;
        Some((position.lat_deg(), position.lon_deg()))
    };
    assert_eq!(place("N", "E"), Some((48.5, 11.5)));
    assert_eq!(place("S", "W"), Some((-48.5, -11.5)));
    assert_eq!(place("n", "w"), Some((48.5, -11.5)));
    for (north, east) in [("X", "E"), ("N", "X"), ("E", "N"), ("", "E")] {
        assert_eq!(place(north, east), None, "{north} {east}");
    }
}

#[test]
fn damaged_and_half_lines_are_counted_and_dropped() {
    let good = line("GPGLL,4717.11364,N,00833.91565,E,092321.00,A,A");
    let mut damaged = good.clone();
    damaged.replace_range(8..9, "5");
    let half = &good[..20];
    let text = format!(
        "{good}{damaged}{half}{good}\u{fffd}\u{0}noise\r\n{half}\r\n$GPGLL\r\n$PUBX,00*33\r\n{}",
        "x".repeat(1000)
    );
    for cut in [1, 7, 64, text.len()] {
        let mut framer = Framer::default();
        let mut count = 0;
        for piece in text.as_bytes().chunks(cut) {
            framer.push(piece, &mut |_| count += 1);
        }
        framer.push(b"\r\n", &mut |_| count += 1);
        let counts = framer.counts();
        assert_eq!(count, 2, "cut {cut}");
        assert_eq!(
            (
                counts.good,
                counts.ignored,
                counts.bad_checksum,
                counts.broken
            ),
            (2, 1, 1, 5),
            "cut {cut}"
        );
    }
}

#[test]
fn a_line_longer_than_any_sentence_is_dropped_however_it_comes() {
    let gll = |more: &str| {
        line(&format!(
            "GPGLL,4717.11364,N,00833.91565,E,092321.00,A,A{more}"
        ))
    };
    let (short, longer) = (gll(""), gll(&"x".repeat(200)));
    let overlong = gll(&"x".repeat(300));
    let text = [overlong.as_str(), &short, &overlong, &longer, &short].concat();
    for cut in [1, 7, 64, 250, text.len()] {
        let mut framer = Framer::default();
        for piece in text.as_bytes().chunks(cut) {
            framer.push(piece, &mut |_| {});
        }
        let counts = framer.counts();
        assert_eq!((counts.good, counts.broken), (3, 2), "cut {cut}");
    }
}

fn epoch(second: u32) -> String {
    [
        format!("GNRMC,1200{second:02}.00,A,4807.0380,N,01131.0000,E,10.0,84.4,230326,,,A,V"),
        format!("GNGGA,1200{second:02}.00,4807.0380,N,01131.0000,E,1,08,0.9,545.4,M,46.9,M,,"),
        "GNGSA,A,3,04,05,,,,,,,,,,,1.8,0.9,1.5,1".to_owned(),
        "GNGSA,A,3,66,,,,,,,,,,,,1.8,0.9,1.5,2".to_owned(),
        "GPGSV,1,1,03,04,40,083,46,05,17,308,41,46,30,200,38,1".to_owned(),
        "GPGSV,1,1,01,05,17,308,44,6".to_owned(),
        "GLGSV,1,1,02,66,40,083,40,67,10,010,,1".to_owned(),
    ]
    .iter()
    .map(|body| line(body))
    .collect()
}

#[test]
fn an_epoch_is_one_fix_with_everything_in_it() {
    let all = read(&epoch(1));
    assert_eq!(all.len(), 1);
    let fix = all[0].fix.unwrap();
    assert_eq!(fix.mode, Mode::ThreeD);
    assert_eq!(
        fix.position,
        Position::new(48.0 + 7.038 / 60.0, 11.0 + 31.0 / 60.0)
    );
    assert_eq!(fix.time, Some("2026-03-23T12:00:01Z".parse().unwrap()));
    assert_eq!(fix.altitude_msl_m, Some(545.4));
    assert!((fix.altitude_ellipsoid_m.unwrap() - 592.3).abs() < 1e-9);
    assert!((fix.speed_mps.unwrap() - 5.144_444).abs() < 1e-5);
    assert_eq!((fix.dop.pdop, fix.dop.vdop), (Some(1.8), Some(1.5)));
    assert_eq!(
        fix.error.horizontal_m.map(|m| (m * 10.0).round()),
        Some(171.0)
    );
    let Sky { satellites, .. } = all[0].sky.clone().unwrap();
    let seen: Vec<_> = satellites
        .iter()
        .map(|s| (s.id.to_string(), s.cn0_dbhz, s.used))
        .collect();
    let row = |name: &str, cn0: Option<f64>, used| (name.to_owned(), cn0, Some(used));
    assert_eq!(
        seen,
        [
            row("G04", Some(46.0), true),
            // Heard on two signals: one satellite, the better of the two.
            row("G05", Some(44.0), true),
            row("S33", Some(38.0), false),
            row("R02", Some(40.0), true),
            row("R03", None, false),
        ]
    );
}

#[test]
fn once_learned_the_last_sentence_ends_the_epoch_without_waiting_for_the_next() {
    let mut reader = Reader::default();
    let mut seen = Vec::new();
    for second in 1..=5 {
        let told = reports(&mut reader, &epoch(second));
        seen.push(
            told.iter()
                .filter_map(|report| report.fix?.time)
                .map(|time| time.to_string())
                .collect::<Vec<_>>(),
        );
    }
    let time = |second: u32| format!("2026-03-23T12:00:{second:02}Z");
    assert_eq!(seen[3], [time(4)], "{seen:?}");
    assert_eq!(seen[4], [time(5)]);
    // None was left out or told twice on the way.
    assert_eq!(reader.counts().good, 35);
    let all: Vec<String> = seen.concat();
    assert_eq!(all, (1..=5).map(time).collect::<Vec<_>>());
}

#[test]
fn a_pause_ends_the_epoch_also_when_the_next_one_begins_with_a_gsa() {
    let gsa = line("GPGSA,A,3,04,05,,,,,,,,,,,1.8,0.9,1.5");
    let epoch = |second: u32| {
        format!(
            "{gsa}{}",
            line(&format!(
                "GPRMC,1200{second:02},A,4807.0380,N,01131.0000,E,0.0,,230326,,"
            ))
        )
    };
    let mut reader = Reader::default();
    for second in 1..=2 {
        assert!(reports(&mut reader, &epoch(second)).is_empty());
        let mut told = 0;
        reader.flush(&mut |_| told += 1);
        assert_eq!(told, 1);
    }
    let told = reports(&mut reader, &epoch(3));
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].fix.unwrap().mode, Mode::ThreeD);
}

#[test]
fn a_receiver_without_a_fix_says_so_and_keeps_its_clock() {
    let text = [
        "GPRMC,120001.00,V,,,,,,,230326,,,N",
        "GPGGA,120001.00,,,,,0,00,99.99,,,,,,",
        "GPGSA,A,1,,,,,,,,,,,,,99.99,99.99,99.99",
        "GPGSV,1,1,01,04,,,31",
    ];
    let all = read(&text.map(line).concat());
    let fix = all[0].fix.unwrap();
    assert_eq!((fix.mode, fix.position), (Mode::None, None));
    assert!(fix.time.is_some());
    assert_eq!(all[0].sky.as_ref().map(Sky::heard), Some(1));
}

/// The satellites of a stream's last sky.
fn satellites(sentences: &[&str]) -> Vec<Satellite> {
    let text: String = sentences.iter().map(|body| line(body)).collect();
    let all = read(&text);
    let sky = all.iter().rev().find_map(|report| report.sky.clone());
    sky.unwrap_or_default().satellites
}

fn names(satellites: &[Satellite]) -> Vec<String> {
    satellites.iter().map(|s| s.id.to_string()).collect()
}

fn used(sentences: &[&str]) -> Vec<String> {
    let mut satellites = satellites(sentences);
    satellites.retain(|satellite| satellite.used == Some(true));
    names(&satellites)
}

#[test]
fn a_cycle_counts_when_all_its_parts_are_there_in_their_order() {
    let part = |total, number, prn| format!("GPGSV,{total},{number},03,{prn:02},40,083,46");
    let whole = [part(3, 1, 1), part(3, 2, 2), part(3, 3, 3)];
    let lost = [part(3, 1, 4), part(3, 3, 6)];
    let begun_anew = [part(3, 1, 7), part(3, 2, 8), part(2, 1, 9), part(2, 2, 10)];
    let seen = |cycles: &[&[String]]| {
        let parts = cycles.iter().copied().flatten().map(String::as_str);
        names(&satellites(&parts.chain([RMC]).collect::<Vec<_>>()))
    };
    assert_eq!(seen(&[&whole]), ["G01", "G02", "G03"]);
    assert_eq!(seen(&[&lost]), [""; 0]);
    assert_eq!(seen(&[&whole, &lost]), ["G01", "G02", "G03"]);
    assert_eq!(seen(&[&lost, &whole]), ["G01", "G02", "G03"]);
    assert_eq!(seen(&[&whole, &begun_anew]), ["G09", "G10"]);
}

#[test]
fn a_sky_is_told_when_it_is_another_one_and_no_cycle_is_half_told() {
    let mut reader = Reader::default();
    let epochs: [(&[&str], &str, &str, bool); 5] = [
        (&["GPGSV,1,1,01,05,40,083,40"], "05", "0.9", true),
        (&[], "05", "0.9", false),
        (&[], "05", "1.0", true),
        (&["GPGSV,2,1,02,06,40,083,40"], "06", "1.0", false),
        (&["GPGSV,2,2,02,07,40,083,40"], "06", "1.0", true),
    ];
    for (second, (gsv, used, hdop, is_another)) in epochs.into_iter().enumerate() {
        let gsa = format!("GPGSA,A,3,{used},,,,,,,,,,,,1.8,{hdop},1.5");
        let mut text = line(&RMC.replace("120001", &format!("12000{second}")));
        text.extend(gsv.iter().map(|gsv| line(gsv)));
        let mut all = reports(&mut reader, &(text + &line(&gsa)));
        reader.flush(&mut |report| all.push(report));
        let told = all.iter().any(|report| report.sky.is_some());
        assert_eq!(told, is_another, "{second}");
    }
}

#[test]
fn a_system_that_is_told_no_more_is_gone_after_a_while() {
    let by_clock = |second: usize| RMC.replace("120001", &format!("1200{second:02}"));
    let without = |_| "GPGGA,,4807.0380,N,01131.0000,E,1,08,0.9,545.4,M,46.9,M,,".to_owned();
    let epochs: [(&dyn Fn(usize) -> String, usize); 2] = [(&by_clock, 15), (&without, 100)];
    for (epoch, kept) in epochs {
        let told = |last: usize| {
            let gps = "GPGSV,1,1,01,05,40,083,40".to_owned();
            let glonass = "GLGSV,1,1,01,66,40,083,40".to_owned();
            let mut sentences = vec![epoch(0), glonass, gps.clone()];
            sentences.extend((1..=last).flat_map(|number| [epoch(number), gps.clone()]));
            names(&satellites(
                &sentences.iter().map(String::as_str).collect::<Vec<_>>(),
            ))
        };
        assert_eq!(told(kept), ["G05", "R02"]);
        assert_eq!(told(kept + 1), ["G05"]);
        assert_eq!(told(kept + 2), ["G05"]);
    }
}

#[test]
fn what_is_used_is_told_anew_for_each_epoch() {
    let used = used(&[
        "GPGSV,1,1,02,05,40,083,40,07,17,308,41",
        RMC,
        "GPGSA,A,3,05,,,,,,,,,,,,1.8,0.9,1.5",
        "GPRMC,120002.00,A,4807.0380,N,01131.0000,E,0.0,,230326,,,A",
        "GPGSA,A,3,07,,,,,,,,,,,,1.8,0.9,1.5",
    ]);
    assert_eq!(used, ["G07"]);
}

#[test]
fn a_number_that_one_system_uses_is_not_used_of_the_others() {
    let used = used(&[
        "GPGSV,1,1,02,05,40,083,40,33,17,308,41",
        "GLGSV,1,1,01,69,40,083,40",
        "GAGSV,1,1,01,05,40,083,40",
        "GBGSV,1,1,01,264,40,083,40",
        RMC,
        "GNGSA,A,3,05,,,,,,,,,,,,1.8,0.9,1.5,3",
        "GNGSA,A,3,33,,,,,,,,,,,,1.8,0.9,1.5,1",
        "GNGSA,A,3,264,,,,,,,,,,,,1.8,0.9,1.5,4",
    ]);
    assert_eq!(used, ["S20", "E05"]);
}

#[test]
fn gsa_without_a_system_is_matched_with_what_is_in_view() {
    let text = [
        "GPGSV,1,1,02,04,40,083,46,05,17,308,41",
        "GAGSV,1,1,02,04,40,083,46,11,17,308,41",
        "GNRMC,120001.00,A,4807.0380,N,01131.0000,E,0.0,,230326,,,A",
        "GNGSA,A,3,05,,,,,,,,,,,,1.8,0.9,1.5",
        "GNGSA,A,3,04,11,,,,,,,,,,,1.8,0.9,1.5",
    ];
    assert_eq!(used(&text), ["G05", "E04", "E11"]);
    // A system is told once.
    let text = [
        "GPGSV,1,1,02,05,40,083,46,06,17,308,41",
        "GAGSV,1,1,01,05,40,083,46",
        RMC,
        "GNGSA,A,3,05,06,,,,,,,,,,,1.8,0.9,1.5",
        "GNGSA,A,3,05,,,,,,,,,,,,1.8,0.9,1.5",
    ];
    assert_eq!(used(&text), ["G05", "G06", "E05"]);
    // These numbers are those of SBAS, whatever Galileo has in view.
    let text = [
        "GPGSV,1,1,02,05,40,083,46,133,30,200,38",
        "GAGSV,1,1,02,33,40,083,46,34,17,308,41",
        RMC,
        "GNGSA,A,3,05,,,,,,,,,,,,1.8,0.9,1.5",
        "GNGSA,A,3,133,134,,,,,,,,,,,1.8,0.9,1.5",
    ];
    assert_eq!(used(&text), ["G05", "S33"]);
}

#[test]
fn midnight_and_a_leap_second_lead_into_the_next_day() {
    let text = [
        "GPRMC,235959.00,A,4807.0380,N,01131.0000,E,0.0,,311216,,,A",
        "GPGGA,235960.00,4807.0380,N,01131.0000,E,1,08,0.9,545.4,M,46.9,M,,",
        "GPGGA,000001.00,4807.0380,N,01131.0000,E,1,08,0.9,545.4,M,46.9,M,,",
    ];
    let times: Vec<String> = read(&text.map(line).concat())
        .iter()
        .filter_map(|report| report.fix?.time)
        .map(|time| time.to_string())
        .collect();
    assert_eq!(
        times,
        [
            "2016-12-31T23:59:59Z",
            "2017-01-01T00:00:00Z",
            "2017-01-01T00:00:01Z"
        ]
    );
}

proptest::proptest! {
    #[test]
    fn any_bytes_in_any_pieces_are_read_alike(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400), cut in 1_usize..40) {
        let count = |cut| {
            let mut reader = Reader::default();
            let mut all = Vec::new();
            for piece in bytes.chunks(cut) {
                reader.push(piece, &mut |report| all.push(report));
            }
            reader.flush(&mut |report| all.push(report));
            (all, reader.counts())
        };
        proptest::prop_assert_eq!(count(cut), count(bytes.len().max(1)));
    }
}

#[test]
fn everybody_who_speaks_is_known() {
    use Constellation as C;
    for (raw, talker) in [
        (b"GP", Talker::Of(C::Gps)),
        (b"GL", Talker::Of(C::Glonass)),
        (b"GA", Talker::Of(C::Galileo)),
        (b"GB", Talker::Of(C::BeiDou)),
        (b"BD", Talker::Of(C::BeiDou)),
        (b"GQ", Talker::Of(C::Qzss)),
        (b"QZ", Talker::Of(C::Qzss)),
        (b"PQ", Talker::Of(C::Qzss)),
        (b"GI", Talker::Of(C::NavIc)),
        (b"GN", Talker::Mixed),
        (b"II", Talker::Mixed),
    ] {
        assert_eq!(Talker::from_raw(*raw), talker);
    }
}

/// The fixes of a stream, a pause after each of its epochs.
fn fixes<const N: usize>(epochs: [&[&str]; N]) -> [Fix; N] {
    let mut reader = Reader::default();
    epochs.map(|sentences| {
        let text: String = sentences.iter().map(|body| line(body)).collect();
        let mut all = reports(&mut reader, &text);
        reader.flush(&mut |report| all.push(report));
        let mut fixes = all.iter().filter_map(|report| report.fix);
        let fix = fixes.next().expect("a fix");
        assert_eq!(fixes.next(), None, "{sentences:?}");
        fix
    })
}

const RMC: &str = "GPRMC,120001.00,A,4807.0380,N,01131.0000,E,0.0,,230326,,,A";

#[test]
fn without_a_gsa_the_altitude_says_what_kind_of_fix_it_is() {
    let [high, flat, bare] = fixes([
        &["GPGGA,120001.00,4807.0380,N,01131.0000,E,1,08,0.9,545.4,M,46.9,M,,"],
        &["GPGGA,120002.00,4807.0380,N,01131.0000,E,1,08,0.9,,M,,M,,"],
        &["GPRMC,120003.00,A,4807.0380,N,01131.0000,E,0.0,,230326,,,A"],
    ]);
    assert_eq!(
        (high.mode, flat.mode, bare.mode),
        (Mode::ThreeD, Mode::TwoD, Mode::TwoD)
    );
    assert_eq!((high.dop.hdop, bare.dop.hdop), (Some(0.9), None));
}

#[test]
fn a_dilution_that_stands_for_unknown_is_not_shown() {
    for (said, shown) in [
        ("0.9", Some(0.9)),
        ("98.9", Some(98.9)),
        ("0.0", None),
        ("99.0", None),
        ("99.99", None),
        ("", None),
    ] {
        let gga = format!("GPGGA,120001.00,4807.0380,N,01131.0000,E,1,08,{said},545.4,M,46.9,M,,");
        assert_eq!(fixes([&[&gga]])[0].dop.hdop, shown, "{said}");
        let gns = format!("GNGNS,120001.00,4807.0380,N,01131.0000,E,AN,07,{said},111.5,45.6,,,V");
        assert_eq!(fixes([&[&gns]])[0].dop.hdop, shown, "{said}");
    }
}

#[test]
fn each_constellation_says_its_mode_and_the_best_of_an_epoch_counts() {
    let gsa = |mode| format!("GPGSA,A,{mode},04,05,06,,,,,,,,,,1.8,0.9,1.5");
    let [one, two, three] = [gsa(1), gsa(2), gsa(3)];
    // None of these has an altitude.
    let [best, next, flat] = fixes([
        &[RMC, &three, &one],
        &[
            "GPRMC,120002.00,A,4807.0380,N,01131.0000,E,0.0,,230326,,,A",
            &two,
        ],
        &[
            "GPGGA,120003.00,4807.0380,N,01131.0000,E,1,03,0.9,545.4,M,46.9,M,,",
            &two,
        ],
    ]);
    assert_eq!(best.mode, Mode::ThreeD);
    assert_eq!(next.mode, Mode::TwoD, "that of the epoch before is over");
    assert_eq!(flat.mode, Mode::TwoD, "the altitude is an old one then");
}

#[test]
fn a_receiver_that_stops_saying_its_mode_has_none_after_a_while() {
    let mut reader = Reader::default();
    let mut modes = Vec::new();
    for second in 0..50 {
        let mut text = line(&format!(
            "GPRMC,1200{second:02}.00,A,4807.0380,N,01131.0000,E,0.0,,230326,,,A"
        ));
        if second == 0 || second == 20 {
            text += &line("GPGSA,A,3,04,05,06,,,,,,,,,,1.8,0.9,1.5");
        }
        let mut all = reports(&mut reader, &text);
        reader.flush(&mut |report| all.push(report));
        // With a sentence that it did not have before, a second is told a second time.
        modes.extend(
            all.iter()
                .rev()
                .find_map(|report| report.fix)
                .map(|fix| fix.mode),
        );
    }
    assert_eq!(modes.len(), 50);
    assert_eq!(modes.first(), Some(&Mode::ThreeD));
    assert_eq!(modes.get(1), Some(&Mode::ThreeD), "not every epoch has one");
    assert_eq!(modes.get(15), Some(&Mode::TwoD));
    assert_eq!(modes.get(22), Some(&Mode::ThreeD), "it says it again");
    assert_eq!(modes.last(), Some(&Mode::TwoD));
}

#[test]
fn climbing_is_told_over_midnight_and_not_over_a_gap() {
    let gga = |time: &str, altitude: &str| {
        format!("GPGGA,{time},4807.0380,N,01131.0000,E,1,08,0.9,{altitude},M,46.9,M,,")
    };
    let epochs = [
        gga("235958.50", "500.0"),
        gga("235959.50", "502.0"),
        gga("000000.00", "501.0"),
        gga("000005.00", "511.0"),
        gga("000010.10", "521.0"),
    ];
    let [first, up, midnight, slow, gap] = fixes(
        [0, 1, 2, 3, 4]
            .map(|at| [epochs[at].as_str()])
            .each_ref()
            .map(|e| &e[..]),
    );
    assert_eq!(first.climb_mps, None);
    assert_eq!(up.climb_mps, Some(2.0));
    assert_eq!(midnight.climb_mps, Some(-2.0));
    assert_eq!(slow.climb_mps, Some(2.0), "five seconds");
    assert_eq!(gap.climb_mps, None, "more than five");
    // A clock that stands still says nothing of how fast.
    let [low, high] = ["500.0", "502.0"].map(|altitude| gga("", altitude));
    let [_, still] = fixes([&[&low, RMC], &[&high, RMC]]);
    assert_eq!((still.altitude_msl_m, still.climb_mps), (Some(502.0), None));
}

#[test]
fn a_receiver_without_a_clock_tells_each_of_its_fixes() {
    let gga = line("GPGGA,,4807.0380,N,01131.0000,E,1,08,0.9,545.4,M,46.9,M,,");
    let all = read(&gga.repeat(3));
    assert_eq!(all.iter().filter(|report| report.fix.is_some()).count(), 3);
}

#[test]
fn how_a_position_was_come_by_is_told_also_before_there_is_one() {
    for (letter, quality) in [
        ("A", Quality::Autonomous),
        ("D", Quality::Differential),
        ("F", Quality::FloatRtk),
        ("R", Quality::FixedRtk),
        ("E", Quality::Estimated),
        ("M", Quality::Manual),
        ("S", Quality::Simulated),
        ("N", Quality::Unknown),
    ] {
        let rmc = format!("GPRMC,120001.00,A,4807.0380,N,01131.0000,E,0.0,,230326,,,{letter}");
        assert_eq!(fixes([&[&rmc]])[0].quality, quality, "{letter}");
        let nowhere = format!("GPRMC,120001.00,V,,,,,,,230326,,,{letter}");
        assert_eq!(fixes([&[&nowhere]])[0].quality, quality, "{letter}");
    }
    for (number, quality) in [
        (1, Quality::Autonomous),
        (2, Quality::Differential),
        (3, Quality::Unknown),
        (4, Quality::FixedRtk),
        (5, Quality::FloatRtk),
        (6, Quality::Estimated),
        (7, Quality::Manual),
        (8, Quality::Simulated),
        (9, Quality::Unknown),
    ] {
        let gga =
            format!("GPGGA,120001.00,4807.0380,N,01131.0000,E,{number},08,0.9,545.4,M,46.9,M,,");
        let [fix] = fixes([&[&gga]]);
        assert_eq!((fix.quality, fix.position.is_some()), (quality, true));
        // RMC says "autonomous", which counts where GGA has no word for it.
        let both = match quality {
            Quality::Unknown => Quality::Autonomous,
            known => known,
        };
        assert_eq!(fixes([&[&gga, RMC]])[0].quality, both, "{number}");
    }
}

#[test]
fn one_sentence_that_knows_of_no_fix_is_believed() {
    let gga = |quality| {
        format!("GPGGA,120001.00,4807.0380,N,01131.0000,E,{quality},08,0.9,545.4,M,46.9,M,,")
    };
    let invalid = RMC.replace(",A,4807", ",V,4807");
    let gns =
        |modes| format!("GNGNS,120001.00,4807.0380,N,01131.0000,E,{modes},07,0.9,111.5,45.6,,,V");
    let is_there = |sentences: &[&str]| fixes([sentences])[0].position.is_some();
    assert!(is_there(&[&gga(1), RMC]));
    assert!(!is_there(&[&gga(0), RMC]));
    assert!(!is_there(&[&gga(1), &invalid]));
    assert!(!is_there(&[&gns("NN"), RMC]));
    // A GNS counts its constellations, GGA the position itself.
    assert!(is_there(&[&gns("NN"), &gga(1)]));
    assert!(is_there(&[&gns("AN")]));
    assert!(is_there(&[&gns("PN")]), "the precise service");
}

#[test]
fn the_error_is_the_receivers_own_or_that_of_its_geometry() {
    let gga = |quality| {
        format!("GPGGA,120001.00,4807.0380,N,01131.0000,E,{quality},08,1.0,545.4,M,46.9,M,,")
    };
    let gsa = "GPGSA,A,3,04,05,06,,,,,,,,,,2.0,1.0,2.0";
    let error = |sentences: &[&str]| fixes([sentences])[0].error;
    let own = error(&[&gga(1), gsa, "GPGST,120001.00,1.5,4.0,2.0,45.0,3.0,4.0,6.0"]);
    assert_eq!((own.horizontal_m, own.vertical_m), (Some(5.0), Some(6.0)));
    assert_eq!(own.confidence_percent, Some(39.35));
    assert!(own.ellipse.is_some());
    let plain = error(&[&gga(1), gsa]);
    assert_eq!(
        (plain.horizontal_m, plain.vertical_m),
        (Some(19.0), Some(46.0))
    );
    assert_eq!(
        (plain.confidence_percent, plain.ellipse),
        (Some(95.0), None)
    );
    let better = error(&[&gga(2), gsa]);
    assert_eq!(
        (better.horizontal_m, better.vertical_m),
        (Some(4.75), Some(11.5))
    );
    // Without a height there is no error of it.
    let flat = error(&[&gga(1), "GPGSA,A,2,04,05,06,,,,,,,,,,2.0,1.0,2.0"]);
    assert_eq!((flat.horizontal_m, flat.vertical_m), (Some(19.0), None));
}
