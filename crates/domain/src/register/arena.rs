//! An append-only list that readers walk while the writer appends: a dense base and a lock-free tail.

use super::Part;

/// Grows only at the end; what has been pushed never moves while it is shared.
#[derive(Debug)]
pub(crate) struct Arena<T> {
    base: Vec<T>,
    tail: boxcar::Vec<T>,
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self {
            base: Vec::new(),
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

    /// The elements, oldest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.base
            .iter()
            .chain(self.tail.iter().map(|(_, element)| element))
    }
}

impl<T> Part for Arena<T> {
    fn compact(self) -> Self {
        let mut base = self.base;
        base.reserve_exact(self.tail.count());
        base.extend(self.tail);
        Self {
            base,
            tail: boxcar::Vec::new(),
        }
    }

    fn bytes(&self) -> usize {
        // A tail's element is followed by a flag.
        self.base.capacity() * size_of::<T>()
            + self.tail.count() * (size_of::<T>() + align_of::<T>())
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
        let arena = arena.compact();
        assert_eq!(arena.push(100), 100);
        assert!(arena.iter().copied().eq(0..=100));
        assert_eq!(
            (arena.get(42), arena.get(100), arena.get(101)),
            (Some(&42), Some(&100), None)
        );
        assert_eq!(arena.len(), 101);
    }
}
