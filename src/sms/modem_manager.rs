//! The modem that ModemManager holds, as a carrier of messages (`org.freedesktop.ModemManager1`,
//! tried with version 1.20).
//!
//! Subscribe, then list: nothing falls between the two. A message is taken in when it is whole
//! (`State` is `Received`); before that, parts are missing. ModemManager is never started by us.
//! Messages are taken in from every modem that it has, or from the one that was asked for; one
//! of them is *the* modem, which sends, and whose state is shown.
//!
//! What ModemManager 1.20 does otherwise than one would think:
//! * It asks for a delivery report with the last part of a long message only.
//! * It tells only the first of several messages that it hears of in one read of its port.
//! * What it has sent, and every report, stays in its list until somebody deletes it.
//! * It does not say how much the SIM can hold.

mod errand;
mod intake;
mod lock;
mod object;
mod outbox;
mod session;
mod unlock;
mod words;

use std::borrow::BorrowMut;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

pub use self::errand::restart;
use self::intake::listed;
use self::lock::{Held, Lock};
use self::object::{MESSAGING, MODEM, RECEIVED, SMS, Sms, State, paths, slot};
use self::session::News;
pub use self::session::Session;
use self::session::body;
use self::unlock::SimOf;
use super::carrier::Carrier;
use super::errand::Restart;
use super::options::Device;
use super::owner::{Key, Trouble, open_sim};
use super::snapshot::{Modem, ModemState};
use super::store::{Store, StoreError, raw_hash};
use super::ussd::{Reply, Request};
use super::{Cleanup, Options};
use crate::bus::PATIENCE;

/// ModemManager looks at a modem that was plugged in or unlocked for this long: who has one look
/// only waits for it.
pub const STARTING: Duration = Duration::from_secs(25);
/// A network is usually found in this time.
const REGISTERING: Duration = Duration::from_secs(10);
/// It may take this long to switch a radio on.
const ENABLING: Duration = Duration::from_secs(60);
/// Most messages that are left in one storage: nobody says how many fit, and the smallest SIMs
/// that are about hold 20.
const KEPT: usize = 16;
const NETWORK_MANAGER: &str = "org.freedesktop.NetworkManager";

/// A modem of ModemManager that is ours, and ready.
pub struct Owner<S> {
    session: S,
    /// The modem's path.
    modem: String,
    /// Whether the other modems' messages are taken in, too.
    all: bool,
    generation: u64,
    cleanup: Cleanup,
    delivery_reports: bool,
    known: Modem,
    /// Whether the network took messages when it was last looked at, and has come back since.
    can_send: bool,
    network_returned: bool,
    /// The USSD request that was not answered yet.
    ussd: Option<NonZeroU32>,
    /// What each modem holds, by path, as far as it was listed.
    messages: BTreeMap<String, BTreeMap<String, Sms>>,
    _lock: Lock,
}

/// Connects to the system bus.
///
/// # Errors
/// When there is none, or ModemManager does not answer.
pub fn connect() -> Result<Session, Trouble> {
    Session::connect().map_err(|error| words::trouble(&error))
}

