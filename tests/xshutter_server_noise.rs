//! Whatever arrives at the service, the timer keeps its phase, and nothing is the server's fault.
#![cfg(feature = "shutter-server")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/shutter.rs"]
mod shutter;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use shutter::{PATIENCE, Reply, Served};

/// Between two pictures.
const INTERVAL: Duration = Duration::from_millis(200);
/// The middle of the late pictures may differ by so much from that of the early ones, seconds.
const DRIFT: f64 = 0.02;
/// Nine of ten are within this, seconds, on a machine that does much else.
const FAR: f64 = 0.05;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.roll(all.len())]
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..self.roll(most)).map(|_| self.roll(256) as u8).collect()
    }
}

const PATHS: &[&str] = &[
    "/api/v1/status",
    "/api/v1/start",
    "/api/v1/change",
    "/api/v1/pause?",
    "/api/v1/history?limit=%ff",
    "/api/v1/history?limit=0",
    "/api/v1/history?limit=99999999999999999999",
    "/api/v1/snap/",
    "/api/openapi.json",
    "/",
    "/start",
    "/change",
    "/login",
    "/%00",
    "/..//..",
    "*",
    "/api/v1/\u{e9}",
    "http://evil.example/api/v1/stop",
    "/api/v1/start#x",
    "",
];
const METHODS: &[&str] = &[
    "GET",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "HEAD",
    "BREW",
    "get",
    "P\u{f6}ST",
    "CONNECT",
];
const HOSTS: &[&str] = &[
    "evil.example",
    "127.0.0.1",
    "localhost",
    "[::1",
    "\u{1}",
    "a,b",
    "127.0.0.1:99999",
    "",
];
const ORIGINS: &[&str] = &["https://evil.example", "null", "http://127.0.0.1", "x", ""];
const BODIES: &[&str] = &[
    "{",
    "{}{}",
    "[]",
    "null",
    "\"\"",
    "{\"interval_s\":-1}",
    "{\"interval_s\":1e308}",
    "{\"count\":0}",
    "{\"bulb_s\":\"\"}",
    "{\"windows\":[{\"from\":{\"clock\":\"99:99\"},\"to\":{}}]}",
    "{\"ramp\":{\"to_s\":0,\"over_s\":0}}",
    "{\"start_at\":\"9999-99-99\"}",
    "{\"interval_s\":10,\"interval_s\":null}",
    "interval=0&count=x",
    "interval=%ff%fe",
    "password=",
    "{\"\\u0000\":1}",
];

/// A request that must not be done.
fn bad(dice: &mut Dice, address: &str) -> Vec<u8> {
    let (path, body) = (dice.pick(PATHS), dice.pick(BODIES));
    let json = "Content-Type: application/json\r\n";
    let mut all = match dice.roll(8) {
        0 => return dice.bytes(400),
        1 => format!("{} {path} HTTP/1.1\r\nHost: {address}\r\n\r\n", dice.pick(METHODS)),
        2 => format!("POST /api/v1/snap HTTP/1.1\r\nHost: {address}\r\nOrigin: {}\r\n\r\n", dice.pick(&ORIGINS[..2])),
        3 => format!("POST /api/v1/stop HTTP/1.1\r\nHost: {}\r\n{json}\r\n", dice.pick(&["evil.example", "192.0.2.1", "", "\u{1}"])),
        4 => format!("POST /api/v1/start HTTP/1.1\r\nHost: {address}\r\n{json}Content-Length: {}\r\n\r\n{body}", body.len()),
        5 => format!("POST /api/v1/start HTTP/1.1\r\nHost: {address}\r\n{json}Content-Length: 90000\r\n\r\n{}", "x".repeat(90_000)),
        6 => format!("GET {path} HTTP/{} \r\nHost: {}\r\nX: {}\r\n\r\n", dice.roll(30), dice.pick(HOSTS), "y".repeat(dice.roll(30_000))),
        _ => format!("POST /start HTTP/1.1\r\nHost: {address}\r\nOrigin: {}\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}", dice.pick(ORIGINS), dice.roll(1 << 30)),
    }
    .into_bytes();
    // Some are damaged on the way.
    if dice.roll(4) == 0 && !all.is_empty() {
        let at = dice.roll(all.len());
        all[at] = dice.roll(256) as u8;
    }
    all
}

