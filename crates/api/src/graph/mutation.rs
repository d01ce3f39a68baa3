//! The roots of mutations.

use super::{
    change::ChangeMutation,
    changeset::{Change, Changeset},
    directory::{self, ImportDirectoryInput, ImportDirectoryPayload},
    draft::{
        self, AcceptDraftInput, AcceptDraftPayload, CorrectDraftInput, CorrectDraftPayload,
        DismissDraftInput, DismissDraftPayload, ReviewDocumentPayload,
    },
    outcome::Told,
    plan::Plan,
    scalar::Date,
};
use crate::{
    error::Fault,
    http::Upload,
    import::{self, Again, ImportError, Imported, NewDocument, Signature},
    served::Served,
};
use async_graphql::{Context, Enum, InputObject, Json, MergedObject, Object, SimpleObject};
use axum::body::Bytes;
use domain::{change, command::DraftRefused};
use store::StoreError;

/// What can be changed. Mistakes in the input and refusals come back as `userErrors`; nothing is committed then.
#[derive(Debug, Default, MergedObject)]
pub struct Mutation(DocumentMutation, ChangeMutation);

/// What can be done with documents.
#[derive(Debug, Default)]
struct DocumentMutation;

/// What can be done with documents.
#[Object]
impl DocumentMutation {
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
        let (source, document, said) = match input.document() {
            Ok(document) => document,
            Err(error) => return Ok(ImportDocumentPayload::refused(error)),
        };
        let dry_run = said.dry_run;
        let signature = said.signature(ctx);
        match import::import_document(served, store, document, signature, dry_run).await {
            Ok(imported) => ImportDocumentPayload::imported(ctx, store, imported).await,
            Err(error) => ImportDocumentPayload::failed(error, source),
        }
    }

    /// Reads a directory of parties (CSV, its columns as the project's documentation lists them) and brings parties, names
    /// and places in line with it, in one changeset. What it does not list stays; the same directory twice changes
    /// nothing.
    async fn import_directory(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The directory, and what is to be said of the write.")]
        input: ImportDirectoryInput,
    ) -> async_graphql::Result<ImportDirectoryPayload> {
        directory::import(ctx, input).await
    }

    /// Reads a document and leaves what was read as a draft, for a person to compare with the text. A document with the
    /// number or title of a known one is taken for a newer version of it. Of the input, `dryRun`, `idempotencyKey`,
    /// `reason` and `authority` mean nothing here: a draft is no write to the register, and the same bytes give the same
    /// open draft.
    async fn review_document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The document.")] input: ImportDocumentInput,
    ) -> async_graphql::Result<ReviewDocumentPayload> {
        draft::review(ctx, input).await
    }

    /// Corrects a draft: any fact can be corrected, added, confirmed or removed, and said what names mean. All of the
    /// corrections are made or none; who made them is kept, and told by the changeset that accepts the draft.
    async fn correct_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft and what is to be corrected.")] input: CorrectDraftInput,
    ) -> async_graphql::Result<CorrectDraftPayload> {
        draft::correct(ctx, input).await
    }

    /// Accepts a draft in one changeset, whole or what is sure of it. A newer version of a known document is accepted as
    /// a difference: what it no longer says ends on its day, and nothing is deleted.
    async fn accept_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft, and what is to be said of the write.")]
        input: AcceptDraftInput,
    ) -> async_graphql::Result<AcceptDraftPayload> {
        draft::accept(ctx, input).await
    }

    /// Dismisses a draft: it is not to be accepted. It stays in the list of drafts, with the reason.
    async fn dismiss_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft, and why.")] input: DismissDraftInput,
    ) -> async_graphql::Result<DismissDraftPayload> {
        draft::dismiss(ctx, input).await
    }
}

/// A document to be imported.
#[derive(Debug, InputObject)]
pub(super) struct ImportDocumentInput {
    /// Which register; may be left out while there is one.
    pub(super) register: Option<String>,
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
    /// The code of the plan of which this is a newer version: what it no longer says ends on its day.
    supersedes: Option<String>,
    /// If the same bytes were accepted before, read them anew and accept what a newer reader finds otherwise.
    #[graphql(default = false)]
    reread: bool,
    #[graphql(flatten)]
    said: Said,
}

/// What an input says of the write, in fields of its own.
#[derive(Debug, InputObject)]
pub(super) struct Said {
    /// Only tell what would come of it, and keep nothing.
    #[graphql(default = false)]
    pub(super) dry_run: bool,
    /// Your own key for this write: a repeat with the same key is answered from the first.
    idempotency_key: Option<String>,
    /// Why this is done.
    reason: Option<String>,
    /// On whose authority: a document by its number or name.
    authority: Option<String>,
}