/// Takes the wanted modem, and opens its SIM. `None` when none is named and there is none. While
/// ModemManager is starting the modem, it is waited for with `patience`.
///
/// # Errors
/// See [`Trouble`].
pub fn start<S: BorrowMut<Session>>(
    mut held: S,
    patience: Duration,
    options: &Options,
    store: &mut Store,
    key: Option<&Key>,
) -> Result<Option<Owner<S>>, Trouble> {
    let session: &mut Session = held.borrow_mut();
    session.refresh().map_err(|error| words::trouble(&error))?;
    let wanted = match &options.device {
        Device::ModemManager(wanted) => wanted.as_deref(),
        _ => None,
    };
    let Some(modem) = choose(session, wanted) else {
        return match &options.device {
            Device::ModemManager(wanted) => Err(none(session, wanted.as_deref())),
            _ => Ok(None),
        };
    };
    let lock = match Lock::take(store.path()) {
        Ok(lock) => lock,
        Err(Held::Sibling(holder)) => return Err(Trouble::Sibling(holder)),
        Err(Held::Failed(error)) => {
            let sentence = format!("cannot make a file beside the messages: {error}");
            return Err(words::not_ready(
                ModemState::Failed(sentence.clone()),
                sentence,
            ));
        }
    };
    // The lock is ours, so whoever was sending is dead.
    store.recover_interrupted()?;
    session.wait_until(patience, |session| {
        let modem = session.modems.get(&modem);
        modem.is_none_or(|modem| modem.state() != State::Starting)
    });
    let mut sim = SimOf {
        session,
        modem: &modem,
    };
    open_sim(&mut sim, store, key, &options.pin)?;
    switch_on(session, &modem, patience)?;
    let mut owner = Owner {
        generation: session.generation,
        all: wanted.is_none(),
        session: held,
        modem,
        cleanup: options.cleanup,
        delivery_reports: options.delivery_reports,
        known: Modem::default(),
        can_send: false,
        network_returned: false,
        ussd: None,
        messages: BTreeMap::new(),
        _lock: lock,
    };
    owner.adopt();
    Ok(Some(owner))
}

/// The modem that was asked for, by number, path or IMEI; else the one that can do most.
fn choose(session: &Session, wanted: Option<&str>) -> Option<String> {
    let rank = |modem: &object::Modem| match modem.state() {
        State::Enabled if modem.can_send() => 4,
        State::Enabled => 3,
        State::Starting | State::Disabled => 2,
        State::Locked => 1,
        State::Failed => 0,
    };
    let is_wanted = |path: &str, modem: &object::Modem| {
        wanted.is_none_or(|wanted| {
            path == wanted
                || modem.imei() == Some(wanted)
                || path.rsplit('/').next() == Some(wanted)
        })
    };
    let mut modems = session.modems.iter();
    let best = modems.by_ref().fold(None, |best, (path, modem)| {
        let better = best.is_none_or(|(_, known)| rank(modem) > known);
        if is_wanted(path, modem) && better {
            Some((path, rank(modem)))
        } else {
            best
        }
    });
    best.map(|(path, _)| path.clone())
}

/// Why there is no such modem.
fn none(session: &Session, wanted: Option<&str>) -> Trouble {
    let sentence = match wanted {
        _ if !session.is_running() => {
            "ModemManager is not running; start it or name a port with -d".to_owned()
        }
        None => "ModemManager has no modem; plug one in".to_owned(),
        Some(wanted) => format!(
            "ModemManager has no modem '{}'; 'mmcli -L' shows those it has",
            crate::bar::clean(wanted)
        ),
    };
    words::not_ready(ModemState::Absent, sentence)
}

/// Brings the modem to where messages come and go.
fn switch_on(session: &mut Session, path: &str, patience: Duration) -> Result<(), Trouble> {
    let settled = |session: &Session| {
        let modem = session.modems.get(path);
        modem.is_none_or(|modem| modem.state() != State::Starting)
    };
    session.wait_until(patience, settled);
    let state = |session: &Session| session.modems.get(path).map(object::Modem::state);
    if state(session) == Some(State::Disabled) {
        // Airplane mode is the person's wish, which NetworkManager carries out.
        if session.has_name(NETWORK_MANAGER) {
            let sentence = "the modem is switched off; switch mobile broadband on in \
                            NetworkManager, or run 'mmcli -m any -e'";
            return Err(words::not_ready(
                ModemState::Failed(sentence.to_owned()),
                sentence,
            ));
        }
        session
            .call(path, MODEM, "Enable", &(true,), ENABLING)
            .map_err(|error| words::trouble(&error))?;
        session.wait_until(patience, |session| {
            !matches!(state(session), Some(State::Starting | State::Disabled))
        });
        // Somebody who has one look only wants to see the network, too, or to send.
        session.wait_until(patience.min(REGISTERING), |session| {
            let modem = session.modems.get(path);
            modem.is_none_or(|modem| modem.operator().is_some() && modem.can_send())
        });
    }
    let modem = session.modems.get(path);
    match modem.map(object::Modem::state) {
        Some(State::Enabled) => Ok(()),
        Some(State::Failed) => Err(match modem.and_then(object::Modem::failure) {
            None => words::no_sim(),
            Some(why) => {
                let sentence = format!("the modem does not work: {why}; restart it");
                words::not_ready(ModemState::Failed(sentence.clone()), sentence)
            }
        }),
        None => Err(words::not_ready(
            ModemState::Absent,
            "the modem is gone; plug it in again",
        )),
        Some(State::Locked) => Err(Trouble::Locked {
            lock: modem
                .and_then(object::Modem::lock)
                .unwrap_or(super::snapshot::Lock::SimPin),
            tries: super::serial::PinTries::default(),
            sentence: "the SIM is locked again".to_owned(),
        }),
        Some(State::Starting | State::Disabled) => Err(words::not_ready(
            ModemState::Starting,
            "ModemManager is still starting the modem",
        )),
    }
}

