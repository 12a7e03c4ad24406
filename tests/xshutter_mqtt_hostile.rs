//! Brokers and clients that mean no good, or do not know better: no picture is late for them, and
//! none is taken that nobody asked for.

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

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::time::{Duration, Instant};

use barpop::shutter::snapshot::State;
use camera::{Camera, plain};
use mosquitto::{Mosquitto, until};

const PERIOD: Duration = Duration::from_millis(200);
const SNAP: &str = "barpop/shutter/garden/command/snap";
/// `CONNACK`: come in.
const WELCOME: [u8; 4] = [0x20, 2, 0, 0];

/// Every picture is where the plan has it: none is missing, and none is half a period off.
fn assert_in_phase(camera: &Camera) {
    let shots = camera.shots();
    for (n, shot) in (0..).zip(&shots) {
        let planned = shots[0] + PERIOD * n;
        let off = shot
            .duration_since(planned)
            .max(planned.duration_since(*shot));
        assert!(
            off < PERIOD / 2,
            "picture {n} of {} is {off:?} off",
            shots.len()
        );
    }
    assert_eq!(camera.engine.snapshot().skipped, 0);
    assert_eq!(camera.engine.snapshot().shots as usize, shots.len());
}

#[test]
fn ten_thousand_messages_leave_the_phase_untouched() {
    let broker = Mosquitto::start();
    let camera = Camera::at(broker.port());
    camera.said("connected");
    camera.start(PERIOD, None);
    let mut flood = broker
        .client("mosquitto_pub")
        .args(["-t", SNAP, "-l"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("mosquitto_pub starts: Debian's mosquitto-clients");
    flood
        .stdin
        .take()
        .unwrap()
        .write_all(
            "{\"what\": [[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]}\n"
                .repeat(10_000)
                .as_bytes(),
        )
        .unwrap();
    assert!(flood.wait().unwrap().success());
    let seen = camera.shots().len();
    until("more pictures after the flood", || {
        camera.shots().len() > seen + 5
    });
    // What is asked for after the flood is heard, though it may have to wait.
    broker.publish_with("barpop/shutter/garden/command/stop", "", &["-q", "1"]);
    until("the stop", || camera.engine.snapshot().state == State::Idle);
    assert_in_phase(&camera);
}

/// A broker that is a script: what it does with each connection, of which it gets the number.
fn scripted(script: impl Fn(usize, TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for (number, line) in listener.incoming().flatten().enumerate() {
            line.set_read_timeout(Some(Duration::from_secs(10)))
                .unwrap();
            script(number, line);
        }
    });
    port
}

/// Reads until these bytes were there.
fn read_until(line: &mut TcpStream, wanted: &str) -> String {
    let mut all = Vec::new();
    let mut bytes = [0; 4096];
    loop {
        let count = line.read(&mut bytes).expect("the camera says more");
        assert!(count > 0, "the camera left before {wanted:?}");
        all.extend_from_slice(&bytes[..count]);
        let text = String::from_utf8_lossy(&all).into_owned();
        if text.contains(wanted) {
            return text;
        }
    }
}

/// A `PUBLISH` of quality of service 1.
fn message(topic: &str, payload: &str, repeated: bool) -> Vec<u8> {
    let mut packet = vec![if repeated { 0x3a } else { 0x32 }];
    packet.push(u8::try_from(2 + topic.len() + 2 + payload.len()).unwrap());
    packet.extend([0, u8::try_from(topic.len()).unwrap()]);
    packet.extend(topic.as_bytes());
    packet.extend([0, 7]);
    packet.extend(payload.as_bytes());
    packet
}

#[test]
fn what_the_broker_marks_as_a_repetition_takes_no_picture() {
    let (done, script_is_done) = std::sync::mpsc::channel();
    let port = scripted(move |_, mut line| {
        line.write_all(&WELCOME).unwrap();
        read_until(&mut line, "online");
        line.write_all(&message(SNAP, "", true)).unwrap();
        read_until(&mut line, "a repetition is not carried out");
        line.write_all(&message(SNAP, "", false)).unwrap();
        read_until(&mut line, "\"total\":1");
        done.send(line).unwrap();
    });
    let camera = Camera::at(port);
    let line = script_is_done.recv_timeout(Duration::from_secs(20));
    line.expect("the repetition is refused, and the message after it is carried out");
    assert_eq!(camera.shots().len(), 1);
}

#[test]
fn bytes_of_any_kind_end_a_connection_and_nothing_else() {
    const ROUNDS: usize = 40;
    let port = scripted(|number, mut line| {
        let mut bytes = vec![0; 2000];
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64 ^ number as u64;
        for byte in &mut bytes {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            *byte = seed.to_le_bytes()[3];
        }
        // Kinds of packets that make sense at first sight are more likely to get far.
        match number % 5 {
            0 => {}
            1 => bytes[0] = 0x32,
            2 => bytes
                .splice(0..2, [0x30, 0xff, 0xff, 0xff, 0x7f])
                .for_each(drop),
            3 => bytes
                .splice(0..2, [0x40, 2, 0, 9, 0x62, 2, 0, 9, 0x90, 2, 0, 1])
                .for_each(drop),
            _ => bytes.truncate(1),
        }
        let mut scrap = [0; 4096];
        let _ = line.read(&mut scrap);
        if number % 2 == 0 {
            let _ = line.write_all(&WELCOME);
        }
        let _ = line.write_all(&bytes);
        // The next one comes when the camera has had enough of this one, or is asked to leave it.
    });
    let mut camera = Camera::new();
    camera.start(PERIOD, None);
    for round in 0..ROUNDS {
        camera.connect(&plain(port));
        // One that says nothing wrong leaves at the end of its script.
        until("it gives up", || camera.troubles() > round);
        camera.disconnect();
    }
    assert_in_phase(&camera);
}

#[test]
fn a_broker_that_talks_and_does_not_listen_cannot_keep_the_camera() {
    let port = scripted(|_, mut line| {
        line.write_all(&WELCOME).unwrap();
        read_until(&mut line, "online");
        line.set_write_timeout(Some(Duration::from_millis(500)))
            .unwrap();
        // Each of them wants an answer that nobody reads.
        let flood = message(SNAP, "no command", false).repeat(2000);
        while line.write_all(&flood).is_ok() {}
        std::mem::forget(line);
    });
    let mut camera = Camera::at(port);
    camera.start(PERIOD, None);
    camera.said("connected");
    until("pictures", || camera.shots().len() > 10);
    let began = Instant::now();
    camera.disconnect();
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "{:?}",
        began.elapsed()
    );
    assert_in_phase(&camera);
}

#[test]
fn a_huge_retained_message_keeps_the_camera_off_no_broker() {
    let broker = Mosquitto::start();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), vec![b'x'; 300 * 1024]).unwrap();
    let done = broker
        .client("mosquitto_pub")
        .args(["-r", "-t", "barpop/shutter/garden/command/change", "-f"])
        .arg(file.path())
        .status();
    assert!(done.unwrap().success());
    let camera = Camera::at(broker.port());
    let said = camera.said("not listened to");
    assert!(said.contains("command/change"), "{said}");
    broker.retained_until("barpop/shutter/garden/availability", |said| {
        said == "online"
    });
    let until_heard = Instant::now() + Duration::from_secs(30);
    while camera.shots().is_empty() {
        assert!(Instant::now() < until_heard, "{:?}", camera.log());
        broker.publish(SNAP, "");
        std::thread::sleep(Duration::from_millis(500));
    }
    let before = camera.troubles();
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(
        camera.troubles(),
        before,
        "it stays connected: {:?}",
        camera.log()
    );
}
