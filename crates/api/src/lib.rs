//! The GraphQL service over registers: schema, HTTP edge, limits, and who is asking.
//!
//! Nothing here knows SQL: long texts and the log are asked of [`store`], everything else of a view in memory.
//!
//! Start with [`graph`] for what can be asked and [`http`] for how a request passes. To add a field, add a line to its
//! type in `graph/`; to add an error, a code in [`error`].

pub mod auth;
pub mod document;
pub mod draft;
pub mod env;
pub mod error;
pub mod graph;
pub mod http;
pub mod import;
pub mod limits;
mod render;
pub mod served;

pub use graph::{Schema, schema, schema_sdl};
pub use served::Served;

use axum::Router;
use document::Documents;

/// The whole service over these registers: the graph behind the HTTP edge.
///
/// It is not generic, so the graph's code is generated with this crate and not once more with the binary.
pub fn router(served: Served, config: http::Config, services: http::Services) -> Router {
    let schema = schema(served.clone(), &config.limits);
    let documents = Documents::new(&schema.sdl(), &config).written_from(served);
    http::router(schema, documents, config, services)
}
