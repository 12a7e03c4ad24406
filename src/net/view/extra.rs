//! What stands below a row: a form, why it failed and what helps, why it cannot be.

use egui::{
    Align, Align2, Color32, FontId, Layout, Pos2, Rect, Role, Sense, Ui, UiBuilder, Vec2,
    WidgetInfo,
};

use super::model::{Entry, RowKey};
use super::password::{self, Done, PasswordForm};
use super::status::{self, Status};
use super::{Focus, Form, Open, Page, Scene, State, act, enterprise, hidden, words};
use crate::net::Security;
use crate::net::attempt::{Stage, Why};
use crate::net::command::{Command, Credentials};
use crate::net::security::Family;
use crate::net::snapshot::About;
use crate::popup::banner::{self, Tone};
use crate::popup::controls::{Weight, button, icon_button, paragraph, put};
use crate::popup::icons::{self, Icon};
use crate::popup::theme::{size, space};
use crate::say;

/// Follows what became of what was tried: opens the form again where the password is wrong, and
/// puts it away for good where it was right.
pub fn follow(ui: &Ui, state: &mut State, scene: &Scene<'_>) {
    hidden::follow(ui, state, scene);
    if let Some(open) = &mut state.open {
        let entry = scene.model.entry(&open.key);
        let up = entry.is_some_and(|entry| matches!(status::of(entry, scene), Status::Up(_)));
        let forgets = matches!(open.form, Form::Forget);
        if entry.is_none() || (up && !forgets) {
            password::forget(ui, state);
        } else if open.hidden && entry.is_some_and(|e| status::failure(e, scene).is_some()) {
            open.hidden = false;
        }
    }
    for attempt in &scene.snapshot.attempts {
        let Stage::Failed(problem) = &attempt.stage else {
            continue;
        };
        if attempt.number <= state.told || !problem.why.asks_for_password() {
            continue;
        }
        state.told = attempt.number;
        let mut rows = scene.model.entries.iter();
        let found = rows.find(|entry| {
            matches!(entry.key, RowKey::Network(_))
                && status::problem(entry, scene).is_some_and(|(n, _)| n == attempt.number)
        });
        let Some((entry, network)) = found.and_then(|e| Some((e, e.network.as_ref()?))) else {
            continue;
        };
        match &mut state.open {
            Some(open) if open.key == entry.key => open.hidden = false,
            // Somebody is typing elsewhere.
            Some(open) if !open.hidden => continue,
            open => {
                let form = secret_form(entry, network.security, network.key.family, scene);
                *open = Some(Open {
                    key: entry.key.clone(),
                    form,
                    hidden: false,
                });
            }
        }
        if state.pages.is_empty() {
            state.list.scroll_to_cursor = true;
            state.list.cursor = Some(super::list::Cursor::Row(entry.key.clone()));
            state.refocus_form();
        }
    }
}

/// What asks for the secret of a network. A saved one has its name and its server's check already,
/// and needs its password alone.
fn secret_form(entry: &Entry, security: Security, family: Family, scene: &Scene<'_>) -> Form {
    let is_saved = || status::profiles(entry, scene).iter().any(|p| p.saved);
    if security == Security::Enterprise && !is_saved() {
        Form::Enterprise(enterprise::EnterpriseForm::default())
    } else {
        Form::Password(PasswordForm::new(family))
    }
}

/// Draws what stands below a row and returns its height.
pub fn ui(
    ui: &mut Ui,
    below: Rect,
    entry: &Entry,
    state: &mut State,
    scene: &mut Scene<'_>,
) -> f32 {
    let own = state
        .open
        .as_ref()
        .is_some_and(|open| open.key == entry.key && !open.hidden);
    let problem = status::problem(entry, scene).map(|(_, problem)| problem.clone());
    let going = matches!(status::of(entry, scene), Status::Going { .. });
    let problem = problem.filter(|problem| problem.why != Why::Stopped && !going);
    let failure = status::failure(entry, scene);
    let refused = state.list.refused.as_ref() == Some(&entry.key);
    if !own && problem.is_none() && failure.is_none() && !refused {
        return 0.0;
    }
    let left = below.left() + space::L + 18.0 + space::S;
    let inner = Rect::from_min_max(
        Pos2::new(left, below.top() + space::XS),
        Pos2::new(below.right() - space::L, below.top() + 2000.0),
    );
    let builder = UiBuilder::new()
        .id_salt(("extra", &entry.key))
        .max_rect(inner)
        .layout(Layout::top_down(Align::Min));
    let mut part = ui.new_child(builder);
    part.set_clip_rect(below.intersect(ui.clip_rect()));
    part.spacing_mut().item_spacing.y = 6.0;
    if own {
        let reason = problem
            .map(|problem| words::told(&problem.sentence))
            .or(failure);
        form(&mut part, entry, reason.as_deref(), state, scene);
    } else if let Some(problem) = problem {
        failed(
            &mut part,
            entry,
            &words::told(&problem.sentence),
            problem.why,
            state,
            scene,
        );
    } else if let Some(sentence) = failure {
        failed(&mut part, entry, &sentence, Why::Other, state, scene);
    } else {
        let words = status::obstacle(entry, scene);
        let words = words.unwrap_or_else(|| say!("net-nothing-saved"));
        note(&mut part, &format!("{words}."), scene.theme.warn);
    }
    part.min_rect().height() + space::XS + space::M
}

