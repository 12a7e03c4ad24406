//! The popup of the message topic: conversations on the left, the open thread on the right.
//!
//! [`ui`] draws a [`Snapshot`] and returns what the person wants. It does no I/O and keeps
//! nothing but what concerns the window itself: what is open, selected, and being typed.

mod banner;
mod bubble;
mod composer;
mod cost;
mod dialogue;
mod header;
mod keys;
mod list;
mod modal;
mod note;
mod nothing;
mod order;
mod paint;
mod recipient;
mod row;
mod scroll;
mod strip;
mod thread;
mod topic;
mod unlock;
mod urgent;
mod words;

pub use topic::{Feed, Messages};

use egui::{Id, Ui};
use jiff::{Timestamp, tz::TimeZone};

use crate::popup::controls::part;
use crate::popup::theme::Theme;
use crate::popup::when;
use crate::say;
use crate::sms::command::Command;
use crate::sms::message::{Conversation, ConversationId};
use crate::sms::snapshot::{About, Lock, ModemState, Snapshot};

/// Below this width, in points, one pane is shown at a time.
const ONE_PANE: f32 = 560.0;

/// What the right-hand pane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Showing {
    #[default]
    Nothing,
    Thread(ConversationId),
    NewMessage,
}

/// Who gets the keyboard next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    Search,
    List,
    Thread,
    Reply,
    Recipient,
    Unlock,
    Ussd,
}

impl Focus {
    fn id(self) -> Id {
        Id::unique(match self {
            Self::Search => "sms search",
            Self::List => "sms list",
            Self::Thread => "sms thread",
            Self::Reply => "sms reply",
            Self::Recipient => "sms recipient",
            Self::Unlock => "sms unlock",
            Self::Ussd => "sms ussd",
        })
    }
}

/// What belongs to the window and to nobody else: selection, text being typed, scrolling.
pub struct State {
    zone: TimeZone,
    /// When the first frame was drawn, in egui's seconds.
    started: Option<f64>,
    showing: Showing,
    /// Whether the narrow window shows the right-hand pane.
    narrow_right: bool,
    /// Whether the last frame had room for one pane only.
    narrow: bool,
    /// Whether the first conversation to show has been chosen.
    settled: bool,
    /// Whether there was none to choose.
    found_empty: bool,
    /// A conversation that was deleted and comes back: it is shown as soon as it is there.
    reopen: Option<ConversationId>,
    focus: Option<Focus>,
    list: list::ListState,
    thread: thread::ThreadState,
    composer: composer::ComposerState,
    unlock: unlock::UnlockState,
    dialogue: dialogue::DialogueState,
    urgent: urgent::Urgent,
    strip: Option<strip::Strip>,
    keys_shown: bool,
    banner_dismissed: bool,
    wants_close: bool,
    /// The thread that the source knows to be looked at.
    looked_at: Option<ConversationId>,
    /// The last wish of another program that was carried out.
    wish: u64,
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
            showing: Showing::Nothing,
            narrow_right: false,
            narrow: false,
            settled: false,
            found_empty: false,
            reopen: None,
            focus: None,
            list: list::ListState::default(),
            thread: thread::ThreadState::default(),
            composer: composer::ComposerState::default(),
            unlock: unlock::UnlockState::default(),
            dialogue: dialogue::DialogueState::default(),
            urgent: urgent::Urgent::default(),
            strip: None,
            keys_shown: false,
            banner_dismissed: false,
            wants_close: false,
            looked_at: None,
            wish: 0,
        }
    }

    /// Whether the person stepped back out of the last thing that was open.
    #[must_use]
    pub fn wants_close(&self) -> bool {
        self.wants_close
    }

    /// What must be kept when the window goes: what was typed, if it is not kept yet.
    pub fn flush(&mut self) -> Vec<Command> {
        self.composer.leave()
    }

    /// Gives the keyboard back to what is most likely wanted; for a popup that is raised.
    pub fn refocus(&mut self) {
        self.focus = match self.showing {
            Showing::Thread(_) if !self.narrow || self.narrow_right => Some(Focus::Reply),
            Showing::NewMessage => Some(Focus::Recipient),
            _ => Some(Focus::List),
        };
    }

    /// Whether a small window covers everything else.
    fn is_covered(&self) -> bool {
        self.dialogue.is_open() || self.urgent.is_open()
    }

    /// Whether `focus` is to have the keyboard now; true once.
    fn takes_focus(&mut self, focus: Focus) -> bool {
        let takes = self.focus == Some(focus);
        if takes {
            self.focus = None;
        }
        takes
    }

    fn open(&mut self, scene: &mut Scene<'_>, id: ConversationId) {
        self.narrow_right = true;
        self.focus = Some(Focus::Reply);
        if self.showing == Showing::Thread(id) {
            return;
        }
        scene.commands.extend(self.composer.leave());
        self.showing = Showing::Thread(id);
        let conversation = scene.conversation(id);
        self.thread.open(id, conversation.map_or(0, |c| c.unread));
        self.composer.load(conversation);
        scene.commands.push(Command::Open(id));
    }

    fn new_message(&mut self, scene: &mut Scene<'_>) {
        scene.commands.extend(self.composer.leave());
        if matches!(self.showing, Showing::Thread(_)) {
            scene.commands.push(Command::Close);
        }
        self.showing = Showing::NewMessage;
        self.narrow_right = true;
        self.composer.begin_new();
        self.focus = Some(Focus::Recipient);
    }
}

