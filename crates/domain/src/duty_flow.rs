//! 职责流转: how duties began, ended and passed on, period by period.

use crate::{
    calendar::Period,
    image::{AssignmentRef, PartyRef, PlanRef, ReorganizationRef},
    time::Day,
    view::{Valid, View},
    vocabulary::Basis,
};

/// How duties moved in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyFlow {
    /// The period.
    pub period: Period,
    /// How many began.
    pub begun: u32,
    /// How many of those rest on a designation.
    pub designated: u32,
    /// How many of those that began continue a duty that a reorganization moved.
    pub inherited: u32,
    /// How many ended.
    pub ended: u32,
    /// How many of those that ended are continued by another body.
    pub handed_over: u32,
    /// From whom the inherited ones came, in the order of the bodies and of what moved them.
    pub inherited_from: Vec<Handover>,
    /// To whom those that were handed over went.
    pub handed_over_to: Vec<Handover>,
}

/// Duties that a reorganization moved from one body to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Handover {
    /// Whose they were.
    pub from: PartyRef,
    /// Whose they are.
    pub to: PartyRef,
    /// What moved them.
    pub by: ReorganizationRef,
    /// How many.
    pub duties: u32,
}

impl View {
    /// How the duties of a party moved in so many periods, from one on, as far as this view knows; also in days to come.
    pub fn party_duty_flow(&self, party: PartyRef, periods: (Period, u16)) -> Vec<DutyFlow> {
        let assignments = self.register().graph.party_assignments.of(party);
        self.duty_flow(assignments, periods)
    }

    /// How the duties in a plan moved.
    pub fn plan_duty_flow(&self, plan: PlanRef, periods: (Period, u16)) -> Vec<DutyFlow> {
        let tasks = self.plan_tasks(plan, Valid::Any).into_iter();
        let assignments = tasks.flat_map(|task| self.register().graph.task_assignments.of(task));
        self.duty_flow(assignments, periods)
    }

    fn duty_flow(
        &self,
        assignments: impl Iterator<Item = AssignmentRef>,
        (first, count): (Period, u16),
    ) -> Vec<DutyFlow> {
        let flow = |period| DutyFlow {
            period,
            begun: 0,
            designated: 0,
            inherited: 0,
            ended: 0,
            handed_over: 0,
            inherited_from: vec![],
            handed_over_to: vec![],
        };
        let mut flows: Vec<_> = first.and_on(count).map(flow).collect();
        let place = |day: Day| {
            let since = Period::of(first.kind(), day)?.since(first);
            usize::try_from(since)
                .ok()
                .filter(|at| *at < usize::from(count))
        };
        for assignment in assignments {
            let Some(image) = self.get(assignment) else {
                continue;
            };
            if image.validity.is_empty() {
                continue;
            }
            if let Some(at) = place(image.validity.from) {
                let flow = &mut flows[at];
                flow.begun += 1;
                flow.designated += u32::from(image.basis == Basis::Designated);
                if let Some(inherits) = image.inherits {
                    flow.inherited += 1;
                    let from = self.thing(inherits.assignment).party;
                    let handover = (from, image.party, inherits.reorganization);
                    add(&mut flow.inherited_from, handover);
                }
            }
            if let Some(at) = place(image.validity.to) {
                let flow = &mut flows[at];
                flow.ended += 1;
                let mut heirs = self.assignment_heirs(assignment, Valid::Any);
                heirs.retain(|&heir| !self.thing(heir).validity.is_empty());
                flow.handed_over += u32::from(!heirs.is_empty());
                for heir in heirs.into_iter().map(|heir| self.thing(heir)) {
                    let Some(inherits) = heir.inherits else {
                        continue;
                    };
                    let handover = (image.party, heir.party, inherits.reorganization);
                    add(&mut flow.handed_over_to, handover);
                }
            }
        }
        for flow in &mut flows {
            flow.inherited_from.sort_unstable();
            flow.handed_over_to.sort_unstable();
        }
        flows
    }
}

fn add(handovers: &mut Vec<Handover>, (from, to, by): (PartyRef, PartyRef, ReorganizationRef)) {
    let known = handovers
        .iter_mut()
        .find(|it| (it.from, it.to, it.by) == (from, to, by));
    match known {
        Some(known) => known.duties += 1,
        None => handovers.push(Handover {
            from,
            to,
            by,
            duties: 1,
        }),
    }
}
