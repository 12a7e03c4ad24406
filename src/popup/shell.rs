//! The window of a popup, placed near the pointer, one per topic.
//!
//! Two shells can show the same views. `software` draws with the processor and does not wait for
//! OpenGL to start. `gpu` is eframe on OpenGL: for whoever asks for it, and where the other one cannot draw.

mod activation;
mod ahead;
mod door;
mod gpu;
mod place;
mod repaint;
mod signals;
mod software;
mod surface;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use egui::{Context, Vec2, ViewportCommand};
use winit::event_loop::EventLoopProxy;

use super::Topic;
use super::clipboard::Copied;
use super::focus::{Focus, Verdict};
use super::fonts::Fonts;
use super::theme::Theme;
use crate::arguments::{Again, At};
use crate::instance::{self, Instance, InstanceError, Presence, Start};

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum ShellError {
    /// It cannot be told whether a popup is open already.
    #[error(transparent)]
    Instance(#[from] InstanceError),
    /// The window cannot be made.
    #[error("cannot open a window: {0}; is a display set?")]
    Window(String),
    /// Two wishes that do not go together.
    #[error("a resident popup is drawn by the processor; leave out '--renderer gpu'")]
    ResidentGpu,
    /// The window or its OpenGL context cannot be made.
    #[error("cannot open a window: {0}; is a display set, and is OpenGL there?")]
    Gpu(String),
}

/// What draws a popup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Renderer {
    /// The processor; OpenGL where that cannot be.
    #[default]
    Software,
    /// OpenGL.
    Gpu,
}

/// What the shell is to open.
#[derive(Debug, Clone)]
pub struct Options {
    /// The topic's name.
    pub name: &'static str,
    /// Whether one popup of that name is open at a time.
    pub single: bool,
    /// Size in points where the screen has room.
    pub size: Vec2,
    /// How it looks.
    pub theme: Theme,
    /// What draws it.
    pub renderer: Renderer,
    /// Where it opens, and when it closes.
    pub opening: Opening,
    /// Whether the process stays when the window closes, and has none at first: the next start
    /// shows it at once. Only a `single` one can be started again.
    pub resident: bool,
    /// Whether a resident one shows its first window without being asked.
    pub wanted: bool,
}

/// How a popup ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// By its person's wish, or because there is one already.
    Closed,
    /// A resident one makes room for the program that an upgrade has put in its place.
    Upgraded {
        /// The new program.
        program: PathBuf,
        /// Whether its window is wanted now.
        wanted: bool,
    },
}

/// Where a popup opens, and when it closes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Opening {
    /// Where it opens.
    pub at: At,
    /// What a second start does where it is open already.
    pub again: Again,
    /// Whether it closes when another window gets the keyboard.
    pub close_on_focus_loss: bool,
}

/// Asks for a new frame, from any thread; given to a topic's source before there is a window.
#[derive(Clone, Default)]
pub struct Wake {
    context: Arc<Mutex<Option<Context>>>,
    /// Wakes the event loop itself: a frame that is asked for is not drawn without a window.
    poke: Arc<Mutex<Option<EventLoopProxy<eframe::UserEvent>>>>,
    raised: Arc<AtomicBool>,
    /// The window closes, and so does the program unless it is resident.
    closing: Arc<AtomicBool>,
    /// The program ends.
    ended: Arc<AtomicBool>,
    /// When it closed for want of the keyboard.
    left: Arc<Mutex<Option<Duration>>>,
}

impl Wake {
    /// Asks for a frame; does nothing before the window is there, whose first frame is due then
    /// anyway.
    pub fn wake(&self) {
        if let Some(context) = self.context() {
            context.request_repaint();
        }
    }

    /// Asks for a frame after some time; one that is due before comes first.
    pub fn wake_after(&self, time: Duration) {
        if let Some(context) = self.context() {
            context.request_repaint_after(time);
        }
    }

    fn context(&self) -> Option<Context> {
        let context = self.context.lock().unwrap_or_else(PoisonError::into_inner);
        context.clone()
    }

    /// From now on, frames are asked of this one.
    fn attach(&self, context: &Context) {
        let mut held = self.context.lock().unwrap_or_else(PoisonError::into_inner);
        *held = Some(context.clone());
    }

