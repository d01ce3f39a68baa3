//! All versions of all facts of one kind.

use super::{Part, arena::Arena, handle::Ref};
use crate::time::Seq;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;

const NONE: u32 = u32::MAX;

/// One version of a fact: so from `since` on, until the next version.
#[derive(Debug)]
pub(crate) struct Version<R> {
    pub(crate) since: Seq,
    earlier: u32,
    /// Nothing where the fact was withdrawn.
    pub(crate) held: Option<R>,
}

/// Facts of one kind, each with the chain of its versions from the newest back.
///
/// A version needs no end: it ends where the next one of its chain begins.
#[derive(Debug)]
pub struct Table<R> {
    ids: Arena<Uuid>,
    newest: Arena<AtomicU32>,
    versions: Arena<Version<R>>,
    by_id: IdIndex,
}

impl<R> Default for Table<R> {
    fn default() -> Self {
        Self {
            ids: Arena::default(),
            newest: Arena::default(),
            versions: Arena::default(),
            by_id: IdIndex::default(),
        }
    }
}

impl<R> Table<R> {
    /// Adds a version. Readers see it from `since` on.
    pub(crate) fn put(&self, id: Uuid, since: Seq, held: Option<R>) -> Ref<R> {
        if let Some(known) = self.find(id) {
            let newest = self.newest.at(known.index());
            let earlier = newest.load(Ordering::Relaxed);
            let version = self.versions.push(Version {
                since,
                earlier,
                held,
            });
            newest.store(version, Ordering::Release);
            return known;
        }
        let version = self.versions.push(Version {
            since,
            earlier: NONE,
            held,
        });
        self.ids.push(id);
        let index = self.newest.push(AtomicU32::new(version));
        self.by_id.insert(id, index);
        Ref::new(index)
    }

    /// The handle of the fact with this id.
    pub(crate) fn find(&self, id: Uuid) -> Option<Ref<R>> {
        self.by_id.find(id, &self.ids).map(Ref::new)
    }

    /// The last fact that was added: its id and its first seq.
    pub(crate) fn last(&self) -> Option<(Uuid, Seq)> {
        let last = Ref::new(self.newest.len().checked_sub(1)?);
        Some((self.id(last), self.versions(last).last()?.since))
    }

    /// What the last version of a fact holds.
    pub(crate) fn newest(&self, fact: Ref<R>) -> Option<&R> {
        self.versions(fact).next()?.held.as_ref()
    }

    /// The id of a fact.
    pub(crate) fn id(&self, fact: Ref<R>) -> Uuid {
        *self.ids.at(fact.index())
    }

    /// The versions of a fact, newest first.
    pub(crate) fn versions(&self, fact: Ref<R>) -> impl Iterator<Item = &Version<R>> {
        let mut next = self.newest.at(fact.index()).load(Ordering::Acquire);
        std::iter::from_fn(move || {
            let version = (next != NONE).then(|| self.versions.at(next))?;
            next = version.earlier;
            Some(version)
        })
    }

    /// The fact as the register knew it at `seq`; nothing before it was recorded and after it was withdrawn.
    pub(crate) fn at(&self, fact: Ref<R>, seq: Seq) -> Option<&R> {
        self.versions(fact)
            .find(|version| version.since <= seq)?
            .held
            .as_ref()
    }

    /// The fact as the register knew it at `seq`, or else as it last or first did: what a reference resolves to.
    pub(crate) fn resolve(&self, fact: Ref<R>, seq: Seq) -> &R {
        let mut first = None;
        for version in self.versions(fact) {
            first = version.held.as_ref().or(first);
            if version.since <= seq && version.held.is_some() {
                break;
            }
        }
        first.expect("the first version of a fact holds it")
    }

    /// All facts ever recorded, in the order of their handles.
    pub(crate) fn refs(
        &self,
    ) -> impl DoubleEndedIterator<Item = Ref<R>> + ExactSizeIterator + use<R> {
        (0..self.newest.len()).map(Ref::new)
    }
}

impl<R> Part for Table<R> {
    fn compact(self) -> Self {
        let ids = self.ids.compact();
        Self {
            by_id: IdIndex::of(&ids),
            ids,
            newest: self.newest.compact(),
            versions: self.versions.compact(),
        }
    }

    fn version_count(&self) -> usize {
        self.versions.len() as usize
    }

    fn bytes(&self) -> usize {
        self.ids.bytes() + self.newest.bytes() + self.versions.bytes() + self.by_id.bytes()
    }
}

/// From id to handle: a sorted permutation of the base, and a concurrent map of what came later.
///
/// Ids made in creation order (UUID version 7) are sorted as they stand; then the permutation is left out.
#[derive(Debug, Default)]
struct IdIndex {
    indexed: u32,
    sorted: Option<Vec<u32>>,
    tail: papaya::HashMap<Uuid, u32, rustc_hash::FxBuildHasher>,
}

impl IdIndex {
    fn of(ids: &Arena<Uuid>) -> Self {
        let indexed = ids.len();
        let sorted = (!ids.iter().is_sorted()).then(|| {
            let mut order: Vec<u32> = (0..indexed).collect();
            order.sort_unstable_by_key(|&index| ids.at(index));
            order
        });
        Self {
            indexed,
            sorted,
            tail: papaya::HashMap::default(),
        }
    }

    fn insert(&self, id: Uuid, index: u32) {
        self.tail.pin().insert(id, index);
    }

    fn find(&self, id: Uuid, ids: &Arena<Uuid>) -> Option<u32> {
        let (mut low, mut high) = (0, self.indexed);
        while low < high {
            let middle = low.midpoint(high);
            let index = self
                .sorted
                .as_ref()
                .map_or(middle, |order| order[middle as usize]);
            match ids.at(index).cmp(&id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(index),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        self.tail.pin().get(&id).copied()
    }

    fn bytes(&self) -> usize {
        let sorted = self
            .sorted
            .as_ref()
            .map_or(0, |order| order.capacity() * size_of::<u32>());
        sorted + self.tail.len() * (size_of::<(Uuid, u32)>() + size_of::<usize>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    #[test]
    fn a_fact_is_known_from_its_first_version_on_and_resolves_even_when_withdrawn() {
        let table = Table::default();
        let fact = table.put(id(7), Seq(2), Some("a"));
        table.put(id(7), Seq(4), Some("b"));
        table.put(id(7), Seq(5), None);
        let table = table.compact();
        let known: Vec<_> = (1..=6)
            .map(|seq| table.at(fact, Seq(seq)).copied())
            .collect();
        assert_eq!(known, [None, Some("a"), Some("a"), Some("b"), None, None]);
        let resolved: Vec<_> = (1..=6).map(|seq| *table.resolve(fact, Seq(seq))).collect();
        assert_eq!(resolved, ["a", "a", "a", "b", "b", "b"]);
    }

    proptest! {
        #[test]
        fn ids_are_found_wherever_they_are_kept(base in prop::collection::hash_set(0u128..500, 0..50), tail in prop::collection::hash_set(500u128..900, 0..50)) {
            let table = Table::default();
            for &n in &base { table.put(id(n), Seq(1), Some(n)); }
            let table = table.compact();
            for &n in &tail { table.put(id(n), Seq(2), Some(n)); }
            for n in 0..900 {
                let found = table.find(id(n)).map(|fact| *table.resolve(fact, Seq(9)));
                prop_assert_eq!(found, (base.contains(&n) || tail.contains(&n)).then_some(n));
            }
        }
    }
}
