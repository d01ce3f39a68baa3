//! The table `clause`.

use super::{Version, cell, cell::BadCell};
use domain::{
    clause::{Clause, Confidence},
    text::{Citation, Span},
};

versioned!("clause" of Clause {
    plan_id: Option<Uuid>,
    section_id: Option<Uuid>,
    task_id: Option<Uuid>,
    citation_document_id: Uuid,
    citation_start: i64,
    citation_end: i64,
    scope_start: Option<i64>,
    scope_end: Option<i64>,
    form: String,
    rule: String,
    open: bool,
    garbled: bool,
    confidence: i32,
});

fn row(version: Version, fact: &Clause) -> Model {
    let Clause {
        subject,
        citation,
        scope,
        form,
        rule,
        open,
        garbled,
        confidence,
    } = fact.clone();
    let (plan_id, section_id, task_id) = cell::subject(subject);
    let Citation {
        document,
        span: Span { start, end },
    } = citation;
    let (scope_start, scope_end) = cell::span(scope);
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        plan_id,
        section_id,
        task_id,
        citation_document_id: document.into(),
        citation_start: start.into(),
        citation_end: end.into(),
        scope_start,
        scope_end,
        form,
        rule,
        open,
        garbled,
        confidence: confidence.as_percent().into(),
    }
}

fn fact(row: Model) -> Result<Clause, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        plan_id,
        section_id,
        task_id,
        citation_document_id,
        citation_start,
        citation_end,
        scope_start,
        scope_end,
        form,
        rule,
        open,
        garbled,
        confidence,
    } = row;
    Ok(Clause {
        subject: cell::read_subject((plan_id, section_id, task_id))?,
        citation: Citation {
            document: citation_document_id.into(),
            span: Span {
                start: cell::number("citation_start", citation_start)?,
                end: cell::number("citation_end", citation_end)?,
            },
        },
        scope: cell::read_span("scope", (scope_start, scope_end))?,
        form,
        rule,
        open,
        garbled,
        confidence: Confidence::percent(cell::number("confidence", confidence)?),
    })
}
