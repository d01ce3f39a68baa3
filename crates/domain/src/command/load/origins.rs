//! The keys of another system and what they mean here.

use crate::{
    change::{Fact, Origin},
    image::{self, Image},
};
use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

/// Which thing of the register each key of one source means.
///
/// One row can be the origin of several things: a district's row is that of a party, its name and its place. They have
/// the same key, each for its own kind of thing.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    source: String,
    by_kind: FxHashMap<String, FxHashMap<String, Uuid>>,
    ids: FxHashSet<Uuid>,
}

impl Origins {
    /// The kinds of things that come with rows, as the log names them.
    pub const KINDS: [&'static str; 8] = [
        image::Place::ENTITY,
        image::Party::ENTITY,
        image::PartyName::ENTITY,
        image::Plan::ENTITY,
        image::Task::ENTITY,
        image::Assignment::ENTITY,
        image::Target::ENTITY,
        image::Deadline::ENTITY,
    ];

    /// A source that has loaded nothing yet.
    pub fn new(source: impl Into<String>) -> Self {
        Self {
            source: source.into(),
            ..Self::default()
        }
    }

    /// Adds the keys of one kind of thing, with the ids that they mean.
    #[must_use]
    pub fn with(mut self, kind: &str, keys: impl IntoIterator<Item = (String, Uuid)>) -> Self {
        let known = self.by_kind.entry(kind.to_owned()).or_default();
        for (key, id) in keys {
            self.ids.insert(id);
            known.insert(key, id);
        }
        self
    }

    /// The name of the source.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The id of the thing of this kind that has this key.
    pub fn find<I: Image>(&self, key: &str) -> Option<<I::Fact as Fact>::Id> {
        let id = self.by_kind.get(I::ENTITY)?.get(key)?;
        Some((*id).into())
    }

    /// Every key of things of this kind, with its id.
    pub(super) fn keys<I: Image>(&self) -> impl Iterator<Item = (&str, Uuid)> {
        let keys = self.by_kind.get(I::ENTITY).into_iter().flatten();
        keys.map(|(key, id)| (key.as_str(), *id))
    }

    /// Whether a thing was loaded from this source.
    pub(super) fn brought(&self, id: impl Into<Uuid>) -> bool {
        self.ids.contains(&id.into())
    }

    /// What is recorded of a thing with this key.
    pub(super) fn origin(&self, key: &str) -> Origin {
        Origin {
            source: self.source.clone(),
            key: key.to_owned(),
        }
    }
}
