//! 工作量: what parties have to do, on the view's day and period by period.

use crate::{
    calendar::Period,
    image::{Assignment, Party, PartyRef, PlanRef, TaskRef},
    light::{self, Concern},
    page::{self, BadPage, Cursor, Key, Page, PageRequest, Sorted},
    time::{Day, Validity},
    view::{Valid, View},
    vocabulary::{Light, PartyKind, Role, TaskStatus},
};
use rustc_hash::FxHashMap;

/// What a party has to do within some days. How far its tasks have come, and their lights, are those of the view's day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workload {
    /// How many duties: assignments that hold on one of the days, of tasks that are then in force.
    pub duties: u32,
    /// How many tasks these are of.
    pub tasks: u32,
    roles: [u32; Role::ALL.len()],
    statuses: [u32; TaskStatus::ALL.len()],
    lights: [u32; Light::ALL.len()],
    /// How many reports of the party are missing for the period that was due, on these tasks.
    pub missing_reports: u32,
}

impl Workload {
    /// How many of the duties are in this role.
    pub fn in_role(&self, role: Role) -> u32 {
        self.roles[role as usize]
    }

    /// How many of the tasks have come so far.
    pub fn with_status(&self, status: TaskStatus) -> u32 {
        self.statuses[status as usize]
    }

    /// How many of the tasks have this light on the view's day.
    pub fn with_light(&self, light: Light) -> u32 {
        self.lights[light as usize]
    }

    fn add_duty(&mut self, role: Role) {
        self.duties += 1;
        self.roles[role as usize] += 1;
    }

    fn add_task(&mut self, work: &Work, party: PartyRef) {
        self.tasks += 1;
        self.statuses[work.status as usize] += 1;
        if let Some(light) = work.light {
            self.lights[light as usize] += 1;
        }
        let owed = work.missing.iter().filter(|owing| **owing == party);
        self.missing_reports += owed.count() as u32;
    }
}

/// How a task stands on the view's day.
struct Work {
    status: TaskStatus,
    light: Option<Light>,
    /// Whose reports on it are missing.
    missing: Vec<PartyRef>,
}

/// A duty of a party, and when there is something to do by it.
struct Duty {
    task: TaskRef,
    role: Role,
    days: Validity,
}

impl View {
    /// What a party has to do on the view's day, in one plan or in all.
    pub fn party_workload(&self, party: PartyRef, plan: Option<PlanRef>) -> Workload {
        let today = self.today();
        let workloads = self.party_workloads(party, plan, &[today]);
        workloads.into_iter().next().unwrap_or_default()
    }

    /// What a party has to do in each of so many periods, from one on.
    pub fn party_workload_by_period(
        &self,
        party: PartyRef,
        plan: Option<PlanRef>,
        (first, count): (Period, u16),
    ) -> Vec<(Period, Workload)> {
        let periods: Vec<_> = first.and_on(count).collect();
        let days: Vec<_> = periods.iter().map(|period| period.days()).collect();
        let workloads = self.party_workloads(party, plan, &days);
        periods.into_iter().zip(workloads).collect()
    }

    /// One workload for each of these stretches of days.
    fn party_workloads(
        &self,
        party: PartyRef,
        plan: Option<PlanRef>,
        stretches: &[Validity],
    ) -> Vec<Workload> {
        let mut workloads = vec![Workload::default(); stretches.len()];
        let mut duties = self.party_duties(party, plan);
        duties.retain(|duty| stretches.iter().any(|days| duty.days.overlaps(days)));
        duties.sort_unstable_by_key(|duty| duty.task);
        for of_task in duties.chunk_by(|one, next| one.task == next.task) {
            let work = self.work(of_task[0].task);
            for (days, workload) in stretches.iter().zip(&mut workloads) {
                let within = of_task.iter().filter(|duty| duty.days.overlaps(days));
                let before = workload.duties;
                within.for_each(|duty| workload.add_duty(duty.role));
                if workload.duties > before {
                    workload.add_task(&work, party);
                }
            }
        }
        workloads
    }

    fn party_duties(&self, party: PartyRef, plan: Option<PlanRef>) -> Vec<Duty> {
        let assignments = self.register().graph.party_assignments.of(party);
        let duties = assignments.filter_map(|assignment| {
            let image = self.get(assignment)?;
            let task = self.get(image.task)?;
            let is_meant = plan.is_none_or(|plan| task.plan == plan);
            is_meant.then(|| Duty {
                task: image.task,
                role: image.role,
                days: image.validity.intersection(&task.validity),
            })
        });
        duties.collect()
    }

