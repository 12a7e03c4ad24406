//! Lines of gpsd's versions, and what is wrong with some of them.

use super::super::fix::{Mode, Quality};
use super::*;

fn said(text: &str) -> Vec<Message> {
    let mut client = Client::default();
    let mut all = Vec::new();
    client.push(text.as_bytes(), &mut |message| all.push(message));
    all
}

fn fixes(text: &str) -> Vec<super::super::fix::Fix> {
    said(text)
        .into_iter()
        .filter_map(|message| match message {
            Message::Report(report) => report.fix,
            _ => None,
        })
        .collect()
}

#[test]
fn a_fix_of_a_new_and_of_an_old_gpsd_are_read() {
    let new = r#"{"class":"TPV","device":"/dev/pts/1","status":2,"mode":3,"time":"2026-11-24T12:00:01.250Z","leapseconds":18,"lat":48.137254000,"lon":11.576224000,"altHAE":592.3,"altMSL":545.4,"alt":545.4,"epx":9.3,"epy":12.1,"epv":34.5,"track":84.4,"magtrack":87.9,"speed":11.524,"climb":0.1,"eps":24.2,"geoidSep":46.9,"eph":17.1,"sep":34.2,"flux_capacitor":[1.21]}"#;
    let old = r#"{"class":"TPV","tag":"MID2","device":"/dev/pts/1","time":1290600001.25,"ept":0.005,"lat":48.137254,"lon":11.576224,"alt":545.4,"epx":3.0,"epy":4.0,"track":84.4,"speed":11.524,"mode":3}"#;
    let all = fixes(&format!("{new}\n{old}\n"));
    assert_eq!(all[0].time.unwrap().to_string(), "2026-11-24T12:00:01.25Z");
    assert_eq!(all[0].altitude_ellipsoid_m, Some(592.3));
    assert_eq!(all[0].error.horizontal_m, Some(17.1));
    assert_eq!(all[0].quality, Quality::Differential);
    assert_eq!(all[1].time.unwrap().to_string(), "2010-11-24T12:00:01.25Z");
    assert_eq!(
        (all[1].altitude_msl_m, all[1].error.horizontal_m),
        (Some(545.4), Some(5.0))
    );
}

#[test]
fn missing_and_wrong_fields_are_no_fields() {
    let all = fixes(concat!(
        r#"{"class":"TPV","lat":48.1,"lon":11.5}"#,
        "\n",
        r#"{"class":"TPV","mode":3,"lat":"48.1","lon":11.5}"#,
        "\n",
        r#"{"class":"TPV","mode":2,"lat":148.1,"lon":11.5}"#,
        "\n",
        r#"{"class":"TPV","mode":1,"lat":48.1,"lon":11.5,"time":"yesterday"}"#,
        "\n",
        r#"{"class":"TPV","mode":3,"lat":48.1,"lon":11.5,"speed":null,"alt":"high"}"#,
        "\n",
        "{\"class\":\"TPV\",\"mode\":3,\n",
        "not json\n",
        "[]\n",
        "{\"class\":7}\n",
        r#"{"class":"WHATEVER","mode":3}"#,
        "\n",
    ));
    let modes: Vec<Mode> = all.iter().map(|fix| fix.mode).collect();
    assert_eq!(
        modes,
        [Mode::TwoD, Mode::None, Mode::None, Mode::None, Mode::ThreeD]
    );
    assert_eq!(all[4].speed_mps, None);
}

#[test]
fn satellites_have_their_own_names_in_every_version() {
    let text = concat!(
        r#"{"class":"SKY","xdop":0.6,"hdop":0.9,"pdop":1.8,"vdop":1.5,"satellites":["#,
        r#"{"PRN":4,"el":40.0,"az":83.0,"ss":46.0,"used":true,"gnssid":0,"svid":4},"#,
        r#"{"PRN":4,"el":40.0,"az":83.0,"ss":31.0,"used":false,"gnssid":0,"svid":4,"sigid":6},"#,
        r#"{"PRN":33,"el":23,"az":211,"ss":40,"used":false,"gnssid":1,"svid":120},"#,
        r#"{"PRN":71,"el":52,"az":54,"ss":49,"used":false,"gnssid":2,"svid":1},"#,
        r#"{"PRN":303,"used":true,"gnssid":2,"svid":3},{"PRN":76,"used":true},{"PRN":133,"ss":1},"#,
        r#"{"PRN":0,"ss":12},{"ss":13},{"PRN":-3}]}"#,
        "\n",
        r#"{"class":"SKY","hdop":1.1}"#,
        "\n",
    );
    let skies: Vec<_> = said(text)
        .into_iter()
        .filter_map(|message| match message {
            Message::Report(report) => report.sky,
            _ => None,
        })
        .collect();
    let names: Vec<String> = skies[0]
        .satellites
        .iter()
        .map(|s| s.id.to_string())
        .collect();
    assert_eq!(names, ["G04", "S20", "S33", "E03", "R07", "R12"]);
    assert_eq!(skies[0].used(), Some(3));
    assert_eq!(skies[0].satellites[0].cn0_dbhz, Some(46.0));
    // The second one has only the geometry; the satellites stay.
    assert_eq!(skies[1].satellites, skies[0].satellites);
    assert_eq!(skies[1].dop.hdop, Some(1.1));
    assert_eq!(skies[1].dop.pdop, Some(1.8));
}

