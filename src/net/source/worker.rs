//! The source's thread: connects, listens, shows; and connects again.

use std::future::poll_fn;
use std::path::Path;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use futures_core::Stream;
use zbus::Message;
use zruntime::mpmc::{Receiver, Sender};
use zruntime::{AsyncIo, Shared, SharedRuntime, Task};

use super::desk::{Desk, Outcome};
use super::mirror::Mirror;
use super::pace::Pace;
use crate::bus::{Bus, BusError, Messages};
use crate::net::act::FollowUp;
use crate::net::agent::{self, Agent};
use crate::net::command::Command;
use crate::net::once::service;
use crate::net::options::Options;
use crate::net::rates::{self, Meter};
use crate::net::rfkill;
use crate::net::snapshot::{Bytes, Rates, Service, Snapshot};

/// What the thread is told.
pub(super) enum Event {
    /// A person's wish.
    Command(Command),
    /// What came of one.
    Done(Outcome),
    /// What an attempt left to be done cannot be done.
    NotFollowedUp(FollowUp, BusError),
    /// A task has ended.
    Ran,
    /// The secret agent is served.
    Serving(Agent),
    /// It has something to say.
    Agent(agent::Event),
    /// The kernel's radio switches changed.
    Switches,
    /// End.
    Stop,
}

/// A bus that is gone is looked for after this long, then twice as long, and so on.
const SHORTEST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What is on its way gets this long when the source ends.
const LAST: Duration = Duration::from_millis(500);

/// Why the waiting ended.
#[allow(
    clippy::large_enum_variant,
    reason = "it lives for one turn of the loop"
)]
enum Woken {
    Event(Event),
    /// `None`: the connection is gone.
    Message(Option<Message>),
    Time,
}

/// How a connection ended.
enum Ended {
    Stop,
    Gone,
}

pub(super) struct Worker {
    options: Options,
    events: Sender<Event>,
    inbox: Receiver<Event>,
    publish: Box<dyn Fn(Arc<Snapshot>) + Send>,
    shown: Arc<Snapshot>,
    pace: Pace,
    bluetooth: Option<bool>,
    meter: Meter,
    /// What the last look at the counters of an interface gave.
    traffic: Option<(String, Bytes, Option<Rates>)>,
    next_look: Option<Instant>,
    desk: Desk,
    /// Commands that came before the first snapshot.
    waiting: Vec<Command>,
}

impl Worker {
    pub(super) fn new(
        options: Options,
        (events, inbox): (Sender<Event>, Receiver<Event>),
        publish: Box<dyn Fn(Arc<Snapshot>) + Send>,
    ) -> Self {
        Self {
            desk: Desk::new(&options, events.clone()),
            waiting: Vec::new(),
            options,
            events,
            inbox,
            publish,
            shown: Arc::default(),
            pace: Pace::default(),
            bluetooth: rfkill::bluetooth(Path::new(rfkill::SWITCHES)),
            meter: Meter::default(),
            traffic: None,
            next_look: None,
        }
    }

