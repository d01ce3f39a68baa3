//! The writer's memory of what is kept already.

use super::handle::Ref;
use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::{BuildHasher as _, Hash};

/// Finds the handle of what was kept before; what a handle leads to stays in the register.
#[derive(Debug)]
pub(crate) struct Interner<T> {
    known: HashTable<Ref<T>>,
}

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Self {
            known: HashTable::new(),
        }
    }
}

impl<T> Clone for Interner<T> {
    fn clone(&self) -> Self {
        Self {
            known: self.known.clone(),
        }
    }
}

fn hash(key: impl Hash) -> u64 {
    FxBuildHasher.hash_one(key)
}

impl<T> Interner<T> {
    /// The handle whose key this is; `key_of` tells the key of a handle.
    pub(crate) fn find<K: Hash + Eq>(
        &self,
        key: &K,
        key_of: impl Fn(Ref<T>) -> K,
    ) -> Option<Ref<T>> {
        self.known
            .find(hash(key), |&known| key_of(known) == *key)
            .copied()
    }

    /// Remembers a handle that was not known.
    pub(crate) fn insert<K: Hash + Eq>(&mut self, new: Ref<T>, key_of: impl Fn(Ref<T>) -> K) {
        self.known
            .insert_unique(hash(key_of(new)), new, |&known| hash(key_of(known)));
    }

    pub(crate) fn bytes(&self) -> usize {
        self.known.allocation_size()
    }
}
