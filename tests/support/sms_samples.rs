//! Made-up messages for the popup's tests and pictures, and a feed that plays the source.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]
#![allow(dead_code, reason = "each test uses its own part")]

use std::sync::{Arc, Mutex};

use barpop::sms::broadcast::Severity;
use barpop::sms::command::Command;
use barpop::sms::message::{
    Conversation, ConversationId, Direction, Message, MessageId, State as Progress,
};
use barpop::sms::snapshot::{
    About, Failure, Lock, Modem, ModemState, Registration, Search, Snapshot, Thread, Waiting,
};
use barpop::sms::ussd::Dialogue;
use barpop::sms::view::Feed;
use jiff::{SignedDuration, Timestamp};

/// How many messages a thread shows at first, and how many more each time.
pub const PAGE: usize = 100;

/// A store that is played: everything in it is public to the test.
pub struct Store {
    pub snapshot: Snapshot,
    pub messages: Vec<Message>,
    pub sent: Vec<Command>,
    deleted: Vec<Message>,
    loaded: usize,
    page: usize,
}

/// Plays the source.
#[derive(Clone)]
pub struct FakeFeed(pub Arc<Mutex<Store>>);

impl Feed for FakeFeed {
    fn latest(&self) -> Arc<Snapshot> {
        Arc::new(self.0.lock().unwrap().snapshot.clone())
    }

    fn send(&self, command: Command) {
        self.0.lock().unwrap().carry_out(command);
    }
}

impl Store {
    /// From now on a thread comes whole.
    pub fn load_all(&mut self) {
        self.page = usize::MAX / 2;
    }

    pub fn carry_out(&mut self, command: Command) {
        if !matches!(command, Command::Shown(_)) {
            self.sent.push(command.clone());
        }
        match command {
            Command::Open(id) => {
                self.loaded = self.page;
                self.show(id);
            }
            Command::Close => self.snapshot.thread = None,
            Command::LoadOlder => {
                self.loaded += PAGE;
                self.refresh();
            }
            Command::Search(query) => self.search(query),
            Command::MarkRead(id) => {
                for message in self.messages.iter_mut().filter(|m| m.conversation == id) {
                    message.read = true;
                }
                self.refresh();
            }
            Command::Delete(ids) => {
                let (gone, kept) = std::mem::take(&mut self.messages)
                    .into_iter()
                    .partition(|m| ids.contains(&m.id));
                self.messages = kept;
                self.deleted.extend::<Vec<Message>>(gone);
                self.refresh();
            }
            Command::DeleteConversation(id) => {
                let (gone, kept) = std::mem::take(&mut self.messages)
                    .into_iter()
                    .partition(|m| m.conversation == id);
                self.messages = kept;
                self.deleted.extend::<Vec<Message>>(gone);
                self.refresh();
            }
            Command::Undelete(_) | Command::UndeleteConversation(_) => {
                self.messages.append(&mut self.deleted);
                self.messages.sort_by_key(|m| (m.time, m.id));
                self.refresh();
            }
            Command::Send { address, text } => {
                let conversation = self
                    .messages
                    .iter()
                    .find(|m| m.address == address)
                    .map_or(ConversationId(999), |m| m.conversation);
                let id = MessageId(1_000_000 + self.sent.len() as i64);
                let mut message = out(
                    id.0,
                    conversation.0,
                    &address,
                    None,
                    &text,
                    Timestamp::now(),
                );
                message.state = Progress::Sending;
                self.messages.push(message);
                self.refresh();
            }
            _ => {}
        }
    }

    fn show(&mut self, id: ConversationId) {
        let all: Vec<_> = self
            .messages
            .iter()
            .filter(|m| m.conversation == id)
            .collect();
        let total = all.len();
        let skip = total.saturating_sub(self.loaded);
        let messages = Arc::new(all.into_iter().skip(skip).cloned().collect());
        self.snapshot.thread = Some(Thread {
            conversation: id,
            messages,
            total: total as u32,
        });
    }

    fn refresh(&mut self) {
        self.snapshot.conversations = Some(Arc::new(conversations(&self.messages)));
        self.snapshot.summary.unread = self.messages.iter().filter(|m| !m.read).count() as u32;
        if let Some(id) = self
            .snapshot
            .thread
            .as_ref()
            .map(|thread| thread.conversation)
        {
            self.show(id);
        }
    }

