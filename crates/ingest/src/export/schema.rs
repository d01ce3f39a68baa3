//! The JSON Schema of an export, made of the tables' own columns.

use super::json::FORMAT;
use domain::{
    each_export_table,
    export::{
        cell::{Column, Kind},
        table::Table,
    },
};
use serde_json::{Map, Value, json};

/// The schema (draft 2020-12) that every exported document follows.
pub fn json_schema() -> Value {
    let mut properties = Map::new();
    properties.insert("format".to_owned(), json!({ "const": FORMAT }));
    properties.insert("of".to_owned(), heading());
    each_export_table!(T => {
        let rows = json!({ "description": T::DESCRIPTION, "type": "array", "items": row(T::COLUMNS) });
        properties.insert(T::NAME.to_owned(), rows);
    });
    let required: Vec<_> = properties.keys().cloned().collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://remit.example/schema/export.schema.json",
        "title": "Export",
        "description": "A whole register as of one day and one changeset, as `remit export --format json` writes it: \
            a table a concept, what is referred to before what refers to it. `remit export --format csv` writes the \
            same tables and columns. Later versions may add tables and columns.",
        "type": "object",
        "required": required,
        "properties": properties,
    })
}

fn heading() -> Value {
    let text = |description: &str| json!({ "description": description, "type": "string" });
    let properties = json!({
        "register": text("The register's code."),
        "name": text("The name of the government that keeps it."),
        "time_zone": text("Where today is for it: a name of the IANA database."),
        "known_seq": {
            "description": "The last changeset that is in the export.", "type": "integer", "minimum": 0,
        },
        "known_at": {
            "description": "When that was recorded; null for an empty register.",
            "type": ["string", "null"], "format": "date-time",
        },
        "valid_on": {
            "description": "The day on which parties are called as they are called here.",
            "type": "string", "format": "date",
        },
        "only_valid": {
            "description": "Whether only the facts (names, assignments, targets, deadlines) that hold on that day are \
                in it, instead of all.",
            "type": "boolean",
        },
    });
    object("Of which register this is, and as of when.", &properties)
}

fn row(columns: &[Column]) -> Value {
    let properties = columns
        .iter()
        .map(|column| (column.name.to_owned(), cell(column)));
    let properties = Value::Object(properties.collect());
    object("", &properties)
}

/// An object that has all its properties; others may come with later versions.
fn object(description: &str, properties: &Value) -> Value {
    let required: Vec<_> = properties
        .as_object()
        .into_iter()
        .flat_map(Map::keys)
        .collect();
    let mut object = json!({ "type": "object", "required": required, "properties": properties });
    if !description.is_empty() {
        object["description"] = description.into();
    }
    object
}

fn cell(column: &Column) -> Value {
    let (name, mut more) = match column.kind {
        Kind::Id => ("string", json!({ "format": "uuid" })),
        Kind::Ids => (
            "array",
            json!({ "items": { "type": "string", "format": "uuid" } }),
        ),
        Kind::Text => ("string", json!({})),
        Kind::Texts => ("array", json!({ "items": { "type": "string" } })),
        Kind::Word(words) => ("string", enumeration(words, column.optional)),
        Kind::Number => ("integer", json!({ "minimum": 0 })),
        Kind::Flag => ("boolean", json!({})),
        Kind::Day => ("string", json!({ "format": "date" })),
        Kind::DueDate => ("string", json!({ "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$" })),
        Kind::Decimal => ("string", json!({ "pattern": r"^-?\d+(\.\d+)?$" })),
        Kind::Digest => ("string", json!({ "pattern": "^[0-9a-f]{64}$" })),
    };
    more["type"] = if column.optional {
        json!([name, "null"])
    } else {
        json!(name)
    };
    more["description"] = column.description.into();
    more
}

fn enumeration(words: &[&str], optional: bool) -> Value {
    let mut words: Vec<Value> = words.iter().map(|word| (*word).into()).collect();
    if optional {
        words.push(Value::Null);
    }
    json!({ "enum": words })
}
