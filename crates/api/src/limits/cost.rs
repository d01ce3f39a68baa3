//! Counting what an operation asks for as if its fragments were expanded, without expanding them.

use super::{Limit, Limits};
use crate::error::{Code, Fault};
use async_graphql::{
    Name, Positioned, Value, Variables,
    parser::types::{
        Directive, ExecutableDocument, Field, FragmentDefinition, Selection, SelectionSet,
    },
};
use async_graphql_value::Value as InputValue;
use std::collections::HashMap;

/// The lists that the types of introspection have. They take no page size, and types lead to fields and fields to types,
/// so a few dozen bytes could ask for the whole schema many times over.
const SCHEMA_LISTS: [&str; 6] = [
    "types",
    "fields",
    "args",
    "inputFields",
    "interfaces",
    "possibleTypes",
];

/// What such a list counts for. The usual tools' query, three lists deep, stays within the default limit; four do not.
const SCHEMA_LIST_SIZE: u64 = 10;

/// The totals of a selection set and everything below it. Numbers that do not fit stay at the largest that does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Fields to answer, those below a page counted as often as the page has items.
    pub(super) fields: u64,
    /// Fields in the selection set itself.
    pub(super) width: u64,
    pub(super) aliases: u64,
    pub(super) directives: u64,
    /// Levels of selection sets, this one included.
    pub(super) height: usize,
    /// Whether the schema is asked for.
    pub(super) introspects: bool,
    /// Whether the items of a connection are selected in the selection set itself.
    paged: bool,
}

impl Tally {
    /// Counts another selection of the same set.
    fn add(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.width = self.width.saturating_add(other.width);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.height = self.height.max(other.height + 1);
        self.introspects |= other.introspects;
        self.paged |= other.paged;
    }
}

/// Counts the operations of one document; each fragment is counted once and remembered.
pub(super) struct Count<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    limits: &'a Limits,
    fragments: HashMap<&'a str, Progress>,
    /// Whether a variable says how large a page is.
    pub(super) varies: bool,
}

#[derive(Clone, Copy)]
enum Progress {
    /// It is being counted: whoever spreads it now is part of it.
    Begun,
    Done(Tally),
}

impl<'a> Count<'a> {
    pub(super) fn new(
        document: &'a ExecutableDocument,
        variables: &'a Variables,
        limits: &'a Limits,
    ) -> Self {
        Self {
            document,
            variables,
            limits,
            fragments: HashMap::new(),
            varies: false,
        }
    }

    /// Counts a selection set at a level, the operation's own being the first.
    ///
    /// Nothing recurses below the deepest level allowed, so a long chain of fragments cannot exhaust the stack.
    pub(super) fn selections(
        &mut self,
        set: &'a SelectionSet,
        level: usize,
    ) -> Result<Tally, Fault> {
        if level > self.limits.depth {
            return Err(self.too_deep(level));
        }
        let mut tally = Tally {
            height: 1,
            ..Tally::default()
        };
        for selection in &set.items {
            let below = match &selection.node {
                Selection::Field(field) => self.field(&field.node, level)?,
                Selection::InlineFragment(inline) => {
                    let set = &inline.node.selection_set.node;
                    with_directives(self.selections(set, level + 1)?, &inline.node.directives)
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name;
                    with_directives(self.fragment(name, level + 1)?, &spread.node.directives)
                }
            };
            tally.add(below);
        }
        Ok(tally)
    }

    fn field(&mut self, field: &'a Field, level: usize) -> Result<Tally, Fault> {
        let below = if field.selection_set.node.items.is_empty() {
            Tally::default()
        } else {
            self.selections(&field.selection_set.node, level + 1)?
        };
        let tally = Tally {
            fields: below
                .fields
                .saturating_mul(self.page_size(field, below.paged))
                .saturating_add(1),
            width: 1,
            aliases: below
                .aliases
                .saturating_add(u64::from(field.alias.is_some())),
            introspects: below.introspects
                || matches!(field.name.node.as_str(), "__schema" | "__type"),
            paged: matches!(field.name.node.as_str(), "edges" | "nodes"),
            ..below
        };
        Ok(with_directives(tally, &field.directives))
    }

    fn fragment(&mut self, name: &'a Positioned<Name>, level: usize) -> Result<Tally, Fault> {
        match self.fragments.get(name.node.as_str()) {
            Some(Progress::Done(tally)) => {
                let deepest = (level - 1).saturating_add(tally.height);
                if deepest > self.limits.depth {
                    return Err(self.too_deep(deepest));
                }
                return Ok(*tally);
            }
            Some(Progress::Begun) => {
                let message = format!("fragment \"{}\" is part of itself", name.node);
                return Err(Fault::new(Code::ValidationFailed, message).at(name.pos));
            }
            None => {}
        }
        // That a fragment is missing is for validation to say.
        let Some(definition) = self.document.fragments.get(&name.node) else {
            return Ok(Tally::default());
        };
        self.fragments.insert(&name.node, Progress::Begun);
        let FragmentDefinition {
            selection_set,
            directives,
            ..
        } = &definition.node;
        let tally = with_directives(self.selections(&selection_set.node, level)?, directives);
        self.fragments.insert(&name.node, Progress::Done(tally));
        Ok(tally)
    }

