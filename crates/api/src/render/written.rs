//! An answer as it is sent, from its first byte on.

use async_graphql::{ServerError, Value};
use serde::Serialize;

/// An answer in JSON, whoever made it: `data` in the order of the selection, and the errors of fields, which come last.
#[derive(Debug)]
pub(crate) struct Written {
    /// The answer up to its `data`, so that what is a large part of it stays where it was written.
    json: Vec<u8>,
    /// Errors of fields.
    pub(crate) errors: Vec<ServerError>,
}

/// How an answer begins.
pub(super) const BEGIN: &[u8] = b"{\"data\":";

impl Written {
    /// What the writer wrote behind [`BEGIN`].
    pub(super) fn new(json: Vec<u8>, errors: Vec<ServerError>) -> Self {
        Self { json, errors }
    }

    /// What the engine answered.
    pub(crate) fn from_engine(data: &Value, errors: Vec<ServerError>) -> Self {
        let mut json = BEGIN.to_vec();
        write_json(&mut json, data);
        Self { json, errors }
    }

    /// How long it is without the errors.
    pub(crate) fn length(&self) -> usize {
        self.json.len()
    }

    /// The whole answer.
    pub(crate) fn into_json(self) -> Vec<u8> {
        let Self { mut json, errors } = self;
        if !errors.is_empty() {
            json.extend_from_slice(b",\"errors\":");
            write_json(&mut json, &errors);
        }
        json.push(b'}');
        json
    }
}

/// Errors alone, for an answer to what was not executed.
pub(crate) fn errors_alone(errors: &[ServerError]) -> Vec<u8> {
    let mut json = b"{\"errors\":".to_vec();
    write_json(&mut json, errors);
    json.push(b'}');
    json
}

fn write_json(json: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    serde_json::to_writer(json, value)
        .expect("GraphQL values have string keys and no failing parts");
}
