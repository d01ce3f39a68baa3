//! What of a document was read right.

use crate::{
    align::aligned,
    facts::{Clause, DocumentRule, Due, Facts, Path},
    found::{DuePlace, Found, FoundClause, figure},
    measure::{Count, Measure},
};
use domain::vocabulary::{Basis, Role};
use std::{
    collections::BTreeSet,
    ops::{Index, IndexMut},
};

/// The score of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Score {
    counts: [Count; Measure::ALL.len()],
    /// What was read differently, for people.
    pub(crate) differences: Vec<String>,
    /// Every clause and every assignment that was read: how sure the reader was, in percent, and whether it was right.
    pub(crate) clauses: Vec<(u8, bool)>,
    pub(crate) assignments: Vec<(u8, bool)>,
}

impl Index<Measure> for Score {
    type Output = Count;
    fn index(&self, measure: Measure) -> &Count {
        &self.counts[measure as usize]
    }
}

impl IndexMut<Measure> for Score {
    fn index_mut(&mut self, measure: Measure) -> &mut Count {
        &mut self.counts[measure as usize]
    }
}

impl Score {
    pub(crate) fn of(facts: &Facts, found: &Found) -> Self {
        let mut score = Self::default();
        let pairs = aligned(&facts.clauses, &found.clauses);
        score.clauses(facts, found, &pairs);
        score.assignments(facts, found, &pairs);
        score.conventions(facts, found, &pairs);
        for (clause, other) in facts.clauses.iter().zip(&pairs) {
            if let Some(other) = *other {
                score.details(clause, &found.clauses[other]);
            }
        }
        score.persons(facts, found, &pairs);
        score.deadlines(facts, found);
        score.targets(facts, found);
        score.prose(facts, found);
        score
    }

    pub(crate) fn counts(&self) -> [Count; Measure::ALL.len()] {
        self.counts
    }

    fn clauses(&mut self, facts: &Facts, found: &Found, pairs: &[Option<usize>]) {
        for (clause, other) in facts.clauses.iter().zip(pairs) {
            let said = stated(clause);
            if said.is_empty() {
                continue;
            }
            let read = other.map(|other| named(&found.clauses[other]));
            let right = read.as_ref() == Some(&said);
            if right {
                self[Measure::Clause].right += 1;
            } else {
                self[Measure::Clause].missed += 1;
                let read = read.map_or("nothing".to_owned(), |names| list(&names));
                let difference =
                    format!("clause {}: {} was read as {read}", clause.path, list(&said));
                self.differences.push(difference);
            }
        }
        for (index, clause) in found.clauses.iter().enumerate() {
            let of = pairs.iter().position(|other| *other == Some(index));
            if named(clause).is_empty() {
                continue;
            }
            let right = of.is_some_and(|of| stated(&facts.clauses[of]) == named(clause));
            self.clauses.push((clause.confidence, right));
            if !right {
                self[Measure::Clause].wrong += 1;
            }
            if of.is_none() {
                let names = list(&named(clause));
                let difference = format!("clause {}: {names} is none", clause.path.join("/"));
                self.differences.push(difference);
            }
        }
    }

    /// Pairs of task and party, with and without the role. A pair counts once, in however many clauses of its task it stands.
    fn assignments(&mut self, facts: &Facts, found: &Found, pairs: &[Option<usize>]) {
        let mut said: Vec<Said> = vec![];
        for (clause, other) in facts.clauses.iter().zip(pairs) {
            let task = match &clause.path {
                Path::Labels(labels) => labels.clone(),
                // Above its own labels a task stands where the reader puts it, if it found the clause.
                Path::EndsWith(labels) => other
                    .map(|other| &found.clauses[other].path)
                    .filter(|path| path.ends_with(labels))
                    .unwrap_or(labels)
                    .clone(),
            };
            let parties = clause.parties.iter();
            for party in parties.filter(|party| party.rule != DocumentRule::AddsParty) {
                said.push(Said {
                    task: task.clone(),
                    name: &party.name,
                    roles: &party.roles,
                });
            }
        }
        let mut read = vec![];
        for clause in &found.clauses {
            for party in clause.parties.iter().filter(|party| !party.added) {
                let right = said.iter().any(|said| {
                    said.is(&clause.path, &party.name) && said.roles.contains(&party.role)
                });
                self.assignments.push((clause.confidence, right));
                read.push((&clause.path, &party.name, party.role));
            }
        }
        let pairs_said: BTreeSet<_> = said.iter().map(|said| (&said.task, said.name)).collect();
        let pairs_read: BTreeSet<_> = read.iter().map(|read| (read.0, read.1.as_str())).collect();
        self[Measure::Pair] = Count {
            right: count(pairs_said.intersection(&pairs_read)),
            wrong: count(pairs_read.difference(&pairs_said)),
            missed: count(pairs_said.difference(&pairs_read)),
        };
        let read: BTreeSet<_> = read.into_iter().collect();
        let roles_said: BTreeSet<_> = said.iter().collect();
        for one in &roles_said {
            let right = |read: &&(&Vec<String>, &String, Role)| {
                one.is(read.0, read.1) && one.roles.contains(&read.2)
            };
            if read.iter().any(|read| right(&read)) {
                self[Measure::Role].right += 1;
            } else {
                self[Measure::Role].missed += 1;
                let Said { task, name, roles } = one;
                let role = roles[0];
                let difference = format!("{}: {name} ({role}) is missing", task.join("/"));
                self.differences.push(difference);
            }
        }
        for (task, name, role) in &read {
            if !said
                .iter()
                .any(|said| said.is(task, name) && said.roles.contains(role))
            {
                self[Measure::Role].wrong += 1;
                let difference = format!("{}: {name} ({role}) is wrong", task.join("/"));
                self.differences.push(difference);
            }
        }
    }

