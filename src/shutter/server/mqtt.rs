//! The camera at an MQTT broker: its state for all to read, its commands, and Home Assistant's
//! announcement.
//!
//! It runs in a thread of its own, which may be flooded, stuck or lost without the shutter's
//! noticing: it sees whole snapshots and asks for commands, as every client does.
//!
//! | topic under the prefix | what is there |
//! |---|---|
//! | `state` | the snapshot without its history, JSON, retained; at most five a second, the last one always |
//! | `availability` | `online` or `offline`, retained; the broker says `offline` when we are gone |
//! | `command/start`, `change`, `pause`, `resume`, `stop`, `snap` | what is to be done, JSON |
//! | `error` | why a command was not carried out, JSON |
//!
//! *Once or not at all*: a picture that nobody asked for cannot be taken back. `start` and `snap`
//! are read at most once (quality of service 0, and nothing that is marked as a repetition), the
//! others at least once, since to pause twice is to pause. A retained command is never carried
//! out: the broker would hand it out again at each connection. While we are away nothing is kept
//! for us. A sender that may repeat itself gives its message an `id` ([`order`]).

pub mod discovery;
mod hearing;
pub mod options;
pub mod order;
pub mod pace;
pub mod topics;
pub mod trouble;

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use rumqttc::{AsyncClient, Event, Incoming, Outgoing, Publish, QoS, SubscribeFilter};
use rumqttc::{SubAck, SubscribeReasonCode};
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until};

use crate::shutter::engine::Handle;
use crate::shutter::snapshot::Snapshot;
use hearing::Hearing;
use options::Options;
use order::{Order, Seen};
use pace::{BackOff, Pace};
use topics::Verb;

/// Between two publications of the state.
const BETWEEN_STATES: Duration = Duration::from_millis(200);
/// From an event of the connection to the next one, pings included; longer means that it hangs.
const STALLED: Duration = Duration::from_secs(50);
/// For a last word at the end.
const GOODBYE: Duration = Duration::from_secs(1);
/// Messages a second that are looked at; the rest waits at the broker.
const MESSAGES: f64 = 2000.0;
/// Commands a second that are carried out.
const COMMANDS: f64 = 5.0;
/// Errors a second that are answered.
const ANSWERS: f64 = 5.0;
/// A connection that lasted so long was a good one.
const GOOD: Duration = Duration::from_secs(60);

/// Where sentences for the log go.
pub type Log = Box<dyn Fn(&str) + Send>;

/// The connection; dropping it says goodbye to the broker.
pub struct Mqtt {
    end: Arc<Notify>,
    thread: Option<JoinHandle<()>>,
}

/// Starts it. Whether there is a broker turns out later, and is told to the log.
///
/// # Errors
/// When there cannot be another thread.
pub fn start(options: Options, engine: Handle, log: Log) -> io::Result<Mqtt> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let changed = Arc::new(Notify::new());
    let end = Arc::new(Notify::new());
    let teller = Arc::clone(&changed);
    engine.watch(move |_| teller.notify_one());
    let ended = Arc::clone(&end);
    let thread = std::thread::Builder::new()
        .name("mqtt".to_owned())
        .spawn(move || {
            if let Some(warning) = &options.warning {
                log(warning);
            }
            let now = Instant::now().into_std();
            let worker = Worker {
                options,
                engine,
                log,
                changed,
                end: ended,
                seen: Seen::default(),
                messages: Pace::new(MESSAGES, MESSAGES / 10.0, now),
                commands: Pace::new(COMMANDS, COMMANDS * 4.0, now),
                answers: Pace::new(ANSWERS, ANSWERS * 2.0, now),
                hearing: Hearing::default(),
                said: None,
            };
            runtime.block_on(worker.run());
            // A name that is being looked up is not waited for.
            runtime.shutdown_background();
        })?;
    Ok(Mqtt {
        end,
        thread: Some(thread),
    })
}

