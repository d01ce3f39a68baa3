//! Assignments: of a task, and of a party (its portfolio).

use super::{Valid, View};
use crate::{
    image::{Assignment, AssignmentRef, ClauseRef, PartyRef, PlanRef, Subject, TaskRef},
    page::{self, BadPage, Cursor, Key, List, Page, PageRequest},
    time::Seq,
    vocabulary::{Basis, Role},
};

/// Which assignments of a party.
#[derive(Clone, Debug, Default)]
pub struct AssignmentFilter {
    /// In one of these roles; in any if none is named.
    pub roles: Vec<Role>,
    /// On one of these bases; on any if none is named.
    pub bases: Vec<Basis>,
    /// In this plan.
    pub plan: Option<PlanRef>,
    /// Valid on the view's day, or any.
    pub valid: Valid,
}

impl View {
    /// The assignments of a task, in the order of the text.
    pub fn task_assignments(&self, task: TaskRef, valid: Valid) -> Vec<AssignmentRef> {
        let assignments = self.task_assignments_seen(task, valid).into_iter();
        assignments.map(|(assignment, _)| assignment).collect()
    }

    /// The same, each as this view knows it.
    pub fn task_assignments_seen(
        &self,
        task: TaskRef,
        valid: Valid,
    ) -> Vec<(AssignmentRef, Assignment)> {
        let mut assignments = Vec::with_capacity(8);
        self.see_task_assignments(task, valid, &mut assignments);
        assignments
    }

    /// The same, in place of what the list held.
    pub(crate) fn see_task_assignments(
        &self,
        task: TaskRef,
        valid: Valid,
        assignments: &mut Vec<(AssignmentRef, Assignment)>,
    ) {
        assignments.clear();
        for assignment in self.register().graph.task_assignments.of(task) {
            if let Some(image) = self.get(assignment)
                && self.lists(image.validity, valid)
            {
                assignments.push((assignment, image));
            }
        }
        let place =
            |(assignment, image): &(AssignmentRef, Assignment)| (image.position, *assignment);
        if !assignments.is_sorted_by_key(place) {
            assignments.sort_unstable_by_key(place);
        }
    }

    /// The assignments that a clause states, in the order of the plan and of the text. A task may have left the section
    /// whose clause names its parties.
    pub fn clause_assignments(&self, clause: ClauseRef, valid: Valid) -> Vec<AssignmentRef> {
        let tasks = match self.thing(clause).subject {
            Subject::Task(task) => vec![task],
            subject @ (Subject::Section(_) | Subject::Plan(_)) => {
                let plan = self.subject_plan(subject);
                self.register().graph.plan_tasks.of(plan).collect()
            }
        };
        let stated = |task: TaskRef| {
            let mut stated = self.task_assignments(task, valid);
            stated.retain(|&assignment| self.thing(assignment).clause == Some(clause));
            // Only now: a candidate may be a task that this view's register has never heard of.
            (!stated.is_empty()).then(|| (self.thing(task).position, task, stated))
        };
        let mut by_task: Vec<_> = tasks.into_iter().filter_map(stated).collect();
        by_task.sort_unstable_by_key(|&(position, task, _)| (position, task));
        by_task
            .into_iter()
            .flat_map(|(.., stated)| stated)
            .collect()
    }

    /// The changeset that designated a party, where an assignment rests on that.
    pub fn assignment_designation(&self, assignment: AssignmentRef) -> Option<Seq> {
        let versions = self.history(assignment).into_iter();
        let designated = versions.take_while(|version| {
            let fact = version.fact.as_ref();
            fact.is_some_and(|fact| fact.basis == Basis::Designated)
        });
        designated.last().map(|version| version.since)
    }

    /// A page of a party's assignments, in the order of recording.
    pub fn party_assignment_page(
        &self,
        party: PartyRef,
        filter: &AssignmentFilter,
        request: &PageRequest,
    ) -> Result<Page<Assignment>, BadPage> {
        page::page(
            self,
            &Portfolio {
                view: self,
                party,
                filter,
            },
            request,
        )
    }

    /// Where an assignment stands in its party's list.
    pub fn party_assignment_cursor(&self, assignment: AssignmentRef) -> Cursor {
        let party = self.thing(assignment).party;
        page::cursor(
            self,
            &Portfolio {
                view: self,
                party,
                filter: &AssignmentFilter::default(),
            },
            assignment,
        )
    }

    /// How many assignments a party has.
    pub fn party_assignment_count(&self, party: PartyRef, filter: &AssignmentFilter) -> usize {
        let graph = &self.register().graph;
        let question = format!("{party:?} {filter:?} {:?}", self.valid_on());
        // The plan of a task never changes, so this is a function of the assignment alone.
        let answers = |image: &Assignment| image.party == party && self.matches(image, filter);
        graph.assignments.count(question, self.seq(), answers, || {
            let listed = |assignment: &AssignmentRef| self.assignment_matches(*assignment, filter);
            graph.party_assignments.of(party).filter(listed).count()
        })
    }

    fn assignment_matches(&self, assignment: AssignmentRef, filter: &AssignmentFilter) -> bool {
        self.get(assignment)
            .is_some_and(|image| self.matches(&image, filter))
    }

    fn matches(&self, image: &Assignment, filter: &AssignmentFilter) -> bool {
        self.lists(image.validity, filter.valid)
            && (filter.roles.is_empty() || filter.roles.contains(&image.role))
            && (filter.bases.is_empty() || filter.bases.contains(&image.basis))
            && filter
                .plan
                .is_none_or(|plan| self.thing(image.task).plan == plan)
    }
}

/// A party's assignments. Its edges stand in the order of recording, so a page is entered by its cursor directly.
struct Portfolio<'v> {
    view: &'v View,
    party: PartyRef,
    filter: &'v AssignmentFilter,
}

impl<'v> List<'v, AssignmentRef> for Portfolio<'v> {
    fn key(&self, _: AssignmentRef) -> Key<'v> {
        Key::Recorded
    }

    fn after<'l>(
        &'l self,
        place: Option<&(Key<'v>, AssignmentRef)>,
    ) -> Box<dyn Iterator<Item = AssignmentRef> + 'l> {
        let edges = &self.view.register().graph.party_assignments;
        let matches =
            |assignment: &AssignmentRef| self.view.assignment_matches(*assignment, self.filter);
        match place {
            Some((_, after)) => Box::new(edges.after(self.party, *after).filter(matches)),
            None => Box::new(edges.of(self.party).filter(matches)),
        }
    }

    fn before<'l>(
        &'l self,
        place: Option<&(Key<'v>, AssignmentRef)>,
    ) -> Box<dyn Iterator<Item = AssignmentRef> + 'l> {
        let edges = &self.view.register().graph.party_assignments;
        let matches =
            |assignment: &AssignmentRef| self.view.assignment_matches(*assignment, self.filter);
        match place {
            Some((_, before)) => Box::new(edges.before(self.party, *before).filter(matches)),
            None => Box::new(edges.of_backward(self.party).filter(matches)),
        }
    }
}
