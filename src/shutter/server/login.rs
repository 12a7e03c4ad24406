//! Logging in and out with a browser.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Extension, Request, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::door::{Denied, LIFE};
use super::guard::{Peer, session, too_many};
use super::problem::Problem;
use super::service::Service;
use super::visitor::visitor;
use super::{body, page};
use crate::secret::Secret;

#[derive(Template)]
#[template(path = "login.html")]
struct Login<'a> {
    name: &'a str,
    error: Option<&'a str>,
}

pub(super) fn router() -> Router<Arc<Service>> {
    Router::new()
        .route("/login", get(form).post(log_in))
        .route("/logout", post(log_out))
}

/// The form; where there is no password, or the person is in already, the page itself.
async fn form(State(service): State<Arc<Service>>, headers: HeaderMap) -> Response {
    let inside = match &service.door {
        None => true,
        Some(door) => session(&headers, &service.cookie).is_some_and(|token| door.session(token)),
    };
    match inside {
        true => Redirect::to("/").into_response(),
        false => ask(&service, None),
    }
}

async fn log_in(
    State(service): State<Arc<Service>>,
    Extension(peer): Extension<Peer>,
    request: Request,
) -> Response {
    let Some(door) = &service.door else {
        return Redirect::to("/").into_response();
    };
    let from = visitor(peer.from, request.headers(), &service.proxies);
    let mut fields = match body::form(request).await {
        Ok(fields) => fields.into_iter(),
        Err(problem) => return page::problem(&problem),
    };
    let password = fields
        .find(|(name, _)| name == "password")
        .unwrap_or_default()
        .1;
    match door.password(from, Secret::new(password)).await {
        Ok(()) => {}
        Err(Denied::Wrong) => {
            return ask(
                &service,
                Some(&Problem::unknown("This is not the password.")),
            );
        }
        Err(Denied::Later(seconds)) => return ask(&service, Some(&too_many(seconds))),
    }
    match door.begin() {
        Ok(token) => with_cookie(&service, token.0.reveal(), LIFE.as_secs()),
        Err(error) => ask(
            &service,
            Some(&Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                error.to_string(),
            )),
        ),
    }
}

async fn log_out(State(service): State<Arc<Service>>, headers: HeaderMap) -> Response {
    if let (Some(door), Some(token)) = (&service.door, session(&headers, &service.cookie)) {
        door.end(token);
    }
    with_cookie(&service, "", 0)
}

/// The form, with what was wrong.
fn ask(service: &Service, problem: Option<&Problem>) -> Response {
    let error = problem.map(|problem| page::capitalised(&problem.error));
    let name = page::name(&service.handle.snapshot().name);
    let mut response = page::html(&Login {
        name: &name,
        error: error.as_deref(),
    });
    if let Some(problem) = problem {
        problem.mark(&mut response);
    }
    response
}

/// To the page, with this token for so many seconds.
fn with_cookie(service: &Service, token: &str, seconds: u64) -> Response {
    let mut response = Redirect::to("/").into_response();
    let secure = if service.https { "; Secure" } else { "" };
    let cookie = &service.cookie;
    let value =
        format!("{cookie}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    if let Ok(mut value) = HeaderValue::from_str(&value) {
        value.set_sensitive(true);
        response.headers_mut().insert(SET_COOKIE, value);
    }
    response
}
