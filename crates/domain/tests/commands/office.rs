//! An office that gives random commands, and the naive model of what they do.

#[path = "../model/dice.rs"]
pub(crate) mod dice;
pub(crate) mod invent;
pub(crate) mod model;
pub(crate) mod rules;

use proptest::prelude::*;

/// Changesets, each with the numbers that its commands are made of: most often one, so that what is refused takes little
/// with it.
pub(crate) fn history() -> impl Strategy<Value = Vec<Vec<u128>>> {
    let numbers = prop_oneof![
        3 => prop::collection::vec(any::<u128>(), 1),
        1 => prop::collection::vec(any::<u128>(), 2..5),
    ];
    prop::collection::vec(numbers, 1..24)
}
