//! The shell that draws with the processor: winit's windows and egui-winit's input, as eframe
//! has them, and the [rasterizer](crate::popup::raster) in OpenGL's place.
//!
//! A resident one keeps all but the window and the topic while it is hidden: the connection to
//! the display, the fonts and what was drawn of them. Nothing wakes it then. After an upgrade it makes
//! room for the new program, when its window has closed or the next is wanted.

mod window;

use std::num::NonZeroUsize;
use std::sync::atomic::Ordering;
use std::time::Instant;

use egui::Context;
use egui_winit::accesskit_winit;
use winit::application::ApplicationHandler;
use winit::event::WindowEvent;
use winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop, EventLoopProxy};
use winit::platform::run_on_demand::EventLoopExtRunOnDemand;
use winit::window::WindowId;

use super::activation;
use super::ahead::{Ahead, Made, Picture};
use super::door::Door;
use super::place::Spot;
use super::repaint::Due;
use super::{End, Fonts, Instance, Options, ShellError, Shown, Theme, Wake, gpu, instance};
use crate::popup::input::InOrder;
use crate::popup::raster::Raster;
use crate::program;
use window::{After, Open};

/// Runs the popup until it is closed, on OpenGL where this shell cannot draw.
pub fn run(
    options: &Options,
    show: &mut dyn FnMut() -> Shown,
    wake: &Wake,
    fonts: Fonts,
    instance: Option<&Instance>,
) -> Result<End, ShellError> {
    let failed = |error: &dyn std::fmt::Display| ShellError::Window(error.to_string());
    let shown = (!options.resident).then(&mut *show);
    let ctx = Context::default();
    prepare(&ctx, options.theme);
    let ahead = Ahead::start(&ctx, fonts, shown, options).map_err(|error| failed(&error))?;
    let mut events = match EventLoop::with_user_event().build() {
        Ok(events) => events,
        Err(error) => {
            // The topic goes before this does.
            drop(ahead.finish());
            return Err(failed(&error));
        }
    };
    wake.attach_loop(events.create_proxy());
    let mut shell = Software {
        options,
        instance,
        show,
        wake,
        proxy: events.create_proxy(),
        ctx,
        due: Due::default(),
        door: Door::default(),
        ready: Some(ahead),
        spot: None,
        raster: Raster::default(),
        shown: None,
        picture: None,
        open: None,
        end: End::Closed,
        failed: None,
    };
    if options.resident {
        shell.wait_for_a_start();
    }
    let run = events.run_app_on_demand(&mut shell);
    // Before the topic goes, which may take its time.
    shell.door.end(wake.left());
    shell.leave();
    let Software {
        ready,
        shown,
        open,
        end,
        failed: cannot,
        ..
    } = shell;
    drop(open);
    drop(ready.map(Ahead::finish));
    match (cannot, shown) {
        (None, _) => run.map(|()| end).map_err(|error| failed(&error)),
        (Some(Failed::Start(_)), Some(shown)) if !options.resident => {
            gpu::run(options, shown, Fonts::find(), instance, Some(events))?;
            Ok(End::Closed)
        }
        (Some(Failed::Start(error)), _) => Err(failed(&error)),
        (Some(Failed::Display(error)), _) => Err(failed(&error)),
    }
}

/// What a window begins with: nothing of one that was there before.
fn prepare(ctx: &Context, theme: Theme) {
    ctx.memory_mut(|memory| {
        memory.data.clear();
        memory.reset_areas();
    });
    // As in eframe: a view may ask for a second pass once it knows its sizes.
    ctx.options_mut(|options| {
        options.max_passes = options.max_passes.max(NonZeroUsize::MIN.saturating_add(1));
    });
    theme.install(ctx);
    InOrder::install(ctx);
}

const UNDRAWN: &str = "the first picture could not be drawn";

/// Why there is no window.
enum Failed {
    /// It cannot be made, or not be drawn into.
    Start(Box<dyn std::error::Error>),
    /// What has been shown cannot be shown any more.
    Display(softbuffer::SoftBufferError),
}

