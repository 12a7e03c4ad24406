//! The description against the code: every address, every field, both ways.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use super::*;
use crate::shutter::command::Change;
use crate::shutter::plan::{Bracket, Edge, Plan, Ramp, Sun, Window};
use crate::shutter::server::api;
use crate::shutter::snapshot::{Cause, Jitter, Shot, Snapshot};

/// A plan that has everything.
fn plan() -> Plan {
    Plan {
        start_at: "2026-11-29T20:15:00Z".parse().ok(),
        count: Some(500),
        bulb: Some(Duration::from_millis(2500)),
        mirror_lockup: Some(Duration::from_secs(2)),
        bracket: Some(Bracket {
            frames: 3,
            step_ev: 1.5,
            gap: Duration::from_secs(1),
        }),
        ramp: Some(Ramp {
            to: Duration::from_secs(5),
            over: Duration::from_secs(60),
            after: Duration::ZERO,
        }),
        windows: vec![Window {
            from: Edge::Sun {
                event: Sun::Sunset,
                offset_min: -30,
            },
            to: Edge::Clock("06:30:00".parse().unwrap()),
        }],
        ..Plan::default()
    }
}

fn snapshot() -> Snapshot {
    let at = "2026-11-29T20:15:00.123456Z".parse().ok();
    Snapshot {
        next_at: at,
        interval: Some(Duration::from_secs(10)),
        count: Some(500),
        eta: at,
        jitter_ms: Some(Jitter {
            p50: 0.1,
            p99: 0.4,
            max: 2.0,
        }),
        exposing_since: at,
        exposing_until: at,
        plan: Some(plan()),
        ended: Some(crate::shutter::snapshot::Ending::Failed),
        resumed_at: at,
        warning: Some("a warning".into()),
        history: vec![Shot {
            number: 1,
            cause: Cause::Snap,
            at: at.unwrap_or_default(),
            late_ms: -0.2,
            held: Duration::from_millis(100),
            problem: Some("a problem".into()),
        }],
        ..Snapshot::default()
    }
}

/// The fields that a schema names.
fn named(schema: &str) -> BTreeSet<String> {
    let all = schemas::all();
    let fields = all[schema]["properties"].as_object().unwrap();
    fields.keys().cloned().collect()
}

fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn every_address_is_described_and_every_description_is_an_address() {
    let described: BTreeSet<_> = OPERATIONS.iter().map(|o| (o.path, o.method)).collect();
    let answered: BTreeSet<_> = api::routes()
        .iter()
        .map(|(path, method, _)| (*path, *method))
        .collect();
    assert_eq!(described, answered);
}

#[test]
fn every_field_of_an_answer_is_described_and_every_described_field_is_there() {
    for snapshot in [snapshot(), Snapshot::default()] {
        let value = serde_json::to_value(&snapshot).unwrap();
        assert_eq!(check(&value, "Status"), Ok(()));
        assert_eq!(keys(&value), named("Status"));
    }
    let value = serde_json::to_value(snapshot()).unwrap();
    for (schema, part) in [
        ("Plan", &value["plan"]),
        ("Bracket", &value["plan"]["bracket"]),
        ("Ramp", &value["plan"]["ramp"]),
        ("Window", &value["plan"]["windows"][0]),
        ("Shot", &value["history"][0]),
        ("Jitter", &value["jitter_ms"]),
        ("Release", &value["release"]),
    ] {
        assert_eq!(keys(part), named(schema), "{schema}");
    }
}

#[test]
fn what_the_schema_lets_through_can_be_read_and_says_the_same() {
    let value = serde_json::to_value(plan()).unwrap();
    assert_eq!(check(&value, "Plan"), Ok(()));
    assert_eq!(serde_json::from_value::<Plan>(value).unwrap(), plan());
    for (change, text) in [
        (Change::default(), "{}"),
        (
            Change {
                count: Some(None),
                ..Change::default()
            },
            r#"{"count": null}"#,
        ),
        (
            Change {
                interval: Some(Duration::from_secs(2)),
                ..Change::default()
            },
            r#"{"interval_s": 2, "bulb_s": null}"#,
        ),
    ] {
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(check(&value, "Change"), Ok(()));
        assert_eq!(serde_json::from_value::<Change>(value).unwrap(), change);
    }
    let whole = json!({ "count": 5.0, "interval_s": 10.0, "bracket": { "frames": 3.0, "step_ev": 1, "gap_s": 1.0 } });
    assert_eq!(
        read::<Plan>(whole, "Plan").map(|plan| plan.count),
        Ok(Some(5))
    );
    for event in [
        "sunrise",
        "sunset",
        "civil_dawn",
        "civil_dusk",
        "astronomical_dawn",
        "astronomical_dusk",
    ] {
        let value = json!({ "sun": { "event": event } });
        assert_eq!(check(&value, "Edge"), Ok(()));
        assert!(serde_json::from_value::<Edge>(value).is_ok(), "{event}");
    }
    for time in [
        "2026-11-29T20:15:00Z",
        "2026-11-29t20:15:00.5z",
        "2026-11-29T20:15:00+05:30",
        "2026-11-29T23:59:60Z",
    ] {
        assert_eq!(
            check(&json!({ "start_at": time }), "Plan"),
            Ok(()),
            "{time}"
        );
        assert!(
            serde_json::from_value::<Plan>(json!({ "start_at": time })).is_ok(),
            "{time}"
        );
    }
}

