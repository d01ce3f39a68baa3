//! What lines must say of each other: references lead somewhere, parties stand in a tree, codes are given once.

use super::{
    Fault, Problem, Reader,
    lines::{Lines, Row, Standing, Verdict},
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
        let plan = |key: &str| or_before::<image::Plan>(self.plans.standing(key), key, before);
        note(self.tasks.sift(plan));
        let party = |key: &str| or_before::<image::Party>(self.parties.standing(key), key, before);
        let task = |key: &str, standing| or_before::<image::Task>(standing, key, before);
        note(self.assignments.sift(&self.tasks, task, party));
        left_out
    }
}

/// What a reference leads to, whether to the files or to what was loaded before.
fn or_before<I: Image>(in_files: Standing, key: &str, before: &Origins) -> Standing {
    match in_files {
        Standing::Good => Standing::Good,
        _ if before.find::<I>(key).is_some() => Standing::Good,
        other => other,
    }
}

/// What becomes of a row that refers to the row `key` of another file.
fn refers<I: Image, R: Row>(
    field: &'static str,
    key: &str,
    lines: &Lines<R>,
    before: &Origins,
) -> Verdict {
    match or_before::<I>(lines.standing(key), key, before) {
        Standing::Good => Verdict::Keep,
        Standing::Bad => Verdict::LeaveOut,
        Standing::Nowhere => Verdict::Wrong(Fault::dangling::<R>(field, key)),
    }
}

impl Fault {
    /// A reference to no row of the file of `R`.
    pub(super) fn dangling<R: Row>(field: &'static str, key: &str) -> Self {
        Self::Dangling {
            field,
            key: key.to_owned(),
            file: R::FILE,
        }
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
