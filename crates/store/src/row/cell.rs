//! What fits one or a few columns: words, days, spans, citations, subjects; each crossing once in either direction.

use domain::{
    clause::Subject,
    deadline::Due,
    id::{DocumentId, PlanId, SectionId, TaskId},
    task::Wording,
    text::{Citation, Span},
    time::{Day, Validity},
};
use std::{error::Error, str::FromStr};
use uuid::Uuid;

/// A cell, or a few that belong together, that cannot be what was written.
#[derive(Debug, thiserror::Error)]
#[error("column {column}")]
pub(crate) struct BadCell {
    pub(crate) column: &'static str,
    #[source]
    pub(crate) source: Box<dyn Error + Send + Sync>,
}

/// Columns that are only meaningful together.
#[derive(Debug, thiserror::Error)]
#[error("columns that belong together are not all there, or too many are")]
struct Incomplete;

impl BadCell {
    fn because(column: &'static str, source: impl Error + Send + Sync + 'static) -> Self {
        Self {
            column,
            source: Box::new(source),
        }
    }
}

/// Columns that belong together, of which some are missing or too many are there.
pub(crate) fn incomplete(columns: &'static str) -> BadCell {
    BadCell::because(columns, Incomplete)
}

/// A word of a vocabulary, a number, a digest: whatever has one form as text.
pub(crate) fn read<T: FromStr<Err: Error + Send + Sync + 'static>>(
    column: &'static str,
    cell: &str,
) -> Result<T, BadCell> {
    cell.parse()
        .map_err(|error| BadCell::because(column, error))
}

pub(crate) fn read_optional<T: FromStr<Err: Error + Send + Sync + 'static>>(
    column: &'static str,
    cell: Option<String>,
) -> Result<Option<T>, BadCell> {
    cell.map(|cell| read(column, &cell)).transpose()
}

pub(crate) fn read_json<T: serde::de::DeserializeOwned>(
    column: &'static str,
    cell: &str,
) -> Result<T, BadCell> {
    serde_json::from_str(cell).map_err(|error| BadCell::because(column, error))
}

/// What a list of our own forms is kept as.
pub(crate) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("ids, words, days and numbers have a form in JSON")
}

pub(crate) fn number<T: TryFrom<i64, Error: Error + Send + Sync + 'static>>(
    column: &'static str,
    cell: impl Into<i64>,
) -> Result<T, BadCell> {
    T::try_from(cell.into()).map_err(|error| BadCell::because(column, error))
}

/// PostgreSQL's own words for the open ends of time; they sort before and after every ISO day.
const BEGINNING: &str = "-infinity";
const FOREVER: &str = "infinity";

pub(crate) fn validity(validity: Validity) -> (String, String) {
    let cell = |day: Day| match day {
        Day::BEGINNING => BEGINNING.to_owned(),
        Day::FOREVER => FOREVER.to_owned(),
        day => day.to_string(),
    };
    (cell(validity.from), cell(validity.to))
}

pub(crate) fn read_validity(from: &str, to: &str) -> Result<Validity, BadCell> {
    let day = |column, cell: &str| match cell {
        BEGINNING => Ok(Day::BEGINNING),
        FOREVER => Ok(Day::FOREVER),
        cell => read(column, cell),
    };
    Ok(Validity {
        from: day("valid_from", from)?,
        to: day("valid_to", to)?,
    })
}

pub(crate) fn optional_day(day: Option<Day>) -> Option<String> {
    day.filter(|day| day.is_calendar_day())
        .map(|day| day.to_string())
}

pub(crate) type SpanCells = (Option<i64>, Option<i64>);
pub(crate) type CitationCells = (Option<Uuid>, Option<i64>, Option<i64>);

pub(crate) fn span(span: Option<Span>) -> SpanCells {
    (
        span.map(|span| span.start.into()),
        span.map(|span| span.end.into()),
    )
}

pub(crate) fn read_span(column: &'static str, cells: SpanCells) -> Result<Option<Span>, BadCell> {
    match cells {
        (Some(start), Some(end)) => Ok(Some(Span {
            start: number(column, start)?,
            end: number(column, end)?,
        })),
        (None, None) => Ok(None),
        _ => Err(BadCell::because(column, Incomplete)),
    }
}

pub(crate) fn citation(citation: Option<Citation>) -> CitationCells {
    let (start, end) = span(citation.map(|citation| citation.span));
    (
        citation.map(|citation| citation.document.into()),
        start,
        end,
    )
}

