//! What lines must say of each other: references lead somewhere, parties stand in a tree, codes are given once.

use super::{
    Fault, Problem, Reader,
    lines::{Lines, Row, Verdict},
};
use domain::{
    command::load::{Origins, PartyRow},
    image::{self, Image},
};
use std::collections::{HashMap, HashSet};

impl Reader {
    /// Drops the rows that do not fit, and tells how many of them only refer to a bad line.
    pub(super) fn check(&mut self, before: &Origins) -> usize {
        let mut left_out = 0;
        let mut note = |(count, problems): (usize, Vec<Problem>)| {
            left_out += count;
            self.problems.extend(problems);
            count
        };

        let circular = circular(&self.parties);
        note(self.parties.sift(|_, line, _| {
            if circular.contains(&line) {
                Verdict::Wrong(Fault::ParentCycle)
            } else {
                Verdict::Keep
            }
        }));
        // What hangs on a row that was left out is found in the next round.
        let parent = |parties: &Lines<PartyRow>, _, row: &PartyRow| {
            row.parent.as_deref().map_or(Verdict::Keep, |key| {
                refers::<image::Party, _>("parent_id", key, parties, before)
            })
        };
        loop {
            let remaining = self.parties.iter().count();
            note(self.parties.sift(parent));
            if self.parties.iter().count() == remaining {
                break;
            }
        }

        let codes = first_lines(
            self.plans
                .iter()
                .map(|(line, plan)| (plan.code.as_str(), line)),
        );
        note(self.plans.sift(|_, line, row| match codes[&row.code] {
            first if first < line => Verdict::Wrong(Fault::DuplicateCode {
                code: row.code.clone(),
                first,
            }),
            _ => Verdict::Keep,
        }));
        note(self.plans.sift(|_, _, row| {
            row.owner.as_deref().map_or(Verdict::Keep, |key| {
                refers::<image::Party, _>("owner_party_id", key, &self.parties, before)
            })
        }));
        note(
            self.tasks.sift(|_, _, row| {
                refers::<image::Plan, _>("plan_id", &row.plan, &self.plans, before)
            }),
        );
        note(self.assignments.sift(|_, _, row| {
            let task = refers::<image::Task, _>("task_id", &row.task, &self.tasks, before);
            match refers::<image::Party, _>("party_id", &row.party, &self.parties, before) {
                Verdict::Keep => task,
                party => party,
            }
        }));
        left_out
    }
}

/// What becomes of a row that refers to the row `key` of another file.
fn refers<I: Image, R: Row>(
    field: &'static str,
    key: &str,
    lines: &Lines<R>,
    before: &Origins,
) -> Verdict {
    if lines.has(key) || before.find::<I>(key).is_some() {
        Verdict::Keep
    } else if lines.has_bad(key) {
        Verdict::LeaveOut
    } else {
        Verdict::Wrong(Fault::Dangling {
            field,
            key: key.to_owned(),
            file: R::FILE,
        })
    }
}

/// The line on which each code stands first.
fn first_lines<'a>(codes: impl Iterator<Item = (&'a str, u32)>) -> HashMap<String, u32> {
    let mut first = HashMap::new();
    for (code, line) in codes {
        first.entry(code.to_owned()).or_insert(line);
    }
    first
}

/// The lines of the parties that lie under themselves.
fn circular(parties: &Lines<PartyRow>) -> HashSet<u32> {
    let by_key: HashMap<&str, (u32, &PartyRow)> = parties
        .iter()
        .map(|(line, row)| (row.key.as_str(), (line, row)))
        .collect();
    let above = |(_, row): &(u32, &PartyRow)| by_key.get(row.parent.as_deref()?).copied();
    let mut walked = HashSet::new();
    let mut circular = HashSet::new();
    for start in parties.iter() {
        let mut path = vec![];
        for (line, _) in std::iter::successors(Some(start), above) {
            if !walked.insert(line) {
                // Only what this walk came by lies on the circle; else an earlier walk has found it.
                let circle = path.iter().position(|passed| *passed == line);
                circular.extend(circle.into_iter().flat_map(|from| path[from..].to_vec()));
                break;
            }
            path.push(line);
        }
    }
    circular
}