/// What it answers, if it does; the other side may close while we still send.
fn answer(served: &Served, request: &[u8]) -> Reply {
    let mut stream = served.connect();
    let _ = stream.write_all(request);
    // Nothing more comes from us, and so nothing more is waited for.
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all);
    Reply::parse(&all)
}

#[test]
fn a_thousand_bad_requests_and_fifty_that_dawdle_leave_the_timer_in_its_phase() {
    let served = Served::open();
    let address = served.address.to_string();
    let started = served.post("/api/v1/start", r#"{"interval_s": 0.2, "count": 10000}"#);
    assert_eq!(started.status, 200, "{started:?}");

    // Each sends a little now and then, and never all of it.
    let mut dawdlers: Vec<TcpStream> = (0..50).map(|_| served.connect()).collect();
    for stream in &mut dawdlers {
        let _ = write!(
            stream,
            "POST /api/v1/start HTTP/1.1\r\nHost: {address}\r\nX-Slow: "
        );
    }
    let mut dice = Dice(20_261_129);
    let began = Instant::now();
    let mut statuses = std::collections::BTreeMap::<u16, u32>::new();
    for number in 0..1000 {
        let request = bad(&mut dice, &address);
        let reply = answer(&served, &request);
        assert!(
            reply.status < 500,
            "{reply:?} to {}",
            String::from_utf8_lossy(&request)
        );
        *statuses.entry(reply.status).or_default() += 1;
        if number % 50 == 0 {
            for stream in &mut dawdlers {
                let _ = stream.write_all(b"z");
            }
            assert_eq!(
                served.get("/api/v1/status").status,
                200,
                "the rest is served as ever"
            );
        }
    }
    println!("{statuses:?} in {:?}", began.elapsed());
    for expected in [400, 403, 404, 405, 413, 415, 422] {
        assert!(
            statuses.contains_key(&expected),
            "no {expected} among {statuses:?}"
        );
    }

    served.until("shots to look at", |snapshot| snapshot.shots >= 25);
    let snapshot = served.handle.snapshot();
    assert_eq!(
        (snapshot.count, snapshot.interval),
        (Some(10_000), Some(INTERVAL)),
        "nobody changed the plan"
    );
    assert_eq!(
        snapshot.total,
        u64::from(snapshot.shots),
        "nobody took a picture"
    );
    let edges = served.edges.lock().unwrap();
    let opened: Vec<Instant> = edges
        .iter()
        .filter(|(pressed, _)| *pressed)
        .map(|(_, at)| *at)
        .collect();
    let first = opened[0];
    // How late each is, modulo the interval, and what the middle one of some is.
    let late = |at: &Instant| {
        let phase = at.duration_since(first).as_secs_f64() / INTERVAL.as_secs_f64();
        (phase - phase.round()) * INTERVAL.as_secs_f64()
    };
    let middle = |some: &[Instant]| {
        let mut all: Vec<f64> = some.iter().map(late).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    let third = opened.len() / 3;
    let drift = middle(&opened[opened.len() - third..]) - middle(&opened[..third]);
    assert!(drift.abs() < DRIFT, "the phase wandered by {drift:.3} s");
    let centre = middle(&opened);
    let far = opened
        .iter()
        .filter(|at| (late(at) - centre).abs() > FAR)
        .count();
    assert!(
        far * 10 <= opened.len(),
        "{far} of {} are more than {FAR} s out of phase",
        opened.len()
    );
    let last = opened.last().unwrap().duration_since(first).as_secs_f64();
    let due = (last / INTERVAL.as_secs_f64()).round() as usize + 1;
    // One may be under way, and one so late that it looks like the next.
    let counted = opened.len() + snapshot.skipped as usize;
    assert!(
        counted.abs_diff(due) <= 2,
        "{due} were due, and {counted} taken or counted as left out"
    );
    drop(edges);

    // Who dawdles is sent away.
    let end = Instant::now() + PATIENCE;
    for mut stream in dawdlers {
        stream
            .set_read_timeout(Some(
                end.saturating_duration_since(Instant::now())
                    .max(Duration::from_millis(1)),
            ))
            .unwrap();
        let mut rest = Vec::new();
        let ended = stream.read_to_end(&mut rest);
        let reset = ended
            .as_ref()
            .is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset);
        assert!(ended.is_ok() || reset, "still there: {ended:?}");
    }
}
