//! An EM7345-like LTE modem as a pure state machine: bytes and the time go in, bytes come out.
//!
//! It speaks the AT protocol of 3GPP TS 27.005 and 27.007 and of ITU-T V.250 byte by byte: a
//! command line is echoed as it comes, is carried out when its CR has come, and is answered
//! after [`Faults::latency`]. It does no I/O and asks no clock; [`super::Simulated`] runs it on
//! a pseudo-terminal.

mod answer;
mod broadcast;
mod command;
mod data_call;
mod faults;
mod gsm;
mod identity;
mod lists;
mod network;
mod options;
pub mod pdu;
mod positioning;
mod receiving;
mod restart;
mod sending;
mod sim_lock;
mod storage;
mod text_mode;
mod ussd;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use answer::{Answer, Piece, Refusal};
use command::{Command, Form};
use data_call::Line;
pub use faults::{DeleteFault, Faults, Interruption, Place, SendOutcome};
use network::Network;
pub use options::{NoSimAnswer, Options, StorageSize};
use receiving::Report;
use sending::Entry;
pub use sending::{SentSms, joined};
use sim_lock::SimLock;
use storage::{Content, Storages};
pub use storage::{Record, Status};
use text_mode::TextMode;
pub use ussd::UssdStyle;

/// Something that happens later.
#[derive(Debug)]
enum Event {
    Write(Vec<u8>),
    Report(Report),
    Arrival(Content),
    /// The next position of the request with this number.
    Position(u32),
    Reset,
    /// The line carries a data call from now on.
    Connected,
    Unplug,
    Replug,
}

/// What the program on the other side has set, and what a reset sets back.
#[derive(Debug)]
struct Session {
    echo: bool,
    verbose_errors: u8,
    cnmi: [u8; 5],
    text: TextMode,
}

/// The modem.
#[derive(Debug)]
pub struct Modem {
    /// What kind of modem it is. May be changed while it runs; storages only before.
    pub options: Options,
    /// What goes wrong. May be changed while it runs.
    pub faults: Faults,
    session: Session,
    lock: SimLock,
    storages: Storages,
    network: Network,
    sent: Vec<SentSms>,
    reference: u8,
    entry: Option<Entry>,
    line_is: Line,
    log: Vec<String>,
    input: VecDeque<u8>,
    line: Vec<u8>,
    echoing: Vec<u8>,
    busy_until: Duration,
    now: Duration,
    events: BTreeMap<(Duration, u64), Event>,
    sequence: u64,
    dripping: VecDeque<u8>,
    next_drip: Duration,
    unplugged: bool,
    replugged: bool,
}

impl Modem {
    /// A modem that was just switched on.
    #[must_use]
    pub fn new(options: Options, faults: Faults) -> Self {
        Self {
            session: Session::new(&options),
            lock: SimLock::new(&options),
            storages: Storages::new(&options),
            network: Network::default(),
            sent: Vec::new(),
            reference: 0,
            entry: None,
            line_is: Line::Commands,
            log: Vec::new(),
            input: VecDeque::new(),
            line: Vec::new(),
            echoing: Vec::new(),
            busy_until: Duration::ZERO,
            now: Duration::ZERO,
            events: BTreeMap::new(),
            sequence: 0,
            dripping: VecDeque::new(),
            next_drip: Duration::ZERO,
            unplugged: false,
            replugged: false,
            options,
            faults,
        }
    }

    /// Takes bytes that the program wrote. `now` is the time since power-on and never goes back.
    pub fn feed(&mut self, bytes: &[u8], now: Duration) {
        self.now = self.now.max(now);
        self.input.extend(bytes);
        self.take_input();
    }

    /// Moves the clock only, for what is done to the modem from outside.
    pub fn tick(&mut self, now: Duration) {
        self.now = self.now.max(now);
    }

    /// Everything that is to be written by now; each element is a write of its own.
    pub fn poll(&mut self, now: Duration) -> Vec<Vec<u8>> {
        self.now = self.now.max(now);
        let mut writes = Vec::new();
        loop {
            while !self.dripping.is_empty() && self.next_drip <= self.now {
                writes.extend(self.dripping.pop_front().map(|byte| vec![byte]));
                self.next_drip += self.faults.byte_by_byte.unwrap_or_default();
            }
            if !self.dripping.is_empty() {
                return writes;
            }
            if self.is_on_call() {
                return writes;
            }
            self.take_input();
            let Some(entry) = self
                .events
                .first_entry()
                .filter(|event| event.key().0 <= self.now)
            else {
                return writes;
            };
            match entry.remove() {
                Event::Write(bytes) if self.faults.byte_by_byte.is_some() => {
                    self.dripping.extend(bytes);
                    self.next_drip = self.now;
                }
                Event::Write(bytes) => writes.push(bytes),
                Event::Report(report) => self.bring_report(report),
                Event::Arrival(content) => self.arrive(content),
                Event::Position(id) => self.tell_position(id),
                Event::Reset => self.reset(),
                Event::Connected => self.line_is = Line::Call,
                Event::Unplug => self.unplugged = true,
                Event::Replug => self.replugged = true,
            }
        }
    }

    /// When [`Modem::poll`] will have something to do, if nothing comes in before.
    #[must_use]
    pub fn next_due(&self) -> Option<Duration> {
        if self.is_on_call() {
            // What happens meanwhile is told when the line takes it again.
            return None;
        }
        let drip = (!self.dripping.is_empty()).then_some(self.next_drip);
        let input = (!self.input.is_empty()).then_some(self.busy_until);
        let event = self.events.first_key_value().map(|((due, _), _)| *due);
        [drip, input, event].into_iter().flatten().min()
    }