pub(crate) fn read_citation(
    column: &'static str,
    (document, start, end): CitationCells,
) -> Result<Option<Citation>, BadCell> {
    match (
        document.map(DocumentId::from),
        read_span(column, (start, end))?,
    ) {
        (Some(document), Some(span)) => Ok(Some(Citation { document, span })),
        (None, None) => Ok(None),
        _ => Err(BadCell::because(column, Incomplete)),
    }
}

pub(crate) type SubjectCells = (Option<Uuid>, Option<Uuid>, Option<Uuid>);

/// In the order plan, section, task.
pub(crate) fn subject(subject: Subject) -> SubjectCells {
    match subject {
        Subject::Plan(id) => (Some(id.into()), None, None),
        Subject::Section(id) => (None, Some(id.into()), None),
        Subject::Task(id) => (None, None, Some(id.into())),
    }
}

pub(crate) fn read_subject(cells: SubjectCells) -> Result<Subject, BadCell> {
    match cells {
        (Some(id), None, None) => Ok(Subject::Plan(PlanId::from(id))),
        (None, Some(id), None) => Ok(Subject::Section(SectionId::from(id))),
        (None, None, Some(id)) => Ok(Subject::Task(TaskId::from(id))),
        _ => Err(BadCell::because("plan_id, section_id, task_id", Incomplete)),
    }
}

pub(crate) type WordingCells = (Option<String>, CitationCells);

pub(crate) fn wording(wording: Option<&Wording>) -> WordingCells {
    match wording {
        Some(Wording::Entered(words)) => (Some(words.clone()), citation(None)),
        Some(Wording::Cited(cited)) => (None, citation(Some(*cited))),
        None => (None, citation(None)),
    }
}

pub(crate) fn read_wording(
    column: &'static str,
    (words, cited): WordingCells,
) -> Result<Option<Wording>, BadCell> {
    match (words, read_citation(column, cited)?) {
        (Some(words), None) => Ok(Some(Wording::Entered(words))),
        (None, Some(citation)) => Ok(Some(Wording::Cited(citation))),
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err(BadCell::because(column, Incomplete)),
    }
}

/// The columns of a due time.
pub(crate) struct DueCells {
    pub(crate) wording: WordingCells,
    pub(crate) kind: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) source: Option<String>,
}

pub(crate) fn due(due: Option<&Due>) -> DueCells {
    DueCells {
        wording: wording(due.map(|due| &due.wording)),
        kind: due.map(|due| due.kind.to_string()),
        date: due.and_then(|due| due.date).map(|date| date.to_string()),
        source: due.map(|due| due.source.to_string()),
    }
}

pub(crate) fn read_due(cells: DueCells) -> Result<Option<Due>, BadCell> {
    let DueCells {
        wording,
        kind,
        date,
        source,
    } = cells;
    match (read_wording("due_wording", wording)?, kind, source) {
        (Some(wording), Some(kind), Some(source)) => Ok(Some(Due {
            wording,
            kind: read("due_kind", &kind)?,
            date: read_optional("due_date", date)?,
            source: read("due_source", &source)?,
        })),
        (None, None, None) if date.is_none() => Ok(None),
        _ => Err(BadCell::because(
            "due_wording, due_kind, due_date, due_source",
            Incomplete,
        )),
    }
}

/// The one value that columns must hold.
pub(crate) fn required<T>(column: &'static str, value: Option<T>) -> Result<T, BadCell> {
    value.ok_or_else(|| BadCell::because(column, Incomplete))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_ends_sort_around_every_day() {
        let always = validity(Validity::ALWAYS);
        let day = validity(Validity {
            from: "0001-01-01".parse().unwrap(),
            to: "9999-12-31".parse().unwrap(),
        });
        assert!(always.0 < day.0 && day.1 < always.1);
        assert_eq!(
            read_validity(&always.0, &always.1).unwrap(),
            Validity::ALWAYS
        );
    }

    #[test]
    fn half_a_citation_is_refused_with_its_column() {
        let error = read_citation("citation", (None, Some(1), Some(2))).unwrap_err();
        assert_eq!(error.column, "citation");
        assert!(read_subject((Some(Uuid::nil()), None, Some(Uuid::nil()))).is_err());
        assert!(read_span("scope", (Some(-1), Some(2))).is_err());
    }
}
