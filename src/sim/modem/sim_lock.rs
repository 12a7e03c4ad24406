//! The SIM's lock: PIN, PUK and their tries (3GPP TS 27.007 clauses 7.4, 7.5, 8.3 and 8.65).

use super::answer::{Answer, Piece, Refusal, line, ok};
use super::command::{Command, Form, Values};
use super::{Modem, NoSimAnswer, Options};

/// What the SIM wants, and how often it may still be told wrong.
#[derive(Debug)]
pub(super) struct SimLock {
    pin: Option<String>,
    unlocked: bool,
    pin_tries: u8,
    puk_tries: u8,
}

impl SimLock {
    pub fn new(options: &Options) -> Self {
        let mut lock = Self {
            pin: options.pin.clone(),
            unlocked: false,
            pin_tries: options.pin_tries,
            puk_tries: options.puk_tries,
        };
        lock.power_on();
        lock
    }

    /// The lock closes; a PIN that was changed and tries that were spent stay so.
    pub fn power_on(&mut self) {
        self.unlocked = self.pin.is_none() && self.pin_tries > 0;
    }

    /// `+CMS ERROR` of message commands while the SIM cannot be read.
    pub fn message_error(&self, options: &Options) -> Option<u16> {
        if !options.sim_present {
            Some(310)
        } else if self.unlocked {
            None
        } else if self.pin_tries == 0 {
            Some(316)
        } else {
            Some(311)
        }
    }

    fn check_pin(&mut self, pin: &str) -> Result<(), Refusal> {
        if self.pin_tries == 0 {
            return Err(Refusal::Cme(12));
        }
        if self.pin.as_deref() == Some(pin) {
            self.pin_tries = 3;
            self.unlocked = true;
            return Ok(());
        }
        self.pin_tries -= 1;
        if self.pin_tries == 0 {
            self.unlocked = false;
        }
        Err(Refusal::Cme(16))
    }

    fn unblock(&mut self, right: bool, new_pin: &str) -> Result<(), Refusal> {
        if self.puk_tries == 0 {
            return Err(Refusal::Cme(13));
        }
        if !right {
            self.puk_tries -= 1;
            return Err(Refusal::Cme(16));
        }
        self.puk_tries = 10;
        self.pin_tries = 3;
        self.pin = Some(new_pin.to_owned());
        self.unlocked = true;
        Ok(())
    }
}

/// A command line as it may be shown: the values of `+CPIN`, `+CLCK` and `+CPWD` are hidden.
pub(super) fn without_secret(line: &str) -> String {
    let upper = line.to_ascii_uppercase();
    for name in ["+CPIN=", "+CLCK=", "+CPWD="] {
        let secret = upper.find(name).map(|at| at + name.len());
        if let Some(shown) = secret.and_then(|end| line.get(..end))
            && !upper.ends_with("=?")
            && !upper.ends_with(",2")
        {
            return format!("{shown}***");
        }
    }
    line.to_owned()
}

/// VERIFY and UNBLOCK without data ask for the tries left (3GPP TS 31.101 clause 11.1.9): this is
/// how ModemManager learns them. SW1 SW2 is 63 Cn.
fn tries_by_apdu(lock: &SimLock, values: &Values) -> Answer {
    let tries = match values.text(1) {
        Some("0020000100") => lock.pin_tries,
        Some("002C000100") => lock.puk_tries,
        Some("0020008100") => 3,
        Some("002C008100") => 10,
        _ => return Err(Refusal::Cme(4)),
    };
    line(format!("+CSIM: 4,\"63C{tries:X}\""))
}

impl Modem {
    /// PIN tries left, 0..=3.
    #[must_use]
    pub fn pin_tries(&self) -> u8 {
        self.lock.pin_tries
    }

    /// PUK tries left, 0..=10.
    #[must_use]
    pub fn puk_tries(&self) -> u8 {
        self.lock.puk_tries
    }

    /// Whether the SIM can be used: there, and not locked.
    #[must_use]
    pub fn sim_ready(&self) -> bool {
        self.lock.message_error(&self.options).is_none()
    }

    /// `+CME ERROR` of commands that need an open SIM.
    pub(super) fn sim_access(&self) -> Result<(), Refusal> {
        match self.lock.message_error(&self.options) {
            None => Ok(()),
            Some(310) => Err(self.no_sim()),
            Some(316) => Err(Refusal::Cme(12)),
            Some(_) => Err(Refusal::Cme(11)),
        }
    }

