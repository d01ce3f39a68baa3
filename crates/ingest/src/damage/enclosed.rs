//! What stands in round brackets, so that they are known where a page has other signs for them.

use crate::{list::is_of_levels, number::is_han_numeral, role};

/// Whether words stand in round brackets elsewhere: levels of a set, what it holds too, or a clause.
pub(super) fn is_round(inner: &str) -> bool {
    let inner = inner.trim();
    is_of_levels(inner) || inner.starts_with('含') || is_clause(inner)
}

/// Whether words say who does what, as clauses in brackets do.
pub(super) fn is_clause(inner: &str) -> bool {
    const CLAUSES: [&str; 5] = ["牵头", "负责", "配合", "责任单位:", "责任部门:"];
    let mut words = CLAUSES.iter();
    words.any(|word| inner.starts_with(word) || inner.ends_with(word)) || is_labelled(inner)
}

/// Whether words begin with the label of a clause.
pub(super) fn is_labelled(words: &str) -> bool {
    matches!(role::label(words), Some((role::Slot::Parties(_), ..)))
}

/// Whether words are the number of a label.
pub(super) fn is_number(inner: &str) -> bool {
    const LONGEST: usize = 3;
    let digits = inner.bytes().all(|byte| byte.is_ascii_digit());
    let short = inner.chars().nth(LONGEST).is_none();
    !inner.is_empty() && short && (digits || inner.chars().all(is_han_numeral))
}
