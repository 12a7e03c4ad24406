use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};

use super::*;

fn ended(raw: i32) -> Ended {
    Ended {
        status: ExitStatus::from_raw(raw),
        wanted: false,
        hung: false,
    }
}

#[test]
fn a_service_that_ended_in_good_order_or_was_called_wrongly_is_not_started_anew() {
    assert_eq!(ended(0).unwanted(), None);
    assert_eq!(ended(2 << 8).unwanted(), None);
    assert_eq!(ended(1 << 8).unwanted().unwrap(), "ended with exit code 1");
    assert_eq!(ended(9).unwanted().unwrap(), "was ended by signal 9");
    let hung = Ended {
        hung: true,
        ..ended(9)
    };
    assert_eq!(hung.unwanted().unwrap(), "said nothing for 10 s");
    let wanted = Ended {
        wanted: true,
        ..ended(9)
    };
    assert_eq!(wanted.unwanted(), None);
}

/// Tells a process of these tests what it is, and where it writes down what happens.
const ROLE: &str = "BARPOP_TEST_SUPERVISOR";

/// A supervisor in a process of its own, whose service is this test once more.
struct Supervisor {
    child: Child,
    folder: tempfile::TempDir,
}

impl Supervisor {
    fn start(test: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (_, module) = module_path!().split_once("::").unwrap();
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &format!("{module}::{test}"), "--nocapture"])
            .env(ROLE, format!("supervisor {}", folder.path().display()))
            .stdout(std::process::Stdio::null())
            .stderr(std::fs::File::create(folder.path().join("errors")).unwrap())
            .spawn()
            .unwrap();
        Self { child, folder }
    }

    /// Waits for the process of the `n`th service.
    fn service(&self, n: usize) -> Pid {
        self.eventually("a service", |said| {
            let mut ids = said.lines().filter_map(|line| line.strip_prefix("began "));
            Pid::from_raw(ids.nth(n)?.parse().ok()?)
        })
    }

    fn eventually<T>(&self, what: &str, ask: impl Fn(&str) -> Option<T>) -> T {
        let until = Instant::now() + Duration::from_secs(40);
        loop {
            let said = std::fs::read_to_string(self.folder.path().join("said"));
            let said = said.unwrap_or_default();
            if let Some(answer) = ask(&said) {
                return answer;
            }
            assert!(Instant::now() < until, "waited in vain for {what}: {said}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn send(&self, signal: Signal) {
        rustix::process::kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    fn errors(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("errors")).unwrap()
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns in the test itself; a supervisor and its service end here.
fn play(service: impl FnOnce(&mut Signals, &mut dyn FnMut(&str))) {
    let Ok(role) = std::env::var(ROLE) else {
        return;
    };
    let (role, folder) = role.split_once(' ').unwrap();
    if role == "supervisor" {
        let program = std::env::current_exe().unwrap();
        let service = Service {
            program: "/usr/bin/env".into(),
            arguments: [format!("{ROLE}=service {folder}").into(), program.into()]
                .into_iter()
                .chain(std::env::args_os().skip(1))
                .collect(),
            wish: Wish::None,
        };
        std::process::exit(run(&service).unwrap());
    }
    // Before it says that it has begun, whereupon it may be ended.
    let mut signals = Signals::catch().unwrap();
    super::super::begin();
    let path = PathBuf::from(folder).join("said");
    let mut say = move |what: &str| {
        let file = std::fs::File::options()
            .append(true)
            .create(true)
            .open(&path);
        writeln!(file.unwrap(), "{what}").unwrap();
    };
    say(&format!("began {}", std::process::id()));
    service(&mut signals, &mut say);
    std::process::exit(0);
}

/// Waits for the signal that ends a service.
fn until_a_signal(signals: &mut Signals, say: &mut dyn FnMut(&str)) {
    let signal = signals.within(Duration::from_secs(60)).unwrap().unwrap();
    say(&format!("ended by {}", signal.as_raw()));
}

#[test]
fn a_service_that_is_killed_is_started_anew_and_one_that_is_to_end_is_told() {
    play(until_a_signal);
    let test = "a_service_that_is_killed_is_started_anew_and_one_that_is_to_end_is_told";
    let mut supervisor = Supervisor::start(test);
    rustix::process::kill_process(supervisor.service(0), Signal::KILL).unwrap();
    let second = supervisor.service(1);
    assert!(
        supervisor
            .errors()
            .contains("the service was ended by signal 9; it is started anew in 1 s"),
        "{}",
        supervisor.errors()
    );
    supervisor.send(Signal::INT);
    assert_eq!(supervisor.child.wait().unwrap().code(), Some(0));
    supervisor.eventually("the service's last word", |said| {
        said.ends_with("ended by 2\n").then_some(())
    });
    assert!(rustix::process::test_kill_process(second).is_err());
}

#[test]
fn a_service_ends_with_its_supervisor() {
    play(until_a_signal);
    let mut supervisor = Supervisor::start("a_service_ends_with_its_supervisor");
    supervisor.service(0);
    supervisor.child.kill().unwrap();
    supervisor.child.wait().unwrap();
    supervisor.eventually("the service's last word", |said| {
        said.ends_with("ended by 15\n").then_some(())
    });
}

#[test]
fn a_service_that_falls_silent_is_killed() {
    play(|_, say| {
        // As sd_notify has it.
        let name = std::env::var("NOTIFY_SOCKET").unwrap();
        let name = name.strip_prefix('@').unwrap();
        let there = SocketAddr::from_abstract_name(name).unwrap();
        let socket = UnixDatagram::unbound().unwrap();
        socket
            .send_to_addr(b"READY=1\nWATCHDOG=1\n", &there)
            .unwrap();
        assert_eq!(std::env::var("WATCHDOG_USEC").unwrap(), "10000000");
        say("hangs");
        std::thread::sleep(Duration::from_secs(60));
    });
    let supervisor = Supervisor::start("a_service_that_falls_silent_is_killed");
    let began = Instant::now();
    supervisor.service(1);
    assert!(began.elapsed() >= WATCHDOG, "{:?}", began.elapsed());
    let errors = supervisor.errors();
    assert!(
        errors.contains("the service said nothing for 10 s; it is started anew in 1 s"),
        "{errors}"
    );
}

#[test]
fn a_service_that_was_called_wrongly_is_not_tried_again() {
    play(|_, _| std::process::exit(USAGE));
    let mut supervisor = Supervisor::start("a_service_that_was_called_wrongly_is_not_tried_again");
    assert_eq!(supervisor.child.wait().unwrap().code(), Some(USAGE));
}

#[test]
fn what_another_process_says_is_not_taken_for_the_service() {
    let ears = Ears::open().unwrap();
    let own = rustix::process::getpid();
    let name = ears.address().strip_prefix('@').unwrap().to_owned();
    let there = SocketAddr::from_abstract_name(&name).unwrap();
    let socket = UnixDatagram::unbound().unwrap();
    let say = || socket.send_to_addr(b"WATCHDOG=1\n", &there).unwrap();
    say();
    assert!(ears.hear(own), "the service itself");
    say();
    let other = Command::new("true").spawn().unwrap();
    assert!(!ears.hear(Pid::from_child(&other)), "somebody else");
    other.wait_with_output().unwrap();
    // What was not believed is not believed later either.
    assert!(!ears.hear(own));
}