    fn search(&mut self, query: String) {
        let words = query.to_lowercase();
        let found: Vec<Message> = self
            .messages
            .iter()
            .rev()
            .filter(|m| !words.is_empty() && m.text.to_lowercase().contains(&words))
            .cloned()
            .collect();
        let total = found.len() as u32;
        let hits = Arc::new(found.into_iter().take(200).collect());
        self.snapshot.search = (!query.is_empty()).then_some(Search { query, hits, total });
    }
}

fn message(id: i64, conversation: i64, address: &str, name: Option<&str>, text: &str) -> Message {
    Message {
        id: MessageId(id),
        conversation: ConversationId(conversation),
        direction: Direction::In,
        address: address.to_owned(),
        name: name.map(str::to_owned),
        time: Timestamp::UNIX_EPOCH,
        text: text.to_owned(),
        read: true,
        state: Progress::Received,
        reason: None,
        parts: 1,
        parts_missing: 0,
        class: None,
        alert: None,
    }
}

fn at(mut message: Message, time: Timestamp) -> Message {
    message.time = time;
    message
}

fn out(id: i64, c: i64, address: &str, name: Option<&str>, text: &str, time: Timestamp) -> Message {
    let mut message = at(message(id, c, address, name, text), time);
    message.direction = Direction::Out;
    message.state = Progress::Delivered;
    message
}

/// The threads of these messages, newest first.
pub fn conversations(messages: &[Message]) -> Vec<Conversation> {
    let mut all: Vec<Conversation> = Vec::new();
    let mut place = std::collections::HashMap::new();
    for message in messages {
        let index = *place.entry(message.conversation).or_insert_with(|| {
            all.push(Conversation {
                id: message.conversation,
                address: message.address.clone(),
                name: message.name.clone(),
                preview: String::new(),
                last: None,
                time: message.time,
                unread: 0,
                total: 0,
                draft: None,
            });
            all.len() - 1
        });
        let c = &mut all[index];
        c.preview = message
            .text
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .take(120)
            .collect();
        c.last = Some((message.direction, message.state));
        c.time = message.time;
        c.unread += u32::from(!message.read);
        c.total += 1;
    }
    all.sort_by_key(|c| std::cmp::Reverse(c.time));
    all
}

fn modem() -> Modem {
    Modem {
        state: ModemState::Ready,
        device: Some("/dev/ttyACM0".into()),
        operator: Some("Vodafone".into()),
        signal_percent: Some(72),
        sim_used: Some(12),
        sim_capacity: Some(30),
        pin_tries: Some(3),
        registration: Some(Registration::Home),
        ussd_asks: None,
    }
}

fn store(messages: Vec<Message>) -> Store {
    let mut snapshot = Snapshot::default();
    snapshot.summary.modem = modem();
    snapshot.summary.total = messages.len() as u32;
    let (sent, deleted) = (Vec::new(), Vec::new());
    let mut store = Store {
        snapshot,
        messages,
        sent,
        deleted,
        loaded: PAGE,
        page: PAGE,
    };
    store.refresh();
    store
}

const ANNA: &str = "+491701234567";

/// An ordinary day: three unread, one thread with a bit of everything.
pub fn everyday(now: Timestamp) -> Store {
    let ago = |minutes: i64| now - SignedDuration::from_mins(minutes);
    let anna = Some("Anna Lindqvist");
    let mut m = vec![
        at(
            message(
                1,
                7,
                "Vodafone",
                None,
                "You have used 80 % of your data volume.",
            ),
            ago(60 * 24 * 40),
        ),
        at(
            message(
                2,
                6,
                "+420601234567",
                None,
                "Balíček bude doručen zítra mezi 9:00 a 12:00.",
            ),
            ago(60 * 24 * 9),
        ),
        out(
            3,
            5,
            "+4915112345678",
            Some("Workshop"),
            "Is the bike ready?",
            ago(60 * 30),
        ),
        at(
            message(
                4,
                5,
                "+4915112345678",
                Some("Workshop"),
                "Yes, until 18:00 today.",
            ),
            ago(60 * 29),
        ),
        out(
            10,
            1,
            ANNA,
            anna,
            "Train at 7:42 from platform 3, I have the tickets.",
            ago(60 * 26),
        ),
        at(
            message(
                11,
                1,
                ANNA,
                anna,
                "Perfect. Shall I bring the charts for the crossing, or are yours newer?",
            ),
            ago(60 * 25),
        ),
        out(
            12,
            1,
            ANNA,
            anna,
            "Mine are from August. Bring the pilot book though, mine fell into the bilge 😅",
            ago(185),
        ),
        out(13, 1, ANNA, anna, "And coffee.", ago(184)),
        out(
            14,
            4,
            "+33612345678",
            Some("Marc"),
            "On se voit à la gare ?",
            ago(300),
        ),
        at(
            message(
                15,
                3,
                "12345",
                None,
                "Your code is 481 920. It is valid for 10 minutes.",
            ),
            ago(52),
        ),
        at(
            message(
                16,
                2,
                "+447700900123",
                Some("Grandma"),
                "Call me when you are home dear",
            ),
            ago(31),
        ),
        at(
            message(
                17,
                1,
                ANNA,
                anna,
                "Will do.\nPilot book, coffee, and the good torch.",
            ),
            ago(9),
        ),
        at(
            message(18, 1, ANNA, anna, "Are you on board already?"),
            ago(4),
        ),
    ];
    m[8].state = Progress::Sent;
    for message in &mut m {
        message.read = ![16, 17, 18].contains(&message.id.0);
    }
    store(m)
}

