//! `xshutter serve` as it runs in a field: at a broker, found in the network, and killed.

#![cfg(feature = "shutter-server")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/mosquitto.rs"]
mod mosquitto;
mod support;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use mosquitto::{Mosquitto, Wants, free_port};
use support::{Person, text};

const XSHUTTER: &str = env!("CARGO_BIN_EXE_xshutter");
const PASSWORD: &str = "canary-of-the-broker";
const LONG: Duration = Duration::from_secs(15);

/// A person whose camera is configured so.
fn person(config: &str) -> Person {
    let person = Person::new();
    std::fs::write(person.path("config.toml"), config).unwrap();
    person
}

/// The service, and what it says on standard error.
fn serve(person: &Person) -> Command {
    let mut serve = person.program(XSHUTTER);
    serve.args(["serve", "--release", "none", "--state", "none"]);
    serve
        .arg("--listen")
        .arg(format!("127.0.0.1:{}", free_port()));
    serve.arg("--config").arg(person.path("config.toml"));
    serve.stdin(Stdio::null());
    serve
}

struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_broker_says_offline_when_the_service_is_killed() {
    let broker = Mosquitto::wanting(Wants {
        login: Some(("shutter", PASSWORD)),
        ..Wants::default()
    });
    let person = person(&format!(
        "[shutter.serve]\nname = \"Garden\"\n[shutter.mqtt]\nhost = \"127.0.0.1\"\nport = {}\n\
         tls = false\nusername = \"shutter\"\npassword_file = \"PASSWORD_FILE\"\n",
        broker.port()
    ));
    let file = person.path("password");
    std::fs::write(&file, PASSWORD).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(&file, mode).unwrap();
    let config = std::fs::read_to_string(person.path("config.toml")).unwrap();
    let config = config.replace("PASSWORD_FILE", &file.display().to_string());
    std::fs::write(person.path("config.toml"), config).unwrap();

    let topic = "barpop/shutter/Garden/availability";
    let mut service = Ended(serve(&person).stderr(Stdio::piped()).spawn().unwrap());
    broker.retained_until(topic, |said| said == "online");
    let listening = broker.listen(topic);
    service.0.kill().unwrap();
    listening.wait_for(&format!("{topic} offline"));
    assert_eq!(broker.retained(topic).unwrap(), "offline");
    let mut said = String::new();
    let stderr = service.0.stderr.take().unwrap();
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        said.push_str(&line);
    }
    assert!(said.contains("connected to the MQTT broker"), "{said}");
    assert!(!said.contains("canary"), "{said}");

    // The next one says so itself when it is asked to end.
    let mut service = Ended(serve(&person).stderr(Stdio::null()).spawn().unwrap());
    listening.wait_for(&format!("{topic} online"));
    let id = rustix::process::Pid::from_child(&service.0);
    rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    listening.wait_for(&format!("{topic} offline"));
    assert!(service.0.wait().unwrap().success());
}

#[test]
fn a_broker_that_is_configured_wrongly_is_told_before_anything_begins() {
    let person = person("[shutter.mqtt]\nhost = \"127.0.0.1\"\nca_file = \"/nowhere/ca.pem\"\n");
    let output = serve(&person).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("cannot read ca_file '/nowhere/ca.pem'"),
        "{said}"
    );
}

/// What stands in namespaces of its own: a bus, and the real avahi on a network of its own.
const INSIDE: &str = r#"
set -eu
exec 3<&0
folder=$1
mount -t tmpfs run /run
mkdir -p /run/dbus /run/avahi-daemon
ip link set lo up
ip link add eth0 type veth peer name far0
ip addr add 10.77.0.1/24 dev eth0
ip link set eth0 up
ip link set far0 up
cat >$folder/bus.conf <<C
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=/run/dbus/system_bus_socket</listen>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_type="method_call"/><allow send_destination="*"/><allow receive_sender="*"/></policy></busconfig>
C
dbus-daemon --config-file=$folder/bus.conf --nofork --nopidfile 2>$folder/bus.log &
until [ -S /run/dbus/system_bus_socket ]; do sleep 0.01; done
printf '[server]\nallow-interfaces=eth0\nuse-ipv6=no\n[wide-area]\nenable-wide-area=no\n' >$folder/avahi.conf
avahi-daemon --no-drop-root --no-chroot --no-rlimits --file=$folder/avahi.conf 2>$folder/avahi.log &
shift
"$@" 2>$folder/serve.log &
service=$!
avahi-browse --no-fail --parsable --resolve --no-db-lookup _barpop-shutter._tcp &
read -r line <&3
"$1" discover --json --seconds 3 | sed 's/^/discovered /'
read -r line <&3
kill $service
read -r line <&3
"#;

