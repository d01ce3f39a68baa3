//! What was found in a document or is kept of a plan, for a person to look over.

use crate::{
    matrix::{Grid, party_name, shortened, words},
    terminal::{self, plain},
};
use domain::{
    draft::{Draft, DraftParty, Problem, Severity},
    image::{AssignmentRef, PlanRef, Subject},
    text::Span,
    view::{Valid, View},
    vocabulary::Reference,
};
use ingest::Reading;
use store::Stats;

/// How much of the words of a problem is shown.
const EXCERPT: usize = 40;

/// How many of each thing a plan has.
struct Counts {
    sections: usize,
    tasks: usize,
    clauses: usize,
    parties: usize,
    assignments: usize,
    targets: usize,
    deadlines: usize,
}

impl Counts {
    fn of_draft(draft: &Draft, text: &str) -> Self {
        let parties = || draft.clauses.iter().flat_map(|clause| &clause.parties);
        let named = |party: &&DraftParty| party.reference != Reference::Indefinite;
        let mut distinct: Vec<_> = parties()
            .filter(named)
            .map(|party| party_name(party, text))
            .collect();
        distinct.sort_unstable();
        distinct.dedup();
        let of_clauses = draft
            .clauses
            .iter()
            .filter(|clause| clause.deadline.is_some());
        Self {
            sections: draft.sections.len(),
            tasks: draft.tasks.len(),
            clauses: draft.clauses.len(),
            parties: distinct.len(),
            assignments: parties().filter(named).count(),
            targets: draft.targets.len(),
            deadlines: draft.deadlines.len() + of_clauses.count(),
        }
    }

    fn of_plan(view: &View, plan: PlanRef) -> Self {
        let subjects = view.plan_subjects(plan);
        let each =
            |count: &dyn Fn(Subject) -> usize| subjects.iter().map(|subject| count(*subject)).sum();
        let tasks = view.plan_tasks(plan, Valid::OnDay);
        let assignments = tasks
            .iter()
            .flat_map(|task| view.task_assignments(*task, Valid::OnDay));
        let named =
            |assignment: &AssignmentRef| view.thing(*assignment).reference != Reference::Indefinite;
        let assignments: Vec<_> = assignments.filter(named).collect();
        let mut parties: Vec<_> = assignments
            .iter()
            .map(|held| view.thing(*held).party)
            .collect();
        parties.sort_unstable();
        parties.dedup();
        Self {
            sections: view.plan_sections(plan).len(),
            tasks: tasks.len(),
            clauses: each(&|subject| view.clauses(subject).len()),
            parties: parties.len(),
            assignments: assignments.len(),
            targets: each(&|subject| view.targets(subject, Valid::OnDay).len()),
            deadlines: each(&|subject| view.deadlines(subject, Valid::OnDay).len()),
        }
    }

    fn line(&self) -> String {
        let counted = [
            (self.sections, "section", "sections"),
            (self.tasks, "task", "tasks"),
            (self.clauses, "clause", "clauses"),
            (self.parties, "party", "parties"),
            (self.assignments, "named assignment", "named assignments"),
            (self.targets, "target", "targets"),
            (self.deadlines, "deadline", "deadlines"),
        ];
        counted
            .map(|(count, one, more)| counted_as(count, one, more))
            .join(", ")
    }
}

