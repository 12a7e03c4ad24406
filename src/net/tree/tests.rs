use std::collections::HashMap;

use proptest::prelude::*;
use serde::Serialize;
use zbus::{DynamicType, Message, ObjectPath, Variant};

use super::wanted::{ACCESS_POINT, CONNECTION, DEVICE, PROFILE, WIFI};
use super::*;

type Map<'a> = HashMap<&'a str, Variant<'a>>;

const DEVICE_1: &str = "/org/freedesktop/NetworkManager/Devices/1";
const PROFILE_1: &str = "/org/freedesktop/NetworkManager/Settings/1";

fn body<B: Serialize + DynamicType>(body: &B) -> Body {
    let call = Message::method_call("/", "Test");
    call.build(body).unwrap().body()
}

fn path(path: &str) -> ObjectPath<'_> {
    ObjectPath::try_from(path).unwrap()
}

fn tree(objects: Vec<(&str, Vec<(&str, Map<'_>)>)>) -> Tree {
    let all: HashMap<_, HashMap<_, _>> = objects
        .into_iter()
        .map(|(p, interfaces)| (path(p), interfaces.into_iter().collect()))
        .collect();
    Tree::of(&body(&all)).unwrap()
}

fn device(state: u32) -> Map<'static> {
    HashMap::from([
        ("Interface", Variant::new("wlan0")),
        ("State", Variant::new(state)),
        ("StateReason", Variant::new((state, 8_u32))),
        ("Mtu", Variant::new(1500_u32)),
    ])
}

#[test]
fn what_somebody_reads_is_taken_in_and_the_rest_is_skipped() {
    let point: Map<'_> = HashMap::from([
        ("Ssid", Variant::new(b"caf\xc3".to_vec())),
        ("Strength", Variant::new(70_u8)),
        ("Mode", Variant::new(2_u32)),
    ]);
    let tree = tree(vec![
        (
            DEVICE_1,
            vec![(DEVICE, device(100)), ("org.example.Else", device(1))],
        ),
        ("/ap/1", vec![(ACCESS_POINT, point)]),
        ("/else", vec![("org.example.Else", device(1))]),
    ]);
    let seen = tree.object(DEVICE_1).unwrap().get(DEVICE);
    assert_eq!(seen.text("Interface").map(|t| &**t), Some("wlan0"));
    assert_eq!(seen.number::<u32>("State"), Some(100));
    assert_eq!(
        seen.list("StateReason"),
        [Value::Number(100), Value::Number(8)]
    );
    assert_eq!(seen.value("Mtu"), None);
    let point = tree.object("/ap/1").unwrap().get(ACCESS_POINT);
    assert_eq!(point.bytes("Ssid"), Some(b"caf\xc3".as_slice()));
    assert_eq!(tree.object("/else"), None);
    assert_eq!(tree.with(DEVICE).count(), 1);
}

#[test]
fn a_value_of_another_type_is_not_there() {
    let odd: Map<'_> = HashMap::from([
        ("Interface", Variant::new(7_u32)),
        ("State", Variant::new("100")),
        ("Autoconnect", Variant::new(1_u8)),
        ("StateReason", Variant::new(1.5)),
        ("ActiveConnection", Variant::new(Variant::new(path("/a")))),
    ]);
    let tree = tree(vec![(DEVICE_1, vec![(DEVICE, odd)])]);
    let seen = tree.object(DEVICE_1).unwrap().get(DEVICE);
    assert_eq!(seen.text("Interface"), None);
    assert_eq!(seen.number::<u32>("State"), None);
    assert_eq!(seen.flag("Autoconnect"), None);
    assert!(seen.list("StateReason").is_empty());
    // A variant in a variant is what is in it.
    assert_eq!(seen.path("ActiveConnection").map(|p| &**p), Some("/a"));
    // Numbers that do not fit are not there either.
    assert_eq!(Value::Number(300).number::<u8>(), None);
    assert_eq!(Value::Number(-1).number::<u32>(), None);
}

#[test]
fn a_changed_property_is_news_only_when_it_is_another_value() {
    let mut tree = tree(vec![(DEVICE_1, vec![(DEVICE, device(30))])]);
    let mut change = |at: &str, name: &str, value: u32, gone: &[&str]| {
        let changed: Map<'_> = HashMap::from([(name, Variant::new(value))]);
        tree.properties_changed(at, &body(&(DEVICE, changed, gone)))
    };
    assert!(change(DEVICE_1, "State", 40, &[]));
    assert!(!change(DEVICE_1, "State", 40, &[]));
    assert!(!change(DEVICE_1, "Mtu", 9000, &[]), "nobody reads it");
    assert!(
        !change("/nobody", "State", 1, &[]),
        "there is no such object"
    );
    assert!(change(DEVICE_1, "Mtu", 9000, &["Interface"]));
    let seen = tree.object(DEVICE_1).unwrap().get(DEVICE);
    assert_eq!(seen.number::<u32>("State"), Some(40));
    assert_eq!(seen.text("Interface"), None);
    assert_eq!(tree.object("/nobody"), None);
}

fn settings(name: &str) -> HashMap<&str, Map<'_>> {
    let connection = HashMap::from([("id", Variant::new(name))]);
    let ipv4 = HashMap::from([("method", Variant::new("auto"))]);
    HashMap::from([(CONNECTION, connection), ("ipv4", ipv4)])
}