impl Drop for Mqtt {
    fn drop(&mut self) {
        self.end.notify_one();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Worker {
    options: Options,
    engine: Handle,
    log: Log,
    changed: Arc<Notify>,
    end: Arc<Notify>,
    seen: Seen,
    messages: Pace,
    commands: Pace,
    answers: Pace,
    hearing: Hearing,
    /// The last trouble that the log was told of; the same is not said again.
    said: Option<String>,
}

/// Why a connection is over.
enum Over {
    /// We were asked to end.
    Asked,
    /// It broke, or never was.
    Lost(String),
}

impl Worker {
    async fn run(mut self) {
        let mut pauses = BackOff::default();
        loop {
            let began = Instant::now();
            match self.connection().await {
                Over::Asked => return,
                Over::Lost(sentence) => self.trouble(sentence),
            }
            if began.elapsed() > GOOD {
                pauses = BackOff::default();
            }
            let mut chance = [0];
            let _ = getrandom::fill(&mut chance);
            tokio::select! {
                () = self.end.notified() => return,
                () = sleep(pauses.next(chance[0])) => {}
            }
        }
    }

    fn trouble(&mut self, sentence: String) {
        if self.said.as_ref() != Some(&sentence) {
            (self.log)(&format!("{sentence}; it is tried again"));
            self.said = Some(sentence);
        }
    }

    /// One connection from its beginning to its end. It starts with nothing of an earlier one:
    /// what that one did not get done is of the past.
    async fn connection(&mut self) -> Over {
        let (client, mut events) = AsyncClient::new(self.options.connection(), 64);
        events.network_options.set_connection_timeout(10);
        events.network_options.set_tcp_nodelay(true);
        let mut session = Session {
            client,
            up: false,
            told: None,
            due: None,
            last: None,
            goodbye: None,
        };
        loop {
            // Polled to its end, whatever else happens: a poll that is dropped may lose what it has.
            let poll = events.poll();
            tokio::pin!(poll);
            let stalled = sleep(STALLED);
            tokio::pin!(stalled);
            let event = loop {
                tokio::select! {
                    biased;
                    () = self.end.notified(), if session.goodbye.is_none() => {
                        if !session.up {
                            return Over::Asked;
                        }
                        session.leave(&self.options);
                    }
                    () = until(session.goodbye), if session.goodbye.is_some() => return Over::Asked,
                    () = until(session.due), if session.due.is_some() => {
                        session.tell(&self.options, &self.engine.snapshot());
                    }
                    () = until(self.hearing.due()), if self.hearing.due().is_some() => {
                        let verb = self.hearing.next(Instant::now());
                        session.listen(&self.options, verb.as_slice());
                    }
                    () = self.changed.notified(), if session.up && session.due.is_none() => {
                        session.plan();
                    }
                    event = &mut poll => break event,
                    () = &mut stalled => {
                        let at = &self.options.address;
                        return Over::Lost(format!("the MQTT broker at {at} does not answer any more"));
                    }
                }
            };
            match event {
                Ok(Event::Incoming(Incoming::ConnAck(_))) => {
                    let verbs = self.hearing.begin(Instant::now());
                    session.greet(&self.options, &self.engine.snapshot(), &verbs);
                    (self.log)(&format!(
                        "connected to the MQTT broker at {}",
                        self.options.address
                    ));
                    self.said = None;
                }
                Ok(Event::Incoming(Incoming::Publish(message))) => {
                    self.message(&session, &message).await;
                }
                Ok(Event::Incoming(Incoming::SubAck(answer))) => {
                    self.hearing.answered(Instant::now());
                    self.subscribed(&answer);
                }
                Ok(Event::Outgoing(Outgoing::Disconnect)) => return Over::Asked,
                Ok(_) => {}
                Err(_) if session.goodbye.is_some() => return Over::Asked,
                Err(error) => {
                    if let Some(verb) = self.hearing.ended_by(&error, Instant::now()) {
                        (self.log)(&format!(
                            "'{}' is not listened to for an hour: its retained message is too \
                             large; publish an empty one there with the retain flag",
                            self.options.topics.command(verb)
                        ));
                    }
                    return Over::Lost(trouble::sentence(&error, &self.options, session.up));
                }
            }
        }
    }

    fn subscribed(&self, answer: &SubAck) {
        if answer.return_codes.contains(&SubscribeReasonCode::Failure) {
            (self.log)(&format!(
                "the MQTT broker at {} does not let us read the commands; see its access list for '{}'",
                self.options.address,
                self.options.topics.command(Verb::Snap)
            ));
        }
    }

    async fn message(&mut self, session: &Session, message: &Publish) {
        // While we wait nothing is read, so that a flood stays where it comes from.
        while let Err(wait) = self.messages.take(Instant::now().into_std()) {
            sleep(wait).await;
        }
        let Some(verb) = self.options.topics.verb(&message.topic) else {
            return;
        };
        let (id, refusal) = match self.carry_out(verb, message) {
            Ok(()) => return,
            Err(refused) => refused,
        };
        if self.answers.take(Instant::now().into_std()).is_ok() {
            let answer = json!({
                "command": verb.word(),
                "id": id,
                "error": refusal,
                "at": jiff::Timestamp::now(),
            });
            session.publish(self.options.topics.error(), false, answer.to_string());
        }
    }

    /// Does what the message says; otherwise its id and why not.
    fn carry_out(&mut self, verb: Verb, message: &Publish) -> Result<(), (Option<String>, String)> {
        let nameless = |why: &str| (None, why.to_owned());
        if message.retain {
            let why = "a retained command is not carried out; send it without the retain flag";
            return Err(nameless(why));
        }
        if message.dup && verb.counts() {
            return Err(nameless(
                "a repetition is not carried out; send a new message",
            ));
        }
        let last = self.engine.snapshot().plan.clone();
        let Order { command, id } = order::read(verb, &message.payload, last.as_ref())
            .map_err(|wrong| (None, wrong.to_string()))?;
        let with_id = |why: String| (id.clone(), why);
        if self.commands.take(Instant::now().into_std()).is_err() {
            return Err(with_id("too many commands at once; send fewer".to_owned()));
        }
        if let Some(id) = &id
            && !self.seen.is_new(id)
        {
            return Err(with_id(
                "this id was carried out before; give each command its own".into(),
            ));
        }
        self.engine
            .ask(command)
            .map_err(|refusal| with_id(refusal.to_string()))
    }
}

/// Waits for a moment; for ever without one.
async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

/// What there is to say in one connection.
struct Session {
    client: AsyncClient,
    /// The broker has let us in.
    up: bool,
    /// The state that the broker has.
    told: Option<String>,
    /// The next state is told then.
    due: Option<Instant>,
    /// The last one was.
    last: Option<Instant>,
    /// We are leaving, until then.
    goodbye: Option<Instant>,
}

impl Session {
    /// Everything that the broker must know of us, in the order that nobody sees half of it.
    fn greet(&mut self, options: &Options, snapshot: &Snapshot, verbs: &[Verb]) {
        self.up = true;
        self.listen(options, verbs);
        if let Some((topic, text)) = &options.announcement {
            self.publish(topic.clone(), true, text.clone());
        }
        self.tell(options, snapshot);
        self.publish(options.topics.availability(), true, "online".to_owned());
    }

    fn listen(&self, options: &Options, verbs: &[Verb]) {
        let filters = verbs.iter().map(|verb| {
            let qos = if verb.counts() {
                QoS::AtMostOnce
            } else {
                QoS::AtLeastOnce
            };
            SubscribeFilter::new(options.topics.command(*verb), qos)
        });
        let filters: Vec<_> = filters.collect();
        if !filters.is_empty() {
            let _ = self.client.try_subscribe_many(filters);
        }
    }

    fn leave(&mut self, options: &Options) {
        self.goodbye = Some(Instant::now() + GOODBYE);
        self.due = None;
        self.publish(options.topics.availability(), true, "offline".to_owned());
        let _ = self.client.try_disconnect();
    }

    /// The state has changed: it is told now, or when the last one is old enough.
    fn plan(&mut self) {
        let now = Instant::now();
        self.due = Some(self.last.map_or(now, |last| now.max(last + BETWEEN_STATES)));
    }

    fn tell(&mut self, options: &Options, snapshot: &Snapshot) {
        self.due = None;
        let text = state(snapshot);
        if self.told.as_ref() == Some(&text) {
            return;
        }
        let now = Instant::now();
        self.last = Some(now);
        if self.publish(options.topics.state(), true, text.clone()) {
            self.told = Some(text);
        } else {
            // The broker takes nothing at the moment.
            self.due = Some(now + BETWEEN_STATES);
        }
    }

    /// Once at most: what is lost with a connection is told anew at the next one.
    fn publish(&self, topic: String, retain: bool, text: String) -> bool {
        self.client
            .try_publish(topic, QoS::AtMostOnce, retain, text)
            .is_ok()
    }
}

/// The snapshot's JSON without the history, which would be sent whole at each picture.
fn state(snapshot: &Snapshot) -> String {
    let mut value = serde_json::to_value(snapshot).unwrap_or_default();
    if let Value::Object(fields) = &mut value {
        fields.remove("history");
    }
    value.to_string()
}
