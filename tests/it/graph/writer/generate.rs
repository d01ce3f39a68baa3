//! Operations made up from the schema: aliases, fragments, interfaces, directives, variables with and without defaults.

use crate::support::random::Random;
use async_graphql::parser::{
    parse_schema,
    types::{
        BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition,
    },
};
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

/// Fields that wait for the store; whatever selects one is answered by the engine alone.
const STORED: [(&str, &str); 4] = [
    ("Task", "body"),
    ("Document", "text"),
    ("Document", "length"),
    ("Register", "changes"),
];

/// What arguments can name.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) ids: BTreeSet<String>,
    pub(super) cursors: BTreeSet<String>,
    pub(super) words: BTreeSet<String>,
}

/// An operation, and two choices of values for its variables.
pub(super) struct Made {
    pub(super) document: String,
    pub(super) variables: [Value; 2],
}

#[derive(Debug)]
enum Kind {
    Leaf,
    Enum(Vec<String>),
    Input(Vec<InputValueDefinition>),
    /// An object, interface or union: its fields, and the object types that it may turn out to be.
    Composite(Vec<FieldDefinition>, BTreeSet<String>),
}

pub(super) struct Generator {
    types: BTreeMap<String, Kind>,
    ids: Vec<String>,
    cursors: Vec<String>,
    words: Vec<String>,
}

/// What is made up for one operation so far.
#[derive(Default)]
struct Draft {
    fragments: String,
    names: usize,
    definitions: Vec<String>,
    variables: [Map<String, Value>; 2],
}

impl Draft {
    fn name(&mut self, letter: char) -> String {
        self.names += 1;
        format!("{letter}{}", self.names)
    }
}

