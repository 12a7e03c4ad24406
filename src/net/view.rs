//! The popup of the network: what one is connected to, and one list of all there is to connect to.
//!
//! [`ui`] draws a [`Snapshot`] and returns what the person wants. It does no I/O and keeps
//! nothing but what concerns the window itself: what is open, selected, and being typed.

mod act;
mod ask;
mod details;
mod empty;
mod enterprise;
mod extra;
mod filter;
mod footer;
mod header;
mod hidden;
mod hotspot;
mod keys;
mod list;
mod mobile;
mod model;
mod order;
mod page;
mod password;
mod profile;
mod prompt;
mod row;
mod scan;
mod share;
mod sign;
mod status;
mod strip;
mod topic;
mod unlock;
mod wizard;
mod words;

pub use ask::{Answer, Ask, size as ask_size};
pub use topic::{Feed, Network};

use std::sync::Arc;

use egui::{Id, Ui};
use jiff::{Timestamp, tz::TimeZone};

use self::model::{Model, RowKey};
use super::command::Command;
use super::snapshot::{About, Id as ObjectId, Snapshot, Uuid};
use super::visible::Rules;
use crate::popup::controls::part;
use crate::popup::theme::Theme;
use crate::popup::when;
use crate::say;

/// What lies over the list.
#[derive(Debug, Clone, PartialEq)]
enum Page {
    /// All there is to know about a row.
    Details(RowKey),
    /// A modem: its SIM, its profiles.
    Modem(ObjectId),
    /// A connection to the mobile network that does not exist yet.
    NewMobile,
    /// A network that does not tell its name.
    Hidden,
    /// This computer as an access point.
    Hotspot,
    /// A saved network as a QR code.
    Share(Uuid),
}

/// What stands below a row while it is asked for.
enum Form {
    /// One password.
    Password(password::PasswordForm),
    /// 802.1X.
    Enterprise(enterprise::EnterpriseForm),
    /// Whether it is to be forgotten.
    Forget,
}

/// A row with a form below it.
struct Open {
    key: RowKey,
    form: Form,
    /// Put away while what was typed is being tried.
    hidden: bool,
}

/// Who gets the keyboard next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    Filter,
    List,
    Password,
    Identity,
    Confirm,
    Unlock,
    Wizard,
    Hidden,
    Hotspot,
    Back,
    Prompt,
}

impl Focus {
    fn id(self) -> Id {
        Id::unique(match self {
            Self::Filter => "net filter",
            Self::List => "net list",
            Self::Password => "net password",
            Self::Identity => "net identity",
            Self::Confirm => "net confirm",
            Self::Unlock => "net unlock",
            Self::Wizard => "net wizard",
            Self::Hidden => "net hidden",
            Self::Hotspot => "net hotspot",
            Self::Back => "net back",
            Self::Prompt => "net prompt",
        })
    }
}

/// What belongs to the window and to nobody else: selection, text being typed, scrolling.
pub struct State {
    zone: TimeZone,
    /// When the first frame was drawn, in egui's seconds.
    started: Option<f64>,
    /// The snapshot that the rows were made of, and the rows.
    made_of: Option<Arc<Snapshot>>,
    model: Arc<Model>,
    /// Which devices have a row.
    rules: Rules,
    /// What lies over the list, the last one in sight.
    pages: Vec<Page>,
    open: Option<Open>,
    /// The last attempt whose wrong password was told.
    told: u64,
    /// Whether the source was told to put the QR code away.
    unshared: bool,
    focus: Option<Focus>,
    list: list::ListState,
    scan: scan::ScanState,
    hidden: hidden::HiddenForm,
    hotspot: hotspot::HotspotForm,
    unlock: unlock::UnlockState,
    wizard: wizard::Wizard,
    prompt: prompt::PromptForm,
    page: page::PageState,
    strip: Option<strip::Strip>,
    keys_shown: bool,
    wants_close: bool,
}

impl Default for State {
    fn default() -> Self {
        Self::in_zone(when::local_zone())
    }
}

impl State {
    /// A fresh state that shows times as they are in `zone`.
    #[must_use]
    pub fn in_zone(zone: TimeZone) -> Self {
        Self {
            zone,
            started: None,
            made_of: None,
            model: Arc::default(),
            rules: Rules::default(),
            pages: Vec::new(),
            open: None,
            told: 0,
            unshared: false,
            focus: Some(Focus::List),
            list: list::ListState::default(),
            scan: scan::ScanState::default(),
            hidden: hidden::HiddenForm::default(),
            hotspot: hotspot::HotspotForm::default(),
            unlock: unlock::UnlockState::default(),
            wizard: wizard::Wizard::default(),
            prompt: prompt::PromptForm::default(),
            page: page::PageState::default(),
            strip: None,
            keys_shown: false,
            wants_close: false,
        }
    }

