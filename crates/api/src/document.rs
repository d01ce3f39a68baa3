//! GraphQL documents: parsed, held against the limits and the schema, compiled for the writer, and kept by their text, so
//! that a document that is sent again costs next to nothing.
//!
//! Apollo's compiler validates documents and the values of their variables; the engine is then spared both. What it would
//! walk for nothing is cut away as well: beneath a root field that is rendered the engine sees only `__typename`.

use crate::{
    error::{Code, Fault},
    http::Config,
    limits::Limits,
    render::{Compiler, Kept, Roots, Shape, Uncompiled},
};
use apollo_compiler::{
    Node, Schema,
    executable::{self, Operation as CheckedOperation},
    parser::LineColumn,
    request::coerce_variable_values,
    response::{JsonMap, JsonValue},
    validation::Valid,
};
use async_graphql::{
    Name, Pos, Positioned, Request, Value, Variables,
    parser::{
        self, parse_query,
        types::{
            DocumentOperations, ExecutableDocument, Field, OperationDefinition, OperationType,
            Selection,
        },
    },
};
use quick_cache::{Equivalent, Weighter, sync::Cache};
use std::{collections::HashMap, fmt, hash::Hash, sync::Arc};

/// Bytes of text of the documents that are kept. What is made of a document takes some twenty times its text.
const KEPT_BYTES: u64 = 2 << 20;

/// About as many documents are kept if they are of the usual size.
const KEPT_DOCUMENTS: usize = 1000;

/// How many mistakes in one document are told; a small document can hold thousands.
const MOST_FAULTS: usize = 20;

/// What the fields at the root of queries that are rendered may turn out to be.
pub(crate) type Rendered = fn(&str) -> Option<&'static [&'static Shape]>;

/// What a client sends: a document, which of its operations to execute, and values for its variables.
#[derive(Debug)]
pub(crate) struct Parameters {
    pub(crate) query: String,
    pub(crate) operation_name: Option<String>,
    pub(crate) variables: Variables,
}

/// An operation within the limits, ready to be executed.
pub(crate) struct Operation {
    pub(crate) request: Request,
    pub(crate) kind: OperationType,
}

/// Prepares documents for execution, and keeps what it made of them.
pub struct Documents {
    schema: Valid<Schema>,
    rendered: Rendered,
    limits: Limits,
    introspection: bool,
    kept: Cache<Key, Arc<Prepared>, ByText>,
}

impl fmt::Debug for Documents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Documents")
            .field("kept", &self.kept.len())
            .finish_non_exhaustive()
    }
}

/// A document's text, and which of its operations is meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    query: String,
    operation: Option<String>,
}

#[derive(Hash)]
struct KeyRef<'a> {
    query: &'a str,
    operation: Option<&'a str>,
}

impl Equivalent<Key> for KeyRef<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.query == key.query && self.operation == key.operation.as_deref()
    }
}

#[derive(Clone)]
struct ByText;

impl Weighter<Key, Arc<Prepared>> for ByText {
    fn weight(&self, key: &Key, _: &Arc<Prepared>) -> u64 {
        key.query.len() as u64
    }
}

/// A valid document, and one of its operations.
struct Prepared {
    kind: OperationType,
    document: ExecutableDocument,
    /// The operation as its variables are checked.
    checked: Node<CheckedOperation>,
    /// What the engine executes if all rendered fields are written; nothing if it executes the document itself.
    trimmed: Option<ExecutableDocument>,
    /// What the writer writes, where no variable changes it.
    roots: Option<Result<Arc<Roots>, Uncompiled>>,
    kept: Kept,
}

impl Documents {
    /// Documents for a schema, given in the schema definition language. The engine answers all of it.
    ///
    /// # Panics
    ///
    /// If it is not a schema: the caller has it from the engine that executes the documents.
    pub fn new(sdl: &str, config: &Config) -> Self {
        let schema = Schema::parse_and_validate(sdl, "schema.graphql")
            .unwrap_or_else(|invalid| panic!("the engine's schema is valid: {}", invalid.errors));
        Self {
            schema,
            rendered: |_| None,
            limits: config.limits.clone(),
            introspection: config.introspection,
            kept: Cache::with_weighter(KEPT_DOCUMENTS, KEPT_BYTES, ByText),
        }
    }

    /// The same, but these fields at the root of queries are left to the writer.
    #[must_use]
    pub(crate) fn rendering(self, rendered: Rendered) -> Self {
        Self { rendered, ..self }
    }

