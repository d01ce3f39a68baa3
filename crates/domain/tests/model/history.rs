//! Random histories, such as a register's log may hold.
//!
//! A history is made step by step out of numbers, each step a fact recorded, revised or withdrawn. What the rules of the
//! commands forbid but a register must still answer for (a plan's code given twice, parties that are withdrawn while
//! they are assigned, validities that never hold) happens here, too.

mod invent;

use crate::{
    dice::Dice,
    naive::{Kind, Lists, Log},
};
use domain::{
    assignment::Assignment,
    change::{Actor, Authentication, Change, Changeset, Proposal},
    clause::Clause,
    deadline::Deadline,
    document::Document,
    id::RegisterId,
    party::{Party, PartyName},
    place::Place,
    plan::{Plan, Section},
    progress::ProgressReport,
    progress_rule::ProgressRule,
    register::Texts,
    reorganization::Reorganization,
    standing::Standing,
    supervision::SupervisionCase,
    target::Target,
    task::Task,
    text::Sha256,
    time::{Day, Instant, Seq},
};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// How many days there are in a history: few, so that their boundaries are hit.
pub(crate) const DAYS: i32 = 8;

/// Day number `n` of a history.
pub(crate) fn day(n: i32) -> Day {
    Day::from_number(19_000 + n)
}

pub(crate) fn register_id() -> RegisterId {
    Uuid::from_u128(7).into()
}

/// The texts that documents have.
pub(crate) const TEXTS: [&str; 3] = [
    "由市科技局牵头，濱海新區配合（等）。到2024年建成5个。",
    "abc",
    "各区按职责分工负责。",
];

/// What one step of a history does, before it is known what there is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) what: u8,
    pub(crate) how: u128,
}

#[derive(Clone, Copy)]
enum Verb {
    Record,
    Revise,
    Withdraw,
}

/// A log, changeset by changeset.
#[derive(Debug)]
pub(crate) struct History {
    pub(crate) changesets: Vec<Changeset>,
    /// The same, flat.
    pub(crate) log: Log,
}

impl History {
    /// Takes the steps that are possible, those of one list as one changeset.
    pub(crate) fn new(steps: &[Vec<Step>]) -> Self {
        let mut lists = Lists::default();
        let mut history = Self {
            changesets: vec![],
            log: vec![],
        };
        for steps in steps {
            let mut changes: Vec<Change> = vec![];
            for (n, step) in (0..).zip(steps) {
                let id = Uuid::from_u128(history.first_id() | n);
                let change = change(step, id, &lists);
                // A changeset says of each thing once what becomes of it.
                if let Some(change) = change
                    && changes.iter().all(|earlier| earlier.id() != change.id())
                {
                    lists.take(&change);
                    changes.push(change);
                }
            }
            if !changes.is_empty() {
                history.append(changes);
            }
        }
        history
    }

    fn next_seq(&self) -> Seq {
        Seq(self.changesets.len() as u32 + 1)
    }

    /// Ids grow within a changeset. One that was made earlier may be committed later.
    fn first_id(&self) -> u128 {
        let Seq(seq) = self.next_seq();
        let made = if seq % 4 == 0 { seq - 3 } else { seq + 1 };
        u128::from(made) << 64 | u128::from(seq) << 32
    }

    fn append(&mut self, changes: Vec<Change>) {
        let seq = self.next_seq();
        self.log
            .extend(changes.iter().map(|change| (seq, change.clone())));
        self.changesets.push(changeset(seq, changes));
    }
}

/// A changeset of these changes.
pub(crate) fn changeset(seq: Seq, changes: Vec<Change>) -> Changeset {
    let proposal = Proposal {
        actor: Actor {
            subject: "local:test".to_owned(),
            authentication: Authentication::Local,
        },
        action: "history.made".to_owned(),
        reason: None,
        authority: None,
        idempotency_key: None,
        changes,
    };
    Changeset::new(register_id(), seq, Instant(i64::from(seq.0) * 10), proposal)
}

