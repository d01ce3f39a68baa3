//! Taking a register out: what a view holds, as rows for files. No file is known here.
//!
//! [`Contents`] says what is taken and in which order. There are two forms of it. [`table`] says everything, one table a
//! concept, each column said once. [`interchange`] is what loading is the inverse of: the rows of
//! [`crate::command::load`], and a count of what they cannot say.
//!
//! Both depend on nothing but the view, so the same view always gives the same rows: on either database, on every node and
//! after every start.

pub mod cell;
pub mod interchange;
mod key;
pub mod table;
mod unsaid;

pub use key::Keys;
pub use unsaid::{Unsaid, UnsaidCounts};

use crate::{
    image::{
        Assignment, AssignmentRef, Body, Image, Party, PartyRef, Plan, PlanRef, Task, TaskRef,
    },
    register::Ref,
    text::{CodePoints, Points, Sha256, Span},
    view::{Valid, View},
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::{cell::OnceCell, sync::Arc};

/// What is taken out of a register.
///
/// Things (plans, tasks, parties …) are all there, over as they may be, so that nothing refers to what is not. So is a
/// withdrawn one that something still refers to.
#[derive(Clone, Debug)]
pub struct Contents {
    /// The register as it was known at a seq; its day decides what each party is called.
    pub view: View,
    /// Which facts (assignments, names, targets, deadlines): those that hold on the view's day, or all.
    pub facts: Valid,
}

/// Long texts at hand, by digest.
#[derive(Clone, Debug, Default)]
pub struct LongTexts(FxHashMap<Sha256, LongText>);

#[derive(Clone, Debug)]
struct LongText {
    text: Arc<str>,
    /// Counted once, however many passages are asked for.
    points: OnceCell<CodePoints>,
}

impl FromIterator<(Sha256, Arc<str>)> for LongTexts {
    fn from_iter<T: IntoIterator<Item = (Sha256, Arc<str>)>>(texts: T) -> Self {
        let long = |(digest, text)| {
            let points = OnceCell::new();
            (digest, LongText { text, points })
        };
        Self(texts.into_iter().map(long).collect())
    }
}

/// A task's body is not among the texts at hand, or its span does not fit the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what a task says is not kept: the text {0} is missing or too short")]
pub struct BodyMissing(pub Sha256);

impl Contents {
    /// The parties, in directory order, each behind the one above it.
    pub fn parties(&self) -> Vec<PartyRef> {
        let mut parties = self.things::<Party>(|party| self.refers_to_party(party));
        parties.sort_unstable_by_key(|&party| (self.view.thing(party).position, party));
        parents_first(parties, |party| self.view.thing(party).parent)
    }

    /// The plans, in the order of recording.
    pub fn plans(&self) -> Vec<PlanRef> {
        self.things::<Plan>(|plan| !self.tasks(plan).is_empty())
    }

    /// The tasks of a plan, in its order.
    pub fn tasks(&self, plan: PlanRef) -> Vec<TaskRef> {
        self.view.plan_tasks(plan, Valid::Any)
    }

    /// The assignments of a task, in the order of the text.
    pub fn assignments(&self, task: TaskRef) -> Vec<AssignmentRef> {
        self.view.task_assignments(task, self.facts)
    }

    /// The long texts that [`Self::body`] needs for these tasks.
    pub fn body_texts(&self, tasks: &[TaskRef]) -> Vec<Sha256> {
        let text = |task: &TaskRef| self.body_text(&self.view.thing(*task));
        let mut texts: Vec<_> = tasks.iter().filter_map(text).collect();
        texts.sort_unstable();
        texts.dedup();
        texts
    }

    /// What a task says.
    pub fn body<'t>(
        &self,
        task: TaskRef,
        texts: &'t LongTexts,
    ) -> Result<Option<&'t str>, BodyMissing> {
        let body = self.passage(task, texts)?;
        Ok(body.map(|(text, span)| &text.text[span.range()]))
    }

    /// Where a document says so, if one does.
    fn body_points(&self, task: TaskRef, texts: &LongTexts) -> Result<Option<Points>, BodyMissing> {
        if !matches!(self.view.thing(task).body, Some(Body::Cited(..))) {
            return Ok(None);
        }
        let body = self.passage(task, texts)?;
        Ok(body.map(|(LongText { text, points }, span)| {
            points
                .get_or_init(|| CodePoints::of(text))
                .points(text, span)
        }))
    }

    /// The text that a task's body stands in, and a span that fits it.
    fn passage<'t>(
        &self,
        task: TaskRef,
        texts: &'t LongTexts,
    ) -> Result<Option<(&'t LongText, Span)>, BodyMissing> {
        let task = self.view.thing(task);
        let (Some(body), Some(digest)) = (task.body, self.body_text(&task)) else {
            return Ok(None);
        };
        let text = texts.0.get(&digest).ok_or(BodyMissing(digest))?;
        let span = match body {
            Body::Own(_) => Span::of(0..text.text.len()),
            Body::Cited(_, span) => span,
        };
        match span.slice(&text.text) {
            Some(_) => Ok(Some((text, span))),
            None => Err(BodyMissing(digest)),
        }
    }

    fn body_text(&self, task: &Task) -> Option<Sha256> {
        Some(match task.body? {
            Body::Own(digest) => self.view.register().digest(digest),
            Body::Cited(document, _) => self.view.thing(document).text,
        })
    }

    /// Everything of a kind that the view knows, and what was withdrawn where something still refers to it.
    fn things<I: Image>(&self, is_referred_to: impl Fn(Ref<I>) -> bool) -> Vec<Ref<I>> {
        let seq = self.view.seq();
        let table = I::table(&self.view.register().graph);
        let was_recorded =
            |thing: Ref<I>| table.versions(thing).any(|version| version.since <= seq);
        table
            .refs()
            .filter(|&thing| {
                self.view.get(thing).is_some() || (was_recorded(thing) && is_referred_to(thing))
            })
            .collect()
    }

    fn refers_to_party(&self, party: PartyRef) -> bool {
        let graph = &self.view.register().graph;
        let assigned = |image: Assignment| image.party == party;
        graph
            .party_assignments
            .of(party)
            .filter_map(|assignment| self.view.get(assignment))
            .any(assigned)
            || graph
                .party_children
                .of(party)
                .filter_map(|child| self.view.get(child))
                .any(|child| child.parent == Some(party))
            || self
                .view
                .known::<Plan>()
                .any(|(_, plan)| plan.owner == Some(party))
    }
}

/// The same things, each behind the one above it; for the rest their order stays.
fn parents_first<I>(things: Vec<Ref<I>>, parent: impl Fn(Ref<I>) -> Option<Ref<I>>) -> Vec<Ref<I>> {
    let listed: FxHashSet<_> = things.iter().copied().collect();
    let mut placed = FxHashSet::default();
    let mut order = Vec::with_capacity(things.len());
    for thing in things {
        let mut chain = vec![];
        let mut next = Some(thing);
        // A thing that lies under itself is walked once.
        while let Some(thing) = next.filter(|thing| listed.contains(thing)) {
            if !placed.insert(thing) {
                break;
            }
            chain.push(thing);
            next = parent(thing);
        }
        order.extend(chain.into_iter().rev());
    }
    order
}
