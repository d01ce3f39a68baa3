//! Loading a plan with its tasks, their targets and deadlines, and who answers for them.

use super::{Absent, AssignmentRow, LoadContext, LoadRefused, Loading, PlanRow, PlanRows, TaskRow};
use crate::{
    assignment::Assignment,
    change::Change,
    clause::Subject,
    deadline::{Deadline, Due},
    id::{AssignmentId, PartyId, PlanId, TaskId},
    image,
    plan::Plan,
    target::Target,
    task::{Body, Task, Wording},
    text::Sha256,
    view::{Valid, View},
    vocabulary::{Basis, DueKind, DueSource, Firmness, PartyKind, Reference},
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// What a plan is called whose code another plan of the register has: two sources may use the same codes.
pub fn code_of_source(source: &str, code: &str) -> String {
    format!("{source}:{code}")
}

/// Bring a plan of the register in line with a source's. Its parties are loaded already.
#[derive(Clone, Debug)]
pub struct LoadPlan {
    /// What the source says of the plan.
    pub rows: Arc<PlanRows>,
    /// How the load goes on.
    pub context: LoadContext,
}

impl LoadPlan {
    /// What loading changes: nothing where the register says the same already.
    pub fn decide(&self, view: &View) -> Result<Vec<Change>, LoadRefused> {
        let mut work = Work {
            loading: Loading::new(&self.context, view)?,
            listed_plan: None,
            tasks: FxHashMap::default(),
            changes: Changes::default(),
            met: FxHashSet::default(),
        };
        if let Some(row) = &self.rows.plan {
            work.plan(row)?;
        }
        for (position, row) in (0..).zip(&self.rows.tasks) {
            work.task(row, position)?;
        }
        work.assignments(&self.rows.assignments)?;
        if self.context.absent == Absent::End {
            work.end_absent(&self.rows);
        }
        let Changes {
            plans,
            tasks,
            assignments,
            targets,
            deadlines,
        } = work.changes;
        Ok([plans, tasks, assignments, targets, deadlines].concat())
    }
}

/// By kind, in the order in which a register can take them.
#[derive(Default)]
struct Changes {
    plans: Vec<Change>,
    tasks: Vec<Change>,
    assignments: Vec<Change>,
    targets: Vec<Change>,
    deadlines: Vec<Change>,
}

struct Work<'a> {
    loading: Loading<'a>,
    /// The plan, if the load lists it.
    listed_plan: Option<PlanId>,
    /// The task of each key of this load.
    tasks: FxHashMap<&'a str, TaskId>,
    changes: Changes,
    /// What a row of the source is met by, other than what has its key.
    met: FxHashSet<AssignmentId>,
}

impl<'a> Work<'a> {
    fn plan(&mut self, row: &PlanRow) -> Result<(), LoadRefused> {
        let held = self.loading.held::<image::Plan>(&row.key);
        let before = held.and_then(|plan| self.loading.view.fact(plan));
        let superseded = before.as_ref().and_then(|plan| plan.superseded_by);
        let owner = row.owner.as_deref();
        let plan = Plan {
            code: self.free_code(row, held)?,
            title: row.title.clone(),
            document: before.and_then(|plan| plan.document),
            owner: owner
                .map(|key| self.loading.referred::<image::Party>(key))
                .transpose()?,
            year: row.year,
            validity: row.validity,
            superseded_by: superseded,
        };
        let plan = plan.in_force(row.validity);
        let plans = &mut self.changes.plans;
        self.listed_plan = Some(self.loading.put(&row.key, held, plan, plans));
        Ok(())
    }

    /// The row's code, or where another plan has it, the source's name with it.
    fn free_code(
        &self,
        row: &PlanRow,
        held: Option<image::PlanRef>,
    ) -> Result<String, LoadRefused> {
        let view = self.loading.view;
        let free = |code: &String| {
            let called = view.plan_find_by_code(code);
            called.is_none() || called == held
        };
        let own = code_of_source(self.loading.origins.source(), &row.code);
        [row.code.clone(), own]
            .into_iter()
            .find(free)
            .ok_or_else(|| LoadRefused::PlanCodeTaken {
                key: row.key.clone(),
                code: row.code.clone(),
            })
    }

    /// A task with its target and deadline; `position` is that of its target among those of the plan.
    fn task(&mut self, row: &'a TaskRow, position: u32) -> Result<(), LoadRefused> {
        let plan = match self.listed_plan {
            Some(plan) => plan,
            None => self.loading.referred::<image::Plan>(&row.plan)?,
        };
        let Loading { view, .. } = self.loading;
        let mut held = self.loading.held::<image::Task>(&row.key);
        if let Some(elsewhere) = held.filter(|task| view.id(view.thing(*task).plan) != plan) {
            self.changes.tasks.extend(self.loading.end(elsewhere));
            self.end_statements(elsewhere);
            held = None;
        }
        let before = held.map(|task| view.thing(task));
        let task = Task {
            plan,
            section: before.and_then(|task| Some(view.id(task.section?))),
            label: row.code.clone(),
            title: row.title.clone(),
            body: row
                .body
                .as_ref()
                .map(|body| Body::Own(Sha256::of(body.as_bytes()))),
            position: row.position,
            status: row.status,
            validity: row.validity,
        };
        let id = self
            .loading
            .put(&row.key, held, task, &mut self.changes.tasks);
        self.tasks.insert(&row.key, id);
        self.target(id, row, position, held);
        self.deadline(id, row, held);
        Ok(())
    }