impl Said {
    /// The first field whose words cannot be kept, if there is one.
    pub(super) fn unusable(&self) -> Option<UserError> {
        UserError::unusable(&[
            ("idempotencyKey", &self.idempotency_key),
            ("reason", &self.reason),
            ("authority", &self.authority),
        ])
    }

    /// How whoever asks signs the write.
    pub(super) fn signature(self, ctx: &Context<'_>) -> Signature {
        Signature {
            actor: ctx.data_unchecked::<change::Actor>().clone(),
            reason: self.reason,
            authority: self.authority.map(change::Authority::Named),
            idempotency_key: self.idempotency_key,
        }
    }
}

impl ImportDocumentInput {
    /// The field that holds the document, the document, and what is said of the write.
    pub(super) fn document(self) -> Result<(&'static str, NewDocument, Said), UserError> {
        let fields = [
            ("address", &self.address),
            ("code", &self.code),
            ("supersedes", &self.supersedes),
        ];
        let unusable = UserError::unusable(&fields).or_else(|| self.said.unusable());
        if let Some(error) = unusable {
            return Err(error);
        }
        let (source, bytes, name) = given(self.text, self.file)?;
        let document = NewDocument {
            bytes: bytes.into(),
            address: self.address.or(name.filter(|name| is_usable(name))),
            code: self.code,
            valid_from: self.valid_from.map(|date| date.0),
            again: if self.reread {
                Again::Compare
            } else {
                Again::Leave
            },
            supersedes: self.supersedes,
        };
        Ok((source, document, self.said))
    }
}

/// Which of the two fields holds the content, the content, and the name of its file.
pub(super) fn given(
    text: Option<String>,
    file: Option<Upload>,
) -> Result<(&'static str, Bytes, Option<String>), UserError> {
    match (text, file) {
        (Some(text), None) => Ok(("text", text.into(), None)),
        (None, Some(file)) => Ok(("file", file.content, Some(file.name))),
        _ => {
            let message = "give text or file, one of them".to_owned();
            Err(UserError::at(
                UserErrorCode::InputMissing,
                message,
                &["input"],
            ))
        }
    }
}

/// How many changes the payload of an import shows: a document may make any number of them.
pub(super) const MOST_CHANGES: usize = 1000;

/// The most code points that a field of an input may have; texts of documents have a limit of their own.
pub(super) const MAX_WORDS: usize = 1000;

/// Whether words say something and every database can keep them.
pub(super) fn is_usable(words: &str) -> bool {
    let unprintable = |c: char| c.is_control() && !c.is_whitespace();
    !words.trim().is_empty() && words.chars().count() <= MAX_WORDS && !words.contains(unprintable)
}

/// What came of importing a document.
#[derive(Debug, Default, SimpleObject)]
struct ImportDocumentPayload {
    /// The changeset that was committed; null if nothing changed, on a dry run, and where it was refused.
    changeset: Option<Changeset>,
    /// The plan that the document sets out, as the register now has it, or would.
    plan: Option<Plan>,
    /// Everything that was read, with spans, problems and confidence, in the form of `schema/draft.schema.json`.
    draft: Option<Json<serde_json::Value>>,
    /// How many facts changed, or would change.
    change_count: usize,
    /// What changed, or would change: the first 1000.
    changes: Vec<Change>,
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
            outcome,
            plan,
        } = imported;
        let told = Told::of(ctx, store, outcome).await?;
        Ok(Self {
            plan: told.plan(plan),
            draft: Some(Json(ingest::json::draft_json(&reading))),
            change_count: told.made_changes().len(),
            changes: told.changes(MOST_CHANGES),
            changeset: told.changeset(),
            user_errors: vec![],
        })
    }

    /// What the caller can mend comes back in the payload, the rest as an error of the request.
    fn failed(error: ImportError, source: &str) -> async_graphql::Result<Self> {
        let message = error.to_string();
        let refused = |code, field: &str| {
            Ok(Self::refused(UserError::at(
                code,
                message.clone(),
                &["input", field],
            )))
        };
        match error {
            ImportError::Unreadable(_) => refused(UserErrorCode::DocumentUnreadable, source),
            ImportError::NoSuchPlan { .. } => refused(UserErrorCode::NoSuchPlan, "supersedes"),
            ImportError::Refused(refusal) => {
                let field = match refusal {
                    DraftRefused::PlanCodeTaken { .. } => "code",
                    DraftRefused::NoEarlierPlan { .. } => "supersedes",
                    DraftRefused::NoPlan
                    | DraftRefused::TextDiffers
                    | DraftRefused::NoSuchParty { .. } => source,
                };
                refused(draft::refusal_code(&refusal), field)
            }
            ImportError::Store(StoreError::Conflict) => {
                refused(UserErrorCode::IdempotencyKeyReused, "idempotencyKey")
            }
            ImportError::Store(error) => Err(Fault::from(error).into()),
        }
    }

    fn refused(error: UserError) -> Self {
        Self {
            user_errors: vec![error],
            ..Self::default()
        }
    }
}

