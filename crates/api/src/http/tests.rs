//! The HTTP edge over a small schema, called in process.

mod documents;
mod execution;
mod protection;
mod protocol;
mod schema;
mod uploads;

use super::{Config, Readiness, Services, router};
use crate::auth::{Access, Token, TokenLookup, TokenRecord};
use crate::document::Documents;
use async_graphql::Executor;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header, request::Builder},
};
use domain::text::Sha256;
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use std::{error::Error, sync::Arc};
use tower::ServiceExt as _;
use uuid::Uuid;

const NEW_ID: Uuid = Uuid::from_u128(7);
const JSON: &str = "application/json";
const GRAPHQL_RESPONSE: &str = "application/graphql-response+json";

/// The secret of the token named `clerk`, which is valid; `LEFT` belongs to one that is revoked.
const CLERK: [u8; 32] = [1; 32];
const LEFT: [u8; 32] = [2; 32];

struct Tokens;

impl TokenLookup for Tokens {
    fn token_find(
        &self,
        hash: Sha256,
    ) -> BoxFuture<'_, Result<Option<TokenRecord>, Box<dyn Error + Send + Sync>>> {
        let record = |name: &str, revoked| TokenRecord {
            name: name.to_owned(),
            revoked,
        };
        let found = match hash {
            hash if hash == Token::new(CLERK).hash() => Ok(Some(record("clerk", false))),
            hash if hash == Token::new(LEFT).hash() => Ok(Some(record("left", true))),
            hash if hash == Token::new([9; 32]).hash() => Err("the table of tokens is gone".into()),
            _ => Ok(None),
        };
        Box::pin(async { found })
    }
}

fn services() -> Services {
    Services {
        new_request_id: Arc::new(|| NEW_ID),
        tokens: Arc::new(Tokens),
        readiness: Arc::new(|| Readiness::Ready),
    }
}

fn loopback() -> Config {
    Config::new(Access::Loopback {
        subject: "local:tester".to_owned(),
    })
}

fn documents(config: &Config) -> Documents {
    Documents::new(&schema::build().sdl(), config)
}

fn app(config: Config) -> Router {
    app_of(schema::build(), config)
}

fn app_of(schema: impl Executor, config: Config) -> Router {
    router(schema, documents(&config), config, services())
}

/// A response, read to its end.
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Reply {
    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    #[track_caller]
    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    /// The code of the only error.
    #[track_caller]
    fn code(&self) -> String {
        let body = self.json();
        assert_eq!(body["errors"].as_array().unwrap().len(), 1, "{body}");
        body["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    #[track_caller]
    fn refused(&self, status: u16, code: &str) {
        assert_eq!(
            (self.status.as_u16(), &*self.code()),
            (status, code),
            "{}",
            self.text
        );
        assert_eq!(self.json().get("data"), None, "nothing was executed");
    }
}

async fn send(app: &Router, request: Request<Body>) -> Reply {
    let response = app.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    Reply {
        status: parts.status,
        headers: parts.headers,
        text: String::from_utf8(body.to_vec()).unwrap(),
    }
}

fn request(method: &str, target: &str) -> Builder {
    Request::builder()
        .method(method)
        .uri(target)
        .header(header::HOST, "localhost:8080")
}

fn get(query: &str) -> Builder {
    request(
        "GET",
        &format!("/graphql?query={}", query.replace(' ', "+")),
    )
}

fn post() -> Builder {
    request("POST", "/graphql")
        .header(header::CONTENT_TYPE, JSON)
        .header(header::ACCEPT, GRAPHQL_RESPONSE)
}

fn body(parameters: &Value) -> Body {
    Body::from(parameters.to_string())
}

/// Asks a server on loopback with its defaults.
async fn ask(query: &str) -> Reply {
    ask_of(&app(loopback()), json!({ "query": query })).await
}

async fn ask_of(app: &Router, parameters: Value) -> Reply {
    send(app, post().body(body(&parameters)).unwrap()).await
}
