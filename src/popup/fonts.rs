//! The interface font: the one that fontconfig names, egui's built-in one behind it.
//!
//! `fc-match` costs 30 ms of a processor that starts the graphics at that time, so its answer is
//! kept in the cache folder, and asked for anew when the window is there.
//! Emoji are those of the colour font that fontconfig names, where there is one.
//! Characters that none of these has (CJK, Arabic) come from the system's other fonts.
//! Listing those can take hundreds of milliseconds and megabytes, so it is done when the first
//! such character comes; where the last popup met one, on a thread from the start on.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::Duration;

use egui::epaint::text::{FallbackRequest, FontInsert, FontProvider};
use egui::{FontData, FontDefinitions, FontFamily};
use egui_system_font_provider::SystemFontProvider;
use memmap2::Mmap;

use super::theme;

/// By then the window is drawn.
const AFTER_START: Duration = Duration::from_secs(2);

/// Fonts being found; [`Fonts::install`] waits for the interface's own.
pub struct Fonts {
    found: Option<JoinHandle<Found>>,
    /// For characters that those lack.
    others: Others,
}

/// The system's other fonts, listed at the first character that needs them.
#[derive(Default)]
struct Others(OnceLock<SystemFontProvider>);

impl Others {
    /// Starts the listing where the last popup needed it, too.
    fn expected() -> Self {
        let others = Self::default();
        if cache("other-fonts").is_some_and(|mark| mark.exists()) {
            let _ = others.0.set(SystemFontProvider::new());
        }
        others
    }
}

impl FontProvider for Others {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let list = || {
            if let Some(mark) = cache("other-fonts") {
                let _ = mark.parent().map(std::fs::create_dir_all);
                let _ = std::fs::write(mark, "");
            }
            SystemFontProvider::new()
        };
        self.0.get_or_init(list).font_for(request)
    }
}

#[derive(Default)]
struct Found {
    regular: Option<FontData>,
    bold: Option<FontData>,
    emoji: Option<FontData>,
    /// What the cache said, where it was not asked for anew.
    remembered: Option<[Option<Face>; 3]>,
}

impl Fonts {
    /// Starts to look for the fonts.
    #[must_use]
    pub fn find() -> Self {
        let find = || {
            let known = remembered();
            let asked = known.is_none();
            let faces = known.unwrap_or_else(ask);
            if asked {
                remember(&faces);
            }
            let [regular, bold, emoji] = faces.clone().map(|face| face?.load());
            Found {
                regular,
                bold,
                emoji,
                remembered: (!asked).then_some(faces),
            }
        };
        let find = std::thread::Builder::new().name("fonts".into()).spawn(find);
        Self {
            found: find.ok(),
            others: Others::expected(),
        }
    }

    /// Gives the fonts that were found to egui.
    pub fn install(self, ctx: &egui::Context) {
        let found = self
            .found
            .and_then(|thread| thread.join().ok())
            .unwrap_or_default();
        if let Some(old) = found.remembered.clone() {
            look_again(old);
        }
        ctx.set_fonts(definitions(found));
        ctx.add_font_provider(Arc::new(self.others));
    }
}

/// Asks fontconfig once the window is there: another font is shown from the next start on, and
/// text that is being read never changes its shape.
fn look_again(old: [Option<Face>; 3]) {
    let look = move || {
        std::thread::sleep(AFTER_START);
        let now = ask();
        if now != old {
            remember(&now);
        }
    };
    // Without it, the next start looks as this one.
    let _ = std::thread::Builder::new().name("fonts".into()).spawn(look);
}

/// The built-in fonts only, with the families that the theme names: for tests without a shell.
pub fn install_builtin(ctx: &egui::Context) {
    ctx.set_fonts(definitions(Found::default()));
}

fn definitions(found: Found) -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let builtin = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    let mut family = |family: FontFamily, name: &str, data: Option<FontData>| {
        let mut names = builtin.clone();
        if let Some(data) = data {
            fonts.font_data.insert(name.to_owned(), Arc::new(data));
            names.insert(0, name.to_owned());
        }
        fonts.families.insert(family, names);
    };
    family(FontFamily::Proportional, "interface", found.regular);
    family(theme::bold(), "interface bold", found.bold);
    family(theme::emoji(), "emoji", found.emoji);
    fonts
}

/// A font in a file.
#[derive(Debug, Clone, PartialEq)]
struct Face {
    path: PathBuf,
    /// Which font of a collection.
    index: u32,
}

