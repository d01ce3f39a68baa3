//! Drafts: a document read and left for review, corrected, accepted or dismissed.

use crate::{
    import::{self, Earlier, NewDocument, Reader, Signature, on_a_thread, plan_of},
    outcome::Outcome,
    served::Served,
};
use domain::{
    change::Change,
    clause::Confidence,
    command::{AcceptDraft, Against, DraftRefused, Extent},
    id::{DraftId, PartyId, PlanId},
    image,
    review::{Correction, CorrectionRefused, Doubt, Meaning, NameMeaning, Naming, Review},
    view::View,
};
use ingest::ReadError;
use std::sync::Arc;
use store::{
    Draft, DraftAcceptance, DraftChange, DraftOrigin, DraftRest, DraftState, NewDraft, Store,
    StoreError, WriteError,
};
use uuid::Uuid;

/// A draft with the text that its spans refer to.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The draft.
    pub draft: Draft,
    /// The document's decoded text.
    pub text: Arc<str>,
}

/// How much of a draft is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// All of it.
    Whole,
    /// What is at least so sure, or was looked at by a person; the rest stays in the open draft.
    Above(Confidence),
}

/// What is to be accepted.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// The draft.
    pub id: DraftId,
    /// The version that the caller saw; the present one if none is said.
    pub version: Option<u32>,
    /// How much of it.
    pub share: Share,
    /// What a new plan is to be called by: accept it as one, whatever it may be a newer version of.
    pub code: Option<String>,
}

/// What came of accepting a draft.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The draft afterwards, or as it is on a dry run.
    pub opened: Opened,
    /// What came of it.
    pub outcome: Outcome,
    /// What was not sure enough.
    pub rest: Vec<Doubt>,
    /// The plan, if it is in the register then.
    pub plan: Option<PlanId>,
}