    fn conventions(&mut self, facts: &Facts, found: &Found, pairs: &[Option<usize>]) {
        let mut said = BTreeSet::new();
        for (index, clause) in facts.clauses.iter().enumerate() {
            for party in clause
                .parties
                .iter()
                .filter(|party| party.rule != DocumentRule::None)
            {
                said.insert((index, party.name.as_str()));
            }
        }
        let mut read = BTreeSet::new();
        for (index, other) in found.clauses.iter().enumerate() {
            // A clause that is none keeps its own number, behind those of the facts.
            let of = pairs.iter().position(|pair| *pair == Some(index));
            let of = of.unwrap_or(facts.clauses.len() + index);
            for party in other
                .parties
                .iter()
                .filter(|party| party.basis == Basis::Convention)
            {
                read.insert((of, party.name.as_str()));
            }
        }
        self[Measure::Convention] = Count {
            right: count(said.intersection(&read)),
            wrong: count(read.difference(&said)),
            missed: count(said.difference(&read)),
        };
        for (index, name) in said.difference(&read) {
            let task = &facts.clauses[*index].path;
            let difference = format!("{task}: {name} by convention is missing");
            self.differences.push(difference);
        }
        for (_, name) in read.difference(&said) {
            self.differences
                .push(format!("{name} by convention is wrong"));
        }
    }

    fn details(&mut self, clause: &Clause, found: &FoundClause) {
        self.detail(Measure::Open, clause.open == found.open, || {
            format!("clause {}: open is {}", clause.path, found.open)
        });
        if clause.garbled {
            self.detail(Measure::Problem, found.garbled, || {
                format!("clause {}: is not said to be garbled", clause.path)
            });
        }
        for party in &clause.parties {
            let Some(other) = found.parties.iter().find(|other| other.name == party.name) else {
                continue;
            };
            self.detail(
                Measure::Reference,
                party.reference == other.reference,
                || format!("{} is read as {}", party.name, other.reference),
            );
            if let Some(full) = &party.full_name {
                self.detail(
                    Measure::FullName,
                    other.full_name.as_ref() == Some(full),
                    || format!("{} is {full}, not {:?}", party.name, other.full_name),
                );
            }
        }
    }

    fn detail(&mut self, measure: Measure, right: bool, difference: impl FnOnce() -> String) {
        self[measure] += Count::of(right);
        if !right {
            self.differences.push(difference());
        }
    }

    fn persons(&mut self, facts: &Facts, found: &Found, pairs: &[Option<usize>]) {
        let numbered = |index: usize, names: &[String]| -> Vec<(usize, String)> {
            names.iter().map(|name| (index, name.clone())).collect()
        };
        let said = facts.clauses.iter().enumerate();
        let said: BTreeSet<_> = said
            .flat_map(|(index, clause)| numbered(index, &clause.persons))
            .collect();
        let read = found.clauses.iter().enumerate();
        let read: BTreeSet<_> = read
            .flat_map(|(index, clause)| {
                let of = pairs.iter().position(|pair| *pair == Some(index));
                numbered(of.unwrap_or(facts.clauses.len() + index), &clause.persons)
            })
            .collect();
        self[Measure::Person] = Count {
            right: count(said.intersection(&read)),
            wrong: count(read.difference(&said)),
            missed: count(said.difference(&read)),
        };
        let missed = said.difference(&read);
        let missed = missed.map(|(_, name)| format!("the leader {name} is missing"));
        self.differences.extend(missed);
        let wrong = read.difference(&said);
        let wrong = wrong.map(|(_, name)| format!("{name} is no leader"));
        self.differences.extend(wrong);
    }

