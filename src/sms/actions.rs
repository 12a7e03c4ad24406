//! The subcommands of `xsms`.

mod line;
mod progress;
mod restart;
mod ussd;

use std::io::Write;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use serde_json::json;

use self::progress::Progress;
use super::arguments::{Action, PduAction};
use super::message::{Direction, Message, MessageId, State};
use super::once::Asked;
use super::owner::Trouble;
use super::pdu::{self, EncodeOptions};
use super::snapshot::ModemState;
use super::store::{Filter, Store, StoreError};
use super::watch::Watch;
use super::{Options, carrier, once, source, status};
use crate::bar::clean;

/// Why a subcommand failed.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Standard output or input.
    #[error("cannot read or write: {0}")]
    Io(#[from] std::io::Error),
    /// Something in words.
    #[error("{0}")]
    Sentence(String),
}

/// Carries out a subcommand and writes to `out`; `false` when it says "no" by its exit status
/// and has said why already.
///
/// # Errors
/// See [`ActionError`].
pub fn run(action: &Action, options: &Options, out: &mut dyn Write) -> Result<bool, ActionError> {
    if let Action::Pdu(action) = action {
        return pdus(action, out);
    }
    let mut store = options.open_store()?;
    match action {
        Action::List { unread, json } => {
            let filter = if *unread { Filter::Unread } else { Filter::All };
            let mut messages = store.list(filter)?;
            options.book(&store).contacts().name_messages(&mut messages);
            for message in messages {
                if *json {
                    print_json(&message, out)?;
                } else {
                    writeln!(out, "{}", list_line(&message))?;
                }
            }
        }
        Action::Show { id, json } => {
            let mut message = store
                .message(MessageId(*id))?
                .ok_or_else(|| unknown_id(*id))?;
            let contacts = options.book(&store).contacts();
            contacts.name_messages(std::slice::from_mut(&mut message));
            if *json {
                print_json(&message, out)?;
            } else {
                show(&message, out)?;
            }
        }
        Action::Send {
            number,
            text,
            progress,
        } => return send((number, text.as_deref(), *progress), options, store, out),
        Action::MarkRead { all: true, .. } => {
            let count = store.mark_all_read()?;
            writeln!(out, "{count} marked as read")?;
        }
        Action::MarkRead { ids, .. } => {
            let ids = known(ids, &store)?;
            let count = store.mark_read(&ids)?;
            writeln!(out, "{count} marked as read")?;
        }
        Action::Delete { ids } => {
            let ids = known(ids, &store)?;
            let count = store.delete(&ids)?;
            writeln!(out, "{count} deleted")?;
        }
        Action::Export { json, .. } => {
            let mut messages = store.list(Filter::All)?;
            messages.reverse();
            if *json {
                options.book(&store).contacts().name_messages(&mut messages);
                for message in &messages {
                    print_json(message, out)?;
                }
            } else {
                super::store::export::mbox(&messages, &mut &mut *out)?;
            }
        }
        Action::Import { folder } => {
            let report = store.import(folder)?;
            writeln!(
                out,
                "{} imported, {} were there already",
                report.imported, report.already_there
            )?;
            for damage in &report.damaged {
                writeln!(
                    out,
                    "could not be read: {} at byte {}: {}",
                    damage.file, damage.offset, damage.reason
                )?;
            }
            return Ok(report.damaged.is_empty());
        }
        Action::Modem {
            forget_pins: true, ..
        } => {
            store.clear_refused_pins()?;
            writeln!(out, "forgotten; a PIN that is wrong will cost a try again")?;
        }
        Action::Modem {
            action: Some(action),
            ..
        } => return restart::run(*action, options, out),
        Action::Modem { json, .. } => return modem(*json, options, &mut store, out),
        Action::Ussd {
            code,
            reply,
            cancel,
            json,
        } => {
            let typed = ussd::Typed {
                code: code.as_deref(),
                reply: reply.as_deref(),
                cancel: *cancel,
                json: *json,
            };
            return ussd::run(&typed, options, out);
        }
        Action::Waiting { clear, json } => return waiting(*clear, *json, &mut store, out),
        Action::Pdu(_) | Action::Daemon => {}
    }
    Ok(true)
}