#[test]
fn the_real_avahi_finds_the_service_and_hears_it_say_goodbye() {
    let person = person("");
    let mut passwd = person.program(XSHUTTER);
    let mut passwd = passwd
        .arg("passwd")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(
        &mut passwd.stdin.take().unwrap(),
        b"canary of the service\n",
    )
    .unwrap();
    let config = text(&passwd.wait_with_output().unwrap().stdout)
        + "name = \"Garden\"\nannounce = true\nlisten = [\"10.77.0.1:8318\"]\n";
    let file = person.path("config.toml");
    std::fs::write(&file, config).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(&file, mode).unwrap();
    std::fs::write(person.path("inside.sh"), INSIDE).unwrap();
    let mut unshare = person.program("unshare");
    unshare.args([
        "--net",
        "--mount",
        "--uts",
        "--pid",
        "--fork",
        "--kill-child=KILL",
    ]);
    unshare.args(["--mount-proc", "--propagation", "private"]);
    if !rustix::process::geteuid().is_root() {
        unshare.args(["--user", "--map-root-user"]);
    }
    unshare.env(
        "PATH",
        format!("{}:/usr/sbin:/sbin", std::env::var("PATH").unwrap()),
    );
    // Its own bus, in there.
    unshare.env(
        "DBUS_SYSTEM_BUS_ADDRESS",
        "unix:path=/run/dbus/system_bus_socket",
    );
    unshare
        .args(["sh"])
        .arg(person.path("inside.sh"))
        .arg(person.home());
    unshare.args([
        XSHUTTER,
        "serve",
        "--release",
        "none",
        "--state",
        "none",
        "--config",
    ]);
    unshare.arg(&file);
    let mut unshare = Ended(
        unshare
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("unshare runs"),
    );
    let mut told = unshare.0.stdin.take().unwrap();
    let lines = lines(unshare.0.stdout.take().unwrap());
    let log = || {
        ["serve.log", "avahi.log", "bus.log"]
            .map(|log| std::fs::read_to_string(person.path(log)).unwrap_or_default())
            .concat()
    };
    let wait = |wanted: &str| {
        let mut all = Vec::new();
        loop {
            match lines.recv_timeout(LONG) {
                Ok(line) if line.starts_with(wanted) => return line,
                Ok(line) => all.push(line),
                Err(_) => panic!("no {wanted:?} in {all:?}; the service says {}", log()),
            }
        }
    };
    let found = wait("=;eth0;IPv4;Garden;_barpop-shutter._tcp");
    assert!(found.contains(";10.77.0.1;8318;"), "{found}");
    for fact in [
        "\"name=Garden\"",
        "\"path=/\"",
        concat!("\"version=", env!("CARGO_PKG_VERSION"), "\""),
    ] {
        assert!(found.contains(fact), "{found}");
    }
    std::io::Write::write_all(&mut told, b"discover\n").unwrap();
    let found = wait("discovered ");
    let found: serde_json::Value = serde_json::from_str(found.split_once(' ').unwrap().1).unwrap();
    assert_eq!(found["name"], "Garden");
    assert_eq!(found["addresses"][0], "10.77.0.1");
    assert_eq!(found["port"], 8318);
    std::io::Write::write_all(&mut told, b"end\n").unwrap();
    wait("-;eth0;IPv4;Garden;_barpop-shutter._tcp");
}

fn lines(stdout: std::process::ChildStdout) -> std::sync::mpsc::Receiver<String> {
    let (sender, lines) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}
