//! The notations: known places, the odd corners, and back again.

use proptest::prelude::*;

use super::*;

fn at(lat: f64, lon: f64) -> Position {
    Position::new(lat, lon).unwrap()
}

fn table(notation: Notation, places: &[(f64, f64, &str)]) {
    for (lat, lon, text) in places {
        assert_eq!(notation.write(at(*lat, *lon)), *text, "{lat} {lon}");
    }
}

#[test]
fn degrees_carry_into_minutes_and_never_show_sixty_seconds() {
    table(
        Notation::Dms,
        &[
            (48.137_154, 11.576_124, "48°08'13.8\"N 11°34'34.0\"E"),
            (-0.999_999_9, -179.999_999_9, "1°00'00.0\"S 180°00'00.0\"W"),
            (-0.000_000_1, 0.0, "0°00'00.0\"N 0°00'00.0\"E"),
        ],
    );
    table(
        Notation::Dd,
        &[
            (48.137_154, 11.576_124, "48.137154, 11.576124"),
            (-0.000_000_1, -90.0, "0.000000, -90.000000"),
        ],
    );
}

#[test]
fn the_grids_know_norway_svalbard_and_the_poles() {
    table(
        Notation::Mgrs,
        &[
            (40.748_333, -73.985_278, "18T WL 85664 11315"),
            // Bergen is in 32V, not in 31V; Longyearbyen in 33X, not in 32X or 34X.
            (60.39, 5.32, "32V KN 97230 00510"),
            (78.22, 15.65, "33X WG 14813 83004"),
            (-33.856_784, 151.215_297, "56H LH 34900 52290"),
            (-89.5, 10.0, "B AN 09639 54668"),
            (90.0, 0.0, "Z AH 00000 00000"),
            (-90.0, 0.0, "B AN 00000 00000"),
        ],
    );
    assert!(Notation::Utm.write(at(75.0, 8.9)).starts_with("31X "));
    assert!(Notation::Utm.write(at(75.0, 9.0)).starts_with("33X "));
    table(
        Notation::Utm,
        &[
            (40.748_333, -73.985_278, "18T 585664 4511315"),
            (90.0, 0.0, "Z 2000000 2000000"),
        ],
    );
}

/// From the reference implementation's test data (`encoding.csv`).
#[test]
fn plus_codes_are_those_of_the_reference() {
    table(
        Notation::Plus,
        &[
            (47.000_062_5, 8.000_062_5, "8FVC2222+22"),
            (-41.273_062_5, 174.785_937_5, "4VCPPQGP+Q9"),
            (-89.999_937_5, -179.999_937_5, "22222222+22"),
            (0.5, 179.5, "6VGXGG22+22"),
            (1.0, 1.0, "6FH32222+22"),
            // The pole is in the last cell, the date line in the first.
            (90.0, 1.0, "CFX3X2X2+X2"),
            (1.0, 180.0, "62H22222+22"),
        ],
    );
}

#[test]
fn locators_of_known_stations_come_out() {
    table(
        Notation::Maidenhead,
        &[
            // Munich; W1AW in Newington; the corners.
            (48.146_66, 11.608_33, "JN58td25"),
            (41.714_775, -72.727_260, "FN31pr21"),
            (90.0, 180.0, "RR99xx99"),
            (-90.0, -180.0, "AA00aa00"),
        ],
    );
}

#[test]
fn links_have_points_and_no_locale() {
    let place = at(-33.856_784, 151.215_297);
    assert_eq!(link::geo(place, None, None), "geo:-33.856784,151.215297");
    assert_eq!(
        link::geo(place, Some(12.34), Some(4.6)),
        "geo:-33.856784,151.215297,12.3;u=5"
    );
    assert_eq!(
        link::open_street_map(place),
        "https://www.openstreetmap.org/?mlat=-33.856784&mlon=151.215297#map=17/-33.856784/151.215297"
    );
}

proptest! {
    #[test]
    fn a_grid_reference_leads_back_to_its_square(lat in -90.0..=90.0_f64, lon in -180.0..=180.0_f64) {
        let place = at(lat, lon);
        let text = grid::mgrs(place).replace(' ', "");
        let back = text.parse::<mgrs_convert::Mgrs>().unwrap().to_latlon();
        let (north, east) = at(back.lat(), back.lon()).metres_from(place);
        // The middle of a square of one metre, and a grid's scale and turn; at the poles
        // longitudes mean nothing.
        prop_assert!(north.hypot(east) < 1.0, "{text}: {north} {east}");
        prop_assert!(!grid::utm(place).is_empty());
    }

    #[test]
    fn a_plus_code_is_the_cell_that_the_place_is_in(lat in -90.0..90.0_f64, lon in -180.0..180.0_f64) {
        let digits: Vec<f64> = plus_code::write(at(lat, lon))
            .bytes()
            .filter_map(|b| b"23456789CFGHJMPQRVWX".iter().position(|d| *d == b))
            .map(|digit| digit as f64)
            .collect();
        let (mut south, mut west, mut size) = (-90.0, -180.0, 20.0);
        for pair in digits.chunks(2) {
            south += pair[0] * size;
            west += pair[1] * size;
            size /= 20.0;
        }
        let cell = size * 20.0 + 1e-9;
        prop_assert!((-1e-9..cell).contains(&(lat - south)), "{} {south}", lat);
        prop_assert!((-1e-9..cell).contains(&(lon - west)), "{} {west}", lon);
    }

    #[test]
    fn a_locator_is_the_field_that_the_place_is_in(lat in -90.0..90.0_f64, lon in -180.0..180.0_f64) {
        let text = maidenhead::write(at(lat, lon)).to_ascii_uppercase();
        let value = |at: usize| {
            let b = text.as_bytes()[at];
            f64::from(if b.is_ascii_digit() { b - b'0' } else { b - b'A' })
        };
        let west = -180.0 + value(0) * 20.0 + value(2) * 2.0 + value(4) / 12.0 + value(6) / 120.0;
        let south = -90.0 + value(1) * 10.0 + value(3) + value(5) / 24.0 + value(7) / 240.0;
        prop_assert!((-1e-9..1.0 / 120.0 + 1e-9).contains(&(lon - west)));
        prop_assert!((-1e-9..1.0 / 240.0 + 1e-9).contains(&(lat - south)));
    }

    #[test]
    fn degrees_minutes_seconds_lead_back_to_the_place(lat in -90.0..=90.0_f64, lon in -180.0..=180.0_f64) {
        let text = dms::write(at(lat, lon));
        let mut back = text.split(' ').map(|part| {
            let numbers: Vec<f64> = part
                .split(|c: char| !(c.is_ascii_digit() || c == '.'))
                .filter_map(|n| n.parse().ok())
                .collect();
            let degrees = numbers[0] + numbers[1] / 60.0 + numbers[2] / 3600.0;
            if part.ends_with(['S', 'W']) { -degrees } else { degrees }
        });
        prop_assert!((back.next().unwrap() - lat).abs() < 0.051 / 3600.0);
        prop_assert!((back.next().unwrap() - lon).abs() < 0.051 / 3600.0);
    }
}
