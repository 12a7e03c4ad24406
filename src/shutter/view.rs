//! The popup of the cameras' timers: what each does, the next picture, the plan, the last pictures.
//!
//! [`ui`] draws [`Camera`]s and returns what the person wants of which. It does no I/O and keeps
//! nothing but what concerns the window itself: which camera and page are in sight, and what is
//! being typed.

mod bar;
mod clock;
mod dial;
mod empty;
mod facts;
mod footer;
mod form;
mod header;
mod history;
mod keys;
mod lock;
mod overview;
mod plan;
mod row;
mod timer;
mod topic;
mod words;
mod wrong;

pub use topic::{Feed, Timers};

use std::collections::BTreeMap;

use egui::{Id, Rect, Ui};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use self::form::Form;
use super::cameras::{Camera, Standing};
use super::source::Wish;
use crate::popup::controls::part;
use crate::popup::tabs;
use crate::popup::theme::Theme;
use crate::say;

/// A page of a camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// The count-down, or what is needed to start.
    #[default]
    Timer,
    /// The whole plan.
    Plan,
    /// The last pictures, and how exactly they came.
    History,
}

impl Page {
    const ALL: [Self; 3] = [Self::Timer, Self::Plan, Self::History];

    fn words(self) -> String {
        match self {
            Self::Timer => say!("shutter-page-timer"),
            Self::Plan => say!("shutter-page-plan"),
            Self::History => say!("shutter-page-history"),
        }
    }
}

/// What has the keyboard when the next frame is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    /// The thing most likely wanted.
    Main,
    /// A field of the form.
    Field(form::Field),
    /// The password.
    Password,
}

/// What belongs to the window and to nobody else.
pub struct State {
    zone: TimeZone,
    /// The camera in sight; `None`: the list, where there are several.
    shown: Option<usize>,
    /// The row of the list that the keys are at.
    row: usize,
    page: Page,
    forms: BTreeMap<usize, Form>,
    lock: lock::Lock,
    focus: Option<Focus>,
    /// When the first frame was drawn, in egui's seconds.
    started: Option<f64>,
    /// Until when a second press stops a camera's plan (or all), in egui's seconds.
    stopping: Option<(Option<usize>, f64)>,
    /// Refusals that were read and put away.
    hidden: Option<(usize, String)>,
    keys_shown: bool,
    wants_close: bool,
}

impl State {
    /// A fresh state; times are told in this zone.
    #[must_use]
    pub fn in_zone(zone: TimeZone) -> Self {
        Self {
            zone,
            shown: None,
            row: 0,
            page: Page::default(),
            forms: BTreeMap::new(),
            lock: lock::Lock::default(),
            focus: Some(Focus::Main),
            started: None,
            stopping: None,
            hidden: None,
            keys_shown: false,
            wants_close: false,
        }
    }

    /// Whether the person stepped back out of the last thing that was open.
    #[must_use]
    pub fn wants_close(&self) -> bool {
        self.wants_close
    }

    /// The camera in sight; one alone always is.
    fn in_sight(&self, cameras: &[Camera]) -> Option<usize> {
        match cameras {
            [] => None,
            [_] => Some(0),
            _ => self.shown.filter(|index| *index < cameras.len()),
        }
    }

    fn show(&mut self, camera: Option<usize>) {
        if self.shown != camera {
            self.row = self.shown.or(camera).unwrap_or(0);
            self.shown = camera;
            self.page = Page::default();
            self.lock = lock::Lock::default();
            self.stopping = None;
            self.focus = Some(Focus::Main);
        }
    }

    fn turn_to(&mut self, page: Page) {
        if self.page != page {
            self.page = page;
            self.focus = Some(Focus::Main);
        }
    }

    fn form(&mut self, camera: usize) -> &mut Form {
        self.forms.entry(camera).or_default()
    }

