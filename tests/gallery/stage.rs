//! A popup's window without a screen, and every picture that is taken of it.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use barpop::catalogue::{self, Language};
use barpop::popup::raster::{Raster, Scene, Target};
use barpop::popup::theme::{self, Scheme, Theme};
use egui::{FontData, FontDefinitions, FontFamily, Galley, Shape, TexturesDelta, Ui, UiBuilder};
use egui_kittest::{Harness, TestRenderer};

use crate::picture::Picture;

pub type Window<S> = Harness<'static, S>;

/// Of all pixels, so many in 10,000 may differ: 18 of a window with 360 × 520. A letter that is
/// another one has more.
const TOLERATED: usize = 1;

/// One subject with its pictures.
pub trait Popup: Sized + 'static {
    /// As it is called on the command line.
    const NAME: &'static str;
    /// As the page calls it.
    const TITLE: &'static str;
    /// The states that are shown in every look.
    const TYPICAL: &'static [&'static str];
    const SHOTS: &'static [Shot<Self>];

    /// Its usual size in points.
    fn size(&self) -> [f32; 2];

    /// Draws one frame.
    fn frame(&mut self, ui: &mut Ui);
}

/// One state of a popup.
pub struct Shot<P: 'static> {
    /// What the file is called, behind the popup's name.
    pub name: &'static str,
    /// What is seen, in one sentence.
    pub says: &'static str,
    pub begin: fn() -> P,
    /// What the person does before the picture is taken.
    pub act: fn(&mut Window<P>),
}

/// How a state is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Dark,
    Light,
    HighContrast,
    Narrow,
    Double,
    German,
}

/// How the typical state is shown beside its usual look.
const LOOKS: &[Look] = &[
    Look::Light,
    Look::HighContrast,
    Look::Narrow,
    Look::Double,
    Look::German,
];

impl Look {
    fn ending(self) -> &'static str {
        match self {
            Self::Dark => "",
            Self::Light => "-light",
            Self::HighContrast => "-contrast",
            Self::Narrow => "-narrow",
            Self::Double => "-200",
            Self::German => "-german",
        }
    }

    fn says(self) -> &'static str {
        match self {
            Self::Dark => "",
            Self::Light => "The same, light.",
            Self::HighContrast => "The same in high contrast.",
            Self::Narrow => "The same in a window of 320 points.",
            Self::Double => "The same at a scale of 200 %.",
            Self::German => "The same in German.",
        }
    }

    pub fn scale(self) -> f32 {
        if self == Self::Double { 2.0 } else { 1.0 }
    }

    fn size(self, popup: &impl Popup) -> [f32; 2] {
        match self {
            Self::Narrow => [320.0, popup.size()[1]],
            _ => popup.size(),
        }
    }

    fn theme(self) -> Theme {
        Theme::of_scheme(match self {
            Self::Light => Scheme::Light,
            Self::HighContrast => Scheme::HighContrast,
            _ => Scheme::Dark,
        })
    }

    fn language(self) -> Language {
        match self {
            Self::German => Language::German,
            _ => Language::English,
        }
    }
}

/// A state in a look: the name of its file, and what is seen.
pub struct Entry {
    pub name: String,
    pub says: &'static str,
}

/// Every picture of a popup.
fn all<P: Popup>() -> impl Iterator<Item = (&'static Shot<P>, Look)> {
    P::SHOTS.iter().flat_map(|shot| {
        let typical = P::TYPICAL.contains(&shot.name);
        let looks = if typical { LOOKS } else { &[] };
        let looks = std::iter::once(&Look::Dark).chain(looks);
        looks.map(move |look| (shot, *look))
    })
}

fn name<P: Popup>(shot: &Shot<P>, look: Look) -> String {
    format!("{}-{}{}", P::NAME, shot.name, look.ending())
}

