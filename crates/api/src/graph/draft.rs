//! Drafts under review. They are no part of the register: every view shows them as they are now.

mod correction;
mod fact;
mod list;
mod mutation;
mod name;

pub(crate) use correction::corrections_from_json;
pub(crate) use list::{DraftConnection, draft, drafts};
pub(crate) use mutation::{
    AcceptDraftInput, AcceptDraftPayload, CorrectDraftInput, CorrectDraftPayload,
    DismissDraftInput, DismissDraftPayload, ReviewDocumentPayload, accept, correct, dismiss,
    refusal_code, review,
};

use super::{
    define::{Defaulted, graph_types},
    document::{Document, Passage},
    list::{All, all},
    scalar::{Date, DateTime, SeqNumber},
    scope::{Scope, maybe},
    vocabulary::{DifferenceKind, DraftState, Severity},
};
use crate::draft::{self as drafts_of, DraftError, Opened};
use domain::{
    clause::Confidence,
    command,
    draft::Problem,
    image,
    review::{self as reviewed, Entry},
    text::{CodePoints, Span},
};
use fact::{DraftClause, DraftDeadline, DraftMention, DraftSection, DraftTarget, DraftTask, each};
use name::DraftName;
use std::sync::Arc;
use store::DraftState as State;

/// A draft with all that its fields need.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) opened: Opened,
    points: CodePoints,
}

impl Sheet {
    pub(crate) fn new(opened: Opened) -> Arc<Self> {
        let points = CodePoints::of(&opened.text);
        Arc::new(Self { opened, points })
    }

    fn review(&self) -> &reviewed::Review {
        &self.opened.draft.review
    }

    /// The words of a span, as they are published.
    fn passage(&self, span: Span) -> Passage {
        let points = self.points.points(&self.opened.text, span);
        Passage {
            quote: span.slice(&self.opened.text).unwrap_or_default().to_owned(),
            start: points.start,
            end: points.end,
        }
    }

    /// The line on which a span begins, from 1.
    fn line(&self, span: Span) -> usize {
        let before = self.opened.text.get(..span.start as usize);
        before.unwrap_or_default().matches('\n').count() + 1
    }
}

