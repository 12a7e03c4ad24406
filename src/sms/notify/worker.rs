//! The notifier's thread: looks into the store when it has changed, shows, listens.

use std::future::poll_fn;
use std::io::ErrorKind;
use std::os::unix::process::CommandExt;
use std::pin::Pin;
use std::process::Stdio;
use std::task::Poll;
use std::time::{Duration, Instant};

use futures_core::Stream;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zruntime::mpmc::{Receiver, Sender};
use zruntime::{AsyncIo, Shared, SharedRuntime, Task};

use super::plan::{Open, Step, plan};
use super::server::{self, News};
use super::words::{Abilities, words};
use super::{Event, Mode, Options, lock};
use crate::bus::{Bus, BusError, Messages};
use crate::sms::contacts::Book;
use crate::sms::message::{ConversationId, Message, MessageId};
use crate::sms::options::region;
use crate::sms::store::{Store, StoreError};
use crate::sms::watch::Watch;

/// The note of what is on the screen, so that whoever has the modem next can take it away.
const ON_SCREEN: &str = "on_screen";
/// A session bus that breaks is not connected to again at once.
const PAUSE: Duration = Duration::from_secs(1);

/// Why the waiting ended.
enum Woken {
    Event(Event),
    Message(Option<zbus::Message>),
    Time,
}

enum Ended {
    Stop,
    Gone,
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
struct OnScreen {
    /// The bus and the server's name on it: numbers of another server's are others.
    server: String,
    open: Vec<Open>,
}

struct Worker {
    options: Options,
    store: Store,
    book: Book,
    open: Vec<Open>,
    server: Option<(String, Abilities)>,
    /// There is no server, and none that could be started.
    absent: bool,
    token: Option<String>,
    inbox: Receiver<Event>,
}

/// Runs until it is told to stop, or until the store cannot be opened.
pub(super) fn run(options: Options, (events, inbox): (Sender<Event>, Receiver<Event>)) {
    let Ok(store) = Store::open(&options.store) else {
        return;
    };
    let worker = Worker {
        book: Book::new(&options.contacts, region(options.region, &store)),
        options,
        store,
        open: Vec::new(),
        server: None,
        absent: false,
        token: None,
        inbox,
    };
    zbus::block_on(worker.run(events));
}

impl Worker {
    async fn run(mut self, events: Sender<Event>) {
        let _changes = watch(&self.options, events);
        let address = self.options.bus.clone().unwrap_or_default();
        loop {
            if let Ok(bus) = Bus::session_at(&address).await
                && let Ok(Ended::Stop) = self.listen(&bus).await
            {
                return;
            }
            // Without a bus there is nobody to tell. It is looked for again when there is
            // something to say.
            (self.server, self.absent) = (None, false);
            let until = Instant::now() + PAUSE;
            let mut worth = false;
            loop {
                let rest = Some(until).filter(|until| worth && *until > Instant::now());
                if worth && rest.is_none() {
                    break;
                }
                match self.wait(None, rest).await {
                    Woken::Event(Event::Stop) => return,
                    Woken::Event(Event::Store) | Woken::Message(_) | Woken::Time => {}
                }
                worth = true;
            }
        }
    }

    /// Serves one connection until it breaks.
    async fn listen(&mut self, bus: &Bus) -> Result<Ended, BusError> {
        let mut messages = bus.messages();
        server::listen(bus).await?;
        self.remember(bus).await;
        let mut again_at = None;
        let mut changed = true;
        loop {
            if std::mem::take(&mut changed) {
                // A store that cannot be read or written now may be at the next change.
                again_at = self.attend(bus).await.unwrap_or_default();
            }
            match self.wait(Some(&mut messages), again_at).await {
                Woken::Event(Event::Stop) => return Ok(Ended::Stop),
                Woken::Event(Event::Store) | Woken::Time => changed = true,
                Woken::Message(None) => return Ok(Ended::Gone),
                Woken::Message(Some(message)) => {
                    let server = self.server.as_ref().map(|(name, _)| name.as_str());
                    if let Some(news) = server::news(&message, server) {
                        changed = self.take(news);
                    }
                }
            }
        }
    }

    /// What the process before us has left on the screen.
    async fn remember(&mut self, bus: &Bus) {
        self.open.clear();
        let known: Option<OnScreen> = self.store.note(ON_SCREEN).ok().flatten();
        let Some(known) = known.filter(|known| !known.open.is_empty()) else {
            return;
        };
        if server::owner(bus)
            .await
            .is_some_and(|name| identity(bus, &name) == known.server)
            && self.has_server(bus).await
        {
            self.open = known.open;
        }
    }

    async fn has_server(&mut self, bus: &Bus) -> bool {
        if self.server.is_none() && !self.absent {
            match server::find(bus).await {
                Ok(found) => self.server = Some(found),
                Err(_) => self.absent = true,
            }
        }
        self.server.is_some()
    }

    /// Shows what is new and takes away what is read. Gives when to look again.
    async fn attend(&mut self, bus: &Bus) -> Result<Option<Instant>, StoreError> {
        self.store.begin_announcing()?;
        let (mut fresh, mut again_at) = (Vec::new(), None);
        let now = Timestamp::now();
        if self.store.has_unannounced()? && self.has_server(bus).await {
            let taken = self.store.take_unannounced(now)?;
            fresh = taken.messages;
            again_at = taken.again_at;
        }
        if !fresh.is_empty() || !self.open.is_empty() {
            let ids = self.open.iter().flat_map(|open| &open.messages);
            let ids: Vec<_> = ids.map(|(id, _)| MessageId(*id)).collect();
            let unread = self.store.still_unread(&ids)?;
            let shown = self.store.shown()?;
            let private = self.options.mode == Mode::Private
                || !fresh.is_empty() && lock::is_locked(bus).await;
            for step in plan(&self.open, fresh, &unread, shown) {
                self.carry_out(bus, step, private).await?;
            }
            self.keep(bus)?;
        }
        let wait = again_at.map(|at| Duration::try_from(at.duration_since(now)));
        Ok(wait.map(|wait| Instant::now() + wait.unwrap_or(PAUSE)))
    }

