//! A modem's AT port that another program of ours has, and lends over the session bus: a port
//! like any other for who speaks to the modem.
//!
//! Who is the owner the bus says ([`crate::modem_owner`]). Its messages need the port, so it has
//! the first claim: where one comes while we have the port ourselves, we are told ([`Watch`]) and
//! let it go.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io::{self, Read, Write};
use std::num::NonZeroU32;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::thread;
use std::time::Duration;

use futures_core::Stream;
use rustix::event::{EventfdFlags, eventfd};
use zbus::message::Type;
use zbus::{Message, OwnedVariant};
use zruntime::mpmc::{Receiver, Sender, unbounded};

use crate::at::Port;
use crate::bus::{Bus, BusError, Messages, Object, answer_of, within};
use crate::modem_owner::{
    COMMAND, INTERFACE, LENT_NO_MORE, NAME, PATH, REFUSED, UNSOLICITED, address,
};

/// Who is the owner is said within milliseconds; one that is stopped is not waited for.
const PATIENCE: Duration = Duration::from_secs(1);
/// The owner sends a message that is on its way to its end first.
const BUSY: Duration = Duration::from_secs(60);

const DAEMON: Object<'static> = Object {
    service: "org.freedesktop.DBus",
    path: "/org/freedesktop/DBus",
    interface: "org.freedesktop.DBus",
};

/// How a port can be had.
pub(super) enum Way {
    /// Its owner lends it.
    Lent(Lent),
    /// No owner has it; it is told when one comes.
    Open(Watch),
    /// Its owner cannot use it now; one sentence says why.
    Closed(String),
    /// There is nobody to ask.
    NoBus,
}

/// Asks the session bus how the port can be had.
pub(super) fn look(port: &Path) -> Way {
    let Some(address) = address() else {
        return Way::NoBus;
    };
    let port = real(port);
    let looked = zbus::block_on(within(PATIENCE, async {
        let bus = Bus::session_at(&address).await?;
        let messages = bus.messages();
        let rule = format!(
            "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',\
             member='NameOwnerChanged',arg0='{NAME}'"
        );
        bus.call(DAEMON, "AddMatch", &rule).await?;
        let owner = owner_of(&bus, &port).await?;
        Ok::<_, BusError>((bus, messages, owner))
    }));
    let way = match looked {
        Some(Ok((_, _, Some(Owner::Hindered(sentence))))) => return Way::Closed(sentence),
        Some(Ok((bus, messages, Some(Owner::Ready(owner))))) => {
            Lent::start(bus, messages, owner).map(Way::Lent)
        }
        Some(Ok((bus, messages, None))) => Watch::start(bus, messages, port).map(Way::Open),
        Some(Err(_)) | None => return Way::NoBus,
    };
    way.unwrap_or(Way::NoBus)
}

/// An owner that this port belongs to.
enum Owner {
    /// Its unique name.
    Ready(String),
    /// It cannot use the port, which it leaves alone for so long; one sentence says why.
    Hindered(String),
}

