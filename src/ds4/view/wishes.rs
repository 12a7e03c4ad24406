//! What the window wants by itself, and what its keys and buttons ask of a pad.

use std::time::Duration;

use super::{Page, Scene, State};
use crate::ds4::command::{Command, Rumble};
use crate::ds4::snapshot::{Pad, Part};

/// How long the motors are tried for.
const RUMBLE: Duration = Duration::from_millis(400);

/// The touchpads for us alone, so that a finger does not move the mouse as well.
pub fn of_the_window(state: &mut State, scene: &mut Scene<'_>) {
    let pads = &scene.snapshot.pads;
    state
        .asked_touchpad
        .retain(|id| pads.iter().any(|pad| pad.id == *id));
    for pad in pads {
        let can = pad.access.allows(Part::Touchpad) && pad.touchpad_ratio.is_some();
        let wanted = can && !pad.touchpad_held && !state.mouse.contains(&pad.id);
        if wanted && state.asked_touchpad.insert(pad.id.clone()) {
            scene
                .commands
                .push(Command::HoldTouchpad(pad.id.clone(), true));
        }
    }
}

/// Gives the touchpad to the mouse, or takes it back.
pub fn flip_mouse(pad: &Pad, state: &mut State, scene: &mut Scene<'_>) {
    let hold = state.mouse.remove(&pad.id);
    if !hold {
        state.mouse.insert(pad.id.clone());
        state.asked_touchpad.remove(&pad.id);
    }
    scene
        .commands
        .push(Command::HoldTouchpad(pad.id.clone(), hold));
    if hold {
        state.asked_touchpad.insert(pad.id.clone());
    }
}

/// Whether the motors can be tried.
pub fn can_rumble(pad: &Pad) -> bool {
    pad.access.allows(Part::Rumble)
}

/// Runs the strong motor, or the weak one, for a moment.
pub fn rumble(pad: &Pad, is_strong: bool, scene: &mut Scene<'_>) {
    if can_rumble(pad) {
        let (strong, weak) = if is_strong { (1.0, 0.0) } else { (0.0, 1.0) };
        let rumble = Rumble { strong, weak };
        scene
            .commands
            .push(Command::Rumble(pad.id.clone(), rumble, RUMBLE));
    }
}

/// Finds the drift anew.
pub fn calibrate(pad: &Pad, state: &mut State, scene: &mut Scene<'_>) {
    if pad.motion.is_some() {
        scene.commands.push(Command::Calibrate(pad.id.clone()));
        // What is to be done is said there.
        state.page = Page::Motion;
    }
}

/// Takes the heading of now as straight ahead, and the cube back into the middle.
pub fn recentre(pad: &Pad, state: &mut State, scene: &mut Scene<'_>) {
    state.cube.centre();
    if pad.motion.is_some() {
        scene.commands.push(Command::Recentre(pad.id.clone()));
    }
}

/// Begins the outlines of the sticks anew.
pub fn forget_reach(pad: &Pad, scene: &mut Scene<'_>) {
    scene
        .commands
        .push(Command::ForgetCircularity(pad.id.clone()));
}

/// Turns to the next pad, or to the one before.
pub fn next_pad(forward: bool, state: &mut State, scene: &Scene<'_>) {
    let pads = &scene.snapshot.pads;
    let Some(at) = pads.iter().position(|pad| scene.is_shown(pad)) else {
        return;
    };
    let step = if forward {
        1
    } else {
        pads.len().saturating_sub(1)
    };
    if let Some(pad) = pads.get((at + step) % pads.len().max(1)) {
        state.show(pad.id.clone());
    }
}
