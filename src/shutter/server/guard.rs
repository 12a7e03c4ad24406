//! Before anything is done: is the request meant for us, does it come from our page, may who
//! asks come in? And after it: the headers that every answer has.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Extension, Request, State};
use axum::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HeaderName, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::door::{Denied, Door};
use super::page;
use super::problem::Problem;
use super::service::Service;
use super::visitor::visitor;
use crate::secret::Secret;

/// Then a request is given up; everything that it can wait for has a shorter limit of its own.
const PATIENCE: Duration = Duration::from_secs(30);

/// What can be had without a password.
const FREE: [&str; 5] = [
    "/login",
    "/style.css",
    "/script.js",
    "/icon.svg",
    "/api/openapi.json",
];

const HEADERS: [(HeaderName, &str); 7] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (CACHE_CONTROL, "no-store"),
    // Not `no-referrer`, with which browsers hide the origin of a form from us.
    (REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

/// The two ends of a connection.
#[derive(Clone, Copy)]
pub(super) struct Peer {
    /// Who asks.
    pub from: IpAddr,
    /// Where it came in.
    pub local: IpAddr,
}

/// Why a request is not let through.
enum Turned {
    /// Log in first.
    Login,
    /// For another reason.
    Away(Problem),
}

/// Lets a request through or turns it away.
pub(super) async fn guard(
    State(service): State<Arc<Service>>,
    Extension(peer): Extension<Peer>,
    request: Request,
    next: Next,
) -> Response {
    let api = request.uri().path().starts_with("/api");
    let (head, body) = request.into_parts();
    let mut response = match admit(&service, peer, &head).await {
        Ok(()) => {
            let answer = next.run(Request::from_parts(head, body));
            tokio::time::timeout(PATIENCE, answer)
                .await
                .unwrap_or_else(|_| {
                    let error = "this took too long and was given up; try again";
                    told(
                        api,
                        Problem::later(StatusCode::SERVICE_UNAVAILABLE, 5, error),
                    )
                })
        }
        Err(Turned::Login) if api => {
            Problem::unknown("the password is missing; send it as 'Authorization: Bearer'")
                .into_response()
        }
        Err(Turned::Login) => Redirect::to("/login").into_response(),
        Err(Turned::Away(problem)) => told(api, problem),
    };
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        // The router adds which methods there are after us.
        let error = "this cannot be done with this address; 'Allow' says what can";
        response = told(api, Problem::new(StatusCode::METHOD_NOT_ALLOWED, error));
    }
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

/// What is not there.
pub(super) async fn nothing(request: Request) -> Response {
    let error = "there is nothing at this address";
    told(
        request.uri().path().starts_with("/api"),
        Problem::new(StatusCode::NOT_FOUND, error),
    )
}

fn told(api: bool, problem: Problem) -> Response {
    match api {
        true => problem.into_response(),
        false => page::problem(&problem),
    }
}

async fn admit(service: &Service, peer: Peer, head: &Parts) -> Result<(), Turned> {
    let headers = &head.headers;
    let host = service
        .names
        .host(headers, peer.local)
        .map_err(Turned::Away)?;
    if !matches!(head.method, Method::GET | Method::HEAD) {
        service.names.origin(headers, &host).map_err(Turned::Away)?;
    }
    let Some(door) = &service.door else {
        return Ok(());
    };
    if FREE.contains(&head.uri.path()) {
        return Ok(());
    }
    match headers.get(AUTHORIZATION) {
        Some(value) => {
            let from = visitor(peer.from, headers, &service.proxies);
            by_password(door, from, value).await.map_err(Turned::Away)
        }
        None => match session(headers, &service.cookie).is_some_and(|token| door.session(token)) {
            true => Ok(()),
            false => Err(Turned::Login),
        },
    }
}

/// `Authorization: Bearer PASSWORD`; the password in UTF-8, as it is.
async fn by_password(door: &Door, from: IpAddr, value: &HeaderValue) -> Result<(), Problem> {
    let text = std::str::from_utf8(value.as_bytes()).unwrap_or_default();
    let (scheme, password) = text.split_once(' ').unwrap_or_default();
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Problem::unknown(
            "send the password as 'Authorization: Bearer'",
        ));
    }
    let password = Secret::new(password.trim());
    door.password(from, password)
        .await
        .map_err(|denied| match denied {
            Denied::Wrong => Problem::unknown("the password is wrong"),
            Denied::Later(seconds) => too_many(seconds),
        })
}

/// Too many wrong passwords.
pub(super) fn too_many(seconds: u64) -> Problem {
    let error = format!("too many wrong passwords; try again in {seconds} seconds");
    Problem::later(StatusCode::TOO_MANY_REQUESTS, seconds, error)
}

/// The token of the session that a browser shows.
pub(super) fn session<'a>(headers: &'a HeaderMap, cookie: &str) -> Option<&'a str> {
    let all = headers.get_all(COOKIE).into_iter();
    all.filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == cookie).then_some(value))
}