#[test]
fn what_is_wrong_is_named_with_its_place_and_what_it_must_be() {
    for (value, schema, field, sentence) in [
        (json!(3), "Plan", "", "the body is 3; it must be an object"),
        (
            json!({ "interval": 3 }),
            "Plan",
            "interval",
            "there is no field 'interval'; there are ",
        ),
        (
            json!({ "interval_s": "10s" }),
            "Plan",
            "interval_s",
            "interval_s is '10s'; it must be a number from 0.1 to 359999",
        ),
        (
            json!({ "interval_s": 0 }),
            "Plan",
            "interval_s",
            "interval_s is 0; it must be a number from 0.1 to 359999",
        ),
        (
            json!({ "interval_s": -1 }),
            "Change",
            "interval_s",
            "interval_s is -1; it must be",
        ),
        (
            json!({ "interval_s": 1e300 }),
            "Plan",
            "interval_s",
            "interval_s is 1e+300; it must be",
        ),
        (
            json!({ "interval_s": null }),
            "Plan",
            "interval_s",
            "interval_s is null; it must be",
        ),
        (
            json!({ "count": 1.5 }),
            "Plan",
            "count",
            "count is 1.5; it must be a whole number from 1 to 4294967295",
        ),
        (
            json!({ "count": 0 }),
            "Plan",
            "count",
            "count is 0; it must be",
        ),
        (
            json!({ "bulb_s": 0 }),
            "Plan",
            "bulb_s",
            "bulb_s is 0; it must be a number from 0.01 to 359999",
        ),
        (
            json!({ "spacing": "wide" }),
            "Plan",
            "spacing",
            "spacing is 'wide'; it must be one of shot_to_shot, gap",
        ),
        (
            json!({ "start_at": "tomorrow" }),
            "Plan",
            "start_at",
            "start_at is 'tomorrow'; it must be a time like",
        ),
        (
            json!({ "start_at": "2026-11-29" }),
            "Plan",
            "start_at",
            "start_at is '2026-11-29'; it must be",
        ),
        (
            json!({ "start_at": "2026-11-29T20:15Z" }),
            "Plan",
            "start_at",
            "",
        ),
        (
            json!({ "start_at": "2026-13-29T20:15:00Z" }),
            "Plan",
            "start_at",
            "",
        ),
        (
            json!({ "bracket": { "frames": 3, "step_ev": 1 } }),
            "Plan",
            "bracket.gap_s",
            "bracket.gap_s is missing",
        ),
        (
            json!({ "bracket": { "frames": 10, "step_ev": 1, "gap_s": 0 } }),
            "Plan",
            "bracket.frames",
            "bracket.frames is 10; it must be a whole number from 2 to 9",
        ),
        (
            json!({ "windows": {} }),
            "Plan",
            "windows",
            "windows is an object; it must be a list",
        ),
        (
            json!({ "windows": [{ "from": { "clock": "25:00" }, "to": { "clock": "6:00" } }] }),
            "Plan",
            "windows.0.from.clock",
            "windows.0.from.clock is '25:00'; it must be a time of the day like 20:15",
        ),
        (
            json!({ "windows": [{ "from": { "clock": "2000" }, "to": 3 }] }),
            "Plan",
            "windows.0.from.clock",
            "",
        ),
        (
            json!({ "windows": [{ "from": { "sun": { "event": "noon" } }, "to": 3 }] }),
            "Plan",
            "windows.0.from.sun.event",
            "",
        ),
        (
            json!({ "windows": [{ "from": { "sun": { "event": "sunset", "offset_min": 721 } }, "to": 3 }] }),
            "Plan",
            "windows.0.from.sun.offset_min",
            "",
        ),
        (
            json!({ "windows": [{ "from": { "clock": "20:00", "sun": {} }, "to": 3 }] }),
            "Plan",
            "windows.0.from.clock",
            "there is no field 'clock'; there are sun",
        ),
    ] {
        let fault = check(&value, schema).unwrap_err();
        assert_eq!(fault.field, field, "{value}: {}", fault.sentence);
        assert!(
            fault.sentence.starts_with(sentence),
            "{value}: {}",
            fault.sentence
        );
    }
    let long = check(&json!({ "spacing": "x\u{1b}[2J".repeat(50) }), "Plan").unwrap_err();
    assert!(
        long.sentence.len() < 120 && !long.sentence.contains('\u{1b}'),
        "{long:?}"
    );
}

#[test]
fn a_description_tells_of_the_password_where_there_is_one() {
    let (open, locked) = (document(false), document(true));
    assert!(open["components"]["securitySchemes"].is_null());
    assert!(open["paths"]["/api/v1/status"]["get"]["responses"]["401"].is_null());
    assert_eq!(
        locked["paths"]["/api/v1/status"]["get"]["security"],
        json!([{ "password": [] }])
    );
    assert!(locked["paths"]["/api/v1/stop"]["post"]["responses"]["401"].is_object());
    assert!(locked["paths"]["/api/openapi.json"]["get"]["security"].is_null());
}

#[test]
fn every_reference_leads_somewhere() {
    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    match (name.as_str(), value.as_str()) {
                        ("$ref", Some(to)) => {
                            found.insert(to.to_owned());
                        }
                        _ => references(value, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let (document, mut found) = (document(true), BTreeSet::new());
    references(&document, &mut found);
    let known = document["components"]["schemas"].as_object().unwrap();
    let known: BTreeSet<_> = known
        .keys()
        .map(|name| format!("#/components/schemas/{name}"))
        .collect();
    assert_eq!(found, known, "each is there, and each is used");
}
