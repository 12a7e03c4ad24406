//! The real NetworkManager in a network of its own, on a bus of its own.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::expect_used, clippy::panic)]

use std::io::Write;
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Runs in network and mount namespaces of its own, and ends all it started when its standard
/// input ends. Lines on standard input are commands for its shell.
const SCRIPT: &str = r#"
mount -t sysfs -o ro sys /sys
mount -t tmpfs tmp /run
mkdir -p /run/NetworkManager /etc/NetworkManager /var/lib/NetworkManager
mount -t tmpfs tmp /etc/NetworkManager
mount -t tmpfs tmp /var/lib/NetworkManager
mkdir -p /etc/NetworkManager/system-connections
ip link set lo up
ip link add eth0 type veth peer name eth0p; ip link set eth0p up
cat >/run/nm.conf <<C
[main]
auth-polkit=false
plugins=keyfile
dns=none
no-auto-default=*
[keyfile]
unmanaged-devices=interface-name:eth0p
[connectivity]
enabled=false
[logging]
level=TRACE
domains=ALL
C
export DBUS_SYSTEM_BUS_ADDRESS="unix:path=$1/bus"
dbus-daemon --config-file="$1/bus.conf" --nofork --nopidfile </dev/null 2>"$1/bus.log" &
bus=$!
trap 'kill -9 $bus $nm $supplicant $modems 2>/dev/null; wait' EXIT
until [ -S "$1/bus" ]; do sleep .01; done
start_nm() {
    NetworkManager --debug --config=/run/nm.conf --config-dir=/run/nm.d \
        --state-file=/run/nm.state </dev/null >>"$1/nm.log" 2>&1 &
    nm=$!
}
start_nm "$1"
while read -r line; do eval "$line" >>"$1/shell.log" 2>&1; done
"#;

const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=@/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/>
<allow send_destination="*" eavesdrop="true"/><allow receive_sender="*"/>
<allow send_type="method_call"/></policy></busconfig>
"#;

/// A NetworkManager that ends with the test, also when the test is killed.
pub struct Nm {
    folder: TempDir,
    shell: Child,
}

impl Nm {
    /// Starts it; it answers on return.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().display().to_string();
        std::fs::write(folder.path().join("bus.conf"), BUS.replace('@', &path)).expect("a file");
        let shell = Command::new("unshare")
            .args(["-n", "-m", "--propagation", "private", "sh", "-c", SCRIPT])
            .args(["nm", &path])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("unshare runs");
        let nm = Self { folder, shell };
        let socket = nm.folder.path().join("bus");
        nm.wait_for("a bus", || UnixStream::connect(&socket).is_ok());
        nm.wait_until_it_answers();
        nm
    }

    pub fn wait_until_it_answers(&self) {
        self.wait_for("NetworkManager", || {
            self.nmcli_or(&["-t", "general", "status"]).is_ok()
        });
    }

    fn wait_for(&self, what: &str, done: impl Fn() -> bool) {
        let until = Instant::now() + Duration::from_secs(20);
        while !done() {
            assert!(Instant::now() < until, "no {what}: {}", self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Where its bus is.
    pub fn address(&self) -> String {
        format!("unix:path={}/bus", self.folder.path().display())
    }

    /// What NetworkManager logged, at its chattiest.
    pub fn log(&self) -> String {
        let log = std::fs::read(self.folder.path().join("nm.log")).unwrap_or_default();
        String::from_utf8_lossy(&log).into_owned()
    }

    /// Runs a line in NetworkManager's own network and files.
    pub fn inside(&mut self, line: &str) {
        let stdin = self.shell.stdin.as_mut().expect("a shell");
        writeln!(stdin, "{line}").expect("the shell reads");
    }

    /// Ends NetworkManager and starts another one.
    pub fn restart(&mut self) {
        let path = self.folder.path().display().to_string();
        let done = self.folder.path().join("restarted");
        let _ = std::fs::remove_file(&done);
        self.inside(&format!(
            "kill $nm; wait $nm; start_nm {path}; touch {}",
            done.display()
        ));
        self.wait_for("restart", || done.exists());
        self.wait_until_it_answers();
    }

    pub fn nmcli_or(&self, arguments: &[&str]) -> Result<String, String> {
        let output = Command::new("nmcli")
            .env("DBUS_SYSTEM_BUS_ADDRESS", self.address())
            .env("LC_ALL", "C.UTF-8")
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .expect("nmcli: apt-get install network-manager");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() {
            Ok(text(&output.stdout))
        } else {
            Err(text(&output.stderr))
        }
    }

    /// Another program's view and hands.
    pub fn nmcli(&self, arguments: &[&str]) -> String {
        self.nmcli_or(arguments)
            .unwrap_or_else(|error| panic!("nmcli {arguments:?}: {error}"))
    }

    /// A profile's file as it is on disk.
    pub fn file(&mut self, name: &str) -> String {
        let copy = self.folder.path().join("copy");
        let done = self.folder.path().join("copied");
        let _ = std::fs::remove_file(&copy);
        let _ = std::fs::remove_file(&done);
        self.inside(&format!(
            "cp '/etc/NetworkManager/system-connections/{name}.nmconnection' {}; touch {}",
            copy.display(),
            done.display()
        ));
        self.wait_for("a copy", || done.exists());
        std::fs::read_to_string(copy).unwrap_or_default()
    }
}

impl Drop for Nm {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}
