//! The window that is there: its input, its frames, and when they are due.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, TexturesDelta, ViewportBuilder, ViewportEvent, ViewportId, ViewportInfo};
use egui_winit::{ActionRequested, State, process_viewport_commands};
use winit::event::WindowEvent;
use winit::event_loop::{ActiveEventLoop, EventLoopProxy};
use winit::platform::wayland::ActiveEventLoopExtWayland;
use winit::window::{Window, WindowId};

use super::super::Shown;
use super::super::ahead::Picture;
use super::super::place::Spot;
use super::super::repaint::Due;
use super::super::surface::{Frame, Surface};
use crate::popup::raster::Raster;

/// Nobody sees a frame of a window that is covered; what it says in its title is still true.
const WHILE_HIDDEN: Duration = Duration::from_secs(1);

/// A window and what is drawn into it.
pub struct Open {
    // Before the window, which it draws into.
    pub surface: Surface,
    pub state: State,
    window: Arc<Window>,
    info: ViewportInfo,
    /// When the last frame was drawn.
    last: Option<Instant>,
    /// Whether it is covered.
    hidden: bool,
    /// On Wayland, the compositor says when a frame is worth drawing.
    paced: bool,
    /// Whether it was asked to.
    asked: bool,
}

/// What became of the window with a frame.
pub enum After {
    /// It is there.
    Goes,
    /// It is to close.
    Closes,
    /// The display is gone.
    Failed(softbuffer::SoftBufferError),
}

impl Open {
    /// Makes the window, which is not shown before its first frame is drawn; and its number on
    /// the X server.
    pub fn new(
        events: &ActiveEventLoop,
        ctx: &Context,
        builder: ViewportBuilder,
        spot: &Spot,
        proxy: EventLoopProxy<eframe::UserEvent>,
    ) -> Result<(Self, u32), Box<dyn std::error::Error>> {
        let builder = builder.with_visible(false);
        let window = Arc::new(egui_winit::create_window(ctx, events, &builder)?);
        let id = spot.settle(&window);
        let display = events.owned_display_handle();
        let mut state = State::new(
            ctx.clone(),
            ViewportId::ROOT,
            &display,
            Some(window.scale_factor() as f32),
            window.theme(),
            None,
        );
        // It must be there before the window is shown.
        state.init_accesskit(events, &window, proxy);
        let mut surface = Surface::new(display, Arc::clone(&window))?;
        // The server has time for it now; while it shows the window, it would have to be waited for.
        let size = window.inner_size();
        surface.resize((size.width, size.height))?;
        let open = Self {
            surface,
            state,
            window,
            info: ViewportInfo::default(),
            last: None,
            hidden: false,
            paced: events.is_wayland(),
            asked: false,
        };
        Ok((open, id))
    }

    pub fn is(&self, id: WindowId) -> bool {
        self.window.id() == id
    }

    /// Takes it off the screen before it goes.
    pub fn hide(&self) {
        self.window.set_visible(false);
    }

    /// Whether the compositor says when a frame is worth drawing.
    pub fn is_paced(&self) -> bool {
        self.paced
    }

    /// Takes what the person does; whether that needs a frame.
    pub fn hears(&mut self, event: &WindowEvent) -> bool {
        if let WindowEvent::Occluded(hidden) = event {
            self.hidden = *hidden;
        }
        let response = self.state.on_window_event(&self.window, event);
        response.repaint || matches!(event, WindowEvent::Resized(_))
    }

    /// When the next frame may be drawn; `None`: none is wanted.
    pub fn next(&self, due: &Due) -> Option<Instant> {
        let next = due.next(self.last)?;
        match self.last {
            Some(last) if self.hidden => Some(next.max(last + WHILE_HIDDEN)),
            _ => Some(next),
        }
    }

    /// Asks the compositor for a frame, where it is the one to say when; not for a first one,
    /// and not for one that is wanted `at_once`.
    pub fn asks(&mut self, at_once: bool) -> bool {
        if !self.paced || self.last.is_none() || at_once {
            return false;
        }
        if !std::mem::replace(&mut self.asked, true) {
            self.window.request_redraw();
        }
        true
    }

    /// Whether a picture is as large as the window.
    pub fn fits(&self, picture: &Picture) -> bool {
        let size = self.window.inner_size();
        let scale = self.window.scale_factor() as f32;
        picture.size == (size.width, size.height) && (picture.scale - scale).abs() < 0.001
    }

    /// Shows the window with its first picture, which is laid out already.
    ///
    /// # Errors
    /// Where the display is gone.
    pub fn begin(
        &mut self,
        events: &ActiveEventLoop,
        shown: &mut Shown,
        picture: Picture,
        raster: &mut Raster,
    ) -> Result<(), softbuffer::SoftBufferError> {
        self.last = Some(Instant::now());
        let window = Arc::clone(&self.window);
        // Whether it has the keyboard is for the next frame to tell, which follows at once.
        shown.presence.drawn(false);
        window.set_visible(true);
        let frame = Frame {
            size: picture.size,
            primitives: &picture.primitives,
            scale: picture.scale,
            ground: shown.theme.ground,
            // The rasterizer has them.
            textures: &TexturesDelta::default(),
        };
        self.surface.show(raster, &frame)?;
        self.state
            .handle_platform_output_with_event_loop(&window, events, picture.said);
        Ok(())
    }

    /// Lets the view draw, and shows what is new.
    pub fn frame(
        &mut self,
        events: &ActiveEventLoop,
        ctx: &Context,
        shown: &mut Shown,
        raster: &mut Raster,
    ) -> After {
        let first = self.last.is_none();
        self.last = Some(Instant::now());
        self.asked = false;
        let window = Arc::clone(&self.window);
        let mut input = self.state.take_egui_input(&window);
        self.info.native_pixels_per_point = Some(window.scale_factor() as f32);
        self.info.focused = Some(input.focused);
        input.viewports = std::iter::once((ViewportId::ROOT, self.info.clone())).collect();
        let mut output = ctx.run_ui(input, |ui| {
            shown.heed(ui.ctx());
            shown.ui(ui);
        });
        self.info.events.clear();
        self.state
            .handle_platform_output_with_event_loop(&window, events, output.platform_output);
        let scale = output.pixels_per_point;
        let primitives = ctx.tessellate(output.shapes, scale);
        if first {
            window.set_visible(true);
        }
        let size = window.inner_size();
        let frame = Frame {
            size: (size.width, size.height),
            primitives: &primitives,
            scale,
            ground: shown.theme.ground,
            textures: &output.textures_delta,
        };
        let drawn = self.surface.show(raster, &frame);
        output.textures_delta.clear();
        if let Err(error) = drawn {
            return After::Failed(error);
        }
        for (_, viewport) in output.viewport_output {
            let mut actions: Vec<ActionRequested> = Vec::new();
            let commands = viewport.commands;
            process_viewport_commands(ctx, &mut self.info, commands, &window, &mut actions);
        }
        if self.info.events.contains(&ViewportEvent::Close) {
            After::Closes
        } else {
            After::Goes
        }
    }
}