impl<S: BorrowMut<Session>> Owner<S> {
    fn session(&mut self) -> &mut Session {
        self.session.borrow_mut()
    }

    /// What ModemManager says of the modem, for line and popup.
    fn adopt(&mut self) {
        let session: &Session = self.session.borrow();
        let Some(modem) = session.modems.get(&self.modem) else {
            return;
        };
        let name = modem.text(MODEM, "Model").unwrap_or("modem");
        self.known = Modem {
            state: ModemState::Ready,
            device: Some(format!("ModemManager: {name}")),
            operator: modem.operator().map(str::to_owned),
            registration: modem.registration(),
            signal_percent: modem.signal_percent(),
            ..Modem::default()
        };
        let can_send = modem.can_send();
        self.network_returned |= can_send && !self.can_send;
        self.can_send = can_send;
    }

    /// Whether the modem is still what it was when it was taken.
    fn check(&mut self) -> Result<(), Trouble> {
        let generation = self.generation;
        let path = self.modem.clone();
        let session = self.session();
        if session.is_gone() {
            return Err(words::trouble(&crate::bus::BusError::Gone));
        }
        if session.generation != generation {
            return Err(words::not_ready(
                ModemState::Absent,
                "ModemManager was stopped or restarted",
            ));
        }
        match session.modems.get(&path).map(object::Modem::state) {
            Some(State::Enabled) => {}
            _ => return switch_on_later(session, &path),
        }
        self.adopt();
        Ok(())
    }

    /// The modems whose messages are taken in.
    fn served(&self) -> Vec<String> {
        let session: &Session = self.session.borrow();
        let is_served = |path: &str, modem: &object::Modem| {
            (self.all || path == self.modem)
                && modem.has(MESSAGING)
                && modem.state() == State::Enabled
        };
        session
            .modems
            .iter()
            .filter(|(path, modem)| is_served(path, modem))
            .map(|(path, _)| path.clone())
            .collect()
    }

    /// Lists what a modem holds.
    fn list(&mut self, modem: &str) -> Result<(), Trouble> {
        let session = self.session();
        let listed = session.call(modem, MESSAGING, "List", &(), PATIENCE);
        let found = listed
            .and_then(|answer| body(&answer))
            .map(paths)
            .and_then(|paths| session.properties(&paths, SMS));
        let found = found.map_err(|error| words::trouble(&error))?;
        let found = found.into_iter().map(|(path, said)| (path, Sms::of(&said)));
        self.messages.insert(modem.to_owned(), found.collect());
        Ok(())
    }

    /// Commits what a modem holds, then frees what may go.
    fn take_in(&mut self, modem: &str, store: &mut Store) -> Result<(), Trouble> {
        let Some(messages) = self.messages.get(modem) else {
            return Ok(());
        };
        let listing: Vec<_> = messages
            .iter()
            .filter_map(|(path, sms)| listed(slot(path), sms))
            .collect();
        let storage = self.storage(modem);
        let taken = store.ingest(&storage, &listing)?;
        if !taken.reported.is_empty() {
            self.drop_reports(modem, store)?;
        }
        self.free(modem, &storage, store)
    }

