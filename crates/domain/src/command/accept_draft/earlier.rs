//! What the register holds from an earlier reading of a document, or from the version before: found again or not.

use super::{AcceptDraft, DraftRefused};
use crate::{
    clause::Subject,
    document::Document,
    fold::fold,
    id::{DocumentId, PartyId, PlanId, TaskId},
    image::{
        self, AssignmentRef, ClauseRef, DeadlineRef, DocumentRef, PlanRef, QuoteRef, SectionRef,
        TargetRef, TaskRef,
    },
    plan::{Plan, Section},
    task::{Body, Task},
    text::{Citation, Sha256, Span},
    time::{Day, Validity},
    view::{Valid, View},
    vocabulary::{Basis, Role},
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// The plan as the register holds it, and what of it was found again.
pub(super) struct Earlier<'v> {
    pub(super) view: &'v View,
    pub(super) plan: PlanRef,
    document: DocumentRef,
    /// Its decoded text.
    text: &'v str,
    /// Whether the same bytes are read again; else they are a newer version's.
    is_itself: bool,
    /// The section that each of the draft's is, and the task.
    sections: Vec<Option<SectionRef>>,
    tasks: Vec<Option<TaskRef>>,
    pub(super) found: Found,
}

/// The facts that were found again.
#[derive(Default)]
pub(super) struct Found {
    pub(super) sections: FxHashSet<SectionRef>,
    pub(super) tasks: FxHashSet<TaskRef>,
    pub(super) clauses: FxHashSet<ClauseRef>,
    pub(super) assignments: FxHashSet<AssignmentRef>,
    pub(super) targets: FxHashSet<TargetRef>,
    pub(super) deadlines: FxHashSet<DeadlineRef>,
}

impl<'v> Earlier<'v> {
    /// What an earlier reading of the same bytes found; nothing if the plan rests on a newer version now.
    pub(super) fn itself(
        view: &'v View,
        command: &AcceptDraft<'v>,
        document: DocumentRef,
    ) -> Result<Option<Self>, DraftRefused> {
        if view.thing(document).text != Sha256::of(command.text.as_bytes()) {
            return Err(DraftRefused::TextDiffers);
        }
        let plan = view.document_plans(document).first().copied();
        let earlier = |plan| Self::new(view, command, (document, plan), command.text, true);
        Ok(plan.map(earlier))
    }

    /// What the register holds from `document`, of which the draft is a newer version.
    pub(super) fn version(
        view: &'v View,
        command: &AcceptDraft<'v>,
        document: DocumentId,
        text: &'v str,
    ) -> Result<Self, DraftRefused> {
        let found = view.find::<image::Document>(document);
        let plan = found.and_then(|found| Some((found, *view.document_plans(found).first()?)));
        let of = plan.ok_or(DraftRefused::NoEarlierPlan { document })?;
        Ok(Self::new(view, command, of, text, false))
    }

    fn new(
        view: &'v View,
        command: &AcceptDraft<'v>,
        (document, plan): (DocumentRef, PlanRef),
        text: &'v str,
        is_itself: bool,
    ) -> Self {
        let mut earlier = Self {
            view,
            plan,
            document,
            text,
            is_itself,
            sections: vec![],
            tasks: vec![],
            found: Found::default(),
        };
        let draft = command.draft;
        let sections = draft.sections.iter();
        let sections: Vec<_> = sections
            .map(|section| Heading::new(section.path.iter(), &section.title))
            .collect();
        let held = view.plan_sections(plan);
        let headings: Vec<_> = held
            .iter()
            .map(|&held| earlier.section_heading(held))
            .collect();
        earlier.sections = pair(&sections, &headings, |_, _| true)
            .into_iter()
            .map(|index| index.map(|index| held[index]))
            .collect();
        let tasks = draft.tasks.iter();
        let tasks: Vec<_> = tasks
            .map(|task| Heading::new(task.path.iter(), &task.title))
            .collect();
        let mut held = view.plan_tasks(plan, Valid::Any);
        // A task that is over and comes back is another one: the time between stays as it was.
        held.retain(|&task| is_itself || view.thing(task).validity.to > command.day());
        let headings: Vec<_> = held
            .iter()
            .map(|&held| Heading::new(view.task_path(held), view.text(view.thing(held).title)))
            .collect();
        // At one path of two versions there may be two tasks that have nothing to do with each other.
        earlier.tasks = pair(&tasks, &headings, |one, other| {
            is_itself || alike(one, other)
        })
        .into_iter()
        .map(|index| index.map(|index| held[index]))
        .collect();
        earlier.found.sections = earlier.sections.iter().flatten().copied().collect();
        earlier.found.tasks = earlier.tasks.iter().flatten().copied().collect();
        earlier
    }