    /// Prepares an operation, or tells everything that is wrong with it. `carried` refuses kinds of operation that the
    /// transport does not carry.
    pub(crate) fn operation(
        &self,
        parameters: Parameters,
        carried: impl Fn(OperationType) -> Result<(), Fault>,
    ) -> Result<Operation, Vec<Fault>> {
        let Parameters {
            query,
            operation_name,
            mut variables,
        } = parameters;
        let key = KeyRef {
            query: &query,
            operation: operation_name.as_deref(),
        };
        let (prepared, is_new) = if let Some(prepared) = self.kept.get(&key) {
            carried(prepared.kind).map_err(one)?;
            (prepared, false)
        } else {
            let name = operation_name.as_deref();
            let prepared = self.prepare(&query, name, &mut variables, carried)?;
            (Arc::new(prepared), true)
        };
        if !prepared.checked.variables.is_empty() {
            let operation = select(&prepared.document, operation_name.as_deref()).map_err(one)?;
            self.coerce(operation, &prepared.checked, &mut variables)
                .map_err(one)?;
            if !is_new {
                // How large pages are may be said by variables.
                self.check_limits(&prepared.document, &variables)
                    .map_err(one)?;
            }
        }
        let roots = if let Some(fixed) = &prepared.roots {
            fixed.clone()
        } else {
            let operation = select(&prepared.document, operation_name.as_deref()).map_err(one)?;
            self.compile(&prepared.document, operation, &variables, &prepared.kept)
                .map(Arc::new)
        };
        let mut request = Request::new("").variables(variables);
        match (roots, &prepared.trimmed) {
            (Ok(roots), Some(trimmed)) => {
                request.set_parsed_query(trimmed.clone());
                request = request.data(roots);
            }
            (roots, _) => {
                request.operation_name.clone_from(&operation_name);
                request.set_parsed_query(prepared.document.clone());
                if let Ok(roots) = roots {
                    request = request.data(roots);
                }
            }
        }
        let kind = prepared.kind;
        if is_new {
            let key = Key {
                query,
                operation: operation_name,
            };
            self.kept.insert(key, prepared);
        }
        Ok(Operation { request, kind })
    }

    /// Parses and validates a document.
    fn prepare(
        &self,
        query: &str,
        name: Option<&str>,
        variables: &mut Variables,
        carried: impl Fn(OperationType) -> Result<(), Fault>,
    ) -> Result<Prepared, Vec<Fault>> {
        self.limits.check_source(query).map_err(one)?;
        let document = parse_query(query).map_err(|error| one(not_parsed(&error)))?;
        let operation = select(&document, name).map_err(one)?;
        let kind = operation.ty;
        carried(kind).map_err(one)?;
        fill_in(operation, variables).map_err(one)?;
        self.check_limits(&document, variables).map_err(one)?;
        let checked = self.validate(query, name)?;
        let kept = Kept::default();
        let roots = checked.variables.is_empty().then(|| {
            self.compile(&document, operation, variables, &kept)
                .map(Arc::new)
        });
        let trimmed = self.trimmed(&document, operation);
        Ok(Prepared {
            kind,
            document,
            checked,
            trimmed,
            roots,
            kept,
        })
    }

    fn check_limits(
        &self,
        document: &ExecutableDocument,
        variables: &Variables,
    ) -> Result<(), Fault> {
        let findings = self.limits.check_document(document, variables)?;
        if findings.introspects && !self.introspection {
            return Err(Fault::new(
                Code::IntrospectionDisabled,
                "this server does not show its schema; it is published as schema/remit.graphql",
            ));
        }
        Ok(())
    }

    /// Holds a document against the schema.
    fn validate(
        &self,
        query: &str,
        name: Option<&str>,
    ) -> Result<Node<CheckedOperation>, Vec<Fault>> {
        let document =
            executable::ExecutableDocument::parse_and_validate(&self.schema, query, "document")
                .map_err(|invalid| {
                    let mistakes = invalid.errors.iter().take(MOST_FAULTS);
                    mistakes
                        .map(|mistake| {
                            let mistake = mistake.to_json();
                            invalid_at(mistake.message, mistake.locations.first())
                        })
                        .collect::<Vec<_>>()
                })?;
        let operation = document.operations.get(name);
        let operation = operation.map_err(|error| {
            one(Fault::new(
                Code::OperationNotFound,
                error.message().to_string(),
            ))
        })?;
        Ok(operation.clone())
    }

    /// Fills in the defaults of variables that were left out, and refuses values that do not fit their types.
    fn coerce(
        &self,
        operation: &OperationDefinition,
        checked: &CheckedOperation,
        variables: &mut Variables,
    ) -> Result<(), Fault> {
        fill_in(operation, variables)?;
        let values: JsonMap = variables
            .iter()
            .map(|(name, value)| (name.as_str().into(), json(value)))
            .collect();
        coerce_variable_values(&self.schema, checked, &values)
            .map(drop)
            .map_err(|error| Fault::new(Code::BadUserInput, error.message().to_string()))
    }

