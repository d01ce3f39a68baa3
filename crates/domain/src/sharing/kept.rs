//! What was counted once is not counted again: a later view begins with it, and counts the tasks that were written since.
//!
//! A count is a sum over tasks. So what was true at an earlier seq is brought up to a later one by taking back what each
//! task that changed in between counted then, and adding what it counts now.

use super::{
    Pair, Sharer,
    tally::{Share, Tally},
};
use crate::{
    image::{PartyRef, TaskRef},
    time::{Day, Seq},
    view::View,
};
use quick_cache::{Weighter, sync::Cache};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::{fmt, sync::Arc};

/// How many pairs of partners are kept in all: what has not been asked for lately goes first.
const PAIRS: u64 = 1 << 18;

/// For how many days the whole register is kept. A tally of it may be as large as a million tasks make it.
const DAYS: usize = 2;

/// What a register was counted for, by the day that was asked about: what was known at one seq.
pub(crate) struct Kept {
    partners: Cache<(PartyRef, Day), Known<Vec<Pair>>, ByLength>,
    registers: papaya::HashMap<Day, Known<Tally>, FxBuildHasher>,
}

/// A count, and the seq at which it was so.
struct Known<C> {
    seq: Seq,
    count: Arc<C>,
}

impl<C> Clone for Known<C> {
    fn clone(&self) -> Self {
        Self {
            seq: self.seq,
            count: Arc::clone(&self.count),
        }
    }
}

#[derive(Clone)]
struct ByLength;

impl Weighter<(PartyRef, Day), Known<Vec<Pair>>> for ByLength {
    fn weight(&self, _: &(PartyRef, Day), known: &Known<Vec<Pair>>) -> u64 {
        known.count.len() as u64 + 1
    }
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            partners: Cache::with_weighter(256, PAIRS, ByLength),
            registers: papaya::HashMap::default(),
        }
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

impl Kept {
    pub(crate) fn bytes(&self) -> usize {
        let registers = self.registers.pin();
        let tallies: usize = registers.values().map(|known| known.count.bytes()).sum();
        self.partners.weight() as usize * size_of::<Pair>() + tallies
    }
}

impl View {
    /// With whom a party shares tasks: those with the most first.
    pub(super) fn partners(&self, party: PartyRef) -> Arc<Vec<Pair>> {
        let partners = &self.register().kept.partners;
        let key = (party, self.valid_on());
        let last = partners.get(&key);
        let (count, is_later) = self.counted(
            last.as_ref(),
            |last| self.partners_since(party, last),
            || self.partners_anew(party),
        );
        if is_later {
            partners.insert(key, self.known_now(&count));
        }
        count
    }

    /// How many tasks each pair of the register shares.
    pub(super) fn register_tally(&self) -> Arc<Tally> {
        let registers = self.register().kept.registers.pin();
        let last = registers.get(&self.valid_on());
        let (count, is_later) = self.counted(
            last,
            |last| self.register_tally_since(last),
            || self.register_tally_anew(),
        );
        if is_later {
            if last.is_none() && registers.len() >= DAYS {
                registers.clear();
            }
            registers.insert(self.valid_on(), self.known_now(&count));
        }
        count
    }

    /// The count at this view's seq, by what was known last, and whether it is to be kept in place of that: an earlier
    /// seq is counted for itself.
    fn counted<C>(
        &self,
        last: Option<&Known<C>>,
        since: impl FnOnce(&Known<C>) -> Option<Arc<C>>,
        anew: impl FnOnce() -> Arc<C>,
    ) -> (Arc<C>, bool) {
        match last {
            Some(last) if last.seq == self.seq() => (Arc::clone(&last.count), false),
            Some(last) if last.seq > self.seq() => (anew(), false),
            Some(last) => (since(last).unwrap_or_else(anew), true),
            None => (anew(), true),
        }
    }

