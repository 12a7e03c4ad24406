//! Whom the camera trusts at a real mosquitto, and what the person is told when it cannot get in.

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
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use barpop::shutter::broker::Broker;
use camera::{Camera, plain};
use mosquitto::{Mosquitto, Wants, authority};

const PASSWORD: &str = "canary-of-the-broker";
const AVAILABILITY: &str = "barpop/shutter/garden/availability";

fn password_file(folder: &Path, password: &str) -> PathBuf {
    let path = folder.join("password");
    std::fs::write(&path, format!("{password}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    path
}

fn with_tls(broker: &Mosquitto, host: &str, ca_file: &Path) -> Broker {
    Broker {
        host: host.to_owned(),
        tls: None,
        ca_file: Some(ca_file.to_owned()),
        ..plain(broker.port())
    }
}

#[test]
fn a_wrong_password_is_told_in_words_and_is_in_none_of_them() {
    let broker = Mosquitto::wanting(Wants {
        login: Some(("shutter", PASSWORD)),
        ..Wants::default()
    });
    let folder = tempfile::tempdir().unwrap();
    let mut camera = Camera::new();
    camera.connect(&plain(broker.port()));
    camera.said("wants a password; set username and password_file");
    camera.disconnect();

    let with = |password: &str| Broker {
        username: Some("shutter".to_owned()),
        password_file: Some(password_file(folder.path(), password)),
        ..plain(broker.port())
    };
    camera.connect(&with("canary-that-is-wrong"));
    camera.said("does not let 'shutter' in");
    camera.disconnect();

    camera.connect(&with(PASSWORD));
    camera.said("connected");
    broker.retained_until(AVAILABILITY, |said| said == "online");
    assert!(!format!("{:?}", camera.log()).contains("canary"));
}

#[test]
fn only_a_broker_whose_certificate_is_right_gets_the_password() {
    let broker = Mosquitto::wanting(Wants {
        tls_for: Some("localhost"),
        ..Wants::default()
    });
    let folder = tempfile::tempdir().unwrap();
    authority(folder.path(), "localhost");
    let mut camera = Camera::new();
    let mut told = |broker: &Broker, wanted: &str| {
        camera.connect(broker);
        let sentence = camera.said(wanted);
        camera.disconnect();
        sentence
    };
    let stranger = folder.path().join("ca.pem");
    let sentence = told(
        &with_tls(&broker, "localhost", &stranger),
        "nobody that is trusted",
    );
    assert!(sentence.contains("set ca_file"), "{sentence}");
    told(
        &with_tls(&broker, "127.0.0.1", &broker.authority()),
        "for another name",
    );
    told(&plain(broker.port()), "wants TLS");
    assert!(
        !broker.log().contains("New client connected"),
        "{}",
        broker.log()
    );

    camera.connect(&with_tls(&broker, "localhost", &broker.authority()));
    camera.said("connected");
    broker.retained_until(AVAILABILITY, |said| said == "online");
}

#[test]
fn a_port_that_speaks_no_tls_is_told_from_one_where_nobody_is() {
    let broker = Mosquitto::start();
    let folder = tempfile::tempdir().unwrap();
    authority(folder.path(), "localhost");
    let mut camera = Camera::new();
    let mut told = |broker: &Broker, wanted: &str| {
        camera.connect(broker);
        camera.said(wanted);
        camera.disconnect();
    };
    let ca = folder.path().join("ca.pem");
    // The broker may close the connection before or after it has said something.
    told(&with_tls(&broker, "localhost", &ca), "TLS");
    told(&plain(mosquitto::free_port()), "no MQTT broker answers");
    let nowhere = Broker {
        host: "broker.invalid".to_owned(),
        ..plain(1883)
    };
    told(&nowhere, "broker.invalid:1883");
}

#[test]
fn the_broker_says_offline_for_a_camera_whose_line_is_cut_and_hears_of_it_again() {
    let broker = Mosquitto::start();
    let line = Line::to(broker.port());
    let camera = Camera::at(line.port);
    broker.retained_until(AVAILABILITY, |said| said == "online");
    let listening = broker.listen(AVAILABILITY);
    line.cut();
    listening.wait_for(&format!("{AVAILABILITY} offline"));
    listening.wait_for(&format!("{AVAILABILITY} online"));
    camera.said("tried again");
}

/// A line to a broker that can be cut as a router cuts it: without a word of MQTT.
struct Line {
    port: u16,
    ends: Arc<Mutex<Vec<TcpStream>>>,
}

impl Line {
    fn to(broker: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let ends = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&ends);
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let Ok(far) = TcpStream::connect(("127.0.0.1", broker)) else {
                    continue;
                };
                for (from, to) in [(&near, &far), (&far, &near)] {
                    let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    std::thread::spawn(move || carry(from, to));
                }
                all.lock().unwrap().extend([near, far]);
            }
        });
        Self { port, ends }
    }

    fn cut(&self) {
        for end in self.ends.lock().unwrap().drain(..) {
            let _ = end.shutdown(Shutdown::Both);
        }
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream) {
    let mut bytes = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if to.write_all(&bytes[..count]).is_err() {
            return;
        }
    }
}
