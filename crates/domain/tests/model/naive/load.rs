//! What parties have to do, what falls due, how duties moved, how far targets are reached.

use super::{Moment, chosen, plan::id, sorted};
use domain::{
    assignment::Assignment,
    calendar::Period,
    deadline::Deadline,
    id::{
        AssignmentId, DeadlineId, PartyId, PlanId, ProgressReportId, ReorganizationId, TargetId,
        TaskId,
    },
    missing::MissingFilter,
    party::Party,
    plan::Plan,
    progress::{ProgressReport, Reported},
    register::Register,
    target::Target,
    task::Task,
    time::{Day, Validity},
    view::{DeadlineFilter, Valid},
    vocabulary::{Basis, Light, Role, TaskStatus},
    workload::{WorkloadFilter, WorkloadOrder},
};

/// Duties, tasks, and these by role, status and light; missing reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Load {
    pub(crate) duties: usize,
    pub(crate) tasks: usize,
    pub(crate) roles: Vec<usize>,
    pub(crate) statuses: Vec<usize>,
    pub(crate) lights: Vec<usize>,
    pub(crate) missing: usize,
}

/// From whom, to whom, by what, how many.
pub(crate) type Moved = (PartyId, PartyId, ReorganizationId, usize);

/// Begun, designated, inherited, ended, handed over; from whom and to whom.
pub(crate) type Flow = ([usize; 5], Vec<Moved>, Vec<Moved>);

