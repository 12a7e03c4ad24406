//! How every popup looks: one palette derived from three colours, one grid, four text sizes.
//!
//! A person configures at most background, foreground and accent (those of the bar); the four
//! surfaces, the dim text and the three colours with a meaning follow, moved as far as they
//! must be to be read (4.5:1; 7:1 in high contrast).

use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Stroke, TextStyle, Vec2};

use super::colour::{contrast, mix, readable};

/// The grid, in points: hairline gaps to gaps between groups.
pub mod space {
    /// 4 points.
    pub const XS: f32 = 4.0;
    /// 8 points.
    pub const S: f32 = 8.0;
    /// 12 points.
    pub const M: f32 = 12.0;
    /// 16 points.
    pub const L: f32 = 16.0;
    /// 24 points.
    pub const XL: f32 = 24.0;
    /// Corner radius, 6 points.
    pub const RADIUS: u8 = 6;
}

/// Text sizes, in points.
pub mod size {
    /// Times, hints, counters.
    pub const SMALL: f32 = 12.0;
    /// Everything else.
    pub const BODY: f32 = 13.0;
    /// Names and titles.
    pub const TITLE: f32 = 15.0;
    /// The one sentence of an empty pane.
    pub const LARGE: f32 = 20.0;
    /// Line height as a share of the text size.
    pub const LINE: f32 = 1.35;
}

/// The family that holds the bold face of the interface font.
#[must_use]
pub fn bold() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// The family for emoji: the colour font first, where there is one.
#[must_use]
pub fn emoji() -> FontFamily {
    FontFamily::Name("emoji".into())
}

/// Which palette to start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// Light text on dark grey.
    #[default]
    Dark,
    /// Dark text on near-white.
    Light,
    /// White on black, 7:1 and outlines everywhere.
    HighContrast,
}

/// The colours and habits that a popup is drawn with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Theme {
    /// Surface 0: the window.
    pub ground: Color32,
    /// Surface 1: header, list, composer.
    pub raised: Color32,
    /// Surface 2: fields, bubbles of the other side, buttons.
    pub field: Color32,
    /// Surface 3: what the pointer is over, menus.
    pub hover: Color32,
    /// Text.
    pub text: Color32,
    /// Text that may be overlooked; still 4.5:1 on every surface.
    pub dim: Color32,
    /// Fill of the primary button and the badge.
    pub accent: Color32,
    /// Text and icons on [`Theme::accent`].
    pub on_accent: Color32,
    /// The accent as text, focus ring or icon on any surface.
    pub accent_text: Color32,
    /// Fill of the selected row.
    pub selected: Color32,
    /// Fill of one's own bubbles.
    pub own: Color32,
    /// It went well.
    pub ok: Color32,
    /// It needs attention.
    pub warn: Color32,
    /// It went wrong.
    pub error: Color32,
    /// Lines between surfaces.
    pub line: Color32,
    /// Whether the palette is light on dark.
    pub dark: bool,
    /// Whether nothing may move.
    pub reduced_motion: bool,
}

impl Default for Theme {
    fn default() -> Self {
        Self::of_scheme(Scheme::Dark)
    }
}

impl Theme {
    /// One of the built-in palettes.
    #[must_use]
    pub fn of_scheme(scheme: Scheme) -> Self {
        let rgb = Color32::from_rgb;
        match scheme {
            Scheme::Dark => {
                Self::derive(rgb(24, 25, 29), rgb(228, 230, 235), rgb(88, 140, 242), 4.5)
            }
            Scheme::Light => {
                Self::derive(rgb(250, 250, 252), rgb(28, 30, 36), rgb(38, 103, 222), 4.5)
            }
            Scheme::HighContrast => {
                Self::derive(Color32::BLACK, Color32::WHITE, rgb(255, 214, 10), 7.0)
            }
        }
    }

