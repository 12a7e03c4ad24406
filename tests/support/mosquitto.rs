//! The real mosquitto on loopback, with a configuration of its own in a temporary folder.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::support::{Following, text};

/// What a broker wants.
#[derive(Default)]
pub struct Wants {
    /// User and password; nobody else is let in.
    pub login: Option<(&'static str, &'static str)>,
    /// TLS with a certificate of a throw-away authority for this name.
    pub tls_for: Option<&'static str>,
}

/// A broker; it ends with the test.
pub struct Mosquitto {
    folder: TempDir,
    child: Child,
    port: u16,
    wants: Wants,
}

impl Mosquitto {
    /// Everybody is let in, without TLS.
    pub fn start() -> Self {
        Self::wanting(Wants::default())
    }

    pub fn wanting(wants: Wants) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = free_port();
        let at = |name: &str| folder.path().join(name).display().to_string();
        let mut config = format!(
            "listener {port} 127.0.0.1\nuser root\npersistence false\nlog_type all\n\
             log_dest file {}\nallow_anonymous {}\n",
            at("log"),
            wants.login.is_none()
        );
        if let Some((user, password)) = wants.login {
            run(Command::new("mosquitto_passwd").args(["-b", "-c", &at("users"), user, password]));
            let _ = writeln!(config, "password_file {}", at("users"));
        }
        if let Some(name) = wants.tls_for {
            authority(folder.path(), name);
            let _ = writeln!(
                config,
                "certfile {}\nkeyfile {}",
                at("cert.pem"),
                at("key.pem")
            );
        }
        std::fs::write(at("conf"), config).expect("its configuration");
        let child = spawn(folder.path(), port);
        Self {
            folder,
            child,
            port,
            wants,
        }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// The certificate of the authority that signed the broker's.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// Kills it; what it retained is lost.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Starts it again after [`Mosquitto::kill`], at the same port.
    pub fn start_again(&mut self) {
        self.child = spawn(self.folder.path(), self.port);
    }

    /// What the broker logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Another program at this broker.
    pub fn client(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.args(["-h", "127.0.0.1", "-p", &self.port.to_string()]);
        if let Some((user, password)) = self.wants.login {
            command.args(["-u", user, "-P", password]);
        }
        if self.wants.tls_for.is_some() {
            command
                .arg("--cafile")
                .arg(self.authority())
                .arg("--insecure");
        }
        command
    }

    pub fn publish(&self, topic: &str, payload: &str) {
        self.publish_with(topic, payload, &[]);
    }

    /// With further arguments, like `-r` for a retained message.
    pub fn publish_with(&self, topic: &str, payload: &str, more: &[&str]) {
        run(self
            .client("mosquitto_pub")
            .args(["-t", topic, "-m", payload])
            .args(more));
    }

    /// Every message on a topic from now on (and the retained one), a line each: `TOPIC PAYLOAD`.
    pub fn listen(&self, topic: &str) -> Following {
        let before = self.subscriptions();
        let listening = Following::start(
            self.client("mosquitto_sub")
                .args(["-F", "%t %p", "-t", topic]),
        );
        until("the listener has subscribed", || {
            self.subscriptions() > before
        });
        listening
    }

    fn subscriptions(&self) -> usize {
        self.log().matches("Sending SUBACK to").count()
    }

    /// The retained message of a topic, if there is one.
    pub fn retained(&self, topic: &str) -> Option<String> {
        let output = self
            .client("mosquitto_sub")
            .args(["-t", topic, "-C", "1", "-W", "2", "--retained-only"])
            .output()
            .expect("mosquitto_sub runs: Debian's mosquitto-clients");
        let said = text(&output.stdout);
        (!said.is_empty()).then(|| said.trim_end().to_owned())
    }

    /// Waits for a retained message that is so.
    pub fn retained_until(&self, topic: &str, is_so: impl Fn(&str) -> bool) -> String {
        let mut last = None;
        let limit = Instant::now() + Duration::from_secs(15);
        loop {
            if let Some(said) = self.retained(topic) {
                if is_so(&said) {
                    return said;
                }
                last = Some(said);
            }
            assert!(
                Instant::now() < limit,
                "{topic} is {last:?}\n{}",
                self.log()
            );
        }
    }
}

impl Drop for Mosquitto {
    fn drop(&mut self) {
        self.kill();
    }
}

fn spawn(folder: &Path, port: u16) -> Child {
    let mut command = Command::new("mosquitto");
    command
        .env(
            "PATH",
            format!(
                "{}:/usr/sbin:/sbin",
                std::env::var("PATH").unwrap_or_default()
            ),
        )
        .arg("-c")
        .arg(folder.join("conf"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let child = command
        .spawn()
        .expect("mosquitto starts: Debian's mosquitto");
    until("mosquitto listens", || {
        TcpStream::connect(("127.0.0.1", port)).is_ok()
    });
    child
}

/// `ca.pem`, and `cert.pem` with `key.pem` for a name that is this machine.
pub fn authority(folder: &Path, name: &str) {
    let at = |name: &str| folder.join(name).display().to_string();
    let openssl = |arguments: &[&str]| {
        run(Command::new("openssl").args(arguments));
    };
    openssl(&[
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=authority of a test",
        "-keyout",
        &at("ca.key"),
        "-out",
        &at("ca.pem"),
    ]);
    let names = format!("subjectAltName=DNS:{name}\nbasicConstraints=CA:FALSE\n");
    std::fs::write(at("names"), names).expect("a file");
    openssl(&[
        "req",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-subj",
        "/CN=broker of a test",
        "-keyout",
        &at("key.pem"),
        "-out",
        &at("request.pem"),
    ]);
    openssl(&[
        "x509",
        "-req",
        "-days",
        "2",
        "-in",
        &at("request.pem"),
        "-CA",
        &at("ca.pem"),
        "-CAkey",
        &at("ca.key"),
        "-CAcreateserial",
        "-extfile",
        &at("names"),
        "-out",
        &at("cert.pem"),
    ]);
}

fn run(command: &mut Command) {
    let name = command.get_program().display().to_string();
    let output = command
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{name} does not run: {error}"));
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} failed: {complaint}");
}

/// A TCP port that nobody has.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    listener.local_addr().expect("its address").port()
}

/// Asks until it is so.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let limit = Instant::now() + Duration::from_secs(15);
    while !is_so() {
        assert!(Instant::now() < limit, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
