//! The ids of all facts of one kind, in the order of their handles.

use super::runs::Runs;
use rustc_hash::FxBuildHasher;
use uuid::Uuid;

/// The longest step within a run. A command counts its ids, and may take every third for one kind.
const LONGEST_STEP: u32 = 64;

/// Ids by handle, and handles by id.
///
/// The ids of one command count up from its seed, so they are kept as runs: a plan's thousands of assignments take as
/// much as one. What came since the base was made is kept id by id.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    runs: Runs<Run>,
    /// The runs in the order of their ids, where that is another than that of the handles.
    order: Option<Vec<u32>>,
    late: boxcar::Vec<Uuid>,
    late_by_id: papaya::HashMap<Uuid, u32, FxBuildHasher>,
}

/// Ids that are equally far apart.
#[derive(Clone, Debug)]
struct Run {
    first: Uuid,
    step: u32,
}

impl Run {
    fn at(&self, place: u32) -> u128 {
        let beyond = u128::from(self.step) * u128::from(place);
        self.first.as_u128().wrapping_add(beyond)
    }
}

impl Ids {
    /// How many there are.
    pub(crate) fn len(&self) -> u32 {
        self.runs.len() + self.late.count() as u32
    }

    /// The id of a fact.
    #[inline]
    pub(crate) fn at(&self, fact: u32) -> Uuid {
        if fact < self.runs.len() {
            let (run, place) = self.runs.at(fact);
            Uuid::from_u128(run.at(place))
        } else {
            self.late[(fact - self.runs.len()) as usize]
        }
    }

    /// Adds the id of the next fact.
    pub(crate) fn push(&self, id: Uuid) -> u32 {
        let fact = self.runs.len() + self.late.push(id) as u32;
        self.late_by_id.pin().insert(id, fact);
        fact
    }

    /// The fact with this id.
    pub(crate) fn find(&self, id: Uuid) -> Option<u32> {
        self.find_in_runs(id)
            .or_else(|| self.late_by_id.pin().get(&id).copied())
    }

    fn find_in_runs(&self, id: Uuid) -> Option<u32> {
        let in_order = |place: usize| {
            self.order
                .as_ref()
                .map_or(place, |order| order[place] as usize)
        };
        let (mut low, mut high) = (0, self.runs.count());
        while low < high {
            let middle = low.midpoint(high);
            if self.runs.value(in_order(middle)).first <= id {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let run = in_order(low.checked_sub(1)?);
        let Run { first, step } = self.runs.value(run);
        let (beyond, step) = (id.as_u128() - first.as_u128(), u128::from(*step));
        let facts = self.runs.range(run);
        let place = u32::try_from(beyond / step).ok()?;
        (beyond.is_multiple_of(step) && place < facts.len() as u32).then(|| facts.start + place)
    }

    /// The first `count` ids without a tail.
    pub(crate) fn compacted(&self, count: u32) -> Self {
        // Runs that reach into each other could not be searched. Consecutive ids never do.
        [LONGEST_STEP, 1]
            .into_iter()
            .find_map(|longest| Self::of((0..count).map(|fact| self.at(fact)), longest))
            .expect("runs of consecutive ids are disjoint, since no id is given twice")
    }

    /// These ids as runs; nothing if runs reach into each other.
    fn of(ids: impl Iterator<Item = Uuid>, longest_step: u32) -> Option<Self> {
        let mut runs = Runs::<Run>::default();
        for id in ids {
            let joined = runs.join(|run, length| {
                if length == 1 {
                    let step = id.as_u128().wrapping_sub(run.first.as_u128());
                    let fits = (1..=u128::from(longest_step)).contains(&step);
                    if fits {
                        run.step = step as u32;
                    }
                    return fits;
                }
                run.at(length) == id.as_u128()
            });
            if !joined {
                runs.begin(Run { first: id, step: 1 });
            }
        }
        runs.shrink();
        let last = |run: usize| runs.value(run).at(runs.range(run).len() as u32 - 1);
        let first = |run: usize| runs.value(run).first.as_u128();
        let mut order: Vec<u32> = (0..runs.count() as u32).collect();
        // Mostly in order already, which this sort makes use of.
        order.sort_by_key(|&run| first(run as usize));
        let disjoint = |pair: &[u32]| last(pair[0] as usize) < first(pair[1] as usize);
        let order = order
            .windows(2)
            .all(disjoint)
            .then(|| (!order.is_sorted()).then_some(order))?;
        Some(Self {
            runs,
            order,
            ..Self::default()
        })
    }

    /// The ids of the base. They are few, since they are kept as runs.
    pub(crate) fn untailed(&self) -> Self {
        Self {
            runs: self.runs.clone(),
            order: self.order.clone(),
            ..Self::default()
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        let order = self.order.as_ref().map_or(0, Vec::capacity);
        let late = size_of::<Uuid>() + size_of::<(Uuid, u32)>() + 2 * size_of::<usize>();
        self.runs.bytes() + order * size_of::<u32>() + self.late.count() * late
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Ids such as commands make, some of them interleaved.
    fn ids() -> impl Strategy<Value = Vec<u128>> {
        let run = (0u128..400, 1u128..4, 1u128..30);
        prop::collection::vec(run, 0..8).prop_map(|runs| {
            let ids = runs.into_iter().flat_map(|(first, step, length)| {
                (0..length).map(move |place| first + step * place)
            });
            let mut known = std::collections::HashSet::new();
            ids.filter(|id| known.insert(*id)).collect()
        })
    }

    proptest! {
        #[test]
        fn every_id_is_found_and_no_other(ids in ids(), folded in any::<prop::sample::Index>()) {
            let folded = folded.index(ids.len() + 1);
            let mut kept = Ids::default();
            for (fact, id) in (0..).zip(&ids) {
                if fact as usize == folded {
                    kept = kept.compacted(fact);
                }
                prop_assert_eq!(kept.push(Uuid::from_u128(*id)), fact);
            }
            prop_assert_eq!(kept.len() as usize, ids.len());
            for id in 0..600 {
                let place = ids.iter().position(|known| *known == id).map(|place| place as u32);
                prop_assert_eq!(kept.find(Uuid::from_u128(id)), place);
            }
            for (fact, id) in (0..).zip(&ids) {
                prop_assert_eq!(kept.at(fact), Uuid::from_u128(*id));
            }
        }
    }

    #[test]
    fn what_one_command_makes_takes_as_much_as_one_id() {
        let ids = Ids::default();
        for id in (0..3000).step_by(3) {
            ids.push(Uuid::from_u128(id));
        }
        assert_eq!(ids.compacted(1000).runs.count(), 1);
    }
}
