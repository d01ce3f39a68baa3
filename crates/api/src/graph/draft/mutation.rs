//! What can be done with drafts.

use super::{
    super::{
        changeset::{Change, Changeset},
        id::Pin,
        list::all,
        mutation::{ImportDocumentInput, MOST_CHANGES, Said, UserError, UserErrorCode, is_usable},
        outcome::Told,
        plan::Plan,
        query,
        scope::Scope,
    },
    Draft, DraftDifference, DraftDoubt, Sheet, confidence,
    correction::{CorrectionInput, corrections},
};
use crate::{
    draft::{self, Acceptance, Accepted, DraftError, Opened, Share},
    error::Fault,
    served::Served,
};
use async_graphql::{Context, InputObject, SimpleObject};
use domain::{
    change::Actor,
    command::{self, DraftRefused},
    id::DraftId,
    text::CodePoints,
};
use std::sync::Arc;
use store::{Store, StoreError};

/// What came of reading a document for review.
#[derive(Debug, Default, SimpleObject)]
pub(crate) struct ReviewDocumentPayload {
    /// The draft: the one that is open already, if the same bytes are under review.
    draft: Option<Draft>,
    /// What was wrong with the input.
    user_errors: Vec<UserError>,
}

/// Corrections of a draft.
#[derive(Debug, InputObject)]
pub(crate) struct CorrectDraftInput {
    /// Which register; may be left out while there is one.
    register: Option<String>,
    /// The draft's key.
    draft: String,
    /// The version of the draft that you saw: refused if somebody has changed it since.
    expected_version: u32,
    /// The corrections, in the order in which they are made: all of them or none.
    corrections: Vec<CorrectionInput>,
}

/// What came of correcting a draft.
#[derive(Debug, Default, SimpleObject)]
pub(crate) struct CorrectDraftPayload {
    /// The draft as it now is.
    draft: Option<Draft>,
    /// What was wrong with the input, or why it was refused.
    user_errors: Vec<UserError>,
}

/// What is to be accepted of a draft.
#[derive(Debug, InputObject)]
pub(crate) struct AcceptDraftInput {
    /// Which register; may be left out while there is one.
    register: Option<String>,
    /// The draft's key.
    draft: String,
    /// The version of the draft that you saw: refused if somebody has changed it since.
    expected_version: Option<u32>,
    /// Only what is at least so sure, from 0 to 1, or was looked at by a person: the rest stays in the open draft.
    above: Option<f64>,
    /// What a new plan is to be called by. Given, the document becomes a plan of its own, even where it looks like a
    /// newer version of one.
    code: Option<String>,
    #[graphql(flatten)]
    said: Said,
}

/// What came of accepting a draft.
#[derive(Debug, Default, SimpleObject)]
pub(crate) struct AcceptDraftPayload {
    /// The changeset that was committed; null if nothing changed, on a dry run, and where it was refused.
    changeset: Option<Changeset>,
    /// The plan that the document sets out, as the register now has it, or would.
    plan: Option<Plan>,
    /// The draft as it now is.
    draft: Option<Draft>,
    /// How many facts changed, or would change.
    change_count: usize,
    /// What changed, or would change, in words of the plan.
    differences: Vec<DraftDifference>,
    /// The same fact by fact: the first 1000.
    changes: Vec<Change>,
    /// What was not sure enough and stays in the draft.
    rest: Vec<DraftDoubt>,
    /// What was wrong with the input, or why it was refused.
    user_errors: Vec<UserError>,
}

/// A draft that is not to be accepted.
#[derive(Debug, InputObject)]
pub(crate) struct DismissDraftInput {
    /// Which register; may be left out while there is one.
    register: Option<String>,
    /// The draft's key.
    draft: String,
    /// The version of the draft that you saw: refused if somebody has changed it since.
    expected_version: Option<u32>,
    /// Why.
    reason: String,
}

/// What came of dismissing a draft.
#[derive(Debug, Default, SimpleObject)]
pub(crate) struct DismissDraftPayload {
    /// The draft as it now is.
    draft: Option<Draft>,
    /// What was wrong with the input, or why it was refused.
    user_errors: Vec<UserError>,
}

