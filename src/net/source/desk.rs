//! What is asked of the network and not done yet: commands on their way, attempts to connect,
//! scans, questions to the person. Each call runs as a task of its own, so nobody waits for it.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use zruntime::mpmc::Sender;
use zruntime::{Shared, Task};

use super::mirror::News;
use super::worker::Event;
use crate::bus::{Bus, BusError};
use crate::net::act::{self, Done, FollowUp};
use crate::net::agent::{self, Agent, Asking};
use crate::net::attempt::Stage;
use crate::net::attempts::{self, Attempts};
use crate::net::command::Command;
use crate::net::options::Options;
use crate::net::snapshot::{About, DeviceKind, DeviceState, Failure, Id, Service, Share, Snapshot};

/// A scan that nobody tells the end of has ended after this long.
const SCAN: Duration = Duration::from_secs(15);

/// Time is told to pass at most this often.
const HURRY: Duration = Duration::from_millis(20);

/// A scan that was asked for.
struct Scan {
    device: Id,
    /// `LastScan` before it: when that changes, it has ended.
    before: Option<i64>,
    until: Instant,
}

/// What came of a command.
pub(super) struct Outcome {
    command: Command,
    attempt: Option<u64>,
    result: Result<Done, Failure>,
}

pub(super) struct Desk {
    options: Options,
    events: Sender<Event>,
    attempts: Attempts,
    /// The attempts that the agent holds something for.
    expecting: Vec<u64>,
    scans: Vec<Scan>,
    failure: Option<Failure>,
    share: Option<Share>,
    agent: Option<Agent>,
    /// NetworkManager is there, to be told of the agent.
    is_there: bool,
    running: Vec<Task<(), Shared>>,
    /// Commands whose outcome has not been taken in.
    unanswered: usize,
    ticked: Instant,
}

impl Desk {
    pub(super) fn new(options: &Options, events: Sender<Event>) -> Self {
        Self {
            options: options.clone(),
            events,
            attempts: Attempts::default(),
            expecting: Vec::new(),
            scans: Vec::new(),
            failure: None,
            share: None,
            agent: None,
            is_there: false,
            running: Vec::new(),
            unanswered: 0,
            ticked: Instant::now(),
        }
    }

    /// There is a bus: the agent is served on it.
    pub(super) fn connected(&mut self, bus: &Bus) {
        if !self.options.agent {
            return;
        }
        let asking = match &self.options.window {
            Some(program) => Asking::Window(program.clone()),
            None => Asking::Here,
        };
        let (bus, events) = (bus.clone(), self.events.clone());
        self.run(async move {
            let tell = events.clone();
            let notify = move |event| drop(tell.try_send(Event::Agent(event)));
            if let Ok(agent) = Agent::serve(&bus, asking, notify).await {
                let _ = events.try_send(Event::Serving(agent));
            }
        });
    }

    /// The agent is served.
    pub(super) fn serving(&mut self, agent: Agent) {
        self.agent = Some(agent);
        self.register();
    }

    /// The bus is gone, and everything that was on its way with it.
    pub(super) fn disconnected(&mut self, snapshot: &Snapshot) {
        self.running.clear();
        self.unanswered = 0;
        if let Some(agent) = self.agent.take() {
            agent.close();
        }
        self.is_there = false;
        self.scans.clear();
        // What is to be done after it cannot be done any more.
        drop(
            self.attempts
                .on(attempts::Event::Restarted, snapshot, Timestamp::now()),
        );
    }

    /// Carries a command out.
    pub(super) fn command(&mut self, bus: &Bus, snapshot: &Snapshot, command: Command) {
        // The popup scans by itself; that must not take away what the person has to read.
        if command != Command::Scan {
            self.failure = None;
        }
        let now = Timestamp::now();
        let wish = self.attempts.wish(&command, snapshot, now);
        if let (Some(number), Some(agent)) = (wish.attempt, &self.agent) {
            agent.expect(number, &command, snapshot);
            self.expecting.push(number);
        }
        match &command {
            Command::Scan => self.begin_scans(snapshot),
            Command::Unshare => self.share = None,
            Command::Answer { prompt, secrets } => {
                if let Some(agent) = &self.agent {
                    agent.answer(*prompt, secrets);
                }
            }
            Command::Refuse { prompt } => {
                if let Some(agent) = &self.agent {
                    agent.refuse(*prompt);
                }
            }
            _ => {}
        }
        let (bus, snapshot, events) = (bus.clone(), snapshot.clone(), self.events.clone());
        self.unanswered += 1;
        self.run(async move {
            // What an attempt before it has left goes first: this one reads the profile.
            follow_up(&bus, &events, wish.follow_ups).await;
            let result = act::carry_out(&bus, &snapshot, &command).await;
            let _ = events.try_send(Event::Done(Outcome {
                command,
                attempt: wish.attempt,
                result,
            }));
        });
    }

