//! The header: how many are unread, and how the modem, its network and the SIM are.

use egui::{Align2, CornerRadius, FontId, Pos2, Rect, Role, Sense, Ui, Vec2, WidgetInfo};

use super::{Scene, State, words};
use crate::popup::controls::{icon_button_in, one_line, put};
use crate::popup::icons::{self, Icon};
use crate::popup::signal;
use crate::popup::theme::{self, size, space};
use crate::say;
use crate::sms::snapshot::{Lock, Modem, ModemState, Registration, Waiting};

const HEIGHT: f32 = 44.0;

/// `3 unread`, `No unread`.
pub fn unread_words(unread: u32) -> String {
    say!("sms-unread", unread = unread)
}

/// Draws the header and returns its height.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) -> f32 {
    let theme = scene.theme;
    let rect = Rect::from_min_size(ui.max_rect().min, Vec2::new(ui.max_rect().width(), HEIGHT));
    ui.painter().rect_filled(rect, 0, theme.raised);
    let line = egui::Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
    let middle = rect.center().y;

    let mut left = rect.left() + space::L;
    let summary = &scene.snapshot.summary;
    let tint = if summary.unread > 0 {
        theme.accent_text
    } else {
        theme.dim
    };
    icons::paint(
        ui.painter(),
        Icon::Messages,
        Pos2::new(left + 8.0, middle),
        16.0,
        tint,
    );
    left += 16.0 + space::S;

    let mut right = rect.right() - space::S;
    if button(ui, &mut right, middle, Icon::Keys, &say!("sms-keys")) {
        state.keys_shown = !state.keys_shown;
    }
    if button(
        ui,
        &mut right,
        middle,
        Icon::NewMessage,
        &say!("sms-new-message-key"),
    ) {
        state.new_message(scene);
    }
    if button(ui, &mut right, middle, Icon::Dial, &say!("sms-dial-key")) {
        super::dialogue::open(state);
    }
    right -= space::S;

    let words = unread_words(summary.unread);
    let font = FontId::new(size::TITLE, theme::bold());
    let title = one_line(ui, &words, font, theme.text, right - left);
    let mut room = right - left - title.size().x - space::L;
    let title = put(
        ui.painter(),
        title,
        Pos2::new(left, middle),
        Align2::LEFT_CENTER,
    );
    name(ui, title, "unread", &words);
    room -= waiting(
        ui,
        &summary.waiting,
        title.right() + space::M,
        middle,
        scene,
    );
    let gauge = gauge(ui, &summary.modem, right, middle, room, scene);
    if scene.no_store() {
        // The modem is not asked before its messages can be kept.
        return HEIGHT;
    }
    network(
        ui,
        &summary.modem,
        right - gauge,
        middle,
        room - gauge,
        scene,
    );
    HEIGHT
}

/// Voice mail and the like, where it waits; returns the width that it took.
fn waiting(ui: &Ui, all: &[Waiting], left: f32, middle: f32, scene: &Scene<'_>) -> f32 {
    let Some(first) = all.first() else {
        return 0.0;
    };
    let tint = scene.theme.accent_text;
    let icon = Icon::VoiceMail;
    icons::paint(
        ui.painter(),
        icon,
        Pos2::new(left + 8.0, middle),
        16.0,
        tint,
    );
    let mut place = Rect::from_min_size(Pos2::new(left, middle - 10.0), Vec2::new(16.0, 20.0));
    if let Some(count) = first.count.filter(|count| *count > 0) {
        let font = FontId::proportional(size::SMALL);
        let text = one_line(ui, &count.to_string(), font, tint, 30.0);
        let at = Pos2::new(place.right() + 4.0, middle);
        place = place.union(put(ui.painter(), text, at, Align2::LEFT_CENTER));
    }
    let words: Vec<String> = all.iter().map(|&what| words::waiting(what)).collect();
    let words = say!("sms-waiting", what = words.join(", "));
    name(ui, place, "waiting", &words).on_hover_text(&words);
    place.width() + space::M
}

fn button(ui: &Ui, right: &mut f32, middle: f32, icon: Icon, label: &str) -> bool {
    let centre = Pos2::new(*right - 14.0, middle);
    let rect = Rect::from_center_size(centre, Vec2::splat(28.0));
    *right -= 28.0 + space::XS;
    icon_button_in(ui, rect, ui.scope_id().with(label), icon, label).clicked()
}

