//! What an accepted document no longer says.

use super::earlier::{Earlier, is_documents};
use crate::{
    change::{Change, Fact},
    image::{Image, QuoteRef, Subject, TaskRef},
    register::Ref,
    time::{Day, Validity},
    view::Valid,
};

/// A fact that holds for a time.
trait Lasting: Fact {
    fn validity(&mut self) -> &mut Validity;
}

macro_rules! lasting {
    ($($fact:path),*) => {
        $(impl Lasting for $fact {
            fn validity(&mut self) -> &mut Validity {
                &mut self.validity
            }
        })*
    };
}

lasting!(
    crate::task::Task,
    crate::assignment::Assignment,
    crate::target::Target,
    crate::deadline::Deadline
);

/// What is no longer said ends on the document's day. What never held before it is withdrawn, and so is what an earlier
/// reading of the same bytes should not have found.
pub(super) fn gone(earlier: &Earlier, day: Day) -> Vec<Change> {
    let (view, found) = (earlier.view, &earlier.found);
    let mut facts = vec![];
    let mut headings = vec![];
    for subject in view.plan_subjects(earlier.plan) {
        let task = match subject {
            Subject::Task(task) => Some(task),
            Subject::Plan(_) | Subject::Section(_) => None,
        };
        let over = task.is_some_and(|task| is_gone(earlier, task));
        for target in view.targets(subject, Valid::Any) {
            let quote = view.thing(target).wording.citation();
            if over || (quote.is_some() && !found.targets.contains(&target)) {
                facts.extend(end(earlier, target, quote, day));
            }
        }
        for deadline in view.deadlines(subject, Valid::Any) {
            let quote = view.thing(deadline).due.wording.citation();
            if over || (quote.is_some() && !found.deadlines.contains(&deadline)) {
                facts.extend(end(earlier, deadline, quote, day));
            }
        }
        for assignment in task
            .into_iter()
            .flat_map(|task| view.task_assignments(task, Valid::Any))
        {
            let held = view.thing(assignment);
            let said = is_documents(held.basis);
            if over || (said && !found.assignments.contains(&assignment)) {
                facts.extend(end(earlier, assignment, held.citation, day));
            }
        }
        for clause in view.clauses(subject) {
            let reread = earlier.rests_on(Some(view.thing(clause).citation));
            if reread && !found.clauses.contains(&clause) {
                headings.extend(withdraw(earlier, clause));
            }
        }
        if let Some(task) = task.filter(|_| over) {
            headings.extend(end(earlier, task, None, day));
        }
    }
    for section in view.plan_sections(earlier.plan) {
        if earlier.rests_on(view.thing(section).citation) && !found.sections.contains(&section) {
            headings.extend(withdraw(earlier, section));
        }
    }
    facts.extend(headings);
    facts
}

/// Whether a task is gone. One that no document speaks of was entered by hand, and is not the document's to end.
fn is_gone(earlier: &Earlier, task: TaskRef) -> bool {
    let view = earlier.view;
    let is_documents =
        || view.thing(task).body.is_some() || !view.clauses(Subject::Task(task)).is_empty();
    !earlier.found.tasks.contains(&task) && is_documents()
}

fn end<I: Image<Fact: Lasting>>(
    earlier: &Earlier,
    held: Ref<I>,
    quote: Option<QuoteRef>,
    day: Day,
) -> Option<Change> {
    let before = earlier.view.fact(held)?;
    let id = earlier.view.id(held);
    let mut after = before.clone();
    let validity = after.validity();
    if validity.to <= day && !earlier.rests_on(quote) {
        return None;
    }
    if validity.from >= day || earlier.rests_on(quote) {
        return Some(Change::withdraw(id, before));
    }
    validity.to = day;
    Some(Change::revise(id, before, after))
}

fn withdraw<I: Image>(earlier: &Earlier, held: Ref<I>) -> Option<Change> {
    let before = earlier.view.fact(held)?;
    Some(Change::withdraw(earlier.view.id(held), before))
}
