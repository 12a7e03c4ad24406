//! Where vCards lie: a file with one or many, or folders with one in each file.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::BufReader;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::vcard::{self, Card, Shape};

/// People beyond this are left out.
const MOST_PEOPLE: usize = 20_000;
/// Files beyond this are left out, of all folders together.
const MOST_FILES: usize = 50_000;
/// Folders beyond this are left out, and are not watched.
const MOST_FOLDERS: usize = 512;
/// vdirsyncer makes a folder for each collection; deeper than this nobody nests them.
const DEEPEST: u32 = 5;
/// More than this of one file is not read, bytes.
const LONGEST: u64 = 256 * 1024 * 1024;

/// A file or folder that could not be read, or not all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Which one.
    pub path: PathBuf,
    /// Why, in a few words.
    pub reason: String,
}

/// What lies at the configured places.
#[derive(Debug, Default)]
pub struct Found {
    /// Everybody, in no order.
    pub people: Vec<Card>,
    /// The folders in which a change matters.
    pub folders: Vec<PathBuf>,
    /// What could not be read.
    pub damaged: Vec<Damage>,
    files: usize,
}

/// A place of vCards, as configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file or folder.
    pub path: PathBuf,
    /// Whether it was named by the person: that it is missing is worth a word then.
    pub named: bool,
}

impl Place {
    /// The configured places, `~/` being the home; without any, `$XDG_DATA_HOME/contacts`.
    #[must_use]
    pub fn all(configured: &[PathBuf]) -> Vec<Self> {
        let named = |path: &PathBuf| Self {
            path: match (path.strip_prefix("~"), std::env::home_dir()) {
                (Ok(rest), Some(home)) => home.join(rest),
                _ => path.clone(),
            },
            named: true,
        };
        let usual = || {
            let path = xdg::BaseDirectories::new().get_data_file("contacts");
            path.map(|path| Self { path, named: false })
        };
        if configured.is_empty() {
            return usual().into_iter().collect();
        }
        configured.iter().map(named).collect()
    }
}

/// Reads all cards of these places.
pub fn read(places: &[Place]) -> Found {
    let mut found = Found::default();
    for place in places {
        match fs::metadata(&place.path) {
            Ok(about) if about.is_dir() => found.folder(&place.path, 0),
            Ok(_) => {
                let folder = place.path.parent().map(Path::to_owned);
                found
                    .folders
                    .extend(folder.filter(|folder| !folder.as_os_str().is_empty()));
                found.file(&place.path);
            }
            Err(error) => {
                // It may come.
                let above = place.path.ancestors().skip(1).find(|above| above.is_dir());
                found.folders.extend(above.map(Path::to_owned));
                if place.named {
                    found.damage(&place.path, &error.to_string());
                }
            }
        }
    }
    found.folders.sort();
    found.folders.dedup();
    found
}

impl Found {
    fn damage(&mut self, path: &Path, reason: &str) {
        if self.damaged.len() < 100 {
            self.damaged.push(Damage {
                path: path.to_owned(),
                reason: reason.to_owned(),
            });
        }
    }

    fn folder(&mut self, path: &Path, depth: u32) {
        if self.folders.len() >= MOST_FOLDERS || depth > DEEPEST {
            return;
        }
        self.folders.push(path.to_owned());
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => return self.damage(path, &error.to_string()),
        };
        for entry in entries.map_while(Result::ok) {
            // Programs that write a card put it into a hidden file first.
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let path = entry.path();
            // A link counts as what it leads to; one that leads round is ended by the depth.
            match fs::metadata(&path) {
                Ok(about) if about.is_dir() => self.folder(&path, depth + 1),
                Ok(_) if is_card(&path) => self.file(&path),
                _ => {}
            }
        }
    }

    fn file(&mut self, path: &Path) {
        if self.files >= MOST_FILES || self.people.len() >= MOST_PEOPLE {
            return;
        }
        self.files += 1;
        if let Err(reason) = self.cards(path) {
            self.damage(path, &reason);
        }
    }

    fn cards(&mut self, path: &Path) -> Result<(), String> {
        // Opening a pipe must not wait for its writer.
        let nonblock = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or_default();
        let file = OpenOptions::new()
            .read(true)
            .custom_flags(nonblock)
            .open(path);
        let file: File = file.map_err(|error| error.to_string())?;
        let about = file.metadata().map_err(|error| error.to_string())?;
        if !about.is_file() {
            return Err("it is no file".to_owned());
        }
        let room = usize::try_from(about.len())
            .unwrap_or(usize::MAX)
            .clamp(64, 16 * 1024);
        let text = BufReader::with_capacity(room, std::io::Read::take(file, LONGEST));
        let people = &mut self.people;
        let read = vcard::read(text, &mut |card| {
            people.push(card);
            people.len() < MOST_PEOPLE
        });
        let shape = read.map_err(|error| error.to_string())?;
        if about.len() > LONGEST {
            return Err("it is too large; what lies beyond 256 MiB is left out".to_owned());
        }
        match shape {
            Shape::Whole => Ok(()),
            Shape::Broken => Err("a card in it has no end; what it has is taken".to_owned()),
            Shape::NoCard => Err("there is no vCard in it".to_owned()),
        }
    }
}

fn is_card(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    extension.eq_ignore_ascii_case("vcf") || extension.eq_ignore_ascii_case("vcard")
}