    /// The palette that belongs to a bar with these colours; every text in it reaches `ratio`.
    #[must_use]
    pub fn derive(background: Color32, foreground: Color32, accent: Color32, ratio: f32) -> Self {
        let high = ratio > 4.5;
        let dark = contrast(background, Color32::WHITE) > contrast(background, Color32::BLACK);
        let step = |share: f32| {
            mix(
                background,
                if dark { Color32::WHITE } else { Color32::BLACK },
                share,
            )
        };
        let (raised, field, hover) = if high {
            (step(0.0), step(0.07), step(0.14))
        } else if dark {
            (step(0.030), step(0.085), step(0.135))
        } else {
            (step(0.025), step(0.060), step(0.105))
        };
        let selected = mix(background, accent, if high { 0.22 } else { 0.20 });
        let own = mix(
            background,
            accent,
            if high {
                0.18
            } else if dark {
                0.34
            } else {
                0.18
            },
        );
        let surfaces = [background, raised, field, hover, selected, own];
        let text = readable(foreground, &surfaces, 7.0);
        let on = |colour: Color32| readable(colour, &surfaces, ratio);
        let (ok, warn, error) = if dark {
            ((92, 190, 122), (232, 178, 74), (240, 112, 104))
        } else {
            ((24, 122, 58), (150, 92, 0), (192, 40, 40))
        };
        let rgb = |(r, g, b)| Color32::from_rgb(r, g, b);
        let on_accent = if contrast(Color32::WHITE, accent) >= 4.5 {
            Color32::WHITE
        } else {
            Color32::BLACK
        };
        Self {
            ground: background,
            raised,
            field,
            hover,
            text,
            dim: on(mix(text, background, if high { 0.15 } else { 0.42 })),
            accent,
            on_accent,
            accent_text: on(accent),
            selected,
            own,
            ok: on(rgb(ok)),
            warn: on(rgb(warn)),
            error: on(rgb(error)),
            line: if high {
                mix(background, text, 0.55)
            } else {
                step(0.12)
            },
            dark,
            reduced_motion: false,
        }
    }

    /// The theme that [`Theme::install`] put into this context, or the dark one.
    #[must_use]
    pub fn of(ctx: &egui::Context) -> Self {
        ctx.data(|data| data.get_temp(egui::Id::NULL))
            .unwrap_or_default()
    }

    /// Seconds that a movement may take: 0.12, or none.
    #[must_use]
    pub fn motion_secs(&self) -> f32 {
        if self.reduced_motion { 0.0 } else { 0.12 }
    }