fn print_json(message: &Message, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{}", serde_json::to_string(message)?)
}

fn unknown_id(id: i64) -> ActionError {
    ActionError::Sentence(format!(
        "there is no message {id}; 'xsms list' shows the numbers"
    ))
}

/// All of these messages, or none: half a deletion is nobody's wish.
fn known(ids: &[i64], store: &Store) -> Result<Vec<MessageId>, ActionError> {
    for id in ids {
        if store.message(MessageId(*id))?.is_none() {
            return Err(unknown_id(*id));
        }
    }
    Ok(ids.iter().copied().map(MessageId).collect())
}

/// `12 * 2024-03-01 12:00 < +491701234567  the first line`, made for eyes and for `cut`.
fn list_line(message: &Message) -> String {
    let unread = if message.read { ' ' } else { '*' };
    let arrow = if message.direction == Direction::In {
        '<'
    } else {
        '>'
    };
    let time = message
        .time
        .to_zoned_datetime(jiff::tz::TimeZone::system())
        .strftime("%Y-%m-%d %H:%M");
    let state = match message.state {
        State::Received | State::Sent => String::new(),
        other => format!("[{}] ", other.word()),
    };
    let who = clean(message.name.as_deref().unwrap_or(&message.address));
    let state = match message.alert {
        Some(severity) => format!("[{}] ", severity.word()),
        None if message.class == Some(0) => "[flash] ".to_owned(),
        None => state,
    };
    format!(
        "{:>5} {unread} {time} {arrow} {who:<16} {state}{}",
        message.id.0,
        clean(&message.text)
    )
}

fn show(message: &Message, out: &mut dyn Write) -> std::io::Result<()> {
    let side = if message.direction == Direction::In {
        "From"
    } else {
        "To"
    };
    match &message.name {
        Some(name) => writeln!(out, "{side}: {} ({})", clean(name), clean(&message.address))?,
        None => writeln!(out, "{side}: {}", clean(&message.address))?,
    }
    let time = message.time.to_zoned_datetime(jiff::tz::TimeZone::system());
    writeln!(out, "Date: {}", time.strftime("%Y-%m-%d %H:%M:%S %:z"))?;
    writeln!(out, "State: {}", message.state.word())?;
    if let Some(severity) = message.alert {
        writeln!(out, "Severity: {}", severity.title())?;
    }
    if let Some(reason) = &message.reason {
        writeln!(out, "Reason: {}", clean(reason))?;
    }
    if message.parts_missing > 0 {
        writeln!(
            out,
            "Parts: {}, {} missing",
            message.parts, message.parts_missing
        )?;
    }
    writeln!(out)?;
    // Line by line, so that the text keeps its lines and a terminal gets no control characters.
    message
        .text
        .lines()
        .try_for_each(|line| writeln!(out, "{}", clean(line)))
}

fn pdus(action: &PduAction, out: &mut dyn Write) -> Result<bool, ActionError> {
    match action {
        PduAction::Decode { pdus } => {
            let mut all = true;
            for hex in pdus {
                let value = match pdu::decode_hex(hex) {
                    Ok(pdu) => pdu::json::to_json(&pdu),
                    Err(error) => {
                        all = false;
                        json!({ "error": error.to_string() })
                    }
                };
                writeln!(out, "{value}")?;
            }
            Ok(all)
        }
        PduAction::Encode { to, text } => {
            let options = EncodeOptions {
                address: to.clone(),
                ..EncodeOptions::default()
            };
            match pdu::encode(&options, text) {
                Ok(parts) => {
                    writeln!(out, "{}", pdu::json::encoding_to_json(text, &parts))?;
                    Ok(true)
                }
                Err(error) => {
                    writeln!(out, "{}", json!({ "error": error.to_string() }))?;
                    Ok(false)
                }
            }
        }
    }
}

