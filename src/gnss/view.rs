//! The popup of the position topic: where, how sure and how old; then the sky that says why.
//!
//! [`ui`] draws a [`Snapshot`] at a moment and returns what the person wants. It does no I/O and
//! keeps nothing but what concerns the window itself: the page, the units, what is chosen.

mod bars;
mod body;
mod dome;
mod empty;
mod fact;
mod footer;
mod glyph;
mod header;
mod history;
mod keys;
mod notations;
mod notice;
mod numbers;
mod outline;
mod over;
mod place;
mod scatter;
mod sky;
mod sources;
mod spread;
mod table;
mod tabs;
mod tiles;
mod topic;
mod words;

pub use topic::{Feed, Position};

use std::path::PathBuf;
use std::time::Duration;

use egui::{Id, Ui};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use self::notice::Notice;
use self::sources::Offer;
use self::tabs::Page;
use super::clock::Moment;
use super::command::Command;
use super::coordinates::Notation;
use super::fix::Fix;
use super::options::Wanted;
use super::satellite;
use super::snapshot::{Limits, Link, Snapshot, State as Standing};
use super::units::Units;
use crate::popup::controls::part;
use crate::popup::theme::Theme;
use crate::say;

/// What lies over the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    /// The position in all notations.
    Notations,
    /// Where positions can come from.
    Sources,
}

/// Who gets the keyboard next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    Copy,
    Action,
    Notation,
    Source,
}

/// How the view is set up.
#[derive(Debug, Clone)]
pub struct Setup {
    /// When a fix is old.
    pub limits: Limits,
    /// The units to begin with.
    pub units: Units,
    /// The notation to begin with.
    pub notation: Notation,
    /// The source that is listened to at first.
    pub wanted: Wanted,
    /// The folder for recorded tracks.
    pub tracks: PathBuf,
    /// The zone that times are shown in.
    pub zone: TimeZone,
    /// A moment, and the time of day then: the names of recordings are made of it.
    pub clocks: (Moment, Timestamp),
}

/// What belongs to the window and to nobody else.
pub struct State {
    setup: Setup,
    page: Page,
    over: Option<Over>,
    units: Units,
    notation: Notation,
    /// The source that was chosen last.
    wanted: Wanted,
    /// The satellite that is told in words.
    satellite: Option<satellite::Id>,
    /// The satellite that the pointer is at.
    pointed: Option<satellite::Id>,
    /// Since when a source is waited for.
    waiting_since: Option<Moment>,
    focus: Option<Focus>,
    offer: Offer,
    notice: Option<Notice>,
    /// A page of the web that is to be opened.
    link: Option<String>,
    /// The date's doubt was read.
    doubt_dismissed: bool,
    keys_shown: bool,
    wants_close: bool,
}

impl State {
    /// A fresh state.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        Self {
            page: Page::Sky,
            over: None,
            units: setup.units,
            notation: setup.notation,
            wanted: setup.wanted.clone(),
            satellite: None,
            pointed: None,
            waiting_since: None,
            focus: Some(Focus::Copy),
            offer: Offer::default(),
            notice: None,
            link: None,
            doubt_dismissed: false,
            keys_shown: false,
            wants_close: false,
            setup,
        }
    }

    /// Whether the person stepped back out of the last thing that was open.
    #[must_use]
    pub fn wants_close(&self) -> bool {
        self.wants_close
    }

    /// A page of the web that the person wants to see; told once.
    pub fn wants_link(&mut self) -> Option<String> {
        self.link.take()
    }

    /// Says something for a moment: what could not be done outside the view.
    pub fn notice(&mut self, words: String) {
        self.notice = Some(Notice::new(words));
    }

    /// Whether the ports of this machine are to be looked up; told once. The answer goes to
    /// [`State::offer_ports`].
    pub fn wants_ports(&mut self) -> bool {
        std::mem::take(&mut self.offer.wanted)
    }

    /// Offers these ports as sources: where each is, and what its device calls itself.
    pub fn offer_ports(&mut self, ports: Vec<(PathBuf, String)>) {
        self.offer.ports = ports;
    }

    /// Gives the keyboard back to what is most likely wanted; for a popup that is raised.
    pub fn refocus(&mut self) {
        self.focus = Some(match self.over {
            None => Focus::Copy,
            Some(Over::Notations) => Focus::Notation,
            Some(Over::Sources) => Focus::Source,
        });
    }

    /// Whether `focus` is to have the keyboard now; true once.
    fn takes_focus(&mut self, focus: Focus) -> bool {
        let takes = self.focus == Some(focus);
        if takes {
            self.focus = None;
        }
        takes
    }

    /// Lays something over the pages, or takes it away again.
    fn toggle(&mut self, over: Over) {
        self.over = (self.over != Some(over)).then_some(over);
        self.offer.error = None;
        self.offer.wanted = self.over == Some(Over::Sources);
        self.refocus();
    }
}

