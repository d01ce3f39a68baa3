//! The territory that a government's row says by itself.

use super::PartyRow;
use crate::{
    place::level_of,
    vocabulary::{PartyKind, PlaceLevel},
};

/// What the row of a government says of the place that it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Territory<'a> {
    pub(crate) code: Option<&'a str>,
    pub(crate) name: &'a str,
    pub(crate) level: PlaceLevel,
}

/// What a row says of the territory of its party, if that is a government.
pub(crate) fn territory(row: &PartyRow) -> Option<Territory<'_>> {
    if row.kind != PartyKind::Government {
        return None;
    }
    let name = territory_name(&row.name);
    Some(Territory {
        code: row.code.as_deref().filter(|code| is_division_code(code)),
        name,
        level: row.territory.unwrap_or_else(|| level_of(name)),
    })
}

/// The name of the territory that a government is named after.
fn territory_name(name: &str) -> &str {
    let shortened = ["人民政府", "政府"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix));
    shortened.filter(|name| !name.is_empty()).unwrap_or(name)
}

/// Whether a code is an administrative division's: six digits, nine for a township, twelve for a community (GB/T 2260,
/// GB/T 10114).
fn is_division_code(code: &str) -> bool {
    matches!(code.len(), 6 | 9 | 12) && code.bytes().all(|byte| byte.is_ascii_digit())
}