    fn section_heading(&self, section: SectionRef) -> Heading {
        let labels = self.view.section_labels(section).into_iter();
        Heading::new(labels, self.view.text(self.view.thing(section).title))
    }

    pub(super) fn is_itself(&self) -> bool {
        self.is_itself
    }

    pub(super) fn code(&self) -> String {
        self.view.text(self.view.thing(self.plan).code).to_owned()
    }

    pub(super) fn plan(&self) -> (PlanId, Plan) {
        let plan = self.view.fact(self.plan);
        let plan = plan.expect("a plan that a document sets out is known");
        (self.view.id(self.plan), plan)
    }

    pub(super) fn document(&self) -> (DocumentId, Document) {
        let document = self.view.fact(self.document);
        let document = document.expect("a document that sets out a plan is known");
        (self.view.id(self.document), document)
    }

    /// The section that the draft's section with this index is.
    pub(super) fn section(&self, index: usize) -> Option<(SectionRef, Section)> {
        let section = *self.sections.get(index)?;
        section.and_then(|section| Some((section, self.view.fact(section)?)))
    }

    /// The task that the draft's task with this index is.
    pub(super) fn task(&self, index: usize) -> Option<(TaskRef, Task)> {
        let task = *self.tasks.get(index)?;
        task.and_then(|task| Some((task, self.view.fact(task)?)))
    }

    /// The clause that says the same of the same.
    pub(super) fn clause(&mut self, subject: Subject, at: (Span, &str)) -> Option<ClauseRef> {
        let clauses = self.view.clauses(self.subject(subject)?);
        let quote = |&clause: &ClauseRef| Some(self.view.thing(clause).citation);
        let found = self.again(&clauses, &self.found.clauses, quote, at)?;
        self.found.clauses.insert(found);
        Some(found)
    }

    /// The party's assignment in the same role, if it still holds on `day` or the same bytes are read again.
    pub(super) fn assignment(
        &mut self,
        (task, party, role): (TaskId, PartyId, Role),
        day: Day,
    ) -> Option<AssignmentRef> {
        let task = self.view.find::<image::Task>(task)?;
        let party = self.view.find::<image::Party>(party)?;
        let assignments = self.view.task_assignments(task, Valid::Any);
        let found = assignments.into_iter().find(|&assignment| {
            let held = self.view.thing(assignment);
            held.party == party
                && held.role == role
                && is_documents(held.basis)
                && (self.is_itself || held.validity.to > day)
                && !self.found.assignments.contains(&assignment)
        })?;
        self.found.assignments.insert(found);
        Some(found)
    }

    /// The target in the same words.
    pub(super) fn target(&mut self, subject: Subject, at: (Span, &str)) -> Option<TargetRef> {
        let targets = self.view.targets(self.subject(subject)?, Valid::Any);
        let quote = |&target: &TargetRef| self.view.thing(target).wording.citation();
        let found = self.again(&targets, &self.found.targets, quote, at)?;
        self.found.targets.insert(found);
        Some(found)
    }

    /// The deadline in the same words.
    pub(super) fn deadline(&mut self, subject: Subject, at: (Span, &str)) -> Option<DeadlineRef> {
        let deadlines = self.view.deadlines(self.subject(subject)?, Valid::Any);
        let quote = |&deadline: &DeadlineRef| self.view.thing(deadline).due.wording.citation();
        let found = self.again(&deadlines, &self.found.deadlines, quote, at)?;
        self.found.deadlines.insert(found);
        Some(found)
    }

