//! The popup's source of messages: store and modem behind one snapshot and one command.
//!
//! Two threads: this one reads and writes the store and answers within milliseconds; the link's
//! thread talks to the modem, which can take minutes. They meet only in the store.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::Options;
use super::command::Command;
use super::contacts::{Contacts, Watcher};
use super::errand::{Answer, Errand, Outcome};
use super::link::{Ask, Link, Remote, Report};
use super::message::{ConversationId, MessageId};
use super::notify::{self, Notices};
use super::owner::Key;
use super::pdu::{self, EncodeOptions};
use super::snapshot::{About, Failure, ModemState, Snapshot, Thread};
use super::store::{Store, StoreError};
use super::ussd::{Dialogue, Request};

/// Messages in the first page of a thread; more than a screen holds.
const PAGE: u32 = 60;
/// Messages added at a time when the person scrolls up.
const OLDER: u32 = 500;
/// A store that cannot be opened is tried again this often.
const STORE_RETRY: Duration = Duration::from_secs(3);
/// Most messages that are shown at once.
const AT_ONCE: u32 = 20;
/// Most hits that a search returns.
const HITS: u32 = 200;

enum Event {
    Command(Command),
    Contacts(Arc<Contacts>),
    Link(Report),
    /// What came of an errand.
    Errand(Errand, Answer),
    Stop,
}

/// A running source.
pub struct Source {
    events: Sender<Event>,
    latest: Arc<Mutex<Arc<Snapshot>>>,
    worker: Option<thread::JoinHandle<()>>,
    remote: Option<Remote>,
}

impl Source {
    /// Starts reading the store and looking for the modem; returns at once. `wake` is called
    /// from another thread whenever there is a new snapshot.
    pub fn start(options: Options, wake: impl Fn() + Send + 'static) -> Self {
        let latest = Arc::new(Mutex::new(Arc::new(first(&options))));
        let (events, inbox) = channel();
        let link = Link::new(options.clone());
        let (link, remote) = match link {
            Ok((link, remote)) => (Some(link), Some(remote)),
            Err(_) => (None, None),
        };
        let worker = {
            let (latest, events, remote) = (Arc::clone(&latest), events.clone(), remote.clone());
            thread::spawn(move || {
                let publish = move |snapshot: &Snapshot| {
                    *latest.lock().unwrap_or_else(PoisonError::into_inner) =
                        Arc::new(snapshot.clone());
                    wake();
                };
                work(&options, link, remote, &events, &inbox, &publish);
            })
        };
        Self {
            events,
            latest,
            worker: Some(worker),
            remote,
        }
    }