impl Face {
    /// Its file is mapped, not read: of a megabyte and a half, a popup needs a few letters.
    fn load(&self) -> Option<FontData> {
        let file = std::fs::File::open(&self.path).ok()?;
        // SAFETY: who installs another version of a font puts a new file in the old one's place;
        // the old one, which is mapped, stays as it is. FontConfig's users rely on the same.
        #[allow(unsafe_code)]
        let map = unsafe { Mmap::map(&file) }.ok()?;
        let mut data = FontData::from_blob(Arc::new(map), 0);
        data.index = self.index;
        Some(data)
    }
}

/// The files that fontconfig would use for regular and bold text, and for emoji.
fn ask() -> [Option<Face>; 3] {
    ["sans-serif", "sans-serif:bold", "emoji"].map(face)
}

/// The file that fontconfig would use for `pattern`; `None` where there is no fontconfig.
fn face(pattern: &str) -> Option<Face> {
    let answer = Command::new("fc-match")
        .args(["-f", "%{file}\n%{index}", pattern])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    parse(&String::from_utf8(answer.stdout).ok()?)
}

/// Reads a face as it is written, in the cache as by `fc-match`: file, line end, number.
fn parse(text: &str) -> Option<Face> {
    let (file, index) = text.split_once('\n')?;
    let path = PathBuf::from(file);
    // Variable and bitmap fonts of other kinds are left to the system font provider.
    let known = path.extension().is_some_and(|e| {
        ["ttf", "otf", "ttc"]
            .iter()
            .any(|k| e.eq_ignore_ascii_case(k))
    });
    // fontconfig keeps the named instance of a variable font in the upper half.
    let index = index.trim().parse::<u32>().unwrap_or(0) & 0xffff;
    (known && path.is_absolute()).then_some(Face { path, index })
}

/// A file in `$XDG_CACHE_HOME/barpop`: `fonts` is what fontconfig said last time.
fn cache(name: &str) -> Option<PathBuf> {
    xdg::BaseDirectories::with_prefix("barpop").get_cache_file(name)
}

/// What fontconfig said last time, where those files are still there.
fn remembered() -> Option<[Option<Face>; 3]> {
    faces(&std::fs::read_to_string(cache("fonts")?).ok()?)
}

fn faces(text: &str) -> Option<[Option<Face>; 3]> {
    let (regular, others) = text.split_once("\n\n")?;
    let (bold, emoji) = others.split_once("\n\n")?;
    let there = |face: &Face| face.path.is_file();
    let found = |text| parse(text).filter(there);
    let emoji_font = found(emoji);
    // Nothing is written where there is no font for emoji that can be used.
    let is_whole = emoji.is_empty() == emoji_font.is_none();
    is_whole.then_some([Some(found(regular)?), Some(found(bold)?), emoji_font])
}

fn remember(faces: &[Option<Face>; 3]) {
    let ([Some(regular), Some(bold), emoji], Some(file)) = (faces, cache("fonts")) else {
        return;
    };
    let text = [Some(regular), Some(bold), emoji.as_ref()].map(|face| {
        face.map(|face| format!("{}\n{}", face.path.display(), face.index))
            .unwrap_or_default()
    });
    // Without it, the next start is slower; that is all.
    let folder = file.parent().map(std::fs::create_dir_all);
    if folder.is_some_and(|made| made.is_ok()) {
        let _ = std::fs::write(file, text.join("\n\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_is_read_from_its_file_and_number() {
        let face = parse("/usr/share/fonts/Some Sans.TTC\n65538\n").unwrap();
        assert_eq!(face.path, PathBuf::from("/usr/share/fonts/Some Sans.TTC"));
        assert_eq!(face.index, 2, "without the variable font's instance");
        assert_eq!(parse("/usr/share/fonts/old.pcf.gz\n0"), None);
        assert_eq!(parse("relative.ttf\n0"), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn what_was_kept_of_the_fonts_holds_while_the_files_are_there() {
        let file = tempfile::NamedTempFile::with_suffix(".ttf").unwrap();
        let here = format!("{}\n0", file.path().display());
        let kept = |emoji: &str| faces(&format!("{here}\n\n{here}\n\n{emoji}"));
        assert!(kept(&here).is_some_and(|[.., emoji]| emoji.is_some()));
        assert!(kept("").is_some_and(|[.., emoji]| emoji.is_none()));
        assert_eq!(kept("/gone/emoji.ttf\n0"), None);
        // An older popup kept two.
        assert_eq!(faces(&format!("{here}\n\n{here}")), None);
    }
}
