//! A bounded memory of texts that were read.

use domain::text::Sha256;
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, PoisonError};

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

    pub(crate) fn get(&self, digest: Sha256) -> Option<Arc<str>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.uses += 1;
        let now = kept.uses;
        let (text, used) = kept.texts.get_mut(&digest)?;
        *used = now;
        Some(Arc::clone(text))
    }

    pub(crate) fn add(&self, digest: Sha256, text: &Arc<str>) {
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