/// What the page has of a popup.
pub fn entries<P: Popup>() -> Vec<Entry> {
    let entry = |(shot, look): (&Shot<P>, Look)| Entry {
        name: name(shot, look),
        says: match look {
            Look::Dark => shot.says,
            _ => look.says(),
        },
    };
    all::<P>().map(entry).collect()
}

/// Whether the pictures and the page are to be taken anew.
pub fn updates() -> bool {
    std::env::var_os("BARPOP_GALLERY").is_some_and(|wish| wish == "update")
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where the pictures are.
pub fn folder() -> PathBuf {
    root().join("assets/gallery")
}

/// Takes all pictures of a popup and holds them against those that are kept.
pub fn compare<P: Popup>() {
    let wrong: Vec<String> = all::<P>()
        .filter_map(|(shot, look)| hold(&name(shot, look), &take(shot, look)).err())
        .collect();
    assert!(
        wrong.is_empty(),
        "{}\nLook at them; if they are as they should be, `make gallery` keeps them. The fonts \
         are those that tests/setup.sh installs.",
        wrong.join("\n")
    );
}

fn hold(name: &str, new: &Picture) -> Result<(), String> {
    let file = folder().join(format!("{name}.png"));
    let old = Picture::read(&file);
    let alike = |new: &Picture, old: &Picture| {
        let off = new.differences(old).map(|off| off.len());
        off.is_some_and(|off| off * 10_000 <= new.pixels.len() * TOLERATED)
    };
    // Most are, without the work to leave colours out.
    if !updates() && old.as_ref().is_some_and(|old| alike(new, old)) {
        return Ok(());
    }
    let new = &new.with_few_colours();
    if updates() {
        // What is alike stays as it is, so that the history has what has changed.
        if old.as_ref() != Some(new) {
            new.write(&file);
        }
        return Ok(());
    }
    let seen = root().join("target/gallery").join(name);
    let Some(old) = old else {
        new.write(&seen.with_extension("new.png"));
        return Err(format!("{name} is new: see {}.new.png", seen.display()));
    };
    if alike(new, &old) {
        return Ok(());
    }
    let Some(off) = new.differences(&old) else {
        new.write(&seen.with_extension("new.png"));
        return Err(format!(
            "{name} has another size: see {}.new.png",
            seen.display()
        ));
    };
    new.write(&seen.with_extension("new.png"));
    old.marked(&off).write(&seen.with_extension("diff.png"));
    let (count, seen) = (off.len(), seen.display());
    Err(format!(
        "{name} differs in {count} pixels: see {seen}.new.png and {seen}.diff.png"
    ))
}

fn take<P: Popup>(shot: &Shot<P>, look: Look) -> Picture {
    catalogue::speaking(look.language(), || {
        let popup = (shot.begin)();
        let size = look.size(&popup);
        let textures = Textures::default();
        let raster = Rc::clone(&textures.0);
        let mut window = open(popup, look, textures);
        (shot.act)(&mut window);
        window.run_steps(5);
        let [width, height] = size.map(|points| (points * look.scale()).round() as u32);
        let shapes = window.output().shapes.clone();
        let primitives = window.ctx.tessellate(shapes, look.scale());
        let mut pixels = vec![0; (width * height) as usize];
        let scene = Scene {
            primitives: &primitives,
            scale: look.scale(),
            ground: look.theme().ground,
        };
        let target = Target {
            pixels: &mut pixels,
            width,
            height,
            age: 0,
        };
        raster.borrow_mut().paint(scene, target);
        let pixels = pixels.iter().map(|pixel| {
            let [_, red, green, blue] = pixel.to_be_bytes();
            [red, green, blue]
        });
        Picture {
            width,
            height,
            pixels: pixels.collect(),
        }
    })
}

fn open<P: Popup>(popup: P, look: Look, textures: Textures) -> Window<P> {
    let setup = move |ctx: &egui::Context| {
        ctx.set_fonts(fonts());
        look.theme().install(ctx);
    };
    let draw = |ui: &mut Ui, popup: &mut P| {
        // A popup has the whole window, without the margin that the harness leaves.
        let whole = ui.ctx().content_rect();
        let mut ui = ui.new_child(UiBuilder::new().max_rect(whole));
        ui.set_clip_rect(whole);
        popup.frame(&mut ui);
    };
    let mut window = Harness::builder()
        .with_size(look.size(&popup))
        .with_pixels_per_point(look.scale())
        .with_step_dt(1.0 / 20.0)
        .with_context_setup(setup)
        .renderer(textures)
        .build_ui_state(draw, popup);
    window.run_steps(6);
    window
}

/// All texts that a popup paints in its usual window.
pub fn painted<P: Popup>(popup: P, act: impl Fn(&mut Window<P>)) -> Vec<Arc<Galley>> {
    fn look(shape: &Shape, found: &mut Vec<Arc<Galley>>) {
        match shape {
            Shape::Vec(all) => all.iter().for_each(|shape| look(shape, found)),
            Shape::Text(text) => found.push(Arc::clone(&text.galley)),
            _ => {}
        }
    }
    let mut window = open(popup, Look::Dark, Textures::default());
    act(&mut window);
    let mut found = Vec::new();
    for clipped in &window.output().shapes {
        look(&clipped.shape, &mut found);
    }
    found
}

/// Holds that a popup paints these words whole and on one line.
pub fn tells_on_one_line<P: Popup>(popup: impl Fn() -> P, language: Language, words: &str) {
    let mut all = catalogue::speaking(language, || painted(popup(), |_| {}));
    all.retain(|text| text.text() == words);
    assert!(!all.is_empty(), "'{words}' is not painted");
    let is_whole = |text: &Arc<Galley>| !text.elided && text.rows.len() == 1;
    assert!(all.iter().all(is_whole), "'{words}' has no room");
}

/// Keeps the textures that egui sets until the picture is taken.
#[derive(Default)]
struct Textures(Rc<RefCell<Raster>>);

impl TestRenderer for Textures {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let textures = &mut self.0.borrow_mut().textures;
        textures.set(delta);
        textures.free(delta);
        delta.clear();
    }
}

