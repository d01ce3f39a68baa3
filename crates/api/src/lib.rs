//! The GraphQL service over registers: schema, HTTP edge, limits, and who is asking.
//!
//! Nothing here knows SQL: long texts and the log are asked of [`store`], everything else of a view in memory.
//!
//! Start with [`graph`] for what can be asked and [`http`] for how a request passes. To add a field, add a line to its
//! type in `graph/`; to add an error, a code in [`error`].

pub mod auth;
pub mod change;
pub mod document;
pub mod draft;
pub mod env;
pub mod error;
pub mod graph;
pub mod http;
pub mod import;
pub mod limits;
pub mod outcome;
mod render;
pub mod served;

pub use graph::{Schema, schema, schema_sdl};
pub use served::Served;

use axum::Router;
use document::Documents;
use domain::change::Actor;
use futures_util::{FutureExt as _, future::BoxFuture};

/// The whole service over these registers: the graph behind the HTTP edge.
///
/// It is not generic, so the graph's code is generated with this crate and not once more with the binary.
pub fn router(served: Served, config: http::Config, services: http::Services) -> Router {
    let schema = schema(served.clone(), &config.limits);
    let documents = Documents::new(&schema.sdl(), &config).written_from(served);
    http::router(schema, documents, config, services)
}

/// Why a document has no answer.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unanswered(String);

/// The data of the answer to a document that is known to be sound, without an edge: for a program that serves nobody.
///
/// Boxed, because the code of a future is generated where it is awaited: all of the graph's, once more.
pub fn answer(
    served: Served,
    actor: Actor,
    document: &str,
    variables: serde_json::Value,
) -> BoxFuture<'static, Result<serde_json::Value, Unanswered>> {
    let request = async_graphql::Request::new(document)
        .variables(async_graphql::Variables::from_json(variables))
        .data(actor)
        .data(graph::Moment::default())
        .data(std::sync::Arc::new(limits::Budget::default()));
    let schema = schema(served, &limits::Limits::default());
    let answer = async move {
        let answer = schema.execute(request).await;
        match answer.errors.first() {
            Some(error) => Err(Unanswered(error::plainly(error))),
            None => Ok(serde_json::json!(answer.data)),
        }
    };
    answer.boxed()
}
