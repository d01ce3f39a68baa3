//! From a thing to the things that refer to it.

use super::{Part, arena::Arena, handle::Ref};
use crate::image::{Plan, Section, Subject, Task};
use std::{
    marker::PhantomData,
    sync::atomic::{AtomicU32, Ordering},
};

const NONE: u32 = u32::MAX;

/// A relation from things of kind `K` to facts of kind `V`: compressed sparse rows, and a chain per key of what came
/// later.
///
/// An edge is a candidate: it says that some version of the fact refers to the key. Whoever walks it asks the version
/// that a view sees.
#[derive(Debug)]
pub(crate) struct Edges<K, V> {
    /// Where each key's row begins in `rows`, and where the last one ends.
    starts: Vec<u32>,
    rows: Vec<u32>,
    /// Each key's newest link.
    heads: Arena<AtomicU32>,
    links: Arena<Link>,
    of: PhantomData<fn(K) -> V>,
}

#[derive(Debug)]
struct Link {
    value: u32,
    earlier: u32,
}

impl<K, V> Default for Edges<K, V> {
    fn default() -> Self {
        Self {
            starts: Vec::new(),
            rows: Vec::new(),
            heads: Arena::default(),
            links: Arena::default(),
            of: PhantomData,
        }
    }
}

impl<K, V> Edges<K, V> {
    /// Adds the edge of a fact that refers to `key`, if it refers to any; a fact that is not new may have it already.
    pub(crate) fn link(&self, key: Option<Ref<K>>, value: Ref<V>, value_is_new: bool) {
        if let Some(key) = key
            && (value_is_new || self.of(key).all(|known| known != value))
        {
            self.add(key, value);
        }
    }

    /// Adds an edge; the caller adds none twice.
    pub(crate) fn add(&self, key: Ref<K>, value: Ref<V>) {
        while self.heads.len() <= key.index() {
            self.heads.push(AtomicU32::new(NONE));
        }
        let head = self.heads.at(key.index());
        let link = self.links.push(Link {
            value: value.index(),
            earlier: head.load(Ordering::Relaxed),
        });
        head.store(link, Ordering::Release);
    }

    /// The facts that a key's edges lead to, in the order in which they were added.
    pub(crate) fn of(
        &self,
        key: Ref<K>,
    ) -> impl DoubleEndedIterator<Item = Ref<V>> + use<'_, K, V> {
        let late = self.late(key);
        self.row(key)
            .iter()
            .copied()
            .chain(late.into_iter().rev())
            .map(Ref::new)
    }

    /// Like [`Self::of`], entered behind `after`: for relations whose facts are added in the order of their handles.
    pub(crate) fn after(
        &self,
        key: Ref<K>,
        after: Ref<V>,
    ) -> impl Iterator<Item = Ref<V>> + use<'_, K, V> {
        let row = self.row(key);
        let row = &row[row.partition_point(|&value| value <= after.index())..];
        let mut late = self.late(key);
        late.retain(|&value| value > after.index());
        row.iter()
            .copied()
            .chain(late.into_iter().rev())
            .map(Ref::new)
    }

    /// Like [`Self::after`], the other way: what stands before `before`, nearest first.
    pub(crate) fn before(
        &self,
        key: Ref<K>,
        before: Ref<V>,
    ) -> impl Iterator<Item = Ref<V>> + use<'_, K, V> {
        let row = self.row(key);
        let row = &row[..row.partition_point(|&value| value < before.index())];
        let mut late = self.late(key);
        late.retain(|&value| value < before.index());
        late.into_iter()
            .chain(row.iter().rev().copied())
            .map(Ref::new)
    }

    fn row(&self, key: Ref<K>) -> &[u32] {
        let index = key.index() as usize;
        match self.starts.get(index..index + 2) {
            Some(&[start, end]) => &self.rows[start as usize..end as usize],
            _ => &[],
        }
    }

    /// What was added since the base was made, newest first.
    fn late(&self, key: Ref<K>) -> Vec<u32> {
        let mut late = Vec::new();
        let mut next = self
            .heads
            .get(key.index())
            .map_or(NONE, |head| head.load(Ordering::Acquire));
        while next != NONE {
            let link = self.links.at(next);
            late.push(link.value);
            next = link.earlier;
        }
        late
    }
}

impl<K, V> Part for Edges<K, V> {
    fn compact(self) -> Self {
        let keys = (self.starts.len().saturating_sub(1) as u32).max(self.heads.len());
        let mut starts = Vec::with_capacity(keys as usize + 1);
        let mut rows = Vec::with_capacity(self.rows.len() + self.links.len() as usize);
        starts.push(0);
        for key in 0..keys {
            rows.extend(self.of(Ref::new(key)).map(Ref::index));
            starts.push(rows.len() as u32);
        }
        Self {
            starts,
            rows,
            ..Self::default()
        }
    }

    fn bytes(&self) -> usize {
        (self.starts.capacity() + self.rows.capacity()) * size_of::<u32>()
            + self.heads.bytes()
            + self.links.bytes()
    }
}

/// Edges from what a clause, target or deadline belongs to. Its subject never changes.
#[derive(Debug)]
pub(crate) struct BySubject<V> {
    plan: Edges<Plan, V>,
    section: Edges<Section, V>,
    task: Edges<Task, V>,
}

impl<V> Default for BySubject<V> {
    fn default() -> Self {
        Self {
            plan: Edges::default(),
            section: Edges::default(),
            task: Edges::default(),
        }
    }
}

impl<V> BySubject<V> {
    pub(crate) fn of(&self, subject: Subject) -> Vec<Ref<V>> {
        match subject {
            Subject::Plan(plan) => self.plan.of(plan).collect(),
            Subject::Section(section) => self.section.of(section).collect(),
            Subject::Task(task) => self.task.of(task).collect(),
        }
    }

    pub(crate) fn add(&self, subject: Subject, value: Ref<V>) {
        match subject {
            Subject::Plan(plan) => self.plan.add(plan, value),
            Subject::Section(section) => self.section.add(section, value),
            Subject::Task(task) => self.task.add(task, value),
        }
    }
}

impl<V> Part for BySubject<V> {
    fn compact(self) -> Self {
        Self {
            plan: self.plan.compact(),
            section: self.section.compact(),
            task: self.task.compact(),
        }
    }

    fn bytes(&self) -> usize {
        self.plan.bytes() + self.section.bytes() + self.task.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    enum Key {}
    enum Value {}

    proptest! {
        #[test]
        fn edges_keep_their_order_whatever_is_folded_when(keys in prop::collection::vec(0u32..6, 0..60), fold_at in 0usize..60, at in 0u32..60) {
            let mut edges = Edges::<Key, Value>::default();
            for (value, &key) in keys.iter().enumerate() {
                if value == fold_at {
                    edges = edges.compact();
                }
                edges.add(Ref::new(key), Ref::new(value as u32));
            }
            for key in 0..8 {
                let model: Vec<u32> = (0..).zip(&keys).filter(|(_, k)| **k == key).map(|(value, _)| value).collect();
                prop_assert!(edges.of(Ref::new(key)).map(Ref::index).eq(model.iter().copied()));
                let after: Vec<_> = edges.after(Ref::new(key), Ref::new(at)).map(Ref::index).collect();
                prop_assert!(after.iter().eq(model.iter().filter(|v| **v > at)));
                let before: Vec<_> = edges.before(Ref::new(key), Ref::new(at)).map(Ref::index).collect();
                prop_assert!(before.iter().eq(model.iter().rev().filter(|v| **v < at)));
            }
        }
    }
}
