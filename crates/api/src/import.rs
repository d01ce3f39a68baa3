//! Importing: a document or a directory read, decided on and committed as one changeset.

use crate::{outcome::Outcome, served::Served};
use axum::body::Bytes;
use domain::{
    change::{Actor, Authority},
    command::{AcceptDraft, Against, DirectoryRefused, DraftRefused, Extent, ImportDirectory},
    directory::Directory,
    id::{DocumentId, PlanId},
    image,
    text::Sha256,
    time::Day,
    view::View,
};
use ingest::{
    ReadError, Reading,
    directory_csv::{self, DirectoryError},
};
use std::sync::Arc;
use store::{Idempotency, Store, StoreError, Write, WriteError};

/// A document to be imported.
#[derive(Clone, Debug, Default)]
pub struct NewDocument {
    /// Its bytes, as they are.
    pub bytes: Vec<u8>,
    /// Where it came from: a file name or a web address.
    pub address: Option<String>,
    /// What the plan is to be called by.
    pub code: Option<String>,
    /// From when it holds, if it does not say so itself; else today.
    pub valid_from: Option<Day>,
    /// What to do if the same bytes were accepted before.
    pub again: Again,
    /// The code of the plan of which it is a newer version.
    pub supersedes: Option<String>,
}

/// What to do with bytes that were accepted before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Again {
    /// Leave what they gave.
    #[default]
    Leave,
    /// Compare what the reader finds in them now with what it found then, and accept the difference.
    Compare,
}

impl NewDocument {
    /// The digest of all that was given, by which a repeated write is known.
    fn digest(&self) -> Sha256 {
        let again: &[u8] = match self.again {
            Again::Leave => b"",
            Again::Compare => b"again",
        };
        let mut fields = vec![
            &self.bytes[..],
            field(self.address.as_ref()),
            field(self.code.as_ref()),
        ];
        if self.again != Again::Leave || self.supersedes.is_some() {
            fields.extend([again, field(self.supersedes.as_ref())]);
        }
        digest(&fields)
    }
}

/// What the writer says of a write.
#[derive(Clone, Debug)]
pub struct Signature {
    /// Who writes.
    pub actor: Actor,
    /// Why.
    pub reason: Option<String>,
    /// On whose authority.
    pub authority: Option<Authority>,
    /// The caller's own key for this write.
    pub idempotency_key: Option<String>,
}

impl Signature {
    /// A write by `actor` of which nothing more is said.
    pub fn of(actor: Actor) -> Self {
        Self {
            actor,
            reason: None,
            authority: None,
            idempotency_key: None,
        }
    }

    /// The write that is signed so; its input is known by a digest.
    pub(crate) fn write(self, action: &str, (today, input_hash): (Day, Sha256)) -> Write {
        let Self {
            actor,
            reason,
            authority,
            idempotency_key,
        } = self;
        Write {
            actor,
            action: action.to_owned(),
            reason,
            authority,
            idempotency: idempotency_key.map(|key| Idempotency { key, input_hash }),
            texts: vec![],
            today,
        }
    }
}

