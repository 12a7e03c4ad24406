//! What Home Assistant is told, so that the camera is there without a line of its configuration.
//!
//! One retained message announces the device with all its entities: *device discovery*, which
//! Home Assistant has since 2024.11 (<https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload>).

use serde_json::{Value, json};

use super::topics::{Topics, Verb, slug};
use crate::shutter::seconds;

/// Where the announcement goes.
#[must_use]
pub fn topic(discovery_prefix: &str, camera: &str) -> String {
    format!("{discovery_prefix}/device/{}/config", node(camera))
}

/// Unique among all devices.
fn node(camera: &str) -> String {
    format!("barpop_shutter_{}", slug(camera))
}

/// The announcement.
#[must_use]
pub fn payload(camera: &str, topics: &Topics) -> Value {
    let entities = Entities {
        node: node(camera),
        topics,
    };
    let name = if camera.trim().is_empty() {
        "Camera"
    } else {
        camera.trim()
    };
    json!({
        "device": {
            "identifiers": [entities.node],
            "name": name,
            "manufacturer": "barpop",
            "model": "xshutter",
            "sw_version": env!("CARGO_PKG_VERSION"),
        },
        "origin": {
            "name": "barpop",
            "sw_version": env!("CARGO_PKG_VERSION"),
        },
        "components": entities.all(),
    })
}

struct Entities<'a> {
    node: String,
    topics: &'a Topics,
}

impl Entities<'_> {
    fn all(&self) -> Value {
        let with = |mut entity: Value, more: Value| {
            if let (Some(entity), Value::Object(more)) = (entity.as_object_mut(), more) {
                entity.extend(more);
            }
            entity
        };
        json!({
            "state": with(self.sensor("state", "State", "value_json.state"), json!({
                "device_class": "enum",
                "options": ["idle", "running", "paused"],
            })),
            "shots": with(self.sensor("shots", "Pictures of the plan", "value_json.shots"), json!({
                "state_class": "measurement",
                "icon": "mdi:camera-burst",
            })),
            "total": with(self.sensor("total", "Pictures in all", "value_json.total"), json!({
                "state_class": "total_increasing",
                "icon": "mdi:counter",
            })),
            "next": with(self.moment("next", "Next picture", "value_json.next_at"), json!({})),
            "end": with(self.moment("end", "End of the plan", "value_json.eta"), json!({})),
            "late": with(
                self.sensor("late", "Lateness (99 %)", "value_json.jitter_ms.p99 if value_json.jitter_ms else none"),
                json!({
                    "unit_of_measurement": "ms",
                    "state_class": "measurement",
                    "suggested_display_precision": 2,
                    "entity_category": "diagnostic",
                    "icon": "mdi:timer-alert-outline",
                }),
            ),
            "problem": self.problem(),
            "interval": self.interval(),
            "snap": self.button(Verb::Snap, "Take a picture", "mdi:camera", "PRESS", None),
            "start": self.button(
                Verb::Start, "Start the last plan", "mdi:play", "again",
                Some("value_json.state == 'idle' and value_json.plan"),
            ),
            "pause": self.button(
                Verb::Pause, "Pause", "mdi:pause", "PRESS", Some("value_json.state == 'running'"),
            ),
            "resume": self.button(
                Verb::Resume, "Resume", "mdi:play-pause", "PRESS", Some("value_json.state == 'paused'"),
            ),
            "stop": self.button(
                Verb::Stop, "Stop", "mdi:stop", "PRESS", Some("value_json.state != 'idle'"),
            ),
        })
    }

    fn sensor(&self, id: &str, name: &str, value: &str) -> Value {
        json!({
            "platform": "sensor",
            "unique_id": format!("{}_{id}", self.node),
            "name": name,
            "state_topic": self.topics.state(),
            "value_template": format!("{{{{ {value} }}}}"),
            "availability": self.availability(None),
            "availability_mode": "all",
        })
    }

    /// A moment that is not always known: Home Assistant warns of a time stamp that is none, so the
    /// entity is unavailable then.
    fn moment(&self, id: &str, name: &str, value: &str) -> Value {
        let mut entity = self.sensor(id, name, value);
        if let Some(entity) = entity.as_object_mut() {
            entity.insert("device_class".to_owned(), json!("timestamp"));
            entity.insert("availability".to_owned(), self.availability(Some(value)));
        }
        entity
    }

    fn problem(&self) -> Value {
        json!({
            "platform": "binary_sensor",
            "unique_id": format!("{}_problem", self.node),
            "name": "Problem",
            "device_class": "problem",
            "entity_category": "diagnostic",
            "state_topic": self.topics.state(),
            "value_template":
                "{{ 'ON' if value_json.release.problem or value_json.warning else 'OFF' }}",
            "json_attributes_topic": self.topics.state(),
            "json_attributes_template":
                "{{ {'release': value_json.release.problem, 'warning': value_json.warning} | tojson }}",
            "availability": self.availability(None),
            "availability_mode": "all",
        })
    }

    fn interval(&self) -> Value {
        json!({
            "platform": "number",
            "unique_id": format!("{}_interval", self.node),
            "name": "Interval",
            "icon": "mdi:timer-outline",
            "unit_of_measurement": "s",
            "min": 0.1,
            "max": seconds::LONGEST,
            "step": 0.1,
            "mode": "box",
            "state_topic": self.topics.state(),
            "value_template": "{{ value_json.interval_s }}",
            "command_topic": self.topics.command(Verb::Change),
            "command_template": "{\"interval_s\": {{ value }}}",
            "availability": self.availability(Some("value_json.state != 'idle'")),
            "availability_mode": "all",
        })
    }

    fn button(
        &self,
        verb: Verb,
        name: &str,
        icon: &str,
        payload: &str,
        while_: Option<&str>,
    ) -> Value {
        json!({
            "platform": "button",
            "unique_id": format!("{}_{}", self.node, verb.word()),
            "name": name,
            "icon": icon,
            "command_topic": self.topics.command(verb),
            "payload_press": payload,
            // A retained command is never carried out.
            "retain": false,
            // A picture that was asked for is taken once or not at all.
            "qos": if verb.counts() { 0 } else { 1 },
            "availability": self.availability(while_),
            "availability_mode": "all",
        })
    }

    /// The service is there, and, where something more is needed, that is so too.
    fn availability(&self, needed: Option<&str>) -> Value {
        let mut all = vec![json!({ "topic": self.topics.availability() })];
        if let Some(needed) = needed {
            all.push(json!({
                "topic": self.topics.state(),
                "value_template": format!("{{{{ 'online' if {needed} else 'offline' }}}}"),
            }));
        }
        Value::Array(all)
    }
}

#[cfg(test)]
mod tests;