    /// Whether a fact that rests on these words is to be as it is read now: only where the same bytes are read again.
    pub(super) fn is_reread(&self, citation: Citation) -> bool {
        self.is_itself && citation.document == self.view.id(self.document)
    }

    /// Whether words are those of the same bytes that are read again.
    pub(super) fn rests_on(&self, quote: Option<QuoteRef>) -> bool {
        self.is_itself
            && quote.is_some_and(|quote| self.view.quote(quote).document == self.document)
    }

    /// Whether a section's heading rests on a version before, which says the same.
    pub(super) fn same_heading(&self, section: SectionRef, words: Option<&str>) -> bool {
        let quote = self.view.thing(section).citation;
        !self.rests_on(quote)
            && quote.is_some_and(|quote| Some(self.view.text(self.view.quote(quote).text)) == words)
    }

    /// Whether a task's body rests on a version before, which says the same.
    pub(super) fn same_body(&self, before: Option<Body>, words: Option<&str>) -> bool {
        let (Some(Body::Cited(citation)), Some(words)) = (before, words) else {
            return false;
        };
        let is_at_hand = citation.document == self.view.id(self.document);
        match (is_at_hand, self.is_itself) {
            (true, true) => false,
            (true, false) => citation.span.slice(self.text) == Some(words),
            // The text of a version before the last is not at hand: as long is taken for the same.
            (false, _) => citation.span.len() == words.len(),
        }
    }

    /// From when the document's statements hold, if it does not say so itself: as when it was accepted.
    pub(super) fn first_day(&self) -> Option<Day> {
        let tasks = self.view.plan_tasks(self.plan, Valid::Any).into_iter();
        let assignments = tasks.flat_map(|task| self.view.task_assignments(task, Valid::Any));
        let held = assignments.map(|assignment| self.view.thing(assignment));
        let own = held.filter(|held| self.rests_on(held.citation));
        own.map(|held| held.validity.from).min()
    }

    /// From when to when something holds that the same bytes say: as it was, unless the document's own day was
    /// corrected.
    pub(super) fn validity(&self, before: Validity, now: Validity) -> Validity {
        let document = self.view.thing(self.document);
        let day = document.issued_on.or(document.posted_on);
        if day == Some(before.from) {
            Validity {
                from: now.from,
                to: before.to,
            }
        } else {
            before
        }
    }

    /// From when to when a plan or task is in force that was there before: as it was, but for the same bytes as these say.
    pub(super) fn thing_validity(&self, before: Validity, now: Validity) -> Validity {
        if self.is_itself {
            self.validity(before, now)
        } else {
            before
        }
    }

    /// Of the facts not found yet the one that rests on the same words: at the same place where the same bytes are read
    /// again, else on words that read alike.
    fn again<R: Copy + Eq + std::hash::Hash>(
        &self,
        facts: &[R],
        found: &FxHashSet<R>,
        quote: impl Fn(&R) -> Option<QuoteRef>,
        (span, words): (Span, &str),
    ) -> Option<R> {
        let words = fold(words);
        let says = |fact: &R, same_place: &dyn Fn(Span) -> bool| {
            !found.contains(fact)
                && quote(fact).is_some_and(|quote| {
                    let quote = self.view.quote(quote);
                    if self.is_itself && quote.document == self.document {
                        same_place(quote.passage.span)
                    } else {
                        fold(self.view.text(quote.text)) == words
                    }
                })
        };
        let exactly = facts.iter().find(|fact| says(fact, &|held| held == span));
        // A newer reader may draw the bounds of the same words elsewhere.
        let overlaps = |held: Span| held.start < span.end && span.start < held.end;
        exactly
            .or_else(|| facts.iter().find(|fact| says(fact, &overlaps)))
            .copied()
    }