struct Software<'a> {
    options: &'a Options,
    instance: Option<&'a Instance>,
    show: &'a mut dyn FnMut() -> Shown,
    wake: &'a Wake,
    proxy: EventLoopProxy<eframe::UserEvent>,
    ctx: Context,
    due: Due,
    door: Door,
    /// What is made for the first window while the display is opened.
    ready: Option<Ahead>,
    /// Where the last window of a resident popup was, for its connection.
    spot: Option<Spot>,
    raster: Raster,
    /// The topic; none while a resident popup is hidden.
    shown: Option<Shown>,
    /// Its first frame.
    picture: Option<Picture>,
    open: Option<Open>,
    end: End,
    failed: Option<Failed>,
}

impl Software<'_> {
    fn open(&mut self, events: &ActiveEventLoop) {
        let ready = self.ready.take();
        let called = ready.as_ref().and_then(|ready| ready.called.clone());
        let (title, presence) = called.unwrap_or_else(|| {
            let shown = self.shown.get_or_insert_with(&mut *self.show);
            (shown.title.clone(), shown.presence.clone())
        });
        let (spot, builder) = ready.as_ref().and_then(Ahead::place).unwrap_or_else(|| {
            let find = || Spot::find(self.options.opening.at);
            let spot = self.spot.take().map_or_else(find, Spot::again);
            let builder = spot.viewport(self.options);
            (spot, builder)
        });
        // While the picture is still being drawn.
        let proxy = self.proxy.clone();
        let opened = Open::new(events, &self.ctx, builder.with_title(title), &spot, proxy);
        let taken = ready.is_none_or(|ready| self.take(ready));
        let opened = if taken { opened } else { Err(UNDRAWN.into()) };
        match opened {
            Ok((open, id)) => {
                self.spot = self.options.resident.then(|| spot.clone());
                self.door.open(spot, id, presence);
                if !self.options.resident {
                    self.door.listen(self.instance, self.wake.clone());
                }
                self.open = Some(open);
                self.first(events);
            }
            Err(error) => {
                self.failed = Some(Failed::Start(error));
                events.exit();
            }
        }
    }

    /// Takes what was made ahead; `false` where it was not.
    fn take(&mut self, ready: Ahead) -> bool {
        let Some(Made { raster, shown }) = ready.finish() else {
            return false;
        };
        self.raster = raster;
        (self.shown, self.picture) = shown.unzip();
        self.due.hear(&self.ctx, self.proxy.clone());
        self.wake.attach(&self.ctx);
        true
    }

    /// A resident popup has no window at first, and learns from others when it is wanted.
    fn wait_for_a_start(&mut self) {
        if let Some(ready) = self.ready.take() {
            self.spot = ready.place().map(|(spot, _)| spot);
            self.take(ready);
        }
        prepare(&self.ctx, self.options.theme);
        self.door.listen(self.instance, self.wake.clone());
        let (door, wake) = (self.door.clone(), self.wake.clone());
        activation::serve(self.options.name, move || door.show(&wake));
        if self.options.wanted {
            self.wake.raise();
        }
    }

    /// Whether another program is to go on from here, and be shown at once if that is `wanted`.
    fn makes_room(&mut self, events: &ActiveEventLoop, wanted: bool) -> bool {
        let Some(program) = program::upgraded().filter(|_| self.options.resident) else {
            return false;
        };
        self.end = End::Upgraded { program, wanted };
        self.door.end(None);
        events.exit();
        true
    }

    /// The window closes; a resident popup stays without one.
    fn close(&mut self, events: &ActiveEventLoop) {
        if !self.options.resident || self.wake.has_ended() {
            events.exit();
            return;
        }
        // Before the door: who asks from then on wants a new window.
        self.wake.raised.store(false, Ordering::Relaxed);
        self.door.close(self.wake.take_left());
        self.leave();
        self.open = None;
        self.shown = None;
        self.wake.closing.store(false, Ordering::Relaxed);
        self.ctx.disable_accesskit();
        // Keys that were down, and clicks of before, mean nothing to the next window.
        self.ctx
            .input_mut(|input| *input = egui::InputState::default());
        prepare(&self.ctx, self.options.theme);
        self.due.done();
        self.makes_room(events, false);
    }

    /// The window goes; what was copied in it stays.
    fn leave(&mut self) {
        if let (Some(open), Some(shown)) = (&self.open, &mut self.shown) {
            open.hide();
            shown.copied.hand_over();
        }
    }

    /// The window's first frame: the one that is there already, where it fits.
    fn first(&mut self, events: &ActiveEventLoop) {
        let (Some(open), Some(shown)) = (&mut self.open, &mut self.shown) else {
            return;
        };
        let picture = self.picture.take().filter(|picture| open.fits(picture));
        let Some(picture) = picture else {
            self.raster.forget();
            self.frame(events);
            return;
        };
        match open.begin(events, shown, picture, &mut self.raster) {
            // What came while it was drawn asked nobody for a frame.
            Ok(()) => self.due.now(),
            Err(error) => {
                self.failed = Some(Failed::Display(error));
                events.exit();
            }
        }
    }

    fn frame(&mut self, events: &ActiveEventLoop) {
        let (Some(open), Some(shown)) = (&mut self.open, &mut self.shown) else {
            return;
        };
        self.due.done();
        match open.frame(events, &self.ctx, shown, &mut self.raster) {
            After::Goes => {}
            After::Closes => self.close(events),
            After::Failed(error) => {
                self.failed = Some(Failed::Display(error));
                events.exit();
            }
        }
    }

    /// Draws what is due; sleeps until the next frame is.
    fn turn(&mut self, events: &ActiveEventLoop) {
        if self.wake.has_ended() {
            events.exit();
            return;
        }
        if self.open.is_none() && self.wake.raised.swap(false, Ordering::Relaxed) {
            if self.makes_room(events, true) {
                return;
            }
            self.open(events);
        }
        let Some(open) = &mut self.open else {
            events.set_control_flow(ControlFlow::Wait);
            return;
        };
        if self.wake.is_closing() {
            self.close(events);
            return;
        }
        let now = Instant::now();
        let next = open.next(&self.due);
        // The compositor does not ask for frames of a hidden window, which the person called, or
        // which is to find out whether the keyboard stays away.
        let is_away = self.shown.as_ref().is_some_and(|s| s.focus.is_away());
        let at_once = self.wake.has_raised() || is_away;
        if at_once || next.is_some_and(|next| next <= now) {
            if open.asks(at_once) {
                events.set_control_flow(ControlFlow::Wait);
                return;
            }
            self.frame(events);
        }
        let next = self.open.as_ref().and_then(|open| open.next(&self.due));
        events.set_control_flow(next.map_or(ControlFlow::Wait, ControlFlow::WaitUntil));
    }
}

