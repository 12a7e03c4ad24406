//! Where a popup's window goes: near the pointer, at the bar or in the middle, on the right monitor,
//! clear of bars.
//!
//! What a bar keeps is told by the bar itself (`_NET_WM_STRUT_PARTIAL`). `_NET_WORKAREA` is not
//! asked: xmonad does not set it, and others set one rectangle for all monitors.
//!
//! All figures are physical pixels of the root window. [`x11`] asks the server for them.

use crate::arguments::At;

pub mod x11;

/// A rectangle of whole pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

impl Area {
    fn right(self) -> i32 {
        self.x + self.width
    }

    fn bottom(self) -> i32 {
        self.y + self.height
    }

    fn contains(self, (x, y): (i32, i32)) -> bool {
        (self.x..self.right()).contains(&x) && (self.y..self.bottom()).contains(&y)
    }

    fn distance(self, (x, y): (i32, i32)) -> i64 {
        let beyond = |v: i32, low: i32, high: i32| i64::from((low - v).max(v - high + 1).max(0));
        beyond(x, self.x, self.right()) + beyond(y, self.y, self.bottom())
    }
}

/// The edge of the screen that a bar keeps for itself (EWMH, `_NET_WM_STRUT_PARTIAL`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strut {
    /// Pixels kept at the left, right, top and bottom of the root window.
    pub edges: [i32; 4],
    /// First and last pixel along each edge, in the same order.
    pub spans: [(i32, i32); 4],
}

/// Space between the popup and what is around it.
const GAP: i32 = 4;

/// The monitor that the pointer is on, without what bars keep of it.
#[must_use]
pub fn work_area(pointer: (i32, i32), monitors: &[Area], root: Area, struts: &[Strut]) -> Area {
    let monitor = monitors
        .iter()
        .copied()
        .find(|monitor| monitor.contains(pointer))
        .or_else(|| {
            monitors
                .iter()
                .copied()
                .min_by_key(|monitor| monitor.distance(pointer))
        })
        .unwrap_or(root);
    let (mut left, mut right) = (monitor.x, monitor.right());
    let (mut top, mut bottom) = (monitor.y, monitor.bottom());
    for strut in struts {
        let [at_left, at_right, at_top, at_bottom] = strut.edges;
        let touches = |(first, last): (i32, i32), low: i32, high: i32| first < high && last >= low;
        let [rows_left, rows_right, columns_top, columns_bottom] = strut.spans;
        // A strut is measured from the root's edge: it concerns this monitor only where it
        // reaches into it, and never takes more than half of it.
        let (middle_x, middle_y) = (
            monitor.x + monitor.width / 2,
            monitor.y + monitor.height / 2,
        );
        if at_left > left && at_left <= middle_x && touches(rows_left, monitor.y, monitor.bottom())
        {
            left = at_left;
        }
        let edge = root.right() - at_right;
        if at_right > 0
            && (middle_x..right).contains(&edge)
            && touches(rows_right, monitor.y, monitor.bottom())
        {
            right = edge;
        }
        if at_top > top && at_top <= middle_y && touches(columns_top, monitor.x, monitor.right()) {
            top = at_top;
        }
        let edge = root.bottom() - at_bottom;
        if at_bottom > 0
            && (middle_y..bottom).contains(&edge)
            && touches(columns_bottom, monitor.x, monitor.right())
        {
            bottom = edge;
        }
    }
    Area {
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
    }
}

/// What a place is chosen by.
#[derive(Debug, Clone)]
pub struct Scene {
    /// Where the pointer is.
    pub pointer: (i32, i32),
    /// The middle of the window that has the keyboard, if one has.
    pub focus: Option<(i32, i32)>,
    /// Every monitor.
    pub monitors: Vec<Area>,
    /// The whole root window.
    pub root: Area,
    /// What bars keep.
    pub struts: Vec<Strut>,
}

impl Scene {
    /// Where a window of this size goes, made smaller only where it would not fit.
    #[must_use]
    pub fn place(&self, at: At, size: (i32, i32)) -> Area {
        let work = |point| work_area(point, &self.monitors, self.root, &self.struts);
        let pointed = work(self.pointer);
        if at == At::Pointer {
            return place(self.pointer, pointed, size);
        }
        // A click on a bar says which screen is meant; a key means the one that is typed on.
        let on_bar = !pointed.contains(self.pointer);
        let here = self.focus.filter(|_| !on_bar).unwrap_or(self.pointer);
        let work = work(here);
        if at == At::Center {
            let middle = |start, whole: i32, part: i32| start + (whole - part.min(whole)) / 2;
            return within(
                work,
                size,
                middle(work.x, work.width, size.0),
                middle(work.y, work.height, size.1),
            );
        }
        let monitor = work_area(here, &self.monitors, self.root, &[]);
        let (width, height) = size;
        // Under the field that is pointed at, or at the end of the bar, where fields are.
        let along = if on_bar {
            self.pointer.0 - width / 2
        } else {
            i32::MAX
        };
        let kept = [
            work.y - monitor.y,
            monitor.bottom() - work.bottom(),
            work.x - monitor.x,
            monitor.right() - work.right(),
        ];
        let [top, bottom, left, right] = kept;
        let below_middle = here.1 > monitor.y + monitor.height / 2;
        if top > 0 && (bottom == 0 || !(on_bar && below_middle)) {
            within(work, size, along, work.y)
        } else if bottom > 0 {
            within(work, size, along, i32::MAX)
        } else if left > 0 || right > 0 {
            let x = if left > 0 { i32::MIN } else { i32::MAX };
            let y = if on_bar {
                self.pointer.1 - height / 2
            } else {
                work.y
            };
            within(work, size, x, y)
        } else {
            // A bar that keeps nothing, at the edge that is nearer.
            let y = if below_middle { i32::MAX } else { work.y };
            within(work, size, self.pointer.0 - width / 2, y)
        }
    }
}

/// Below the pointer in the upper half of `work`, above it in the lower.
fn place(pointer: (i32, i32), work: Area, (width, height): (i32, i32)) -> Area {
    let below = pointer.1 < work.y + work.height / 2;
    let y = if below {
        pointer.1 + 2 * GAP
    } else {
        pointer.1 - 2 * GAP - height.min(work.height - 2 * GAP)
    };
    within(work, (width, height), pointer.0 - width / 2, y)
}

/// The window in `work` that is nearest to this corner.
fn within(work: Area, (width, height): (i32, i32), x: i32, y: i32) -> Area {
    let width = width.min(work.width - 2 * GAP).max(1);
    let height = height.min(work.height - 2 * GAP).max(1);
    let clamp = |v: i32, low: i32, high: i32| v.min(high).max(low);
    Area {
        x: clamp(x, work.x + GAP, work.right() - GAP - width),
        y: clamp(y, work.y + GAP, work.bottom() - GAP - height),
        width,
        height,
    }
}

#[cfg(test)]
mod tests;
