//! `barpop-sim gamepad`: a controller that lines of text move, and that says what it is told.

use std::io::BufRead;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::control::Control;
use super::device::{Gamepad, GamepadError};
use super::model::Identity;
use super::motion::play;
use super::output::{Blink, Nonsense, Output, Rumble};

/// What is between two looks of a thread at whether it is still wanted.
const LOOK: Duration = Duration::from_millis(500);

/// How to play.
#[derive(Debug, Clone, Copy)]
pub struct Play {
    /// Which controller.
    pub identity: Identity,
    /// Time between two reports; `None`: a report at every change only.
    pub interval: Option<Duration>,
    /// Whether all controls move by themselves.
    pub by_itself: bool,
    /// Whether the end of the lines is the end.
    pub exit_on_eof: bool,
}

/// Plays until `quit`, or until the lines end.
///
/// The controller's address is the first line that `say` gets; then comes a JSON object for every
/// output report that the kernel sends, and for every line that was not understood.
///
/// # Errors
/// [`GamepadError`] where the controller cannot be plugged in.
pub fn run(
    how: Play,
    lines: impl BufRead,
    say: impl Fn(&str) + Send + Sync + 'static,
) -> Result<(), GamepadError> {
    let desk = Arc::new(Desk {
        how,
        pad: Mutex::new(Some(Arc::new(Gamepad::plug(how.identity)?))),
        plays: AtomicBool::new(how.by_itself),
        started: Instant::now(),
    });
    say(&how.identity.mac());
    let said = Arc::new(say);
    let (moving, listening) = (Arc::clone(&desk), Arc::clone(&desk));
    let told = Arc::clone(&said);
    std::thread::spawn(move || moving.keep_reporting());
    std::thread::spawn(move || listening.tell(&*told));
    for line in lines.lines().map_while(Result::ok) {
        match Control::parse(&line) {
            Ok(Control::Quit) => return Ok(()),
            Ok(control) => desk.carry_out(&control)?,
            Err(error) => {
                said(&json!({"event": "error", "reason": error.to_string()}).to_string());
            }
        }
    }
    if how.exit_on_eof {
        return Ok(());
    }
    loop {
        std::thread::park();
    }
}

struct Desk {
    how: Play,
    /// `None` while it is pulled out.
    pad: Mutex<Option<Arc<Gamepad>>>,
    plays: AtomicBool,
    started: Instant,
}

impl Desk {
    fn pad(&self) -> Option<Arc<Gamepad>> {
        let pad = self.pad.lock().unwrap_or_else(PoisonError::into_inner);
        pad.clone()
    }

    fn put(&self, pad: Option<Gamepad>) {
        *self.pad.lock().unwrap_or_else(PoisonError::into_inner) = pad.map(Arc::new);
    }

    fn carry_out(&self, control: &Control) -> Result<(), GamepadError> {
        match control {
            Control::Change(change) => {
                // A hand on the controls: they do not move by themselves any more.
                self.plays.store(false, Ordering::Relaxed);
                if let Some(pad) = self.pad() {
                    pad.set(|controls| change.apply(self.how.identity.model, controls));
                }
            }
            Control::Play(on) => self.plays.store(*on, Ordering::Relaxed),
            Control::Unplug => self.put(None),
            Control::Replug => {
                self.put(None);
                self.put(Some(Gamepad::plug(self.how.identity)?));
            }
            Control::Quit => {}
        }
        Ok(())
    }

    /// Sends reports, as a controller does all the time.
    fn keep_reporting(&self) {
        let mut next = Instant::now();
        loop {
            let plays = self.plays.load(Ordering::Relaxed);
            if let Some(pad) = self.pad() {
                if plays {
                    let state = play(self.how.identity.model, self.started.elapsed());
                    pad.set(|controls| {
                        // A hand may have come meanwhile, and what it did is not to be undone.
                        if self.plays.load(Ordering::Relaxed) {
                            *controls = state;
                        }
                    });
                } else if self.how.interval.is_some() {
                    pad.report();
                }
            }
            // Nothing to do but to see whether somebody says "play on".
            let idle = LOOK.min(Duration::from_millis(20));
            next += self.how.interval.unwrap_or(if plays { idle } else { LOOK });
            let now = Instant::now();
            next = next.max(now);
            std::thread::sleep(next - now);
        }
    }

    fn tell(&self, say: &impl Fn(&str)) {
        loop {
            let Some(pad) = self.pad() else {
                std::thread::sleep(LOOK);
                continue;
            };
            for output in pad.next_outputs(LOOK) {
                say(&line(&output).to_string());
            }
        }
    }
}

/// An output report for other programs; what it does not speak of is not in it.
fn line(output: &Result<Output, Nonsense>) -> Value {
    let output = match output {
        Ok(output) => output,
        Err(nonsense) => return json!({"event": "nonsense", "reason": nonsense.to_string()}),
    };
    let rumble = output
        .rumble
        .map(|Rumble { strong, weak }| json!({"strong": strong, "weak": weak}));
    let colour = output
        .colour
        .map(|[red, green, blue]| json!(format!("#{red:02x}{green:02x}{blue:02x}")));
    let blink = output
        .blink
        .map(|Blink { on, off }| json!({"on_ms": on.as_millis(), "off_ms": off.as_millis()}));
    let parts = [
        ("event", Some(json!("output"))),
        ("rumble", rumble),
        ("colour", colour),
        ("blink", blink),
        ("players", output.players.map(Value::from)),
        ("mute", output.mute.map(Value::from)),
    ];
    let parts = parts
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(parts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_what_the_report_speaks_of_and_nothing_else() {
        let output = Output {
            colour: Some([255, 64, 1]),
            players: Some(4),
            ..Output::default()
        };
        let wanted = json!({"event": "output", "colour": "#ff4001", "players": 4});
        assert_eq!(line(&Ok(output)), wanted);
        let nonsense = line(&Err(Nonsense::CheckSum(0x11)));
        assert_eq!(nonsense["reason"], "report 0x11 has a wrong check sum");
    }
}
