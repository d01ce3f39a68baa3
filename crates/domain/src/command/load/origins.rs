//! The keys of another system and what they mean here.

use super::Keys;
use crate::{
    change::{Changeset, Fact, Origin},
    image::{self, Image},
    time::Seq,
};
use std::{borrow::Cow, sync::OnceLock};
use uuid::Uuid;

/// Which thing of the register each key of one source means.
///
/// One row can be the origin of several things: a district's row is that of a party, its name and its place. They have
/// the same key, each for its own kind of thing.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    source: String,
    by_kind: [OfKind; Origins::KINDS.len()],
    /// Things whose keys have come to mean others.
    left: Vec<Uuid>,
    /// Everything that was loaded, in order; made when it is first asked for.
    brought: OnceLock<Vec<Uuid>>,
}

/// What the keys mean for one kind of thing, and since when, by the numbers of the keys.
#[derive(Clone, Debug, Default)]
struct OfKind {
    keys: Keys,
    ids: Vec<Uuid>,
    since: Vec<Seq>,
}

impl Origins {
    /// The kinds of things that come with rows, as the log names them.
    const KINDS: [&'static str; 8] = [
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

    /// Adds what `key` was given for at `since`. Where it was given for several things of a kind, it means the last.
    pub fn add(&mut self, kind: &str, key: &str, since: Seq, id: Uuid) {
        let Some(place) = Self::KINDS.iter().position(|known| *known == kind) else {
            return;
        };
        self.brought.take();
        let OfKind {
            keys,
            ids,
            since: recorded,
        } = &mut self.by_kind[place];
        let number = keys.number(key) as usize;
        if number == ids.len() {
            ids.push(id);
            recorded.push(since);
        } else if recorded[number] < since {
            self.left.push(std::mem::replace(&mut ids[number], id));
            recorded[number] = since;
        } else {
            self.left.push(id);
        }
    }

    /// Adds the keys of what a changeset of this source's loading records.
    pub fn record(&mut self, changeset: &Changeset) {
        for change in &changeset.changes {
            if let Some(origin) = change.origin() {
                self.add(change.entity(), &origin.key, changeset.seq, change.id());
            }
        }
    }

    /// The name of the source.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The id of the thing of this kind that has this key.
    pub fn find<I: Image>(&self, key: &str) -> Option<<I::Fact as Fact>::Id> {
        let OfKind { keys, ids, .. } = self.of_kind::<I>()?;
        Some(ids[keys.find(key)? as usize].into())
    }

    /// Every key of things of this kind, with its id.
    pub(super) fn keys<I: Image>(&self) -> impl Iterator<Item = (Cow<'_, str>, Uuid)> {
        let of_kind = self.of_kind::<I>().into_iter();
        of_kind.flat_map(|OfKind { keys, ids, .. }| keys.iter().zip(ids.iter().copied()))
    }

    fn of_kind<I: Image>(&self) -> Option<&OfKind> {
        let place = Self::KINDS.iter().position(|known| *known == I::ENTITY)?;
        Some(&self.by_kind[place])
    }

    /// Whether a thing was loaded from this source.
    pub(super) fn brought(&self, id: impl Into<Uuid>) -> bool {
        let brought = self.brought.get_or_init(|| {
            let held = self.by_kind.iter().flat_map(|of_kind| &of_kind.ids);
            let mut brought: Vec<Uuid> = held.chain(&self.left).copied().collect();
            brought.sort_unstable();
            brought
        });
        brought.binary_search(&id.into()).is_ok()
    }

    /// What is recorded of a thing with this key.
    pub(super) fn origin(&self, key: &str) -> Origin {
        Origin {
            source: self.source.clone(),
            key: key.to_owned(),
        }
    }
}
