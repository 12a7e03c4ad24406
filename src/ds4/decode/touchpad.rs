//! Fingers on the touchpad, and its click (multi-touch protocol B:
//! Documentation/input/multi-touch-protocol.rst).

use super::{Axis, Belief, Event, Said, code};
use crate::ds4::controls::Finger;

/// A slot of the multi-touch protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Slot {
    /// `ABS_MT_TRACKING_ID`: below 0 while no finger is there.
    pub id: i32,
    /// `ABS_MT_POSITION_X`.
    pub x: i32,
    /// `ABS_MT_POSITION_Y`.
    pub y: i32,
}

/// The touchpad's event device.
#[derive(Debug, Clone, Default)]
pub struct Touchpad {
    belief: Belief,
    x: Axis,
    y: Axis,
    slots: [Slot; 2],
    current: usize,
    pressed: bool,
    whole: Option<([Option<Finger>; 2], bool)>,
}

impl Touchpad {
    /// Takes over the whole state: an axis by its code, the slots (`EVIOCGMTSLOTS`), whether it
    /// is pressed.
    pub fn seed(&mut self, axis: impl Fn(u16) -> Axis, slots: [Slot; 2], pressed: bool) {
        self.x = axis(code::ABS_MT_POSITION_X);
        self.y = axis(code::ABS_MT_POSITION_Y);
        self.current = usize::try_from(axis(code::ABS_MT_SLOT).value).unwrap_or(usize::MAX);
        self.slots = slots;
        self.pressed = pressed;
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

    /// The fingers and whether the touchpad is pressed, as of the last whole report.
    #[must_use]
    pub fn touch(&self) -> Option<([Option<Finger>; 2], bool)> {
        self.whole
    }

    /// Width over height.
    #[must_use]
    pub fn ratio(&self) -> Option<f32> {
        let span = |axis: &Axis| f64::from(axis.max) - f64::from(axis.min);
        let (width, height) = (span(&self.x), span(&self.y));
        (width > 0.0 && height > 0.0).then(|| (width / height) as f32)
    }

    fn take(&mut self, event: &Event) {
        match (event.kind, event.code) {
            (code::EV_KEY, code::BTN_LEFT) => self.pressed = event.value != 0,
            (code::EV_ABS, code::ABS_MT_SLOT) => {
                self.current = usize::try_from(event.value).unwrap_or(usize::MAX);
            }
            (code::EV_ABS, what) => {
                // Fingers beyond the second are none of ours.
                let Some(slot) = self.slots.get_mut(self.current) else {
                    return;
                };
                match what {
                    code::ABS_MT_TRACKING_ID => slot.id = event.value,
                    code::ABS_MT_POSITION_X => slot.x = event.value,
                    code::ABS_MT_POSITION_Y => slot.y = event.value,
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn finish(&mut self) {
        let share = |axis: &Axis, value: i32| Axis { value, ..*axis }.share();
        let fingers = self.slots.map(|slot| {
            let id = u32::try_from(slot.id).ok()?;
            Some(Finger {
                x: share(&self.x, slot.x),
                y: share(&self.y, slot.y),
                id,
            })
        });
        self.whole = Some((fingers, self.pressed));
    }
}
