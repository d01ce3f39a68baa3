//! A handle: where the register keeps a thing. Four bytes, and so is an optional one.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    num::NonZeroU32,
};

/// Where a register keeps a thing whose compact form is `R`. Handles grow in the order in which things were recorded:
/// by seq, and within a changeset by id. They mean nothing outside their register.
pub struct Ref<R> {
    number: NonZeroU32,
    of: PhantomData<fn() -> R>,
}

impl<R> Ref<R> {
    pub(crate) fn new(index: u32) -> Self {
        let number = NonZeroU32::new(index + 1).expect("an index is less than 2^32 - 1");
        Self {
            number,
            of: PhantomData,
        }
    }

    pub(crate) fn index(self) -> u32 {
        self.number.get() - 1
    }
}

impl<R> Clone for Ref<R> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<R> Copy for Ref<R> {}
impl<R> PartialEq for Ref<R> {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}
impl<R> Eq for Ref<R> {}
impl<R> PartialOrd for Ref<R> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<R> Ord for Ref<R> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.number.cmp(&other.number)
    }
}
impl<R> Hash for Ref<R> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}
impl<R> fmt::Debug for Ref<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.index())
    }
}
