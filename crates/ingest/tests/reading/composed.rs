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
use domain::fold::fold;
use ingest::{Options, Reading, read};
use plan::Plan;
use proptest::prelude::*;

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

fn found(reading: &Reading) -> Vec<Stated> {
    let clauses = reading.draft.clauses.iter();
    let stated = clauses.map(|clause| {
        let parties = clause.parties.iter().map(|party| {
            let words = party.span.slice(&reading.text).unwrap();
            (damage::without(words), party.role)
        });
        Stated {
            path: clause.path.iter().map(|label| fold(label)).collect(),
            said: Said {
                parties: parties.collect(),
                open: clause.open,
                due: clause.deadline.as_ref().map(|due| (due.kind, due.date)),
            },
        }
    });
    stated.collect()
}

fn says(text: &str, expected: &[Stated]) -> Result<(), TestCaseError> {
    let reading = read(text.as_bytes(), &Options::default()).unwrap();
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
        let Plan { text, stated } = plan;
        says(&text, &stated)?;
    }

    #[test]
    fn a_damaged_plan_says_the_same((plan, damage) in (plan::plan(), damage::damage())) {
        let Plan { text, stated } = plan;
        says(&damage.done_to(&text), &stated)?;
    }

    #[test]
    fn a_table_says_what_it_was_put_together_from(plan in grid::table()) {
        let Plan { text, stated } = plan;
        says(&text, &stated)?;
    }
}