    /// Runs until it is told to stop.
    pub(super) async fn run(mut self) {
        let _switches = watch_switches(self.events.clone());
        let mut pause = SHORTEST_PAUSE;
        loop {
            let address = self.options.bus.clone();
            let connecting = pin!(Bus::system_at(address.as_deref()));
            let error = match self.unless_stopped(connecting).await {
                None => return,
                Some(Ok(bus)) => {
                    pause = SHORTEST_PAUSE;
                    match self.listen(&bus).await {
                        Ended::Stop => return,
                        Ended::Gone => BusError::Gone,
                    }
                }
                Some(Err(error)) => error,
            };
            self.desk.disconnected(&self.shown);
            for command in std::mem::take(&mut self.waiting) {
                self.desk.refuse(&command, &error.to_string());
            }
            self.show_service(service(&error));
            if self.pause(pause).await {
                return;
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Serves one connection until it breaks.
    async fn listen(&mut self, bus: &Bus) -> Ended {
        let mut messages = bus.messages();
        let start = Instant::now();
        let mut mirror = Mirror::new(&self.options, start);
        let mut is_first = true;
        let mut stop_at = None;
        self.next_look = self.options.rates.map(|_| start);
        self.desk.connected(bus);
        loop {
            let calls = mirror.calls();
            if !calls.is_empty() && bus.send(&calls).await.is_err() {
                return Ended::Gone;
            }
            let now = Instant::now();
            if stop_at.is_some_and(|at| at <= now || !self.desk.is_busy()) {
                return Ended::Stop;
            }
            mirror.wait_is_over(now);
            for news in mirror.news() {
                self.desk.news(bus, &self.shown, &news);
                self.pace.changed(now);
            }
            if mirror.has_changed() {
                self.pace.changed(now);
            }
            if self.next_look.is_some_and(|at| at <= now) {
                self.look_at_traffic(now);
            }
            if self.desk.until(now).is_some_and(|at| at <= now) {
                self.desk.tick(bus, &self.shown);
                self.pace.changed(now);
            }
            let held = mirror.held_until(now);
            if held.is_none() && !mirror.is_starting() && self.pace.is_time(now) {
                is_first = false;
                self.show(bus, mirror.snapshot());
                mirror.ask_permissions();
                for command in std::mem::take(&mut self.waiting) {
                    self.desk.command(bus, &self.shown, command);
                    self.pace.changed(now);
                }
                continue;
            }
            let due = self.pace.due().filter(|_| !mirror.is_starting());
            let until = [
                held.or(due),
                mirror.until(),
                self.next_look,
                self.desk.until(now),
                stop_at,
            ];
            let until = until.into_iter().flatten().min();
            match self.wait(Some(&mut messages), until).await {
                Woken::Message(Some(message)) => mirror.take(message, Instant::now()),
                Woken::Message(None) => return Ended::Gone,
                Woken::Event(Event::Stop) => {
                    stop_at = Some(Instant::now() + LAST);
                    self.desk.leave(bus);
                }
                Woken::Event(event) => self.take(bus, event, is_first),
                Woken::Time => {}
            }
        }
    }

    /// Takes an event in while there is a bus.
    fn take(&mut self, bus: &Bus, event: Event, is_first: bool) {
        match event {
            // There is nothing yet by which it could be carried out.
            Event::Command(command) if is_first => self.waiting.push(command),
            Event::Command(command) => self.desk.command(bus, &self.shown, command),
            Event::Done(outcome) => self.desk.done(bus, &self.shown, outcome),
            Event::Serving(agent) => self.desk.serving(agent),
            Event::Agent(event) => self.desk.agent(bus, &self.shown, &event),
            other => self.take_alone(other),
        }
        self.pace.changed(Instant::now());
    }

    /// Takes an event in for which no bus is needed.
    fn take_alone(&mut self, event: Event) {
        match event {
            Event::Switches => {
                self.bluetooth = rfkill::bluetooth(Path::new(rfkill::SWITCHES));
            }
            Event::NotFollowedUp(todo, error) => {
                self.desk.not_followed_up(&self.shown, &todo, &error);
            }
            // What was on its way when the bus broke is over.
            _ => {}
        }
    }

    fn look_at_traffic(&mut self, now: Instant) {
        let before = self.traffic.take();
        let found = rates::interface(&self.shown).and_then(|interface| {
            let bytes = rates::counters(Path::new(rates::INTERFACES), interface)?;
            Some((interface, bytes))
        });
        let rates = self.meter.look(found, now);
        self.traffic = found.map(|(interface, bytes)| (interface.to_owned(), bytes, rates));
        if self.traffic != before {
            self.pace.changed(now);
        }
        // Counted from the last look, not from when it was due: after a sleep there is no rush.
        self.next_look = self.options.rates.map(|period| now + period);
    }

    fn show_service(&mut self, service: Service) {
        self.traffic = None;
        let mut snapshot = Snapshot {
            service,
            ..Snapshot::default()
        };
        self.desk.fill(&mut snapshot);
        self.publish(snapshot);
    }

    /// Adds what the services do not say, and publishes what is news.
    fn show(&mut self, bus: &Bus, mut snapshot: Snapshot) {
        if let Some((interface, bytes, rates)) = &self.traffic {
            // The link may be another one by now.
            if rates::interface(&snapshot) == Some(interface) {
                snapshot.rates = *rates;
                for device in &mut snapshot.devices {
                    if device.interface == *interface {
                        device.bytes = Some(*bytes);
                    }
                }
            }
        }
        self.desk.tick(bus, &snapshot);
        self.desk.fill(&mut snapshot);
        self.publish(snapshot);
        // A new link is looked at now, so that its rate is known one period later.
        let is_new = self.traffic.is_none() && rates::interface(&self.shown).is_some();
        if self.options.rates.is_some() && is_new {
            self.next_look = Some(Instant::now());
        }
    }

    fn publish(&mut self, mut snapshot: Snapshot) {
        snapshot.radios.bluetooth = self.bluetooth;
        if snapshot != *self.shown {
            self.shown = Arc::new(snapshot);
            (self.publish)(Arc::clone(&self.shown));
        }
    }

    /// Waits while there is no bus. `true` when told to stop.
    async fn pause(&mut self, pause: Duration) -> bool {
        let until = Instant::now() + pause;
        loop {
            match self.wait(None, Some(until)).await {
                Woken::Event(Event::Stop) => return true,
                Woken::Event(Event::Command(command)) => {
                    self.desk.refuse(&command, "there is no system bus");
                    self.show_service(self.shown.service.clone());
                }
                Woken::Event(event) => self.take_alone(event),
                Woken::Time | Woken::Message(_) => return false,
            }
        }
    }

    /// Waits for something, unless it is told to stop meanwhile.
    async fn unless_stopped<F: Future>(&mut self, mut future: Pin<&mut F>) -> Option<F::Output> {
        loop {
            let inbox = &mut self.inbox;
            let event = poll_fn(|context| {
                if let Poll::Ready(event) = Pin::new(&mut *inbox).poll_next(context) {
                    return Poll::Ready(Err(event.unwrap_or(Event::Stop)));
                }
                future.as_mut().poll(context).map(Ok)
            })
            .await;
            match event {
                Ok(output) => return Some(output),
                Err(Event::Stop) => return None,
                Err(Event::Command(command)) => self.waiting.push(command),
                Err(event) => self.take_alone(event),
            }
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

/// Tells of every change of the kernel's radio switches, as long as the task is kept. Without
/// such a device, or without the right to read it, they are as they were.
fn watch_switches(events: Sender<Event>) -> Option<Task<(), Shared>> {
    let runtime = SharedRuntime::current().ok()?;
    let switches = std::fs::File::open(rfkill::EVENTS).ok()?;
    let switches = AsyncIo::new(&runtime, switches).ok()?;
    Some(zruntime::spawn(async move {
        // It is one event a read, and each is larger in newer kernels.
        let mut event = [0; 64];
        let read = |file: &std::fs::File, event: &mut [u8]| rustix::io::read(file, event);
        while let Ok(1..) = switches.read_with(|file| Ok(read(file, &mut event)?)).await {
            if events.try_send(Event::Switches).is_err() {
                return;
            }
        }
    }))
}
