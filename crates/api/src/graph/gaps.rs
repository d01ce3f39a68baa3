//! 缺口: what a plan leaves open.

use super::{
    assignment::Assignment,
    citation::Citation,
    clause::Clause,
    define::{Defaulted, graph_types, graph_values},
    draft::confidence,
    list::{All, all},
    plan::Plan,
    scope::{Scope, maybe},
    target::Target,
    task::Task,
    vocabulary::{GapKind, domain as words_of},
};
use domain::{
    gaps::{self, GapFilter, GapOf},
    image::{PartyRef, PlanRef, SectionRef},
    page::MAX_SIZE,
};
use std::sync::Arc;

/// The gaps that an answer is about.
pub(crate) fn gaps(
    scope: &Arc<Scope>,
    (plan, section, party): (Option<PlanRef>, Option<SectionRef>, Option<PartyRef>),
    kinds: Option<Vec<GapKind>>,
    sure_from: Option<f64>,
) -> Gaps {
    let filter = GapFilter {
        plan,
        section,
        party,
        kinds: words_of(kinds),
        sure_from: sure_from.map_or(GapFilter::SURE_FROM, confidence),
    };
    Gaps::new(scope, filter.into())
}

graph_types! {
    /// 缺口: what plans leave open. Only what is in force on the day that is asked about is looked at, and a plan that is over
    /// only where it is named.
    type Gaps(view, filter: Arc<GapFilter>) {
        /// How many there are of each kind that was asked for, in the order of the kinds. Every plan is searched.
        counts -> Vec<GapCount> = {
            let counts = view.gap_counts(filter).into_iter();
            let asked = counts.filter(|(kind, _)| filter.kinds.is_empty() || filter.kinds.contains(kind));
            asked.map(|(kind, count)| GapCount { kind: kind.into(), count }).collect()
        };
        /// The gaps, plan by plan; in a plan by kind, and of a kind as the plan has them.
        list(
            #[graphql(desc = "How many to skip.", default)]
            offset: Defaulted<usize>,
            #[graphql(desc = "How many to show; 100 if no number is given, at most 1000.")]
            first: Option<usize>,
        ) -> All<Gap> = {
            let gaps = view.gaps(filter).skip(offset.0);
            all(view, gaps.take(first.unwrap_or(100).min(MAX_SIZE as usize)))
        };
    }

    /// Something that a plan leaves open.
    type Gap(view, gap: gaps::Gap) {
        /// What is missing.
        kind -> GapKind = gap.kind.into();
        /// The plan.
        plan -> Plan = Plan::new(view, gap.plan);
        /// The task that it is missing from or that the thing belongs to, if it is about one task; of an unknown party the
        /// first that names it.
        task -> Option<Task> = maybe(view, view.gap_task(gap));
        /// The clause, of an open list and of one that was read without certainty.
        clause -> Option<Clause> = match gap.of {
            GapOf::Clause(clause) => Some(Clause::new(view, clause)),
            _ => None,
        };
        /// The target that nobody answers for.
        target -> Option<Target> = match gap.of {
            GapOf::Target(target) => Some(Target::new(view, target)),
            _ => None,
        };
        /// The duty of a body that is over; of an unknown party, the duty in which the plan names it first.
        assignment -> Option<Assignment> = match gap.of {
            GapOf::Assignment(assignment) | GapOf::Party { named_in: assignment, .. } => {
                Some(Assignment::new(view, assignment))
            }
            _ => None,
        };
        /// The words that show it: a document's where one says them, else what the thing is called.
        words -> &str = view.gap_words(gap);
        /// Where a document says these words; null where none does.
        citation -> Option<Citation> = maybe(view, view.gap_citation(gap));
        /// What would close it.
        remedy -> Remedy = {
            let gaps::Remedy { command, text } = view.gap_remedy(gap);
            Remedy { mutation: command.to_owned(), text: text.to_owned() }
        };
    }
}

graph_values! {
    /// How many gaps there are of a kind.
    value GapCount {
        /// The kind.
        kind: GapKind,
        /// How many.
        count: usize,
    }

    /// What would close a gap.
    value Remedy {
        /// The mutation that does it.
        mutation: String,
        /// What is to be done.
        text: String,
    }
}
