//! What a person wants of the modem itself, and waits for: a USSD code, a restart; and what a
//! program wants of it that shows positions.
//!
//! Whoever has the modem carries an errand out; it gets there through [`super::link::Ask`], from
//! this process or from another one, and its answer comes back over a channel.

use std::collections::VecDeque;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::carrier::Carrier;
use super::lending::{Lending, Line};
use super::owner::Trouble;
use super::store::Store;
use super::ussd::{Progress, Reply, Request};

/// How the modem is restarted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Restart {
    /// It boots anew (`+CFUN=1,1`): its port goes and comes back.
    Reset,
    /// Its radio and SIM are switched off and on (`+CFUN=0`, then 1): its port stays.
    PowerCycle,
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Errand {
    /// Say this to the network over USSD and wait for its answer.
    Ussd(Request),
    /// Restart the modem.
    Restart(Restart),
    /// Give a command for positions to the modem.
    Command {
        /// The command.
        line: Line,
        /// The program that wants it, by its unique name on the bus.
        client: String,
    },
}

/// What came of an errand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The network's answer.
    Ussd(Reply),
    /// The modem restarts now; that it is back is told like any other change of it.
    Restarting,
    /// The lines of the modem's answer.
    Lines(Vec<String>),
    /// The modem's final result, which is an error.
    Refused(String),
}

/// The outcome, or one sentence saying why there is none.
pub type Answer = Result<Outcome, String>;

/// Longest that the network's answer to a USSD request is waited for.
pub const USSD_TIMEOUT: Duration = Duration::from_secs(60);
/// Most errands that wait at a time; more are refused at once.
const WAITING: usize = 16;

struct Waiting {
    reply: Sender<Answer>,
    until: Instant,
}

/// The errands of one link.
#[derive(Default)]
pub struct Errands {
    asked: VecDeque<(Errand, Sender<Answer>)>,
    /// Who waits for the network's answer.
    ussd: Option<Waiting>,
    lending: Lending,
    /// What is to be switched off.
    off: Vec<Line>,
}

impl Errands {
    /// Takes an errand.
    pub fn push(&mut self, errand: Errand, reply: Sender<Answer>) {
        if self.asked.len() >= WAITING {
            tell(
                &reply,
                Err("too much is asked of the modem at once".to_owned()),
            );
            return;
        }
        self.asked.push_back((errand, reply));
    }

    /// Everything that waits to be carried out, to be passed on to who has the modem.
    pub fn take(&mut self) -> Vec<(Errand, Sender<Answer>)> {
        self.asked.drain(..).collect()
    }

