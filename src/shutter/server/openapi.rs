//! The API's description, OpenAPI 3.1: what is said there is what is checked.
//!
//! Bodies are held against these schemas before they are read (`check`), and the tests hold
//! every answer against them; so there is one place that says what a plan may be.

mod check;
mod schemas;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

pub use check::Fault;

/// A path and a method of the description.
struct Operation {
    path: &'static str,
    method: &'static str,
    summary: &'static str,
    /// The schema of the body that it takes.
    takes: Option<&'static str>,
    /// What it answers with.
    gives: Gives,
    /// Statuses that it has beside those which all have.
    refuses: &'static [u16],
}

enum Gives {
    Json(&'static str),
    Events,
}

const COMMAND: &[u16] = &[403, 409, 422, 503];
const WITH_BODY: &[u16] = &[403, 408, 409, 413, 415, 422, 503];

#[rustfmt::skip]
const OPERATIONS: [Operation; 10] = [
    Operation { path: "/api/openapi.json", method: "get", takes: None, gives: Gives::Json("Description"), refuses: &[],
        summary: "This description." },
    Operation { path: "/api/v1/status", method: "get", takes: None, gives: Gives::Json("Status"), refuses: &[],
        summary: "The state now." },
    Operation { path: "/api/v1/events", method: "get", takes: None, gives: Gives::Events, refuses: &[],
        summary: "The state now and at each change, as server-sent events named `status` whose data is a Status. At most ten a second: the newest counts. The stream has no end of its own for an hour; then it is to be opened anew." },
    Operation { path: "/api/v1/history", method: "get", takes: None, gives: Gives::Json("History"), refuses: &[422],
        summary: "The last pictures, oldest first." },
    Operation { path: "/api/v1/start", method: "post", takes: Some("Plan"), gives: Gives::Json("Status"), refuses: WITH_BODY,
        summary: "Begins a plan; refused while one runs." },
    Operation { path: "/api/v1/change", method: "post", takes: Some("Change"), gives: Gives::Json("Status"), refuses: WITH_BODY,
        summary: "Changes the running plan and keeps its phase." },
    Operation { path: "/api/v1/pause", method: "post", takes: None, gives: Gives::Json("Status"), refuses: COMMAND,
        summary: "Takes no further picture until it is resumed; an exposure that runs ends as planned." },
    Operation { path: "/api/v1/resume", method: "post", takes: None, gives: Gives::Json("Status"), refuses: COMMAND,
        summary: "Goes on in the old phase." },
    Operation { path: "/api/v1/stop", method: "post", takes: None, gives: Gives::Json("Status"), refuses: COMMAND,
        summary: "Ends the plan; an exposure that runs is ended at once." },
    Operation { path: "/api/v1/snap", method: "post", takes: None, gives: Gives::Json("Status"), refuses: COMMAND,
        summary: "One picture now, also while a plan runs; it is no shot of the plan." },
];

/// The whole document, of a service with or without a password.
#[must_use]
pub fn document(password: bool) -> Value {
    let mut paths = Map::new();
    for operation in &OPERATIONS {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(operation.method.to_owned(), described(operation, password));
            if operation.method == "get" {
                path.insert("head".to_owned(), head(operation, password));
            }
        }
    }
    let mut components = json!({ "schemas": schemas::all() });
    if password && let Some(components) = components.as_object_mut() {
        components.insert(
            "securitySchemes".to_owned(),
            json!({ "password": {
                "type": "http",
                "scheme": "bearer",
                "description": "The password itself. Browsers that are logged in to the page show their session's cookie instead."
            }}),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "xshutter",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A camera's remote timer. Times are RFC 3339, and names tell units. A change is refused when it comes from another site's page, and everything when it is asked by a name that is not the service's.",
        },
        "paths": paths,
        "components": components,
    })
}

