//! The lines of the large files: where each stands and what it refers to. What they say is read again when it is loaded.

use super::{
    Fault, Problem,
    lines::{Row as _, Standing},
    row,
};
use domain::{
    command::load::{AssignmentRow, Keys, PartyRow, PlanRow, TaskRow},
    time::Validity,
};
use rustc_hash::FxHashMap;

/// What a load says of one plan, and where the rest of it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanLines {
    /// The source's key of the plan.
    pub key: String,
    /// The plan itself, if the load lists it.
    pub plan: Option<PlanRow>,
    /// At which bytes of `task.jsonl` the lines of its tasks begin, in their order.
    pub tasks: Vec<u64>,
    /// At which bytes of `assignment.jsonl` the lines of its tasks' assignments begin, in their order.
    pub assignments: Vec<u64>,
}

/// The lines of `task.jsonl`.
#[derive(Debug, Default)]
pub(super) struct TaskLines {
    count: u32,
    /// The ids of the tasks, and behind them those that only assignments speak of.
    keys: Keys,
    /// By the number of the task's key.
    tasks: Vec<TaskLine>,
    /// The plans that tasks refer to.
    plans: Keys,
}

#[derive(Clone, Copy, Debug)]
struct TaskLine {
    offset: u64,
    line: u32,
    /// The number of the plan's key.
    plan: u32,
    /// Whether there is a good line, only a bad one, or none.
    standing: Standing,
}

/// The lines of `assignment.jsonl`.
#[derive(Debug, Default)]
pub(super) struct AssignmentLines {
    count: u32,
    /// The ids of the good lines, each under the line's place in the list.
    keys: Keys,
    good: Vec<AssignmentLine>,
    /// The parties that assignments refer to.
    parties: Keys,
}

#[derive(Clone, Copy, Debug)]
struct AssignmentLine {
    offset: u64,
    line: u32,
    /// The numbers of the keys that it refers to.
    task: u32,
    party: u32,
}

impl TaskLines {
    /// Reads the next line.
    pub(super) fn add(
        &mut self,
        offset: u64,
        line: &[u8],
        unknown: impl FnMut(String),
    ) -> Result<(), Problem> {
        self.count += 1;
        if line.is_empty() {
            return Ok(());
        }
        let read = TaskRow::read(line, unknown).map_err(|error| {
            if let Some(key) = row::key(line) {
                self.task(&key);
            }
            Fault::Unreadable(error)
        });
        let fault = match read.and_then(|row| self.push(offset, &row)) {
            Ok(()) => return Ok(()),
            Err(fault) => fault,
        };
        Err(TaskRow::problem(self.count, fault))
    }

    fn push(&mut self, offset: u64, row: &TaskRow) -> Result<(), Fault> {
        let line = self.count;
        let plan = self.plans.number(&row.plan);
        let task = self.task(&row.key);
        if task.standing == Standing::Good {
            return Err(Fault::Duplicate {
                key: row.key.clone(),
                first: task.line,
            });
        }
        forwards(row.validity)?;
        *task = TaskLine {
            offset,
            line,
            plan,
            standing: Standing::Good,
        };
        Ok(())
    }

    /// The task of a key: a bad line until a good one is found.
    fn task(&mut self, key: &str) -> &mut TaskLine {
        let number = self.keys.number(key) as usize;
        if number == self.tasks.len() {
            self.tasks.push(TaskLine {
                offset: 0,
                line: 0,
                plan: 0,
                standing: Standing::Bad,
            });
        }
        &mut self.tasks[number]
    }

    /// The number of a task that an assignment refers to.
    fn refer(&mut self, key: &str) -> u32 {
        let number = self.keys.number(key);
        if number as usize == self.tasks.len() {
            self.tasks.push(TaskLine {
                offset: 0,
                line: 0,
                plan: 0,
                standing: Standing::Nowhere,
            });
        }
        number
    }

    /// Drops the lines whose plans are not good, and tells how many only refer to a bad line and which are wrong.
    pub(super) fn sift(&mut self, plan: impl Fn(&str) -> Standing) -> (usize, Vec<Problem>) {
        let plans: Vec<Standing> = self.plans.iter().map(|key| plan(&key)).collect();
        let (mut left_out, mut problems) = (0, vec![]);
        for task in &mut self.tasks {
            if task.standing != Standing::Good {
                continue;
            }
            match plans[task.plan as usize] {
                Standing::Good => continue,
                Standing::Bad => left_out += 1,
                Standing::Nowhere => {
                    let fault = Fault::dangling::<PlanRow>("plan_id", &self.plans.key(task.plan));
                    problems.push(TaskRow::problem(task.line, fault));
                }
            }
            task.standing = Standing::Bad;
        }
        (left_out, problems)
    }
}