/// The same fonts on every machine: DejaVu Sans as Debian has it, and one each for emoji and for
/// Chinese, Japanese and Korean. A character that none of them has stops the test.
fn fonts() -> FontDefinitions {
    static FONTS: OnceLock<FontDefinitions> = OnceLock::new();
    let find = || {
        let mut fonts = FontDefinitions::default();
        let builtin = fonts.families[&FontFamily::Proportional].clone();
        let others = [
            ("Noto Color Emoji", "NotoColorEmoji.ttf"),
            ("WenQuanYi Micro Hei", "wqy-microhei.ttc"),
        ];
        for (pattern, file) in others {
            fonts.font_data.insert(file.into(), font(pattern, file));
        }
        for (family, pattern, file) in [
            (
                FontFamily::Proportional,
                "DejaVu Sans:style=Book",
                "DejaVuSans.ttf",
            ),
            (
                theme::bold(),
                "DejaVu Sans:style=Bold",
                "DejaVuSans-Bold.ttf",
            ),
            (theme::emoji(), "Noto Color Emoji", "NotoColorEmoji.ttf"),
        ] {
            fonts.font_data.insert(file.into(), font(pattern, file));
            let mut names = builtin.clone();
            names.insert(0, file.into());
            names.extend(others.map(|(_, file)| file.into()));
            fonts.families.insert(family, names);
        }
        fonts
    };
    FONTS.get_or_init(find).clone()
}

fn font(pattern: &str, file: &str) -> Arc<FontData> {
    let answer = Command::new("fc-match")
        .args(["-f", "%{file}", pattern])
        .output();
    let path = PathBuf::from(String::from_utf8(answer.unwrap().stdout).unwrap());
    assert!(
        path.ends_with(file),
        "the font '{pattern}' is not installed: run tests/setup.sh gallery"
    );
    Arc::new(FontData::from_owned(std::fs::read(path).unwrap()))
}
