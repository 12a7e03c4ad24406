//! The host's side of a scenario: boots the kernel, waits, and brings back what came of it.

use std::fs::{self, File};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, getppid, kill_process};

use crate::{Needs, machine};

/// How many lines of the guest's log a failure shows.
const TAIL: usize = 60;

/// How many times as long an emulated machine may take.
pub const SLOWER: u32 = 4;

/// Runs this scenario in a guest, and fails as it does. What the guest said and wrote to `/lab`
/// stands in `target/lab/SCENARIO` afterwards.
pub fn run(scenario: &str, needs: &Needs) {
    let folder = results(scenario);
    let program = std::env::current_exe().expect("this program's path");
    // What is emulated is slow.
    let times = if machine::is_stock() { SLOWER } else { 1 };
    let patience = needs.limit * times;
    let limit = patience.as_secs();
    let about = format!("{}\n{scenario}\n{limit}\n", program.display());
    fs::write(folder.join("scenario"), about).expect("a file for the guest");
    let started = Instant::now();
    let mut guest = Guest::boot(&folder, needs);
    let ended = guest.wait(patience);
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

/// An empty folder for what comes of a scenario. What came of it last is kept beside it if it failed, for a
/// second try that succeeds says nothing.
fn results(scenario: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let all = std::env::var_os("BARPOP_LAB_RESULTS").map_or(target.join("lab"), PathBuf::from);
    let folder = all.join(scenario.replace("::", "/"));
    assert!(
        !folder.to_string_lossy().contains(char::is_whitespace),
        "the lab cannot work in a folder with a space in its name: {}",
        folder.display()
    );
    if folder.exists() {
        let code = fs::read_to_string(folder.join("exit-code")).unwrap_or_default();
        if code.trim() == "0" {
            fs::remove_dir_all(&folder).expect("the old results go");
        } else {
            let failed = folder.with_extension("failed");
            let _ = fs::remove_dir_all(&failed);
            fs::rename(&folder, failed).expect("the old results are kept");
        }
    }
    fs::create_dir_all(&folder).expect("a folder for results");
    folder
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
    fn boot(folder: &Path, needs: &Needs) -> Self {
        let console = File::create(folder.join("console.log")).expect("a log");
        let child = machine::command(folder, needs)
            .stdin(Stdio::null())
            .stdout(console.try_clone().expect("the log twice"))
            .stderr(console)
            .process_group(0)
            .spawn()
            .expect("setpriv (util-linux) starts");
        Self(child)
    }

    /// Whether it ended by itself within this time, and while somebody wants to know: a runner that
    /// is killed cannot end its tests.
    fn wait(&mut self, limit: Duration) -> bool {
        let until = Instant::now() + limit;
        let runner = getppid();
        while Instant::now() < until && getppid() == runner {
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