impl Generator {
    pub(super) fn new(sdl: &str, known: Known) -> Self {
        let mut types = BTreeMap::new();
        let mut members: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for definition in parse_schema(sdl).unwrap().definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let name = definition.node.name.node.to_string();
            let kind = match definition.node.kind {
                TypeKind::Scalar => Kind::Leaf,
                TypeKind::Enum(values) => Kind::Enum(
                    values
                        .values
                        .iter()
                        .map(|value| value.node.value.node.to_string())
                        .collect(),
                ),
                TypeKind::InputObject(input) => {
                    Kind::Input(input.fields.into_iter().map(|field| field.node).collect())
                }
                TypeKind::Object(object) => {
                    for interface in &object.implements {
                        let members = members.entry(interface.node.to_string()).or_default();
                        members.insert(name.clone());
                    }
                    let fields = object.fields.into_iter().map(|field| field.node).collect();
                    Kind::Composite(fields, BTreeSet::from([name.clone()]))
                }
                TypeKind::Interface(interface) => {
                    let fields = interface.fields.into_iter().map(|field| field.node);
                    Kind::Composite(fields.collect(), BTreeSet::new())
                }
                TypeKind::Union(union) => {
                    let objects = union.members.iter().map(|member| member.node.to_string());
                    Kind::Composite(vec![], objects.collect())
                }
            };
            types.insert(name, kind);
        }
        for (interface, objects) in members {
            if let Some(Kind::Composite(_, known)) = types.get_mut(&interface) {
                *known = objects;
            }
        }
        Self {
            types,
            ids: known.ids.into_iter().collect(),
            cursors: known.cursors.into_iter().collect(),
            words: known.words.into_iter().collect(),
        }
    }

    pub(super) fn operation(&self, random: &mut Random) -> Made {
        let mut draft = Draft::default();
        let selection = self.selection("Query", 6, &mut draft, random);
        let definitions = match draft.definitions.as_slice() {
            [] => String::new(),
            definitions => format!("({})", definitions.join(", ")),
        };
        Made {
            document: format!("query{definitions} {selection}{}", draft.fragments),
            variables: draft.variables.map(Value::Object),
        }
    }

    /// What is selected of a type, at most so many levels deep.
    fn selection(&self, on: &str, depth: usize, draft: &mut Draft, random: &mut Random) -> String {
        let Some(Kind::Composite(fields, objects)) = self.types.get(on) else {
            return String::new();
        };
        let mut text = String::from("{");
        for _ in 0..=random.below(4) {
            match random.below(8) {
                0 => text.push_str(" __typename"),
                1 if depth > 1 => {
                    let condition = self.condition(on, objects, random);
                    let directive = Self::directive(draft, random);
                    let below = self.selection(&condition, depth - 1, draft, random);
                    write!(text, " ... on {condition}{directive} {below}").unwrap();
                }
                2 if depth > 1 => {
                    let condition = self.condition(on, objects, random);
                    let name = draft.name('F');
                    let below = self.selection(&condition, depth - 1, draft, random);
                    write!(draft.fragments, " fragment {name} on {condition} {below}").unwrap();
                    let directive = Self::directive(draft, random);
                    write!(text, " ...{name}{directive}").unwrap();
                }
                _ if fields.is_empty() => text.push_str(" __typename"),
                _ => text.push_str(&self.field(on, fields, depth, draft, random)),
            }
        }
        text.push_str(" }");
        text
    }

    /// A type that a fragment may be on: the type itself, one that it may turn out to be, or one that those have in common.
    fn condition(&self, on: &str, objects: &BTreeSet<String>, random: &mut Random) -> String {
        let overlaps = |(name, kind): (&String, &Kind)| match kind {
            Kind::Composite(_, others) if !others.is_disjoint(objects) => Some(name.clone()),
            _ => None,
        };
        // The engine passes over a fragment on a union within one of its members.
        let unions = |name: &String| name != "Subject" || on == "Subject";
        let possible: Vec<_> = self
            .types
            .iter()
            .filter_map(overlaps)
            .filter(unions)
            .collect();
        if random.chance(3) {
            on.to_owned()
        } else {
            random.pick(&possible)
        }
    }

    fn field(
        &self,
        on: &str,
        fields: &[FieldDefinition],
        depth: usize,
        draft: &mut Draft,
        random: &mut Random,
    ) -> String {
        let field = &fields[random.below(fields.len())];
        let name = field.name.node.as_str();
        let returns = base(&field.ty.node);
        let composite = matches!(self.types.get(returns), Some(Kind::Composite(..)));
        let is_stored = STORED.contains(&(on, name)) && !random.chance(30);
        if is_stored || (composite && depth <= 1) || on == "Mutation" {
            return " __typename".to_owned();
        }
        let given: Vec<_> = field
            .arguments
            .iter()
            .filter_map(|argument| self.argument(&argument.node, draft, random))
            .collect();
        // A field with arguments gets a name of its own, so that no two of a name differ in them.
        let alias = if given.is_empty() && field.arguments.is_empty() && !random.chance(6) {
            String::new()
        } else {
            format!("{}: ", draft.name('a'))
        };
        let arguments = if given.is_empty() {
            String::new()
        } else {
            format!("({})", given.join(", "))
        };
        let directive = Self::directive(draft, random);
        let below = self.selection(returns, depth - 1, draft, random);
        format!(" {alias}{name}{arguments}{directive} {below}")
    }

    fn directive(draft: &mut Draft, random: &mut Random) -> String {
        if !random.chance(8) {
            return String::new();
        }
        let name = random.pick(&["skip", "include"]);
        let condition = if random.chance(2) {
            random.pick(&["true", "false"]).to_owned()
        } else {
            let variable = draft.name('v');
            let default = random.pick(&["", " = true", " = false"]);
            let required = if default.is_empty() { "!" } else { "" };
            draft
                .definitions
                .push(format!("${variable}: Boolean{required}{default}"));
            for values in &mut draft.variables {
                if default.is_empty() || random.chance(2) {
                    values.insert(variable.clone(), random.chance(2).into());
                }
            }
            format!("${variable}")
        };
        format!(" @{name}(if: {condition})")
    }

    /// An argument, by a literal or a variable; nothing if it is left out.
    fn argument(
        &self,
        argument: &InputValueDefinition,
        draft: &mut Draft,
        random: &mut Random,
    ) -> Option<String> {
        let ty = &argument.ty.node;
        let required = !ty.nullable && argument.default_value.is_none();
        if !required && !random.chance(3) {
            return None;
        }
        let name = &argument.name.node;
        if random.chance(2) {
            return Some(format!(
                "{name}: {}",
                literal(&self.value(name, ty, random))
            ));
        }
        let variable = draft.name('v');
        let default = if !required && random.chance(3) {
            format!(" = {}", literal(&self.value(name, ty, random)))
        } else {
            String::new()
        };
        draft
            .definitions
            .push(format!("${variable}: {ty}{default}"));
        let may_be_left_out = ty.nullable || !default.is_empty();
        for values in &mut draft.variables {
            if !may_be_left_out || random.chance(2) {
                let value = self.value(name, ty, random);
                values.insert(variable.clone(), plain(&value));
            }
        }
        Some(format!("{name}: ${variable}"))
    }

    /// A value of a type; enum values are marked by a leading `#`, as JSON has no words.
    fn value(&self, name: &str, ty: &Type, random: &mut Random) -> Value {
        if ty.nullable && random.chance(8) {
            return Value::Null;
        }
        let named = match &ty.base {
            BaseType::List(item) => {
                let items = (0..random.below(3)).map(|_| self.value(name, item, random));
                return items.collect();
            }
            BaseType::Named(named) => named.as_str(),
        };
        match (named, self.types.get(named)) {
            (_, Some(Kind::Enum(words))) => format!("#{}", random.pick(words)).into(),
            (_, Some(Kind::Input(fields))) => {
                let mut input = Map::new();
                for field in fields {
                    let required = !field.ty.node.nullable;
                    if required || random.chance(4) {
                        let name = field.name.node.as_str();
                        input.insert(name.to_owned(), self.value(name, &field.ty.node, random));
                    }
                }
                input.into()
            }
            ("Int", _) => json!(random.pick(&[0, 1, 1, 2, 3, 7, -1])),
            ("Boolean", _) => random.chance(2).into(),
            // A seq that nobody writes would be waited for.
            ("Seq", _) if name == "atLeast" => json!(random.below(3)),
            ("Seq", _) => json!(random.pick(&[0, 1, 2, 2, 2, 99])),
            ("Date", _) => random
                .pick(&["2024-06-30", "2022-01-01", "30.6.2024"])
                .into(),
            ("DateTime", _) => random.pick(&["2040-01-01T00:00:00Z", "yesterday"]).into(),
            ("ID", _) if random.chance(12) => "no-id".into(),
            ("ID", _) => random.pick(&self.ids).into(),
            _ if name == "after" || name == "before" => random.pick(&self.cursors).into(),
            _ => random.pick(&self.words).into(),
        }
    }
}

fn base(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(item) => base(item),
    }
}

/// A value as GraphQL writes it.
fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => match text.strip_prefix('#') {
            Some(word) => word.to_owned(),
            None => value.to_string(),
        },
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(literal).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| format!("{name}: {}", literal(value)))
                .collect();
            format!("{{{}}}", fields.join(", "))
        }
        other => other.to_string(),
    }
}

/// A value as JSON has it.
fn plain(value: &Value) -> Value {
    match value {
        Value::String(text) => text.strip_prefix('#').unwrap_or(text).into(),
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), plain(value)))
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}
