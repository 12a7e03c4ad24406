//! The window of a popup: eframe on OpenGL, placed near the pointer, one per topic.

use std::sync::{Arc, OnceLock};

use egui::{Vec2, ViewportBuilder, ViewportCommand, X11WindowType};

use super::Topic;
use super::fonts::Fonts;
use super::instance::{self, InstanceError, Start};
use super::placement::x11::{Desktop, Floating, floating};
use super::theme::Theme;

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum ShellError {
    /// It cannot be told whether a popup is open already.
    #[error(transparent)]
    Instance(#[from] InstanceError),
    /// The window or its OpenGL context cannot be made.
    #[error("cannot open a window: {0}; is a display set, and is OpenGL there?")]
    Window(String),
}

/// What the shell is to open.
#[derive(Debug, Clone)]
pub struct Options {
    /// The topic's name.
    pub name: &'static str,
    /// Whether one popup of that name is open at a time, and a second start raises the first.
    pub single: bool,
    /// Size in points where the screen has room.
    pub size: Vec2,
    /// How it looks.
    pub theme: Theme,
}

/// Asks for a new frame, from any thread; given to a topic's source before there is a window.
#[derive(Clone, Default)]
pub struct Wake {
    context: Arc<OnceLock<egui::Context>>,
    raised: Arc<std::sync::atomic::AtomicBool>,
}

impl Wake {
    /// Asks for a frame; does nothing before the window is there, whose first frame is due then
    /// anyway.
    pub fn wake(&self) {
        if let Some(context) = self.context.get() {
            context.request_repaint();
        }
    }
}

/// Opens the popup and runs it until it is closed, or raises the one that is open.
///
/// `topic` is called first of all, so that its source works while the graphics start.
///
/// # Errors
/// Where no window can be opened, or it cannot be told whether one is open.
pub fn run(options: Options, topic: impl FnOnce(Wake) -> Box<dyn Topic>) -> Result<(), ShellError> {
    let instance = if options.single {
        match instance::start(options.name)? {
            Start::First(instance) => Some(instance),
            Start::Raised => return Ok(()),
        }
    } else {
        None
    };
    let fonts = Fonts::find();
    let wake = Wake::default();
    let topic = topic(wake.clone());
    let desktop = Desktop::connect();
    let title = topic.title();
    let guess = desktop.as_ref().map_or(1.0, Desktop::scale);
    let native = eframe::NativeOptions {
        viewport: viewport(&title, &options, desktop.as_ref(), guess),
        persist_window: false,
        // Ours is at work already.
        system_font_fallback: false,
        ..Default::default()
    };
    let theme = options.theme;
    let listening = instance.as_ref();
    let create: eframe::AppCreator<'_> = Box::new(move |cc| {
        fonts.install(&cc.egui_ctx);
        theme.install(&cc.egui_ctx);
        let _ = wake.context.set(cc.egui_ctx.clone());
        let window = cc.winit_window().map(|window| {
            let id: u64 = window.id().into();
            let size = window.inner_size();
            let scale = window.scale_factor() as f32;
            (
                u32::try_from(id).unwrap_or(0),
                (size.width as i32, size.height as i32),
                scale,
            )
        });
        if let (Some(desktop), Some((id, size, scale))) = (&desktop, window) {
            desktop.name(id);
            if (scale - guess).abs() > 0.01 {
                let at = desktop.place(size);
                desktop.move_to(id, (at.x, at.y));
            }
        }
        let called = wake.clone();
        if let Some(instance) = listening {
            instance.listen(move || {
                called
                    .raised
                    .store(true, std::sync::atomic::Ordering::Relaxed);
                if let (Some(desktop), Some((id, ..))) = (&desktop, window) {
                    desktop.raise(id);
                }
                called.wake();
            });
        }
        Ok(Box::new(Window {
            topic,
            title,
            wake,
            theme,
        }))
    });
    eframe::run_native("barpop", native, create)
        .map_err(|error| ShellError::Window(error.to_string()))
}

fn viewport(
    title: &str,
    options: &Options,
    desktop: Option<&Desktop>,
    scale: f32,
) -> ViewportBuilder {
    let builder = ViewportBuilder::default()
        .with_title(title)
        .with_app_id("barpop")
        .with_icon(egui::IconData::default());
    let Some(desktop) = desktop else {
        return builder
            .with_inner_size(options.size)
            .with_min_inner_size(Vec2::new(320.0, 360.0));
    };
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

struct Window {
    topic: Box<dyn Topic>,
    title: String,
    wake: Wake,
    theme: Theme,
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        if self
            .wake
            .raised
            .swap(false, std::sync::atomic::Ordering::Relaxed)
        {
            self.topic.raised();
            ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
            ctx.send_viewport_cmd(ViewportCommand::Focus);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        self.topic.ui(ui);
        let title = self.topic.title();
        if title != self.title {
            ui.ctx()
                .send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        if self.topic.wants_close() {
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
    }

    fn clear_color(&self, _: &egui::Visuals) -> [f32; 4] {
        self.theme.ground.to_normalized_gamma_f32()
    }
}
