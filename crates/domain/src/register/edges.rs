//! From a thing to the things that refer to it.

use super::{Part, Tail, chains::Chains, handle::Ref};
use crate::image::{Plan, Section, Subject, Task};
use std::{marker::PhantomData, sync::Arc};

/// A relation from things of kind `K` to facts of kind `V`: compressed sparse rows, and a chain per key of what came
/// later.
///
/// An edge is a candidate: it says that some version of the fact refers to the key. Whoever walks it asks the version
/// that a view sees. Walks are lazy.
#[derive(Debug)]
pub(crate) struct Edges<K, V> {
    /// Where each key's row begins in `rows`, and where the last one ends. Keys behind the last with a row are left out.
    starts: Arc<[u32]>,
    rows: Arc<[u32]>,
    late: Chains<u32>,
    of: PhantomData<fn(K) -> V>,
}

impl<K, V> Default for Edges<K, V> {
    fn default() -> Self {
        Self {
            starts: Arc::default(),
            rows: Arc::default(),
            late: Chains::default(),
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
        self.late.push(key.index(), value.index());
    }

    /// The facts that a key's edges lead to, in the order in which they were added.
    #[inline]
    pub(crate) fn of(&self, key: Ref<K>) -> impl Iterator<Item = Ref<V>> + use<'_, K, V> {
        Walk::new(self.row(key), move || self.late.of(key.index())).map(Ref::new)
    }

    /// The same, the other way.
    pub(crate) fn of_backward(&self, key: Ref<K>) -> impl Iterator<Item = Ref<V>> + use<'_, K, V> {
        let late = self.late.of(key.index());
        late.chain(self.row(key).iter().rev())
            .copied()
            .map(Ref::new)
    }

    /// Like [`Self::of`], entered behind `after`: for relations whose facts are added in the order of their handles.
    pub(crate) fn after(
        &self,
        key: Ref<K>,
        after: Ref<V>,
    ) -> impl Iterator<Item = Ref<V>> + use<'_, K, V> {
        let after = after.index();
        let row = self.row(key);
        let row = &row[row.partition_point(|&value| value <= after)..];
        let late = move || {
            let late = self.late.of(key.index());
            late.take_while(move |&&value| value > after)
        };
        Walk::new(row, late).map(Ref::new)
    }

    /// Like [`Self::after`], the other way: what stands before `before`, nearest first.
    pub(crate) fn before(
        &self,
        key: Ref<K>,
        before: Ref<V>,
    ) -> impl Iterator<Item = Ref<V>> + use<'_, K, V> {
        let before = before.index();
        let row = self.row(key);
        let row = &row[..row.partition_point(|&value| value < before)];
        let late = self.late.of(key.index());
        late.skip_while(move |&&value| value >= before)
            .chain(row.iter().rev())
            .copied()
            .map(Ref::new)
    }

    /// How many edges a key has.
    pub(crate) fn count(&self, key: Ref<K>) -> usize {
        self.row(key).len() + self.late.of(key.index()).count()
    }

    fn row(&self, key: Ref<K>) -> &[u32] {
        let index = key.index() as usize;
        match self.starts.get(index..index + 2) {
            Some(&[start, end]) => &self.rows[start as usize..end as usize],
            _ => &[],
        }
    }
}

/// A row, and behind it a chain turned round. Most walks end before the chain, which is looked at only then.
struct Walk<'e, F> {
    row: std::slice::Iter<'e, u32>,
    chain: Option<F>,
    late: std::vec::IntoIter<u32>,
}

impl<'e, F> Walk<'e, F> {
    fn new(row: &'e [u32], chain: F) -> Self {
        Self {
            row: row.iter(),
            chain: Some(chain),
            late: Vec::new().into_iter(),
        }
    }
}

impl<'e, F: FnOnce() -> I, I: Iterator<Item = &'e u32>> Iterator for Walk<'e, F> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        if let Some(&value) = self.row.next() {
            return Some(value);
        }
        if let Some(chain) = self.chain.take() {
            let mut chain = chain().peekable();
            if chain.peek().is_some() {
                self.late = in_order(chain).into_iter();
            }
        }
        self.late.next()
    }
}

/// A chain, oldest first.
fn in_order<'a>(chain: impl Iterator<Item = &'a u32>) -> Vec<u32> {
    let mut chain: Vec<_> = chain.copied().collect();
    chain.reverse();
    chain
}

