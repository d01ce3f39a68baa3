//! The facts of a draft, each with its key and what a person made of it.

use super::{
    super::{
        define::graph_types,
        document::Passage,
        list::{All, all},
        vocabulary::{Basis, DueKind, DueSource, Firmness, Mark, PartyKind, Reference, Role},
    },
    Sheet,
};
use domain::{
    draft,
    review::{Named, Noted},
};
use std::sync::Arc;

/// A fact and the draft that it belongs to.
pub(crate) type FactOf<T> = (Arc<Sheet>, Noted<T>);

/// Every fact of a list with its draft.
pub(super) fn each<'s, T: Clone>(
    sheet: &'s Arc<Sheet>,
    facts: &'s [Noted<T>],
) -> impl Iterator<Item = FactOf<T>> {
    facts.iter().map(|noted| (Arc::clone(sheet), noted.clone()))
}

/// Types of fact: what all have, said here once, and their own.
macro_rules! fact_types {
    ($view:ident, $it:ident; $(
        $(#[$doc:meta])*
        $name:ident of $fact:ty { $($own:tt)* }
    )*) => { graph_types! { $(
        $(#[$doc])*
        type $name($view, $it: FactOf<$fact>) {
            /// The fact's key within its draft: corrections name facts by it.
            key -> u32 = $it.1.key.0;
            /// What a person made of it.
            mark -> Mark = $it.1.mark.into();
            /// Whether somebody removed it: it will not be accepted then.
            removed -> bool = $it.1.removed;
            $($own)*
        }
    )* } };
}

fact_types! {
    view, it;

    /// A heading that is no task.
    DraftSection of draft::DraftSection {
        /// Its labels, outermost first.
        path -> Vec<String> = it.1.fact.path.clone();
        /// Its own words, without the label.
        title -> String = it.1.fact.title.clone();
        /// The heading with its label.
        words -> Passage = it.0.passage(it.1.fact.span);
        /// How sure the reading is, from 0 to 1.
        confidence -> f64 = it.1.fact.confidence.fraction();
        /// The name of the rule that found it.
        rule -> String = it.1.fact.rule.clone().into_owned();
    }

    /// A task as read.
    DraftTask of draft::DraftTask {
        /// Its labels, outermost first.
        path -> Vec<String> = it.1.fact.path.clone();
        /// The heading's own words.
        title -> String = it.1.fact.title.clone();
        /// The task with its heading and clauses.
        words -> Passage = it.0.passage(it.1.fact.span);
        /// What it says, without heading and clauses.
        body -> Option<Passage> = it.1.fact.body.map(|body| it.0.passage(body));
        /// How sure the reading is, from 0 to 1.
        confidence -> f64 = it.1.fact.confidence.fraction();
        /// The name of the rule that found it.
        rule -> String = it.1.fact.rule.clone().into_owned();
    }

    /// The words that state responsibility.
    DraftClause of draft::DraftClause {
        /// The labels of what it governs; empty for the whole plan.
        path -> Vec<String> = it.1.fact.path.clone();
        /// The words.
        words -> Passage = it.0.passage(it.1.fact.span);
        /// On which line of the text they begin, from 1.
        line -> usize = it.0.line(it.1.fact.span);
        /// The text that it governs.
        scope -> Option<Passage> = it.1.fact.scope.map(|scope| it.0.passage(scope));
        /// The words that carry the role.
        form -> String = it.1.fact.form.clone();
        /// Whether its list is not exhaustive (等).
        open -> bool = it.1.fact.open;
        /// Whether its words are damaged.
        garbled -> bool = it.1.fact.garbled;
        /// By when.
        deadline -> Option<DraftDue> = it.1.fact.deadline.clone()
            .map(|due| DraftDue::new(view, (Arc::clone(&it.0), due)));
        /// The parties that it names, in the order of the text.
        parties -> All<DraftParty> = {
            let parties = it.0.review().parties.iter();
            let own = parties.filter(|named| named.fact.clause == it.1.key);
            all(view, own.map(|named| (Arc::clone(&it.0), named.clone())))
        };
        /// How sure the reading is, from 0 to 1.
        confidence -> f64 = it.1.fact.confidence.fraction();
        /// The name of the rule that found it.
        rule -> String = it.1.fact.rule.clone().into_owned();
    }

    /// A party as a clause names it.
    DraftParty of Named {
        /// The name as written.
        words -> Passage = it.0.passage(it.1.fact.party.span);
        /// What it does.
        role -> Role = it.1.fact.party.role.into();
        /// On what that rests.
        basis -> Basis = it.1.fact.party.basis.into();
        /// How the text refers to it.
        reference -> Reference = it.1.fact.party.reference.into();
        /// What kind of body it is, from the name or the directory.
        kind -> PartyKind = it.1.fact.party.kind.into();
        /// The name with the level word or the jurisdiction that the text leaves out.
        full_name -> Option<String> = it.1.fact.party.full_name.clone();
        /// Where the document-wide rule stands, for basis CONVENTION.
        convention -> Option<Passage> = it.1.fact.party.convention.map(|span| it.0.passage(span));
        /// How sure the reading is, from 0 to 1.
        confidence -> f64 = it.1.fact.party.confidence.fraction();
    }

    /// A target as read.
    DraftTarget of draft::DraftTarget {
        /// The labels of the task or section it belongs to; null for the whole plan.
        path -> Option<Vec<String>> = it.1.fact.path.clone();
        /// The words.
        words -> Passage = it.0.passage(it.1.fact.span);
        /// The least, as decimal digits.
        min -> Option<String> = it.1.fact.min.as_ref().map(ToString::to_string);
        /// The most, as decimal digits.
        max -> Option<String> = it.1.fact.max.as_ref().map(ToString::to_string);
        /// The unit as written.
        unit -> Option<String> = it.1.fact.unit.clone();
        /// How firmly it is meant.
        firmness -> Firmness = it.1.fact.firmness.into();
        /// By when.
        due -> Option<DraftDue> = it.1.fact.due.clone()
            .map(|due| DraftDue::new(view, (Arc::clone(&it.0), due)));
        /// How sure the reading is, from 0 to 1.
        confidence -> f64 = it.1.fact.confidence.fraction();
        /// The name of the rule that found it.
        rule -> String = it.1.fact.rule.clone().into_owned();
    }

    /// A deadline of a task, a section or the whole plan.
    DraftDeadline of draft::DraftDeadline {
        /// The labels of what it belongs to; empty for the whole plan.
        path -> Vec<String> = it.1.fact.path.clone();
        /// By when.
        due -> DraftDue = DraftDue::new(view, (Arc::clone(&it.0), it.1.fact.due.clone()));
    }

    /// Responsibility said in prose.
    DraftMention of draft::DraftMention {
        /// The labels of the task or section in which it stands.
        path -> Vec<String> = it.1.fact.path.clone();
        /// The words.
        words -> Passage = it.0.passage(it.1.fact.span);
        /// How sure the reading is, from 0 to 1.
        confidence -> f64 = it.1.fact.confidence.fraction();
        /// The name of the rule that found it.
        rule -> String = it.1.fact.rule.clone().into_owned();
    }
}

graph_types! {
    /// A time that is set, as read.
    type DraftDue(view, due: (Arc<Sheet>, draft::DraftDue)) {
        /// The words.
        words -> Passage = due.0.passage(due.1.span);
        /// What they mean.
        kind -> DueKind = due.1.kind.into();
        /// A year, month or day, no more exact than the text: `2024`, `2023-12` or `2024-06-30`.
        date -> Option<String> = due.1.date.as_ref().map(ToString::to_string);
        /// Where it is said.
        source -> DueSource = due.1.source.into();
        /// How sure the reading is, from 0 to 1.
        confidence -> f64 = due.1.confidence.fraction();
    }
}
