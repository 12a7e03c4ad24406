//! A process's place in the queue for the owner's name: a thread that sleeps until the bus, the
//! link or a caller says something.
//!
//! The bus decides who is the owner, so that no two processes can think that they are, and a
//! killed owner's name is the next one's within a millisecond. Nobody can take the name away from
//! an owner. When the bus goes, everybody works as without one, and queues again when it is back.

use std::future::{Future, poll_fn};
use std::io::ErrorKind;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::thread;
use std::time::{Duration, Instant};

use futures_core::Stream;
use zbus::message::Type;
use zbus::{Message, Variant};
use zruntime::mpmc::{Receiver, Sender, unbounded};
use zruntime::{AsyncIo, SharedRuntime};

use super::clients::Clients;
use super::desk::{Refusal, standard};
use super::guard::Verdict;
use super::serve::{Late, Served, refuse, serial};
use super::sitting::{Sitting, words};
use super::state::Work;
use super::{DAEMON, NAME, client};
use crate::bus::{Bus, BusError, Messages, answer_of};
use crate::modem_owner::{LENT_NO_MORE, UNSOLICITED, may_be_there, socket};
use crate::sms::link::{Ask, Remote, Report};
use crate::sms::options::{Device, Options};
use crate::sms::watch::Watch;

/// Where a process stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// There is no owner that this process could share with: it works for itself.
    #[default]
    Alone,
    /// The bus has not said yet.
    Unknown,
    /// It is the owner: the modem is its to take.
    Owner,
    /// Another process is the owner: the modem is left to it.
    Follower,
}

/// What is passed on to the owner; the answer is given to it, or why there is none.
pub struct Wish {
    /// The method of [`INTERFACE`](super::INTERFACE).
    pub method: &'static str,
    /// Its one argument, where it has one.
    pub argument: Option<Variant<'static>>,
    /// How long the answer may take.
    pub patience: Duration,
    /// Takes the answer, or one sentence; called from another thread.
    pub answer: Box<dyn FnOnce(Result<Message, String>) + Send>,
}

enum Event {
    /// There is a new report.
    Report,
    Wish(Wish),
    Late(u64, Late),
    /// What the modem says about positions by itself.
    Positions(Vec<String>),
    /// The modem is lost, for this reason.
    LendNoMore(String),
    Stop,
}