    /// This event loop hears of what comes from outside.
    fn attach_loop(&self, proxy: EventLoopProxy<eframe::UserEvent>) {
        *self.poke.lock().unwrap_or_else(PoisonError::into_inner) = Some(proxy);
    }

    /// The popup was called again.
    fn raise(&self) {
        self.tell(&self.raised);
    }

    /// The window is to close.
    fn close(&self) {
        self.tell(&self.closing);
    }

    /// The program is to end.
    fn end(&self) {
        self.tell(&self.ended);
    }

    fn tell(&self, what: &AtomicBool) {
        what.store(true, Ordering::Relaxed);
        self.wake();
        let poke = self.poke.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(poke) = &*poke {
            // Without a loop, there is nothing to tell either.
            let _ = poke.send_event(eframe::UserEvent::RequestRepaint {
                viewport_id: egui::ViewportId::ROOT,
                when: std::time::Instant::now(),
                cumulative_pass_nr: 0,
            });
        }
    }

    /// The window closes now, for want of the keyboard.
    fn leave(&self, now: Duration) {
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }

    /// When it closed for want of the keyboard, if that is why.
    fn left(&self) -> Option<Duration> {
        *self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same, for a resident popup: the next window has not left yet.
    fn take_left(&self) -> Option<Duration> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        left.take()
    }

    fn has_raised(&self) -> bool {
        self.raised.load(Ordering::Relaxed)
    }

    fn is_closing(&self) -> bool {
        self.has_ended() || self.closing.load(Ordering::Relaxed)
    }

    fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }
}

/// Opens the popup and runs it until it is closed; or closes or raises the one that is open.
///
/// `topic` is called first of all, so that its source works while the graphics start; once for
/// every window, which is one unless the popup is resident. It is dropped with the window and
/// before this returns, also when a signal (SIGTERM, SIGINT, SIGHUP) closed the window.
///
/// # Errors
/// Where no window can be opened, or it cannot be told whether one is open.
pub fn run(
    options: Options,
    mut topic: impl FnMut(Wake) -> Box<dyn Topic>,
) -> Result<End, ShellError> {
    if options.resident && options.renderer == Renderer::Gpu {
        return Err(ShellError::ResidentGpu);
    }
    let instance = if options.single {
        // One that waits in the background is not started by a click, which could mean to close.
        let again = match options.resident {
            true => Again::Raise,
            false => options.opening.again,
        };
        match instance::start(options.name, again)? {
            Start::First(instance) => Some(instance),
            Start::Done(_) => return Ok(End::Closed),
        }
    } else {
        None
    };
    let fonts = Fonts::find();
    let wake = Wake::default();
    signals::close_on(wake.clone());
    let mut show = || Shown::new(topic(wake.clone()), wake.clone(), &options);
    let end = match options.renderer {
        Renderer::Gpu => {
            gpu::run(&options, show(), fonts, instance.as_ref(), None)?;
            End::Closed
        }
        Renderer::Software => software::run(&options, &mut show, &wake, fonts, instance.as_ref())?,
    };
    if let (Some(instance), Some(left)) = (&instance, wake.left()) {
        instance.left(left);
    }
    Ok(end)
}

/// A topic in its window, whichever shell that is.
struct Shown {
    topic: Box<dyn Topic>,
    title: String,
    wake: Wake,
    theme: Theme,
    presence: Presence,
    focus: Focus,
    copied: Copied,
}

impl Shown {
    fn new(topic: Box<dyn Topic>, wake: Wake, options: &Options) -> Self {
        Self {
            title: topic.title(),
            topic,
            wake,
            theme: options.theme,
            presence: Presence::default(),
            focus: Focus::new(options.opening.close_on_focus_loss),
            copied: Copied::default(),
        }
    }

    /// What came from outside since the last frame.
    fn heed(&mut self, ctx: &Context) {
        let focused = ctx.input(|input| input.focused);
        self.presence.drawn(focused);
        let now = instance::now();
        match self.focus.at(now, focused) {
            Verdict::Stay => {}
            Verdict::AskAgain(after) => ctx.request_repaint_after(after),
            Verdict::Leave => {
                self.wake.leave(now);
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
        if self.wake.raised.swap(false, Ordering::Relaxed) {
            self.topic.raised();
            ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
            ctx.send_viewport_cmd(ViewportCommand::Focus);
        }
        if self.wake.is_closing() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        self.topic.ui(ui);
        self.copied.note(ui.ctx());
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
}
