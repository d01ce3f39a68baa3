//! From a text to the facts that are found by it.

use super::{Part, Tail, handle::Ref};
use rustc_hash::FxBuildHasher;
use std::sync::Arc;

/// Facts by a text of theirs. Like an edge, an entry is a candidate: some version of the fact has the text.
#[derive(Debug)]
pub(crate) struct TextIndex<V> {
    entries: Arc<Entries<V>>,
    /// What this is a branch of, if it is one. It goes on growing, and may name what the branch has never heard of.
    trunk: Option<Arc<Entries<V>>>,
}

type Entries<V> = papaya::HashMap<Box<str>, Box<[Ref<V>]>, FxBuildHasher>;

impl<V> Default for TextIndex<V> {
    fn default() -> Self {
        Self {
            entries: Arc::default(),
            trunk: None,
        }
    }
}

impl<V> TextIndex<V> {
    pub(crate) fn add(&self, text: &str, value: Ref<V>) {
        let entries = self.entries.pin();
        let known = entries.get(text).map_or(&[][..], |values| values);
        if !known.contains(&value) {
            let values = known.iter().copied().chain([value]).collect();
            entries.insert(text.into(), values);
        }
    }

    /// The facts found by `text`, in the order in which they were added.
    pub(crate) fn find(&self, text: &str) -> Vec<Ref<V>> {
        let mut found = vec![];
        for entries in self.trunk.iter().chain([&self.entries]) {
            if let Some(values) = entries.pin().get(text) {
                found.extend_from_slice(values);
            }
        }
        found
    }
}

impl<V> Part for TextIndex<V> {
    type Mark = ();

    fn mark(&self) {}

    /// A map has no tail.
    fn tail(&self) -> Tail {
        Tail::default()
    }

    fn compacted(&self, (): ()) -> Self {
        Self {
            entries: Arc::clone(&self.entries),
            trunk: self.trunk.clone(),
        }
    }

    fn catch_up(&self, _: &Self, (): ()) {}

    fn untailed(&self) -> (Self, ()) {
        let untailed = Self {
            entries: Arc::default(),
            trunk: Some(Arc::clone(&self.entries)),
        };
        (untailed, ())
    }

    fn bytes(&self) -> usize {
        let entry = |text: &str, values: &[Ref<V>]| {
            size_of::<(Box<str>, Box<[Ref<V>]>, usize)>() + text.len() + size_of_val(values)
        };
        self.entries
            .pin()
            .iter()
            .map(|(text, values)| entry(text, values))
            .sum()
    }
}
