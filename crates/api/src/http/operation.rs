//! From parameters to a request that the engine may execute: what every transport has in common.

use super::parameters::Parameters;
use crate::{
    error::{Code, Fault},
    limits::Limits,
};
use async_graphql::{
    Request, Value, Variables,
    parser::{
        self, parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
    },
};

/// An operation within the limits, ready to be executed.
pub(super) struct Operation {
    pub(super) request: Request,
    pub(super) kind: OperationType,
}

/// Parses the document once, for the limits and for the engine, and refuses it before the engine sees it if it may not
/// be executed.
pub(super) fn prepare(
    parameters: Parameters,
    limits: &Limits,
    introspection: bool,
) -> Result<Operation, Fault> {
    let Parameters {
        query,
        operation_name,
        mut variables,
    } = parameters;
    limits.check_source(&query)?;
    let document = parse_query(&query).map_err(|error| not_parsed(&error))?;
    let operation = select(&document, operation_name.as_deref())?;
    let kind = operation.ty;
    coerce(operation, &mut variables)?;
    let findings = limits.check_document(&document, &variables)?;
    if findings.introspects && !introspection {
        return Err(Fault::new(
            Code::IntrospectionDisabled,
            "this server does not show its schema; it is published as schema/remit.graphql",
        ));
    }
    let mut request = Request::new(query).variables(variables);
    request.operation_name = operation_name;
    request.set_parsed_query(document);
    Ok(Operation { request, kind })
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
fn coerce(operation: &OperationDefinition, variables: &mut Variables) -> Result<(), Fault> {
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