impl Moment<'_> {
    /// The duties that hold on one of the days, of tasks that are then in force, one after the other.
    pub(crate) fn load(&self, party: PartyId, plan: Option<PlanId>, days: Validity) -> Load {
        let duties = self.lists.known::<Assignment>().filter(|(_, it)| {
            let task = self.lists.get::<Task>(it.task);
            it.party == party
                && task.is_some_and(|task| {
                    plan.is_none_or(|plan| task.plan == plan)
                        && (days.from.number()..days.to.number())
                            .map(Day::from_number)
                            .any(|day| it.validity.contains(day) && task.validity.contains(day))
                })
        });
        self.load_of(party, &duties.map(|(id, _)| id).collect::<Vec<_>>())
    }

    fn load_of(&self, party: PartyId, duties: &[AssignmentId]) -> Load {
        let fact = |id: &AssignmentId| self.lists.thing::<Assignment>(*id);
        let mut tasks: Vec<TaskId> = duties.iter().map(|id| fact(id).task).collect();
        tasks.sort_unstable();
        tasks.dedup();
        let with = |is: &dyn Fn(TaskId) -> bool| tasks.iter().filter(|task| is(**task)).count();
        let roles = Role::ALL.iter();
        let statuses = TaskStatus::ALL.iter();
        let lights = Light::ALL.iter();
        let missing = tasks.iter().map(|task| {
            let missing = self.missing_reports(*task).into_iter();
            missing.filter(|id| fact(id).party == party).count()
        });
        Load {
            roles: roles
                .map(|role| duties.iter().filter(|id| fact(id).role == *role).count())
                .collect(),
            statuses: statuses
                .map(|status| with(&|task| self.task_status(task) == *status))
                .collect(),
            lights: lights
                .map(|light| with(&|task| self.task_light(task) == Some(*light)))
                .collect(),
            missing: missing.sum(),
            duties: duties.len(),
            tasks: tasks.len(),
        }
    }

    /// Who has anything to do today, the most burdened first; equals in the order of recording.
    pub(crate) fn loads(
        &self,
        register: &Register,
        filter: &WorkloadFilter,
        order: WorkloadOrder,
    ) -> Vec<(PartyId, Load)> {
        let plan = id(register, filter.plan);
        let load = |party: PartyId| {
            let duties = self.lists.known::<Assignment>().filter(|(_, it)| {
                it.party == party
                    && self.lists(it.validity, Valid::OnDay)
                    && chosen(&filter.roles, &it.role)
                    && chosen(&filter.kinds, &self.lists.thing::<Party>(party).kind)
                    && self.lists.get::<Task>(it.task).is_some_and(|task| {
                        self.lists(task.validity, Valid::OnDay)
                            && plan.is_none_or(|plan| task.plan == plan)
                    })
            });
            self.load_of(party, &duties.map(|(id, _)| id).collect::<Vec<_>>())
        };
        let parties = self.lists.ids::<Party>().into_iter();
        let mut loads: Vec<_> = parties
            .map(|party| (party, load(party)))
            .filter(|(_, load)| load.duties > 0)
            .collect();
        loads.sort_by_key(|(_, load)| {
            std::cmp::Reverse(match order {
                WorkloadOrder::Duties => [0, 0, load.duties],
                WorkloadOrder::Late => [load.lights[2], load.lights[1], load.duties],
            })
        });
        loads
    }

    /// By last day; those without one last.
    pub(crate) fn deadlines_due(
        &self,
        register: &Register,
        filter: &DeadlineFilter,
    ) -> Vec<DeadlineId> {
        let (plan, party) = (id(register, filter.plan), id(register, filter.party));
        let governs_work_of = |party: PartyId, deadline: DeadlineId| {
            self.lists.known::<Assignment>().any(|(_, it)| {
                let task = self.lists.get::<Task>(it.task);
                it.party == party
                    && self.lists(it.validity, Valid::OnDay)
                    && task.is_some_and(|task| self.lists(task.validity, Valid::OnDay))
                    && self.governing_deadlines(it.task).contains(&deadline)
            })
        };
        let listed = self.lists.known::<Deadline>().filter(|(id, it)| {
            let last = self.deadline_last_day(*id);
            let met = it.fulfilled.is_some_and(|day| day <= self.day);
            // What is stated of a heading or task that was withdrawn is in no plan's list.
            let stands = plan.is_none() || party.is_some() || {
                let subjects = self.plan_subjects(self.subject_plan(it.subject));
                subjects.contains(&it.subject)
            };
            self.lists(it.validity, Valid::OnDay)
                && stands
                && plan.is_none_or(|plan| self.subject_plan(it.subject) == plan)
                && party.is_none_or(|party| governs_work_of(party, *id))
                && filter.from.is_none_or(|from| last >= Some(from))
                && filter.to.is_none_or(|to| last.is_some() && last < Some(to))
                && filter.met.is_none_or(|is| is == met)
                && (filter.lights.is_empty()
                    || self
                        .deadline_light(*id)
                        .is_some_and(|light| filter.lights.contains(&light)))
        });
        sorted(listed.map(|(id, _)| id), |id| {
            let last = self.deadline_last_day(id);
            (last.is_none(), last)
        })
    }

    /// All, those met, and by light.
    pub(crate) fn falling(
        &self,
        register: &Register,
        filter: &DeadlineFilter,
        period: Period,
    ) -> (usize, usize, Vec<usize>) {
        let mut due = self.deadlines_due(register, filter);
        due.retain(|id| {
            let last = self.deadline_last_day(*id);
            last.is_some_and(|last| period.days().contains(last))
        });
        let met = |id: &&DeadlineId| {
            let fulfilled = self.lists.thing::<Deadline>(**id).fulfilled;
            fulfilled.is_some_and(|day| day <= self.day)
        };
        let lights = Light::ALL.iter();
        let lights = lights.map(|light| {
            let with = |id: &&DeadlineId| self.deadline_light(**id) == Some(*light);
            due.iter().filter(with).count()
        });
        (due.len(), due.iter().filter(met).count(), lights.collect())
    }

    pub(crate) fn duty_flow(&self, is_meant: impl Fn(&Assignment) -> bool, period: Period) -> Flow {
        let days = period.days();
        let known = self.lists.known::<Assignment>();
        let meant: Vec<_> = known
            .filter(|(_, it)| is_meant(it) && it.validity.from < it.validity.to)
            .collect();
        let (mut counts, mut from, mut to) = ([0; 5], vec![], vec![]);
        for (id, duty) in meant {
            if days.contains(duty.validity.from) {
                counts[0] += 1;
                counts[1] += usize::from(duty.basis == Basis::Designated);
                if let Some(inherits) = duty.inherits {
                    counts[2] += 1;
                    let before = self.lists.thing::<Assignment>(inherits.assignment).party;
                    from.push((before, duty.party, inherits.reorganization));
                }
            }
            if days.contains(duty.validity.to) {
                counts[3] += 1;
                let heirs = self.lists.known::<Assignment>().filter_map(|(_, heir)| {
                    let inherits = heir.inherits?;
                    let holds = heir.validity.from < heir.validity.to;
                    (holds && inherits.assignment == id && heir.task == duty.task).then_some((
                        duty.party,
                        heir.party,
                        inherits.reorganization,
                    ))
                });
                let heirs: Vec<_> = heirs.collect();
                counts[4] += usize::from(!heirs.is_empty());
                to.extend(heirs);
            }
        }
        (counts, self.counted(from), self.counted(to))
    }

    /// Equals once, with how many they are; in the order of recording.
    fn counted(&self, moved: Vec<(PartyId, PartyId, ReorganizationId)>) -> Vec<Moved> {
        let mut counted: Vec<Moved> = vec![];
        for (from, to, by) in moved {
            match counted
                .iter_mut()
                .find(|it| (it.0, it.1, it.2) == (from, to, by))
            {
                Some(known) => known.3 += 1,
                None => counted.push((from, to, by, 1)),
            }
        }
        let parties = self.lists.ids::<Party>();
        let party = |id: PartyId| parties.iter().position(|it| *it == id);
        let reorganizations = self.lists.ids::<domain::reorganization::Reorganization>();
        counted.sort_by_key(|it| {
            let by = reorganizations.iter().position(|id| *id == it.2);
            (party(it.0), party(it.1), by)
        });
        counted
    }

    /// By plan, then by the place of the task.
    pub(crate) fn all_missing_reports(
        &self,
        register: &Register,
        filter: &MissingFilter,
    ) -> Vec<AssignmentId> {
        let (plan, party) = (id(register, filter.plan), id(register, filter.party));
        let known = self.lists.known::<Task>();
        let tasks = known.filter(|(_, task)| plan.is_none_or(|plan| task.plan == plan));
        let missing = tasks.flat_map(|(id, _)| self.missing_reports(id));
        let fact = |id: AssignmentId| self.lists.thing::<Assignment>(id);
        let mut missing: Vec<_> = missing
            .filter(|id| party.is_none_or(|party| fact(*id).party == party))
            .collect();
        let assignments = self.lists.ids::<Assignment>();
        let plans = self.lists.ids::<Plan>();
        missing.sort_by_key(|id| {
            let task = self.lists.thing::<Task>(fact(*id).task);
            let plan = plans.iter().position(|plan| *plan == task.plan);
            let recorded = assignments.iter().position(|it| it == id);
            (plan, task.position, recorded)
        });
        missing
    }

    /// The reports with figures, by day.
    pub(crate) fn figures(&self, target: TargetId) -> Vec<(ProgressReportId, Day, f64)> {
        let reports = self.lists.known::<ProgressReport>().filter(|(_, it)| {
            it.about == Reported::Target(target) && it.value.is_some() && it.reported <= self.day
        });
        let reports = sorted(reports.map(|(id, _)| id), |id| {
            self.lists.thing::<ProgressReport>(id).reported
        });
        let figure = |id: ProgressReportId| {
            let report = self.lists.thing::<ProgressReport>(id);
            let value = report.value.as_ref()?.as_str().parse().ok()?;
            Some((id, report.reported, value))
        };
        reports.into_iter().filter_map(figure).collect()
    }

    /// Whether a figure reaches a target, digit by digit.
    pub(crate) fn reaches(&self, target: TargetId, figure: &str) -> Option<bool> {
        let Target { min, max, .. } = self.lists.thing::<Target>(target);
        let figure: domain::target::Decimal = figure.parse().ok()?;
        match (min, max) {
            (None, None) => None,
            (Some(min), Some(max)) if min == max => Some(figure >= *min),
            (min, max) => Some(
                min.as_ref().is_none_or(|min| figure >= *min)
                    && max.as_ref().is_none_or(|max| figure <= *max),
            ),
        }
    }
}
