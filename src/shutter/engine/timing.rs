//! The timing thread: listens, turns the machine, shows, waits.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use super::board::Board;
use super::keeper::Save;
use super::machine::Machine;
use super::warnings::About;
use super::{Clock, Message, realtime};

/// After so many errors of ours in a row the plan is over.
const ERRORS: u32 = 5;
/// A thread with real-time priority that turns without waiting would take the machine from all
/// others: after so many turns at once it rests.
const AT_ONCE: u32 = 1000;
/// Between an error of ours and the next turn.
const REST: Duration = Duration::from_millis(200);

pub(super) struct Timing {
    pub machine: Machine,
    pub messages: Receiver<Message>,
    pub saves: Option<Sender<Save>>,
    pub clock: Arc<dyn Clock>,
    pub board: Arc<Board>,
}

impl Timing {
    /// Until it is told to end.
    pub fn run(mut self, wants_realtime: bool) {
        self.machine
            .set_realtime(wants_realtime && realtime::ask_for());
        let (mut errors, mut at_once) = (0, 0);
        loop {
            let mut until = match catch_unwind(AssertUnwindSafe(|| self.turn())) {
                Ok(Some(until)) => {
                    errors = 0;
                    until
                }
                Ok(None) => return,
                Err(panic) => {
                    errors += 1;
                    self.pick_up(panic.as_ref(), errors);
                    Some(self.clock.now().tick.plus(REST))
                }
            };
            let now = self.clock.now().tick;
            if until.is_some_and(|until| until <= now) {
                at_once += 1;
                if at_once > AT_ONCE {
                    until = Some(now.plus(REST));
                }
            } else {
                at_once = 0;
            }
            self.clock.wait(until);
        }
    }

    /// Does what was asked and what is due; `None` when it was told to end.
    fn turn(&mut self) -> Option<Option<crate::shutter::schedule::Tick>> {
        while let Ok(message) = self.messages.try_recv() {
            match message {
                Message::Ask(command, wish, answer) => {
                    if !wish.take() {
                        continue;
                    }
                    let result = self.machine.command(*command);
                    self.machine.turn();
                    self.show();
                    // Who asked may have lost patience.
                    let _ = answer.send(result);
                }
                Message::Disk(problem) => self.machine.warn(About::Disk, problem),
                Message::Network(problem) => self.machine.warn(About::Network, problem),
                Message::End => {
                    self.machine.end();
                    self.show();
                    self.board.end();
                    return None;
                }
            }
        }
        let until = self.machine.turn();
        self.show();
        self.board.turned(self.clock.now().tick);
        Some(until)
    }

    fn show(&mut self) {
        self.board.publish(self.machine.snapshot());
        if let Some(saves) = &self.saves
            && let Some(save) = self.machine.save()
        {
            let _ = saves.send(save);
        }
    }

    /// The camera's buttons come first, then the rest. (Where the program is built to abort at a
    /// panic, who watches over the service lets go and starts it anew.)
    fn pick_up(&mut self, panic: &(dyn Any + Send), errors: u32) {
        let what = panic
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        let _ = catch_unwind(AssertUnwindSafe(|| {
            self.machine.pick_up(&what);
            if errors >= ERRORS {
                self.machine.give_up();
            }
            self.show();
        }));
    }
}
