//! The JSON API of `xshutter serve`, over HTTP.
#![cfg(feature = "shutter-server")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/shutter.rs"]
mod shutter;

use std::io::{BufRead, BufReader, Read, Write};
use std::time::{Duration, Instant};

use barpop::shutter::server::openapi;
use barpop::shutter::snapshot::State;
use serde_json::{Value, json};
use shutter::{PATIENCE, Reply, Served};

/// The body of an answer that must have worked and be a state as it is described.
fn state(reply: &Reply) -> Value {
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.header("content-type"), "application/json");
    let state = reply.json();
    assert_eq!(openapi::check(&state, "Status"), Ok(()), "{state}");
    state
}

#[test]
fn a_plan_is_started_changed_paused_resumed_and_stopped() {
    let served = Served::open();
    let idle = state(&served.get("/api/v1/status"));
    assert_eq!(
        (&idle["state"], &idle["name"], &idle["shots"]),
        (&json!("idle"), &json!("Garden"), &json!(0))
    );

    let running = state(&served.post("/api/v1/start", r#"{"interval_s": 0.2, "count": 1000}"#));
    assert_eq!(
        (&running["state"], &running["count"]),
        (&json!("running"), &json!(1000))
    );
    assert_eq!(running["plan"]["interval_s"], json!(0.2));
    served.until("three shots", |snapshot| snapshot.shots >= 3);

    let again = served.post("/api/v1/start", "{}");
    assert_eq!(again.status, 409, "{again:?}");
    assert!(!again.error().is_empty());

    let changed = state(&served.post("/api/v1/change", r#"{"interval_s": 3600, "count": 7}"#));
    assert_eq!(
        (&changed["interval_s"], &changed["count"]),
        (&json!(3600), &json!(7))
    );
    let endless = state(&served.post("/api/v1/change", r#"{"count": null}"#));
    assert_eq!(
        (&endless["interval_s"], &endless["count"]),
        (&json!(3600), &json!(null))
    );

    let paused = state(&served.post("/api/v1/pause", ""));
    assert_eq!(
        (&paused["state"], &paused["next_at"]),
        (&json!("paused"), &json!(null))
    );
    assert_eq!(
        state(&served.post("/api/v1/resume", ""))["state"],
        "running"
    );

    let total = served.handle.snapshot().total;
    state(&served.post("/api/v1/snap", ""));
    served.until("a picture by hand", |snapshot| {
        snapshot.total > total && snapshot.exposing_since.is_none()
    });
    let history = served.get("/api/v1/history");
    assert_eq!(history.status, 200);
    assert_eq!(openapi::check(&history.json(), "History"), Ok(()));
    let all = history.json().as_array().unwrap().clone();
    assert!(
        all.len() >= 4 && all.last().unwrap()["cause"] == "snap",
        "{all:?}"
    );
    let last = served.get("/api/v1/history?limit=2").json();
    assert_eq!(last.as_array().unwrap()[..], all[all.len() - 2..]);

    let stopped = state(&served.post("/api/v1/stop", ""));
    assert_eq!(
        (&stopped["state"], &stopped["ended"]),
        (&json!("idle"), &json!("stopped"))
    );
}

#[test]
fn wrong_values_are_refused_with_a_sentence_and_the_field() {
    let served = Served::open();
    for (body, field) in [
        (r#"{"interval_s": 0}"#, "interval_s"),
        (r#"{"interval_s": -5}"#, "interval_s"),
        (r#"{"interval_s": "10"}"#, "interval_s"),
        (r#"{"interval_s": 1e9}"#, "interval_s"),
        (r#"{"interval_s": null}"#, "interval_s"),
        (r#"{"interval_s": true}"#, "interval_s"),
        (r#"{"interval_s": []}"#, "interval_s"),
        (r#"{"count": -1}"#, "count"),
        (r#"{"count": 4294967296}"#, "count"),
        (r#"{"bulb_s": 0}"#, "bulb_s"),
        (r#"{"delay_s": -0.001}"#, "delay_s"),
        (r#"{"start_at": "soon"}"#, "start_at"),
        (r#"{"windows": [1]}"#, "windows.0"),
        (r#"{"shutter": 1}"#, "shutter"),
    ] {
        let reply = served.post("/api/v1/start", body);
        assert_eq!(reply.status, 422, "{body}: {reply:?}");
        assert_eq!(reply.json()["field"], field, "{body}");
        assert!(reply.error().contains(field), "{body}: {}", reply.error());
        assert_eq!(openapi::check(&reply.json(), "Problem"), Ok(()));
    }
    for body in [
        "",
        "{",
        "interval_s=10",
        "{\"interval_s\": NaN}",
        "{\"interval_s\": 1e999}",
        "{\"name\": \"\\ud800\"}",
        &"[".repeat(5000),
    ] {
        let reply = served.post("/api/v1/start", body);
        assert_eq!(reply.status, 400, "{body}: {reply:?}");
        assert_eq!(openapi::check(&reply.json(), "Problem"), Ok(()));
    }
    assert_eq!(served.handle.snapshot().state, State::Idle);
    for nothing_runs in ["/api/v1/pause", "/api/v1/resume", "/api/v1/change"] {
        let reply = served.post(nothing_runs, "{}");
        assert_eq!(reply.status, 409, "{nothing_runs}: {reply:?}");
    }
}

#[test]
fn every_described_route_answers_with_its_methods_and_no_other_does() {
    let served = Served::open();
    let description = served.get("/api/openapi.json");
    assert_eq!(description.status, 200);
    let description = description.json();
    assert_eq!(openapi::check(&description, "Description"), Ok(()));
    let paths = description["paths"].as_object().unwrap();
    for (path, methods) in paths {
        let methods: Vec<String> = methods
            .as_object()
            .unwrap()
            .keys()
            .map(|m| m.to_uppercase())
            .collect();
        for method in [
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "BREW",
        ] {
            if path.ends_with("/events") && method == "GET" {
                continue; // it does not end
            }
            let reply = served.ask(method, path, &[], "");
            let described = methods.contains(&method.to_owned());
            match described {
                true => assert!(
                    !matches!(reply.status, 0 | 404 | 405 | 500..),
                    "{method} {path}: {reply:?}"
                ),
                false => {
                    assert_eq!(reply.status, 405, "{method} {path}: {reply:?}");
                    let mut allowed: Vec<&str> =
                        reply.header("allow").split(',').map(str::trim).collect();
                    allowed.sort_unstable();
                    assert_eq!(allowed, methods, "{path}");
                    if method != "HEAD" {
                        assert_eq!(openapi::check(&reply.json(), "Problem"), Ok(()));
                    }
                }
            }
        }
    }
    for path in [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/",
        "/api/v2/status",
        "/api/v1/status/",
        "/api/v1/Status",
        "/apix",
        "/etc/passwd",
        "//",
        "/%2e%2e/",
    ] {
        for method in ["GET", "POST", "DELETE"] {
            assert_eq!(
                served.ask(method, path, &[], "").status,
                404,
                "{method} {path}"
            );
        }
    }
}

#[test]
fn bodies_of_the_wrong_size_or_kind_are_refused() {
    let served = Served::open();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "",
    ] {
        let reply = served.ask("POST", "/api/v1/start", &[("Content-Type", kind)], "{}");
        assert_eq!(reply.status, 415, "{kind}: {reply:?}");
    }
    assert_eq!(served.ask("POST", "/api/v1/start", &[], "{}").status, 415);
    let large = format!("{{\"interval_s\": 10{}}}", " ".repeat(70_000));
    assert_eq!(served.post("/api/v1/start", &large).status, 413);
    let huge = " ".repeat(900_000);
    assert_eq!(served.post("/api/v1/start", &huge).status, 413);
    let fits = format!("{{\"interval_s\": 3600{}}}", " ".repeat(65_000));
    let kind = ("Content-Type", "Application/JSON; charset=utf-8");
    assert_eq!(
        served.ask("POST", "/api/v1/start", &[kind], &fits).status,
        200
    );
}

#[test]
fn a_body_that_does_not_come_is_given_up() {
    let served = Served::open();
    let mut slow = served.connect();
    let host = served.address;
    write!(slow, "POST /api/v1/start HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{{").unwrap();
    let began = Instant::now();
    let mut answer = Vec::new();
    slow.read_to_end(&mut answer).unwrap();
    let reply = Reply::parse(&answer);
    assert_eq!(reply.status, 408, "{reply:?}");
    assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
}

/// An event stream that is read line by line.
struct Stream(BufReader<std::net::TcpStream>);

impl Stream {
    fn open(served: &Served) -> Self {
        let mut stream = served.connect();
        write!(
            stream,
            "GET /api/v1/events HTTP/1.1\r\nHost: {}\r\n\r\n",
            served.address
        )
        .unwrap();
        Self(BufReader::new(stream))
    }

    /// The state of the next event.
    fn next(&mut self) -> Value {
        let (mut named, end) = (false, Instant::now() + PATIENCE);
        loop {
            assert!(Instant::now() < end, "nothing but comments");
            let mut line = String::new();
            assert_ne!(
                self.0.read_line(&mut line).expect("an event comes"),
                0,
                "the stream ended"
            );
            named |= line.trim_end() == "event: status";
            if let Some(data) = line.strip_prefix("data: ") {
                assert!(named, "an event without a name");
                let state: Value = serde_json::from_str(data).unwrap();
                assert_eq!(openapi::check(&state, "Status"), Ok(()));
                return state;
            }
        }
    }

    fn until(&mut self, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let state = self.next();
            if is_so(&state) {
                return state;
            }
            assert!(Instant::now() < end, "not within {PATIENCE:?}: {what}");
        }
    }
}

#[test]
fn events_tell_the_state_at_once_and_each_change() {
    let served = Served::open();
    let mut stream = Stream::open(&served);
    assert_eq!(stream.next()["state"], "idle");
    state(&served.post("/api/v1/start", r#"{"interval_s": 3600}"#));
    let running = stream.until("it runs", |state| state["state"] == "running");
    assert_eq!(running["interval_s"], json!(3600));
    stream.until("a picture", |state| state["shots"] == 1);
    state(&served.post("/api/v1/stop", ""));
    let done = stream.until("it is stopped", |state| state["ended"] == "stopped");
    assert_eq!(done["state"], "idle");
}

#[test]
fn listeners_are_limited_and_a_place_is_free_again_when_one_goes() {
    let served = Served::open();
    let mut streams: Vec<Stream> = (0..16).map(|_| Stream::open(&served)).collect();
    for stream in &mut streams {
        stream.next();
    }
    let reply = served.get("/api/v1/events");
    assert_eq!(reply.status, 429, "{reply:?}");
    assert_ne!(reply.header("retry-after"), "");
    // The rest is served as ever.
    state(&served.get("/api/v1/status"));
    streams.clear();
    let end = Instant::now() + PATIENCE;
    loop {
        let mut stream = served.connect();
        write!(
            stream,
            "GET /api/v1/events HTTP/1.1\r\nHost: {}\r\n\r\n",
            served.address
        )
        .unwrap();
        let mut first = String::new();
        BufReader::new(stream).read_line(&mut first).unwrap();
        if first.contains("200") {
            break;
        }
        assert!(Instant::now() < end, "no place is free again: {first}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_listener_that_does_not_read_disturbs_nobody() {
    let served = Served::open();
    let mut lazy = served.connect();
    write!(
        lazy,
        "GET /api/v1/events HTTP/1.1\r\nHost: {}\r\n\r\n",
        served.address
    )
    .unwrap();
    state(&served.post("/api/v1/start", r#"{"interval_s": 0.25}"#));
    let mut stream = Stream::open(&served);
    let early =
        stream.until("some shots", |state| state["shots"].as_u64() > Some(5))["shots"].as_u64();
    stream.until("more shots", |state| {
        state["shots"].as_u64() > early.map(|shots| shots + 20)
    });
}

#[test]
fn the_end_is_graceful_also_for_listeners() {
    let mut served = Served::open();
    let mut stream = Stream::open(&served);
    stream.next();
    let idle = served.connect();
    let began = Instant::now();
    served.end();
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "{:?}",
        began.elapsed()
    );
    let mut rest = String::new();
    stream
        .0
        .read_to_string(&mut rest)
        .expect("the stream ends as HTTP has it");
    assert!(rest.ends_with("0\r\n\r\n"), "{rest:?}");
    drop(idle);
    assert!(
        std::net::TcpStream::connect(served.address).is_err(),
        "nobody listens any more"
    );
}

#[test]
fn a_release_that_is_not_there_is_told_with_its_remedy() {
    let served = Served::with(
        barpop::shutter::server::Options::default(),
        Some("it is unplugged; plug it in"),
    );
    let state = state(&served.get("/api/v1/status"));
    assert!(
        state["release"]["problem"]
            .as_str()
            .unwrap()
            .contains("plug it in"),
        "{state}"
    );
}
