//! The graph that clients query: types over views, each said once.
//!
//! Start with `query` (the roots) and `define` (how a type is said).

mod assignment;
mod attainment;
mod change;
mod changeset;
mod citation;
mod clause;
mod connection;
mod define;
mod diff;
mod directory;
mod document;
mod draft;
mod gaps;
mod history;
mod id;
mod interface;
mod light;
mod list;
mod log;
mod lookup;
mod matrix;
mod moment;
mod mutation;
mod node;
mod outcome;
mod party;
mod period;
mod place;
mod plan;
mod progress;
mod progress_rule;
mod query;
mod register;
mod reorganization;
mod root;
mod scalar;
mod scope;
mod sharing;
mod standing;
mod supervision;
mod target;
mod task;
mod text;
mod timeline;
mod vocabulary;
mod workload;

pub(crate) use draft::corrections_from_json;
pub(crate) use moment::Moment;
pub(crate) use query::{Query, write};
pub(crate) use root::Asked;

use crate::{limits::Limits, served::Served};
use async_graphql::{EmptySubscription, SchemaBuilder, ValidationMode};

/// The schema with its resolvers.
pub type Schema = async_graphql::Schema<query::Query, mutation::Mutation, EmptySubscription>;

/// The schema over these registers. Its limits on depth are those that the HTTP edge checks before.
pub fn schema(served: Served, limits: &Limits) -> Schema {
    builder()
        .data(served)
        .limit_recursive_depth(limits.depth)
        .validation_mode(ValidationMode::Fast)
        .finish()
}

/// The schema in GraphQL's schema definition language, as `schema/remit.graphql` keeps it.
pub fn schema_sdl() -> String {
    builder().finish().sdl_with_options(
        async_graphql::SDLExportOptions::new()
            .sorted_fields()
            .sorted_enum_items(),
    )
}

fn builder() -> SchemaBuilder<query::Query, mutation::Mutation, EmptySubscription> {
    Schema::build(
        query::Query,
        mutation::Mutation::default(),
        EmptySubscription,
    )
    .register_output_type::<party::Party>()
    .register_output_type::<node::Node>()
    // Documents are validated before the engine sees them; tracing and caching are ours.
    .disable_suggestions()
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::Value;

    /// Everything that the schema names, each with its description.
    const NAMED: &str = "{ __schema { types {
        name description
        fields { name description args { name description } }
        inputFields { name description }
        enumValues { name description }
    } } }";

    /// The paths of whatever has a name and no description; what GraphQL itself defines is left out.
    fn undescribed(value: &Value, path: &str, found: &mut Vec<String>) {
        match value {
            Value::List(items) => {
                for item in items {
                    undescribed(item, path, found);
                }
            }
            Value::Object(fields) => {
                let name = match fields.get("name") {
                    Some(Value::String(name)) => name.as_str(),
                    _ => "",
                };
                if name.starts_with("__") || name == "ID" {
                    return;
                }
                let path = format!("{path}/{name}");
                let described = matches!(fields.get("description"), Some(Value::String(text)) if !text.trim().is_empty());
                if fields.contains_key("description") && !described {
                    found.push(path.clone());
                }
                for part in fields.values() {
                    undescribed(part, &path, found);
                }
            }
            _ => {}
        }
    }

    #[tokio::test]
    async fn everything_that_the_schema_names_is_described() {
        let answer = builder().finish().execute(NAMED).await;
        assert_eq!(answer.errors, []);
        let mut found = vec![];
        undescribed(&answer.data, "", &mut found);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn the_published_schema_is_the_one_the_code_has() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/remit.graphql");
        if std::env::var_os("REMIT_WRITE_SCHEMA").is_some() {
            std::fs::write(path, schema_sdl()).unwrap();
        }
        let published = std::fs::read_to_string(path).unwrap_or_default();
        let command = "REMIT_WRITE_SCHEMA=1 cargo test -p api the_published_schema";
        assert!(
            published == schema_sdl(),
            "schema/remit.graphql is out of date: run `{command}`"
        );
    }
}