    /// Whether this one gets the keyboard now.
    fn takes(&mut self, focus: Focus) -> bool {
        let takes = self.focus == Some(focus);
        if takes {
            self.focus = None;
        }
        takes
    }
}

impl Default for State {
    fn default() -> Self {
        Self::in_zone(TimeZone::UTC)
    }
}

/// One frame's surroundings, handed to every part.
struct Scene<'a> {
    cameras: &'a [Camera],
    /// Our clock.
    now: Timestamp,
    /// egui's clock, in seconds.
    secs: f64,
    theme: Theme,
    wishes: Vec<(usize, Wish)>,
}

impl Scene<'_> {
    /// Asks for something of a camera that can be reached; while something is on its way nothing
    /// more is asked for.
    fn ask(&mut self, camera: usize, command: super::command::Command) {
        let found = self.cameras.get(camera);
        if found.is_some_and(|camera| camera.is_online() && camera.errand.is_none()) {
            self.wishes.push((camera, Wish::Command(command)));
        }
    }
}

/// The window's title: the state in words.
#[must_use]
pub fn title(cameras: &[Camera], state: &State, now: Timestamp) -> String {
    match state.in_sight(cameras).and_then(|index| cameras.get(index)) {
        Some(camera) => words::sentence(camera, now),
        None => overview::title(cameras),
    }
}

/// Draws `cameras` into all of `ui` and returns what the person wants of which, in order.
pub fn ui(
    ui: &mut Ui,
    cameras: &[Camera],
    state: &mut State,
    now: Timestamp,
) -> Vec<(usize, Wish)> {
    let secs = ui.input(|input| input.time);
    state.started.get_or_insert(secs);
    if state.stopping.is_some_and(|(_, until)| until <= secs) {
        state.stopping = None;
    }
    let mut scene = Scene {
        cameras,
        now,
        secs,
        theme: Theme::of(ui.ctx()),
        wishes: Vec::new(),
    };
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, 0, scene.theme.ground);
    keys::handle(ui, state, &mut scene);
    match state.in_sight(cameras) {
        Some(index) => camera_ui(ui, whole, index, state, &mut scene),
        None => overview::ui(&mut part(ui, "overview", whole), state, &mut scene),
    }
    keys::overlay(ui, whole, state);
    clock::wake(ui, state, &scene);
    scene.wishes
}

fn camera_ui(ui: &mut Ui, whole: Rect, index: usize, state: &mut State, scene: &mut Scene<'_>) {
    let Some(camera) = scene.cameras.get(index) else {
        return;
    };
    let mut rest = whole;
    rest.min.y += header::ui(&mut part(ui, "header", rest), index, state, scene);
    let locked = camera.standing() == Standing::Forbidden;
    if locked || camera.snapshot.is_none() {
        let mut part = part(ui, "body", rest);
        match locked {
            true => lock::ui(&mut part, index, state, scene),
            false => empty::ui(&mut part, index, state, scene),
        }
        return;
    }
    let foot = footer::HEIGHT.min(rest.height().max(0.0));
    let (above, below) = rest.split_top_bottom_at_y(rest.bottom() - foot);
    let (top, body) = above.split_top_bottom_at_y(above.top() + tabs::HEIGHT);
    pages(&mut part(ui, "pages", top), state);
    let mut page = part(ui, &state.page.words(), body);
    match state.page {
        Page::Timer => timer::ui(&mut page, index, state, scene),
        Page::Plan => plan::ui(&mut page, index, state, scene),
        Page::History => history::ui(&mut page, index, state, scene),
    }
    footer::ui(&mut part(ui, "footer", below), index, state, scene);
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
    let pressed = tabs::row(ui, &tabs, chosen.unwrap_or(0), 120.0);
    if let Some(page) = pressed.and_then(|index| Page::ALL.get(index)) {
        state.turn_to(*page);
    }
}

/// The id of something that can be focused from elsewhere.
fn id(name: &str) -> Id {
    Id::unique(format!("shutter {name}"))
}