    /// How many items a field returns, as far as its arguments, its name or what is selected of it say.
    fn page_size(&mut self, field: &Field, paged: bool) -> u64 {
        let mut size = |argument| match &field.get_argument(argument)?.node {
            InputValue::Number(number) => number.as_u64(),
            InputValue::Variable(name) => {
                self.varies = true;
                match self.variables.get(name) {
                    Some(Value::Number(number)) => number.as_u64(),
                    _ => None,
                }
            }
            _ => None,
        };
        match size("first").max(size("last")) {
            Some(size) => size.max(1),
            None if paged => self.limits.page_size,
            None if SCHEMA_LISTS.contains(&field.name.node.as_str()) => SCHEMA_LIST_SIZE,
            None => 1,
        }
    }

    fn too_deep(&self, counted: usize) -> Fault {
        Limit::Depth.exceeded(format_args!("at least {counted}"), self.limits.depth)
    }
}

fn with_directives(tally: Tally, directives: &[Positioned<Directive>]) -> Tally {
    let count = directives.len() as u64;
    Tally {
        directives: tally.directives.saturating_add(count),
        ..tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;
    use proptest::prelude::*;
    use std::fmt::Write as _;

    /// A selection of a made-up document.
    #[derive(Clone, Debug)]
    enum Made {
        Field {
            alias: bool,
            first: Option<u64>,
            below: Vec<Made>,
        },
        Inline(Vec<Made>),
        /// Spreads the fragment this many after the one it stands in, if there is one.
        Spread(usize),
    }

    fn made() -> impl Strategy<Value = Made> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(|alias| Made::Field {
                alias,
                first: None,
                below: Vec::new(),
            }),
            (1..4_usize).prop_map(Made::Spread),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            let below = prop::collection::vec(inner, 1..4);
            let page = prop::option::of(0..20_u64);
            prop_oneof![
                (any::<bool>(), page, below.clone()).prop_map(|(alias, first, below)| {
                    Made::Field {
                        alias,
                        first,
                        below,
                    }
                }),
                below.prop_map(Made::Inline),
            ]
        })
    }

    /// Writes a selection set of the fragment with this number as GraphQL.
    fn write(set: &[Made], number: usize, fragments: usize, text: &mut String) {
        text.push_str("{ __typename ");
        for made in set {
            match made {
                Made::Field {
                    alias,
                    first,
                    below,
                } => {
                    text.push_str(if *alias { "other: some" } else { "some" });
                    if let Some(first) = first {
                        write!(text, "(first: {first})").unwrap();
                    }
                    text.push(' ');
                    if !below.is_empty() {
                        write(below, number, fragments, text);
                    }
                }
                Made::Inline(below) => {
                    text.push_str("... ");
                    write(below, number, fragments, text);
                }
                Made::Spread(after) if number + after < fragments => {
                    write!(text, "...F{} ", number + after).unwrap();
                }
                Made::Spread(_) => {}
            }
        }
        text.push_str("} ");
    }

    /// Fields, aliases and levels of a selection set, found by expanding every fragment wherever it is spread.
    fn expand(set: &[Made], number: usize, all: &[Vec<Made>]) -> (u64, u64, usize) {
        let (mut fields, mut aliases, mut height) = (1, 0, 1);
        for made in set {
            let (below, at) = match made {
                Made::Field { below, .. } | Made::Inline(below) => (below, number),
                Made::Spread(after) if number + after < all.len() => {
                    (&all[number + after], number + after)
                }
                Made::Spread(_) => continue,
            };
            let nothing = matches!(made, Made::Field { below, .. } if below.is_empty());
            let mut found = if nothing {
                (0, 0, 0)
            } else {
                expand(below, at, all)
            };
            if let Made::Field { alias, first, .. } = made {
                found.0 = found.0 * first.unwrap_or(1).max(1) + 1;
                found.1 += u64::from(*alias);
            }
            fields += found.0;
            aliases += found.1;
            height = height.max(found.2 + 1);
        }
        (fields, aliases, height)
    }

    proptest! {
        #[test]
        fn counting_each_fragment_once_gives_what_expanding_them_all_gives(
            sets in prop::collection::vec(prop::collection::vec(made(), 1..4), 1..7)
        ) {
            let mut text = String::new();
            for (number, set) in sets.iter().enumerate() {
                if number > 0 {
                    write!(text, "fragment F{number} on Query ").unwrap();
                }
                write(set, number, sets.len(), &mut text);
            }
            let document = parse_query(&text).unwrap();
            let (_, operation) = document.operations.iter().next().unwrap();
            let limits = Limits { depth: usize::MAX, ..Limits::default() };
            let variables = Variables::default();
            let tally = Count::new(&document, &variables, &limits)
                .selections(&operation.node.selection_set.node, 1)
                .unwrap();
            let counted = (tally.fields, tally.aliases, tally.height);
            prop_assert_eq!(counted, expand(&sets[0], 0, &sets), "{}", text);
        }
    }
}
