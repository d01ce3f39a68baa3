//! Plans put together at random from what plans are made of say what they were put together from.
//!
//! Each part (bodies, lists, clauses, items, numbering, layout) is a strategy that knows what its words mean, so that what
//! works by itself is also tried beside everything else. `PROPTEST_CASES` tries more.

mod bodies;
mod clause;
mod damage;
mod grid;
mod plan;

use clause::Said;
use domain::{
    draft::{DraftClause, DraftParty},
    fold::fold,
};
use ingest::{Options, Reading, read};
use plan::Plan;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What is said of the task with these labels.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stated {
    path: Vec<String>,
    said: Said,
}

impl Stated {
    /// With its names as they are compared.
    fn plainly(&self) -> Self {
        let mut plain = self.clone();
        for (name, _) in &mut plain.said.parties {
            *name = damage::without(name);
        }
        plain
    }
}

/// Whether a rule for all tasks names the party, and the clause does not.
fn is_added(party: &DraftParty) -> bool {
    party
        .convention
        .is_some_and(|rule| rule.contains(party.span))
}

fn path(clause: &DraftClause) -> Vec<String> {
    clause.path.iter().map(|label| fold(label)).collect()
}

fn found(reading: &Reading) -> Vec<Stated> {
    let clauses = reading.draft.clauses.iter();
    let stated = clauses.map(|clause| {
        let own = clause.parties.iter().filter(|party| !is_added(party));
        let parties = own.map(|party| {
            let words = party.span.slice(&reading.text).unwrap();
            (damage::without(words), party.role)
        });
        Stated {
            path: path(clause),
            said: Said {
                parties: parties.collect(),
                open: clause.open,
                due: clause.deadline.as_ref().map(|due| (due.kind, due.date)),
            },
        }
    });
    stated.collect()
}

fn says(text: &str, plan: &Plan) -> Result<(), TestCaseError> {
    let reading = read(text.as_bytes(), &Options::default()).unwrap();
    let added = reading.draft.clauses.iter().flat_map(|clause| {
        let added = clause.parties.iter().filter(|party| is_added(party));
        added.map(|party| {
            let words = party.span.slice(&reading.text).unwrap();
            (path(clause), damage::without(words))
        })
    });
    let added: BTreeSet<_> = added.collect();
    let tasks = plan.stated.iter().map(|stated| &stated.path);
    let tasks = tasks.filter(|path| !plan.sections.contains(path));
    let everywhere = tasks.filter_map(|path| Some((path.clone(), plan.everywhere?.to_owned())));
    prop_assert_eq!(added, everywhere.collect::<BTreeSet<_>>(), "{}", text);
    let expected = &plan.stated;
    let found = found(&reading);
    let expected: Vec<_> = expected.iter().map(Stated::plainly).collect();
    prop_assert!(
        found == expected,
        "{text}\n\nis read as\n{}\n\nand says\n{}",
        lines(&found),
        lines(&expected)
    );
    Ok(())
}

/// A line for each.
fn lines(stated: &[Stated]) -> String {
    let lines = stated.iter().map(|Stated { path, said }| {
        let parties = said.parties.iter();
        let parties: Vec<_> = parties
            .map(|(name, role)| format!("{name} {role}"))
            .collect();
        let open = if said.open { ", open" } else { "" };
        let due = said.due.map(|due| format!(", {due:?}")).unwrap_or_default();
        format!("{}: {}{open}{due}", path.join("/"), parties.join(", "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

proptest! {
    #[test]
    fn a_plan_says_what_it_was_put_together_from(plan in plan::plan()) {
        says(&plan.text, &plan)?;
    }

    #[test]
    fn a_damaged_plan_says_the_same((plan, damage) in (plan::plan(), damage::damage())) {
        says(&damage.done_to(&plan.text), &plan)?;
    }

    #[test]
    fn a_table_says_what_it_was_put_together_from(plan in grid::table()) {
        says(&plan.text, &plan)?;
    }
}
