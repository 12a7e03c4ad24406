//! The process that holds the modem: it unlocks the SIM, takes in what lies there, sends what
//! is queued, and publishes what it knows of the modem for the others.
//!
//! Order is everything here. A message is committed to the store before it may leave the SIM;
//! that a part is being sent is committed before the modem sees it; a PIN is written down as
//! tried before the SIM gets it. A kill between any two steps loses and doubles nothing.

mod intake;
mod news;
mod outbox;
mod unlock;

use std::collections::HashMap;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

use self::intake::listed;
pub use self::unlock::{Key, NotEntered, Sim, open_sim, wanted};
use super::carrier::Carrier;
use super::errand::Restart;
use super::lending::Line;
use super::message::MessageId;
use super::serial::{Entry, Mode, PinTries, Selected, SerialModem, SimState, Usage};
use super::snapshot::{Lock, Modem, ModemState};
use super::store::{Listed, OnSim, Store, StoreError, raw_hash};
use super::ussd::{Reply, Request};
use super::{Cleanup, Options};
use crate::at::port::Holder;
use crate::at::{AtError, OpenError, SerialPort};

/// Why the owner cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The port cannot be had.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Another process of ours has the modem.
    #[error("the modem is held by {0}")]
    Sibling(Holder),
    /// The SIM is locked; the sentence says what was tried and what to do.
    #[error("{sentence}")]
    Locked {
        /// What it wants.
        lock: Lock,
        /// Tries left.
        tries: PinTries,
        /// What happened and what to do.
        sentence: String,
    },
    /// ModemManager has no modem that can be used now.
    #[error("{sentence}")]
    NotReady {
        /// How the modem stands.
        state: ModemState,
        /// What is wrong and what to do.
        sentence: String,
    },
    /// The modem was told to restart, and will be back.
    #[error("the modem restarts; it will be back in a moment")]
    Restarting,
    /// It does not do this one thing; the sentence says why. Everything else goes on.
    #[error("{0}")]
    Refused(String),
    /// The modem went away or does not do what it should.
    #[error(transparent)]
    Modem(#[from] AtError),
    /// The store cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A modem that is ours, and ready.
pub struct Owner {
    modem: SerialModem<SerialPort>,
    known: Modem,
    /// It tells of new messages; else it must be asked.
    notifies: bool,
    cleanup: Cleanup,
    delivery_reports: bool,
    /// The channels of cell broadcasts, empty for none.
    broadcasts: String,
    /// What the network said over USSD and nobody has taken yet.
    ussd: Vec<Reply>,
    /// What the modem said about positions and nobody has taken yet.
    positions: Vec<String>,
    network_returned: bool,
    /// How often a message was refused for a reason that passes.
    refusals: HashMap<MessageId, u8>,
}

/// Storages that hold messages, in the order in which they are read.
const STORAGES: [&str; 2] = ["SM", "ME"];
/// A storage over this share of its capacity is freed, per cent.
const FULL_PERCENT: u64 = 80;

impl Owner {
    /// Takes the port, opens the SIM, and chooses how messages are written.
    ///
    /// `key` is what the person just entered; without one the configured PIN is used, under
    /// the rules of [`super::pin`].
    ///
    /// # Errors
    /// See [`Trouble`].
    pub fn start(
        options: &Options,
        device: &std::path::Path,
        store: &mut Store,
        key: Option<&Key>,
    ) -> Result<Self, Trouble> {
        let port = SerialPort::open(device, options.baud)?;
        // The lock is ours, so whoever was sending is dead, whatever the modem says next.
        store.recover_interrupted()?;
        let mut modem = SerialModem::start(port)?;
        open_sim(&mut modem, store, key, &options.pin)?;
        modem.choose_mode()?;
        let known = Modem {
            state: ModemState::Ready,
            device: Some(device.display().to_string()),
            ..Modem::default()
        };
        Ok(Self {
            modem,
            known,
            notifies: false,
            cleanup: options.cleanup,
            delivery_reports: options.delivery_reports,
            broadcasts: options.broadcasts.clone(),
            ussd: Vec::new(),
            positions: Vec::new(),
            network_returned: false,
            refusals: HashMap::new(),
        })
    }
}

impl Carrier for Owner {
    fn known(&self) -> &Modem {
        &self.known
    }

    fn notifies(&self) -> bool {
        self.notifies
    }

    fn has_news(&self) -> bool {
        self.modem.has_urcs()
    }

    fn notify(&mut self) -> Result<(), Trouble> {
        let listens = !self.broadcasts.is_empty();
        self.notifies = self.modem.notify(listens)?;
        self.modem.tell_of_network()?;
        if listens {
            self.modem.listen_to_broadcasts(&self.broadcasts)?;
        }
        Ok(())
    }

    fn look_around(&mut self) -> Result<(), Trouble> {
        self.known.operator = self.modem.operator()?;
        self.known.signal_percent = self.modem.signal_percent()?;
        let registration = self.modem.registration()?;
        self.set_registration(registration);
        Ok(())
    }

    fn collect(&mut self, store: &mut Store) -> Result<(), Trouble> {
        self.collect_from(&STORAGES, store)
    }

    fn attend(&mut self, store: &mut Store) -> Result<(), Trouble> {
        self.modem.listen(Duration::ZERO)?;
        while self.modem.has_urcs() {
            let news = self.take_news(store)?;
            if news.sim_changed {
                if let SimState::Locked(lock) = self.modem.sim_state()? {
                    let sentence = wanted(&lock);
                    return Err(Trouble::Locked {
                        lock,
                        tries: PinTries::default(),
                        sentence,
                    });
                }
                // It may have restarted by itself, and forgotten what it was asked to tell.
                self.modem.choose_mode()?;
                if self.notifies {
                    self.notify()?;
                }
                self.collect(store)?;
            }
            if news.network_changed {
                self.look_around()?;
            }
            if let Some(storage) = news.stored {
                // A message announced for one memory may have to be read from the other.
                let mut all = STORAGES.to_vec();
                all.extend((!STORAGES.contains(&storage)).then_some(storage));
                self.collect_from(&all, store)?;
            }
        }
        Ok(())
    }

    fn keep_news(&mut self, store: &mut Store) -> Result<(), StoreError> {
        self.take_news(store).map(drop)
    }

    fn send_queued(
        &mut self,
        store: &mut Store,
        go_on: &mut dyn FnMut(&mut Store) -> bool,
    ) -> Result<(), Trouble> {
        self.send_all(store, go_on)
    }

    fn network_returned(&mut self) -> bool {
        std::mem::take(&mut self.network_returned)
    }

    fn ussd(&mut self, request: &Request) -> Result<(), Trouble> {
        // What is answered from now on is an answer to this.
        self.known.ussd_asks = None;
        let replies = match self.modem.ussd(request) {
            Ok(replies) => replies,
            // There is nothing to be ended.
            Err(AtError::Refused { .. }) if *request == Request::Cancel => return Ok(()),
            Err(error @ AtError::Refused { .. }) => {
                let why = error.reason().unwrap_or_default();
                return Err(Trouble::Refused(format!(
                    "the modem or the network refused the code: {why}"
                )));
            }
            Err(error) => return Err(error.into()),
        };
        for reply in replies {
            self.hear_ussd(reply);
        }
        Ok(())
    }

    fn take_ussd(&mut self) -> Vec<Reply> {
        std::mem::take(&mut self.ussd)
    }

    fn command(&mut self, line: &Line) -> Result<Result<Vec<String>, String>, Trouble> {
        match self.modem.position_command(line) {
            // Messages may still work; if not, that shows by itself.
            Err(silent @ AtError::TimedOut { .. }) => Err(Trouble::Refused(silent.to_string())),
            answer => Ok(answer?),
        }
    }

    fn take_positions(&mut self) -> Vec<String> {
        std::mem::take(&mut self.positions)
    }

    fn restart(&mut self, how: Restart) -> Result<(), Trouble> {
        restart(&mut self.modem, how)
    }
}

impl Owner {
    fn collect_from(&mut self, storages: &[&str], store: &mut Store) -> Result<(), Trouble> {
        let mut read_any = false;
        // The one that was selected before comes last: then nothing has to be put back.
        let usual = self.modem.usual_storage()?;
        let mut storages = storages.to_vec();
        storages.sort_by_key(|name| usual == Some(*name));
        for storage in &storages {
            let usage = match self.modem.select(storage)? {
                Selected::Missing => continue,
                Selected::Selected(usage) => usage,
            };
            read_any = true;
            // An empty storage is not listed, which saves a round trip; but its emptiness is
            // news for the store, too.
            let entries = match usage {
                Some(usage) if usage.used == 0 => Vec::new(),
                _ => self.modem.list()?,
            };
            let doubtful: Vec<u32> = entries
                .iter()
                .filter(|entry| !entry.whole)
                .map(|entry| entry.index)
                .collect();
            take_in(storage, entries, store)?;
            if let Some(usage) = usage {
                let left = self.free(storage, usage, &doubtful, store)?;
                if *storage == "SM" {
                    self.known.sim_used = Some(left);
                    self.known.sim_capacity = Some(usage.capacity);
                }
            }
        }
        if !read_any {
            // A modem without +CPMS has one storage, and calls it nothing.
            let entries = self.modem.list()?;
            take_in("SM", entries, store)?;
        }
        self.modem.restore_storage()?;
        Ok(())
    }

    /// Deletes by index what the store surely has, oldest first; returns what is left.
    fn free(
        &mut self,
        storage: &str,
        usage: Usage,
        doubtful: &[u32],
        store: &mut Store,
    ) -> Result<u32, Trouble> {
        let Usage { used, capacity } = usage;
        let share = u64::from(capacity) * FULL_PERCENT / 100;
        let keep = match self.cleanup {
            Cleanup::Never => return Ok(used),
            Cleanup::Stored => 0,
            Cleanup::WhenFull if capacity > 0 && u64::from(used) > share => share,
            Cleanup::WhenFull => return Ok(used),
        };
        let mut left = used;
        for place in store.stored_on(storage)? {
            if u64::from(left) <= keep {
                break;
            }
            if doubtful.contains(&place.index) || !self.still_holds(&place)? {
                continue;
            }
            match self.modem.delete(place.index) {
                Ok(()) => {
                    store.forget_on_sim(storage, place.index)?;
                    left = left.saturating_sub(1);
                }
                // A full SIM is no reason to stop reading it; it is tried again next time.
                Err(AtError::Refused { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(left)
    }

    /// Whether the place still holds what is stored: a modem with several ports may have let
    /// another program put something new there meanwhile.
    fn still_holds(&mut self, place: &OnSim) -> Result<bool, AtError> {
        if self.modem.mode() != Mode::Pdu {
            return Ok(true);
        }
        match self.modem.read_pdu(place.index) {
            Ok(pdu) => Ok(pdu.is_some_and(|pdu| raw_hash(&pdu) == place.raw_hash)),
            Err(AtError::Refused { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn take_in(storage: &str, entries: Vec<Entry>, store: &mut Store) -> Result<(), StoreError> {
    let listing: Vec<Listed> = entries.into_iter().map(listed).collect();
    store.ingest(storage, &listing)?;
    Ok(())
}

impl AsFd for Owner {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.modem.port().as_fd()
    }
}

/// Restarts the modem at this port, whatever state its SIM is in.
///
/// # Errors
/// When the port cannot be had, or the modem does not take it.
pub fn restart_port(device: &std::path::Path, baud: u32, how: Restart) -> Result<(), Trouble> {
    let port = SerialPort::open(device, baud)?;
    restart(&mut SerialModem::start(port)?, how)
}

fn restart(modem: &mut SerialModem<SerialPort>, how: Restart) -> Result<(), Trouble> {
    let done = match how {
        Restart::Reset => modem.reset(),
        Restart::PowerCycle => modem.power_cycle(),
    };
    match done {
        Err(AtError::Refused { .. }) => Err(Trouble::Refused(match how {
            Restart::Reset => "this modem cannot be restarted by a program; unplug it".to_owned(),
            Restart::PowerCycle => {
                "this modem does not switch its radio off; try 'xsms modem reset'".to_owned()
            }
        })),
        done => Ok(done?),
    }
}