    /// There is no bus to carry a command out on.
    pub(super) fn refuse(&mut self, command: &Command, error: &str) {
        if *command != Command::Scan {
            self.failure = Some(Failure {
                about: about(command),
                sentence: format!("NetworkManager cannot be asked: {error}."),
            });
        }
    }

    /// A command has ended.
    pub(super) fn done(&mut self, bus: &Bus, snapshot: &Snapshot, outcome: Outcome) {
        let now = Timestamp::now();
        self.unanswered = self.unanswered.saturating_sub(1);
        match (outcome.result, outcome.attempt) {
            (Ok(Done::Started(started)), Some(number)) => {
                let todo = self.attempts.started(number, started, snapshot, now);
                self.follow_up(bus, todo);
            }
            (Ok(Done::Share(share)), _) => self.share = Some(share),
            (Ok(_), _) => {}
            (Err(failure), Some(number)) => self.attempts.refused(number, &failure, now),
            (Err(failure), None) => {
                if outcome.command == Command::Scan {
                    self.scans.clear();
                }
                self.failure = Some(failure);
            }
        }
    }

    /// Something that had to be done after an attempt could not be done.
    pub(super) fn not_followed_up(
        &mut self,
        snapshot: &Snapshot,
        todo: &FollowUp,
        error: &BusError,
    ) {
        let (id, what) = match todo {
            FollowUp::Persist(id) => (id, "The connection works, but could not be saved"),
            FollowUp::Remove(id) => (id, "The profile that does not work could not be removed"),
            FollowUp::Restore(id, _) => (id, "The profile could not be put back to what it was"),
            FollowUp::Stop(id) => (id, "The connection could not be stopped"),
        };
        let profile = snapshot.profiles.iter().find(|profile| profile.id == *id);
        self.failure = Some(Failure {
            about: match profile {
                Some(profile) => About::Profile(profile.uuid.clone()),
                None => About::Device(id.clone()),
            },
            // The service's words may reach a terminal.
            sentence: crate::bar::clean(&format!("{what}: {error}.")),
        });
    }

    /// The services said something.
    pub(super) fn news(&mut self, bus: &Bus, snapshot: &Snapshot, news: &News) {
        let event = match news {
            News::Device {
                device,
                new,
                old,
                reason,
            } => attempts::Event::Device {
                device,
                new: *new,
                old: *old,
                reason: *reason,
            },
            News::Active {
                connection,
                state,
                reason,
            } => attempts::Event::Active {
                connection,
                state: *state,
                reason: *reason,
            },
            News::Vpn {
                connection,
                state,
                reason,
            } => attempts::Event::Vpn {
                connection,
                state: *state,
                reason: *reason,
            },
            News::Ended(connection) => attempts::Event::Gone { connection },
            News::Gone => {
                self.is_there = false;
                self.scans.clear();
                attempts::Event::Restarted
            }
            News::Came => {
                self.is_there = true;
                self.register();
                return;
            }
        };
        self.tell_attempts(bus, snapshot, event);
    }

    /// The agent said something.
    pub(super) fn agent(&mut self, bus: &Bus, snapshot: &Snapshot, event: &agent::Event) {
        let event = match event {
            // It is in the next snapshot.
            agent::Event::Prompt => return,
            agent::Event::Asked(profile) => attempts::Event::Asked { profile },
            agent::Event::Refused(attempt) => attempts::Event::SecretsRefused { attempt: *attempt },
        };
        self.tell_attempts(bus, snapshot, event);
    }

    fn tell_attempts(&mut self, bus: &Bus, snapshot: &Snapshot, event: attempts::Event<'_>) {
        let todo = self.attempts.on(event, snapshot, Timestamp::now());
        self.follow_up(bus, todo);
    }

    /// Time has passed, or there is a new snapshot.
    pub(super) fn tick(&mut self, bus: &Bus, snapshot: &Snapshot) {
        let now = Timestamp::now();
        let todo = self.attempts.tick(snapshot, now);
        self.follow_up(bus, todo);
        if let Some(agent) = &self.agent {
            agent.expire(now);
            let list = self.attempts.list();
            let is_going = |number: &u64| {
                let mut all = list.iter().filter(|attempt| attempt.number == *number);
                all.any(|attempt| matches!(attempt.stage, Stage::Going(_)))
            };
            let (going, ended) = self.expecting.iter().partition(|number| is_going(number));
            self.expecting = going;
            let ended: Vec<u64> = ended;
            for number in ended {
                agent.done(number);
            }
        }
        let at = Instant::now();
        self.ticked = at;
        self.scans.retain(|scan| {
            let device = snapshot.device(&scan.device);
            scan.until > at && device.is_some_and(|d| d.last_scan_ms == scan.before)
        });
    }