pub(crate) async fn review(
    ctx: &Context<'_>,
    input: ImportDocumentInput,
) -> async_graphql::Result<ReviewDocumentPayload> {
    let served = ctx.data_unchecked::<Served>();
    let store = served.store(input.register.as_deref())?;
    let refused = |error| ReviewDocumentPayload {
        draft: None,
        user_errors: vec![error],
    };
    let (source, document) = match input.document() {
        Ok((source, document, _)) => (source, document),
        Err(error) => return Ok(refused(error)),
    };
    let by = subject(ctx);
    match draft::review_document(served, store, document, by).await {
        Ok(opened) => Ok(ReviewDocumentPayload {
            draft: Some(shown(ctx, store, opened)),
            user_errors: vec![],
        }),
        Err(error) => Ok(refused(user_error(error, source)?)),
    }
}

pub(crate) async fn correct(
    ctx: &Context<'_>,
    input: CorrectDraftInput,
) -> async_graphql::Result<CorrectDraftPayload> {
    let served = ctx.data_unchecked::<Served>();
    let store = served.store(input.register.as_deref())?;
    let refused = |error| CorrectDraftPayload {
        draft: None,
        user_errors: vec![error],
    };
    let done = async {
        let opened = opened(store, &input.draft, Some(input.expected_version)).await?;
        let points = CodePoints::of(&opened.text);
        let corrections =
            corrections(input.corrections, &opened.text, &points).map_err(|(message, path)| {
                Failure::Told(UserError::new(
                    UserErrorCode::CorrectionInvalid,
                    message,
                    path,
                ))
            })?;
        let by = subject(ctx);
        let corrected = draft::correct_draft(served, store, opened, &corrections, by).await?;
        Ok::<_, Failure>(corrected)
    };
    match done.await {
        Ok(opened) => Ok(CorrectDraftPayload {
            draft: Some(shown(ctx, store, opened)),
            user_errors: vec![],
        }),
        Err(failure) => Ok(refused(failure.told()?)),
    }
}

pub(crate) async fn accept(
    ctx: &Context<'_>,
    input: AcceptDraftInput,
) -> async_graphql::Result<AcceptDraftPayload> {
    let served = ctx.data_unchecked::<Served>();
    let store = served.store(input.register.as_deref())?;
    let dry_run = input.said.dry_run;
    let done = async {
        let unusable = UserError::unusable(&[("code", &input.code)]);
        if let Some(error) = unusable.or_else(|| input.said.unusable()) {
            return Err(Failure::Told(error));
        }
        let acceptance = Acceptance {
            id: key(&input.draft)?,
            version: input.expected_version,
            share: input
                .above
                .map_or(Share::Whole, |least| Share::Above(confidence(least))),
            code: input.code,
        };
        let signature = input.said.signature(ctx);
        let accepted = draft::accept_draft(served, store, acceptance, signature, dry_run).await?;
        Ok::<_, Failure>(accepted)
    };
    let accepted = match done.await {
        Ok(accepted) => accepted,
        Err(failure) => {
            return Ok(AcceptDraftPayload {
                user_errors: vec![failure.told()?],
                ..AcceptDraftPayload::default()
            });
        }
    };
    let Accepted {
        opened,
        outcome,
        rest,
        plan,
    } = accepted;
    let told = Told::of(ctx, store, outcome).await?;
    let changes = told.made_changes();
    let differences = command::differences(&told.scope.view, &opened.text, changes);
    // The draft is compared with the register as it is.
    let scope = query::scope(ctx, store, Pin::default());
    let sheet = Sheet::new(opened);
    let rest = rest.into_iter();
    Ok(AcceptDraftPayload {
        plan: told.plan(plan),
        change_count: changes.len(),
        differences: all(&told.scope, differences).to_vec(),
        changes: told.changes(MOST_CHANGES),
        changeset: told.changeset(),
        rest: all(&scope, rest.map(|doubt| (Arc::clone(&sheet), doubt))).to_vec(),
        draft: Some(Draft::new(&scope, sheet)),
        user_errors: vec![],
    })
}

pub(crate) async fn dismiss(
    ctx: &Context<'_>,
    input: DismissDraftInput,
) -> async_graphql::Result<DismissDraftPayload> {
    let served = ctx.data_unchecked::<Served>();
    let store = served.store(input.register.as_deref())?;
    let done = async {
        if !is_usable(&input.reason) {
            return Err(Failure::Told(UserError::unusable_field("reason")));
        }
        let opened = opened(store, &input.draft, input.expected_version).await?;
        let by = subject(ctx);
        let dismissed = draft::dismiss_draft(store, opened, input.reason, by).await?;
        Ok::<_, Failure>(dismissed)
    };
    Ok(match done.await {
        Ok(opened) => DismissDraftPayload {
            draft: Some(shown(ctx, store, opened)),
            user_errors: vec![],
        },
        Err(failure) => DismissDraftPayload {
            draft: None,
            user_errors: vec![failure.told()?],
        },
    })
}