    /// The newest snapshot; never waits for I/O.
    #[must_use]
    pub fn latest(&self) -> Arc<Snapshot> {
        Arc::clone(&self.latest.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks for something; the answer is in a later snapshot.
    pub fn send(&self, command: Command) {
        // The worker ends only with us.
        let _ = self.events.send(Event::Command(command));
    }
}

impl Drop for Source {
    /// Waits until the last commands (a draft, a message to send) are in the store, and until a
    /// message that is on its way through the modem has arrived or failed: cut off, nobody could
    /// say whether the network has it. The window is long gone by then.
    fn drop(&mut self) {
        let _ = self.events.send(Event::Stop);
        if let Some(remote) = &self.remote {
            remote.ask(Ask::Stop);
        }
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

/// What is known before anything was read: whether there is a modem to be asked.
fn first(options: &Options) -> Snapshot {
    let mut snapshot = Snapshot::default();
    if let Some(name) = options.device.name() {
        snapshot.summary.modem.device = Some(name);
        snapshot.summary.modem.state = ModemState::Starting;
    }
    snapshot
}

fn work(
    options: &Options,
    link: Option<Link>,
    remote: Option<Remote>,
    events: &Sender<Event>,
    inbox: &Receiver<Event>,
    publish: &dyn Fn(&Snapshot),
) {
    let mut snapshot = first(options);
    let mut waiting = Vec::new();
    let mut store = loop {
        match options.open_store() {
            Ok(store) => break store,
            Err(error) => snapshot.failure = Some(store_failure(error)),
        }
        publish(&snapshot);
        // Somebody may make room, or end what keeps it busy; what was asked for is not lost.
        match inbox.recv_timeout(STORE_RETRY) {
            Ok(Event::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            Ok(event) => waiting.push(event),
            Err(RecvTimeoutError::Timeout) => {}
        }
    };
    snapshot.failure = None;
    for event in waiting {
        let _ = events.send(event);
    }
    let mut desk = Desk {
        remote,
        query: None,
        shown: PAGE,
        deleted: HashMap::new(),
        events: events.clone(),
        dialogue: Dialogue::default(),
    };
    desk.refresh(&mut snapshot, &store);
    desk.take_wish(&mut snapshot, &mut store);
    publish(&snapshot);
    // Ends with us; without it there are numbers where names would be.
    let _names = {
        let events = events.clone();
        let tell = move |contacts| drop(events.send(Event::Contacts(contacts)));
        Watcher::start(options.book(&store), tell)
    };
    let running = link.map(|link| {
        let (events, options) = (events.clone(), options.clone());
        thread::spawn(move || match Store::open(&options.store) {
            Ok(mut store) => link.run(&mut store, &mut |_, report| {
                let _ = events.send(Event::Link(report.clone()));
            }),
            Err(error) => {
                let error = Some(error.to_string());
                drop(events.send(Event::Link(Report {
                    error,
                    ..Report::default()
                })));
            }
        })
    });
    let mut notices = Notices::new(notify::Options::of(options));
    let mut version = store.data_version().ok();
    while let Ok(event) = inbox.recv() {
        // A burst of events (a long message going out) becomes one new snapshot.
        let mut reread = false;
        let mut stop = false;
        for event in std::iter::once(event).chain(inbox.try_iter()) {
            match event {
                Event::Command(command) => {
                    snapshot.failure = None;
                    if let Err(failure) = desk.carry_out(command, &mut snapshot, &mut store) {
                        snapshot.failure = Some(failure);
                    }
                    reread = true;
                }
                Event::Link(report) => {
                    if report.unlock_failed {
                        snapshot.failure = report.error.clone().map(|sentence| Failure {
                            about: About::Unlock,
                            sentence,
                        });
                    }
                    notices.told(report.owner, &report.modem.state);
                    snapshot.unlocking = report.unlocking;
                    desk.network_asks(report.modem.ussd_asks.as_deref());
                    snapshot.summary.modem = report.modem;
                    snapshot.summary.error = report.error;
                }
                Event::Errand(Errand::Ussd(_), answer) => desk.heard(answer),
                Event::Errand(Errand::Restart(_), answer) => {
                    if let Err(sentence) = answer {
                        let about = About::Modem;
                        snapshot.failure = Some(Failure { about, sentence });
                    }
                }
                Event::Contacts(contacts) => {
                    // An empty address book names nobody, and takes nobody's name away.
                    let named = snapshot
                        .contacts
                        .as_ref()
                        .is_some_and(|all| !all.is_empty());
                    reread |= named || !contacts.is_empty();
                    snapshot.contacts = Some(contacts);
                }
                // Only programs that show positions want this, and they ask over the bus.
                Event::Errand(Errand::Command { .. }, _) => {}
                Event::Stop => stop = true,
            }
        }
        if *snapshot.ussd != desk.dialogue {
            snapshot.ussd = Arc::new(desk.dialogue.clone());
        }
        if stop {
            break;
        }
        let seen = store.data_version().ok();
        if reread || seen != version {
            version = seen;
            desk.refresh(&mut snapshot, &store);
            desk.take_wish(&mut snapshot, &mut store);
        }
        publish(&snapshot);
    }
    let _ = store.set_shown(None);
    if let Some(running) = running {
        let _ = running.join();
    }
}

/// What the person has open.
struct Desk {
    remote: Option<Remote>,
    query: Option<String>,
    shown: u32,
    /// What was deleted with a whole conversation, for its undo.
    deleted: HashMap<ConversationId, Deleted>,
    /// Where answers from the modem are brought.
    events: Sender<Event>,
    /// What was said over USSD.
    dialogue: Dialogue,
}

struct Deleted {
    messages: Vec<MessageId>,
    /// Address and text.
    draft: Option<(String, String)>,
}

impl Desk {
    fn carry_out(
        &mut self,
        command: Command,
        snapshot: &mut Snapshot,
        store: &mut Store,
    ) -> Result<(), Failure> {
        match command {
            Command::Open(id) => {
                self.shown = PAGE;
                snapshot.thread = page(store, id, PAGE).map_err(store_failure)?;
            }
            Command::Close => snapshot.thread = None,
            Command::LoadOlder => self.shown = self.shown.saturating_add(OLDER),
            Command::Search(query) => {
                self.query = (!query.trim().is_empty()).then_some(query);
                if self.query.is_none() {
                    snapshot.search = None;
                }
            }
            Command::MarkRead(id) => drop(store.mark_conversation_read(id).map_err(store_failure)?),
            Command::SaveDraft { address, text } => {
                store.save_draft(&address, &text).map_err(store_failure)?;
            }
            Command::KeepNew(new) => store
                .keep_unaddressed(new.as_ref())
                .map_err(store_failure)?,
            Command::Send { address, text } => {
                let id = queue(store, &address, &text).map_err(|sentence| Failure {
                    about: About::Compose,
                    sentence,
                })?;
                self.open_thread_of(id, snapshot, store)
                    .map_err(store_failure)?;
            }
            Command::Resend(id) => drop(store.requeue(id).map_err(about(id))?),
            Command::CancelSend(id) => drop(store.cancel(id).map_err(about(id))?),
            Command::Delete(ids) => drop(store.delete(&ids).map_err(store_failure)?),
            Command::Undelete(ids) => drop(store.undelete(&ids).map_err(store_failure)?),
            Command::DeleteConversation(id) => self
                .delete_conversation(id, snapshot, store)
                .map_err(store_failure)?,
            Command::UndeleteConversation(id) => {
                if let Some(deleted) = self.deleted.remove(&id) {
                    store.undelete(&deleted.messages).map_err(store_failure)?;
                    if let Some((address, text)) = deleted.draft {
                        store.save_draft(&address, &text).map_err(store_failure)?;
                    }
                }
            }
            Command::EnterPin(pin) => self.ask(Ask::Unlock(Key::Pin(pin))),
            Command::EnterPuk { puk, new_pin } => self.ask(Ask::Unlock(Key::Puk(puk, new_pin))),
            Command::RetryModem => self.ask(Ask::Retry),
            Command::Acknowledge(id) => {
                store.mark_read(&[id]).map_err(store_failure)?;
            }
            Command::Ussd(text) => self.say(&text),
            Command::CancelUssd => self.run(Errand::Ussd(Request::Cancel)),
            Command::Restart(how) => self.run(Errand::Restart(how)),
            Command::Shown(id) => store.set_shown(id).map_err(store_failure)?,
        }
        Ok(())
    }

    fn delete_conversation(
        &mut self,
        id: ConversationId,
        snapshot: &Snapshot,
        store: &mut Store,
    ) -> Result<(), StoreError> {
        let thread = store.thread(id, u32::MAX, None)?;
        let messages: Vec<_> = thread.messages.iter().map(|message| message.id).collect();
        let known = snapshot.conversations.as_deref();
        let draft = match known.and_then(|all| all.iter().find(|c| c.id == id)) {
            // As the file has it: it may be younger than the snapshot.
            Some(c) => store
                .draft(&c.address)?
                .map(|text| (c.address.clone(), text)),
            None => None,
        };
        store.delete(&messages)?;
        if let Some((address, _)) = &draft {
            store.save_draft(address, "")?;
        }
        self.deleted.insert(id, Deleted { messages, draft });
        Ok(())
    }

    /// Says something to the network: an answer where it asks, else a code.
    fn say(&mut self, text: &str) {
        let now = Timestamp::now();
        let request = if self.dialogue.asks {
            Request::answer(text)
        } else {
            Request::code(text)
        };
        self.dialogue.say(true, text, false, now);
        match request {
            Ok(request) => {
                self.dialogue.waiting_since = Some(now);
                self.dialogue.asks = false;
                self.run(Errand::Ussd(request));
            }
            Err(sentence) => self.dialogue.say(false, &sentence, true, now),
        }
    }

    /// Hands an errand to whoever has the modem; its answer comes as an event.
    fn run(&self, errand: Errand) {
        let (reply, answer) = channel();
        let events = self.events.clone();
        match &self.remote {
            Some(remote) => remote.ask(Ask::Errand(errand.clone(), reply)),
            None => drop(reply),
        }
        thread::spawn(move || {
            let gone = || Err("nobody has the modem now; look for it again".to_owned());
            let answer = answer.recv().unwrap_or_else(|_| gone());
            let _ = events.send(Event::Errand(errand, answer));
        });
    }

    fn heard(&mut self, answer: Answer) {
        let now = Timestamp::now();
        match answer {
            Ok(Outcome::Ussd(reply)) => self.dialogue.answered(&Ok(reply), now),
            // An answer to something else.
            Ok(_) => {}
            Err(sentence) => self.dialogue.answered(&Err(sentence), now),
        }
    }

    /// Takes over whether the network waits for an answer: it may have asked by itself, or through
    /// another program, or have given up.
    fn network_asks(&mut self, question: Option<&str>) {
        if self.dialogue.waiting_since.is_some() {
            return;
        }
        if let Some(question) = question.filter(|_| !self.dialogue.asks) {
            self.dialogue.say(false, question, false, Timestamp::now());
        }
        self.dialogue.asks = question.is_some();
    }

    fn ask(&self, ask: Ask) {
        if let Some(remote) = &self.remote {
            remote.ask(ask);
        }
    }

    fn open_thread_of(
        &mut self,
        id: MessageId,
        snapshot: &mut Snapshot,
        store: &Store,
    ) -> Result<(), StoreError> {
        if let Some(message) = store.message(id)? {
            self.shown = PAGE;
            snapshot.thread = page(store, message.conversation, PAGE)?;
        }
        Ok(())
    }

    /// Takes the wish of another program to open a thread.
    fn take_wish(&mut self, snapshot: &mut Snapshot, store: &mut Store) {
        if let Ok(Some(id)) = store.take_wanted(Timestamp::now()) {
            let number = snapshot.wanted.map_or(1, |(number, _)| number + 1);
            snapshot.wanted = Some((number, id));
        }
    }

    /// Reads anew what is shown.
    fn refresh(&self, snapshot: &mut Snapshot, store: &Store) {
        if let Err(error) = self.read(snapshot, store) {
            snapshot.failure = Some(store_failure(error));
        }
    }

    fn read(&self, snapshot: &mut Snapshot, store: &Store) -> Result<(), StoreError> {
        let counts = store.counts()?;
        snapshot.summary.unread = counts.unread;
        snapshot.summary.total = counts.total;
        snapshot.summary.waiting = counts.waiting;
        snapshot.summary.alert = counts.alert;
        snapshot.at_once = Arc::new(store.at_once(AT_ONCE)?);
        snapshot.unaddressed = store.unaddressed()?;
        let contacts = snapshot.contacts.clone().unwrap_or_default();
        let mut conversations = store.conversations()?;
        contacts.name_conversations(&mut conversations);
        let first = snapshot.conversations.is_none();
        let open = if first {
            // The first look already shows what the person most likely came for.
            conversations
                .iter()
                .find(|c| c.unread > 0)
                .or(conversations.first())
                .map(|c| c.id)
        } else {
            snapshot.thread.as_ref().map(|thread| thread.conversation)
        };
        snapshot.conversations = Some(Arc::new(conversations));
        snapshot.thread = match open {
            Some(id) => page(store, id, self.shown)?,
            None => None,
        };
        if let Some(thread) = &mut snapshot.thread {
            contacts.name_messages(Arc::make_mut(&mut thread.messages).as_mut_slice());
        }
        if let Some(query) = &self.query {
            let mut search = store.search(query, HITS)?;
            contacts.name_messages(Arc::make_mut(&mut search.hits).as_mut_slice());
            snapshot.search = Some(search);
        }
        Ok(())
    }
}

fn page(store: &Store, id: ConversationId, limit: u32) -> Result<Option<Thread>, StoreError> {
    let thread = store.thread(id, limit, None)?;
    Ok((thread.total > 0).then_some(thread))
}

/// Checks a message and puts it into the queue.
///
/// # Errors
/// A sentence saying what is wrong with recipient or text; nothing is queued then.
pub fn queue(store: &mut Store, address: &str, text: &str) -> Result<MessageId, String> {
    if text.is_empty() {
        return Err("the message is empty; type a text first".to_owned());
    }
    let options = EncodeOptions {
        address: address.to_owned(),
        ..EncodeOptions::default()
    };
    let parts = pdu::encode(&options, text).map_err(|error| error.to_string())?;
    let parts = u8::try_from(parts.len()).unwrap_or(u8::MAX);
    store
        .queue(address, text, parts, Timestamp::now())
        .map_err(|error| error.to_string())
}

fn store_failure(error: StoreError) -> Failure {
    Failure {
        about: About::Store,
        sentence: error.to_string(),
    }
}

fn about(id: MessageId) -> impl Fn(StoreError) -> Failure {
    move |error| Failure {
        about: About::Message(id),
        sentence: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::store::{Filter, Store};

    #[test]
    fn a_deleted_conversation_comes_back_whole_with_its_draft() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("messages.sqlite3")).unwrap();
        let mut desk = Desk {
            remote: None,
            query: None,
            shown: PAGE,
            deleted: HashMap::new(),
            events: channel().0,
            dialogue: Dialogue::default(),
        };
        for text in ["one", "two", "three"] {
            queue(&mut store, "12345", text).unwrap();
        }
        let gone_before = queue(&mut store, "12345", "not this one").unwrap();
        store.delete(&[gone_before]).unwrap();
        queue(&mut store, "999", "of somebody else").unwrap();
        store.save_draft("12345", "half a").unwrap();
        let mut snapshot = Snapshot::default();
        desk.refresh(&mut snapshot, &store);
        let all = snapshot.conversations.clone().unwrap();
        let id = all.iter().find(|c| c.address == "12345").unwrap().id;

        let mut ask = |command, snapshot: &mut Snapshot| {
            desk.carry_out(command, snapshot, &mut store).unwrap();
            desk.refresh(snapshot, &store);
            store.list(Filter::All).unwrap().len()
        };
        assert_eq!(ask(Command::DeleteConversation(id), &mut snapshot), 1);
        let left = snapshot.conversations.clone().unwrap();
        assert!(left.iter().all(|c| c.id != id), "{left:?}");

        assert_eq!(ask(Command::UndeleteConversation(id), &mut snapshot), 4);
        let all = snapshot.conversations.clone().unwrap();
        let back = all.iter().find(|c| c.id == id).unwrap();
        assert_eq!((back.total, back.draft.as_deref()), (3, Some("half a")));
    }
}
