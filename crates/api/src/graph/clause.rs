//! Clauses, and what a clause, target or deadline belongs to.

use super::{
    assignment::Assignment,
    citation::Citation,
    define::{Defaulted, graph_types, graph_values, rendered_choice},
    history::{Version, history},
    id::GlobalId,
    list::{All, One, all, one},
    plan::{Plan, Section},
    scalar::{SeqNumber, Shown},
    scope::Scope,
    task::Task,
    vocabulary::Valid,
};
use async_graphql::Union;
use domain::image::{self, ClauseRef};
use std::sync::Arc;
use uuid::Uuid;

graph_types! {
    /// 责任条款: the words that state who is responsible for a task, a section or a whole plan.
    type Clause(view, clause: ClauseRef) {
        /// The global id.
        id -> GlobalId = view.global_id(*clause);
        /// The clause's own key, the same in every view.
        key -> Shown<Uuid> = view.key(*clause);
        /// Its version: the seq since which it is known as it is.
        version -> SeqNumber = SeqNumber(view.version(*clause));
        /// What it governs.
        subject -> Subject = Subject::new(view, view.thing(*clause).subject);
        /// The words.
        citation -> One<'_, Citation> = one(view, view.thing(*clause).citation);
        /// The text that it governs, in the same document.
        scope -> Option<Extent> = view.thing(*clause).scope.map(|passage| Extent {
            start: passage.points.start,
            end: passage.points.end,
        });
        /// The words that carry the role, such as 按职责分工负责.
        form -> &str = view.string(view.thing(*clause).form);
        /// The name of the rule that found it.
        rule -> &str = view.string(view.thing(*clause).rule);
        /// 等、有关: whether the list of parties is not exhaustive.
        open -> bool = view.thing(*clause).open;
        /// Whether the words are damaged; they are kept as they are.
        garbled -> bool = view.thing(*clause).garbled;
        /// How sure the reading is, from 0 to 1.
        confidence -> f64 = view.thing(*clause).confidence.fraction();
        /// The assignments that it states, in the order of the text.
        assignments(#[graphql(desc = "Valid on the day that is asked about, or any.", default)] valid: Defaulted<Valid>) -> All<Assignment> =
            all(view, view.clause_assignments(*clause, valid.0.into()));
        /// What the register knew of it, version by version, newest first, up to what this view knows.
        history -> All<Version> = history(view, *clause);
    }
}

graph_values! {
    /// A stretch of a document's text.
    value Extent {
        /// Where it begins: a Unicode code point, counted from 0.
        start: u32,
        /// The first code point after it.
        end: u32,
    }
}

/// What a clause, a target or a deadline belongs to.
#[derive(Clone, Debug, Union)]
pub(crate) enum Subject {
    /// A whole plan.
    Plan(Plan),
    /// A section.
    Section(Section),
    /// A task.
    Task(Task),
}

rendered_choice!(Subject: Plan | Section | Task);

impl Subject {
    pub(crate) fn new(scope: &Arc<Scope>, subject: image::Subject) -> Self {
        match subject {
            image::Subject::Plan(plan) => Self::Plan(Plan::new(scope, plan)),
            image::Subject::Section(section) => Self::Section(Section::new(scope, section)),
            image::Subject::Task(task) => Self::Task(Task::new(scope, task)),
        }
    }
}
