//! The interface font: the one that fontconfig names, egui's built-in one behind it.
//!
//! `fc-match` is asked on a thread of its own while the graphics start, so it costs no time.
//! Characters that neither font has (CJK, Arabic, emoji) are looked up by eframe's system
//! font provider when the first of them is drawn.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread::JoinHandle;

use egui::{FontData, FontDefinitions, FontFamily};

use super::theme;

/// Fonts being found; [`Fonts::install`] waits for them.
pub struct Fonts(Option<JoinHandle<Found>>);

#[derive(Default)]
struct Found {
    regular: Option<FontData>,
    bold: Option<FontData>,
}

impl Fonts {
    /// Starts to look for the fonts.
    #[must_use]
    pub fn find() -> Self {
        let find = || Found {
            regular: load("sans-serif"),
            bold: load("sans-serif:bold"),
        };
        Self(
            std::thread::Builder::new()
                .name("fonts".into())
                .spawn(find)
                .ok(),
        )
    }

    /// Gives the fonts that were found to egui.
    pub fn install(self, ctx: &egui::Context) {
        let found = self
            .0
            .and_then(|thread| thread.join().ok())
            .unwrap_or_default();
        ctx.set_fonts(definitions(found));
    }
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
    fonts
}

/// The file that fontconfig would use for `pattern`; `None` where there is no fontconfig.
fn load(pattern: &str) -> Option<FontData> {
    let answer = Command::new("fc-match")
        .args(["-f", "%{file}\n%{index}", pattern])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(answer.stdout).ok()?;
    let (file, index) = text.split_once('\n')?;
    let path = PathBuf::from(file);
    // Variable and bitmap fonts of other kinds are left to the system font provider.
    let known = path.extension().is_some_and(|e| {
        ["ttf", "otf", "ttc"]
            .iter()
            .any(|k| e.eq_ignore_ascii_case(k))
    });
    if !known {
        return None;
    }
    let mut data = FontData::from_owned(std::fs::read(path).ok()?);
    // fontconfig keeps the named instance of a variable font in the upper half.
    data.index = index.trim().parse::<u32>().unwrap_or(0) & 0xffff;
    Some(data)
}
