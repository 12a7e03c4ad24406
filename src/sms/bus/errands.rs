//! What is wanted of the modem itself, as it goes over the bus: from a follower's link to the
//! owner's, and from scripts.

use std::sync::mpsc::Sender;
use std::time::Duration;

use zbus::{Message, Variant};

use super::desk::{Refusal, arguments, nothing, standard};
use super::seat::Wish;
use crate::modem_owner::COMMAND;
use crate::sms::errand::{Answer, Errand, Outcome, Restart, USSD_TIMEOUT};
use crate::sms::lending::Line;
use crate::sms::ussd::{Progress, Reply, Request};

/// A message that is on its way through the modem is sent to its end first.
const BUSY: Duration = Duration::from_secs(60);

/// Whether a method is for the modem.
#[must_use]
pub fn is_one(method: &str) -> bool {
    matches!(
        method,
        "Ussd" | "UssdAnswer" | "UssdCancel" | "Reset" | "PowerCycle" | "Command"
    )
}

/// What a call wants; only for methods that [are one](is_one).
///
/// # Errors
/// A refusal in words.
pub(super) fn read(method: &str, call: &Message) -> Result<Errand, Refusal> {
    let body = &call.body();
    let wrong = |sentence: String| Refusal::standard(standard::INVALID_ARGUMENTS, sentence);
    match method {
        "Ussd" => {
            let code: String = arguments(body, "a code like *101# (s)")?;
            Request::code(&code).map(Errand::Ussd).map_err(wrong)
        }
        "UssdAnswer" => {
            let answer: String = arguments(body, "an answer (s)")?;
            Request::answer(&answer).map(Errand::Ussd).map_err(wrong)
        }
        "UssdCancel" => nothing(body).map(|()| Errand::Ussd(Request::Cancel)),
        "Command" => {
            let line: String = arguments(body, "a command line (s)")?;
            let line = Line::new(&line).map_err(wrong)?;
            let header = call.header();
            let client = header.sender().map(ToString::to_string);
            let client = client.unwrap_or_default();
            Ok(Errand::Command { line, client })
        }
        "Reset" => nothing(body).map(|()| Errand::Restart(Restart::Reset)),
        _ => nothing(body).map(|()| Errand::Restart(Restart::PowerCycle)),
    }
}

/// How the network's answer is written: its progress and its text.
pub(super) fn spoken(reply: &Reply) -> (String, String) {
    let progress = serde_json::to_value(reply.progress).ok();
    let progress = progress.and_then(|word| word.as_str().map(str::to_owned));
    (progress.unwrap_or_default(), reply.text.clone())
}

/// An errand to be passed on to the owner.
#[must_use]
pub fn wish(errand: Errand, reply: Sender<Answer>) -> Wish {
    let text = |text: String| Some(Variant::from(text));
    let (method, argument) = match errand {
        Errand::Ussd(Request::Code(code)) => ("Ussd", text(code)),
        Errand::Ussd(Request::Answer(answer)) => ("UssdAnswer", text(answer)),
        Errand::Ussd(Request::Cancel) => ("UssdCancel", None),
        Errand::Restart(Restart::Reset) => ("Reset", None),
        Errand::Restart(Restart::PowerCycle) => ("PowerCycle", None),
        Errand::Command { line, .. } => (COMMAND, text(line.into())),
    };
    let answer = move |result: Result<zbus::Message, String>| {
        let answer = result.and_then(|answer| match method {
            "Ussd" | "UssdAnswer" => understand(&answer),
            COMMAND => answer
                .body()
                .deserialize()
                .map(Outcome::Lines)
                .map_err(garbled),
            "UssdCancel" => Ok(Outcome::Ussd(Reply {
                progress: Progress::Done,
                text: String::new(),
            })),
            _ => Ok(Outcome::Restarting),
        });
        // Who asked may be gone.
        let _ = reply.send(answer);
    };
    Wish {
        method,
        argument,
        patience: USSD_TIMEOUT + BUSY,
        answer: Box::new(answer),
    }
}

fn garbled(_: zbus::Error) -> String {
    "the answer of the process that has the modem cannot be read".to_owned()
}

fn understand(answer: &zbus::Message) -> Answer {
    let body = answer.body();
    let (progress, text): (String, String) = body.deserialize().map_err(garbled)?;
    let progress = serde_json::from_value(progress.into());
    let progress = progress.map_err(|_| garbled(zbus::Error::InvalidReply))?;
    Ok(Outcome::Ussd(Reply { progress, text }))
}
