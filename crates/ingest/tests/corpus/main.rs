//! How well documents are read.
//!
//! The corpus beside this file holds documents in our own words with what they say (`facts`), at least one for each form
//! of clause, edge case and kind of damage that we know. The truth is written from the document alone, never from what
//! the reader makes of it. This test reads all of them, prints the tables and holds the reader to floors, which are raised
//! as it improves.
//!
//! ```sh
//! cargo test -p ingest --test corpus -- --nocapture            # the tables
//! REMIT_CORPUS=/path/to/folder cargo test -p ingest --test corpus -- --nocapture   # an office's own documents
//! REMIT_CORPUS_SHOW=2.3 cargo test -p ingest --test corpus -- --nocapture   # what was read differently in some cases
//! ```
//!
//! A folder of an office's own holds documents (`plan.txt`, or any format that is read) and beside each a file with the
//! same name and the ending `.facts`, in the notation of `facts.rs`; folders below it are read too. There the tables are
//! printed and nothing is asked of them.
//!
//! *Micro* sums over all facts, *macro* is the mean of the documents' F1. A clause is right if it has exactly the parties
//! that the text names in it; a pair is a task and a party that it names, a role is a pair with the role. What
//! document-wide rules add or raise is measured apart, as convention.
//!
//! *Calibration.* Every clause and every assignment that was read is put into a bucket by the clause's confidence, and
//! counts as right if the facts have it: the clause with exactly its parties, the assignment with its task, party and
//! role. Of those from 0.9 on 95 of 100 have to be right.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails, in its helpers too"
)]

mod align;
mod case;
mod facts;
mod found;
mod measure;
mod report;
mod score;
mod variant;

use case::{Case, cases};
use facts::Class;
use found::Found;
use measure::Measure;
use report::Sum;
use score::Score;
use std::{path::Path, sync::LazyLock};

