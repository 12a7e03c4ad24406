use super::*;
use crate::net::network::Key;
use crate::net::security::{Family, Security};
use crate::net::snapshot::{AccessPoint, Id, Snapshot};
use crate::net::visible::Rules;

fn point(name: &str, strength_percent: u8) -> AccessPoint {
    AccessPoint {
        id: Id::new(format!("/ap/{name}")),
        device: Id::new("/device/0"),
        ssid: name.into(),
        bssid: String::new(),
        strength_percent,
        frequency_mhz: 2412,
        max_bitrate_kbps: 0,
        security: Security::Wpa,
        last_seen_s: None,
    }
}

fn model(points: &[(&str, u8)]) -> Model {
    let snapshot = Snapshot {
        access_points: points.iter().map(|(name, s)| point(name, *s)).collect(),
        ..Snapshot::default()
    };
    Model::new(&snapshot, &Rules::default(), &Model::default())
}

fn row(name: &str) -> RowKey {
    RowKey::Network(Key {
        ssid: name.into(),
        family: Family::Password,
    })
}

fn names(rows: &Rows) -> Vec<String> {
    let name = |item: &Item| match item {
        Item::Row(RowKey::Network(key)) => key.ssid.text(),
        other => format!("{other:?}"),
    };
    rows.items.iter().map(name).collect()
}

fn anchors(name: &str) -> Anchors {
    Anchors {
        keys: vec![row(name)],
        bottom: 500.0,
    }
}

fn updated(rows: &mut Rows, before: &Model, now: &Model, hold: Hold, anchors: &Anchors) {
    rows.remember(before, now);
    rows.update(now, Shown::default(), hold, anchors);
    rows.place(|_| 0.0);
}

#[test]
fn rows_stay_while_somebody_chooses_and_settle_afterwards() {
    let first = model(&[("a", 90), ("b", 50), ("c", 20)]);
    let second = model(&[("c", 99), ("a", 40), ("d", 60)]);
    let mut rows = Rows::default();
    updated(
        &mut rows,
        &Model::default(),
        &first,
        Hold::Free,
        &Anchors::default(),
    );
    updated(&mut rows, &first, &second, Hold::Firm, &anchors("b"));
    assert_eq!(names(&rows), ["a", "b", "c", "d"]);
    assert!(rows.gone(&row("b")).is_some() && rows.waiting);
    updated(&mut rows, &second, &second, Hold::Free, &anchors("b"));
    assert_eq!(names(&rows), ["c", "d", "a"]);
    assert!(!rows.waiting);
}

#[test]
fn under_a_resting_pointer_only_the_other_rows_settle() {
    let first = model(&[("a", 90), ("b", 50), ("c", 40), ("d", 30)]);
    let swapped = model(&[("a", 90), ("b", 50), ("d", 45), ("c", 40)]);
    let mut rows = Rows::default();
    updated(
        &mut rows,
        &Model::default(),
        &first,
        Hold::Free,
        &Anchors::default(),
    );
    updated(&mut rows, &first, &swapped, Hold::Resting, &anchors("c"));
    assert_eq!(names(&rows), ["a", "b", "c", "d"], "c would move");
    updated(&mut rows, &first, &swapped, Hold::Resting, &anchors("a"));
    assert_eq!(names(&rows), ["a", "b", "d", "c"]);
}

#[test]
fn far_too_many_networks_are_folded_and_found_by_name() {
    let many: Vec<(String, u8)> = (0..300_u16)
        .map(|n| (format!("net {n:03}"), 100 - (n / 3) as u8))
        .collect();
    let points: Vec<_> = many.iter().map(|(name, s)| (name.as_str(), *s)).collect();
    let model = model(&points);
    let mut rows = Rows::default();
    rows.update(&model, Shown::default(), Hold::Free, &Anchors::default());
    assert_eq!(rows.items.len(), 21);
    assert_eq!(rows.items.last(), Some(&Item::Weaker(280)));
    let query = Shown {
        query: "net 29",
        ..Shown::default()
    };
    rows.update(&model, query, Hold::Free, &Anchors::default());
    assert_eq!(rows.items.len(), 10);
}

#[test]
fn a_network_has_one_row_however_it_is_heard() {
    assert_eq!(model(&[("x", 10), ("x", 80)]).entries.len(), 1);
}