fn modem(
    json: bool,
    options: &Options,
    store: &mut Store,
    out: &mut dyn Write,
) -> Result<bool, ActionError> {
    let summary = match once::ask(options) {
        Asked::Answer(summary) => summary,
        Asked::Silent => once::look_in_store(store)?,
        Asked::Nobody => once::look(options, store, true)?.summary,
    };
    let value = status::to_json(&summary);
    if json {
        writeln!(out, "{value}")?;
        return Ok(summary.error.is_none());
    }
    let modem = &summary.modem;
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let sim = modem.sim_used.zip(modem.sim_capacity);
    writeln!(out, "state     {}", status::state_word(modem))?;
    writeln!(out, "device    {}", clean(&or_dash(modem.device.clone())))?;
    writeln!(out, "operator  {}", clean(&or_dash(modem.operator.clone())))?;
    writeln!(
        out,
        "signal    {}",
        or_dash(modem.signal_percent.map(|s| format!("{s} %")))
    )?;
    writeln!(
        out,
        "SIM       {}",
        or_dash(sim.map(|(used, of)| format!("{used} of {of} messages")))
    )?;
    writeln!(
        out,
        "PIN tries {}",
        or_dash(modem.pin_tries.map(|n| n.to_string()))
    )?;
    let registration = modem.registration.map(|r| r.word().to_owned());
    writeln!(out, "network   {}", or_dash(registration))?;
    let waiting: Vec<String> = summary.waiting.iter().map(|w| w.words()).collect();
    if !waiting.is_empty() {
        writeln!(out, "waiting   {}", waiting.join(", "))?;
    }
    match summary.error {
        Some(error) => Err(ActionError::Sentence(error)),
        None => Ok(true),
    }
}

fn waiting(
    clear: bool,
    json: bool,
    store: &mut Store,
    out: &mut dyn Write,
) -> Result<bool, ActionError> {
    let waiting = store.waiting()?;
    if clear {
        for one in &waiting {
            store.clear_waiting(one.kind)?;
        }
        return Ok(true);
    }
    for one in waiting {
        if json {
            writeln!(out, "{}", json!({"kind": one.word(), "count": one.count}))?;
        } else {
            writeln!(out, "{}", one.words())?;
        }
    }
    Ok(true)
}

/// Longest that `send` waits for the process that has the modem.
const WAIT_FOR_OWNER: Duration = Duration::from_secs(200);

fn send(
    (number, text, always): (&str, Option<&str>, bool),
    options: &Options,
    mut store: Store,
    out: &mut dyn Write,
) -> Result<bool, ActionError> {
    let text = match text {
        Some("-") | None => {
            let text = std::io::read_to_string(std::io::stdin().lock())?;
            text.trim_end_matches('\n').to_owned()
        }
        Some(text) => text.to_owned(),
    };
    let id = source::queue(&mut store, number, &text).map_err(ActionError::Sentence)?;
    let waiting = |why: &str| {
        ActionError::Sentence(format!(
            "{why}; the message is kept as number {} and goes out as soon as the modem can be \
             had, so do not send it again",
            id.0
        ))
    };
    let mut progress = Progress::new(id, always)?;
    let delivery = deliver(id, options, &mut store, &mut progress)?;
    let interrupted = progress.is_interrupted();
    drop(progress);
    let trouble = match delivery {
        Delivery::NoModem if interrupted => None,
        Delivery::NoModem => return Err(waiting("there is no modem and none is configured (-d)")),
        Delivery::Waits(why) => return Err(waiting(&why)),
        Delivery::Over(trouble) => trouble,
    };
    let message = store.message(id)?.ok_or_else(|| unknown_id(id.0))?;
    let why = trouble
        .map(|trouble| trouble.to_string())
        .or(message.reason);
    let why = why.unwrap_or_else(|| "the modem has no network now".to_owned());
    match message.state {
        State::Sent | State::Delivered => {
            writeln!(out, "sent as message {}", id.0)?;
            Ok(true)
        }
        State::Queued | State::Sending => Err(waiting(&why)),
        State::Unknown => Err(ActionError::Sentence(format!(
            "{why}: nobody can say whether the network has message {}; look at it in the popup \
             before you send it again",
            id.0
        ))),
        State::Failed | State::Received => Err(ActionError::Sentence(why)),
    }
}

