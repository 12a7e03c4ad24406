//! What two processes of one popup say to each other, and who is right about a click.
//!
//! Times are milliseconds since the machine's start (`CLOCK_BOOTTIME`), which all processes share
//! and which the kernel notes of each one's birth. So it does not matter how long a busy machine
//! takes from a click to the question.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::arguments::Again;

/// A popup that has been on the screen for less is not closed by a second start: that is the
/// second click of a double click, or one by somebody who has not seen it yet.
const SEEN_AFTER: Duration = Duration::from_millis(250);
/// A start this long after the popup has closed for want of the keyboard comes of the click that
/// took the keyboard: a button is held for a fifth of a second, and bars may act as it goes up.
const SAME_CLICK: Duration = Duration::from_millis(400);
/// And this long before: from the loss of the keyboard to the end of the window.
const BEFORE: Duration = Duration::from_millis(1500);

/// What a second start wants of the open popup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// What it was told to do.
    pub wants: Again,
    /// When its process began, since the machine's start.
    pub born: Duration,
}

/// What the open popup does about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It has come to the front, with the keyboard.
    Raised,
    /// It is closed, or about to.
    Closed,
    /// It closes and the other is to open: no window can be brought to another workspace.
    GivesWay,
}

/// How the open popup stands when it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// When it was first seen whole, since the machine's start; `None` before.
    pub shown: Option<Duration>,
    /// Whether it is where the person is: on this workspace, not minimised.
    pub here: bool,
    /// Whether it can bring itself there.
    pub can_come: bool,
}

impl Request {
    /// What the popup that is open is to do.
    #[must_use]
    pub fn answer(self, standing: Standing) -> Answer {
        let seen = standing
            .shown
            .is_some_and(|shown| self.born >= shown + SEEN_AFTER);
        match self.wants {
            _ if !standing.here && seen && !standing.can_come => Answer::GivesWay,
            Again::Close if standing.here && seen => Answer::Closed,
            Again::Close | Again::Raise => Answer::Raised,
        }
    }

    /// Whether this start comes of the click that took the keyboard from a popup, which has
    /// closed for that reason at `left`.
    #[must_use]
    pub fn took_focus(self, left: Option<Duration>) -> bool {
        let same = |left: Duration| {
            self.born <= left + SAME_CLICK && left.saturating_sub(BEFORE) <= self.born
        };
        self.wants == Again::Close && left.is_some_and(same)
    }

    pub(super) fn to_line(self) -> String {
        let word = match self.wants {
            Again::Close => "close",
            Again::Raise => "raise",
        };
        format!("{word} {}\n", self.born.as_millis())
    }

    pub(super) fn parse(line: &str) -> Option<Self> {
        let (word, born) = line.strip_suffix('\n')?.split_once(' ')?;
        let wants = match word {
            "close" => Again::Close,
            "raise" => Again::Raise,
            _ => return None,
        };
        let born = Duration::from_millis(born.parse().ok()?);
        Some(Self { wants, born })
    }
}

impl Answer {
    pub(super) fn to_line(self) -> &'static str {
        match self {
            Self::Raised => "raised\n",
            Self::Closed => "closed\n",
            Self::GivesWay => "gives way\n",
        }
    }

    pub(super) fn parse(line: &str) -> Option<Self> {
        [Self::Raised, Self::Closed, Self::GivesWay]
            .into_iter()
            .find(|answer| answer.to_line() == line)
    }
}

/// What the window's thread tells the one that answers.
#[derive(Debug, Clone, Default)]
pub struct Presence {
    /// Milliseconds since the machine's start, 0 before the first frame.
    shown: Arc<AtomicU64>,
    focused: Arc<AtomicBool>,
}

impl Presence {
    /// To be called with every frame.
    pub fn drawn(&self, focused: bool) {
        self.focused.store(focused, Ordering::Relaxed);
        if self.shown.load(Ordering::Relaxed) == 0 {
            let now = u64::try_from(now().as_millis()).unwrap_or(u64::MAX);
            self.shown.store(now, Ordering::Relaxed);
        }
    }