    /// Whether [`Faults::unplug_on`] has struck; true once.
    pub fn take_unplugged(&mut self) -> bool {
        std::mem::take(&mut self.unplugged)
    }

    /// Whether it has booted after a restart that took its port away; true once.
    pub fn take_replugged(&mut self) -> bool {
        std::mem::take(&mut self.replugged)
    }

    /// Switches it off and on: what was set is forgotten, the SIM asks for its PIN again, what is
    /// stored stays.
    pub fn reset(&mut self) {
        self.session = Session::new(&self.options);
        self.lock.power_on();
        self.storages.select_first();
        self.network.power_on();
        self.entry = None;
        self.line_is = Line::Commands;
        self.input.clear();
        self.line.clear();
        self.dripping.clear();
        self.busy_until = self.now;
        self.events.retain(|_, event| {
            matches!(event, Event::Report(_) | Event::Arrival(_) | Event::Replug)
        });
    }

    /// Every command line that came, without its CR; a PIN or PUK in it is shown as `***`.
    #[must_use]
    pub fn commands(&self) -> &[String] {
        &self.log
    }

    /// Everything the network took, oldest first.
    #[must_use]
    pub fn sent(&self) -> &[SentSms] {
        &self.sent
    }

    /// Writes an unsolicited line now, between two answers.
    pub fn urc(&mut self, line: &str) {
        let bytes = self.framed(&[Piece::line(line)], "");
        self.write_at(self.now, bytes);
    }

    fn later(&mut self, due: Duration, event: Event) {
        self.sequence += 1;
        self.events.insert((due, self.sequence), event);
    }

    fn write_at(&mut self, due: Duration, bytes: Vec<u8>) {
        if !bytes.is_empty() && !self.faults.silent {
            self.later(due, Event::Write(bytes));
        }
    }

    /// Works on the input while the modem is not busy with an answer.
    fn take_input(&mut self) {
        while self.busy_until <= self.now {
            let Some(byte) = self.input.pop_front() else {
                break;
            };
            if self.entry.is_some() {
                self.take_message_byte(byte);
            } else if byte == b'\r' {
                let line = String::from_utf8_lossy(&std::mem::take(&mut self.line)).into_owned();
                self.take_line(&line);
            } else if byte == 0x08 {
                self.line.pop();
            } else if byte >= b' ' && self.line.len() < 1024 {
                // Line feeds and other control characters before `AT` are ignored (V.250, 5.2.1).
                self.line.push(byte);
            }
        }
        self.echo_message();
    }

    fn take_line(&mut self, line: &str) {
        let upper = line.trim().to_ascii_uppercase();
        let Some(at) = upper.find("AT") else {
            self.echo(line.as_bytes(), &upper);
            return;
        };
        let short = upper.get(at + 2..).unwrap_or_default().to_owned();
        self.log.push(sim_lock::without_secret(line));
        self.echo(line.as_bytes(), &short);
        if self
            .faults
            .unplug_on
            .as_ref()
            .is_some_and(|prefix| short.starts_with(prefix))
        {
            self.faults.unplug_on = None;
            self.later(self.now, Event::Unplug);
            return;
        }
        let behind = line.trim().get(at + 2..).unwrap_or_default();
        let answer = match command::parse(behind) {
            Some(commands) => self.carry_out(&commands, &short),
            None => Err(Refusal::Error),
        };
        self.reply(answer, &short);
    }

    fn echo(&mut self, line: &[u8], command: &str) {
        if self.session.echo {
            for urc in self.faults.take_interruptions(Place::BeforeEcho, command) {
                self.urc(&urc);
            }
            self.write_at(self.now, [line, b"\r"].concat());
        }
    }

    fn carry_out(&mut self, commands: &[Command], short: &str) -> Answer {
        if self
            .faults
            .unknown_commands
            .iter()
            .any(|prefix| short.starts_with(prefix))
        {
            return Err(Refusal::Error);
        }
        let mut all = Vec::new();
        for command in commands {
            if self.needs_sim(command) && self.faults.sim_busy > 0 {
                self.faults.sim_busy -= 1;
                let message = command.name.starts_with("+CM") || command.name == "+CPMS";
                return Err(if message {
                    Refusal::Cms(314)
                } else {
                    Refusal::Cme(14)
                });
            }
            let answer = self
                .answer_sim_lock(command)
                .or_else(|| self.answer_identity(command))
                .or_else(|| self.answer_network(command))
                .or_else(|| self.answer_settings(command))
                .or_else(|| self.answer_storage(command))
                .or_else(|| self.answer_lists(command))
                .or_else(|| self.answer_sending(command))
                .unwrap_or(Err(Refusal::Error));
            all.extend(answer?);
        }
        Ok(all)
    }

    fn needs_sim(&self, command: &Command) -> bool {
        matches!(
            command.name.as_str(),
            "+CPIN"
                | "+CMGL"
                | "+CMGR"
                | "+CMGD"
                | "+CMGS"
                | "+CMGW"
                | "+CMSS"
                | "+CPMS"
                | "+CIMI"
                | "+CSCA"
                | "+CNUM"
                | "+CRSM"
                | "+XPINCNT"
                | "+CPINR"
        ) && command.form != Form::Test
    }

    /// Refuses message commands while the SIM cannot be read (27.005 clause 3.2.5).
    fn message_service(&self) -> Result<(), Refusal> {
        match self.lock.message_error(&self.options) {
            Some(code) => Err(Refusal::Cms(code)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
#[path = "modem/tests.rs"]
mod tests;
