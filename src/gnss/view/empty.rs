//! What is said where there is nothing to be seen: an icon, one sentence, one action.

use egui::{Align, Layout, Rect, Ui, UiBuilder};

use super::{Focus, Over, Scene, State, words};
use crate::gnss::command::Command;
use crate::gnss::snapshot::{Link, State as Standing};
use crate::popup::controls::{Weight, button};
use crate::popup::icons::Icon;
use crate::popup::states::say;
use crate::popup::theme::space;
use crate::say;

/// Where there was no fix yet and no sky is to be seen: says why instead of the pages.
pub fn whole(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) -> bool {
    let snapshot = scene.snapshot;
    if snapshot.fix.is_some() {
        return false;
    }
    let error = snapshot.error.as_deref().map(words::told);
    let (icon, words, action) = match (scene.standing, error) {
        (Standing::NoSource, None) => (
            Icon::NotThere,
            say!("gnss-nothing-tells"),
            Some(Way::Choose),
        ),
        (Standing::NoSource, Some(error)) => (Icon::NotThere, error, Some(Way::Choose)),
        (_, Some(error)) => (Icon::NotThere, error, Some(Way::Again)),
        (Standing::Connecting, None) => (Icon::Waiting, say!("gnss-waiting-for-source"), None),
        _ if snapshot.link == Link::Ended => {
            (Icon::File, say!("gnss-file-empty"), Some(Way::Choose))
        }
        _ => return false,
    };
    let rect = ui.max_rect();
    let place = say(ui, rect, icon, &words);
    if let Some(way) = action {
        actions(ui, place, way, state, scene);
    }
    true
}

/// What can be done about it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Again,
    Choose,
}

fn actions(ui: &mut Ui, place: Rect, main: Way, state: &mut State, scene: &mut Scene<'_>) {
    let second = match main {
        Way::Again => Way::Choose,
        Way::Choose => Way::Again,
    };
    let width = ui.max_rect().width() - 2.0 * space::M;
    let place = Rect::from_center_size(place.center(), egui::vec2(width, 28.0));
    let layout = Layout::top_down(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout), |ui| {
        for (way, weight) in [(main, Weight::Primary), (second, Weight::Plain)] {
            let (icon, words) = match way {
                Way::Again => (Icon::Retry, say!("gnss-try-again")),
                Way::Choose => (Icon::Satellite, say!("gnss-choose-source")),
            };
            let response = button(ui, Some(icon), &words, weight);
            if weight == Weight::Primary && state.takes_focus_of_empty() {
                response.request_focus();
            }
            if response.clicked() {
                match way {
                    Way::Again => scene.commands.push(Command::Retry),
                    Way::Choose => state.toggle(Over::Sources),
                }
            }
        }
    });
}

impl State {
    /// With no position to copy, the action is what is most likely wanted.
    fn takes_focus_of_empty(&mut self) -> bool {
        self.takes_focus(Focus::Copy) || self.takes_focus(Focus::Action)
    }
}
