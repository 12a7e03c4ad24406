use std::collections::BTreeSet;

use super::*;

/// Keys that the documentation of Home Assistant has for every entity of these platforms.
const COMMON: &[&str] = &[
    "platform",
    "unique_id",
    "name",
    "icon",
    "availability",
    "availability_mode",
    "entity_category",
    "enabled_by_default",
    "json_attributes_topic",
    "json_attributes_template",
    "qos",
    "encoding",
];

/// Keys of one platform, and those that must be there.
fn documented(platform: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match platform {
        "sensor" => (
            &[
                "state_topic",
                "value_template",
                "device_class",
                "state_class",
                "options",
                "unit_of_measurement",
                "suggested_display_precision",
                "expire_after",
                "force_update",
            ],
            &["state_topic"],
        ),
        "binary_sensor" => (
            &[
                "state_topic",
                "value_template",
                "device_class",
                "payload_on",
                "payload_off",
                "off_delay",
                "expire_after",
                "force_update",
            ],
            &["state_topic"],
        ),
        "button" => (
            &[
                "command_topic",
                "command_template",
                "payload_press",
                "device_class",
                "retain",
            ],
            &["command_topic"],
        ),
        "number" => (
            &[
                "command_topic",
                "command_template",
                "state_topic",
                "value_template",
                "device_class",
                "unit_of_measurement",
                "min",
                "max",
                "step",
                "mode",
                "optimistic",
                "payload_reset",
                "retain",
            ],
            &["command_topic"],
        ),
        other => panic!("platform {other}"),
    }
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn the_announcement_has_only_fields_that_home_assistant_documents() {
    let topics = Topics::of("garden");
    let payload = payload("garden", &topics);
    assert_eq!(
        keys(&payload),
        BTreeSet::from(["device", "origin", "components"])
    );
    assert_eq!(payload["origin"]["name"], "barpop");
    assert_eq!(payload["device"]["identifiers"][0], "barpop_shutter_garden");
    let components = payload["components"].as_object().unwrap();
    assert_eq!(components.len(), 13);
    let mut ids = BTreeSet::new();
    for (name, entity) in components {
        let (optional, required) = documented(entity["platform"].as_str().unwrap());
        for key in keys(entity) {
            assert!(
                COMMON.contains(&key) || optional.contains(&key),
                "{name}: {key} is documented nowhere"
            );
        }
        for key in required {
            assert!(entity.get(key).is_some(), "{name} lacks {key}");
        }
        // Without an id an entity belongs to no device.
        assert!(ids.insert(entity["unique_id"].as_str().unwrap()), "{name}");
        assert_eq!(entity["availability"][0]["topic"], topics.availability());
        for each in entity["availability"].as_array().unwrap() {
            assert!(keys(each).is_subset(&BTreeSet::from(["topic", "value_template"])));
        }
        // A class of states has its options, and neither a unit nor a state class.
        if entity["device_class"] == "enum" {
            assert!(entity.get("options").is_some() && entity.get("state_class").is_none());
        }
        assert_ne!(entity["retain"], true, "{name}");
    }
}

#[test]
fn every_command_of_the_announcement_is_one_that_is_listened_for() {
    let topics = Topics::of("garden");
    let payload = payload("garden", &topics);
    let mut verbs: Vec<&str> = payload["components"]
        .as_object()
        .unwrap()
        .values()
        .filter_map(|entity| entity.get("command_topic"))
        .map(|topic| topics.verb(topic.as_str().unwrap()).unwrap().word())
        .collect();
    verbs.sort_unstable();
    assert_eq!(
        verbs,
        ["change", "pause", "resume", "snap", "start", "stop"]
    );
}

#[test]
fn the_topic_is_one_that_home_assistant_takes_whatever_the_camera_is_called() {
    for camera in ["garden", "Küche / Süd", "", "#+"] {
        let topic = topic("homeassistant", camera);
        let node = topic
            .strip_prefix("homeassistant/device/")
            .and_then(|rest| rest.strip_suffix("/config"))
            .unwrap();
        assert!(
            node.chars()
                .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)),
            "{node}"
        );
    }
    assert_eq!(payload(" ", &Topics::of(""))["device"]["name"], "Camera");
}
