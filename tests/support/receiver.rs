//! Receivers for tests: a log on a pseudo-terminal, a real gpsd on it, and sockets.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags, fcntl_setfl};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::support::Person;

/// A file of `tests/data/gnss`.
pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/gnss")
        .join(name)
}

/// A TCP port that nobody has.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    listener.local_addr().expect("its address").port()
}

/// Returns when somebody listens there.
pub fn wait_for_listener(port: u16) {
    let until = Instant::now() + Duration::from_secs(15);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < until, "nobody listens at port {port}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A receiver at a pseudo-terminal; it is unplugged when dropped.
pub struct Terminal {
    path: PathBuf,
    running: Arc<AtomicBool>,
}

impl Terminal {
    /// Sends a log over and over from its line `first` on, a line each `pace`.
    pub fn sending(log: &Path, pace: Duration, first: usize) -> Self {
        let text = std::fs::read(log).expect("a log");
        let lines: Vec<Vec<u8>> = text
            .split_inclusive(|b| *b == b'\n')
            .skip(first)
            .map(<[u8]>::to_vec)
            .collect();
        Self::start(move |running, master| {
            for line in lines.iter().cycle() {
                if !running.load(Ordering::Relaxed) {
                    return;
                }
                // Nobody may be reading; what is not taken is lost, as on a line.
                let _ = master.write(line);
                // What gpsd asks the receiver is of no interest.
                let mut scrap = [0; 256];
                let _ = master.read(&mut scrap);
                std::thread::sleep(pace);
            }
        })
    }

    /// A modem that answers some commands, each with a text; any other is an `ERROR`.
    pub fn answering(answers: &[(&'static str, &'static str)]) -> Self {
        Self::answering_and_telling(answers, |_| {})
    }

    /// The same, which tells of each command.
    pub fn answering_and_telling(
        answers: &[(&'static str, &'static str)],
        tell: impl Fn(&str) + Send + 'static,
    ) -> Self {
        let answers = answers.to_vec();
        Self::start(move |running, master| {
            let mut heard = String::new();
            while running.load(Ordering::Relaxed) {
                let mut piece = [0; 256];
                let count = master.read(&mut piece).unwrap_or(0);
                heard.push_str(&String::from_utf8_lossy(&piece[..count]));
                while let Some((line, rest)) = heard.split_once('\r') {
                    tell(line);
                    let known = answers.iter().find(|(command, _)| *command == line);
                    let answer = known.map_or("\r\nERROR\r\n", |(_, answer)| answer);
                    let _ = master.write(answer.as_bytes());
                    heard = rest.to_owned();
                }
                std::thread::sleep(Duration::from_millis(2));
            }
        })
    }

    fn start(work: impl FnOnce(&AtomicBool, &mut File) + Send + 'static) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)
            .expect("a pseudo-terminal");
        grantpt(&master).expect("its owner");
        unlockpt(&master).expect("its lock");
        let name = ptsname(&master, Vec::new()).expect("its name");
        let path = PathBuf::from(name.into_string().expect("a name in UTF-8"));
        let slave = rustix::fs::open(&path, OFlags::RDWR | OFlags::NOCTTY, Mode::empty());
        let slave = slave.expect("its other side");
        let mut attributes = tcgetattr(&slave).expect("its attributes");
        attributes.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &attributes).expect("a raw terminal");
        fcntl_setfl(&master, OFlags::NONBLOCK).expect("a terminal that does not wait");
        let running = Arc::new(AtomicBool::new(true));
        let flag = Arc::clone(&running);
        std::thread::spawn(move || work(&flag, &mut File::from(master)));
        Self { path, running }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.running.store(false, Ordering::Relaxed);
    }
}

/// A real gpsd on one receiver.
pub struct Gpsd(Child);

impl Gpsd {
    pub fn start(person: &Person, port: u16, device: &Path) -> Self {
        let path = std::env::var("PATH").unwrap_or_default();
        let child = person
            .program("gpsd")
            .env("PATH", format!("{path}:/usr/sbin"))
            .args(["-N", "-n", "-b", "-S", &port.to_string()])
            .arg(device)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gpsd starts: Debian's gpsd");
        wait_for_listener(port);
        Self(child)
    }

    pub fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Gpsd {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Passes a socket in the file system on to a TCP port, as systemd's socket does for gpsd.
pub fn relay(socket: &Path, port: u16) {
    let listener = UnixListener::bind(socket).expect("a socket");
    std::thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let mut server = TcpStream::connect(("127.0.0.1", port)).expect("gpsd");
            let mut back = (
                client.try_clone().expect("a clone"),
                server.try_clone().expect("a clone"),
            );
            std::thread::spawn(move || std::io::copy(&mut back.1, &mut back.0));
            let _ = std::io::copy(&mut client, &mut server);
        }
    });
}
