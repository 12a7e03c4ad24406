//! The release by the real gphoto2, with a camera that speaks PTP over TCP.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/ptp_camera.rs"]
mod ptp_camera;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use barpop::shutter::release::{self, Release, Wish};
use barpop::shutter::safe;
use ptp_camera::Camera;

const LONG: Duration = Duration::from_secs(600);
const SHORT: Duration = Duration::from_millis(100);

fn wish(port: &str) -> Wish {
    format!("gphoto2:{port}").parse().unwrap()
}

fn release(camera: &Camera) -> Box<dyn Release> {
    let release = release::open(&wish(&camera.port));
    assert_eq!(release.describe().problem, None);
    release
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < until, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_short_press_takes_a_picture_and_a_long_one_is_held() {
    let camera = Camera::new();
    let mut release = release(&camera);
    assert!(!release.describe().focus);
    for _ in 0..3 {
        release.open(SHORT).unwrap();
        release.close().unwrap();
    }
    assert_eq!(camera.state().pictures, 3);
    assert!(!camera.state().exposing);
    for _ in 0..2 {
        release.open(LONG).unwrap();
        assert!(camera.state().exposing);
        release.close().unwrap();
        assert!(!camera.state().exposing);
    }
    assert_eq!((camera.state().pictures, camera.state().exposures), (3, 2));
    // The exposure ends with the release, and so does the program.
    release.open(LONG).unwrap();
    assert!(camera.state().exposing);
    drop(release);
    assert_eq!(
        (camera.state().exposing, camera.state().exposures),
        (false, 3)
    );
    wait_until("the session is over", || camera.state().sessions == 0);
}

#[test]
fn a_camera_that_cannot_focus_says_so_and_the_next_picture_is_taken() {
    let camera = Camera::new();
    let mut release = release(&camera);
    camera.change(|state| state.blind = true);
    let error = release.open(SHORT).unwrap_err().to_string();
    assert!(
        error.ends_with("failed: could not trigger capture"),
        "{error}"
    );
    assert_eq!(release.describe().problem, Some(error));
    camera.change(|state| state.blind = false);
    release.open(SHORT).unwrap();
    assert_eq!(camera.state().pictures, 1);
    assert_eq!(release.describe().problem, None);
}

#[test]
fn a_camera_that_is_not_there_is_a_problem_in_words() {
    // Nobody listens at a port that was given back.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = format!("ptpip:{}", listener.local_addr().unwrap());
    drop(listener);
    let problem = release::open(&wish(&port)).describe().problem.unwrap();
    assert!(
        problem.starts_with(&format!("gphoto2: {port} failed: ")),
        "{problem}"
    );
    let none = release::open(&wish("usb:250,250")).describe().problem;
    assert_eq!(
        none.unwrap(),
        "a camera that gphoto2 knows is not there; plug it in and switch it on"
    );
}

/// Tells a process of these tests to be the one that is killed.
const ROLE: &str = "BARPOP_TEST_CAMERA";

#[test]
fn an_exposure_whose_service_was_killed_is_ended_by_the_releaser() {
    if let Ok(port) = std::env::var(ROLE) {
        let mut release = release::open(&wish(&port));
        release.open(LONG).unwrap();
        std::thread::sleep(LONG);
    }
    let camera = Camera::new();
    let test = "an_exposure_whose_service_was_killed_is_ended_by_the_releaser";
    let mut service = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(ROLE, &camera.port)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    wait_until("the shutter is open", || camera.state().exposing);
    service.kill().unwrap();
    service.wait().unwrap();
    // gphoto2 goes with it, and leaves the camera to others.
    wait_until("gphoto2 has ended", || camera.state().sessions == 0);
    drop(safe::let_go(&wish(&camera.port), Duration::from_secs(5)).unwrap());
    assert!(!camera.state().exposing);
}