    fn no_sim(&self) -> Refusal {
        match self.options.no_sim_answer {
            NoSimAnswer::BareError => Refusal::Error,
            NoSimAnswer::NotInserted => Refusal::Cme(10),
        }
    }

    pub(super) fn answer_sim_lock(&mut self, command: &Command) -> Option<Answer> {
        let knows = |option: bool| {
            if option {
                None
            } else {
                Some(Err(Refusal::Error))
            }
        };
        let known = match command.name.as_str() {
            "+XPINCNT" => knows(self.options.knows_xpincnt),
            "+CPINR" => knows(self.options.knows_cpinr),
            "+CPIN" | "+CLCK" | "+CPWD" | "+CSIM" => None,
            _ => return None,
        };
        if known.is_some() {
            return known;
        }
        if command.form == Form::Test {
            return Some(match command.name.as_str() {
                "+CLCK" => line("+CLCK: (\"SC\")"),
                "+CPWD" => line("+CPWD: (\"SC\",8)"),
                _ => ok(),
            });
        }
        if !self.options.sim_present {
            return Some(Err(self.no_sim()));
        }
        let lock = &self.lock;
        Some(match (command.name.as_str(), &command.form) {
            ("+CPIN", Form::Read) => {
                if lock.puk_tries == 0 {
                    Err(Refusal::Cme(13))
                } else {
                    line(match lock.message_error(&self.options) {
                        None => "+CPIN: READY",
                        Some(316) => "+CPIN: SIM PUK",
                        Some(_) => "+CPIN: SIM PIN",
                    })
                }
            }
            ("+CPIN", Form::Set(values)) => self.enter(values),
            ("+XPINCNT", _) => line(format!(
                "+XPINCNT: {},3,{},10",
                lock.pin_tries, lock.puk_tries
            )),
            ("+CPINR", _) => Ok(vec![
                Piece::line(format!("+CPINR: SIM PIN,{},3", lock.pin_tries)),
                Piece::line(format!("+CPINR: SIM PUK,{},10", lock.puk_tries)),
            ]),
            ("+CLCK", Form::Set(values)) => self.facility(values),
            ("+CSIM", Form::Set(values)) => tries_by_apdu(lock, values),
            ("+CPWD", Form::Set(values)) if values.text(0) == Some("SC") => {
                let old = values.text(1).unwrap_or_default();
                self.lock.check_pin(old).map(|()| {
                    self.lock.pin = values.text(2).map(str::to_owned);
                    Vec::new()
                })
            }
            _ => Err(Refusal::Cme(3)),
        })
    }

    /// `+CPIN="pin"` and `+CPIN="puk","new pin"`.
    fn enter(&mut self, values: &Values) -> Answer {
        let answer = match (
            self.lock.message_error(&self.options),
            values.text(0),
            values.text(1),
        ) {
            (None, ..) => return Err(Refusal::Cme(3)),
            (Some(316), Some(puk), Some(new_pin)) => {
                let right = puk == self.options.puk;
                self.lock.unblock(right, new_pin)
            }
            (Some(316), ..) => Err(Refusal::Cme(12)),
            (Some(_), Some(pin), None) => self.lock.check_pin(pin),
            (Some(_), ..) => Err(Refusal::Cme(50)),
        };
        answer?;
        self.faults.sim_busy += self.options.busy_after_unlock;
        self.bring_waiting();
        ok()
    }

    /// `+CLCK="SC",mode[,"pin"]`: 2 asks, 1 and 0 switch the PIN on and off.
    fn facility(&mut self, values: &Values) -> Answer {
        if values.text(0) != Some("SC") {
            return Err(Refusal::Cme(4));
        }
        match (values.number(1), values.text(2)) {
            (Some(2), _) => line(format!("+CLCK: {}", u8::from(self.lock.pin.is_some()))),
            (Some(mode @ (0 | 1)), Some(pin)) => {
                if self.lock.pin.is_none() && mode == 1 {
                    self.lock.pin = Some(pin.to_owned());
                    return ok();
                }
                self.lock.check_pin(pin)?;
                if mode == 0 {
                    self.lock.pin = None;
                }
                ok()
            }
            _ => Err(Refusal::Cme(50)),
        }
    }
}
