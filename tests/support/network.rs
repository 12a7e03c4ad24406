//! The real NetworkManager in namespaces of its own (network, mounts, processes, host name), on a
//! bus of its own, with cables to a DHCP server that only it sees. Nothing outside changes, and
//! all of it ends with the test, also when the test is killed.
//!
//! It has cables, a bridge and a container's pair; Wi-Fi, WireGuard and modems are the lab's
//! (tests/lab), since not every kernel that runs the tests has them.
//!
//! ```ignore
//! let net = RealNetwork::start();          // `Office` is up on eth0, `Bench` waits for eth1
//! net.run(env!("CARGO_BIN_EXE_xnm"), &["--output", "json"]);
//! let bar = net.follow(env!("CARGO_BIN_EXE_xnm"), &["--follow"]);
//! net.nmcli(&["connection", "up", "Bench"]);
//! net.cut_cable("eth0");
//! ```
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::bus;

/// What makes the namespaces' inside.
const INSIDE: &str = include_str!("network.sh");

/// The real NetworkManager. See the module's words.
pub struct RealNetwork {
    folder: TempDir,
    unshare: Child,
    /// The first process inside, by its number outside.
    inside: u32,
    pipes: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
}

impl RealNetwork {
    /// Starts it. `Office` (eth0, DHCP) is connecting by itself, `Bench` (eth1, fixed address)
    /// waits, `Meisenweg 12` is a Wi-Fi profile with a secret and without a device; the bridge
    /// `docker0` has a veth in it.
    pub fn start() -> Self {
        for (program, package) in [
            ("NetworkManager", "network-manager"),
            ("dnsmasq", "dnsmasq-base"),
            ("ip", "iproute2"),
            ("dbus-daemon", "dbus-daemon"),
        ] {
            let found = std::env::split_paths(&path()).any(|folder| folder.join(program).is_file());
            assert!(
                found,
                "'{program}' is not installed: apt-get install {package}"
            );
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        let socket = at("bus").display().to_string();
        std::fs::write(at("bus.conf"), bus::config(&socket)).expect("the bus's configuration");
        std::fs::write(at("network.sh"), INSIDE).expect("the script");
        let mut command = Command::new("unshare");
        command.args([
            "--net",
            "--mount",
            "--uts",
            "--pid",
            "--fork",
            "--kill-child=KILL",
        ]);
        command.args(["--mount-proc", "--propagation", "private"]);
        if !is_root() {
            command.args(["--user", "--map-root-user"]);
        }
        let mut unshare = command
            .args(["sh", "-eu"])
            .arg(at("network.sh"))
            .arg(folder.path())
            .env("PATH", path())
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .expect("unshare runs");
        let input = unshare.stdin.take().expect("its input");
        let mut output = BufReader::new(unshare.stdout.take().expect("its output"));
        let mut line = String::new();
        output.read_line(&mut line).expect("a line");
        let log = || std::fs::read_to_string(at("nm.log")).unwrap_or_default();
        assert_eq!(
            line,
            "ready\n",
            "no network namespace for NetworkManager; root can have one, and everybody where \
             /proc/sys/kernel/unprivileged_userns_clone is 1:\n{}",
            log()
        );
        let children = format!("/proc/{0}/task/{0}/children", unshare.id());
        let children = std::fs::read_to_string(children).expect("the process inside");
        let inside = children.split(' ').next().and_then(|id| id.parse().ok());
        Self {
            folder,
            inside: inside.expect("the process inside"),
            unshare,
            pipes: Mutex::new((input, output)),
        }
    }

    /// Starts it, and waits until `Office` has its address.
    pub fn start_connected() -> Self {
        let net = Self::start();
        net.wait_until("Office is up", |net| {
            net.nmcli(&["-t", "-f", "NAME", "connection", "show", "--active"])
                .contains("Office")
                && net
                    .nmcli(&["-t", "-f", "STATE", "general"])
                    .starts_with("connected")
        });
        net
    }

    /// A program that runs inside, in the namespaces and on the bus.
    pub fn program(&self, program: &str) -> Command {
        let mut command = Command::new("nsenter");
        if !is_root() {
            command.args(["--user", "--preserve-credentials"]);
        }
        command
            .arg(format!("--target={}", self.inside))
            .args(["--net", "--mount", "--uts", "--pid", "--", program])
            .env_clear()
            .env("PATH", path())
            .env("LANG", "C.UTF-8")
            .env("HOME", self.folder.path())
            .env("DBUS_SYSTEM_BUS_ADDRESS", self.bus_address())
            .stdin(Stdio::null());
        command
    }

    /// The bus, which is reached from outside too.
    pub fn bus_address(&self) -> String {
        format!("unix:path={}", self.folder.path().join("bus").display())
    }

    /// Runs a program inside to its end.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let mut command = self.program(program);
        command.args(arguments).output().expect("nsenter runs")
    }

    /// What a program prints inside; its failure fails the test.
    pub fn says(&self, program: &str, arguments: &[&str]) -> String {
        let output = self.run(program, arguments);
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{program} {arguments:?}: {complaints}"
        );
        String::from_utf8(output.stdout).expect("output in UTF-8")
    }

    /// NetworkManager's own program, as another hand at the same network.
    pub fn nmcli(&self, arguments: &[&str]) -> String {
        self.says("nmcli", arguments)
    }

    /// Waits until it is so, 15 s at most.
    pub fn wait_until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let until = Instant::now() + Duration::from_secs(15);
        while !is_so(self) {
            assert!(
                Instant::now() < until,
                "in vain until {what}:\n{}",
                self.log()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What NetworkManager logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("nm.log")).unwrap_or_default()
    }

    /// Pulls the cable of `eth0` or `eth1` at its other end.
    pub fn cut_cable(&self, interface: &str) {
        self.tell(&format!("cable_out {interface}"));
    }

    /// Puts it in again.
    pub fn put_cable(&self, interface: &str) {
        self.tell(&format!("cable_in {interface}"));
    }

    /// Stops NetworkManager as its service is stopped; connections stay up.
    pub fn stop_network_manager(&self) {
        self.tell("nm_stop");
    }

    /// Kills NetworkManager with SIGKILL.
    pub fn kill_network_manager(&self) {
        self.tell("nm_kill");
    }

    /// Starts it (again); it is on the bus on return.
    pub fn start_network_manager(&self) {
        self.tell("nm_start");
    }

    /// Kills the bus, which ends NetworkManager too.
    pub fn kill_bus(&self) {
        self.tell("bus_kill; nm_kill");
    }

    /// Starts the bus again, and NetworkManager on it.
    pub fn start_bus(&self) {
        self.tell("bus_start; nm_start");
    }

    /// Has the first process inside do something, and waits until it is done.
    pub fn tell(&self, line: &str) {
        let mut pipes = self.pipes.lock().unwrap();
        writeln!(pipes.0, "{line}").expect("the process inside listens");
        let mut answer = String::new();
        pipes.1.read_line(&mut answer).expect("an answer");
        assert_eq!(answer, "done\n", "after '{line}':\n{}", self.log());
    }
}

impl Drop for RealNetwork {
    fn drop(&mut self) {
        // The first process inside takes all others along.
        let _ = self.unshare.kill();
        let _ = self.unshare.wait();
    }
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Daemons may live outside of the person's path.
fn path() -> std::ffi::OsString {
    let mut path = std::env::var_os("PATH").unwrap_or_default();
    path.push(":/usr/sbin:/sbin");
    path
}