impl ApplicationHandler<eframe::UserEvent> for Software<'_> {
    fn resumed(&mut self, events: &ActiveEventLoop) {
        // A resident one's window comes with the next start.
        if !self.options.resident && self.open.is_none() {
            self.open(events);
        }
    }

    fn user_event(&mut self, _: &ActiveEventLoop, event: eframe::UserEvent) {
        let eframe::UserEvent::AccessKitActionRequest(event) = event else {
            return;
        };
        let Some(open) = &mut self.open else { return };
        match event.window_event {
            accesskit_winit::WindowEvent::InitialTreeRequested => self.ctx.enable_accesskit(),
            accesskit_winit::WindowEvent::ActionRequested(request) => {
                open.state.on_accesskit_action_request(request);
            }
            accesskit_winit::WindowEvent::AccessibilityDeactivated => {
                self.ctx.disable_accesskit();
                return;
            }
        }
        self.due.now();
    }

    fn window_event(&mut self, events: &ActiveEventLoop, id: WindowId, event: WindowEvent) {
        let Some(open) = self.open.as_mut().filter(|open| open.is(id)) else {
            return;
        };
        match event {
            WindowEvent::CloseRequested | WindowEvent::Destroyed => self.close(events),
            WindowEvent::RedrawRequested if open.is_paced() => self.frame(events),
            WindowEvent::RedrawRequested => {
                if let Err(error) = open.surface.again(&self.raster) {
                    self.failed = Some(Failed::Display(error));
                    events.exit();
                }
            }
            event => {
                if let (WindowEvent::Focused(focused), Some(shown)) = (&event, &mut self.shown) {
                    shown.focus.at(instance::now(), *focused);
                }
                if open.hears(&event) {
                    self.due.now();
                }
            }
        }
    }

    fn about_to_wait(&mut self, events: &ActiveEventLoop) {
        self.turn(events);
    }
}