graph_types! {
    /// 待审稿: what was read from a document, before anybody accepts it. It can be corrected until it is accepted or
    /// dismissed. Drafts are no part of the register: they are as they are now, whatever time is asked about.
    type Draft(view, sheet: Arc<Sheet>) {
        /// The draft's own key.
        key -> String = sheet.opened.draft.id.to_string();
        /// How often it was changed, from 1: give it as `expectedVersion`.
        version -> u32 = sheet.opened.draft.version;
        /// What became of it.
        state -> DraftState = match sheet.opened.draft.state {
            State::Open => DraftState::Open,
            State::Accepted => DraftState::Accepted,
            State::Dismissed { .. } => DraftState::Dismissed,
        };
        /// Why it was dismissed.
        dismissed_because -> Option<String> = match &sheet.opened.draft.state {
            State::Dismissed { reason } => Some(reason.clone()),
            State::Open | State::Accepted => None,
        };
        /// The last changeset that accepted it, or the part of it that was sure.
        accepted_as -> Option<SeqNumber> = sheet.opened.draft.accepted_as.map(SeqNumber);
        /// When it was made.
        created_at -> DateTime = DateTime(sheet.opened.draft.created.at);
        /// Who brought the document in: an opaque subject.
        created_by -> String = sheet.opened.draft.created.by.clone();
        /// When it was changed last.
        updated_at -> DateTime = DateTime(sheet.opened.draft.updated.at);
        /// Who changed it last: an opaque subject.
        updated_by -> String = sheet.opened.draft.updated.by.clone();
        /// Where the document came from: a file name or a web address.
        address -> Option<String> = sheet.opened.draft.said.address.clone();
        /// What its plan is to be called by, if the one who brought it in said so.
        code -> Option<String> = sheet.opened.draft.said.code.clone();
        /// The title as read, or as corrected.
        title -> String = sheet.review().document.title.clone();
        /// Who issued it.
        issuer -> Option<String> = sheet.review().document.issuer.clone();
        /// Its own document number.
        number -> Option<String> = sheet.review().document.number.clone();
        /// The day of issue.
        issued_on -> Option<Date> = sheet.review().document.issued_on.map(Date);
        /// The day a web page says it was posted.
        posted_on -> Option<Date> = sheet.review().document.posted_on.map(Date);
        /// The place inside which relative names such as 市科技局 are meant.
        jurisdiction -> Option<String> = sheet.review().document.jurisdiction.clone();
        /// The SHA-256 of the bytes that were given, in hexadecimal.
        sha256 -> String = sheet.opened.draft.bytes.to_string();
        /// The version of the reader that read it.
        reader -> String = sheet.review().document.reader.clone();
        /// The document of which it is a newer version, where it is one: accepting it ends what it no longer says.
        supersedes -> Option<Document> = {
            let document = sheet.opened.draft.said.supersedes;
            maybe(view, document.and_then(|document| view.view.find::<image::Document>(document)))
        };
        /// The headings that are no tasks, in the order of the text.
        sections -> All<DraftSection> = all(view, each(sheet, &sheet.review().sections));
        /// The tasks, in the order of the text.
        tasks -> All<DraftTask> = all(view, each(sheet, &sheet.review().tasks));
        /// The clauses, in the order of the text.
        clauses -> All<DraftClause> = all(view, each(sheet, &sheet.review().clauses));
        /// The targets, in the order of the text.
        targets -> All<DraftTarget> = all(view, each(sheet, &sheet.review().targets));
        /// The deadlines outside of clauses and targets.
        deadlines -> All<DraftDeadline> = all(view, each(sheet, &sheet.review().deadlines));
        /// Responsibility said in prose: none of it is an assignment unless somebody makes it one.
        mentions -> All<DraftMention> = all(view, each(sheet, &sheet.review().mentions));
        /// What could not be read, or not for sure.
        problems -> All<DraftProblem> = all(view, (0..sheet.review().problems.len())
            .map(|index| (Arc::clone(sheet), index)));
        /// Every correction, oldest first.
        corrections -> All<DraftCorrection> = all(view, (0..sheet.review().log.len())
            .map(|index| (Arc::clone(sheet), index)));
        /// How many Unicode code points the text has.
        length -> u32 = sheet.points.before(&sheet.opened.text, sheet.opened.text.len() as u32);
        /// The decoded text, or the part of it from code point `start` up to `end`.
        text(
            #[graphql(desc = "Where to begin, counted in Unicode code points from 0.", default)]
            start: Defaulted<u32>,
            #[graphql(desc = "The first code point after the part; the end of the text if none is given.")]
            end: Option<u32>,
        ) -> String = {
            let text = &sheet.opened.text;
            let at = |point| sheet.points.offset(text, point);
            let end = end.map_or(text.len() as u32, at);
            let part = Span { start: at(start.0).min(end), end };
            let part = part.slice(text).unwrap_or_default();
            view.budget.text(part)?;
            part.to_owned()
        };
    } stored {
        /// The names that the clauses write, each once, and which parties they mean as the register knows them.
        names -> All<DraftName> = name::names(view, sheet).await;
        /// What is less sure than asked for and nobody has looked at, and names that may mean several parties.
        doubts(
            #[graphql(desc = "How sure is sure enough, from 0 to 1.")]
            below: f64,
        ) -> All<DraftDoubt> = doubts(view, sheet, below).await;
        /// What accepting the whole draft would change in the register now: for a newer version of a document, what is
        /// added, changed and ended. Empty for a draft that cannot be accepted as it is.
        differences -> All<DraftDifference> = differences(view, sheet).await;
    }

    /// Something a person should look at.
    type DraftProblem(view, problem: (Arc<Sheet>, usize)) {
        /// What is wrong: a code that does not change its meaning.
        code -> String = at(problem).code.clone().into_owned();
        /// How bad it is.
        severity -> Severity = at(problem).severity.into();
        /// What is wrong, for people.
        message -> String = at(problem).message.clone();
        /// What to do about it.
        remedy -> Option<String> = at(problem).remedy.clone();
        /// On which words.
        words -> Option<Passage> = at(problem).span.map(|span| problem.0.passage(span));
        /// On which line of the text, from 1.
        line -> Option<usize> = at(problem).span.map(|span| problem.0.line(span));
    }

    /// A correction of a draft, by whom and when.
    type DraftCorrection(view, entry: (Arc<Sheet>, usize)) {
        /// The version of the draft that it made.
        version -> u32 = entry_at(entry).version;
        /// Who: an opaque subject.
        by -> String = entry_at(entry).by.clone();
        /// When.
        at -> DateTime = DateTime(entry_at(entry).at);
        /// The words of the document that it is about.
        words -> Option<String> = {
            let Opened { draft, text } = &entry.0.opened;
            draft.review.words(&entry_at(entry).correction, text)
        };
        /// What was done, in the form in which it is kept: spans are byte offsets.
        correction -> Option<async_graphql::Json<serde_json::Value>> =
            serde_json::to_value(&entry_at(entry).correction).ok().map(async_graphql::Json);
    }

    /// A fact of a draft that is not sure.
    type DraftDoubt(view, doubt: (Arc<Sheet>, reviewed::Doubt)) {
        /// The key of the fact.
        key -> u32 = doubt.1.key.0;
        /// What kind of fact: section, task, clause, party, target or deadline.
        what -> String = doubt.1.what.to_owned();
        /// Its words.
        words -> Passage = doubt.0.passage(doubt.1.span);
        /// On which line of the text they begin, from 1.
        line -> usize = doubt.0.line(doubt.1.span);
        /// How sure the reader was, from 0 to 1.
        confidence -> f64 = doubt.1.confidence.fraction();
        /// Whether its name may mean any of several parties.
        is_ambiguous -> bool = doubt.1.is_ambiguous;
    }

    /// One thing that accepting a draft changes.
    type DraftDifference(view, difference: command::Difference) {
        /// How.
        kind -> DifferenceKind = difference.kind.into();
        /// What kind of fact, as the log names it.
        entity -> String = difference.entity.to_owned();
        /// Its words.
        words -> String = difference.words.clone();
    }
}

