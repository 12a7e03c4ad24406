//! The guest itself.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::guest::get;
use crate::support::wait_until;
use crate::{Needs, guest};

#[test]
fn a_guest_has_its_own_kernel_udev_and_bus_and_the_hosts_files_behind_a_throw_away_layer() {
    let needs = Needs {
        bus: true,
        radios: 2,
        ..Needs::default()
    };
    guest(needs, |lab| {
        assert!(lab.run("uname -r").contains("barpop-lab"));
        assert!(
            lab.run("udevadm info /sys/class/net/wlan0")
                .contains("INTERFACE=wlan0")
        );
        assert!(fs::exists("/sys/class/net/wlan1").unwrap());
        let names = lab.run(
            "dbus-send --system --print-reply --dest=org.freedesktop.DBus / \
             org.freedesktop.DBus.ListNames",
        );
        assert!(names.contains("org.freedesktop.DBus"), "{names}");
        // Written over the host's file, which the host's side of this test could not bear.
        fs::write("/etc/hostname", "changed\n").unwrap();
        assert_eq!(get("/etc/hostname"), "changed");
    });
    if std::env::var_os("BARPOP_LAB_GUEST").is_none() {
        assert_ne!(get("/etc/hostname"), "changed");
    }
}

/// Processes that have this text among their arguments. One that has ended has no arguments.
fn processes_with(text: &str) -> Vec<String> {
    let all = fs::read_dir("/proc").unwrap().flatten();
    let arguments = all.map(|entry| fs::read(entry.path().join("cmdline")).unwrap_or_default());
    arguments
        .map(|bytes| String::from_utf8_lossy(&bytes).replace('\0', " "))
        .filter(|line| line.contains(text))
        .collect()
}

#[test]
fn a_test_that_is_killed_leaves_no_guest_behind() {
    let test = |program: &str, scenario: &str| {
        let mut test = Command::new(program);
        test.args(["--exact", scenario]);
        test
    };
    killed_while_the_guest_runs(test);
}

#[test]
fn a_runner_that_is_killed_leaves_no_test_and_no_guest_behind() {
    let runner = |program: &str, scenario: &str| {
        let mut shell = Command::new("sh");
        // The shell does not become the test, for there is something to do after it.
        shell.args(["-c", "\"$0\" --exact \"$1\"; true", program, scenario]);
        shell
    };
    killed_while_the_guest_runs(runner);
}

fn killed_while_the_guest_runs(command: impl Fn(&str, &str) -> Command) {
    let scenario = "boot::a_guest_has_its_own_kernel_udev_and_bus_and_the_hosts_files_behind_a_throw_away_layer";
    let results = tempfile::tempdir().unwrap();
    let folder = results.path().to_str().unwrap();
    let program = std::env::current_exe().unwrap();
    let mut killed = command(program.to_str().unwrap(), scenario)
        .env("BARPOP_LAB_RESULTS", folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let console = format!("{folder}/{}/console.log", scenario.replace("::", "/"));
    // udevd runs: the guest has processes of its own.
    wait_until("the guest is up", || {
        fs::read_to_string(&console).is_ok_and(|said| said.contains("running 1 test"))
    });
    let mine = format!("LAB_OUT={folder}");
    let guest = processes_with(&mine).join(" ");
    let mut words = guest.split(' ');
    let memory = words.find_map(|word| word.strip_prefix("uml_dir="));
    let memory = memory.expect("the folder that the guest's memory is in");
    assert!(fs::exists(memory).unwrap());
    killed.kill().unwrap();
    killed.wait().unwrap();
    let left = || {
        let tests = tests_with(folder);
        let memory = fs::exists(memory).unwrap().then(|| memory.to_owned());
        [processes_with(&mine), tests, memory.into_iter().collect()].concat()
    };
    wait_until("the guest is gone", || left().is_empty());
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(left(), [""; 0]);
}

/// Tests whose results go to this folder.
fn tests_with(folder: &str) -> Vec<String> {
    let mine = format!("BARPOP_LAB_RESULTS={folder}");
    let all = fs::read_dir("/proc").unwrap().flatten();
    all.filter(|entry| {
        let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
        environment
            .split(|byte| *byte == 0)
            .any(|word| word == mine.as_bytes())
    })
    .map(|entry| format!("process {}", entry.file_name().display()))
    .collect()
}
