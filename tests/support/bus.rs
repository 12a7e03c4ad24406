//! A private bus on which everybody may do everything: what the system bus is to our programs.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::expect_used, clippy::panic)]

use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A bus that ends with the test, also when the test is killed: a shell waits at the other end
/// of a pipe, and ends the daemon when the pipe does.
pub struct Bus {
    folder: TempDir,
    guard: Option<Child>,
    /// The home of programs that it starts.
    home: Option<std::path::PathBuf>,
}

const GUARD: &str = r#"
dbus-daemon --config-file="$1" --nofork --nopidfile </dev/null 2>"$1.log" &
daemon=$!
trap 'kill -9 $daemon 2>/dev/null' EXIT
read -r _
"#;

impl Bus {
    /// Starts it; it takes calls on return.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let bus = Self {
            folder,
            guard: None,
            home: None,
        };
        std::fs::write(bus.config(), config(&bus.socket())).expect("the bus's configuration");
        let mut bus = bus;
        bus.restart();
        bus
    }

    /// Its address, for `DBUS_SYSTEM_BUS_ADDRESS` or `DBUS_SESSION_BUS_ADDRESS`.
    pub fn address(&self) -> String {
        format!("unix:path={}", self.socket())
    }

    /// Where its socket and configuration are.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts it anew, with programs that it starts by itself when they are called.
    pub fn with_services(&mut self, services: &Path, home: &Path) {
        let known = format!(
            "<servicedir>{}</servicedir>\n</busconfig>",
            services.display()
        );
        let config = config(&self.socket()).replace("</busconfig>", &known);
        // They find their home and the bus in its environment.
        std::fs::write(
            self.config(),
            config.replace("<type>system</type>", "<type>session</type>"),
        )
        .expect("the bus's configuration");
        self.home = Some(home.to_owned());
        self.restart();
    }

    fn socket(&self) -> String {
        self.folder.path().join("bus").display().to_string()
    }

    fn config(&self) -> std::path::PathBuf {
        self.folder.path().join("bus.conf")
    }

    /// Ends the daemon at once; everybody's connection breaks.
    pub fn kill(&mut self) {
        if let Some(mut guard) = self.guard.take() {
            drop(guard.stdin.take());
            let _ = guard.wait();
        }
        let _ = std::fs::remove_file(self.socket());
    }

    /// Starts the daemon (again) at the same address.
    pub fn restart(&mut self) {
        self.kill();
        let mut shell = Command::new("sh");
        if let Some(home) = &self.home {
            shell.env("HOME", home).env_remove("XDG_DATA_HOME");
        }
        let guard = shell
            .args(["-c", GUARD, "bus"])
            .arg(self.config())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("a shell runs");
        self.guard = Some(guard);
        let until = Instant::now() + Duration::from_secs(10);
        while UnixStream::connect(self.socket()).is_err() {
            assert!(
                Instant::now() < until,
                "no dbus-daemon: apt-get install dbus-daemon"
            );
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// A program that takes this bus for the system's.
    pub fn program(&self, path: impl AsRef<Path>) -> Command {
        let mut command = Command::new(path.as_ref());
        command
            .env("DBUS_SYSTEM_BUS_ADDRESS", self.address())
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null());
        command
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A daemon's configuration: everybody may everything.
pub fn config(socket: &str) -> String {
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow receive_sender="*"/>
    <allow send_type="method_call"/>
  </policy>
</busconfig>
"#
    )
}
