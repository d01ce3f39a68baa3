//! How the facts of one kind lie side by side in a table's base.

use std::fmt::Debug;

/// Compact forms by their place, the last version of each fact.
///
/// A plain `Vec` does for kinds of which there are few. Kinds of which there are millions split themselves into what
/// differs from fact to fact and what neighbours share, each in the file of its image.
pub trait Rows<I>: Debug + Send + Sync {
    /// No rows, with room for so many.
    fn with_capacity(rows: usize) -> Self;
    /// Appends a row.
    fn push(&mut self, image: I);
    /// The row at `place`.
    fn get(&self, place: u32) -> I;
    /// Gives back room that was not needed.
    fn shrink(&mut self) {}
    /// Bytes of memory they take.
    fn bytes(&self) -> usize;
}

impl<I: Clone + Debug + Send + Sync> Rows<I> for Vec<I> {
    fn with_capacity(rows: usize) -> Self {
        Self::with_capacity(rows)
    }

    fn push(&mut self, image: I) {
        self.push(image);
    }

    #[inline]
    fn get(&self, place: u32) -> I {
        self[place as usize].clone()
    }

    fn bytes(&self) -> usize {
        self.capacity() * size_of::<I>()
    }
}
