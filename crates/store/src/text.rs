//! Long texts by digest: kept beside the log, read through a bounded cache.

use crate::{
    error::{Cause, RowKey, StoreError},
    row::text,
    store::Store,
};
use bytes::Bytes;
use domain::{
    id::RegisterId,
    register::Texts,
    text::{Sha256, Span},
};
use rustc_hash::FxHashMap;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    sea_query::OnConflict,
};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Decoded texts at hand, for quoting.
#[derive(Debug, Default)]
pub(crate) struct AtHand(FxHashMap<Sha256, Arc<str>>);

impl Texts for AtHand {
    fn text(&self, digest: Sha256) -> Option<Arc<str>> {
        self.0.get(&digest).cloned()
    }
}

impl AtHand {
    pub(crate) fn add(&mut self, digest: Sha256, text: Arc<str>) {
        self.0.insert(digest, text);
    }

    pub(crate) fn has(&self, digest: Sha256) -> bool {
        self.0.contains_key(&digest)
    }
}

/// Texts that were read lately, the least lately used given up first.
#[derive(Debug)]
pub(crate) struct Cache {
    limit: usize,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    texts: FxHashMap<Sha256, (Arc<str>, u64)>,
    bytes: usize,
    uses: u64,
}

impl Cache {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            kept: Mutex::default(),
        }
    }

    fn get(&self, digest: Sha256) -> Option<Arc<str>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.uses += 1;
        let now = kept.uses;
        let (text, used) = kept.texts.get_mut(&digest)?;
        *used = now;
        Some(Arc::clone(text))
    }

    fn add(&self, digest: Sha256, text: &Arc<str>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = &mut *kept;
        if text.len() > self.limit || kept.texts.contains_key(&digest) {
            return;
        }
        kept.bytes += text.len();
        while kept.bytes > self.limit {
            let oldest = kept
                .texts
                .iter()
                .min_by_key(|(_, (_, used))| *used)
                .map(|(digest, _)| *digest);
            let Some((given_up, _)) = oldest.and_then(|oldest| kept.texts.remove(&oldest)) else {
                break;
            };
            kept.bytes -= given_up.len();
        }
        kept.uses += 1;
        kept.texts.insert(digest, (Arc::clone(text), kept.uses));
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

/// Keeps texts; one that is kept already stays.
pub(crate) async fn keep(
    db: &impl ConnectionTrait,
    register: RegisterId,
    texts: &[(Sha256, Bytes)],
) -> Result<(), StoreError> {
    for (digest, content) in texts {
        debug_assert_eq!(
            *digest,
            Sha256::of(content),
            "a text is kept by its own digest"
        );
        let row = text::Model {
            register_id: register.into(),
            sha256: digest.to_string(),
            content: content.to_vec(),
        };
        let already = OnConflict::columns([text::Column::RegisterId, text::Column::Sha256])
            .do_nothing()
            .to_owned();
        text::Entity::insert(row.into_active_model())
            .on_conflict(already)
            .try_insert()
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_gives_up_what_was_used_least_lately() {
        let cache = Cache::new(10);
        let digest = |n: u8| Sha256([n; 32]);
        for n in 0..3 {
            cache.add(digest(n), &"1234".into());
            cache.get(digest(0));
        }
        assert!(cache.get(digest(0)).is_some());
        assert!(cache.get(digest(1)).is_none());
        assert!(cache.get(digest(2)).is_some());
        cache.add(digest(9), &"longer than all of it".into());
        assert!(cache.get(digest(9)).is_none() && cache.get(digest(0)).is_some());
    }
}