fn described(operation: &Operation, password: bool) -> Value {
    let name = operation.path.rsplit('/').next().unwrap_or_default();
    let mut all = json!({
        "operationId": name.trim_end_matches(".json"),
        "summary": operation.summary,
        "responses": responses(operation, password, true),
    });
    let Some(members) = all.as_object_mut() else {
        return all;
    };
    if let Some(schema) = operation.takes {
        members.insert(
            "requestBody".to_owned(),
            json!({
                "required": true,
                "content": { "application/json": { "schema": reference(schema) } },
            }),
        );
    }
    if operation.path.ends_with("/history") {
        members.insert(
            "parameters".to_owned(),
            json!([{
                "name": "limit", "in": "query", "required": false,
                "description": "At most so many.",
                "schema": { "type": "integer", "minimum": 1, "maximum": super::api::HISTORY },
            }]),
        );
    }
    if operation.path.ends_with("/events") {
        members.insert(
            "parameters".to_owned(),
            json!([{
                "name": "quiet", "in": "query", "required": false,
                "description": "Whether nothing at all is sent while nothing changes; else a comment comes every 15 seconds, for proxies that end what is silent.",
                "schema": { "type": "boolean", "default": false },
            }]),
        );
    }
    secured(operation, password, members);
    all
}

fn head(operation: &Operation, password: bool) -> Value {
    let mut all = described(operation, password);
    if let Some(members) = all.as_object_mut() {
        let name = members
            .get("operationId")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let name = format!("{name}_head");
        members.insert("operationId".to_owned(), json!(name));
        members.insert("summary".to_owned(), json!("The same without its body."));
        members.insert(
            "responses".to_owned(),
            responses(operation, password, false),
        );
    }
    all
}

/// Whether it can be had without the password.
fn is_free(operation: &Operation) -> bool {
    operation.path == "/api/openapi.json"
}

fn secured(operation: &Operation, password: bool, members: &mut Map<String, Value>) {
    if password && !is_free(operation) {
        members.insert("security".to_owned(), json!([{ "password": [] }]));
    }
}

fn responses(operation: &Operation, password: bool, body: bool) -> Value {
    let content = |content: Value| match body {
        true => content,
        false => json!({}),
    };
    let fine = match operation.gives {
        Gives::Json(schema) => json!({ "application/json": { "schema": reference(schema) } }),
        Gives::Events => json!({ "text/event-stream": { "schema": { "type": "string" } } }),
    };
    let mut all = Map::new();
    all.insert("200".to_owned(), json!({
        "description": if operation.method == "post" { "Done; the state after it." } else { "As asked." },
        "content": content(fine),
    }));
    let mut refusals = vec![400, 403];
    refusals.extend_from_slice(operation.refuses);
    if password && !is_free(operation) {
        refusals.extend([401, 429]);
    }
    if matches!(operation.gives, Gives::Events) {
        refusals.push(429);
    }
    for status in refusals {
        all.insert(status.to_string(), json!({
            "description": why(status),
            "content": content(json!({ "application/json": { "schema": reference("Problem") } })),
        }));
    }
    Value::Object(all)
}

fn why(status: u16) -> &'static str {
    match status {
        400 => "The request is none of HTTP's or its body is no JSON.",
        401 => "The password is missing or wrong.",
        403 => "The service is not known by that name, or another site's page asks.",
        408 => "The body did not come in time.",
        409 => "Not while things are as they are.",
        413 => "The body is larger than 64 KiB.",
        415 => "The body is not of the type application/json.",
        422 => "A value cannot be used; `field` says which.",
        429 => {
            "Too many wrong passwords, or too many event streams; `Retry-After` says when to try again."
        }
        _ => "The release or the timer does not answer.",
    }
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

/// Holds a value against the schema of this name.
///
/// # Errors
/// The first thing that is wrong, and where.
pub fn check(value: &Value, schema: &str) -> Result<(), Fault> {
    check::check(value, &reference(schema), &schemas::all(), "")
}

/// Reads a value that is what the schema of this name says.
///
/// # Errors
/// The first thing that is wrong, and where.
pub(super) fn read<T: DeserializeOwned>(mut value: Value, schema: &str) -> Result<T, Fault> {
    check(&value, schema)?;
    check::simple(&mut value);
    serde_json::from_value(value).map_err(|error| Fault {
        field: String::new(),
        sentence: error.to_string(),
    })
}

#[cfg(test)]
mod tests;
