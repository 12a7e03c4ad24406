//! Closing when another window has the keyboard (`close_on_focus_loss`), where that is wanted.
//!
//! The keyboard may be away for a moment only: a window manager grabs it for its own keys. And a
//! click on the bar may take it, to open what is open already: then the start that follows closes
//! the popup, and finds it (see [`crate::instance`]).

use std::time::Duration;

/// So long the keyboard may be away.
const GRACE: Duration = Duration::from_millis(200);

/// What a popup is to do about the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Stay,
    /// Ask again after this time.
    AskAgain(Duration),
    /// Close.
    Leave,
}

/// Whether the popup has the keyboard, over time.
#[derive(Debug, Clone, Copy, Default)]
pub struct Focus {
    closes: bool,
    had: bool,
    lost: Option<Duration>,
}

impl Focus {
    /// A popup that has not had the keyboard yet, and stays without it unless it `closes`.
    #[must_use]
    pub fn new(closes: bool) -> Self {
        Self {
            closes,
            ..Self::default()
        }
    }

    /// Whether it is not decided yet if the keyboard stays away.
    #[must_use]
    pub fn is_away(&self) -> bool {
        self.lost.is_some()
    }

    /// What is to be done at this moment of any clock.
    pub fn at(&mut self, now: Duration, focused: bool) -> Verdict {
        if focused {
            self.had = true;
            self.lost = None;
        }
        if focused || !self.closes || !self.had {
            return Verdict::Stay;
        }
        let left = (*self.lost.get_or_insert(now) + GRACE).saturating_sub(now);
        if left.is_zero() {
            Verdict::Leave
        } else {
            Verdict::AskAgain(left)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn a_popup_leaves_when_the_keyboard_stays_away() {
        let mut focus = Focus::new(true);
        assert_eq!(focus.at(ms(0), false), Verdict::Stay, "it never had it");
        assert_eq!(focus.at(ms(10), true), Verdict::Stay);
        assert_eq!(focus.at(ms(500), false), Verdict::AskAgain(GRACE));
        assert_eq!(focus.at(ms(600), false), Verdict::AskAgain(ms(100)));
        assert_eq!(focus.at(ms(700), false), Verdict::Leave);
    }

    #[test]
    fn a_grab_of_the_window_manager_is_no_loss() {
        let mut focus = Focus::new(true);
        for start in [0, 1000, 2000] {
            assert_eq!(focus.at(ms(start), true), Verdict::Stay);
            assert_eq!(focus.at(ms(start + 100), false), Verdict::AskAgain(GRACE));
        }
    }

    #[test]
    fn it_stays_where_the_person_has_not_asked_for_it() {
        let mut focus = Focus::new(false);
        focus.at(ms(0), true);
        assert_eq!(focus.at(ms(60_000), false), Verdict::Stay);
    }
}
