//! What `SECURITY.md` promises is held by tests that exist, and the units of systemd are valid and locked
//! in as far as it says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
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
    // The figures that the page gives; the threshold is in tenths.
    let page = read("SECURITY.md");
    let limits: Vec<(&str, u32)> = page
        .lines()
        .filter_map(|line| line.strip_prefix("- `")?.split_once("`: "))
        .filter(|(name, _)| name.ends_with(".service"))
        .map(|(name, rest)| {
            let figure = rest.split(". ").next().unwrap();
            (name, figure.replace('.', "").parse().unwrap())
        })
        .collect();
    let folder = units();
    let known: BTreeSet<String> = limits.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(
        names_of_units(),
        known,
        "SECURITY.md has a figure of each unit"
    );
    for (name, limit) in limits {
        let threshold = format!("--threshold={limit}");
        analyze(
            &["security", "--offline=true", "--no-pager", &threshold],
            &path(&folder, name),
        );
    }
}

#[test]
fn systemd_understands_every_line_of_the_units() {
    let folder = units();
    for name in names_of_units() {
        let mut arguments = vec!["verify", "--man=no"];
        if name != "xshutter.service" {
            arguments.push("--user");
        }
        let said = analyze(&arguments, &path(&folder, &name));
        assert!(said.is_empty(), "{name}: {said}");
    }
}

#[test]
fn the_groups_of_the_unit_and_of_the_rule_are_made_where_they_are_missing() {
    let made = read("assets/systemd/xshutter.sysusers.conf");
    let made: Vec<&str> = made
        .lines()
        .filter_map(|line| line.strip_prefix("g ")?.split(' ').next())
        .collect();
    let unit = read("assets/systemd/xshutter.service.in");
    let wanted = unit
        .lines()
        .find_map(|line| line.strip_prefix("SupplementaryGroups="));
    assert_eq!(wanted.unwrap().split(' ').collect::<Vec<_>>(), made);
    let rule = read("assets/udev/70-barpop-shutter.rules");
    let group = rule.split("GROUP=\"").nth(1).unwrap().split('"').next();
    assert_eq!(group, Some("gpio"));
    assert!(made.contains(&"gpio"));
}

fn names_of_units() -> BTreeSet<String> {
    fs::read_dir(format!("{ROOT}/assets/systemd"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".in").map(str::to_owned))
        .collect()
}

/// The units as `make install` writes them, for programs that are there.
fn units() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    for program in ["xshutter", "xsms", "barpop"] {
        symlink("/bin/true", folder.path().join(program)).unwrap();
    }
    let bin = folder.path().display().to_string();
    for name in names_of_units() {
        let text = read(&format!("assets/systemd/{name}.in")).replace("@BIN@", &bin);
        fs::write(path(&folder, &name), text).unwrap();
    }
    folder
}

fn path(folder: &tempfile::TempDir, unit: &str) -> PathBuf {
    folder.path().join(unit.replace('@', "@net"))
}

/// What systemd says of a unit, which it has to find good.
fn analyze(arguments: &[&str], unit: &Path) -> String {
    let output = Command::new("systemd-analyze")
        .args(arguments)
        .arg(unit)
        // A person's units are looked up there.
        .env("XDG_RUNTIME_DIR", unit.parent().unwrap())
        .output()
        .expect("systemd-analyze (systemd)");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let said = said + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", unit.display());
    said
}
