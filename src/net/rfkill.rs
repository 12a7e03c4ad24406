//! The kernel's switches of radios, for what NetworkManager does not look after: Bluetooth.

use std::path::Path;

/// Where the kernel shows its switches.
pub const SWITCHES: &str = "/sys/class/rfkill";
/// What becomes readable when one of them changes (`linux/rfkill.h`).
pub const EVENTS: &str = "/dev/rfkill";

/// Whether Bluetooth is on, by the switches below `root`: any of them that neither software nor
/// hardware blocks. `None` where there is no Bluetooth.
#[must_use]
pub fn bluetooth(root: &Path) -> Option<bool> {
    let mut found = None;
    for entry in std::fs::read_dir(root).ok()?.flatten() {
        let folder = entry.path();
        let read = |name| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        if read("type").trim() == "bluetooth" {
            let on = read("soft").trim() == "0" && read("hard").trim() == "0";
            found = Some(on || found == Some(true));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bluetooth_is_on_when_nothing_blocks_one_of_its_radios() {
        let root = tempfile::tempdir().unwrap();
        let switch = |name: &str, kind: &str, soft: &str, hard: &str| {
            let folder = root.path().join(name);
            std::fs::create_dir_all(&folder).unwrap();
            for (file, text) in [("type", kind), ("soft", soft), ("hard", hard)] {
                std::fs::write(folder.join(file), format!("{text}\n")).unwrap();
            }
        };
        switch("rfkill0", "wlan", "0", "0");
        assert_eq!(bluetooth(root.path()), None);
        switch("rfkill1", "bluetooth", "1", "0");
        assert_eq!(bluetooth(root.path()), Some(false));
        switch("rfkill2", "bluetooth", "0", "0");
        assert_eq!(bluetooth(root.path()), Some(true));
        switch("rfkill2", "bluetooth", "0", "1");
        assert_eq!(bluetooth(root.path()), Some(false));
    }
}
