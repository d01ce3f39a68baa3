//! A draft in its published form, as `schema/draft.schema.json` describes it: spans in code points.

use crate::Reading;
use domain::{
    draft::{
        DraftClause, DraftDeadline, DraftDocument, DraftDue, DraftMention, DraftParty,
        DraftSection, DraftTarget, DraftTask, Problem, Script, Severity,
    },
    review::{Noted, Review},
    text::{CodePoints, Span},
};
use serde_json::{Value, json};

/// The published form of what was read.
pub fn draft_json(reading: &Reading) -> Value {
    let form = Form::of(&reading.text);
    let draft = &reading.draft;
    json!({
        "document": form.document(&draft.document),
        "sections": list(&draft.sections, |section| form.section(section)),
        "tasks": list(&draft.tasks, |task| form.task(task)),
        "clauses": list(&draft.clauses, |clause| form.clause(clause)),
        "targets": list(&draft.targets, |target| form.target(target)),
        "deadlines": list(&draft.deadlines, |deadline| form.deadline(deadline)),
        "mentions": list(&draft.mentions, |mention| form.mention(mention)),
        "problems": list(&draft.problems, |problem| form.problem(problem)),
    })
}

/// The published form of a draft under review: each fact with its key, what a person made of it, and whether it was
/// removed.
pub fn review_json(review: &Review, text: &str) -> Value {
    let form = Form::of(text);
    let clause = |clause: &DraftClause, key| {
        let mut value = form.clause(clause);
        let parties = review.parties.iter();
        let parties: Vec<_> = parties.filter(|named| named.fact.clause == key).collect();
        value["parties"] = list(&parties, |named| {
            noted(named, form.party(&named.fact.party))
        });
        value
    };
    json!({
        "document": form.document(&review.document),
        "sections": list(&review.sections, |section| noted(section, form.section(&section.fact))),
        "tasks": list(&review.tasks, |task| noted(task, form.task(&task.fact))),
        "clauses": list(&review.clauses, |it| noted(it, clause(&it.fact, it.key))),
        "targets": list(&review.targets, |target| noted(target, form.target(&target.fact))),
        "deadlines": list(&review.deadlines, |due| noted(due, form.deadline(&due.fact))),
        "mentions": list(&review.mentions, |mention| noted(mention, form.mention(&mention.fact))),
        "problems": list(&review.problems, |problem| form.problem(problem)),
    })
}

fn list<T>(facts: &[T], form: impl Fn(&T) -> Value) -> Value {
    facts.iter().map(form).collect()
}

/// Adds to a fact what is noted of it.
fn noted<T>(noted: &Noted<T>, mut value: Value) -> Value {
    value["key"] = json!(noted.key);
    value["mark"] = json!(noted.mark);
    value["removed"] = json!(noted.removed);
    value
}

struct Form<'a> {
    text: &'a str,
    points: CodePoints,
}

impl<'a> Form<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            text,
            points: CodePoints::of(text),
        }
    }

    fn section(&self, section: &DraftSection) -> Value {
        json!({
            "path": section.path,
            "title": section.title,
            "span": self.span(section.span),
            "rule": section.rule,
            "confidence": section.confidence.fraction(),
        })
    }

    fn task(&self, task: &DraftTask) -> Value {
        let value = json!({
            "path": task.path,
            "title": task.title,
            "span": self.span(task.span),
            "rule": task.rule,
            "confidence": task.confidence.fraction(),
        });
        self.with_span("body", task.body, value)
    }

    fn target(&self, target: &DraftTarget) -> Value {
        json!({
            "path": target.path,
            "text": self.words(target.span),
            "span": self.span(target.span),
            "min": target.min,
            "max": target.max,
            "unit": target.unit,
            "firmness": target.firmness,
            "due": target.due.as_ref().map(|due| self.due(due)),
            "rule": target.rule,
            "confidence": target.confidence.fraction(),
        })
    }

    fn deadline(&self, deadline: &DraftDeadline) -> Value {
        json!({
            "path": deadline.path,
            "due": self.due(&deadline.due),
        })
    }

    fn mention(&self, mention: &DraftMention) -> Value {
        json!({
            "path": mention.path,
            "text": self.words(mention.span),
            "span": self.span(mention.span),
            "parties": list(&mention.parties, |party| self.party(party)),
            "rule": mention.rule,
            "confidence": mention.confidence.fraction(),
        })
    }

    fn span(&self, span: Span) -> Value {
        let at = |offset| self.points.before(self.text, offset);
        json!({ "start": at(span.start), "end": at(span.end) })
    }

    /// Adds a span under `key` if there is one: the published form leaves out what is not there.
    fn with_span(&self, key: &str, span: Option<Span>, mut value: Value) -> Value {
        if let Some(span) = span {
            value[key] = self.span(span);
        }
        value
    }

    fn words(&self, span: Span) -> &str {
        span.slice(self.text).unwrap_or_default()
    }

    fn document(&self, document: &DraftDocument) -> Value {
        let cites = document.cites.iter();
        let cites =
            cites.map(|cite| json!({ "text": self.words(*cite), "span": self.span(*cite) }));
        json!({
            "title": document.title,
            "issuer": document.issuer,
            "number": document.number,
            "issued_on": document.issued_on,
            "posted_on": document.posted_on,
            "jurisdiction": document.jurisdiction,
            "encoding": document.encoding,
            "script": script(document.script),
            "sha256": document.sha256,
            "reader": document.reader,
            "cites": cites.collect::<Vec<_>>(),
        })
    }

    fn clause(&self, clause: &DraftClause) -> Value {
        let persons = clause.persons.iter();
        let persons =
            persons.map(|name| json!({ "name": self.words(*name), "span": self.span(*name) }));
        let value = json!({
            "path": clause.path,
            "text": self.words(clause.span),
            "span": self.span(clause.span),
            "form": clause.form,
            "rule": clause.rule,
            "open": clause.open,
            "garbled": clause.garbled,
            "confidence": clause.confidence.fraction(),
            "deadline": clause.deadline.as_ref().map(|due| self.due(due)),
            "persons": persons.collect::<Vec<_>>(),
            "parties": clause.parties.iter().map(|party| self.party(party)).collect::<Vec<_>>(),
        });
        self.with_span("scope", clause.scope, value)
    }

    fn party(&self, party: &DraftParty) -> Value {
        let value = json!({
            "name": party.name(self.text),
            "span": self.span(party.span),
            "role": party.role,
            "basis": party.basis,
            "reference": party.reference,
            "kind": party.kind,
            "kind_confidence": party.kind_confidence.fraction(),
            "full_name": party.full_name,
            "confidence": party.confidence.fraction(),
        });
        self.with_span("convention", party.convention, value)
    }

    fn problem(&self, problem: &Problem) -> Value {
        let mut value = json!({
            "code": problem.code,
            "severity": severity(problem.severity),
            "message": problem.message,
        });
        if let Some(remedy) = &problem.remedy {
            value["remedy"] = json!(remedy);
        }
        self.with_span("span", problem.span, value)
    }

    fn due(&self, due: &DraftDue) -> Value {
        json!({
            "text": self.words(due.span),
            "span": self.span(due.span),
            "kind": due.kind,
            "date": due.date,
            "source": due.source,
            "rule": due.rule,
            "confidence": due.confidence.fraction(),
        })
    }
}

fn script(script: Script) -> &'static str {
    match script {
        Script::Hans => "hans",
        Script::Hant => "hant",
        Script::Mixed => "mixed",
        Script::None => "none",
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