/// The corpus of this repository, read once for all tests.
static OWN: LazyLock<Vec<(Case, Score)>> =
    LazyLock::new(|| all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/documents")));

fn scored(case: &Case, bytes: &[u8]) -> Score {
    Score::of(&case.facts, &Found::of(&case.read(bytes)))
}

fn all(folder: &Path) -> Vec<(Case, Score)> {
    let cases = cases(folder).into_iter();
    cases
        .map(|case| {
            let score = scored(&case, &case.bytes);
            (case, score)
        })
        .collect()
}

#[expect(clippy::print_stdout, reason = "the tables are what it is run for")]
fn print(folder: &Path, cases: &[(Case, Score)]) {
    println!("{}", report::table(cases));
    let clauses: Vec<_> = cases
        .iter()
        .flat_map(|(_, score)| score.clauses.clone())
        .collect();
    let assignments = cases
        .iter()
        .flat_map(|(_, score)| score.assignments.clone());
    let assignments: Vec<_> = assignments.collect();
    println!("{}", report::calibration(&clauses, &assignments));
    let show = std::env::var("REMIT_CORPUS_SHOW").ok();
    for (case, score) in cases {
        if show.as_ref().is_some_and(|part| case.name.contains(part)) {
            println!("{}/{}", folder.display(), case.name);
            for difference in &score.differences {
                println!("    {difference}");
            }
        }
    }
    for (case, _) in cases {
        if let Some(reason) = &case.facts.fails {
            println!("known to fail: {}: {reason}", case.name);
        }
    }
}

/// Says which documents are read otherwise where they are typed otherwise.
#[expect(clippy::print_stdout, reason = "the lines are what it is run for")]
fn print_variants(cases: &[(Case, Score)]) {
    for variant in variant::VARIANTS {
        let typed = |case: &Case| {
            let text = std::str::from_utf8(&case.bytes).ok()?;
            Some(scored(case, (variant.of)(text).as_bytes()))
        };
        let other = |(case, score): &&(Case, Score)| {
            typed(case).is_some_and(|typed| typed.counts() != score.counts())
        };
        for (case, _) in cases.iter().filter(other) {
            println!("otherwise in {}: {}", variant.name, case.name);
        }
    }
}

#[test]
fn documents_are_read_as_well_as_was_reached() {
    if let Some(folder) = std::env::var_os("REMIT_CORPUS") {
        let cases = all(Path::new(&folder));
        print(Path::new(&folder), &cases);
        print_variants(&cases);
        return;
    }
    let cases = &*OWN;
    print(Path::new("documents"), cases);
    let all = Sum::of(cases.iter().map(|(_, score)| score));
    let of = |class: Class| {
        let of_class = cases
            .iter()
            .filter(move |(case, _)| case.facts.class == class);
        Sum::of(of_class.map(|(_, score)| score))
    };
    // Clause, pair and role.
    for (sum, what, floors) in [
        (&all, "all", [0.99, 0.99, 0.99]),
        (&of(Class::Text), "text", [0.99, 0.99, 0.99]),
        (&of(Class::Line), "line", [0.99, 0.99, 0.99]),
        (&of(Class::Table), "table", [0.98, 0.98, 0.98]),
        (&of(Class::Damaged), "damaged", [0.98, 0.98, 0.98]),
    ] {
        for (measure, floor) in [Measure::Clause, Measure::Pair, Measure::Role]
            .into_iter()
            .zip(floors)
        {
            reaches(sum, what, measure, floor);
        }
    }
    for (measure, floor) in [
        (Measure::Convention, 0.95),
        (Measure::Deadline, 0.94),
        (Measure::Target, 0.95),
    ] {
        reaches(&all, "all", measure, floor);
    }
}

/// Micro and macro F1 are no lower than `floor`.
fn reaches(sum: &Sum, what: &str, measure: Measure, floor: f64) {
    for (f1, kind) in [
        (sum.micro(measure).f1(), "micro"),
        (sum.macro_f1(measure), "macro"),
    ] {
        assert!(
            f1 >= floor,
            "{kind} F1 of {measure:?} of {what}: {f1:.3} is below {floor}"
        );
    }
}

#[test]
fn every_case_is_read_right_but_those_that_are_known_to_fail() {
    let mut surprises = vec![];
    for (case, score) in &*OWN {
        match (&case.facts.fails, score.differences.as_slice()) {
            (None, []) | (Some(_), [_, ..]) => {}
            (Some(_), []) => surprises.push(format!(
                "{} is read right now: take the line `fails` out of its facts",
                case.name
            )),
            (None, differences) => {
                surprises.push(format!(
                    "{}:\n    {}",
                    case.name,
                    differences.join("\n    ")
                ));
            }
        }
    }
    assert!(surprises.is_empty(), "\n{}", surprises.join("\n"));
}

#[test]
fn sure_facts_are_right() {
    let cases = &*OWN;
    let clauses: Vec<_> = cases
        .iter()
        .flat_map(|(_, score)| score.clauses.clone())
        .collect();
    let assignments = cases
        .iter()
        .flat_map(|(_, score)| score.assignments.clone());
    let assignments: Vec<_> = assignments.collect();
    for (facts, what) in [(clauses, "clauses"), (assignments, "assignments")] {
        let right = report::right_where_sure(&facts);
        assert!(
            right >= 0.95,
            "of the sure {what} only {right:.3} are right"
        );
    }
}

#[test]
fn widths_line_ends_padding_and_script_make_no_difference() {
    let mut different = vec![];
    for (case, score) in &*OWN {
        let Ok(text) = std::str::from_utf8(&case.bytes) else {
            continue;
        };
        for variant in variant::VARIANTS {
            let other = scored(case, (variant.of)(text).as_bytes());
            if other.counts() != score.counts() {
                different.push(format!(
                    "{} in {}:\n    {}",
                    case.name,
                    variant.name,
                    other.differences.join("\n    ")
                ));
            }
        }
    }
    assert!(different.is_empty(), "\n{}", different.join("\n"));
}
