//! The service's unit as systemd sees it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::Command;

/// The unit as `make install` writes it, for a program that is there.
fn unit(folder: &tempfile::TempDir) -> PathBuf {
    let assets = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/systemd");
    let text = fs::read_to_string(format!("{assets}/xshutter.service.in")).unwrap();
    let bin = folder.path().display().to_string();
    symlink(
        env!("CARGO_BIN_EXE_xshutter"),
        folder.path().join("xshutter"),
    )
    .unwrap();
    let unit = folder.path().join("xshutter.service");
    fs::write(&unit, text.replace("@BIN@", &bin)).unwrap();
    unit
}

fn analyze(arguments: &[&str], unit: &PathBuf) -> (bool, String) {
    let output = Command::new("systemd-analyze")
        .args(arguments)
        .arg(unit)
        .output()
        .expect("systemd-analyze (systemd)");
    let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.push_str(&String::from_utf8_lossy(&output.stderr));
    (output.status.success(), said)
}

#[test]
fn systemd_understands_every_line_of_the_unit() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let (valid, said) = analyze(&["verify", "--man=no"], &unit(&folder));
    assert!(valid && said.is_empty(), "{said}");
}

#[test]
fn the_service_stays_locked_in() {
    let folder = tempfile::tempdir().unwrap();
    // In tenths; 17 is what the release's devices, real-time priority and the network cost.
    let limits = ["security", "--offline=true", "--no-pager", "--threshold=17"];
    let (good, said) = analyze(&limits, &unit(&folder));
    assert!(good, "{said}");
}

#[test]
fn the_groups_of_the_unit_and_of_the_rule_are_made_where_they_are_missing() {
    let root = env!("CARGO_MANIFEST_DIR");
    let read = |name: &str| fs::read_to_string(format!("{root}/assets/{name}")).unwrap();
    let made: Vec<String> = read("systemd/xshutter.sysusers.conf")
        .lines()
        .filter_map(|line| Some(line.strip_prefix("g ")?.split(' ').next()?.to_owned()))
        .collect();
    let unit = read("systemd/xshutter.service.in");
    let wanted = unit
        .lines()
        .find_map(|line| line.strip_prefix("SupplementaryGroups="));
    assert_eq!(wanted.unwrap().split(' ').collect::<Vec<_>>(), made);
    let rule = read("udev/70-barpop-shutter.rules");
    let group = rule.split("GROUP=\"").nth(1).unwrap().split('"').next();
    assert_eq!(group, Some("gpio"));
    assert!(made.iter().any(|made| Some(made.as_str()) == group));
}
