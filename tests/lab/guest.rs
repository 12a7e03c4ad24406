//! What a scenario does in its guest, where it is root: run programs, start daemons, wait for
//! something to be so, and say what it did.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::host::SLOWER;
use crate::{Needs, Time};

/// A guest that is up.
pub struct Lab {
    started: Instant,
}

impl Lab {
    /// Starts what every program of a desktop counts on.
    pub fn up(needs: &Needs) -> Self {
        let lab = Self {
            started: Instant::now(),
        };
        if on_stock_kernel() {
            lab.load_drivers(needs);
        } else if needs.time == Time::Free {
            // No computation takes time here, and a clock at 0 is taken for a broken one.
            std::thread::sleep(Duration::from_secs(2));
        }
        if needs.udev {
            lab.run("/lib/systemd/systemd-udevd --daemon");
            // The drivers are built in: their devices were there before udevd.
            lab.run("udevadm trigger -c add -s net -s rfkill -s ieee80211 -s usb -s tty -s gpio -s input");
            lab.run("udevadm settle");
        }
        if needs.bus {
            lab.without_activation();
            lab.run("dbus-daemon --system --fork --nopidfile");
        }
        lab.say("the guest is up");
        lab
    }

    /// What people's devices, or systemd, would have loaded: the sides that a scenario plays. The
    /// devices' own drivers are for udevd to find.
    fn load_drivers(&self, needs: &Needs) {
        for module in [
            "uhid",
            "libcomposite",
            "dummy_hcd",
            "ledtrig-timer",
            "ppp_async",
        ] {
            self.run(&format!("modprobe {module}"));
        }
        if needs.radios > 0 {
            self.run("modprobe mac80211_hwsim");
        }
    }

    /// The bus starts nothing by itself: a scenario says what runs.
    fn without_activation(&self) {
        self.run("mount -t tmpfs tmpfs /usr/share/dbus-1/system-services");
    }

    /// Starts a system bus that can be ended again: for a guest without one.
    pub fn start_bus(&self) -> Daemon {
        const SOCKET: &str = "/run/dbus/system_bus_socket";
        if fs::exists(SOCKET).unwrap_or_default() {
            fs::remove_file(SOCKET).expect("the old bus's socket");
        } else {
            self.without_activation();
        }
        let mut bus = Command::new("dbus-daemon");
        let bus = self.start(
            "dbus-daemon",
            bus.args(["--system", "--nofork", "--nopidfile"]),
        );
        self.wait_for_file(SOCKET);
        bus
    }

    /// A line of the log.
    pub fn say(&self, what: &str) {
        println!("[{:8.2}] {what}", self.started.elapsed().as_secs_f32());
    }

    /// Runs a program, which must succeed, and returns what it printed. Words are parted by spaces;
    /// there is no shell.
    pub fn run(&self, line: &str) -> String {
        let (succeeded, said) = self.try_run(line);
        assert!(succeeded, "'{line}' failed");
        said
    }

    /// Runs a program; whether it succeeded, and what it printed, errors too.
    pub fn try_run(&self, line: &str) -> (bool, String) {
        let mut words = line.split(' ');
        let mut command = Command::new(words.next().expect("a program"));
        self.output(command.args(words))
    }

    /// As [`Lab::try_run`], for arguments with spaces.
    pub fn output(&self, command: &mut Command) -> (bool, String) {
        let words: Vec<_> = std::iter::once(command.get_program())
            .chain(command.get_args())
            .map(|word| word.to_string_lossy().into_owned())
            .collect();
        self.say(&format!("$ {}", words.join(" ")));
        let output = command
            .stdin(Stdio::null())
            .output()
            .unwrap_or_else(|error| panic!("'{}': {error}", words[0]));
        let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
        said.push_str(&String::from_utf8_lossy(&output.stderr));
        print!("{said}");
        (output.status.success(), said)
    }

    /// Starts a daemon, which writes its log to `/lab/NAME.log`.
    pub fn start(&self, name: &str, command: &mut Command) -> Daemon {
        self.say(&format!("start {name}"));
        let log = File::create(format!("/lab/{name}.log")).expect("a log");
        let child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("the log twice"))
            .stderr(log)
            .spawn()
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        Daemon {
            name: name.to_owned(),
            child,
        }
    }

    /// Asks until there is an answer, and fails when there is none in time (an emulated machine
    /// has more of it). It asks every tenth of
    /// a second at first, and then every second: idle waits are free, questions are not.
    pub fn eventually<T>(
        &self,
        what: &str,
        limit: Duration,
        mut ask: impl FnMut() -> Option<T>,
    ) -> T {
        let limit = limit * if on_stock_kernel() { SLOWER } else { 1 };
        let began = Instant::now();
        loop {
            if let Some(answer) = ask() {
                self.say(what);
                return answer;
            }
            assert!(began.elapsed() < limit, "waited in vain until {what}");
            let patient = began.elapsed() > Duration::from_secs(2);
            std::thread::sleep(Duration::from_millis(if patient { 1000 } else { 100 }));
        }
    }

    /// Waits until this file or device is there.
    pub fn wait_for_file(&self, path: &str) {
        self.eventually(&format!("{path} is there"), Duration::from_secs(10), || {
            fs::symlink_metadata(path).ok()
        });
    }

    /// Waits until this file is gone.
    pub fn wait_until_gone(&self, path: &str) {
        self.eventually(&format!("{path} is gone"), Duration::from_secs(10), || {
            fs::symlink_metadata(path).is_err().then_some(())
        });
    }
}

/// Whether this guest's kernel is Debian's own, in QEMU.
fn on_stock_kernel() -> bool {
    std::env::var_os("LAB_MODULES").is_some()
}

/// A daemon that runs until it is stopped, or until the guest ends.
pub struct Daemon {
    name: String,
    child: Child,
}

impl Daemon {
    /// Ends it as a service manager does, and returns when it is gone.
    pub fn stop(mut self) {
        let _ = rustix::process::kill_process(
            rustix::process::Pid::from_child(&self.child),
            rustix::process::Signal::TERM,
        );
        self.child.wait().expect("a child");
    }

    /// As when it crashes.
    pub fn kill(mut self) {
        self.child.kill().expect("a child");
        self.child.wait().expect("a child");
    }

    /// Fails the scenario when it has ended by itself.
    pub fn must_run(&mut self) {
        if let Some(status) = self.child.try_wait().expect("a child") {
            let log = fs::read_to_string(format!("/lab/{}.log", self.name)).unwrap_or_default();
            panic!("{} ended ({status}):\n{log}", self.name);
        }
    }
}

/// Writes a file of the kernel's (sysfs, configfs), where one write is one action.
pub fn set(path: impl AsRef<Path>, value: &str) {
    let path = path.as_ref();
    File::options()
        .write(true)
        .open(path)
        .and_then(|mut file| file.write_all(value.as_bytes()))
        .unwrap_or_else(|error| panic!("writing '{value}' to {}: {error}", path.display()));
}

/// What such a file holds.
pub fn get(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    let mut text = String::new();
    File::open(path)
        .and_then(|mut file| file.read_to_string(&mut text))
        .unwrap_or_else(|error| panic!("reading {}: {error}", path.display()));
    text.trim_end().to_owned()
}
