//! All versions of all facts of one kind.

use super::{
    Part, Tail,
    chains::Chains,
    counts::{Counted, Counts},
    handle::Ref,
    ids::Ids,
    settled::{Settled, Version},
};
use crate::{image::Image, time::Seq};
use std::sync::Arc;
use uuid::Uuid;

/// Facts of one kind with all their versions: a base in which each fact's last version lies at its place, and behind it
/// a tail of the versions that came later, chained fact by fact.
///
/// A version needs no end: it ends where the next one of its fact begins.
#[derive(Debug)]
pub struct Table<I: Image> {
    ids: Ids,
    base: Arc<Settled<I>>,
    /// The seq of the newest version in the base.
    settled_at: Seq,
    tail: Chains<Version<I>>,
    counts: Counts,
}

impl<I: Image> Default for Table<I> {
    fn default() -> Self {
        Self {
            ids: Ids::default(),
            base: Arc::new(Settled::with_capacity(0, 0)),
            settled_at: Seq::EMPTY,
            tail: Chains::default(),
            counts: Counts::default(),
        }
    }
}

impl<I: Image> Table<I> {
    /// Adds a fact that was not known. Readers see it from `since` on.
    pub(crate) fn record(&self, id: Uuid, since: Seq, held: I) -> Ref<I> {
        let fact = Ref::new(self.ids.len());
        self.revise(fact, since, Some(held));
        // Last, so that whoever finds the fact finds its version.
        self.ids.push(id);
        fact
    }

    /// Adds a version of a fact.
    pub(crate) fn revise(&self, fact: Ref<I>, since: Seq, held: Option<I>) {
        self.tail.push(fact.index(), Version { since, held });
    }

    /// The handle of the fact with this id.
    pub(crate) fn find(&self, id: Uuid) -> Option<Ref<I>> {
        self.ids.find(id).map(Ref::new)
    }

    /// The last fact that was added: its id and its first seq.
    pub(crate) fn last(&self) -> Option<(Uuid, Seq)> {
        let last = Ref::new(self.ids.len().checked_sub(1)?);
        Some((self.id(last), self.versions(last).last()?.since))
    }

    /// Whether a fact is held, or else withdrawn.
    pub(crate) fn is_held(&self, fact: Ref<I>) -> bool {
        self.versions(fact)
            .next()
            .is_some_and(|newest| newest.held.is_some())
    }

    /// What a fact last was.
    pub(crate) fn last_held(&self, fact: Ref<I>) -> Option<I> {
        self.versions(fact).find_map(|version| version.held)
    }

    /// The id of a fact.
    #[inline]
    pub(crate) fn id(&self, fact: Ref<I>) -> Uuid {
        self.ids.at(fact.index())
    }

    /// The versions of a fact, newest first.
    pub(crate) fn versions(&self, fact: Ref<I>) -> impl Iterator<Item = Version<I>> {
        let settled = self.settled(fact).map(|base| base.versions(fact.index()));
        let late = self.tail.of(fact.index()).cloned();
        late.chain(settled.into_iter().flatten())
    }

    /// The fact as the register knew it at `seq`; nothing before it was recorded and after it was withdrawn.
    #[inline]
    pub(crate) fn at(&self, fact: Ref<I>, seq: Seq) -> Option<I> {
        let mut late = self.tail.of(fact.index());
        match late.find(|version| version.since <= seq) {
            Some(version) => version.held.clone(),
            None => self.settled(fact)?.at(fact.index(), seq),
        }
    }

    /// The fact as the register knew it at `seq`, or else as it last or first did: what a reference resolves to.
    #[inline]
    pub(crate) fn resolve(&self, fact: Ref<I>, seq: Seq) -> I {
        let mut first = None;
        for version in self.tail.of(fact.index()) {
            first = version.held.as_ref().or(first);
            if version.since <= seq
                && let Some(held) = &version.held
            {
                return held.clone();
            }
        }
        match self.settled(fact) {
            Some(base) => base.resolve(fact.index(), seq),
            None => first.expect("the first version of a fact holds it").clone(),
        }
    }