    /// How the popup stands; `here` is what the X server says. On Wayland a window knows no more
    /// of that than whether it has the keyboard, and cannot come.
    #[must_use]
    pub fn standing(&self, here: Option<bool>) -> Standing {
        let shown = self.shown.load(Ordering::Relaxed);
        Standing {
            shown: (shown > 0).then(|| Duration::from_millis(shown)),
            here: here.unwrap_or_else(|| self.focused.load(Ordering::Relaxed)),
            can_come: here.is_some(),
        }
    }
}

/// Now, since the machine's start.
#[must_use]
pub fn now() -> Duration {
    let time = clock_gettime(ClockId::Boottime);
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or(0),
        u32::try_from(time.tv_nsec).unwrap_or(0),
    )
}

/// When this process began: what the bar's shell became keeps the shell's birth (proc(5),
/// `starttime`). Now, where that cannot be read.
pub(super) fn own_birth() -> Duration {
    let ticks = || {
        let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
        // The name before the fields is in brackets and may have any character.
        let (_, fields) = stat.rsplit_once(") ")?;
        fields.split(' ').nth(19)?.parse::<u64>().ok()
    };
    // Ticks of a hundredth of a second (USER_HZ), whatever the kernel's own are.
    ticks().map_or_else(now, |ticks| Duration::from_millis(ticks.saturating_mul(10)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Duration = Duration::from_secs(100);

    fn ask(wants: Again, after_ms: u64) -> Request {
        let born = AT + Duration::from_millis(after_ms);
        Request { wants, born }
    }

    const HERE: Standing = Standing {
        shown: Some(AT),
        here: true,
        can_come: true,
    };

    #[test]
    fn a_second_click_closes_what_is_seen_and_a_double_click_does_not() {
        assert_eq!(ask(Again::Close, 1000).answer(HERE), Answer::Closed);
        assert_eq!(ask(Again::Close, 100).answer(HERE), Answer::Raised);
        let starting = Standing {
            shown: None,
            ..HERE
        };
        assert_eq!(ask(Again::Close, 1000).answer(starting), Answer::Raised);
        assert_eq!(ask(Again::Raise, 1000).answer(HERE), Answer::Raised);
    }

    #[test]
    fn what_is_on_another_workspace_comes_or_gives_way() {
        let elsewhere = Standing {
            here: false,
            ..HERE
        };
        assert_eq!(ask(Again::Close, 1000).answer(elsewhere), Answer::Raised);
        let stuck = Standing {
            can_come: false,
            ..elsewhere
        };
        for wants in [Again::Close, Again::Raise] {
            assert_eq!(ask(wants, 1000).answer(stuck), Answer::GivesWay);
        }
        // On Wayland a window that has just opened may not have been told of its focus yet.
        assert_eq!(ask(Again::Close, 10).answer(stuck), Answer::Raised);
    }

    #[test]
    fn the_click_that_took_the_keyboard_opens_nothing_and_the_next_one_does() {
        assert!(ask(Again::Close, 300).took_focus(Some(AT)));
        assert!(ask(Again::Close, 0).took_focus(Some(AT + Duration::from_secs(1))));
        assert!(!ask(Again::Close, 900).took_focus(Some(AT)));
        assert!(!ask(Again::Close, 0).took_focus(Some(AT + Duration::from_secs(60))));
        assert!(!ask(Again::Raise, 300).took_focus(Some(AT)));
        assert!(!ask(Again::Close, 300).took_focus(None));
    }

    #[test]
    fn what_is_said_is_understood_and_anything_else_is_not() {
        let request = ask(Again::Raise, 7);
        assert_eq!(Request::parse(&request.to_line()), Some(request));
        for answer in [Answer::Raised, Answer::Closed, Answer::GivesWay] {
            assert_eq!(Answer::parse(answer.to_line()), Some(answer));
        }
        for wrong in [
            "",
            "raise\n",
            "raise x\n",
            "raise 5",
            "open 5\n",
            "raise -5\n",
        ] {
            assert_eq!(Request::parse(wrong), None, "{wrong:?}");
        }
        assert_eq!(Answer::parse(""), None);
    }

    #[test]
    fn a_process_knows_when_it_began() {
        let (born, now) = (own_birth(), now());
        assert!(born <= now + Duration::from_millis(10), "{born:?} {now:?}");
        assert!(now - born < Duration::from_secs(600), "{born:?} {now:?}");
    }
}
