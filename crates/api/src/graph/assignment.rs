//! Assignments.

use super::{
    changeset::Changeset,
    citation::Citation,
    clause::Clause,
    connection::{Listed, connections},
    define::{Defaulted, graph_types},
    history::{Version, changeset, history},
    id::GlobalId,
    list::{All, One, all, one},
    party::Party,
    reorganization::Reorganization,
    scalar::{Date, SeqNumber, Shown, date},
    scope::{Seen, maybe},
    task::Task,
    vocabulary::{Basis, Reference, Role, Valid},
};
use domain::{
    image::{self, AssignmentRef, PartyRef},
    page::{BadPage, Cursor, Page, PageRequest},
    view::{AssignmentFilter, View},
};
use uuid::Uuid;

graph_types! {
    /// 责任分工: a party's role in a task, for a time, on somebody's authority.
    type Assignment(view, assignment: AssignmentRef => Seen<image::Assignment>) {
        /// The global id.
        id -> GlobalId = view.global_id(assignment.at);
        /// The assignment's own key, the same in every view.
        key -> Shown<Uuid> = view.key(assignment.at);
        /// Its version: the seq since which it is known as it is.
        version -> SeqNumber = SeqNumber(view.version(assignment.at));
        /// The task.
        task -> One<'_, Task> = one(view, assignment.task);
        /// The party.
        party -> One<'_, Party> = one(view, assignment.party);
        /// What the party does for the task.
        role -> Role = assignment.role.into();
        /// On what it rests. What was inferred is never shown as stated.
        basis -> Basis = assignment.basis.into();
        /// How the text refers to the party.
        reference -> Reference = assignment.reference.into();
        /// Its place among the assignments of the task, counted from 0.
        position -> u16 = assignment.position;
        /// The words that say so; null exactly where no document states it.
        citation -> Option<Citation> = maybe(view, assignment.citation);
        /// The party's name as written there.
        written -> Option<Citation> = maybe(view, assignment.written);
        /// The clause that states it.
        clause -> Option<Clause> = maybe(view, assignment.clause);
        /// The first day on which the party has the role; null if it always had.
        valid_from -> Option<Date> = date(assignment.validity.from);
        /// The first day on which it no longer has; null while no end is known.
        valid_to -> Option<Date> = date(assignment.validity.to);
        /// What the register knew of it, version by version, newest first, up to what this view knows.
        history -> All<Version> = history(view, assignment.at);
        /// 承继: the assignment that it continues, where a reorganization moved the duty here.
        inherits -> Option<Assignment> =
            maybe(view, assignment.inherits.map(|inherits| inherits.assignment));
        /// The reorganization that moved the duty here.
        reorganization -> Option<Reorganization> =
            maybe(view, assignment.inherits.map(|inherits| inherits.reorganization));
        /// The assignments that continue it, where a reorganization moved the duty on.
        inherited_by(
            #[graphql(desc = "Valid on the day that is asked about, or any.", default)] valid: Defaulted<Valid>,
        ) -> All<Assignment> = all(view, view.assignment_heirs(assignment.at, valid.0.into()));
    } stored {
        /// 认定: the changeset that designated the party: by whom, when and on whose authority. Null where the assignment
        /// rests on something else.
        designated_by -> Option<Changeset> = match view.assignment_designation(assignment.at) {
            Some(seq) => Ok(Some(changeset(view, seq).await?)),
            None => Ok(None),
        };
    }
}

connections! {
    /// Assignments of a party, page by page.
    AssignmentConnection, AssignmentEdge: Portfolio => Assignment;
}

/// A party's assignments, in the order of recording.
#[derive(Clone, Debug)]
pub(crate) struct Portfolio {
    pub(crate) party: PartyRef,
    pub(crate) filter: AssignmentFilter,
}

impl Listed for Portfolio {
    type Image = image::Assignment;
    fn page(&self, view: &View, request: &PageRequest) -> Result<Page<image::Assignment>, BadPage> {
        view.party_assignment_page(self.party, &self.filter, request)
    }
    fn count(&self, view: &View) -> usize {
        view.party_assignment_count(self.party, &self.filter)
    }
    fn cursor(&self, view: &View, assignment: AssignmentRef) -> Cursor {
        view.party_assignment_cursor(assignment)
    }
}