/// What came of importing a document.
#[derive(Clone, Debug)]
pub struct Imported {
    /// What was read.
    pub reading: Arc<Reading>,
    /// What came of it.
    pub outcome: Outcome,
    /// The plan that the document sets out, if it is in the register then.
    pub plan: Option<PlanId>,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The document cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// The draft is not accepted.
    #[error(transparent)]
    Refused(#[from] DraftRefused),
    /// No plan that a document sets out is called so.
    #[error("no plan of the register that a document sets out has the code {code:?}")]
    NoSuchPlan {
        /// The code.
        code: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads a document and accepts what was read; on a dry run, tells what would come of that.
pub async fn import_document(
    served: &Served,
    store: &Store,
    document: NewDocument,
    signature: Signature,
    dry_run: bool,
) -> Result<Imported, ImportError> {
    let view = store.view(served.today(store));
    let read = Reader::of(served, &view).await.read(document).await?;
    accept_document(served, store, read, signature, dry_run).await
}

/// A document that was read and can be accepted.
#[derive(Clone, Debug)]
pub struct ReadDocument {
    /// What was given.
    pub document: NewDocument,
    /// What was read.
    pub reading: Arc<Reading>,
}

/// Reads documents with the parties that a view knows.
#[derive(Clone, Debug)]
pub struct Reader {
    directory: Arc<Directory>,
    limit: usize,
}

impl Reader {
    /// One that knows the parties of a view.
    pub async fn of(served: &Served, view: &View) -> Self {
        let view = view.clone();
        let (directory, _) = on_a_thread(move || view.directory()).await;
        Self {
            directory: Arc::new(directory),
            limit: served.document_limit,
        }
    }

    /// Reads a document on a thread of its own: a long one takes a while.
    pub async fn read(&self, document: NewDocument) -> Result<ReadDocument, ReadError> {
        let Self { directory, limit } = self.clone();
        let read = move || {
            let options = ingest::Options {
                limit,
                directory: Some(&directory),
                ..ingest::Options::default()
            };
            let reading = Arc::new(ingest::read(&document.bytes, &options)?);
            Ok(ReadDocument { document, reading })
        };
        on_a_thread(read).await
    }
}

/// Does what takes a while where nobody waits for it.
pub(crate) async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
    }
}

/// Accepts what was read from a document; on a dry run, tells what would come of that.
pub async fn accept_document(
    served: &Served,
    store: &Store,
    read: ReadDocument,
    signature: Signature,
    dry_run: bool,
) -> Result<Imported, ImportError> {
    let today = served.today(store);
    let seed = served.env.new_id();
    let ReadDocument { document, reading } = read;
    let input_hash = document.digest();
    let NewDocument {
        bytes,
        address,
        code,
        valid_from,
        again,
        supersedes,
    } = document;
    let view = store.view(today);
    let earlier = match supersedes {
        Some(code) => Some(Earlier::of_plan(store, &view, code).await?),
        None => None,
    };
    let command = {
        let reading = Arc::clone(&reading);
        move |view: &View| {
            AcceptDraft {
                draft: &reading.draft,
                text: &reading.text,
                against: match (&earlier, again) {
                    (Some(earlier), _) => earlier.against(),
                    (None, Again::Leave) => Against::Nothing,
                    (None, Again::Compare) => Against::Itself,
                },
                extent: Extent::Whole,
                meanings: &[],
                code: code.clone(),
                address: address.clone(),
                valid_from: valid_from.unwrap_or(today),
                ids: seed,
            }
            .decide(view)
        }
    };
    let text = reading.text.clone().into_bytes();
    let texts = vec![
        (Sha256::of(&bytes), bytes.into()),
        (Sha256::of(&text), text.into()),
    ];
    let write = Write {
        texts,
        ..signature.write("plan.accepted", (today, input_hash))
    };
    let outcome = Outcome::of(store, (write, None), dry_run, command)
        .await
        .map_err(WriteError::told::<ImportError>)?;
    let plan = plan_of(&outcome.view(today), reading.draft.document.sha256);
    Ok(Imported {
        reading,
        outcome,
        plan,
    })
}

/// The plan that a document set out when it was accepted.
pub(crate) fn plan_of(view: &View, bytes: Sha256) -> Option<PlanId> {
    let document = view.document_find_by_bytes(bytes)?;
    view.document_plans(document)
        .first()
        .map(|&plan: &image::PlanRef| view.id(plan))
}

/// The document that another one supersedes, with its text, by which the two are compared.
#[derive(Clone, Debug)]
pub(crate) struct Earlier {
    document: DocumentId,
    text: Arc<str>,
}

impl Earlier {
    /// The document that the plan of this code rests on.
    pub(crate) async fn of_plan(
        store: &Store,
        view: &View,
        code: String,
    ) -> Result<Self, ImportError> {
        let plan = view.plan_find_by_code(&code);
        let document = plan.and_then(|plan| view.thing(plan).document);
        let document = document.ok_or(ImportError::NoSuchPlan { code })?;
        Ok(Self::of(store, view, document).await?)
    }

    pub(crate) async fn of(
        store: &Store,
        view: &View,
        document: image::DocumentRef,
    ) -> Result<Self, StoreError> {
        let text = store.text(view.thing(document).text).await?;
        Ok(Self {
            document: view.id(document),
            // A text that is not kept can be compared with nothing: everything in it is then otherwise.
            text: text.unwrap_or_else(|| "".into()),
        })
    }

    pub(crate) fn against(&self) -> Against<'_> {
        Against::Version {
            document: self.document,
            text: &self.text,
        }
    }
}

/// What came of importing a directory.
#[derive(Clone, Debug)]
pub struct DirectoryImported {
    /// How many parties it lists.
    pub parties: usize,
    /// What came of it.
    pub outcome: Outcome,
}

/// Why a directory was not imported.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryImportError {
    /// The directory cannot be read.
    #[error(transparent)]
    Unreadable(#[from] DirectoryError),
    /// The directory contradicts itself or the register.
    #[error(transparent)]
    Refused(#[from] DirectoryRefused),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads a directory and brings a register's parties and places in line with it; on a dry run, tells what would come of
/// that.
pub async fn import_directory(
    served: &Served,
    store: &Store,
    bytes: Bytes,
    signature: Signature,
    dry_run: bool,
) -> Result<DirectoryImported, DirectoryImportError> {
    let today = served.today(store);
    let seed = served.env.new_id();
    let input_hash = Sha256::of(&bytes);
    let directory = on_a_thread(move || directory_csv::read(&bytes)).await?;
    let parties = directory.entries().len();
    let command = move |view: &View| {
        ImportDirectory {
            directory: &directory,
            today,
            ids: seed,
        }
        .decide(view)
    };
    let write = signature.write("directory.imported", (today, input_hash));
    let outcome = Outcome::of(store, (write, None), dry_run, command)
        .await
        .map_err(WriteError::told::<DirectoryImportError>)?;
    Ok(DirectoryImported { parties, outcome })
}

pub(crate) fn field(text: Option<&String>) -> &[u8] {
    text.map_or(&[], |text| text.as_bytes())
}

/// One digest of several fields; each is hashed by itself, so that no two inputs run together.
pub(crate) fn digest(fields: &[&[u8]]) -> Sha256 {
    let digests: Vec<u8> = fields
        .iter()
        .flat_map(|field| Sha256::of(field).0)
        .collect();
    Sha256::of(&digests)
}
