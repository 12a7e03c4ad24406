//! Where the window goes, and how it is asked for.

use std::sync::Arc;

use egui::{Vec2, ViewportBuilder, X11WindowType};
use winit::window::Window;

use super::Options;
use crate::arguments::At;
use crate::popup::placement::x11::{Desktop, Floating, floating};

/// What was found out of the desktop before there was a window.
#[derive(Clone)]
pub struct Spot {
    /// `None` on Wayland, where the compositor places windows.
    desktop: Option<Arc<Desktop>>,
    /// The scale that the window is expected to have.
    scale: f32,
}

impl Spot {
    /// Asks the X server, for a window that goes there.
    pub fn find(at: At) -> Self {
        Self {
            desktop: Desktop::connect(at).map(Arc::new),
            scale: 1.0,
        }
        .again()
    }

    /// The same for another window later on, by the connection that is there already.
    pub fn again(self) -> Self {
        let scale = self.desktop.as_ref().map_or(1.0, |desktop| desktop.scale());
        Self { scale, ..self }
    }

    /// The scale that the window is expected to have.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// What the window is asked for with.
    pub fn viewport(&self, options: &Options) -> ViewportBuilder {
        let builder = ViewportBuilder::default()
            .with_app_id("barpop")
            .with_icon(egui::IconData::default());
        let Some(desktop) = &self.desktop else {
            return builder
                .with_inner_size(options.size)
                .with_min_inner_size(Vec2::new(320.0, 360.0));
        };
        let scale = self.scale;
        let pixels = |points: f32| (points * scale).round() as i32;
        let at = desktop.place((pixels(options.size.x), pixels(options.size.y)));
        let size = Vec2::new(at.width as f32, at.height as f32) / scale;
        let builder = builder
            .with_position([at.x as f32 / scale, at.y as f32 / scale])
            .with_inner_size(size);
        let least = Vec2::new(320.0, 360.0).min(size);
        match floating(desktop.manager().as_deref()) {
            Floating::Stacking => builder.with_min_inner_size(least),
            Floating::Dialog => builder
                .with_min_inner_size(least)
                .with_window_type(X11WindowType::Dialog),
            Floating::FixedSize => builder
                .with_resizable(false)
                .with_min_inner_size(size)
                .with_max_inner_size(size),
        }
    }

    /// Names a window that is not shown yet, and moves it where its scale is not the expected
    /// one; its number on the X server.
    pub fn settle(&self, window: &Window) -> u32 {
        let id = u32::try_from(u64::from(window.id())).unwrap_or(0);
        if let Some(desktop) = &self.desktop {
            desktop.name(id);
            let size = window.inner_size();
            let place = || desktop.place((size.width as i32, size.height as i32));
            if (window.scale_factor() as f32 - self.scale).abs() > 0.01 {
                let at = place();
                desktop.move_to(id, (at.x, at.y));
            }
            if desktop.has_several_monitors() {
                let (at, desktop) = (place(), Arc::clone(desktop));
                let wait = move || desktop.insist(id, at);
                let _ = std::thread::Builder::new().name("place".into()).spawn(wait);
            }
        }
        id
    }

    /// Whether a window can be seen where the person is; `None` where that cannot be asked.
    pub fn has_here(&self, window: u32) -> Option<bool> {
        let desktop = self.desktop.as_ref()?;
        Some(desktop.is_here(window))
    }

    /// Brings a window to where the person is.
    pub fn raise(&self, window: u32) {
        if let Some(desktop) = &self.desktop {
            desktop.raise(window);
        }
    }
}
