//! How many there are: what was counted once is not counted again.

use crate::time::Seq;
use rustc_hash::FxBuildHasher;

/// How many counts are remembered before all are forgotten.
const ROOM: usize = 4096;

/// Counts over one table, each with the place in its tail up to which it is right.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    known: papaya::HashMap<Question, Counted, FxBuildHasher>,
}

/// What is asked; and of which seq, where it is not of the present.
pub(crate) type Question = (String, Option<Seq>);

/// What was counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    /// How many there were.
    pub(crate) count: usize,
    /// As known at this seq.
    pub(crate) seq: Seq,
    /// How many versions the tail had by then.
    pub(crate) mark: u32,
}

impl Counts {
    /// What was counted last for a question.
    pub(crate) fn get(&self, question: &Question) -> Option<Counted> {
        self.known.pin().get(question).copied()
    }

    /// Remembers a count, unless a later one is known.
    pub(crate) fn set(&self, question: Question, counted: Counted) {
        let known = self.known.pin();
        if known.len() >= ROOM {
            known.clear();
        }
        known.update_or_insert(
            question,
            |last| {
                if last.seq > counted.seq {
                    *last
                } else {
                    counted
                }
            },
            counted,
        );
    }

    pub(crate) fn bytes(&self) -> usize {
        let known = self.known.pin();
        let questions: usize = known.keys().map(|(words, _)| words.len()).sum();
        questions + known.len() * size_of::<(Question, Counted, usize)>()
    }
}