    /// What counts at this view's seq.
    fn known_now<C>(&self, count: &Arc<C>) -> Known<C> {
        Known {
            seq: self.seq(),
            count: Arc::clone(count),
        }
    }

    fn partners_anew(&self, party: PartyRef) -> Arc<Vec<Pair>> {
        let mut shares = Shares::default();
        for task in self.party_tasks(party) {
            for (own, other) in self.shared_with(task, party) {
                shares.entry(other.party).or_default().add(&own, &other);
            }
        }
        ranked(party, shares)
    }

    fn partners_since(&self, party: PartyRef, last: &Known<Vec<Pair>>) -> Option<Arc<Vec<Pair>>> {
        let before = View::new(Arc::clone(self.register()), last.seq, self.valid_on());
        let mut changed: Option<Shares> = None;
        for task in self.tasks_written_since(last.seq)? {
            let (was, is) = (
                before.shared_with(task, party),
                self.shared_with(task, party),
            );
            if was == is {
                continue;
            }
            let known = || {
                last.count
                    .iter()
                    .filter_map(|pair| Some((pair.other, pair.share?)))
            };
            let shares = changed.get_or_insert_with(|| known().collect());
            for (own, other) in was {
                shares.entry(other.party).or_default().remove(&own, &other);
            }
            for (own, other) in is {
                shares.entry(other.party).or_default().add(&own, &other);
            }
        }
        let Some(mut shares) = changed else {
            return Some(Arc::clone(&last.count));
        };
        shares.retain(|_, share| share.tasks > 0);
        for (&other, share) in &mut shares {
            if !share.is_complete() {
                *share = self.share_anew(party, other, None);
            }
        }
        Some(ranked(party, shares))
    }

    fn register_tally_anew(&self) -> Arc<Tally> {
        let mut tally = Tally::default();
        for task in self.register().graph.tasks.refs() {
            tally.add(&self.sharers(task));
        }
        tally.into()
    }

    fn register_tally_since(&self, last: &Known<Tally>) -> Option<Arc<Tally>> {
        let before = View::new(Arc::clone(self.register()), last.seq, self.valid_on());
        let mut count = Arc::clone(&last.count);
        for task in self.tasks_written_since(last.seq)? {
            let (was, is) = (before.sharers(task), self.sharers(task));
            if was != is {
                let tally = Arc::make_mut(&mut count);
                tally.remove(&was);
                tally.add(&is);
            }
        }
        Some(count)
    }

    /// What a party shares in a task with each other party, its own part first.
    fn shared_with(&self, task: TaskRef, party: PartyRef) -> Vec<(Sharer, Sharer)> {
        let sharers = self.sharers(task);
        let own = sharers.iter().find(|sharer| sharer.party == party).copied();
        let others = sharers.into_iter().filter(|sharer| sharer.party != party);
        own.map_or_else(Vec::new, |own| others.map(|other| (own, other)).collect())
    }

    /// The tasks that were written after `seq`, or whose assignments were; nothing where that is no longer known.
    fn tasks_written_since(&self, seq: Seq) -> Option<Vec<TaskRef>> {
        let graph = &self.register().graph;
        let assignments = graph.assignments.changed(seq, self.seq())?;
        let assigned = assignments.map(|assignment| self.thing(assignment).task);
        let tasks = graph.tasks.changed(seq, self.seq())?;
        let mut written: Vec<_> = assigned.chain(tasks).collect();
        written.sort_unstable();
        written.dedup();
        Some(written)
    }
}

/// What a party shares with each of its partners.
type Shares = FxHashMap<PartyRef, Share>;

fn ranked(party: PartyRef, shares: Shares) -> Arc<Vec<Pair>> {
    let pairs = shares.into_iter().map(|(other, share)| Pair {
        one: party,
        other,
        tasks: share.tasks,
        plan: None,
        share: Some(share),
    });
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_unstable_by_key(Pair::rank);
    pairs.into()
}