    /// How many facts answer a question, as known at `seq`.
    ///
    /// `answers` is a function of a fact alone, the same for the same question for ever; `scan` counts them all. That is
    /// done once: the next count starts from the last one and looks only at what was written since. What was so before the
    /// base was made is counted once for each seq, since a base does not keep versions in the order of recording.
    pub(crate) fn count(
        &self,
        question: String,
        seq: Seq,
        answers: impl Fn(&I) -> bool,
        scan: impl FnOnce() -> usize,
    ) -> usize {
        if seq < self.settled_at {
            let question = (question, Some(seq));
            let counted = self.counts.get(&question).unwrap_or_else(|| Counted {
                count: scan(),
                seq,
                mark: 0,
            });
            self.counts.set(question, counted);
            return counted.count;
        }
        let question = (question, None);
        // Behind a base versions come in the order of their seq.
        let mark = self.tail.mark_before(|version| version.since > seq);
        let last = self.counts.get(&question);
        let count = match last.filter(|last| last.seq <= seq) {
            Some(last) if last.mark == mark => return last.count,
            Some(last) => {
                let counts = |held: Option<&I>| usize::from(held.is_some_and(&answers));
                let mut count = last.count;
                for (fact, earlier, version) in self.tail.between(last.mark, mark) {
                    count += counts(version.held.as_ref());
                    let before = match earlier {
                        Some(earlier) => earlier.held.clone(),
                        None => self
                            .settled(Ref::new(fact))
                            .and_then(|base| base.last(fact)),
                    };
                    count -= counts(before.as_ref());
                }
                count
            }
            None => scan(),
        };
        self.counts.set(question, Counted { count, seq, mark });
        count
    }

    /// The facts that have a version later than `after` and not later than `until`, some of them several times; nothing
    /// where the base holds such versions, which it does not keep in the order of recording.
    pub(crate) fn changed(
        &self,
        after: Seq,
        until: Seq,
    ) -> Option<impl Iterator<Item = Ref<I>> + use<'_, I>> {
        if self.settled_at > after {
            return None;
        }
        let mark = |seq| self.tail.mark_before(|version| version.since > seq);
        let versions = self.tail.between(mark(after), mark(until));
        Some(versions.map(|(fact, ..)| Ref::new(fact)))
    }

    /// All facts ever recorded, in the order of their handles.
    pub(crate) fn refs(
        &self,
    ) -> impl DoubleEndedIterator<Item = Ref<I>> + ExactSizeIterator + use<I> {
        (0..self.ids.len()).map(Ref::new)
    }

    /// The base, if it has the fact.
    #[inline]
    fn settled(&self, fact: Ref<I>) -> Option<&Settled<I>> {
        (fact.index() < self.base.len()).then_some(&self.base)
    }
}

/// How many versions there are in the tail, and how many facts in all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    versions: u32,
    facts: u32,
}

impl<I: Image> Part for Table<I> {
    type Mark = Mark;

    fn mark(&self) -> Mark {
        Mark {
            versions: self.tail.len(),
            facts: self.ids.len(),
        }
    }

    fn tail(&self) -> Tail {
        Tail {
            base: self.base.len(),
            entries: self.tail.len(),
            longest: self.tail.longest(),
        }
    }

    fn compacted(&self, mark: Mark) -> Self {
        let versions = self.base.version_count() + mark.versions as usize;
        let mut base = Settled::with_capacity(mark.facts as usize, versions - mark.facts as usize);
        for fact in (0..mark.facts).map(Ref::new) {
            let late = self.tail.of_until(fact.index(), mark.versions);
            let mut versions: Vec<_> = late.cloned().collect();
            let settled = self.settled(fact);
            match settled {
                Some(settled) if versions.is_empty() => base.push_from(settled, fact.index()),
                _ => {
                    let settled = settled.map(|base| base.versions(fact.index()));
                    versions.extend(settled.into_iter().flatten());
                    versions.reverse();
                    base.push(versions);
                }
            }
        }
        base.shrink();
        let late = self.tail.between(0, mark.versions);
        let newest = late.map(|(.., version)| version.since).max();
        Self {
            ids: self.ids.compacted(mark.facts),
            base: Arc::new(base),
            settled_at: newest.map_or(self.settled_at, |newest| newest.max(self.settled_at)),
            ..Self::default()
        }
    }

    fn catch_up(&self, old: &Self, mark: Mark) {
        for (fact, Version { since, held }) in old.tail.behind(mark.versions) {
            self.revise(Ref::new(fact), *since, held.clone());
            if fact == self.ids.len() {
                self.ids.push(old.ids.at(fact));
            }
        }
    }

    fn untailed(&self) -> (Self, Mark) {
        let untailed = Self {
            ids: self.ids.untailed(),
            base: Arc::clone(&self.base),
            settled_at: self.settled_at,
            ..Self::default()
        };
        let mark = untailed.mark();
        (untailed, mark)
    }

    fn version_count(&self) -> usize {
        self.base.version_count() + self.tail.len() as usize
    }

