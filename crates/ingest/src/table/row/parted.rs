//! One column for those who lead and those who help: 牵头及配合单位. Lines or signs part them in its cells.

use crate::table::{
    cell::{is_of_bodies, may_be_body},
    column::helpers_behind_lead,
};
use domain::vocabulary::Role;
use std::ops::Range;

/// A cell below such a heading.
pub(super) struct Parted {
    pub(super) parts: Vec<(Role, Range<usize>)>,
    /// Whether the cell tells who does what.
    pub(super) told: bool,
}

/// Who stands in a cell below such a heading; nothing below another, or where the cell says more than names.
pub(super) fn parted(text: &str, heading: &Range<usize>, cell: &Range<usize>) -> Option<Parted> {
    let helpers = helpers_behind_lead(&text[heading.clone()])?;
    let words = &text[cell.clone()];
    let bodies = |words: &str| is_of_bodies(words, may_be_body);
    if !bodies(words) {
        return None;
    }
    let parts = ['\n', ';', '/'].into_iter().find_map(|sign| {
        let (leading, helping) = words.split_once(sign)?;
        let at = cell.start + leading.len();
        let parts = vec![
            (Role::Lead, cell.start..at),
            (helpers, at + sign.len_utf8()..cell.end),
        ];
        (bodies(leading) && bodies(helping)).then_some(parts)
    });
    let alone = !words.contains(['、', ',', ' ']);
    let told = parts.is_some() || alone;
    let whole = if alone { Role::Lead } else { Role::Responsible };
    let parts = parts.unwrap_or_else(|| vec![(whole, cell.clone())]);
    Some(Parted { parts, told })
}
