//! A column in which neighbours are mostly alike.

/// How many elements lie between two marks.
const STRIDE: u32 = 64;

/// A list that is kept as runs: a value for each run of neighbours that share it, whatever sharing means.
///
/// Every 64th element's run is marked, so that an element is found in a few steps however long the list is.
#[derive(Clone, Debug)]
pub(crate) struct Runs<T> {
    /// The first element of each run.
    starts: Vec<u32>,
    values: Vec<T>,
    marks: Vec<u32>,
    len: u32,
}

impl<T> Default for Runs<T> {
    fn default() -> Self {
        Self {
            starts: Vec::new(),
            values: Vec::new(),
            marks: Vec::new(),
            len: 0,
        }
    }
}

impl<T> Runs<T> {
    /// How many elements there are.
    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    /// The value of each run, in order.
    pub(crate) fn values(&self) -> &[T] {
        &self.values
    }

    /// Where a run begins, and where it ends.
    pub(crate) fn range(&self, run: usize) -> std::ops::Range<u32> {
        self.starts[run]..self.starts.get(run + 1).copied().unwrap_or(self.len)
    }

    /// The run of the element at `index`: its value, and the element's place in it.
    #[inline]
    pub(crate) fn at(&self, index: u32) -> (&T, u32) {
        if let [value] = self.values.as_slice() {
            return (value, index);
        }
        let block = (index / STRIDE) as usize;
        let mut run = self.marks[block] as usize;
        let last = self
            .marks
            .get(block + 1)
            .map_or(self.starts.len() - 1, |&run| run as usize);
        // It cannot lie further on than this, and does where no two are alike.
        let furthest = last.min(run + (index % STRIDE) as usize);
        if self.starts[furthest] <= index {
            run = furthest;
        } else {
            run += self.starts[run + 1..furthest].partition_point(|&start| start <= index);
        }
        (&self.values[run], index - self.starts[run])
    }

    /// Appends an element that begins a run.
    pub(crate) fn begin(&mut self, value: T) {
        self.starts.push(self.len);
        self.values.push(value);
        self.count();
    }

    /// Appends an element to the last run, if `joins` says that it belongs there: it is given the run's value and
    /// length. Tells whether it did.
    pub(crate) fn join(&mut self, joins: impl FnOnce(&mut T, u32) -> bool) -> bool {
        let (Some(value), Some(&start)) = (self.values.last_mut(), self.starts.last()) else {
            return false;
        };
        let joined = joins(value, self.len - start);
        if joined {
            self.count();
        }
        joined
    }

    /// Counts the element that was appended.
    fn count(&mut self) {
        if self.len.is_multiple_of(STRIDE) {
            self.marks.push(self.starts.len() as u32 - 1);
        }
        self.len += 1;
    }

    pub(crate) fn shrink(&mut self) {
        self.starts.shrink_to_fit();
        self.values.shrink_to_fit();
        self.marks.shrink_to_fit();
    }

    pub(crate) fn bytes(&self) -> usize {
        (self.starts.capacity() + self.marks.capacity()) * size_of::<u32>()
            + self.values.capacity() * size_of::<T>()
    }
}

impl<T: PartialEq> Runs<T> {
    /// Appends a value.
    pub(crate) fn push(&mut self, value: T) {
        if !self.join(|last, _| *last == value) {
            self.begin(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn runs_are_the_list_that_was_pushed(lengths in prop::collection::vec((0u8..3, 1usize..90), 0..20)) {
            let list: Vec<u8> = lengths.iter().flat_map(|&(value, length)| vec![value; length]).collect();
            let mut runs = Runs::default();
            for &value in &list {
                runs.push(value);
            }
            prop_assert_eq!(runs.len() as usize, list.len());
            let alike = list.windows(2).filter(|pair| pair[0] == pair[1]).count();
            prop_assert_eq!(runs.values().len(), list.len() - alike);
            for (index, value) in (0..).zip(&list) {
                let (found, place) = runs.at(index);
                prop_assert_eq!(found, value);
                let before = list[..index as usize].iter().rev().take_while(|earlier| *earlier == value).count();
                prop_assert_eq!(place as usize, before);
            }
        }
    }
}
