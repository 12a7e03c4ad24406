//! The messages.

use std::collections::BTreeSet;
use std::sync::Arc;

use barpop::popup::{fonts, theme::Theme};
use barpop::sms::command::Command;
use barpop::sms::message::ConversationId;
use barpop::sms::snapshot::Registration;
use barpop::sms::view::{self, State};
use egui::{Key, Modifiers, Ui};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use egui_system_font_provider::SystemFontProvider;
use jiff::{Timestamp, tz::TimeZone};

use crate::popup_gnss::{press, press_with, type_text};
use crate::sms_samples::{self, Store};
use crate::stage::{self, Popup, Shot, Window};

pub struct Sms {
    state: State,
    store: Store,
    narrow: bool,
}

fn now() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

fn with(store: Store) -> Sms {
    Sms {
        state: State::in_zone(TimeZone::UTC),
        store,
        narrow: false,
    }
}

fn named(name: &str) -> Sms {
    with(sms_samples::by_name(name, now()).unwrap())
}

fn nothing(_: &mut Window<Sms>) {}

/// What people write who do not write from left to right, or not with letters.
fn scripts() -> Sms {
    let mut store = sms_samples::everyday(now());
    let texts = [
        "שלום! הרכבת יוצאת בשעה 7:42 מרציף 3, יש לי כרטיסים.",
        "مرحبا، هل وصلت السفينة إلى الميناء؟ أراك غدًا في الساعة 7:42.",
        "明天早上七点在港口见。天气看起来不错。",
        "明日の朝、七時に港で会いましょう。",
        "내일 아침 일곱 시에 항구에서 만나요.",
        "Γειά σου! Увидимся завтра. See you at שבע בערב at the harbour.",
        "🎉🎂 happy birthday!! ❤\u{fe0f} 🐧 😋 👍 ☎ ✓ ™",
    ];
    let anna = store
        .messages
        .iter_mut()
        .filter(|m| m.conversation == ConversationId(1));
    for (message, text) in anna.zip(texts.iter().cycle().skip(2)) {
        message.text = (*text).to_owned();
    }
    let names = [
        "Anna Lindqvist",
        "דנה לוי",
        "ليلى حداد",
        "王小明",
        "김민수",
        "Ольга",
    ];
    for message in &mut store.messages {
        let number = message.conversation.0 as usize;
        if number > 1 {
            message.name = Some(names[number % names.len()].to_owned());
            message.text = texts[number % texts.len()].to_owned();
        }
    }
    let more = store.messages.last().unwrap().clone();
    for (number, text) in texts.iter().enumerate().skip(1).take(1) {
        let mut message = more.clone();
        message.id.0 += 1 + number as i64;
        message.text = (*text).to_owned();
        store.messages.push(message);
    }
    store.carry_out(Command::MarkRead(ConversationId(4)));
    with(store)
}

