//! What a person should look at: every code, its severity and its remedy in one place.

use domain::{
    draft::{Problem, Severity},
    text::Span,
};

fn problem(
    code: &'static str,
    severity: Severity,
    message: String,
    remedy: &str,
    span: impl Into<Option<Span>>,
) -> Problem {
    Problem {
        code: code.into(),
        severity,
        message,
        remedy: Some(remedy.to_owned()),
        span: span.into(),
    }
}

pub(crate) fn no_title() -> Problem {
    problem(
        "no_title",
        Severity::Warning,
        "no title was found".to_owned(),
        "give the plan a title when it is accepted",
        None,
    )
}

pub(crate) fn no_clause() -> Problem {
    problem(
        "no_clause",
        Severity::Warning,
        "the document states nowhere who is responsible, so its matrix is empty".to_owned(),
        "check that this is the document meant; its clauses may be in an attachment",
        None,
    )
}

pub(crate) fn outside_the_document(span: Span) -> Problem {
    problem(
        "outside_the_document",
        Severity::Note,
        "these lines are the page's and not the document's; nothing in them was read".to_owned(),
        "if they do belong to the document, give the text without what stands around it",
        span,
    )
}

pub(crate) fn label_out_of_sequence(label: &str, span: Span) -> Problem {
    problem(
        "label_out_of_sequence",
        Severity::Note,
        format!("the heading {label} is not the next of its sequence"),
        "check that no heading is missing before it",
        span,
    )
}

pub(crate) fn clause_not_read(span: Span) -> Problem {
    problem(
        "clause_not_read",
        Severity::Warning,
        "these words look like a responsibility clause and no party was recognised in them"
            .to_owned(),
        "add the parties to the directory, or enter the assignments by hand",
        span,
    )
}

pub(crate) fn bracket_not_closed(span: Span) -> Problem {
    problem(
        "bracket_not_closed",
        Severity::Warning,
        "the bracket of this clause is never closed; it was read to the end of its sentence"
            .to_owned(),
        "compare with the published text",
        span,
    )
}

pub(crate) fn bracket_not_opened(span: Span) -> Problem {
    problem(
        "bracket_not_opened",
        Severity::Warning,
        "the bracket of this clause is never opened; it was read from the start of its sentence"
            .to_owned(),
        "compare with the published text",
        span,
    )
}

pub(crate) fn text_cut_off(span: Span) -> Problem {
    problem(
        "text_cut_off",
        Severity::Warning,
        "the text ends inside a name, which was not read, and what follows is missing".to_owned(),
        "find the whole text, and read that",
        span,
    )
}

pub(crate) fn swapped_words(span: Span) -> Problem {
    problem(
        "swapped_words",
        Severity::Warning,
        "a machine put other words in the place of some of this clause, as copied pages do (卖力 for 负责)"
            .to_owned(),
        "find the text that the government published, and read that",
        span,
    )
}

pub(crate) fn respectively(span: Span) -> Problem {
    problem(
        "respectively",
        Severity::Note,
        "these parties answer for different parts of the task, and the text does not say which for which"
            .to_owned(),
        "say who answers for what when the draft is accepted",
        span,
    )
}

pub(crate) fn damaged_characters(span: Span) -> Problem {
    problem(
        "damaged_characters",
        Severity::Warning,
        "these words hold damaged characters, which were kept as they are".to_owned(),
        "compare with the published text",
        span,
    )
}

pub(crate) fn task_without_clause(title: &str, span: Span) -> Problem {
    problem(
        "task_without_clause",
        Severity::Warning,
        format!("nobody is named for the task {title}, though its neighbours have clauses"),
        "designate who is responsible",
        span,
    )
}

pub(crate) fn ambiguous_party(name: &str, span: Span) -> Problem {
    problem(
        "ambiguous_party",
        Severity::Warning,
        format!("{name} is the name of several parties of the directory"),
        "say which one is meant when the draft is accepted",
        span,
    )
}

pub(crate) fn unknown_party(name: &str, span: Span) -> Problem {
    problem(
        "unknown_party",
        Severity::Note,
        format!("{name} is not in the directory; its kind is read from its name"),
        "add it to the directory",
        span,
    )
}

pub(crate) fn table_not_read(span: Span) -> Problem {
    problem(
        "table_not_read",
        Severity::Warning,
        "these are the headings of a responsibility table whose cells cannot be told apart; nothing in it was read"
            .to_owned(),
        "give the table as it was published: the web page, the Word file or the sheet instead of its text",
        span,
    )
}

pub(crate) fn row_not_read(span: Span) -> Problem {
    problem(
        "row_not_read",
        Severity::Warning,
        "this row of a table does not fit its columns and was not read".to_owned(),
        "enter its assignments by hand, or give the table as it was published",
        span,
    )
}

pub(crate) fn glued_cells(span: Span) -> Problem {
    problem(
        "glued_cells",
        Severity::Warning,
        "nothing separates the cells of this table; where one ends was guessed".to_owned(),
        "give the table as it was published, or compare every row with it",
        span,
    )
}

pub(crate) fn columns_interleaved(span: Span) -> Problem {
    problem(
        "columns_interleaved",
        Severity::Warning,
        "here lines of text stand beside each other, so the order of the words is a guess"
            .to_owned(),
        "compare with the published page, or give the document as a web page, Word file or sheet",
        span,
    )
}
