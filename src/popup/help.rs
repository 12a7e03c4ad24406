//! The list of all keys, over the window.

use egui::{
    Align2, CornerRadius, FontId, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
};

use super::controls::{one_line, put};
use super::theme::{self, Theme, size, space};
use crate::say;

/// Draws the keys and what they do over everything; true when it was clicked away. Keys are named
/// as on an English keyboard, see [`key_name`].
pub fn overlay(ui: &mut Ui, whole: Rect, keys: &[(impl AsRef<str>, impl AsRef<str>)]) -> bool {
    let theme = Theme::of(ui.ctx());
    let row = ((whole.height() - 2.0 * space::S - 56.0) / keys.len() as f32).clamp(15.0, 24.0);
    let height = keys.len() as f32 * row + 56.0;
    let width = (whole.width() - 2.0 * space::S).min(440.0);
    let wanted = Vec2::new(width, height.min(whole.height() - 2.0 * space::S));
    let rect = Align2::CENTER_CENTER.anchor_size(whole.center(), wanted);
    let area = egui::Area::new(ui.scope_id().with("keys")).order(egui::Order::Foreground);
    let clicked = area
        .fixed_pos(whole.min)
        .fade_in(false)
        .show(ui.ctx(), |ui| {
            let shade = ui.interact(whole, ui.scope_id().with("shade"), Sense::CLICK);
            ui.set_min_size(whole.size());
            ui.painter()
                .rect_filled(whole, 0, egui::Color32::from_black_alpha(140));
            let corner = CornerRadius::same(space::RADIUS);
            ui.painter().rect_filled(rect, corner, theme.raised);
            ui.painter().rect_stroke(
                rect,
                corner,
                Stroke::new(1.0, theme.line),
                StrokeKind::Inside,
            );
            let panel = ui.interact(rect, ui.scope_id().with("panel"), Sense::hover());
            panel.widget_info(|| WidgetInfo::labeled(Role::Dialog, true, say!("popup-keys")));
            let font = FontId::new(size::TITLE, theme::bold());
            let title = one_line(ui, &say!("popup-keys"), font, theme.text, width);
            let left = rect.left() + space::L;
            let at = Pos2::new(left, rect.top() + 24.0);
            put(ui.painter(), title, at, Align2::LEFT_CENTER);
            let body = FontId::proportional(size::BODY);
            let named: Vec<_> = keys
                .iter()
                .map(|(keys, _)| {
                    let keys = key_name(keys.as_ref());
                    one_line(ui, &keys, body.clone(), theme.accent_text, width * 0.45)
                })
                .collect();
            let widest = named.iter().map(|keys| keys.size().x).fold(0.0, f32::max);
            let middle = left + (widest + space::S).max((width * 0.34).min(136.0));
            let mut y = rect.top() + 44.0 + row / 2.0;
            for (named, (_, what)) in named.into_iter().zip(keys) {
                put(ui.painter(), named, Pos2::new(left, y), Align2::LEFT_CENTER);
                let room = rect.right() - space::S - middle;
                let what = one_line(ui, what.as_ref(), body.clone(), theme.text, room);
                put(
                    ui.painter(),
                    what,
                    Pos2::new(middle, y),
                    Align2::LEFT_CENTER,
                );
                y += row;
            }
            shade.clicked()
        });
    clicked.inner
}

/// Keys as they are written on the person's keyboard: `Ctrl+Shift+C  Home`, `Strg+Umschalt+C
/// Pos1`. What is no key's name stays as it is.
#[must_use]
pub fn key_name(keys: &str) -> String {
    let mut named = String::new();
    for part in keys.split_inclusive(['+', ' ']) {
        let (key, mark) = match part.strip_suffix(['+', ' ']) {
            // The plus key itself.
            None | Some("") => (part, ""),
            Some(key) => (key, part.get(key.len()..).unwrap_or_default()),
        };
        named.push_str(&one_key(key));
        named.push_str(mark);
    }
    named
}

fn one_key(key: &str) -> String {
    match key {
        "Alt" => say!("popup-key-alt"),
        "Ctrl" => say!("popup-key-ctrl"),
        "Del" => say!("popup-key-del"),
        "Delete" => say!("popup-key-delete"),
        "End" => say!("popup-key-end"),
        "Enter" => say!("popup-key-enter"),
        "Esc" => say!("popup-key-esc"),
        "Home" => say!("popup-key-home"),
        "Letters" => say!("popup-key-letters"),
        "Page" => say!("popup-key-page"),
        "Shift" => say!("popup-key-shift"),
        "Space" => say!("popup-key-space"),
        "Tab" => say!("popup-key-tab"),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Language, speaking};

    #[test]
    fn keys_are_named_as_on_the_keyboard_of_the_language() {
        let german = |keys| speaking(Language::German, || key_name(keys));
        assert_eq!(german("Ctrl+Shift+C"), "Strg+Umschalt+C");
        assert_eq!(german("Home  End"), "Pos1  Ende");
        assert_eq!(german("Page ↑  ↓"), "Bild ↑  ↓");
        assert_eq!(german("+  −"), "+  −");
        for keys in ["Ctrl+Enter", "Alt+↑  Alt+↓", "?  F1", "Shift+Delete"] {
            assert_eq!(key_name(keys), keys);
        }
    }
}