    /// What a modem's messages are filed under: two modems have the same numbers in turn.
    fn storage(&self, modem: &str) -> String {
        let session: &Session = self.session.borrow();
        let known = session.modems.get(modem);
        format!(
            "ModemManager {}",
            known.and_then(object::Modem::imei).unwrap_or(modem)
        )
    }

    /// Deletes reports about our messages: they lie on no SIM and are of no use to anybody else.
    fn drop_reports(&mut self, modem: &str, store: &mut Store) -> Result<(), Trouble> {
        let Some(messages) = self.messages.get(modem) else {
            return Ok(());
        };
        let reports: Vec<String> = messages
            .iter()
            .filter(|(_, sms)| sms.kind == 3 && sms.storage == 0 && sms.state == RECEIVED)
            .map(|(path, _)| path.clone())
            .collect();
        for path in reports {
            self.delete(modem, &path, store)?;
        }
        Ok(())
    }

    /// Deletes what the store surely has, oldest first, by the rules of [`Cleanup`].
    fn free(&mut self, modem: &str, storage: &str, store: &mut Store) -> Result<(), Trouble> {
        let keep = match self.cleanup {
            Cleanup::Never => return Ok(()),
            Cleanup::Stored => 0,
            Cleanup::WhenFull => KEPT,
        };
        let messages = self.messages.get(modem).cloned().unwrap_or_default();
        let mut lying: BTreeMap<u32, usize> = BTreeMap::new();
        for sms in messages.values().filter(|sms| sms.storage != 0) {
            *lying.entry(sms.storage).or_default() += 1;
        }
        let mut refused = BTreeSet::new();
        for place in store.stored_on(storage)? {
            let found = messages.iter().find(|(path, _)| slot(path) == place.index);
            let Some((path, sms)) = found else {
                continue;
            };
            let same = listed(place.index, sms)
                .is_some_and(|listed| raw_hash(&listed.raw) == place.raw_hash);
            let Some(count) = lying.get_mut(&sms.storage).filter(|count| **count > keep) else {
                continue;
            };
            if same && !refused.contains(&sms.storage) {
                if self.delete(modem, path, store)? {
                    *count -= 1;
                } else {
                    refused.insert(sms.storage);
                }
            }
        }
        Ok(())
    }

    /// Deletes a message in ModemManager, and where it lies. `false` when that is refused.
    fn delete(&mut self, modem: &str, path: &str, store: &mut Store) -> Result<bool, Trouble> {
        use crate::bus::BusError;
        let Ok(object) = zbus::ObjectPath::try_from(path) else {
            return Ok(false);
        };
        let answer = self
            .session()
            .call(modem, MESSAGING, "Delete", &(object,), PATIENCE);
        match answer {
            Ok(_) => {}
            // A full SIM is no reason to stop reading it.
            Err(BusError::Refused { .. } | BusError::Forbidden(_)) => return Ok(false),
            Err(error) => return Err(words::trouble(&error)),
        }
        let storage = self.storage(modem);
        store.forget_on_sim(&storage, slot(path))?;
        if let Some(messages) = self.messages.get_mut(modem) {
            messages.remove(path);
        }
        Ok(true)
    }

