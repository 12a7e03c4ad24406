//! Cameras as other programs may rely on them. Keys are only ever added; what is not known is
//! null.

use serde_json::{Map, Value, json};

use super::cameras::{Camera, Link};
use super::snapshot::Shot;

/// `xshutter --output json`.
#[must_use]
pub fn cameras(cameras: &[Camera]) -> Value {
    json!({ "cameras": cameras.iter().map(camera).collect::<Vec<_>>() })
}

/// A line of `xshutter status --json`: the service's own state, with the service and why it cannot
/// be reached. An old state is not told as if it were of now.
#[must_use]
pub fn camera(camera: &Camera) -> Value {
    let snapshot = camera.snapshot.as_deref().filter(|_| camera.is_online());
    let told = snapshot.and_then(|snapshot| serde_json::to_value(snapshot).ok());
    let mut object = match told {
        Some(Value::Object(object)) => object,
        _ => Map::from_iter([("state".to_owned(), Value::Null)]),
    };
    let error = match &camera.link {
        Link::Offline { why, .. } | Link::Forbidden { why, .. } => Some(why.as_str()),
        Link::Connecting | Link::Online => None,
    };
    object.insert("server".to_owned(), json!(camera.address));
    object.insert("link".to_owned(), json!(link(&camera.link)));
    object.insert("error".to_owned(), json!(error));
    Value::Object(object)
}

/// A line of `xshutter history --json`.
#[must_use]
pub fn shot(shot: &Shot, server: &str) -> Value {
    let mut value = serde_json::to_value(shot).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.insert("server".to_owned(), json!(server));
    }
    value
}

fn link(link: &Link) -> &'static str {
    match link {
        Link::Connecting => "connecting",
        Link::Online => "online",
        Link::Offline { .. } => "offline",
        Link::Forbidden { .. } => "forbidden",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::shutter::snapshot::{Jitter, Snapshot, State};

    #[test]
    fn the_contract_s_keys_are_there() {
        let snapshot = Snapshot {
            state: State::Running,
            shots: 3,
            jitter_ms: Some(Jitter {
                p50: 0.1,
                p99: 0.4,
                max: 1.5,
            }),
            ..Snapshot::default()
        };
        let camera = super::camera(&Camera {
            link: Link::Online,
            snapshot: Some(Arc::new(snapshot)),
            ..Camera::default()
        });
        assert_eq!(camera["state"], "running");
        assert_eq!(camera["shots"], 3);
        assert_eq!(camera["jitter_ms"]["p99"], 0.4);
        for key in ["next_at", "interval_s", "count", "eta", "error"] {
            assert_eq!(camera.get(key), Some(&Value::Null), "{key}");
        }
    }
}
