//! The host's side of a scenario: boots the kernel, waits, and brings back what came of it.

use std::fs::{self, File};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::Needs;

/// How many lines of the guest's log a failure shows.
const TAIL: usize = 60;

/// Runs this scenario in a guest, and fails as it does. What the guest said and wrote to `/lab`
/// stands in `target/lab/SCENARIO` afterwards.
pub fn run(scenario: &str, needs: &Needs) {
    let folder = results(scenario);
    let program = std::env::current_exe().expect("this program's path");
    let limit = needs.limit.as_secs();
    let about = format!("{}\n{scenario}\n{limit}\n", program.display());
    fs::write(folder.join("scenario"), about).expect("a file for the guest");
    let started = Instant::now();
    let mut guest = Guest::boot(&kernel(), &folder, needs);
    let ended = guest.wait(needs.limit);
    drop(guest);
    let code = fs::read_to_string(folder.join("exit-code")).unwrap_or_default();
    let seconds = started.elapsed().as_secs_f32();
    match (ended, code.trim()) {
        (true, "0") => println!("{scenario}: {seconds:.1} s in a guest"),
        (true, "") => fail(&folder, "the guest's kernel ended before the scenario did"),
        (true, "124" | "137") => fail(
            &folder,
            &format!("the scenario took longer than {limit} s of the guest's time"),
        ),
        (true, code) => fail(&folder, &format!("the scenario failed (exit code {code})")),
        (false, _) => fail(&folder, &format!("the guest took longer than {limit} s")),
    }
}

/// An empty folder for what comes of a scenario.
fn results(scenario: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let all = std::env::var_os("BARPOP_LAB_RESULTS").map_or(target.join("lab"), PathBuf::from);
    let folder = all.join(scenario.replace("::", "/"));
    assert!(
        !folder.to_string_lossy().contains(char::is_whitespace),
        "the lab cannot work in a folder with a space in its name: {}",
        folder.display()
    );
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => panic!("{error}"),
        _ => {}
    }
    fs::create_dir_all(&folder).expect("a folder for results");
    folder
}

/// The kernel, from the cache; built now if a person runs the tests without `make`.
fn kernel() -> PathBuf {
    let output = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lab/kernel.sh"))
        .arg("--cached")
        .stderr(Stdio::inherit())
        .output()
        .expect("tests/lab/kernel.sh runs");
    assert!(output.status.success(), "no kernel for the lab");
    PathBuf::from(String::from_utf8(output.stdout).expect("a path").trim())
}

fn fail(folder: &Path, why: &str) -> ! {
    let console = fs::read(folder.join("console.log")).unwrap_or_default();
    let console = String::from_utf8_lossy(&console);
    let lines: Vec<&str> = console.lines().collect();
    let tail = lines[lines.len().saturating_sub(TAIL)..].join("\n");
    panic!(
        "{why}\n--- the guest's last words (all in {}):\n{tail}\n---",
        folder.display()
    );
}

/// A running kernel. Dropping it ends it, and so does this process's end, even by `kill -9`.
struct Guest(Child);

impl Guest {
    fn boot(kernel: &Path, folder: &Path, needs: &Needs) -> Self {
        let here = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lab");
        let console = File::create(folder.join("console.log")).expect("a log");
        let mut command = Command::new("setpriv");
        command
            .args(["--pdeathsig", "TERM", "--"])
            .arg(format!("{here}/boot-uml.sh"))
            .arg(memory_folder(needs, folder))
            .arg(kernel)
            .arg(format!("mem={}M", needs.megabytes))
            .args(["rootfstype=hostfs", "rootflags=/", "ro"])
            .arg(format!("init={here}/init.sh"))
            .arg(format!("LAB_OUT={}", folder.display()))
            .arg(format!("mac80211_hwsim.radios={}", needs.radios))
            .args(["con=null", "con0=null,fd:1", "quiet", "panic=-1"])
            .args(["net.ifnames=0", "random.trust_cpu=1"]);
        if needs.idle_is_free {
            command.arg("time-travel=inf-cpu");
        }
        let child = command
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .stdin(Stdio::null())
            .stdout(console.try_clone().expect("the log twice"))
            .stderr(console)
            .process_group(0)
            .spawn()
            .expect("setpriv (util-linux) starts");
        Self(child)
    }

    /// Whether it ended by itself within this time.
    fn wait(&mut self, limit: Duration) -> bool {
        let until = Instant::now() + limit;
        while Instant::now() < until {
            if let Some(status) = self.0.try_wait().expect("a child") {
                if let Some(signal) = status.signal() {
                    eprintln!("the guest was ended by signal {signal}");
                }
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        if let Ok(None) = self.0.try_wait() {
            // The script ends the kernel and all its processes.
            let _ = kill_process(Pid::from_child(&self.0), Signal::TERM);
            let _ = self.0.wait();
        }
    }
}

/// Where the guest's memory is to be: in the host's memory where that has the room (in a
/// container it often has not), else in the results' folder.
fn memory_folder(needs: &Needs, folder: &Path) -> PathBuf {
    let wanted = u64::from(needs.megabytes) << 20;
    let room = rustix::fs::statvfs("/dev/shm").map_or(0, |shm| shm.f_bavail * shm.f_frsize);
    if room > 2 * wanted {
        PathBuf::from("/dev/shm")
    } else {
        folder.to_owned()
    }
}
