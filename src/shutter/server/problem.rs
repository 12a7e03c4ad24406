//! An answer that says why not: a status, a sentence, and the field that is wrong.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a request is not done. As JSON: `{"error": "a sentence", "field": "interval_s"}`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Problem {
    pub status: StatusCode,
    /// A sentence.
    pub error: String,
    /// Where it is about one field of a body or a query.
    pub field: Option<String>,
    /// A header that belongs to the status.
    header: Option<Box<(HeaderName, HeaderValue)>>,
}

impl Problem {
    pub fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Self {
            status,
            error: error.into(),
            field: None,
            header: None,
        }
    }

    pub fn bad(error: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error)
    }

    pub fn forbidden(error: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, error)
    }

    /// A value that cannot be used.
    pub fn wrong(field: impl Into<String>, error: impl Into<String>) -> Self {
        let field = Some(field.into()).filter(|field: &String| !field.is_empty());
        Self {
            field,
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, error)
        }
    }

    /// Who asks must say the password.
    pub fn unknown(error: impl Into<String>) -> Self {
        // Not `Basic`: browsers would ask for it in a window of their own.
        let scheme = HeaderValue::from_static("Bearer realm=\"xshutter\"");
        Self {
            header: Some(Box::new((WWW_AUTHENTICATE, scheme))),
            ..Self::new(StatusCode::UNAUTHORIZED, error)
        }
    }

    /// Not now, but in so many seconds.
    pub fn later(status: StatusCode, seconds: u64, error: impl Into<String>) -> Self {
        Self {
            header: Some(Box::new((RETRY_AFTER, seconds.into()))),
            ..Self::new(status, error)
        }
    }

    /// The headers that belong to the status, put on another answer.
    pub fn mark(&self, response: &mut Response) {
        *response.status_mut() = self.status;
        if let Some((name, value)) = self.header.as_deref() {
            response.headers_mut().insert(name, value.clone());
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": self.error });
        if let (Some(field), Some(members)) = (&self.field, body.as_object_mut()) {
            members.insert("field".to_owned(), json!(field));
        }
        let mut response = Response::new(Body::from(body.to_string()));
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
        self.mark(&mut response);
        response
    }
}
