//! Folding tails into their bases, part by part, while readers read and the writer writes.
//!
//! A long tail is slow to walk and takes more memory. A new part is built beside the old one from what that held at a
//! mark, which needs neither lock nor pause; then the writer brings it up to what came since, and puts it in the old one's
//! place in a new value of the register. Views keep the register that they were made of. Handles stay what they are, so
//! nobody else notices. Never more than one part is built at a time, and the old one goes with the last view of it.

use super::{Graph, Register};
use std::{
    fmt,
    ops::Add,
    sync::{Arc, atomic::Ordering},
};

/// What every part of the graph can do.
pub(crate) trait Part: Sized {
    /// How much of it there was at some time. What came later lies behind it.
    type Mark: Copy + Send + Sync;

    /// How much of it there is now.
    fn mark(&self) -> Self::Mark;
    /// How it stands with its tail.
    fn tail(&self) -> Tail;
    /// The same part as it was at `mark`, all of it in the base.
    fn compacted(&self, mark: Self::Mark) -> Self;
    /// Adds what `old` got behind `mark`, of which this was made.
    fn catch_up(&self, old: &Self, mark: Self::Mark);
    /// A part without the tail, on the same base, and the mark behind which the tail begins.
    fn untailed(&self) -> (Self, Self::Mark);
    /// A part that has the same and grows by itself: the base is shared, the tail copied.
    fn branch(&self) -> Self {
        let (branch, mark) = self.untailed();
        branch.catch_up(self, mark);
        branch
    }
    /// Bytes of memory it takes.
    fn bytes(&self) -> usize;
    /// Versions of facts in it.
    fn version_count(&self) -> usize {
        0
    }
}

/// How long a part's tail is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tail {
    /// Entries in the base.
    pub base: u32,
    /// Entries in the tail.
    pub entries: u32,
    /// The most that one thing has in the tail: what a walk over it meets one by one.
    pub longest: u32,
}

impl Tail {
    /// Whether a part of a served register is to be folded: its tail is long beside its base, or one thing's chain in it
    /// is. Folding takes some 25 ns an entry of the base, so this is less than two microseconds a write.
    pub fn is_heavy(self) -> bool {
        self.longest >= 1024 || self.entries >= (self.base / 64).max(1 << 15)
    }

    /// Whether a part that is being loaded is to be folded: its tail is half as large as the base.
    pub(super) fn is_large(self) -> bool {
        self.entries >= (self.base / 2).max(1 << 16)
    }

    /// Whether there is anything to fold.
    pub fn is_any(self) -> bool {
        self.entries > 0
    }
}

impl Add for Tail {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            base: self.base + other.base,
            entries: self.entries + other.entries,
            longest: self.longest.max(other.longest),
        }
    }
}

/// A part that is to be folded, as it was at a mark. [`Self::build`] is the work; it needs no lock.
pub struct Compaction(Box<dyn FnOnce() -> Compacted + Send>);

/// A folded part, for [`super::Writer::adopt`].
pub struct Compacted(Box<dyn FnOnce(&mut Graph) -> bool + Send>);

impl Compaction {
    /// For a part of `graph`, which `part` finds.
    pub(super) fn of<P: Part + Send + Sync + 'static>(
        graph: &Graph,
        part: fn(&Graph) -> &Arc<P>,
        part_mut: fn(&mut Graph) -> &mut Arc<P>,
    ) -> Self {
        let old = Arc::clone(part(graph));
        let mark = old.mark();
        Self(Box::new(move || {
            let new = old.compacted(mark);
            Compacted(Box::new(move |graph| {
                // A register that was loaded anew meanwhile has other parts.
                let is_same = Arc::ptr_eq(&old, part(graph));
                if is_same {
                    new.catch_up(&old, mark);
                    *part_mut(graph) = Arc::new(new);
                }
                is_same
            }))
        }))
    }

    /// Builds the folded part beside the old one.
    #[must_use]
    pub fn build(self) -> Compacted {
        (self.0)()
    }
}

impl Compacted {
    /// The register with the folded part in its place; nothing if it is not the register that the part was made for.
    pub(super) fn adopted(self, register: &Register) -> Option<Register> {
        let mut graph = register.graph.clone();
        let adopted = (self.0)(&mut graph);
        adopted.then(|| Register {
            id: register.id,
            seq: register.seq.load(Ordering::Relaxed).into(),
            writer_bytes: register.writer_bytes.load(Ordering::Relaxed).into(),
            graph,
            kept: Arc::clone(&register.kept),
        })
    }
}

impl fmt::Debug for Compaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Compaction")
    }
}

impl fmt::Debug for Compacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Compacted")
    }
}
