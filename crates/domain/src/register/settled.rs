//! The base of a table: what was known of each fact when it was made.

use super::{rows::Rows, runs::Runs};
use crate::{image::Image, time::Seq};
use std::ops::Range;

/// A seq that never comes.
const NEVER: Seq = Seq(u32::MAX);

/// Facts with all their versions, the last of each in a row at the fact's own place.
#[derive(Debug)]
pub(crate) struct Settled<I: Image> {
    /// The last version of each fact that holds it.
    rows: I::Rows,
    /// When that was known. Mostly as with the neighbours, which the same changeset recorded.
    known: Runs<Known>,
    /// All versions before, those of one fact together, oldest first.
    past: Vec<Version<I>>,
    /// How many facts have been withdrawn.
    withdrawn: usize,
    /// The last seq from which on a row was known.
    newest: Seq,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    since: Seq,
    /// When the fact was withdrawn, if it was.
    until: Seq,
    past: Range<u32>,
}

/// One version of a fact.
#[derive(Clone, Debug)]
pub(crate) struct Version<I> {
    /// From when on it was known so.
    pub(crate) since: Seq,
    /// Nothing where the fact was withdrawn.
    pub(crate) held: Option<I>,
}

impl<I: Image> Settled<I> {
    pub(crate) fn with_capacity(facts: usize, past: usize) -> Self {
        Self {
            rows: I::Rows::with_capacity(facts),
            known: Runs::default(),
            past: Vec::with_capacity(past),
            withdrawn: 0,
            newest: Seq::EMPTY,
        }
    }

    /// How many facts there are.
    pub(crate) fn len(&self) -> u32 {
        self.known.len()
    }

    /// Appends a fact with its versions, oldest first. The first one holds it.
    pub(crate) fn push(&mut self, mut versions: Vec<Version<I>>) {
        let until = versions
            .pop_if(|last| last.held.is_none())
            .map_or(NEVER, |last| last.since);
        self.withdrawn += usize::from(until != NEVER);
        let (since, row) = versions
            .pop()
            .and_then(|last| Some((last.since, last.held?)))
            .expect("what is withdrawn was held before");
        let start = self.past.len() as u32;
        self.past.extend(versions);
        let end = self.past.len() as u32;
        self.newest = self.newest.max(since);
        self.rows.push(row);
        // Of facts without a past all ranges are alike.
        let past = if start == end { 0..0 } else { start..end };
        self.known.push(Known { since, until, past });
    }

    /// Appends a fact as `old` has it.
    pub(crate) fn push_from(&mut self, old: &Self, fact: u32) {
        let (known, _) = old.known.at(fact);
        if known.past.is_empty() {
            self.newest = self.newest.max(known.since);
            self.rows.push(old.rows.get(fact));
            self.withdrawn += usize::from(known.until != NEVER);
            self.known.push(known.clone());
        } else {
            self.push(old.versions(fact).rev().collect());
        }
    }

    pub(crate) fn shrink(&mut self) {
        self.rows.shrink();
        self.known.shrink();
        self.past.shrink_to_fit();
    }

    /// The fact as it was known at `seq`.
    #[inline]
    pub(crate) fn at(&self, fact: u32, seq: Seq) -> Option<I> {
        // What is asked most: the present of facts of which none was withdrawn.
        if self.newest <= seq && self.withdrawn == 0 {
            return Some(self.rows.get(fact));
        }
        let (known, _) = self.known.at(fact);
        if known.since <= seq {
            return (seq < known.until).then(|| self.rows.get(fact));
        }
        let past = self.past_of(known);
        let next = past.partition_point(|version| version.since <= seq);
        past[next.checked_sub(1)?].held.clone()
    }

    /// The fact as it was known at `seq`, or else as it last was before, or else as it first was.
    #[inline]
    pub(crate) fn resolve(&self, fact: u32, seq: Seq) -> I {
        if self.newest <= seq {
            return self.rows.get(fact);
        }
        let (known, _) = self.known.at(fact);
        if known.since <= seq || known.past.is_empty() {
            return self.rows.get(fact);
        }
        let past = self.past_of(known);
        let next = past.partition_point(|version| version.since <= seq);
        let before = past[..next]
            .iter()
            .rev()
            .find_map(|version| version.held.as_ref());
        before
            .or(past[0].held.as_ref())
            .expect("the first version of a fact holds it")
            .clone()
    }

    /// The fact as it is known last.
    pub(crate) fn last(&self, fact: u32) -> Option<I> {
        let (known, _) = self.known.at(fact);
        (known.until == NEVER).then(|| self.rows.get(fact))
    }

    /// The versions of a fact, newest first.
    pub(crate) fn versions(&self, fact: u32) -> impl DoubleEndedIterator<Item = Version<I>> {
        let (known, _) = self.known.at(fact);
        let withdrawn = (known.until != NEVER).then_some(Version {
            since: known.until,
            held: None,
        });
        let last = Version {
            since: known.since,
            held: Some(self.rows.get(fact)),
        };
        let past = self.past_of(known).iter().rev().cloned();
        withdrawn.into_iter().chain([last]).chain(past)
    }

    pub(crate) fn version_count(&self) -> usize {
        self.known.len() as usize + self.withdrawn + self.past.len()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.rows.bytes() + self.known.bytes() + self.past.capacity() * size_of::<Version<I>>()
    }

    fn past_of(&self, known: &Known) -> &[Version<I>] {
        &self.past[known.past.start as usize..known.past.end as usize]
    }
}
