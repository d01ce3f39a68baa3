//! Long texts by digest: kept beside the log, read through a bounded cache.

mod cache;

pub(crate) use cache::Cache;

use crate::{
    cited,
    error::{Cause, RowKey, StoreError},
    insert::insert_missing,
    row::text,
    store::Store,
};
use bytes::Bytes;
use domain::{
    change::Change,
    id::RegisterId,
    register::{Inapplicable, Texts},
    text::{Sha256, Span},
};
use rustc_hash::FxHashMap;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;

/// Decoded texts at hand, for quoting.
#[derive(Clone, Debug, Default)]
pub(crate) struct AtHand(FxHashMap<Sha256, Arc<str>>);

impl Texts for AtHand {
    fn text(&self, digest: Sha256) -> Option<Arc<str>> {
        self.0.get(&digest).cloned()
    }
}

impl Extend<(Sha256, Arc<str>)> for AtHand {
    fn extend<I: IntoIterator<Item = (Sha256, Arc<str>)>>(&mut self, texts: I) {
        self.0.extend(texts);
    }
}

impl FromIterator<(Sha256, Arc<str>)> for AtHand {
    fn from_iter<I: IntoIterator<Item = (Sha256, Arc<str>)>>(texts: I) -> Self {
        Self(texts.into_iter().collect())
    }
}

impl Store {
    /// A decoded text, if the register keeps it.
    pub async fn text(&self, digest: Sha256) -> Result<Option<Arc<str>>, StoreError> {
        Ok(self.texts(&[digest]).await?.remove(&digest))
    }

    /// Decoded texts, all that the register keeps of those asked for, in one question to the database.
    pub async fn texts(
        &self,
        digests: &[Sha256],
    ) -> Result<FxHashMap<Sha256, Arc<str>>, StoreError> {
        let mut found = FxHashMap::default();
        let mut missing = vec![];
        for &digest in digests {
            match self.text_cache().get(digest) {
                Some(text) => _ = found.insert(digest, text),
                None => missing.push(digest),
            }
        }
        for (digest, text) in load(self.database().reader(), self.id(), &missing).await? {
            self.text_cache().add(digest, &text);
            found.insert(digest, text);
        }
        Ok(found)
    }

    /// The words of a span of a text; nothing if the text is not kept or the span does not fit it.
    pub async fn text_slice(
        &self,
        digest: Sha256,
        span: Span,
    ) -> Result<Option<String>, StoreError> {
        let text = self.text(digest).await?;
        Ok(text.and_then(|text| span.slice(&text).map(str::to_owned)))
    }

    /// The bytes of this digest, such as a document as it was given.
    pub async fn bytes(&self, digest: Sha256) -> Result<Option<Bytes>, StoreError> {
        let key = (Uuid::from(self.id()), digest.to_string());
        let row = text::Entity::find_by_id(key)
            .one(self.database().reader())
            .await?;
        Ok(row.map(|row| row.content.into()))
    }
}

/// Keeps those of `texts` that the changes name; one that is kept already stays. Every text that they name has to be
/// here or kept already.
pub(crate) async fn keep(
    db: &impl ConnectionTrait,
    register: RegisterId,
    changes: &[Change],
    texts: &[(Sha256, Bytes)],
) -> Result<(), StoreError> {
    let named = |change| {
        cited::texts(change)
            .into_iter()
            .map(move |digest| (digest, change))
    };
    let mut missing: BTreeMap<Sha256, &Change> = changes.iter().flat_map(named).collect();
    let given = texts.iter().filter(|(digest, content)| {
        *digest == Sha256::of(content) && missing.remove(digest).is_some()
    });
    let given: Vec<_> = given.cloned().collect();
    insert(db, register, &given).await?;
    for digest in kept(db, register, missing.keys()).await? {
        missing.remove(&digest);
    }
    match missing.pop_first() {
        None => Ok(()),
        Some((digest, change)) => {
            let (entity, id) = (change.entity(), change.id());
            Err(Inapplicable::TextMissing { entity, id, digest }.into())
        }
    }
}

/// Keeps texts; one that is kept already stays.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    register: RegisterId,
    texts: &[(Sha256, Bytes)],
) -> Result<(), StoreError> {
    let rows = texts.iter().map(|(digest, content)| text::Model {
        register_id: register.into(),
        sha256: digest.to_string(),
        content: content.to_vec(),
    });
    insert_missing::<text::Entity>(db, rows.collect()).await?;
    Ok(())
}

/// Those of the digests whose texts are kept.
async fn kept(
    db: &impl ConnectionTrait,
    register: RegisterId,
    digests: impl Iterator<Item = &Sha256>,
) -> Result<Vec<Sha256>, StoreError> {
    let digests: Vec<String> = digests.map(Sha256::to_string).collect();
    let mut kept = vec![];
    for digests in digests.chunks(1000) {
        let found: Vec<String> = text::Entity::find()
            .select_only()
            .column(text::Column::Sha256)
            .filter(text::Column::RegisterId.eq(Uuid::from(register)))
            .filter(text::Column::Sha256.is_in(digests))
            .into_tuple()
            .all(db)
            .await?;
        kept.extend(
            found
                .iter()
                .filter_map(|digest| digest.parse::<Sha256>().ok()),
        );
    }
    Ok(kept)
}

/// Decoded texts by their digests, straight from the database.
pub(crate) async fn load(
    db: &impl ConnectionTrait,
    register: RegisterId,
    digests: &[Sha256],
) -> Result<Vec<(Sha256, Arc<str>)>, StoreError> {
    let mut texts = Vec::with_capacity(digests.len());
    for digests in digests.chunks(1000) {
        let rows = text::Entity::find()
            .filter(text::Column::RegisterId.eq(Uuid::from(register)))
            .filter(text::Column::Sha256.is_in(digests.iter().map(Sha256::to_string)))
            .all(db)
            .await?;
        for text::Model {
            register_id: _,
            sha256,
            content,
        } in rows
        {
            let digest: Sha256 = sha256.parse().map_err(|error| corrupt(&sha256, error))?;
            let text = String::from_utf8(content).map_err(|error| corrupt(&sha256, error))?;
            texts.push((digest, text.into()));
        }
    }
    Ok(texts)
}

fn corrupt(sha256: &str, source: impl Into<Cause>) -> StoreError {
    StoreError::corrupt("text", RowKey::Named(sha256.to_owned()), source)
}
