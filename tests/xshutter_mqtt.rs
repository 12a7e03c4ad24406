//! The camera at a real mosquitto: what its other clients see and can do.

#![cfg(feature = "shutter-server")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/camera.rs"]
mod camera;
#[path = "support/mosquitto.rs"]
mod mosquitto;
mod support;

use std::time::{Duration, Instant};

use barpop::shutter::snapshot::State;
use camera::Camera;
use mosquitto::{Mosquitto, until};
use serde_json::Value;

const STATE: &str = "barpop/shutter/garden/state";
const AVAILABILITY: &str = "barpop/shutter/garden/availability";
const ERROR: &str = "barpop/shutter/garden/error";
const LONG: Duration = Duration::from_secs(15);

fn command(verb: &str) -> String {
    format!("barpop/shutter/garden/command/{verb}")
}

/// A camera that is connected.
fn at(broker: &Mosquitto) -> Camera {
    let camera = Camera::at(broker.port());
    camera.said("connected");
    broker.retained_until(AVAILABILITY, |said| said == "online");
    camera
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn who_comes_later_sees_the_state_and_who_stays_sees_the_camera_go() {
    let broker = Mosquitto::start();
    let mut camera = at(&broker);
    let idle = json(&broker.retained(STATE).unwrap());
    assert_eq!(idle["state"], "idle");
    assert_eq!(idle["name"], "garden");
    assert_eq!(idle["release"]["name"], "a notebook");
    assert!(idle.get("history").is_none(), "{idle}");

    camera.start(Duration::from_secs(3600), None);
    let running = broker.retained_until(STATE, |said| json(said)["state"] == "running");
    assert_eq!(json(&running)["interval_s"], 3600);

    let listening = broker.listen(AVAILABILITY);
    camera.disconnect();
    listening.wait_for(&format!("{AVAILABILITY} offline"));
    assert_eq!(broker.retained(AVAILABILITY).unwrap(), "offline");
    // That the connection was closed as agreed: the broker did not have to tell it.
    assert!(broker.log().contains("disconnected."), "{}", broker.log());
}

#[test]
fn everything_that_a_camera_does_can_be_asked_for() {
    let broker = Mosquitto::start();
    let camera = at(&broker);
    let errors = broker.listen(ERROR);
    broker.publish(&command("snap"), "");
    until("a picture", || camera.shots().len() == 1);

    broker.publish(&command("start"), r#"{"interval_s": 0.2, "count": 3}"#);
    until("three pictures", || camera.shots().len() == 4);
    until("the end", || camera.engine.snapshot().state == State::Idle);

    broker.publish(&command("start"), "again");
    broker.publish(&command("change"), r#"{"interval_s": 7200, "count": 5}"#);
    until("the change", || {
        camera.engine.snapshot().interval == Some(Duration::from_secs(7200))
    });
    broker.publish(&command("pause"), "PRESS");
    until("the pause", || {
        camera.engine.snapshot().state == State::Paused
    });
    broker.publish(&command("resume"), "{}");
    until("it goes on", || {
        camera.engine.snapshot().state == State::Running
    });
    broker.publish(&command("stop"), "");
    until("the stop", || camera.engine.snapshot().state == State::Idle);
    errors.stays_quiet(Duration::from_millis(200));
}

#[test]
fn a_refused_command_is_answered_in_a_sentence() {
    let broker = Mosquitto::start();
    let camera = at(&broker);
    let errors = broker.listen(ERROR);
    let refused = |verb: &str, payload: &str| {
        broker.publish(&command(verb), payload);
        let answer = errors.wait_for_part("\"error\"", LONG);
        let answer = json(answer.split_once(' ').unwrap().1);
        assert_eq!(answer["command"], verb);
        answer
    };
    for (interval, part) in [
        ("0", "interval"),
        ("-3", "-3"),
        ("\"ten\"", "string"),
        ("1e300", "359999"),
    ] {
        let answer = refused("start", &format!("{{\"interval_s\": {interval}}}"));
        assert!(answer["error"].as_str().unwrap().contains(part), "{answer}");
    }
    let answer = refused("resume", r#"{"id": "mine"}"#);
    assert_eq!(answer["id"], "mine");
    let answer = refused("snap", &"x".repeat(5000));
    assert!(answer["error"].as_str().unwrap().contains("5000 bytes"));
    assert!(camera.shots().is_empty());
    assert_eq!(camera.engine.snapshot().state, State::Idle);
}

#[test]
fn a_retained_command_is_not_carried_out_at_any_connection() {
    let broker = Mosquitto::start();
    broker.publish_with(&command("snap"), "", &["-r"]);
    broker.publish_with(&command("snap"), "{}", &["-r"]);
    broker.publish_with(&command("start"), r#"{"interval_s": 0.1}"#, &["-r"]);
    let errors = broker.listen(ERROR);
    let mut camera = at(&broker);
    for _ in 0..2 {
        for _ in 0..2 {
            let answer = errors.wait_for_part("retain", LONG);
            assert!(answer.contains("without the retain flag"), "{answer}");
        }
        camera.disconnect();
        camera.connect(&camera::plain(broker.port()));
    }
    // A message that comes after all retained ones.
    broker.publish(&command("resume"), "{}");
    errors.wait_for_part("resume", LONG);
    assert!(camera.shots().is_empty());
    assert_eq!(camera.engine.snapshot().state, State::Idle);
}

#[test]
fn a_message_that_its_sender_repeats_takes_one_picture() {
    let broker = Mosquitto::start();
    let camera = at(&broker);
    let errors = broker.listen(ERROR);
    for _ in 0..3 {
        broker.publish_with(&command("snap"), r#"{"id": "17"}"#, &["-q", "1"]);
    }
    for _ in 0..2 {
        let answer = errors.wait_for_part("before", LONG);
        assert!(answer.contains("\"id\":\"17\""), "{answer}");
    }
    broker.publish_with(&command("snap"), r#"{"id": "18"}"#, &["-q", "1"]);
    until("the second picture", || camera.shots().len() == 2);
}

#[test]
fn commands_that_were_sent_while_the_camera_was_away_are_not_carried_out_later() {
    let broker = Mosquitto::start();
    let mut camera = at(&broker);
    camera.disconnect();
    broker.publish_with(&command("snap"), "", &["-q", "1"]);
    let errors = broker.listen(ERROR);
    camera.connect(&camera::plain(broker.port()));
    broker.retained_until(AVAILABILITY, |said| said == "online");
    // One that is answered, after the other would have been.
    broker.publish_with(&command("pause"), "", &["-q", "1"]);
    errors.wait_for_part("pause", LONG);
    assert!(camera.shots().is_empty());
}

#[test]
fn the_state_is_told_at_most_five_times_a_second_and_the_last_one_always() {
    let broker = Mosquitto::start();
    let camera = at(&broker);
    let states = broker.listen(STATE);
    let started = Instant::now();
    camera.start(Duration::from_millis(100), Some(20));
    let done = states.wait_for_part("\"ended\":\"done\"", LONG);
    let took = started.elapsed();
    assert_eq!(json(done.split_once(' ').unwrap().1)["shots"], 20);
    let counted = states.rest().len();
    assert_eq!(counted, 0, "nothing comes after the last state");
    let told = broker.log().matches("Received PUBLISH from barpop").count();
    // The availability, the announcement and the first state are among them.
    let most = took.as_secs() * 5 + 5 + 6;
    assert!(told as u64 <= most, "{told} in {took:?}");
    assert_eq!(camera.shots().len(), 20);
}

#[test]
fn a_broker_that_comes_back_knows_everything_again_and_no_picture_is_missed() {
    let mut broker = Mosquitto::start();
    let camera = at(&broker);
    camera.start(Duration::from_millis(200), None);
    until("pictures", || camera.shots().len() > 3);
    broker.kill();
    let line = camera.said("tried again");
    assert!(
        line.contains(&format!("127.0.0.1:{}", broker.port())),
        "{line}"
    );
    until("pictures without a broker", || {
        camera.log().len() > 1 && camera.engine.snapshot().shots > 10
    });
    broker.start_again();
    let state = broker.retained_until(STATE, |_| true);
    assert_eq!(json(&state)["state"], "running");
    broker.retained_until(AVAILABILITY, |said| said == "online");
    broker.publish(&command("stop"), "");
    until("the stop", || camera.engine.snapshot().state == State::Idle);
    assert_eq!(camera.engine.snapshot().skipped, 0);
}

/// A state for each of the three kinds, and what Home Assistant's own templates make of it.
#[test]
fn home_assistant_s_templates_find_what_they_look_for_in_the_state() {
    let broker = Mosquitto::start();
    let camera = at(&broker);
    let topic = "homeassistant/device/barpop_shutter_garden/config";
    let announced = json(&broker.retained_until(topic, |_| true));
    let look = || {
        let state = json(&broker.retained_until(STATE, |_| true));
        rendered(&announced, &state)
    };
    let idle = look();
    assert_eq!(idle["state"], "idle");
    assert_eq!(idle["problem"], "OFF");
    assert_eq!(idle["late"], "None");
    for (entity, available) in [
        ("next", "offline"),
        ("end", "offline"),
        ("interval", "offline"),
        ("start", "offline"),
        ("pause", "offline"),
        ("resume", "offline"),
        ("stop", "offline"),
    ] {
        assert_eq!(idle[&format!("{entity} available")], available, "{entity}");
    }

    camera.start(Duration::from_secs(3600), Some(2));
    until("the first picture", || camera.engine.snapshot().shots == 1);
    broker.retained_until(STATE, |said| json(said)["shots"] == 1);
    let running = look();
    assert_eq!(running["state"], "running");
    assert_eq!(running["shots"], "1");
    assert_eq!(running["total"], "1");
    assert_eq!(running["interval"], "3600");
    assert!(
        running["late"].as_str().unwrap().parse::<f64>().is_ok(),
        "{running}"
    );
    let next: jiff::Timestamp = running["next"].as_str().unwrap().parse().unwrap();
    assert!(next > jiff::Timestamp::now());
    for (entity, available) in [
        ("next", "online"),
        ("end", "online"),
        ("interval", "online"),
        ("start", "offline"),
        ("pause", "online"),
        ("resume", "offline"),
        ("stop", "online"),
    ] {
        assert_eq!(
            running[&format!("{entity} available")],
            available,
            "{entity}"
        );
    }
    assert_eq!(running["interval command"], "{\"interval_s\": 2.5}");

    broker.publish(&command("stop"), "");
    broker.retained_until(STATE, |said| json(said)["state"] == "idle");
    assert_eq!(look()["start available"], "online");
}

/// Every template of the announcement, filled in by Jinja, which is what Home Assistant uses.
fn rendered(announced: &Value, state: &Value) -> Value {
    const SCRIPT: &str = r#"
import json, sys
from jinja2.sandbox import ImmutableSandboxedEnvironment
announced, state = json.load(sys.stdin)
def fill(template, **more):
    return ImmutableSandboxedEnvironment().from_string(template).render(value_json=state, **more)
found = {}
for name, entity in announced["components"].items():
    if "value_template" in entity:
        found[name] = fill(entity["value_template"])
    if "json_attributes_template" in entity:
        json.loads(fill(entity["json_attributes_template"]))
    if "command_template" in entity:
        found[name + " command"] = fill(entity["command_template"], value=2.5)
    for each in entity["availability"]:
        if "value_template" in each:
            found[name + " available"] = fill(each["value_template"])
print(json.dumps(found))
"#;
    let mut python = std::process::Command::new("/usr/bin/python3")
        .args(["-c", SCRIPT])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("Python starts");
    let input = serde_json::json!([announced, state]).to_string();
    std::io::Write::write_all(&mut python.stdin.take().unwrap(), input.as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "Debian's python3-jinja2 is needed");
    json(std::str::from_utf8(&output.stdout).unwrap())
}
