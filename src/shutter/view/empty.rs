//! What is said where there is nothing to be seen: an icon, one sentence, one action.

use egui::{Rect, Ui};

use super::header::again_in;
use super::{Scene, State, words};
use crate::popup::icons::Icon;
use crate::popup::states::{offer, say, wait};
use crate::say;
use crate::shutter::cameras::Link;
use crate::shutter::source::Wish;

/// Draws it for a camera that was never heard.
pub fn ui(ui: &mut Ui, index: usize, state: &State, scene: &mut Scene<'_>) {
    let rect = ui.max_rect();
    let cameras = scene.cameras;
    let Some(camera) = cameras.get(index) else {
        return;
    };
    match &camera.link {
        Link::Offline { refused: true, .. } if camera.implied => {
            let (how, again) = (say!("shutter-how"), say!("shutter-look-again"));
            if offer(ui, rect, (Icon::Camera, &how), (Icon::Retry, &again)) {
                scene.wishes.push((index, Wish::Retry));
            }
        }
        Link::Offline { why, again, .. } => {
            let sentence = format!("{} {}", words::why(why), again_in(*again, scene));
            let again = say!("shutter-try-now");
            if offer(ui, rect, (Icon::NotThere, &sentence), (Icon::Retry, &again)) {
                scene.wishes.push((index, Wish::Retry));
            }
        }
        _ => {
            let sentence = say!("shutter-waiting-for", camera = words::said(camera.name()));
            wait(ui, rect, &sentence, state.started.unwrap_or(scene.secs));
        }
    }
}

/// Draws it where no camera is named at all.
pub fn nothing(ui: &mut Ui) {
    let rect: Rect = ui.max_rect();
    say(ui, rect, Icon::Camera, &say!("shutter-how"));
}
