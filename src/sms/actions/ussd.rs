//! `xsms ussd`: codes to the network, and a dialogue where it asks back.

use std::io::{BufRead, IsTerminal, Write};

use super::ActionError;
use super::line::Line;
use crate::bar::clean;
use crate::sms::Options;
use crate::sms::errand::{Errand, Outcome};
use crate::sms::ussd::{Progress, Reply, Request};

/// What was typed.
pub struct Typed<'a> {
    /// The code.
    pub code: Option<&'a str>,
    /// An answer to what the network asked last.
    pub reply: Option<&'a str>,
    /// End the session.
    pub cancel: bool,
    /// Print JSON, one object for each answer.
    pub json: bool,
}

/// Carries it out; `false` when the network said no.
pub fn run(typed: &Typed<'_>, options: &Options, out: &mut dyn Write) -> Result<bool, ActionError> {
    let mut request = match (typed.code, typed.reply) {
        _ if typed.cancel => Request::Cancel,
        (_, Some(text)) => Request::answer(text).map_err(ActionError::Sentence)?,
        (Some(code), None) => Request::code(code).map_err(ActionError::Sentence)?,
        (None, None) => Request::Cancel,
    };
    let line = Line::open(options)?;
    let talks = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    loop {
        let reply = match line.ask(Errand::Ussd(request)) {
            Ok(Outcome::Ussd(reply)) => reply,
            // An answer to something else.
            Ok(_) => return Ok(false),
            Err(sentence) => return Err(ActionError::Sentence(sentence)),
        };
        print(&reply, typed, out)?;
        if reply.progress != Progress::Asks {
            return Ok(!reply.is_failure());
        }
        if !talks {
            let hint = "xsms: the network waits for an answer; give it with 'xsms ussd --reply'";
            writeln!(std::io::stderr(), "{hint}")?;
            return Ok(true);
        }
        request = next_answer()?;
    }
}

fn print(reply: &Reply, typed: &Typed<'_>, out: &mut dyn Write) -> std::io::Result<()> {
    if typed.json {
        writeln!(out, "{}", serde_json::to_string(reply)?)?;
    } else if typed.cancel && reply.text.is_empty() {
        writeln!(out, "ended")?;
    } else {
        // Line by line, so that a menu keeps its lines and a terminal gets no control characters.
        for line in reply.words().lines() {
            writeln!(out, "{}", clean(line))?;
        }
    }
    out.flush()
}

/// Asks the person; an empty line, or the end of input, ends the session.
fn next_answer() -> Result<Request, ActionError> {
    let mut prompt = std::io::stderr();
    loop {
        write!(prompt, "> ")?;
        prompt.flush()?;
        let mut typed = String::new();
        if std::io::stdin().lock().read_line(&mut typed)? == 0 || typed.trim().is_empty() {
            return Ok(Request::Cancel);
        }
        match Request::answer(&typed) {
            Ok(request) => return Ok(request),
            Err(sentence) => writeln!(prompt, "xsms: {sentence}")?,
        }
    }
}
