//! Rasterises the popup's icons once, at build time, into one sheet of alpha masks.
//!
//! The sheet holds every icon at each pixel size that a popup needs between 100 % and 200 %
//! scale, so that a drawn icon is never stretched. Without the `popup` feature nothing is done.
//! The list of icons is `assets/icons/icons.txt`: a variant's name, a Font Awesome name, sizes.

use std::error::Error;

const LIST: &str = "assets/icons/icons.txt";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={LIST}");
    #[cfg(feature = "popup")]
    icons::write()?;
    Ok(())
}

/// Only for the popups: what draws takes as long to build as a status program.
#[cfg(feature = "popup")]
mod icons {
    use std::fmt::Write as _;
    use std::path::PathBuf;
    use std::{env, error::Error, fs};

    use font_awesome_as_a_crate::{Type, svg};
    use resvg::tiny_skia::{Pixmap, Transform};
    use resvg::usvg::{Options, Tree};

    use super::LIST;

    const SHEET_WIDTH: u32 = 512;
    /// Between two icons, so that a linear filter never reaches the neighbour.
    const GAP: u32 = 1;

    /// Draws the sheet, and writes it with the list of what is where.
    pub fn write() -> Result<(), Box<dyn Error>> {
        let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
        let icons = read_list(&fs::read_to_string(LIST)?)?;
        let (sheet, places) = draw(&icons)?;
        fs::write(out.join("icons.alpha"), &sheet)?;
        fs::write(out.join("icons.rs"), source(&icons, &sheet, &places)?)?;
        Ok(())
    }

    struct Icon {
        variant: String,
        svg: &'static str,
        sizes: Vec<u32>,
    }

    fn read_list(text: &str) -> Result<Vec<Icon>, Box<dyn Error>> {
        let mut icons = Vec::new();
        for line in text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        {
            let mut words = line.split_whitespace();
            let (Some(variant), Some(name)) = (words.next(), words.next()) else {
                return Err(format!("{LIST}: '{line}' lacks a name").into());
            };
            let sizes = words.map(str::parse).collect::<Result<_, _>>()?;
            let svg = svg(Type::Solid, name).map_err(|_| format!("{LIST}: no icon '{name}'"))?;
            icons.push(Icon {
                variant: variant.to_owned(),
                svg,
                sizes,
            });
        }
        Ok(icons)
    }

    /// Where one mask lies in the sheet.
    struct Place {
        icon: usize,
        size: u32,
        x: u32,
        y: u32,
    }

    /// Packs the masks row by row, large ones first, and draws them.
    fn draw(icons: &[Icon]) -> Result<(Vec<u8>, Vec<Place>), Box<dyn Error>> {
        let mut jobs: Vec<(u32, usize)> = icons
            .iter()
            .enumerate()
            .flat_map(|(index, icon)| icon.sizes.iter().map(move |&size| (size, index)))
            .collect();
        jobs.sort_by(|a, b| b.cmp(a));
        let (mut x, mut y, mut row) = (GAP, GAP, 0);
        let mut places = Vec::new();
        for (size, icon) in jobs {
            if x + size + GAP > SHEET_WIDTH {
                (x, y, row) = (GAP, y + row + GAP, 0);
            }
            row = row.max(size);
            places.push(Place { icon, size, x, y });
            x += size + GAP;
        }
        let height = y + row + GAP;
        let mut sheet = Pixmap::new(SHEET_WIDTH, height).ok_or("the icon sheet is empty")?;
        for place in &places {
            let Some(icon) = icons.get(place.icon) else {
                continue;
            };
            let tree = Tree::from_str(icon.svg, &Options::default())?;
            let (width, height) = (tree.size().width(), tree.size().height());
            let scale = place.size as f32 / width.max(height);
            let left = place.x as f32 + (place.size as f32 - width * scale) / 2.0;
            let top = place.y as f32 + (place.size as f32 - height * scale) / 2.0;
            let transform = Transform::from_row(scale, 0.0, 0.0, scale, left, top);
            resvg::render(&tree, transform, &mut sheet.as_mut());
        }
        Ok((
            sheet.pixels().iter().map(|pixel| pixel.alpha()).collect(),
            places,
        ))
    }

    fn source(icons: &[Icon], sheet: &[u8], places: &[Place]) -> Result<String, std::fmt::Error> {
        let height = sheet.len() / SHEET_WIDTH as usize;
        let mut text = String::new();
        writeln!(
            text,
            "/// The icons of the sheet; names say what they stand for, not how they look."
        )?;
        writeln!(
            text,
            "#[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub enum Icon {{"
        )?;
        for icon in icons {
            writeln!(
                text,
                "    /// See `assets/icons/icons.txt`.\n    {},",
                icon.variant
            )?;
        }
        writeln!(text, "}}\n")?;
        writeln!(
            text,
            "const SHEET_SIZE: [usize; 2] = [{SHEET_WIDTH}, {height}];"
        )?;
        writeln!(text, "const PLACES: &[(Icon, u16, u16, u16)] = &[")?;
        for Place { icon, size, x, y } in places.iter().rev() {
            let Some(icon) = icons.get(*icon) else {
                continue;
            };
            writeln!(text, "    (Icon::{}, {size}, {x}, {y}),", icon.variant)?;
        }
        writeln!(text, "];")?;
        Ok(text)
    }
}