impl Popup for Sms {
    const NAME: &'static str = "sms";
    const TITLE: &'static str = "Messages";
    const TYPICAL: &'static [&'static str] = &["everyday"];
    const SHOTS: &'static [Shot<Self>] = &[
        Shot {
            name: "everyday",
            says: "An ordinary day: the newest unread conversation is open, the reply has the keyboard.",
            begin: || named("everyday"),
            act: nothing,
        },
        Shot {
            name: "empty",
            says: "No messages yet.",
            begin: || named("empty"),
            act: nothing,
        },
        Shot {
            name: "loading",
            says: "Stored messages are read, which takes longer than usual.",
            begin: || named("loading"),
            act: nothing,
        },
        Shot {
            name: "full",
            says: "Ten thousand messages in one conversation, a hundred others beside it.",
            begin: || named("full"),
            act: nothing,
        },
        Shot {
            name: "scripts",
            says: "Hebrew and Arabic from right to left, Chinese, Japanese, Korean, emoji in colour.",
            begin: scripts,
            act: nothing,
        },
        Shot {
            name: "sending",
            says: "Every state of a message that is sent, and one that came in with a gap.",
            begin: || named("sending"),
            act: nothing,
        },
        Shot {
            name: "selected",
            says: "A message is chosen by the keyboard; what can be done with it is beside it.",
            begin: || named("everyday"),
            act: |window| press(window, Key::ArrowUp),
        },
        Shot {
            name: "deleted",
            says: "A conversation was deleted; it comes back with one press.",
            begin: || named("everyday"),
            act: |window| {
                window.get_by_label("Conversations").focus();
                window.run_steps(3);
                press_with(window, Modifiers::SHIFT, Key::Delete);
            },
        },
        Shot {
            name: "search",
            says: "A search goes through all messages.",
            begin: || named("everyday"),
            act: |window| {
                press_with(window, Modifiers::CTRL, Key::F);
                type_text(window, "pilot");
            },
        },
        Shot {
            name: "search-nothing",
            says: "A search that finds nothing.",
            begin: || named("everyday"),
            act: |window| {
                press_with(window, Modifiers::CTRL, Key::F);
                type_text(window, "submarine");
            },
        },
        Shot {
            name: "new",
            says: "A new message: names and numbers are offered while they are typed.",
            begin: || named("everyday"),
            act: |window| {
                press_with(window, Modifiers::CTRL, Key::N);
                type_text(window, "an");
            },
        },
        Shot {
            name: "writing",
            says: "A reply of several lines, with what it costs.",
            begin: || named("everyday"),
            act: |window| {
                type_text(
                    window,
                    "On board since noon. The torch is in the locker under the chart table, \
                     coffee in the tin beside it. 🙂\nSee you at six!",
                );
            },
        },
        Shot {
            name: "refused",
            says: "What could not be sent says why, beside what was written.",
            begin: || named("refused"),
            act: nothing,
        },
        Shot {
            name: "locked",
            says: "The SIM wants its PIN; messages can be read meanwhile.",
            begin: || named("locked"),
            act: nothing,
        },
        Shot {
            name: "last-try",
            says: "The last try of a PIN is left to the person.",
            begin: || named("last-try"),
            act: nothing,
        },
        Shot {
            name: "puk",
            says: "A blocked SIM takes its PUK and the new PIN twice.",
            begin: || named("puk"),
            act: nothing,
        },
        Shot {
            name: "no-sim",
            says: "There is no SIM.",
            begin: || named("no-sim"),
            act: nothing,
        },
        Shot {
            name: "no-modem",
            says: "No modem is configured.",
            begin: || named("no-modem"),
            act: nothing,
        },
        Shot {
            name: "absent",
            says: "The modem is not plugged in.",
            begin: || named("absent"),
            act: nothing,
        },
        Shot {
            name: "busy",
            says: "Another program has the modem.",
            begin: || named("busy"),
            act: nothing,
        },
        Shot {
            name: "starting",
            says: "The modem is being asked.",
            begin: || named("starting"),
            act: nothing,
        },
        Shot {
            name: "searching",
            says: "Without a network: what is sent waits.",
            begin: || {
                let mut sms = named("everyday");
                let modem = &mut sms.store.snapshot.summary.modem;
                modem.registration = Some(Registration::Searching);
                (modem.operator, modem.signal_percent) = (None, None);
                sms
            },
            act: nothing,
        },
        Shot {
            name: "fails",
            says: "The modem does not do what it should.",
            begin: || named("fails"),
            act: nothing,
        },
        Shot {
            name: "sim-full",
            says: "The SIM has no room for a message that comes.",
            begin: || named("sim-full"),
            act: nothing,
        },
        Shot {
            name: "store-failure",
            says: "The disk is full: messages stay on the SIM.",
            begin: || named("store-failure"),
            act: nothing,
        },
        Shot {
            name: "warned",
            says: "A warning of the authorities covers everything until it was seen.",
            begin: || named("warned"),
            act: nothing,
        },
        Shot {
            name: "flash",
            says: "A flash message.",
            begin: || named("flash"),
            act: nothing,
        },
        Shot {
            name: "ussd",
            says: "A code to the network, and its question.",
            begin: || named("ussd"),
            act: nothing,
        },
        Shot {
            name: "list",
            says: "Where one pane has room: the conversations.",
            begin: || Sms {
                narrow: true,
                ..named("everyday")
            },
            act: |window| press(window, Key::Escape),
        },
        Shot {
            name: "keys",
            says: "All keys.",
            begin: || named("everyday"),
            act: |window| press(window, Key::F1),
        },
    ];

    fn size(&self) -> [f32; 2] {
        if self.narrow {
            [360.0, 520.0]
        } else {
            [720.0, 520.0]
        }
    }

    fn frame(&mut self, ui: &mut Ui) {
        for command in view::ui(ui, &self.store.snapshot, &mut self.state, now()) {
            self.store.carry_out(command);
        }
    }
}

#[test]
fn emoji_are_in_colour_and_signs_of_text_are_not() {
    let mut store = sms_samples::everyday(now());
    for message in &mut store.messages {
        message.text = "😋 👋 ❤\u{fe0f} ☎ ✓ ™ 5".to_owned();
    }
    store.carry_out(Command::MarkRead(ConversationId(4)));
    let write = |window: &mut Window<Sms>| {
        type_text(window, "🍲😋");
        press_with(window, Modifiers::CTRL, Key::F);
        type_text(window, "🥘");
        window.run_steps(3);
    };
    let mut seen = BTreeSet::new();
    for text in stage::painted(with(store), write) {
        for row in &text.rows {
            seen.extend(row.glyphs.iter().map(|glyph| (glyph.chr, glyph.is_color)));
        }
    }
    for emoji in "😋👋❤🍲🥘".chars() {
        assert!(seen.contains(&(emoji, true)), "{emoji} is not in colour");
        // Neither in the list nor in the fields.
        assert!(!seen.contains(&(emoji, false)), "{emoji} is an outline");
    }
    for sign in "☎✓™5".chars() {
        assert!(seen.contains(&(sign, false)), "{sign} is not text");
        assert!(!seen.contains(&(sign, true)), "{sign} is a picture");
    }
}

#[test]
fn no_character_is_a_box_where_the_systems_fonts_have_it() {
    // The pictures have fonts of their own; a popup finds what it lacks in the system's. A
    // character that nobody has stops the test.
    let setup = |ctx: &egui::Context| {
        fonts::install_builtin(ctx);
        ctx.add_font_provider(Arc::new(SystemFontProvider::new()));
        Theme::default().install(ctx);
    };
    let mut window = Harness::builder()
        .with_size([720.0, 520.0])
        .with_context_setup(setup)
        .build_ui_state(|ui, sms: &mut Sms| sms.frame(ui), scripts());
    window.run_steps(6);
    for words in ["王小明", "ليلى حداد", "김민수"] {
        let mut rows = window.query_all_by_label_contains(words);
        assert!(rows.next().is_some(), "{words}");
    }
}
