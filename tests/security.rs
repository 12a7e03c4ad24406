//! What `SECURITY.md` promises is held by tests that exist, and the units of systemd are locked in
//! as far as they say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn read(path: &str) -> String {
    fs::read_to_string(format!("{ROOT}/{path}")).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Whether a file has a test of that name, also one inside `proptest!`.
fn is_test(text: &str, name: &str) -> bool {
    let mut lines = text.lines();
    let mut marked = false;
    lines.any(|line| {
        let line = line.trim_start();
        let begins = line
            .strip_prefix("fn ")
            .and_then(|rest| rest.strip_prefix(name));
        if begins.is_some_and(|rest| rest.starts_with('(')) {
            return marked;
        }
        // Between the mark and the function there may be other marks and remarks.
        marked = line == "#[test]" || marked && (line.starts_with('#') || line.starts_with("//"));
        false
    })
}

#[test]
fn every_test_that_the_threat_model_names_exists() {
    let page = read("SECURITY.md");
    let named: BTreeSet<&str> = page
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|quoted| quoted.contains(".rs::"))
        .collect();
    assert!(named.len() > 40, "{}", named.len());
    for quoted in named {
        let (path, name) = quoted.split_once("::").unwrap();
        assert!(
            is_test(&read(path), name),
            "SECURITY.md names '{quoted}', which is no test"
        );
    }
}

#[test]
fn every_danger_that_is_named_is_held_by_a_test() {
    let page = read("SECURITY.md");
    for row in page.lines().filter(|line| line.starts_with("| ")) {
        let is_head = row.contains("| held by |");
        assert!(is_head || row.contains(".rs::"), "{row}");
    }
}

#[test]
fn no_unit_is_more_exposed_than_it_must_be() {
    // In tenths of systemd's figure. The programs of a person need the person's own files and
    // windows, which is most of what the figure counts; what needs none of it is shut.
    let limits = [
        ("xshutter.service", 17),
        ("barpop-sms.service", 78),
        ("barpop-resident@.service", 90),
    ];
    let units: BTreeSet<String> = fs::read_dir(format!("{ROOT}/assets/systemd"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".in").map(str::to_owned))
        .collect();
    let known: BTreeSet<String> = limits.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(units, known, "each unit has a limit");
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    for program in ["xshutter", "xsms", "barpop"] {
        symlink("/bin/true", folder.path().join(program)).unwrap();
    }
    let bin = folder.path().display().to_string();
    for (name, limit) in limits {
        let text = read(&format!("assets/systemd/{name}.in")).replace("@BIN@", &bin);
        let path = folder.path().join(name.replace('@', "@net"));
        fs::write(&path, text).unwrap();
        judge(&path, limit);
    }
}

fn judge(unit: &Path, limit: u32) {
    let output = Command::new("systemd-analyze")
        .args(["security", "--offline=true", "--no-pager"])
        .arg(format!("--threshold={limit}"))
        .arg(unit)
        .output()
        .expect("systemd-analyze (systemd)");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = said + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", unit.display());
}
