//! The bodies of requests: how large, how slow, of which kind they may be.

use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::openapi;
use super::problem::Problem;

/// Largest body that is taken, in bytes.
pub(super) const LIMIT: usize = 64 * 1024;
/// So much more is read and thrown away, so that the answer is heard by who is still sending.
const THROWN_AWAY: usize = 16 * LIMIT;
/// All of it must have come after this time.
const PATIENCE: Duration = Duration::from_secs(10);

/// A JSON body that is what the schema of this name says.
///
/// # Errors
/// 408, 413, 415; 400 where it is no JSON, 422 where it is not what the schema says.
pub(super) async fn json<T: DeserializeOwned>(
    request: Request,
    schema: &str,
) -> Result<T, Problem> {
    of_kind(request.headers(), "application/json")?;
    let bytes = read(request.into_body()).await?;
    let value: serde_json::Value = serde_json::from_slice(&bytes)
        .map_err(|error| Problem::bad(format!("the body is no JSON: {error}")))?;
    openapi::read(value, schema).map_err(|fault| Problem::wrong(fault.field, fault.sentence))
}

/// The fields of a form.
///
/// # Errors
/// 400, 408, 413, 415.
pub(super) async fn form(request: Request) -> Result<Vec<(String, String)>, Problem> {
    of_kind(request.headers(), "application/x-www-form-urlencoded")?;
    let bytes = read(request.into_body()).await?;
    serde_urlencoded::from_bytes(&bytes).map_err(|_| Problem::bad("the form cannot be read"))
}

fn of_kind(headers: &HeaderMap, kind: &str) -> Result<(), Problem> {
    let given = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let given = given
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default();
    match given.trim().eq_ignore_ascii_case(kind) {
        true => Ok(()),
        false => Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!("the body must be of the type {kind}; say so in 'Content-Type'"),
        )),
    }
}

async fn read(body: Body) -> Result<Bytes, Problem> {
    let all = async {
        let mut stream = pin!(body.into_data_stream());
        let (mut bytes, mut length) = (Vec::new(), 0_usize);
        while let Some(part) = poll_fn(|context| stream.as_mut().poll_next(context)).await {
            let part = part.map_err(|_| Problem::bad("the body broke off"))?;
            length = length.saturating_add(part.len());
            if length <= LIMIT {
                bytes.extend_from_slice(&part);
            } else if length <= THROWN_AWAY {
                bytes.clear();
            } else {
                break;
            }
        }
        match length {
            0..=LIMIT => Ok(Bytes::from(bytes)),
            _ => Err(Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("the body is larger than {LIMIT} bytes"),
            )),
        }
    };
    tokio::time::timeout(PATIENCE, all)
        .await
        .unwrap_or_else(|_| {
            let error = format!(
                "the body did not come within {} seconds",
                PATIENCE.as_secs()
            );
            Err(Problem::new(StatusCode::REQUEST_TIMEOUT, error))
        })
}
