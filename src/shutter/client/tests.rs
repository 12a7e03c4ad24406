//! The client against servers that are what they should not be.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::Instant;

use super::*;

/// A server that answers every request with these bytes, again and again if it shall not stop.
fn server(answer: Vec<u8>, endless: bool) -> Address {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("127.0.0.1:{}", listener.local_addr().unwrap().port());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, answer) = (stream.unwrap(), answer.clone());
            thread::spawn(move || {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request);
                let _ = stream.write_all(&answer);
                while endless && stream.write_all(&[b'x'; 65536]).is_ok() {}
                // The other side ends it first, so that nothing is lost.
                let _ = stream.shutdown(std::net::Shutdown::Write);
                let _ = stream.read(&mut request);
            });
        }
    });
    address.parse().unwrap()
}

fn answer(status: &str, kind: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Date: Sun, 29 Nov 2020 22:00:00 GMT\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

fn json(status: &str, body: &str) -> Client {
    Client::new(
        server(answer(status, "application/json", body), false),
        None,
    )
}

fn state() -> String {
    serde_json::to_string(&Snapshot::default()).unwrap()
}

#[test]
fn a_state_is_read_and_a_clock_that_differs_is_noticed() {
    let told = json("200 OK", &state()).status().unwrap();
    assert_eq!(told.snapshot, Snapshot::default());
    assert!(told.ahead.as_hours() < -24, "{:?}", told.ahead);
}

#[test]
fn what_is_refused_is_told_in_the_service_s_own_words() {
    let client = json("409 Conflict", r#"{"error":"a plan runs; stop it first"}"#);
    let error = client.send(&Command::Snap).unwrap_err();
    assert_eq!(
        error,
        ClientError::Refused("a plan runs; stop it first".into())
    );
    let client = json("401 Unauthorized", r#"{"error":"x"}"#);
    let error = client.status().unwrap_err();
    assert!(matches!(error, ClientError::Forbidden { wrong: false, .. }));
    assert!(error.to_string().contains("password_file"), "{error}");
    let client = Client {
        password: Some(Secret::new("hunter2")),
        ..json("401 Unauthorized", "")
    };
    let error = client.status().unwrap_err();
    assert!(matches!(error, ClientError::Forbidden { wrong: true, .. }));
    assert!(!error.to_string().contains("hunter2"));
}

#[test]
fn anything_else_that_answers_is_said_to_be_something_else() {
    for bytes in [
        b"SSH-2.0-OpenSSH_9.2\r\n".to_vec(),
        Vec::new(),
        vec![0xff; 300],
        b"HTTP/1.1 200 OK\r\n".to_vec(),
        answer("200 OK", "text/html", "<html>"),
        answer("200 OK", "application/json", "{}"),
        answer("200 OK", "application/json", "[[[[[["),
        answer("302 Found", "text/html", ""),
        answer(
            "500 Internal Server Error",
            "application/json",
            r#"{"error":7}"#,
        ),
    ] {
        let client = Client::new(server(bytes.clone(), false), None);
        let shown = String::from_utf8_lossy(&bytes).into_owned();
        let error = client.status().unwrap_err();
        assert!(
            matches!(
                error,
                ClientError::Odd { .. } | ClientError::Unreachable { .. }
            ),
            "{shown}: {error}"
        );
        assert!(error.to_string().len() < 600, "{shown}: {error}");
        client
            .events(true, &mut |_| ControlFlow::Continue(()))
            .unwrap_err();
    }
    let nobody: Address = "127.0.0.1:1".parse().unwrap();
    let error = Client::new(nobody, None).status().unwrap_err();
    assert_eq!(
        error.to_string(),
        "no answer from 127.0.0.1:1: nobody listens there"
    );
}

#[test]
fn an_answer_without_an_end_fills_no_memory_and_takes_no_time() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";
    for head in [
        head.to_vec(),
        b"HTTP/1.1 200 OK\r\nX: ".to_vec(),
        b"".to_vec(),
    ] {
        let client = Client::new(server(head, true), None);
        let started = Instant::now();
        client.status().unwrap_err();
        client
            .events(true, &mut |_| ControlFlow::Continue(()))
            .unwrap_err();
        assert!(started.elapsed() < 2 * PATIENCE);
    }
}

#[test]
fn events_are_told_until_the_listener_has_enough() {
    let event = format!("event: status\ndata: {}\n\n: alive\n\n", state());
    let client = Client::new(
        server(
            answer("200 OK", "text/event-stream", &event.repeat(3)),
            false,
        ),
        None,
    );
    let mut told = 0;
    let ended = client.events(false, &mut |_| {
        told += 1;
        ControlFlow::Break(())
    });
    assert_eq!((ended, told), (Ok(()), 1));
    let lost = client
        .events(true, &mut |_| ControlFlow::Continue(()))
        .unwrap_err();
    assert!(lost.to_string().contains("ended the connection"), "{lost}");
}

#[test]
fn a_listener_can_be_broken_off_from_another_thread() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 99\r\n\r\n";
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("127.0.0.1:{}", listener.local_addr().unwrap().port());
    let client = Client::new(address.parse().unwrap(), None);
    let other = client.clone();
    let listening = thread::spawn(move || other.events(true, &mut |_| ControlFlow::Continue(())));
    let (mut stream, _) = listener.accept().unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    let started = Instant::now();
    while !listening.is_finished() {
        client.shutdown();
        assert!(started.elapsed() < PATIENCE, "it still listens");
        thread::sleep(Duration::from_millis(10));
    }
    listening.join().unwrap().unwrap_err();
}
