//! The pages, and which one is in sight.

use egui::{Align2, FontId, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

use super::{Scene, State};
use crate::popup::controls::{focus_ring, one_line, put};
use crate::popup::theme::{self, size, space};
use crate::say;

/// In points.
pub const HEIGHT: f32 = 34.0;

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Page {
    /// The satellites, and the numbers that matter most.
    Sky,
    /// All numbers.
    Numbers,
    /// How much the position spreads.
    Scatter,
    /// Where it was lately.
    Track,
    /// Speed and altitude over time.
    History,
}

impl Page {
    /// All of them, in the order of their keys 1 to 5.
    pub const ALL: [Self; 5] = [
        Self::Sky,
        Self::Numbers,
        Self::Scatter,
        Self::Track,
        Self::History,
    ];

    fn words(self) -> String {
        match self {
            Self::Sky => say!("gnss-page-sky"),
            Self::Numbers => say!("gnss-page-numbers"),
            Self::Scatter => say!("gnss-page-scatter"),
            Self::Track => say!("gnss-page-track"),
            Self::History => say!("gnss-speed"),
        }
    }
}

/// Draws the tabs over the whole width of `ui`.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &Scene<'_>) {
    let theme = scene.theme;
    let rect = ui.max_rect();
    // As wide as their words in bold, so that none moves when another is chosen.
    let widths = Page::ALL.map(|page| {
        let font = FontId::new(size::BODY, theme::bold());
        one_line(ui, &page.words(), font, theme.text, 200.0)
            .size()
            .x
    });
    let spare = rect.width() - 2.0 * space::XS - widths.iter().sum::<f32>();
    let pad = (spare / Page::ALL.len() as f32).clamp(4.0, 44.0);
    let mut left = rect.left() + space::XS;
    for ((page, key), width) in Page::ALL.into_iter().zip(1..).zip(widths) {
        let width = width + pad;
        let place = Rect::from_min_size(Pos2::new(left, rect.top()), Vec2::new(width, HEIGHT));
        left += width;
        let chosen = state.page == page;
        let words = page.words();
        let response = ui.interact(place, ui.scope_id().with(&words), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, &words));
        let ink = match (chosen, response.hovered()) {
            (true, _) | (false, true) => theme.text,
            (false, false) => theme.dim,
        };
        let family = if chosen {
            theme::bold()
        } else {
            egui::FontFamily::Proportional
        };
        let text = one_line(ui, &words, FontId::new(size::BODY, family), ink, width);
        let painter = ui.painter();
        let spoken = put(painter, text, place.center(), Align2::CENTER_CENTER);
        if chosen {
            // A line as well: a bold word alone is easily overlooked.
            let under = Stroke::new(2.0, theme.accent_text);
            painter.hline(spoken.x_range().expand(4.0), place.bottom() - 2.0, under);
        }
        // The key has room where the window is not narrow.
        if pad >= 36.0 {
            let font = FontId::proportional(size::SMALL);
            let hint = one_line(ui, &key.to_string(), font, theme.dim, 12.0);
            let at = Pos2::new(spoken.left() - 6.0, place.center().y);
            put(ui.painter(), hint, at, Align2::RIGHT_CENTER);
        }
        if response.has_focus() {
            focus_ring(ui.painter(), place.shrink(3.0), &theme);
        }
        if response.clicked() {
            state.page = page;
        }
        response.on_hover_text(say!("popup-key", key = key.to_string()));
    }
    let line = Stroke::new(1.0, theme.line);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, line);
}
