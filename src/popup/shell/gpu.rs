//! The shell on OpenGL: eframe.

use winit::event_loop::EventLoop;

use super::door::Door;
use super::place::Spot;
use super::{Fonts, Instance, Options, ShellError, Shown};
use crate::popup::input::InOrder;

/// Runs the popup until it is closed; on an event loop that is there already, or its own.
pub fn run(
    options: &Options,
    shown: Shown,
    fonts: Fonts,
    instance: Option<&Instance>,
    events: Option<EventLoop<eframe::UserEvent>>,
) -> Result<(), ShellError> {
    let spot = Spot::find(options.opening.at);
    let native = eframe::NativeOptions {
        viewport: spot.viewport(options).with_title(&shown.title),
        persist_window: false,
        // Ours is at work already.
        system_font_fallback: false,
        ..Default::default()
    };
    let door = Door::default();
    let create: eframe::AppCreator<'_> = Box::new(move |cc| {
        fonts.install(&cc.egui_ctx);
        shown.theme.install(&cc.egui_ctx);
        InOrder::install(&cc.egui_ctx);
        shown.wake.attach(&cc.egui_ctx);
        if let Some(window) = cc.winit_window() {
            let id = spot.settle(window);
            door.open(spot, id, shown.presence.clone());
            door.listen(instance, shown.wake.clone());
        }
        Ok(Box::new(Gpu { shown, door }))
    });
    let failed = |error: &dyn std::error::Error| ShellError::Gpu(error.to_string());
    let Some(events) = events else {
        return eframe::run_native("barpop", native, create).map_err(|error| failed(&error));
    };
    let mut app = eframe::create_native("barpop", native, create, &events);
    events.run_app(&mut app).map_err(|error| failed(&error))
}

/// A topic in a window of eframe's.
struct Gpu {
    shown: Shown,
    door: Door,
}

impl eframe::App for Gpu {
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        self.shown.heed(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        self.shown.ui(ui);
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.shown.copied.hand_over();
    }

    fn clear_color(&self, _: &egui::Visuals) -> [f32; 4] {
        self.shown.theme.ground.to_normalized_gamma_f32()
    }
}

impl Drop for Gpu {
    /// Before the topic goes, which may take its time.
    fn drop(&mut self) {
        self.door.end(self.shown.wake.left());
    }
}