fn at((sheet, index): &(Arc<Sheet>, usize)) -> &Problem {
    &sheet.review().problems[*index]
}

fn entry_at((sheet, index): &(Arc<Sheet>, usize)) -> &Entry {
    &sheet.review().log[*index]
}

async fn doubts(
    scope: &Arc<Scope>,
    sheet: &Arc<Sheet>,
    below: f64,
) -> async_graphql::Result<All<DraftDoubt>> {
    let least = confidence(below);
    let namings = drafts_of::namings(&scope.view, &sheet.opened).await;
    let doubts = sheet.review().doubts(least, &sheet.opened.text, &namings);
    let doubts = doubts.into_iter().map(|doubt| (Arc::clone(sheet), doubt));
    Ok(all(scope, doubts))
}

/// A share of one as percent; what is no share is the nearest.
pub(super) fn confidence(share: f64) -> Confidence {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it lies between 0 and 100"
    )]
    let percent = (share.clamp(0.0, 1.0) * 100.0).round() as u8;
    Confidence::percent(percent)
}

async fn differences(
    scope: &Arc<Scope>,
    sheet: &Arc<Sheet>,
) -> async_graphql::Result<All<DraftDifference>> {
    let changes = drafts_of::preview(&scope.store, &scope.view, &sheet.opened).await;
    let changes = match changes {
        Ok(changes) => changes,
        Err(DraftError::Refused(_)) => vec![],
        Err(error) => return Err(mutation::fault(error).into()),
    };
    let differences = command::differences(&scope.view, &sheet.opened.text, &changes);
    Ok(all(scope, differences))
}