/// Everything that can happen to a message that is sent, and one that is incomplete.
pub fn sending(now: Timestamp) -> Store {
    let ago = |secs: i64| now - SignedDuration::from_secs(secs);
    let anna = Some("Anna Lindqvist");
    let mut m = vec![
        at(
            message(
                20,
                1,
                ANNA,
                anna,
                "Long ones arrive in parts, and this one still has a […] gap in it.",
            ),
            ago(3000),
        ),
        out(21, 1, ANNA, anna, "Delivered.", ago(2000)),
        out(22, 1, ANNA, anna, "Sent, no report yet.", ago(1500)),
        out(23, 1, ANNA, anna, "This one was refused.", ago(900)),
        out(24, 1, ANNA, anna, "And of this one nobody knows.", ago(600)),
        out(
            25,
            1,
            ANNA,
            anna,
            "A long message on its way through the modem, part by part.",
            ago(12),
        ),
        out(26, 1, ANNA, anna, "Next in the queue.", ago(2)),
    ];
    (m[0].parts, m[0].parts_missing) = (3, 1);
    m[2].state = Progress::Sent;
    m[3].state = Progress::Failed;
    m[3].reason = Some("the network refused it (CMS 500)".into());
    m[4].state = Progress::Unknown;
    m[4].reason = Some("the modem did not answer for 120 s".into());
    (m[5].state, m[5].parts, m[5].parts_missing) = (Progress::Sending, 3, 2);
    m[6].state = Progress::Queued;
    store(m)
}

/// An ordinary day on which a warning comes in.
pub fn warned(now: Timestamp, severity: Severity) -> Store {
    let mut store = everyday(now);
    let text = "Flood wave on the river. Leave the lower town at once and go to high ground. Do not \
                use the bridges. Follow the instructions of the fire brigade.\n\nHochwasserwelle: \
                Verlassen Sie sofort die Unterstadt.";
    let mut warning = at(message(900, 90, severity.thread(), None, text), now);
    warning.alert = Some(severity);
    warning.read = false;
    store.messages.push(warning.clone());
    store.refresh();
    store.snapshot.at_once = Arc::new(vec![warning]);
    store
}

/// Ten thousand messages in one thread, and a hundred other threads.
pub fn full(now: Timestamp) -> Store {
    let texts = [
        "ok",
        "See you at the harbour at six, the tide turns at seven.",
        "مرحبا، هل وصلت السفينة إلى الميناء؟ أراك غدًا في الساعة 7:42.",
        "明日の朝、七時に港で会いましょう。天気は良さそうです。",
        "🎉🎂 happy birthday!! ❤️🐧",
        "https://example.org/a/very/long/path/without/any/space/in/it/that/goes/on/and/on/and/on?query=0123456789abcdef0123456789abcdef0123456789abcdef",
        "one\ntwo\nthree\nfour",
    ];
    let mut m = Vec::new();
    for n in 0..10_000_i64 {
        let text = if n == 9_990 {
            (1..=40)
                .map(|line| format!("line {line} of forty"))
                .collect::<Vec<_>>()
                .join("\n")
        } else {
            texts[(n % 7) as usize].to_owned()
        };
        let time = now - SignedDuration::from_mins((10_000 - n) * 47);
        m.push(if n % 3 == 0 {
            out(
                n,
                1,
                ANNA,
                Some("Anna Lindqvist-Oppenheimer of the Harbour Office"),
                &text,
                time,
            )
        } else {
            at(
                message(
                    n,
                    1,
                    ANNA,
                    Some("Anna Lindqvist-Oppenheimer of the Harbour Office"),
                    &text,
                ),
                time,
            )
        });
    }
    for n in 0..100_i64 {
        let address = format!("+4917{n:08}");
        let time = now - SignedDuration::from_hours(30 + n);
        m.push(at(
            message(20_000 + n, 10 + n, &address, None, texts[(n % 7) as usize]),
            time,
        ));
    }
    m.sort_by_key(|m| m.time);
    store(m)
}