    /// Whether there is something to carry out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.asked.is_empty() && self.off.is_empty()
    }

    /// A program that wanted positions is gone, or all of them.
    pub fn left(&mut self, client: Option<&str>) {
        // What it asked for last, it does not want any more.
        let is_theirs = |errand: &Errand| match errand {
            Errand::Command { client: asking, .. } => client.is_none_or(|gone| gone == asking),
            _ => false,
        };
        let (theirs, others) = self
            .asked
            .drain(..)
            .partition::<Vec<_>, _>(|(errand, _)| is_theirs(errand));
        self.asked = others.into();
        for (_, reply) in theirs {
            tell(&reply, Err("nobody wants it any more".to_owned()));
        }
        self.off.extend(self.lending.left(client));
    }

    /// The modem has said this about positions by itself.
    pub fn heard(&mut self, lines: &[String]) {
        lines.iter().for_each(|line| self.lending.heard(line));
    }

    /// Switches off what was switched on for others: this process is about to end.
    ///
    /// # Errors
    /// When the modem is gone.
    pub fn switch_off(&mut self, carrier: &mut dyn Carrier) -> Result<(), Trouble> {
        self.left(None);
        self.switch_off_unused(carrier)
    }

    fn switch_off_unused(&mut self, carrier: &mut dyn Carrier) -> Result<(), Trouble> {
        for line in std::mem::take(&mut self.off) {
            match carrier.command(&line) {
                Ok(_) | Err(Trouble::Refused(_)) => {}
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(())
    }

    /// The modem is lost, and with it what was switched on there.
    pub fn modem_lost(&mut self) {
        self.lending.forget();
        self.off.clear();
    }

    /// The next restart that is wanted, with who waits for its answer; it is the one errand for
    /// which the modem need not be ready.
    pub fn take_restart(&mut self) -> Option<(Restart, Sender<Answer>)> {
        let at = self
            .asked
            .iter()
            .position(|(errand, _)| matches!(errand, Errand::Restart(_)))?;
        match self.asked.remove(at) {
            Some((Errand::Restart(how), reply)) => Some((how, reply)),
            _ => None,
        }
    }

    /// Tells who waits for the network's answer that there will be none.
    pub fn give_up_answer(&mut self, sentence: &str) {
        if let Some(waiting) = self.ussd.take() {
            tell(&waiting.reply, Err(sentence.to_owned()));
        }
    }

    /// Tells everybody who waits that it will not be.
    pub fn refuse(&mut self, sentence: &str) {
        self.give_up_answer(sentence);
        for (_, reply) in self.asked.drain(..) {
            tell(&reply, Err(sentence.to_owned()));
        }
    }

    /// When [`Errands::attend`] has something to do by itself.
    #[must_use]
    pub fn due(&self) -> Option<Duration> {
        let waiting = self.ussd.as_ref()?;
        Some(waiting.until.saturating_duration_since(Instant::now()))
    }

    /// Hands the network's answers to who waits for them, keeps those that nobody asked for, and
    /// carries out what is wanted.
    ///
    /// # Errors
    /// When the modem is gone or silent, [`Trouble::Restarting`] when it restarts, or when the
    /// store fails.
    pub fn attend(&mut self, carrier: &mut dyn Carrier, store: &mut Store) -> Result<(), Trouble> {
        self.hand_out(carrier, store)?;
        if self
            .ussd
            .as_ref()
            .is_some_and(|waiting| waiting.until <= Instant::now())
            && let Some(waiting) = self.ussd.take()
        {
            let sentence = format!(
                "the network did not answer within {} s; try again later",
                USSD_TIMEOUT.as_secs()
            );
            tell(&waiting.reply, Err(sentence));
            // The session may still be open, and would take the next code for an answer.
            match carrier.ussd(&Request::Cancel) {
                Ok(()) | Err(Trouble::Refused(_)) => {}
                Err(trouble) => return Err(trouble),
            }
        }
        self.switch_off_unused(carrier)?;
        while let Some((errand, reply)) = self.asked.pop_front() {
            match errand {
                Errand::Command { line, client } => {
                    if let Some(known) = self.lending.answer(&line, &client) {
                        tell(&reply, Ok(Outcome::Lines(known)));
                        continue;
                    }
                    self.command(&line, &client, &reply, carrier)?;
                    // A message that came meanwhile waits for one command, not for all of them.
                    return Ok(());
                }
                Errand::Ussd(request) => self.ussd(&request, reply, carrier, store)?,
                Errand::Restart(how) => match carrier.restart(how) {
                    Ok(()) => {
                        tell(&reply, Ok(Outcome::Restarting));
                        self.refuse("the modem restarts; ask again when it is back");
                        return Err(Trouble::Restarting);
                    }
                    Err(trouble) => {
                        tell(&reply, Err(trouble.to_string()));
                        if !matches!(trouble, Trouble::Refused(_)) {
                            return Err(trouble);
                        }
                    }
                },
            }
        }
        Ok(())
    }

    fn command(
        &mut self,
        line: &Line,
        client: &str,
        reply: &Sender<Answer>,
        carrier: &mut dyn Carrier,
    ) -> Result<(), Trouble> {
        let outcome = match carrier.command(line) {
            Ok(Ok(lines)) => {
                self.lending.done(line, client, &lines);
                Ok(Outcome::Lines(lines))
            }
            Ok(Err(refused)) => Ok(Outcome::Refused(refused)),
            Err(Trouble::Refused(sentence)) => Err(sentence),
            Err(trouble) => {
                tell(reply, Err(trouble.to_string()));
                return Err(trouble);
            }
        };
        tell(reply, outcome);
        Ok(())
    }

    fn hand_out(&mut self, carrier: &mut dyn Carrier, store: &mut Store) -> Result<(), Trouble> {
        for reply in carrier.take_ussd() {
            match self.ussd.take() {
                Some(waiting) => tell(&waiting.reply, Ok(Outcome::Ussd(reply))),
                None => keep(&reply, store)?,
            }
        }
        Ok(())
    }

    fn ussd(
        &mut self,
        request: &Request,
        reply: Sender<Answer>,
        carrier: &mut dyn Carrier,
        store: &mut Store,
    ) -> Result<(), Trouble> {
        if *request == Request::Cancel {
            if let Some(waiting) = self.ussd.take() {
                tell(&waiting.reply, Err("cancelled".to_owned()));
            }
        } else if self.ussd.is_some() {
            let sentence = "the network has not answered the last USSD request yet; wait for it";
            tell(&reply, Err(sentence.to_owned()));
            return Ok(());
        }
        match carrier.ussd(request) {
            Ok(()) if *request == Request::Cancel => {
                let done = Reply {
                    progress: Progress::Done,
                    text: String::new(),
                };
                tell(&reply, Ok(Outcome::Ussd(done)));
                Ok(())
            }
            Ok(()) => {
                self.ussd = Some(Waiting {
                    reply,
                    until: Instant::now() + USSD_TIMEOUT,
                });
                // It may have come together with the modem's OK.
                self.hand_out(carrier, store)
            }
            Err(trouble) => {
                tell(&reply, Err(trouble.to_string()));
                match trouble {
                    Trouble::Refused(_) => Ok(()),
                    trouble => Err(trouble),
                }
            }
        }
    }
}

/// Who asked may be gone; then nobody waits for it.
fn tell(reply: &Sender<Answer>, answer: Answer) {
    let _ = reply.send(answer);
}

/// What the network says by itself is a message like any other: kept, counted and told of.
fn keep(reply: &Reply, store: &mut Store) -> Result<(), Trouble> {
    if !reply.text.is_empty() {
        store.receive_ussd(&reply.text, Timestamp::now())?;
    }
    Ok(())
}
