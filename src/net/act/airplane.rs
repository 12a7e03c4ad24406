//! Airplane mode: Bluetooth's switch, which is not NetworkManager's, and the memory of what was
//! on before, which must outlive the popup.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::net::snapshot::{About, Failure};

/// The kernel's switch for radios (Documentation/driver-api/rfkill.rst).
pub(super) const RFKILL: &str = "/dev/rfkill";

/// Which radios.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Radios {
    pub wifi: bool,
    pub wwan: bool,
    pub bluetooth: bool,
}

impl Radios {
    const ALL: Self = Self {
        wifi: true,
        wwan: true,
        bluetooth: true,
    };
}

/// Where it is kept what was on before airplane mode.
pub(super) struct Memory(Option<PathBuf>);

impl Memory {
    /// `$XDG_STATE_HOME/barpop/airplane`: NetworkManager remembers over a restart of the machine
    /// that Wi-Fi is off, so this must as well.
    pub(super) fn of_this_user() -> Self {
        let folders = xdg::BaseDirectories::with_prefix("barpop");
        Self(folders.place_state_file("airplane").ok())
    }

    #[cfg(test)]
    pub(super) fn at(path: PathBuf) -> Self {
        Self(Some(path))
    }

    /// Writes down what is on. What cannot be written is forgotten: all comes back then.
    pub(super) fn remember(&self, on: Radios) {
        let words = [
            (on.wifi, "wifi"),
            (on.wwan, "wwan"),
            (on.bluetooth, "bluetooth"),
        ];
        // Pressed a second time nothing is on any more: what was on before stays known.
        if !words.iter().any(|(on, _)| *on) {
            return;
        }
        let on: Vec<&str> = words
            .iter()
            .filter(|(on, _)| *on)
            .map(|(_, w)| *w)
            .collect();
        if let Some(path) = &self.0 {
            let _ = fs::write(path, on.join(" "));
        }
    }

    /// What is to come back, which is then forgotten; everything where nothing is known.
    pub(super) fn recall(&self) -> Radios {
        let Some(path) = &self.0 else {
            return Radios::ALL;
        };
        let text = fs::read_to_string(path);
        let _ = fs::remove_file(path);
        let Ok(text) = text else {
            return Radios::ALL;
        };
        let has = |word| text.split_whitespace().any(|found| found == word);
        Radios {
            wifi: has("wifi"),
            wwan: has("wwan"),
            bluetooth: has("bluetooth"),
        }
    }
}

/// Blocks or unblocks every Bluetooth radio in software.
pub(super) fn bluetooth(rfkill: &Path, on: bool) -> Result<(), Failure> {
    let file = fs::OpenOptions::new().write(true).open(rfkill);
    let written = file.and_then(|mut file| file.write_all(&event(on)));
    written.map_err(|error| {
        let why = match error.kind() {
            std::io::ErrorKind::PermissionDenied => format!(
                "your user may not write to '{}'; a udev rule with TAG+=\"uaccess\" allows it",
                rfkill.display()
            ),
            std::io::ErrorKind::NotFound => {
                format!("'{}' is missing; load the module rfkill", rfkill.display())
            }
            _ => error.to_string(),
        };
        Failure {
            about: About::Radio,
            sentence: format!("Cannot switch Bluetooth: {why}."),
        }
    })
}

/// `struct rfkill_event` (linux/rfkill.h): all (`RFKILL_OP_CHANGE_ALL`) of type Bluetooth.
fn event(on: bool) -> [u8; 8] {
    const TYPE_BLUETOOTH: u8 = 2;
    const OP_CHANGE_ALL: u8 = 3;
    [0, 0, 0, 0, TYPE_BLUETOOTH, OP_CHANGE_ALL, u8::from(!on), 0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_on_before_airplane_mode_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::at(folder.path().join("airplane"));
        assert_eq!(memory.recall(), Radios::ALL);
        let on = Radios {
            wifi: true,
            wwan: false,
            bluetooth: true,
        };
        memory.remember(on);
        memory.remember(Radios {
            wifi: false,
            wwan: false,
            bluetooth: false,
        });
        assert_eq!(memory.recall(), on);
        assert_eq!(memory.recall(), Radios::ALL);
    }

    #[test]
    fn bluetooth_is_blocked_with_one_event_of_the_kernel() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("rfkill");
        fs::write(&file, "").unwrap();
        bluetooth(&file, false).unwrap();
        assert_eq!(fs::read(&file).unwrap(), [0, 0, 0, 0, 2, 3, 1, 0]);
    }

    #[test]
    fn a_missing_switch_is_told_in_words() {
        let missing = Path::new("/nonexistent/rfkill");
        let sentence = bluetooth(missing, true).unwrap_err().sentence;
        assert!(
            sentence.starts_with("Cannot switch Bluetooth: "),
            "{sentence}"
        );
    }
}
