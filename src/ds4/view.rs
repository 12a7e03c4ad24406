//! The popup of the game controllers: the pad as a picture, its motion, its light.
//!
//! [`ui`] draws a [`Snapshot`] and returns what the person wants. It does no I/O and keeps
//! nothing but what concerns the window itself: which pad and page are in sight, the last seconds
//! of motion, and a colour that is being chosen.

mod battery;
pub mod cube;
mod empty;
mod footer;
mod front;
mod header;
mod history;
mod inks;
mod keys;
mod light;
mod motion;
pub mod outline;
mod picture;
mod rule;
mod scope;
mod silhouette;
mod solid;
mod symbols;
mod topic;
mod wishes;
mod words;

pub use topic::{Feed, Pace, Pads};

use std::collections::BTreeSet;

use egui::{Rect, Ui};

use self::history::History;
use super::command::Command;
use super::pad::PadId;
use super::snapshot::{Pad, Snapshot};
use super::status::Look;
use crate::popup::controls::part;
use crate::popup::tabs;
use crate::popup::theme::Theme;
use crate::say;

/// A page of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// The picture, the cube, sticks and triggers in numbers.
    #[default]
    Pad,
    /// Acceleration, rotation and the reports' evenness over time.
    Motion,
    /// The light bar and the player LEDs.
    Light,
}

impl Page {
    const ALL: [Self; 3] = [Self::Pad, Self::Motion, Self::Light];

    fn words(self) -> String {
        match self {
            Self::Pad => say!("ds4-page-pad"),
            Self::Motion => say!("ds4-page-motion"),
            Self::Light => say!("ds4-page-light"),
        }
    }
}

/// What belongs to the window and to nobody else.
#[derive(Default)]
pub struct State {
    /// The pad in sight; the first one while none was chosen.
    shown: Option<PadId>,
    page: Page,
    /// When the first frame was drawn, in egui's seconds.
    started: Option<f64>,
    cube: solid::Cube,
    history: History,
    light: light::Form,
    /// Pads whose touchpad was asked for.
    asked_touchpad: BTreeSet<PadId>,
    /// Pads whose touchpad the person gave back to the mouse.
    mouse: BTreeSet<PadId>,
    /// Until when it is said that the rule was copied, in egui's seconds.
    copied: Option<f64>,
    /// An error that was read and put away.
    hidden_error: Option<String>,
    keys_shown: bool,
    wants_close: bool,
    /// Up to this percentage a battery is low; the line's own where none was named.
    low: Option<u8>,
}

impl State {
    /// A fresh state that begins with this page.
    #[must_use]
    pub fn at(page: Page) -> Self {
        Self {
            page,
            ..Self::default()
        }
    }

    /// Whether the person stepped back out of the last thing that was open.
    #[must_use]
    pub fn wants_close(&self) -> bool {
        self.wants_close
    }

    fn low(&self) -> u8 {
        self.low.unwrap_or_else(|| Look::default().low)
    }

    /// Turns to a pad; what was kept of the last one is of no use for it.
    fn show(&mut self, id: PadId) {
        if self.shown.as_ref() != Some(&id) {
            self.cube.begin();
            self.history = History::default();
            self.light = light::Form::default();
            self.hidden_error = None;
            self.shown = Some(id);
        }
    }
}

/// One frame's surroundings, handed to every part.
struct Scene<'a> {
    snapshot: &'a Snapshot,
    /// The pad in sight.
    pad: Option<&'a Pad>,
    /// egui's clock, in seconds.
    secs: f64,
    theme: Theme,
    /// Up to this percentage a battery is low.
    low: u8,
    commands: Vec<Command>,
}

impl Scene<'_> {
    fn is_shown(&self, pad: &Pad) -> bool {
        self.pad.is_some_and(|shown| shown.id == pad.id)
    }
}

/// The window's title: the state in words.
#[must_use]
pub fn title(snapshot: &Snapshot, state: &State) -> String {
    header::title(&Scene {
        snapshot,
        pad: in_sight(snapshot, state),
        secs: 0.0,
        theme: Theme::default(),
        low: state.low(),
        commands: Vec::new(),
    })
}

fn in_sight<'a>(snapshot: &'a Snapshot, state: &State) -> Option<&'a Pad> {
    let chosen = state.shown.as_ref().and_then(|id| snapshot.pad(id));
    chosen.or(snapshot.pads.first())
}

/// Draws `snapshot` into all of `ui` and returns what the person wants, in order.
pub fn ui(ui: &mut Ui, snapshot: &Snapshot, state: &mut State) -> Vec<Command> {
    let secs = ui.input(|input| input.time);
    state.started.get_or_insert(secs);
    let pad = in_sight(snapshot, state);
    if let Some(pad) = pad {
        state.show(pad.id.clone());
    }
    let mut scene = Scene {
        snapshot,
        pad,
        secs,
        theme: Theme::of(ui.ctx()),
        low: state.low(),
        commands: Vec::new(),
    };
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, 0, scene.theme.ground);
    wishes::of_the_window(state, &mut scene);
    keys::handle(ui, state, &mut scene);
    follow(state, &scene);
    let mut rest = whole;
    rest.min.y += header::ui(&mut part(ui, "header", rest), state, &mut scene);
    if let Some(pad) = pad {
        let foot = footer::HEIGHT.min(rest.height().max(0.0));
        let (above, below) = rest.split_top_bottom_at_y(rest.bottom() - foot);
        let (top, body) = above.split_top_bottom_at_y(above.top() + tabs::HEIGHT);
        pages(&mut part(ui, "pages", top), state);
        page(ui, body, pad, state, &mut scene);
        footer::ui(&mut part(ui, "footer", below), pad, state, &mut scene);
    } else {
        empty::ui(&mut part(ui, "empty", rest), rest, state, &mut scene);
    }
    keys::overlay(ui, whole, state);
    scene.commands
}

/// Takes in what the pad did since the last frame.
fn follow(state: &mut State, scene: &Scene<'_>) {
    let Some(pad) = scene.pad else { return };
    if let Some(controls) = &pad.controls {
        state.cube.follow(controls.touch);
    }
    state.history.add(pad, scene.secs);
}

fn pages(ui: &mut Ui, state: &mut State) {
    let tabs: Vec<tabs::Tab> = Page::ALL
        .iter()
        .zip(1..)
        .map(|(page, key)| tabs::Tab {
            words: page.words(),
            key: format!("{key}"),
        })
        .collect();
    let chosen = Page::ALL.iter().position(|page| *page == state.page);
    let pressed = tabs::row(ui, &tabs, chosen.unwrap_or(0), 124.0);
    if let Some(page) = pressed.and_then(|index| Page::ALL.get(index)) {
        state.page = *page;
    }
}

fn page(ui: &mut Ui, rect: Rect, pad: &Pad, state: &mut State, scene: &mut Scene<'_>) {
    let mut part = part(ui, &state.page.words(), rect);
    match state.page {
        Page::Pad => front::ui(&mut part, pad, state, scene),
        Page::Motion => motion::ui(&mut part, pad, state, scene),
        Page::Light => light::ui(&mut part, pad, state, scene),
    }
}
