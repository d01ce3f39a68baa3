//! The ways in which a register comes to hold a history.

use crate::{
    dice::Dice,
    history::{History, Kept, register_id},
    naive::{Kind, Log},
};
use domain::{
    assignment::Assignment,
    change::{Change, Changeset},
    clause::Clause,
    deadline::Deadline,
    document::Document,
    party::{Party, PartyName},
    place::Place,
    plan::{Plan, Section},
    progress::ProgressReport,
    progress_rule::ProgressRule,
    register::{Compaction, Register, Tail, Writer},
    reorganization::Reorganization,
    standing::Standing,
    supervision::SupervisionCase,
    target::Target,
    task::Task,
    time::Seq,
};
use proptest::prelude::*;
use std::{collections::HashSet, sync::Arc};

/// What a server does at start, before it applies changeset after changeset.
#[derive(Clone, Copy, Debug)]
enum Start {
    /// Nothing: the register is new.
    Empty,
    /// The log is applied again.
    Replayed,
    /// The projection is read: table by table, each by seq and id.
    Loaded,
}

/// How a register comes to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Building {
    start: Start,
    /// How much of the history is there at start.
    known: prop::sample::Index,
    compacted: bool,
    /// Which parts are folded when, while the rest is applied.
    folding: u64,
    /// From which changeset on it is a branch, if it is one: the register that it was is written otherwise.
    branched: Option<prop::sample::Index>,
}

impl Arbitrary for Building {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;
    fn arbitrary_with((): ()) -> Self::Strategy {
        let start = prop_oneof![
            Just(Start::Empty),
            Just(Start::Replayed),
            Just(Start::Loaded)
        ];
        (
            start,
            any::<prop::sample::Index>(),
            any::<bool>(),
            any::<u64>(),
            any::<Option<prop::sample::Index>>(),
        )
            .prop_map(|(start, known, compacted, folding, branched)| Self {
                start,
                known,
                compacted,
                folding,
                branched,
            })
            .boxed()
    }
}

impl Building {
    /// A register that holds the whole history. `seen` is called with it after the start and after every changeset.
    pub(crate) fn build(
        self,
        history: &History,
        mut seen: impl FnMut(&Arc<Register>),
    ) -> Arc<Register> {
        let texts = Kept::new();
        let mut writer = Writer::new(register_id());
        let known = self.known.index(history.changesets.len() + 1);
        match self.start {
            Start::Empty => seen(writer.register()),
            Start::Replayed => {
                for changeset in &history.changesets[..known] {
                    writer
                        .apply(changeset, &texts)
                        .expect("the history is sound");
                }
            }
            Start::Loaded => {
                for (since, change) in by_table(&history.log, Seq(known as u32)) {
                    writer
                        .put(since, change, &texts)
                        .expect("the history is sound");
                }
                for changeset in &history.changesets[..known] {
                    writer.publish(changeset.recorded_at);
                }
            }
        }
        if self.compacted {
            writer = writer.compact();
        }
        seen(writer.register());
        let there = writer.register().seq().0 as usize;
        let mut dice = Dice::endless(self.folding);
        let mut folded = None;
        let branched = self
            .branched
            .map(|at| there + at.index(history.changesets.len() + 1 - there));
        for (number, changeset) in history.changesets.iter().enumerate().skip(there) {
            if branched == Some(number) {
                let mut trunk = std::mem::replace(&mut writer, Writer::new(register_id()));
                writer = trunk.branch();
                // Something else, which the branch is to see nothing of.
                let other = Changeset {
                    changes: changeset.changes.iter().take(1).cloned().collect(),
                    ..changeset.clone()
                };
                trunk
                    .apply(&other, &texts)
                    .expect("it begins as what is sound");
                folded = None;
            }
            // What is folded was begun some changesets ago: it is to catch up.
            if dice.below(3) == 0
                && let Some(folded) = folded.take()
            {
                assert!(writer.adopt(folded));
            }
            if folded.is_none() {
                let due = |tail: Tail| tail.is_any() && dice.below(4) == 0;
                folded = writer.compaction(due).map(Compaction::build);
            }
            writer
                .apply(changeset, &texts)
                .expect("the history is sound");
            seen(writer.register());
        }
        Arc::clone(writer.register())
    }
}

/// A log's changes up to `head`, as tables keep them: what refers behind what it refers to, and in a table by seq, new
/// facts before revised ones, and by id.
fn by_table(log: &Log, head: Seq) -> Vec<(Seq, &Change)> {
    fn table<'l, F: Kind>(log: &[&'l (Seq, Change)]) -> Vec<(Seq, &'l Change)> {
        let mut ids = HashSet::new();
        let rows = log.iter().filter_map(|(since, change)| {
            let id = F::edit(change)?.id;
            Some((*since, !ids.insert(id), id, change))
        });
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by_key(|(since, is_known, id, _)| (*since, *is_known, *id));
        rows.into_iter()
            .map(|(since, _, _, change)| (since, change))
            .collect()
    }
    let log: Vec<_> = log.iter().filter(|(since, _)| *since <= head).collect();
    let tables = [
        table::<Document>,
        table::<Place>,
        table::<Party>,
        table::<PartyName>,
        table::<Reorganization>,
        table::<Plan>,
        table::<Section>,
        table::<Task>,
        table::<Standing>,
        table::<Clause>,
        table::<Assignment>,
        table::<Target>,
        table::<Deadline>,
        table::<ProgressReport>,
        table::<SupervisionCase>,
        table::<ProgressRule>,
    ];
    tables.iter().flat_map(|table| table(&log)).collect()
}