fn counted_as(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// Everything that was read from a document.
pub(crate) fn of_reading(reading: &Reading) -> String {
    let Reading { text, draft } = reading;
    let document = &draft.document;
    let date = |name: &str, day: Option<domain::time::Day>| day.map(|day| format!("{name} {day}"));
    let origin = [
        document.issuer.clone(),
        document.number.clone(),
        date("issued", document.issued_on),
        date("posted", document.posted_on),
    ];
    let origin: Vec<String> = origin.into_iter().flatten().collect();
    let mut blocks = vec![head(
        &document.title,
        &origin.join(", "),
        &Counts::of_draft(draft, text),
    )];
    blocks.push(Grid::of_draft(draft, text).render(terminal::width()));
    blocks.extend(details(reading));
    blocks.join("\n\n")
}

/// What a document says that a matrix does not show, and what could not be read for sure.
fn details(reading: &Reading) -> impl Iterator<Item = String> {
    let targets = targets(&reading.draft, &reading.text);
    targets.into_iter().chain(problems(reading))
}

/// Everything that the register keeps of a plan, and the details of the document that it was read from.
pub(crate) fn of_plan(view: &View, plan: PlanRef, reading: &Reading) -> String {
    let image = view.thing(plan);
    let code = format!("plan {}", view.text(image.code));
    let head = head(view.text(image.title), &code, &Counts::of_plan(view, plan));
    let mut blocks = vec![head, Grid::of_plan(view, plan).render(terminal::width())];
    blocks.extend(details(reading));
    blocks.join("\n\n")
}

fn head(title: &str, origin: &str, counts: &Counts) -> String {
    let title = if title.is_empty() {
        "(no title found)"
    } else {
        title
    };
    let lines = [plain(title), plain(origin), counts.line()];
    let lines: Vec<_> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn targets(draft: &Draft, text: &str) -> Option<String> {
    if draft.targets.is_empty() {
        return None;
    }
    let mut table = terminal::table(&["target", "min", "max", "unit", "due", "of"]);
    for target in &draft.targets {
        let decimal = |value: &Option<domain::target::Decimal>| {
            value.as_ref().map_or_else(String::new, ToString::to_string)
        };
        let due = target.due.as_ref().and_then(|due| due.date);
        table.add_row([
            words(target.span, text),
            decimal(&target.min),
            decimal(&target.max),
            target.unit.clone().unwrap_or_default(),
            due.map_or_else(String::new, |date| date.to_string()),
            target
                .path
                .as_ref()
                .map_or_else(|| "the plan".to_owned(), |path| path.concat()),
        ]);
    }
    Some(terminal::text(table, 2))
}

/// The problems of a document, a line each, with where they are and on which words; nothing if there are none.
fn problems(reading: &Reading) -> Option<String> {
    let problems = &reading.draft.problems;
    if problems.is_empty() {
        return None;
    }
    let lines = problems
        .iter()
        .map(|problem| problem_line(problem, &reading.text));
    let title = format!("{}:", counted_as(problems.len(), "problem", "problems"));
    let lines: Vec<_> = std::iter::once(title).chain(lines).collect();
    Some(lines.join("\n"))
}

fn problem_line(problem: &Problem, text: &str) -> String {
    let severity = match problem.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let place = problem
        .span
        .map(|span| place(span, text))
        .unwrap_or_default();
    let remedy = problem
        .remedy
        .as_ref()
        .map(|remedy| format!(" ({remedy})"))
        .unwrap_or_default();
    format!("  {place}{severity}: {}{remedy}", problem.message)
}

/// The line of a span, counted from 1, and its words.
fn place(span: Span, text: &str) -> String {
    let before = text.get(..span.start as usize).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    format!("line {line} {:?} ", shortened(&words(span, text), EXCERPT))
}

/// How large a register is and what it took to load.
pub(crate) fn of_register(code: &str, stats: &Stats) -> String {
    let Stats {
        seq,
        size,
        loaded_in,
    } = stats;
    let bytes = size.bytes();
    let each = |bytes: usize| bytes.checked_div(size.assignments);
    let each = each(bytes)
        .zip(each(size.name_bytes))
        .map(|(each, names)| format!(", {each} per assignment of which names and titles {names}"));
    format!(
        "register {code}: {seq} changesets, {} versions of facts, {} assignments; {bytes} bytes of memory{}; loaded in {} ms",
        size.versions,
        size.assignments,
        each.unwrap_or_default(),
        loaded_in.as_millis(),
    )
}
