use std::fs::{self, File};
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::*;

/// A release that writes down what is done with it.
struct Diary(PathBuf);

impl Diary {
    fn note(&self, what: &str) {
        let mut file = File::options().append(true).open(&self.0).unwrap();
        writeln!(file, "{what}").unwrap();
    }
}

impl Release for Diary {
    fn describe(&self) -> snapshot::Release {
        snapshot::Release::default()
    }

    fn focus(&mut self, pressed: bool) -> Result<(), ReleaseError> {
        self.note(if pressed { "focus" } else { "no focus" });
        Ok(())
    }

    fn open(&mut self, _: Duration) -> Result<(), ReleaseError> {
        self.note("open");
        Ok(())
    }

    fn close(&mut self) -> Result<(), ReleaseError> {
        self.note("close");
        Ok(())
    }

    fn recover(&mut self) -> Result<(), ReleaseError> {
        Ok(())
    }
}

const VARIABLE: &str = "BARPOP_TEST_DIARY";

/// The same test once more, as a service in a process of its own.
fn service(test: &str, diary: &Path) -> Child {
    File::create(diary).unwrap();
    let (_, module) = module_path!().split_once("::").unwrap();
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("{module}::{test}"), "--nocapture"])
        .env(VARIABLE, diary)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// A service with its shutter pressed.
fn pressed() -> Option<Box<dyn Release>> {
    let diary = std::env::var_os(VARIABLE)?;
    begin();
    let mut release = guard(Box::new(Diary(diary.into())));
    release.open(Duration::from_secs(60)).unwrap();
    Some(release)
}

fn wait_until_it_says(diary: &Path, wanted: &str) {
    let until = Instant::now() + Duration::from_secs(15);
    loop {
        let said = fs::read_to_string(diary).unwrap();
        if said.lines().any(|line| line == wanted) {
            return;
        }
        assert!(
            Instant::now() < until,
            "waited in vain for '{wanted}': {said}"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn send(child: &Child, signal: Signal) {
    let id = rustix::process::Pid::from_child(child);
    rustix::process::kill_process(id, signal).unwrap();
}

#[test]
fn a_panic_in_any_thread_lets_go_and_ends_the_service() {
    if let Some(_release) = pressed() {
        std::thread::spawn(|| panic!("as a test wants it"))
            .join()
            .unwrap_err();
        std::thread::sleep(Duration::from_secs(60));
    }
    let folder = tempfile::tempdir().unwrap();
    let diary = folder.path().join("diary");
    let mut child = service("a_panic_in_any_thread_lets_go_and_ends_the_service", &diary);
    let status = child.wait().unwrap();
    assert_eq!(status.signal(), Some(Signal::ABORT.as_raw()), "{status}");
    assert_eq!(
        fs::read_to_string(&diary).unwrap(),
        "open\nclose\nno focus\nclose\nno focus\n",
        "once more after the panic is told, when nobody can press any longer"
    );
}

#[test]
fn a_panic_in_the_middle_of_a_press_ends_the_service_too() {
    if let Some(release) = pressed() {
        struct Broken;
        impl Release for Broken {
            fn describe(&self) -> snapshot::Release {
                snapshot::Release::default()
            }
            fn focus(&mut self, _: bool) -> Result<(), ReleaseError> {
                Ok(())
            }
            fn open(&mut self, _: Duration) -> Result<(), ReleaseError> {
                panic!("as a test wants it")
            }
            fn close(&mut self) -> Result<(), ReleaseError> {
                Ok(())
            }
            fn recover(&mut self) -> Result<(), ReleaseError> {
                Ok(())
            }
        }
        let mut broken = guard(Box::new(Broken));
        let _ = broken.open(Duration::ZERO);
        drop(release);
        std::thread::sleep(Duration::from_secs(60));
    }
    let folder = tempfile::tempdir().unwrap();
    let diary = folder.path().join("diary");
    let test = "a_panic_in_the_middle_of_a_press_ends_the_service_too";
    let status = service(test, &diary).wait().unwrap();
    assert_eq!(status.signal(), Some(Signal::ABORT.as_raw()), "{status}");
    assert!(
        fs::read_to_string(&diary)
            .unwrap()
            .ends_with("close\nno focus\n")
    );
}

#[test]
fn a_service_that_hangs_at_its_end_is_let_go_and_ended() {
    if let Some(_release) = pressed() {
        let diary = PathBuf::from(std::env::var_os(VARIABLE).unwrap());
        on_end_signal(move |signal| {
            Diary(diary.clone()).note(&format!("asked to end by {}", signal.as_raw()));
        })
        .unwrap();
        let diary = PathBuf::from(std::env::var_os(VARIABLE).unwrap());
        Diary(diary).note("ready");
        std::thread::sleep(Duration::from_secs(60));
    }
    let folder = tempfile::tempdir().unwrap();
    let diary = folder.path().join("diary");
    let test = "a_service_that_hangs_at_its_end_is_let_go_and_ended";
    for (first, second) in [(Signal::INT, Some(Signal::TERM)), (Signal::TERM, None)] {
        let mut child = service(test, &diary);
        wait_until_it_says(&diary, "ready");
        send(&child, first);
        wait_until_it_says(&diary, &format!("asked to end by {}", first.as_raw()));
        if let Some(second) = second {
            send(&child, second);
        }
        let status = child.wait().unwrap();
        assert_eq!(status.code(), Some(128 + first.as_raw()));
        assert!(
            fs::read_to_string(&diary)
                .unwrap()
                .ends_with("close\nno focus\n")
        );
    }
}

#[test]
fn a_release_that_was_dropped_is_none_of_our_business_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let diary = folder.path().join("diary");
    File::create(&diary).unwrap();
    drop(guard(Box::new(Diary(diary.clone()))));
    let kept = guard(Box::new(Diary(diary.clone())));
    let_all_go();
    drop(kept);
    assert_eq!(fs::read_to_string(&diary).unwrap(), "close\nno focus\n");
}

#[test]
fn letting_go_what_is_not_there_says_so() {
    let wish = "serial:/dev/ttyNone0".parse().unwrap();
    let error = let_go(&wish, Duration::from_secs(5)).err().unwrap();
    assert!(
        error.to_string().starts_with("/dev/ttyNone0 is not there"),
        "{error}"
    );
    assert!(let_go(&Wish::None, Duration::ZERO).is_ok());
}