/// One frame's surroundings, handed to every part.
struct Scene<'a> {
    snapshot: &'a Snapshot,
    now: Timestamp,
    /// egui's clock, in seconds.
    secs: f64,
    theme: Theme,
    commands: Vec<Command>,
}

impl Scene<'_> {
    fn conversations(&self) -> &[Conversation] {
        self.snapshot
            .conversations
            .as_deref()
            .map_or(&[], |all| all)
    }

    fn conversation(&self, id: ConversationId) -> Option<&Conversation> {
        self.conversations().iter().find(|c| c.id == id)
    }

    /// The sentence of a failure that belongs to `about`.
    fn failure(&self, about: &About) -> Option<String> {
        let failure = self.snapshot.failure.as_ref()?;
        (failure.about == *about).then(|| words::told(&failure.sentence))
    }

    /// Whether the store could not be opened: nothing can be kept or queued.
    fn no_store(&self) -> bool {
        self.snapshot.conversations.is_none() && self.failure(&About::Store).is_some()
    }

    fn locked(&self) -> bool {
        let state = &self.snapshot.summary.modem.state;
        matches!(state, ModemState::Locked(Lock::SimPin | Lock::SimPuk))
    }
}

/// The window's title: the state in words.
#[must_use]
pub fn title(snapshot: &Snapshot) -> String {
    say!("sms-title", unread = snapshot.summary.unread)
}

/// Draws `snapshot` into all of `ui` and returns what the person wants, in order.
///
/// `now` is the clock that relative times are told by.
pub fn ui(ui: &mut Ui, snapshot: &Snapshot, state: &mut State, now: Timestamp) -> Vec<Command> {
    let mut scene = Scene {
        snapshot,
        now,
        secs: ui.input(|input| input.time),
        theme: Theme::of(ui.ctx()),
        commands: Vec::new(),
    };
    state.started.get_or_insert(scene.secs);
    let whole = ui.max_rect();
    state.narrow = whole.width() < ONE_PANE;
    ui.painter().rect_filled(whole, 0, scene.theme.ground);

    choose_first(state, &mut scene);
    keys::handle(ui, state, &mut scene);
    let mut rest = whole;
    let taken = header::ui(&mut part(ui, "header", rest), state, &mut scene);
    rest.min.y += taken;
    rest.min.y += unlock::ui(&mut part(ui, "unlock", rest), state, &mut scene);
    rest.min.y += banner::ui(&mut part(ui, "banner", rest), state, &mut scene);

    let list_width = (whole.width() * 0.37).clamp(232.0, 300.0);
    let (left, right) = if state.narrow {
        (rest, rest)
    } else {
        rest.split_left_right_at_x((rest.left() + list_width).round())
    };
    if !state.narrow || !state.narrow_right {
        list::ui(&mut part(ui, "list", left), state, &mut scene);
    }
    if !state.narrow || state.narrow_right {
        right_pane(&mut part(ui, "right", right), state, &mut scene);
    }
    strip::ui(ui, right, state, &mut scene);
    tell_what_is_seen(ui, state, &mut scene);
    if !state.narrow {
        let line = egui::Stroke::new(1.0, scene.theme.line);
        ui.painter().vline(right.left(), right.y_range(), line);
    }
    dialogue::ui(ui, whole, state, &mut scene);
    urgent::ui(ui, whole, state, &mut scene);
    keys::overlay(ui, whole, state);
    // A click beside everything leaves the keyboard where it is of use.
    if !state.is_covered()
        && ui.input(|input| input.pointer.any_click())
        && state.focus.is_none()
        && ui.memory(|memory| memory.focused().is_none())
    {
        state.refocus();
    }
    // "3 min ago" is told anew once a minute; nothing else moves by itself.
    ui.ctx()
        .request_repaint_after(std::time::Duration::from_secs(60));
    scene.commands
}

