//! The page: made whole by the server, so that it works without JavaScript; its script only puts
//! fresh parts in place of old ones.

mod form;
mod now;
mod plot;

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::body;
use super::problem::Problem;
use super::service::Service;
use crate::shutter::command::Command;
use crate::shutter::snapshot::{Cause, Shot, Snapshot, State as Doing};
use crate::shutter::words;
use form::Form;
use now::Now;
use plot::Plot;

/// Pictures in the table.
const ROWS: usize = 20;

#[derive(Template)]
#[template(path = "main.html")]
struct Main {
    name: String,
    time: Timestamp,
    log_out: bool,
    answer: Option<String>,
    now: Now,
    form: Form,
    plot: Option<Plot>,
    history: Vec<Row>,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct Wrong {
    sentence: String,
}

/// A picture in the table.
struct Row {
    number: u64,
    time: String,
    snap: bool,
    late: String,
    held: String,
    problem: Option<String>,
}

pub(super) fn router() -> Router<Arc<Service>> {
    const STYLE: &str = include_str!("../../../assets/page/style.css");
    const SCRIPT: &str = include_str!("../../../assets/page/script.js");
    const ICON: &str = include_str!("../../../assets/page/icon.svg");
    Router::new()
        .route("/", get(show))
        .route("/start", post(start))
        .route("/change", post(change))
        .route(
            "/pause",
            post(async |State(s)| press(s, Command::Pause).await),
        )
        .route(
            "/resume",
            post(async |State(s)| press(s, Command::Resume).await),
        )
        .route(
            "/stop",
            post(async |State(s)| press(s, Command::Stop).await),
        )
        .route(
            "/snap",
            post(async |State(s)| press(s, Command::Snap).await),
        )
        .route(
            "/style.css",
            get(async || file(STYLE, "text/css; charset=utf-8")),
        )
        .route(
            "/script.js",
            get(async || file(SCRIPT, "text/javascript; charset=utf-8")),
        )
        .route("/icon.svg", get(async || file(ICON, "image/svg+xml")))
}

async fn show(State(service): State<Arc<Service>>) -> Response {
    render(&service, None, None)
}

async fn start(State(service): State<Arc<Service>>, request: Request) -> Response {
    let typed = match body::form(request).await {
        Ok(typed) => typed,
        Err(problem) => return self::problem(&problem),
    };
    let read = form::plan(&typed, Timestamp::now(), &TimeZone::system());
    send(&service, &typed, read.map(Command::Start)).await
}

async fn change(State(service): State<Arc<Service>>, request: Request) -> Response {
    let typed = match body::form(request).await {
        Ok(typed) => typed,
        Err(problem) => return self::problem(&problem),
    };
    let plan = service.handle.snapshot().plan.clone().unwrap_or_default();
    send(
        &service,
        &typed,
        form::change(&typed, &plan).map(Command::Change),
    )
    .await
}

/// Does what a form says; where it cannot be done, the form comes back as it was typed.
async fn send(
    service: &Service,
    typed: &[(String, String)],
    read: Result<Command, form::Errors>,
) -> Response {
    let (errors, problem) = match read {
        Err(errors) => (errors, Problem::wrong("", "")),
        Ok(command) => match service.ask(command).await {
            Ok(_) => return Redirect::to("/").into_response(),
            Err(problem) => (form::Errors::of(&problem), problem),
        },
    };
    render(service, Some((typed, errors)), Some(&problem))
}

/// Does what a button says.
async fn press(service: Arc<Service>, command: Command) -> Response {
    match service.ask(command).await {
        Ok(_) => Redirect::to("/").into_response(),
        Err(problem) => render(&service, None, Some(&problem)),
    }
}

/// The page, with what came of the last form or button where it went wrong.
fn render(
    service: &Service,
    sent: Option<(&[(String, String)], form::Errors)>,
    problem: Option<&Problem>,
) -> Response {
    let (time, zone) = (Timestamp::now(), TimeZone::system());
    let snapshot = service.handle.snapshot();
    let answer = match sent {
        None => problem.map(|problem| capitalised(&problem.error)),
        Some(_) => None,
    };
    let mut response = html(&Main {
        name: name(&snapshot.name),
        time,
        log_out: service.door.is_some(),
        answer,
        now: Now::of(&snapshot, time, &zone),
        form: Form::of(&snapshot, sent, time, &zone),
        plot: Plot::of(&snapshot.history),
        history: snapshot
            .history
            .iter()
            .rev()
            .take(ROWS)
            .map(|shot| row(shot, &zone))
            .collect(),
    });
    if let Some(problem) = problem {
        problem.mark(&mut response);
    }
    response
}

fn row(shot: &Shot, zone: &TimeZone) -> Row {
    Row {
        number: shot.number,
        time: shot
            .at
            .to_zoned_datetime(zone.clone())
            .strftime("%H:%M:%S")
            .to_string(),
        snap: shot.cause == Cause::Snap,
        late: words::milliseconds(shot.late_ms),
        held: held(shot.held),
        problem: shot.problem.as_deref().map(capitalised),
    }
}

/// A page that says what is wrong.
pub(super) fn problem(problem: &Problem) -> Response {
    let mut response = html(&Wrong {
        sentence: capitalised(&problem.error),
    });
    problem.mark(&mut response);
    response
}

pub(super) fn html(template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => file(text, "text/html; charset=utf-8"),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn file(text: impl Into<Body>, kind: &'static str) -> Response {
    let mut response = Response::new(text.into());
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// What the camera is called on the page.
pub(super) fn name(name: &str) -> String {
    if name.is_empty() {
        "Camera".to_owned()
    } else {
        name.to_owned()
    }
}

/// A sentence as it begins on a page.
pub(super) fn capitalised(sentence: &str) -> String {
    let mut rest = sentence.chars();
    let first = rest
        .next()
        .map(|first| first.to_uppercase().to_string())
        .unwrap_or_default();
    let end = if sentence.ends_with(['.', '!', '?']) || sentence.is_empty() {
        ""
    } else {
        "."
    };
    format!("{first}{}{end}", rest.as_str())
}

fn held(held: Duration) -> String {
    match held < Duration::from_secs(1) {
        true => format!("{} ms", (held.as_secs_f64() * 1000.0).round()),
        false => words::duration(Duration::from_millis(
            (held.as_secs_f64() * 10.0).round() as u64 * 100,
        )),
    }
}

fn running(snapshot: &Snapshot) -> bool {
    snapshot.state != Doing::Idle
}