#[test]
fn every_systems_satellites_have_their_names_by_either_number() {
    for (number, name) in [
        (r#""gnssid":0,"svid":32"#, "G32"),
        (r#""gnssid":1,"svid":136"#, "S36"),
        (r#""gnssid":2,"svid":3"#, "E03"),
        (r#""gnssid":3,"svid":19"#, "C19"),
        (r#""gnssid":5,"svid":1"#, "J01"),
        (r#""gnssid":6,"svid":12"#, "R12"),
        (r#""gnssid":7,"svid":5"#, "I05"),
        (r#""gnssid":9,"svid":5,"PRN":301"#, "E01"),
        (r#""PRN":32"#, "G32"),
        (r#""PRN":40"#, "S27"),
        (r#""PRN":76"#, "R12"),
        (r#""PRN":136"#, "S36"),
        (r#""PRN":195"#, "J03"),
        (r#""PRN":219"#, "C19"),
        (r#""PRN":303"#, "E03"),
        (r#""PRN":419"#, "C19"),
    ] {
        let line = format!("{{\"class\":\"SKY\",\"satellites\":[{{{number},\"el\":-5}}]}}\n");
        let Some(Message::Report(report)) = said(&line).pop() else {
            panic!("a report");
        };
        let seen = report.sky.unwrap().satellites[0];
        assert_eq!(
            (seen.id.to_string().as_str(), seen.elevation_deg),
            (name, Some(-5.0)),
            "{number}"
        );
    }
}

#[test]
fn what_a_fix_leaves_out_is_told_by_the_rest() {
    let one = |said: &str| fixes(&format!("{{\"class\":\"TPV\",{said}}}\n"))[0];
    let high = one(r#""lat":1,"lon":2,"altMSL":100.5,"geoidSep":40.5"#);
    assert_eq!(
        (high.mode, high.altitude_ellipsoid_m),
        (Mode::ThreeD, Some(141.0))
    );
    assert_eq!(one(r#""lat":1,"lon":2,"alt":100"#).mode, Mode::ThreeD);
    let none = one(r#""mode":1,"time":"2026-11-24T12:00:01Z""#);
    assert!(none.mode == Mode::None && none.time.is_some());
    for (status, quality) in [
        (0, Quality::Unknown),
        (1, Quality::Autonomous),
        (2, Quality::Differential),
        (3, Quality::FixedRtk),
        (4, Quality::FloatRtk),
        (5, Quality::Estimated),
        (6, Quality::Estimated),
        (8, Quality::Simulated),
    ] {
        let fix = one(&format!("\"status\":{status},\"lat\":1,\"lon\":2"));
        assert_eq!(fix.quality, quality, "{status}");
    }
}

#[test]
fn a_second_receiver_without_a_fix_does_not_make_the_position_come_and_go() {
    let good = "{\"class\":\"TPV\",\"device\":\"/dev/a\",\"mode\":3,\"lat\":1,\"lon\":2}\n";
    let bad = "{\"class\":\"TPV\",\"device\":\"/dev/b\",\"mode\":1}\n";
    let other = "{\"class\":\"TPV\",\"device\":\"/dev/b\",\"mode\":2,\"lat\":3,\"lon\":4}\n";
    assert!(
        fixes(&[good, bad].concat().repeat(20))
            .iter()
            .all(|fix| fix.mode == Mode::ThreeD)
    );
    // Pulled out, or silent for long, the other one takes over.
    let gone = "{\"class\":\"DEVICE\",\"path\":\"/dev/a\",\"activated\":0}\n";
    assert_eq!(fixes(&[good, gone, other].concat()).len(), 2);
    assert_eq!(fixes(&format!("{good}{}", other.repeat(12))).len(), 3);
}

#[test]
fn the_satellites_shown_are_those_of_the_receiver_whose_fix_is_shown() {
    let fix = "{\"class\":\"TPV\",\"device\":\"/dev/a\",\"mode\":2,\"lat\":1,\"lon\":2}\n";
    let sky = "{\"class\":\"SKY\",\"device\":\"/dev/a\",\"satellites\":[{\"PRN\":4}]}\n";
    let of_other = sky.replace("/dev/a", "/dev/b");
    let of_none = sky.replace("\"device\":\"/dev/a\",", "");
    for (lines, skies) in [
        ([sky, ""], 1),
        ([fix, sky], 1),
        ([fix, &of_other], 0),
        ([fix, &of_none], 1),
    ] {
        let is_sky = |message: &Message| matches!(message, Message::Report(r) if r.sky.is_some());
        let shown = said(&lines.concat()).iter().filter(|m| is_sky(m)).count();
        assert_eq!(shown, skies, "{lines:?}");
    }
}

#[test]
fn a_line_may_come_in_pieces_and_one_without_an_end_is_not_gathered() {
    let release = |length| {
        format!(
            "{{\"class\":\"VERSION\",\"release\":\"{}\"}}\n",
            "3".repeat(length)
        )
    };
    // As long as the list of a hundred satellites, then one as only somebody else sends it.
    let text = [release(16_000), release(300_000), release(4)].concat();
    let mut client = Client::default();
    let mut lengths = Vec::new();
    for piece in text.as_bytes().chunks(1000) {
        client.push(piece, &mut |message| match message {
            Message::Version(release) => lengths.push(release.len()),
            other => panic!("{other:?}"),
        });
    }
    assert_eq!(lengths, [16_000, 4]);
}

#[test]
fn an_ellipse_goes_with_the_fix_of_its_time() {
    let all = fixes(concat!(
        r#"{"class":"GST","time":"2026-11-24T12:00:01.000Z","rms":2,"major":3.1,"minor":2.2,"orient":45.0,"lat":2,"lon":2,"alt":5}"#,
        "\n",
        r#"{"class":"TPV","mode":3,"time":"2026-11-24T12:00:01.000Z","lat":1,"lon":2}"#,
        "\n",
        r#"{"class":"TPV","mode":3,"time":"2026-11-24T12:00:09.000Z","lat":1,"lon":2}"#,
        "\n",
    ));
    assert_eq!(
        all[0].error.ellipse.map(|ellipse| ellipse.major_m),
        Some(3.1)
    );
    assert_eq!(all[1].error.ellipse, None);
}

#[test]
fn receivers_come_and_go_and_errors_are_told() {
    let all = said(concat!(
        r#"{"class":"VERSION","release":"3.22","rev":"3.22","proto_major":3,"proto_minor":14}"#,
        "\r\n",
        r#"{"class":"DEVICES","devices":[{"class":"DEVICE","path":"/dev/a","driver":"u-blox"}]}"#,
        "\r\n",
        r#"{"class":"DEVICES","devices":[]}"#,
        "\r\n",
        r#"{"class":"DEVICE","path":"/dev/a","activated":0}"#,
        "\r\n",
        r#"{"class":"DEVICE","path":"/dev/a","activated":"2026-11-24T12:00:01.000Z"}"#,
        "\r\n",
        r#"{"class":"ERROR","message":"Unrecognized request"}"#,
        "\r\n",
    ));
    let receiver = |text: &str| Message::Receivers(vec![text.to_owned()]);
    assert_eq!(
        all,
        [
            Message::Version("3.22".to_owned()),
            receiver("/dev/a (u-blox)"),
            Message::Receivers(Vec::new()),
            Message::Gone("/dev/a".to_owned()),
            receiver("/dev/a"),
            Message::Error("Unrecognized request".to_owned()),
        ]
    );
}

#[test]
fn an_address_is_read_as_people_write_it() {
    let shown = |text: &str| text.parse::<Address>().map(|address| address.to_string());
    let table = [
        ("gpsd://", "127.0.0.1:2947"),
        ("gpsd://pi", "pi:2947"),
        ("gpsd://pi/", "pi:2947"),
        ("gpsd://pi:3000", "pi:3000"),
        ("pi:3000", "pi:3000"),
        ("gpsd://[::1]:3000/dev/ttyUSB1", "[::1]:3000/dev/ttyUSB1"),
        ("gpsd://::1", "[::1]:2947"),
        ("gpsd:///run/gpsd.sock", "/run/gpsd.sock"),
    ];
    for (text, wanted) in table {
        assert_eq!(shown(text).as_deref(), Ok(wanted), "{text}");
    }
    for text in [
        "gpsd://pi:x",
        "gpsd://[::1",
        "gpsd://a b",
        "gpsd://pi:70000",
    ] {
        assert!(shown(text).is_err(), "{text}");
    }
    let address: Address = "gpsd://pi/dev/ttyS0".parse().unwrap();
    assert_eq!(
        Client::watch(&address),
        "?WATCH={\"device\":\"/dev/ttyS0\",\"enable\":true,\"json\":true};\n"
    );
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_no_trouble(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        let mut client = Client::default();
        client.push(&bytes, &mut |_| {});
        client.push(b"\n{\"class\":\"TPV\",\"mode\":1}\n", &mut |_| {});
    }
}