/// A place in the queue; given up when dropped.
pub struct Seat {
    report: Arc<Mutex<Option<Report>>>,
    events: Sender<Event>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Seat {
    /// Queues for the name; `remote` is told where this process stands ([`Ask::Standing`]).
    /// `None`: there is no session bus, or no modem is wanted.
    #[must_use]
    pub fn take(options: &Options, remote: Remote) -> Option<Self> {
        let address = options.session_bus.clone()?;
        if options.device == Device::None {
            return None;
        }
        let report = Arc::new(Mutex::new(None));
        let (events, inbox) = unbounded();
        let worker = Worker {
            address,
            work: Work::of(options),
            store: options.store.clone(),
            remote,
            report: Arc::clone(&report),
            known: Report::default(),
            events: events.clone(),
            inbox,
            standing: Standing::Unknown,
        };
        let thread = thread::Builder::new()
            .name("barpop bus".to_owned())
            .spawn(move || zbus::block_on(worker.run()))
            .ok()?;
        Some(Self {
            report,
            events,
            thread: Some(thread),
        })
    }

    /// Tells callers of a change of modem or store, where this process is the owner.
    pub fn tell(&self, report: &Report) {
        let mut place = self.report.lock().unwrap_or_else(PoisonError::into_inner);
        let mut report = report.clone();
        if let Some(unseen) = place.take() {
            // This is said once, and must not be lost among others.
            if unseen.unlock_failed && !report.unlock_failed {
                report.unlock_failed = true;
                report.error = unseen.error.or(report.error);
            }
            *place = Some(report);
            return;
        }
        *place = Some(report);
        let _ = self.events.try_send(Event::Report);
    }

    /// Tells the programs that want positions what the modem has said.
    pub fn tell_positions(&self, lines: Vec<String>) {
        let _ = self.events.try_send(Event::Positions(lines));
    }

    /// Tells them that the modem is lost, for this reason.
    pub fn lend_no_more(&self, why: &str) {
        let _ = self.events.try_send(Event::LendNoMore(why.to_owned()));
    }

    /// Passes something on to the owner.
    pub fn wish(&self, wish: Wish) {
        // The thread ends only with us.
        let _ = self.events.try_send(Event::Wish(wish));
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let _ = self.events.try_send(Event::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The first and the longest pause before the bus is tried again.
const PAUSES: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(30));
/// A bus that came back gives the name to the first who asks. Who has the modem asks first.
const COURTESY: Duration = Duration::from_millis(150);

struct Worker {
    address: String,
    work: Work,
    store: PathBuf,
    remote: Remote,
    report: Arc<Mutex<Option<Report>>>,
    /// The last report that was taken.
    known: Report,
    events: Sender<Event>,
    inbox: Receiver<Event>,
    standing: Standing,
}

/// What woke the thread.
enum Woken {
    Event(Event),
    Message(Option<Message>),
    Time,
}

/// The thread is told to end.
struct Stopped;

impl Worker {
    async fn run(mut self) {
        let (mut pause, longest) = PAUSES;
        loop {
            let address = self.address.clone();
            if !may_be_there(&address) {
                self.stand(Standing::Alone);
                if self.meanwhile(pin!(until_there(&address))).await.is_err() {
                    return;
                }
                let courtesy = match self.known.owner {
                    true => Duration::ZERO,
                    false => COURTESY,
                };
                if self.meanwhile(pin!(rest_for(courtesy))).await.is_err() {
                    return;
                }
            }
            let Ok(bus) = self.meanwhile(pin!(Bus::session_at(&address))).await else {
                return;
            };
            if let Ok(bus) = bus {
                pause = PAUSES.0;
                if self.sit(&bus).await.is_err() {
                    return;
                }
            }
            self.stand(Standing::Alone);
            let mut rest = pause;
            pause = (pause * 2).min(longest);
            if !self.known.owner {
                rest += COURTESY;
            }
            if self.meanwhile(pin!(rest_for(rest))).await.is_err() {
                return;
            }
        }
    }

    /// Waits for something while there is no bus.
    async fn meanwhile<F: Future>(
        &mut self,
        mut future: Pin<&mut F>,
    ) -> Result<F::Output, Stopped> {
        loop {
            let inbox = &mut self.inbox;
            let woken = poll_fn(|context| {
                if let Poll::Ready(event) = Pin::new(&mut *inbox).poll_next(context) {
                    return Poll::Ready(Err(event.unwrap_or(Event::Stop)));
                }
                future.as_mut().poll(context).map(Ok)
            });
            match woken.await {
                Ok(output) => return Ok(output),
                Err(Event::Stop) => return Err(Stopped),
                Err(Event::Report) => self.take_report(),
                Err(Event::Wish(wish)) => {
                    (wish.answer)(Err("the session bus is gone; try again".to_owned()));
                }
                Err(Event::Late(..) | Event::Positions(_) | Event::LendNoMore(_)) => {}
            }
        }
    }

    fn take_report(&mut self) {
        let mut place = self.report.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(report) = place.take() {
            self.known = report;
        }
    }

    fn stand(&mut self, standing: Standing) {
        if self.standing != standing {
            self.standing = standing;
            self.remote.ask(Ask::Standing(standing));
        }
    }

    /// Lives on this bus until it is gone.
    async fn sit(&mut self, bus: &Bus) -> Result<(), Stopped> {
        let mut messages = bus.messages();
        let mut sitting = Sitting::default();
        let Some(greeting) = sitting.greet() else {
            return Ok(());
        };
        if bus.send(&greeting).await.is_err() {
            return Ok(());
        }
        loop {
            let woken = self.wait(&mut messages, sitting.due()).await;
            let out = match woken {
                Woken::Event(Event::Stop) => return Err(Stopped),
                Woken::Message(None) => {
                    self.leave(&mut sitting);
                    return Ok(());
                }
                Woken::Event(Event::Positions(lines)) => {
                    let each = lines.iter();
                    each.flat_map(|line| sitting.clients.tell(UNSOLICITED, line))
                        .collect()
                }
                Woken::Event(Event::LendNoMore(why)) => sitting.clients.tell(LENT_NO_MORE, &why),
                Woken::Event(Event::Report) => {
                    self.take_report();
                    let known = &self.known;
                    sitting
                        .served
                        .as_mut()
                        .map_or_else(Vec::new, |s| s.report(known))
                }
                Woken::Event(Event::Wish(wish)) => sitting.pass_on(wish),
                Woken::Event(Event::Late(call, late)) => {
                    let served = sitting.served.as_mut();
                    served.map_or_else(Vec::new, |served| served.late(call, late))
                }
                Woken::Message(Some(message)) => self.take(message, &mut sitting, bus),
                Woken::Time => {
                    if sitting.expire() {
                        // An owner that does not answer shares nothing.
                        self.stand(Standing::Alone);
                    }
                    Vec::new()
                }
            };
            if !out.is_empty() && bus.send(&out).await.is_err() {
                self.leave(&mut sitting);
                return Ok(());
            }
        }
    }

    /// The bus is gone, and everybody on it.
    fn leave(&self, sitting: &mut Sitting) {
        sitting.give_up();
        if !sitting.clients.is_empty() {
            self.remote.ask(Ask::Left(None));
        }
    }

    /// A program that wanted positions is gone.
    fn left(&self, client: String) -> Vec<Message> {
        let farewell = Clients::farewell(&client);
        self.remote.ask(Ask::Left(Some(client)));
        farewell.into_iter().collect()
    }

    async fn wait(&mut self, messages: &mut Messages, until: Option<Instant>) -> Woken {
        let inbox = &mut self.inbox;
        let mut time = until.and_then(|until| {
            let runtime = SharedRuntime::current().ok()?;
            Some(runtime.sleep_until(until))
        });
        poll_fn(|context| {
            if let Poll::Ready(event) = Pin::new(&mut *inbox).poll_next(context) {
                return Poll::Ready(Woken::Event(event.unwrap_or(Event::Stop)));
            }
            if let Poll::Ready(message) = messages.poll_next(context) {
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

    fn take(&mut self, message: Message, sitting: &mut Sitting, bus: &Bus) -> Vec<Message> {
        match message.message_type() {
            Type::MethodCall => self.called(message, sitting),
            Type::Signal => match owner_change(&message) {
                Some((name, owner)) if name == NAME => self.owned_by(&owner, sitting, bus),
                Some((name, owner)) if owner.is_empty() && sitting.clients.forget(&name) => {
                    self.left(name)
                }
                _ => Vec::new(),
            },
            Type::MethodReturn | Type::Error => match answer_of(message, NAME) {
                Some((serial, answer)) => self.answered(serial, answer, sitting, bus),
                None => Vec::new(),
            },
        }
    }

    fn called(&mut self, call: Message, sitting: &mut Sitting) -> Vec<Message> {
        match sitting.guard.judge(call) {
            Verdict::Ours(call) => sitting.call(call),
            Verdict::Foreign(call) => refuse(&call, foreign()),
            Verdict::Full(call) => {
                let sentence = "too many programs ask at once; try again";
                refuse(
                    &call,
                    Refusal::standard(standard::LIMITS_EXCEEDED, sentence),
                )
            }
            Verdict::Waits => Vec::new(),
            Verdict::Ask(sender) => match DAEMON.question("GetConnectionUnixUser", &sender) {
                Ok(question) => {
                    sitting.guard.asked(&sender, serial(&question));
                    vec![question]
                }
                Err(_) => Vec::new(),
            },
        }
    }

    fn answered(
        &mut self,
        serial: NonZeroU32,
        answer: Result<Message, BusError>,
        sitting: &mut Sitting,
        bus: &Bus,
    ) -> Vec<Message> {
        if sitting.requested == Some(serial) {
            // `DBUS_REQUEST_NAME_REPLY_PRIMARY_OWNER` or `_ALREADY_OWNER`.
            let code = answer.ok().and_then(|a| a.body().deserialize::<u32>().ok());
            return match code {
                Some(1 | 4) => self.owned_by(&own_name(bus), sitting, bus),
                Some(2) => sitting.who_is_it(),
                _ => {
                    self.stand(Standing::Alone);
                    Vec::new()
                }
            };
        }
        if sitting.identity.is_some_and(|(asked, _)| asked == serial) {
            sitting.identity = None;
            let served = match answer.and_then(|answer| client::read(&answer)) {
                Ok(state) => self.work.is_served_by(&state.work),
                // It has just ended; the bus tells who is next.
                Err(BusError::NotRunning(_)) => return Vec::new(),
                Err(_) => false,
            };
            if sitting.served.is_none() {
                self.stand(if served {
                    Standing::Follower
                } else {
                    Standing::Alone
                });
            }
            return Vec::new();
        }
        if let Some(gone) = sitting.clients.answered(serial, &answer) {
            return gone.map_or_else(Vec::new, |client| self.left(client));
        }
        if let Some(at) = sitting
            .wishes
            .iter()
            .position(|(asked, ..)| *asked == serial)
        {
            let (_, _, wish) = sitting.wishes.swap_remove(at);
            (wish.answer)(answer.map_err(|error| words(&error)));
            return Vec::new();
        }
        let user = answer.ok().and_then(|a| a.body().deserialize::<u32>().ok());
        let Some((calls, ours)) = sitting.guard.told(serial, user) else {
            return Vec::new();
        };
        let answers = calls.into_iter().flat_map(|call| {
            if ours {
                sitting.call(call)
            } else {
                refuse(&call, foreign())
            }
        });
        answers.collect()
    }

    /// The name has a new owner; an empty one is nobody.
    fn owned_by(&mut self, owner: &str, sitting: &mut Sitting, bus: &Bus) -> Vec<Message> {
        if owner != own_name(bus) {
            sitting.served = None;
            sitting.identity = None;
            return if owner.is_empty() {
                Vec::new()
            } else {
                sitting.who_is_it()
            };
        }
        if sitting.served.is_some() {
            return Vec::new();
        }
        sitting.identity = None;
        self.take_report();
        let events = self.events.clone();
        let later = Arc::new(move |call, late| {
            let _ = events.try_send(Event::Late(call, late));
        });
        let work = Work {
            store: self.store.display().to_string(),
            ..self.work.clone()
        };
        sitting.served = Served::start(work, &self.known, self.remote.clone(), later).ok();
        self.stand(Standing::Owner);
        Vec::new()
    }
}

/// Sleeps; for ever, where there is no clock to be had.
async fn rest_for(time: Duration) {
    match SharedRuntime::current() {
        Ok(runtime) => runtime.sleep(time).await,
        Err(_) => std::future::pending().await,
    }
}

/// Waits until there is a socket at this address: a session's programs may be started before its
/// bus. Nobody polls where its folder can be watched.
async fn until_there(address: &str) {
    let watched = || {
        let watch = Watch::new().ok()?;
        watch.files(socket(address)?.parent()?).ok()?;
        AsyncIo::new(&SharedRuntime::current().ok()?, watch).ok()
    };
    let Some(watch) = watched() else {
        return rest_for(PAUSES.1).await;
    };
    while !may_be_there(address) {
        let drain = |watch: &Watch| match watch.drain() {
            true => Ok(()),
            false => Err(ErrorKind::WouldBlock.into()),
        };
        if watch.read_with(drain).await.is_err() {
            return rest_for(PAUSES.1).await;
        }
    }
}

fn foreign() -> Refusal {
    let sentence = "messages are shown to the user whose they are, and to nobody else";
    Refusal::standard(standard::ACCESS_DENIED, sentence)
}

fn own_name(bus: &Bus) -> String {
    let name = bus.connection().unique_name();
    name.map(ToString::to_string).unwrap_or_default()
}

/// A name and its new owner, in a signal of the bus that it has one; empty for nobody.
fn owner_change(signal: &Message) -> Option<(String, String)> {
    let header = signal.header();
    let is_from_bus = header.sender().is_some_and(|name| *name == DAEMON.service);
    let is_it = header
        .member()
        .is_some_and(|name| *name == "NameOwnerChanged");
    let body = signal.body();
    let (name, _, owner): (String, String, String) =
        (is_from_bus && is_it).then(|| body.deserialize().ok())??;
    Some((name, owner))
}