fn change(step: &Step, id: Uuid, lists: &Lists) -> Option<Change> {
    // More of what there is more of.
    const KINDS: [OfKind; 28] = [
        of_kind::<Document>,
        of_kind::<Place>,
        of_kind::<Party>,
        of_kind::<PartyName>,
        of_kind::<Plan>,
        of_kind::<Section>,
        of_kind::<Task>,
        of_kind::<Clause>,
        of_kind::<Assignment>,
        of_kind::<Target>,
        of_kind::<Deadline>,
        of_kind::<Assignment>,
        of_kind::<Task>,
        of_kind::<Assignment>,
        of_kind::<Party>,
        of_kind::<Assignment>,
        of_kind::<PartyName>,
        of_kind::<Task>,
        of_kind::<Assignment>,
        of_kind::<Section>,
        of_kind::<Reorganization>,
        of_kind::<Reorganization>,
        of_kind::<Standing>,
        of_kind::<Standing>,
        of_kind::<ProgressReport>,
        of_kind::<ProgressReport>,
        of_kind::<SupervisionCase>,
        of_kind::<ProgressRule>,
    ];
    let mut what = Dice::new(step.what.into());
    let kind = KINDS[what.below(KINDS.len())];
    let verb = match what.below(12) {
        0..8 => Verb::Record,
        8..11 => Verb::Revise,
        _ => Verb::Withdraw,
    };
    kind(verb, id, lists, &mut Dice::new(step.how)).or_else(|| missing(id, lists))
}

/// What there must be before there can be more.
fn missing(id: Uuid, lists: &Lists) -> Option<Change> {
    let record = |kind: OfKind| kind(Verb::Record, id, lists, &mut Dice::new(0));
    if lists.ids::<Party>().is_empty() {
        record(of_kind::<Party>)
    } else if lists.ids::<Plan>().is_empty() {
        record(of_kind::<Plan>)
    } else if lists.ids::<Document>().is_empty() {
        record(of_kind::<Document>)
    } else if lists.ids::<Task>().is_empty() {
        record(of_kind::<Task>)
    } else {
        None
    }
}

/// A change of a fact of one kind, if one is possible.
type OfKind = fn(Verb, Uuid, &Lists, &mut Dice) -> Option<Change>;

fn of_kind<F: Invent>(verb: Verb, id: Uuid, lists: &Lists, dice: &mut Dice) -> Option<Change> {
    if let Verb::Record = verb {
        return Some(Change::record(id.into(), F::invent(None, lists, dice)?));
    }
    let id = dice.pick(&lists.ids::<F>())?;
    let before = lists.get::<F>(id).cloned();
    match (verb, before) {
        (Verb::Withdraw, before) => Some(Change::withdraw(id, before?)),
        (_, Some(before)) => {
            let after = F::invent(Some((id, &before)), lists, dice)?;
            Some(Change::revise(id, before, after))
        }
        // What was withdrawn may be recorded again after all.
        (_, None) => {
            let last = lists.thing::<F>(id);
            Some(Change::record(
                id,
                F::invent(Some((id, last)), lists, dice)?,
            ))
        }
    }
}

/// A kind of fact that can be made up.
trait Invent: Kind {
    /// A fact, or what else could be so of a fact there is; nothing where what it would refer to is missing.
    fn invent(known: Option<(Self::Id, &Self)>, lists: &Lists, dice: &mut Dice) -> Option<Self>;
}

/// The texts of the documents, where a register finds them.
pub(crate) struct Kept(HashMap<Sha256, Arc<str>>);

impl Kept {
    pub(crate) fn new() -> Self {
        let kept = TEXTS.map(|text| (Sha256::of(text.as_bytes()), Arc::from(text)));
        Self(kept.into())
    }

    /// The words of a document with this digest.
    pub(crate) fn words(&self, digest: Sha256) -> &str {
        &self.0[&digest]
    }
}

impl Texts for Kept {
    fn text(&self, digest: Sha256) -> Option<Arc<str>> {
        self.0.get(&digest).cloned()
    }
}