    /// When [`Desk::tick`] is to be called; `now` where that is due.
    pub(super) fn until(&self, now: Instant) -> Option<Instant> {
        let scan = self.scans.iter().map(|scan| scan.until).min();
        let agent = self.agent.as_ref().and_then(Agent::deadline);
        let wall = [self.attempts.deadline(), agent];
        let wall = wall.into_iter().flatten().min().map(|deadline| {
            let left = deadline.duration_since(Timestamp::now());
            now + Duration::try_from(left).unwrap_or_default()
        });
        // Whatever they say, nobody is in a hurry.
        let soonest = self.ticked + HURRY;
        let until = [scan, wall].into_iter().flatten().min();
        until.map(|until| until.max(soonest))
    }

    /// Whether something is on its way that would be lost.
    pub(super) fn is_busy(&mut self) -> bool {
        self.running.retain(|task| !task.is_finished());
        self.unanswered > 0 || !self.running.is_empty()
    }

    /// The source ends: attempts that go on are left in a good state.
    pub(super) fn leave(&mut self, bus: &Bus) {
        let todo = self.attempts.leave();
        self.follow_up(bus, todo);
    }

    /// Puts all of it into a snapshot.
    pub(super) fn fill(&self, snapshot: &mut Snapshot) {
        snapshot.scanning = self.scans.iter().map(|scan| scan.device.clone()).collect();
        snapshot.attempts = self.attempts.list();
        snapshot.prompt = self.agent.as_ref().and_then(Agent::prompt);
        snapshot.failure.clone_from(&self.failure);
        if snapshot.service == Service::Running {
            snapshot.share.clone_from(&self.share);
        }
    }

    fn begin_scans(&mut self, snapshot: &Snapshot) {
        let until = Instant::now() + SCAN;
        let can = |kind, state| kind == DeviceKind::Wifi && state > DeviceState::Unavailable;
        let devices = snapshot.devices.iter();
        self.scans = devices
            .filter(|device| can(device.kind, device.state))
            .map(|device| Scan {
                device: device.id.clone(),
                before: device.last_scan_ms,
                until,
            })
            .collect();
    }

    /// Tells NetworkManager of the agent, once both are there.
    fn register(&mut self) {
        if let (Some(agent), true) = (self.agent.clone(), self.is_there) {
            self.run(async move {
                // Without an agent everything else works, and NetworkManager says "no agents".
                let _ = agent.register().await;
            });
        }
    }

    /// Does what attempts left to be done, in order.
    fn follow_up(&mut self, bus: &Bus, todo: Vec<FollowUp>) {
        if todo.is_empty() {
            return;
        }
        let (bus, events) = (bus.clone(), self.events.clone());
        self.run(async move { follow_up(&bus, &events, todo).await });
    }

    fn run(&mut self, task: impl Future<Output = ()> + Send + 'static) {
        self.running.retain(|task| !task.is_finished());
        let events = self.events.clone();
        self.running.push(zruntime::spawn(async move {
            task.await;
            let _ = events.try_send(Event::Ran);
        }));
    }
}

/// Nobody is left to answer to.
impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(agent) = &self.agent {
            agent.close();
        }
    }
}

/// Does it in order, while no other attempt changes a profile.
async fn follow_up(bus: &Bus, events: &Sender<Event>, todo: Vec<FollowUp>) {
    if todo.is_empty() {
        return;
    }
    let _alone = act::alone().await;
    for one in todo {
        if let Err(error) = act::follow_up(bus, &one).await {
            let _ = events.try_send(Event::NotFollowedUp(one, error));
        }
    }
}

fn about(command: &Command) -> About {
    match command {
        Command::Join(join) => About::Network(join.ssid.clone()),
        Command::Activate { profile, .. }
        | Command::Retry { profile, .. }
        | Command::Forget { profile }
        | Command::Change { profile, .. }
        | Command::Share { profile } => About::Profile(profile.clone()),
        Command::Deactivate { connection: id } | Command::Disconnect { device: id } => {
            About::Device(id.clone())
        }
        Command::Unlock { modem, .. } | Command::Unblock { modem, .. } => {
            About::Modem(modem.clone())
        }
        Command::Hotspot { .. } => About::Hotspot,
        Command::Scan => About::Scan,
        _ => About::Radio,
    }
}