/// The port's owner, if it has one. One that could not have the port yet is told to try now, as
/// it may be us who have let it go.
async fn owner_of(bus: &Bus, port: &Path) -> Result<Option<Owner>, BusError> {
    let owner = match bus.call(DAEMON, "GetNameOwner", &NAME).await {
        Ok(answer) => text_of(&answer).ok_or(BusError::Gone)?,
        Err(BusError::NotRunning(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let properties = Object {
        service: &owner,
        path: PATH,
        interface: "org.freedesktop.DBus.Properties",
    };
    let questions = ["Modem", "Device", "State", "Error"].map(|name| (INTERFACE, name));
    let mut calls = Vec::new();
    for question in &questions {
        calls.push(properties.question("Get", question)?);
    }
    let answers = bus.ask_all(&calls, NAME).await?;
    let mut values = answers.into_iter().map(|answer| {
        let answer = answer.ok()?;
        let value: OwnedVariant = answer.body().deserialize().ok()?;
        <&str>::try_from(&value).ok().map(str::to_owned)
    });
    let mut next = || values.next().flatten().unwrap_or_default();
    let (modem, device, state, error) = (next(), next(), next(), next());
    if real(Path::new(&modem)) != port && real(Path::new(&device)) != port {
        return Ok(None);
    }
    match state.as_str() {
        "ready" | "starting" | "restarting" => {}
        "busy" => {
            let owner = Object {
                interface: INTERFACE,
                ..properties
            };
            bus.send(&[owner.question("Retry", &())?]).await?;
        }
        _ if error.is_empty() => return Ok(Some(Owner::Hindered(state))),
        _ => return Ok(Some(Owner::Hindered(error))),
    }
    Ok(Some(Owner::Ready(owner)))
}

/// Two names of one port are one port.
fn real(port: &Path) -> PathBuf {
    port.canonicalize().unwrap_or_else(|_| port.to_owned())
}

fn text_of(message: &Message) -> Option<String> {
    message.body().deserialize().ok()
}

/// The new owner of the owner's name, in a signal of the bus; empty for nobody.
fn new_owner(message: &Message) -> Option<String> {
    let header = message.header();
    let is_it = message.message_type() == Type::Signal
        && header.sender().is_some_and(|name| *name == DAEMON.service)
        && header
            .member()
            .is_some_and(|name| *name == "NameOwnerChanged");
    let body = message.body();
    let (name, _, owner): (String, String, String) = is_it.then(|| body.deserialize().ok())??;
    (name == NAME).then_some(owner)
}

/// Tells when an owner comes that wants a port which we have.
pub(super) struct Watch {
    event: Arc<OwnedFd>,
    /// Closed when nobody wants to know any more.
    _alive: Sender<()>,
}

impl Watch {
    fn start(bus: Bus, mut messages: Messages, port: PathBuf) -> io::Result<Self> {
        let flags = EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK;
        let event = Arc::new(eventfd(0, flags)?);
        let (alive, mut inbox) = unbounded();
        let told = Arc::clone(&event);
        let watch = async move {
            while let Woken::Message(Some(message)) = next(&mut inbox, &mut messages).await {
                let comes = new_owner(&message).is_some_and(|owner| !owner.is_empty());
                // Asked on a connection that is ours: what waits there is of no interest.
                if comes && matches!(owner_of(&bus, &port).await, Ok(Some(_))) {
                    let _ = rustix::io::write(&told, &1_u64.to_ne_bytes());
                    return;
                }
            }
        };
        thread::Builder::new()
            .name("barpop bus".to_owned())
            .spawn(move || zbus::block_on(watch))?;
        Ok(Self {
            event,
            _alive: alive,
        })
    }

    /// Whether an owner has come.
    pub(super) fn has_come(&self) -> bool {
        rustix::io::read(&*self.event, &mut [0; 8]).is_ok()
    }
}

impl AsFd for Watch {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.event.as_fd()
    }
}

enum Woken<T> {
    /// `None`: nobody asks any more.
    Inbox(Option<T>),
    /// `None`: the bus is gone.
    Message(Option<Message>),
}

async fn next<T>(inbox: &mut Receiver<T>, messages: &mut Messages) -> Woken<T> {
    poll_fn(|context| {
        if let Poll::Ready(line) = Pin::new(&mut *inbox).poll_next(context) {
            return Poll::Ready(Woken::Inbox(line));
        }
        messages.poll_next(context).map(Woken::Message)
    })
    .await
}

/// Why the port is gone, in words.
#[derive(Clone, Default)]
pub(super) struct Reason(Arc<Mutex<Option<String>>>);

impl Reason {
    /// The sentence, where there is one.
    pub(super) fn get(&self) -> Option<String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set(&self, sentence: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(sentence);
    }
}

/// A port that is lent: what is written are calls to the owner, what is read are its answers and
/// what the modem says by itself.
pub(super) struct Lent {
    answers: UnixStream,
    lines: Sender<String>,
    unfinished: Vec<u8>,
    reason: Reason,
}

impl Lent {
    fn start(bus: Bus, messages: Messages, owner: String) -> io::Result<Self> {
        let (answers, out) = UnixStream::pair()?;
        out.set_write_timeout(Some(PATIENCE))?;
        let (lines, inbox) = unbounded();
        let reason = Reason::default();
        let borrower = Borrower {
            bus,
            messages,
            owner,
            inbox,
            out,
            echo: true,
            waiting: VecDeque::new(),
            asked: None,
        };
        let told = reason.clone();
        thread::Builder::new()
            .name("barpop bus".to_owned())
            .spawn(move || {
                if let Err(sentence) = zbus::block_on(borrower.run()) {
                    told.set(sentence);
                }
            })?;
        Ok(Self {
            answers,
            lines,
            unfinished: Vec::new(),
            reason,
        })
    }

    /// Will tell why the port is gone, once it is.
    pub(super) fn reason(&self) -> Reason {
        self.reason.clone()
    }
}

impl AsFd for Lent {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.answers.as_fd()
    }
}

impl Read for Lent {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.answers.read(buffer)
    }
}

