//! Icons: alpha masks drawn at build time (see `build.rs`), tinted when painted.
//!
//! Icons by Font Awesome Free 6.2 (CC BY 4.0).

use egui::{Color32, Painter, Pos2, Rect, TextureHandle, TextureOptions, Vec2};

include!(concat!(env!("OUT_DIR"), "/icons.rs"));

/// An icon, its size in pixels, and its column and row in the sheet.
type Place = (Icon, u16, u16, u16);

static SHEET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/icons.alpha"));

/// Empty pixels around an icon in its texture, as in the sheet.
const MARGIN: usize = 1;

/// An icon of one size as a texture, made once per context when it is first painted: all of the
/// sheet would be two megabytes, which a popup's first picture had to wait for.
fn texture(ctx: &egui::Context, &(icon, size, x, y): &Place) -> TextureHandle {
    let id = egui::Id::unique(("popup icon", icon as usize, size));
    if let Some(texture) = ctx.data(|data| data.get_temp::<TextureHandle>(id)) {
        return texture;
    }
    let (left, top) = (usize::from(x) - MARGIN, usize::from(y) - MARGIN);
    let side = usize::from(size) + 2 * MARGIN;
    let rows = SHEET.chunks_exact(SHEET_SIZE[0]).skip(top).take(side);
    let pixels = rows
        .flat_map(|row| row.iter().skip(left).take(side))
        .map(|&alpha| Color32::from_white_alpha(alpha))
        .collect();
    let image = egui::ColorImage::new([side; 2], pixels);
    let texture = ctx.load_texture("popup icon", image, TextureOptions::LINEAR);
    ctx.data_mut(|data| data.insert_temp(id, texture.clone()));
    texture
}

/// Paints `icon` in a square of `points` around `centre`, on whole pixels.
pub fn paint(painter: &Painter, icon: Icon, centre: Pos2, points: f32, tint: Color32) {
    let scale = painter.pixels_per_point();
    let wanted = (points * scale).round();
    // PLACES is sorted by size, small first: the first that is large enough, else the largest.
    let mut of_icon = PLACES.iter().filter(|place| place.0 == icon);
    let largest = of_icon.clone().next_back();
    let place = of_icon
        .find(|place| f32::from(place.1) >= wanted)
        .or(largest);
    let Some(place) = place else { return };
    let side = wanted / scale;
    let snap = |v: f32| (v * scale).round() / scale;
    let min = Pos2::new(snap(centre.x - side / 2.0), snap(centre.y - side / 2.0));
    let texture = texture(painter.ctx(), place);
    let margin = MARGIN as f32 / texture.size_vec2().x;
    let uv = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0)).shrink(margin);
    let rect = Rect::from_min_size(min, Vec2::splat(side));
    painter.image(texture.id(), rect, uv, tint);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_has_ink_inside_its_place_and_none_between_places() {
        assert_eq!(SHEET.len(), SHEET_SIZE[0] * SHEET_SIZE[1]);
        for &(icon, size, x, y) in PLACES {
            let (size, x, y) = (usize::from(size), usize::from(x), usize::from(y));
            let row = |line: usize| &SHEET[line * SHEET_SIZE[0]..][x..x + size];
            let ink = (y..y + size)
                .flat_map(row)
                .filter(|&&alpha| alpha > 128)
                .count();
            assert!(
                ink > size * size / 20,
                "{icon:?} at {size} px is nearly empty"
            );
            assert!(
                row(y - 1).iter().all(|&alpha| alpha == 0),
                "{icon:?} leaks upwards"
            );
        }
    }
}