    /// Makes egui's own widgets look like this theme, and the theme known to [`Theme::of`].
    pub fn install(self, ctx: &egui::Context) {
        ctx.data_mut(|data| data.insert_temp(egui::Id::NULL, self));
        ctx.set_theme(if self.dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        });
        ctx.all_styles_mut(|style| self.style(style));
    }

    fn style(&self, style: &mut egui::Style) {
        style.text_styles = [
            (TextStyle::Small, FontId::proportional(size::SMALL)),
            (TextStyle::Body, FontId::proportional(size::BODY)),
            (TextStyle::Button, FontId::proportional(size::BODY)),
            (TextStyle::Monospace, FontId::monospace(size::BODY)),
            (TextStyle::Heading, FontId::new(size::TITLE, bold())),
        ]
        .into();
        style.animation_time = self.motion_secs();
        style.scroll_animation = if self.reduced_motion {
            egui::style::ScrollAnimation::none()
        } else {
            egui::style::ScrollAnimation::duration(0.12)
        };
        style.interaction.tooltip_delay = 0.4;
        style.spacing.item_spacing = Vec2::new(space::S, space::S);
        style.spacing.button_padding = Vec2::new(space::M, 6.0);
        style.spacing.interact_size.y = 28.0;
        style.spacing.menu_margin = Margin::same(4);
        style.spacing.scroll = egui::style::ScrollStyle::floating();
        // A list that is put where it belongs must not swing around that place.
        style.spacing.scroll.kinetic.rubber_band = false;
        style.spacing.scroll.fade.strength = 0.0;
        let visuals = &mut style.visuals;
        visuals.dark_mode = self.dark;
        visuals.panel_fill = self.ground;
        visuals.window_fill = self.raised;
        visuals.extreme_bg_color = self.field;
        visuals.text_edit_bg_color = Some(self.field);
        visuals.faint_bg_color = self.raised;
        visuals.weak_text_color = Some(self.dim);
        visuals.hyperlink_color = self.accent_text;
        visuals.warn_fg_color = self.warn;
        visuals.error_fg_color = self.error;
        visuals.window_stroke = Stroke::new(1.0, self.line);
        visuals.window_corner_radius = CornerRadius::same(space::RADIUS);
        visuals.menu_corner_radius = CornerRadius::same(space::RADIUS);
        visuals.selection.bg_fill = mix(self.ground, self.accent, 0.55);
        visuals.selection.stroke = Stroke::new(1.5, self.accent_text);
        visuals.text_cursor.stroke = Stroke::new(1.5, self.accent_text);
        // A blinking cursor would wake the machine twice a second for nothing.
        visuals.text_cursor.blink = false;
        let w = &mut visuals.widgets;
        for (widget, fill, line) in [
            (&mut w.noninteractive, self.raised, self.line),
            (&mut w.inactive, self.field, self.line),
            (&mut w.hovered, self.hover, self.dim),
            (&mut w.active, self.hover, self.accent_text),
            (&mut w.open, self.hover, self.line),
        ] {
            widget.bg_fill = fill;
            widget.weak_bg_fill = fill;
            widget.bg_stroke = Stroke::new(1.0, line);
            widget.fg_stroke = Stroke::new(1.0, self.text);
            widget.corner_radius = CornerRadius::same(space::RADIUS);
            widget.expansion = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surfaces(theme: &Theme) -> [Color32; 6] {
        [
            theme.ground,
            theme.raised,
            theme.field,
            theme.hover,
            theme.selected,
            theme.own,
        ]
    }

    fn assert_readable(theme: &Theme, ratio: f32) {
        for ground in surfaces(theme) {
            for ink in [
                theme.text,
                theme.dim,
                theme.accent_text,
                theme.ok,
                theme.warn,
                theme.error,
            ] {
                let found = contrast(ink, ground);
                assert!(found >= ratio, "{ink:?} on {ground:?} is only {found:.2}:1");
            }
        }
        assert!(contrast(theme.on_accent, theme.accent) >= 4.5);
    }

    #[test]
    fn every_text_can_be_read_on_every_surface() {
        assert_readable(&Theme::of_scheme(Scheme::Dark), 4.5);
        assert_readable(&Theme::of_scheme(Scheme::Light), 4.5);
        assert_readable(&Theme::of_scheme(Scheme::HighContrast), 7.0);
    }

    #[test]
    fn a_palette_from_any_bar_can_be_read() {
        let c = |text| super::super::colour::parse(text).unwrap();
        for (background, foreground, accent) in [
            ("#000000", "#bebebe", "#ff0000"),
            ("#282828", "#ebdbb2", "#fabd2f"),
            ("#fdf6e3", "#657b83", "#268bd2"),
            ("#2e3440", "#d8dee9", "#88c0d0"),
            ("#808080", "#ffffff", "#00ff00"),
        ] {
            assert_readable(
                &Theme::derive(c(background), c(foreground), c(accent), 4.5),
                4.4,
            );
        }
    }

    #[test]
    fn surfaces_hover_and_selection_can_be_told_apart() {
        for scheme in [Scheme::Dark, Scheme::Light, Scheme::HighContrast] {
            let theme = Theme::of_scheme(scheme);
            assert_ne!(theme.hover, theme.selected);
            assert_ne!(theme.field, theme.hover);
            assert_ne!(theme.ground, theme.field);
        }
    }
}