    fn target(
        &mut self,
        task: TaskId,
        row: &TaskRow,
        position: u32,
        stayed: Option<image::TaskRef>,
    ) {
        let view = self.loading.view;
        let held = self.loading.held::<image::Target>(&row.key);
        let held = held.filter(|target| {
            // The key may be that of another task, from which the row's has moved away.
            stayed.map(image::Subject::Task) == Some(view.thing(*target).subject)
        });
        let changes = &mut self.changes.targets;
        let Some(words) = &row.target else {
            changes.extend(held.and_then(|target| self.loading.end(target)));
            return;
        };
        let target = Target {
            subject: Subject::Task(task),
            wording: Wording::Entered(words.clone()),
            min: None,
            max: None,
            unit: None,
            firmness: Firmness::Unstated,
            due: None,
            position: held.map_or(position, |held| view.thing(held).position),
            validity: row.validity,
        };
        self.loading.put(&row.key, held, target, changes);
    }

    fn deadline(&mut self, task: TaskId, row: &TaskRow, stayed: Option<image::TaskRef>) {
        let view = self.loading.view;
        let held = self.loading.held::<image::Deadline>(&row.key);
        let held = held.filter(|deadline| {
            // The key may be that of another task, from which the row's has moved away.
            stayed.map(image::Subject::Task) == Some(view.thing(*deadline).subject)
        });
        let changes = &mut self.changes.deadlines;
        let Some(date) = row.deadline else {
            changes.extend(held.and_then(|deadline| self.loading.end(deadline)));
            return;
        };
        let fulfilled = held.and_then(|held| view.thing(held).fulfilled);
        let deadline = Deadline {
            subject: Subject::Task(task),
            due: Due {
                wording: Wording::Entered(date.to_string()),
                kind: DueKind::ByDate,
                date: Some(date),
                source: DueSource::Record,
            },
            validity: row.validity,
            fulfilled,
        };
        self.loading.put(&row.key, held, deadline, changes);
    }

    fn assignments(&mut self, rows: &[AssignmentRow]) -> Result<(), LoadRefused> {
        let mut behind: FxHashMap<TaskId, u16> = FxHashMap::default();
        for row in rows {
            let task = match self.tasks.get(row.task.as_str()) {
                Some(task) => *task,
                None => self.loading.referred::<image::Task>(&row.task)?,
            };
            let party = self.loading.referred::<image::Party>(&row.party)?;
            if self.has_passed_on(row, task, party) {
                continue;
            }
            let Loading { view, .. } = self.loading;
            let mut held = self.loading.held::<image::Assignment>(&row.key);
            let of_another = |assignment: &image::AssignmentRef| {
                let image = view.thing(*assignment);
                view.id(image.task) != task || view.id(image.party) != party
            };
            if let Some(other) = held.filter(of_another) {
                let heirs = self.heirs(other);
                let over = [other].into_iter().chain(heirs);
                let over: Vec<_> = over.filter_map(|duty| self.loading.end(duty)).collect();
                self.changes.assignments.extend(over);
                held = None;
            }
            let position = held.map_or_else(
                || {
                    let next = behind
                        .entry(task)
                        .or_insert_with(|| self.next_position(task));
                    std::mem::replace(next, next.saturating_add(1))
                },
                |held| view.thing(held).position,
            );
            let before = held.and_then(|held| view.fact(held));
            let assignment = Assignment {
                task,
                party,
                role: row.role,
                basis: Basis::Recorded,
                reference: self.reference(party),
                clause: None,
                citation: None,
                written: None,
                position,
                validity: row.validity,
                inherits: before.and_then(|before| before.inherits),
            };
            let changes = &mut self.changes.assignments;
            self.loading.put(&row.key, held, assignment, changes);
        }
        Ok(())
    }

    /// A duty that a reorganization moved here is not opened again by a source that has not heard of it, and not doubled
    /// by one that has: what the source says is met by the duties that continue it. They end where it has the duty end.
    fn has_passed_on(&mut self, row: &AssignmentRow, task: TaskId, party: PartyId) -> bool {
        let view = self.loading.view;
        if view.known::<image::Reorganization>().next().is_none() {
            return false;
        }
        let of_key = self.loading.origins.find::<image::Assignment>(&row.key);
        let of_key = of_key.and_then(|id| view.register().find::<image::Assignment>(id));
        let names = |duty: image::AssignmentRef| {
            let image = view.thing(duty);
            (view.id(image.task), view.id(image.party)) == (task, party)
        };
        let heirs = match of_key {
            Some(duty) => {
                let heirs = self.heirs(duty);
                let is_meant = names(duty) || heirs.iter().any(|heir| names(*heir));
                if heirs.is_empty() || !is_meant {
                    return false;
                }
                if view.get(duty).is_some() && names(duty) {
                    self.end_with(duty, row);
                }
                heirs
            }
            None => self.met_by(row, task, party),
        };
        for &heir in &heirs {
            self.met.insert(view.id(heir));
            self.end_with(heir, row);
        }
        !heirs.is_empty()
    }

