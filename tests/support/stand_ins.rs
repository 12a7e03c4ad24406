//! Programs of our names that say what they are, stay like ours, and note how they were called:
//! what a bar's configuration runs is seen without the devices.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use crate::support::Person;

const SCRIPT: &str = "#!/bin/sh\nprintf '%s\\n' \"$*\" >>\"$0.called\"\n\
    case $* in *--follow*) cat \"$0.said\"; exec sleep 60 ;; esac\n";

/// The folder that they are in.
pub struct StandIns(PathBuf);

impl StandIns {
    /// Makes them in the home's folder `bin`.
    pub fn new(person: &Person) -> Self {
        let folder = person.path("bin");
        std::fs::create_dir(&folder).unwrap();
        let programs = Self(folder);
        for name in ["xsms", "xnm", "xgnss", "xds4", "xshutter"] {
            let path = programs.0.join(name);
            std::fs::write(&path, SCRIPT).unwrap();
            let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o755);
            std::fs::set_permissions(&path, permissions).unwrap();
            programs.say(name, &format!("line of {name}"));
        }
        programs
    }

    /// What a program prints when it is asked to follow.
    pub fn say(&self, name: &str, line: &str) {
        std::fs::write(self.0.join(format!("{name}.said")), format!("{line}\n")).unwrap();
    }

    /// How a program was called, a line each time.
    pub fn called(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(format!("{name}.called"))).unwrap_or_default()
    }

    /// A search path in which they are first.
    pub fn path(&self) -> String {
        let path = std::env::var("PATH").unwrap_or_default();
        format!("{}:{path}", Path::new(&self.0).display())
    }
}

/// The files in `xmobar/` that begin and end like this, and what is in them.
pub fn shipped(begin: &str, end: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("xmobar");
    let names = std::fs::read_dir(&folder).unwrap();
    let mut names: Vec<String> = names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(begin) && name.ends_with(end))
        .collect();
    names.sort();
    let read = |name: String| {
        let text = std::fs::read_to_string(folder.join(&name)).unwrap();
        (name, text)
    };
    names.into_iter().map(read).collect()
}

/// The programs of ours that a configuration runs for as long as the bar does.
pub fn followed(text: &str) -> Vec<String> {
    let after = text.split("exec ").skip(1);
    let name = |rest: &str| {
        let (name, _) = rest.split_once(" --follow")?;
        (name.starts_with('x') && !name.contains(char::is_whitespace)).then(|| name.to_owned())
    };
    after.filter_map(name).collect()
}