/// Gives painted words a name that assistive technology finds, and a tooltip where it says more.
fn name(ui: &Ui, rect: Rect, salt: &str, words: &str) -> egui::Response {
    let response = ui.interact(rect, ui.scope_id().with(salt), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    response
}

/// The SIM's storage: a bar and numbers; returns the width that it took, 0 without room.
fn gauge(ui: &Ui, modem: &Modem, right: f32, middle: f32, room: f32, scene: &Scene<'_>) -> f32 {
    let (Some(used), Some(capacity @ 1..)) = (modem.sim_used, modem.sim_capacity) else {
        return 0.0;
    };
    let theme = scene.theme;
    let share = (used as f32 / capacity as f32).clamp(0.0, 1.0);
    let (tint, words) = if used >= capacity {
        (
            theme.error,
            say!("sms-sim-full", used = used, capacity = capacity),
        )
    } else if share >= 0.9 {
        (
            theme.warn,
            say!("sms-sim-nearly-full", used = used, capacity = capacity),
        )
    } else {
        (
            theme.dim,
            say!("sms-sim-holds", used = used, capacity = capacity),
        )
    };
    let text = format!("{used}/{capacity}");
    let text = one_line(ui, &text, FontId::proportional(size::SMALL), tint, 90.0);
    const BAR: f32 = 36.0;
    let width = 14.0 + 4.0 + BAR + 6.0 + text.size().x;
    if width + 90.0 > room {
        return 0.0;
    }
    let at = Rect::from_min_max(
        Pos2::new(right - width, middle - 12.0),
        Pos2::new(right, middle + 12.0),
    );
    icons::paint(
        ui.painter(),
        Icon::Sim,
        Pos2::new(at.left() + 6.0, middle),
        12.0,
        tint,
    );
    let bar = Rect::from_min_size(
        Pos2::new(at.left() + 18.0, middle - 3.0),
        Vec2::new(BAR, 6.0),
    );
    ui.painter()
        .rect_filled(bar, CornerRadius::same(3), theme.hover);
    let mut full = bar;
    full.set_width((BAR * share).max(3.0));
    ui.painter().rect_filled(full, CornerRadius::same(3), tint);
    put(
        ui.painter(),
        text,
        Pos2::new(right, middle),
        Align2::RIGHT_CENTER,
    );
    name(ui, at, "sim", &words).on_hover_text(&words);
    width + space::L
}

/// Operator and signal, or in a few words what the modem lacks.
fn network(ui: &Ui, modem: &Modem, right: f32, middle: f32, room: f32, scene: &Scene<'_>) {
    let theme = scene.theme;
    let ready = modem.state == ModemState::Ready;
    let registration = match modem.registration {
        Some(Registration::Denied) => Some(say!("sms-network-denied")),
        Some(Registration::Searching) => Some(say!("sms-network-searching")),
        Some(Registration::None) => Some(say!("sms-network-none")),
        _ => None,
    };
    let (icon, short, tint) = match &modem.state {
        ModemState::Unconfigured | ModemState::Absent => {
            (Icon::NoModem, say!("sms-modem-none"), theme.dim)
        }
        ModemState::Busy { .. } => (Icon::Busy, say!("sms-modem-busy"), theme.warn),
        ModemState::Starting => (Icon::Waiting, say!("sms-modem-starting"), theme.dim),
        ModemState::Restarting => (Icon::Waiting, say!("sms-modem-restarting"), theme.warn),
        ModemState::Locked(Lock::NoSim) => (Icon::Sim, say!("sms-modem-no-sim"), theme.warn),
        ModemState::Locked(_) => (Icon::Lock, say!("sms-modem-locked"), theme.warn),
        ModemState::Ready => match (registration, &modem.operator) {
            (None, Some(operator)) => (Icon::Mobile, operator.clone(), theme.text),
            (None, None) => (Icon::Warning, say!("sms-network-none"), theme.text),
            (Some(words), _) => (Icon::Warning, words, theme.text),
        },
        ModemState::Failed(_) => (Icon::Error, say!("sms-modem-failed"), theme.error),
    };
    let strength = modem.signal_percent.filter(|_| ready);
    let percent = strength.map(|percent| say!("popup-percent", percent = percent));
    let small = FontId::proportional(size::SMALL);
    let mut end = right;
    if let (Some(percent), Some(strength)) = (&percent, strength)
        && room > 120.0
    {
        let text = one_line(ui, percent, small.clone(), theme.dim, 48.0);
        end = put(
            ui.painter(),
            text,
            Pos2::new(end, middle),
            Align2::RIGHT_CENTER,
        )
        .left()
            - 6.0;
        signal::bars(
            ui.painter(),
            Pos2::new(end - 9.0, middle),
            Some(strength),
            theme.text,
            theme.line,
        );
        end -= 18.0 + 6.0;
    }
    let text = one_line(ui, &short, small, tint, (room - (right - end)).max(0.0));
    let place = if text.elided && room >= 18.0 {
        // Half a word says less than bars or an icon, whose tool tip has all of it.
        let left = if end < right { end } else { right - 18.0 };
        let place = Rect::from_min_max(
            Pos2::new(left, middle - 8.0),
            Pos2::new(right, middle + 8.0),
        );
        match strength {
            Some(_) if end < right => {}
            Some(_) => {
                let centre = place.center();
                signal::bars(ui.painter(), centre, strength, theme.text, theme.line);
            }
            None => icons::paint(ui.painter(), icon, place.center(), 16.0, tint),
        }
        place
    } else {
        put(
            ui.painter(),
            text,
            Pos2::new(end, middle),
            Align2::RIGHT_CENTER,
        )
    };
    let words = match strength {
        Some(percent) => say!("sms-network-signal", network = short, percent = percent),
        None => short,
    };
    name(ui, place.with_max_x(right), "network", &words).on_hover_text(&words);
}