impl Write for Lent {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for byte in bytes {
            if *byte == b'\r' {
                let line = std::mem::take(&mut self.unfinished);
                let line = String::from_utf8_lossy(&line).into_owned();
                let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
                self.lines.try_send(line).map_err(gone)?;
            } else {
                self.unfinished.push(*byte);
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Port for Lent {
    fn set_timeout(&mut self, timeout: Duration) -> io::Result<()> {
        self.answers.set_nonblocking(timeout.is_zero())?;
        if timeout.is_zero() {
            return Ok(());
        }
        self.answers.set_read_timeout(Some(timeout))
    }

    fn queue(&self) -> Duration {
        BUSY
    }
}

/// The thread behind a lent port.
struct Borrower {
    bus: Bus,
    messages: Messages,
    /// The owner's unique name: its successor may have another modem.
    owner: String,
    inbox: Receiver<String>,
    out: UnixStream,
    echo: bool,
    waiting: VecDeque<String>,
    /// The call that is not answered yet.
    asked: Option<NonZeroU32>,
}

impl Borrower {
    /// Runs until nobody asks any more.
    ///
    /// # Errors
    /// One sentence saying why the modem is not lent any more.
    async fn run(mut self) -> Result<(), String> {
        loop {
            match next(&mut self.inbox, &mut self.messages).await {
                Woken::Inbox(None) => return Ok(()),
                Woken::Inbox(Some(line)) => self.waiting.push_back(line),
                Woken::Message(None) => return Err("the session bus is gone".to_owned()),
                Woken::Message(Some(message)) => self.take(message)?,
            }
            while self.asked.is_none()
                && let Some(line) = self.waiting.pop_front()
            {
                self.ask(&line).await?;
            }
        }
    }

    async fn ask(&mut self, line: &str) -> Result<(), String> {
        if self.echo {
            self.say(&format!("{line}\r"))?;
        }
        if let "ATE0" | "ATE1" | "AT" = line {
            // The modem's echo is the owner's matter.
            self.echo = line == "ATE1" || (self.echo && line == "AT");
            return self.say_line("OK");
        }
        let object = Object {
            service: &self.owner,
            path: PATH,
            interface: INTERFACE,
        };
        let call = object.question(COMMAND, &line).map_err(words)?;
        self.asked = Some(call.primary_header().serial_num());
        self.bus.send(&[call]).await.map_err(words)
    }

    fn take(&mut self, message: Message) -> Result<(), String> {
        if message.message_type() == Type::Signal {
            return self.hear(&message);
        }
        let Some((serial, answer)) = answer_of(message, NAME) else {
            return Ok(());
        };
        if self.asked != Some(serial) {
            return Ok(());
        }
        self.asked = None;
        match answer {
            Ok(answer) => {
                let lines: Vec<String> = answer
                    .body()
                    .deserialize()
                    .map_err(|error| words(BusError::of(error, NAME)))?;
                for line in lines {
                    self.say_line(&line)?;
                }
                self.say_line("OK")
            }
            Err(BusError::Refused { name, text }) if name == REFUSED => self.say_line(&text),
            Err(error) => Err(words(error)),
        }
    }

    fn hear(&mut self, signal: &Message) -> Result<(), String> {
        if let Some(owner) = new_owner(signal) {
            return if owner == self.owner {
                Ok(())
            } else {
                Err("the program that had the modem has ended".to_owned())
            };
        }
        let header = signal.header();
        let is_owners = header
            .sender()
            .is_some_and(|name| *name == self.owner.as_str());
        let member = header.member().map(ToString::to_string).unwrap_or_default();
        match (text_of(signal), member.as_str()) {
            (Some(line), UNSOLICITED) if is_owners => self.say_line(&line),
            (Some(why), LENT_NO_MORE) if is_owners => Err(why),
            _ => Ok(()),
        }
    }

    fn say_line(&mut self, line: &str) -> Result<(), String> {
        self.say(&format!("\r\n{}\r\n", line.replace(['\r', '\n'], " ")))
    }

    fn say(&mut self, text: &str) -> Result<(), String> {
        let said = self.out.write_all(text.as_bytes());
        said.map_err(|error| error.to_string())
    }
}

fn words(error: BusError) -> String {
    match error {
        BusError::NotRunning(_) => "the program that had the modem has ended".to_owned(),
        BusError::Stalled(_) => "the program that has the modem does not answer".to_owned(),
        other => other.to_string(),
    }
}
