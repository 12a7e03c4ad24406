//! The first page: the sky, the signals, and the numbers that matter most.

use egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, Vec2};

use super::{Scene, State, bars, dome, fact, tiles, words};
use crate::gnss::snapshot::State as Standing;
use crate::popup::theme::space;

/// From this width on the sky has the signals beside it.
const WIDE: f32 = 500.0;

/// Draws the page into a width of `room`; it is no lower than what it needs.
pub fn ui(ui: &mut Ui, room: Vec2, state: &mut State, scene: &mut Scene<'_>) {
    let snapshot = scene.snapshot;
    let sky = snapshot.sky(scene.now, state.setup.limits);
    let some = sky.filter(|sky| !sky.satellites.is_empty());
    ui.spacing_mut().item_spacing.y = space::S;
    if room.x < WIDE {
        facts(ui, room.x, state, scene);
        let size = Vec2::new(room.x, room.x.min(320.0));
        dome::ui(ui, size, sky, state, scene);
        dome::foot(ui, room.x, sky, state, scene);
        if let Some(sky) = some {
            let height = bars::height(ui, room.x, sky, 120.0);
            bars::ui(ui, Vec2::new(room.x, height), sky, state, scene);
        }
        return;
    }
    // Also where a notice takes some of the window, so that the foot stays in sight.
    let height = (room.y - dome::FOOT - space::S).max(180.0);
    let left = height.min(room.x * 0.5);
    let right = room.x - left - space::L;
    let (place, _) = ui.allocate_exact_size(Vec2::new(room.x, height), Sense::hover());
    let layout = Layout::top_down(Align::Min);
    let column = |at: f32, width: f32, name: &str| {
        let at = place.min + Vec2::new(at, 0.0);
        let rect = Rect::from_min_size(at, Vec2::new(width, height));
        UiBuilder::new().id_salt(name).max_rect(rect).layout(layout)
    };
    // Whatever they hold, the foot is below both.
    let mut one = ui.new_child(column(0.0, left, "sky"));
    dome::ui(&mut one, Vec2::new(left, height), sky, state, scene);
    let mut other = ui.new_child(column(left + space::L, right, "facts"));
    facts(&mut other, right, state, scene);
    if let Some(sky) = some {
        let used = other.min_rect().height() + space::S;
        let rest = Vec2::new(right, (height - used).max(80.0));
        bars::ui(&mut other, rest, sky, state, scene);
    }
    dome::foot(ui, room.x, sky, state, scene);
}

/// The numbers, or what is waited for while there was no fix.
fn facts(ui: &mut Ui, width: f32, state: &State, scene: &mut Scene<'_>) {
    match scene.standing {
        Standing::Searching { since } if scene.snapshot.fix.is_none() => {
            let waited = scene.now.since(since);
            fact::sentence(ui, &words::advice(scene.snapshot, waited), width);
        }
        _ => tiles::ui(ui, width, state, scene),
    }
}
