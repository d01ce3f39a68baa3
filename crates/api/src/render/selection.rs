//! A selection of a document, compiled: for each object type the fields to write, in order, with their arguments read.

use super::{Shape, piece::Piece};
use async_graphql::{
    InputType, Name, Pos, Positioned, ServerError, Value, Variables,
    parser::types::{self as ast, ExecutableDocument, OperationDefinition},
};
use async_graphql_value::Value as InputValue;
use std::{
    any::Any,
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// What is selected of a value: the steps for each object type that it may turn out to be.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    steps: Vec<(&'static str, Box<[Step]>)>,
}

/// A field to write.
#[derive(Debug)]
pub(crate) struct Step {
    /// What the field is called in the answer.
    pub(crate) key: Box<str>,
    /// What stands before its value: the brace or comma, and the key.
    pub(crate) prefix: Piece,
    /// Its place in the document.
    pub(crate) position: Pos,
    /// Its number within the type.
    pub(crate) field: u16,
    /// What is selected of its value.
    pub(crate) below: Arc<Selection>,
    arguments: Result<Arguments, ServerError>,
}

/// The tuple of arguments that a field takes; nothing if it takes none.
pub(crate) type Arguments = Option<Box<dyn Any + Send + Sync>>;

impl Step {
    /// The number of `__typename`, which every type has.
    pub(crate) const TYPENAME: u16 = u16::MAX;

    /// The arguments of a field that takes them as this tuple.
    pub(crate) fn arguments<T: Clone + 'static>(
        &self,
        place: &super::Place<'_>,
    ) -> Result<T, super::Failed> {
        match &self.arguments {
            Ok(arguments) => Ok(arguments
                .as_ref()
                .and_then(|arguments| arguments.downcast_ref::<T>())
                .expect("a step is compiled with the arguments of its field")
                .clone()),
            Err(error) => Err(super::Failed::at(error.clone(), place)),
        }
    }
}

impl Selection {
    /// The steps for a type.
    #[inline]
    pub(crate) fn of(&self, shape: &Shape) -> &[Step] {
        let found = match self.steps.as_slice() {
            [only] => Some(only),
            several => several.iter().find(|(name, _)| *name == shape.name),
        };
        found.map_or(&[], |(_, steps)| steps)
    }
}

/// The arguments of a field as the document gives them.
pub(crate) struct Given<'a> {
    arguments: &'a [(Positioned<Name>, Positioned<InputValue>)],
    variables: &'a Variables,
}

impl Given<'_> {
    /// Reads the argument that is called so in Rust.
    pub(crate) fn read<T: InputType>(&self, name: &str) -> Result<T, ServerError> {
        let given = self
            .arguments
            .iter()
            .find(|(given, _)| is_called(name, &given.node));
        let (position, value) = match given {
            Some((_, value)) => (value.pos, value_of(&value.node, self.variables)),
            None => (Pos::default(), None),
        };
        T::parse(value).map_err(|error| error.into_server_error(position))
    }
}

/// A value with its variables filled in; nothing for a variable that was left out.
fn value_of(value: &InputValue, variables: &Variables) -> Option<Value> {
    Some(match value {
        InputValue::Variable(name) => return variables.get(name).cloned(),
        InputValue::Null => Value::Null,
        InputValue::Number(number) => Value::Number(number.clone()),
        InputValue::String(text) => Value::String(text.clone()),
        InputValue::Boolean(truth) => Value::Boolean(*truth),
        InputValue::Binary(bytes) => Value::Binary(bytes.clone()),
        InputValue::Enum(name) => Value::Enum(name.clone()),
        // A list has a place for every item, whereas a field of an object may be left out.
        InputValue::List(items) => Value::List(
            items
                .iter()
                .map(|item| value_of(item, variables).unwrap_or_default())
                .collect(),
        ),
        InputValue::Object(fields) => Value::Object(
            fields
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), value_of(value, variables)?)))
                .collect(),
        ),
    })
}

/// Whether a variable stands somewhere in a value.
fn has_variable(value: &InputValue) -> bool {
    match value {
        InputValue::Variable(_) => true,
        InputValue::List(items) => items.iter().any(has_variable),
        InputValue::Object(fields) => fields.values().any(has_variable),
        _ => false,
    }
}

