//! The headings of a draft, found by path.

use crate::text::Span;
use rustc_hash::FxHashMap;

/// Headings by their paths, in the order of the text. A document that numbers badly has several at one path.
pub(super) struct ByPath<'a, I> {
    in_order: Vec<(&'a [String], I)>,
    by_path: FxHashMap<&'a [String], Vec<(Span, I)>>,
}

impl<I> Default for ByPath<'_, I> {
    fn default() -> Self {
        Self {
            in_order: vec![],
            by_path: FxHashMap::default(),
        }
    }
}

impl<'a, I: Copy> ByPath<'a, I> {
    pub(super) fn add(&mut self, path: &'a [String], span: Span, id: I) {
        self.in_order.push((path, id));
        self.by_path.entry(path).or_default().push((span, id));
    }

    /// The heading at this path under which the words at `at` stand: of several, the last that begins before them.
    pub(super) fn find(&self, path: &[String], at: Span) -> Option<I> {
        let headings = self.by_path.get(path)?;
        let before = headings.iter().rfind(|(span, _)| span.start <= at.start);
        before.or(headings.first()).map(|(_, id)| *id)
    }

    /// Everything at or beneath a path.
    pub(super) fn beneath(&self, path: &[String]) -> Vec<I> {
        self.in_order
            .iter()
            .filter(|(at, _)| at.starts_with(path))
            .map(|(_, id)| *id)
            .collect()
    }
}
