//! What is asked and answered, as JSON Schema.

use serde_json::{Value, json};

use crate::shutter::seconds::LONGEST;

/// All schemas by their names.
#[rustfmt::skip]
pub(super) fn all() -> Value {
    json!({
        "Status": object("Everything.", json!({
            "name": text("The camera's name."),
            "state": one_of(&["idle", "running", "paused"], "What the timer does; a plan that waits for its start or its window runs."),
            "shots": whole("Shots of this plan so far."),
            "skipped": whole("Shots that the plan left out because it was late."),
            "total": whole("Pictures over the life of this service."),
            "next_at": or_null(moment("When the next shot opens; null without a plan and while paused.")),
            "interval_s": or_null(seconds("Between shots, of the running plan.")),
            "count": or_null(whole("Shots that the running plan will have; null: until it is stopped.")),
            "eta": or_null(moment("When the last shot will be over.")),
            "jitter_ms": or_null(reference("Jitter")),
            "exposing_since": or_null(moment("An exposure runs since.")),
            "exposing_until": or_null(moment("It will end.")),
            "plan": or_null(reference("Plan")),
            "ended": or_null(one_of(&["done", "stopped", "interrupted", "failed"], "How the last plan ended.")),
            "resumed_at": or_null(moment("The plan was taken up again after the service was started anew.")),
            "release": reference("Release"),
            "realtime": { "type": "boolean", "description": "Whether the timer has real-time priority." },
            "history": reference("History"),
            "warning": or_null(text("What the person should know, in a sentence.")),
        }), true),
        "History": { "type": "array", "maxItems": 200, "items": reference("Shot"), "description": "The last pictures, oldest first." },
        "Shot": object("A picture that was taken.", json!({
            "number": whole("Counted from 1 over the life of this service."),
            "cause": one_of(&["plan", "snap"], "Why it was taken."),
            "at": moment("When the shutter line went active."),
            "late_ms": { "type": "number", "description": "How late that was, milliseconds." },
            "held_s": seconds("How long the line was held."),
            "problem": or_null(text("What went wrong, in a sentence.")),
        }), true),
        "Jitter": object("How far the shots were from the plan, milliseconds.", json!({
            "p50": { "type": "number", "description": "Median." },
            "p99": { "type": "number", "description": "99 of 100 were nearer." },
            "max": { "type": "number", "description": "The worst." },
        }), true),
        "Release": object("What holds the camera's shutter.", json!({
            "name": text("As people call it."),
            "problem": or_null(text("Why it cannot be used, and what to do, in a sentence.")),
            "focus": { "type": "boolean", "description": "Whether a focus line is there." },
        }), true),
        "Plan": object("When the shutter opens, and for how long; what is absent has its default.", json!({
            "start_at": or_null(moment("Not before this moment; the delay comes after it.")),
            "delay_s": seconds("From the start to the first shot."),
            "interval_s": interval("Between shots. Default 10."),
            "spacing": one_of(&["shot_to_shot", "gap"], "From opening to opening (the default), or from the end of a shot to the next opening."),
            "count": or_null(count()),
            "bulb_s": or_null(exposure("The shutter is held for so long; null: a pulse, and the camera exposes.")),
            "half_press_s": lead("The focus line is pressed so long before the shutter; 0: it is left alone."),
            "mirror_lockup_s": or_null(lead("A first pulse lifts the mirror, the shot comes so long after it.")),
            "bracket": or_null(reference("Bracket")),
            "ramp": or_null(reference("Ramp")),
            "windows": { "type": "array", "maxItems": crate::shutter::plan::MOST_WINDOWS, "items": reference("Window"), "description": "Only within these, every day; empty: always." },
        }), false),
        "Change": object("What is absent stays as it is.", json!({
            "interval_s": or_null(interval("Counts from the last shot, and so takes effect at once; null: as it is.")),
            "count": or_null(count()),
            "bulb_s": or_null(exposure("From the next shot on; null: as it is.")),
        }), false),
        "Bracket": required(&["frames", "step_ev", "gap_s"], object("Several frames a shot.", json!({
            "frames": { "type": "integer", "minimum": 2, "maximum": 9, "description": "How many." },
            "step_ev": { "type": "number", "exclusiveMinimum": 0, "maximum": 5, "description": "Exposure values between two frames." },
            "gap_s": seconds("From the end of one frame to the opening of the next."),
        }), false)),
        "Ramp": required(&["to_s", "over_s"], object("A bulb exposure that grows or shrinks, evenly in exposure values.", json!({
            "to_s": exposure("The last exposure."),
            "over_s": exposure("From the start of the ramp to its end."),
            "after_s": seconds("From the first shot to the start of the ramp. Default 0."),
        }), false)),
        "Window": required(&["from", "to"], object("Every day from one edge to the other, over midnight where the end is before the start.", json!({
            "from": reference("Edge"),
            "to": reference("Edge"),
        }), false)),
        "Edge": { "description": "A local time of the day, or what the sun does.", "oneOf": [
            required(&["clock"], object("A local time of the day.", json!({
                "clock": { "type": "string", "format": "clock", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$", "description": "As 20:15 or 20:15:30." },
            }), false)),
            required(&["sun"], object("What the sun does where the camera stands.", json!({
                "sun": required(&["event"], object("What it does.", json!({
                    "event": one_of(&["sunrise", "sunset", "civil_dawn", "civil_dusk", "astronomical_dawn", "astronomical_dusk"], "What it does."),
                    "offset_min": { "type": "integer", "minimum": -720, "maximum": 720, "description": "Minutes later. Default 0." },
                }), false)),
            }), false)),
        ]},
        "Problem": required(&["error"], object("Why not.", json!({
            "error": text("A sentence."),
            "field": text("Where it is about one field."),
        }), false)),
        "Description": { "type": "object", "description": "OpenAPI 3.1.", "required": ["openapi", "info", "paths"] },
    })
}

/// An object with no other fields than these; all of them where it is `whole`.
fn object(description: &str, properties: Value, whole: bool) -> Value {
    let mut all =
        json!({ "type": "object", "description": description, "additionalProperties": false });
    if let (Some(all), Some(names)) = (all.as_object_mut(), properties.as_object()) {
        if whole {
            let names: Vec<&String> = names.keys().collect();
            all.insert("required".to_owned(), json!(names));
        }
        all.insert("properties".to_owned(), properties);
    }
    all
}

fn required(names: &[&str], mut object: Value) -> Value {
    if let Some(object) = object.as_object_mut() {
        object.insert("required".to_owned(), json!(names));
    }
    object
}

fn reference(schema: &str) -> Value {
    super::reference(schema)
}

fn or_null(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn one_of(words: &[&str], description: &str) -> Value {
    json!({ "type": "string", "enum": words, "description": description })
}

fn moment(description: &str) -> Value {
    json!({ "type": "string", "format": "date-time", "description": description })
}

fn whole(description: &str) -> Value {
    json!({ "type": "integer", "minimum": 0, "description": description })
}

fn count() -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX, "description": "How many shots; null: until it is stopped." })
}

fn seconds(description: &str) -> Value {
    json!({ "type": "number", "minimum": 0, "maximum": LONGEST as u32, "description": format!("{description} Seconds.") })
}

fn interval(description: &str) -> Value {
    json!({ "type": "number", "minimum": 0.1, "maximum": LONGEST as u32, "description": format!("{description} Seconds.") })
}

/// What a camera waits for.
fn lead(description: &str) -> Value {
    json!({ "type": "number", "minimum": 0, "maximum": 30, "description": format!("{description} Seconds.") })
}

fn exposure(description: &str) -> Value {
    json!({ "type": "number", "minimum": 0.01, "maximum": LONGEST as u32, "description": format!("{description} Seconds.") })
}
