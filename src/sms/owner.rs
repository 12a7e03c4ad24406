//! The process that holds the modem: it unlocks the SIM, takes in what lies there, sends what
//! is queued, and publishes what it knows of the modem for the others.
//!
//! Order is everything here. A message is committed to the store before it may leave the SIM;
//! that a part is being sent is committed before the modem sees it; a PIN is written down as
//! tried before the SIM gets it. A kill between any two steps loses and doubles nothing.

mod intake;
mod outbox;
mod unlock;

use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

use self::intake::listed;
pub use self::unlock::Key;
use super::serial::{Entry, Mode, PinTries, Record, Selected, SerialModem, SimState, Usage, unhex};
use super::snapshot::{Lock, Modem, ModemState};
use super::store::{Listed, OnSim, Store, StoreError, raw_hash};
use super::{Cleanup, Options};
use crate::at::{AtError, OpenError, SerialPort, Urc};

/// Why the owner cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The port cannot be had.
    #[error(transparent)]
    Open(#[from] OpenError),
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
        unlock::open_sim(&mut modem, store, key, &options.pin)?;
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
        })
    }

    /// What is known of the modem.
    #[must_use]
    pub fn known(&self) -> &Modem {
        &self.known
    }

    /// Whether the modem tells of new messages by itself.
    #[must_use]
    pub fn notifies(&self) -> bool {
        self.notifies
    }

    /// Whether something came by itself that [`Owner::attend`] has not looked at yet.
    #[must_use]
    pub fn has_news(&self) -> bool {
        self.modem.has_urcs()
    }

    /// Asks to be told of new messages.
    ///
    /// # Errors
    /// When the modem is gone or silent.
    pub fn notify(&mut self) -> Result<(), AtError> {
        self.notifies = self.modem.notify()?;
        Ok(())
    }

    /// Asks for operator and signal.
    ///
    /// # Errors
    /// When the modem is gone or silent.
    pub fn look_around(&mut self) -> Result<(), AtError> {
        self.known.operator = self.modem.operator()?;
        self.known.signal_percent = self.modem.signal_percent()?;
        Ok(())
    }

    /// Takes in everything that lies in the modem, then frees the SIM where that is asked for.
    ///
    /// # Errors
    /// When the modem or the store fails; what was taken in until then stays.
    pub fn collect(&mut self, store: &mut Store) -> Result<(), Trouble> {
        self.collect_from(&STORAGES, store)
    }

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

    /// Reads what came by itself and acts on it.
    ///
    /// # Errors
    /// When the modem is gone, its SIM has become locked, or the store fails.
    pub fn attend(&mut self, store: &mut Store) -> Result<(), Trouble> {
        self.modem.listen(Duration::ZERO)?;
        while self.modem.has_urcs() {
            let news = self.keep_news(store)?;
            if news.sim_changed
                && let SimState::Locked(lock) = self.modem.sim_state()?
            {
                let sentence = unlock::wanted(&lock);
                return Err(Trouble::Locked {
                    lock,
                    tries: PinTries::default(),
                    sentence,
                });
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

    /// Stores messages that the modem has handed over: they lie nowhere else. Asks nothing of
    /// the modem, so it also saves what came before the modem was lost.
    ///
    /// # Errors
    /// When the store fails.
    pub fn keep_news(&mut self, store: &mut Store) -> Result<News, StoreError> {
        let mut news = News::default();
        for urc in self.modem.take_urcs() {
            match Announcement::of(&urc) {
                Announcement::Stored(storage) => news.stored = Some(storage),
                Announcement::HandedOver(bytes) => {
                    let entry = Entry {
                        index: 0,
                        record: Record::Pdu(bytes),
                        whole: true,
                    };
                    let listed = listed(entry);
                    store.receive(&listed.raw, &listed.content)?;
                }
                Announcement::SimChanged => news.sim_changed = true,
                Announcement::Other => {}
            }
        }
        Ok(news)
    }
}

/// What came by itself and is still to be looked at.
#[derive(Debug, Default)]
pub struct News {
    stored: Option<&'static str>,
    sim_changed: bool,
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

/// What an unsolicited result code means for messages.
enum Announcement {
    Stored(&'static str),
    HandedOver(Vec<u8>),
    SimChanged,
    Other,
}

impl Announcement {
    fn of(urc: &Urc) -> Self {
        let name = urc.line.split(':').next().unwrap_or_default();
        match name {
            "+CMTI" | "+CDSI" => {
                let fields = crate::at::fields::fields(&urc.line);
                match fields.first().map(String::as_str) {
                    // Status reports have a memory of their own on some modems.
                    Some("SR") => Self::Stored("SR"),
                    _ => Self::Stored("SM"),
                }
            }
            "+CMT" | "+CDS" => {
                let bytes = urc.payload.as_deref().and_then(unhex);
                bytes.map_or(Self::Other, Self::HandedOver)
            }
            "+CPIN" | "+SIM" => Self::SimChanged,
            _ => Self::Other,
        }
    }
}
