//! Why the reader found what it found: each fact with its words, the rule that found it and how sure it is.

use crate::{matrix::words, terminal::plain};
use domain::{
    clause::Confidence,
    draft::{DraftClause, DraftDue, DraftParty, Severity},
    text::Span,
    vocabulary::Basis,
};
use ingest::Reading;
use std::fmt::Write as _;

/// All facts of a document in the order of its text, and what a person should look at.
pub(crate) fn of_reading(reading: &Reading) -> String {
    let text = Text::of(&reading.text);
    let draft = &reading.draft;
    let mut facts: Vec<(Span, String)> = vec![];
    for section in &draft.sections {
        let head = format!("section {}  {}", section.path.concat(), section.title);
        let why = Text::why(&section.rule, section.confidence);
        facts.push((section.span, format!("{head}\n{why}")));
    }
    for task in &draft.tasks {
        let head = format!("task {}  {}", task.path.concat(), task.title);
        let why = Text::why(&task.rule, task.confidence);
        facts.push((task.span, format!("{head}\n{why}")));
    }
    for clause in &draft.clauses {
        facts.push((clause.span, text.clause(clause)));
    }
    for target in &draft.targets {
        let bound = |bound: &Option<domain::target::Decimal>| {
            bound.as_ref().map(ToString::to_string).unwrap_or_default()
        };
        let (min, max) = (bound(&target.min), bound(&target.max));
        let unit = target.unit.as_deref().unwrap_or_default();
        let mut fact = format!("target {min}..{max} {unit}: {}", text.words(target.span));
        let _ = write!(fact, "\n{}", Text::why(&target.rule, target.confidence));
        if let Some(due) = &target.due {
            let _ = write!(fact, "\n{}", text.due(due));
        }
        facts.push((target.span, fact));
    }
    for deadline in &draft.deadlines {
        let due = text.due(&deadline.due);
        let fact = format!("deadline of {}\n{due}", name(&deadline.path));
        facts.push((deadline.due.span, fact));
    }
    for mention in &draft.mentions {
        let mut fact = format!("mention {}", text.words(mention.span));
        let _ = write!(fact, "\n{}", Text::why(&mention.rule, mention.confidence));
        for party in &mention.parties {
            let _ = write!(fact, "\n{}", text.party(party));
        }
        facts.push((mention.span, fact));
    }
    for problem in &draft.problems {
        let severity = match problem.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let mut fact = format!("{severity} {}: {}", problem.code, problem.message);
        if let Some(remedy) = &problem.remedy {
            let _ = write!(fact, "\n    {remedy}");
        }
        facts.push((problem.span.unwrap_or(Span::of(0..0)), fact));
    }
    facts.sort_by_key(|(span, _)| span.start);
    let lines = facts.iter().map(|(span, fact)| {
        let fact: Vec<_> = fact.lines().map(plain).collect();
        format!("line {}: {}", text.line(*span), fact.join("\n"))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The text of a document, and where its lines begin.
struct Text<'t> {
    text: &'t str,
    lines: Vec<usize>,
}

impl<'t> Text<'t> {
    fn of(text: &'t str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            lines: breaks.collect(),
        }
    }

    /// The line in which a span begins, counted from 1.
    fn line(&self, span: Span) -> usize {
        self.lines
            .partition_point(|line| *line <= span.start as usize)
            + 1
    }

    fn words(&self, span: Span) -> String {
        words(span, self.text)
    }

    /// The rule, what it goes by, and how sure it is.
    fn why(rule: &str, confidence: Confidence) -> String {
        let words = ingest::explain::rule(rule).unwrap_or("a rule without a description");
        format!("    {:.2} by {rule}: {words}", confidence.fraction())
    }

    fn clause(&self, clause: &DraftClause) -> String {
        let open = if clause.open {
            ", the list goes on"
        } else {
            ""
        };
        let damaged = if clause.garbled { ", damaged" } else { "" };
        let mut fact = format!(
            "clause of {}{open}{damaged}: {}",
            name(&clause.path),
            self.words(clause.span)
        );
        let _ = write!(fact, "\n{}", Self::why(&clause.rule, clause.confidence));
        if !clause.form.is_empty() {
            let _ = write!(fact, "\n    the roles are in {}", clause.form);
        }
        if let Some(scope) = clause.scope {
            let lines = (
                self.line(scope),
                self.line(Span::of(scope.end as usize..scope.end as usize)),
            );
            let _ = write!(fact, "\n    it governs lines {} to {}", lines.0, lines.1);
        }
        for party in &clause.parties {
            let _ = write!(fact, "\n{}", self.party(party));
        }
        for person in &clause.persons {
            let _ = write!(fact, "\n    leader {}", self.words(*person));
        }
        if let Some(due) = &clause.deadline {
            let _ = write!(fact, "\n{}", self.due(due));
        }
        fact
    }

    fn party(&self, party: &DraftParty) -> String {
        let full = party.full_name.as_ref();
        let full = full.map(|full| format!(" = {full}")).unwrap_or_default();
        let convention = party
            .convention
            .filter(|_| party.basis == Basis::Convention);
        let convention = convention.map(|span| {
            format!(
                "\n        by the rule in line {}: {}",
                self.line(span),
                self.words(span)
            )
        });
        format!(
            "    {:.2} {} {}{full} ({}, {}){}",
            party.confidence.fraction(),
            party.role,
            self.words(party.span),
            party.reference,
            party.kind,
            convention.unwrap_or_default(),
        )
    }

    fn due(&self, due: &DraftDue) -> String {
        let date = due
            .date
            .map(|date| format!(" = {date}"))
            .unwrap_or_default();
        let words = self.words(due.span);
        let why = Self::why(&due.rule, due.confidence);
        format!("    due {words}{date} ({})\n    {why}", due.kind)
    }
}

/// What a fact belongs to.
fn name(path: &[String]) -> String {
    if path.is_empty() {
        "the plan".to_owned()
    } else {
        path.concat()
    }
}