    fn subject(&self, subject: Subject) -> Option<image::Subject> {
        Some(match subject {
            Subject::Plan(plan) => image::Subject::Plan(self.view.find(plan)?),
            Subject::Section(section) => image::Subject::Section(self.view.find(section)?),
            Subject::Task(task) => image::Subject::Task(self.view.find(task)?),
        })
    }
}

/// Whether assignments on this basis are what documents say, and not what somebody decided since.
pub(super) fn is_documents(basis: Basis) -> bool {
    match basis {
        Basis::Stated | Basis::Convention | Basis::Inferred => true,
        Basis::Designated | Basis::Inherited | Basis::Recorded => false,
    }
}

/// A heading as it is compared: labels and title, folded.
struct Heading {
    path: Vec<String>,
    title: String,
}

impl Heading {
    fn new(path: impl IntoIterator<Item: AsRef<str>>, title: &str) -> Self {
        Self {
            path: path.into_iter().map(|label| fold(label.as_ref())).collect(),
            title: fold(title),
        }
    }
}

/// By what headings are compared: labels and title, or one of the two.
type Key<'h> = (&'h [String], &'h str);

/// Which of `held` each heading is: first those with the same path and title, then those with the same title wherever
/// they stand, then those that stand at the same path, if `may_be` they.
fn pair(
    headings: &[Heading],
    held: &[Heading],
    may_be: impl Fn(&str, &str) -> bool,
) -> Vec<Option<usize>> {
    let mut pairs = vec![None; headings.len()];
    let mut taken = vec![false; held.len()];
    let keys: [fn(&Heading) -> Key<'_>; 3] = [
        |heading| (&heading.path, &heading.title),
        |heading| (&[], &heading.title),
        |heading| (&heading.path, ""),
    ];
    for (pass, key) in keys.into_iter().enumerate() {
        let mut waiting: FxHashMap<_, VecDeque<usize>> = FxHashMap::default();
        for (index, heading) in held.iter().enumerate() {
            let comparable = pass != 1 || !heading.title.is_empty();
            if !taken[index] && comparable {
                waiting.entry(key(heading)).or_default().push_back(index);
            }
        }
        for (index, heading) in headings.iter().enumerate() {
            if pairs[index].is_some() {
                continue;
            }
            let Some(candidates) = waiting.get_mut(&key(heading)) else {
                continue;
            };
            let fits =
                |&&held_index: &&usize| pass < 2 || may_be(&heading.title, &held[held_index].title);
            if let Some(&found) = candidates.iter().find(fits) {
                candidates.retain(|&candidate| candidate != found);
                pairs[index] = Some(found);
                taken[found] = true;
            }
        }
    }
    pairs
}

/// Whether two titles have at least half of their pairs of characters in common (Dice's coefficient).
fn alike(one: &str, other: &str) -> bool {
    let pairs = |text: &str| -> FxHashSet<(char, char)> {
        text.chars().zip(text.chars().skip(1)).collect()
    };
    let (one, other) = (pairs(one), pairs(other));
    let common = one.intersection(&other).count();
    4 * common >= one.len() + other.len() && common > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(rows: &[(&str, &str)]) -> Vec<Heading> {
        let heading = |&(path, title): &(&str, &str)| Heading::new(path.split('/'), title);
        rows.iter().map(heading).collect()
    }

    #[test]
    fn headings_are_found_by_path_and_title_then_by_title_then_by_path() {
        let held = headings(&[("一/1", "种树"), ("一/2", "养护古树名木"), ("二/1", "节水")]);
        let now = headings(&[
            ("一/1", "修路"),
            ("一/2", "种树"),
            ("一/3", "养护古树"),
            ("二/1", "节水灌溉"),
        ]);
        let found = pair(&now, &held, alike);
        assert_eq!(found, [None, Some(0), None, Some(2)]);
        let found = pair(&now, &held, |_, _| true);
        assert_eq!(found[3], Some(2));
    }

    #[test]
    fn headings_that_repeat_are_found_in_their_order() {
        let held = headings(&[("1", "其他"), ("1", "其他")]);
        assert_eq!(pair(&held, &held, alike), [Some(0), Some(1)]);
    }
}
