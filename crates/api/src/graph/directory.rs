//! Importing a directory of parties.

use super::{
    changeset::{Change, Changeset},
    mutation::{MOST_CHANGES, Said, UserError, UserErrorCode, given},
    outcome::Told,
};
use crate::{
    error::Fault,
    http::Upload,
    import::{self, DirectoryImportError, DirectoryImported},
    served::Served,
};
use async_graphql::{Context, InputObject, SimpleObject};
use store::{Store, StoreError};

/// A directory of parties to be imported.
#[derive(Debug, InputObject)]
pub(super) struct ImportDirectoryInput {
    /// Which register; may be left out while there is one.
    register: Option<String>,
    /// The directory as text. Give this or `file`.
    text: Option<String>,
    /// The directory as a file, in a multipart request. Give this or `text`.
    file: Option<Upload>,
    #[graphql(flatten)]
    said: Said,
}

/// What came of importing a directory.
#[derive(Debug, Default, SimpleObject)]
pub(super) struct ImportDirectoryPayload {
    /// The changeset that was committed; null if nothing changed, on a dry run, and where it was refused.
    changeset: Option<Changeset>,
    /// How many parties the directory lists.
    party_count: usize,
    /// How many facts changed, or would change.
    change_count: usize,
    /// What changed, or would change: the first 1000.
    changes: Vec<Change>,
    /// What was wrong with the input, or why it was refused.
    user_errors: Vec<UserError>,
}

pub(super) async fn import(
    ctx: &Context<'_>,
    input: ImportDirectoryInput,
) -> async_graphql::Result<ImportDirectoryPayload> {
    let served = ctx.data_unchecked::<Served>();
    let store = served.store(input.register.as_deref())?;
    if let Some(error) = input.said.unusable() {
        return Ok(ImportDirectoryPayload::refused(error));
    }
    let (source, bytes) = match given(input.text, input.file) {
        Ok((source, bytes, _)) => (source, bytes),
        Err(error) => return Ok(ImportDirectoryPayload::refused(error)),
    };
    let dry_run = input.said.dry_run;
    let signature = input.said.signature(ctx);
    match import::import_directory(served, store, bytes, signature, dry_run).await {
        Ok(imported) => ImportDirectoryPayload::imported(ctx, store, imported).await,
        Err(error) => ImportDirectoryPayload::failed(error, source),
    }
}

impl ImportDirectoryPayload {
    async fn imported(
        ctx: &Context<'_>,
        store: &Store,
        imported: DirectoryImported,
    ) -> async_graphql::Result<Self> {
        let told = Told::of(ctx, store, imported.outcome).await?;
        Ok(Self {
            party_count: imported.parties,
            change_count: told.made_changes().len(),
            changes: told.changes(MOST_CHANGES),
            changeset: told.changeset(),
            user_errors: vec![],
        })
    }

    /// What the caller can mend comes back in the payload, the rest as an error of the request.
    fn failed(error: DirectoryImportError, source: &str) -> async_graphql::Result<Self> {
        let message = error.to_string();
        let (code, field) = match error {
            DirectoryImportError::Unreadable(_) | DirectoryImportError::Refused(_) => {
                (UserErrorCode::DirectoryUnusable, source)
            }
            DirectoryImportError::Store(StoreError::Conflict) => {
                (UserErrorCode::IdempotencyKeyReused, "idempotencyKey")
            }
            DirectoryImportError::Store(error) => return Err(Fault::from(error).into()),
        };
        Ok(Self::refused(UserError::at(
            code,
            message,
            &["input", field],
        )))
    }

    fn refused(error: UserError) -> Self {
        Self {
            user_errors: vec![error],
            ..Self::default()
        }
    }
}