/// How sending the queue went.
enum Delivery {
    NoModem,
    /// The owner has the message now, and this is why it cannot send it yet.
    Waits(String),
    /// With what is wrong with the modem.
    Over(Option<Trouble>),
}

/// Sends the queue through the modem, or lets the process of ours do it that has the modem.
fn deliver(
    id: MessageId,
    options: &Options,
    store: &mut Store,
    progress: &mut Progress,
) -> Result<Delivery, ActionError> {
    let until = Instant::now() + WAIT_FOR_OWNER;
    loop {
        match once::ask(options) {
            Asked::Answer(summary) => {
                if wait_for_owner(id, store, options, progress)? {
                    return Ok(Delivery::Over(None));
                }
                match summary.error {
                    Some(error) if summary.modem.state != ModemState::Ready => {
                        return Ok(Delivery::Waits(error));
                    }
                    _ if Instant::now() < until => continue,
                    _ => return Ok(Delivery::Waits("the modem is busy".to_owned())),
                }
            }
            Asked::Silent => {
                // It may have been stopped for a moment only.
                if wait_for_owner(id, store, options, progress)? {
                    return Ok(Delivery::Over(None));
                }
                return Ok(Delivery::Waits(once::SILENT.to_owned()));
            }
            Asked::Nobody => {}
        }
        match carrier::open(options, store, None) {
            Ok(None) => return Ok(Delivery::NoModem),
            Ok(Some(mut carrier)) => {
                let sent = carrier.send_queued(store, &mut |store| {
                    // A store that cannot be asked fails the sending by itself.
                    progress.look(store).is_ok() && !progress.is_interrupted()
                });
                let over = sent.and_then(|()| carrier.attend(store));
                // What it has handed over lies nowhere else, also when it was lost.
                carrier.keep_news(store)?;
                progress.look(store)?;
                return Ok(Delivery::Over(over.err()));
            }
            Err(Trouble::Store(error)) => return Err(error.into()),
            Err(Trouble::Sibling(_)) if Instant::now() < until => {
                if wait_for_owner(id, store, options, progress)? {
                    return Ok(Delivery::Over(None));
                }
            }
            Err(trouble) => return Ok(Delivery::Over(Some(trouble))),
        }
    }
}

/// Gives the process that has the modem two seconds at a time for a message; `true` once it is
/// done with it. It may have been about to end, so that somebody else must send.
fn wait_for_owner(
    id: MessageId,
    store: &mut Store,
    options: &Options,
    progress: &mut Progress,
) -> Result<bool, ActionError> {
    let watch = Watch::new()?;
    if let Some(folder) = options.store.parent() {
        watch.store(folder)?;
    }
    let until = Instant::now() + Duration::from_secs(2);
    loop {
        progress.look(store)?;
        let state = store.message(id)?.map(|message| message.state);
        if !matches!(state, Some(State::Queued | State::Sending)) {
            return Ok(true);
        }
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(false);
        }
        let pause = Timespec::try_from(left).ok();
        let mut fds = [PollFd::from_borrowed_fd(watch.as_fd(), PollFlags::IN)];
        let _ = poll(&mut fds, pause.as_ref());
        watch.drain();
    }
}
