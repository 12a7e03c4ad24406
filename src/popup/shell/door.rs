//! Who answers when the popup is started again: the window that is there, or a resident process
//! that has none at the moment.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::place::Spot;
use super::{Instance, Wake};
use crate::arguments::Again;
use crate::instance::{self, Answer, Presence, Request};

/// How often who wants it shown asks while it closes to open elsewhere, and how long between.
const TRIES: u32 = 40;
const PAUSE: Duration = Duration::from_millis(25);

/// Shared with the thread that listens.
#[derive(Clone, Default)]
pub struct Door(Arc<Mutex<Behind>>);

#[derive(Default)]
struct Behind {
    /// The window, its number on the X server, and since when it has been seen.
    window: Option<(Spot, u32, Presence)>,
    /// When the last one closed for want of the keyboard.
    left: Option<Duration>,
    /// Whether the program ends. Its topic may take its time: a receiver is switched off.
    ending: bool,
}

impl Door {
    /// Answers from now on.
    pub fn listen(&self, instance: Option<&Instance>, wake: Wake) {
        let Some(instance) = instance else { return };
        let door = self.clone();
        instance.listen(move |request| door.answer(request, &wake));
    }

    /// Shows the window: somebody asks for it who cannot mean to close it. Where it has to close
    /// first, to open where the person is, this waits for that.
    pub fn show(&self, wake: &Wake) {
        for _ in 0..TRIES {
            let request = Request {
                wants: Again::Raise,
                born: instance::now(),
            };
            if self.answer(request, wake) != Answer::GivesWay {
                break;
            }
            std::thread::sleep(PAUSE);
        }
    }

    fn answer(&self, request: Request, wake: &Wake) -> Answer {
        let behind = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((spot, window, presence)) = &behind.window else {
            // The click that took the keyboard from the last one does not open it again.
            if request.took_focus(behind.left) {
                return Answer::Closed;
            }
            if behind.ending {
                return Answer::GivesWay;
            }
            wake.raise();
            return Answer::Raised;
        };
        let answer = request.answer(presence.standing(spot.has_here(*window)));
        match answer {
            Answer::Raised => {
                spot.raise(*window);
                wake.raise();
            }
            Answer::Closed | Answer::GivesWay => wake.close(),
        }
        answer
    }

    /// There is a window.
    pub fn open(&self, spot: Spot, window: u32, presence: Presence) {
        let mut behind = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        behind.window = Some((spot, window, presence));
        behind.left = None;
    }

    /// There is none any more; when it closed, if that was for want of the keyboard.
    pub fn close(&self, left: Option<Duration>) {
        let mut behind = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        behind.window = None;
        behind.left = left;
    }

    /// There is none any more, and there will be none: who asks from now on opens one.
    pub fn end(&self, left: Option<Duration>) {
        let mut behind = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        behind.window = None;
        behind.left = left;
        behind.ending = true;
    }
}
