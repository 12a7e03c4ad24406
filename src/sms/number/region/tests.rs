use super::*;
use phonenumber::metadata::DATABASE;
use phonenumber::{Mode, country};

fn region(id: &str) -> Option<Region> {
    Region::named(id)
}

#[test]
fn every_country_finds_its_mobile_numbers_as_its_people_write_them() {
    let mut checked = 0;
    let mut missed = Vec::new();
    for plan in &PLANS {
        let Some(metadata) = DATABASE.by_id(plan.0) else {
            panic!("{} is no region any more", plan.0);
        };
        assert_eq!(metadata.country_code(), plan.1, "{}", plan.0);
        let Ok(id) = plan.0.parse::<country::Id>() else {
            continue;
        };
        let descriptors = metadata.descriptors();
        for descriptor in [descriptors.mobile(), descriptors.fixed_line()]
            .into_iter()
            .flatten()
        {
            let Some(example) = descriptor.example().filter(|e| e.len() >= SHORT_CODE) else {
                continue;
            };
            let whole = format!("+{}{example}", plan.1);
            let number = phonenumber::parse(Some(id), &whole).unwrap();
            let national = number.format().mode(Mode::National).to_string();
            checked += 1;
            let sender = keys(&whole, None);
            if !keys(&national, region(plan.0))
                .iter()
                .any(|key| sender.contains(key))
            {
                missed.push(format!("{} {national} {whole}", plan.0));
            }
        }
    }
    assert!(checked > 400, "{checked}");
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_short_code_stays_what_it_is_in_every_country() {
    for plan in &PLANS {
        assert_eq!(keys("12345", region(plan.0)), ["12345"], "{}", plan.0);
    }
}

#[test]
fn what_people_write_is_understood() {
    for (id, written, number) in [
        ("DE", "0170 1234567", "+491701234567"),
        ("DE", "0049 (170) 12-34.567", "+491701234567"),
        ("DE", "491701234567", "+491701234567"),
        ("DK", "34 41 23 45", "+4534412345"),
        ("HU", "06 30 123 4567", "+36301234567"),
        ("RU", "8 912 345-67-89", "+79123456789"),
        ("RU", "912 345-67-89", "+79123456789"),
        ("IT", "06 1234 5678", "+390612345678"),
        ("US", "(212) 555-1234", "+12125551234"),
        ("US", "1-212-555-1234", "+12125551234"),
        ("US", "011 49 170 1234567", "+491701234567"),
        ("AR", "011 15 2345-6789", "+5491123456789"),
        ("BR", "0 21 11 96123-4567", "+5511961234567"),
        ("MX", "222 123 4567", "+5212221234567"),
    ] {
        let sender = keys(number, None);
        let spellings = keys(written, region(id));
        assert!(
            spellings.contains(&sender[0]),
            "{id} {written}: {spellings:?} {sender:?}"
        );
    }
    assert_eq!(keys("0170 1234567", None), ["01701234567"]);
    assert_eq!(keys("Vodafone", region("DE")), ["vodafone"]);
}

#[test]
fn the_country_is_known_from_the_network_the_own_number_and_the_name() {
    let id = |region: Option<Region>| region.map(Region::id);
    assert_eq!(id(Region::of_operator("26202")), Some("DE"));
    assert_eq!(id(Region::of_operator("310410123456789")), Some("US"));
    assert_eq!(id(Region::of_operator("001")), None);
    assert_eq!(id(Region::of_operator("")), None);
    assert_eq!(id(Region::of_number("+12125551234")), Some("US"));
    assert_eq!(id(Region::of_number("+447400123456")), Some("GB"));
    assert_eq!(id(Region::of_number("0170 1234567")), None);
    assert_eq!(id(Region::named("cz")), Some("CZ"));
    for entry in OPERATORS.as_bytes().chunks(5) {
        let entry = std::str::from_utf8(entry).unwrap();
        assert!(Region::of_operator(entry).is_some(), "{entry}");
    }
}

proptest::proptest! {
    #[test]
    fn no_address_breaks_it(address in "\\PC*", id in 0..PLANS.len()) {
        let _ = keys(&address, Some(Region(&PLANS[id])));
        let _ = (Region::of_operator(&address), Region::of_number(&address));
    }

    #[test]
    fn a_number_has_a_spelling_in_common_with_itself(digits in "[+0-9]{1,16}", id in 0..PLANS.len()) {
        let region = Some(Region(&PLANS[id]));
        proptest::prop_assert!(!keys(&digits, region).is_empty());
        proptest::prop_assert_eq!(keys(&digits, region), keys(&digits, region));
    }
}
