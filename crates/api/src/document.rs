//! GraphQL documents: parsed, held against the limits and the schema, compiled for the writer, and kept by their text, so
//! that a document that is sent again costs next to nothing.
//!
//! Apollo's compiler validates documents and the values of their variables; the engine is then spared both. Most queries
//! it does not see at all: what can be answered from memory is written by `render`.

use crate::{
    error::{Code, Fault},
    graph::{self, Asked, Moment},
    http::Config,
    limits::{Budget, Limits},
    render::{Compiler, Kept, LeftToEngine, Selection, Written},
    served::Served,
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
    Pos, Request, Value, Variables,
    parser::{
        self, parse_query,
        types::{
            BaseType, DocumentOperations, ExecutableDocument, OperationDefinition, OperationType,
            Type,
        },
    },
};
use domain::change::Actor;
use quick_cache::{Equivalent, Weighter, sync::Cache};
use std::{
    fmt,
    hash::Hash,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Bytes of text of the documents that are kept. What is made of a document takes some twenty times its text.
const KEPT_BYTES: u64 = 2 << 20;

/// About as many documents are kept if they are of the usual size.
const KEPT_DOCUMENTS: usize = 1000;

/// How many mistakes in one document are told; a small document can hold thousands.
const MOST_FAULTS: usize = 20;

/// Bytes that the first answer to a document is taken to have; later ones as many as the one before, and a little more.
const FIRST_ANSWER: usize = 4 << 10;

/// What a client sends: a document, which of its operations to execute, and values for its variables.
#[derive(Debug)]
pub(crate) struct Parameters {
    pub(crate) query: String,
    pub(crate) operation_name: Option<String>,
    pub(crate) variables: Variables,
}

/// An operation within the limits, ready to be answered.
pub(crate) enum Operation {
    /// By the writer: a query.
    Question(Question),
    /// By the engine.
    Request(Box<Request>, OperationType),
}

/// A query that is answered from memory.
pub(crate) struct Question {
    served: Arc<Served>,
    selection: Arc<Selection>,
    prepared: Arc<Prepared>,
}

impl Question {
    /// Writes the answer.
    pub(crate) async fn answer(&self, actor: &Actor, budget: &Arc<Budget>) -> Written {
        let asked = Asked {
            served: &self.served,
            actor,
            moment: &Moment::default(),
            budget,
        };
        let length = &self.prepared.length;
        let last = length.load(Ordering::Relaxed);
        let written = graph::write(asked, &self.selection, last + last / 8).await;
        length.store(written.length(), Ordering::Relaxed);
        written
    }
}

/// Prepares documents for execution, and keeps what it made of them.
pub struct Documents {
    schema: Valid<Schema>,
    /// What the writer answers from; nothing if the engine answers everything.
    written: Option<Arc<Served>>,
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
    /// What the writer writes, where no variable changes it.
    selection: Option<Result<Arc<Selection>, LeftToEngine>>,
    kept: Kept,
    /// Whether how much it asks for depends on its variables.
    varies: bool,
    /// How long the last answer was.
    length: AtomicUsize,
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
            written: None,
            limits: config.limits.clone(),
            introspection: config.introspection,
            kept: Cache::with_weighter(KEPT_DOCUMENTS, KEPT_BYTES, ByText),
        }
    }

    /// The same, but queries are written where that can be done.
    #[must_use]
    pub(crate) fn written_from(self, served: Served) -> Self {
        let written = Some(Arc::new(served));
        Self { written, ..self }
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
        let name = operation_name.as_deref();
        let kept = self.kept.get(&key);
        let is_new = kept.is_none();
        let prepared = if let Some(prepared) = kept {
            carried(prepared.kind).map_err(one)?;
            prepared
        } else {
            Arc::new(self.prepare(&query, name, &mut variables, carried)?)
        };
        let document = &prepared.document;
        let operation = select(document, name).map_err(one)?;
        if !prepared.checked.variables.is_empty() {
            self.coerce(operation, &prepared.checked, &mut variables)
                .map_err(one)?;
            if prepared.varies && !is_new {
                self.check_limits(document, &variables).map_err(one)?;
            }
        }
        let selection = match &prepared.selection {
            Some(fixed) => fixed.clone(),
            None => self.compile(document, operation, &variables, &prepared.kept),
        };
        let operation = if let (Ok(selection), Some(served)) = (selection, &self.written) {
            Operation::Question(Question {
                served: Arc::clone(served),
                selection,
                prepared: Arc::clone(&prepared),
            })
        } else {
            let mut request = Request::new("").variables(variables);
            request.operation_name.clone_from(&operation_name);
            request.set_parsed_query(document.clone());
            Operation::Request(request.into(), prepared.kind)
        };
        if is_new {
            let key = Key {
                query,
                operation: operation_name,
            };
            self.kept.insert(key, prepared);
        }
        Ok(operation)
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
        let varies = self.check_limits(&document, variables).map_err(one)?;
        let checked = self.validate(query, name)?;
        let kept = Kept::default();
        let selection = checked
            .variables
            .is_empty()
            .then(|| self.compile(&document, operation, variables, &kept));
        Ok(Prepared {
            kind,
            document,
            checked,
            selection,
            kept,
            varies,
            length: AtomicUsize::new(FIRST_ANSWER),
        })
    }

    /// Holds what a document asks for against the limits; tells whether it may be more with other variables.
    fn check_limits(
        &self,
        document: &ExecutableDocument,
        variables: &Variables,
    ) -> Result<bool, Fault> {
        let findings = self.limits.check_document(document, variables)?;
        if findings.introspects && !self.introspection {
            return Err(Fault::new(
                Code::IntrospectionDisabled,
                "this server does not show its schema; it is published as schema/remit.graphql",
            ));
        }
        Ok(findings.varies)
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
        let fit = operation.variable_definitions.iter().all(|definition| {
            let variable = &definition.node;
            let value = variables.get(&variable.name.node);
            value.is_none_or(|value| plainly_fits(&variable.var_type.node, value))
        });
        if fit {
            return Ok(());
        }
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
    ) -> Result<Arc<Selection>, LeftToEngine> {
        if self.written.is_none() || operation.ty != OperationType::Query {
            return Err(LeftToEngine);
        }
        let compiler = Compiler {
            document,
            variables,
            is_subtype: &|of, name| self.schema.is_subtype(of, name),
            kept,
        };
        compiler.root(operation, graph::Query::SHAPE).map(Arc::new)
    }
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

/// Whether a value fits a type at first sight, as nearly all do: the schema's own check takes some microseconds.
fn plainly_fits(of: &Type, value: &Value) -> bool {
    let BaseType::Named(name) = &of.base else {
        return false;
    };
    match value {
        Value::Null => of.nullable,
        Value::String(_) => matches!(name.as_str(), "ID" | "String"),
        Value::Boolean(_) => name == "Boolean",
        Value::Number(number) => {
            name == "Int" && number.as_i64().is_some_and(|it| i32::try_from(it).is_ok())
        }
        _ => false,
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
