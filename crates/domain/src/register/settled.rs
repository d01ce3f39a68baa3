//! The base of a table: what was known of each fact when it was made.

use super::{rows::Rows, runs::Runs};
use crate::{image::Image, time::Seq};
use std::ops::Range;

/// A seq that never comes.
const NEVER: Seq = Seq(u32::MAX);

/// Facts with all their versions, the last of each in a row at the fact's own place.
///
/// What is written in one changeset is mostly changed in one, again and again: neighbours share the seqs of all their
/// versions. So these are kept once a run, and what is looked through for a version of long ago stays small.
#[derive(Debug)]
pub(crate) struct Settled<I: Image> {
    /// The last version of each fact that holds it.
    rows: I::Rows,
    /// When what was known.
    known: Runs<Known>,
    /// From when on the versions before were known, those of one run together, oldest first.
    sinces: Vec<Seq>,
    /// All versions before, those of one fact together, oldest first.
    past: I::Rows,
    past_len: u32,
    /// Where in the past facts were withdrawn: the rows there say nothing.
    gone: Vec<u32>,
    /// How many facts have been withdrawn.
    withdrawn: usize,
    /// The last seq from which on a row was known.
    newest: Seq,
}

/// When the versions of a fact were known, and of its neighbours in the run.
#[derive(Debug)]
struct Known {
    /// From when on the row was.
    since: Seq,
    /// When the fact was withdrawn, if it was.
    until: Seq,
    /// The seqs of the versions before.
    sinces: Range<u32>,
    /// Where the versions before begin, of the first fact of the run.
    past: u32,
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
            sinces: Vec::new(),
            past: I::Rows::with_capacity(past),
            past_len: 0,
            gone: Vec::new(),
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
        let (since, row) = versions
            .pop()
            .and_then(|last| Some((last.since, last.held?)))
            .expect("what is withdrawn was held before");
        let sinces: Vec<_> = versions.iter().map(|version| version.since).collect();
        self.append((since, until), row, &sinces);
        for version in versions {
            self.append_past(version.held);
        }
    }

    /// Appends a fact as `old` has it.
    pub(crate) fn push_from(&mut self, old: &Self, fact: u32) {
        let (known, place) = old.known.at(fact);
        let (sinces, past) = old.before(known, place);
        self.append((known.since, known.until), old.rows.get(fact), sinces);
        for place in past {
            self.append_past(old.past_at(place));
        }
    }

    /// Appends what was known last of a fact, and since when what was before.
    fn append(&mut self, (since, until): (Seq, Seq), row: I, sinces: &[Seq]) {
        self.withdrawn += usize::from(until != NEVER);
        self.newest = self.newest.max(since);
        self.rows.push(row);
        let is_alike = |run: &mut Known, _| {
            (run.since, run.until) == (since, until) && self.sinces[range(&run.sinces)] == *sinces
        };
        if !self.known.join(is_alike) {
            let start = self.sinces.len() as u32;
            self.sinces.extend_from_slice(sinces);
            self.known.begin(Known {
                since,
                until,
                sinces: start..self.sinces.len() as u32,
                past: self.past_len,
            });
        }
    }

    /// Appends what was known before of the fact that was appended last.
    fn append_past(&mut self, held: Option<I>) {
        let row = held.unwrap_or_else(|| {
            self.gone.push(self.past_len);
            // Any row does. A fact is held first, so there is one.
            self.past.get(self.past_len - 1)
        });
        self.past.push(row);
        self.past_len += 1;
    }

    pub(crate) fn shrink(&mut self) {
        self.rows.shrink();
        self.known.shrink();
        self.sinces.shrink_to_fit();
        self.past.shrink();
        self.gone.shrink_to_fit();
    }

    /// The fact as it was known at `seq`.
    #[inline]
    pub(crate) fn at(&self, fact: u32, seq: Seq) -> Option<I> {
        // What is asked most: the present of facts of which none was withdrawn.
        if self.newest <= seq && self.withdrawn == 0 {
            return Some(self.rows.get(fact));
        }
        let (known, place) = self.known.at(fact);
        if known.since <= seq {
            return (seq < known.until).then(|| self.rows.get(fact));
        }
        let (sinces, past) = self.before(known, place);
        let next = known_at(sinces, seq);
        self.past_at(past.start + next.checked_sub(1)?)
    }

    /// The fact as it was known at `seq`, or else as it last was before, or else as it first was.
    #[inline]
    pub(crate) fn resolve(&self, fact: u32, seq: Seq) -> I {
        if self.newest <= seq {
            return self.rows.get(fact);
        }
        let (known, place) = self.known.at(fact);
        if known.since <= seq || known.sinces.is_empty() {
            return self.rows.get(fact);
        }
        let (sinces, past) = self.before(known, place);
        let mut before = past.start..past.start + known_at(sinces, seq);
        let held = before.rfind(|&place| !self.is_gone(place));
        self.past.get(held.unwrap_or(past.start))
    }

    /// The fact as it is known last.
    pub(crate) fn last(&self, fact: u32) -> Option<I> {
        let (known, _) = self.known.at(fact);
        (known.until == NEVER).then(|| self.rows.get(fact))
    }

    /// The versions of a fact, newest first.
    pub(crate) fn versions(&self, fact: u32) -> impl DoubleEndedIterator<Item = Version<I>> {
        let (known, place) = self.known.at(fact);
        let withdrawn = (known.until != NEVER).then_some(Version {
            since: known.until,
            held: None,
        });
        let last = Version {
            since: known.since,
            held: Some(self.rows.get(fact)),
        };
        let (sinces, past) = self.before(known, place);
        let past = sinces.iter().zip(past).rev();
        let past = past.map(|(&since, place)| Version {
            since,
            held: self.past_at(place),
        });
        withdrawn.into_iter().chain([last]).chain(past)
    }

    pub(crate) fn version_count(&self) -> usize {
        self.known.len() as usize + self.withdrawn + self.past_len as usize
    }

    pub(crate) fn bytes(&self) -> usize {
        self.rows.bytes()
            + self.known.bytes()
            + self.sinces.capacity() * size_of::<Seq>()
            + self.past.bytes()
            + self.gone.capacity() * size_of::<u32>()
    }

    /// The versions before the last of a fact, the one at this place in its run: since when each was known, and where in
    /// the past they stand.
    #[inline]
    fn before(&self, known: &Known, place: u32) -> (&[Seq], Range<u32>) {
        let sinces = &self.sinces[range(&known.sinces)];
        let count = sinces.len() as u32;
        let start = known.past + place * count;
        (sinces, start..start + count)
    }

    /// What a version of the past held.
    #[inline]
    fn past_at(&self, place: u32) -> Option<I> {
        (!self.is_gone(place)).then(|| self.past.get(place))
    }

    #[inline]
    fn is_gone(&self, place: u32) -> bool {
        !self.gone.is_empty() && self.gone.binary_search(&place).is_ok()
    }
}

fn range(places: &Range<u32>) -> Range<usize> {
    places.start as usize..places.end as usize
}

/// How many of the versions that were known since these seqs had been recorded at `seq`.
#[inline]
fn known_at(sinces: &[Seq], seq: Seq) -> u32 {
    sinces.partition_point(|&since| since <= seq) as u32
}