    fn deadlines(&mut self, facts: &Facts, found: &Found) {
        let in_clauses = facts.clauses.iter();
        let in_clauses =
            in_clauses.filter_map(|clause| clause.due.as_ref().map(|due| (&clause.path, due)));
        let beside = facts.deadlines.iter().map(|(path, due)| (path, due));
        let mut free: Vec<bool> = vec![true; found.deadlines.len()];
        for (path, due) in in_clauses.chain(beside) {
            let same = |(index, other): &(usize, &crate::found::FoundDue)| {
                let placed = other.place == DuePlace::Target || path.is(&other.path);
                free[*index] && placed && is_due(due, &other.due)
            };
            if let Some((index, _)) = found.deadlines.iter().enumerate().find(same) {
                free[index] = false;
                self[Measure::Deadline].right += 1;
            } else {
                self[Measure::Deadline].missed += 1;
                let difference = format!("{}: the deadline {} is missing", path, due.words);
                self.differences.push(difference);
            }
        }
        for (other, free) in found.deadlines.iter().zip(free) {
            let counts = match other.place {
                DuePlace::Clause => true,
                DuePlace::Beside => facts.complete.deadlines,
                DuePlace::Target => false,
            };
            if free && counts {
                self[Measure::Deadline].wrong += 1;
                let task = other.path.join("/");
                let Due { kind, date, words } = &other.due;
                let date = date.map(|date| date.to_string()).unwrap_or_default();
                let difference =
                    format!("{task}: {words} ({kind} {date}) is no deadline, or another");
                self.differences.push(difference);
            }
        }
    }

    fn targets(&mut self, facts: &Facts, found: &Found) {
        let mut free: Vec<bool> = vec![true; found.targets.len()];
        for (path, said) in &facts.targets {
            let bounds = figure(said.min.as_ref(), said.max.as_ref(), &said.unit);
            let same = |(index, other): &(usize, &crate::found::FoundTarget)| {
                free[*index]
                    && path.is(&other.path)
                    && bounds == other.figure
                    && overlap(&said.words, &other.words)
            };
            if let Some((index, _)) = found.targets.iter().enumerate().find(same) {
                free[index] = false;
                self[Measure::Target].right += 1;
            } else {
                self[Measure::Target].missed += 1;
                let difference = format!("{}: the target {} is missing", path, said.words);
                self.differences.push(difference);
            }
        }
        if facts.complete.targets {
            for (other, _) in found.targets.iter().zip(free).filter(|(_, free)| *free) {
                self[Measure::Target].wrong += 1;
                let task = other.path.join("/");
                let difference = format!(
                    "{task}: {} {:?} is no target, or another",
                    other.words, other.figure
                );
                self.differences.push(difference);
            }
        }
    }

    fn prose(&mut self, facts: &Facts, found: &Found) {
        for words in &facts.mentions {
            let right = found.mentions.iter().any(|other| overlap(words, other));
            self.detail(Measure::Mention, right, || {
                format!("the mention {words} is missing")
            });
        }
        for code in &facts.problems {
            let right = found.problems.contains(code);
            self.detail(Measure::Problem, right, || {
                format!("the problem {code} is missing")
            });
        }
    }
}

/// A task and a party with the roles that are right for it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Said<'f> {
    task: Vec<String>,
    name: &'f str,
    roles: &'f [Role],
}

impl Said<'_> {
    fn is(&self, task: &[String], name: &str) -> bool {
        self.task == task && self.name == name
    }
}

fn count<T>(facts: impl Iterator<Item = T>) -> u32 {
    u32::try_from(facts.count()).expect("a corpus has far fewer facts")
}

/// The names that a clause states itself.
fn stated(clause: &Clause) -> BTreeSet<&str> {
    let parties = clause.parties.iter();
    let stated = parties.filter(|party| party.rule != DocumentRule::AddsParty);
    stated.map(|party| party.name.as_str()).collect()
}

fn named(clause: &FoundClause) -> BTreeSet<&str> {
    let parties = clause.parties.iter().filter(|party| !party.added);
    parties.map(|party| party.name.as_str()).collect()
}

fn list(names: &BTreeSet<&str>) -> String {
    names.iter().copied().collect::<Vec<_>>().join("、")
}

fn is_due(said: &Due, read: &Due) -> bool {
    said.kind == read.kind && said.date == read.date && overlap(&said.words, &read.words)
}

/// Whether one of the two holds the other.
fn overlap(one: &str, other: &str) -> bool {
    one.contains(other) || other.contains(one)
}