/// Tells the source which thread a person looks at: nobody need be notified of that one.
fn tell_what_is_seen(ui: &Ui, state: &mut State, scene: &mut Scene<'_>) {
    let looks = ui.input(|input| input.focused) && (!state.narrow || state.narrow_right);
    let seen = match state.showing {
        Showing::Thread(id) if looks => Some(id),
        _ => None,
    };
    if seen != state.looked_at {
        state.looked_at = seen;
        scene.commands.push(Command::Shown(seen));
    }
}

fn right_pane(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    let mut rect = ui.max_rect();
    match state.showing {
        Showing::Nothing => nothing::nothing_open(ui, rect, state, scene),
        Showing::Thread(id) => {
            rect.min.y += thread::head(&mut part(ui, "head", rect), state, scene, id);
            let composer = composer::measure(ui, rect, state, scene);
            let (above, below) = rect.split_top_bottom_at_y(rect.bottom() - composer.height);
            thread::ui(&mut part(ui, "thread", above), state, scene, id);
            composer::ui(&mut part(ui, "composer", below), composer, state, scene);
        }
        Showing::NewMessage => {
            rect.min.y += recipient::ui(&mut part(ui, "recipient", rect), state, scene);
            let composer = composer::measure(ui, rect, state, scene);
            let (above, below) = rect.split_top_bottom_at_y(rect.bottom() - composer.height);
            recipient::suggestions(&mut part(ui, "suggestions", above), state, scene);
            composer::ui(&mut part(ui, "composer", below), composer, state, scene);
        }
    }
}

/// Opens what is most likely wanted: the newest unread conversation, else the newest.
fn choose_first(state: &mut State, scene: &mut Scene<'_>) {
    if let (Showing::NewMessage, Some(address)) = (state.showing, state.composer.follow.clone()) {
        let found = scene
            .conversations()
            .iter()
            .find(|c| recipient::same(&c.address, &address));
        if let Some(id) = found.map(|c| c.id) {
            state.composer.follow = None;
            state.open(scene, id);
        }
    }
    if scene.snapshot.conversations.is_none() {
        return;
    }
    if !state.settled && state.composer.is_empty() {
        let kept = &scene.snapshot.unaddressed;
        state.composer.kept_new.clone_from(kept);
    }
    if let Some(id) = state.reopen.filter(|id| scene.conversation(*id).is_some()) {
        state.reopen = None;
        state.open(scene, id);
    }
    if let Some((wish, id)) = scene.snapshot.wanted
        && wish != state.wish
        && scene.conversation(id).is_some()
    {
        state.wish = wish;
        state.settled = true;
        state.open(scene, id);
    }
    if let Showing::Thread(id) = state.showing
        && scene.conversation(id).is_none()
        && state.composer.is_empty()
    {
        // Its last message was deleted, here or by another program.
        state.showing = Showing::Nothing;
        state.narrow_right = false;
        state.focus = Some(Focus::List);
    }
    let all = scene.conversations();
    // An empty store is looked at again when the first messages come in.
    let waits = state.found_empty && state.showing == Showing::Nothing && !all.is_empty();
    if state.settled && !waits {
        return;
    }
    state.settled = true;
    state.found_empty = all.is_empty();
    let unread = all.iter().find(|c| c.unread > 0);
    match unread.or(all.first()).map(|c| (c.id, c.unread > 0)) {
        // What was begun comes after what has just come.
        None | Some((_, false)) if state.composer.kept_new.is_some() => state.new_message(scene),
        Some((id, unread)) => {
            state.open(scene, id);
            state.narrow_right = unread;
            if state.narrow && !unread {
                state.focus = Some(Focus::List);
            }
        }
        None => state.focus = Some(Focus::List),
    }
    if scene.locked() {
        state.focus = Some(Focus::Unlock);
    }
}