    fn work(&self, task: TaskRef) -> Work {
        let concerns = self.task_concerns(task);
        let light = concerns.as_deref().map(light::light);
        let missing = concerns
            .into_iter()
            .flatten()
            .filter_map(Concern::missing_report);
        Work {
            status: self.task_status(task),
            light,
            missing: missing.map(|duty| self.thing(duty).party).collect(),
        }
    }

    fn today(&self) -> Validity {
        Validity {
            from: self.valid_on(),
            to: Day::from_number(self.valid_on().number() + 1),
        }
    }
}

/// Whose workloads.
#[derive(Clone, Debug, Default)]
pub struct WorkloadFilter {
    /// In this plan; in all if none is named.
    pub plan: Option<PlanRef>,
    /// By duties in one of these roles; in any if none is named.
    pub roles: Vec<Role>,
    /// Of parties of one of these kinds; of any if none is named.
    pub kinds: Vec<PartyKind>,
}

/// The order of workloads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WorkloadOrder {
    /// Who has the most duties first.
    #[default]
    Duties,
    /// Who has the most tasks with a red light first, then with an amber one, then the most duties.
    Late,
}

/// What each of several parties has to do on the view's day.
#[derive(Clone, Debug)]
pub struct Workloads {
    of: FxHashMap<PartyRef, Workload>,
    order: WorkloadOrder,
}

impl Workloads {
    /// What a party has to do.
    pub fn of(&self, party: PartyRef) -> Workload {
        self.of.get(&party).cloned().unwrap_or_default()
    }

    /// How many parties have something to do.
    pub fn count(&self) -> usize {
        self.of.len()
    }

    /// A page of the parties that have something to do.
    pub fn page(&self, view: &View, request: &PageRequest) -> Result<Page<Party>, BadPage> {
        let parties = self.of.keys().copied();
        page::page(
            view,
            &Sorted::new(parties, |party| self.key(party)),
            request,
        )
    }

    /// Where a party stands among them.
    pub fn cursor(&self, view: &View, party: PartyRef) -> Cursor {
        let list = Sorted::new(std::iter::empty(), |party| self.key(party));
        page::cursor(view, &list, party)
    }

    fn key(&self, party: PartyRef) -> Key<'static> {
        let load = self.of.get(&party);
        // A register has fewer than 2^21 tasks of one party.
        let digits = |load: &Workload| match self.order {
            WorkloadOrder::Duties => [0, 0, load.duties],
            WorkloadOrder::Late => [
                load.with_light(Light::Red),
                load.with_light(Light::Amber),
                load.duties,
            ],
        };
        let digits = load.map_or([0; 3], digits).into_iter();
        let number = digits.fold(0, |number: i64, digit| {
            (number << 21) | i64::from(digit).min((1 << 21) - 1)
        });
        Key::Number(-number)
    }
}

impl View {
    /// What each party has to do on the view's day that has anything to do. It looks at every task of the plan, or of the
    /// register.
    pub fn workloads(&self, filter: &WorkloadFilter, order: WorkloadOrder) -> Workloads {
        let tasks = filter.plan.map_or_else(
            || {
                let known = self.known::<crate::image::Task>();
                let in_force = known.filter(|(_, task)| task.validity.contains(self.valid_on()));
                in_force.map(|(task, _)| task).collect()
            },
            |plan| self.plan_tasks(plan, Valid::OnDay),
        );
        let counts = |image: &Assignment| {
            image.validity.contains(self.valid_on())
                && (filter.roles.is_empty() || filter.roles.contains(&image.role))
                && (filter.kinds.is_empty() || filter.kinds.contains(&self.thing(image.party).kind))
        };
        let mut of: FxHashMap<PartyRef, Workload> = FxHashMap::default();
        let mut parties: Vec<PartyRef> = vec![];
        for task in tasks {
            let assignments = self.register().graph.task_assignments.of(task);
            let duties = assignments
                .filter_map(|assignment| self.get(assignment))
                .filter(counts);
            parties.clear();
            for duty in duties {
                of.entry(duty.party).or_default().add_duty(duty.role);
                parties.push(duty.party);
            }
            if parties.is_empty() {
                continue;
            }
            parties.sort_unstable();
            parties.dedup();
            let work = self.work(task);
            for &party in &parties {
                of.entry(party).or_default().add_task(&work, party);
            }
        }
        Workloads { of, order }
    }
}
