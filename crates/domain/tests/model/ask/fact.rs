//! Facts themselves: as they are known, as they last were, and their history; quotes and their words.

use super::handle;
use crate::{
    history::Kept,
    naive::{Kind, Moment},
};
use domain::{
    assignment, clause, deadline, document,
    id::DocumentId,
    image::{
        Assignment, Clause, Deadline, Document, Image, Party, PartyName, Passage, Place, Plan,
        ProgressReport, ProgressRule, QuoteRef, Reorganization, Section, Standing, SupervisionCase,
        Target, Task, Wording,
    },
    reorganization,
    view::View,
};

pub(super) fn all(view: &View, moment: &Moment<'_>) {
    of_kind::<Document>(view, moment);
    of_kind::<Place>(view, moment);
    of_kind::<Party>(view, moment);
    of_kind::<PartyName>(view, moment);
    of_kind::<Reorganization>(view, moment);
    of_kind::<Plan>(view, moment);
    of_kind::<Section>(view, moment);
    of_kind::<Task>(view, moment);
    of_kind::<Standing>(view, moment);
    of_kind::<Clause>(view, moment);
    of_kind::<Assignment>(view, moment);
    of_kind::<Target>(view, moment);
    of_kind::<Deadline>(view, moment);
    of_kind::<ProgressReport>(view, moment);
    of_kind::<SupervisionCase>(view, moment);
    of_kind::<ProgressRule>(view, moment);
    quotes(view, moment);
}

/// What is unpacked equals what was recorded, at every version.
fn of_kind<I: Image>(view: &View, moment: &Moment<'_>)
where
    I::Fact: Kind,
{
    let register = view.register();
    for id in moment.lists.ids::<I::Fact>() {
        let fact = handle::<I>(register, id);
        assert_eq!(view.id(fact), id);
        assert_eq!(view.fact(fact).as_ref(), moment.lists.get(id));
        assert_eq!(view.find(id), moment.lists.get::<I::Fact>(id).map(|_| fact));
        assert_eq!(&view.thing(fact).unpack(register), moment.lists.thing(id));
        assert_eq!(view.history(fact), moment.history(id));
    }
}

/// A quote always equals the slice, and stands where its code points say.
fn quotes(view: &View, moment: &Moment<'_>) {
    let texts = Kept::new();
    let register = view.register();
    let is_passage = |document: DocumentId, passage: Passage, words: Option<&str>| {
        let text = texts.words(moment.lists.thing::<document::Document>(document).text);
        let Passage { span, points } = passage;
        let slice = span.slice(text).expect("the span fits");
        let before = text[..span.start as usize].chars().count();
        let stands = before..before + slice.chars().count();
        assert_eq!(points.start as usize..points.end as usize, stands);
        assert_eq!(words.unwrap_or(slice), slice);
    };
    let is_quote = |quote: Option<QuoteRef>| {
        if let Some(quote) = quote.map(|quote| view.quote(quote)) {
            is_passage(
                view.id(quote.document),
                quote.passage,
                Some(view.text(quote.text)),
            );
        }
    };
    for id in moment.lists.ids::<clause::Clause>() {
        let clause = view.thing(handle::<Clause>(register, id));
        is_quote(Some(clause.citation));
        if let Some(scope) = clause.scope {
            is_passage(view.id(view.quote(clause.citation).document), scope, None);
        }
    }
    for id in moment.lists.ids::<assignment::Assignment>() {
        let assignment = view.thing(handle::<Assignment>(register, id));
        is_quote(assignment.citation);
        is_quote(assignment.written);
    }
    for id in moment.lists.ids::<deadline::Deadline>() {
        is_quote(
            view.thing(handle::<Deadline>(register, id))
                .due
                .wording
                .citation(),
        );
    }
    for id in moment.lists.ids::<reorganization::Reorganization>() {
        let reorganization = view.thing(handle::<Reorganization>(register, id));
        is_quote(reorganization.wording.and_then(Wording::citation));
    }
    for id in moment.lists.ids::<document::Document>() {
        for (passage, words) in view.thing(handle::<Document>(register, id)).cites.iter() {
            is_passage(id, *passage, Some(view.text(*words)));
        }
    }
}
