//! Places: territories with their official division codes.

use crate::{id::PlaceId, vocabulary::PlaceLevel};
use serde::{Deserialize, Serialize};

/// 区域: a territory. A district is a place; its government is a party *of* that place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The administrative division code (GB/T 2260, six digits; the Ministry of Civil Affairs publishes it), if it has one.
    pub code: Option<String>,
    /// The official name.
    pub name: String,
    /// Its administrative level.
    pub level: PlaceLevel,
    /// The place it lies in.
    pub parent: Option<PlaceId>,
}