/// A state by its name, for pictures.
pub fn by_name(name: &str, now: Timestamp) -> Option<Store> {
    let mut store = match name {
        "sending" => sending(now),
        "full" => full(now),
        "empty" => store(Vec::new()),
        "warned" => warned(now, Severity::Extreme),
        "flash" => {
            let mut store = warned(now, Severity::Extreme);
            let mut flash = store.snapshot.at_once[0].clone();
            (flash.alert, flash.class) = (None, Some(0));
            flash.address = ANNA.to_owned();
            flash.text = "Your one-time code is 4711".to_owned();
            store.snapshot.at_once = Arc::new(vec![flash]);
            store
        }
        "ussd" => {
            let mut store = everyday(now);
            let mut dialogue = Dialogue::default();
            dialogue.say(true, "*101#", false, now);
            dialogue.say(false, "Balance 12.34 EUR", false, now);
            dialogue.say(true, "*5#", false, now);
            dialogue.say(false, "the network does not know this code", true, now);
            dialogue.say(true, "*100#", false, now);
            let menu = "1 Balance\n2 \"Flat\" rate\n3 Data volume\n0 Back";
            dialogue.say(false, menu, false, now);
            dialogue.asks = true;
            store.snapshot.ussd = Arc::new(dialogue);
            store.snapshot.summary.waiting = vec![Waiting {
                kind: Waiting::VOICE,
                count: Some(2),
            }];
            store
        }
        _ => everyday(now),
    };
    let s = &mut store.snapshot;
    let modem = &mut s.summary.modem;
    let unwell = |modem: &mut Modem, state| {
        modem.state = state;
        modem.operator = None;
        modem.signal_percent = None;
    };
    match name {
        "everyday" | "sending" | "full" | "empty" | "warned" | "flash" | "ussd" => {}
        "loading" => s.conversations = None,
        "no-modem" => unwell(modem, ModemState::Unconfigured),
        "absent" => unwell(modem, ModemState::Absent),
        "busy" => {
            let holder = Some("ModemManager (812)".to_owned());
            unwell(modem, ModemState::Busy { holder });
        }
        "starting" => unwell(modem, ModemState::Starting),
        "no-sim" => unwell(modem, ModemState::Locked(Lock::NoSim)),
        "locked" => unwell(modem, ModemState::Locked(Lock::SimPin)),
        "last-try" => {
            unwell(modem, ModemState::Locked(Lock::SimPin));
            modem.pin_tries = Some(1);
            let sentence = "The SIM refused that PIN.".to_owned();
            s.failure = Some(Failure {
                about: About::Unlock,
                sentence,
            });
        }
        "puk" => {
            unwell(modem, ModemState::Locked(Lock::SimPuk));
            modem.pin_tries = Some(10);
        }
        "fails" => {
            let sentence = "The modem answers ERROR to AT+CMGF=0. Unplug it and plug it in again.";
            unwell(modem, ModemState::Failed(sentence.to_owned()));
        }
        "sim-full" => modem.sim_used = modem.sim_capacity,
        "store-failure" => {
            let sentence = "The disk is full, so new messages stay on the SIM. Free some space.";
            s.failure = Some(Failure {
                about: About::Store,
                sentence: sentence.to_owned(),
            });
        }
        "refused" => {
            let sentence = "'+4917' is no telephone number. Write it with its country code.";
            s.failure = Some(Failure {
                about: About::Compose,
                sentence: sentence.to_owned(),
            });
        }
        _ => return None,
    }
    Some(store)
}

/// A store as a feed.
pub fn feed(store: Store) -> FakeFeed {
    FakeFeed(Arc::new(Mutex::new(store)))
}
