//! Sticks, triggers, buttons and the directional pad.

use super::{Axis, Belief, Event, Said, code};
use crate::ds4::controls::{Button, Controls, Dpad, Stick, Trigger};

/// The codes of the axes, in the order of [`Gamepad::axes`].
pub const AXES: [u16; 8] = [
    code::ABS_X,
    code::ABS_Y,
    code::ABS_RX,
    code::ABS_RY,
    code::ABS_Z,
    code::ABS_RZ,
    code::ABS_HAT0X,
    code::ABS_HAT0Y,
];

/// The buttons with their codes.
pub const BUTTONS: [(u16, Button); 13] = [
    (code::BTN_SOUTH, Button::Cross),
    (code::BTN_EAST, Button::Circle),
    (code::BTN_WEST, Button::Square),
    (code::BTN_NORTH, Button::Triangle),
    (code::BTN_TL, Button::L1),
    (code::BTN_TR, Button::R1),
    (code::BTN_TL2, Button::L2),
    (code::BTN_TR2, Button::R2),
    (code::BTN_THUMBL, Button::L3),
    (code::BTN_THUMBR, Button::R3),
    (code::BTN_SELECT, Button::Share),
    (code::BTN_START, Button::Options),
    (code::BTN_MODE, Button::Ps),
];

/// The gamepad's event device.
#[derive(Debug, Clone, Default)]
pub struct Gamepad {
    belief: Belief,
    axes: [Axis; 8],
    next: Controls,
    whole: Option<Controls>,
}

impl Gamepad {
    /// Takes over the whole state: an axis by its code (`EVIOCGABS`), whether a button is down
    /// (`EVIOCGKEY`).
    pub fn seed(&mut self, axis: impl Fn(u16) -> Axis, is_down: impl Fn(u16) -> bool) {
        self.axes = AXES.map(axis);
        self.next = Controls::default();
        for (code, button) in BUTTONS {
            self.next.buttons.set(button, is_down(code));
        }
        self.belief = Belief::All;
        self.finish();
    }

    /// Takes in an event.
    pub fn feed(&mut self, event: &Event) -> Said {
        match self.belief.judge(event) {
            Ok(()) => {
                self.take(event);
                Said::Nothing
            }
            Err(Said::Report) => {
                self.finish();
                Said::Report
            }
            Err(said) => {
                self.whole = None;
                said
            }
        }
    }

    /// The last whole report; `None` while nothing is believed. Fingers are not in it.
    #[must_use]
    pub fn controls(&self) -> Option<&Controls> {
        self.whole.as_ref()
    }

    fn take(&mut self, event: &Event) {
        if event.kind == code::EV_ABS {
            let at = AXES.iter().position(|code| *code == event.code);
            if let Some(axis) = at.and_then(|at| self.axes.get_mut(at)) {
                axis.value = event.value;
            }
        } else if event.kind == code::EV_KEY {
            let button = BUTTONS.iter().find(|(code, _)| *code == event.code);
            if let Some((_, button)) = button {
                self.next.buttons.set(*button, event.value != 0);
            }
        }
    }

    fn finish(&mut self) {
        let [x, y, rx, ry, z, rz, hat_x, hat_y] = &self.axes;
        let stick = |x: &Axis, y: &Axis| Stick {
            x: x.deflection(),
            y: y.deflection(),
            flat: x.flat_share().max(y.flat_share()),
        };
        let trigger = |axis: &Axis, pressed| Trigger {
            value: axis.share(),
            pressed,
        };
        let buttons = self.next.buttons;
        self.whole = Some(Controls {
            left: stick(x, y),
            right: stick(rx, ry),
            l2: trigger(z, buttons.contains(Button::L2)),
            r2: trigger(rz, buttons.contains(Button::R2)),
            dpad: Dpad {
                x: hat_x.value.signum() as i8,
                y: hat_y.value.signum() as i8,
            },
            ..self.next
        });
    }
}