/// One frame's surroundings, handed to every part.
struct Scene<'a> {
    snapshot: &'a Snapshot,
    now: Moment,
    standing: Standing,
    theme: Theme,
    units: Units,
    commands: Vec<Command>,
    /// When something on the screen reads differently although nothing comes in.
    next: Option<Duration>,
}

impl Scene<'_> {
    /// The last fix, however old.
    fn fix(&self) -> Option<&Fix> {
        self.snapshot.fix.as_ref().map(|held| &held.value)
    }

    /// Whether the last fix is of now.
    fn is_fresh(&self) -> bool {
        self.standing == Standing::Fix
    }

    /// The colour of what the last fix says: dim when that is not of now.
    fn ink(&self) -> egui::Color32 {
        if self.is_fresh() {
            self.theme.text
        } else {
            self.theme.dim
        }
    }

    /// The age of the satellites that are shown, where they are not of now.
    fn sky_age(&self, limits: Limits) -> Option<Duration> {
        let age = self.now.since(self.snapshot.sky.as_ref()?.at);
        (age > limits.stale_after).then_some(age)
    }

    /// Draws again after this time at the latest.
    fn again_in(&mut self, time: Duration) {
        self.next = Some(self.next.map_or(time, |next| next.min(time)));
    }
}

/// The window's title: the state in words.
#[must_use]
pub fn title(snapshot: &Snapshot, now: Moment, state: &State) -> String {
    let standing = snapshot.state(now, state.setup.limits);
    let said = words::Headline::of(snapshot, now, standing, state);
    say!("gnss-window", state = said.title)
}

/// Draws `snapshot` as of `now` into all of `ui` and returns what the person wants, in order.
pub fn ui(ui: &mut Ui, snapshot: &Snapshot, now: Moment, state: &mut State) -> Vec<Command> {
    let mut scene = Scene {
        snapshot,
        now,
        standing: snapshot.state(now, state.setup.limits),
        theme: Theme::of(ui.ctx()),
        units: state.units,
        commands: Vec::new(),
        next: None,
    };
    follow(state, &scene);
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, 0, scene.theme.ground);
    keys::handle(ui, state, &mut scene);
    scene.units = state.units;
    let mut rest = whole;
    rest.min.y += header::ui(&mut part(ui, "header", rest), state, &mut scene);
    let foot = footer::HEIGHT.min(rest.height());
    let (mut above, below) = rest.split_top_bottom_at_y(rest.bottom() - foot);
    match state.over {
        Some(over) => over::ui(&mut part(ui, "over", above), over, state, &mut scene),
        None => {
            if snapshot.fix.is_some() {
                above.min.y += place::ui(&mut part(ui, "place", above), state, &mut scene);
            }
            body::ui(ui, above, state, &mut scene);
        }
    }
    footer::ui(&mut part(ui, "footer", below), state, &mut scene);
    notice::ui(ui, above, state);
    keys::overlay(ui, whole, state);
    come_again(ui, state, &mut scene);
    scene.commands
}

/// Since when a source is waited for.
fn follow(state: &mut State, scene: &Scene<'_>) {
    match scene.snapshot.link {
        Link::Connecting | Link::NoSource => {
            state.waiting_since.get_or_insert(scene.now);
        }
        Link::Connected { .. } | Link::Ended => state.waiting_since = None,
    }
}

/// Asks for the next frame: when an age reads differently, while somebody can see it.
fn come_again(ui: &Ui, state: &State, scene: &mut Scene<'_>) {
    let limits = state.setup.limits;
    if let Some(at) = scene.snapshot.next_change(scene.now, limits) {
        scene.again_in(at.since(scene.now));
    }
    let can_be_taken = match (state.over, state.focus) {
        (None, Some(Focus::Copy)) => scene.snapshot.fix.is_some(),
        (Some(Over::Notations), focus) => focus == Some(Focus::Notation),
        (Some(Over::Sources), focus) => focus == Some(Focus::Source),
        _ => false,
    };
    if can_be_taken {
        // What takes the keyboard may have been drawn already. What is not there now is not
        // waited for frame by frame.
        ui.ctx().request_repaint();
    }
    let hidden = ui.input(|input| {
        let window = input.viewport();
        window.minimized == Some(true) || window.occluded == Some(true)
    });
    if let Some(next) = scene.next.filter(|_| !hidden) {
        // A little later, so that it has changed by then.
        ui.ctx()
            .request_repaint_after(next + Duration::from_millis(5));
    }
}

impl Focus {
    fn id(self) -> Id {
        Id::unique(match self {
            Self::Copy => "gnss copy",
            Self::Action => "gnss action",
            Self::Notation => "gnss notation",
            Self::Source => "gnss source",
        })
    }
}
