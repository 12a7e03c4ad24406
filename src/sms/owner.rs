//! The process that holds the modem: it unlocks the SIM, takes in what lies there, sends what
//! is queued, and publishes what it knows of the modem for the others.
//!
//! Order is everything here. A message is committed to the store before it may leave the SIM;
//! that a part is being sent is committed before the modem sees it; a PIN is written down as
//! tried before the SIM gets it. A kill between any two steps loses and doubles nothing.

use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

use jiff::Timestamp;

use super::pdu::{self, EncodeOptions};
use super::pin::{self, PinRefusal};
use super::serial::{
    Entry, Mode, PinTries, Record, Selected, SendError, SerialModem, SimState, UnlockError,
};
use super::snapshot::{Lock, Modem, ModemState};
use super::store::{Content, Incoming, Listed, Outgoing, OwnMessage, Store, StoreError};
use super::{Cleanup, Options};
use crate::at::{AtError, OpenError, SerialPort, Urc};
use crate::secret::Secret;

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

/// What the person entered to open the SIM.
#[derive(Debug, Clone)]
pub enum Key {
    /// The PIN.
    Pin(Secret),
    /// The PUK and the PIN that shall be in force from now on.
    Puk(Secret, Secret),
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
const FULL_PERCENT: u32 = 80;

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
        open_sim(&mut modem, store, key, options.pin.as_ref())?;
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
        for storage in storages {
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
            self.take_in(storage, entries, store)?;
            if let Some(usage) = usage {
                let left = self.free(storage, usage.used, usage.capacity, store)?;
                if *storage == "SM" {
                    self.known.sim_used = Some(left);
                    self.known.sim_capacity = Some(usage.capacity);
                }
            }
        }
        if !read_any {
            // A modem without +CPMS has one storage, and calls it nothing.
            let entries = self.modem.list()?;
            self.take_in("SM", entries, store)?;
        }
        self.modem.restore_storage()?;
        Ok(())
    }

    fn take_in(
        &self,
        storage: &str,
        entries: Vec<Entry>,
        store: &mut Store,
    ) -> Result<(), StoreError> {
        let listing: Vec<Listed> = entries.into_iter().map(listed).collect();
        store.ingest(storage, &listing)?;
        Ok(())
    }

    /// Deletes by index what the store surely has, oldest first; returns what is left.
    fn free(
        &mut self,
        storage: &str,
        used: u32,
        capacity: u32,
        store: &mut Store,
    ) -> Result<u32, Trouble> {
        let keep = match self.cleanup {
            Cleanup::Never => return Ok(used),
            Cleanup::Stored => 0,
            Cleanup::WhenFull if capacity > 0 && used * 100 > capacity * FULL_PERCENT => {
                capacity * FULL_PERCENT / 100
            }
            Cleanup::WhenFull => return Ok(used),
        };
        let mut left = used;
        for place in store.stored_on(storage)? {
            if left <= keep {
                break;
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

    /// Sends what is queued, oldest first, until nothing is left or there is no network.
    /// `progress` is called after each step, so that it can be shown.
    ///
    /// # Errors
    /// When the modem is gone or the store fails; a message that was cut off is *unknown* then.
    pub fn send_queued(
        &mut self,
        store: &mut Store,
        progress: &mut dyn FnMut(&mut Store),
    ) -> Result<(), Trouble> {
        while let Some(message) = store.next_queued()? {
            match self.send(&message, store, progress) {
                Ok(()) => progress(store),
                Err(Sending::Later(gone)) => {
                    store.postpone(message.id)?;
                    progress(store);
                    return gone.map_or(Ok(()), |gone| Err(gone.into()));
                }
                Err(Sending::Failed(reason)) => {
                    store.fail(message.id, &reason)?;
                    progress(store);
                }
                Err(Sending::Unknown(reason, gone)) => {
                    store.unknown(message.id, &reason)?;
                    progress(store);
                    if let Some(gone) = gone {
                        return Err(gone.into());
                    }
                }
                Err(Sending::Store(error)) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn send(
        &mut self,
        message: &Outgoing,
        store: &mut Store,
        progress: &mut dyn FnMut(&mut Store),
    ) -> Result<(), Sending> {
        let failed = |error: &dyn std::fmt::Display| Sending::Failed(error.to_string());
        if self.modem.mode() != Mode::Pdu {
            return self.send_as_text(message, store, progress);
        }
        let options = EncodeOptions {
            address: message.address.clone(),
            concat_reference: message.concat_reference,
            status_report: self.delivery_reports,
            ..EncodeOptions::default()
        };
        let parts = pdu::encode(&options, &message.text).map_err(|error| failed(&error))?;
        if parts.len() > 1 {
            self.modem.more_to_send().map_err(|error| failed(&error))?;
        }
        for &number in &message.waiting {
            let Some(part) = parts.get(usize::from(number) - 1) else {
                break;
            };
            if !store.begin_part(message.id, number)? {
                // Taken back meanwhile.
                return Ok(());
            }
            progress(store);
            let reference = self.modem.send_pdu(part)?;
            store.part_sent(message.id, number, reference, Timestamp::now())?;
        }
        store.finish(message.id)?;
        Ok(())
    }

    /// A modem in text mode cannot mark parts as belonging together: they go as messages of
    /// their own.
    fn send_as_text(
        &mut self,
        message: &Outgoing,
        store: &mut Store,
        progress: &mut dyn FnMut(&mut Store),
    ) -> Result<(), Sending> {
        let texts = super::serial::split_plain(&message.text);
        for &number in &message.waiting {
            let Some((text, alphabet)) = texts.get(usize::from(number) - 1) else {
                break;
            };
            if !store.begin_part(message.id, number)? {
                // Taken back meanwhile.
                return Ok(());
            }
            progress(store);
            let reference = self.modem.send_text(&message.address, text, *alphabet)?;
            store.part_sent(message.id, number, reference, Timestamp::now())?;
        }
        store.finish(message.id)?;
        Ok(())
    }

    /// Reads what came by itself and acts on it; `true` when the store may have changed.
    ///
    /// # Errors
    /// When the modem is gone, its SIM has become locked, or the store fails.
    pub fn attend(&mut self, store: &mut Store) -> Result<bool, Trouble> {
        self.modem.listen(Duration::ZERO)?;
        let mut storages: Vec<&str> = Vec::new();
        let mut changed = false;
        loop {
            let urcs = self.modem.take_urcs();
            if urcs.is_empty() {
                break;
            }
            for urc in urcs {
                match Announcement::of(&urc) {
                    Announcement::Stored(storage) => storages.push(storage),
                    Announcement::HandedOver(bytes) => {
                        let entry = Entry {
                            index: 0,
                            record: Record::Pdu(bytes),
                        };
                        let listed = listed(entry);
                        store.receive(&listed.raw, &listed.content)?;
                        changed = true;
                    }
                    Announcement::SimChanged => {
                        if let SimState::Locked(lock) = self.modem.sim_state()? {
                            let sentence = locked_sentence(&lock);
                            return Err(Trouble::Locked {
                                lock,
                                tries: PinTries::default(),
                                sentence,
                            });
                        }
                    }
                    Announcement::Other => {}
                }
            }
            if !storages.is_empty() {
                // A message announced for one memory may have to be read from the other.
                let mut all = STORAGES.to_vec();
                all.extend(storages.drain(..).filter(|name| !STORAGES.contains(name)));
                self.collect_from(&all, store)?;
                changed = true;
            }
        }
        Ok(changed)
    }
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
                let bytes = urc.payload.as_deref().and_then(super::serial::unhex);
                bytes.map_or(Self::Other, Self::HandedOver)
            }
            "+CPIN" | "+SIM" => Self::SimChanged,
            _ => Self::Other,
        }
    }
}

/// How sending one message ended, if not well.
enum Sending {
    /// The network surely does not have it, and it can go by itself later.
    Later(Option<AtError>),
    Failed(String),
    Unknown(String, Option<AtError>),
    Store(StoreError),
}

impl From<StoreError> for Sending {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<SendError> for Sending {
    fn from(error: SendError) -> Self {
        let sentence = error.to_string();
        match error {
            SendError::NoService(_) => Self::Later(None),
            SendError::Refused(gone @ AtError::Gone(_)) => Self::Later(Some(gone)),
            SendError::Refused(_) => Self::Failed(sentence),
            SendError::Unknown(gone @ AtError::Gone(_)) => Self::Unknown(sentence, Some(gone)),
            SendError::Unknown(_) => Self::Unknown(sentence, None),
        }
    }
}

fn listed(entry: Entry) -> Listed {
    let (raw, content) = match entry.record {
        Record::Pdu(raw) => {
            let content = match pdu::decode(&raw) {
                Ok(pdu) => Content::from_pdu(&pdu),
                Err(error) => Content::Undecodable {
                    reason: error.to_string(),
                },
            };
            (raw, content)
        }
        Record::Text {
            incoming,
            address,
            time,
            text,
        } => {
            let stamp = time.map_or_else(String::new, |time| time.to_string());
            let raw = format!("{incoming}|{address}|{stamp}|{text}").into_bytes();
            let content = if incoming {
                Content::Deliver(Incoming {
                    address,
                    time,
                    text,
                    class: None,
                    concat: None,
                    replace_type: None,
                })
            } else {
                Content::Submit(OwnMessage {
                    address,
                    text,
                    concat: None,
                })
            };
            (raw, content)
        }
        Record::Unreadable(line) => {
            let content = Content::Undecodable {
                reason: "not hexadecimal".to_owned(),
            };
            (line.into_bytes(), content)
        }
    };
    Listed {
        index: entry.index,
        raw,
        content,
    }
}

/// Brings the SIM to where messages can be reached.
fn open_sim(
    modem: &mut SerialModem<SerialPort>,
    store: &mut Store,
    key: Option<&Key>,
    configured: Option<&Secret>,
) -> Result<(), Trouble> {
    let lock = match modem.sim_state()? {
        SimState::Ready => {
            pin::opened(store)?;
            return Ok(());
        }
        SimState::Locked(lock) => lock,
    };
    let tries = match lock {
        Lock::SimPin | Lock::SimPuk => modem.pin_tries()?,
        Lock::NoSim | Lock::Other(_) => PinTries::default(),
    };
    let locked = |lock: &Lock, tries, sentence| Trouble::Locked {
        lock: lock.clone(),
        tries,
        sentence,
    };
    let answer = match (&lock, key, configured) {
        (Lock::SimPin, Some(Key::Pin(pin)), _) | (Lock::SimPin, None, Some(pin)) => {
            match pin::claim_try(store, pin, tries) {
                Ok(()) => {}
                Err(PinRefusal::Store(error)) => return Err(error.into()),
                Err(refusal) => return Err(locked(&lock, tries, refusal.to_string())),
            }
            let answer = modem.enter_pin(pin);
            if answer.is_ok() {
                pin::accepted(store, pin)?;
            }
            answer
        }
        (Lock::SimPuk, Some(Key::Puk(puk, new_pin)), _) => {
            if tries.puk.is_some_and(|left| left <= 1) {
                let sentence = "only one PUK try is left and barpop never spends the last one; \
                                ask your operator"
                    .to_owned();
                return Err(locked(&lock, tries, sentence));
            }
            let answer = modem.enter_puk(puk, new_pin);
            if answer.is_ok() {
                pin::reset(store)?;
            }
            answer
        }
        _ => return Err(locked(&lock, tries, locked_sentence(&lock))),
    };
    match answer {
        Ok(()) => match modem.sim_state()? {
            SimState::Ready => Ok(()),
            SimState::Locked(lock) => {
                let sentence = locked_sentence(&lock);
                Err(Trouble::Locked {
                    lock,
                    tries: PinTries::default(),
                    sentence,
                })
            }
        },
        Err(UnlockError::Modem(error)) => Err(error.into()),
        Err(UnlockError::Wrong) => {
            let tries = modem.pin_tries()?;
            let lock = match modem.sim_state()? {
                SimState::Locked(lock) => lock,
                SimState::Ready => return Ok(()),
            };
            let left = match lock {
                Lock::SimPuk => tries.puk,
                _ => tries.pin,
            };
            let left = left.map_or_else(String::new, |left| format!(", {left} tries left"));
            let sentence = match lock {
                Lock::SimPuk => format!("the SIM is blocked and wants its PUK{left}"),
                _ => format!("wrong PIN{left}; check it and enter it once more"),
            };
            Err(Trouble::Locked {
                lock,
                tries,
                sentence,
            })
        }
    }
}

fn locked_sentence(lock: &Lock) -> String {
    match lock {
        Lock::SimPin => {
            "the SIM wants its PIN; enter it in the popup or name a --pin-file".to_owned()
        }
        Lock::SimPuk => "the SIM is blocked; enter its PUK and a new PIN in the popup".to_owned(),
        Lock::NoSim => "there is no SIM in the modem; insert one".to_owned(),
        Lock::Other(name) => format!("the modem wants '{name}', which barpop cannot enter"),
    }
}
