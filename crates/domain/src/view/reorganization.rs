//! Reorganizations: which bodies went before a body, which came after it, and who stands for it on a day.

use super::{Valid, View};
use crate::{
    image::{AssignmentRef, PartyNameRef, PartyRef, Reorganization, ReorganizationRef},
    page::{self, BadPage, Cursor, Key, Page, PageRequest, Sorted},
    time::Day,
    vocabulary::ReorganizationKind,
};

/// Which reorganizations.
#[derive(Clone, Debug, Default)]
pub struct ReorganizationFilter {
    /// Of one of these kinds; of any if none is named.
    pub kinds: Vec<ReorganizationKind>,
    /// That this party is before or after.
    pub party: Option<PartyRef>,
    /// In effect on the view's day, or any.
    pub valid: Valid,
}

impl View {
    /// A page of reorganizations, by the day from which on they are in effect.
    pub fn reorganization_page(
        &self,
        filter: &ReorganizationFilter,
        request: &PageRequest,
    ) -> Result<Page<Reorganization>, BadPage> {
        let listed = self.reorganizations(filter).into_iter();
        let key = |reorganization| self.reorganization_key(reorganization);
        page::page(self, &Sorted::new(listed, key), request)
    }

    /// Where a reorganization stands in the list.
    pub fn reorganization_cursor(&self, reorganization: ReorganizationRef) -> Cursor {
        let key = |reorganization| self.reorganization_key(reorganization);
        page::cursor(self, &Sorted::new(std::iter::empty(), key), reorganization)
    }

    /// How many reorganizations.
    pub fn reorganization_count(&self, filter: &ReorganizationFilter) -> usize {
        self.reorganizations(filter).len()
    }

    /// The bodies that went before a party, the earliest first: those that it came from in reorganizations in effect on
    /// the view's day, or in any.
    pub fn party_predecessors(&self, party: PartyRef, valid: Valid) -> Vec<PartyRef> {
        let edges = &self.register().graph.reorganizations_to;
        let after = |image: &Reorganization| image.to.contains(&party);
        let found = self.successions(edges.of(party), after, valid);
        others(party, found.iter().flat_map(|image| &*image.from))
    }

    /// The bodies that came after a party, the earliest first.
    pub fn party_successors(&self, party: PartyRef, valid: Valid) -> Vec<PartyRef> {
        let edges = &self.register().graph.reorganizations_from;
        let before = |image: &Reorganization| image.from.contains(&party);
        let found = self.successions(edges.of(party), before, valid);
        others(party, found.iter().flat_map(|image| &*image.to))
    }

    /// Who stands for a party on the view's day: itself while it exists or if nobody came after it, else those who stand
    /// for its successors.
    pub fn party_heirs(&self, party: PartyRef) -> Vec<PartyRef> {
        let (mut heirs, mut asked) = (vec![], vec![party]);
        let mut next = 0;
        while let Some(&party) = asked.get(next) {
            next += 1;
            let successors = if self.thing(party).validity.contains(self.valid_on()) {
                vec![]
            } else {
                self.party_successors(party, Valid::OnDay)
            };
            if successors.is_empty() {
                heirs.push(party);
            }
            for successor in successors {
                if !asked.contains(&successor) {
                    asked.push(successor);
                }
            }
        }
        heirs
    }

    /// Whether a reorganization is done to a party, on whatever day.
    pub(crate) fn party_is_reorganized(&self, party: PartyRef) -> bool {
        let mut done = self.register().graph.reorganizations_from.of(party);
        done.any(|it| self.get(it).is_some_and(|it| it.from.contains(&party)))
    }

    /// The names of the bodies that went before a party, and of those before them, each with the first day on which it
    /// means this party.
    pub(crate) fn party_inherited_names(&self, party: PartyRef) -> Vec<(PartyNameRef, Day)> {
        let graph = &self.register().graph;
        let (mut names, mut asked) = (vec![], vec![(party, Day::BEGINNING)]);
        let mut next = 0;
        while let Some(&(party, day)) = asked.get(next) {
            next += 1;
            let after = |image: &Reorganization| image.to.contains(&party);
            let edges = graph.reorganizations_to.of(party);
            for image in self.successions(edges, after, Valid::Any) {
                let day = day.max(image.effective);
                for &before in &*image.from {
                    if asked.iter().all(|(known, _)| *known != before) {
                        asked.push((before, day));
                        let its = self.party_names(before, Valid::Any);
                        names.extend(its.into_iter().map(|name| (name, day)));
                    }
                }
            }
        }
        names
    }

    /// The assignments that continue a duty which a reorganization moved.
    pub fn assignment_heirs(&self, assignment: AssignmentRef, valid: Valid) -> Vec<AssignmentRef> {
        let mut heirs = self.task_assignments(self.thing(assignment).task, valid);
        heirs.retain(|&heir| {
            let inherits = self.thing(heir).inherits;
            inherits.is_some_and(|inherits| inherits.assignment == assignment)
        });
        heirs
    }

    /// What is known of these reorganizations, of those that make successors, by the day of effect.
    fn successions(
        &self,
        candidates: impl Iterator<Item = ReorganizationRef>,
        concerns: impl Fn(&Reorganization) -> bool,
        valid: Valid,
    ) -> Vec<Reorganization> {
        let mut found: Vec<_> = candidates
            .filter_map(|candidate| Some((candidate, self.get(candidate)?)))
            .filter(|(_, image)| {
                image.kind.has_successors()
                    && concerns(image)
                    && self.has_come(image.effective, valid)
            })
            .collect();
        found.sort_by_key(|(candidate, image)| (image.effective, *candidate));
        found.into_iter().map(|(_, image)| image).collect()
    }

    fn reorganizations(&self, filter: &ReorganizationFilter) -> Vec<ReorganizationRef> {
        let listed = |(_, image): &(ReorganizationRef, Reorganization)| {
            self.has_come(image.effective, filter.valid)
                && (filter.kinds.is_empty() || filter.kinds.contains(&image.kind))
                && filter
                    .party
                    .is_none_or(|party| image.from.contains(&party) || image.to.contains(&party))
        };
        let known = self.known::<Reorganization>().filter(listed);
        known.map(|(reorganization, _)| reorganization).collect()
    }

    fn reorganization_key(&self, reorganization: ReorganizationRef) -> Key<'_> {
        Key::Number(self.thing(reorganization).effective.number().into())
    }
}

/// The parties other than `party`, each once.
fn others<'a>(party: PartyRef, found: impl Iterator<Item = &'a PartyRef>) -> Vec<PartyRef> {
    let mut others = vec![];
    for &other in found {
        if other != party && !others.contains(&other) {
            others.push(other);
        }
    }
    others
}