fn form(
    ui: &mut Ui,
    entry: &Entry,
    reason: Option<&str>,
    state: &mut State,
    scene: &mut Scene<'_>,
) {
    let security = entry.network.as_ref().map_or(Security::Wpa, |n| n.security);
    let takes = state.takes_focus(Focus::Password) || state.takes_focus(Focus::Identity);
    let confirm = state.takes_focus(Focus::Confirm);
    let Some(open) = &mut state.open else { return };
    let (done, credentials) = match &mut open.form {
        Form::Password(form) => {
            let done = password::ui(ui, form, security, takes, reason, scene);
            (done, Credentials::Password(form.secret()))
        }
        Form::Enterprise(form) => {
            let done = enterprise::ui(ui, form, takes, reason, scene);
            (done, Credentials::Enterprise(form.credentials()))
        }
        Form::Forget => (forget(ui, entry, confirm, scene), Credentials::None),
    };
    let forgets = matches!(open.form, Form::Forget);
    match done {
        Done::No => {}
        Done::Cancel => {
            password::forget(ui, state);
            state.focus = Some(Focus::List);
            if reason.is_some() {
                scene.commands.push(Command::Dismiss);
            }
        }
        Done::Try if forgets => {
            for profile in status::profiles(entry, scene) {
                let profile = profile.uuid.clone();
                scene.commands.push(Command::Forget { profile });
            }
            state.open = None;
            state.focus = Some(Focus::List);
        }
        Done::Try => {
            open.hidden = true;
            state.focus = Some(Focus::List);
            state.list.acted_at = Some(scene.secs);
            act::try_with(entry, credentials, scene);
        }
    }
}

fn forget(ui: &mut Ui, entry: &Entry, takes_focus: bool, scene: &Scene<'_>) -> Done {
    let words = say!("net-forget-question", name = &entry.name);
    note(ui, &words, scene.theme.warn);
    let mut done = Done::No;
    buttons(ui, "", |ui| {
        let yes = button(ui, Some(Icon::Delete), &say!("net-forget"), Weight::Primary);
        if takes_focus {
            yes.request_focus();
        }
        if yes.clicked() {
            done = Done::Try;
        }
        if button(ui, None, &say!("net-keep"), Weight::Plain).clicked() {
            done = Done::Cancel;
        }
    });
    done
}

/// Why it failed, and the one thing that helps.
fn failed(
    ui: &mut Ui,
    entry: &Entry,
    sentence: &str,
    why: Why,
    state: &mut State,
    scene: &mut Scene<'_>,
) {
    note(ui, sentence, scene.theme.error);
    let is_modem = matches!(entry.key, RowKey::Modem(_));
    let is_network = matches!(entry.key, RowKey::Network(_));
    let label = match why {
        _ if why.asks_for_password() && is_network => say!("net-enter-password"),
        Why::SimPin | Why::SimPuk | Why::WrongPin if is_modem => say!("net-unlock-sim"),
        Why::WrongApn if is_modem => say!("net-choose-another"),
        Why::Forbidden | Why::NoSim => String::new(),
        _ => say!("net-try-again"),
    };
    buttons(ui, "", |ui| {
        if !label.is_empty() && button(ui, None, &label, Weight::Plain).clicked() {
            helps(entry, why, state, scene);
        }
        if icon_button(ui, Icon::Close, &say!("popup-close")).clicked() {
            scene.commands.push(Command::Dismiss);
        }
    });
}

