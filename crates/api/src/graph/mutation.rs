//! The roots of mutations.

use super::{
    changeset::Changeset,
    id::Pin,
    plan::Plan,
    query,
    scalar::Date,
    scope::{Scope, Within as _},
};
use crate::{
    error::Fault,
    http::Upload,
    import::{self, ImportError, Imported, NewDocument, Signature},
    served::Served,
};
use async_graphql::{Context, Enum, InputObject, Json, Object, SimpleObject};
use domain::{change, command::DraftRefused, image};
use std::sync::Arc;
use store::{StoreError, Written};

/// What can be changed.
#[derive(Debug)]
pub struct Mutation;

/// What can be changed. Mistakes in the input and refusals come back as `userErrors`; nothing is committed then.
#[Object]
impl Mutation {
    /// Reads a document and accepts what was read, in one changeset: the plan with its sections, tasks, clauses,
    /// assignments, targets and deadlines, each with the words that say so. The same bytes twice change nothing.
    async fn import_document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The document, and what is to be said of the write.")]
        input: ImportDocumentInput,
    ) -> async_graphql::Result<ImportDocumentPayload> {
        let served = ctx.data_unchecked::<Served>();
        let store = served.store(input.register.as_deref())?;
        if let Some(field) = input.unusable() {
            return Ok(ImportDocumentPayload::unusable(field));
        }
        let (source, bytes, name) = match (input.text, input.file) {
            (Some(text), None) => ("text", text.into_bytes(), None),
            (None, Some(file)) => ("file", file.content.to_vec(), Some(file.name)),
            _ => return Ok(ImportDocumentPayload::no_document()),
        };
        let document = NewDocument {
            bytes,
            address: input.address.or(name.filter(|name| is_usable(name))),
            code: input.code,
            valid_from: input.valid_from.map(|date| date.0),
        };
        let signature = Signature {
            actor: ctx.data_unchecked::<change::Actor>().clone(),
            reason: input.reason,
            authority: input.authority.map(change::Authority::Named),
            idempotency_key: input.idempotency_key,
        };
        match import::import_document(served, store, document, signature, input.dry_run).await {
            Ok(imported) => ImportDocumentPayload::imported(ctx, store, imported).await,
            Err(error) => ImportDocumentPayload::failed(error, source),
        }
    }
}

/// A document to be imported.
#[derive(Debug, InputObject)]
struct ImportDocumentInput {
    /// Which register; may be left out while there is one.
    register: Option<String>,
    /// The document as text. Give this or `file`.
    text: Option<String>,
    /// The document as a file, in a multipart request. Give this or `text`.
    file: Option<Upload>,
    /// Where it came from: a file name or a web address.
    address: Option<String>,
    /// What the plan is to be called by; else the document's number, else a code made from its digest.
    code: Option<String>,
    /// From when it holds, if it states no day of issue or posting; else today.
    valid_from: Option<Date>,
    /// Only tell what would be changed.
    #[graphql(default = false)]
    dry_run: bool,
    /// Your own key for this write: a repeat with the same key is answered from the first.
    idempotency_key: Option<String>,
    /// Why this is done.
    reason: Option<String>,
    /// On whose authority: a document by its number or name.
    authority: Option<String>,
}

impl ImportDocumentInput {
    /// The first field whose words cannot be kept, if there is one.
    fn unusable(&self) -> Option<&'static str> {
        let fields = [
            ("address", &self.address),
            ("code", &self.code),
            ("idempotencyKey", &self.idempotency_key),
            ("reason", &self.reason),
            ("authority", &self.authority),
        ];
        fields
            .into_iter()
            .find(|(_, words)| words.as_deref().is_some_and(|words| !is_usable(words)))
            .map(|(field, _)| field)
    }
}

/// The most code points that a field of an input may have; texts of documents have a limit of their own.
const MAX_WORDS: usize = 1000;

/// Whether words say something and every database can keep them.
fn is_usable(words: &str) -> bool {
    let unprintable = |c: char| c.is_control() && !c.is_whitespace();
    !words.trim().is_empty() && words.chars().count() <= MAX_WORDS && !words.contains(unprintable)
}

/// What came of importing a document.
#[derive(Debug, Default, SimpleObject)]
struct ImportDocumentPayload {
    /// The changeset that was committed; null if nothing changed, on a dry run, and where it was refused.
    changeset: Option<Changeset>,
    /// The plan that the document sets out.
    plan: Option<Plan>,
    /// Everything that was read, with spans, problems and confidence, in the form of `schema/draft.schema.json`.
    draft: Option<Json<serde_json::Value>>,
    /// How many facts changed, or would change.
    change_count: usize,
    /// What was wrong with the input, or why it was refused.
    user_errors: Vec<UserError>,
}