#[test]
fn a_profile_comes_with_its_settings_and_they_go_with_it() {
    let mut tree = Tree::default();
    let unsaved: Map<'_> = HashMap::from([("Unsaved", Variant::new(false))]);
    let interfaces = HashMap::from([(PROFILE, unsaved)]);
    let added = tree.interfaces_added(&body(&(path(PROFILE_1), interfaces)));
    assert_eq!(added.as_deref(), Some(PROFILE_1));
    let mut with_wifi = settings("Home");
    with_wifi.insert(WIFI, HashMap::from([("hidden", Variant::new(true))]));
    tree.put_settings(PROFILE_1, &body(&with_wifi));
    let seen = tree.object(PROFILE_1).unwrap();
    assert_eq!(seen.get(CONNECTION).text("id").map(|t| &**t), Some("Home"));
    assert_eq!(seen.get(WIFI).flag("hidden"), Some(true));
    // A setting that is gone from the profile is gone here.
    tree.put_settings(PROFILE_1, &body(&settings("Away")));
    let seen = tree.object(PROFILE_1).unwrap();
    assert_eq!(seen.get(CONNECTION).text("id").map(|t| &**t), Some("Away"));
    assert!(!seen.has(WIFI));
    let gone = tree.interfaces_removed(&body(&(path(PROFILE_1), vec![PROFILE])), PROFILE);
    assert_eq!(gone.as_deref(), Some(PROFILE_1));
    assert!(tree.is_empty());
    // An answer that comes too late brings nothing back.
    tree.put_settings(PROFILE_1, &body(&settings("Away")));
    assert!(tree.is_empty());
}

/// Any value that D-Bus can carry, a few levels deep.
fn any_value() -> impl Strategy<Value = Variant<'static>> {
    let leaf = prop_oneof![
        any::<u8>().prop_map(Variant::new),
        any::<bool>().prop_map(Variant::new),
        any::<i16>().prop_map(Variant::new),
        any::<u32>().prop_map(Variant::new),
        any::<i64>().prop_map(Variant::new),
        any::<u64>().prop_map(Variant::new),
        any::<f64>().prop_map(Variant::new),
        "[^\u{0}]{0,8}".prop_map(Variant::new),
        Just(Variant::new(path("/a/b"))),
        prop::collection::vec(any::<u8>(), 0..8).prop_map(Variant::new),
        prop::collection::vec("[a-z]{0,4}", 0..4).prop_map(Variant::new),
        (any::<u32>(), any::<u32>()).prop_map(Variant::new),
        prop::collection::hash_map(any::<u32>(), any::<u32>(), 0..4).prop_map(Variant::new),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(Variant::new),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Variant::new),
            prop::collection::hash_map("[a-z]{1,4}", inner, 0..3).prop_map(Variant::new),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_a_service_says_is_read_or_left_out(
        which in 0..super::wanted::count(), value in any_value(), other in any_value(),
    ) {
        let (interface, properties) = super::wanted::at(which).unwrap();
        let filled: Map<'_> = properties
            .iter()
            .enumerate()
            .map(|(n, name)| (*name, if n % 2 == 0 { &value } else { &other }))
            .map(|(name, value)| (name, value.try_clone().unwrap()))
            .collect();
        let object = HashMap::from([(interface, filled)]);
        let manager: Map<'_> = HashMap::from([("State", value.try_clone().unwrap())]);
        let objects = HashMap::from([
            (path("/x"), object),
            (path(crate::net::read::MANAGER), HashMap::from([(super::wanted::NM, manager)])),
        ]);
        let tree = Tree::of(&body(&objects)).unwrap();
        prop_assert!(tree.object("/x").is_some());
        let snapshot = crate::net::read::snapshot(&tree, &tree);
        prop_assert_eq!(snapshot.service, crate::net::snapshot::Service::Running);
    }

    #[test]
    fn a_body_of_any_other_shape_changes_nothing(value in any_value()) {
        let mut tree = tree(vec![(DEVICE_1, vec![(DEVICE, device(30))])]);
        let before = tree.clone();
        let odd = body(&(value,));
        prop_assert!(!tree.properties_changed(DEVICE_1, &odd));
        prop_assert_eq!(tree.interfaces_added(&odd), None);
        prop_assert_eq!(tree.interfaces_removed(&odd, DEVICE), None);
        tree.put_settings(DEVICE_1, &odd);
        prop_assert_eq!(&tree, &before);
        prop_assert_eq!(Tree::of(&odd), None);
    }

    #[test]
    fn any_bytes_are_read_or_refused_and_reading_ends(
        bytes in prop::collection::vec(any::<u8>(), 0..200), is_little in any::<bool>(),
    ) {
        let mut reader = wire::Reader::of(&bytes, is_little);
        while reader.variant().is_some() {}
        let mut reader = wire::Reader::of(&bytes, is_little);
        while reader.skip_variant().is_some() {}
        let mut reader = wire::Reader::of(&bytes, is_little);
        let _ = reader.entries(|reader, _| reader.variant().map(drop));
    }

    #[test]
    fn a_value_is_stepped_over_exactly_and_read_in_either_byte_order(value in any_value()) {
        for endian in [zbus::wire::LE, zbus::wire::BE] {
            let context = zbus::wire::serialized::Context::new(endian, 0);
            let encoded = zbus::wire::to_bytes(context, &(&value, 7_u8)).unwrap();
            let is_little = endian == zbus::wire::Endian::Little;
            let mut reader = wire::Reader::of(encoded.bytes(), is_little);
            prop_assert!(reader.skip_variant().is_some());
            let mut same = wire::Reader::of(encoded.bytes(), is_little);
            prop_assert!(same.variant().is_some());
            // What is left is the byte behind it.
            prop_assert_eq!(reader.place() + 1, encoded.bytes().len());
            prop_assert_eq!(same.place(), reader.place());
        }
    }
}
