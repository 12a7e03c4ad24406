//! `barpop config`, and the reference that is made of the same keys.
#![cfg(feature = "popup")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::process::Output;

use support::{Person, text};

fn config(person: &Person, arguments: &[&str]) -> Output {
    let mut command = person.program(env!("CARGO_BIN_EXE_barpop"));
    command.arg("config").args(arguments).output().unwrap()
}

fn write(person: &Person, content: &str) -> String {
    let path = person.path(".config/barpop/config.toml");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, content).unwrap();
    path.display().to_string()
}

#[test]
fn a_mistake_is_told_with_its_place_and_the_exit_status_says_whether_there_is_one() {
    let person = Person::new();
    assert_eq!(config(&person, &["check"]).status.code(), Some(0));
    let path = write(
        &person,
        "output = \"xmobar\"\n\n[popup]\n  them = \"dark\"\nat = 'left'\n",
    );
    let said = config(&person, &["check"]);
    assert_eq!(said.status.code(), Some(1));
    assert_eq!(
        text(&said.stdout),
        format!(
            "{path}:4:3: there is no key 'them' in [popup]; write 'theme'\n\
             {path}:5:6: 'at' must be \"pointer\", \"bar\" or \"center\"\n"
        )
    );
    write(&person, "[popup]\ntheme = \"dark\"\n");
    let said = config(&person, &["check"]);
    assert_eq!(said.status.code(), Some(0), "{said:?}");
    assert_eq!(text(&said.stdout), format!("{path}: no mistake\n"));
    let said = config(&person, &["check", "/nowhere/config.toml"]);
    assert_eq!(said.status.code(), Some(2));
    assert!(
        text(&said.stderr).contains("cannot read configuration file '/nowhere"),
        "{said:?}"
    );
}

#[test]
fn what_the_check_calls_good_every_program_takes() {
    let person = Person::new();
    for shipped in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/docs")).unwrap() {
        let page = std::fs::read_to_string(shipped.unwrap().path()).unwrap();
        for block in page.split("```toml\n").skip(1) {
            let block = block.split("```").next().unwrap();
            let path = write(&person, block);
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
            let said = config(&person, &["check"]);
            assert_eq!(
                said.status.code(),
                Some(0),
                "{block}\n{}",
                text(&said.stdout)
            );
            let program = person.run(&["modem"]);
            assert_ne!(program.status.code(), Some(2), "{block}: {program:?}");
        }
    }
}

#[test]
fn what_holds_is_shown_without_secrets() {
    let person = Person::new();
    write(
        &person,
        "[sms]\npin = \"864297\"\n[popup]\ntheme = \"light\"\n",
    );
    let said = config(&person, &["show"]);
    let said = text(&said.stdout);
    assert!(
        said.contains("theme = \"light\"") && said.contains("# line 4"),
        "{said}"
    );
    assert!(
        said.contains("again = \"close\"") && said.contains("# default"),
        "{said}"
    );
    assert!(
        said.contains("pin = \"***\"") && !said.contains("864297"),
        "{said}"
    );
}

#[test]
fn the_reference_is_the_one_that_the_keys_make() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/configuration.md");
    let page = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        page == barpop::config::reference::markdown(),
        "docs/configuration.md is stale: 'make docs' and copy target/docs/configuration.md there"
    );
}
