//! The tables for people: quality by class and by form, and how far confidence can be trusted.

use crate::{
    case::Case,
    facts::Class,
    measure::{Count, Measure},
    score::Score,
};
use std::fmt::Write as _;

/// Cases that are summed up together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sum {
    documents: u32,
    counts: [Count; Measure::ALL.len()],
    /// The sums of the documents' F1, over documents that have such facts.
    macro_f1: [(f64, u32); Measure::ALL.len()],
}

impl Sum {
    pub(crate) fn of<'s>(scores: impl IntoIterator<Item = &'s Score>) -> Self {
        let mut sum = Self::default();
        for score in scores {
            sum.documents += 1;
            for (index, count) in score.counts().into_iter().enumerate() {
                sum.counts[index] += count;
                if !count.is_empty() {
                    sum.macro_f1[index].0 += count.f1();
                    sum.macro_f1[index].1 += 1;
                }
            }
        }
        sum
    }

    /// Over all facts alike.
    pub(crate) fn micro(&self, measure: Measure) -> Count {
        self.counts[measure as usize]
    }

    /// The mean of the documents' F1.
    pub(crate) fn macro_f1(&self, measure: Measure) -> f64 {
        match self.macro_f1[measure as usize] {
            (_, 0) => 1.0,
            (sum, documents) => sum / f64::from(documents),
        }
    }
}

/// All cases, by class and by form.
pub(crate) fn table(cases: &[(Case, Score)]) -> String {
    let mut out = String::new();
    let all = Sum::of(cases.iter().map(|(_, score)| score));
    line(
        &mut out,
        "measure",
        "right wrong missed precision recall F1 macroF1",
    );
    for measure in Measure::ALL {
        let count = all.micro(measure);
        let cells = format!(
            "{} {} {} {:.3} {:.3} {:.3} {:.3}",
            count.right,
            count.wrong,
            count.missed,
            count.precision(),
            count.recall(),
            count.f1(),
            all.macro_f1(measure),
        );
        line(&mut out, &format!("{measure:?}"), &cells);
    }
    out.push('\n');
    let heads =
        "documents clauses clause (macro) pair (macro) role (macro) convention deadline target";
    line(&mut out, "F1", heads);
    row(&mut out, "all", &all);
    for class in [
        Class::Text,
        Class::Line,
        Class::Table,
        Class::Damaged,
        Class::Scrambled,
    ] {
        let of_class = cases.iter().filter(|(case, _)| case.facts.class == class);
        let sum = Sum::of(of_class.map(|(_, score)| score));
        row(&mut out, &format!("{class:?}").to_lowercase(), &sum);
    }
    let mut forms: Vec<&str> = cases
        .iter()
        .flat_map(|(case, _)| case.facts.forms.iter().map(String::as_str))
        .collect();
    forms.sort_by_key(|form| numbers(form));
    forms.dedup();
    for form in forms {
        let shows = |case: &Case| case.facts.forms.iter().any(|shown| shown == form);
        let with_form = cases.iter().filter(|(case, _)| shows(case));
        row(&mut out, form, &Sum::of(with_form.map(|(_, score)| score)));
    }
    out
}

fn row(out: &mut String, name: &str, sum: &Sum) {
    if sum.documents == 0 {
        return;
    }
    let clauses = sum.micro(Measure::Clause);
    let mut cells = format!("{} {}", sum.documents, clauses.right + clauses.missed);
    for measure in [Measure::Clause, Measure::Pair, Measure::Role] {
        let (micro, mean) = (sum.micro(measure).f1(), sum.macro_f1(measure));
        write!(cells, " {micro:.3} {mean:.3}").expect("a string takes everything");
    }
    for measure in [Measure::Convention, Measure::Deadline, Measure::Target] {
        let count = sum.micro(measure);
        let cell = if count.is_empty() {
            "-".to_owned()
        } else {
            format!("{:.3}", count.f1())
        };
        write!(cells, " {cell}").expect("a string takes everything");
    }
    line(out, name, &cells);
}

fn line(out: &mut String, name: &str, cells: &str) {
    write!(out, "{name:<12}").expect("a string takes everything");
    for cell in cells.split(' ') {
        write!(out, "{cell:>11}").expect("a string takes everything");
    }
    out.push('\n');
}

/// 2.10 stands behind 2.9; words behind numbers.
fn numbers(form: &str) -> Vec<(u32, String)> {
    let parts = form.split('.');
    parts
        .map(|part| (part.parse().unwrap_or(u32::MAX), part.to_owned()))
        .collect()
}

/// The facts of which the reader was this sure, in percent from the first to below the last, and how many were right.
pub(crate) struct Bucket {
    from: u8,
    below: u8,
    facts: u32,
    right: u32,
}

/// From which confidence on a fact counts as sure.
pub(crate) const SURE: u8 = 90;

/// How often clauses and assignments of some confidence were right.
pub(crate) fn reliability(facts: &[(u8, bool)]) -> Vec<Bucket> {
    let bounds = [0, 50, 70, 80, SURE, 95, 101];
    let buckets = bounds.windows(2).map(|bounds| {
        let [from, below] = *bounds else {
            unreachable!("windows of two")
        };
        let within = facts
            .iter()
            .filter(|(sure, _)| (from..below).contains(sure));
        let number = |n: usize| u32::try_from(n).expect("a corpus has far fewer facts");
        Bucket {
            from,
            below,
            facts: number(within.clone().count()),
            right: number(within.filter(|(_, right)| *right).count()),
        }
    });
    buckets.collect()
}

/// The share that is right of the facts from [`SURE`] on.
pub(crate) fn right_where_sure(facts: &[(u8, bool)]) -> f64 {
    let sure = reliability(facts)
        .into_iter()
        .filter(|bucket| bucket.from >= SURE);
    let (facts, right) = sure.fold((0, 0), |(facts, right), bucket| {
        (facts + bucket.facts, right + bucket.right)
    });
    if facts == 0 {
        1.0
    } else {
        f64::from(right) / f64::from(facts)
    }
}

/// The reliability of clauses and of assignments, as a table.
pub(crate) fn calibration(clauses: &[(u8, bool)], assignments: &[(u8, bool)]) -> String {
    let mut out = String::new();
    line(
        &mut out,
        "confidence",
        "clauses right share assignments right share",
    );
    let share = |bucket: &Bucket| match bucket.facts {
        0 => "-".to_owned(),
        facts => format!("{:.3}", f64::from(bucket.right) / f64::from(facts)),
    };
    for (clause, assignment) in reliability(clauses).iter().zip(reliability(assignments)) {
        let name = format!("{}..{}", clause.from, clause.below);
        let cells = format!(
            "{} {} {} {} {} {}",
            clause.facts,
            clause.right,
            share(clause),
            assignment.facts,
            assignment.right,
            share(&assignment)
        );
        line(&mut out, &name, &cells);
    }
    let sure = format!(
        "{:.3} {:.3}",
        right_where_sure(clauses),
        right_where_sure(assignments)
    );
    line(&mut out, "sure, right", &sure);
    out
}
