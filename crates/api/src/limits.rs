//! What one GraphQL request may ask for, found out before the engine sees it and without doing the work; and, as a
//! last resort, what its answer may grow to.
//!
//! The engine has limits of its own, but it expands fragments to check them, so a page of nested fragments keeps it
//! busy for minutes. Here every fragment is counted once.

mod budget;
mod cost;
mod lexical;

pub(crate) use budget::Budget;

use crate::error::{Code, Fault};
use async_graphql::{Variables, parser::types::ExecutableDocument};

/// The limits on one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the document.
    pub bytes: usize,
    /// Names, values and signs in the document.
    pub tokens: usize,
    /// Levels of selections, a fragment being a level too.
    ///
    /// The engine has a recursion limit of its own with another message: build the schema with
    /// `limit_recursive_depth` set to this.
    pub depth: usize,
    /// Fields that an operation could be answered with: all those selected, those of a page counted for each item.
    pub complexity: u64,
    /// Fields and items of lists that an answer may really have, counted while it is made.
    pub answer: u64,
    /// Items that a connection is taken to have if neither `first` nor `last` is given; the graph's own default.
    pub page_size: u64,
    /// Fields under another name.
    pub aliases: u64,
    /// Directives.
    pub directives: u64,
    /// Fields at the root of an operation.
    pub root_fields: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 * 1024,
            tokens: 5_000,
            depth: 32,
            complexity: 100_000,
            answer: 1_000_000,
            page_size: u64::from(domain::page::DEFAULT_SIZE),
            aliases: 100,
            directives: 100,
            root_fields: 30,
        }
    }
}

/// What was learnt about a document that is within the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Findings {
    /// Whether it asks for the schema.
    pub(crate) introspects: bool,
    /// Whether it may ask for more with other values for its variables.
    pub(crate) varies: bool,
}

impl Limits {
    /// Looks at the text of a document, so that what the parser gets is of bounded size and nesting.
    pub(crate) fn check_source(&self, source: &str) -> Result<(), Fault> {
        refuse_above(Limit::Bytes, source.len(), self.bytes)?;
        let scan = lexical::scan(source);
        refuse_above(Limit::Tokens, scan.tokens, self.tokens)?;
        refuse_above(Limit::Brackets, scan.brackets, lexical::MAX_BRACKETS)
    }

    /// Counts what the operations of a parsed document ask for.
    pub(crate) fn check_document(
        &self,
        document: &ExecutableDocument,
        variables: &Variables,
    ) -> Result<Findings, Fault> {
        let mut count = cost::Count::new(document, variables, self);
        let mut introspects = false;
        for (_, operation) in document.operations.iter() {
            let tally = count
                .selections(&operation.node.selection_set.node, 1)
                .map_err(|fault| fault.at(operation.pos))?;
            self.check_operation(&tally)
                .map_err(|fault| fault.at(operation.pos))?;
            introspects |= tally.introspects;
        }
        let varies = count.varies;
        Ok(Findings {
            introspects,
            varies,
        })
    }

    fn check_operation(&self, tally: &cost::Tally) -> Result<(), Fault> {
        refuse_above(Limit::RootFields, tally.width, self.root_fields)?;
        refuse_above(Limit::Aliases, tally.aliases, self.aliases)?;
        refuse_above(Limit::Directives, tally.directives, self.directives)?;
        refuse_above(Limit::Complexity, tally.fields, self.complexity)
    }
}

#[derive(Clone, Copy)]
enum Limit {
    Bytes,
    Tokens,
    Brackets,
    Depth,
    Complexity,
    Answer,
    Aliases,
    Directives,
    RootFields,
}

impl Limit {
    /// What is counted, and what a client does about it.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Bytes => (
                "bytes in the document",
                "pass long values as variables and ask for less at once",
            ),
            Self::Tokens => (
                "tokens in the document",
                "pass lists of values as variables and ask for less at once",
            ),
            Self::Brackets => ("brackets open at once", "nest values and selections less"),
            Self::Depth => (
                "levels of selections, fragments included",
                "follow fewer connections in one request",
            ),
            Self::Complexity => (
                "fields to answer, pages multiplied by their size",
                "ask for smaller pages or for fewer fields of each item",
            ),
            Self::Answer => (
                "fields and items in the answer",
                "ask for smaller pages and for fewer lists within lists",
            ),
            Self::Aliases => (
                "aliases, fragments expanded",
                "use a filter or a list where one field is asked for many times",
            ),
            Self::Directives => (
                "directives, fragments expanded",
                "leave out what is not wanted instead of skipping it",
            ),
            Self::RootFields => (
                "fields at the root, fragments expanded",
                "spread them over several requests",
            ),
        }
    }

    fn exceeded(self, counted: impl std::fmt::Display, allowed: impl std::fmt::Display) -> Fault {
        let (unit, remedy) = self.words();
        Fault::new(
            Code::LimitExceeded,
            format!("{counted} {unit}, and no more than {allowed} are allowed: {remedy}"),
        )
    }
}

fn refuse_above<N: PartialOrd + std::fmt::Display>(
    limit: Limit,
    counted: N,
    allowed: N,
) -> Result<(), Fault> {
    if counted > allowed {
        return Err(limit.exceeded(counted, allowed));
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests;