    /// Those that continue duties of the source, by which a row with a new key is met.
    fn met_by(
        &self,
        row: &AssignmentRow,
        task: TaskId,
        party: PartyId,
    ) -> Vec<image::AssignmentRef> {
        let Loading { view, origins, .. } = self.loading;
        let Some(of) = view.find::<image::Task>(task) else {
            return vec![];
        };
        let mut met = view.task_assignments(of, Valid::Any);
        met.retain(|&duty| {
            let image = view.thing(duty);
            let continues = image
                .inherits
                .map(|inherits| view.register().id_of(inherits.assignment));
            view.id(image.party) == party
                && image.role == row.role
                && image.validity.overlaps(&row.validity)
                && continues.is_some_and(|continued| origins.brought(continued))
        });
        met
    }

    /// The duties that continue one, and those that continue these.
    fn heirs(&self, duty: image::AssignmentRef) -> Vec<image::AssignmentRef> {
        let view = self.loading.view;
        let mut heirs = view.assignment_heirs(duty, Valid::Any);
        let mut next = 0;
        while let Some(&heir) = heirs.get(next) {
            next += 1;
            for later in view.assignment_heirs(heir, Valid::Any) {
                if later != duty && !heirs.contains(&later) {
                    heirs.push(later);
                }
            }
        }
        heirs
    }

    /// Ends a duty where the source has it end, if that is earlier.
    fn end_with(&mut self, duty: image::AssignmentRef, row: &AssignmentRow) {
        let view = self.loading.view;
        let Some(before) = view.fact(duty) else {
            return;
        };
        let to = row.validity.to;
        if before.validity.to <= to {
            return;
        }
        let id = view.id(duty);
        let change = if before.validity.from < to {
            let mut after = before.clone();
            after.validity.to = to;
            Change::revise(id, before, after)
        } else {
            Change::withdraw(id, before)
        };
        self.changes.assignments.push(change);
    }

    /// The position behind all assignments that the register holds of a task.
    fn next_position(&self, task: TaskId) -> u16 {
        let view = self.loading.view;
        let Some(task) = view.find::<image::Task>(task) else {
            return 0;
        };
        let assignments = view.task_assignments(task, Valid::Any);
        assignments
            .last()
            .map_or(0, |last| view.thing(*last).position.saturating_add(1))
    }

    fn reference(&self, party: PartyId) -> Reference {
        let view = self.loading.view;
        let kind = view
            .find::<image::Party>(party)
            .map(|party| view.thing(party).kind);
        match kind {
            Some(PartyKind::Collective) => Reference::Collective,
            _ => Reference::Named,
        }
    }

    /// Ends what the source loaded before of this plan and does not list any more.
    fn end_absent(&mut self, rows: &PlanRows) {
        let Loading { view, origins, .. } = self.loading;
        let Some(plan) = self.loading.held::<image::Plan>(&rows.key) else {
            return;
        };
        if rows.plan.is_none() {
            self.changes.plans.extend(self.loading.end(plan));
        }
        let listed: FxHashSet<_> = rows
            .assignments
            .iter()
            .filter_map(|row| origins.find::<image::Assignment>(&row.key))
            .collect();
        let listed_tasks: FxHashSet<TaskId> = self.tasks.values().copied().collect();
        for task in view.plan_tasks(plan, Valid::Any) {
            let id = view.id(task);
            if origins.brought(id) && !listed_tasks.contains(&id) {
                self.changes.tasks.extend(self.loading.end(task));
                self.end_statements(task);
            }
            for assignment in view.task_assignments(task, Valid::Any) {
                let id = view.id(assignment);
                if origins.brought(id) && !listed.contains(&id) {
                    let heirs = self.heirs(assignment).into_iter();
                    let heirs = heirs.filter(|heir| !self.met.contains(&view.id(*heir)));
                    let over = [assignment].into_iter().chain(heirs);
                    let over: Vec<_> = over.filter_map(|duty| self.loading.end(duty)).collect();
                    self.changes.assignments.extend(over);
                }
            }
        }
    }

    /// Ends the target and the deadline that came with a task.
    fn end_statements(&mut self, task: image::TaskRef) {
        let Loading { view, origins, .. } = self.loading;
        let subject = image::Subject::Task(task);
        let targets = view.targets(subject, Valid::Any).into_iter();
        let own = targets.filter(|target| origins.brought(view.id(*target)));
        self.changes
            .targets
            .extend(own.filter_map(|target| self.loading.end(target)));
        let deadlines = view.deadlines(subject, Valid::Any).into_iter();
        let own = deadlines.filter(|deadline| origins.brought(view.id(*deadline)));
        self.changes
            .deadlines
            .extend(own.filter_map(|deadline| self.loading.end(deadline)));
    }
}
