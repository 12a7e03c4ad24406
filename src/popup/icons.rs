//! Icons: alpha masks drawn at build time (see `build.rs`), tinted when painted.
//!
//! Icons by Font Awesome Free 6.2 (CC BY 4.0).

use egui::{Color32, Painter, Pos2, Rect, TextureHandle, TextureOptions, Vec2};

include!(concat!(env!("OUT_DIR"), "/icons.rs"));

static SHEET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/icons.alpha"));

/// The sheet as a texture; uploaded once per context, when the first icon is painted.
fn texture(ctx: &egui::Context) -> TextureHandle {
    let id = egui::Id::unique("popup icons");
    if let Some(texture) = ctx.data(|data| data.get_temp::<TextureHandle>(id)) {
        return texture;
    }
    let pixels = SHEET
        .iter()
        .map(|&alpha| Color32::from_white_alpha(alpha))
        .collect();
    let image = egui::ColorImage::new(SHEET_SIZE, pixels);
    let texture = ctx.load_texture("popup icons", image, TextureOptions::LINEAR);
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
    let Some(&(_, size, x, y)) = place else {
        return;
    };
    let side = wanted / scale;
    let snap = |v: f32| (v * scale).round() / scale;
    let min = Pos2::new(snap(centre.x - side / 2.0), snap(centre.y - side / 2.0));
    let [width, height] = SHEET_SIZE.map(|pixels| pixels as f32);
    let uv_min = Pos2::new(f32::from(x) / width, f32::from(y) / height);
    let uv_size = Vec2::new(f32::from(size) / width, f32::from(size) / height);
    let uv = Rect::from_min_size(uv_min, uv_size);
    let rect = Rect::from_min_size(min, Vec2::splat(side));
    painter.image(texture(painter.ctx()).id(), rect, uv, tint);
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