/// Whether a name in Rust is this one in GraphQL: `valid_on`, `validOn`.
pub(crate) fn is_called(rust: &str, graphql: &str) -> bool {
    let mut expected = graphql.bytes();
    let mut upper = false;
    for byte in rust.bytes() {
        if byte == b'_' {
            upper = true;
            continue;
        }
        let byte = if upper {
            byte.to_ascii_uppercase()
        } else {
            byte
        };
        upper = false;
        if expected.next() != Some(byte) {
            return false;
        }
    }
    expected.next().is_none()
}

/// The writer does not answer it: something is selected that waits for the store, or the schema itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LeftToEngine;

/// What compiling needs to know.
pub(crate) struct Compiler<'a> {
    /// The document, which is valid.
    pub(crate) document: &'a ExecutableDocument,
    /// Values for its variables.
    pub(crate) variables: &'a Variables,
    /// Whether an object type is one of an abstract type's.
    pub(crate) is_subtype: &'a dyn Fn(&str, &str) -> bool,
    /// What was compiled of the document before.
    pub(crate) kept: &'a Kept,
}

/// Those parts of a document that no variable changes, compiled: by the place in memory of the field that selects them and
/// of the types that it may turn out to be. Kept with the document, whose fields stay where they are.
#[derive(Debug, Default)]
pub(crate) struct Kept(Mutex<HashMap<Place, Part>>);

type Place = (usize, usize);

#[derive(Clone, Debug)]
enum Part {
    /// The same for all variables.
    Fixed(Arc<Selection>),
    /// To be compiled for each request.
    Varying,
}

impl Kept {
    fn get(&self, key: Place) -> Option<Part> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&key).cloned()
    }

    fn put(&self, key: Place, part: Part) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(key, part);
    }
}

/// A field of an answer, and everywhere in the document where it is selected.
struct Found<'a> {
    key: &'a Name,
    fields: Vec<&'a Positioned<ast::Field>>,
}

impl<'a> Compiler<'a> {
    /// Compiles what an operation selects of the type at its root.
    pub(crate) fn root(
        &self,
        operation: &'a OperationDefinition,
        shape: &'static Shape,
    ) -> Result<Selection, LeftToEngine> {
        let mut found = vec![];
        let set = &operation.selection_set.node;
        self.collect(set, shape.name, &mut vec![], &mut found);
        let steps = vec![(shape.name, self.steps(&found, shape)?)];
        Ok(Selection { steps })
    }

    fn selection(
        &self,
        fields: &[&'a Positioned<ast::Field>],
        shapes: &'static [&'static Shape],
    ) -> Result<Arc<Selection>, LeftToEngine> {
        // Which fields of one key there are may depend on variables, too.
        let &[only] = fields else {
            return self.compile(fields, shapes);
        };
        let key = (std::ptr::from_ref(only).addr(), shapes.as_ptr().addr());
        match self.kept.get(key) {
            Some(Part::Fixed(selection)) => Ok(selection),
            Some(Part::Varying) => self.compile(fields, shapes),
            None => {
                let varies = self.uses_variables(&only.node.selection_set.node);
                let selection = self.compile(fields, shapes)?;
                let part = if varies {
                    Part::Varying
                } else {
                    Part::Fixed(Arc::clone(&selection))
                };
                self.kept.put(key, part);
                Ok(selection)
            }
        }
    }

    /// Whether what is selected depends on variables.
    fn uses_variables(&self, set: &ast::SelectionSet) -> bool {
        let in_arguments = |arguments: &[(Positioned<Name>, Positioned<InputValue>)]| {
            arguments.iter().any(|(_, value)| has_variable(&value.node))
        };
        set.items.iter().any(|selection| {
            let directives = selection.node.directives();
            directives
                .iter()
                .any(|directive| in_arguments(&directive.node.arguments))
                || match &selection.node {
                    ast::Selection::Field(field) => {
                        in_arguments(&field.node.arguments)
                            || self.uses_variables(&field.node.selection_set.node)
                    }
                    ast::Selection::InlineFragment(fragment) => {
                        self.uses_variables(&fragment.node.selection_set.node)
                    }
                    ast::Selection::FragmentSpread(spread) => {
                        let fragment = self.document.fragments.get(&spread.node.fragment_name.node);
                        fragment.is_some_and(|fragment| {
                            self.uses_variables(&fragment.node.selection_set.node)
                        })
                    }
                }
        })
    }

