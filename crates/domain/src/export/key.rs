//! What things are called in files: by their own ids, or by the keys of the system that they were loaded from.

use crate::{
    change::Fact,
    image::Image,
    register::{Ref, Register},
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use uuid::Uuid;

/// The keys that one source gave to things, by their ids. Empty, everything is called by its own id.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    by_kind: FxHashMap<&'static str, OfKind>,
}

#[derive(Clone, Debug, Default)]
struct OfKind {
    by_id: FxHashMap<Uuid, Box<str>>,
    /// The keys that look like ids of ours.
    like_ids: FxHashSet<Uuid>,
}

impl Keys {
    /// Takes what the source calls things of one kind: each key with the id that it stands for.
    #[must_use]
    pub fn with<I: Image>(mut self, keys: impl IntoIterator<Item = (Box<str>, Uuid)>) -> Self {
        let kind = self.by_kind.entry(I::ENTITY).or_default();
        for (key, id) in keys {
            kind.like_ids.extend(key.parse::<Uuid>());
            kind.by_id.insert(id, key);
        }
        self
    }

    /// Whether the source gave no key at all.
    pub fn is_empty(&self) -> bool {
        self.by_kind.values().all(|kind| kind.by_id.is_empty())
    }

    /// What a thing is called: no two of a kind are called the same.
    pub(super) fn of<I: Image>(&self, register: &Register, thing: Ref<I>) -> Cow<'_, str> {
        let id: Uuid = <I::Fact as Fact>::Id::into(register.id_of(thing));
        let Some(kind) = self.by_kind.get(I::ENTITY) else {
            return id.to_string().into();
        };
        match kind.by_id.get(&id) {
            Some(key) => Cow::Borrowed(key),
            // The source was itself made of this register, or of a copy.
            None if kind.like_ids.contains(&id) => format!("remit:{id}").into(),
            None => id.to_string().into(),
        }
    }
}