    fn bytes(&self) -> usize {
        self.ids.bytes() + self.base.bytes() + self.tail.bytes() + self.counts.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{image::Place, vocabulary::PlaceLevel};
    use proptest::prelude::*;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    /// A place that is told by its number.
    fn place(number: u32) -> Place {
        Place {
            code: None,
            name: Ref::new(number),
            level: PlaceLevel::Zone,
            parent: None,
        }
    }

    fn number(place: &Place) -> u32 {
        place.name.index()
    }

    #[test]
    fn a_fact_is_known_from_its_first_version_on_and_resolves_even_when_withdrawn() {
        let mut table = Table::default();
        let fact = table.record(id(7), Seq(2), place(1));
        table.revise(fact, Seq(4), Some(place(2)));
        table.revise(fact, Seq(5), None);
        table.revise(fact, Seq(7), Some(place(3)));
        for _ in ["in the tail", "in the base"] {
            let known: Vec<_> = (1..=8)
                .map(|seq| table.at(fact, Seq(seq)).as_ref().map(number))
                .collect();
            let expected = [
                None,
                Some(1),
                Some(1),
                Some(2),
                None,
                None,
                Some(3),
                Some(3),
            ];
            assert_eq!(known, expected);
            let resolved: Vec<_> = (1..=8)
                .map(|seq| number(&table.resolve(fact, Seq(seq))))
                .collect();
            assert_eq!(resolved, [1, 1, 1, 2, 2, 2, 3, 3]);
            assert_eq!(table.version_count(), 4);
            table = table.compacted(table.mark());
        }
    }

    proptest! {
        /// Each step is the numbers of the facts that a changeset writes, and whether it withdraws them: before, while and
        /// after the base is made.
        #[test]
        fn a_table_answers_the_same_whatever_is_folded_when(
            steps in prop::collection::vec((0u32..12, 1u32..5, prop::bool::weighted(0.2)), 0..60),
            (fold_at, adopt_at) in (0usize..60, 0usize..60),
        ) {
            let plain = Table::default();
            let mut table = Table::default();
            let mut folded = None;
            for (step, (first, count, withdrawn)) in steps.into_iter().enumerate() {
                if step == fold_at {
                    folded = Some((table.mark(), table.compacted(table.mark())));
                }
                if step >= adopt_at && let Some((mark, new)) = folded.take() {
                    new.catch_up(&table, mark);
                    table = new;
                }
                let since = Seq(step as u32 + 1);
                for (table, fact) in [&plain, &table].into_iter().flat_map(|table| (first..first + count).map(move |fact| (table, fact))) {
                    let number = step as u32 * 100 + fact;
                    match table.find(id(fact.into())) {
                        Some(known) if withdrawn && !table.is_held(known) => {}
                        Some(known) => table.revise(known, since, (!withdrawn).then(|| place(number))),
                        None => {
                            table.record(id(fact.into()), since, place(number));
                        }
                    }
                }
                for after in 0..since.0 {
                    let changed = table.changed(Seq(after), since);
                    let is_later = |version: &Version<Place>| version.since > Seq(after);
                    let expected = plain.refs().filter(|fact| plain.versions(*fact).any(|version| is_later(&version)));
                    if let Some(changed) = changed {
                        let changed: std::collections::BTreeSet<_> = changed.collect();
                        prop_assert!(changed.into_iter().eq(expected));
                    } else {
                        prop_assert!(after < fold_at as u32 + 1);
                    }
                }
                // Not after every step, so that a count has several to catch up with.
                if step % 3 == 0 {
                    let is_odd = |place: &Place| number(place) % 2 == 1;
                    // Before the present, and after it.
                    for seq in [since.0 / 2, since.0, since.0 / 3, since.0].map(Seq) {
                        let odd = |table: &Table<Place>| {
                            let known = table.refs().filter_map(|fact| table.at(fact, seq));
                            known.filter(is_odd).count()
                        };
                        let counted = table.count("odd".to_owned(), seq, is_odd, || odd(&table));
                        prop_assert_eq!(counted, odd(&plain));
                    }
                }
            }
            // What is in the base is folded into another.
            let table = table.compacted(table.mark());
            prop_assert_eq!(table.refs().len(), plain.refs().len());
            prop_assert_eq!(table.version_count(), plain.version_count());
            for fact in plain.refs() {
                prop_assert_eq!(table.find(plain.id(fact)), Some(fact));
                let versions = |table: &Table<Place>| {
                    let versions = table.versions(fact).map(|version| (version.since, version.held.as_ref().map(number)));
                    versions.collect::<Vec<_>>()
                };
                prop_assert_eq!(versions(&table), versions(&plain));
                for seq in (0..62).map(Seq) {
                    let at = |table: &Table<Place>| table.at(fact, seq).as_ref().map(number);
                    prop_assert_eq!(at(&table), at(&plain));
                    prop_assert_eq!(number(&table.resolve(fact, seq)), number(&plain.resolve(fact, seq)));
                }
            }
        }
    }
}
