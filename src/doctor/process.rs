//! Other programs: which are running as this person, which are installed, and what one prints.

use std::fs;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::fs::{Access, access};

/// By then a program that lists fonts has done so.
const LIMIT: Duration = Duration::from_secs(3);

/// A process of this person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Process {
    pub id: u32,
    /// The program's name, without its folder.
    pub name: String,
    /// Its words. They may hold a secret (a PIN behind `-p`), so they are compared and never shown.
    words: Vec<String>,
}

impl Process {
    pub(super) fn has_word(&self, word: &str) -> bool {
        self.words.iter().any(|w| w == word)
    }
}

/// The processes of this person, as far as `/proc` shows.
pub(super) fn own() -> Vec<Process> {
    let user = rustix::process::geteuid().as_raw();
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let own = entries.flatten().filter_map(|entry| {
        let id: u32 = entry.file_name().to_str()?.parse().ok()?;
        let is_own = entry.metadata().ok()?.uid() == user;
        if !is_own {
            return None;
        }
        let line = fs::read(entry.path().join("cmdline")).ok()?;
        let mut words = line
            .split(|byte| *byte == 0)
            .map(|word| String::from_utf8_lossy(word).into_owned());
        let program = words.next()?;
        let name = Path::new(&program).file_name()?.to_str()?.to_owned();
        Some(Process {
            id,
            name,
            words: words.collect(),
        })
    });
    own.collect()
}

/// The name of a process.
pub(super) fn name(id: u32) -> Option<String> {
    let name = fs::read_to_string(format!("/proc/{id}/comm")).ok()?;
    Some(name.trim_end().to_owned())
}

/// A program in the path.
pub(super) fn installed(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file() && access(file, Access::EXEC_OK).is_ok())
}

/// What a program prints that ends well and in time. One that does not end is ended.
pub(super) fn says(program: &str, arguments: &[&str]) -> Option<String> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdout = child.stdout.take()?;
    // It is read beside the waiting: who prints more than a pipe holds would never end.
    let reader = std::thread::spawn(move || {
        let mut text = Vec::new();
        stdout.read_to_end(&mut text).ok()?;
        Some(String::from_utf8_lossy(&text).into_owned())
    });
    let end = Instant::now() + LIMIT;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < end => std::thread::sleep(Duration::from_millis(5)),
            Ok(None) | Err(_) => {
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
        }
    };
    let text = reader.join().ok()??;
    status.success().then_some(text)
}

/// The name of a group of this machine.
pub(super) fn group(id: u32) -> String {
    let groups = fs::read_to_string("/etc/group").unwrap_or_default();
    let name = groups.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(id)).then(|| name.to_owned())
    });
    name.unwrap_or_else(|| id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processes_programs_and_groups_are_found() {
        let own = own();
        let this = own.iter().find(|p| p.id == std::process::id()).unwrap();
        assert!(this.name.starts_with("barpop"), "{this:?}");
        assert!(installed("sh").is_some() && installed("no such program").is_none());
        assert_eq!(says("sh", &["-c", "echo here"]).as_deref(), Some("here\n"));
        assert_eq!(says("sh", &["-c", "exit 3"]), None);
        assert_eq!(group(0), "root");
    }
}