impl<K, V> Part for Edges<K, V> {
    /// How many edges there are in the tail.
    type Mark = u32;

    fn mark(&self) -> u32 {
        self.late.len()
    }

    fn tail(&self) -> Tail {
        Tail {
            base: self.rows.len() as u32,
            entries: self.late.len(),
            longest: self.late.longest(),
        }
    }

    fn compacted(&self, mark: u32) -> Self {
        let keys = (self.starts.len().saturating_sub(1) as u32).max(self.late.end());
        let mut starts = Vec::with_capacity(keys as usize + 1);
        let mut rows = Vec::with_capacity(self.rows.len() + mark as usize);
        starts.push(0);
        for key in (0..keys).map(Ref::new) {
            rows.extend_from_slice(self.row(key));
            rows.extend(in_order(self.late.of_until(key.index(), mark)));
            starts.push(rows.len() as u32);
        }
        let ended = starts.partition_point(|&start| (start as usize) < rows.len());
        starts.truncate(if rows.is_empty() { 0 } else { ended + 1 });
        Self {
            starts: starts.into(),
            rows: rows.into(),
            ..Self::default()
        }
    }

    fn catch_up(&self, old: &Self, mark: u32) {
        for (key, value) in old.late.behind(mark) {
            self.late.push(key, *value);
        }
    }

    fn untailed(&self) -> (Self, u32) {
        let untailed = Self {
            starts: Arc::clone(&self.starts),
            rows: Arc::clone(&self.rows),
            ..Self::default()
        };
        (untailed, 0)
    }

    fn bytes(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.rows) + self.late.bytes()
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
    type Mark = [u32; 3];

    fn mark(&self) -> [u32; 3] {
        [self.plan.mark(), self.section.mark(), self.task.mark()]
    }

    fn tail(&self) -> Tail {
        self.plan.tail() + self.section.tail() + self.task.tail()
    }

    fn compacted(&self, [plan, section, task]: [u32; 3]) -> Self {
        Self {
            plan: self.plan.compacted(plan),
            section: self.section.compacted(section),
            task: self.task.compacted(task),
        }
    }

    fn catch_up(&self, old: &Self, [plan, section, task]: [u32; 3]) {
        self.plan.catch_up(&old.plan, plan);
        self.section.catch_up(&old.section, section);
        self.task.catch_up(&old.task, task);
    }

    fn untailed(&self) -> (Self, [u32; 3]) {
        let (plan, of_plan) = self.plan.untailed();
        let (section, of_section) = self.section.untailed();
        let (task, of_task) = self.task.untailed();
        let untailed = Self {
            plan,
            section,
            task,
        };
        (untailed, [of_plan, of_section, of_task])
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
        fn edges_keep_their_order_whatever_is_folded_when(
            keys in prop::collection::vec(0u32..6, 0..60),
            (fold_at, adopt_at) in (0usize..60, 0usize..60),
            at in 0u32..60,
        ) {
            let mut edges = Edges::<Key, Value>::default();
            let mut folded = None;
            for (value, &key) in keys.iter().enumerate() {
                if value == fold_at {
                    folded = Some((edges.mark(), edges.compacted(edges.mark())));
                }
                if value >= adopt_at && let Some((mark, new)) = folded.take() {
                    new.catch_up(&edges, mark);
                    edges = new;
                }
                edges.add(Ref::new(key), Ref::new(value as u32));
            }
            for key in 0..8 {
                let model: Vec<u32> = (0..).zip(&keys).filter(|(_, k)| **k == key).map(|(value, _)| value).collect();
                prop_assert!(edges.of(Ref::new(key)).map(Ref::index).eq(model.iter().copied()));
                prop_assert_eq!(edges.count(Ref::new(key)), model.len());
                prop_assert!(edges.of_backward(Ref::new(key)).map(Ref::index).eq(model.iter().rev().copied()));
                let after: Vec<_> = edges.after(Ref::new(key), Ref::new(at)).map(Ref::index).collect();
                prop_assert!(after.iter().eq(model.iter().filter(|v| **v > at)));
                let before: Vec<_> = edges.before(Ref::new(key), Ref::new(at)).map(Ref::index).collect();
                prop_assert!(before.iter().eq(model.iter().rev().filter(|v| **v < at)));
            }
        }
    }
}