/// Why something was not done with a draft.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The document cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// There is no such draft.
    #[error("there is no draft {id}")]
    NoSuchDraft {
        /// What was asked for.
        id: DraftId,
    },
    /// It is not open any more.
    #[error("the draft is {} already", if *accepted { "accepted" } else { "dismissed" })]
    Closed {
        /// Whether it was accepted; else it was dismissed.
        accepted: bool,
    },
    /// A correction is not taken; none is.
    #[error(transparent)]
    Correction(CorrectionError),
    /// The draft is not accepted.
    #[error(transparent)]
    Refused(#[from] DraftRefused),
    /// The document is said to supersede that of a plan which is not there.
    #[error("no plan of the register that a document sets out has the code {code:?}")]
    NoSuchPlan {
        /// The code.
        code: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A correction that is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{refused}")]
pub struct CorrectionError {
    /// Its place among those that were given, from 0.
    pub index: usize,
    /// Why.
    pub refused: CorrectionRefused,
}

/// Reads a document and leaves what was read for review. The same bytes are under review once: brought in again, they
/// give the draft that is open.
///
/// A document with the number or the title of a known one is taken for a newer version of it, unless the caller names
/// one.
pub async fn review_document(
    served: &Served,
    store: &Store,
    document: NewDocument,
    by: String,
) -> Result<Opened, DraftError> {
    let view = store.view(served.today(store));
    let read = Reader::of(served, &view).await.read(document).await?;
    let draft = leave_draft(served, store, read, by).await?;
    Ok(draft)
}

/// Leaves what was read from a document for review.
pub async fn leave_draft(
    served: &Served,
    store: &Store,
    read: import::ReadDocument,
    by: String,
) -> Result<Opened, DraftError> {
    let view = store.view(served.today(store));
    let import::ReadDocument { document, reading } = read;
    let NewDocument {
        bytes,
        address,
        code,
        valid_from,
        again: _,
        supersedes,
    } = document;
    let found = &reading.draft.document;
    let supersedes = match (supersedes, &code) {
        (Some(code), _) => {
            let plan = view.plan_find_by_code(&code);
            let document = plan.and_then(|plan| view.thing(plan).document);
            Some(document.ok_or(DraftError::NoSuchPlan { code })?)
        }
        (None, Some(_)) => None,
        (None, None) if view.document_find_by_bytes(found.sha256).is_some() => None,
        (None, None) => view.document_find_earlier(found.number.as_deref(), &found.title),
    };
    let text: Arc<str> = reading.text.as_str().into();
    let new = NewDraft {
        id: served.env.new_id().into(),
        bytes: bytes.into(),
        text: reading.text.clone().into(),
        said: DraftOrigin {
            code,
            address,
            valid_from,
            supersedes: supersedes.map(|document| view.id(document)),
        },
        review: Review::new(reading.draft.clone()),
        by,
    };
    let draft = store.draft_create(new).await?;
    Ok(Opened { draft, text })
}

/// The draft with this id and its text.
pub async fn open_draft(store: &Store, id: DraftId) -> Result<Opened, DraftError> {
    let draft = store.draft_get(id).await?;
    let draft = draft.ok_or(DraftError::NoSuchDraft { id })?;
    open(store, draft).await
}

pub(crate) async fn open(store: &Store, draft: Draft) -> Result<Opened, DraftError> {
    let text = store.text(draft.text).await?;
    let text = text.ok_or_else(|| StoreError::NoSuchDraft { draft: draft.id })?;
    Ok(Opened { draft, text })
}

/// Corrects a draft that is still at the version that the caller saw: all of the corrections or none.
pub async fn correct_draft(
    served: &Served,
    store: &Store,
    opened: Opened,
    corrections: &[Correction],
    by: String,
) -> Result<Opened, DraftError> {
    let Opened { draft, text } = opened;
    is_open(&draft)?;
    let view = store.view(served.today(store));
    for (index, correction) in corrections.iter().enumerate() {
        if let Correction::Name(NameMeaning {
            means: Meaning::Party(party),
            ..
        }) = correction
        {
            knows(&view, *party)
                .map_err(|refused| DraftError::Correction(CorrectionError { index, refused }))?;
        }
    }
    let signature = (draft.version + 1, by.as_str(), served.env.now());
    let review = draft
        .review
        .corrected(&text, corrections, signature)
        .map_err(|(index, refused)| DraftError::Correction(CorrectionError { index, refused }))?;
    let change = DraftChange::Correct {
        review: Box::new(review),
    };
    let (id, version) = (draft.id, draft.version);
    let draft = store.draft_update((id, version), by, change).await?;
    let draft = draft.ok_or(DraftError::NoSuchDraft { id })?;
    Ok(Opened { draft, text })
}

fn knows(view: &View, party: PartyId) -> Result<(), CorrectionRefused> {
    match view.find::<image::Party>(party) {
        Some(_) => Ok(()),
        None => Err(CorrectionRefused::NoSuchParty { party }),
    }
}

/// Dismisses a draft: it is not to be accepted.
pub async fn dismiss_draft(
    store: &Store,
    opened: Opened,
    reason: String,
    by: String,
) -> Result<Opened, DraftError> {
    let Opened { draft, text } = opened;
    is_open(&draft)?;
    let (id, version) = (draft.id, draft.version);
    let change = DraftChange::Dismiss { reason };
    let draft = store.draft_update((id, version), by, change).await?;
    let draft = draft.ok_or(DraftError::NoSuchDraft { id })?;
    Ok(Opened { draft, text })
}

/// Accepts a draft, or what is sure of it, in one changeset with the record of its review; on a dry run, tells what would
/// come of that.
pub async fn accept_draft(
    served: &Served,
    store: &Store,
    acceptance: Acceptance,
    signature: Signature,
    dry_run: bool,
) -> Result<Accepted, DraftError> {
    let Acceptance {
        id,
        version,
        share,
        code,
    } = acceptance;
    let opened = open_draft(store, id).await?;
    let Opened { draft, text } = &opened;
    // A repeat of the write that closed the draft is answered from that write.
    if signature.idempotency_key.is_none() {
        is_open(draft)?;
    }
    let today = served.today(store);
    let view = store.view(today);
    let rest = match share {
        Share::Whole => vec![],
        Share::Above(least) => {
            let namings = namings(&view, &opened).await;
            draft.review.doubts(least, text, &namings)
        }
    };
    let left_out = rest.iter().map(|doubt| doubt.key).collect();
    let accepted = draft.review.draft_without(&left_out);
    let earlier = match &code {
        None => superseded(store, &view, draft).await?,
        Some(_) => None,
    };
    let input_hash = import::digest(&[
        b"draft",
        id.to_string().as_bytes(),
        format!("{share:?}").as_bytes(),
        import::field(code.as_ref()),
    ]);
    let command = {
        let (review, text) = (Arc::clone(&draft.review), Arc::clone(text));
        let said = draft.said.clone();
        let partly = !rest.is_empty();
        let seed = served.env.new_id();
        move |view: &View| {
            AcceptDraft {
                draft: &accepted,
                text: &text,
                against: earlier.as_ref().map_or(Against::Itself, Earlier::against),
                extent: if partly { Extent::Part } else { Extent::Whole },
                meanings: &review.meanings,
                code: code.clone().or_else(|| said.code.clone()),
                address: said.address.clone(),
                valid_from: said.valid_from.unwrap_or(today),
                ids: seed,
            }
            .decide(view)
        }
    };
    let record = draft.review.record(text).map(|record| {
        let record = serde_json::to_vec(&record);
        record.expect("a record holds only strings, integers, lists and objects")
    });
    let accepts = DraftAcceptance {
        id,
        version: version.unwrap_or(draft.version),
        rest: if rest.is_empty() {
            DraftRest::Nothing
        } else {
            DraftRest::Doubtful
        },
        record: record.map(Into::into),
    };
    let write = signature.write("plan.accepted", (today, input_hash));
    let outcome = Outcome::of(store, (write, Some(accepts)), dry_run, command)
        .await
        .map_err(WriteError::told::<DraftError>)?;
    let plan = plan_of(&outcome.view(today), opened.draft.bytes);
    Ok(Accepted {
        opened: open_draft(store, id).await?,
        outcome,
        rest,
        plan,
    })
}

/// What accepting the whole of a draft would change in a view.
pub async fn preview(
    store: &Store,
    view: &View,
    opened: &Opened,
) -> Result<Vec<Change>, DraftError> {
    let Opened { draft, text } = opened;
    let earlier = superseded(store, view, draft).await?;
    let accepted = draft.review.draft();
    let command = AcceptDraft {
        draft: &accepted,
        text,
        against: earlier.as_ref().map_or(Against::Itself, Earlier::against),
        extent: Extent::Whole,
        meanings: &draft.review.meanings,
        code: draft.said.code.clone(),
        address: draft.said.address.clone(),
        valid_from: draft.said.valid_from.unwrap_or(view.valid_on()),
        // Nothing of it is kept, so any ids will do.
        ids: Uuid::nil(),
    };
    Ok(command.decide(view)?)
}

/// The document of which a draft is a newer version.
async fn superseded(
    store: &Store,
    view: &View,
    draft: &Draft,
) -> Result<Option<Earlier>, DraftError> {
    let Some(document) = draft.said.supersedes else {
        return Ok(None);
    };
    match view.find::<image::Document>(document) {
        Some(found) => Ok(Some(Earlier::of(store, view, found).await?)),
        None => Err(DraftRefused::NoEarlierPlan { document }.into()),
    }
}

/// What the names of a draft mean by what a view knows. On a thread of its own: a large directory takes a while.
pub async fn namings(view: &View, opened: &Opened) -> Vec<Naming> {
    let (view, opened) = (view.clone(), opened.clone());
    let found = on_a_thread(move || {
        let (directory, _) = view.directory();
        opened.draft.review.namings(&opened.text, &directory)
    });
    found.await
}

/// Corrections written as the variable `corrections` of the mutation `correctDraft` is; else what is wrong with them.
pub fn corrections_from_json(
    corrections: serde_json::Value,
    opened: &Opened,
) -> Result<Vec<Correction>, String> {
    crate::graph::corrections_from_json(corrections, &opened.text)
}

fn is_open(draft: &Draft) -> Result<(), DraftError> {
    let accepted = match draft.state {
        DraftState::Open => return Ok(()),
        DraftState::Accepted => true,
        DraftState::Dismissed { .. } => false,
    };
    Err(DraftError::Closed { accepted })
}