fn helps(entry: &Entry, why: Why, state: &mut State, scene: &mut Scene<'_>) {
    match (&entry.key, why) {
        (RowKey::Network(key), why) if why.asks_for_password() => {
            let security = entry.network.as_ref().map_or(Security::Wpa, |n| n.security);
            let form = secret_form(entry, security, key.family, scene);
            state.open_form(entry, form);
            state.refocus_form();
        }
        (RowKey::Modem(id), Why::SimPin | Why::SimPuk | Why::WrongPin) => {
            state.turn_to(Page::Modem(id.clone()));
            state.focus = Some(Focus::Unlock);
        }
        (RowKey::Modem(id), Why::WrongApn) => state.turn_to(Page::Modem(id.clone())),
        _ => {
            // What was typed is tried again, not asked for again.
            let typed = match state.open.as_ref().filter(|open| open.key == entry.key) {
                Some(Open {
                    form: Form::Password(form),
                    ..
                }) => Some(Credentials::Password(form.secret())),
                Some(Open {
                    form: Form::Enterprise(form),
                    ..
                }) => Some(Credentials::Enterprise(form.credentials())),
                _ => None,
            };
            state.list.acted_at = Some(scene.secs);
            match typed {
                Some(credentials) => act::try_with(entry, credentials, scene),
                None => act::connect(entry, state, scene),
            }
        }
    }
}

/// Words that wrap, with an icon before them where they warn.
pub fn note(ui: &mut Ui, words: &str, tint: Color32) {
    let font = FontId::proportional(size::BODY);
    let width = ui.available_width() - 20.0;
    let galley = paragraph(ui, words, font, tint, width);
    let wanted = Vec2::new(ui.available_width(), galley.size().y.max(18.0));
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    let centre = Pos2::new(rect.left() + 7.0, rect.top() + 9.0);
    icons::paint(ui.painter(), Icon::Error, centre, 12.0, tint);
    let at = Pos2::new(rect.left() + 20.0, rect.top());
    put(ui.painter(), galley, at, Align2::LEFT_TOP);
}

/// A line with a hint at the left and buttons at the right; where both have no room, two lines.
pub fn buttons(ui: &mut Ui, hint: &str, add: impl FnOnce(&mut Ui)) {
    let theme = crate::popup::theme::Theme::of(ui.ctx());
    let width = ui.available_width();
    let left = ui.cursor().left_top() + Vec2::new(0.0, 14.0);
    let layout = Layout::right_to_left(Align::Center);
    let drawn = ui.allocate_ui_with_layout(Vec2::new(width, 28.0), layout, |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        add(ui);
        ui.cursor().right()
    });
    if !hint.is_empty() {
        let font = FontId::proportional(size::SMALL);
        let room = drawn.inner - left.x - space::S;
        let mut galley = paragraph(ui, hint, font.clone(), theme.dim, room);
        let place = if galley.rows.len() > 2 {
            // Beside the buttons it would reach into what is above.
            galley = paragraph(ui, hint, font, theme.dim, width);
            let wanted = Vec2::new(width, galley.size().y);
            let (below, _) = ui.allocate_exact_size(wanted, egui::Sense::hover());
            put(ui.painter(), galley, below.left_top(), Align2::LEFT_TOP)
        } else {
            put(ui.painter(), galley, left, Align2::LEFT_CENTER)
        };
        ui.interact(place, ui.scope_id().with("hint"), Sense::hover())
            .widget_info(|| WidgetInfo::labeled(Role::Label, true, hint));
    }
}

/// Says above the list what went wrong with scanning and the radios; returns its height.
pub fn scan_failure(ui: &mut Ui, rect: Rect, scene: &mut Scene<'_>) -> f32 {
    let sentence = scene.failure(&About::Scan).or(scene.failure(&About::Radio));
    let Some(sentence) = sentence else {
        return 0.0;
    };
    let mut part = crate::popup::controls::part(ui, "failure", rect);
    let drawn = banner::draw(&mut part, Icon::Warning, Tone::Warn, &sentence, None, true);
    if drawn.closed {
        scene.commands.push(Command::Dismiss);
    }
    drawn.height
}

impl State {
    fn refocus_form(&mut self) {
        let enterprise = matches!(
            self.open.as_ref().map(|open| &open.form),
            Some(Form::Enterprise(_))
        );
        self.focus = Some(if enterprise {
            Focus::Identity
        } else {
            Focus::Password
        });
    }
}
