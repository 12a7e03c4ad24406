//! Holds JSON against a schema: as much of JSON Schema as ours use, and sentences that say why.

use jiff::Timestamp;
use serde_json::Value;

/// What is wrong with a value, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// As `windows.0.from`; empty for the whole.
    pub field: String,
    /// A sentence.
    pub sentence: String,
}

/// Longest piece of a wrong value that is told back, in characters.
const QUOTED: usize = 40;

/// The first thing that is wrong. `all` are the schemas that are referred to.
pub(super) fn check(value: &Value, schema: &Value, all: &Value, at: &str) -> Result<(), Fault> {
    let fault = |must: &str| {
        Err(Fault {
            field: at.to_owned(),
            sentence: sentence(value, at, must),
        })
    };
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let name = name.rsplit('/').next().unwrap_or_default();
        return check(value, all.get(name).unwrap_or(&Value::Bool(true)), all, at);
    }
    for kind in ["anyOf", "oneOf"] {
        if let Some(choices) = schema.get(kind).and_then(Value::as_array) {
            return choose(value, choices, all, at);
        }
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("null") if !value.is_null() => fault("null"),
        Some("boolean") if !value.is_boolean() => fault("true or false"),
        Some("string") => text(value, schema).map_or_else(|must| fault(&must), Ok),
        Some("integer" | "number") => number(value, schema).map_or_else(|must| fault(&must), Ok),
        Some("array") => {
            let Some(items) = value.as_array() else {
                return fault("a list");
            };
            let most = schema
                .get("maxItems")
                .and_then(Value::as_u64)
                .unwrap_or(u64::MAX);
            if items.len() as u64 > most {
                return fault(&format!("a list of at most {most}"));
            }
            let schema = schema.get("items").unwrap_or(&Value::Bool(true));
            let mut numbered = items.iter().enumerate();
            numbered.try_for_each(|(number, item)| {
                check(item, schema, all, &below(at, &number.to_string()))
            })
        }
        Some("object") => object(value, schema, all, at),
        _ => Ok(()),
    }
}

/// One of several must fit; what is wrong is told of the one that fits best.
fn choose(value: &Value, choices: &[Value], all: &Value, at: &str) -> Result<(), Fault> {
    let mut best: Option<Fault> = None;
    for choice in choices {
        let Err(fault) = check(value, choice, all, at) else {
            return Ok(());
        };
        let nearer = best
            .as_ref()
            .is_none_or(|best| fault.field.len() > best.field.len());
        // An object with the key of this choice is meant to be this choice.
        let keys = choice.get("required").and_then(Value::as_array);
        let meant = keys.is_some_and(|keys| {
            keys.iter()
                .filter_map(Value::as_str)
                .all(|key| value.get(key).is_some())
        });
        if nearer || meant {
            best = Some(fault);
        }
    }
    best.map_or(Ok(()), Err)
}

fn object(value: &Value, schema: &Value, all: &Value, at: &str) -> Result<(), Fault> {
    let Some(members) = value.as_object() else {
        return Err(Fault {
            field: at.to_owned(),
            sentence: sentence(value, at, "an object"),
        });
    };
    let properties = schema.get("properties").and_then(Value::as_object);
    if schema.get("additionalProperties") == Some(&Value::Bool(false))
        && let Some(properties) = properties
        && let Some(unknown) = members.keys().find(|name| !properties.contains_key(*name))
    {
        let known: Vec<&str> = properties.keys().map(String::as_str).collect();
        let sentence = format!(
            "there is no field '{}'; there are {}",
            quoted(unknown),
            known.join(", ")
        );
        return Err(Fault {
            field: below(at, &quoted(unknown)),
            sentence,
        });
    }
    let required = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    if let Some(missing) = required
        .filter_map(Value::as_str)
        .find(|name| !members.contains_key(*name))
    {
        let field = below(at, missing);
        return Err(Fault {
            sentence: format!("{field} is missing"),
            field,
        });
    }
    members.iter().try_for_each(|(name, value)| {
        match properties.and_then(|properties| properties.get(name)) {
            Some(schema) => check(value, schema, all, &below(at, name)),
            None => Ok(()),
        }
    })
}

