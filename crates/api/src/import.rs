//! Importing: a document or a directory read, decided on and committed as one changeset.

use crate::served::Served;
use domain::{
    change::{Actor, Authority},
    command::{AcceptDraft, DirectoryRefused, DraftRefused, ImportDirectory},
    id::PlanId,
    image,
    text::Sha256,
    time::Day,
    view::View,
};
use ingest::{ReadError, Reading};
use std::sync::Arc;
use store::{Idempotency, Store, StoreError, Write, WriteError, Written};

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
}

/// What came of importing a document.
#[derive(Clone, Debug)]
pub struct Imported {
    /// What was read.
    pub reading: Arc<Reading>,
    /// What was written; nothing on a dry run.
    pub written: Option<Written>,
    /// The changes that were made, or would be.
    pub changes: usize,
    /// The plan that the document sets out, if it is in the register.
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
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads a document and accepts what was read; on a dry run, only tells what accepting would change.
pub async fn import_document(
    served: &Served,
    store: &Store,
    document: NewDocument,
    signature: Signature,
    dry_run: bool,
) -> Result<Imported, ImportError> {
    let today = served.today(store);
    let seed = served.env.new_id();
    let NewDocument {
        bytes,
        address,
        code,
        valid_from,
    } = document;
    let input_hash = digest(&[&bytes, field(address.as_ref()), field(code.as_ref())]);
    let view = store.view(today);
    let (bytes, reading) = read(view.clone(), bytes, served.document_limit).await?;
    let reading = Arc::new(reading);
    let command = {
        let reading = Arc::clone(&reading);
        move |view: &View| {
            AcceptDraft {
                draft: &reading.draft,
                text: &reading.text,
                code: code.clone(),
                address: address.clone(),
                valid_from: valid_from.unwrap_or(today),
                ids: seed,
            }
            .decide(view)
        }
    };
    if dry_run {
        let changes = command(&view)?.len();
        return Ok(Imported {
            reading,
            written: None,
            changes,
            plan: None,
        });
    }
    let text = reading.text.clone().into_bytes();
    let Signature {
        actor,
        reason,
        authority,
        idempotency_key,
    } = signature;
    let write = Write {
        actor,
        action: "plan.accepted".to_owned(),
        reason,
        authority,
        idempotency: idempotency_key.map(|key| Idempotency { key, input_hash }),
        texts: vec![
            (Sha256::of(&bytes), bytes.into()),
            (Sha256::of(&text), text.into()),
        ],
        today,
    };
    let written = store
        .write(write, command)
        .await
        .map_err(|error| match error {
            WriteError::Refused(refusal) => ImportError::Refused(refusal),
            WriteError::Store(error) => ImportError::Store(error),
        })?;
    let plan = plan_of(&View::new(store.register(), written.seq(), today), &reading);
    Ok(Imported {
        reading,
        changes: changes_of(&written),
        written: Some(written),
        plan,
    })
}

/// Reads on a thread of its own: a long document takes a while.
async fn read(view: View, bytes: Vec<u8>, limit: usize) -> Result<(Vec<u8>, Reading), ImportError> {
    let read = tokio::task::spawn_blocking(move || {
        let (directory, _) = view.directory();
        let options = ingest::Options {
            limit,
            directory: Some(&directory),
            ..ingest::Options::default()
        };
        let reading = ingest::read(&bytes, &options)?;
        Ok((bytes, reading))
    });
    match read.await {
        Ok(read) => read,
        Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
    }
}

/// The plan that the document set out when it was accepted.
fn plan_of(view: &View, reading: &Reading) -> Option<PlanId> {
    let document = view.document_find_by_bytes(reading.draft.document.sha256)?;
    view.document_plans(document)
        .first()
        .map(|&plan: &image::PlanRef| view.id(plan))
}

/// What came of importing a directory.
#[derive(Clone, Debug)]
pub struct DirectoryImported {
    /// What was written; nothing on a dry run.
    pub written: Option<Written>,
    /// The changes that were made, or would be.
    pub changes: usize,
}

/// Why a directory was not imported.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryImportError {
    /// The directory contradicts itself or the register.
    #[error(transparent)]
    Refused(#[from] DirectoryRefused),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Brings a register's parties and places in line with a directory.
pub async fn import_directory(
    served: &Served,
    store: &Store,
    directory: domain::directory::Directory,
    signature: Signature,
    dry_run: bool,
) -> Result<DirectoryImported, DirectoryImportError> {
    let today = served.today(store);
    let seed = served.env.new_id();
    let command = move |view: &View| {
        ImportDirectory {
            directory: &directory,
            today,
            ids: seed,
        }
        .decide(view)
    };
    if dry_run {
        let changes = command(&store.view(today))?.len();
        return Ok(DirectoryImported {
            written: None,
            changes,
        });
    }
    let Signature {
        actor,
        reason,
        authority,
        idempotency_key: _,
    } = signature;
    let write = Write {
        actor,
        action: "directory.imported".to_owned(),
        reason,
        authority,
        idempotency: None,
        texts: vec![],
        today,
    };
    let written = store
        .write(write, command)
        .await
        .map_err(|error| match error {
            WriteError::Refused(refusal) => DirectoryImportError::Refused(refusal),
            WriteError::Store(error) => DirectoryImportError::Store(error),
        })?;
    Ok(DirectoryImported {
        changes: changes_of(&written),
        written: Some(written),
    })
}

/// The changes that this write made; what a repeat is answered from was made before.
fn changes_of(written: &Written) -> usize {
    match written {
        Written::Committed(changeset) => changeset.changes.len(),
        Written::Unchanged(_) | Written::Repeated(_) => 0,
    }
}

fn field(text: Option<&String>) -> &[u8] {
    text.map_or(&[], |text| text.as_bytes())
}

/// One digest of several fields; each is hashed by itself, so that no two inputs run together.
fn digest(fields: &[&[u8]]) -> Sha256 {
    let digests: Vec<u8> = fields
        .iter()
        .flat_map(|field| Sha256::of(field).0)
        .collect();
    Sha256::of(&digests)
}