    async fn carry_out(&mut self, bus: &Bus, step: Step, private: bool) -> Result<(), StoreError> {
        let (subject, replaces, before, new) = match step {
            Step::Close(id) => {
                self.open.retain(|open| open.id != id);
                server::close(bus, id).await;
                return Ok(());
            }
            Step::Show {
                subject,
                replaces,
                before,
                messages,
            } => (subject, replaces, before, messages),
        };
        let Some((_, abilities)) = self.server else {
            return Ok(());
        };
        let mut messages: Vec<Message> = Vec::new();
        for id in before {
            messages.extend(self.store.message(id)?);
        }
        messages.extend(new);
        self.book.contacts().name_messages(&mut messages);
        let words = words(subject, &messages, private, abilities);
        if let Some(replaced) = replaces {
            self.open.retain(|open| open.id != replaced);
        }
        match server::show(bus, &words, replaces).await {
            Ok(id) => self.open.push(Open {
                subject,
                id,
                messages: messages
                    .iter()
                    .map(|m| (m.id.0, m.conversation.0))
                    .collect(),
            }),
            // It is asked again what it can do before the next one.
            Err(_) => self.server = None,
        }
        Ok(())
    }

    fn keep(&mut self, bus: &Bus) -> Result<(), StoreError> {
        let server = self.server.as_ref().map(|(name, _)| identity(bus, name));
        let on_screen = OnScreen {
            server: server.unwrap_or_default(),
            open: self.open.clone(),
        };
        self.store.put_note(ON_SCREEN, &on_screen)
    }

    /// Takes in what the server says; `true` when the store is to be looked at.
    fn take(&mut self, news: News) -> bool {
        match news {
            News::Owner => {
                (self.server, self.absent) = (None, false);
                self.open.clear();
                true
            }
            News::Token(token) => {
                self.token = Some(token);
                false
            }
            News::Closed(id) => {
                self.open.retain(|open| open.id != id);
                false
            }
            News::Invoked(id, action) => {
                let open = self.open.iter().find(|open| open.id == id).cloned();
                let token = self.token.take();
                if let Some(open) = open {
                    // A store that cannot be written leaves the message unread, as it was.
                    let _ = self.invoked(&open, &action, token);
                }
                true
            }
        }
    }

    fn invoked(
        &mut self,
        open: &Open,
        action: &str,
        token: Option<String>,
    ) -> Result<(), StoreError> {
        match action {
            "read" => {
                let ids: Vec<_> = open.messages.iter().map(|(id, _)| MessageId(*id)).collect();
                self.store.mark_read(&ids)?;
            }
            "default" | "reply" => {
                if let Some((_, conversation)) = open.messages.last() {
                    let conversation = ConversationId(*conversation);
                    self.store.want_opened(conversation, Timestamp::now())?;
                }
                self.open_popup(token);
            }
            _ => {}
        }
        Ok(())
    }

    fn open_popup(&self, token: Option<String>) {
        let mut command = (self.options.popup)();
        if let Some(token) = token {
            command.env("XDG_ACTIVATION_TOKEN", &token);
            command.env("DESKTOP_STARTUP_ID", token);
        }
        // The bar's pipe is not the popup's, and what ends the bar must not end a letter that is
        // being typed.
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.process_group(0);
        // Without a popup the message stays where it is: unread, on the bar.
        if let Ok(mut child) = command.spawn() {
            let _ = std::thread::Builder::new()
                .name("popup".into())
                .spawn(move || {
                    let _ = child.wait();
                });
        }
    }

    async fn wait(&mut self, mut messages: Option<&mut Messages>, until: Option<Instant>) -> Woken {
        let inbox = &mut self.inbox;
        let mut time = until.and_then(|until| {
            let runtime = SharedRuntime::current().ok()?;
            Some(runtime.sleep_until(until))
        });
        poll_fn(|context| {
            if let Poll::Ready(event) = Pin::new(&mut *inbox).poll_next(context) {
                return Poll::Ready(Woken::Event(event.unwrap_or(Event::Stop)));
            }
            if let Some(messages) = &mut messages
                && let Poll::Ready(message) = messages.poll_next(context)
            {
                return Poll::Ready(Woken::Message(message));
            }
            if let Some(time) = &mut time
                && Pin::new(time).poll(context).is_ready()
            {
                return Poll::Ready(Woken::Time);
            }
            Poll::Pending
        })
        .await
    }
}

/// A server by its bus and its name there.
fn identity(bus: &Bus, name: &str) -> String {
    format!("{} {name}", bus.connection().server_guid())
}

/// Tells of every change of the store, as long as the task is kept.
fn watch(options: &Options, events: Sender<Event>) -> Option<Task<(), Shared>> {
    let runtime = SharedRuntime::current().ok()?;
    let watch = Watch::new().ok()?;
    watch.store(options.store.parent()?).ok()?;
    let watch = AsyncIo::new(&runtime, watch).ok()?;
    Some(zruntime::spawn(async move {
        let drain = |watch: &Watch| match watch.drain() {
            true => Ok(()),
            false => Err(ErrorKind::WouldBlock.into()),
        };
        while watch.read_with(drain).await.is_ok() {
            if events.try_send(Event::Store).is_err() {
                return;
            }
        }
    }))
}