    fn compile(
        &self,
        document: &ExecutableDocument,
        operation: &OperationDefinition,
        variables: &Variables,
        kept: &Kept,
    ) -> Result<Roots, Uncompiled> {
        if operation.ty != OperationType::Query {
            return Ok(Roots::default());
        }
        let compiler = Compiler {
            document,
            variables,
            is_subtype: &|of, name| self.schema.is_subtype(of, name),
            kept,
        };
        compiler.roots(operation, "Query", self.rendered)
    }

    /// The document with what is rendered cut away; nothing if it is not that simple.
    fn trimmed(
        &self,
        document: &ExecutableDocument,
        operation: &OperationDefinition,
    ) -> Option<ExecutableDocument> {
        if operation.ty != OperationType::Query {
            return None;
        }
        let mut operation = operation.clone();
        let mut everything = true;
        for selection in &mut operation.selection_set.node.items {
            let Selection::Field(field) = &mut selection.node else {
                return None;
            };
            if (self.rendered)(&field.node.name.node).is_some() {
                let position = field.pos;
                field.node.selection_set.node.items = vec![type_name(position)];
            } else {
                everything = false;
            }
        }
        Some(ExecutableDocument {
            operations: DocumentOperations::Single(Positioned::new(operation, Pos::default())),
            fragments: if everything {
                HashMap::new()
            } else {
                document.fragments.clone()
            },
        })
    }
}

fn type_name(position: Pos) -> Positioned<Selection> {
    let field = Field {
        alias: None,
        name: Positioned::new(Name::new("__typename"), position),
        arguments: vec![],
        directives: vec![],
        selection_set: Positioned::default(),
    };
    Positioned::new(Selection::Field(Positioned::new(field, position)), position)
}

fn one(fault: Fault) -> Vec<Fault> {
    vec![fault]
}

fn invalid_at(message: String, place: Option<&LineColumn>) -> Fault {
    let fault = Fault::new(Code::ValidationFailed, message);
    match place {
        Some(&LineColumn { line, column }) => fault.at(Pos { line, column }),
        None => fault,
    }
}

/// A variable's value for checking. A file is an object that only a scalar of its own takes.
fn json(value: &Value) -> JsonValue {
    match value {
        Value::Null => JsonValue::Null,
        Value::Number(number) => JsonValue::Number(number.clone()),
        Value::String(text) => JsonValue::String(text.as_str().into()),
        Value::Boolean(truth) => JsonValue::Bool(*truth),
        Value::Binary(_) => JsonValue::Object(JsonMap::new()),
        Value::Enum(name) => JsonValue::String(name.as_str().into()),
        Value::List(items) => JsonValue::Array(items.iter().map(json).collect()),
        Value::Object(fields) => JsonValue::Object(
            fields
                .iter()
                .map(|(name, value)| (name.as_str().into(), json(value)))
                .collect(),
        ),
    }
}

fn not_parsed(error: &parser::Error) -> Fault {
    let message = match error {
        // The parser draws the place into its message; the place is told in `locations`, and the last line what is wrong.
        parser::Error::Syntax { message, .. } => {
            let reason = message.lines().last().unwrap_or_default();
            format!("not GraphQL: {}", reason.trim_start_matches([' ', '=']))
        }
        other => other.to_string(),
    };
    let fault = Fault::new(Code::ParseFailed, message);
    match error.positions().next() {
        Some(position) => fault.at(position),
        None => fault,
    }
}

/// The operation to execute.
fn select<'d>(
    document: &'d ExecutableDocument,
    name: Option<&str>,
) -> Result<&'d OperationDefinition, Fault> {
    let found = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next()
        }
        _ => None,
    };
    found.map(|operation| &operation.node).ok_or_else(|| {
        let message = match name {
            Some(name) => format!("the document has no operation named \"{name}\""),
            None => "the document has several operations; say which in `operationName`".to_owned(),
        };
        Fault::new(Code::OperationNotFound, message)
    })
}

/// Fills in the defaults of variables that were left out, and refuses those that must have a value and have none.
///
/// The engine knows defaults only as it reads arguments: the limits would not see them, and `@include(if: $x)` would
/// take a variable that was left out for false.
fn fill_in(operation: &OperationDefinition, variables: &mut Variables) -> Result<(), Fault> {
    for definition in &operation.variable_definitions {
        let variable = &definition.node;
        let name = &variable.name.node;
        if let Some(default) = &variable.default_value
            && !variables.contains_key(name)
        {
            variables.insert(name.clone(), default.node.clone());
        }
        let required = &variable.var_type.node;
        if !required.nullable && matches!(variables.get(name), None | Some(Value::Null)) {
            return Err(Fault::new(
                Code::BadUserInput,
                format!("variable ${name} of type {required} must have a value"),
            )
            .at(definition.pos));
        }
    }
    Ok(())
}