/// Something that the caller can mend.
#[derive(Clone, Debug, SimpleObject)]
pub(super) struct UserError {
    /// What is wrong: a code that does not change its meaning.
    code: UserErrorCode,
    /// What is wrong and what to do about it, for a person.
    message: String,
    /// Where in the input.
    path: Vec<String>,
    /// Where somebody has changed it since you saw it (`VERSION_CONFLICT`): the changeset that did. Its `seq` is the
    /// present version.
    conflict: Option<Changeset>,
}

impl UserError {
    pub(super) fn new(code: UserErrorCode, message: String, path: Vec<String>) -> Self {
        Self {
            code,
            message,
            path,
            conflict: None,
        }
    }

    /// The same, over what somebody has changed.
    pub(super) fn over(self, conflict: Changeset) -> Self {
        Self {
            conflict: Some(conflict),
            ..self
        }
    }

    pub(super) fn at(code: UserErrorCode, message: String, path: &[&str]) -> Self {
        Self::new(
            code,
            message,
            path.iter().map(|&step| step.to_owned()).collect(),
        )
    }

    /// The first field whose words cannot be kept, if there is one.
    pub(super) fn unusable(fields: &[(&str, &Option<String>)]) -> Option<Self> {
        fields
            .iter()
            .find(|(_, words)| words.as_deref().is_some_and(|words| !is_usable(words)))
            .map(|(field, _)| Self::unusable_field(field))
    }

    pub(super) fn unusable_field(field: &str) -> Self {
        let message = format!(
            "{field} is blank, longer than {MAX_WORDS} characters or has control characters; \
             correct it or leave it out"
        );
        Self::at(UserErrorCode::InputInvalid, message, &["input", field])
    }
}

/// What can be wrong with an input, or why a change is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(super) enum UserErrorCode {
    /// Something that is needed is missing, or two things that exclude each other are given.
    InputMissing,
    /// Words that cannot be kept: blank, too long, or with control characters.
    InputInvalid,
    /// The document cannot be read: it is empty, damaged, too large, protected by a password, without text, or of a kind or in
    /// an encoding that is not read. The message says what to do.
    DocumentUnreadable,
    /// The directory of parties cannot be read, or contradicts itself or the register. The message names the line or the
    /// party.
    DirectoryUnusable,
    /// There is nothing in the document that could be a plan.
    NoPlan,
    /// Another plan is called by this code.
    PlanCodeTaken,
    /// The idempotency key was used before, for another input.
    IdempotencyKeyReused,
    /// No plan that a document sets out is called by this code, or none rests on the document that is superseded.
    NoSuchPlan,
    /// The same bytes were read before as another text.
    TextDiffers,
    /// The register knows no such party.
    NoSuchParty,
    /// There is no such draft.
    NoSuchDraft,
    /// The draft is accepted or dismissed already.
    DraftClosed,
    /// Somebody has changed it since you saw it: look at it again.
    VersionConflict,
    /// A correction does not fit the draft or its text; none was made.
    CorrectionInvalid,
    /// The register holds no such thing.
    NotFound,
    /// The register holds it already.
    AlreadyRecorded,
    /// It would hold on no day: it ends before it begins.
    NeverHolds,
    /// It does not hold on the day on which it is to change, or begins on it.
    NotThen,
    /// Another party leads the task at that time.
    LeadTaken,
    /// The party has the role in the task at that time already.
    AlreadyAssigned,
    /// The assignment does not rest on a designation.
    NotDesignated,
    /// The party has another official name at that time.
    OfficialNameTaken,
    /// It would lie under itself, or take its own place.
    Cycle,
    /// It refers to something that the same changeset records behind it.
    RecordedLater,
    /// It would stand in a section of another plan.
    OtherPlan,
    /// Something still speaks of what is to be withdrawn.
    SpokenOf,
    /// It comes with documents or directories and is not withdrawn by hand.
    NotByCommand,
    /// The bodies before and after do not make a reorganization of the kind.
    NotReorganized,
    /// A duty is open of which nobody says what becomes of it.
    Unallotted,
    /// The body is none of those after the reorganization.
    NotASuccessor,
    /// The body does not exist on the day on which it would come in.
    NoHeirThen,
    /// It is no duty of the bodies that are reorganized, or is over.
    NoOpenDuty,
    /// The days are not in order.
    OutOfOrder,
    /// A case would leave out a step.
    OtherStage,
    /// The case is closed.
    CaseClosed,
    /// The deadline was met already.
    AlreadyMet,
    /// The least of a target is more than its most.
    NoFigure,
    /// What is due by a date lacks the date.
    NoDate,
}
