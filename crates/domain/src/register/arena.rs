//! An append-only list that readers walk while the writer appends: a dense base and a lock-free tail.

use super::{Part, Tail};
use std::sync::Arc;

/// Grows only at the end; what has been pushed never moves while it is shared.
#[derive(Debug)]
pub(crate) struct Arena<T> {
    base: Arc<[T]>,
    tail: boxcar::Vec<T>,
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self {
            base: Arc::default(),
            tail: boxcar::Vec::new(),
        }
    }
}

impl<T> Arena<T> {
    /// The element at `index`, if it has been pushed.
    pub(crate) fn get(&self, index: u32) -> Option<&T> {
        let index = index as usize;
        match self.base.get(index) {
            Some(element) => Some(element),
            None => self.tail.get(index - self.base.len()),
        }
    }

    /// The element at an index that the arena gave out.
    pub(crate) fn at(&self, index: u32) -> &T {
        self.get(index)
            .expect("an index is given out after its element was pushed")
    }

    /// Appends, and tells where.
    pub(crate) fn push(&self, element: T) -> u32 {
        let index = self.base.len() + self.tail.push(element);
        u32::try_from(index)
            .ok()
            .filter(|&i| i < u32::MAX)
            .expect("a register holds fewer than 2^32 - 1 things of a kind")
    }

    /// How many elements there are.
    pub(crate) fn len(&self) -> u32 {
        (self.base.len() + self.tail.count()) as u32
    }
}

impl<T: Clone> Part for Arena<T> {
    /// How many elements there are.
    type Mark = u32;

    fn mark(&self) -> u32 {
        self.len()
    }

    fn tail(&self) -> Tail {
        Tail {
            base: self.base.len() as u32,
            entries: self.tail.count() as u32,
            longest: 0,
        }
    }

    fn compacted(&self, mark: u32) -> Self {
        Self {
            base: (0..mark).map(|index| self.at(index).clone()).collect(),
            ..Self::default()
        }
    }

    fn catch_up(&self, old: &Self, mark: u32) {
        (mark..old.len()).for_each(|index| {
            self.push(old.at(index).clone());
        });
    }

    fn untailed(&self) -> (Self, u32) {
        let untailed = Self {
            base: Arc::clone(&self.base),
            ..Self::default()
        };
        (untailed, self.base.len() as u32)
    }

    fn bytes(&self) -> usize {
        // A tail's element is followed by a flag.
        size_of_val(&*self.base) + self.tail.count() * (size_of::<T>() + align_of::<T>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_keep_their_place_when_the_tail_is_folded_into_the_base() {
        let arena = Arena::default();
        for i in 0..100u32 {
            assert_eq!(arena.push(i), i);
        }
        let arena = arena.compacted(arena.mark());
        assert_eq!(arena.push(100), 100);
        assert!((0..=100).all(|i| *arena.at(i) == i));
        assert_eq!(
            (arena.get(42), arena.get(100), arena.get(101)),
            (Some(&42), Some(&100), None)
        );
        assert_eq!(arena.len(), 101);
    }
}
