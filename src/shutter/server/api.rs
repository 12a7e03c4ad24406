//! The JSON API, `/api/v1/`: what `openapi` describes.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use serde::Serialize;

use super::events::events;
use super::problem::Problem;
use super::service::Service;
use super::{body, openapi};
use crate::shutter::command::Command;
use crate::shutter::snapshot::Snapshot;

/// Pictures that can be asked for, and that are told where nothing is asked.
pub(super) const HISTORY: usize = 200;

type Answer = Result<Response, Problem>;

/// Every address of the API with its method; each is described, and no other is there.
pub(super) fn routes() -> Vec<(&'static str, &'static str, MethodRouter<Arc<Service>>)> {
    vec![
        ("/api/openapi.json", "get", get(description)),
        ("/api/v1/status", "get", get(status)),
        ("/api/v1/events", "get", get(events)),
        ("/api/v1/history", "get", get(history)),
        ("/api/v1/start", "post", post(start)),
        ("/api/v1/change", "post", post(change)),
        (
            "/api/v1/pause",
            "post",
            post(async |State(s)| command(s, Command::Pause).await),
        ),
        (
            "/api/v1/resume",
            "post",
            post(async |State(s)| command(s, Command::Resume).await),
        ),
        (
            "/api/v1/stop",
            "post",
            post(async |State(s)| command(s, Command::Stop).await),
        ),
        (
            "/api/v1/snap",
            "post",
            post(async |State(s)| command(s, Command::Snap).await),
        ),
    ]
}

pub(super) fn router() -> Router<Arc<Service>> {
    let all = routes().into_iter();
    all.fold(Router::new(), |router, (path, _, method)| {
        router.route(path, method)
    })
}

async fn description(State(service): State<Arc<Service>>) -> Answer {
    json(StatusCode::OK, &openapi::document(service.door.is_some()))
}

async fn status(State(service): State<Arc<Service>>) -> Answer {
    json(StatusCode::OK, &*service.handle.snapshot())
}

async fn history(State(service): State<Arc<Service>>, uri: Uri) -> Answer {
    let limit = limit(uri.query().unwrap_or_default())?;
    let snapshot = service.handle.snapshot();
    let from = snapshot.history.len().saturating_sub(limit);
    json(
        StatusCode::OK,
        &snapshot.history.get(from..).unwrap_or_default(),
    )
}

async fn start(State(service): State<Arc<Service>>, request: Request) -> Answer {
    let plan = body::json(request, "Plan").await?;
    command(service, Command::Start(plan)).await
}

async fn change(State(service): State<Arc<Service>>, request: Request) -> Answer {
    let change = body::json(request, "Change").await?;
    command(service, Command::Change(change)).await
}

/// Does it, and answers with the state after it.
async fn command(service: Arc<Service>, command: Command) -> Answer {
    json::<Snapshot>(StatusCode::OK, &*service.ask(command).await?)
}

fn json<T: Serialize>(status: StatusCode, value: &T) -> Answer {
    let text = serde_json::to_string(value).map_err(|error| {
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("this cannot be told: {error}"),
        )
    })?;
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    Ok(response)
}

/// `limit=20`, once or not at all.
fn limit(query: &str) -> Result<usize, Problem> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query)
        .map_err(|_| Problem::bad("what is behind the '?' cannot be read"))?;
    match pairs.as_slice() {
        [] => Ok(HISTORY),
        [(name, value)] if name == "limit" => {
            let number = value
                .parse()
                .ok()
                .filter(|limit| (1..=HISTORY).contains(limit));
            number.ok_or_else(|| {
                let error =
                    format!("limit is '{value}'; it must be a whole number from 1 to {HISTORY}");
                Problem::wrong("limit", error)
            })
        }
        all => {
            let other = all.iter().find(|(name, _)| name != "limit");
            let name = other.map_or("limit", |(name, _)| name);
            Err(Problem::wrong(
                name,
                format!("'{name}' cannot be given here; only one 'limit' can"),
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_one_whole_number() {
        assert_eq!(limit(""), Ok(HISTORY));
        assert_eq!(limit("limit=1"), Ok(1));
        assert_eq!(limit("limit=200"), Ok(200));
        for (wrong, field) in [
            ("limit=0", "limit"),
            ("limit=201", "limit"),
            ("limit=-1", "limit"),
            ("limit=", "limit"),
            ("limit=1&limit=2", "limit"),
            ("limits=1", "limits"),
            ("limit=1&x=y", "x"),
        ] {
            let problem = limit(wrong).unwrap_err();
            assert_eq!(problem.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
            assert_eq!(problem.field.as_deref(), Some(field), "{wrong}");
        }
    }
}
