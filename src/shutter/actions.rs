//! The subcommands of `xshutter` that ask a service.

mod plan;
mod print;
mod simulate;

pub use plan::make;

use std::io::{self, Write};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::arguments::{Action, PlanAction};
use super::client::{Client, ClientError, Server};
use super::command::{Change, Command};
use super::solar::Place;
use super::{json, source, words};

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// The person's mistake: exit status 2.
    #[error("{0}")]
    Usage(String),
    /// Some service did not do it; a sentence each.
    #[error("{}", .0.join("\n"))]
    Failed(Vec<String>),
    /// The output cannot be written.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}

/// Does what was asked of `servers` and writes what there is to tell; `place` is where the sun of a
/// simulated plan is.
///
/// # Errors
/// See [`ActionError`]; what could be done at other services is done.
pub fn run(
    action: &Action,
    servers: &[Server],
    place: Option<Place>,
    out: &mut dyn Write,
) -> Result<(), ActionError> {
    let (now, zone) = (Timestamp::now(), TimeZone::system());
    let usage = ActionError::Usage;
    let command = match action {
        Action::Snap => Command::Snap,
        Action::Pause => Command::Pause,
        Action::Resume => Command::Resume,
        Action::Stop => Command::Stop,
        Action::Start(arguments) => {
            Command::Start(plan::make(arguments, now, &zone).map_err(usage)?)
        }
        Action::Change {
            interval,
            count,
            bulb,
        } => Command::Change(Change {
            interval: *interval,
            count: count.map(|count| count.0),
            bulb: *bulb,
        }),
        Action::Status { json } => return status(*json, servers, out),
        Action::History { json } => return history(*json, servers, out, &zone),
        Action::Plan(PlanAction::Print(arguments)) => {
            let plan = plan::make(arguments, now, &zone).map_err(usage)?;
            let text = serde_json::to_string_pretty(&plan).map_err(io::Error::from)?;
            return Ok(writeln!(out, "{text}")?);
        }
        Action::Plan(PlanAction::Simulate { plan, json }) => {
            let plan = plan::make(plan, now, &zone).map_err(usage)?;
            return simulate::run(&plan, *json, now, &zone, place, out);
        }
        // Those are not for a service, and done elsewhere.
        Action::Serve(_) | Action::Passwd | Action::Discover { .. } | Action::Release(_) => {
            return Ok(());
        }
    };
    each(servers, |client| client.send(&command)).map(drop)
}

/// Asks all services at once; what came of it, in their order.
fn each<T: Send>(
    servers: &[Server],
    ask: impl Fn(&Client) -> Result<T, ClientError> + Sync,
) -> Result<Vec<T>, ActionError> {
    let one = |server: &Server| -> Result<T, String> {
        let client = Client::new(server.address.clone(), server.password()?);
        ask(&client).map_err(|error| match error {
            // The service's own sentence does not say which one it is.
            ClientError::Refused(sentence) if servers.len() > 1 => {
                format!("{}: {sentence}", server.label())
            }
            error => error.to_string(),
        })
    };
    let answers: Vec<Result<T, String>> = std::thread::scope(|scope| {
        let threads: Vec<_> = servers
            .iter()
            .map(|server| scope.spawn(|| one(server)))
            .collect();
        let lost = || Err("the request was lost".to_owned());
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| lost()))
            .collect()
    });
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for answer in answers {
        match answer {
            Ok(answer) => done.push(answer),
            Err(sentence) => failed.push(sentence),
        }
    }
    match failed.is_empty() {
        true => Ok(done),
        false => Err(ActionError::Failed(failed)),
    }
}

fn status(json: bool, servers: &[Server], out: &mut dyn Write) -> Result<(), ActionError> {
    let cameras = source::look(servers);
    let now = Timestamp::now();
    let mut failed = Vec::new();
    for camera in &cameras {
        match json {
            true => writeln!(out, "{}", json::camera(camera))?,
            false => print::camera(camera, cameras.len() > 1, now, out)?,
        }
        if !camera.is_online() {
            failed.extend(words::remarks(camera));
        }
    }
    match failed.is_empty() {
        true => Ok(()),
        false => {
            out.flush()?;
            Err(ActionError::Failed(failed))
        }
    }
}

fn history(
    json: bool,
    servers: &[Server],
    out: &mut dyn Write,
    zone: &TimeZone,
) -> Result<(), ActionError> {
    let all = each(servers, Client::history)?;
    for (server, shots) in servers.iter().zip(&all) {
        if !json && servers.len() > 1 {
            writeln!(out, "{}", server.label())?;
        }
        for shot in shots {
            match json {
                true => writeln!(out, "{}", json::shot(shot, &server.address.to_string()))?,
                false => print::shot(shot, zone, out)?,
            }
        }
    }
    Ok(())
}
