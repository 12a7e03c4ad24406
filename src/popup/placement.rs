//! Where a popup's window goes: near the pointer, on its monitor, clear of bars.
//!
//! All figures are physical pixels of the root window. [`x11`] asks the server for them.

pub mod x11;

/// A rectangle of whole pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// Where a window of this size goes: below the pointer in the upper half of `work`, above it in
/// the lower; made smaller only where it would not fit.
#[must_use]
pub fn place(pointer: (i32, i32), work: Area, (width, height): (i32, i32)) -> Area {
    let width = width.min(work.width - 2 * GAP).max(1);
    let height = height.min(work.height - 2 * GAP).max(1);
    let clamp = |v: i32, low: i32, high: i32| v.min(high).max(low);
    let x = clamp(
        pointer.0 - width / 2,
        work.x + GAP,
        work.right() - GAP - width,
    );
    let below = pointer.1 < work.y + work.height / 2;
    let y = if below {
        pointer.1 + 2 * GAP
    } else {
        pointer.1 - 2 * GAP - height
    };
    let y = clamp(y, work.y + GAP, work.bottom() - GAP - height);
    Area {
        x,
        y,
        width,
        height,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: Area = Area {
        x: 0,
        y: 0,
        width: 3200,
        height: 1200,
    };
    const LEFT: Area = Area {
        x: 0,
        y: 0,
        width: 1280,
        height: 800,
    };
    const RIGHT: Area = Area {
        x: 1280,
        y: 0,
        width: 1920,
        height: 1200,
    };

    fn top_bar(height: i32, from: i32, to: i32) -> Strut {
        let none = (0, 0);
        Strut {
            edges: [0, 0, height, 0],
            spans: [none, none, (from, to), none],
        }
    }

    #[test]
    fn a_click_on_the_bar_opens_the_popup_below_it() {
        let work = work_area((1200, 10), &[LEFT, RIGHT], ROOT, &[top_bar(24, 0, 1279)]);
        assert_eq!(
            work,
            Area {
                x: 0,
                y: 24,
                width: 1280,
                height: 776
            }
        );
        let at = place((1200, 10), work, (720, 520));
        assert_eq!(
            at,
            Area {
                x: 1280 - 4 - 720,
                y: 28,
                width: 720,
                height: 520
            }
        );
    }

    #[test]
    fn a_bar_at_the_bottom_is_kept_clear_on_its_own_monitor_only() {
        let none = (0, 0);
        // A bar at the foot of the left monitor, whose foot is 400 pixels above the root's.
        let bar = Strut {
            edges: [0, 0, 0, 430],
            spans: [none, none, none, (0, 1279)],
        };
        let left = work_area((640, 790), &[LEFT, RIGHT], ROOT, &[bar]);
        assert_eq!(left.height, 770);
        assert_eq!(place((640, 790), left, (720, 520)).y, 770 - 4 - 520);
        assert_eq!(work_area((2000, 600), &[LEFT, RIGHT], ROOT, &[bar]), RIGHT);
    }

    #[test]
    fn a_popup_larger_than_the_monitor_is_made_to_fit() {
        let small = Area {
            x: 0,
            y: 0,
            width: 640,
            height: 480,
        };
        let at = place((0, 0), small, (1440, 1040));
        assert_eq!(
            at,
            Area {
                x: 4,
                y: 4,
                width: 632,
                height: 472
            }
        );
    }

    #[test]
    fn a_pointer_between_monitors_belongs_to_the_nearest() {
        assert_eq!(work_area((100, 900), &[LEFT, RIGHT], ROOT, &[]), LEFT);
        assert_eq!(work_area((5, 5), &[], ROOT, &[]), ROOT);
    }

    #[test]
    fn a_strut_that_would_take_most_of_the_screen_is_not_believed() {
        assert_eq!(
            work_area((5, 5), &[LEFT], LEFT, &[top_bar(700, 0, 1279)]),
            LEFT
        );
    }
}