/// What a text must be that it is not.
fn text(value: &Value, schema: &Value) -> Result<(), String> {
    let Some(text) = value.as_str() else {
        return Err("a text".to_owned());
    };
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        return match words.contains(&text) {
            true => Ok(()),
            false => Err(format!("one of {}", words.join(", "))),
        };
    }
    match schema.get("format").and_then(Value::as_str) {
        Some("date-time") if !is_moment(text) => Err("a time like 2026-11-29T20:15:00Z".to_owned()),
        Some("clock") if !is_clock(text) => Err("a time of the day like 20:15".to_owned()),
        _ => Ok(()),
    }
}

/// What a number must be that it is not.
fn number(value: &Value, schema: &Value) -> Result<(), String> {
    let whole = schema.get("type").and_then(Value::as_str) == Some("integer");
    let number = value
        .as_f64()
        .filter(|number| !whole || number.fract() == 0.0);
    let limit = |name| schema.get(name).and_then(Value::as_f64);
    let (least, more, most) = (
        limit("minimum"),
        limit("exclusiveMinimum"),
        limit("maximum"),
    );
    let fits = number.is_some_and(|number| {
        number.is_finite()
            && least.is_none_or(|least| number >= least)
            && more.is_none_or(|more| number > more)
            && most.is_none_or(|most| number <= most)
    });
    if fits {
        return Ok(());
    }
    let kind = if whole { "a whole number" } else { "a number" };
    Err(match (least, more, most) {
        (Some(least), _, Some(most)) => format!("{kind} from {least} to {most}"),
        (_, Some(more), Some(most)) => format!("{kind} above {more} and at most {most}"),
        (Some(least), _, None) => format!("{kind}, {least} or more"),
        _ => kind.to_owned(),
    })
}

/// RFC 3339 as it is written down there: a date, a time with seconds, and an offset.
fn is_moment(text: &str) -> bool {
    let shape = text
        .get(..19)
        .unwrap_or_default()
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' => b'0',
            b't' | b' ' => b'T',
            other => other,
        });
    let rest = text.get(19..).unwrap_or_default();
    let offset = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let offset_fits = matches!(offset, "Z" | "z")
        || (offset.len() == 6 && offset.starts_with(['+', '-']) && offset.get(3..4) == Some(":"));
    shape.eq(b"0000-00-00T00:00:00".iter().copied())
        && offset_fits
        && text.parse::<Timestamp>().is_ok()
}

/// `20:15` or `20:15:30`.
fn is_clock(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    let below = |part: &str, limit: u8| {
        part.len() == 2
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && part.parse::<u8>().is_ok_and(|number| number < limit)
    };
    match parts.as_slice() {
        [hour, rest @ ..] => {
            below(hour, 24)
                && matches!(rest.len(), 1 | 2)
                && rest.iter().all(|part| below(part, 60))
        }
        [] => false,
    }
}

/// JSON has one kind of number, and Rust two: `5.0` is as whole as `5`.
pub(super) fn simple(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let float = number.as_f64().filter(|_| number.is_f64());
            if let Some(float) = float.filter(|f| f.fract() == 0.0 && f.abs() < 1e15) {
                *value = Value::from(float as i64);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(simple),
        Value::Object(members) => members.values_mut().for_each(simple),
        _ => {}
    }
}

fn sentence(value: &Value, at: &str, must: &str) -> String {
    let subject = if at.is_empty() { "the body" } else { at };
    let given = match value {
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::String(text) => format!("'{}'", quoted(text)),
        other => quoted(&other.to_string()),
    };
    format!("{subject} is {given}; it must be {must}")
}

/// Not more of it than belongs in a sentence.
fn quoted(text: &str) -> String {
    let short: String = text
        .chars()
        .filter(|c| !c.is_control())
        .take(QUOTED)
        .collect();
    if text.chars().count() > QUOTED {
        format!("{short}…")
    } else {
        short
    }
}

fn below(at: &str, name: &str) -> String {
    if at.is_empty() {
        name.to_owned()
    } else {
        format!("{at}.{name}")
    }
}
