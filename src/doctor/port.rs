//! A device file, looked at without opening it: is it there, may this person use it, who has it.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

use rustix::fs::{Access, access};

use super::{Finding, Part, process};
use crate::at::port::holder;

/// A serial port that the person has named.
pub(super) fn look(part: Part, path: &Path) -> Finding {
    let shown = path.display();
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return part.missing(
                format!("there is no '{shown}'"),
                others().unwrap_or_else(|| {
                    "plug it in; 'dmesg' tells the port's name when it comes".to_owned()
                }),
            );
        }
        Err(error) => {
            let remedy = "see to the permissions of its folder";
            return part.missing(format!("'{shown}' cannot be looked at: {error}"), remedy);
        }
    };
    if !found.file_type().is_char_device() {
        let remedy = "name a serial port, such as /dev/ttyACM0";
        return part.missing(format!("'{shown}' is no serial port"), remedy);
    }
    if let Some(finding) = forbidden(part, path) {
        return finding;
    }
    match holder(path) {
        None => part.ok(format!("'{shown}' is there, yours to use, and free")),
        Some(holder) if holder.is_barpop() => {
            part.ok(format!("'{shown}' is held by {holder}, which serves the others"))
        }
        Some(holder) if holder.name == "ModemManager" => part.missing(
            format!("'{shown}' is held by {holder}"),
            "use the modem through it (device = \"mm\"), or tell it to leave the modem alone: the udev \
             rule is in docs/xsms.md",
        ),
        Some(holder) => part.missing(
            format!("'{shown}' is held by {holder}"),
            "stop that program, or name another port",
        ),
    }
}

/// That this person may not use a device, and the group that may.
pub(super) fn forbidden(part: Part, path: &Path) -> Option<Finding> {
    access(path, Access::READ_OK | Access::WRITE_OK).err()?;
    let group = fs::metadata(path).map_or(0, |found| found.gid());
    let group = process::group(group);
    let remedy = if group == "root" {
        "only root may use it: a udev rule can give it to a group of yours".to_owned()
    } else {
        format!("join the group '{group}' ('sudo usermod -aG {group} $USER') and log in again")
    };
    let shown = path.display();
    Some(part.missing(format!("no permission to use '{shown}'"), remedy))
}

/// The ports that a modem or receiver could be at, as an advice.
pub(super) fn others() -> Option<String> {
    let entries = fs::read_dir("/dev").ok()?.flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.starts_with("ttyACM") || name.starts_with("ttyUSB"))
        .collect();
    names.sort_unstable();
    let all = names.iter().take(8).map(|name| format!("/dev/{name}"));
    let all: Vec<String> = all.collect();
    (!all.is_empty()).then(|| format!("name another port; this machine has {}", all.join(", ")))
}

/// A file with a secret that only this person may read; it is not read.
pub(super) fn secret_file(part: Part, path: &Path, what: &str) -> Finding {
    let shown = path.display();
    let own = rustix::process::geteuid().as_raw();
    match fs::metadata(path) {
        Err(error) => part.missing(
            format!("the {what} file '{shown}' cannot be read: {error}"),
            "write the file, or take its key out of the configuration",
        ),
        Ok(found) if found.uid() != own => part.missing(
            format!("the {what} file '{shown}' is not yours"),
            format!("run 'chown $USER {shown}'"),
        ),
        Ok(found) if found.mode() & 0o077 != 0 => part.missing(
            format!("the {what} file '{shown}' can be read by others, and is not used"),
            format!("run 'chmod 600 {shown}'"),
        ),
        Ok(_) => part.ok(format!("the {what} file '{shown}' is yours alone")),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::super::{Topic, Verdict};
    use super::*;

    const PART: Part = Part {
        topic: Topic::Sms,
        name: "port",
    };

    #[test]
    fn a_port_that_is_not_there_and_one_that_is_none_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("port");
        let gone = look(PART, &file);
        assert!(gone.verdict == Verdict::Missing && gone.sentence.contains("there is no"));
        fs::write(&file, "").unwrap();
        assert!(look(PART, &file).sentence.contains("is no serial port"));
    }

    #[test]
    fn a_secret_that_others_can_read_is_told_and_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pin");
        fs::write(&file, "8642").unwrap();
        let mode = |mode| fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
        mode(0o644);
        let open = secret_file(PART, &file, "PIN");
        assert_eq!(open.verdict, Verdict::Missing);
        assert!(!format!("{open:?}").contains("8642"));
        mode(0o600);
        assert_eq!(secret_file(PART, &file, "PIN").verdict, Verdict::Ok);
    }
}