impl AssignmentLines {
    /// Reads the next line; all tasks have been read.
    pub(super) fn add(
        &mut self,
        offset: u64,
        line: &[u8],
        tasks: &mut TaskLines,
        unknown: impl FnMut(String),
    ) -> Result<(), Problem> {
        self.count += 1;
        if line.is_empty() {
            return Ok(());
        }
        let read = AssignmentRow::read(line, unknown).map_err(Fault::Unreadable);
        let fault = match read.and_then(|row| self.push(offset, &row, tasks)) {
            Ok(()) => return Ok(()),
            Err(fault) => fault,
        };
        Err(AssignmentRow::problem(self.count, fault))
    }

    fn push(
        &mut self,
        offset: u64,
        row: &AssignmentRow,
        tasks: &mut TaskLines,
    ) -> Result<(), Fault> {
        if let Some(first) = self.keys.find(&row.key) {
            return Err(Fault::Duplicate {
                key: row.key.clone(),
                first: self.good[first as usize].line,
            });
        }
        forwards(row.validity)?;
        self.keys.number(&row.key);
        self.good.push(AssignmentLine {
            offset,
            line: self.count,
            task: tasks.refer(&row.task),
            party: self.parties.number(&row.party),
        });
        Ok(())
    }

    /// Drops the lines whose tasks or parties are not good, and tells how many only refer to a bad line and which are
    /// wrong. `task` is asked only of those that have no good line.
    pub(super) fn sift(
        &mut self,
        tasks: &TaskLines,
        task: impl Fn(&str, Standing) -> Standing,
        party: impl Fn(&str) -> Standing,
    ) -> (usize, Vec<Problem>) {
        // Every line has been read, so no more can be given twice.
        self.keys = Keys::default();
        let parties: Vec<Standing> = self.parties.iter().map(|key| party(&key)).collect();
        let (mut left_out, mut problems) = (0, vec![]);
        self.good.retain(|assignment| {
            let party = parties[assignment.party as usize];
            let task = match tasks.tasks[assignment.task as usize].standing {
                Standing::Good => Standing::Good,
                other => task(&tasks.keys.key(assignment.task), other),
            };
            let fault = match (party, task) {
                (Standing::Good, Standing::Good) => return true,
                (Standing::Nowhere, _) => {
                    let key = self.parties.key(assignment.party);
                    Some(Fault::dangling::<PartyRow>("party_id", &key))
                }
                (Standing::Good, Standing::Nowhere) => {
                    let key = tasks.keys.key(assignment.task);
                    Some(Fault::dangling::<TaskRow>("task_id", &key))
                }
                (Standing::Bad, _) | (_, Standing::Bad) => None,
            };
            match fault {
                Some(fault) => problems.push(AssignmentRow::problem(assignment.line, fault)),
                None => left_out += 1,
            }
            false
        });
        (left_out, problems)
    }
}

fn forwards(validity: Validity) -> Result<(), Fault> {
    if validity.is_empty() {
        return Err(Fault::Backwards(validity));
    }
    Ok(())
}

/// Groups the good lines by plan: those that the files list, in their order; then those that they only add to.
///
/// `plan_before` tells the plan of a task that has no good line but was loaded before.
pub(super) fn by_plan(
    plans: Vec<PlanRow>,
    tasks: &TaskLines,
    assignments: AssignmentLines,
    plan_before: impl Fn(&str) -> Option<String>,
) -> Vec<PlanLines> {
    let mut groups = Groups::default();
    for row in plans {
        let place = groups.place(&row.key);
        groups.in_order[place].plan = Some(row);
    }
    let mut in_file_order: Vec<&TaskLine> = tasks.tasks.iter().collect();
    in_file_order.retain(|task| task.standing == Standing::Good);
    in_file_order.sort_by_key(|task| task.offset);
    let mut place_of_plan: Vec<Option<usize>> = vec![None; tasks.plans.len()];
    for task in in_file_order {
        let place = &mut place_of_plan[task.plan as usize];
        let place = *place.get_or_insert_with(|| groups.place(&tasks.plans.key(task.plan)));
        groups.in_order[place].tasks.push(task.offset);
    }
    for assignment in assignments.good {
        let task = tasks.tasks[assignment.task as usize];
        let place = match task.standing {
            Standing::Good => place_of_plan[task.plan as usize],
            Standing::Bad | Standing::Nowhere => {
                plan_before(&tasks.keys.key(assignment.task)).map(|plan| groups.place(&plan))
            }
        };
        if let Some(place) = place {
            groups.in_order[place].assignments.push(assignment.offset);
        }
    }
    groups.in_order
}

/// Lines by plan, in the order in which the plans are first spoken of.
#[derive(Default)]
struct Groups {
    in_order: Vec<PlanLines>,
    by_key: FxHashMap<String, usize>,
}

impl Groups {
    /// Where the lines of the plan with this key are.
    fn place(&mut self, key: &str) -> usize {
        if let Some(place) = self.by_key.get(key) {
            return *place;
        }
        let place = self.in_order.len();
        self.by_key.insert(key.to_owned(), place);
        self.in_order.push(PlanLines {
            key: key.to_owned(),
            ..PlanLines::default()
        });
        place
    }
}
