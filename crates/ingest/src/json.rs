//! A draft in its published form, as `schema/draft.schema.json` describes it: spans in code points.

use crate::Reading;
use domain::{
    draft::{DraftClause, DraftDue, DraftParty, Problem, Script, Severity},
    text::{CodePoints, Span},
};
use serde_json::{Value, json};

/// The published form of what was read.
pub fn draft_json(reading: &Reading) -> Value {
    let form = Form {
        text: &reading.text,
        points: CodePoints::of(&reading.text),
    };
    let draft = &reading.draft;
    let each = |values: Vec<Value>| Value::Array(values);
    json!({
        "document": form.document(reading),
        "sections": each(draft.sections.iter().map(|section| json!({
            "path": section.path,
            "title": section.title,
            "span": form.span(section.span),
            "rule": section.rule,
            "confidence": section.confidence.fraction(),
        })).collect()),
        "tasks": each(draft.tasks.iter().map(|task| form.with_span("body", task.body, json!({
            "path": task.path,
            "title": task.title,
            "span": form.span(task.span),
            "rule": task.rule,
            "confidence": task.confidence.fraction(),
        }))).collect()),
        "clauses": each(draft.clauses.iter().map(|clause| form.clause(clause)).collect()),
        "targets": each(draft.targets.iter().map(|target| json!({
            "path": target.path,
            "text": form.words(target.span),
            "span": form.span(target.span),
            "min": target.min,
            "max": target.max,
            "unit": target.unit,
            "firmness": target.firmness,
            "due": target.due.as_ref().map(|due| form.due(due)),
            "rule": target.rule,
            "confidence": target.confidence.fraction(),
        })).collect()),
        "deadlines": each(draft.deadlines.iter().map(|deadline| json!({
            "path": deadline.path,
            "due": form.due(&deadline.due),
        })).collect()),
        "mentions": each(draft.mentions.iter().map(|mention| json!({
            "path": mention.path,
            "text": form.words(mention.span),
            "span": form.span(mention.span),
            "parties": mention.parties.iter().map(|party| form.party(party)).collect::<Vec<_>>(),
            "rule": mention.rule,
            "confidence": mention.confidence.fraction(),
        })).collect()),
        "problems": each(draft.problems.iter().map(|problem| form.problem(problem)).collect()),
    })
}

struct Form<'a> {
    text: &'a str,
    points: CodePoints,
}

impl Form<'_> {
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

    fn document(&self, reading: &Reading) -> Value {
        let document = &reading.draft.document;
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
            "name": self.words(party.span),
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