impl ImportDocumentPayload {
    async fn imported(
        ctx: &Context<'_>,
        store: &store::Store,
        imported: Imported,
    ) -> async_graphql::Result<Self> {
        let Imported {
            reading,
            written,
            changes,
            plan,
        } = imported;
        let scope = query::scope(ctx, store, Pin::default());
        let plan = plan.and_then(|plan| scope.view.find::<image::Plan>(plan));
        let changeset = changeset_of(&scope, written.as_ref()).await?;
        Ok(Self {
            plan: plan.map(|plan| Plan::within(&scope, plan)),
            draft: Some(Json(ingest::json::draft_json(&reading))),
            change_count: changeset
                .as_ref()
                .map_or(changes, |changeset| changeset.changes.len()),
            changeset: changeset.map(|changeset| Changeset::new(&scope, Arc::new(changeset))),
            user_errors: vec![],
        })
    }

    fn no_document() -> Self {
        Self::refused(
            UserErrorCode::InputMissing,
            "give text or file, one of them",
            &["input"],
        )
    }

    fn unusable(field: &str) -> Self {
        let message = format!(
            "{field} is blank, longer than {MAX_WORDS} characters or has control characters; \
             correct it or leave it out"
        );
        Self::refused(UserErrorCode::InputInvalid, &message, &["input", field])
    }

    /// What the caller can mend comes back in the payload, the rest as an error of the request.
    fn failed(error: ImportError, source: &str) -> async_graphql::Result<Self> {
        let message = error.to_string();
        Ok(match error {
            ImportError::Unreadable(_) => Self::refused(
                UserErrorCode::DocumentUnreadable,
                &message,
                &["input", source],
            ),
            ImportError::Refused(DraftRefused::PlanCodeTaken { .. }) => {
                Self::refused(UserErrorCode::PlanCodeTaken, &message, &["input", "code"])
            }
            ImportError::Refused(DraftRefused::NoPlan) => {
                Self::refused(UserErrorCode::NoPlan, &message, &["input", source])
            }
            ImportError::Store(StoreError::Conflict) => Self::refused(
                UserErrorCode::IdempotencyKeyReused,
                &message,
                &["input", "idempotencyKey"],
            ),
            ImportError::Store(error) => return Err(Fault::from(error).into()),
        })
    }

    fn refused(code: UserErrorCode, message: &str, path: &[&str]) -> Self {
        let path = path.iter().map(|&step| step.to_owned()).collect();
        let error = UserError {
            code,
            message: message.to_owned(),
            path,
        };
        Self {
            user_errors: vec![error],
            ..Self::default()
        }
    }
}

/// The changeset that a write committed, now or when it was first made.
async fn changeset_of(
    scope: &Arc<Scope>,
    written: Option<&Written>,
) -> Result<Option<change::Changeset>, Fault> {
    match written {
        None | Some(Written::Unchanged(_)) => Ok(None),
        Some(Written::Committed(changeset)) => Ok(Some(changeset.clone())),
        Some(Written::Repeated(seq)) => {
            let before = Some(seq.next());
            let last = scope.store.changesets(
                domain::time::Seq::EMPTY,
                before,
                1,
                store::Direction::Backward,
            );
            Ok(last.await?.into_iter().next())
        }
    }
}

/// Something that the caller can mend.
#[derive(Clone, Debug, SimpleObject)]
struct UserError {
    /// What is wrong: a code that does not change its meaning.
    code: UserErrorCode,
    /// What is wrong and what to do about it, for a person.
    message: String,
    /// Where in the input.
    path: Vec<String>,
}

/// What can be wrong with an input, or why a change is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
enum UserErrorCode {
    /// Something that is needed is missing, or two things that exclude each other are given.
    InputMissing,
    /// Words that cannot be kept: blank, too long, or with control characters.
    InputInvalid,
    /// The document cannot be read: it is empty, damaged, too large, protected by a password, without text, or of a kind or in
    /// an encoding that is not read. The message says what to do.
    DocumentUnreadable,
    /// There is nothing in the document that could be a plan.
    NoPlan,
    /// Another plan is called by this code.
    PlanCodeTaken,
    /// The idempotency key was used before, for another input.
    IdempotencyKeyReused,
}