    /// The same state, with rows for the devices that `rules` show.
    #[must_use]
    pub fn showing(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Whether the person stepped back out of the last thing that was open.
    #[must_use]
    pub fn wants_close(&self) -> bool {
        self.wants_close
    }

    /// An operator whose access points the wizard would like to offer; told once. The answer
    /// goes to [`State::offer_presets`].
    pub fn wants_presets(&mut self) -> Option<String> {
        self.wizard.wanted()
    }

    /// Offers an operator's access points in the wizard.
    pub fn offer_presets(&mut self, presets: Vec<super::apn::Preset>) {
        self.wizard.found(presets);
    }

    /// Gives the keyboard back to what is most likely wanted; for a popup that is raised.
    pub fn refocus(&mut self) {
        self.focus = match (self.pages.last(), &self.open) {
            (None, Some(open)) if !open.hidden => match open.form {
                Form::Password(_) => Some(Focus::Password),
                Form::Enterprise(_) => Some(Focus::Identity),
                Form::Forget => Some(Focus::Confirm),
            },
            (None, _) => Some(Focus::List),
            (Some(_), _) => Some(Focus::Back),
        };
        self.scan.again();
    }

    /// Whether `focus` is to have the keyboard now; true once.
    fn takes_focus(&mut self, focus: Focus) -> bool {
        let takes = self.focus == Some(focus);
        if takes {
            self.focus = None;
        }
        takes
    }

    /// Lays a page over what is shown.
    fn turn_to(&mut self, page: Page) {
        if self.pages.last() != Some(&page) {
            self.pages.push(page);
        }
        self.page = page::PageState::default();
        self.focus = Some(Focus::Back);
    }

    /// Takes the last page away.
    fn turn_back(&mut self) {
        self.pages.pop();
        self.page = page::PageState::default();
        self.focus = Some(match self.pages.is_empty() {
            true => Focus::List,
            false => Focus::Back,
        });
    }
}

/// One frame's surroundings, handed to every part.
struct Scene<'a> {
    snapshot: &'a Snapshot,
    model: Arc<Model>,
    now: Timestamp,
    /// egui's clock, in seconds.
    secs: f64,
    theme: Theme,
    commands: Vec<Command>,
}

impl Scene<'_> {
    /// The sentence of a failure that belongs to `about`.
    fn failure(&self, about: &About) -> Option<String> {
        let failure = self.snapshot.failure.as_ref()?;
        (failure.about == *about).then(|| words::told(&failure.sentence))
    }
}

/// The window's title: the state in words.
#[must_use]
pub fn title(snapshot: &Snapshot) -> String {
    say!("net-window", state = header::Facts::of(snapshot).title)
}

/// Draws `snapshot` into all of `ui` and returns what the person wants, in order.
///
/// `now` is the clock that elapsed times are told by.
pub fn ui(
    ui: &mut Ui,
    snapshot: &Arc<Snapshot>,
    state: &mut State,
    now: Timestamp,
) -> Vec<Command> {
    let secs = ui.input(|input| input.time);
    state.started.get_or_insert(secs);
    bring_up_to_date(snapshot, state);
    let mut scene = Scene {
        snapshot,
        model: Arc::clone(&state.model),
        now,
        secs,
        theme: Theme::of(ui.ctx()),
        commands: Vec::new(),
    };
    let whole = ui.max_rect();
    ui.painter().rect_filled(whole, 0, scene.theme.ground);
    extra::follow(ui, state, &scene);
    share::follow(state, &mut scene);
    let asked = prompt::is_asked(state, &mut scene);
    if asked {
        // What lies below the sheet is not to be reached.
        ui.disable();
        prompt::keys(ui, state, &mut scene);
    } else {
        keys::handle(ui, state, &mut scene);
    }
    let mut rest = whole;
    rest.min.y += header::ui(&mut part(ui, "header", rest), &mut scene);
    match state.pages.last().cloned() {
        None => {
            let foot = footer::HEIGHT.min(rest.height());
            let (above, below) = rest.split_top_bottom_at_y(rest.bottom() - foot);
            list::ui(&mut part(ui, "list", above), state, &mut scene);
            footer::ui(&mut part(ui, "footer", below), state, &mut scene);
            strip::ui(ui, above, state, &mut scene);
        }
        Some(page) => {
            page::ui(&mut part(ui, "page", rest), &page, state, &mut scene);
            strip::ui(ui, rest, state, &mut scene);
        }
    }
    scan::keep_looking(ui, state, &mut scene);
    keys::overlay(ui, whole, state);
    if asked {
        prompt::sheet(ui, whole, state, &mut scene);
    }
    // A click beside everything leaves the keyboard where it is of use.
    if ui.input(|input| input.pointer.any_click())
        && state.focus.is_none()
        && ui.memory(|memory| memory.focused().is_none())
    {
        state.refocus();
    }
    if state.focus.is_some() {
        // What takes the keyboard may have been drawn already.
        ui.ctx().request_repaint();
    }
    scene.commands
}

/// Makes the rows anew where the snapshot is another one.
fn bring_up_to_date(snapshot: &Arc<Snapshot>, state: &mut State) {
    let known = state.made_of.as_ref();
    if known.is_some_and(|known| Arc::ptr_eq(known, snapshot)) {
        return;
    }
    let new = Arc::new(Model::new(snapshot, &state.rules, &state.model));
    state.list.rows.remember(&state.model, &new);
    state.model = new;
    state.made_of = Some(Arc::clone(snapshot));
    state.list.changed = true;
}
