//! What changes name but do not hold: documents whose words they quote, and texts by digest.

use domain::{
    change::Change,
    clause::Clause,
    deadline::Due,
    id::DocumentId,
    task::{Body, Wording},
    text::{Citation, Sha256},
};

/// The documents whose words the fact after a change quotes.
pub(crate) fn documents(change: &Change) -> Vec<DocumentId> {
    let wording = |wording: &Wording| match wording {
        Wording::Cited(citation) => Some(*citation),
        Wording::Entered(_) => None,
    };
    let due = |due: Option<&Due>| due.and_then(|due| wording(&due.wording));
    let citations: Vec<Option<Citation>> = match change {
        Change::Document(_)
        | Change::Place(_)
        | Change::Party(_)
        | Change::PartyName(_)
        | Change::Plan(_)
        | Change::Standing(_)
        | Change::ProgressReport(_)
        | Change::SupervisionCase(_)
        | Change::ProgressRule(_) => vec![],
        Change::Reorganization(edit) => edit
            .after
            .iter()
            .map(|reorganization| reorganization.wording.as_ref().and_then(wording))
            .collect(),
        Change::Section(edit) => edit.after.iter().map(|section| section.citation).collect(),
        Change::Task(edit) => {
            let body = edit.after.as_ref().and_then(|task| task.body);
            vec![body.and_then(|body| match body {
                Body::Cited(citation) => Some(citation),
                Body::Own(_) => None,
            })]
        }
        Change::Clause(edit) => edit
            .after
            .iter()
            .map(|Clause { citation, .. }| Some(*citation))
            .collect(),
        Change::Assignment(edit) => edit
            .after
            .iter()
            .flat_map(|assignment| [assignment.citation, assignment.written])
            .collect(),
        Change::Target(edit) => edit
            .after
            .iter()
            .flat_map(|target| [wording(&target.wording), due(target.due.as_ref())])
            .collect(),
        Change::Deadline(edit) => edit
            .after
            .iter()
            .map(|deadline| due(Some(&deadline.due)))
            .collect(),
    };
    citations
        .into_iter()
        .flatten()
        .map(|citation| citation.document)
        .collect()
}

/// The texts of the documents that changes record or quote, each once; `text_of` tells that of a document known before.
pub(crate) fn digests<'a>(
    changes: impl Iterator<Item = &'a Change> + Clone,
    text_of: impl Fn(DocumentId) -> Option<Sha256>,
) -> Vec<Sha256> {
    let recorded = changes.clone().filter_map(|change| match change {
        Change::Document(edit) => edit.after.as_ref().map(|document| document.text),
        _ => None,
    });
    let quoted = changes.flat_map(documents).filter_map(text_of);
    let mut digests: Vec<Sha256> = recorded.chain(quoted).collect();
    digests.sort_unstable();
    digests.dedup();
    digests
}

/// The texts that the fact after a change names: a document's bytes and characters, a task's own body.
pub(crate) fn texts(change: &Change) -> Vec<Sha256> {
    match change {
        Change::Document(edit) => edit
            .after
            .iter()
            .flat_map(|document| [document.bytes, document.text])
            .collect(),
        Change::Task(edit) => match edit.after.as_ref().and_then(|task| task.body) {
            Some(Body::Own(digest)) => vec![digest],
            _ => vec![],
        },
        _ => vec![],
    }
}
