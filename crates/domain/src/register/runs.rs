//! A column in which neighbours are mostly alike.

/// How many elements lie between two marks.
const STRIDE: u32 = 64;

/// A list that is kept as runs: a value for each run of neighbours that share it, whatever sharing means.
///
/// Every 64th element's run is marked, so that an element is found in a few steps however long the list is.
#[derive(Clone, Debug)]
pub(crate) struct Runs<T> {
    list: Vec<Run<T>>,
    marks: Vec<u32>,
    len: u32,
}

/// A run. Who finds it reads its value next, so both lie together.
#[derive(Clone, Debug)]
struct Run<T> {
    /// Its first element.
    start: u32,
    value: T,
}

impl<T> Default for Runs<T> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
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

    /// How many runs there are.
    pub(crate) fn count(&self) -> usize {
        self.list.len()
    }

    /// The value of a run.
    pub(crate) fn value(&self, run: usize) -> &T {
        &self.list[run].value
    }

    /// Where a run begins, and where it ends.
    pub(crate) fn range(&self, run: usize) -> std::ops::Range<u32> {
        let next = self.list.get(run + 1);
        self.list[run].start..next.map_or(self.len, |next| next.start)
    }

    /// The run of the element at `index`: its value, and the element's place in it.
    #[inline]
    pub(crate) fn at(&self, index: u32) -> (&T, u32) {
        match self.list.as_slice() {
            [run] => (&run.value, index),
            _ => self.find(index),
        }
    }

    /// Out of line, so that the way of a column without differences is short.
    fn find(&self, index: u32) -> (&T, u32) {
        let block = (index / STRIDE) as usize;
        let first = self.marks[block] as usize;
        let last = self
            .marks
            .get(block + 1)
            .map_or(self.list.len() - 1, |&run| run as usize);
        // It cannot lie further on than this, and does where no two are alike.
        let mut run = last.min(first + (index % STRIDE) as usize);
        if self.list[run].start > index {
            let between = &self.list[first + 1..run];
            run = first + between.partition_point(|run| run.start <= index);
        }
        let Run { start, value } = &self.list[run];
        (value, index - start)
    }

    /// Appends an element that begins a run.
    pub(crate) fn begin(&mut self, value: T) {
        let start = self.len;
        self.list.push(Run { start, value });
        self.grow();
    }

    /// Appends an element to the last run, if `joins` says that it belongs there: it is given the run's value and
    /// length. Tells whether it did.
    pub(crate) fn join(&mut self, joins: impl FnOnce(&mut T, u32) -> bool) -> bool {
        let Some(Run { start, value }) = self.list.last_mut() else {
            return false;
        };
        let joined = joins(value, self.len - *start);
        if joined {
            self.grow();
        }
        joined
    }

    /// Counts the element that was appended.
    fn grow(&mut self) {
        if self.len.is_multiple_of(STRIDE) {
            self.marks.push(self.list.len() as u32 - 1);
        }
        self.len += 1;
    }

    pub(crate) fn shrink(&mut self) {
        self.list.shrink_to_fit();
        self.marks.shrink_to_fit();
    }

    pub(crate) fn bytes(&self) -> usize {
        self.list.capacity() * size_of::<Run<T>>() + self.marks.capacity() * size_of::<u32>()
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
            prop_assert_eq!(runs.count(), list.len() - alike);
            for (index, value) in (0..).zip(&list) {
                let (found, place) = runs.at(index);
                prop_assert_eq!(found, value);
                let before = list[..index as usize].iter().rev().take_while(|earlier| *earlier == value).count();
                prop_assert_eq!(place as usize, before);
            }
        }
    }
}
