//! The position topic as a shell runs it: the view, its state and the feed behind it.

use std::collections::BTreeMap;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Setup, State, title, ui};
use crate::browser;
use crate::gnss::clock::Moment;
use crate::gnss::command::Command;
use crate::gnss::snapshot::Snapshot;
use crate::gnss::source::Source;
use crate::popup::Topic;
use crate::say;

/// What the view is fed by: the source, or made-up positions in a test. Neither call blocks.
pub trait Feed {
    /// The newest snapshot.
    fn latest(&self) -> Arc<Snapshot>;

    /// Hands over what the person wants.
    fn send(&self, command: Command);
}

impl Feed for Source {
    fn latest(&self) -> Arc<Snapshot> {
        Source::latest(self)
    }

    fn send(&self, command: Command) {
        Source::send(self, command);
    }
}

/// The popup of the position topic.
pub struct Position<F: Feed> {
    feed: F,
    state: State,
    snapshot: Arc<Snapshot>,
}

impl<F: Feed> Position<F> {
    /// A popup that shows what `feed` tells.
    pub fn new(feed: F, setup: Setup) -> Self {
        let snapshot = feed.latest();
        Self {
            feed,
            state: State::new(setup),
            snapshot,
        }
    }

    /// What the view asks for besides commands.
    fn serve(&mut self) {
        if self.state.wants_ports() {
            self.state.offer_ports(ports(Path::new("/dev")));
        }
        if let Some(link) = self.state.wants_link() {
            let words = if browser::open(&link) {
                say!("gnss-map-opens")
            } else {
                say!("gnss-no-browser")
            };
            self.state.notice(words);
        }
    }
}

impl<F: Feed + Send> Topic for Position<F> {
    fn title(&self) -> String {
        title(&self.snapshot, Moment::now(), &self.state)
    }

    fn ui(&mut self, egui_ui: &mut egui::Ui) {
        self.snapshot = self.feed.latest();
        for command in ui(egui_ui, &self.snapshot, Moment::now(), &mut self.state) {
            if let Command::StartRecording(path) = &command {
                make_folder(path);
            }
            self.feed.send(command);
        }
        self.serve();
    }

    fn wants_close(&self) -> bool {
        self.state.wants_close()
    }

    fn raised(&mut self) {
        self.state.refocus();
    }
}

/// Makes the folder of a recording; where it cannot be made, the recording says why it fails.
fn make_folder(file: &Path) {
    if let Some(folder) = file.parent() {
        let mut builder = std::fs::DirBuilder::new();
        // Where somebody was is nobody else's business.
        let _ = builder.recursive(true).mode(0o700).create(folder);
    }
}

/// The ports of receivers and modems, and what their devices call themselves (udev's links in
/// `serial/by-id`).
fn ports(dev: &Path) -> Vec<(PathBuf, String)> {
    let names = |folder: PathBuf| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path())
    };
    let mut devices = BTreeMap::new();
    for link in names(dev.join("serial/by-id")) {
        if let (Ok(port), Some(name)) = (link.canonicalize(), link.file_name()) {
            devices.insert(port, readable(&name.to_string_lossy()));
        }
    }
    let mut ports: Vec<(PathBuf, String)> = names(dev.to_owned())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            ["ttyACM", "ttyUSB", "ttyAMA", "gps"]
                .iter()
                .any(|kind| is_numbered(&name, kind))
        })
        .map(|path| {
            let device = path.canonicalize().ok().and_then(|port| devices.get(&port));
            let device = device.cloned().unwrap_or_default();
            (path, device)
        })
        .collect();
    ports.sort();
    ports
}

/// `ttyUSB3`, but not `gpsd.sock`.
fn is_numbered(name: &str, kind: &str) -> bool {
    name.strip_prefix(kind)
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}

/// `usb-u-blox_AG_-_www.u-blox.com_u-blox_7-if00` in words.
fn readable(link: &str) -> String {
    let name = link.strip_prefix("usb-").unwrap_or(link);
    let name = name.rsplit_once("-if").map_or(name, |(name, _)| name);
    crate::bar::clean(&name.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_found_with_the_names_of_their_devices() {
        let dev = tempfile::tempdir().unwrap();
        let by_id = dev.path().join("serial/by-id");
        std::fs::create_dir_all(&by_id).unwrap();
        for name in [
            "ttyACM0",
            "ttyUSB12",
            "gps0",
            "gpsd.sock",
            "ttyS0",
            "ttyUSB",
        ] {
            std::fs::write(dev.path().join(name), "").unwrap();
        }
        let link = by_id.join("usb-u-blox_AG_u-blox_7-if00");
        std::os::unix::fs::symlink(dev.path().join("ttyACM0"), link).unwrap();
        let found: Vec<(String, String)> = ports(dev.path())
            .into_iter()
            .map(|(path, device)| (path.file_name().unwrap().to_str().unwrap().into(), device))
            .collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (&**a, &**b)).collect();
        assert_eq!(
            found,
            [
                ("gps0", ""),
                ("ttyACM0", "u-blox AG u-blox 7"),
                ("ttyUSB12", "")
            ]
        );
    }
}