    fn compile(
        &self,
        fields: &[&'a Positioned<ast::Field>],
        shapes: &'static [&'static Shape],
    ) -> Result<Arc<Selection>, LeftToEngine> {
        let steps = shapes.iter().map(|shape| {
            let mut found = vec![];
            let mut visited = vec![];
            for field in fields {
                let set = &field.node.selection_set.node;
                self.collect(set, shape.name, &mut visited, &mut found);
            }
            Ok((shape.name, self.steps(&found, shape)?))
        });
        let steps = steps.collect::<Result<_, _>>()?;
        Ok(Arc::new(Selection { steps }))
    }

    fn steps(
        &self,
        found: &[Found<'a>],
        shape: &'static Shape,
    ) -> Result<Box<[Step]>, LeftToEngine> {
        let steps = found
            .iter()
            .enumerate()
            .map(|(index, found)| self.step(index, found, shape));
        steps.collect()
    }

    fn step(
        &self,
        index: usize,
        found: &Found<'a>,
        shape: &'static Shape,
    ) -> Result<Step, LeftToEngine> {
        let first = found.fields[0];
        let sign = if index == 0 { '{' } else { ',' };
        let step = |field, arguments, below| Step {
            key: found.key.as_str().into(),
            prefix: Piece::new(format!("{sign}\"{}\":", found.key).as_bytes()),
            position: first.pos,
            field,
            below,
            arguments,
        };
        if first.node.name.node == "__typename" {
            return Ok(step(Step::TYPENAME, Ok(None), Arc::default()));
        }
        // A valid document selects only fields that there are; those of the schema are the engine's.
        let field = (shape.field)(&first.node.name.node).ok_or(LeftToEngine)?;
        if field.stored {
            return Err(LeftToEngine);
        }
        let given = Given {
            arguments: &first.node.arguments,
            variables: self.variables,
        };
        let below = if field.shapes.is_empty() {
            Arc::default()
        } else {
            self.selection(&found.fields, field.shapes)?
        };
        Ok(step(field.index, (field.arguments)(&given), below))
    }

    /// Collects the fields that apply to an object type, those of one key together, in the order of the first.
    ///
    /// After `CollectFields` in the GraphQL specification, section 6.3.2: a fragment counts once.
    fn collect(
        &self,
        set: &'a ast::SelectionSet,
        on: &str,
        visited: &mut Vec<&'a Name>,
        found: &mut Vec<Found<'a>>,
    ) {
        for selection in &set.items {
            if self.is_skipped(selection.node.directives()) {
                continue;
            }
            match &selection.node {
                ast::Selection::Field(field) => {
                    let key = &field.node.response_key().node;
                    match found.iter_mut().find(|found| found.key == key) {
                        Some(found) => found.fields.push(field),
                        None => found.push(Found {
                            key,
                            fields: vec![field],
                        }),
                    }
                }
                ast::Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    let Some(fragment) = self.document.fragments.get(name) else {
                        continue;
                    };
                    if visited.contains(&name) {
                        continue;
                    }
                    visited.push(name);
                    if self.applies(&fragment.node.type_condition, on) {
                        self.collect(&fragment.node.selection_set.node, on, visited, found);
                    }
                }
                ast::Selection::InlineFragment(fragment) => {
                    let condition = &fragment.node.type_condition;
                    if condition.as_ref().is_none_or(|on_| self.applies(on_, on)) {
                        self.collect(&fragment.node.selection_set.node, on, visited, found);
                    }
                }
            }
        }
    }

    fn applies(&self, condition: &Positioned<ast::TypeCondition>, on: &str) -> bool {
        let condition = condition.node.on.node.as_str();
        condition == on || (self.is_subtype)(condition, on)
    }

    fn is_skipped(&self, directives: &[Positioned<ast::Directive>]) -> bool {
        directives.iter().any(|directive| {
            let skips_if = match directive.node.name.node.as_str() {
                "skip" => true,
                "include" => false,
                _ => return false,
            };
            let condition = directive.node.get_argument("if");
            let value = condition.and_then(|value| value_of(&value.node, self.variables));
            value == Some(Value::Boolean(skips_if))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_rust_is_told_in_camel_case() {
        for (rust, graphql) in [("id", "id"), ("valid_on", "validOn"), ("sha256", "sha256")] {
            assert!(is_called(rust, graphql), "{rust}");
        }
        for (rust, graphql) in [("id", "ids"), ("ids", "id"), ("valid_on", "valid_on")] {
            assert!(!is_called(rust, graphql), "{rust}");
        }
    }
}