fn subject(ctx: &Context<'_>) -> String {
    ctx.data_unchecked::<Actor>().subject.clone()
}

fn shown(ctx: &Context<'_>, store: &Store, opened: Opened) -> Draft {
    let scope: Arc<Scope> = query::scope(ctx, store, Pin::default());
    Draft::new(&scope, Sheet::new(opened))
}

fn key(key: &str) -> Result<DraftId, Failure> {
    key.parse().map_err(|_| {
        let message = format!("there is no draft {key:?}: take keys from the list of drafts");
        Failure::Told(UserError::at(
            UserErrorCode::NoSuchDraft,
            message,
            &["input", "draft"],
        ))
    })
}

/// A draft at the version that the caller saw.
async fn opened(store: &Store, draft: &str, version: Option<u32>) -> Result<Opened, Failure> {
    let opened = draft::open_draft(store, key(draft)?).await?;
    let now = &opened.draft;
    match version {
        Some(version) if version != now.version => Err(DraftError::Store(StoreError::Stale {
            version: now.version,
            by: now.updated.by.clone(),
            is_open: now.state == store::DraftState::Open,
        })
        .into()),
        _ => Ok(opened),
    }
}

/// Why something was not done: told to the caller as it stands, or still to be worded.
enum Failure {
    Told(UserError),
    Draft(DraftError),
}

impl From<DraftError> for Failure {
    fn from(error: DraftError) -> Self {
        Self::Draft(error)
    }
}

impl Failure {
    /// What the caller can mend; the rest is an error of the request.
    fn told(self) -> async_graphql::Result<UserError> {
        match self {
            Self::Told(error) => Ok(error),
            Self::Draft(error) => user_error(error, "text"),
        }
    }
}

/// What the caller can mend comes back in the payload, the rest as an error of the request.
fn user_error(error: DraftError, source: &str) -> async_graphql::Result<UserError> {
    let message = error.to_string();
    let at = |code, path: &[&str]| Ok(UserError::at(code, message.clone(), path));
    match error {
        DraftError::Unreadable(_) => at(UserErrorCode::DocumentUnreadable, &["input", source]),
        DraftError::NoSuchDraft { .. } | DraftError::Store(StoreError::NoSuchDraft { .. }) => {
            at(UserErrorCode::NoSuchDraft, &["input", "draft"])
        }
        DraftError::Closed { .. } => at(UserErrorCode::DraftClosed, &["input", "draft"]),
        DraftError::Correction(refused) => {
            let index = refused.index.to_string();
            at(
                UserErrorCode::CorrectionInvalid,
                &["input", "corrections", &index],
            )
        }
        DraftError::Refused(refused) => at(refusal_code(&refused), &["input", "draft"]),
        DraftError::NoSuchPlan { .. } => at(UserErrorCode::NoSuchPlan, &["input", "supersedes"]),
        DraftError::Store(StoreError::Stale { .. }) => at(
            UserErrorCode::VersionConflict,
            &["input", "expectedVersion"],
        ),
        DraftError::Store(StoreError::Conflict) => at(
            UserErrorCode::IdempotencyKeyReused,
            &["input", "idempotencyKey"],
        ),
        DraftError::Store(error) => Err(Fault::from(error).into()),
    }
}

pub(crate) fn refusal_code(refused: &DraftRefused) -> UserErrorCode {
    match refused {
        DraftRefused::PlanCodeTaken { .. } => UserErrorCode::PlanCodeTaken,
        DraftRefused::NoPlan => UserErrorCode::NoPlan,
        DraftRefused::NoEarlierPlan { .. } => UserErrorCode::NoSuchPlan,
        DraftRefused::TextDiffers => UserErrorCode::TextDiffers,
        DraftRefused::NoSuchParty { .. } => UserErrorCode::NoSuchParty,
    }
}

/// A failure where nothing of the input can be at fault.
pub(super) fn fault(error: DraftError) -> Fault {
    match error {
        DraftError::Store(error) => error.into(),
        error => Fault::internal(error),
    }
}