    /// Looks at the messages that the bus told of.
    fn look_at_news(&mut self, store: &mut Store) -> Result<(), Trouble> {
        while !self.session().news.is_empty() {
            let news: Vec<News> = self.session().news.drain(..).collect();
            let mut touched = BTreeSet::new();
            let mut wanted: BTreeMap<String, String> = BTreeMap::new();
            for news in news {
                match news {
                    News::Deleted(path) => {
                        for (modem, messages) in &mut self.messages {
                            if messages.remove(&path).is_some() {
                                touched.insert(modem.clone());
                            }
                        }
                    }
                    News::Message { modem, path } => {
                        let holds = |messages: &BTreeMap<String, Sms>| messages.contains_key(&path);
                        let known = self.messages.iter().find(|(_, messages)| holds(messages));
                        let of = modem.or_else(|| known.map(|(modem, _)| modem.clone()));
                        // Of a modem that is not served, or one that is deleted by now.
                        if let Some(of) = of.filter(|of| self.messages.contains_key(of)) {
                            wanted.insert(path, of);
                        }
                    }
                }
            }
            let asked: Vec<String> = wanted.keys().cloned().collect();
            let found = self.session().properties(&asked, SMS);
            for (path, said) in found.map_err(|error| words::trouble(&error))? {
                let Some(modem) = wanted.get(&path) else {
                    continue;
                };
                if let Some(messages) = self.messages.get_mut(modem) {
                    messages.insert(path, Sms::of(&said));
                    touched.insert(modem.clone());
                }
            }
            for modem in touched {
                self.take_in(&modem, store)?;
            }
        }
        Ok(())
    }
}

/// What has become of a modem that is not ready any more. Never well.
fn switch_on_later(session: &mut Session, path: &str) -> Result<(), Trouble> {
    let modem = session.modems.get(path);
    match modem.map(object::Modem::state) {
        Some(State::Locked) => {
            let lock = modem.and_then(object::Modem::lock);
            let lock = lock.unwrap_or(super::snapshot::Lock::SimPin);
            let sentence = super::owner::wanted(&lock);
            Err(Trouble::Locked {
                lock,
                tries: super::serial::PinTries::default(),
                sentence,
            })
        }
        Some(State::Failed) => switch_on(session, path, Duration::ZERO),
        Some(_) => Err(words::not_ready(
            ModemState::Starting,
            "the modem was switched off or restarts",
        )),
        None => Err(words::not_ready(
            ModemState::Absent,
            "the modem is gone; plug it in again",
        )),
    }
}

impl<S: BorrowMut<Session>> AsFd for Owner<S> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.session.borrow().as_fd()
    }
}

impl<S: BorrowMut<Session>> Carrier for Owner<S> {
    fn known(&self) -> &Modem {
        &self.known
    }

    fn notifies(&self) -> bool {
        true
    }

    fn has_news(&self) -> bool {
        let session: &Session = self.session.borrow();
        // The network's words, too: the descriptor may have been read when they were taken in.
        let answered = self.ussd.is_some_and(|serial| session.is_answered(serial));
        answered || !session.said.is_empty() || !session.news.is_empty()
    }

    fn notify(&mut self) -> Result<(), Trouble> {
        // The session has subscribed before anything else.
        Ok(())
    }

    fn look_around(&mut self) -> Result<(), Trouble> {
        self.session().listen();
        self.check()
    }

    fn collect(&mut self, store: &mut Store) -> Result<(), Trouble> {
        self.session().listen();
        self.check()?;
        for modem in self.served() {
            self.list(&modem)?;
            self.take_in(&modem, store)?;
        }
        self.look_at_news(store)
    }

    fn attend(&mut self, store: &mut Store) -> Result<(), Trouble> {
        self.session().listen();
        self.check()?;
        // Another one has come, or is ready now.
        for modem in self.served() {
            if !self.messages.contains_key(&modem) {
                self.list(&modem)?;
                self.take_in(&modem, store)?;
            }
        }
        let session: &Session = self.session.borrow();
        self.messages
            .retain(|modem, _| session.modems.contains_key(modem));
        self.look_at_news(store)
    }

    fn keep_news(&mut self, _store: &mut Store) -> Result<(), StoreError> {
        // What ModemManager told of lies with ModemManager.
        Ok(())
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
        self.ask_ussd(request)
    }

    fn take_ussd(&mut self) -> Vec<Reply> {
        self.ussd_replies()
    }

    fn restart(&mut self, how: Restart) -> Result<(), Trouble> {
        self.restart_modem(how)
    }
}
